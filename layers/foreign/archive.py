"""Archives: what a zip declares is checked before anything in it is unpacked."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from layers.foreign import limits
from layers.foreign.sheets import refusal
from layers.sentences import say

_BLOCK = 1 << 20
_ENCRYPTED = 0x1
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    EOFError,
    OSError,
    # A name that is not in the encoding that it says.
    UnicodeDecodeError,
)
_ZIP_AGAIN = say("Pack it again with its files alone.")
_BROKEN = say("it is no whole archive")


@contextmanager
def opened(path: Path, file: str) -> Iterator[zipfile.ZipFile]:
    """
    Open an archive whose declared members are harmless.

    Raises
    ------
    LayerError
        If it is broken or locked, holds too much, a link, or a name that leads out of its folder.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _check(archive, file)
            yield archive
    except _UNREADABLE as error:
        raise refusal(file, _BROKEN, say("Bring it again, or unpacked.")) from error


def _check(archive: zipfile.ZipFile, file: str) -> None:
    members = archive.infolist()
    if len(members) > limits.MEMBERS:
        problem = say("it holds {n} files, more than {most}", n=len(members), most=limits.MEMBERS)
        raise refusal(file, problem, _ZIP_AGAIN)
    declared = sum(member.file_size for member in members)
    if declared > limits.UNPACKED_BYTES:
        problem = say(
            "it unpacks to {n} MB, more than {most}",
            n=declared // limits.MIB,
            most=limits.UNPACKED_BYTES // limits.MIB,
        )
        raise refusal(file, problem, say("Cut it to your area, or into parts."))
    for member in members:
        _check_member(member, file)


def _check_member(member: zipfile.ZipInfo, file: str) -> None:
    name = PurePosixPath(member.filename.replace("\\", "/"))
    if name.is_absolute() or ".." in name.parts or ":" in member.filename:
        problem = say("{name} in it leads out of its folder", name=repr(member.filename))
        raise refusal(file, problem, _ZIP_AGAIN)
    if stat.S_ISLNK(member.external_attr >> 16):
        raise refusal(file, say("{name} in it is a link", name=repr(member.filename)), _ZIP_AGAIN)
    if member.flag_bits & _ENCRYPTED:
        raise refusal(file, say("it is locked with a password"), say("Bring it without one."))


def unpack(archive: zipfile.ZipFile, member: str, target: Path, file: str) -> None:
    """
    Write one member to a name of our own.

    Raises
    ------
    LayerError
        If it unpacks to more than it declares and may.
    """
    written = 0
    with archive.open(member) as source, target.open("wb") as sink:
        while block := source.read(_BLOCK):
            written += len(block)
            if written > limits.UNPACKED_BYTES:
                raise refusal(file, say("it unpacks to more than it declares"), _ZIP_AGAIN)
            sink.write(block)


def read(archive: zipfile.ZipFile, member: str, file: str) -> bytes:
    """
    Return the bytes of one member that has to be held whole.

    Raises
    ------
    LayerError
        If it is larger than may be held.
    """
    with archive.open(member) as source:
        content = source.read(limits.WHOLE_BYTES + 1)
    if len(content) > limits.WHOLE_BYTES:
        problem = say("{name} in it is too large", name=repr(member))
        raise refusal(file, problem, say("Cut it to your area, or into parts."))
    return content
