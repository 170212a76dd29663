"""How long does a helicopter take, and how long is it light?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from pyproj import Transformer

if TYPE_CHECKING:
    from footprint.method import Travel
    from layers.grid import Grid

Place = tuple[float, float]
"""Easting and northing [m]."""

_RADIUS_KM = 6378.137
"""Equatorial radius of the WGS84 ellipsoid [km]."""
_FLATTENING = 1 / 298.257223563
_MID_MONTH = (15, 46, 74, 105, 135, 166, 196, 227, 258, 288, 319, 349)
"""Day of the year of the fifteenth of each month."""
_CACHED_GRIDS = 4


def air_minutes(grid: Grid, x_m: float, y_m: float, travel: Travel) -> NDArray[np.float32]:
    """
    Give the flying time from a place to the centre of every cell, without notice.

    Parameters
    ----------
    grid
        Cells.
    x_m, y_m
        The place [m].
    travel
        For the helicopter's speed.

    Returns
    -------
    NDArray
        Time along the great circle [min], float32, shape (n_cells,).
    """
    return np.asarray(
        great_circle_km(grid, [(x_m, y_m)])[0] * (60.0 / travel.helicopter_kmh), dtype=np.float32
    )


def daylight_min(latitude_deg: float | NDArray[np.float64], month: int) -> NDArray[np.float64]:
    """
    Give the time from sunrise to sunset in mid-month.

    Parameters
    ----------
    latitude_deg
        North positive [°].
    month
        1-12.

    Returns
    -------
    NDArray
        Daylight [min], in the shape of `latitude_deg`; 0 in polar night, 1440 in polar day.

    Notes
    -----
    From the sun's declination on the fifteenth (Cooper 1969), for its centre and without the
    bending of light: some eight minutes less than almanacs print, on the safe side.

    Examples
    --------
    >>> [round(float(daylight_min(14.5, month)) / 60, 1) for month in (6, 12)]
    [12.9, 11.1]
    """
    angle = 2 * np.pi * (284 + _MID_MONTH[month - 1]) / 365
    declination = np.radians(23.45) * np.sin(angle)
    cosine = -np.tan(np.radians(np.asarray(latitude_deg, np.float64))) * np.tan(declination)
    return np.asarray(np.arccos(np.clip(cosine, -1.0, 1.0)) * 1440.0 / np.pi)


def day_limit_min(grid: Grid, month: int, *, returns: bool) -> NDArray[np.float32]:
    """Return the longest way out by daylight for each cell [min], half if the mission must return."""
    latitude = _cell_radians(grid)[1]
    return np.asarray(daylight_min(np.degrees(latitude), month) / (2 if returns else 1), dtype=np.float32)


@lru_cache(maxsize=_CACHED_GRIDS)
def shortest_day_min(grid: Grid) -> float:
    """Return the shortest daylight of any cell in any month [min]."""
    latitude = np.degrees(_cell_radians(grid)[1])
    ends = np.array([latitude.min(initial=90.0), latitude.max(initial=-90.0)])
    return float(min(daylight_min(ends, month).min() for month in range(1, 13)))


@lru_cache(maxsize=_CACHED_GRIDS)
def _cell_radians(grid: Grid) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return longitude and latitude of cell centres [rad]; grids never change, so they are kept."""
    return _radians(grid, grid.x_m, grid.y_m)


def _radians(
    grid: Grid, x_m: NDArray[np.float64], y_m: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return longitude and latitude of points [rad]."""
    lon, lat = _to_lonlat(grid).transform(x_m, y_m, radians=True)
    return np.asarray(lon), np.asarray(lat)


@lru_cache(maxsize=_CACHED_GRIDS)
def _to_lonlat(grid: Grid) -> Transformer:
    """Return the way back to the globe; making one takes 3 ms."""
    return Transformer.from_crs(grid.crs, grid.crs.geodetic_crs, always_xy=True)


def great_circle_km(
    grid: Grid, places: Sequence[Place], cells: NDArray[np.int64] | None = None
) -> NDArray[np.float64]:
    """
    Return great-circle distances from places to cell centres [km], shape (n_places, n_cells).

    To those of `cells` alone, if they are named.

    Notes
    -----
    Lambert's formula on the WGS84 ellipsoid: within about 10 m over a thousand kilometres,
    and thirty times faster than the full geodesic.
    """
    at = np.array(places, np.float64)
    lon_0, lat_0 = (angle[:, None] for angle in _radians(grid, at[:, 0], at[:, 1]))
    lon, lat = _cell_radians(grid)
    if cells is not None:
        lon, lat = lon[cells], lat[cells]
    reduced_0, reduced = (np.arctan((1 - _FLATTENING) * np.tan(angle)) for angle in (lat_0, lat))
    half_chord = (
        np.sin((reduced - reduced_0) / 2) ** 2
        + np.cos(reduced_0) * np.cos(reduced) * np.sin((lon - lon_0) / 2) ** 2
    )
    arc = 2 * np.arcsin(np.sqrt(np.clip(half_chord, 0.0, 1.0)))
    mid, half = (reduced_0 + reduced) / 2, (reduced - reduced_0) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        first = (arc - np.sin(arc)) * (np.sin(mid) * np.cos(half) / np.cos(arc / 2)) ** 2
        second = (arc + np.sin(arc)) * (np.cos(mid) * np.sin(half) / np.sin(arc / 2)) ** 2
    km: NDArray[np.float64] = _RADIUS_KM * (arc - _FLATTENING / 2 * (first + np.where(arc > 0, second, 0.0)))
    return km
