"""Incidents: dated, placed events, each with how precisely its date and place are known."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandera.pandas as pa
from pandera.typing import Index, Series
from pandera.typing.geopandas import GeoSeries
from pyproj import CRS

from layers.conform import conform
from layers.tables import read_table


class EventType(StrEnum):
    """What happened, in the words both public providers can be brought to."""

    ATTACK_ON_CIVILIANS = "attack_on_civilians"
    BATTLE = "battle"
    EXPLOSION = "explosion"
    OTHER = "other"
    UNKNOWN = "unknown"


class DatePrecision(StrEnum):
    """The span a date stands for."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class Incidents(pa.DataFrameModel):
    """
    Columns of every incidents layer once loaded: one row per event.

    `geo_precision` 1 is the place itself, 2 within about 25 km, 3 its second-level unit
    (district), 4 its first-level unit (region), 5 to be reviewed, 6 no better than the
    country. The point of an event of precision 3 or more is only a stand-in.
    """

    incident_id: Index[str] = pa.Field(unique=True, check_name=True)
    date: Series[np.datetime64] = pa.Field(
        nullable=True, description="first day; empty if only the year is known"
    )
    year: Series[int] = pa.Field(ge=1900, le=2100)
    date_precision: Series[str] = pa.Field(isin=list(DatePrecision))
    event_type: Series[str] = pa.Field(isin=list(EventType))
    deaths: Series[float] = pa.Field(
        nullable=True, ge=0, description="best estimate [persons]; empty if not stated"
    )
    deaths_civilians: Series[float] = pa.Field(
        nullable=True, ge=0, description="of these civilians [persons]"
    )
    geo_precision: Series[int] = pa.Field(ge=1, le=6)
    reliability: Series[int] = pa.Field(ge=1, le=3, description="source reliability, 1 best")
    adm1: Series[str] = pa.Field(description="region as the provider names it, may be empty")
    adm2: Series[str] = pa.Field(description="district as the provider names it, may be empty")
    place: Series[str]
    provider: Series[str]
    invented: Series[bool]
    geometry: GeoSeries[Any]

    class Config:
        """Drop further columns; coerce number types."""

        strict = "filter"
        coerce = True


def load_incidents(path: Path, crs: CRS) -> gpd.GeoDataFrame:
    """
    Read incidents as points indexed by `incident_id`, valid under `Incidents`, in `crs`.

    Raises
    ------
    LayerError
        With every fault of the file.
    """
    return conform(read_table(path), Incidents, crs=crs, shapes={"Point"})
