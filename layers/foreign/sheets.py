"""Sheets: what every reader of foreign files gives: cells as text, shapes as WKB, and what was done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from layers.errors import Fault, LayerError
from layers.foreign import limits
from layers.foreign.seen import CellsSeen
from layers.sentences import Sentence, say


@dataclass(frozen=True, slots=True)
class ForeignRow:
    """One row or feature as the file has it."""

    number: int
    """As a person counts: the line of a spreadsheet, 1 for the first feature."""
    cells: tuple[str, ...]
    """As many as the sheet has columns; "" where the file has nothing."""
    shape: bytes | None = None
    """WKB of two dimensions, in the sheet's own reference system."""
    problem: Sentence | None = None
    """Why the row cannot be read, where it cannot."""
    marks: tuple[tuple[int, Sentence], ...] = ()
    """What is wrong with single cells, by the places of their columns: it counts where these are taken."""


CellsReader = Callable[[tuple[float, float, float, float] | None, Path, Path], CellsSeen | Sentence]
"""Takes bounds outside which cells are only counted, and files for sums and for densities of cells."""


@dataclass(slots=True)
class ForeignSheet:
    """One sheet or layer."""

    name: str
    columns: tuple[str, ...]
    rows: Iterator[ForeignRow]
    header_row: int | None = None
    """Row that names the columns; None where the format names them by itself, or nothing does."""
    has_shapes: bool = False
    reference: str | None = None
    """Reference system as the file states it; None where it states none."""
    is_assumed: bool = False
    """Whether the file states no reference system, and its format has one for that."""
    remarks: list[Sentence] = field(default_factory=list)
    """What was done and left out; it grows while rows are read."""
    tags: tuple[str, ...] = ()
    """HXL tags of the columns, where a row under the header holds them."""
    is_raster: bool = False
    """Whether it is cells of a raster, and has neither rows nor columns."""
    bounds: tuple[float, float, float, float] | None = None
    """Of a raster, west, south, east and north in its own reference system, where it states them."""
    read_cells: CellsReader | None = None
    """Of a raster."""


@dataclass(slots=True)
class ForeignReading:
    """A file as its reader gives it."""

    title: Sentence
    """What kind of file it is."""
    sheets: Iterator[ForeignSheet]
    remarks: list[Sentence] = field(default_factory=list)


ForeignReader = Callable[[Path, str], ForeignReading]
"""Takes the file under its server-made name, and its name as people know it."""


def refusal(
    file: str, problem: Sentence, remedy: Sentence, *, column: str = "", row: int | None = None
) -> LayerError:
    """Return the error that refuses a file."""
    return LayerError([Fault(file, problem, remedy, column=column, row=row)])


def too_many_rows(file: str, sheet: str) -> LayerError:
    """Return the error that refuses a sheet with more rows than may be read."""
    problem = say("{sheet} has more than {n} rows", sheet=repr(sheet), n=limits.ROWS)
    return refusal(file, problem, say("Cut it to your area, or into parts."))


def distinct(names: list[str], remarks: list[Sentence]) -> tuple[str, ...]:
    """
    Return names of columns, each its own.

    Parameters
    ----------
    names
        As the file has them; "" where a cell of the header is empty.
    remarks
        What was done is said here.

    Examples
    --------
    >>> distinct(["name", "", "name"], [])
    ('name', 'column 2', 'name (2)')
    """
    # A damaged workbook may have 16,384 columns of one name.
    made, following = dict[str, None](), dict[str, int]()
    for place, name in enumerate(names, start=1):
        wanted = name.strip() or f"column {place}"
        candidate, n = wanted, following.get(wanted, 2)
        while candidate in made:
            candidate, n = f"{wanted} ({n})", n + 1
        following[wanted] = n
        if name.strip() and candidate != wanted:
            remark = say(
                "The column {name} stands again; it is called {new} here.",
                name=repr(wanted),
                new=repr(candidate),
            )
            remarks.append(remark)
        made[candidate] = None
    return tuple(made)
