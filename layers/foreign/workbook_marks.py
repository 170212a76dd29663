"""Marks of a workbook that its cells do not tell: what is hidden, and formulas without a saved value."""

from __future__ import annotations

import html
import posixpath
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from layers.foreign import limits
from layers.foreign.archive import opened
from layers.foreign.sheets import refusal
from layers.sentences import say

_ALPHABET = 26
_BLOCK = 1 << 20
_OVERLAP = 1 << 14
"""Characters that are looked at again with the next block: more than a cell with a formula takes."""
_P = rb"(?:\w{1,40}:)?"
"""A prefix of names of XML."""
_REFERENCE = re.compile(rb"<" + _P + rb"c\b[^>]*?\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']")
_ROW = re.compile(rb"<" + _P + rb"row\b([^>]*)>")
_COLUMN = re.compile(rb"<" + _P + rb"col\b([^>]*)>")
_FORMULA = rb"<" + _P + rb"f\b[^>]*(?:/>|>[^<]*</" + _P + rb"f>)\s*"
_NO_VALUE = rb"(<" + _P + rb"v\s*/>|<" + _P + rb"v>\s*</" + _P + rb"v>)?\s*</" + _P + rb"c>"
_UNSAVED = re.compile(rb"<" + _P + rb"c\b([^>]*)>\s*" + _FORMULA + _NO_VALUE)
_ERROR = re.compile(
    rb"<" + _P + rb"c\b([^>]*\bt=[\"']e[\"'][^>]*)>\s*(?:" + _FORMULA + rb")?<" + _P + rb"v>([^<]{1,20})</"
)
_TEXT = re.compile(rb"\bt=[\"']str[\"']")
_AT = re.compile(rb"(?<![\w:])r=[\"']([A-Z]{1,3})(\d{1,7})[\"']")
_NUMBER = re.compile(rb"(?<![\w:])r=[\"'](\d{1,7})[\"']")
_HIDDEN = re.compile(
    rb"\bhidden=[\"'](?:1|true)[\"']|(?<![\w:])ht=[\"']0(?:\.0*)?[\"']|\bwidth=[\"']0(?:\.0*)?[\"']"
)
_SPAN = re.compile(rb"\b(min|max)=[\"'](\d{1,5})[\"']")
_SHEET = re.compile(r"<(?:\w{1,40}:)?sheet\b([^>]*)>")
_LINK = re.compile(r"<(?:\w{1,40}:)?Relationship\b([^>]*)>")
_ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_NOT_AVAILABLE = "#N/A"
_LISTED = 50


