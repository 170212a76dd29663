"""Incidents: dated, placed events, each with how precisely its date and place are known."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pandera.pandas as pa
from numpy.typing import NDArray
from pandera.typing import Index, Series
from pandera.typing.geopandas import GeoSeries
from pyproj import CRS
from scipy.spatial import cKDTree

from layers.conform import LOST, conform
from layers.errors import Fault, LayerError
from layers.sentences import say
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


REVISED = "an earlier row of the same identifier, since revised"
RETOLD = "told by another provider too, within a day and 10 km"

REVISIONS_MAX = 10
"""Rows of one identifier above which it identifies nothing; a judgement."""

MATCHED_DAYS, MATCHED_M = 1, 10_000.0
"""Two providers' events of one type are one event within so many days [d] and so near [m]."""

MATCHED_PRECISION_MAX = 2
"""Coarsest `geo_precision` at which a distance between two records says anything."""


def load_incidents(path: Path, crs: CRS) -> gpd.GeoDataFrame:
    """
    Read incidents as points indexed by `incident_id`, valid under `Incidents`, in `crs`.

    Of rows that share an identifier the last is the revision that counts, and of an event that
    two providers tell the record of the one with more records; how many others there were
    stands in `attrs`, under `LOST`.

    Raises
    ------
    LayerError
        With every fault of the file; a date in another year than the column `year` is one.
    """
    table = read_table(path)
    revised = np.zeros(len(table.frame), dtype=bool)
    if "incident_id" in table.frame:
        keys = table.frame["incident_id"].astype(str)
        shared = keys[keys != ""].value_counts()
        if shared.max() > REVISIONS_MAX:
            raise LayerError(
                [too_often(table.file, "incident_id", str(shared.index[0]), int(shared.iloc[0]))]
            )
        revised = (keys.duplicated(keep="last") & (keys != "")).to_numpy()
        # Each its own key on the way in, so that faults still name the row in the file.
        keys = keys.where(
            ~revised, keys + " (row " + pd.Series(range(len(keys)), keys.index).astype(str) + ")"
        )
        table = replace(table, frame=table.frame.assign(incident_id=keys))
    read = conform(table, Incidents, crs=crs, shapes={"Point"})
    other = (read["date"].notna() & (read["date"].dt.year != read["year"])).to_numpy()
    if other.any():
        at = int(np.argmax(other))
        problem = say(
            "{day} is not in the year {year} beside it",
            day=f"{read['date'].iloc[at]:%Y-%m-%d}",
            year=str(read["year"].iloc[at]),
        )
        rows = int(other.sum())
        raise LayerError([Fault(table.file, problem, say("Correct either."), "date", table.row(at), rows)])
    single = read[~revised]
    retold = told_again(single)
    kept = single[~retold]
    lost = ((REVISED, int(revised.sum())), (RETOLD, int(retold.sum())))
    kept.attrs = read.attrs | {LOST: tuple(each for each in lost if each[1])}
    return kept


def too_often(file: str, column: str, identifier: str, rows: int) -> Fault:
    """Return the fault of an identifier that stands too often to be one."""
    problem = say(
        "{identifier} stands {n} times, so it is no event's own identifier",
        identifier=repr(identifier),
        n=rows,
    )
    return Fault(file, problem, say("Give each event its own; a revision keeps it."), column)


def told_again(incidents: gpd.GeoDataFrame) -> NDArray[np.bool_]:
    """Tell which rows repeat an event that a provider with more records tells too, shape (n_rows,)."""
    retold = np.zeros(len(incidents), dtype=bool)
    counts = incidents["provider"].value_counts()
    # The largest first; the name breaks ties, so that the order of rows changes nothing.
    names = sorted(counts.index, key=lambda name: (-counts[name], name))
    for later in range(1, len(names)):
        ours = incidents["provider"].isin(names[:later]) & ~retold
        pairs = same_events(incidents[ours], incidents[incidents["provider"] == names[later]])
        retold |= incidents.index.isin(pairs["second_id"])
    return retold


def exactly_known(incidents: gpd.GeoDataFrame) -> NDArray[np.bool_]:
    """Tell which records have a day, and a place better than a whole unit, shape (n_rows,)."""
    day = (incidents["date_precision"] == DatePrecision.DAY) & incidents["date"].notna()
    placed = incidents["geo_precision"] <= MATCHED_PRECISION_MAX
    return np.asarray(day & placed, dtype=np.bool_)


def same_events(
    first: gpd.GeoDataFrame,
    second: gpd.GeoDataFrame,
    *,
    days: int = MATCHED_DAYS,
    distance_m: float = MATCHED_M,
) -> pd.DataFrame:
    """
    Return which records of two providers tell of one event.

    Parameters
    ----------
    first, second
        Incidents layers in one projected system [m].
    days
        Largest difference of dates [d], inclusive.
    distance_m
        Largest distance [m], inclusive.

    Returns
    -------
    pd.DataFrame
        Columns first_id, second_id, days apart [d], distance_m [m]. Records pair one to one, same
        event type, nearest in days and then in metres first, ties by identifier. Only records
        dated to the day and placed to precision 1 or 2 take part.
    """
    ours, theirs = first[exactly_known(first)], second[exactly_known(second)]
    near = _near(ours, theirs, distance_m)
    pairs = pd.DataFrame(
        {
            "first_id": ours.index.to_numpy()[near["i"]],
            "second_id": theirs.index.to_numpy()[near["j"]],
            "days": np.abs(_days(ours)[near["i"]] - _days(theirs)[near["j"]]),
            "distance_m": near["v"],
        }
    )
    kinds = ours["event_type"].to_numpy()[near["i"]], theirs["event_type"].to_numpy()[near["j"]]
    pairs = pairs[(kinds[0] == kinds[1]) & (pairs["days"] <= days)]
    return _one_to_one(pairs.sort_values(["days", "distance_m", "first_id", "second_id"]))


def _near(first: gpd.GeoDataFrame, second: gpd.GeoDataFrame, distance_m: float) -> NDArray[np.void]:
    """Return the positions `i` and `j` of every pair within `distance_m`, and its distance `v` [m]."""
    one, two = (cKDTree(np.column_stack([each.geometry.x, each.geometry.y])) for each in (first, second))
    return one.sparse_distance_matrix(two, distance_m, output_type="ndarray")


def _days(incidents: gpd.GeoDataFrame) -> NDArray[np.int64]:
    return np.asarray(incidents["date"].to_numpy().astype("datetime64[D]"), dtype=np.int64)


def _one_to_one(ordered: pd.DataFrame) -> pd.DataFrame:
    """Keep the closest pairs so that no record is used twice."""
    ours: set[str] = set()
    theirs: set[str] = set()
    kept = []
    for number, (one, other) in enumerate(zip(ordered["first_id"], ordered["second_id"], strict=True)):
        if one not in ours and other not in theirs:
            ours.add(one)
            theirs.add(other)
            kept.append(number)
    return ordered.iloc[kept].reset_index(drop=True)
