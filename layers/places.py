"""Places: towns and villages, for names on the map and for checking the network."""

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


class PlaceKind(StrEnum):
    """What a place is the seat of, if anything."""

    CAPITAL = "capital"
    REGION_SEAT = "region_seat"
    CERCLE_SEAT = "cercle_seat"
    TOWN = "town"
    VILLAGE = "village"


class Places(pa.DataFrameModel):
    """Columns of every places layer once loaded: one point per settlement."""

    place_id: Index[str] = pa.Field(unique=True, check_name=True)
    name: Series[str]
    kind: Series[str] = pa.Field(isin=list(PlaceKind))
    people: Series[float] = pa.Field(
        nullable=True, ge=0, description="inhabitants [persons]; empty if not stated"
    )
    geometry: GeoSeries[Any]

    class Config:
        """Drop further columns; coerce number types."""

        strict = "filter"
        coerce = True


def load_places(path: Path, crs: CRS) -> gpd.GeoDataFrame:
    """
    Read settlements as points indexed by `place_id`, valid under `Places`, in `crs`.

    Raises
    ------
    LayerError
        With every fault of the file.
    """
    return conform(read_table(path), Places, crs=crs, shapes={"Point"})
