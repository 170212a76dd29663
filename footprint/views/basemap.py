"""Draw the ground under every map: borders, waters, roads and towns."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from footprint.views.escaping import Json
from layers.area import Area
from layers.characters import printable
from layers.places import PlaceKind
from layers.projection import degrees_from
from layers.roads import RoadClass

MOST_BYTES = 600_000
"""Heaviest basemap sent to a browser."""
_TOLERANCES_M = (250.0, 500.0, 1000.0, 2000.0)
"""How far a simplified line may stray [m]; at zoom 9 a pixel is some 300 m."""
_DECIMALS = 4
"""Decimals of a degree: about 10 m."""

_ROAD_RANKS = {
    RoadClass.TRUNK: 1,
    RoadClass.PRIMARY: 1,
    RoadClass.SECONDARY: 2,
    RoadClass.TERTIARY: 3,
    RoadClass.UNCLASSIFIED: 4,
    RoadClass.TRACK: 5,
    RoadClass.RESIDENTIAL: 6,
    RoadClass.PATH: 6,
}
"""Weight of the line a road is drawn with, 1 the heaviest."""
_LEAST_RANK = max(_ROAD_RANKS.values())
_SEATS = {PlaceKind.CAPITAL: 1, PlaceKind.REGION_SEAT: 2, PlaceKind.CERCLE_SEAT: 3, PlaceKind.TOWN: 4}
"""Rank of a place's label, 1 the first to be placed; villages are left out."""
_MOST_PLACES = 400
_CLOSED_TRIANGLE = 4


@dataclass(frozen=True, slots=True)
class _Drawing:
    """How coarsely to draw: the tolerance, and the last rank of roads to show."""

    tolerance_m: float
    road_rank: int


def basemap_json(area: Area) -> str:
    """
    Draw the ground of `area` as one JSON text for the map in the browser.

    Parameters
    ----------
    area
        Its boundaries, waters, roads and places are drawn; sensitive places never are.

    Returns
    -------
    str
        At most `MOST_BYTES` long: lines simplified in metres, longitude and latitude to
        four decimals. Too heavy an area is drawn more coarsely and, if that is not
        enough, without its least roads; "tolerance_m" and "road_rank" in the text say
        what was done.

    Raises
    ------
    ValueError
        If even the coarsest drawing is too heavy.
    """
    coarser = [_Drawing(tolerance_m, _LEAST_RANK) for tolerance_m in _TOLERANCES_M]
    poorer = [_Drawing(_TOLERANCES_M[-1], rank) for rank in range(_LEAST_RANK - 1, 0, -1)]
    for drawing in (*coarser, *poorer):
        text = json.dumps(_ground(area, drawing), ensure_ascii=False, separators=(",", ":"))
        if len(text.encode()) <= MOST_BYTES:
            return text
    raise ValueError(f"the coarsest basemap of {area.area_id!r} is heavier than {MOST_BYTES} bytes")


def _ground(area: Area, drawing: _Drawing) -> Json:
    degrees = _to_degrees(area)
    regions = _units(area.regions, degrees, drawing, level=1)
    districts = _units(area.districts, degrees, drawing, level=2)
    return {
        "tolerance_m": drawing.tolerance_m,
        "road_rank": drawing.road_rank,
        "country": _all_rings(area.country, degrees, drawing),
        "units": [*regions, *districts],
        "lakes": _all_rings(area.lakes, degrees, drawing),
        "rivers": _rivers(area.rivers, degrees, drawing),
        "floods": [
            {"months": int(months), "rings": _rings(shape, degrees)}
            for months, shape in zip(
                area.flood_zones["months"], _simple(area.flood_zones, drawing), strict=True
            )
        ],
        "roads": _roads(area.roads, degrees, drawing),
        "towns": _towns(area.places, degrees),
    }


_Degrees = Callable[[NDArray[np.float64]], NDArray[np.float64]]


