"""Cage: what the process that parses gives up before it opens a file: memory, time, network, programs."""

from __future__ import annotations

import ctypes
import os
import resource
import sys
from pathlib import Path

from layers.foreign import limits

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
"""CLONE_NEWUSER and CLONE_NEWNET of Linux."""

_PROGRAMS = ("subprocess.", "os.exec", "os.posix_spawn", "os.fork", "os.forkpty", "os.system", "pty.spawn")
_REACHING_OUT = ("socket.", "ftplib.", "http.client.", "urllib.", "smtplib.", "webbrowser.")
_CHANGING = ("os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.chmod", "os.chown", "shutil.")  # fmt: skip  # noqa: E501
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def enter(memory_bytes: int = limits.MEMORY_BYTES, processor_s: int = limits.PROCESSOR_S) -> bool:
    """
    Give up what parsing needs not; there is no way back.

    Parameters
    ----------
    memory_bytes
        Address space it may take from now on.
    processor_s
        Time of the processor it may take.

    Returns
    -------
    bool
        Whether the system shut the network off. Where it does not permit that, sockets are refused to
        Python all the same, and whoever asked is told.
    """
    for what, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CPU, processor_s),
        (resource.RLIMIT_FSIZE, limits.OUTPUT_BYTES),
        (resource.RLIMIT_NOFILE, limits.OPEN_FILES),
    ):
        _, hard = resource.getrlimit(what)
        capped = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (capped, capped))
    return _shut_network()


def _shut_network() -> bool:
    """Move to a network of our own with nothing in it, where the system permits."""
    if not sys.platform.startswith("linux"):
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    # A user of our own first: without it only the system's own user may.
    return bool(libc.unshare(_NEW_USER | _NEW_NETWORK) == 0 or libc.unshare(_NEW_NETWORK) == 0)


def watch(folder: Path) -> None:
    """Refuse Python itself sockets, other programs, and writing outside a folder, from now on."""
    inside = str(folder)

    def look(event: str, arguments: tuple[object, ...]) -> None:
        if event.startswith((*_PROGRAMS, *_REACHING_OUT, *_CHANGING)):
            raise PermissionError(event)
        if event == "open":
            place, mode, flags = arguments
            writes = isinstance(flags, int) and flags & _WRITING
            if writes and not (isinstance(place, str | os.PathLike) and os.fspath(place).startswith(inside)):
                raise PermissionError(event, mode)

    sys.addaudithook(look)
