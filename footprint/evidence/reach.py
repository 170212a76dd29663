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
from footprint.method import EvidenceNumbers
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

_YEAR_END = (12, 31)

NEAR = 2
"""Coarsest `geo_precision` of an event whose cell says where it was: within about 25 km."""

MONTHS = 12
BAND = (0.05, 0.95)
"""Ends of the band over events drawn again."""

_ROUNDING = 1e-9
"""Means this close are equal, and count as a tie."""


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
    inhabited: bool
    """Whether the data know of anybody who lives there."""
    n_places: int
    """Different cells that they lie in."""
    n_year_only: int
    """Of these, known by their year only: they take the mean of its months."""
    n_elsewhere: int
    """Events with civilian deaths that are placed too poorly to have a cell."""
    n_undated: int
    """Events known by a year that lies only partly in the time: nobody knows whether they do; left out."""
    measures: tuple[Reached, ...] = field(repr=False)


def as_told(reach: ReachOfEvents, numbers: EvidenceNumbers) -> ReachOfEvents:
    """
    Return a time without band and p where its places are too few to tell anything by them.

    Many killings in one cell are one place: drawn again and again, they make no band.
    """
    if reach.n_places >= numbers.events_min:
        return reach
    bare = tuple(replace(each, low=np.nan, high=np.nan, p=np.nan) for each in reach.measures)
    return replace(reach, measures=bare)


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
        The earliest first: a calendar year each, the latest `evidence.years_max`, where the data say
        when sites were open; else two spans of months before the frame date, by the sites of the
        frame date. Times without events, dated or not, are left out.

    Notes
    -----
    An event known by its year only counts in a time that holds the whole year, at the mean of its
    months; in the frame date's own year it counts whole. Descriptive: it says where events were beside
    where troops could come, and neither what troops did nor what will be. Roads, waters, assets and
    people are those of the frame date.
    """
    area = prepared.area
    deadly = _deadly(area)
    times = _times(area, prepared.method.evidence)
    found = []
    for span in times:
        inside, perhaps = _within(deadly, span)
        if inside.any() or perhaps.any():
            sites = _sites_of(area, span)
            answer = review(replace(prepared, area=sites), Scenario("then"), router)
            reached = _reach(area, span, deadly[inside], answer, prepared.method.evidence)
            found.append(replace(reached, n_undated=int(perhaps.sum())))
    return tuple(found)


def _deadly(area: Area) -> gpd.GeoDataFrame:
    counted = counted_incidents(area.incidents).incidents
    return counted[counted["deaths_civilians"] > 0]


def _times(area: Area, numbers: EvidenceNumbers) -> tuple[Time, ...]:
    every, last = _all_sites(area), area.frame_date
    spans = sorted({numbers.window_months, numbers.long_window_months}, reverse=True)
    starts = [(pd.Timestamp(last) - pd.DateOffset(months=n) + pd.Timedelta(days=1)).date() for n in spans]
    dated = pd.concat([every["open_from"], every["open_to"]]).dropna()
    # What opens or closes later says nothing of the years before.
    dated = dated[dated <= pd.Timestamp(last)]
    if dated.empty:
        return tuple(Time(first, last, by_year=False) for first in starts)
    # As far back as dates tell, and no less far than without them.
    begun = min(int(dated.dt.year.min()), starts[0].year)
    years = range(max(begun, last.year - numbers.years_max + 1), last.year + 1)
    return tuple(Time(date(year, 1, 1), min(date(year, 12, 31), last), by_year=True) for year in years)


def _all_sites(area: Area) -> gpd.GeoDataFrame:
    """Return the sites of the frame date and of other times."""
    if area.other_sites is None:
        return area.sites
    return gpd.GeoDataFrame(pd.concat([area.sites, area.other_sites]), crs=area.crs)


def _within(events: gpd.GeoDataFrame, span: Time) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which events lie in a time, and of which, known by their year, nobody knows."""
    vague, years = only_year(events), events["year"].to_numpy()
    days = events["date"].to_numpy(dtype="datetime64[D]")
    dated = (days >= np.datetime64(span.first)) & (days <= np.datetime64(span.last))
    if span.by_year:
        # In the frame date's year too: which had been by then nobody knows.
        whole = years == span.first.year
    else:
        begins = span.first.year + (span.first != date(span.first.year, 1, 1))
        ends = span.last.year - (span.last != date(span.last.year, *_YEAR_END))
        whole = (years >= begins) & (years <= ends)
    touched = (years >= span.first.year) & (years <= span.last.year)
    return np.where(vague, whole, dated), vague & touched & ~whole


