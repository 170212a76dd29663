"""Points outside the outline: which are near enough to take the nearest cell, and which are not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from layers.errors import Fault
from layers.grid import Grid
from layers.sentences import Rounded, as_typed, say
from layers.tables import WGS84, first_row

SWAPPED_REMEDY = say("Longitude and latitude look swapped.")


@dataclass(frozen=True, slots=True)
class Moved:
    """Rows of one place outside the outline that stand in the nearest cell; never silent."""

    layer: str
    name: str
    rows: int
    distance_m: float
    """Distance from the outline, of the farthest of them [m]."""


def outside_m(points: gpd.GeoSeries, outline: BaseGeometry) -> NDArray[np.float64]:
    """Return how far each point lies outside an outline [m], 0 inside and on it, shape (n_points,)."""
    shapely.prepare(outline)
    shapes = points.to_numpy()
    away_m = np.zeros(len(shapes))
    out = ~shapely.covers(outline, shapes)
    away_m[out] = shapely.distance(outline, shapes[out])
    return away_m


def too_far(sites: gpd.GeoDataFrame, outline: BaseGeometry, cell_m: float, file: str) -> list[Fault]:
    """
    Return a fault for each site more than a cell outside the outline.

    Parameters
    ----------
    sites
        As loaded, in the order of the file.
    outline
        The area, in the same reference system [m].
    cell_m
        Side of a cell [m]; a site as far as this still takes the nearest cell.
    file
        The file's name, for the fault.
    """
    away_m = outside_m(sites.geometry, outline)
    far = np.flatnonzero(away_m > cell_m)
    if not len(far):
        return []
    swapped = dict(zip(far, swapped_inside(sites.geometry.iloc[far], outline), strict=True))
    return [
        Fault(
            file,
            say(
                "{name} lies {away} km outside the country's outline, more than one cell ({cell} km)",
                name=repr(sites["name"].iloc[at]),
                away=Rounded(away_m[at] / 1000, 1),
                cell=as_typed(cell_m / 1000),
            ),
            SWAPPED_REMEDY if swapped[at] else say("Check its coordinates, or draw the outline to hold it."),
            "lon",
            int(at) + first_row(file),
        )
        for at in far
    ]


def swapped_inside(points: gpd.GeoSeries, outline: BaseGeometry) -> NDArray[np.bool_]:
    """Tell which points would lie inside an outline with longitude and latitude changed over."""
    degrees = points.to_crs(WGS84)
    turned = gpd.GeoSeries(gpd.points_from_xy(degrees.y, degrees.x), crs=WGS84)
    on_earth = (degrees.x.abs() <= 90).to_numpy()  # noqa: PLR2004  a latitude
    held = np.zeros(len(points), dtype=bool)
    held[on_earth] = turned[on_earth].to_crs(points.crs).within(outline).to_numpy()
    return held


def nearest_cells(
    layer: str, rows: gpd.GeoDataFrame, names: Iterable[str], *, outline: BaseGeometry, grid: Grid
) -> tuple[gpd.GeoDataFrame, tuple[Moved, ...]]:
    """
    Put points outside the outline into the nearest cell, and name them.

    Parameters
    ----------
    layer
        What the rows are called.
    rows
        Points no farther than a cell outside.
    names
        What to call each row; rows of one name are counted together.
    outline
        The area [m].
    grid
        Its cells.

    Returns
    -------
    tuple
        The rows, those in no cell brought a metre inside the nearest one; and each name
        outside with its rows and distance, the most rows first. A point outside that lies
        in a cell of the border stays where it is, and is named as well.
    """
    away_m = outside_m(rows.geometry, outline)
    out = np.flatnonzero(away_m > 0)
    shapes = rows.geometry.to_numpy().copy()
    # A point on the outline itself may lie on the far edge of the last cell.
    lost = grid.cell_at(shapely.get_x(shapes), shapely.get_y(shapes)) < 0
    if not lost.any() and not len(out):
        return rows, ()
    for at in np.flatnonzero(lost):
        shapes[at] = shapely.Point(grid.nearest_place(shapes[at].x, shapes[at].y))
    named = pd.DataFrame({"name": np.asarray(list(names), dtype=object)[out], "away_m": away_m[out]})
    places = named.groupby("name")["away_m"].agg(["size", "max"]).reset_index()
    ordered = places.sort_values(["size", "name"], ascending=[False, True])
    moved = tuple(
        Moved(layer, str(name), int(count), float(far_m))
        for name, count, far_m in ordered.itertuples(index=False)
    )
    return rows.set_geometry(gpd.GeoSeries(shapes, index=rows.index, crs=rows.crs)), moved
