"""Where could an incident have happened and been seen? The cells that are compared, declared beforehand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from footprint.method import ViolenceNumbers
from layers import Area
from layers.antimeridian import wrapped
from layers.grid import Grid
from layers.tables import WGS84


@dataclass(frozen=True, slots=True, eq=False)
class StudyArea:
    """
    Cells of the tests, and which of them are compared.

    Attributes
    ----------
    cells
        Hotspot cells, 10 km by default.
    discs
        Cells in whose middle the calendar's discs lie, 25 km by default.
    mask
        Hotspot cells compared: inhabited and accessible, shape (cells.n_cells,).
    people
        People in each hotspot cell, 0 where they are not known, shape (cells.n_cells,) [persons].
    uninhabited, water
        Cells not compared because too few people live there, or because they are open water.
    unknown
        Hotspot cells not compared because how many people live there is not known, shape (cells.n_cells,).
    cell_of, disc_of
        Hotspot cell and disc of each cell of the area's own grid, shape (area.grid.n_cells,).
    """

    cells: Grid = field(repr=False)
    discs: Grid = field(repr=False)
    mask: NDArray[np.bool_] = field(repr=False)
    people: NDArray[np.float64] = field(repr=False)
    uninhabited: int
    water: int
    unknown: NDArray[np.bool_] = field(repr=False)
    cell_of: NDArray[np.int32] = field(repr=False)
    disc_of: NDArray[np.int32] = field(repr=False)


def study_area(area: Area, numbers: ViolenceNumbers) -> StudyArea:
    """
    Declare the cells that are compared, before any incident is looked at.

    Notes
    -----
    *Inhabited*: at least `people_min` people in the cell. *Accessible*: not open water. Whether
    a road leads there, and whether it is safe, is not asked: incidents are reported also from
    places where nobody drives, and a cell left out could never be a hotspot.
    """
    cells, discs = (
        coarser(area.grid, 1000 * cell_km)
        for cell_km in (numbers.hotspots.cell_km, numbers.seasonality.cell_km)
    )
    cell_of = cells.cell_at(area.grid.x_m, area.grid.y_m)
    disc_of = discs.cell_at(area.grid.x_m, area.grid.y_m)
    known = area.population.people
    people = np.bincount(cell_of, np.nan_to_num(known), minlength=cells.n_cells).astype(float)
    # Few in what is known of a cell are not few in the cell.
    partly = np.bincount(cell_of, np.isnan(known), minlength=cells.n_cells) > 0
    wet = np.zeros(area.grid.n_cells, bool)
    lakes = area.lakes.union_all() if len(area.lakes) else None
    if lakes is not None:
        shapely.prepare(lakes)
        wet = shapely.contains_xy(lakes, area.grid.x_m, area.grid.y_m)
    water = np.bincount(cell_of, ~wet, minlength=cells.n_cells) == 0
    inhabited = people >= numbers.hotspots.people_min
    unknown = ~inhabited & ~water & partly
    return StudyArea(
        cells=cells,
        discs=discs,
        mask=inhabited & ~water,
        people=people,
        uninhabited=int((~inhabited & ~unknown).sum()),
        water=int((inhabited & water).sum()),
        unknown=unknown,
        cell_of=cell_of,
        disc_of=disc_of,
    )


def coarser(grid: Grid, cell_m: float) -> Grid:
    """
    Return square cells of another size that hold the middle of at least one cell of `grid`.

    Parameters
    ----------
    grid
        The area's own cells.
    cell_m
        Side of the new cells [m]; their edges fall on whole multiples of it.
    """
    west_m = float(np.floor(grid.x_m.min() / cell_m) * cell_m)
    north_m = float(np.ceil(grid.y_m.max() / cell_m) * cell_m)
    column = np.floor((grid.x_m - west_m) / cell_m).astype(np.int64)
    row = np.floor((north_m - grid.y_m) / cell_m).astype(np.int64)
    shape = (int(row.max()) + 1, int(column.max()) + 1)
    cells = np.unique(row * shape[1] + column)
    lookup = np.full(shape[0] * shape[1], -1, np.int32)
    lookup[cells] = np.arange(len(cells), dtype=np.int32)
    return Grid(
        crs=grid.crs,
        west_m=west_m,
        north_m=north_m,
        cell_m=float(cell_m),
        shape=shape,
        cells=cells.astype(np.int32),
        lookup=lookup,
    )


def half_across(grid: Grid) -> float:
    """Return how far a cell reaches from its middle [m]."""
    return grid.cell_m * math.sqrt(0.5)


def districts_at(
    area: Area, x_m: NDArray[np.float64], y_m: NDArray[np.float64], beyond_m: float
) -> list[str]:
    """
    Return the name of the cercle at each point [m], "" where none is near.

    The middle of a cell at the border may lie beyond every unit, though the cell does not: the nearest stands
    there, if it is no farther than `beyond_m`.
    """
    numbers = _districts_at(area, x_m, y_m, beyond_m)
    names = [*area.districts.sort_index()["name"].astype(str), ""]
    return [names[number] for number in numbers]


def outside_at(area: Area, x_m: NDArray[np.float64], y_m: NDArray[np.float64], beyond_m: float) -> list[bool]:
    """Tell of the cercle of `districts_at` at each point [m] whether it lies mostly outside the area."""
    ids = [*area.districts.sort_index().index.astype(str), ""]
    return [ids[number] in area.districts_outside for number in _districts_at(area, x_m, y_m, beyond_m)]


def _districts_at(
    area: Area, x_m: NDArray[np.float64], y_m: NDArray[np.float64], beyond_m: float
) -> NDArray[np.int64]:
    """Return the number, by identifier, of the district at each point, that of none after the last."""
    districts = area.districts.sort_index()
    points = gpd.points_from_xy(x_m, y_m)
    point, unit = districts.sindex.query(points, predicate="intersects")
    at = np.full(len(x_m), len(districts))
    np.minimum.at(at, point, unit)
    beyond = np.flatnonzero(at == len(districts))
    if len(beyond) and len(districts):
        lost, nearest = districts.sindex.nearest(points[beyond], return_all=True, max_distance=beyond_m)
        np.minimum.at(at, beyond[lost], nearest)
    return at


def degrees(
    area: Area, x_m: NDArray[np.float64], y_m: NDArray[np.float64], digits: int
) -> tuple[Sequence[float], Sequence[float]]:
    """Return longitude and latitude [°] of points [m], rounded to a number of digits."""
    points = gpd.GeoSeries(gpd.points_from_xy(x_m, y_m), crs=area.crs).to_crs(WGS84)
    return wrapped(points.x.to_numpy()).round(digits).tolist(), points.y.round(digits).tolist()


def disc_names(area: Area, discs: Grid) -> tuple[str, ...]:
    """Name each disc by the cercle its middle lies in, with latitude and longitude [°]."""
    lon, lat = degrees(area, discs.x_m, discs.y_m, 2)
    names = districts_at(area, discs.x_m, discs.y_m, half_across(discs))
    return tuple(
        f"{name or '–'} ({north:.2f}, {east:.2f})" for name, north, east in zip(names, lat, lon, strict=True)
    )