def _to_degrees(area: Area) -> _Degrees:
    """Return a function from coordinates in the area's system to rounded degrees, shape (n, 2)."""
    transformer = degrees_from(area.crs)

    def degrees(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.round(np.column_stack(transformer.transform(points[:, 0], points[:, 1])), _DECIMALS)

    return degrees


def _simple(frame: gpd.GeoDataFrame, drawing: _Drawing) -> list[shapely.Geometry]:
    """Return the shapes of `frame`, simplified; units that share a border keep sharing it."""
    shapes = frame.geometry.to_numpy()
    if not len(shapes):
        return []
    if len(shapes) > 1 and shapely.coverage_is_valid(shapes):
        return list(shapely.coverage_simplify(shapes, drawing.tolerance_m))
    return list(shapely.simplify(shapes, drawing.tolerance_m))


def _units(frame: gpd.GeoDataFrame, degrees: _Degrees, drawing: _Drawing, *, level: int) -> list[Json]:
    """Return boundary units with a point inside each for its name."""
    shapes = _simple(frame, drawing)
    inside = degrees(shapely.get_coordinates(shapely.point_on_surface(shapes))).tolist()
    rows = zip(frame.index, frame["name"], frame["approximate"], inside, shapes, strict=True)
    return [
        {
            "id": str(unit_id),
            "name": printable(str(name)),
            "level": level,
            "approximate": bool(approximate),
            "at": point,
            "rings": _rings(shape, degrees),
        }
        for unit_id, name, approximate, point, shape in rows
    ]


def _rivers(frame: gpd.GeoDataFrame, degrees: _Degrees, drawing: _Drawing) -> dict[str, Json]:
    """Return the great rivers, which stop vehicles, and the others."""
    great = frame["barrier"].to_numpy(dtype=bool)
    shapes = frame.geometry.to_numpy()
    return {
        "great": _lines(shapes[great], degrees, drawing),
        "small": _lines(shapes[~great], degrees, drawing),
    }


def _roads(frame: gpd.GeoDataFrame, degrees: _Degrees, drawing: _Drawing) -> list[Json]:
    ranks = frame["road_class"].map(lambda name: _ROAD_RANKS[RoadClass(name)]).to_numpy(dtype=int)
    shapes = frame.geometry.to_numpy()
    return [
        {"rank": rank, "lines": _lines(shapes[ranks == rank], degrees, drawing)}
        for rank in sorted(set(ranks[ranks <= drawing.road_rank].tolist()))
    ]


def _towns(frame: gpd.GeoDataFrame, degrees: _Degrees) -> list[Json]:
    """Return the places to name, first the seats, then the larger, at most `_MOST_PLACES`."""
    named = frame[frame["kind"].isin(list(_SEATS))]
    ranks = named["kind"].map(lambda kind: _SEATS[PlaceKind(kind)])
    order = pd.DataFrame({"rank": ranks, "fewest": -named["people"].fillna(0.0), "name": named["name"]})
    chosen = named.loc[order.sort_values(["rank", "fewest", "name"]).index[:_MOST_PLACES]]
    points = degrees(shapely.get_coordinates(chosen.geometry.to_numpy()))
    return [
        {"name": printable(str(name)), "rank": int(ranks[place_id]), "at": point}
        for place_id, name, point in zip(chosen.index, chosen["name"], points.tolist(), strict=True)
    ]


def _lines(shapes: NDArray[np.object_], degrees: _Degrees, drawing: _Drawing) -> list[Json]:
    """Join lines that meet end to end, simplify them and return their points."""
    if not len(shapes):
        return []
    merged = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(shapely.get_parts(shapes))))
    simple = shapely.simplify(merged, drawing.tolerance_m)
    return [points for line in simple if len(points := _points(line, degrees)) > 1]


def _all_rings(frame: gpd.GeoDataFrame, degrees: _Degrees, drawing: _Drawing) -> list[Json]:
    return [ring for shape in _simple(frame, drawing) for ring in _rings(shape, degrees)]


def _rings(shape: shapely.Geometry, degrees: _Degrees) -> list[Json]:
    """Return the rings of a polygon, holes among them: the even-odd rule fills them right."""
    # Of a shape of several parts there are rings only part by part.
    rings: Iterable[shapely.Geometry] = shapely.get_rings(shapely.get_parts(shape))
    return [points for ring in rings if len(points := _points(ring, degrees)) >= _CLOSED_TRIANGLE]


def _points(line: shapely.Geometry, degrees: _Degrees) -> list[Json]:
    """Return the points of a line in degrees, without those that rounding made one."""
    points = degrees(shapely.get_coordinates(line))
    kept = np.ones(len(points), dtype=bool)
    kept[1:] = (np.diff(points, axis=0) != 0).any(axis=1)
    return [list(point) for point in points[kept].tolist()]
