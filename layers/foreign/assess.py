"""Assess: a sheet is read once to profile its columns, and again to place its rows or report them."""

from __future__ import annotations

import json
import math
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from layers.characters import printable
from layers.foreign import limits
from layers.foreign.cells_said import cells_said
from layers.foreign.guess import guess
from layers.foreign.kinds import likenesses
from layers.foreign.look import SheetLook
from layers.foreign.packing import packed, sentence
from layers.foreign.placed import GrowingBox, PlacedRows, in_no_degrees, without_cells
from layers.foreign.points import Placing, paired, placing, side_by_side, unnamed
from layers.foreign.profile import ColumnProfile
from layers.foreign.readable import checked_examples, short_cells
from layers.foreign.recognised import holds_classes, holds_types
from layers.foreign.reference import Box, extent, in_degrees, is_degrees, name, system
from layers.foreign.refused import is_about_person, refused_name
from layers.foreign.seen import (
    CellsSeen,
    ColumnContent,
    ColumnSeen,
    DegreeBounds,
    Likeness,
    ShapeCount,
    SheetSeen,
)
from layers.foreign.shapes import kind_of
from layers.foreign.sheets import ForeignRow, ForeignSheet, refusal
from layers.sentences import Sentence, say

_as_line = json.JSONEncoder(ensure_ascii=False).encode
_BLOCK = 2_000
"""Rows that are counted together."""
_EARLY = 10 * _BLOCK
"""Rows by which columns are told early."""
_LISTED = 50
"""Numbers of rows that a report holds."""
_INSIDE, _OUTSIDE = 0.8, 0.2
_LOOKED_UP = frozenset({"urban_network.nodes"})
"""Kinds of file whose rows are asked for by others, however far away they lie."""
SWAPPED = say("Places in the area only if latitude and longitude are swapped: {n} of {all}.")
_TOTALS = say("Rows that look like totals, and would be counted twice: row {rows}.")


