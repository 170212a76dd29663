"""Assess: a sheet is read once to profile its columns, and again to place its rows or report them."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from layers.characters import printable
from layers.foreign import limits
from layers.foreign.cells import NOTHING, day, number_forms
from layers.foreign.guess import guess
from layers.foreign.kinds import SheetLook, likenesses
from layers.foreign.packing import packed, sentence
from layers.foreign.points import NowhereError, Placing, paired, placing, unnamed
from layers.foreign.profile import ColumnProfile
from layers.foreign.reference import Box, extent, in_degrees, is_degrees, name
from layers.foreign.refused import refused_name
from layers.foreign.seen import ColumnContent, ColumnSeen, DegreeBounds, RowReport, ShapeCount, SheetSeen
from layers.foreign.shapes import bounds, kind_of
from layers.foreign.sheets import ForeignRow, ForeignSheet, refusal
from layers.sentences import Sentence, say

_LISTED = 50
"""Numbers of rows that a report holds."""
_REASONS = 200
"""Reports of one sheet; further reasons are counted together."""
_TOTAL = re.compile(
    r"(grand |sous-|sub-?)?totaux?|(grand |sous-|sub-?)?total( [\w ]{0,30})?|ensemble", re.IGNORECASE
)
_NEARLY = 0.9
_LABELS = 4
"""Columns at the left in which a row says that it is a total."""
_INSIDE, _OUTSIDE = 0.8, 0.2
_NO_DAY = say("{cell} is no day")
_TOTALS = say("Rows that look like totals, and would be counted twice: {rows}.")
_OTHER = say("they cannot be read for further reasons")


@dataclass(slots=True)
class _Reports:
    """What is reported of one sheet, by reason."""

    by_reason: dict[tuple[str, str], tuple[Sentence, list[int]]] = field(default_factory=dict)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, problem: Sentence, column: str, row: int) -> None:
        """Report a row; of rows for the same reason the first gives the words."""
        key = (problem.template, column)
        if key not in self.by_reason and len(self.by_reason) >= _REASONS:
            problem, key = _OTHER, (_OTHER.template, "")
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


@dataclass(slots=True)
class _Box:
    """Bounds that grow."""

    west: float = float("inf")
    south: float = float("inf")
    east: float = float("-inf")
    north: float = float("-inf")
    inside: int = 0
    swapped: int = 0

    def add(self, box: Box) -> None:
        """Take in further bounds."""
        self.west, self.south = min(self.west, box[0]), min(self.south, box[1])
        self.east, self.north = max(self.east, box[2]), max(self.north, box[3])

    @property
    def sides(self) -> Box | None:
        """The four, None where nothing was taken in."""
        return None if self.west > self.east else (self.west, self.south, self.east, self.north)


def assess(sheet: ForeignSheet, file: str, target: Path, near: Box | None) -> SheetSeen:
    """
    Write a sheet's rows down and return what is in it.

    Parameters
    ----------
    sheet
        As its reader gives it; its rows are read once.
    file
        Name of the file as people know it.
    target
        File that the rows are written to, one JSON object a line, refused columns left empty.
    near
        Bounds in which its places are expected [degrees], None where nothing is known.

    Raises
    ------
    LayerError
        If the file has to be refused while it is read.
    """
    profiles = [ColumnProfile(blind=refused_name(each) is not None) for each in sheet.columns]
    kinds: Counter[str] = Counter()
    _write(sheet, profiles, kinds, target, file)
    for each in profiles:
        each.settle()
    tags = sheet.tags or ("",) * len(sheet.columns)
    guesses = [guess(*each) for each in zip(sheet.columns, tags, profiles, strict=True)]
    columns = paired(unnamed(guesses, [each.share("fine") for each in profiles]))
    where = None if sheet.has_shapes else placing(columns)
    near = near if where is not None or is_degrees(sheet.reference) else None
    reports, box, count, totals = _placed(target, columns, where, near)
    reported = sum(reports.counts.values())
    shapes = frozenset(kind.removeprefix("Multi") for kind in kinds)
    likely = likenesses(
        SheetLook(
            file=file,
            columns=columns,
            shapes=shapes,
            located=where is not None,
            tagged=bool(sheet.tags),
            is_raster=sheet.is_raster,
        )
    )
    if totals:
        sheet.remarks.append(_TOTALS.having(rows=", ".join(totals[:_LISTED])))
    placed, unplaced = _extent(sheet, columns, where, box)
    made = SheetSeen(
        name=sheet.name,
        header_row=sheet.header_row,
        rows=count,
        read=count - reported,
        reported=reported,
        columns=columns,
        shapes=tuple(ShapeCount(kind=kind, count=n) for kind, n in sorted(kinds.items())),
        reference=name(sheet.reference) if sheet.has_shapes or sheet.is_raster else None,
        extent=placed,
        without_extent=unplaced,
        reports=reports.made(),
        likely=likely,
        remarks=(*sheet.remarks, *(_of_places(box, count - reported) if near else ())),
    )
    return _without_places(made) if made.is_sensitive else made


_HIDDEN = say("It may hold sensitive places: no example of it is shown, and its extent is widened to tenths.")


def _without_places(seen: SheetSeen) -> SheetSeen:
    """Return what was seen without a cell or an edge that would tell where one place is."""
    wide = seen.extent and DegreeBounds(
        west=math.floor(seen.extent.west * 10) / 10,
        south=math.floor(seen.extent.south * 10) / 10,
        east=math.ceil(seen.extent.east * 10) / 10,
        north=math.ceil(seen.extent.north * 10) / 10,
    )
    columns = tuple(replace(each, examples=()) for each in seen.columns)
    return replace(seen, columns=columns, extent=wide, remarks=(*seen.remarks, _HIDDEN))


def _write(
    sheet: ForeignSheet, profiles: Sequence[ColumnProfile], kinds: Counter[str], target: Path, file: str
) -> None:
    try:
        with target.open("w", encoding="utf-8", errors="replace") as sink:
            for row in sheet.rows:
                for profile, cell in zip(profiles, row.cells, strict=True):
                    profile.add(cell)
                if row.shape is not None:
                    kinds[kind_of(row.shape)] += 1
                sink.write(_line(row, [each.blind for each in profiles]))
    except OSError as error:
        problem = say("its rows take more than {most} MB", most=limits.OUTPUT_BYTES // limits.MIB)
        raise refusal(file, problem, say("Cut it to your area, or into parts.")) from error


def _line(row: ForeignRow, blind: Sequence[bool]) -> str:
    """Return a row as a line, the cells of columns empty whose names are refused."""
    cells = ["" if hidden else cell for cell, hidden in zip(row.cells, blind, strict=True)]
    shape = None if row.shape is None else row.shape.hex()
    problem = None if row.problem is None else packed(row.problem)
    return json.dumps([row.number, cells, shape, problem], ensure_ascii=False) + "\n"


def written_rows(target: Path) -> Iterator[ForeignRow]:
    """Yield the rows of a sheet as they were written down."""
    with target.open(encoding="utf-8") as source:
        for line in source:
            number, cells, shape, problem = json.loads(line)
            made = None if shape is None else bytes.fromhex(shape)
            yield ForeignRow(
                int(number), tuple(map(str, cells)), made, None if problem is None else sentence(problem)
            )


def first_rows(target: Path, count: int) -> tuple[ForeignRow, ...]:
    """Return the first rows of a sheet that can be read."""
    rows = islice((row for row in written_rows(target) if row.problem is None), count)
    return tuple(replace(row, cells=tuple(map(printable, row.cells))) for row in rows)


def _placed(
    target: Path, columns: Sequence[ColumnSeen], where: Placing | None, near: Box | None
) -> tuple[_Reports, _Box, int, list[str]]:
    """Place every row that was written down; return reports, bounds, their number, and likely totals."""
    reports, box, count, totals = _Reports(), _Box(), 0, list[str]()
    dated = [n for n, each in enumerate(columns) if each.content is ColumnContent.DATE and each.share != 1]
    named = _naming(columns)
    for row in written_rows(target):
        count += 1
        if _is_total(row.cells, named):
            totals.append(str(row.number))
        if row.problem is not None:
            reports.add(row.problem, "", row.number)
            continue
        bad = next((n for n in dated if _is_no_day(row.cells[n])), None)
        if bad is not None:
            reports.add(_NO_DAY.having(cell=repr(row.cells[bad])), columns[bad].name, row.number)
            continue
        if where is not None:
            try:
                x, y = where.locate(row.cells)
            except NowhereError as error:
                reports.add(error.problem, error.column, row.number)
                continue
            box.add((x, y, x, y))
            _hold(box, x, y, near)
        elif row.shape is not None:
            sides = bounds(row.shape)
            box.add(sides)
            _hold(box, (sides[0] + sides[2]) / 2, (sides[1] + sides[3]) / 2, near)
    return reports, box, count, totals


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
    if any(_TOTAL.fullmatch(cell) for cell in cells[:_LABELS]):
        return True
    return bool(named) and not any(cells[n] for n in named) and any(map(number_forms, cells))


def _hold(box: _Box, x: float, y: float, near: Box | None) -> None:
    """Count a place where it is expected, as it stands and with its degrees swapped."""
    if near is not None:
        box.inside += _between(x, near) and near[1] <= y <= near[3]
        box.swapped += _between(y, near) and near[1] <= x <= near[3]


def _between(lon: float, near: Box) -> bool:
    """Tell whether a longitude is within bounds, which run on beyond 180 across the antimeridian."""
    return any(near[0] <= lon + turn <= near[2] for turn in (0.0, 360.0, -360.0))


def _is_no_day(cell: str) -> bool:
    return cell.lower() not in NOTHING and day(cell) is None


def _extent(
    sheet: ForeignSheet, columns: Sequence[ColumnSeen], where: Placing | None, box: _Box
) -> tuple[DegreeBounds | None, Sentence | None]:
    """Return bounds in degrees, or why there are none."""
    if sheet.bounds is not None:
        box.add(sheet.bounds)
    if box.sides is None:
        return None, _unplaced(columns, where is not None or sheet.has_shapes)
    if where is not None:
        return extent(box.sides), None
    if sheet.reference is None and extent(box.sides) is not None:
        return None, say(
            "its reference system is not stated; its coordinates would fit degrees, which nothing says"
        )
    if sheet.reference is None:
        return None, say("its reference system is not stated, so what its coordinates mean is not known")
    placed = in_degrees(box.sides, sheet.reference)
    return placed, None if placed else say("its coordinates do not fit the reference system it states")


def _unplaced(columns: Sequence[ColumnSeen], placed: bool) -> Sentence:  # noqa: FBT001  of one caller
    """Return why no row of a sheet has a place."""
    contents = {each.content for each in columns}
    if not placed and ColumnContent.DEGREES in contents:
        return say("which columns are latitude and longitude is not decided")
    if not placed and ColumnContent.EASTING in contents:
        return say("eastings and northings stand there, but no zone")
    if not placed and ColumnContent.LATITUDE in contents:
        return say("which of several columns say where a row is, is not decided")
    return say("nothing in it says where")


def _of_places(box: _Box, read: int) -> list[Sentence]:
    """Say it where places lie elsewhere than expected, or fit once latitude and longitude are swapped."""
    if not read or box.sides is None:
        return []
    inside, swapped = box.inside / read, box.swapped / read
    if inside <= _OUTSIDE and swapped >= _INSIDE:
        remark = say(
            "Places in the area only if latitude and longitude are swapped: {n} of {all}.",
            n=box.swapped,
            all=read,
        )
        return [remark]
    return [say("Places in the area: {n} of {all}.", n=box.inside, all=read)]
