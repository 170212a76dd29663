"""Airfields: where aircraft can land, whoever owns them."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandera.pandas as pa
from pandera.typing import Index, Series
from pandera.typing.geopandas import GeoSeries
from pyproj import CRS

from layers.conform import conform
from layers.tables import read_table


class AirfieldKind(StrEnum):
    """What an airfield takes."""

    AIRPORT = "airport"
    AIRSTRIP = "airstrip"
    HELIPORT = "heliport"
    CLOSED = "closed"


class Airfields(pa.DataFrameModel):
    """Columns of every airfields layer once loaded: one point per field."""

    airfield_id: Index[str] = pa.Field(unique=True, check_name=True)
    name: Series[str]
    kind: Series[str] = pa.Field(isin=list(AirfieldKind))
    runway_m: Series[float] = pa.Field(
        nullable=True, ge=0, description="longest runway [m]; empty if not stated"
    )
    geometry: GeoSeries[Any]

    class Config:
        """Drop further columns; coerce number types."""

        strict = "filter"
        coerce = True


def load_airfields(path: Path, crs: CRS) -> gpd.GeoDataFrame:
    """
    Read airfields as points indexed by `airfield_id`, valid under `Airfields`, in `crs`.

    Raises
    ------
    LayerError
        With every fault of the file.
    """
    return conform(read_table(path), Airfields, crs=crs, shapes={"Point"})
