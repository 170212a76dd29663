"""Landlock: what of the file system a process may still touch, by Linux's own means (5.13 and later)."""

from __future__ import annotations

import ctypes
import os
import stat
import sys
from collections.abc import Iterable
from pathlib import Path

_CREATE, _ADD, _RESTRICT = 444, 445, 446
"""Numbers of the three calls, the same on every kind of processor."""
_ASK_VERSION, _BENEATH = 1, 1
_NO_NEW_PRIVILEGES = 38
_READ_FILE, _READ_FOLDER, _WRITE_FILE, _TRUNCATE = 1 << 2, 1 << 3, 1 << 1, 1 << 14
_OF_FIRST_VERSION = (1 << 13) - 1
_SINCE = {2: 1 << 13, 3: 1 << 14, 5: 1 << 15}
"""What further versions can refuse: moving between folders, truncating, commands to devices."""
_OPENING = 1 << 1 | 1 << 2 | 1 << 8 | 1 << 5 | 1 << 3
"""Of a folder of our own: read, write, list, make and remove plain files."""
_CALLS_OUT = 0b11
"""Binding and connecting (TCP), from version 4 on."""
_OTHERS = 0b11
"""Sockets without a file, and signals, of processes outside, from version 6 on."""


class _Rules(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = (("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32))


def shut_files(readable: Iterable[Path], ours: Path) -> bool:
    """
    Give up every file but some, for good.

    Parameters
    ----------
    readable
        Folders and files that may be read, with all beneath; those that are not there are passed over.
    ours
        Folder in which files may also be written, made and removed.

    Returns
    -------
    bool
        Whether the system did it; False where it knows no Landlock.

    Notes
    -----
    Nothing can be run any more, nothing connected to by TCP where the system can refuse that (Linux 6.7),
    and no process outside be signalled (6.12).
    """
    if not sys.platform.startswith("linux"):
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(_CREATE, None, ctypes.c_size_t(0), _ASK_VERSION)
    if version < 1:
        return False
    handled = _OF_FIRST_VERSION | sum(more for since, more in _SINCE.items() if version >= since)
    rules = _Rules(handled, _CALLS_OUT if version >= 4 else 0, _OTHERS if version >= 6 else 0)  # noqa: PLR2004
    size = 24 if version >= 6 else 16 if version >= 4 else 8  # noqa: PLR2004
    made = libc.syscall(_CREATE, ctypes.byref(rules), ctypes.c_size_t(size), 0)
    if made < 0:
        return False
    try:
        for each in readable:
            _allow(libc, made, each, _READ_FILE | _READ_FOLDER)
        whole = _allow(libc, made, ours, (_OPENING | _TRUNCATE) & handled)
        return (
            whole
            and libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0
            and libc.syscall(_RESTRICT, made, 0) == 0
        )
    finally:
        os.close(made)


def _allow(libc: ctypes.CDLL, rules: int, path: Path, access: int) -> bool:
    """Allow a kind of access to a path and all beneath it; tell whether it is there."""
    try:
        opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        if not stat.S_ISDIR(os.fstat(opened).st_mode):
            access &= _READ_FILE | _WRITE_FILE | _TRUNCATE
        rule = _Beneath(access, opened)
        return bool(libc.syscall(_ADD, rules, _BENEATH, ctypes.byref(rule), 0) == 0)
    finally:
        os.close(opened)
