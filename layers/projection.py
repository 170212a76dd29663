"""From degrees to metres: a line that is straight in longitude and latitude stays the line that was drawn."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from shapely import LinearRing, LineString, Polygon
from shapely.geometry.base import BaseGeometry, BaseMultipartGeometry

from layers.antimeridian import drawn_through
from layers.tables import WGS84

LONGEST_DEGREES = 0.05
"""
Longest straight piece brought to metres as it is; new pieces are up to 1.5 times as long [degrees].

Between its ends it leaves the drawn line by less than 0.5 m up to 60 degrees of latitude: a
piece of 200 km would leave it by 200 m, and a road that ends on it would not meet it.
"""

_OFFSET = (3 - 5**0.5) / 2
"""
Where the first new point stands, as a share of a piece.

Not a ratio of whole numbers: roads that cross at round coordinates must not come to share a new
point there, for a shared point is a junction.
"""


_SYSTEMS_KEPT = 32


@lru_cache(maxsize=_SYSTEMS_KEPT)
def degrees_from(crs: CRS) -> Transformer:
    """Return the way from metres to longitude and latitude; making it takes 15 ms, using it microseconds."""
    return Transformer.from_crs(crs, WGS84, always_xy=True)


@lru_cache(maxsize=_SYSTEMS_KEPT)
def metres_on(crs: CRS) -> Transformer:
    """Return the way from longitude and latitude to metres."""
    return Transformer.from_crs(WGS84, crs, always_xy=True)


def projected(frame: gpd.GeoDataFrame, crs: CRS) -> gpd.GeoDataFrame:
    """
    Bring shapes in longitude and latitude to `crs` [m], long straight pieces bent as the map does.

    What is cut or jumps at the antimeridian is whole again.
    """
    dense = densified(drawn_through(frame.geometry.to_numpy()))
    return frame.set_geometry(gpd.GeoSeries(dense, index=frame.index, crs=frame.crs)).to_crs(crs)


def densified(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """
    Give long straight pieces points on the way.

    Parameters
    ----------
    shapes
        Lines, polygons or points in longitude and latitude [degrees], shape (n,).

    Returns
    -------
    NDArray[np.object_]
        The same shapes without long pieces. A piece gets the same points whichever way it is
        drawn, so that neighbours still share their border.
    """
    found = np.asarray(shapes, dtype=object).copy()
    for at in np.flatnonzero(_long(found)):
        found[at] = _dense(found[at])
    return found


def _long(shapes: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Tell which shapes may have a long piece; a step from one part to the next may count as one."""
    points, shape = shapely.get_coordinates(shapes, return_index=True)
    step = np.hypot(*np.diff(points, axis=0).T)
    one = shape[1:] == shape[:-1]
    long = np.zeros(len(shapes), dtype=bool)
    long[shape[1:][one & (step > LONGEST_DEGREES)]] = True
    return long


def _dense(shape: BaseGeometry) -> BaseGeometry:
    match shape:
        case LineString():
            return type(shape)(_points(shape))
        case Polygon():
            return Polygon(_points(shape.exterior), [_points(ring) for ring in shape.interiors])
        case BaseMultipartGeometry():
            return type(shape)([_dense(part) for part in shape.geoms])
        case _:
            return shape


def _points(line: LineString | LinearRing) -> NDArray[np.float64]:
    """Return the points of a line and those on the way, shape (n_points, 2)."""
    points = shapely.get_coordinates(line)
    pieces = [_between(first, last) for first, last in pairwise(points)]
    return np.vstack([*pieces, points[-1:]])


def _between(first: NDArray[np.float64], last: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a piece's first point and those on the way, its last left out, shape (n_points, 2)."""
    count = int(np.hypot(*(last - first)) // LONGEST_DEGREES)
    if not count:
        return first[None]
    forward = tuple(first) <= tuple(last)
    low, high = (first, last) if forward else (last, first)
    share = ((np.arange(count) + _OFFSET) / count)[:, None]
    inner = low + share * (high - low)
    return np.vstack([first[None], inner if forward else inner[::-1]])
