"""Contributions: what hangs on each site, and how the mission stands if sites fail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from footprint.coverage.capabilities import troops_by_land
from footprint.coverage.effects import Effects
from footprint.coverage.footprints import FORCE, TIERS
from footprint.coverage.nearest import leave_one_out, nearest_two, within
from footprint.coverage.packing import unit_years
from footprint.coverage.portfolios import portfolios
from footprint.coverage.robustness import CLOSE, expected_best, shapley_shares
from footprint.coverage.station_effects import station_effects
from footprint.coverage.stations import Station
from footprint.coverage.subsets import Subsets, subsets
from footprint.coverage.sweeps import signatures, sweep
from footprint.objectives import Measure
from footprint.prepared import Prepared
from footprint.travel.months import MONTHS
from footprint.travel.road_state import RoadState
from footprint.travel.router import Router

LOSSES = ("MF", "FF", "B1", "B2", "B3")
"""Columns of losses: Mission and Force footprint and the three tiers [share of need, mean of the year]."""

PARTS = tuple(f"{name}_part" for name in LOSSES)
"""Columns of Shapley shares of the same figures."""

OPEN_SHARE = 0.9
"""Probability that each site is open, unless another is asked for [0-1]; a judgement."""


def all_choices(
    prepared: Prepared,
    router: Router,
    posts: Sequence[Station],
    roads: RoadState,
    *,
    measure: Measure = Measure.BLEND,
) -> Subsets:
    """
    Play out every choice among the sites of a laydown.

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
    Subsets
        Of Force and the three tiers; a figure for the area and each of its units, mean of the year [share
        of the unit's need].
    """
    effects = station_effects(prepared, router, posts, roads)
    wanted = unit_years(prepared.surfaces[str(measure)], prepared.units, effects.groups)
    choices = portfolios(effects, prepared.method, prepared.area.grid, dict.fromkeys((FORCE, *TIERS), wanted))
    return subsets(choices, threshold=prepared.method.reporting.class_threshold)


def with_mission(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """
    Return figures in the order of `LOSSES`, the Mission footprint first: the mean of the tiers.

    Parameters
    ----------
    values
        Of Force and the three tiers, on the last axis but one.
    """
    mission = values[..., 1:, :].mean(axis=-2, keepdims=True)
    return np.concatenate([mission, values], axis=-2)


def contributions(
    prepared: Prepared,
    router: Router,
    posts: Sequence[Station],
    roads: RoadState,
    *,
    choices: Subsets,
) -> pd.DataFrame:
    """
    Return what hangs on each site.

    Parameters
    ----------
    prepared, router, posts, roads
        As for `all_choices`.
    choices
        What they gave.

    Returns
    -------
    DataFrame
        Indexed by `site_id`, largest loss of the Mission footprint first, ties by identifier: `name`;
        for each of `LOSSES` what the area would lose if this site alone were gone, and for each of `PARTS`
        its Shapley share [share of need, mean of the year]: shares add up to the figure, losses do not;
        people whom troops reach by land in time from this site alone (`sole_people`), and its part of
        all whom they reach, by Shapley (`shapley_people`) [persons, mean of the year]. A small loss
        can also mean that neighbours overlap.
    """
    n_stations = len(posts)
    whole = with_mission(choices.figures(range(n_stations)))[:, 0]
    losses = whole - with_mission(choices.without_each())[..., 0]
    losses[np.abs(losses) < CLOSE] = 0.0
    parts = with_mission(choices.shapley().value)[..., 0]
    sole, shared = _reach_parts(prepared, station_effects(prepared, router, posts, roads, by_air=False))
    frame = pd.DataFrame(np.hstack([losses, parts]), columns=[*LOSSES, *PARTS])
    frame.insert(0, "name", [post.name for post in posts])
    frame = frame.assign(sole_people=sole, shapley_people=shared)
    frame.index = pd.Index([post.site_id for post in posts], name="site_id", dtype=str)
    return frame.sort_index().sort_values("MF", ascending=False, kind="stable")


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
    now: Mapping[str, float]
    """Each of `LOSSES` of the area, mean of the year [share of need]; NaN without need."""
    expected: Mapping[str, float]
    """The same on average if sites fail [share of need]."""
    error: Mapping[str, float]
    """How far off that may be: its standard error [share of need]; 0 where it is exact."""
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
    choices: Subsets,
    open_share: float = OPEN_SHARE,
) -> Resilience:
    """
    Return how a laydown stands if sites fail independently.

    Parameters
    ----------
    prepared, router, posts, roads
        As for `all_choices`.
    choices
        What they gave.
    open_share
        Probability that each site is open [0-1].

    Notes
    -----
    Over all choices of sites that are open, each by its probability: a tier's weakest group, and a casualty's
    way from the helicopter of one site to the surgery of another, are those of the sites then open.
    Exact for independent failures where at most 16 sites count in any cell; elsewhere drawn, with a
    standard error. One flood or one attack that closes several is not independent: ask a scenario for it.
    """
    open_shares = np.full(len(posts), open_share)
    by_land = station_effects(prepared, router, posts, roads, by_air=False)
    reached = _reach_if_sites_fail(prepared, by_land, open_shares)
    now = with_mission(choices.figures(range(len(posts))))[:, 0]
    mean = choices.expected(open_shares)
    worst = int(reached.lost_people.argmax())
    return Resilience(
        open_share=open_share,
        people_reached=reached.people,
        people_expected=reached.expected,
        now=_named(now),
        expected=_named(with_mission(mean.value)[:, 0]),
        # Of a mean of three tiers no more than the mean of their errors, whatever they have in common.
        error=_named(with_mission(mean.error)[:, 0]),
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


def _named(values: NDArray[np.float64]) -> dict[str, float]:
    return dict(zip(LOSSES, values.tolist(), strict=True))
