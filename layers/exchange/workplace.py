"""Workplace: the folder beside a target where its successor is built, its lock, and its journal."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import stat
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from layers.errors import Fault, LayerError
from layers.sentences import say

_WAIT_S = 2.0
"""How long a lock is waited for: whoever tidies up holds it for a moment, whoever builds for longer."""
_AGAIN_S = 0.05
_OPEN = os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
_NOTE = "Footprint is replacing the folder beside this one, and removes this one when it is done.\n"
_READY = re.compile(r"^ready (\d+)\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Workplace:
    """
    Where the successor of a folder is built.

    It lies beside the target, so that both are on one file system, and its name is worked out from the
    target's: two builds of one folder meet there. It is ours if it is a real folder of this user that
    nobody else may write to, and holds the lock; of what it holds only `new` and `old` are ours.
    """

    target: Path

    @property
    def folder(self) -> Path:
        """The work folder itself."""
        return self.target.with_name(f".{self.target.name}.footprint-work")

    @property
    def new(self) -> Path:
        """The folder that is being built; once they have changed places, the one that stood before."""
        return self.folder / "new"

    @property
    def old(self) -> Path:
        """The folder that stood before, where the two could not change places in one step."""
        return self.folder / "old"

    @property
    def lock(self) -> Path:
        """Held while anybody builds or tidies up; marks the folder as ours, and holds the journal."""
        return self.folder / "footprint-lock"

    def is_ours(self) -> bool | None:
        """Tell whether nobody else can have made the folder or put anything into it; None without one."""
        try:
            there = self.folder.lstat()
        except FileNotFoundError:
            return None
        ours = stat.S_ISDIR(there.st_mode) and there.st_uid == os.geteuid()
        return ours and not there.st_mode & _OTHERS_WRITE

    def holds_other_things(self) -> bool:
        """Tell whether anything lies in it that is not ours."""
        ours = {self.new.name, self.old.name, self.lock.name}
        return any(path.name not in ours for path in self.folder.iterdir())

    def enter(self) -> int:
        """
        Make the folder, and take its lock.

        Returns
        -------
        int
            Descriptor that holds the lock until `leave`.

        Raises
        ------
        LayerError
            If somebody else builds there, or the folder is not ours.
        """
        until = time.monotonic() + _WAIT_S
        while True:
            with suppress(FileExistsError):
                self.folder.mkdir(mode=0o700)
            if self.is_ours() is False:
                problem = say("{name} beside it is a link or another user's", name=repr(self.folder.name))
                raise LayerError([Fault(self.target.name, problem, say("Have it removed, then start again"))])
            held = self.take(make=True)
            if held is not None:
                return held
            if time.monotonic() > until:
                problem = say("another build is replacing it at this moment")
                raise LayerError(
                    [Fault(self.target.name, problem, say("Wait until that is done, then start again"))]
                )
            time.sleep(_AGAIN_S)

    def take(self, *, make: bool = False) -> int | None:
        """
        Take the lock if it is free.

        Returns
        -------
        int or None
            Descriptor that holds the lock; None where somebody else holds it, or it is just being removed.

        Raises
        ------
        OSError
            If the lock may not be opened, or the file system keeps no locks.
        """
        try:
            held = os.open(self.lock, _OPEN | (os.O_CREAT if make else 0), 0o600)
        except FileNotFoundError:
            return None
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # Whoever held it before may have removed the file that we opened.
            if os.path.samestat(os.fstat(held), self.lock.lstat()):
                return held
        except (BlockingIOError, FileNotFoundError):
            pass
        except OSError:
            os.close(held)
            raise
        os.close(held)
        return None

    def begin(self, held: int) -> None:
        """Make the new folder, and say in the lock what this is."""
        os.ftruncate(held, 0)
        os.pwrite(held, _NOTE.encode(), 0)
        self.new.mkdir()

    def ready(self, held: int) -> None:
        """Write down which folder is whole and on the disk: from here on it may take the target's place."""
        os.pwrite(held, f"ready {self.new.lstat().st_ino}\n".encode(), len(_NOTE))
        os.fsync(held)
        sync(self.folder)

    def wanted(self, held: int) -> int | None:
        """Return the number that the system gave the folder that is ready; None before there is one."""
        line = _READY.search(os.pread(held, 4096, 0).decode("utf-8", "replace"))
        return int(line[1]) if line else None

    def clear(self) -> None:
        """Remove what is ours, the lock last; the folder too if nothing else lies in it."""
        for each in (self.new, self.old):
            remove(each)
        self.lock.unlink(missing_ok=True)
        with suppress(OSError):
            # Another build is in it already, or something that is not ours.
            self.folder.rmdir()


def number(folder: Path) -> int | None:
    """Return the number that the system gave a folder, None where no folder stands."""
    try:
        there = folder.lstat()
    except FileNotFoundError:
        return None
    return there.st_ino if stat.S_ISDIR(there.st_mode) else None


def remove(folder: Path) -> None:
    """Remove a folder with all that is in it, following no link; nothing if it is not there."""
    if not os.path.lexists(folder):
        return
    # What was kept from writing, as the folder before it was, could not be emptied.
    if not folder.is_symlink():
        folder.chmod(stat.S_IRWXU)
        for each in _folders(folder):
            each.chmod(stat.S_IRWXU)
    shutil.rmtree(folder)


def _folders(folder: Path) -> Iterator[Path]:
    """Yield the folders in a folder at any depth, each before it is entered; links are none."""
    for above, names, _ in os.walk(folder):
        for name in names:
            if not (Path(above) / name).is_symlink():
                yield Path(above) / name


def sync(path: Path) -> None:
    """Have a file or folder written to the disk before anything else is done."""
    opened = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
