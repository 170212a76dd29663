"""Places: towns and villages, for names on the map and for checking the network."""

from __future__ import annotations

from dataclasses import replace
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
    DISTRICT_SEAT = "cercle_seat"
    """Seat of a unit of the second level; written as folders have always had it."""
    CERCLE_SEAT = "cercle_seat"
    """The former name of `DISTRICT_SEAT`."""
    TOWN = "town"
    VILLAGE = "village"


OTHER_WORDS = {"district_seat": str(PlaceKind.DISTRICT_SEAT)}
"""Kinds that a file may also write otherwise."""


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

    A seat of a second-level unit may be written "district_seat" or "cercle_seat".

    Raises
    ------
    LayerError
        With every fault of the file.
    """
    table = read_table(path)
    if "kind" in table.frame:
        table = replace(table, frame=table.frame.assign(kind=table.frame["kind"].replace(OTHER_WORDS)))
    return conform(table, Places, crs=crs, shapes={"Point"})
