"""Contributions: what hangs on each site, and how the mission stands if sites fail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from footprint.coverage.capabilities import troops_by_land
from footprint.coverage.effects import Effects
from footprint.coverage.footprints import FORCE, TIERS, deliver, rule_of
from footprint.coverage.nearest import leave_one_out, nearest_two, within
from footprint.coverage.packing import unit_months
from footprint.coverage.portfolios import portfolios
from footprint.coverage.robustness import expected_best, expected_joint, shapley_shares
from footprint.coverage.station_effects import station_effects
from footprint.coverage.stations import Station
from footprint.coverage.sweeps import signatures, sweep
from footprint.indicators.units import Units
from footprint.objectives import Measure
from footprint.prepared import Prepared
from footprint.travel.months import MONTHS
from footprint.travel.road_state import RoadState
from footprint.travel.router import Router

LOSSES = ("MF", "FF", "B1", "B2", "B3")
"""Columns of losses: Mission and Force footprint and the three tiers [share of need, mean of the year]."""


def contributions(
    prepared: Prepared,
    router: Router,
    posts: Sequence[Station],
    roads: RoadState,
    *,
    measure: Measure = Measure.BLEND,
) -> pd.DataFrame:
    """
    Return what hangs on each site.

    Parameters
    ----------
    prepared, router
        The area, and its searches.
    posts
        Stations of one laydown.
    roads
        State of the roads.
    measure
        Whose need counts.

    Returns
    -------
    DataFrame
        Indexed by `site_id`, largest loss of the Mission footprint first, ties by identifier: `name`;
        for each of `LOSSES` what the area would lose if this site alone were gone [share of need,
        mean of the year]; people whom troops reach by land in time from this site alone
        (`sole_people`), and its part of all whom they reach, by Shapley (`shapley_people`)
        [persons, mean of the year]. A small loss can also mean that neighbours overlap.
    """
    effects = station_effects(prepared, router, posts, roads)
    losses = _losses(prepared, effects, measure)
    sole, shared = _reach_parts(prepared, station_effects(prepared, router, posts, roads, by_air=False))
    frame = pd.DataFrame(losses, columns=list(LOSSES))
    frame.insert(0, "name", [post.name for post in posts])
    frame = frame.assign(sole_people=sole, shapley_people=shared)
    frame.index = pd.Index([post.site_id for post in posts], name="site_id", dtype=str)
    return frame.sort_index().sort_values("MF", ascending=False, kind="stable")


def _losses(prepared: Prepared, effects: Effects, measure: Measure) -> NDArray[np.float64]:
    """Return the loss of each figure with each station gone, in the order of `LOSSES`."""
    area = Units(prepared.units.frame.iloc[:1], prepared.units.shares[:1])
    wanted = unit_months(prepared.surfaces[str(measure)], area, effects.groups)
    choices = portfolios(effects, prepared.method, prepared.area.grid, dict.fromkeys((FORCE, *TIERS), wanted))
    everyone = range(len(effects.stations))
    whole = _means(choices.figures(everyone))
    rows = [
        whole - _means(choices.figures(other for other in everyone if other != gone)) for gone in everyone
    ]
    return np.array(rows).reshape(len(rows), len(LOSSES))


def _means(figures: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the means of the year in the order of `LOSSES` from those of force and tiers."""
    force, *tiers = figures.mean(axis=1)
    return np.array([np.mean(tiers), force, *tiers])


def _reach_parts(prepared: Prepared, by_land: Effects) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the people whom only a station's troops reach, and its Shapley part, mean of the year."""
    people, troops = (
        np.nan_to_num(prepared.area.population.people),
        troops_by_land(prepared.method.capabilities),
    )
    limit_min, groups = prepared.method.reporting.beyond_min, by_land.groups
    sole, shared = np.zeros((2, len(by_land.stations)))
    everyone = np.arange(len(by_land.stations))
    for group in range(len(groups)):
        minutes = by_land.arrivals_by_station(group, troops)
        part = len(groups.months(group)) / MONTHS
        sole += part * leave_one_out(nearest_two(minutes, everyone), people, limit_min=limit_min)
        shared += part * shapley_shares(within(minutes, limit_min).astype(np.float32), people)
    return sole, shared


