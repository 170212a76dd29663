"""Cuts: a programme over sites and a few sums of cost, made exact cut by cut."""

from __future__ import annotations

import math
from dataclasses import replace

import highspy
import numpy as np
from numpy.typing import NDArray

from footprint.siting.answer import Clock
from footprint.siting.highs import quiet_solver, run, solve_whole
from footprint.siting.lagrange import Enough, Priced, proved
from footprint.siting.service import ServiceCosts, cheapest_first, interchanged

Numbers = NDArray[np.float64]

_BLOCKS = 60
_ROUNDS = 300
_PATIENCE = 4
"""Rounds without a gain of `_GAIN` after which more are no use."""
_GAIN = 0.003
"""Of the distance between best and bound."""
_HALF = 0.5
_WORTH_TRYING, _SWAPS = 1.1, 20
"""Choices up to this multiple of the best are improved, by so many exchanges at most."""
_NEAR_ENOUGH = 0.1
"""How near a programme of whole sites is solved, as a share of the distance between best and bound."""
_ROUNDING = 1e-9
_UNIT = 1e4
"""What the best cost is in the programme's own unit: HiGHS's tolerances are absolute."""


class Cuts:
    """
    Benders cuts for the cheapest choice of sites.

    Parameters
    ----------
    costs
        All finite; points in rows.
    known
        What is known already; its prices are the first cuts.

    Attributes
    ----------
    known
        What is known by now.

    Notes
    -----
    Whatever the sites, a point costs at least u - Σ max(0, u - c) over the open sites, for any price u
    (Cornuéjols, Nemhauser and Wolsey 1980; Duran-Mateluna, Ales and Elloumi 2023). Points are summed in
    blocks, one variable each, and a cut takes of each point the price at which the sites opened so far,
    in whole or in part, serve it once. So every cut holds for every choice, wherever it was taken. Of the
    linear programme no number is believed: its duals are prices, whose bound is reckoned anew.
    """

    def __init__(self, costs: ServiceCosts, known: Priced) -> None:
        self.known = known
        self._costs = costs
        self._n_sites = costs.served.shape[1]
        self._row, self._site, self._entry = _sorted_entries(costs)
        self._starts = np.searchsorted(self._row, np.arange(len(costs.left_out) + 1))
        seeds = cheapest_first(costs, min(_BLOCKS, self._n_sites))
        _, self._block = np.unique(costs.served[:, seeds].argmin(axis=1), return_inverse=True)
        self._n_blocks = int(self._block.max()) + 1
        self._scale = _UNIT / max(known.cost, _ROUNDING)
        self._prices: list[Numbers] = []
        self._tried = {tuple(known.best)}
        self._fixed = np.zeros(self._n_sites, dtype=bool)
        self._solver = self._programme()
        self._cut(known.prices)

    def root(self, clock: Clock, enough: Enough) -> None:
        """Cut the linear programme until that gains little more."""
        waited, inner = 0, self._centre()
        for _ in range(_ROUNDS):
            opened = self._relaxed(clock)
            if opened is None:
                return
            before = self.known.bound
            self.known = proved(self._costs, self._dual_prices(), self.known)
            self._fix()
            self._try(np.argsort(-opened, kind="stable")[: len(self.known.best)])
            far = self.known.cost - self.known.bound
            waited = waited + 1 if self.known.bound - before < _GAIN * far else 0
            if waited > _PATIENCE or enough(self.known.cost, self.known.bound):
                return
            # Cuts half way between the programme's choice and those before it go deeper than at its own.
            inner = _HALF * (opened + inner)
            self._cut(self._prices_at(opened if waited > 1 else inner))

    def whole(self, clock: Clock, enough: Enough, wanted: float) -> None:
        """Solve the programme for whole sites, cutting at each solution, until exact or out of time."""
        while clock.left_s() > 0 and not enough(self.known.cost, self.known.bound):
            far = (self.known.cost - self.known.bound) / max(self.known.cost, _ROUNDING)
            solved = solve_whole(
                self._solver.getLp(), self._n_sites, clock, wanted_gap=max(wanted / 4, _NEAR_ENOUGH * far)
            )
            if math.isfinite(solved.bound):
                self.known = replace(self.known, bound=max(self.known.bound, solved.bound / self._scale))
            if solved.values is None:
                return
            opened = np.round(solved.values[: self._n_sites])
            self._try(np.flatnonzero(opened > 0))
            self._cut(self._prices_at(opened))

    def _cut(self, prices: Numbers) -> None:
        """Cut every block at given prices, shape (n_demand,)."""
        off: Numbers = np.maximum(prices[self._row] - self._entry, 0.0)
        cell = self._block[self._row] * self._n_sites + self._site
        cells = self._n_blocks * self._n_sites
        flat: Numbers = np.bincount(cell, weights=off, minlength=cells).astype(float)
        slopes: Numbers = flat.reshape(self._n_blocks, self._n_sites) * self._scale
        sums = np.bincount(self._block, weights=prices, minlength=self._n_blocks) * self._scale
        self._prices.append(prices)
        for block in range(self._n_blocks):
            sites = np.flatnonzero(slopes[block] > 0)
            columns = np.append(sites, self._n_sites + block).astype(np.int32)
            values = np.append(slopes[block, sites], 1.0)
            self._solver.addRow(float(sums[block]), highspy.kHighsInf, len(columns), columns, values)

    def _prices_at(self, opened: Numbers) -> Numbers:
        """Return of each point the price at which sites opened in part serve it once."""
        prices = self._costs.left_out.copy()
        if not len(self._row):
            return prices
        sums = np.concatenate([[0.0], np.cumsum(opened[self._site])])
        served = sums[1:] - sums[self._starts[self._row]] >= 1 - _ROUNDING
        position = np.where(served, np.arange(len(self._row)), len(self._row))
        some = self._starts[1:] > self._starts[:-1]
        first = np.minimum.reduceat(position, self._starts[:-1][some])
        within = first < self._starts[1:][some]
        points = np.flatnonzero(some)[within]
        prices[points] = self._entry[first[within]]
        return prices

    def _relaxed(self, clock: Clock) -> Numbers | None:
        """Return how far each site is opened in the linear programme; None where time is out."""
        if clock.left_s() <= 0:
            return None
        self._run(clock)
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return np.array(self._solver.getSolution().col_value)[: self._n_sites]

    def _run(self, clock: Clock) -> None:
        self._solver.setOptionValue("time_limit", clock.left_s())
        run(self._solver)

    def _dual_prices(self) -> Numbers:
        """Return the mean of all prices cut at, each block's weighted by its duals."""
        duals = np.maximum(np.array(self._solver.getSolution().row_dual)[1:], 0.0)
        weights = duals.reshape(len(self._prices), self._n_blocks)
        prices = np.zeros(len(self._costs.left_out))
        for own, cut_at in zip(weights, self._prices, strict=True):
            if own.any():
                prices += own[self._block] * cut_at
        return prices

    def _fix(self) -> None:
        """Take over which sites are decided."""
        for value, decided in ((0.0, self.known.closed), (1.0, self.known.opened)):
            for site in np.flatnonzero(decided & ~self._fixed):
                self._solver.changeColBounds(int(site), value, value)
        self._fixed = self.known.closed | self.known.opened

    def _try(self, sites: NDArray[np.int64]) -> None:
        own = tuple(np.sort(sites).tolist())
        if len(own) != len(self.known.best) or own in self._tried:
            return
        self._tried.add(own)
        if self._costs.total(own) > _WORTH_TRYING * self.known.cost:
            return
        better = interchanged(self._costs, own, swaps=_SWAPS)
        if self._costs.total(better) < self.known.cost:
            self.known = replace(self.known, best=better, cost=self._costs.total(better))

    def _centre(self) -> Numbers:
        """Return the best choice, with all others opened a little."""
        share = len(self.known.best) / self._n_sites
        centre: Numbers = _HALF * np.isin(np.arange(self._n_sites), self.known.best) + _HALF * share
        return centre

    def _programme(self) -> highspy.Highs:
        solver = quiet_solver()
        for _ in range(self._n_sites):
            solver.addVar(0.0, 1.0)
        for block in range(self._n_blocks):
            solver.addVar(0.0, highspy.kHighsInf)
            solver.changeColCost(self._n_sites + block, 1.0)
        sites = np.arange(self._n_sites, dtype=np.int32)
        p = float(len(self.known.best))
        solver.addRow(p, p, len(sites), sites, np.ones(len(sites)))
        return solver


def _sorted_entries(costs: ServiceCosts) -> tuple[NDArray[np.int64], NDArray[np.int64], Numbers]:
    """Return row, site and cost of each way of serving a point that is cheaper than leaving it out."""
    row, site = np.nonzero(costs.served < costs.left_out[:, None])
    entry = costs.served[row, site]
    order = np.lexsort((entry, row))
    return row[order], site[order], entry[order]
