"""Files of this user's own that what left is kept in: read whole, replaced whole, never through a link."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

_OWNER_ALONE = 0o600
_OTHERS = 0o077


def read_own(path: Path) -> bytes | None:
    """
    Return what a file holds; None where there is none.

    Raises
    ------
    OSError
        If it is a link or no file, somebody else's, or others may read or write it.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return None
    with os.fdopen(descriptor, "rb") as file:
        _refuse_strangers(file.fileno(), path)
        return file.read()


def append_own(path: Path, content: bytes) -> None:
    """
    Put content at the end of a file, made if it is not there, and see it onto the disk.

    Raises
    ------
    OSError
        As `read_own` does, and if the disk is full.
    """
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK
    with os.fdopen(os.open(path, flags, _OWNER_ALONE), "ab") as file:
        _refuse_strangers(file.fileno(), path)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    _sync_folder(path.parent)


def replace_own(path: Path, content: bytes) -> None:
    """Put content in the place of what a file holds, all of it or nothing, and see it onto the disk."""
    drawn = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(drawn, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _OWNER_ALONE), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        drawn.replace(path)
    finally:
        drawn.unlink(missing_ok=True)
    _sync_folder(path.parent)


def cut_own(path: Path, length: int) -> None:
    """Leave the first bytes of a file alone, and see it onto the disk."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_NOFOLLOW), "r+b") as file:
        file.truncate(length)
        os.fsync(file.fileno())


def _refuse_strangers(descriptor: int, path: Path) -> None:
    status = os.fstat(descriptor)
    ours = stat.S_ISREG(status.st_mode) and status.st_uid == os.geteuid()
    if not ours or status.st_mode & _OTHERS:
        raise PermissionError(1, "it is not a file that is its owner's alone", path.name)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
