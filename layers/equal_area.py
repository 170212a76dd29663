"""An equal-area reference system for any outline, how far it bends lengths there, and a size of cells."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Geod, Proj
from shapely.geometry.base import BaseGeometry

from layers.projection import densified

MOST_CELLS = 250_000
"""Cells that a review takes in its stride; a judgement."""

_SIZES_KM = (1, 2, 5, 10)
"""Sides of cells proposed [km]."""

_FEWEST_CELLS = 2_000
"""Cells below which smaller ones are proposed; a judgement."""

_HALF = 180.0

_BEYOND = 0.5
"""How near the antimeridian an outline lies whose longitudes must be able to run on [degrees]."""

_STEPS = ((0.5, 0.01), (5.0, 0.1), (np.inf, 0.5))
"""Largest side of an outline [degrees], and what its centre is rounded to [degrees]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EqualArea:
    """An equal-area system centred on an outline."""

    text: str
    """As PROJ writes it."""
    lat_0: float
    lon_0: float
    shortest: float
    """Length on the map for one on the ground, where it is drawn shortest [ratio]."""
    longest: float
    """The same where it is drawn longest [ratio]."""
    area_km2: float
    """Of the outline."""

    @property
    def bent_share(self) -> float:
        """Return by how much lengths are wrong at most [share]."""
        return max(1 - self.shortest, self.longest - 1)


def equal_area_system(outline: BaseGeometry) -> EqualArea:
    """
    Return a Lambert azimuthal equal-area system centred on an outline.

    Parameters
    ----------
    outline
        Polygons in longitude and latitude [degrees], cut at the antimeridian where they lie on
        both sides of it.

    Returns
    -------
    EqualArea
        Centred on the middle of the bounds, the shorter way round the globe, rounded to half a
        degree (finer for small areas); with how far it bends lengths on the outline. Where the
        outline lies at or across the antimeridian, `+over` lets longitudes run on beyond 180.
    """
    west, south, east, north = degree_bounds(outline)
    step = next(step for side, step in _STEPS if max(east - west, north - south) <= side)
    lat_0 = _rounded((south + north) / 2, step)
    lon_0 = _rounded((west + east) / 2, step)
    # Above -180, up to and with 180.
    lon_0 = _rounded(180 - (180 - lon_0) % 360, step)
    # Cells and dots lie a little beyond the outline.
    near = max(abs(west), abs(east)) > _HALF - _BEYOND
    over = "+over " if near else ""
    text = f"+proj=laea +lat_0={lat_0:g} +lon_0={lon_0:g} {over}+datum=WGS84 +units=m +no_defs"
    shortest, longest = bent(outline, CRS(text))
    geod = Geod(ellps="WGS84")
    area_m2 = sum(abs(geod.geometry_area_perimeter(part)[0]) for part in _oriented(outline))
    return EqualArea(
        text=text, lat_0=lat_0, lon_0=lon_0, shortest=shortest, longest=longest, area_km2=area_m2 / 1e6
    )


def degree_bounds(shape: BaseGeometry) -> tuple[float, float, float, float]:
    """
    Return west, south, east and north of a shape [degrees], the shorter way round the globe.

    Returns
    -------
    tuple of float
        West from -180 to 180; east is the larger, so above 180 where the shape crosses the
        antimeridian. Parts on either side of it are taken to be cut there, as GeoJSON asks
        (RFC 7946, 3.1.9).

    Examples
    --------
    >>> degree_bounds(shapely.MultiPolygon([shapely.box(178, -2, 180, 1), shapely.box(-180, -2, -179, 1)]))
    (178.0, -2.0, 181.0, 1.0)
    """
    parts = shapely.bounds(shapely.get_parts(shape))
    order = np.argsort(parts[:, 0], kind="stable")
    starts, ends = parts[order, 0], np.maximum.accumulate(parts[order, 2])
    # Gap after each part up to the next; the last one reaches round the globe to the first.
    gaps = np.append(starts[1:], starts[0] + 360.0) - ends
    widest = int(np.argmax(gaps[::-1]))
    last = len(gaps) - 1 - widest
    first = (last + 1) % len(gaps)
    west, east = float(starts[first]), float(ends[last])
    return west, float(parts[:, 1].min()), east + 360 if east < west else east, float(parts[:, 3].max())


def bent(shape: BaseGeometry, crs: CRS) -> tuple[float, float]:
    """
    Return how a reference system draws lengths on a shape: the shortest and the longest, for 1 on the ground.

    Parameters
    ----------
    shape
        In longitude and latitude [degrees].
    crs
        A projected system.

    Returns
    -------
    tuple of float
        NaN where part of the shape cannot be placed in it.
    """
    points = shapely.get_coordinates(densified(np.array([shape], dtype=object))[0])
    factors = Proj(crs).get_factors(points[:, 0], points[:, 1], errcheck=False)
    both: NDArray[np.float64] = np.stack([factors.tissot_semimajor, factors.tissot_semiminor])
    if not np.isfinite(both).all():
        return float("nan"), float("nan")
    # The centre itself is drawn true to length.
    return min(1.0, float(both.min())), max(1.0, float(both.max()))


def proposed_cell_km(area_km2: float) -> int:
    """
    Return a side for the cells of an area [km].

    Parameters
    ----------
    area_km2
        Its size [km²].

    Returns
    -------
    int
        5, smaller where that would make fewer than 2,000 cells, larger where it would make more
        than 250,000.

    Examples
    --------
    >>> [proposed_cell_km(size) for size in (100, 20_000, 1_240_000, 2_300_000, 9_000_000)]
    [1, 2, 5, 5, 10]
    """
    fit = [size for size in _SIZES_KM if area_km2 / size**2 >= _FEWEST_CELLS]
    usual = min(max(fit, default=_SIZES_KM[0]), 5)
    return usual if area_km2 / usual**2 <= MOST_CELLS else _SIZES_KM[-1]


def _oriented(outline: BaseGeometry) -> list[BaseGeometry]:
    return [shapely.orient_polygons(part) for part in shapely.get_parts(outline)]


def _rounded(degrees: float, step: float) -> float:
    # Whole numbers of steps, and no negative nought.
    return round(round(degrees / step) * step, 2) + 0.0
