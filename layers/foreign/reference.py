"""Reference: what a stated reference system is called, and bounds in it as degrees."""

from __future__ import annotations

import math
from functools import lru_cache

from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError

from layers.foreign.seen import DegreeBounds

_LONGEST = 5_000
_WGS84 = CRS.from_epsg(4326)
_NORTH, _SOUTH = 32600, 32700
"""EPSG's numbers of UTM on WGS 84, to which the zone is added."""

Box = tuple[float, float, float, float]


@lru_cache(maxsize=200)
def system(stated: str | None) -> CRS | None:
    """Return a reference system as it is stated, None where it is not stated or not known."""
    if stated is None or len(stated) > _LONGEST:
        return None
    try:
        return CRS.from_user_input(stated)
    except CRSError:
        return None


def is_degrees(stated: str | None) -> bool:
    """Tell whether coordinates in a stated reference system are longitude and latitude."""
    known = system(stated)
    return known is not None and known.is_geographic


def name(stated: str | None) -> str | None:
    """
    Return what a reference system is called, with its EPSG number where it has one.

    Examples
    --------
    >>> name("EPSG:4326"), name("urn:ogc:def:crs:OGC:1.3:CRS84"), name(None)
    ('WGS 84 (EPSG:4326)', 'WGS 84 (CRS84)', None)
    """
    known = system(stated)
    if known is None:
        return stated[:80] if stated else None
    code = known.to_epsg(min_confidence=70)
    return f"{known.name} (EPSG:{code})" if code else str(known.name)


def in_degrees(box: Box, stated: str | None) -> DegreeBounds | None:
    """Return bounds in longitude and latitude, None where the system is not known or they lie outside it."""
    known = system(stated)
    if known is None:
        return None
    try:
        made = _to_degrees(known).transform_bounds(*box)
    except ProjError:
        return None
    return extent(made)


@lru_cache(maxsize=50)
def _to_degrees(known: CRS) -> Transformer:
    return Transformer.from_crs(known, _WGS84, always_xy=True)


def extent(box: Box) -> DegreeBounds | None:
    """Return bounds in degrees, None where they are none."""
    west, south, east, north = box
    on_earth = all(map(math.isfinite, box)) and -90 <= south <= north <= 90 and abs(west) + abs(east) <= 720  # noqa: PLR2004
    if not on_earth:
        return None
    return DegreeBounds(
        west=round(west, 6), south=round(south, 6), east=round(east, 6), north=round(north, 6)
    )


def from_utm(zone: int, easting_m: float, northing_m: float, *, south: bool) -> tuple[float, float]:
    """Return longitude and latitude of a place in a zone of UTM on WGS 84."""
    return _transformer(zone, south=south).transform(easting_m, northing_m)


@lru_cache(maxsize=120)
def _transformer(zone: int, *, south: bool) -> Transformer:
    return Transformer.from_crs((_SOUTH if south else _NORTH) + zone, 4326, always_xy=True)
