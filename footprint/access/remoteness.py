"""Remoteness: who is far from any bundle or from surgery, and how long the troops take by land."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from footprint.coverage.capabilities import HELICOPTER, Effect, site_effects, soonest
from footprint.coverage.delivery import MonthEffects, Station, year_effects
from footprint.coverage.footprints import TIERS, bundle_minutes
from footprint.indicators.periods import MONTHS
from footprint.indicators.units import Units
from footprint.method import Capability, Component, Season
from footprint.prepared import Prepared
from footprint.review import Review
from footprint.travel.kernel import TOLERANCE_MIN
from footprint.travel.profiles import Profile
from footprint.travel.reasons import Reason, Routes, reasons, route_months
from footprint.travel.road_state import RoadState
from layers.months import in_month, months_in

SHARES = ("beyond_bundle_demand", "beyond_bundle_people", "beyond_surgery_demand", "beyond_surgery_people")
"""Shares of a unit's demand and people that are beyond reach; the lower the better."""


@dataclass(frozen=True, slots=True, eq=False)
class Remoteness:
    """How far every cell is from what the mission can bring, in each month."""

    bundle_min: NDArray[np.float32] = field(repr=False)
    """When the first tier's bundle is complete [min], inf where none ever is, shape (12, n_cells)."""
    surgery_min: NDArray[np.float32] = field(repr=False)
    """Time from call to surgery [min], inf without helicopter or surgery, shape (12, n_cells)."""
    troops_min: NDArray[np.float32] = field(repr=False)
    """Soonest arrival of troops by land [min], inf where none is found in time, shape (12, n_cells)."""
    troops_reason: NDArray[np.int8] = field(repr=False)
    """Why troops do not arrive by land in time, as `Reason`, shape (12, n_cells)."""
    reachable: NDArray[np.bool_] = field(repr=False)
    """Whether anyone arrives in time by land or water, shape (12, n_cells)."""

    @property
    def months_reachable(self) -> NDArray[np.int8]:
        """Months of the year in which anyone arrives in time by land or water, 0-12, shape (n_cells,)."""
        return np.asarray(self.reachable.sum(axis=0), dtype=np.int8)


def remoteness(prepared: Prepared, result: Review) -> Remoteness:
    """
    Find how far every cell is from the mission.

    Parameters
    ----------
    basis
        Area and method; "in time" is the method's `coverage.beyond`, inclusive.
    result
        The review of one scenario.

    Returns
    -------
    Remoteness
        In all twelve months. A bundle that is complete counts, however weak its effect;
        months count as reachable by land or water, because no team lives from the air.
    """
    posts, roads = result.stations, result.laydown.roads
    year = year_effects(prepared, posts, roads)
    shape = (MONTHS, prepared.area.grid.n_cells)
    bundle_min, surgery_min, troops_min = (np.full(shape, np.inf, np.float32) for _ in range(3))
    reachable = np.zeros(shape, dtype=bool)
    limit = np.float32(prepared.method.reporting.beyond_min + TOLERANCE_MIN)
    for months, effects in _alike(year):
        arrivals = effects.arrivals(prepared)
        bundle_min[months] = np.min(
            [bundle_minutes(prepared.method.bundles[tier], arrivals) for tier in TIERS], axis=0
        )
        surgery_min[months] = effects.casevac_min
        by_land = _land_arrivals(prepared, posts, effects, months[0] + 1, roads)
        reachable[months] = np.min([*by_land.values(), np.full(shape[1], np.inf)], axis=0) <= limit
        troops_min[months] = np.min([by_land[name] for name in _troops(prepared)], axis=0)
    return Remoteness(
        bundle_min=bundle_min,
        surgery_min=surgery_min,
        troops_min=troops_min,
        troops_reason=_troops_reasons(prepared, posts, roads, troops_min),
        reachable=reachable,
    )


def _alike(year: Sequence[MonthEffects]) -> Iterator[tuple[list[int], MonthEffects]]:
    """Yield the months (from 0) that share one value, with it."""
    shared: dict[int, list[int]] = {}
    for month, effects in enumerate(year):
        shared.setdefault(id(effects), []).append(month)
    for months in shared.values():
        yield months, year[months[0]]


def _on_the_ground(prepared: Prepared) -> dict[str, Capability]:
    """Return the capabilities that go by land or water, taken off the helicopters."""
    found = prepared.method.capabilities.items()
    return {
        name: replace(capability, air=False)
        for name, capability in found
        if capability.ground or capability.boat
    }


