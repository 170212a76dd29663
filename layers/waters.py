"""Waters: rivers and lakes that stop vehicles, and zones under flood in some months."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import geopandas as gpd
import pandera.pandas as pa
from pandera.typing import Index, Series
from pandera.typing.geopandas import GeoSeries
from pyproj import CRS

from layers.conform import conform
from layers.months import ALL_MONTHS
from layers.tables import read_table


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
