"""An outline of one's own: polygons of any map file, read in a process apart, as one unit."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import BinaryIO

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon

from layers.assemble.plans import Origin
from layers.countries import FirstLevelUnit
from layers.errors import Fault, LayerError
from layers.foreign.isolation import looked_at
from layers.foreign.seen import SheetSeen
from layers.scratch import own_folder
from layers.sentences import say

POLYGONS = {"Polygon", "MultiPolygon"}

UNIT_ID = "AREA-1"

_SAME_DEGREES = 1e-3
"""How near bounds as drawn and bounds in degrees are where both are degrees; datums differ by less."""


def brought_outline(called: str, content: BinaryIO, name: str) -> tuple[FirstLevelUnit, ...]:
    """
    Return all polygons of a file that a browser sent as one unit.

    Parameters
    ----------
    called
        What people call the file.
    content
        Its bytes.
    name
        What the unit is called.

    Raises
    ------
    LayerError
        As `own_outline` does.
    """
    with own_folder("outline") as folder:
        ending = Path(called).suffix.lower()
        path = folder / f"outline{ending if ending[1:].isalnum() else ''}"
        with path.open("wb") as sink:
            shutil.copyfileobj(content, sink, 1 << 20)
        return own_outline(path, name, called=called)


def own_outline(path: Path, name: str, *, called: str = "") -> tuple[FirstLevelUnit, ...]:
    """
    Return all polygons of a file as one unit.

    Parameters
    ----------
    path
        GeoPackage, GeoJSON, zipped Shapefile, KML or KMZ.
    name
        What the unit is called.
    called
        What people call the file, where it lies under another name.

    Raises
    ------
    LayerError
        If the file is refused, holds no polygons, or polygons in several sheets.
    """
    file = called or path.name
    with looked_at(path, called=called) as looked:
        fit = [number for number, sheet in enumerate(looked.seen.sheets) if _polygons(sheet)]
        if len(fit) != 1:
            problem = say("{n} of its sheets hold polygons", n=len(fit))
            raise LayerError([Fault(file, problem, say("Bring a file with one layer of polygons."))])
        sheet = looked.seen.sheets[fit[0]]
        rows = looked.first_rows(fit[0], sheet.rows)
    if sheet.reported:
        problem = say("{n} of its {total} shapes cannot be read", n=sheet.reported, total=sheet.rows)
        raise LayerError([Fault(file, problem, say("footprint area look says which."))])
    shapes = [shapely.from_wkb(row.shape) for row in rows if row.shape is not None]
    _check_degrees(file, sheet, shapely.total_bounds(shapes))
    drawn = shapely.union_all([shapely.make_valid(shape) for shape in shapes if shape.geom_type in POLYGONS])
    parts = [part for part in shapely.get_parts(drawn) if part.geom_type == "Polygon"]
    return (FirstLevelUnit(UNIT_ID, name, MultiPolygon(parts)),)


def own_origin(file: str) -> Origin:
    """Return what the ledger says of an outline of one's own; its licence is for its bringer to state."""
    return Origin(
        title="Outline of the area",
        origin=file,
        date=str(date.today()),  # noqa: DTZ011  the day it was brought, where it was brought
        licence="not stated",
        confidence="assumed",
    )


def _check_degrees(file: str, sheet: SheetSeen, bounds: NDArray[np.float64]) -> None:
    """Raise `LayerError` unless the bounds of shapes as drawn are their extent in degrees."""
    box = sheet.extent
    placed = None if box is None else np.array([box.west, box.south, box.east, box.north])
    if placed is None or not np.allclose(placed, bounds, atol=_SAME_DEGREES):
        problem = say("it is not in degrees of longitude and latitude")
        raise LayerError([Fault(file, problem, say("Export it in WGS 84 (EPSG:4326)."))])


def _polygons(sheet: SheetSeen) -> bool:
    return any(each.kind in POLYGONS for each in sheet.shapes)
