"""Waters: rivers and lakes that stop vehicles, and zones under flood in some months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandera.pandas as pa
import shapely
import shapely.ops
from numpy.typing import NDArray
from pandera.typing import Index, Series
from pandera.typing.geopandas import GeoSeries
from pyproj import CRS, Transformer
from shapely.geometry.base import BaseGeometry

from layers.conform import conform
from layers.months import ALL_MONTHS
from layers.tables import WGS84, read_table

_DRY_STEPS = 5
"""Hundredths of a degree around the shore among which a dry place is looked for."""


class Rivers(pa.DataFrameModel):
    """Columns of every rivers layer once loaded: one line per reach."""

    river_id: Index[str] = pa.Field(unique=True, check_name=True)
    name: Series[str]
    barrier: Series[bool] = pa.Field(description="vehicles cross only by bridge, ferry or raised road")
    navigable_months: Series[int] = pa.Field(
        ge=0, le=ALL_MONTHS, description="months a boat passes, bit m-1 for m"
    )
    geometry: GeoSeries[Any] = pa.Field(description="LineString")

    class Config:
        """Drop further columns; coerce number types."""

        strict = "filter"
        coerce = True


class Lakes(pa.DataFrameModel):
    """Columns of every lakes layer once loaded: one polygon per open water."""

    lake_id: Index[str] = pa.Field(unique=True, check_name=True)
    name: Series[str]
    geometry: GeoSeries[Any] = pa.Field(description="Polygon or MultiPolygon")

    class Config:
        """Drop further columns; coerce number types."""

        strict = "filter"
        coerce = True


class FloodZones(pa.DataFrameModel):
    """Columns of every flood-zone layer once loaded: one polygon per zone."""

    zone_id: Index[str] = pa.Field(unique=True, check_name=True)
    name: Series[str]
    months: Series[int] = pa.Field(ge=0, le=ALL_MONTHS, description="months under water, bit m-1 for m")
    geometry: GeoSeries[Any] = pa.Field(description="Polygon or MultiPolygon")

    class Config:
        """Drop further columns; coerce number types."""

        strict = "filter"
        coerce = True


def load_rivers(path: Path, crs: CRS) -> gpd.GeoDataFrame:
    """
    Read rivers as lines indexed by `river_id`, valid under `Rivers`, in `crs`.

    Raises
    ------
    LayerError
        With every fault of the file.
    """
    return conform(read_table(path), Rivers, crs=crs, shapes={"LineString"})


def load_lakes(path: Path, crs: CRS) -> gpd.GeoDataFrame:
    """
    Read lakes as polygons indexed by `lake_id`, valid under `Lakes`, in `crs`.

    Raises
    ------
    LayerError
        With every fault of the file.
    """
    return conform(read_table(path), Lakes, crs=crs, shapes={"Polygon", "MultiPolygon"})


def load_flood_zones(path: Path, crs: CRS) -> gpd.GeoDataFrame:
    """
    Read flood zones as polygons indexed by `zone_id`, valid under `FloodZones`, in `crs`.

    Raises
    ------
    LayerError
        With every fault of the file.
    """
    return conform(read_table(path), FloodZones, crs=crs, shapes={"Polygon", "MultiPolygon"})


@dataclass(frozen=True, slots=True)
class InWater:
    """A place that lies in a lake, and the nearest dry one."""

    name: str
    lon: float
    """Longitude of the nearest dry place [degrees], to a kilometre."""
    lat: float
    distance_m: float
    """Distance to the nearest shore [m]."""


def in_water(
    names: Sequence[str], points: NDArray[np.object_], lakes: gpd.GeoDataFrame
) -> tuple[InWater, ...]:
    """
    Return which points lie in a lake, each with the nearest dry place.

    Parameters
    ----------
    names
        What to call each point.
    points
        Points in the reference system of the lakes [m].
    lakes
        Under the schema `Lakes`.

    Notes
    -----
    The dry place is the nearest of those whose longitude and latitude have two decimals,
    about a kilometre, so that what is read out can be typed in.
    """
    if lakes.empty or not len(points):
        return ()
    water = lakes.union_all()
    shapely.prepare(water)
    to_degrees = Transformer.from_crs(lakes.crs, WGS84, always_xy=True)
    found = []
    for name, point in zip(names, points, strict=True):
        if not shapely.contains(water, point):
            continue
        shore_m = shapely.distance(point, shapely.boundary(water))
        shore = shapely.ops.nearest_points(shapely.boundary(water), point)[0]
        lon, lat = _dry_beside(to_degrees.transform(shore.x, shore.y), water, to_degrees)
        found.append(InWater(name, lon, lat, float(shore_m)))
    return tuple(found)


def _dry_beside(
    shore: tuple[float, float], water: BaseGeometry, to_degrees: Transformer
) -> tuple[float, float]:
    """Return the dry place of two decimals nearest to a point of the shore, in degrees."""
    steps = np.arange(-_DRY_STEPS, _DRY_STEPS + 1) / 100
    lon, lat = (axis.ravel() for axis in np.meshgrid(round(shore[0], 2) + steps, round(shore[1], 2) + steps))
    places = shapely.points(*to_degrees.transform(lon, lat, direction="INVERSE"))
    away = shapely.distance(places, shapely.Point(to_degrees.transform(*shore, direction="INVERSE")))
    nearest = int(np.where(shapely.intersects(water, places), np.inf, away).argmin())
    return round(float(lon[nearest]), 2), round(float(lat[nearest]), 2)
