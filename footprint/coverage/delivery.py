"""Delivery: what a laydown can bring to every cell in every month, from what its stations do."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from footprint.coverage.capabilities import Aircraft, lifts_of
from footprint.coverage.effects import Effects
from footprint.coverage.evacuation import evacuation
from footprint.coverage.footprints import FORCE, TIERS, Rule, Weakest, deliver, ground_part, rule_of
from footprint.coverage.gaps import Gap, as_it_stands, gaps, without_gaps
from footprint.coverage.stations import Station
from footprint.indicators.levels import Delivery
from footprint.method import Method
from footprint.prepared import Prepared
from footprint.travel.router import Router


def delivery(
    prepared: Prepared, router: Router, effects: Effects, *, weakest: Weakest = Weakest.MINIMUM
) -> Delivery:
    """
    Return the two footprints and the circle map of a laydown in every cell and month.

    Parameters
    ----------
    prepared
        Area and method.
    router
        For flights.
    effects
        What its stations do.
    weakest
        How a tier's groups join.
    """
    method, groups = prepared.method, effects.groups
    rules = footprint_rules(method, effects.capabilities, weakest=weakest)
    ground = ground_part(method.bundles[FORCE], method.capabilities)
    rules += [rule_of(ground, effects.capabilities)]
    levels = np.empty((len(rules), len(groups), effects.n_cells), dtype=np.float32)
    for group in range(len(groups)):
        chances = group_chances(method, router, effects, group)
        for number, rule in enumerate(rules):
            levels[number, group] = deliver(rule, chances)
    by_month = groups.spread(levels, axis=1)
    tiers = by_month[1:-1]
    missing = gaps(as_it_stands(prepared), method)
    return Delivery(
        force=by_month[0],
        tiers=tiers,
        most=_most(prepared, router, effects, tiers, (weakest, missing)),
        circle=circle(method, router, effects.stations),
        force_ground=by_month[-1],
        force_known=FORCE not in {each.bundle_id for each in missing},
    )


def footprint_rules(
    method: Method, capabilities: Sequence[str], *, weakest: Weakest = Weakest.MINIMUM
) -> list[Rule]:
    """Return the rules of the Force footprint and of tiers I to III, over capabilities in a given order."""
    force = rule_of(method.bundles[FORCE], capabilities)
    return [force, *(rule_of(method.bundles[name], capabilities, weakest=weakest) for name in TIERS)]


def _most(
    prepared: Prepared,
    router: Router,
    effects: Effects,
    least: NDArray[np.float32],
    how: tuple[Weakest, tuple[Gap, ...]],
) -> NDArray[np.float32]:
    """Return the tiers at most: as if every group of which the data name no asset were there in full."""
    method, groups, (weakest, missing) = prepared.method, effects.groups, how
    if not {each.bundle_id for each in missing} & set(TIERS):
        return least
    most = np.ones((len(TIERS), len(groups), effects.n_cells), dtype=np.float32)
    for number, name in enumerate(TIERS):
        rest = without_gaps(method.bundles[name], missing)
        if rest is None:
            continue
        rule = rule_of(rest, effects.capabilities, weakest=weakest)
        for group in range(len(groups)):
            most[number, group] = deliver(rule, group_chances(method, router, effects, group))
    # A softer mean over fewer groups may come out lower than over all of them.
    return np.maximum(groups.spread(most, axis=1), least)


def group_chances(
    method: Method,
    router: Router,
    effects: Effects,
    group: int,
    *,
    cells: NDArray[np.int64] | None = None,
) -> NDArray[np.float32]:
    """
    Return the chance of each capability in a group, evacuation too, shape (n_capabilities, n_cells).

    Parameters
    ----------
    method, router, effects, group
        As for `delivery`, and the group of months.
    cells
        Cells that `effects` were cut down to, of which alone it tells; None is all.
    """
    chances = effects.chances(group)
    for row, name in enumerate(effects.capabilities):
        capability = method.capabilities[name]
        if capability.relay:
            away = evacuation(method, router, effects.stations, effects.groups.first[group])
            chance = away.chance if cells is None else away.chance[cells]
            chances[row] = chance * np.float32(capability.availability)
    return chances


def group_arrivals(
    method: Method, router: Router, effects: Effects, group: int
) -> dict[str, NDArray[np.float32]]:
    """
    Return the soonest arrival of each capability in a group [min], of evacuation within its limit.

    Whoever flies is counted as far as whoever goes by land: effect by air ends sooner than arrival does.
    """
    arrivals, month = effects.arrivals(group), effects.groups.first[group]
    aircraft = Aircraft(method.tasking.helicopter_availability, method.travel.helicopter_notice_min)
    for name, capability in method.capabilities.items():
        if capability.relay:
            away = evacuation(method, router, effects.stations, month)
            arrivals[name] = np.where(away.chance > 0, away.minutes, np.float32(np.inf))
        for post in effects.stations if capability.air else ():
            carriers = [each for each in post.holdings if each.kind in capability.assets]
            lifts = lifts_of(post.holdings, carriers, capability, aircraft) if post.is_open(month) else ()
            if lifts:
                minutes = router.flight(post.x_m, post.y_m) + np.float32(lifts[0].ready_min)
                arrivals[name] = np.minimum(arrivals[name], minutes)
    return arrivals


def circle(method: Method, router: Router, posts: Sequence[Station]) -> NDArray[np.bool_]:
    """
    Return which cells lie within the circle map's radius of troops, shape (12, n_cells).

    Troops are those who carry the Force footprint; surveillance alone is none.
    """
    force = {name for group in method.bundles[FORCE].groups for name in group}
    troops = {kind for name in force for kind in method.capabilities[name].assets}
    inside = np.zeros((12, router.network.grid.n_cells), dtype=bool)
    limit_km = method.reporting.circle_km + 1e-6
    for post in posts:
        if any(post.has(kind) for kind in troops):
            near = router.flight(post.x_m, post.y_m) * (method.travel.helicopter_kmh / 60.0) <= limit_km
            for month in range(12):
                if post.is_open(month + 1):
                    inside[month] |= near
    return inside
