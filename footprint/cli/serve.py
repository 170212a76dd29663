"""Serve: run the app in a process of its own, open the browser when it answers, end it cleanly."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
import webbrowser
from pathlib import Path
from types import FrameType
from typing import NoReturn

import typer

from footprint.cli.paths import app_script
from footprint.serving.endpoint import Endpoint

OPEN_TO_OTHERS = (
    "Warning: {address} is not this machine alone. Whoever reaches it over the network sees every site and "
    "can change every scenario: there is no sign-in. Leave --address out to keep the app to yourself.\n"
    "Attention : {address} n'est pas cette seule machine. Quiconque y accède par le réseau voit chaque site "
    "et peut modifier chaque scénario : il n'y a pas d'identification. Sans --address, l'application reste "
    "à vous seul."
)
ANSWERS = "The app is at {url} · L'application est à l'adresse {url}"
"""Said in both languages: who starts the app has not chosen one yet."""


def app_command(folder: Path, where: Endpoint) -> list[str]:
    """Return the command that serves the app on an area folder, behind its guard."""
    command = [sys.executable, "-m", "footprint.serving", str(app_script()), str(folder)]
    command += [f"--address={where.address}", f"--port={where.port}", f"--base-path={where.base_path}"]
    return [*command, *(f"--host={name}" for name in where.names)]


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
        with _started(app_command(folder, where)) as child:
            return _watched(child, where.url, opens=opens)
    finally:
        signal.signal(signal.SIGTERM, before)


def _started(command: list[str]) -> subprocess.Popen[bytes]:
    """
    Start a process to which Ctrl-C means nothing.

    Notes
    -----
    A terminal sends Ctrl-C to all of its processes. Were it handed on as well, the second would come while
    the app ends on the first, and print where that was. A process of which this one dies with the terminal
    must still hear of that: so it stays in the terminal's group.
    """
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return subprocess.Popen(command)  # noqa: S603  our own interpreter
    finally:
        signal.signal(signal.SIGINT, before)


def _watched(child: subprocess.Popen[bytes], url: str, *, opens: bool) -> int:
    try:
        if _answers(url, child):
            typer.echo(ANSWERS.format(url=url))
            if opens:
                webbrowser.open(url)
        return child.wait()
    except KeyboardInterrupt:
        # Whoever presses it twice means it once.
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        child.terminate()
        try:
            child.wait(timeout=5)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        finally:
            signal.signal(signal.SIGINT, before)
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
