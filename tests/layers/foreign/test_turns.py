"""While one file is read, others are served; a process that reads ends with the program that started it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from layers.errors import LayerError
from layers.foreign import isolation, limits, turns
from layers.foreign.isolation import looked_at

pytestmark = pytest.mark.slow

SITES = "site,lat,lon\na,14.5,-4.2\nb,15.25,-3.5\n"
ENDLESS = "while True: pass"


@pytest.fixture
def hanging(tmp_path, monkeypatch):
    """Read a file in a thread by a process that never ends by itself, and go on when it runs."""
    started, real = threading.Event(), isolation._START
    monkeypatch.setattr(limits, "WALL_S", 20.0)
    path = tmp_path / "hangs.csv"
    path.write_text(SITES)
    run = subprocess.Popen

    def noted(*args, **how):
        made = run(*args, **how)
        children.append(made)
        started.set()
        return made

    children: list[subprocess.Popen[bytes]] = []
    monkeypatch.setattr(isolation, "_START", ENDLESS)
    monkeypatch.setattr(isolation.subprocess, "Popen", noted)
    ends: list[str] = []

    def read() -> None:
        try:
            with looked_at(path):
                ends.append("read")
        except LayerError as error:
            ends.append(str(error))

    thread = threading.Thread(target=read)
    thread.start()
    assert started.wait(20)
    monkeypatch.setattr(isolation, "_START", real)
    yield thread
    children[0].kill()
    thread.join(30)
    assert len(ends) == 1


def test_others_are_served_while_a_file_is_read_that_never_ends(hanging, tmp_path):
    (tmp_path / "sites.csv").write_text(SITES)
    for _ in range(2):
        with looked_at(tmp_path / "sites.csv") as looked:
            assert looked.seen.sheets[0].rows == 2
    assert hanging.is_alive()


def test_a_file_too_many_waits_and_whoever_asked_is_told(hanging, tmp_path, monkeypatch):
    told: list[str] = []
    (tmp_path / "sites.csv").write_text(SITES)
    monkeypatch.setattr(turns, "_places", threading.BoundedSemaphore(1))
    monkeypatch.setattr(limits, "WAIT_S", 0.2)
    with (
        turns.turn("first.csv", None),
        pytest.raises(LayerError, match="its turn did not come"),
        looked_at(tmp_path / "sites.csv", waits=lambda: told.append("wait")),
    ):
        pass
    assert told == ["wait"]
    with looked_at(tmp_path / "sites.csv", waits=lambda: told.append("again")) as looked:
        assert looked.seen.sheets[0].rows == 2
    assert told == ["wait"]
    assert hanging.is_alive()


STARTING = """
import sys
from pathlib import Path
from layers.foreign import isolation
isolation._START = "import sys, types, time\\npackage = types.ModuleType('layers')\\npackage.__path__ = [sys.argv[1]]\\nsys.modules['layers'] = package\\nfrom layers.foreign import cage\\nimport os\\nfrom pathlib import Path\\ncage.enter(Path.cwd())\\nPath('pid').write_text(str(os.getpid()))\\ntime.sleep(60)"
with isolation.looked_at(Path(sys.argv[1])):
    pass
"""


def test_the_process_that_reads_ends_with_the_program_that_started_it(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(SITES)
    about = os.environ | {"TMPDIR": str(tmp_path)}
    program = subprocess.Popen([sys.executable, "-c", STARTING, str(path)], env=about)
    pids: list[Path] = []
    for _ in range(600):
        pids = [each for each in tmp_path.glob("footprint-work-foreign-*/pid") if each.read_text()]
        if pids:
            break
        time.sleep(0.05)
    reader = int(pids[0].read_text())
    program.send_signal(signal.SIGKILL)
    program.wait()
    for _ in range(200):
        state = Path(f"/proc/{reader}/stat")
        if not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z":
            break
        time.sleep(0.05)
    else:
        pytest.fail("the process that reads goes on by itself")
