"""Decoding: the bytes of a proposal's file as text, or why they are none."""

from __future__ import annotations

import codecs
import os
import stat
from pathlib import Path

from footprint.proposals.faults import (
    EMPTY,
    NO_FILE,
    NO_TEXT,
    NOT_READABLE,
    NOT_THERE,
    OTHER_ENCODING,
    TOO_LARGE,
    FormFault,
    ProposalError,
)
from layers.sentences import Sentence, SentenceValue, say

LARGEST_MB = 5
LARGEST_BYTES = LARGEST_MB * 1_000_000
"""A proposal's file holds no more."""

_MAGIC = (
    (b"PK\x03\x04", say("a document of an office program, or a zip")),
    (b"\xd0\xcf\x11\xe0", say("a document of an office program, or a zip")),
    (b"%PDF", say("a PDF")),
    (b"{\\rtf", say("a document of an office program, or a zip")),
    (b"\x89PNG", say("a picture")),
    (b"\xff\xd8\xff", say("a picture")),
    (b"GIF8", say("a picture")),
    (b"SQLite format 3", say("a database")),
    (b"\x1f\x8b", say("a packed file")),
    (b"7z\xbc\xaf", say("a packed file")),
)
"""First bytes of files that people send by mistake."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte-order marks; the longer one first where one begins with another."""


def read_bytes(path: Path) -> bytes:
    """
    Return the bytes of a file that may hold a proposal.

    Raises
    ------
    ProposalError
        If it is not there, is no file, may not be read, or is larger than a proposal may be.
    """
    try:
        # Without waiting, should it be a pipe; what was looked at is what is read.
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise ProposalError([FormFault(path.name, "", *NO_FILE)])
            content = file.read(LARGEST_BYTES + 1)
    except FileNotFoundError:
        raise ProposalError([FormFault(path.name, "", *NOT_THERE)]) from None
    except IsADirectoryError:
        raise ProposalError([FormFault(path.name, "", *NO_FILE)]) from None
    except OSError:
        raise ProposalError([FormFault(path.name, "", *NOT_READABLE)]) from None
    return content


def decoded(content: bytes, file: str) -> str:
    """
    Return the text of a file: UTF-8, UTF-16 or UTF-32, with or without a byte-order mark.

    Parameters
    ----------
    content
        The bytes.
    file
        Its name, for messages.

    Raises
    ------
    ProposalError
        If it is too large, empty, no text, or in an encoding that must be guessed.
    """
    if len(content) > LARGEST_BYTES:
        raise _refused(file, TOO_LARGE, megabytes=LARGEST_MB)
    for magic, what in _MAGIC:
        if content.startswith(magic):
            raise _refused(file, NO_TEXT, what=what)
    try:
        text = _as_text(content)
    except UnicodeDecodeError:
        raise _refused(file, OTHER_ENCODING) from None
    if not text.strip():
        raise _refused(file, EMPTY)
    if "\0" in text:
        raise _refused(file, NO_TEXT, what=say("a file of a program"))
    return text


def _as_text(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding)
    # Without a mark: a form begins with plain letters, every other byte of which is nought in UTF-16.
    if content[:1] == b"\0":
        return content.decode("utf-16-be")
    return content.decode("utf-16-le" if content[1:2] == b"\0" else "utf-8")


def _refused(file: str, fault: tuple[Sentence, Sentence], **values: SentenceValue) -> ProposalError:
    problem, remedy = fault
    return ProposalError([FormFault(file, "", problem.having(**values), remedy)])
