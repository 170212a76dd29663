"""Serve: run the app in a process of its own, open the browser when it answers, end it cleanly."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import webbrowser
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from types import FrameType
from typing import NoReturn

from footprint.cli.paths import app_script
from footprint.views.colours import PRIMARY

_EVERYWHERE = {"0.0.0.0": "localhost", "::": "[::1]"}  # noqa: S104  only if the user asks for it


OPEN_TO_OTHERS = (
    "Warning: {address} is not this machine alone. Whoever reaches it over the network sees every site and "
    "can change every scenario: there is no sign-in. Leave --address out to keep the app to yourself.\n"
    "Attention : {address} n'est pas cette seule machine. Quiconque y accède par le réseau voit chaque site "
    "et peut modifier chaque scénario : il n'y a pas d'identification. Sans --address, l'application reste "
    "à vous seul."
)
"""Said in both languages: who starts the app has not chosen one yet."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the app listens."""

    address: str = "localhost"
    port: int = 8501
    base_path: str = ""
    """Path before the app's own, without slashes at its ends."""

    @property
    def url(self) -> str:
        """Address for a browser on this machine."""
        host = _EVERYWHERE.get(self.address, f"[{self.address}]" if ":" in self.address else self.address)
        return f"http://{host}:{self.port}/{self.base_path}".rstrip("/")

    @property
    def is_local(self) -> bool:
        """Whether this machine alone can reach the app."""
        try:
            return ip_address(self.address).is_loopback
        except ValueError:
            return self.address == "localhost"

    def is_free(self) -> bool:
        """Tell whether we may listen here."""
        family = socket.AF_INET6 if ":" in self.address else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as door:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                door.bind((self.address, self.port))
            except OSError:
                return False
        return True


def streamlit_command(folder: Path, where: Endpoint) -> list[str]:
    """Return the command that serves the app on an area folder, with no calls to the outside."""
    options = {
        "server.headless": "true",
        "server.port": str(where.port),
        "server.address": where.address,
        "server.baseUrlPath": where.base_path,
        "server.enableXsrfProtection": "true",
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
        "client.toolbarMode": "minimal",
        # Tracebacks name paths of this machine; they go to the terminal, not to the reader.
        "client.showErrorDetails": "none",
        "runner.magicEnabled": "false",
        "theme.base": "light",
        "theme.primaryColor": PRIMARY,
    }
    said = [f"--{name}={value}" for name, value in options.items()]
    return [sys.executable, "-m", "streamlit", "run", str(app_script()), *said, "--", str(folder)]


def serve(folder: Path, where: Endpoint, *, opens: bool) -> int:
    """
    Serve the app until it ends or is told to stop.

    Parameters
    ----------
    folder
        Area folder, absolute.
    where
        Where to listen.
    opens
        Open the browser as soon as the app answers.

    Returns
    -------
    int
        The app's exit code; 0 after Ctrl-C or a request to end.
    """
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        with subprocess.Popen(streamlit_command(folder, where)) as child:  # noqa: S603  our own interpreter
            return _watched(child, where.url, opens=opens)
    finally:
        signal.signal(signal.SIGTERM, before)


def _watched(child: subprocess.Popen[bytes], url: str, *, opens: bool) -> int:
    try:
        if opens and _answers(url, child):
            webbrowser.open(url)
        return child.wait()
    except KeyboardInterrupt:
        child.send_signal(signal.SIGINT)
        try:
            child.wait(timeout=5)
        except subprocess.TimeoutExpired:
            child.kill()
        return 0


def _interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _answers(url: str, child: subprocess.Popen[bytes], *, patience_s: float = 60.0) -> bool:
    """Wait until the app answers; False if it ends or takes too long."""
    # Straight to the app: a proxy of the network would not know this machine's localhost.
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + patience_s
    while child.poll() is None and time.monotonic() < until:
        try:
            with direct.open(f"{url}/_stcore/health", timeout=2):
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    return False
