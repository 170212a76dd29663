"""Roads: the lines of the network, with what is known of each."""

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
from layers.months import ALL_MONTHS
from layers.tables import read_table


class RoadClass(StrEnum):
    """Functional class, in OpenStreetMap's words."""

    TRUNK = "trunk"
    PRIMARY = "primary"
    SECONDARY = "secondary"
    TERTIARY = "tertiary"
    UNCLASSIFIED = "unclassified"
    RESIDENTIAL = "residential"
    TRACK = "track"
    PATH = "path"


class Surface(StrEnum):
    """What the road is made of; `UNKNOWN` is reckoned as unpaved and counted."""

    PAVED = "paved"
    UNPAVED = "unpaved"
    UNKNOWN = "unknown"


class Smoothness(StrEnum):
    """State of the surface."""

    GOOD = "good"
    BAD = "bad"
    VERY_BAD = "very_bad"
    HORRIBLE = "horrible"
    UNKNOWN = "unknown"


class Crossing(StrEnum):
    """How a road crosses water, if it does."""

    NONE = "none"
    BRIDGE = "bridge"
    FERRY = "ferry"


class Roads(pa.DataFrameModel):
    """Columns of every roads layer once loaded: one line per row, joined at their ends."""

    road_id: Index[str] = pa.Field(unique=True, check_name=True)
    name: Series[str]
    road_class: Series[str] = pa.Field(isin=list(RoadClass))
    surface: Series[str] = pa.Field(isin=list(Surface))
    smoothness: Series[str] = pa.Field(isin=list(Smoothness))
    crossing: Series[str] = pa.Field(isin=list(Crossing))
    raised: Series[bool] = pa.Field(description="on a dyke or causeway, passable in flood")
    search_rated: Series[bool] = pa.Field(description="searched for explosive devices before use")
    closed_months: Series[int] = pa.Field(ge=0, le=ALL_MONTHS, description="months shut, bit m-1 for m")
    length_km: Series[float] = pa.Field(
        nullable=True, gt=0, description="stated length [km]; empty: as drawn"
    )
    stated_min: Series[float] = pa.Field(
        nullable=True, gt=0, description="provider's driving time [min], to compare"
    )
    geometry: GeoSeries[Any] = pa.Field(description="LineString")

    class Config:
        """Drop further columns; coerce number types."""

        strict = "filter"
        coerce = True


def load_roads(path: Path, crs: CRS) -> gpd.GeoDataFrame:
    """
    Read roads as lines indexed by `road_id`, valid under `Roads`, in `crs`.

    Raises
    ------
    LayerError
        With every fault of the file.
    """
    return conform(read_table(path), Roads, crs=crs, shapes={"LineString"})
