"""Lines of a benchmark file: its cells, whatever separates them, and where each stands."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from footprint.siting.faults import SitingFileError
from layers.sentences import say


@dataclass(frozen=True, slots=True)
class Cell:
    """One entry of a line."""

    text: str
    value: float
    """NaN where the text is no finite number."""

    @property
    def is_number(self) -> bool:
        """Whether it is a finite number."""
        return not math.isnan(self.value)

    @property
    def whole(self) -> int | None:
        """The number as a whole one; None where it is none."""
        return int(self.value) if self.is_number and self.value == int(self.value) else None


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is neither empty nor a remark (#)."""

    number: int
    cells: list[Cell]

    def values(self) -> list[float]:
        """Return its numbers, NaN where a cell is none."""
        return [cell.value for cell in self.cells]


def lines_of(path: Path) -> list[Line]:
    """
    Return the lines of a text file, at least one.

    Cells are separated by commas, semicolons, tabs or spaces, whichever the first line has, in that
    order; where it is semicolons or tabs, numbers may have a decimal comma.

    Raises
    ------
    SitingFileError
        If there is no such file, it is no text, or nothing stands in it.
    """
    if not path.is_file():
        raise SitingFileError(
            path.name, None, say("there is no such file"), say("Check the name and the folder.")
        )
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        problem = say("it is no text in UTF-8")
        raise SitingFileError(path.name, None, problem, say("Save it as plain text, UTF-8.")) from None
    lines = list(_split(text))
    if not lines:
        raise SitingFileError(path.name, None, say("nothing stands in it"), say("Check the download."))
    return lines


def _split(text: str) -> Iterator[Line]:
    separator: str | None = None
    width = 0
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if not width:
            separator = next((each for each in (";", "\t", ",") if each in line), None)
        cells = [part.strip() for part in line.split(separator)]
        width = width or len(cells)
        while separator is not None and len(cells) > width and not cells[-1]:
            cells.pop()
        yield Line(number, [_cell(cell, comma=separator in {";", "\t"}) for cell in cells])


def _cell(text: str, *, comma: bool) -> Cell:
    bare = text.strip("\"'").strip()
    try:
        value = float(bare.replace(",", ".") if comma else bare)
    except ValueError:
        return Cell(bare, math.nan)
    return Cell(bare, value if math.isfinite(value) else math.nan)
