"""Lagrange: a bound on what any choice of `p` sites costs, and which sites it decides."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from footprint.siting.answer import Clock
from footprint.siting.service import ServiceCosts, interchanged

Numbers = NDArray[np.float64]

_NEIGHBOURS = 8.0
"""Sites looked at for each point, as a multiple of how many there are to one open site."""
_FEWEST = 40
_STEPS = 300
_PATIENCE = 25
"""Steps without a better bound after which steps become half as long."""
_SHORTEST = 0.02
_MEMORY = 0.3
"""Share of the last direction kept."""
_WORTH_TRYING = 1.05
"""Choices up to this multiple of the best are improved by exchanges."""
_TRIES = 20
_ROUNDING = 1e-9

Enough = Callable[[float, float], bool]
"""Tells from the best cost and the bound whether the search may stop."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Priced:
    """
    What prices of service prove.

    Attributes
    ----------
    best
        Best choice known, sites in order.
    cost
        What it costs.
    bound
        No choice costs less than the lower of this and `cost`.
    prices
        What each point pays at most, shape (n_demand,).
    opened, closed
        Sites that every choice as good as the best one has, or has not; shape (n_sites,).
    """

    best: list[int]
    cost: float
    bound: float
    prices: Numbers
    opened: NDArray[np.bool_]
    closed: NDArray[np.bool_]


class _Entries:
    """Costs of serving points from the sites near them, one entry each."""

    def __init__(self, costs: ServiceCosts, p: int) -> None:
        n_sites = costs.served.shape[1]
        near = min(n_sites, max(_FEWEST, math.ceil(_NEIGHBOURS * n_sites / p)))
        ranked = np.partition(costs.served, near - 1, axis=1)[:, near - 1]
        self.most: Numbers = np.minimum(ranked, costs.left_out)
        self.row, self.site = np.nonzero(costs.served < self.most[:, None])
        self.cost: Numbers = costs.served[self.row, self.site]
        self.n_demand, self.n_sites = costs.served.shape

    def gains(self, prices: Numbers) -> tuple[Numbers, Numbers]:
        """Return what each entry, and each site, gains at these prices; at most 0."""
        entry = np.minimum(self.cost - prices[self.row], 0.0)
        return entry, np.bincount(self.site, weights=entry, minlength=self.n_sites).astype(float)


def priced(costs: ServiceCosts, start: list[int], clock: Clock, enough: Enough) -> Priced:
    """
    Return a bound by Lagrangian relaxation, with a choice at least as good as `start`.

    Parameters
    ----------
    costs
        All finite.
    start
        Sites to begin with; their number is that of every choice.
    clock
        Time allowed.
    enough
        Told the best cost and the bound after each step.

    Notes
    -----
    Each point pays a price u for being served; a site earns Σ max(0, u - c) of the points near it. For
    any u no greater than what it costs to leave a point out, Σ u less the `p` highest earnings is a
    bound (Cornuéjols, Fisher and Nemhauser 1977). Prices follow subgradients. A site whose earnings lie
    farther from the p-th highest than the bound does from the best cost is decided (reduced costs).
    """
    p, entries = len(start), _Entries(costs, len(start))
    best, cost = sorted(start), costs.total(start)
    prices = np.minimum(costs.served[:, best].min(axis=1), entries.most)
    opened, closed = np.zeros(entries.n_sites, dtype=bool), np.zeros(entries.n_sites, dtype=bool)
    bound, kept, direction = -math.inf, prices, np.zeros(entries.n_demand)
    length, waited, tried = 1.0, 0, set[tuple[int, ...]]()
    for _ in range(_STEPS):
        entry, earned = entries.gains(prices)
        choice = _cheapest(earned, opened, closed, p)
        value = float(prices.sum() + earned[choice].sum())
        waited += 1
        if value > bound:
            waited = 0 if value > bound + _ROUNDING * abs(bound) or not math.isfinite(bound) else waited
            bound, kept = value, prices
            found = tuple(np.sort(choice).tolist())
            if found not in tried and len(tried) < _TRIES and costs.total(found) < _WORTH_TRYING * cost:
                tried.add(found)
                better = interchanged(costs, found, swaps=50)
                if costs.total(better) < cost:
                    best, cost = better, costs.total(better)
            _decide(earned, choice, slack(cost, value), opened, closed)
        if waited > _PATIENCE:
            length, waited, prices = length / 2, 0, kept
            direction[:] = 0.0
        if length < _SHORTEST or enough(cost, bound) or clock.left_s() <= 0:
            break
        chosen = np.zeros(entries.n_sites, dtype=bool)
        chosen[choice] = True
        served = (entry < 0) & chosen[entries.site]
        lacking = 1.0 - np.bincount(entries.row[served], minlength=entries.n_demand)
        direction = lacking + _MEMORY * direction
        square = float(direction @ direction)
        if square == 0:
            break
        step = length * max(cost - value, _ROUNDING * max(1.0, abs(cost))) / square
        prices = np.clip(prices + step * direction, 0.0, entries.most)
    return Priced(best=best, cost=cost, bound=bound, prices=kept, opened=opened, closed=closed)


def _cheapest(
    earned: Numbers, opened: NDArray[np.bool_], closed: NDArray[np.bool_], p: int
) -> NDArray[np.int64]:
    """Return the `p` sites that earn most, those decided taken into account."""
    ranked = np.where(opened, -np.inf, np.where(closed, np.inf, earned))
    return np.argsort(ranked, kind="stable")[:p]


def proved(costs: ServiceCosts, prices: Numbers, known: Priced) -> Priced:
    """
    Return what is known once these prices have been tried as well.

    Parameters
    ----------
    costs
        All finite.
    prices
        What each point pays, shape (n_demand,).
    known
        What is known so far; its decided sites stay so.
    """
    prices = np.minimum(prices, costs.left_out)
    row, site = np.nonzero(costs.served < prices[:, None])
    gains = costs.served[row, site] - prices[row]
    earned: Numbers = np.bincount(site, gains, costs.served.shape[1]).astype(float)
    opened, closed = known.opened.copy(), known.closed.copy()
    choice = _cheapest(earned, opened, closed, len(known.best))
    value = float(prices.sum() + earned[choice].sum())
    _decide(earned, choice, slack(known.cost, value), opened, closed)
    better = value > known.bound
    return replace(
        known,
        bound=max(value, known.bound),
        prices=prices if better else known.prices,
        opened=opened,
        closed=closed,
    )


def slack(cost: float, bound: float) -> float:
    """Return how much more than a bound a choice may cost to be as good as the best."""
    return cost + _ROUNDING * max(1.0, abs(cost)) - bound


def _decide(
    earned: Numbers,
    choice: NDArray[np.int64],
    slack: float,
    opened: NDArray[np.bool_],
    closed: NDArray[np.bool_],
) -> None:
    """Note the sites without which, or with which, no choice could be as good as the best one."""
    inside = np.zeros(len(earned), dtype=bool)
    inside[choice] = True
    free_in, free_out = inside & ~opened, ~inside & ~closed
    if not free_in.any() or not free_out.any():
        return
    last, next_one = earned[free_in].max(), earned[free_out].min()
    closed |= free_out & (earned - last > slack)
    opened |= free_in & (next_one - earned > slack)
