"""Choosing: the `p` sites of least cost, by exchanges, prices, and what these leave to HiGHS."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from footprint.siting.answer import TOLERANCE, Bracket, Clock
from footprint.siting.cuts import Cuts
from footprint.siting.lagrange import priced
from footprint.siting.radius_model import finished, remaining, size
from footprint.siting.service import ServiceCosts, cheapest_first, interchanged, shaken

_ROUNDING = 1e-8
_PRICING, _CUTTING = 0.25, 0.6
"""Shares of the time left that prices, and cuts of the linear programme, may take at most."""
_SHAKING, _SHAKES = 0.2, 16
"""Share of the time left for exchanges at random, and how many there are at most."""
_WHOLE_MODEL = 150_000
"""Entries up to which what is undecided is given to HiGHS whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopping:
    """
    When a choice is good enough.

    Attributes
    ----------
    gap
        Relative gap at which to stop [share].
    total
        Where the objective is what is saved of a total, that total; else None.
    whole
        Whether every choice costs a whole number.
    """

    gap: float
    total: float | None = None
    whole: bool = False

    def lifted(self, bound: float) -> float:
        """Return a bound raised to the next cost that a choice can have."""
        if not self.whole or not math.isfinite(bound):
            return bound
        return float(math.ceil(bound - _ROUNDING * max(1.0, abs(bound))))

    def enough(self, cost: float, bound: float) -> bool:
        """Tell whether a cost lies as near to its bound as was wanted."""
        base = abs(cost) if self.total is None else abs(self.total - cost)
        return cost - self.lifted(bound) <= max(self.gap, TOLERANCE / 2) * base

    def as_share_of_cost(self, cost: float) -> float:
        """Return the gap as a share of the cost [share]."""
        if self.total is None or cost == 0:
            return self.gap
        return self.gap * abs(self.total - cost) / cost


def cheapest_choice(
    costs: ServiceCosts, p: int, clock: Clock, stopping: Stopping, *, start: tuple[int, ...] = ()
) -> Bracket:
    """
    Find the `p` sites of least cost.

    Parameters
    ----------
    costs
        All finite.
    p
        How many sites, from 1 to all.
    clock
        Time allowed.
    stopping
        When the gap is small enough.
    start
        A choice known beforehand, if any.

    Notes
    -----
    Greedy start and exchanges; prices by Lagrangian relaxation, which bound every choice and decide most
    sites; Benders cuts raise the
    bound to that of the linear programme; HiGHS gets what is undecided, as a radius model where that is
    small enough, else as the programme of cuts.
    """
    starts = [interchanged(costs, each) for each in (cheapest_first(costs, p), list(start)) if each]
    known = priced(costs, min(starts, key=costs.total), clock.part(_PRICING), stopping.enough)
    if not stopping.enough(known.cost, known.bound) and clock.left_s() > 0:
        best = shaken(costs, known.best, clock.part(_SHAKING), _SHAKES)
        known = replace(known, best=best, cost=costs.total(best))
        cuts = Cuts(costs, known)
        cuts.root(clock.part(_CUTTING), stopping.enough)
        known = cuts.known
        if not stopping.enough(known.cost, known.bound):
            wanted = stopping.as_share_of_cost(known.cost)
            if size(remaining(costs, known)[0]) <= _WHOLE_MODEL:
                known = finished(costs, known, clock, wanted)
            else:
                cuts.whole(clock, stopping.enough, wanted)
                known = cuts.known
    least = float(np.minimum(costs.served.min(axis=1), costs.left_out).sum())
    bound = min(stopping.lifted(max(known.bound, least)), known.cost)
    return Bracket(objective=known.cost, bound=bound, chosen=tuple(known.best))
