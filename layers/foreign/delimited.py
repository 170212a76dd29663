"""Delimited: text with cells parted by commas, semicolons, tabs or bars, in the encodings people have."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from layers.foreign import limits
from layers.foreign.header import LOOKED_AT, GridRow, Header, read_header
from layers.foreign.sheets import ForeignReading, ForeignRow, ForeignSheet, refusal, too_many_rows
from layers.sentences import Sentence, say

_SEPARATORS = {",": say("commas"), ";": say("semicolons"), "\t": say("tabs"), "|": say("bars")}
_BLOCK = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_HALF = 0.25
"""Share of bytes that are zero from which text is taken for UTF-16 without a mark."""
_SAVE_AGAIN = say("Save it as CSV UTF-8.")
_LONGER = say("it holds more cells than there are columns")
_ACCENTED = re.compile(r"\w*[^\x00-\x7f]\w*")
_SEP_LINE = re.compile(r"sep=(.)\s*", re.IGNORECASE)


def read_delimited(path: Path, file: str) -> ForeignReading:
    """
    Return the one sheet of a delimited text.

    Raises
    ------
    LayerError
        If its text is in no known encoding, or it holds no cell.
    """
    remarks: list[Sentence] = []
    encoding = _encoding(path, file, remarks)
    separator, skipped = _separator(path, encoding, file)
    remarks.append(say("Its cells are parted by {separator}.", separator=_SEPARATORS[separator]))
    return ForeignReading(
        say("text in columns"), iter([_sheet(path, file, encoding, (separator, skipped))]), remarks
    )


def _encoding(path: Path, file: str, remarks: list[Sentence]) -> str:
    """Return the encoding of a whole file, and say which."""
    with path.open("rb") as opened:
        head = opened.read(_BLOCK)
    for mark, codec, name in _MARKS:
        if head.startswith(mark):
            if not _decodes(path, codec):
                raise refusal(
                    file, say("its text is not the {encoding} it says it is", encoding=name), _SAVE_AGAIN
                )
            remarks.append(say("Its text is {encoding}, by its first bytes.", encoding=name))
            return codec
    zeros = head[: _BLOCK // 16].count(0)
    if zeros > _HALF * len(head[: _BLOCK // 16]):
        codec = "utf-16-le" if head[1:2] == b"\0" else "utf-16-be"
        if _decodes(path, codec):
            remarks.append(say("Its text is {encoding}, by its zero bytes.", encoding="UTF-16"))
            return codec
    if zeros:
        raise refusal(file, say("it is no text"), say("Bring a table saved as CSV."))
    if _decodes(path, "utf-8"):
        return "utf-8"
    if _decodes(path, "cp1252"):
        shown = _ACCENTED.search(head.decode("cp1252", "replace"))
        example = repr(shown[0]) if shown else ""
        remark = say(
            "Its text is no UTF-8; it is read as Windows text (cp1252), for example {example}.",
            example=example,
        )
        remarks.append(remark)
        return "cp1252"
    raise refusal(file, say("its text is neither UTF-8, UTF-16 nor Windows text"), _SAVE_AGAIN)


def _decodes(path: Path, codec: str) -> bool:
    decoder = codecs.getincrementaldecoder(codec)()
    try:
        with path.open("rb") as opened:
            while block := opened.read(_BLOCK):
                decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _separator(path: Path, encoding: str, file: str) -> tuple[str, int]:
    """Return what parts the cells, and how many lines stand before them to say so."""
    with path.open(encoding=encoding, newline="") as opened:
        text = opened.read(_BLOCK)
    if not text.strip():
        raise refusal(file, say("it is empty"), say("Bring a file with rows."))
    first = _SEP_LINE.fullmatch(text.split("\n", 1)[0])
    if first and first[1] in _SEPARATORS:
        return first[1], 1
    return max(_SEPARATORS, key=lambda each: _regularity(text, each)), 0


def _regularity(text: str, separator: str) -> tuple[float, int]:
    """Return how many lines of a text agree in their number of cells, beyond one, and that number."""
    rows: list[int] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    with suppress(csv.Error):
        rows.extend(len(cells) for cells in itertools.islice(reader, 200) if any(cells))
    counts = [n for n in rows if n > 1]
    if not counts:
        return 0.0, 0
    usual = max(set(counts), key=counts.count)
    return counts.count(usual) / len(rows), usual


def _sheet(path: Path, file: str, encoding: str, parting: tuple[str, int]) -> ForeignSheet:
    separator, skipped = parting
    csv.field_size_limit(limits.CELL_CHARACTERS)
    reader = csv.reader(_lines(path, encoding, skipped), delimiter=separator)
    grid = _grid(reader, file, skipped)
    top = list(itertools.islice(grid, LOOKED_AT))
    if not any(any(cells) for _, cells in top):
        raise refusal(file, say("it is empty"), say("Bring a file with rows."))
    header = read_header(top)
    if len(header.columns) > limits.COLUMNS:
        problem = say("it has {n} columns, more than {most}", n=len(header.columns), most=limits.COLUMNS)
        raise refusal(file, problem, say("Keep the columns that are needed."))
    sheet = ForeignSheet(file, header.columns, iter(()), header.row, remarks=header.remarks, tags=header.tags)
    sheet.rows = grid_rows(itertools.chain(top[header.body :], grid), header, sheet, file)
    return sheet


def _lines(path: Path, encoding: str, skipped: int) -> Iterator[str]:
    with path.open(encoding=encoding, newline="") as opened:
        yield from itertools.islice(opened, skipped, None)


def _grid(reader: Iterator[list[str]], file: str, skipped: int) -> Iterator[GridRow]:
    """Yield the rows of a text, numbered as a spreadsheet numbers them: a cell of two lines is one row."""
    number = skipped
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            problem = say("it does not read as a table ({reason})", reason=str(error))
            remedy = say("Look for a quotation mark that is never closed, or a cell too long.")
            raise refusal(file, problem, remedy, row=number) from error
        yield number, tuple(map(str.strip, cells))


def grid_rows(
    grid: Iterator[GridRow], header: Header, sheet: ForeignSheet, file: str
) -> Iterator[ForeignRow]:
    """
    Yield the rows under a header, blank ones passed over and counted.

    Raises
    ------
    LayerError
        If there are more rows than may be read.
    """
    width, blank, short, read = len(header.columns), 0, 0, 0
    for number, cells in grid:
        if not any(cells):
            blank += 1
            continue
        read += 1
        if read > limits.ROWS:
            raise too_many_rows(file, sheet.name)
        if len(cells) == width:
            yield ForeignRow(number, cells)
            continue
        short += len(cells) < width
        long = any(cells[width:])
        kept = (*cells[:width], *([""] * (width - len(cells))))
        yield ForeignRow(number, kept, problem=_LONGER if long else None)
    if blank:
        sheet.remarks.append(say("Blank rows passed over: {n}.", n=blank))
    if short:
        sheet.remarks.append(say("Rows shorter than the header: {n}; what they lack is empty.", n=short))
