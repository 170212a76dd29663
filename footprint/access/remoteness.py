"""Remoteness: who is far from any bundle or from surgery, and how long the troops take by land."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from footprint.access.nearest import land_routes
from footprint.coverage.capabilities import troops_by_land
from footprint.coverage.delivery import group_arrivals
from footprint.coverage.evacuation import evacuation
from footprint.coverage.footprints import TIERS, bundle_minutes
from footprint.coverage.gaps import as_it_stands, gaps
from footprint.coverage.station_effects import station_effects
from footprint.indicators.periods import MONTHS
from footprint.indicators.units import Units
from footprint.prepared import Prepared
from footprint.review import Review
from footprint.travel.kernel import TOLERANCE_MIN
from footprint.travel.reasons import Reason, reasons
from footprint.travel.router import Router

SHARES = ("beyond_bundle_demand", "beyond_bundle_people", "beyond_surgery_demand", "beyond_surgery_people")
"""Shares of a unit's demand and people that are beyond reach; the lower the better."""

_HEADS = ("people_beyond_bundle", "people_beyond_surgery")


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
    bundle_known: bool = True
    """Whether the data name assets for every tier: else a bundle might be complete where none is seen."""
    surgery_known: bool = True
    """Whether they name helicopters and surgery."""
    troops_known: bool = True
    """Whether they name any troops."""


def remoteness(prepared: Prepared, router: Router, result: Review) -> Remoteness:
    """
    Find how far every cell is from the mission.

    Parameters
    ----------
    prepared
        Area and method; "in time" is the method's `reporting.beyond_min`, inclusive.
    router
        Searches over the area.
    result
        The review of one scenario.

    Returns
    -------
    Remoteness
        In all twelve months. A bundle that is complete counts, however weak its effect.
    """
    posts, roads, method = result.stations, result.laydown.roads, prepared.method
    effects = station_effects(prepared, router, posts, roads)
    by_land = station_effects(prepared, router, posts, roads, by_air=False)
    shape = (len(effects.groups), effects.n_cells)
    bundle_min, surgery_min, troops_min = (np.full(shape, np.inf, np.float32) for _ in range(3))
    reachable = np.zeros(shape, dtype=bool)
    limit = np.float32(method.reporting.beyond_min + TOLERANCE_MIN)
    movers = [name for name, each in method.capabilities.items() if each.ground or each.boat]
    for group, month in enumerate(effects.groups.first):
        arrivals = group_arrivals(method, router, effects, group)
        bundle_min[group] = np.min([bundle_minutes(method.bundles[tier], arrivals) for tier in TIERS], axis=0)
        surgery_min[group] = evacuation(method, router, posts, month).minutes
        on_land = by_land.arrivals(group)
        reachable[group] = np.min([on_land[name] for name in movers], axis=0) <= limit
        troops_min[group] = np.min([on_land[name] for name in troops_by_land(method.capabilities)], axis=0)
    troops_by_month = effects.groups.spread(troops_min)
    missing = gaps(as_it_stands(prepared), method)
    missing_names = {name for each in missing for group in each.groups for name in group}
    return Remoteness(
        bundle_min=effects.groups.spread(bundle_min),
        surgery_min=effects.groups.spread(surgery_min),
        troops_min=troops_by_month,
        troops_reason=_troops_reasons(prepared, router, result, troops_by_month),
        reachable=effects.groups.spread(reachable),
        bundle_known=not {each.bundle_id for each in missing} & set(TIERS),
        surgery_known=not {name for name in missing_names if method.capabilities[name].relay},
        troops_known=result.delivery.force_known,
    )


def _troops_reasons(
    prepared: Prepared, router: Router, result: Review, troops_min: NDArray[np.float32]
) -> NDArray[np.int8]:
    """Return why troops do not arrive in time in each month, shape (12, n_cells)."""
    method = prepared.method
    kinds = {
        kind for name in troops_by_land(method.capabilities) for kind in method.capabilities[name].assets
    }
    homes = [post for post in result.stations if any(post.has(kind) for kind in kinds)]
    routes, limit = land_routes(router, homes, result.laydown.roads), method.reporting.beyond_min
    return np.stack([reasons(troops_min[month - 1], routes, month, limit) for month in range(1, MONTHS + 1)])