def _troops(prepared: Prepared) -> list[str]:
    """Return the military capabilities that go by land."""
    ground = _on_the_ground(prepared).items()
    return [name for name, capability in ground if capability.component is Component.MILITARY]


def _land_arrivals(
    prepared: Prepared, posts: Sequence[Station], effects: MonthEffects, month: int, roads: RoadState
) -> dict[str, NDArray[np.float32]]:
    """Return the soonest arrival of each capability by land or water [min], shape (n_cells,) each."""
    capabilities = _on_the_ground(prepared)
    by_site = [
        _land_effects(prepared, post, effects, month, roads)
        if post.has(HELICOPTER)
        else effects.by_site[post.site_id]
        for post in posts
        if post.site_id in effects.by_site
    ]
    n_cells = prepared.area.grid.n_cells
    return {name: soonest((site[name] for site in by_site if name in site), n_cells) for name in capabilities}


def _land_effects(
    prepared: Prepared, post: Station, effects: MonthEffects, month: int, roads: RoadState
) -> Mapping[str, Effect]:
    """Return what one site with helicopters does by land and water alone."""
    flying = {
        name: c for name, c in _on_the_ground(prepared).items() if prepared.method.capabilities[name].air
    }
    return dict(effects.by_site[post.site_id]) | site_effects(
        post.holdings,
        prepared.ways.approach(post.access, post.profiles, month, roads),
        flying,
        helicopter_notice_min=prepared.method.travel.helicopter_notice_min,
        taken=effects.escorts[post.site_id],
    )


def _troops_reasons(
    prepared: Prepared, posts: Sequence[Station], roads: RoadState, troops_min: NDArray[np.float32]
) -> NDArray[np.int8]:
    """Return why troops do not arrive in time in each month, shape (12, n_cells)."""
    kinds = {kind for name in _troops(prepared) for kind in prepared.method.capabilities[name].assets}
    homes = [post for post in posts if any(post.has(kind) for kind in kinds)]
    n_cells = prepared.area.grid.n_cells
    joined, snapped = np.zeros(n_cells, np.uint16), np.zeros(n_cells, np.uint16)
    months_of: dict[tuple[Station, ...], list[int]] = {}
    for month in range(1, MONTHS + 1):
        present = tuple(post for post in homes if in_month(post.months, month))
        months_of.setdefault(present, []).append(month)
    for present, months in months_of.items():
        # Months that are alike share one value, which carries the first month's number.
        weights = [
            replace(prepared.ways.weights(Profile.PATROL, month, roads), month=month) for month in months
        ]
        found = route_months(prepared.network, weights, [post.access for post in present])
        joined, snapped = joined | found.joined, snapped | found.snapped
    routes, limit = Routes(joined, snapped), prepared.method.reporting.beyond_min
    return np.stack([reasons(troops_min[month - 1], routes, month, limit) for month in range(1, MONTHS + 1)])


def remoteness_figures(prepared: Prepared, far_off: Remoteness, surface: str, units: Units) -> pd.DataFrame:
    """
    Add up remoteness over units.

    Parameters
    ----------
    basis
        Area and method.
    far_off
        Remoteness of its cells.
    surface
        Whose need counts: a key of `Basis.surfaces`.
    units
        Units to add up over.

    Returns
    -------
    DataFrame
        One row per unit and month: `level`, `unit_id`, `name`, `month`; people beyond the
        limit of any bundle and of surgery [persons] (`people_beyond_bundle`,
        `people_beyond_surgery`); the shares of `SHARES`, NaN for a unit without demand or people;
        `troops_min`, the time within which troops arrive by land at half the unit's demand
        [min], inf where they do not, NaN without demand; and `troops_reason`, the `Reason`
        behind most of the demand not reached, where it is inf.
    """
    reporting = prepared.method.reporting
    far = far_off.bundle_min > np.float32(reporting.beyond_min + TOLERANCE_MIN)
    unsafe = far_off.surgery_min > np.float32(reporting.casevac_limit_min + TOLERANCE_MIN)
    demand, people = prepared.surfaces[surface].astype(float), np.nan_to_num(prepared.area.population.people)
    heads, need = _sums(units, people[:, None]), _sums(units, demand.T)
    frame = units.frame.loc[units.frame.index.repeat(MONTHS)].reset_index(drop=True)
    frame["month"] = np.tile(np.arange(1, MONTHS + 1), len(units.frame))
    with np.errstate(invalid="ignore", divide="ignore"):
        for name, beyond in (("bundle", far), ("surgery", unsafe)):
            lost = _sums(units, (beyond * people).T)
            frame[f"people_beyond_{name}"] = lost.ravel()
            frame[f"beyond_{name}_demand"] = (_sums(units, (beyond * demand).T) / need).ravel()
            frame[f"beyond_{name}_people"] = (lost / heads).ravel()
    frame["troops_min"], frame["troops_reason"] = _medians(far_off, demand, units)
    return frame


