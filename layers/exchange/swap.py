"""Swap: two folders change places in one step, where the system has that."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_NOT_HERE = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}
"""Kernels before 3.15, and file systems that cannot (NFS, some of FUSE, FAT)."""


def swap(one: Path, other: Path) -> bool:
    """
    Let two folders change places.

    Parameters
    ----------
    one, other
        Both are there, on one file system; neither is followed if it is a link.

    Returns
    -------
    bool
        False, and nothing done, where the system or the file system has no such step.

    Raises
    ------
    OSError
        If the system has it and refuses.

    References
    ----------
    renameat2(2), RENAME_EXCHANGE: Linux 3.15, glibc 2.28.
    """
    if not sys.platform.startswith("linux"):
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "renameat2"):
        return False
    done = libc.renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    if done == 0:
        return True
    code = ctypes.get_errno()
    if code in _NOT_HERE:
        return False
    raise OSError(code, os.strerror(code), str(one), None, str(other))
