"""Normalised: what a process apart made of a file is written down in the form that readers take."""

from __future__ import annotations

import csv
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from rasterio.transform import Affine

from layers.cautions import FLATTENED
from layers.characters import printable
from layers.errors import Fault, LayerError
from layers.foreign.brought import RasterCells
from layers.foreign.isolation import Looked, looked_at
from layers.foreign.seen import ColumnContent, SheetSeen
from layers.foreign.sheets import ForeignRow
from layers.foreign.workbook_marks import ranges
from layers.formats.forbidden import forbidden_kind, statements
from layers.formats.normal import CELLS, INDEX, ROW, SHAPE
from layers.formats.taken import taken_places
from layers.formats.worldpop import PopulationReading, write_population
from layers.population import RasterUnit
from layers.sentences import Sentence, say

_AT_ONCE = 20_000
"""Rows whose shapes are brought to degrees together."""
_WGS84 = "EPSG:4326"
_LISTED = 20
"""Rows that cannot be read, of which each is named."""
_CORRECT = say("Correct it in the file.")
_FURTHER = say("{n} rows more cannot be read")
_LEFT_OUT = say("Rows left out, for they cannot be read: {n} (rows {rows}; of the first, {problem}).")


def normalised_here(path: Path, folder: Path, unit: RasterUnit | None = None) -> Path:
    """
    Read a file in a process apart and write its normalised form.

    Parameters
    ----------
    path
        The file; a folder of this form is returned as it is.
    folder
        Where its form goes, under the name of the file; one made before is taken as it is.
    unit
        Of a raster, what its values mean; None for everything else.

    Raises
    ------
    LayerError
        If the file is refused, or rows of it cannot be read.
    """
    if path.is_dir():
        return path
    target = folder / path.name
    if not target.exists():
        with looked_at(path) as looked:
            if unit is None:
                write_normalised(looked, target)
            else:
                write_cells(looked.raster(0, unit), target)
    return target


def write_normalised(
    looked: Looked,
    folder: Path,
    *,
    sheets: Iterable[int] | None = None,
    reader: str = "",
    leaves_out: bool = False,
    reference: str | None = None,
) -> tuple[Sentence, ...]:
    """
    Write the normalised form of a file into a folder that is not there yet.

    Parameters
    ----------
    looked
        The file, as the process apart saw it.
    folder
        Where to.
    sheets
        Places of the sheets that are wanted; by default all.
    reader
        Name of the reader that takes it, as the registry has it; a cell that holds an error counts in the
        columns that this one looks at. Without it every column counts.
    leaves_out
        Whether rows that cannot be read are left out; otherwise they are faults.
    reference
        Of shapes that state none, as a person says it.

    Returns
    -------
    tuple
        What was left out: how many rows, which, and why. Rows = written + left out, always.

    Raises
    ------
    LayerError
        With every row that cannot be read, up to a number, and how many there are further.
    """
    folder.mkdir(parents=True)
    index: list[dict[str, object]] = []
    faults: list[Fault] = []
    said: list[Sentence] = []
    wanted = range(len(looked.seen.sheets)) if sheets is None else sheets
    for n in wanted:
        sheet = looked.seen.sheets[n]
        if sheet.stated_reference is None:
            sheet = replace(sheet, stated_reference=reference)
        if not sheet.columns and not sheet.shapes:
            continue
        bad = _Unread(taken_places(reader, tuple(each.name for each in sheet.columns)))
        count = _write_sheet(folder / f"{len(index)}.csv", sheet, bad.others(looked.rows(n)))
        if leaves_out:
            said += bad.told()
        else:
            faults += bad.faults(looked.seen.file)
        index.append(_about(sheet, count))
    if faults:
        raise LayerError(faults)
    (folder / INDEX).write_text(json.dumps(index, ensure_ascii=False, indent=1), encoding="utf-8")
    return tuple(said)


def unread(row: ForeignRow, places: Collection[int]) -> Sentence | None:
    """
    Return why a row cannot be read, None where it can.

    Parameters
    ----------
    row
        As a process apart gave it.
    places
        Of the columns that are taken; what is wrong with a cell of another does not matter.
    """
    return row.problem or next((each for n, each in row.marks if n in places), None)


@dataclass(slots=True)
class _Unread:
    """Rows that cannot be read, told apart from the others as these pass by."""

    places: frozenset[int]
    """Of the columns that are taken."""
    numbers: list[int] = field(default_factory=list)
    first: list[tuple[int, Sentence]] = field(default_factory=list)
    """Of the first of them, the number of the row and the problem."""

    def others(self, rows: Iterable[ForeignRow]) -> Iterator[ForeignRow]:
        """Yield the rows that can be read."""
        for row in rows:
            problem = unread(row, self.places)
            if problem is None:
                yield row
                continue
            self.numbers.append(row.number)
            if len(self.first) < _LISTED:
                self.first.append((row.number, problem))

    def faults(self, file: str) -> list[Fault]:
        """Return a fault for each of the first, and one that counts the rest."""
        made = [Fault(file, problem, _CORRECT, row=number) for number, problem in self.first]
        further = len(self.numbers) - len(made)
        return made + ([Fault(file, _FURTHER.having(n=further), _CORRECT)] if further else [])

    def told(self) -> list[Sentence]:
        """Return how many were left out, which, and why the first was."""
        if not self.numbers:
            return []
        rows, (_, problem) = ranges(sorted(self.numbers)), self.first[0]
        return [_LEFT_OUT.having(n=len(self.numbers), rows=rows, problem=problem)]


