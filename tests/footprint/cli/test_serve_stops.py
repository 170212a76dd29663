"""Ctrl-C ends the app quietly: the process that serves it does not hear it twice."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time

import pytest

from footprint.cli import serve as serving
from footprint.serving.endpoint import Endpoint

WAITS = [sys.executable, "-S", "-c", "import time; print('on', flush=True); time.sleep(60)"]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows hands no disposition of signals on")


def test_ctrl_c_means_nothing_to_the_process_that_serves():
    child = serving._started(WAITS)
    try:
        time.sleep(0.05)
        child.send_signal(signal.SIGINT)
        with pytest.raises(subprocess.TimeoutExpired):
            child.wait(timeout=0.1)
    finally:
        child.kill()
        child.wait()


def test_starting_it_leaves_ctrl_c_as_it_was():
    before = signal.getsignal(signal.SIGINT)
    child = serving._started(WAITS)
    child.kill()
    child.wait()
    assert signal.getsignal(signal.SIGINT) is before


def test_ctrl_c_ends_both_without_a_word(monkeypatch, tmp_path, capfd):
    monkeypatch.setattr(serving, "app_command", lambda *_: WAITS)
    monkeypatch.setattr(serving, "_answers", lambda *_: True)
    main = threading.main_thread().ident
    press = threading.Timer(0.1, signal.pthread_kill, (main, signal.SIGINT))
    press.start()
    assert serving.serve(tmp_path, Endpoint("localhost", 8501, "", ()), opens=False) == 0
    press.join()
    assert capfd.readouterr().err == ""
