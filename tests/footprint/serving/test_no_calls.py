"""No call to the outside: not at start on every address, and not when a foreign page knocks."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from footprint.cli.paths import app_script
from tests.connections import ROOT, outside, watched_environment

pytestmark = pytest.mark.slow

EVERYWHERE = "0.0.0.0"  # noqa: S104
PATIENCE_S = 60


@contextmanager
def running(command: list[str], port: int, log: Path) -> Iterator[None]:
    """Run a server that writes down whom it speaks to, from when it answers until the block ends."""
    environment = watched_environment(log)
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL) as process:
        try:
            end = time.monotonic() + PATIENCE_S
            while not healthy(port):
                assert process.poll() is None
                assert time.monotonic() < end
                time.sleep(0.2)
            yield
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(PATIENCE_S)


def healthy(port: int) -> bool:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        return direct.open(f"http://localhost:{port}/_stcore/health", timeout=5).status == 200
    except (urllib.error.URLError, OSError):
        return False


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("localhost", 0))
        return door.getsockname()[1]


def stream(port: int) -> str:
    return f"ws://127.0.0.1:{port}/_stcore/stream"


def test_the_app_on_every_address_calls_nobody(bundled_folder: Path, tmp_path: Path) -> None:
    port, log = free_port(), tmp_path / "connections"
    command = [sys.executable, "-m", "footprint.serving", str(app_script()), str(bundled_folder)]
    with running([*command, f"--address={EVERYWHERE}", f"--port={port}"], port, log):
        for origin in ("http://evil.example", "http://10.1.2.3:8501", "null"):
            with (
                pytest.raises(InvalidStatus),
                connect(stream(port), origin=origin, proxy=None),
            ):
                pass
        with connect(stream(port), origin=f"http://127.0.0.1:{port}", proxy=None):
            pass  # its own page is let in
    assert outside(log) == []


def test_streamlit_alone_would_call(tmp_path: Path) -> None:
    """What the test above looks for is there to be found."""
    port, log = free_port(), tmp_path / "connections"
    command = [sys.executable, "-m", "streamlit", "run", str(app_script()), "--server.headless=true"]
    with (
        running([*command, f"--server.address={EVERYWHERE}", f"--server.port={port}"], port, log),
        pytest.raises(InvalidStatus),
        connect(stream(port), origin="http://evil.example", proxy=None, open_timeout=60),
    ):
        pass
    assert "checkip.amazonaws.com" in outside(log)
