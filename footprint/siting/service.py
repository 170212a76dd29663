"""Service: what it costs to serve each demand point from each site, and what a choice of sites costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from footprint.siting.answer import Clock

Numbers = NDArray[np.float64]

_MOST_SHAKEN = 4
"""Sites exchanged at random: from two to one more than this."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ServiceCosts:
    """
    Costs of serving demand points, one choice of sites for all.

    Both the p-median (weight times distance; nobody may be left out) and the maximal covering
    problem (0 from a site that covers; the weight of whoever is left out) are of this form.

    Attributes
    ----------
    served
        Cost of serving a point from a site, shape (n_demand, n_sites); inf where it cannot.
    left_out
        Cost of not serving a point at all, shape (n_demand,); inf where it may not be.
    """

    served: Numbers
    left_out: Numbers

    def total(self, chosen: Sequence[int]) -> float:
        """Return what a choice costs; inf where it leaves out a point that it may not."""
        return float(np.minimum(self.served[:, list(chosen)].min(axis=1), self.left_out).sum())

    def finite(self) -> ServiceCosts:
        """Return costs in which leaving out is possible, but dearer than any choice that need not."""
        known = np.column_stack([self.served, self.left_out])
        dear = 1.0 + float(np.where(np.isfinite(known), known, 0.0).max(axis=1).sum())
        return ServiceCosts(
            served=np.where(np.isfinite(self.served), self.served, dear),
            left_out=np.where(np.isfinite(self.left_out), self.left_out, dear),
        )


def cheapest_first(costs: ServiceCosts, p: int) -> list[int]:
    """Return `p` sites chosen one by one, each lowering the cost most; of equals the first."""
    nearest, chosen = costs.left_out.copy(), list[int]()
    row, site = np.nonzero(costs.served < nearest[:, None])
    cost = costs.served[row, site]
    for _ in range(p):
        saved: Numbers = np.bincount(site, nearest[row] - cost, costs.served.shape[1]).astype(float)
        saved[chosen] = -np.inf
        chosen.append(int(np.argmax(saved)))
        nearest = np.minimum(nearest, costs.served[:, chosen[-1]])
        # What saves nothing now never will.
        of_use = cost < nearest[row]
        row, site, cost = row[of_use], site[of_use], cost[of_use]
    return chosen


def interchanged(costs: ServiceCosts, chosen: Sequence[int], *, swaps: int = 1_000) -> list[int]:
    """
    Exchange one site for another as long as that lowers the cost, the best exchange first.

    Parameters
    ----------
    costs
        All finite (`ServiceCosts.finite`).
    chosen
        Numbers of the sites to begin with.
    swaps
        Most exchanges made.

    Notes
    -----
    Teitz and Bart (1968), each exchange priced from the nearest and second nearest open site.
    """
    sites = list(chosen)
    for _ in range(swaps):
        gains = _changes(costs, sites)
        gains[:, sites] = np.inf
        out, into = np.unravel_index(int(np.argmin(gains)), gains.shape)
        nothing = -1e-9 * max(1.0, abs(costs.total(sites)))
        if gains[out, into] >= nothing:
            break
        sites[int(out)] = int(into)
    return sorted(sites)


def shaken(costs: ServiceCosts, chosen: Sequence[int], clock: Clock, tries: int) -> list[int]:
    """
    Exchange a few sites of the best choice at random and improve what comes of it, again and again.

    Parameters
    ----------
    costs
        All finite.
    chosen
        Numbers of the sites to begin with.
    clock
        Time allowed.
    tries
        How often, at most. The draws are the same every time.
    """
    draw = np.random.default_rng(len(chosen))
    best, others = list(chosen), costs.served.shape[1] - len(chosen)
    for number in range(tries):
        away = min(2 + number % _MOST_SHAKEN, len(best) - 1, others)
        if away < 1 or clock.left_s() <= 0:
            break
        closed = np.setdiff1d(np.arange(costs.served.shape[1]), best)
        kept, new = draw.permutation(best)[away:], draw.choice(closed, away, replace=False)
        better = interchanged(costs, [*kept.tolist(), *new.tolist()])
        if costs.total(better) < costs.total(best):
            best = better
    return sorted(best)


def _changes(costs: ServiceCosts, sites: Sequence[int]) -> Numbers:
    """
    Return the change of cost of every exchange, shape (n_chosen, n_sites).

    A site that is given up costs each of its points the way to their second nearest; one that is taken
    saves every point what it is nearer than the nearest, and those of the site given up the rest.
    """
    n_sites = costs.served.shape[1]
    own = np.column_stack([costs.served[:, list(sites)], costs.left_out])
    order = np.argpartition(own, 1, axis=1)[:, :2]
    pair = np.take_along_axis(own, order, axis=1)
    first = np.where(pair[:, 0] <= pair[:, 1], order[:, 0], order[:, 1])
    nearest, second = pair.min(axis=1), pair.max(axis=1)
    lost: Numbers = np.bincount(first, weights=second - nearest, minlength=len(sites) + 1).astype(float)
    row, site = np.nonzero(costs.served < second[:, None])
    cost = costs.served[row, site]
    nearer = np.minimum(cost - nearest[row], 0.0)
    gained: Numbers = np.bincount(site, weights=nearer, minlength=n_sites).astype(float)
    kept = np.maximum(cost, nearest[row]) - second[row]
    cell = first[row] * n_sites + site
    both: Numbers = np.bincount(cell, weights=kept, minlength=(len(sites) + 1) * n_sites).astype(float)
    changes: Numbers = both.reshape(-1, n_sites)[:-1] + lost[:-1, None] + gained
    return changes