def _sums(units: Units, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Add up `values` of each cell, shape (n_cells,) or (n_cells, k), over the units, by share."""
    return np.asarray(units.shares @ values, dtype=np.float64)


def _medians(
    far: Remoteness, demand: NDArray[np.float64], units: Units
) -> tuple[NDArray[np.float64], NDArray[np.object_]]:
    """Return each unit's median arrival by month, and why it is inf, shape (n_units * 12,) each."""
    minutes, why = [], []
    for unit in range(len(units.frame)):
        row = slice(units.shares.indptr[unit], units.shares.indptr[unit + 1])
        cells, shares = units.shares.indices[row], units.shares.data[row]
        for month in range(MONTHS):
            need = shares * demand[month, cells]
            middle = weighted_median(far.troops_min[month, cells], need)
            minutes.append(middle)
            why.append(_main_reason(far.troops_reason[month, cells], need) if np.isinf(middle) else None)
    return np.array(minutes), np.array(why, dtype=object)


def weighted_median(values: NDArray[np.floating], weights: NDArray[np.floating]) -> float:
    """
    Return the least value up to which half of the weight lies; NaN without weight.

    Examples
    --------
    >>> weighted_median(np.array([30.0, np.inf, 60.0]), np.array([1.0, 1.0, 2.0]))
    60.0
    """
    total = weights.sum()
    if not total > 0:
        return float("nan")
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order])
    return float(values[order[np.searchsorted(reached, total / 2 * (1 - 1e-12))]])


def _main_reason(why: NDArray[np.int8], need: NDArray[np.floating]) -> Reason:
    """Return the reason behind most of the demand not reached; of equal ones the first."""
    behind = np.bincount(why, need, minlength=len(Reason))
    behind[Reason.REACHED] = -1.0
    return Reason(int(behind.argmax()))


def reachability(prepared: Prepared, far: Remoteness, units: Units) -> pd.DataFrame:
    """
    Add up months reachable over units.

    Returns
    -------
    DataFrame
        One row per unit: `level`, `unit_id`, `name`; `months_reachable`, the mean over
        its people [months a year], NaN without people; and the people reached in every month,
        in some and in none (`people_all_year`, `people_part_year`, `people_never`) [persons].
    """
    people = np.nan_to_num(prepared.area.population.people)
    months = far.months_reachable.astype(float)
    heads, always, never = _sums(units, people), months == MONTHS, months == 0
    with np.errstate(invalid="ignore", divide="ignore"):
        return units.frame.assign(
            months_reachable=_sums(units, months * people) / heads,
            people_all_year=_sums(units, always * people),
            people_part_year=_sums(units, ~(always | never) * people),
            people_never=_sums(units, never * people),
        )


def worst_season(figures: pd.DataFrame, seasons: Sequence[Season]) -> pd.DataFrame:
    """
    Set the worst season beside the mean of the year.

    Parameters
    ----------
    figures
        Rows of `remoteness_figures`.
    seasons
        Named groups of months.

    Returns
    -------
    DataFrame
        One row per unit and measure of `SHARES`: `level`, `unit_id`, `name`, `measure`, `mean`,
        `worst` [share], `worst_season`, None without demand or people. Worst is where most are
        beyond reach.
    """
    keys = ["level", "unit_id", "name", "measure"]
    long = figures.melt(id_vars=[*keys[:3], "month"], value_vars=list(SHARES), var_name="measure")
    wide = long.pivot(index=keys, columns="month", values="value")
    units = figures.drop_duplicates(keys[:3])[keys[:3]].itertuples(index=False, name=None)
    wide = wide.reindex([(*unit, measure) for unit in units for measure in SHARES])
    by_season = {
        each.season_id: wide[list(months_in(each.months))].mean(axis="columns", skipna=False)
        for each in seasons
    }
    means = pd.DataFrame(by_season)
    known = means.notna().all(axis="columns")
    season = means.fillna(0.0).idxmax(axis="columns").astype(object).where(known, None)
    found = pd.DataFrame(
        {"mean": wide.mean(axis="columns", skipna=False), "worst": means.max(axis="columns", skipna=False)}
    )
    return found.assign(worst_season=season).rename_axis(keys).reset_index()