def remoteness_figures(prepared: Prepared, far_off: Remoteness, surface: str, units: Units) -> pd.DataFrame:
    """
    Add up remoteness over units.

    Parameters
    ----------
    prepared
        Area and method.
    far_off
        Remoteness of its cells.
    surface
        Whose need counts: a key of `Prepared.surfaces`.
    units
        Units to add up over.

    Returns
    -------
    DataFrame
        One row per unit and month: `level`, `unit_id`, `name`, `month`; people beyond the
        limit of any bundle and of surgery [persons] (`people_beyond_bundle`,
        `people_beyond_surgery`); the shares of `SHARES`, NaN for a unit without demand or people;
        people NaN where those of the unit are nowhere known; all of them NaN, and `silent` true, where
        somebody of whom the data say nothing might come; all numbers NaN of a unit mostly outside the area;
        `troops_min`, the time within which troops arrive by land at half the unit's demand
        [min], inf where they do not, NaN without demand or where the data name no troops; and
        `troops_reason`, the `Reason` behind most of the demand not reached, where it is inf.
    """
    reporting = prepared.method.reporting
    far = far_off.bundle_min > np.float32(reporting.beyond_min + TOLERANCE_MIN)
    unsafe = far_off.surgery_min > np.float32(reporting.casevac_limit_min + TOLERANCE_MIN)
    demand, people = prepared.surfaces[surface].astype(float), np.nan_to_num(prepared.area.population.people)
    heads, need = _sums(units, people[:, None]), _sums(units, demand.T)
    unknown = ~np.repeat(units.known(prepared.area.population.people), MONTHS)
    frame = units.frame.loc[units.frame.index.repeat(MONTHS)].reset_index(drop=True)
    frame["month"] = np.tile(np.arange(1, MONTHS + 1), len(units.frame))
    checks = (("bundle", far, far_off.bundle_known), ("surgery", unsafe, far_off.surgery_known))
    frame["silent"] = False
    with np.errstate(invalid="ignore", divide="ignore"):
        for name, beyond, known in checks:
            lost = _sums(units, (beyond * people).T)
            frame[f"people_beyond_{name}"] = np.where(unknown, np.nan, lost.ravel())
            frame[f"beyond_{name}_demand"] = (_sums(units, (beyond * demand).T) / need).ravel()
            frame[f"beyond_{name}_people"] = (lost / heads).ravel()
            # Nobody is seen to come, but somebody of whom nobody knows might.
            hidden = (frame[f"people_beyond_{name}"] > 0) | (frame[f"beyond_{name}_demand"] > 0)
            if not known:
                columns = [f"people_beyond_{name}", f"beyond_{name}_demand", f"beyond_{name}_people"]
                frame.loc[hidden, columns] = np.nan
                frame["silent"] |= hidden
    frame["troops_min"], frame["troops_reason"] = _medians(far_off, demand, units)
    if not far_off.troops_known:
        nobody = np.isinf(frame["troops_min"])
        frame.loc[nobody, "troops_min"] = np.nan
        frame["troops_reason"] = frame["troops_reason"].where(~nobody, None)
        frame["silent"] |= nobody
    outside = np.repeat(units.outside, MONTHS)
    frame.loc[outside, [*_HEADS, *SHARES, "troops_min"]] = np.nan
    frame.loc[outside, "troops_reason"] = None
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


def months_reached(prepared: Prepared, result: Review, units: Units) -> pd.DataFrame:
    """
    Count the months in which troops and each tier reach the people of units.

    Parameters
    ----------
    prepared
        Area and method; a level from the class threshold on counts.
    result
        The review of one scenario.
    units
        Units to add up over.

    Returns
    -------
    DataFrame
        One row per unit: `level`, `unit_id`, `name`; `months_troops`, `months_tier_1` to
        `months_tier_3`, means over its people [months a year], NaN without people; and the people
        whom troops reach in every month, in some and in none (`people_all_year`,
        `people_part_year`, `people_never`) [persons], NaN where the data name no troops.
        NaN where nobody knows whether a tier is there, and `silent` true. All NaN of a unit mostly outside.
        By troops and tier, not by anybody at all: a liaison assistant in a village is not a mission.
    """
    people, delivery = np.nan_to_num(prepared.area.population.people), result.delivery
    least = np.float32(prepared.method.reporting.class_threshold)
    levels = {"troops": delivery.force, **{f"tier_{n + 1}": delivery.tiers[n] for n in range(len(TIERS))}}
    heads, frame = _sums(units, people), units.frame
    open_question = delivery.unknown & (delivery.most >= least) & (delivery.tiers < least)
    hidden = {f"tier_{n + 1}": open_question[n].any(axis=0) for n in range(len(TIERS))}
    hidden["troops"] = np.full(len(people), not delivery.force_known)
    for name, level in levels.items():
        months = (level >= least).sum(axis=0).astype(np.float64)
        with np.errstate(invalid="ignore", divide="ignore"):
            frame = frame.assign(**{f"months_{name}": _sums(units, months * people) / heads})
        if name in hidden:
            frame.loc[_sums(units, hidden[name] * people) > 0, f"months_{name}"] = np.nan
        frame.loc[units.outside, f"months_{name}"] = np.nan
    months = (delivery.force >= least).sum(axis=0)
    told = units.known(prepared.area.population.people) & (delivery.force_known | ~(heads > 0))
    known = np.where(told, 1.0, np.nan)
    always, never = months == MONTHS, months == 0
    return frame.assign(
        silent=heads > 0,
        people_all_year=_sums(units, always * people) * known,
        people_part_year=_sums(units, ~(always | never) * people) * known,
        people_never=_sums(units, never * people) * known,
    )
