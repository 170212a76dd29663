"""Sites and their assets: who is stationed where, with what, on the frame date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pandera.pandas as pa
from pandera.typing import Index, Series
from pandera.typing.geopandas import GeoSeries
from pyproj import CRS

from layers.conform import conform
from layers.errors import Fault, LayerError
from layers.months import ALL_MONTHS
from layers.sentences import say
from layers.tables import read_table


class SiteKind(StrEnum):
    """What a site is."""

    SECTOR_HQ = "sector_hq"
    CAMP = "camp"
    FIELD_OFFICE = "field_office"
    TOB = "tob"
    SEASONAL_TOB = "seasonal_tob"
    CLA_POST = "cla_post"
    AIRSTRIP = "airstrip"


class Confidence(StrEnum):
    """How far a fact can be trusted; `ASSUMED` says that nobody has stated it."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    ASSUMED = "assumed"


class Sites(pa.DataFrameModel):
    """Columns of every sites layer once loaded: one row per place with people stationed."""

    site_id: Index[str] = pa.Field(unique=True, check_name=True)
    name: Series[str]
    kind: Series[str] = pa.Field(isin=list(SiteKind))
    months: Series[int] = pa.Field(ge=1, le=ALL_MONTHS, description="months open, bit m-1 for m")
    open_from: Series[np.datetime64] = pa.Field(nullable=True, description="first day, empty if unknown")
    open_to: Series[np.datetime64] = pa.Field(nullable=True, description="last day, empty if still open")
    confidence: Series[str] = pa.Field(isin=list(Confidence))
    source: Series[str]
    geometry: GeoSeries[Any]

    class Config:
        """Drop further columns; coerce number types."""

        strict = "filter"
        coerce = True


class Assets(pa.DataFrameModel):
    """
    Columns of every assets layer once loaded: one row per kind of asset at a site.

    Empty availability, notice and mission share stay empty here: the method's default
    stands in for them in a review, where it is shown as such.
    """

    asset_id: Index[str] = pa.Field(unique=True, check_name=True)
    site_id: Series[str]
    kind: Series[str] = pa.Field(
        str_matches=r"^[a-z][a-z0-9_]*$", description="small letters, digits and underscores, a letter first"
    )
    count: Series[int] = pa.Field(ge=1, le=1000, description="how many [-]")
    availability: Series[float] = pa.Field(nullable=True, ge=0, le=1, description="share of time fit for use")
    notice_min: Series[float] = pa.Field(nullable=True, ge=0, description="time before moving off [min]")
    mission_share: Series[float] = pa.Field(
        nullable=True, ge=0, le=1, description="share tasked by the mission"
    )
    is_least: Series[bool] = pa.Field(
        default=False, description="whether the count is known as a lower bound alone; may be missing"
    )
    confidence: Series[str] = pa.Field(isin=list(Confidence))
    source: Series[str]

    class Config:
        """Drop further columns; coerce number types."""

        strict = "filter"
        coerce = True


def load_sites(path: Path, crs: CRS) -> gpd.GeoDataFrame:
    """
    Read sites as points indexed by `site_id`, valid under `Sites`, in `crs`.

    Raises
    ------
    LayerError
        With every fault of the file; a site that closes before it opens is one.
    """
    table = read_table(path)
    read = conform(table, Sites, crs=crs, shapes={"Point"})
    backwards = (read["open_to"] < read["open_from"]).to_numpy()
    if backwards.any():
        at = int(np.argmax(backwards))
        first, last = (f"{read[name].iloc[at]:%Y-%m-%d}" for name in ("open_from", "open_to"))
        problem = say(
            "{site} closes on {last}, before it opens on {first}",
            site=str(read.index[at]),
            last=last,
            first=first,
        )
        rows = int(backwards.sum())
        raise LayerError([Fault(table.file, problem, say("Correct either."), "open_to", table.row(at), rows)])
    return read


def load_assets(path: Path, crs: CRS) -> pd.DataFrame:
    """
    Read assets indexed by `asset_id`, valid under `Assets`.

    Raises
    ------
    LayerError
        With every fault of the file.
    """
    table = read_table(path)
    if "source" in table.frame.columns and "is_least" not in table.frame.columns:
        # Folders built before the column was one tell it by how the source ends; it must not get lost.
        least = table.frame["source"].fillna("").astype(str).str.endswith(_ONCE_TOLD_BY)
        table = replace(table, frame=table.frame.assign(is_least=least.map({True: "true", False: "false"})))
    return pd.DataFrame(conform(table, Assets, crs=crs))


_ONCE_TOLD_BY = "; at least so many"


def open_on(sites: pd.DataFrame, day: date) -> pd.Series[bool]:
    """
    Tell which sites are open on a day, by their first and last day.

    An unknown first day counts as long before, an empty last day as open still; both days
    are inclusive. Months in which a seasonal site is shut are another matter.
    """
    then = pd.Timestamp(day)
    begun = sites["open_from"].isna() | (sites["open_from"] <= then)
    return begun & (sites["open_to"].isna() | (sites["open_to"] >= then))
