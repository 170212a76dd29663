"""Old workbooks (.xls of Excel 97 to 2003): cells that hold an error, which their values do not tell."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from layers.foreign.workbook_marks import SheetMarks

ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!"}
"""By the code that the file has; 0x2A, not available, is an empty cell."""

_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SHIFTS = (9, 12)
"""Powers of two of the sectors that there are."""
_FREE = 0xFFFFFFFA
"""Numbers of sectors from here on are none."""
_ENTRY, _IN_HEADER = 128, 109
_ROOT = 5
_BOF, _EOF, _SHEET, _FORMULA, _ERROR = 0x0809, 0x000A, 0x0085, 0x0006, 0x0205
_BIFF8 = 0x0600
_OF_FORMULA, _OF_ERROR = 14, 8
"""Bytes of such records that tell of the value, at least."""
_IS_ERROR = 2


class _OddFileError(Exception):
    """The file is not laid out as such files are."""


def old_marks(path: Path) -> dict[str, SheetMarks] | None:
    """
    Return the cells of each sheet that hold an error, by the sheet's name.

    Returns
    -------
    dict
        None where the file is of an older Excel, or does not read as such a file.

    Notes
    -----
    As in [MS-CFB] (compound files) and [MS-XLS] (records of BOUNDSHEET, FORMULA and BOOLERR).
    """
    try:
        stream = _stream(path.read_bytes())
        return {name: _errors(stream, start) for name, start in _sheets(stream)}
    except (_OddFileError, struct.error, IndexError, UnicodeDecodeError):
        return None


def _errors(stream: bytes, start: int) -> SheetMarks:
    """Return the errors of a sheet whose records begin at a place."""
    marks, depth = SheetMarks(), 0
    for kind, body in _records(stream, start):
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth == 0:
                break
        # Within a sheet a chart has records of its own, one level down.
        elif depth == 1 and (code := _error(kind, body)) in ERRORS:
            row, column = struct.unpack_from("<HH", body)
            marks.errors.setdefault(row + 1, {})[column + 1] = ERRORS[code]
    return marks


def _error(kind: int, body: bytes) -> int:
    """Return the code of the error that a record holds for a value, -1 for none."""
    if kind == _ERROR and len(body) >= _OF_ERROR and body[7] == 1:
        return body[6]
    if kind == _FORMULA and len(body) >= _OF_FORMULA and body[12:14] == b"\xff\xff" and body[6] == _IS_ERROR:
        return body[8]
    return -1


def _sheets(stream: bytes) -> Iterator[tuple[str, int]]:
    """Yield the name of each sheet, and where its records begin."""
    for n, (kind, body) in enumerate(_records(stream, 0)):
        if n == 0 and (kind != _BOF or struct.unpack_from("<H", body)[0] != _BIFF8):
            raise _OddFileError
        if kind == _EOF:
            return
        if kind == _SHEET:
            start, _, length, wide = struct.unpack_from("<IHBB", body)
            text = body[8 : 8 + length * 2] if wide & 1 else body[8 : 8 + length]
            yield text.decode("utf-16-le" if wide & 1 else "latin-1"), start


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Yield kind and content of the records from a place on."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _stream(content: bytes) -> bytes:
    """Return the stream of records out of a compound file."""
    if not content.startswith(_SIGNATURE):
        raise _OddFileError
    shift, small_shift = struct.unpack_from("<HH", content, 30)
    (directory,) = struct.unpack_from("<I", content, 48)
    least, small_table = struct.unpack_from("<II", content, 56)
    if shift not in _SHIFTS or not 0 < small_shift < shift:
        raise _OddFileError
    table = _table(content, shift)
    entries = _joined(content, directory, table, shift, skipped=1)
    root, book = (0, 0), None
    for at in range(0, len(entries) - _ENTRY + 1, _ENTRY):
        length = struct.unpack_from("<H", entries, at + 64)[0]
        name = entries[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le")
        start, size = struct.unpack_from("<II", entries, at + 116)
        if entries[at + 66] == _ROOT:
            root = start, size
        elif name.lower() == "workbook":
            book = start, size
    if book is None:
        raise _OddFileError
    start, size = book
    if size >= least:
        return _joined(content, start, table, shift, skipped=1)[:size]
    small = _joined(content, root[0], table, shift, skipped=1)
    numbers = _joined(content, small_table, table, shift, skipped=1)
    return _joined(small, start, _numbers(numbers), small_shift, skipped=0)[:size]


def _table(content: bytes, shift: int) -> tuple[int, ...]:
    """Return which sector follows each."""
    listed = list(struct.unpack_from(f"<{_IN_HEADER}I", content, 76))
    (further,) = struct.unpack_from("<I", content, 68)
    each, seen = 1 << shift, set[int]()
    while further < _FREE and further not in seen:
        seen.add(further)
        numbers = _numbers(_sector(content, further, shift, skipped=1))
        if len(numbers) * 4 != each:
            raise _OddFileError
        listed += numbers[:-1]
        further = numbers[-1]
    sectors = (_sector(content, number, shift, skipped=1) for number in listed if number < _FREE)
    return _numbers(b"".join(sectors))


def _joined(content: bytes, first: int, table: tuple[int, ...], shift: int, *, skipped: int) -> bytes:
    """Return what stands in a chain of sectors, of which so many before the first hold the header."""
    made, number, seen = [], first, set[int]()
    while number < _FREE:
        if number in seen:
            raise _OddFileError
        seen.add(number)
        made.append(_sector(content, number, shift, skipped=skipped))
        number = table[number]
    return b"".join(made)


def _sector(content: bytes, number: int, shift: int, *, skipped: int) -> bytes:
    start = (number + skipped) << shift
    return content[start : start + (1 << shift)]


def _numbers(content: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])
