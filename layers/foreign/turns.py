"""Turns: how many foreign files are read at once, and the folders in which that is done."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from layers.foreign import limits
from layers.foreign.sheets import refusal
from layers.sentences import say

_PREFIX = "footprint-foreign-"
_LEFT_S = 600.0
"""Age from which a folder that nobody holds is taken for left over [s]."""
_places = threading.BoundedSemaphore(limits.AT_ONCE)


@contextmanager
def turn(file: str, waits: Callable[[], None] | None) -> Iterator[None]:
    """
    Hold one of the places there are for reading foreign files, so that whoever else is served is served.

    Parameters
    ----------
    waits
        Called once where this one has to wait for its turn, to say so to whoever asked.

    Raises
    ------
    LayerError
        If its turn does not come in time.
    """
    places = _places
    if not places.acquire(blocking=False):
        if waits is not None:
            waits()
        if not places.acquire(timeout=limits.WAIT_S):
            problem = say("other files are being read, and its turn did not come")
            raise refusal(file, problem, say("Try again in a few minutes."))
    try:
        yield
    finally:
        places.release()


@contextmanager
def own_folder() -> Iterator[Path]:
    """
    Give a folder that is gone afterwards, and take away those that killed processes left behind.

    Notes
    -----
    As long as it is in use it is locked; the system gives up the lock of a process that ends, however it
    ends, so a folder that can be locked is nobody's any more.
    """
    _sweep(Path(tempfile.gettempdir()))
    with tempfile.TemporaryDirectory(prefix=_PREFIX) as name:
        folder = Path(name).resolve()
        held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield folder
        finally:
            os.close(held)


def _sweep(beside: Path) -> None:
    """Remove folders of ours that nobody holds."""
    for folder in beside.glob(f"{_PREFIX}*"):
        # Another process may sweep at the same time; whose folder it is not, it may not touch.
        with suppress(OSError):
            about = folder.lstat()
            if about.st_uid != os.getuid() or time.time() - about.st_mtime < _LEFT_S:
                continue
            held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder)
            finally:
                os.close(held)
