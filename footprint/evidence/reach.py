"""Reach of what happened: could troops and tiers have reached the killings of a time, from its own sites?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from footprint.demand.weights import only_year
from footprint.indicators.indicator import Indicator
from footprint.indicators.levels import Delivery, level_of
from footprint.prepared import Prepared
from footprint.review import Review, review
from footprint.scenario import Scenario
from footprint.travel.router import Router
from footprint.violence.counted import counted_incidents
from layers import Area
from layers.sites import open_on

MEASURES = (
    Indicator.FORCE,
    Indicator.FORCE_GROUND,
    Indicator.TIER_1,
    Indicator.TIER_2,
    Indicator.TIER_3,
    Indicator.CIRCLE,
)
"""What is held against events: levels of cells, and the circle map."""

NEAR = 2
"""Coarsest `geo_precision` of an event whose cell says where it was: within about 25 km."""

YEARS, MONTHS = 6, 12
DRAWS, RESAMPLES, SEED = 10_000, 2_000, 20190630
BAND = (0.05, 0.95)


@dataclass(frozen=True, slots=True)
class Time:
    """A time whose events are asked about."""

    first: date
    last: date
    by_year: bool
    """Whether it is a calendar year, whose own sites are known."""


@dataclass(frozen=True, slots=True)
class Reached:
    """One measure over the people, and over the events, of a time."""

    measure: Indicator
    people: float
    """Mean over people and months [0-1]."""
    events: float
    """Mean over events, each in its month and cell [0-1]; NaN without events, or where not known."""
    low: float
    high: float
    """5 and 95 % of that over events drawn again [0-1]."""
    p: float
    """Two-sided, against as many places drawn in proportion to people; NaN without events."""


@dataclass(frozen=True, slots=True, eq=False)
class ReachOfEvents:
    """What could have been reached of the events of a time."""

    span: Time
    n_sites: int
    n_events: int
    n_year_only: int
    """Of these, known by their year only: they take the mean of its months."""
    n_elsewhere: int
    """Events with civilian deaths that are placed too poorly to have a cell."""
    measures: tuple[Reached, ...] = field(repr=False)


def reach_of_events(prepared: Prepared, router: Router) -> tuple[ReachOfEvents, ...]:
    """
    Hold the events with civilian deaths of each time against what could have been reached then.

    Parameters
    ----------
    prepared, router
        The area, and its searches.

    Returns
    -------
    tuple of ReachOfEvents
        A calendar year each, at most six, where the data say when sites were open; else the last 12 and
        the last 24 months before the frame date, by the sites of the frame date. Times without
        events are left out.

    Notes
    -----
    Descriptive: it says where events were beside where troops could come, and neither what troops did
    nor what will be. Roads, waters and people are those of the frame date.
    """
    area = prepared.area
    deadly = _deadly(area)
    times = _times(area)
    found = []
    for span in times:
        then = deadly[_within(deadly, span)]
        if len(then):
            sites = _sites_of(area, span)
            answer = review(replace(prepared, area=sites), Scenario("then"), router)
            found.append(_reach(area, span, then, answer))
    return tuple(found)


def _deadly(area: Area) -> gpd.GeoDataFrame:
    counted = counted_incidents(area.incidents).incidents
    return counted[counted["deaths_civilians"] > 0]


def _times(area: Area) -> tuple[Time, ...]:
    every = area.sites if area.other_sites is None else pd.concat([area.sites, area.other_sites])
    dated = every["open_from"].dropna()
    last = area.frame_date
    if len(dated):
        first = max(int(dated.dt.year.min()), last.year - YEARS + 1)
        years = range(first, last.year + 1)
        return tuple(Time(date(y, 1, 1), min(date(y, 12, 31), last), by_year=True) for y in years)
    starts = ((pd.Timestamp(last) - pd.DateOffset(months=n) + pd.Timedelta(days=1)).date() for n in (12, 24))
    return tuple(Time(first, last, by_year=False) for first in starts)


def _within(events: gpd.GeoDataFrame, span: Time) -> NDArray[np.bool_]:
    vague, years = only_year(events), events["year"].to_numpy()
    days = events["date"].to_numpy(dtype="datetime64[D]")
    dated = (days >= np.datetime64(span.first)) & (days <= np.datetime64(span.last))
    # Of events known by their year nobody knows which had been on the frame date: the whole year's count.
    whole = years == span.first.year if span.by_year else np.zeros(len(events), dtype=bool)
    return np.where(vague, whole, dated)


def _sites_of(area: Area, span: Time) -> Area:
    """Return the area with the sites open in the middle of a time."""
    if not span.by_year or area.other_sites is None or area.other_assets is None:
        return area
    middle = span.first + (span.last - span.first) / 2
    sites = gpd.GeoDataFrame(pd.concat([area.sites, area.other_sites]), crs=area.crs)
    assets = pd.concat([area.assets, area.other_assets])
    stands = sites[open_on(sites, middle)]
    return replace(area, sites=stands, assets=assets[assets["site_id"].isin(stands.index)])


def _reach(area: Area, span: Time, events: gpd.GeoDataFrame, then: Review) -> ReachOfEvents:
    cell = area.grid.cell_at(events.geometry.x.to_numpy(), events.geometry.y.to_numpy())
    placed = (events["geo_precision"].to_numpy() <= NEAR) & (cell >= 0)
    vague = only_year(events)[placed]
    month = np.where(vague, 0, events["date"].dt.month.fillna(0).to_numpy(dtype=int)[placed])
    people = np.nan_to_num(area.population.people)
    if vague.any():
        span = replace(span, last=date(span.first.year, 12, 31))
    return ReachOfEvents(
        span=span,
        n_sites=len(then.stations),
        n_events=int(placed.sum()),
        n_year_only=int(vague.sum()),
        n_elsewhere=int((~placed).sum()),
        measures=tuple(_measure(then.delivery, each, cell[placed], month, people) for each in MEASURES),
    )


def _measure(
    delivery: Delivery,
    measure: Indicator,
    cell: NDArray[np.int32],
    month: NDArray[np.int64],
    people: NDArray[np.float64],
) -> Reached:
    """Return one measure over people and over events; `month` 0 is the mean of the year."""
    levels = _levels(delivery, measure)
    share = people / people.sum() if people.sum() > 0 else people
    over_people = float(levels[1:].mean(axis=0) @ share)
    if not len(cell):
        return Reached(measure, over_people, np.nan, np.nan, np.nan, np.nan)
    values = levels[month, cell]
    generator = np.random.default_rng(SEED)
    again = generator.integers(0, len(values), (RESAMPLES, len(values)))
    low, high = np.quantile(values[again].mean(axis=1), BAND)
    places = generator.choice(len(share), (DRAWS, len(values)), p=share)
    drawn = levels[np.broadcast_to(month, places.shape), places].mean(axis=1)
    mean = float(values.mean())
    tail = min(_rank(drawn <= mean + 1e-9), _rank(drawn >= mean - 1e-9))
    p = float("nan") if np.isnan(mean) else min(1.0, 2 * tail)
    return Reached(measure, over_people, mean, float(low), float(high), p)


def _rank(hits: NDArray[np.bool_]) -> float:
    return (int(hits.sum()) + 1) / (len(hits) + 1)


def _levels(delivery: Delivery, measure: Indicator) -> NDArray[np.float64]:
    """Return the mean of the year and each month of a measure, NaN where not known, shape (13, n_cells)."""
    months = [level_of(delivery, measure, month) for month in range(1, MONTHS + 1)]
    levels = np.array(months, dtype=np.float64)
    tiers: Sequence[Indicator] = (Indicator.TIER_1, Indicator.TIER_2, Indicator.TIER_3)
    if measure in tiers:
        levels[delivery.unknown[tiers.index(measure)]] = np.nan
    elif measure is not Indicator.CIRCLE and not delivery.force_known:
        levels[:] = np.nan
    return np.concatenate([levels.mean(axis=0)[None], levels])
