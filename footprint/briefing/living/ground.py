"""The ground of a living map: borders, waters and roads as paths of a drawing, no finer than the profile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from footprint.briefing.living.frame import Frame
from footprint.indicators.units import Level
from footprint.prepared import Prepared
from footprint.views.escaping import tag
from footprint.views.focus import focus_of
from layers.roads import RoadClass

MOST_BYTES = 500_000
_TOLERANCES_M = (1000.0, 2000.0, 4000.0, 8000.0)
_CLOSED = 3
_HEAVY = {RoadClass.TRUNK: 1, RoadClass.PRIMARY: 1, RoadClass.SECONDARY: 2, RoadClass.TERTIARY: 3}
"""Weight of the roads drawn, 1 the heaviest; lesser ones are left out."""
_LIGHTEST_OF_AREA = 2


def ground_svg(prepared: Prepared, focus: str, frame: Frame) -> str:
    """
    Return the ground as elements of SVG.

    Parameters
    ----------
    prepared
        The area; sensitive places are no part of it.
    focus
        What is looked at.
    frame
        Where it is drawn.

    Returns
    -------
    str
        At most `MOST_BYTES` long: too heavy a ground is drawn more coarsely.

    Raises
    ------
    ValueError
        If even the coarsest is too heavy.
    """
    for tolerance_m in _TOLERANCES_M:
        made = "".join(_layers(prepared, focus, frame, tolerance_m))
        if len(made) <= MOST_BYTES:
            return made
    raise ValueError(f"the coarsest ground of {prepared.area.area_id!r} is heavier than {MOST_BYTES} bytes")


def _layers(prepared: Prepared, focus: str, frame: Frame, tolerance_m: float) -> Iterator[str]:
    area, found = prepared.area, focus_of(prepared.area, focus)
    regions, districts = (_simple(units, tolerance_m) for units in (area.regions, area.districts))
    country = list(shapely.simplify(area.country.geometry.to_numpy(), tolerance_m))
    yield _path("land", country, frame)
    looked_at: list[shapely.Geometry] = []
    if found.level is not Level.AREA:
        units, shapes = (
            (area.regions, regions) if found.level is Level.REGION else (area.districts, districts)
        )
        looked_at = [
            shape for unit_id, shape in zip(units.index, shapes, strict=True) if unit_id in found.unit_ids
        ]
        yield _path("looked-at", looked_at, frame)
    zones = zip(area.flood_zones["months"].tolist(), _simple(area.flood_zones, tolerance_m), strict=True)
    for months, shape in zones:
        yield _path("flood", [shape], frame, data_months=int(months))
    yield _path("lake", _simple(area.lakes, tolerance_m), frame)
    great = area.rivers["barrier"].to_numpy(dtype=bool)
    for kind, chosen in (("stream", ~great), ("river", great)):
        yield _path(kind, _merged(area.rivers.geometry.to_numpy()[chosen], tolerance_m), frame)
    yield from _roads(area.roads, frame, tolerance_m, whole=found.level is Level.AREA)
    yield _path("district", districts, frame)
    yield _path("region", regions, frame)
    yield _path("country", country, frame)
    yield _path("outline", looked_at, frame)


def _roads(roads: gpd.GeoDataFrame, frame: Frame, tolerance_m: float, *, whole: bool) -> Iterator[str]:
    weights = roads["road_class"].map(lambda name: _HEAVY.get(RoadClass(name), 0)).to_numpy(dtype=int)
    lightest = _LIGHTEST_OF_AREA if whole else max(_HEAVY.values())
    for weight in range(lightest, 0, -1):
        shapes = _merged(roads.geometry.to_numpy()[weights == weight], tolerance_m)
        yield _path(f"road road-{weight}", shapes, frame)


def _simple(frame: gpd.GeoDataFrame, tolerance_m: float) -> list[shapely.Geometry]:
    """Return simplified shapes; units that share a border keep sharing it."""
    shapes = frame.geometry.to_numpy()
    if len(shapes) > 1 and shapely.coverage_is_valid(shapes):
        return list(shapely.coverage_simplify(shapes, tolerance_m))
    return list(shapely.simplify(shapes, tolerance_m))


def _merged(shapes: NDArray[np.object_], tolerance_m: float) -> list[shapely.Geometry]:
    """Return lines joined where they meet end to end, simplified."""
    if not len(shapes):
        return []
    lines = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(shapely.get_parts(shapes))))
    return list(shapely.simplify(lines, tolerance_m))


def _path(kind: str, shapes: Iterable[shapely.Geometry], frame: Frame, **attributes: object) -> str:
    """Return shapes as one path, "" where none of them is in the frame."""
    drawn = "".join(line for shape in shapes for line in _lines(shape, frame))
    return tag("path", class_=f"g-{kind.replace(' ', ' g-')}", d=drawn, **attributes) if drawn else ""


def _lines(shape: shapely.Geometry, frame: Frame) -> Iterator[str]:
    """Yield each line or ring of a shape within the frame, from point to point in whole steps."""
    for part in shapely.get_parts(shape):
        surface = shapely.get_dimensions(part) > 1
        kept = shapely.intersection(shapely.make_valid(part), frame.drawn)
        for line in shapely.get_parts(kept):
            for ring in shapely.get_rings(line) if surface else (line,):
                made = _line(frame.placed(shapely.get_coordinates(ring), frame.step), closed=surface)
                if made:
                    yield made


def _line(points: NDArray[np.int64], *, closed: bool) -> str:
    moves = np.diff(points, axis=0)
    moves = moves[moves.any(axis=1)]
    if len(moves) < (_CLOSED if closed else 1):
        return ""
    steps = " ".join(f"{x} {y}" for x, y in moves[: -1 if closed else None].tolist())
    x, y = points[0].tolist()
    return f"M{x} {y}l{steps}{'z' if closed else ''}"
