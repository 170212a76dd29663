"""Simplify all units together, so that neighbours still share their borders, and bring them to whole numbers."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry, MultiPolygon, Polygon

STEPS = 2000
"""Steps to a degree that coordinates are counted in: 0.0005 degrees, at most 56 m."""

TOLERANCE = 0.01
"""Triangles smaller than the square of this go [degrees]: detail below about a kilometre."""

FINE_TOLERANCE = 0.001
"""The same for countries smaller than `SMALL`."""

SMALL = 0.5
"""Area below which a country is simplified finely, by itself [square degrees], about 6,000 km² at the equator."""

_ROUNDS = 5
"""Tries to bring a unit to whole numbers without its crossing itself."""


def valid(shapes: Iterable[Geometry]) -> NDArray[np.object_]:
    """Return shapes as valid polygons; two of Natural Earth's cross themselves."""
    return np.array([_polygons(shapely.make_valid(each)) for each in shapes], dtype=object)


def simplified(shapes: NDArray[np.object_], countries: NDArray[np.str_]) -> NDArray[np.object_]:
    """Return units simplified with their neighbours, those of small countries finely and among themselves."""
    found = shapely.coverage_simplify(shapes, TOLERANCE)
    for country in np.unique(countries):
        own = countries == country
        if shapely.area(shapes[own]).sum() < SMALL:
            found[own] = shapely.coverage_simplify(shapes[own], FINE_TOLERANCE)
    return np.array([_counted(each) for each in found], dtype=object)


def coded(shape: Geometry) -> list[list[list[int]]]:
    """Return polygons as rings of steps from the point before, the first from 0°, 0°: x, y, x, y …"""
    return [[_steps(ring) for ring in (part.exterior, *part.interiors)] for part in shapely.get_parts(shape)]


def _steps(ring: Geometry) -> list[int]:
    points = np.round(shapely.get_coordinates(ring) * STEPS).astype(int)
    moved = np.diff(points, axis=0, prepend=np.zeros((1, 2), int))
    moved = np.vstack([moved[:1], moved[1:][(moved[1:] != 0).any(axis=1)]])
    return [int(step) for step in moved.ravel()]


def _counted(shape: Geometry) -> Geometry:
    """Return a shape on whole steps, valid; parts that shrink to nothing go."""
    for _ in range(_ROUNDS):
        rounded = shapely.transform(shape, lambda points: np.round(points * STEPS) / STEPS)
        if shapely.is_valid(rounded):
            return _polygons(rounded)
        shape = _polygons(shapely.make_valid(rounded))
    raise ValueError("a unit crosses itself on whole steps")


def _polygons(shape: Geometry) -> Geometry:
    """Return the polygons of a shape alone, in one fixed order."""
    parts = [part for part in _flat(shape) if isinstance(part, Polygon) and part.area > 0]
    return shapely.normalize(MultiPolygon(parts))


def _flat(shape: Geometry) -> list[Geometry]:
    return [end for part in shapely.get_parts(shape) for end in (_flat(part) if hasattr(part, "geoms") else [part])]
