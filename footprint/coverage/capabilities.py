"""Capabilities: what one site's assets can do in each cell in one month, and how soon."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from footprint.coverage.escorts import Escort
from footprint.coverage.holdings import COMPANY, HELICOPTER, Approach, Day, Holding, Route
from footprint.method import Capability, Component, Decay
from footprint.travel.kernel import TOLERANCE_MIN


@dataclass(frozen=True, slots=True, eq=False)
class Effect:
    """What one capability of one site does in one month, at the cells it gets to."""

    cells: NDArray[np.int32] = field(repr=False)
    miss: NDArray[np.float32] = field(repr=False)
    """Chance that none of the site's assets is there in time and fit for use."""
    arrival_min: NDArray[np.float32] = field(repr=False)
    """Soonest arrival, notice included [min]; inf where effect comes by no dated arrival."""

    @property
    def nbytes(self) -> int:
        """Memory [bytes]."""
        return int(self.cells.nbytes + self.miss.nbytes + self.arrival_min.nbytes)


def troops_by_land(capabilities: Mapping[str, Capability]) -> list[str]:
    """Return the military capabilities that go by land or water."""
    return [
        name
        for name, each in capabilities.items()
        if (each.ground or each.boat) and each.component is Component.MILITARY
    ]


def decay(values: NDArray[np.float32], limits: Decay) -> NDArray[np.float32]:
    """
    Return the effect left at `values`: 1 up to `full`, then falling in a line to 0 at `zero`.

    Examples
    --------
    >>> decay(np.array([60, 90, 120, 180, np.inf], dtype="float32"), Decay(full=60, zero=180)).tolist()
    [1.0, 0.75, 0.5, 0.0, 0.0]
    """
    left = (limits.zero - values) / (limits.zero - limits.full)
    return np.asarray(np.clip(left, 0.0, 1.0), dtype=np.float32)


def site_effects(
    holdings: Sequence[Holding],
    approach: Approach,
    capabilities: Mapping[str, Capability],
    *,
    helicopter_notice_min: float,
    taken: Escort,
) -> dict[str, Effect]:
    """
    Return what each capability of a site does in one month; those it lacks are left out.

    Parameters
    ----------
    holdings
        The site's assets.
    approach
        Its ways to the cells this month.
    capabilities
        All capabilities of the method; evacuation is reckoned over all sites at once, by
        `footprint.travel.air.casevac_minutes`, and is skipped here.
    helicopter_notice_min
        Time before a helicopter lifts off if its own is not stated [min].
    taken
        What escorts take from the site's companies.
    """
    kinds = {holding.kind for holding in holdings}
    effects = {}
    for name, capability in capabilities.items():
        if capability.relay or (capability.needs and capability.needs not in kinds):
            continue
        carriers = [holding for holding in holdings if holding.kind in capability.assets]
        if carriers:
            notice = lift_off_min(holdings, helicopter_notice_min) if capability.air else None
            effects[name] = _effect(capability, carriers, approach, air_notice_min=notice, taken=taken)
    return effects


def lift_off_min(holdings: Sequence[Holding], default_min: float) -> float | None:
    """Return when the first of a site's helicopters lifts off [min], None without one."""
    notices = [
        default_min if holding.notice_min is None else holding.notice_min
        for holding in holdings
        if holding.kind == HELICOPTER
    ]
    return min(notices, default=None)


def _effect(
    capability: Capability,
    carriers: Sequence[Holding],
    approach: Approach,
    *,
    air_notice_min: float | None,
    taken: Escort,
) -> Effect:
    n_cells = len(approach.straight_km)
    miss = np.ones(n_cells, dtype=np.float32)
    arrival = np.full(n_cells, np.inf, dtype=np.float32)
    for carrier in carriers:
        reach = _reach(capability, carrier, approach, air_notice_min, arrival, taken)
        chance = _availability(capability, carrier, taken) * reach
        miss *= (1.0 - chance) ** carrier.count
    cells = np.flatnonzero((miss < 1) | np.isfinite(arrival)).astype(np.int32)
    return Effect(cells, miss[cells], arrival[cells])


def _availability(capability: Capability, carrier: Holding, taken: Escort) -> float:
    share = capability.availability if carrier.availability is None else carrier.availability
    if capability.shared:
        share *= 1.0 if carrier.mission_share is None else carrier.mission_share
    # Lifts by air are not consumed by escorts.
    return share * (taken.patrol_left if carrier.kind == COMPANY and not capability.needs else 1.0)


def _reach(
    capability: Capability,
    carrier: Holding,
    approach: Approach,
    air_notice_min: float | None,
    arrival: NDArray[np.float32],
    taken: Escort,
) -> NDArray[np.float32]:
    """Return the effect left in each cell by the best mode, and lower `arrival` to the soonest one."""
    best = np.zeros(len(arrival), dtype=np.float32)
    if capability.radius_km is not None:
        return (approach.straight_km <= capability.radius_km).astype(np.float32)
    own_notice = carrier.notice_min or 0.0
    for route, share in _ways(capability, approach, taken):
        minutes = route.minutes + np.float32(own_notice)
        left = _left(capability, route.cells, minutes, own_notice, approach) * np.float32(share)
        best[route.cells] = np.maximum(best[route.cells], left)
        if share > 0:
            arrival[route.cells] = np.minimum(arrival[route.cells], minutes)
    if air_notice_min is not None and capability.air_minutes is not None:
        ready_min = max(own_notice, air_notice_min)
        minutes = approach.flight_min + np.float32(ready_min)
        left = decay(minutes, capability.air_minutes)
        np.maximum(best, _by_day(capability, left, minutes, ready_min, approach.day), out=best)
        near = minutes <= capability.air_minutes.zero
        arrival[near] = np.minimum(arrival[near], minutes[near])
    return best


def _ways(capability: Capability, approach: Approach, taken: Escort) -> Iterator[tuple[Route, float]]:
    """Yield the ways a capability goes by land and water, and the share of times it can take each."""
    for profile in (capability.ground, "boat" if capability.boat else ""):
        if profile not in approach.routes or capability.minutes is None:
            continue
        yield approach.routes[profile], taken.escorted if capability.escorted else 1.0
        if capability.escorted and profile in approach.unrated:
            yield approach.unrated[profile], 1.0


def _by_day(
    capability: Capability,
    left: NDArray[np.float32],
    minutes: NDArray[np.float32],
    notice_min: float,
    day: Day | None,
) -> NDArray[np.float32]:
    """Return the effect left where there is daylight for the way, and 0 elsewhere."""
    if day is None:
        return left
    # There, or notice, there, a stay and back.
    away_min = minutes if capability.overnight else 2 * minutes - np.float32(notice_min - day.stay_min)
    return np.where(away_min <= day.light_min + np.float32(TOLERANCE_MIN), left, np.float32(0))


def _left(
    capability: Capability,
    cells: NDArray[np.int32],
    minutes: NDArray[np.float32],
    notice_min: float,
    approach: Approach,
) -> NDArray[np.float32]:
    """Return the effect left at some cells after so many minutes, notice included, by land or water."""
    if capability.minutes is None:
        raise ValueError(f"{capability.capability_id} has no limit by land")
    left = _by_day(
        capability, decay(minutes, capability.minutes), minutes, notice_min, approach.day_at(cells)
    )
    if capability.km is not None:
        # A radius of presence, not the length of the way: else closing a long fast road would raise it.
        left = np.minimum(left, decay(approach.straight_km[cells], capability.km))
    return left
