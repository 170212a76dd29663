"""Weights: what one incident counts for on a day, by severity, source and age."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from footprint.method import Demand
from layers.incidents import DatePrecision

_DAY = np.timedelta64(86_400, "s")
_EPOCH = 1970


def incident_weights(incidents: gpd.GeoDataFrame, *, numbers: Demand, day: date) -> NDArray[np.float64]:
    """
    Return severity times reliability times decay with age of each incident [-].

    Parameters
    ----------
    incidents
        Valid under `layers.incidents.Incidents`.
    numbers
        Half-life, severity cap and reliabilities.
    day
        Day on which ages are taken; what came after it weighs nothing.

    Notes
    -----
    ``min(1 + log2(1 + deaths), cap) * reliability * 2 ** (-age / half-life)``; deaths not stated count
    as none. An incident of which only the year is known has the middle of its year as its date; in
    the year of `day` it counts by the share of the year elapsed, from the middle of that part.
    """
    severity = np.minimum(1 + np.log2(1 + incidents["deaths"].fillna(0.0).to_numpy()), numbers.severity_cap)
    reliability = np.asarray(numbers.reliability)[incidents["reliability"].to_numpy() - 1]
    when, elapsed = _dated(incidents, day)
    age_days = (np.datetime64(day).astype("datetime64[s]") - when) / _DAY
    decay = np.where(age_days >= 0, 2.0 ** (-np.maximum(age_days, 0.0) / numbers.half_life_days), 0.0)
    return np.asarray(severity * reliability * elapsed * decay, dtype=np.float64)


def only_year(incidents: gpd.GeoDataFrame) -> NDArray[np.bool_]:
    """Return of which incidents only the year is known, shape (n,)."""
    vague = incidents["date"].isna() | (incidents["date_precision"] == DatePrecision.YEAR)
    return np.asarray(vague, dtype=bool)


def _dated(incidents: gpd.GeoDataFrame, day: date) -> tuple[NDArray[np.datetime64], NDArray[np.float64]]:
    """Return the day each incident is taken to be of, and the share of it that has been."""
    vague, years = only_year(incidents), incidents["year"].to_numpy()
    first, next_first = _january(years), _january(years + 1)
    end = np.minimum(next_first, np.datetime64(day) + _DAY)
    elapsed = np.maximum((end - first) / (next_first - first), 0.0)
    # Of a year that is yet to come nothing has been: its middle lies after the day.
    middle = first + np.maximum(end - first, _DAY) // 2
    when = np.where(vague, middle, incidents["date"].to_numpy(dtype="datetime64[s]"))
    return when, np.where(vague, elapsed, 1.0)


def _january(years: NDArray[np.int64]) -> NDArray[np.datetime64]:
    """Return the first second of each year."""
    return (years - _EPOCH).astype("datetime64[Y]").astype("datetime64[s]")
