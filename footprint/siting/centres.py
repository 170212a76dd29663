"""Centres: the smallest distance within which `p` sites can serve every point."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from footprint.siting.answer import Bracket, Clock, relative_gap
from footprint.siting.covering import merged_points, within
from footprint.siting.set_cover import cheapest_cover

Numbers = NDArray[np.float64]


class _Halving:
    """What is known of the smallest distance: the places of its bounds among all there are."""

    def __init__(self, distances: Numbers, p: int) -> None:
        self._distances, self._p = distances, p
        self.lengths: Numbers = np.unique(distances[np.isfinite(distances)])
        nearest = float(distances.min(axis=1).max())
        self.least = int(np.searchsorted(self.lengths, nearest))
        """No distance before this place suffices."""
        self.enough: int | None = None
        """The distance at this place does, with `chosen`."""
        self.chosen: tuple[int, ...] = ()
        self.rows = 0

    def suffices(self, place: int, clock: Clock) -> bool | None:
        """Find out whether a distance does; None where time does not."""
        covered = within(self._distances, self.lengths[place])
        rows = merged_points(covered, np.ones(len(covered)))
        bracket, self.rows = cheapest_cover(rows, np.ones(covered.shape[1]), clock, enough=float(self._p))
        if bracket.objective <= self._p:
            self.use(bracket.chosen)
            return True
        if bracket.bound > self._p:
            self.least = place + 1
            return False
        return None

    def use(self, chosen: tuple[int, ...]) -> None:
        """Keep a choice, filled up to `p` sites, where it is the best so far."""
        others = (site for site in range(self._distances.shape[1]) if site not in set(chosen))
        filled = tuple(sorted([*chosen, *(next(others) for _ in range(self._p - len(chosen)))]))
        farthest = float(self._distances[:, list(filled)].min(axis=1).max())
        if not math.isfinite(farthest):
            return
        place = int(np.searchsorted(self.lengths, farthest))
        if self.enough is None or place < self.enough:
            self.enough, self.chosen = place, filled


def smallest_radius(
    distances: Numbers, p: int, clock: Clock, *, wanted_gap: float = 0.0
) -> tuple[Bracket, int]:
    """
    Find the `p` sites whose farthest point is as near as can be.

    Parameters
    ----------
    distances
        Shape (n_demand, n_sites); each point has a site at a finite distance.
    p
        How many sites, from 1 to all.
    clock
        Time allowed.
    wanted_gap
        Gap at which to stop [share].

    Returns
    -------
    Bracket
        The farthest distance, a lower bound and the sites; a bound of inf where `p` sites cannot reach all.
    int
        Rows left of the last cover.

    Notes
    -----
    The answer is one of the distances. Halving (Minieka 1970; Daskin 2000): a distance suffices where a
    set cover within it needs no more than `p` sites.
    """
    search = _Halving(distances, p)
    search.use(_spread(distances, p))
    if search.enough is None:
        last = search.suffices(len(search.lengths) - 1, clock)
        if last is False:
            return Bracket(objective=math.nan, bound=math.inf, chosen=()), search.rows
    while search.enough is not None and search.least < search.enough:
        bracket = _bracket(search)
        if relative_gap(bracket.objective, bracket.bound) <= wanted_gap:
            break
        if search.suffices((search.least + search.enough - 1) // 2, clock) is None:
            break
    return _bracket(search), search.rows


def _bracket(search: _Halving) -> Bracket:
    bound = float(search.lengths[min(search.least, len(search.lengths) - 1)])
    if search.enough is None:
        return Bracket(objective=math.nan, bound=bound, chosen=())
    return Bracket(objective=float(search.lengths[search.enough]), bound=bound, chosen=search.chosen)


def _spread(distances: Numbers, p: int) -> tuple[int, ...]:
    """Return sites each nearest to the point that those before it leave farthest (Gonzalez 1985)."""
    chosen = [int(np.argmin(distances.max(axis=0)))]
    nearest = distances[:, chosen[0]].copy()
    while len(chosen) < p:
        away = distances[int(np.argmax(nearest))].copy()
        away[chosen] = np.inf
        site = int(np.argmin(away))
        if site in chosen:
            break
        chosen.append(site)
        nearest = np.minimum(nearest, distances[:, site])
    return tuple(chosen)
