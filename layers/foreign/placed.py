"""Placed: where the rows of a sheet lie, one after the other, or why they cannot be read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from layers.foreign.cells import NOTHING, day, number_forms, period, quoted
from layers.foreign.marked import mark_among
from layers.foreign.points import NowhereError, Placing
from layers.foreign.reference import Box, is_degrees, name
from layers.foreign.seen import ColumnContent, ColumnSeen, RowReport
from layers.foreign.shapes import bounds
from layers.foreign.sheets import ForeignRow, ForeignSheet
from layers.sentences import Sentence, say

_LISTED = 50
"""Numbers of rows that a report holds."""
_CELLS_NAMED = 10
"""Different cells of a column that are named for one reason; further ones are counted together."""
_REASONS = 200
"""Reports of one sheet; further reasons are counted together."""
_TOTAL = re.compile(
    r"(grand |sous-|sub-?)?totaux?|(grand |sous-|sub-?)?total( [\w ]{0,30})?|ensemble", re.IGNORECASE
)
_NEARLY = 0.9
_LABELS = 4
"""Columns at the left in which a row says that it is a total."""
_MARGIN = 0.5
"""How far beyond the area a row is not yet far from it [degrees]."""
_NO_DAY = say("{cell} is no day; write it such as 2019-06-30")
_FURTHER = say("further cells: {problem}")
_OTHER = say("they cannot be read for further reasons")


_CIRCLE, _POLE = 360.0, 90.0


@dataclass(slots=True)
class Reports:
    """What is reported of one sheet, by reason."""

    by_reason: dict[tuple[str, str], tuple[Sentence, list[int]]] = field(default_factory=dict)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    _kinds: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, problem: Sentence, column: str, row: int) -> None:
        """Report a row; rows stand together that have the same cell, or where cells are too many to name."""
        key = (str(problem), column)
        if key not in self.by_reason:
            kind = (problem.template, column)
            if self._kinds[kind] >= _CELLS_NAMED:
                problem = _FURTHER.having(problem=problem.having(cell="…"))
            elif len(self.by_reason) >= _REASONS:
                problem, column = _OTHER, ""
            else:
                self._kinds[kind] += 1
            key = (str(problem), column)
        self.counts[key] += 1
        _, rows = self.by_reason.setdefault(key, (problem, []))
        if len(rows) < _LISTED:
            rows.append(row)

    def made(self) -> tuple[RowReport, ...]:
        """Return the reports in the order in which they first arose."""
        return tuple(
            RowReport(problem=problem, column=key[1], rows=tuple(rows), count=self.counts[key])
            for key, (problem, rows) in self.by_reason.items()
        )


def without_cells(reports: Iterable[RowReport]) -> tuple[RowReport, ...]:
    """Return reports that repeat no cell, those for one reason as one."""
    made: dict[tuple[str, str], RowReport] = {}
    for each in reports:
        problem = each.problem
        if problem.template == _FURTHER.template and isinstance(problem.values["problem"], Sentence):
            problem = problem.values["problem"]
        if "cell" in problem.values:
            problem = problem.having(cell="…")
        key = (problem.template, each.column)
        before = made.get(key, RowReport(problem=problem, column=each.column, rows=(), count=0))
        rows = tuple(sorted({*before.rows, *each.rows})[:_LISTED])
        made[key] = replace(before, rows=rows, count=before.count + each.count)
    return tuple(made.values())


@dataclass(slots=True)
class GrowingBox:
    """Bounds that grow."""

    west: float = float("inf")
    south: float = float("inf")
    east: float = float("-inf")
    north: float = float("-inf")
    inside: int = 0
    swapped: int = 0
    beyond: int = 0
    """Bounds that no longitudes and latitudes have."""

    def add(self, box: Box) -> None:
        """Take in further bounds."""
        # Longitudes run on beyond 180 in files that lie across it.
        self.beyond += not (max(-box[0], box[2]) <= _CIRCLE and max(-box[1], box[3]) <= _POLE)
        self.west, self.south = min(self.west, box[0]), min(self.south, box[1])
        self.east, self.north = max(self.east, box[2]), max(self.north, box[3])

    def hold(self, x: float, y: float, near: Box | None) -> None:
        """Count a place where it is expected, as it stands and with its degrees swapped."""
        if near is not None:
            self.inside += _is_within(x, y, near)
            self.swapped += _is_within(y, x, near)

    @property
    def sides(self) -> Box | None:
        """The four, None where nothing was taken in."""
        return None if self.west > self.east else (self.west, self.south, self.east, self.north)


class PlacedRows:
    """
    What is known of rows that were placed, one after the other.

    Parameters
    ----------
    columns
        What the columns are taken for.
    where
        How rows say where they are, None where shapes do, or nothing.
    near
        Bounds in which places are expected [degrees], None where nothing is known.
    """

    def __init__(self, columns: Sequence[ColumnSeen], where: Placing | None, near: Box | None) -> None:
        self.reports, self.box, self.count = Reports(), GrowingBox(), 0
        self.totals: list[str] = []
        """Numbers of rows that look like totals."""
        self.marked = 0
        """Rows with cells that are marked."""
        self.far = bytearray()
        """For each row 1 where it is known to lie far from the area, else 0."""
        self._columns, self._where, self._near = columns, where, near
        self._dated = [n for n, each in enumerate(columns) if each.content is ColumnContent.DATE]
        self._named = _naming(columns)
        names = [each.name for each in columns]
        self._placing = () if where is None else tuple(map(names.index, where.columns))

    def is_by(self, columns: Sequence[ColumnSeen]) -> bool:
        """Tell whether rows would have been placed and reported in the same way by other columns."""
        same = [(each.content, each.longitude_first) for each in self._columns]
        return same == [(each.content, each.longitude_first) for each in columns] and self._named == _naming(
            columns
        )

    def add(self, rows: Iterable[ForeignRow]) -> None:
        """Place further rows."""
        for row in rows:
            self.count += 1
            self.marked += bool(row.marks)
            if row.shape is None and _is_total(row.cells, self._named):
                self.totals.append(str(row.number))
            self.far.append(self._is_far(row))

    def _is_far(self, row: ForeignRow) -> bool:
        """Place a row or report it; tell whether it is known to lie far from the area."""
        if (why := row.problem or aside(row, self._placing)) is not None:
            self.reports.add(why, "", row.number)
            return False
        bad = next((n for n in self._dated if _is_no_day(row.cells[n])), None)
        if bad is not None:
            problem = _NO_DAY.having(cell=quoted(row.cells[bad]))
            self.reports.add(problem, self._columns[bad].name, row.number)
            return False
        marked = mark_among(row, self._placing)
        if marked is not None:
            self.reports.add(marked, "", row.number)
            return False
        if self._where is not None:
            try:
                x, y = self._where.locate(row.cells)
            except NowhereError as error:
                self.reports.add(error.problem, error.column, row.number)
                return False
            sides = x, y, x, y
        elif row.shape is not None:
            sides = bounds(row.shape)
        else:
            return False
        self.box.add(sides)
        self.box.hold((sides[0] + sides[2]) / 2, (sides[1] + sides[3]) / 2, self._near)
        return far_from(sides, self._near)


def in_no_degrees(sheet: ForeignSheet, rows: PlacedRows) -> bool:
    """Tell whether shapes are said to lie in degrees and most do not; their system is then not known."""
    # Of a few rows that do not, each is reported when it is taken: they are slips of typing.
    placed = rows.count - sum(rows.reports.counts.values())
    if not sheet.has_shapes or not is_degrees(sheet.reference) or 2 * rows.box.beyond <= placed:
        return False
    said = _NO_DEGREES if sheet.is_assumed else _NOT_AS_STATED.having(reference=str(name(sheet.reference)))
    sheet.remarks.append(said)
    sheet.reference = None
    return True


_NO_DEGREES = say(
    "It states no reference system, and its coordinates are no longitude and latitude, which its"
    " format has where nothing else is stated."
)
_NOT_AS_STATED = say(
    "It states the reference system {reference}, and its coordinates are no longitude and latitude: that is"
    " not taken to be theirs."
)


def far_from(sides: Box, near: Box | None) -> bool:
    """Tell whether bounds lie more than half a degree beyond an area, which may lie across 180°."""
    if near is None:
        return False
    west, south, east, north = near
    if sides[3] < south - _MARGIN or sides[1] > north + _MARGIN:
        return True
    if west > east:
        return sides[2] < west - _MARGIN and sides[0] > east + _MARGIN
    return sides[2] < west - _MARGIN or sides[0] > east + _MARGIN


def _is_within(x: float, y: float, near: Box) -> bool:
    east = near[2] + (_CIRCLE if near[2] < near[0] else 0.0)
    # Bounds may run on beyond 180, and longitudes too.
    along = any(near[0] <= x + turn <= east for turn in (0.0, _CIRCLE, -_CIRCLE))
    return along and near[1] <= y <= near[3]


def aside(row: ForeignRow, placing: Sequence[int]) -> Sentence | None:
    """
    Return why a row of a table is none of its list: a total or a note under it; None where it may be one.

    Parameters
    ----------
    row
        As the file has it.
    placing
        Places of the columns that say where rows are; a row with anything in one is no such row.
    """
    if row.shape is not None or not placing or any(row.cells[n].lower() not in NOTHING for n in placing):
        return None
    if any(n in placing for n, _ in row.marks):
        return None
    if any(map(_TOTAL.fullmatch, row.cells[:_LABELS])):
        return _TOTAL_ROW
    filled = [cell for cell in row.cells if cell]
    return _NOTE_ROW if len(filled) == 1 and not row.marks and len(filled[0].split()) >= _NOTE_WORDS else None


_NOTE_WORDS = 3
"""A single cell of fewer words may be the name of a row that is not filled in yet."""
_TOTAL_ROW = say("it looks like a total of other rows; leave it out")
_NOTE_ROW = say("it looks like a note beside the list, and not like a row of it; leave it out")


def _naming(columns: Sequence[ColumnSeen]) -> list[int]:
    """Return the places of the columns whose words nearly every row has."""
    return [
        n
        for n, each in enumerate(columns)
        if each.content in {ColumnContent.TEXT, ColumnContent.IDENTIFIER}
        and each.filled >= _NEARLY * (each.filled + each.empty)
    ]


def _is_total(cells: Sequence[str], named: Sequence[int]) -> bool:
    """Tell whether a row says that it is a sum, or has numbers and none of the words that others have."""
    labels = "\n".join(cells[:_LABELS]).lower()
    # Few rows hold either word: the rest need no closer look.
    if ("tota" in labels or "ensemble" in labels) and any(map(_TOTAL.fullmatch, cells[:_LABELS])):
        return True
    return bool(named) and not any(cells[n] for n in named) and any(map(number_forms, cells))


def _is_no_day(cell: str) -> bool:
    return cell.lower() not in NOTHING and day(cell) is None and period(cell) is None
