"""Nearness: how soon any site gets to a cell by one way of travelling, and if not, why."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from footprint.coverage.evacuation import evacuation, in_time, readiness
from footprint.coverage.gaps import as_it_stands, gaps
from footprint.coverage.holdings import HELICOPTER
from footprint.coverage.stations import Station
from footprint.indicators.periods import MONTHS
from footprint.indicators.units import Level
from footprint.objectives import Measure
from footprint.prepared import Prepared
from footprint.review import Review
from footprint.travel.air import day_limit_min
from footprint.travel.months import MonthGroups
from footprint.travel.profiles import Profile
from footprint.travel.reach import nearest
from footprint.travel.reasons import Reason, Routes, reasons, route_months
from footprint.travel.road_state import RoadState
from footprint.travel.router import Router


def nearest_minutes(router: Router, result: Review, profile: Profile, month: int) -> NDArray[np.float32]:
    """
    Return the time from the nearest open site to each cell.

    Parameters
    ----------
    router, result
        Searches over the area, and a scenario's review on it.
    profile
        Way of travelling; a helicopter flies from sites that have one, after its notice.
    month
        1-12.

    Returns
    -------
    ndarray
        Minutes, shape (n_cells,); inf where no site has a way.
    """
    present = [post for post in result.stations if post.is_open(month)]
    if profile is Profile.HELICOPTER:
        soonest = np.full(router.network.grid.n_cells, np.inf, dtype=np.float32)
        for each in readiness(present, HELICOPTER, default_min=router.travel.helicopter_notice_min):
            post = present[each.station]
            ready = router.flight(post.x_m, post.y_m) + np.float32(each.ready_min)
            np.minimum(soonest, ready, out=soonest)
        return soonest
    weights = router.weights(profile, month, result.laydown.roads)
    return nearest(router.network, weights, [post.connector for post in present]).minutes


def land_routes(
    router: Router, posts: Sequence[Station], roads: RoadState, profile: Profile = Profile.PATROL
) -> Routes:
    """Return in which months any of the stations open then has a way to each cell, however long."""
    n_cells = router.network.grid.n_cells
    joined, snapped = np.zeros(n_cells, np.uint16), np.zeros(n_cells, np.uint16)
    open_months = MonthGroups.alike(post.months for post in posts)
    for group, month in enumerate(open_months.first):
        connectors = [post.connector for post in posts if post.is_open(month)]
        weights = router.year_weights(profile, roads)
        own = route_months(router.network, weights, connectors, months=open_months.mask(group))
        joined, snapped = joined | own.joined, snapped | own.snapped
    return Routes(joined, snapped)


def in_months(masks: NDArray[np.uint16]) -> NDArray[np.bool_]:
    """Return sets of months (bit m-1 for m), shape (n_cells,), as flags by month, shape (12, n_cells)."""
    bits = np.arange(MONTHS, dtype=np.uint16)
    return np.asarray((masks[None, :] >> bits[:, None]) & 1 == 1)


def why_not(
    router: Router, result: Review, profile: Profile, month: int, *, limit_min: float
) -> NDArray[np.uint8]:
    """
    Say for each cell whether a patrol there and back by daylight is possible, or what stands in its way.

    Parameters
    ----------
    router, result
        Searches over the area, and a scenario's review on it.
    profile
        Way of travelling by land or water.
    month
        1-12.
    limit_min
        Longest time one way [min], inclusive.

    Returns
    -------
    ndarray
        `footprint.travel.reasons.Reason` of each cell, shape (n_cells,).
    """
    roads = result.laydown.roads
    posts = [post for post in result.stations if post.is_open(month)]
    weights = router.year_weights(profile, roads)
    routes = route_months(router.network, weights, [post.connector for post in posts])
    minutes = nearest_minutes(router, result, profile, month)
    day = day_limit_min(router.network.grid, month, returns=True)
    return np.asarray(reasons(minutes, routes, month, limit_min, day), dtype=np.uint8)


def surgery_share(
    prepared: Prepared,
    router: Router,
    result: Review,
    unit: tuple[Level, Sequence[str]],
    month: int,
    measure: Measure = Measure.BLEND,
) -> float:
    """
    Return the share of several units' need from which surgery could be reached in time.

    Parameters
    ----------
    prepared, router, result
        The area, its searches, and a scenario's review on it.
    unit
        Level and identifiers of the units, all of one level.
    month
        1-12.
    measure
        Whose need.

    Returns
    -------
    float
        Share of the need [0-1]; NaN where there is none, and where the data name nobody who
        evacuates or operates and the scenario adds nobody. Without it no tier II can be delivered,
        whatever else stands there.
    """
    level, unit_ids = unit
    chosen = prepared.units.frame["level"].eq(level) & prepared.units.frame["unit_id"].isin(list(unit_ids))
    shares: NDArray[np.float64] = np.asarray(prepared.units.shares[np.flatnonzero(chosen)].sum(axis=0))
    need = shares.ravel() * prepared.surfaces[str(measure)][month - 1]
    total = float(need.sum())
    away = evacuation(prepared.method, router, result.stations, month)
    reached = in_time(away.minutes, prepared.method)
    if not total or (not reached.any() and _silent_on_surgery(prepared)):
        return float("nan")
    return float(need[reached].sum()) / total


def _silent_on_surgery(prepared: Prepared) -> bool:
    """Tell whether the area's own data name nobody who could bring a casualty to surgery."""
    method = prepared.method
    lacking = {name for gap in gaps(as_it_stands(prepared), method) for group in gap.groups for name in group}
    return any(method.capabilities[name].relay for name in lacking)


__all__ = ["Reason", "nearest_minutes", "surgery_share", "why_not"]
