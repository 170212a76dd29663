"""Escorts: what civilian teams on rated ground ask of their site's companies, and what they get."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from footprint.coverage.holdings import COMPANY, Holding, Route
from footprint.method import Capability
from footprint.travel.kernel import TOLERANCE_MIN

_DAYS = 30.0


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


def escort_of(
    holdings: Sequence[Holding], capabilities: Mapping[str, Capability], asked_days: float
) -> Escort:
    """
    Return what a site's companies give of the escorts asked for.

    Parameters
    ----------
    holdings
        The site's assets.
    capabilities
        Tell which kinds ask for escorts.
    asked_days
        Escort days that one team asks for [days/month].
    """
    asked = asked_days * sum(each.count for each in holdings if each.kind in escorted_kinds(capabilities))
    capacity = _DAYS * sum(each.count for each in holdings if each.kind == COMPANY)
    return Escort(asked, min(asked, capacity), capacity)


def escorted_kinds(capabilities: Mapping[str, Capability]) -> frozenset[str]:
    """Return the kinds of asset that do not use rated ground without an escort."""
    return frozenset(kind for each in capabilities.values() if each.escorted for kind in each.assets)


def rated_share(quickest: Route, unrated: Route, people: NDArray[np.float64], reach_min: float) -> float:
    """
    Return the share of the people around a site whose quickest way crosses rated ground.

    Parameters
    ----------
    quickest
        Ways over everything, on the undisturbed network.
    unrated
        Ways that keep off rated ground, on the same network.
    people
        People of each cell, 0 where unknown, shape (n_cells,).
    reach_min
        How far people count [min], inclusive.

    Returns
    -------
    float
        0-1; by cells where nobody lives within reach. A tie goes to the unrated way.
    """
    within = quickest.minutes <= np.float32(reach_min + TOLERANCE_MIN)
    cells = quickest.cells[within]
    if not len(cells):
        return 0.0
    around = np.full(len(people), np.inf, np.float32)
    around[unrated.cells] = unrated.minutes
    rated = around[cells] > quickest.minutes[within] + np.float32(TOLERANCE_MIN)
    weight = people[cells] if people[cells].sum() > 0 else np.ones(len(cells))
    return float(weight[rated].sum() / weight.sum())
