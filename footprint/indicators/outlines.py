"""Outlines: what a polygon drawn on the map holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Point, Polygon

from layers import Area
from layers.tables import WGS84

FEWEST_CORNERS = 3


@dataclass(frozen=True, slots=True)
class Inside:
    """What an outline holds."""

    people: float
    """People who live in it [persons]."""
    shares: tuple[float, ...]
    """Mean of each level, weighted by need [0-1]; NaN where there is no need."""


def cells_in(area: Area, corners: Sequence[tuple[float, float]]) -> NDArray[np.bool_] | None:
    """
    Tell which cells have their middle in an outline.

    Parameters
    ----------
    area
        The area.
    corners
        Longitude and latitude of each corner [degrees].

    Returns
    -------
    NDArray or None
        Shape (n_cells,); None below three corners.
    """
    if len(corners) < FEWEST_CORNERS:
        return None
    outline = gpd.GeoSeries([Polygon(corners)], crs=WGS84).to_crs(area.crs).iloc[0].buffer(0)
    inside: NDArray[np.bool_] = shapely.contains_xy(outline, area.grid.x_m, area.grid.y_m)
    return inside


def held(
    area: Area,
    cells: NDArray[np.bool_],
    need: NDArray[np.floating],
    levels: Sequence[NDArray[np.floating]],
) -> Inside:
    """Return the people in some cells, and the mean of each level there, weighted by need."""
    weights = need[cells]
    total = float(weights.sum())
    shares = tuple(
        float((weights * level[cells]).sum() / total) if total else float("nan") for level in levels
    )
    return Inside(float(np.nansum(area.population.people[cells])), shares)


def unit_of_site(area: Area, site_id: str) -> str:
    """Return the identifier of the second-level unit a site of the area lies in, or of the nearest."""
    return nearest_unit(area.districts, area.sites.at[site_id, "geometry"])


def nearest_unit(units: gpd.GeoDataFrame, point: Point) -> str:
    """
    Return the identifier of the unit that a point lies in, or of the nearest: a site counts in some unit.

    A site a little outside the outline, or in a gap between units, is taken at the nearest cell; whatever is
    told of it by unit is told of one. On a limit it is the first by identifier.
    """
    away_m = units.geometry.distance(point).sort_index()
    return str(away_m.index[int(np.argmin(away_m.to_numpy()))])


def unit_at(area: Area, lon: float, lat: float) -> str:
    """Return the identifier of the second-level unit at a point [degrees], "" where there is none."""
    point = gpd.GeoSeries(gpd.points_from_xy([lon], [lat]), crs=WGS84).to_crs(area.crs).iloc[0]
    inside = area.districts.index[area.districts.intersects(point)]
    return str(inside[0]) if len(inside) else ""
