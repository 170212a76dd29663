"""Response: how many past attacks on civilians could somebody have got to in time, from a plan's sites?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from footprint.access.past import PastIncidents, past_alerts
from footprint.coverage.delivery import group_arrivals
from footprint.coverage.footprints import FORCE
from footprint.coverage.gaps import as_it_stands, gaps
from footprint.coverage.station_effects import station_effects
from footprint.indicators.periods import CLOSE
from footprint.method import Method
from footprint.prepared import Prepared
from footprint.review import Review
from footprint.travel.kernel import TOLERANCE_MIN
from footprint.travel.router import Router


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseRate:
    """Which share of past alerts a plan's sites could have responded to in time: a projection, no history."""

    first: date
    last: date
    """The frame date; alerts are of the days from `first` to it."""
    limit_min: float
    """In time is within this [min], inclusive."""
    alerts: int
    """Attacks on civilians of that time that have a cell."""
    by_year: int
    """Of these known by their year only: they take the mean of its months."""
    near: int
    """Of these placed to about 25 km only."""
    left_out: int
    """Further ones that have no cell, or of which nobody knows whether they were then."""
    unstated: int
    """Incidents of that time whose source says neither what happened nor whether civilians died."""
    share: float
    """
    Share that anybody gets to in time [0-1]. NaN without alerts; and where the data name nobody for some
    group of troops or teams, unless those named get to all of them.
    """
    at_least: float
    """Share that those get to whom the data or the plan name [0-1]; NaN without alerts."""
    by_land: float
    """Share that anybody gets to in time by land or water alone [0-1]; NaN likewise."""
    troops: float
    """Share that troops get to in time [0-1]; NaN without alerts or where the data name no troops."""
    troops_by_land: float
    """Share that troops get to in time by land or water alone [0-1]; NaN likewise."""


def response_rate(prepared: Prepared, router: Router, result: Review) -> ResponseRate:
    """
    Return the projected response rate of one review.

    Parameters
    ----------
    prepared
        Area and method: in time is within `reporting.beyond_min`; alerts are those of the last
        `evidence.long_window_months` before the frame date, by `footprint.access.past.past_alerts`.
    router
        Searches over the area.
    result
        The review of one scenario: its sites as they stand, whenever an alert was.

    Notes
    -----
    A response is the soonest arrival of any capability that travels by land, water or air, notice
    included, at the alert's cell in its month: the same arrivals by which people are beyond reach of any
    bundle. Evacuation and surveillance are none. Whether somebody would have been sent is not asked.
    """
    method = prepared.method
    past = past_alerts(prepared.area, int(method.evidence.long_window_months))
    limit = np.float32(method.reporting.beyond_min + TOLERANCE_MIN)
    reached = _reached(prepared, router, result, past, limit)
    at_least, by_land, troops, troops_by_land = (_share(own) for own in reached)
    anybody_known, troops_known = not _silent(prepared), result.delivery.force_known
    return ResponseRate(
        first=past.first,
        last=past.last,
        limit_min=method.reporting.beyond_min,
        alerts=len(past.cell),
        by_year=past.by_year,
        near=past.near,
        left_out=past.misplaced + past.undated,
        unstated=past.unstated,
        share=_told(at_least, known=anybody_known),
        at_least=at_least,
        by_land=_told(by_land, known=anybody_known),
        troops=_told(troops, known=troops_known),
        troops_by_land=_told(troops_by_land, known=troops_known),
    )


def _share(reached: NDArray[np.float64]) -> float:
    return float(reached.mean()) if len(reached) else float("nan")


def _told(share: float, *, known: bool) -> float:
    """Return a share of alerts, NaN where others of whom the data say nothing might get to the rest."""
    return share if known or share > 1 - CLOSE else float("nan")


def _reached(
    prepared: Prepared, router: Router, result: Review, past: PastIncidents, limit: np.float32
) -> NDArray[np.float64]:
    """
    Return which incidents somebody gets to in time in their months [0-1], shape (4, n).

    Rows are anybody by any way, anybody by land or water, and troops likewise.
    """
    method, posts, roads = prepared.method, result.stations, result.laydown.roads
    effects = station_effects(prepared, router, posts, roads)
    by_land = station_effects(prepared, router, posts, roads, by_air=False)
    movers = _movers(method)
    troops = [name for name in movers if any(name in group for group in method.bundles[FORCE].groups)]
    reached = np.zeros((4, len(past.cell)))
    for group in range(len(effects.groups)):
        weight = past.in_month[[month - 1 for month in effects.groups.months(group)]].sum(axis=0)
        own = np.flatnonzero(weight > 0)
        if not len(own):
            continue
        anyhow, on_land = group_arrivals(method, router, effects, group), by_land.arrivals(group)
        rows = ((anyhow, movers), (on_land, movers), (anyhow, troops), (on_land, troops))
        for row, (arrivals, names) in enumerate(rows):
            soonest = np.min([arrivals[name][past.cell[own]] for name in names], axis=0)
            reached[row, own] += weight[own] * (soonest <= limit)
    return reached


def _movers(method: Method) -> list[str]:
    """Return the capabilities that travel to a place."""
    return [
        name
        for name, each in method.capabilities.items()
        if not each.relay and (each.ground or each.boat or each.air)
    ]


def _silent(prepared: Prepared) -> bool:
    """Tell whether the area's data name nobody for some group that would travel."""
    movers = set(_movers(prepared.method))
    lacking = gaps(as_it_stands(prepared), prepared.method)
    return any(movers & set(group) for each in lacking for group in each.groups)
