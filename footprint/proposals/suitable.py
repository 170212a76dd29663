"""Suitable: does a site fall in water, in flood or off the network, and where would one not?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from pyproj import Transformer
from shapely import Point
from shapely.geometry.base import BaseGeometry

from footprint.prepared import Prepared
from footprint.travel.router import Router
from layers.antimeridian import wrapped
from layers.months import months_in
from layers.projection import degrees_from

_STEP_DEG = 0.01
"""What is proposed can be typed in: degrees with two decimals, about a kilometre."""
_RINGS_DEG = (0.05, 0.15, 0.4, 1.0)
"""How far around is looked, at first and where nothing was found [degrees]."""


@dataclass(frozen=True, slots=True)
class Suitable:
    """The nearest place that is dry in the months planned and on the network."""

    lon: float
    """Longitude [degrees], to a hundredth."""
    lat: float
    distance_km: float


@dataclass(frozen=True, slots=True)
class Siting:
    """What stands against a place."""

    in_water: bool
    """In a lake."""
    flooded: tuple[int, ...]
    """Planned months (1-12) in which it lies in a flood zone."""
    off_network: bool
    """No road on its bank within the method's distance."""

    @property
    def suitable(self) -> bool:
        """Whether nothing does."""
        return not (self.in_water or self.flooded or self.off_network)


def siting(prepared: Prepared, router: Router, point: Point, months: Sequence[int]) -> Siting:
    """Return what stands against a site at `point` [m] that is open in `months` (1-12)."""
    area = prepared.area
    zones = zip(area.flood_zones.geometry, area.flood_zones["months"].tolist(), strict=True)
    wet = {month for zone, mask in zones if zone.contains(point) for month in months_in(mask)}
    return Siting(
        in_water=bool(area.lakes.contains(point).any()),
        flooded=tuple(month for month in months if month in wet),
        off_network=router.connector(point.x, point.y).snapped_too_far,
    )


def nearest_suitable(
    prepared: Prepared, router: Router, point: Point, months: Sequence[int]
) -> Suitable | None:
    """
    Return the nearest place to `point` [m] against which nothing stands in `months` (1-12).

    Returns
    -------
    Suitable or None
        None where there is none within reach.

    Notes
    -----
    Looked for among places of two decimals of a degree, up to about 100 km around; land, water and roads
    alone are looked at: who lives there, whose land it is and what lies nearby is for people to find out.
    """
    area = prepared.area
    to_degrees = degrees_from(area.crs)
    wet, country = _wet(prepared, months), area.country.union_all()
    shapely.prepare(country)
    shapely.prepare(wet)
    for ring in _RINGS_DEG:
        for lon, lat, place in _around(prepared, ring, to_degrees, point):
            if not shapely.covers(country, place) or shapely.intersects(wet, place):
                continue
            if area.grid.cell_at(np.array([place.x]), np.array([place.y]))[0] < 0:
                continue
            if not router.connector(place.x, place.y).snapped_too_far:
                return Suitable(lon, lat, float(place.distance(point)) / 1000)
    return None


def _wet(prepared: Prepared, months: Sequence[int]) -> BaseGeometry:
    """Return all land under water in any of the months."""
    area, planned = prepared.area, sum(1 << (month - 1) for month in months)
    rows = zip(area.flood_zones.geometry, area.flood_zones["months"].tolist(), strict=True)
    zones = [zone for zone, mask in rows if int(mask) & planned]
    return shapely.union_all([*zones, *area.lakes.geometry])


def _around(
    prepared: Prepared, ring: float, to_degrees: Transformer, point: Point
) -> Iterator[tuple[float, float, Point]]:
    """Yield places of two decimals near a road around a point, the nearest first; ties by longitude."""
    middle = to_degrees.transform(point.x, point.y)
    reach = round(ring / _STEP_DEG)
    steps = np.arange(-reach, reach + 1) * _STEP_DEG
    lon, lat = (
        axis.ravel().round(2)
        for axis in np.meshgrid(round(middle[0], 2) + steps, round(middle[1], 2) + steps, indexing="ij")
    )
    x_m, y_m = to_degrees.transform(lon, lat, direction="INVERSE")
    # A tree without points says that they are infinitely far.
    road_m, _ = prepared.network.road_tree.query(np.column_stack([x_m, y_m]))
    away = np.where(
        road_m <= 1000 * prepared.method.travel.snap_limit_km, np.hypot(x_m - point.x, y_m - point.y), np.inf
    )
    for at in np.argsort(away, kind="stable")[: int(np.isfinite(away).sum())].tolist():
        yield wrapped(lon[at]), float(lat[at]), Point(x_m[at], y_m[at])
