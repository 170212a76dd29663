"""Shown: what may be seen of a list that looked like one of sensitive places, once its layer is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice

from layers.foreign.assess import HIDDEN
from layers.foreign.readable import with_examples_of
from layers.foreign.recognised import holds_classes
from layers.foreign.seen import ColumnContent, ColumnSeen, Likely, SheetSeen
from layers.foreign.sensitive_lists import any_speaks, speaks
from layers.foreign.sheets import ForeignRow
from layers.intake.mapping import IntakeMapping
from layers.sentences import say

_WIDENED = say(
    "Its extent is widened to tenths. Neither coordinates are shown nor rows that speak of care, schools,"
    " water, markets or displaced people."
)
COORDINATES = frozenset({ColumnContent.LATITUDE, ColumnContent.LONGITUDE, ColumnContent.DEGREES, ColumnContent.POSITION, ColumnContent.UTM, ColumnContent.MGRS, ColumnContent.EASTING, ColumnContent.NORTHING, ColumnContent.ZONE, ColumnContent.OUTLINE})  # fmt: skip  # noqa: E501
"""What columns hold that say where rows are."""

_CODE = "code"
"""Name of columns of classes, and of identifiers."""


def with_examples(sheet: SheetSeen, rows: Iterable[ForeignRow]) -> SheetSeen:
    """
    Return a sheet with examples of its cells, once a person has said that it is no list of sensitive places.

    Parameters
    ----------
    sheet
        As it came from the process apart: without examples if it may be such a list.
    rows
        Its rows; cells of refused columns are gone from them, and a cell about a person is no example.

    Notes
    -----
    A wrong answer shows nobody where such places are: no coordinate is an example, and no cell of a row of
    which one says care, school, water, market or displaced people.
    """
    if not sheet.is_sensitive or is_surely_sensitive(sheet):
        return sheet
    made = with_examples_of(sheet.columns, unspeaking(rows))
    columns = tuple(without_coordinates(made))
    remarks = (_WIDENED if each.template == HIDDEN.template else each for each in sheet.remarks)
    return replace(sheet, columns=columns, remarks=tuple(remarks))


def is_surely_sensitive(sheet: SheetSeen) -> bool:
    """Tell whether a sheet is a list of sensitive places whatever is said of it."""
    first = sheet.likely[0]
    return first.decided and first.layer is Likely.SENSITIVE


def unspeaking(rows: Iterable[ForeignRow]) -> Iterator[ForeignRow]:
    """
    Yield rows of which no cell says that they are sensitive places; none where every second row says so.

    Where most rows are such places, a row that does not say it is one all the same.
    """
    rest = iter(rows)
    first = list(islice(rest, _LOOKED_AT))
    readable = [row for row in first if row.problem is None]
    if 2 * sum(any_speaks(row.cells) for row in readable) < len(readable):
        yield from (row for row in chain(first, rest) if not any_speaks(row.cells))


_LOOKED_AT = 2_000
"""Rows by which it is told what most are."""


def without_coordinates(columns: Sequence[ColumnSeen]) -> Iterator[ColumnSeen]:
    """Yield columns, those that say where rows are without examples."""
    for each in columns:
        yield replace(each, examples=()) if each.content in COORDINATES else each


def is_concealed(mapping: IntakeMapping, sheet: SheetSeen, name: str, cell: str) -> bool:
    """
    Tell whether a cell of the column taken for a field is not shown when it is asked what it means.

    Parameters
    ----------
    mapping, sheet
        Of the list.
    name
        Of the field.
    cell
        As it stands there; an empty one tells nothing.

    Notes
    -----
    Cells of a column of classes are repeated, so that they can be told; of another none of
    sensitive places, and of a list that only looked so none that says care, school or water.
    """
    column = mapping.columns.get(name, "")
    if not cell or (holds_classes(column) and column.lower() != _CODE):
        return False
    if mapping.layer == str(Likely.SENSITIVE) or is_surely_sensitive(sheet):
        return True
    return sheet.is_sensitive and speaks(cell)
