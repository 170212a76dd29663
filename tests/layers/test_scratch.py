"""Folders to work in: what killed programs left is taken away, what is in use is not."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from layers.scratch import own_folder

pytestmark = pytest.mark.slow

HOLDING = """
import sys, time
from layers.scratch import own_folder
with own_folder("test") as folder:
    (folder / "brought").write_text("x")
    print(folder, flush=True)
    time.sleep(60)
"""


def test_folders_of_killed_programs_are_taken_away_and_those_in_use_are_not(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    about = os.environ | {"TMPDIR": str(tmp_path)}
    holders = [
        subprocess.Popen([sys.executable, "-c", HOLDING], stdout=subprocess.PIPE, env=about, text=True)
        for _ in range(2)
    ]
    folders = [Path(each.stdout.readline().strip()) for each in holders]
    for each in folders:
        os.utime(each, (0, 0))
    holders[0].kill()
    holders[0].wait()
    for each in holders:
        each.stdout.close()
    other = tmp_path / "footprint-work-not-ours"
    (tmp_path / "elsewhere").mkdir()
    other.symlink_to(tmp_path / "elsewhere")
    os.utime(other, (0, 0), follow_symlinks=False)
    with own_folder("test"):
        assert [each.exists() for each in folders] == [False, True]
        assert (tmp_path / "elsewhere").is_dir()
    holders[1].kill()
    holders[1].wait()
    os.utime(folders[1], (0, 0))
    with own_folder("test"):
        assert not folders[1].exists()
