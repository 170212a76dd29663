"""Header: which row of a grid of cells names the columns, and why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from layers.foreign.cells import NOTHING, day, number_forms
from layers.foreign.positions import degrees
from layers.foreign.refused import names_person
from layers.foreign.sheets import distinct
from layers.sentences import Sentence, say

LOOKED_AT = 60
"""Rows at the top of a sheet among which the header is looked for."""

_FILLED_SHARE = 0.6
"""Share of the width that a header fills at least: titles and notes fill less."""
_YEAR = re.compile(r"(19|20)\d{2}")
_VALUES_SHARE = 0.2
"""Share of its cells that may be numbers or days, such as years that name columns."""

GridRow = tuple[int, tuple[str, ...]]
"""Number of the row as a person counts, and its cells."""


@dataclass(slots=True)
class Header:
    """What the top of a sheet says."""

    columns: tuple[str, ...]
    row: int | None
    """None where no row names the columns."""
    body: int
    """Place in the rows looked at from which data stand."""
    tags: tuple[str, ...] = ()
    remarks: list[Sentence] = field(default_factory=list)


def read_header(rows: Sequence[GridRow]) -> Header:
    """
    Return what names the columns of a grid.

    Parameters
    ----------
    rows
        The first `LOOKED_AT` rows, or all there are; at least one has a cell that is filled.

    Notes
    -----
    The header is the first row that fills most of the width, repeats no cell and holds hardly a number or
    a day. Rows above it are titles. Where there is no such row, or it stands where numbers stood before
    it, columns are numbered and no row is taken for a header.
    """
    widths = sorted(_width(cells) for _, cells in rows if any(cells))
    width = max(widths)
    usual = widths[len(widths) // 2]
    place = next((n for n, (_, cells) in enumerate(rows) if _may_be_header(cells, usual)), None)
    above = rows if place is None else rows[:place]
    if place is None or any(_is_data(cells, usual) for _, cells in above):
        remark = say("No row names the columns; they are numbered.")
        return Header(distinct([""] * width, []), None, 0, remarks=[remark])
    number, cells = rows[place]
    # A row longer than the rest is faulty, and is reported.
    width = max(usual, _width(cells))
    remarks: list[Sentence] = []
    if any(any(each) for _, each in above):
        titled = sum(1 for _, each in above if any(each))
        remarks.append(
            say("Row {row} names the columns; rows of titles above it: {n}.", row=str(number), n=titled)
        )
    names = [*cells, *([""] * (width - len(cells)))][:width]
    columns = distinct(_without_persons([" ".join(name.split()) for name in names], remarks), remarks)
    header = Header(columns, number, place + 1, remarks=remarks)
    _take_tags(header, rows, width)
    return header


def _without_persons(names: list[str], remarks: list[Sentence]) -> list[str]:
    """Return the names of columns; one that holds a person is numbered instead, and never shown."""
    held = [n for n, name in enumerate(names) if names_person(name)]
    if held:
        places = ", ".join(str(n + 1) for n in held)
        remarks.append(
            say(
                "Headings that hold a person's name, number or address are not shown: {places}.",
                places=places,
            )
        )
    return ["" if n in held else name for n, name in enumerate(names)]


def _take_tags(header: Header, rows: Sequence[GridRow], width: int) -> None:
    """Pass over a row of HXL tags under the header."""
    if header.body >= len(rows):
        return
    number, cells = rows[header.body]
    filled = [cell for cell in cells if cell]
    if filled and all(cell.startswith("#") for cell in filled):
        header.tags = tuple([*cells, *([""] * width)][:width])
        header.body += 1
        header.remarks.append(say("Row {row} holds HXL tags, and no data.", row=str(number)))


def _width(cells: Sequence[str]) -> int:
    """Return the place of the last cell that is filled."""
    return next((len(cells) - n for n, cell in enumerate(reversed(cells)) if cell), 0)


def _may_be_header(cells: Sequence[str], usual: int) -> bool:
    filled = [cell for cell in cells if cell]
    years = {cell for cell in filled if _YEAR.fullmatch(cell)}
    # Several years side by side name columns, as in a table of people.
    values = sum(_is_value(cell) for cell in filled if len(years) == 1 or cell not in years)
    return (
        len(filled) >= max(1, _FILLED_SHARE * usual)
        and len({cell.lower() for cell in filled}) >= _FILLED_SHARE * len(filled)
        and values <= _VALUES_SHARE * len(filled)
        and not all(cell.startswith("#") for cell in filled)
    )


def _is_data(cells: Sequence[str], usual: int) -> bool:
    """Tell whether a row above the would-be header looks like data."""
    filled = [cell for cell in cells if cell]
    return len(filled) >= max(2, _FILLED_SHARE * usual) and any(map(_is_value, filled))


def _is_value(cell: str) -> bool:
    """Tell whether a cell is a number, degrees or a day, as headers hardly are."""
    if cell.lower() in NOTHING:
        return False
    return bool(number_forms(cell)) or day(cell) is not None or degrees(cell) is not None
