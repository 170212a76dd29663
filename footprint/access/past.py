"""Past: which incidents of the time before the frame date have a cell, and a month or at least a year?"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from footprint.demand.weights import only_year
from footprint.indicators.periods import MONTHS
from footprint.violence.counted import counted_incidents
from layers import Area
from layers.incidents import EventType

_YEAR_END = (12, 31)

NEAR = 2
"""Coarsest `geo_precision` of an incident whose cell says where it was: within about 25 km."""


@dataclass(frozen=True, slots=True, eq=False)
class PastIncidents:
    """Incidents of one kind in a span of months before the frame date, each event once."""

    first: date
    last: date
    """The frame date."""
    cell: NDArray[np.int32] = field(repr=False)
    """Cell of each that lies in the span and has one, shape (n,)."""
    in_month: NDArray[np.float64] = field(repr=False)
    """
    Share of each of these that lies in each month, shape (12, n): all of it in its own month, a twelfth in
    each of one that is known by its year only.
    """
    by_year: int
    """Of these known by their year only."""
    near: int
    """Of these known to about 25 km only."""
    misplaced: int
    """In the span, placed too poorly to have a cell; left out."""
    undated: int
    """Known by a year that lies only partly in the span: nobody knows whether they do; left out."""
    unstated: int
    """Of which nobody states whether they are of the kind; left out."""
    known: bool
    """Whether the area has any layer of incidents."""


def past_killings(area: Area, months: int) -> PastIncidents:
    """Return the incidents in which civilians died, of so many months before the frame date."""
    counted = counted_incidents(area.incidents).incidents
    deaths = counted["deaths_civilians"].to_numpy(dtype=float)
    return _past(area, counted, (deaths > 0, np.isnan(deaths)), months)


def past_alerts(area: Area, months: int) -> PastIncidents:
    """
    Return the attacks on civilians of so many months before the frame date.

    Of incidents whose kind the source does not say, those in which civilians died count.
    """
    counted = counted_incidents(area.incidents).incidents
    kind, deaths = counted["event_type"].to_numpy(), counted["deaths_civilians"].to_numpy(dtype=float)
    vague = kind == EventType.UNKNOWN
    attacks = (kind == EventType.ATTACK_ON_CIVILIANS) | (vague & (deaths > 0))
    return _past(area, counted, (attacks, vague & np.isnan(deaths)), months)


def _past(
    area: Area,
    counted: gpd.GeoDataFrame,
    kind: tuple[NDArray[np.bool_], NDArray[np.bool_]],
    months: int,
) -> PastIncidents:
    """Return what lies in the span, of the kind or of a kind not stated."""
    wanted, unstated = kind
    last = area.frame_date
    first = (pd.Timestamp(last) - pd.DateOffset(months=months) + pd.Timedelta(days=1)).date()
    vague, years = only_year(counted), counted["year"].to_numpy()
    days = counted["date"].to_numpy(dtype="datetime64[D]")
    whole = (years >= first.year + (first != date(first.year, 1, 1))) & (
        years <= last.year - (last != date(last.year, *_YEAR_END))
    )
    touched = (years >= first.year) & (years <= last.year)
    inside = np.where(vague, whole, (days >= np.datetime64(first)) & (days <= np.datetime64(last)))
    perhaps = vague & touched & ~whole
    cell = area.grid.cell_at(counted.geometry.x.to_numpy(), counted.geometry.y.to_numpy())
    precision = counted["geo_precision"].to_numpy()
    placed = (precision <= NEAR) & (cell >= 0)
    used = wanted & inside & placed
    return PastIncidents(
        first=first,
        last=last,
        cell=np.asarray(cell[used], dtype=np.int32),
        in_month=_in_month(counted["date"].dt.month.fillna(0).to_numpy(dtype=int)[used], vague[used]),
        by_year=int(vague[used].sum()),
        near=int((precision[used] == NEAR).sum()),
        misplaced=int((wanted & inside & ~placed).sum()),
        undated=int((wanted & perhaps).sum()),
        unstated=int((unstated & (inside | perhaps)).sum()),
        known="incidents" not in area.absent,
    )


def _in_month(month: NDArray[np.int_], vague: NDArray[np.bool_]) -> NDArray[np.float64]:
    own = np.asarray(month[None, :] == np.arange(1, MONTHS + 1)[:, None])
    return np.where(vague, 1 / MONTHS, own).astype(float)