@dataclass(slots=True)
class SheetMarks:
    """What is hidden in a sheet, and where a formula has no value; rows and columns count from 1."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[tuple[int, int]] = field(default_factory=set)
    """First and last of each run."""
    unsaved: dict[int, list[int]] = field(default_factory=dict)
    """Columns by row."""
    errors: dict[int, dict[int, str]] = field(default_factory=dict)
    """Errors that stand for values, by column and row; a value that is not available is an empty cell."""
    unplaced: bool = False
    """Whether formulas without a value stand in cells that do not say where they are."""

    def hides_column(self, column: int) -> bool:
        """Tell whether a column is hidden."""
        return any(first <= column <= last for first, last in self.hidden_columns)


def workbook_marks(path: Path, file: str) -> dict[str, SheetMarks]:
    """
    Return the marks of every sheet of a zipped workbook, by the sheet's name.

    Raises
    ------
    LayerError
        If a sheet spans more cells than may be held: a stray cell far out is enough.
    """
    with opened(path, file) as archive:
        members = [
            name for name in archive.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")
        ]
        names = _sheet_names(archive)
        called = {member: name for name, member in names.items()}
        marks = {member: _marks(archive, member, called.get(member, member), file) for member in members}
        return {name: marks[member] for name, member in names.items() if member in marks}


def _sheet_names(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the member of the archive that holds each sheet."""
    try:
        book = _head(archive, "xl/workbook.xml")
        links = _head(archive, "xl/_rels/workbook.xml.rels")
    except KeyError:
        return {}
    targets = {}
    for hit in _LINK.finditer(links):
        about = _attributes(hit[1])
        target = about.get("Target", "")
        targets[about.get("Id", "")] = (
            target.removeprefix("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        )
    made = {}
    for hit in _SHEET.finditer(book):
        about = _attributes(hit[1])
        link = next((text for name, text in about.items() if name.endswith(":id")), "")
        made[about.get("name", "")] = targets.get(link, "")
    return made


def _head(archive: zipfile.ZipFile, name: str) -> str:
    with archive.open(name) as source:
        return source.read(_BLOCK).decode("utf-8", "replace")


def _attributes(text: str) -> dict[str, str]:
    return {hit[1]: html.unescape(hit[2] or hit[3] or "") for hit in _ATTRIBUTE.finditer(text)}


def _marks(archive: zipfile.ZipFile, member: str, name: str, file: str) -> SheetMarks:
    """Read a sheet once, block by block."""
    marks = SheetMarks()
    unsaved: set[tuple[int, int]] = set()
    column, row, tail = 0, 0, b""
    with archive.open(member) as source:
        while block := source.read(_BLOCK):
            text = tail + block
            for letters, digits in _REFERENCE.findall(text):
                column, row = max(column, _place(letters)), max(row, int(digits))
            _take_hidden(text, marks)
            unsaved |= _unsaved(text, marks)
            _take_errors(text, marks)
            tail = text[-_OVERLAP:]
    if column * row > limits.CELLS or row > limits.ROWS * 2:
        problem = say(
            "its sheet {sheet} spans {columns} columns and {rows} rows",
            sheet=repr(name),
            columns=column,
            rows=row,
        )
        remedy = say("Delete the rows and columns beyond the data, or cut it into parts.")
        raise refusal(file, problem, remedy)
    for at_row, at_column in sorted(unsaved):
        marks.unsaved.setdefault(at_row, []).append(at_column)
    return marks


def _take_hidden(text: bytes, marks: SheetMarks) -> None:
    for hit in _ROW.finditer(text):
        number = _NUMBER.search(hit[1])
        if number is not None and _HIDDEN.search(hit[1]):
            marks.hidden_rows.add(int(number[1]))
    for hit in _COLUMN.finditer(text):
        span = {name: int(digits) for name, digits in _SPAN.findall(hit[1])}
        if _HIDDEN.search(hit[1]) and len(span) == 2:  # noqa: PLR2004  first and last
            marks.hidden_columns.add((span[b"min"], span[b"max"]))


def _unsaved(text: bytes, marks: SheetMarks) -> set[tuple[int, int]]:
    """Return row and column of formulas without a value; an empty text that was saved is one."""
    if b"f>" not in text and b"<f" not in text and b":f" not in text:
        return set()
    made = set()
    for hit in _UNSAVED.finditer(text):
        at = _AT.search(hit[1])
        if hit[2] is not None and _TEXT.search(hit[1]):
            continue
        if at is None:
            marks.unplaced = True
        else:
            made.add((int(at[2]), _place(at[1])))
    return made


def _take_errors(text: bytes, marks: SheetMarks) -> None:
    for hit in _ERROR.finditer(text):
        at, error = _AT.search(hit[1]), hit[2].decode("utf-8", "replace")
        if at is not None and error != _NOT_AVAILABLE:
            marks.errors.setdefault(int(at[2]), {})[_place(at[1])] = error


def _place(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = place * _ALPHABET + letter - ord("A") + 1
    return place


def column_letters(place: int) -> str:
    """
    Return what a spreadsheet calls a column.

    Examples
    --------
    >>> column_letters(1), column_letters(26), column_letters(27)
    ('A', 'Z', 'AA')
    """
    letters = ""
    while place:
        place, rest = divmod(place - 1, _ALPHABET)
        letters = chr(ord("A") + rest) + letters
    return letters


def ranges(numbers: Sequence[int]) -> str:
    """
    Return rising numbers as runs, the first fifty.

    Examples
    --------
    >>> ranges([4, 5, 6, 9])
    '4–6, 9'
    """
    runs = [[n for _, n in run] for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])]
    shown = [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
    return ", ".join(shown[:_LISTED]) + (" …" if len(shown) > _LISTED else "")