def _sites_of(area: Area, span: Time) -> Area:
    """Return the area with the sites open in the middle of a time."""
    if not span.by_year:
        return area
    middle = span.first + (span.last - span.first) / 2
    sites, assets = _all_sites(area), area.assets
    if area.other_assets is not None:
        assets = pd.concat([assets, area.other_assets])
    stands = sites[open_on(sites, middle)]
    return replace(area, sites=stands, assets=assets[assets["site_id"].isin(stands.index)])


def _reach(
    area: Area, span: Time, events: gpd.GeoDataFrame, then: Review, numbers: EvidenceNumbers
) -> ReachOfEvents:
    cell = area.grid.cell_at(events.geometry.x.to_numpy(), events.geometry.y.to_numpy())
    placed = (events["geo_precision"].to_numpy() <= NEAR) & (cell >= 0)
    by_year = only_year(events)
    vague = by_year[placed]
    month = np.where(vague, 0, events["date"].dt.month.fillna(0).to_numpy(dtype=int)[placed])
    people = np.nan_to_num(area.population.people)
    if span.by_year and by_year.any():
        span = replace(span, last=date(span.first.year, *_YEAR_END))
    return ReachOfEvents(
        span=span,
        n_sites=len(then.stations),
        n_events=int(placed.sum()),
        inhabited=bool(people.sum() > 0),
        n_places=len(np.unique(cell[placed])),
        n_year_only=int(vague.sum()),
        n_elsewhere=int((~placed).sum()),
        n_undated=0,
        measures=_measures(then.delivery, (cell[placed], month), people, numbers),
    )


def _measures(
    delivery: Delivery,
    where: tuple[NDArray[np.int32], NDArray[np.int64]],
    people: NDArray[np.float64],
    numbers: EvidenceNumbers,
) -> tuple[Reached, ...]:
    """Return each measure over people and over events, in their cells and months; month 0 is the year."""
    cell = where[0]
    inhabited = bool(people.sum() > 0)
    share = people / people.sum() if inhabited else np.full(len(people), np.nan)
    if not len(cell):
        nothing = (np.nan, np.nan, np.nan, np.nan)
        return tuple(
            Reached(each, _over_people(_levels(delivery, each), share), *nothing) for each in MEASURES
        )
    generator = np.random.default_rng(numbers.seed)
    again = generator.integers(0, len(cell), (numbers.resamples, len(cell)))
    # The same places for every measure: what is drawn once can be held side by side.
    places = generator.choice(len(share), (numbers.draws, len(cell)), p=share if inhabited else None)
    return tuple(_measure(each, _levels(delivery, each), where, share, (again, places)) for each in MEASURES)


def _over_people(levels: NDArray[np.float64], share: NDArray[np.float64]) -> float:
    return float(levels[1:].mean(axis=0) @ share)


def _measure(
    measure: Indicator,
    levels: NDArray[np.float64],
    where: tuple[NDArray[np.int32], NDArray[np.int64]],
    share: NDArray[np.float64],
    draws: tuple[NDArray[np.int64], NDArray[np.int64]],
) -> Reached:
    (cell, month), (again, places) = where, draws
    over_people, values = _over_people(levels, share), levels[month, cell]
    low, high = np.quantile(values[again].mean(axis=1), BAND)
    mean = float(values.mean())
    if np.isnan(mean) or np.isnan(over_people):
        return Reached(measure, over_people, mean, float(low), float(high), np.nan)
    drawn = levels[np.broadcast_to(month, places.shape), places].mean(axis=1)
    tail = min(_rank(drawn <= mean + _ROUNDING), _rank(drawn >= mean - _ROUNDING))
    return Reached(measure, over_people, mean, float(low), float(high), min(1.0, 2 * tail))


def _rank(hits: NDArray[np.bool_]) -> float:
    return (int(hits.sum()) + 1) / (len(hits) + 1)


def _levels(delivery: Delivery, measure: Indicator) -> NDArray[np.float64]:
    """Return the mean of the year and each month of a measure, NaN where not known, shape (13, n_cells)."""
    months = [level_of(delivery, measure, month) for month in range(1, MONTHS + 1)]
    levels = np.array(months, dtype=np.float64)
    tiers: Sequence[Indicator] = (Indicator.TIER_1, Indicator.TIER_2, Indicator.TIER_3)
    if measure in tiers:
        levels[delivery.unknown[tiers.index(measure)]] = np.nan
    elif not delivery.force_known:
        levels[:] = np.nan
    return np.concatenate([levels.mean(axis=0)[None], levels])