@dataclass(frozen=True, slots=True, kw_only=True)
class Resilience:
    """How a laydown stands if sites fail, each by itself with some probability."""

    open_share: float
    """Probability that each site is open [0-1]."""
    people_reached: float
    """People whom troops reach by land in time, mean of the year [persons]."""
    people_expected: float
    """The same on average if sites fail [persons]."""
    force: float
    """Force footprint of the area, mean of the year [share of need]; NaN without need."""
    force_expected: float
    """The same on average if sites fail [share of need]."""
    worst_pair: tuple[str, ...]
    """The two sites whose loss together costs most, by identifier; fewer if no more stand."""
    worst_pair_people: float
    """People whom troops no longer reach by land without them, mean of the year [persons]."""


def resilience(
    prepared: Prepared,
    router: Router,
    posts: Sequence[Station],
    roads: RoadState,
    *,
    open_share: float,
    measure: Measure = Measure.BLEND,
) -> Resilience:
    """
    Return how a laydown stands if sites fail independently.

    Parameters
    ----------
    prepared, router
        The area, and its searches.
    posts
        Stations of one laydown.
    roads
        State of the roads.
    open_share
        Probability that each site is open [0-1].
    measure
        Whose need the Force footprint counts.

    Notes
    -----
    Exact for independent failures. One flood or one attack that closes several is not independent: ask
    a scenario for it. Escorts and evacuation are as with all sites open.
    """
    effects = station_effects(prepared, router, posts, roads)
    open_shares = np.full(len(posts), open_share)
    by_land = station_effects(prepared, router, posts, roads, by_air=False)
    reached = _reach_if_sites_fail(prepared, by_land, open_shares)
    force, force_expected = _force_if_sites_fail(prepared, effects, open_shares, measure)
    worst = int(reached.lost_people.argmax())
    return Resilience(
        open_share=open_share,
        people_reached=reached.people,
        people_expected=reached.expected,
        force=force,
        force_expected=force_expected,
        worst_pair=tuple(posts[station].site_id for station in reached.pairs[worst]),
        worst_pair_people=float(reached.lost_people[worst]),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Reach:
    """People whom troops reach by land, with all sites and without some, means of the year [persons]."""

    people: float
    expected: float
    pairs: tuple[tuple[int, ...], ...]
    lost_people: NDArray[np.float64]
    """Lost with each of `pairs`."""


def _reach_if_sites_fail(prepared: Prepared, effects: Effects, open_shares: NDArray[np.float64]) -> _Reach:
    posts, people = effects.stations, np.nan_to_num(prepared.area.population.people)
    troops = troops_by_land(prepared.method.capabilities)
    limit_min = prepared.method.reporting.beyond_min
    pairs: tuple[tuple[int, ...], ...] = tuple(combinations(range(len(posts)), 2))
    pairs = pairs or (tuple(range(len(posts))),)
    is_open = np.ones((len(pairs), len(posts)), dtype=bool)
    for row, pair in zip(is_open, pairs, strict=True):
        row[list(pair)] = False
    reached, expected, lost = 0.0, 0.0, np.zeros(len(pairs))
    for group in range(len(effects.groups)):
        part = len(effects.groups.months(group)) / MONTHS
        minutes = effects.arrivals_by_station(group, troops)
        covered = within(minutes, limit_min)
        whole = float(people[covered.any(axis=0)].sum())
        reached += part * whole
        expected += part * float(people @ expected_best(covered.astype(np.float32), open_shares))
        lost += part * (whole - sweep(signatures(minutes, people, limit_min=limit_min), is_open))
    return _Reach(reached, expected, pairs, lost)


def _force_if_sites_fail(
    prepared: Prepared, effects: Effects, open_shares: NDArray[np.float64], measure: Measure
) -> tuple[float, float]:
    """Return the Force footprint with all sites, and on average if they fail, mean of the year."""
    rule = rule_of(prepared.method.bundles[FORCE], effects.capabilities)
    need = prepared.surfaces[str(measure)].astype(np.float64)
    levels = np.empty((2, len(effects.groups), effects.n_cells))
    for group in range(len(effects.groups)):
        alone = [deliver(rule, effects.chances(group, [station])) for station in range(len(open_shares))]
        by_station = np.array(alone, dtype=np.float32).reshape(len(alone), effects.n_cells)
        levels[0, group] = deliver(rule, effects.chances(group))
        levels[1, group] = expected_joint(by_station, open_shares)
    total = need.sum(axis=1)
    sums = (effects.groups.spread(levels, axis=1) * need).sum(axis=2)
    now, on_average = np.divide(sums, total, out=np.full(sums.shape, np.nan), where=total > 0).mean(axis=1)
    return float(now), float(on_average)
