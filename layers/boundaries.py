"""Boundaries: the country, its regions (first level) and districts (second level)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import geopandas as gpd
import pandera.pandas as pa
from pandera.typing import Index, Series
from pandera.typing.geopandas import GeoSeries
from pyproj import CRS

from layers.conform import conform
from layers.tables import read_table


class Boundaries(pa.DataFrameModel):
    """Columns of every boundary layer once loaded: one polygon per unit of one level."""

    unit_id: Index[str] = pa.Field(unique=True, check_name=True)
    name: Series[str]
    parent_id: Series[str] = pa.Field(description="unit one level up; empty for the country")
    approximate: Series[bool] = pa.Field(description="drawn by hand or derived, not surveyed")
    geometry: GeoSeries[Any] = pa.Field(description="Polygon or MultiPolygon")

    class Config:
        """Drop further columns; coerce number types."""

        strict = "filter"
        coerce = True


def load_boundaries(path: Path, crs: CRS) -> gpd.GeoDataFrame:
    """
    Read the units of one level indexed by `unit_id`, valid under `Boundaries`, in `crs`.

    Raises
    ------
    LayerError
        With every fault of the file.
    """
    return conform(read_table(path), Boundaries, crs=crs, shapes={"Polygon", "MultiPolygon"})
