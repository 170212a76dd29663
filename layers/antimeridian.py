"""
The antimeridian: shapes on both sides of 180 degrees, drawn through where we reckon and cut where we write.

Files cut what crosses it (RFC 7946, 3.1.9) or jump from 180 to -180 in the middle of a line. In the area's
metres a shape is whole again. An area that lies on both sides has `+over` in its reference system, so that
its longitudes run on, 179, 180, 181; what is written for others is cut and brought back to -180 to 180.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

_HALF, _WHOLE = 180.0, 360.0


def drawn_through(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """
    Return shapes in longitude and latitude so that none is cut or jumps at the antimeridian.

    Parameters
    ----------
    shapes
        Points, lines and polygons [degrees], shape (n,).

    Returns
    -------
    NDArray[np.object_]
        Those on both sides have longitudes beyond 180 and are one piece where their parts meet there;
        all others are as they were.
    """
    found = np.asarray(shapes, dtype=object).copy()
    for at in np.flatnonzero(_suspects(found)):
        found[at] = _whole_again(found[at])
    return found


def cut_through(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """
    Return shapes whose longitudes run on beyond 180 as files have them: cut there, from -180 to 180.

    Examples
    --------
    >>> [part.bounds for part in cut_through(np.array([shapely.box(179, 0, 181, 1)]))[0].geoms]
    [(179.0, 0.0, 180.0, 1.0), (-180.0, 0.0, -179.0, 1.0)]
    """
    found = np.asarray(shapes, dtype=object).copy()
    bounds = shapely.bounds(found)
    for at in np.flatnonzero((bounds[:, 0] < -_HALF) | (bounds[:, 2] > _HALF)):
        found[at] = _cut(found[at])
    return found


def wrapped(lon: Any) -> Any:  # noqa: ANN401  a number, or an array of numbers
    """
    Return longitudes from -180 to 180 [degrees]; those within stay what they are, to the last digit.

    Examples
    --------
    >>> wrapped(181.5), wrapped(-180.0), wrapped(179.25)
    (-178.5, -180.0, 179.25)
    """
    turned = np.where(np.abs(lon) > _HALF, np.mod(np.add(lon, _HALF), _WHOLE) - _HALF, lon)
    return float(turned) if np.ndim(lon) == 0 else turned


def crosses(lon: NDArray[np.float64]) -> bool:
    """
    Tell whether places lie on both sides of the antimeridian: the widest gap between them is elsewhere.

    Parameters
    ----------
    lon
        Longitudes from -180 to 180 of points all along a shape [degrees].
    """
    ordered = np.unique(lon)
    around = ordered[0] + _WHOLE - ordered[-1]
    return bool(len(ordered) > 1 and np.diff(ordered).max() > around and around < _HALF)


def _suspects(shapes: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Tell which shapes reach far to both sides: all that can be cut there, or jump."""
    bounds = shapely.bounds(shapes)
    return np.asarray(bounds[:, 2] - bounds[:, 0] > _HALF)


def _whole_again(shape: BaseGeometry) -> BaseGeometry:
    """Return one shape with its jumps taken out and its parts in the west moved round to meet the others."""
    smooth = [_without_jumps(part) for part in shapely.get_parts(shape)]
    bounds = shapely.bounds(np.array(smooth, dtype=object))
    if (bounds[:, 2] - bounds[:, 0]).max() > _HALF:
        return shape  # it is as wide as half the globe, not cut
    moved = [_moved(part, _WHOLE) if box[0] < 0 else part for part, box in zip(smooth, bounds, strict=True)]
    if shape.geom_type in {"Polygon", "MultiPolygon"}:
        return shapely.union_all(moved)
    if shape.geom_type in {"LineString", "MultiLineString"}:
        return moved[0] if len(moved) == 1 else shapely.line_merge(shapely.multilinestrings(moved))
    return shapely.multipoints(moved)


def _without_jumps(part: BaseGeometry) -> BaseGeometry:
    """Return a part whose points never step more than half round the globe."""

    def run_on(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack([np.unwrap(points[:, 0], period=_WHOLE), points[:, 1]])

    if part.geom_type == "LineString":
        return shapely.transform(part, run_on)
    if part.geom_type != "Polygon":
        return part
    if np.abs(shapely.get_coordinates(part)[:, 0]).min() <= _HALF / 2:
        return part  # it reaches to our side of the globe, so it is wide and does not jump
    rings = [run_on(shapely.get_coordinates(ring)) for ring in (part.exterior, *part.interiors)]
    if not np.ptp(rings[0][:, 0]) or any(ring[0, 0] != ring[-1, 0] for ring in rings):
        return part  # it goes round a pole
    # A hole may have come out on the other side than its polygon.
    middle = rings[0][:, 0].mean()
    turns = [_WHOLE * np.round((middle - ring[:, 0].mean()) / _WHOLE) for ring in rings]
    rings = [ring + np.array([turn, 0.0]) for ring, turn in zip(rings, turns, strict=True)]
    return shapely.Polygon(rings[0], rings[1:])


def _cut(shape: BaseGeometry) -> BaseGeometry:
    """Return one shape cut at the antimeridian, each part brought back."""
    if shape.geom_type == "Point":
        return shapely.Point(wrapped(shape.x), shape.y)
    pieces: list[BaseGeometry] = []
    for turn in (-1, 0, 1):
        west = _HALF * (2 * turn - 1)
        band = shapely.box(west, -_HALF, west + _WHOLE, _HALF)
        inside = shapely.intersection(shape, band)
        pieces += [
            _moved(part, -_WHOLE * turn)
            for part in shapely.get_parts(inside)
            if part.geom_type in shape.geom_type and not part.is_empty
        ]
    collect = {"Polygon": shapely.multipolygons, "LineString": shapely.multilinestrings}
    single = shape.geom_type.removeprefix("Multi")
    pieces.sort(key=lambda piece: piece.bounds[0] < 0)
    return pieces[0] if len(pieces) == 1 else collect.get(single, shapely.multipoints)(pieces)


def _moved(shape: BaseGeometry, degrees: float) -> BaseGeometry:
    return shapely.transform(shape, lambda points: points + np.array([degrees, 0.0])) if degrees else shape