def _about(sheet: SheetSeen, count: int) -> dict[str, object]:
    """Return what the index says of a sheet."""
    refused = [each for each in sheet.columns if each.content is ColumnContent.REFUSED]
    further = {each.name: each.reason for each in refused if forbidden_kind(each.name) is None}
    by_content = tuple(f"never taken in, since {reason}: column {name!r}" for name, reason in further.items())
    return {
        "name": printable(sheet.name),
        "columns": [each.name for each in sheet.columns if each.content is not ColumnContent.REFUSED],
        "rows": count,
        "has_shapes": bool(sheet.shapes),
        "placed": sheet.stated_reference is not None,
        "refused": [*statements(each.name for each in refused), *by_content],
    }


def _write_sheet(path: Path, sheet: SheetSeen, rows: Iterator[ForeignRow]) -> int:
    """Write the rows of a sheet, shapes in degrees; return how many."""
    kept = [n for n, each in enumerate(sheet.columns) if each.content is not ColumnContent.REFUSED]
    shaped = bool(sheet.shapes)
    count = 0
    with path.open("w", encoding="utf-8", newline="") as sink:
        writer = csv.writer(sink, lineterminator="\n")
        writer.writerow([ROW, *(sheet.columns[n].name for n in kept), *([SHAPE] if shaped else [])])
        while block := list(islice(rows, _AT_ONCE)):
            count += len(block)
            shapes = _in_degrees(block, sheet.stated_reference) if shaped else [""] * len(block)
            for row, shape in zip(block, shapes, strict=True):
                writer.writerow([row.number, *(row.cells[n] for n in kept), *([shape] if shaped else [])])
    return count


def _in_degrees(rows: Sequence[ForeignRow], stated: str | None) -> list[str]:
    """Return shapes as WKB in hexadecimal digits, in longitude and latitude where their system is stated."""
    shapes = gpd.GeoSeries(shapely.from_wkb([row.shape for row in rows]), crs=stated or _WGS84)
    moved = shapes.to_crs(_WGS84).to_numpy()
    return ["" if shape is None else shapely.to_wkb(shape, hex=True) for shape in moved]


def write_listed(frame: pd.DataFrame, folder: Path) -> None:
    """
    Write rows that a mapping brought into a layer's columns, in the same form.

    Parameters
    ----------
    frame
        Columns of the layer; a GeoDataFrame in longitude and latitude where it has places.
    folder
        Where to; it is not there yet.
    """
    folder.mkdir(parents=True)
    plain, shaped = pd.DataFrame(frame), isinstance(frame, gpd.GeoDataFrame)
    if isinstance(frame, gpd.GeoDataFrame):
        shapes = shapely.to_wkb(frame.geometry.to_numpy(), hex=True)
        plain = plain.drop(columns=frame.geometry.name).assign(**{SHAPE: shapes})
    plain.insert(0, ROW, range(1, len(plain) + 1))
    plain.to_csv(folder / "0.csv", index=False, lineterminator="\n", encoding="utf-8")
    names = [str(name) for name in plain.columns if name not in {ROW, SHAPE}]
    about = {
        "name": folder.name,
        "columns": names,
        "rows": len(plain),
        "has_shapes": shaped,
        "placed": True,
        "refused": [],
    }
    (folder / INDEX).write_text(json.dumps([about], ensure_ascii=False, indent=1), encoding="utf-8")


def write_cells(cells: RasterCells, folder: Path) -> None:
    """
    Write the cells of a raster as a GeoTIFF of our own making, in a folder that is not there yet.

    Parameters
    ----------
    cells
        As they came back from a process apart.
    folder
        Where to; what was done with the cells is written beside them.

    Raises
    ------
    LayerError
        If no cell has data.
    """
    if not np.isfinite(cells.values).any():
        raise LayerError([Fault(folder.name, say("no cell has data"), say("Bring another raster"))])
    folder.mkdir(parents=True)
    turned = Affine(cells.step_x, 0.0, cells.west, 0.0, -cells.step_y, cells.north)
    notes = _of_cells(cells)
    write_population(PopulationReading(cells.values, turned, cells.unit, cells.kept, notes), folder / CELLS)
    (folder / INDEX).write_text(json.dumps({"notes": list(notes)}, ensure_ascii=False), encoding="utf-8")


def _of_cells(cells: RasterCells) -> tuple[str, ...]:
    """Return what was done with the cells of a raster, where anything was."""
    notes = [] if cells.flattened is None else [str(FLATTENED)]
    if cells.factor > 1:
        notes.append(f"{cells.factor} by {cells.factor} cells of the file are one here, nobody lost")
    if cells.moved:
        notes.append("brought from another reference system to longitude and latitude")
    if cells.negative:
        notes.append(f"{cells.negative} negative cells are taken as without data")
    if cells.infinite:
        notes.append(f"{cells.infinite} cells that hold no number are taken as without data")
    return tuple(notes)
