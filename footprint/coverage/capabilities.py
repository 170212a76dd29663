"""Capabilities: what one site's assets can do in each cell in one month, and how soon."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import prod

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
    aircraft: Aircraft,
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
        All capabilities of the method; evacuation takes two sites and is reckoned by
        `footprint.coverage.evacuation`.
    aircraft
        What is taken of helicopters of which nothing is stated.
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
            lifts = lifts_of(holdings, carriers, capability, aircraft)
            effects[name] = _effect(capability, carriers, approach, lifts, taken)
    return effects


@dataclass(frozen=True, slots=True)
class Aircraft:
    """What is taken of helicopters of which nothing is stated."""

    availability: float
    notice_min: float


@dataclass(frozen=True, slots=True)
class Lift:
    """Whoever waits `ready_min` flies with this chance: an aircraft is there, and someone to carry."""

    ready_min: float
    chance: float


def lifts_of(
    holdings: Sequence[Holding], carriers: Sequence[Holding], capability: Capability, aircraft: Aircraft
) -> tuple[Lift, ...]:
    """
    Return the chances of a capability at one site to come by air, one for each different notice.

    Parameters
    ----------
    holdings
        The site's assets, helicopters among them.
    carriers
        Those that carry the capability.
    capability
        It flies only if it may.
    aircraft
        Defaults of helicopters.

    Notes
    -----
    ``L Q``: at least one aircraft and at least one team, each as ready as stated. Five companies with one
    helicopter are one lift. Escorts consume no lifts.
    """
    if not capability.air or capability.air_minutes is None:
        return ()
    planes = [
        (
            aircraft.notice_min if each.notice_min is None else each.notice_min,
            (1 - (aircraft.availability if each.availability is None else each.availability)) ** each.count,
        )
        for each in holdings
        if each.kind == HELICOPTER
    ]
    teams = [(each.notice_min or 0.0, (1 - _share(capability, each)) ** each.count) for each in carriers]
    ready = sorted({max(plane, team) for plane, _ in planes for team, _ in teams})
    chances = ((each, _some(planes, each) * _some(teams, each)) for each in ready)
    return tuple(Lift(ready_min, chance) for ready_min, chance in chances if chance > 0)


def _some(those: Sequence[tuple[float, float]], ready_min: float) -> float:
    """Return the chance that at least one is there of those whose notice is not longer."""
    return 1.0 - prod(miss for notice_min, miss in those if notice_min <= ready_min)


def _effect(
    capability: Capability,
    carriers: Sequence[Holding],
    approach: Approach,
    lifts: Sequence[Lift],
    taken: Escort,
) -> Effect:
    # Whoever goes by land alone acts in the few cells his ways lead to: a tenth of the time.
    anywhere = bool(lifts) or capability.radius_km is not None
    domain = None if anywhere else _led_to(capability, approach, taken)
    n_cells = len(approach.straight_km) if domain is None else len(domain)
    miss = np.ones(n_cells, dtype=np.float32)
    arrival = np.full(n_cells, np.inf, dtype=np.float32)
    for carrier in carriers:
        share = _availability(capability, carrier, taken)
        if share > 0:
            reach = _reach(capability, carrier, approach, domain, arrival, taken)
            miss *= (1.0 - share * reach) ** carrier.count
    for lift in lifts:
        left, minutes = _by_air(capability, approach, lift.ready_min)
        miss = np.minimum(miss, np.float32(1) - np.float32(lift.chance) * left)
        arrival = np.where(left > 0, np.minimum(arrival, minutes), arrival)
    kept = np.flatnonzero((miss < 1) | np.isfinite(arrival)).astype(np.int32)
    return Effect(kept if domain is None else domain[kept], miss[kept], arrival[kept])


def _led_to(capability: Capability, approach: Approach, taken: Escort) -> NDArray[np.int32]:
    """Return the cells that any way of a capability by land or water leads to, ascending."""
    led = [route.cells for route, _ in _ways(capability, approach, taken)]
    return led[0] if len(led) == 1 else np.unique(np.concatenate([np.zeros(0, np.int32), *led]))


def _by_air(
    capability: Capability, approach: Approach, ready_min: float
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the effect left in each cell of whoever flies, and the minutes they take."""
    if capability.air_minutes is None:
        raise ValueError(f"{capability.capability_id} does not fly")
    minutes = approach.flight_min + np.float32(ready_min)
    left = decay(minutes, capability.air_minutes)
    return _by_day(capability, left, minutes, ready_min, approach.day), minutes


def _share(capability: Capability, carrier: Holding) -> float:
    """Return the share of the time in which one asset is fit for use and tasked by the mission."""
    share = capability.availability if carrier.availability is None else carrier.availability
    tasked = 1.0 if carrier.mission_share is None else carrier.mission_share
    return share * tasked if capability.shared else share


def _availability(capability: Capability, carrier: Holding, taken: Escort) -> float:
    return _share(capability, carrier) * (taken.patrol_left if carrier.kind == COMPANY else 1.0)


def _reach(
    capability: Capability,
    carrier: Holding,
    approach: Approach,
    domain: NDArray[np.int32] | None,
    arrival: NDArray[np.float32],
    taken: Escort,
) -> NDArray[np.float32]:
    """
    Return the effect left by land or water, and lower `arrival` to the soonest one.

    Arrays are over `domain`, ascending and with all cells that its ways lead to, or over all cells if
    it is None.
    """
    best = np.zeros(len(arrival), dtype=np.float32)
    if capability.radius_km is not None:
        return (approach.straight_km <= capability.radius_km).astype(np.float32)
    own_notice = carrier.notice_min or 0.0
    for route, share in _ways(capability, approach, taken):
        minutes = route.minutes + np.float32(own_notice)
        left = _left(capability, route.cells, minutes, own_notice, approach) * np.float32(share)
        at = route.cells if domain is None else np.searchsorted(domain, route.cells)
        best[at] = np.maximum(best[at], left)
        if share > 0:
            arrival[at] = np.minimum(arrival[at], minutes)
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
