"""Folders to work in: each is gone afterwards; what killed programs left in theirs, the next takes away."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PREFIX = "footprint-work-"
_BEFORE = ("footprint-foreign-", "footprint-imports-", "footprint-normalised-")
"""How such folders were called in November 2026; those still in use then are long done."""
_LEFT_S = 600.0
"""Age from which a folder that nobody holds is taken for left over [s]."""


@contextmanager
def own_folder(purpose: str) -> Iterator[Path]:
    """
    Give a folder that is gone afterwards, and take away those that killed programs left behind.

    What people bring lies in such folders, sensitive places among it: it may not outlive its use by more than
    the time to the next run.

    Parameters
    ----------
    purpose
        One word that stands in its name, for whoever looks at what fills a disk.

    Notes
    -----
    As long as it is in use it is locked; the system gives up the lock of a program that ends, however it
    ends, so a folder that can be locked is nobody's any more.
    """
    _sweep(Path(tempfile.gettempdir()))
    with tempfile.TemporaryDirectory(prefix=f"{_PREFIX}{purpose}-") as name:
        folder = Path(name).resolve()
        held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield folder
        finally:
            os.close(held)


def _sweep(beside: Path) -> None:
    """Remove folders of ours that nobody holds."""
    for folder in (each for prefix in (_PREFIX, *_BEFORE) for each in beside.glob(f"{prefix}*")):
        # Another program may sweep at the same time; whose folder it is not, it may not touch.
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
