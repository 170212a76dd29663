"""Nearness: how soon any site gets to a cell by one way of travelling, and if not, why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from footprint.coverage.capabilities import HELICOPTER
from footprint.coverage.delivery import casevac
from footprint.indicators.periods import MONTHS
from footprint.indicators.units import Level
from footprint.objectives import Measure
from footprint.prepared import Prepared
from footprint.review import Review
from footprint.travel.air import day_limit_min
from footprint.travel.kernel import TOLERANCE_MIN
from footprint.travel.profiles import Profile
from footprint.travel.reach import nearest
from footprint.travel.reasons import Reason, reasons, route_months
from layers.months import in_month


def nearest_minutes(prepared: Prepared, result: Review, profile: Profile, month: int) -> NDArray[np.float32]:
    """
    Return the time from the nearest open site to each cell.

    Parameters
    ----------
    basis, result
        The area and a scenario's review on it.
    profile
        Way of travelling; a helicopter flies from sites that have one, after its notice.
    month
        1-12.

    Returns
    -------
    ndarray
        Minutes, shape (n_cells,); inf where no site has a way.
    """
    present = [post for post in result.stations if in_month(post.months, month)]
    if profile is Profile.HELICOPTER:
        flights = [prepared.ways.flight(post.x_m, post.y_m) for post in present if post.has(HELICOPTER)]
        if not flights:
            return np.full(prepared.area.grid.n_cells, np.inf, dtype=np.float32)
        soonest: NDArray[np.float32] = np.min(flights, axis=0)
        return soonest + np.float32(prepared.method.travel.helicopter_notice_min)
    weights = prepared.ways.weights(profile, month, result.laydown.roads)
    return nearest(prepared.network, weights, [post.access for post in present]).minutes


def why_not(
    prepared: Prepared, result: Review, profile: Profile, month: int, *, limit_min: float
) -> NDArray[np.uint8]:
    """
    Say for each cell whether a patrol there and back by daylight is possible, or what stands in its way.

    Parameters
    ----------
    basis, result
        The area and a scenario's review on it.
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
    posts = [post for post in result.stations if in_month(post.months, month)]
    # Months alike share one value, which carries the first month's number; each needs its own here.
    everything = [
        replace(prepared.ways.weights(profile, each, roads), month=each) for each in range(1, MONTHS + 1)
    ]
    routes = route_months(prepared.network, everything, [post.access for post in posts])
    minutes = nearest_minutes(prepared, result, profile, month)
    day = day_limit_min(prepared.area.grid, month, returns=True)
    found = reasons(minutes, routes, month, limit_min, day)
    return np.asarray(found, dtype=np.uint8)


def surgery_share(
    prepared: Prepared, result: Review, level: Level, unit_ids: Sequence[str], month: int
) -> float:
    """
    Return the share of several units' need from which surgery could be reached in time.

    Parameters
    ----------
    basis, result
        The area and a scenario's review on it.
    level, unit_ids
        The units, all of one level.
    month
        1-12.

    Returns
    -------
    float
        Share of the blended need [0-1]; NaN where there is none. Without it no tier II can
        be delivered, whatever else stands there.
    """
    chosen = prepared.units.frame["level"].eq(level) & prepared.units.frame["unit_id"].isin(list(unit_ids))
    shares: NDArray[np.float64] = np.asarray(prepared.units.shares[np.flatnonzero(chosen)].sum(axis=0))
    need = shares.ravel() * prepared.surfaces[str(Measure.BLEND)][month - 1]
    total = float(need.sum())
    limit = prepared.method.reporting.casevac_limit_min + TOLERANCE_MIN
    in_time = casevac(prepared, result.stations, month) <= limit
    return float(need[in_time].sum()) / total if total else float("nan")


__all__ = ["Reason", "nearest_minutes", "surgery_share", "why_not"]
