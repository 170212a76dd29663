"""
The normalised form of a file that somebody brought: a folder of plain tables of text.

What a process apart made of a file comes back in this form, and readers of providers' files read
nothing else: one CSV for each sheet or layer, every cell as the file has it, the number of its row
beside it, and shapes as WKB in longitude and latitude. Columns that may never come in are gone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from layers.errors import Fault, LayerError
from layers.sentences import Sentence, say

INDEX = "sheets.json"
"""What says which sheets there are."""
CELLS = "cells.tif"
"""Cells of a raster, written by ourselves."""
ROW, SHAPE = "\x1frow", "\x1fshape"
"""Columns beside the file's own: no file's column can be called so, for control characters are stripped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NormalSheet:
    """One sheet or layer in its normalised form."""

    name: str
    columns: tuple[str, ...]
    rows: int
    has_shapes: bool
    placed: bool
    """Whether its shapes are in longitude and latitude; False where the file states no reference system."""
    refused: tuple[str, ...]
    """Statements about the columns that were left out."""
    path: Path


def sheets_of(folder: Path) -> tuple[NormalSheet, ...]:
    """
    Return the sheets of a normalised file.

    Raises
    ------
    LayerError
        If the folder is none of ours, or is not whole.
    """
    try:
        content = json.loads((folder / INDEX).read_text(encoding="utf-8"))
        return tuple(
            NormalSheet(
                name=str(each["name"]),
                columns=tuple(map(str, each["columns"])),
                rows=int(each["rows"]),
                has_shapes=bool(each["has_shapes"]),
                placed=bool(each["placed"]),
                refused=tuple(map(str, each["refused"])),
                path=folder / f"{n}.csv",
            )
            for n, each in enumerate(content)
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        problem = say("its folder does not say what is in it")
        raise LayerError([Fault(folder.name, problem, say("Import the file again."))]) from error


def sheet_rows(sheet: NormalSheet) -> pd.DataFrame:
    """
    Return a sheet as text, "" where the file has nothing, indexed by the row as the file counts it.

    Raises
    ------
    LayerError
        If its table is not there or not whole.
    """
    try:
        frame = pd.read_csv(sheet.path, dtype=str, keep_default_na=False, encoding="utf-8").fillna("")
        frame.index = pd.Index(frame.pop(ROW).astype(int), name=None)
    except (OSError, ValueError, KeyError) as error:
        problem = say("its table is not whole")
        raise LayerError([Fault(sheet.path.parent.name, problem, say("Import the file again."))]) from error
    return frame


def notes_of_cells(folder: Path) -> tuple[str, ...]:
    """Return what was done with the cells of a raster before they were written."""
    try:
        return tuple(map(str, json.loads((folder / INDEX).read_text(encoding="utf-8"))["notes"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        problem = say("its folder does not say what is in it")
        raise LayerError([Fault(folder.name, problem, say("Import the file again."))]) from error


def sheet_shapes(sheet: NormalSheet) -> gpd.GeoDataFrame:
    """
    Return a sheet of shapes in longitude and latitude, its other columns as text.

    Raises
    ------
    LayerError
        If its table is not whole, or its reference system is not stated.
    """
    frame = sheet_rows(sheet)
    if not sheet.placed:
        problem, remedy = say("no reference system is stated"), say("State it, for instance EPSG:4326")
        raise LayerError([Fault(sheet.path.parent.name, problem, remedy)])
    try:
        shapes = shapely.from_wkb([bytes.fromhex(cell) if cell else None for cell in frame.pop(SHAPE)])
    except (ValueError, KeyError, shapely.errors.GEOSException) as error:
        problem = say("its table is not whole")
        raise LayerError([Fault(sheet.path.parent.name, problem, say("Import the file again."))]) from error
    return gpd.GeoDataFrame(frame, geometry=shapes, crs="EPSG:4326")


def sheet_with(folder: Path, required: Collection[str], *, shapes: bool) -> NormalSheet:
    """
    Return the sheet that has the columns a reader needs, or lacks fewest of them.

    Parameters
    ----------
    folder
        A normalised file.
    required
        Columns.
    shapes
        Whether a sheet of shapes is wanted.
    """
    wanted = say("it holds no shapes") if shapes else say("it holds no rows")
    able = [sheet for sheet in sheets_of(folder) if sheet.has_shapes or not shapes]
    if not able:
        raise LayerError([Fault(folder.name, wanted, say("Bring the file as the provider publishes it"))])
    return min(able, key=lambda sheet: len(set(required) - set(sheet.columns)))


def one_sheet(folder: Path, is_wanted: Callable[[str], bool], problem: Sentence) -> NormalSheet:
    """
    Return the one sheet whose name is wanted; of a file of a single sheet that sheet.

    Raises
    ------
    LayerError
        If several sheets, or none of several, are wanted; `problem` says so, with `n` and `names` filled in.
    """
    able = sheets_of(folder)
    chosen = able if len(able) == 1 else tuple(each for each in able if is_wanted(each.name))
    if len(chosen) == 1:
        return chosen[0]
    names = ", ".join(each.name for each in able)
    filled = problem.having(n=len(chosen), names=names)
    raise LayerError([Fault(folder.name, filled, say("One layer for each level is needed"))])
