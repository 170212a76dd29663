"""Capabilities: what one site's assets can do in each cell in one month, and how soon."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from footprint.method import Capability, Component, Decay

HELICOPTER = "helicopter"
COMPANY = "infantry_company"
_DAYS = 30.0


class Route(Protocol):
    """What a bounded search from one site found, by one travel profile in one month."""

    @property
    def cells(self) -> NDArray[np.int32]:
        """Cells reached, ascending."""

    @property
    def minutes(self) -> NDArray[np.float32]:
        """Travel time to each of them [min]."""

    @property
    def km(self) -> NDArray[np.float32]:
        """Length of the quickest way to each [km]."""

    @property
    def rated_km(self) -> NDArray[np.float32]:
        """Of these on roads searched for explosive devices [km]."""


@dataclass(frozen=True, slots=True)
class Holding:
    """Assets of one kind at one site; None where the method's default stands in."""

    kind: str
    count: int
    availability: float | None = None
    notice_min: float | None = None
    mission_share: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Approach:
    """How one site gets to the cells in one month."""

    routes: Mapping[str, Route]
    """By travel profile; a profile that is missing is not used from here."""
    flight_min: NDArray[np.float32] = field(repr=False)
    """Flight time to each cell without notice [min], shape (n_cells,)."""
    straight_km: NDArray[np.float32] = field(repr=False)
    """Straight distance to each cell [km], shape (n_cells,)."""


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


@dataclass(frozen=True, slots=True)
class Escort:
    """What escorting civilians over rated routes takes from one site in one month."""

    asked_days: float
    """Escort days that the site's civilian teams ask for [days/month]."""
    given_days: float
    """Of these, what its companies can give [days/month]."""
    capacity_days: float
    """Company days the site has [days/month]."""

    @property
    def patrol_left(self) -> float:
        """Share of patrol and reaction capacity left after escorts [0-1]."""
        return 1.0 - self.given_days / self.capacity_days if self.capacity_days else 1.0

    @property
    def escorted(self) -> float:
        """Share of the escorts asked for that are given [0-1]; 1 when none are asked for."""
        return self.given_days / self.asked_days if self.asked_days else 1.0


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


def escort(
    holdings: Sequence[Holding], approach: Approach, capabilities: Mapping[str, Capability], *, days: float
) -> Escort:
    """
    Reckon the escort days that a site's civilian teams take from its companies.

    Parameters
    ----------
    holdings
        The site's assets.
    approach
        Its ways to the cells this month.
    capabilities
        All capabilities; those marked as escorted ask for escorts.
    days
        Escort days a month that one team asks for if all its way is rated.

    Returns
    -------
    Escort
        A team asks for `days` times the share of the cells it can get to whose quickest
        way uses a rated road.
    """
    asked = 0.0
    for capability in capabilities.values():
        route = approach.routes.get(capability.ground) if capability.escorted else None
        if route is None or not len(route.cells):
            continue
        within = route.minutes < (capability.minutes.zero if capability.minutes else np.inf)
        rated_share = float((route.rated_km[within] > 0).mean()) if within.any() else 0.0
        asked += days * rated_share * sum(h.count for h in holdings if h.kind in capability.assets)
    capacity = _DAYS * sum(h.count for h in holdings if h.kind == COMPANY)
    return Escort(asked, min(asked, capacity), capacity)


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
    return share * (taken.patrol_left if carrier.kind == COMPANY else 1.0)


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
    for profile in (capability.ground, "boat" if capability.boat else ""):
        route = approach.routes.get(profile)
        if route is None or capability.minutes is None:
            continue
        minutes = route.minutes + np.float32(own_notice)
        left = decay(minutes, capability.minutes)
        if capability.km is not None:
            left = np.minimum(left, decay(route.km, capability.km))
        served = np.ones(len(minutes), dtype=bool)
        if capability.escorted:
            rated = route.rated_km > 0
            left = np.where(rated, left * np.float32(taken.escorted), left)
            served = ~rated | (taken.escorted > 0)
        best[route.cells] = np.maximum(best[route.cells], left)
        arrival[route.cells[served]] = np.minimum(arrival[route.cells[served]], minutes[served])
    if air_notice_min is not None and capability.air_minutes is not None:
        minutes = approach.flight_min + np.float32(max(own_notice, air_notice_min))
        np.maximum(best, decay(minutes, capability.air_minutes), out=best)
        near = minutes <= capability.air_minutes.zero
        arrival[near] = np.minimum(arrival[near], minutes[near])
    return best
