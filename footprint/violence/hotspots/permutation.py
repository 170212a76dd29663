"""How often would chance gather as much around a cell? Conditional permutation, and many tests at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numba
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

TABLE_BYTES = 128 * 2**20
"""Memory the table of draws may take at a time [bytes]; results do not depend on it."""

TOLERANCE = 1e-9
"""Sums closer than this count as equal."""


@dataclass(frozen=True, slots=True, eq=False)
class Tails:
    """Of R draws, how many reach the observed neighbours' sum from either side."""

    at_least: NDArray[np.int64]
    at_most: NDArray[np.int64]
    n_draws: int

    @property
    def p_high(self) -> NDArray[np.float64]:
        """One-sided p of a sum this high, (b + 1) / (R + 1)."""
        return (self.at_least + 1) / (self.n_draws + 1)

    @property
    def p_low(self) -> NDArray[np.float64]:
        """One-sided p of a sum this low, (b + 1) / (R + 1)."""
        return (self.at_most + 1) / (self.n_draws + 1)


def permutation_tails(
    values: NDArray[np.float64],
    neighbour_sum: NDArray[np.float64],
    n_neighbours: NDArray[np.int64],
    *,
    n_draws: int,
    seed: int,
) -> Tails:
    """
    Compare each cell's neighbours with as many cells drawn from all others.

    Parameters
    ----------
    values
        Incidents of each cell in the mask, shape (n,).
    neighbour_sum
        Sum over each cell's neighbours, without itself, shape (n,).
    n_neighbours
        Number of those neighbours, shape (n,).
    n_draws
        R; the smallest p is 1 / (R + 1).
    seed
        Same seed, same p.

    Returns
    -------
    Tails
        A cell without neighbours is reached by every draw, so its p is 1.

    Notes
    -----
    The cell keeps its own value; its k neighbours are drawn without replacement from the
    other n - 1. One random order of all cells serves every cell at once: its first k, or,
    where the cell itself is among them, the first k + 1 without it, are an exact draw from
    the others. So the running sums along R orders are the whole reference table, and no
    approximation is made. Draws are shared between cells, which leaves each p valid.
    """
    if not len(values):
        return Tails(np.zeros(0, np.int64), np.zeros(0, np.int64), n_draws)
    width = min(len(values), int(n_neighbours.max()) + 1)
    generator = np.random.default_rng(seed)
    start = np.arange(len(values), dtype=np.int32)
    total = Tails(np.zeros(len(values), np.int64), np.zeros(len(values), np.int64), n_draws)
    block = max(1, min(n_draws, TABLE_BYTES // (32 * width)))
    for done in range(0, n_draws, block):
        orders = _random_orders(start, generator.random((min(block, n_draws - done), width)))
        part = tails_of_orders(values, neighbour_sum, n_neighbours, orders)
        total.at_least[:] += part.at_least
        total.at_most[:] += part.at_most
    return total


def tails_of_orders(
    values: NDArray[np.float64],
    neighbour_sum: NDArray[np.float64],
    n_neighbours: NDArray[np.int64],
    orders: NDArray[np.int32],
) -> Tails:
    """
    Count the given orders of the cells that reach each neighbours' sum.

    Parameters
    ----------
    values, neighbour_sum, n_neighbours
        As for `permutation_tails`.
    orders
        First cells of each order, shape (R, width), one wider than the most neighbours
        (or all n cells). With every order of a small n the counts are the exact enumeration.
    """
    sums = np.zeros((orders.shape[1] + 1, len(orders)))
    np.cumsum(values[orders].T, axis=0, out=sums[1:])
    own = _own_corrections(values, neighbour_sum, n_neighbours.astype(np.int64), orders, sums)
    at_least, at_most = np.zeros(len(values), np.int64), np.zeros(len(values), np.int64)
    by_number = np.argsort(n_neighbours, kind="stable")
    numbers, starts = np.unique(n_neighbours[by_number], return_index=True)
    for number, cells in zip(numbers, np.split(by_number, starts[1:]), strict=True):
        drawn = np.sort(sums[number])
        at_least[cells] = len(orders) - np.searchsorted(drawn, neighbour_sum[cells] - TOLERANCE, "left")
        at_most[cells] = np.searchsorted(drawn, neighbour_sum[cells] + TOLERANCE, "right")
    return Tails(at_least + own[0], at_most + own[1], len(orders))


@numba.njit(cache=True)
def _random_orders(cells: NDArray[np.int32], uniform: NDArray[np.float64]) -> NDArray[np.int32]:
    """Return the first cells of random orders, shape of `uniform`; shuffles `cells` on the way."""
    draws, width = uniform.shape
    orders = np.empty((draws, width), np.int32)
    for draw in range(draws):
        for place in range(width):
            other = place + int(uniform[draw, place] * (len(cells) - place))
            cells[place], cells[other] = cells[other], cells[place]
            orders[draw, place] = cells[place]
    return orders


@numba.njit(cache=True)
def _own_corrections(
    values: NDArray[np.float64],
    neighbour_sum: NDArray[np.float64],
    n_neighbours: NDArray[np.int64],
    orders: NDArray[np.int32],
    sums: NDArray[np.float64],
) -> NDArray[np.int64]:
    """Correct both counts for draws that hold the cell itself: they take one cell more instead."""
    correction = np.zeros((2, len(values)), np.int64)
    for draw in range(orders.shape[0]):
        for place in range(orders.shape[1]):
            cell = orders[draw, place]
            number = n_neighbours[cell]
            if place < number:
                observed = neighbour_sum[cell]
                with_it = sums[number, draw] - observed
                without_it = sums[number + 1, draw] - values[cell] - observed
                correction[0, cell] += int(without_it >= -TOLERANCE) - int(with_it >= -TOLERANCE)
                correction[1, cell] += int(without_it <= TOLERANCE) - int(with_it <= TOLERANCE)
    return correction


def benjamini_hochberg(p: NDArray[np.float64]) -> NDArray[np.float64]:
    """
    Adjust p-values so that those at most q have a false discovery rate of at most q.

    Parameters
    ----------
    p
        One p per test; NaN where no test was made.

    Returns
    -------
    NDArray
        Adjusted p (Benjamini and Hochberg 1995), never below p and in the same order;
        NaN stays NaN and counts as no test.

    Examples
    --------
    >>> benjamini_hochberg(np.array([0.01, 0.04, 0.03])).round(3).tolist()
    [0.03, 0.04, 0.04]
    """
    adjusted = np.full(p.shape, np.nan)
    tested = np.flatnonzero(~np.isnan(p))
    order = tested[np.argsort(p[tested], kind="stable")]
    raised = p[order] * len(order) / np.arange(1, len(order) + 1)
    adjusted[order] = np.minimum(np.minimum.accumulate(raised[::-1])[::-1], 1.0)
    return adjusted