def assess(
    sheet: ForeignSheet, file: str, target: Path, near: Box | None, *, only_near: bool = False
) -> SheetSeen:
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
    only_near
        Whether rows that lie further from these bounds than `far_from` has it are counted and not written.

    Raises
    ------
    LayerError
        If the file has to be refused while it is read.
    """
    profiles = [ColumnProfile(blind=refused_name(each) is not None) for each in sheet.columns]
    kinds: Counter[str] = Counter()
    degrees = near if sheet.has_shapes and is_degrees(sheet.reference) else None
    early = _write(sheet, profiles, kinds, (target, file), near)
    columns = _columns(sheet, profiles)
    _erase(target, [n for n, each in enumerate(columns) if each.is_refused and not profiles[n].blind])
    where = None if sheet.has_shapes else placing(columns)
    expected, near = near, near if where is not None else degrees
    rows = early if early is not None and early.is_by(columns) else placed_rows(target, columns, where, near)
    if near is not None and (ordered := _ordered(columns, where, rows)) is not None:
        sheet.remarks.append(ordered.remark)
        columns, where = ordered.columns, placing(ordered.columns)
        rows = placed_rows(target, columns, where, near) if ordered.is_turned else rows
    near = None if in_no_degrees(sheet, rows) else near
    reports, box, count, totals = rows.reports, rows.box, rows.count, rows.totals
    reported = sum(reports.counts.values())
    look = SheetLook(
        file=file,
        columns=columns,
        shapes=frozenset(kind.removeprefix("Multi") for kind in kinds),
        located=where is not None or side_by_side(columns) is not None,
        tagged=bool(sheet.tags),
        is_raster=sheet.is_raster,
        classes=short_cells(sheet.columns, profiles, holds_classes),
        types=short_cells(sheet.columns, profiles, holds_types),
    )
    likely = likenesses(look)
    is_cut = only_near and near is not None and _may_be_cut(rows, count - reported, likely)
    outside = _without_far(target, rows) if is_cut else None
    if outside:
        sheet.remarks.append(say("Rows outside the area, counted and left out: {n}.", n=outside))
    columns = checked_examples(columns, written_rows(target)) if reported else columns
    if totals:
        sheet.remarks.append(_TOTALS.having(rows=", ".join(totals[:_LISTED])))
    placed, unplaced = _extent(sheet, columns, where, box)
    cells, without_cells = _cells(sheet, target, expected)
    made = SheetSeen(
        name=sheet.name,
        header_row=sheet.header_row,
        rows=count,
        read=count - reported,
        reported=reported,
        columns=columns,
        shapes=tuple(ShapeCount(kind=kind, count=n) for kind, n in sorted(kinds.items())),
        reference=name(sheet.reference) if sheet.has_shapes or sheet.is_raster else None,
        stated_reference=sheet.reference if system(sheet.reference) is not None else None,
        extent=placed,
        without_extent=unplaced,
        reports=reports.made(),
        likely=likely,
        remarks=(*sheet.remarks, *(_of_places(box, count - reported) if near else ())),
        outside=outside,
        cells=cells,
        without_cells=without_cells,
        marked=rows.marked,
    )
    return _without_places(made) if made.is_sensitive else made


def _may_be_cut(rows: PlacedRows, read: int, likely: Sequence[Likeness]) -> bool:
    """
    Tell whether rows far from the area are left out at once.

    Notes
    -----
    Of a small table every row is shipped: what lies elsewhere is told when it is taken, and headings that
    are swapped can still be put right.
    """
    asked_for = any(each.provider in _LOOKED_UP for each in likely)
    return rows.count > limits.FEW_ROWS and not _is_swapped(rows.box, read) and not asked_for


class _Ordered(NamedTuple):
    """A column of pairs of degrees whose order the area decides."""

    columns: tuple[ColumnSeen, ...]
    remark: Sentence
    is_turned: bool
    """Whether it was read the other way round so far."""


def _ordered(columns: Sequence[ColumnSeen], where: Placing | None, rows: PlacedRows) -> _Ordered | None:
    """Return which of a pair is the latitude where its column leaves it open and the area decides."""
    by = [each for each in columns if where is not None and (each.name,) == where.columns]
    if not by or by[0].content is not ColumnContent.POSITION or by[0].decided:
        return None
    read, box = rows.count - sum(rows.reports.counts.values()), rows.box
    is_turned = _is_swapped(box, read)
    if not is_turned and not (read and box.inside >= _INSIDE * read and box.swapped <= _OUTSIDE * read):
        return None
    remark = (_LONGITUDE_FIRST if is_turned else _LATITUDE_FIRST).having(column=repr(by[0].name))
    sure = replace(by[0], decided=True, longitude_first=is_turned, reason=remark)
    return _Ordered(tuple(sure if each is by[0] else each for each in columns), remark, is_turned)


_LATITUDE_FIRST = say("{column} is read as latitude first: only so do its places lie in the area.")
_LONGITUDE_FIRST = say("{column} is read as longitude first: only so do its places lie in the area.")


def cells_files(rows: Path) -> tuple[Path, Path]:
    """Return the files that the cells of a raster are written to, beside its rows: sums, and densities."""
    return rows.with_suffix(".sums"), rows.with_suffix(".densities")


def _cells(sheet: ForeignSheet, target: Path, near: Box | None) -> tuple[CellsSeen | None, Sentence | None]:
    """Write the cells of a raster down and return where they lie, or why they cannot be had."""
    if sheet.read_cells is None:
        return None, None
    made = sheet.read_cells(near, *cells_files(target))
    if isinstance(made, Sentence):
        sheet.remarks.append(say("Its cells are not read: {why}.", why=made))
        return None, made
    sheet.remarks += cells_said(made)
    return made, None


HIDDEN = say("It may hold sensitive places: no example of it is shown, and its extent is widened to tenths.")


def _without_places(seen: SheetSeen) -> SheetSeen:
    """Return what was seen without a cell or an edge that would tell where one place is."""
    wide = seen.extent and DegreeBounds(
        west=math.floor(seen.extent.west * 10) / 10,
        south=math.floor(seen.extent.south * 10) / 10,
        east=math.ceil(seen.extent.east * 10) / 10,
        north=math.ceil(seen.extent.north * 10) / 10,
    )
    columns = tuple(replace(each, examples=()) for each in seen.columns)
    # A cell that cannot be read may still say nearly where a place is.
    reports = without_cells(seen.reports)
    return replace(seen, columns=columns, extent=wide, reports=reports, remarks=(*seen.remarks, HIDDEN))


def _columns(sheet: ForeignSheet, profiles: Sequence[ColumnProfile]) -> tuple[ColumnSeen, ...]:
    """Return what columns are taken for by the cells counted so far."""
    for each in profiles:
        each.settle()
    tags = sheet.tags or ("",) * len(sheet.columns)
    guesses = [guess(*each) for each in zip(sheet.columns, tags, profiles, strict=True)]
    return paired(unnamed(guesses, [each.share("fine") for each in profiles]))


def _write(
    sheet: ForeignSheet,
    profiles: Sequence[ColumnProfile],
    kinds: Counter[str],
    target: tuple[Path, str],
    near: Box | None,
) -> PlacedRows | None:
    """
    Write rows down and count their cells; place them at once where columns can be told early.

    Notes
    -----
    Of a large table columns are told by its first rows, and the rest is placed as it passes by; where all
    rows together say another thing, what was placed so is given up, and every row is read again.
    """
    path, file = target
    early: PlacedRows | None = None
    try:
        with path.open("w", encoding="utf-8", errors="replace") as sink:
            hidden = [n for n, each in enumerate(profiles) if each.blind]
            rows, written = iter(sheet.rows), 0
            while block := list(islice(rows, _BLOCK)):
                columns = zip(*(row.cells for row in block), strict=True)
                for profile, cells in zip(profiles, columns, strict=True):
                    profile.add(cells)
                for n, _ in (mark for row in block for mark in row.marks):
                    profiles[n].marked += 1
                kinds.update(kind_of(row.shape) for row in block if row.shape is not None)
                kept = [_without(row, hidden) for row in block]
                sink.writelines(map(_line, kept))
                written += len(kept)
                if early is not None:
                    early.add(kept)
                elif written == _EARLY and not sheet.has_shapes:
                    sink.flush()
                    seen = _columns(sheet, profiles)
                    early = placed_rows(path, seen, placing(seen), near)
    except OSError as error:
        problem = say("its rows take more than {most} MB", most=limits.OUTPUT_BYTES // limits.MIB)
        raise refusal(file, problem, say("Cut it to your area, or into parts.")) from error
    return early


def _without(row: ForeignRow, hidden: Sequence[int]) -> ForeignRow:
    """Return a row with the cells of columns empty whose names are refused."""
    if not hidden:
        return row
    cells = list(row.cells)
    for n in hidden:
        cells[n] = ""
    marks = tuple(each for each in row.marks if each[0] not in hidden)
    return ForeignRow(row.number, tuple(cells), row.shape, row.problem, marks)


def _line(row: ForeignRow) -> str:
    """Return a row as a line."""
    shape = None if row.shape is None else row.shape.hex()
    problem = None if row.problem is None else packed(row.problem)
    marks = [[n, packed(each)] for n, each in row.marks]
    return _as_line([row.number, row.cells, shape, problem, *([marks] if marks else [])]) + "\n"


def written_rows(target: Path) -> Iterator[ForeignRow]:
    """Yield the rows of a sheet as they were written down."""
    with target.open(encoding="utf-8") as source:
        for line in source:
            number, cells, shape, problem, *more = json.loads(line)
            made = None if shape is None else bytes.fromhex(shape)
            yield ForeignRow(
                int(number),
                tuple(map(str, cells)),
                made,
                None if problem is None else sentence(problem),
                tuple((int(n), sentence(each)) for n, each in more[0]) if more else (),
            )


def placed_rows(
    target: Path, columns: Sequence[ColumnSeen], where: Placing | None, near: Box | None
) -> PlacedRows:
    """Place every row that was written down."""
    made = PlacedRows(columns, where, near)
    made.add(written_rows(target))
    return made


def _without_far(target: Path, rows: PlacedRows) -> int:
    """Leave out of what was written down the rows that lie far from the area; return how many they are."""
    kept = target.with_suffix(".near")
    with target.open("rb") as source, kept.open("wb") as sink:
        sink.writelines(line for line, far in zip(source, rows.far, strict=True) if not far)
    target.write_bytes(b"")
    with kept.open("rb") as source, target.open("wb") as sink:
        shutil.copyfileobj(source, sink, 1 << 20)
    return sum(rows.far)


def first_rows(target: Path, count: int) -> tuple[ForeignRow, ...]:
    """Return the first rows of a sheet that can be read, as they are shown: without cells about a person."""
    rows = islice((row for row in written_rows(target) if row.problem is None), count)
    return tuple(replace(row, cells=_cells_shown(row)) for row in rows)


def _cells_shown(row: ForeignRow) -> tuple[str, ...]:
    """Return cells as they are shown: an error of a formula as the workbook shows it."""
    errors = {n: str(each.values["error"]) for n, each in row.marks if "error" in each.values}
    return tuple(errors.get(n) or _shown(cell) for n, cell in enumerate(row.cells))


def _shown(cell: str) -> str:
    return "…" if is_about_person(cell) else printable(cell)


def _erase(target: Path, refused: Sequence[int]) -> None:
    """Write the rows anew without the cells of columns that are refused by what they hold."""
    if not refused:
        return
    kept = target.with_suffix(".kept")
    with kept.open("w", encoding="utf-8", errors="replace") as sink:
        sink.writelines(_line(_without(row, refused)) for row in written_rows(target))
    target.write_bytes(b"")
    with kept.open("rb") as source, target.open("wb") as sink_of_all:
        shutil.copyfileobj(source, sink_of_all, 1 << 20)


def _extent(
    sheet: ForeignSheet, columns: Sequence[ColumnSeen], where: Placing | None, box: GrowingBox
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


def _is_swapped(box: GrowingBox, read: int) -> bool:
    """Tell whether places fit where they are expected only once latitude and longitude are swapped."""
    return read > 0 and box.inside <= _OUTSIDE * read and box.swapped >= _INSIDE * read


def _of_places(box: GrowingBox, read: int) -> list[Sentence]:
    """Say it where places lie elsewhere than expected, or fit once latitude and longitude are swapped."""
    if not read or box.sides is None:
        return []
    if _is_swapped(box, read):
        return [SWAPPED.having(n=box.swapped, all=read)]
    return [say("Places in the area: {n} of {all}.", n=box.inside, all=read)]
