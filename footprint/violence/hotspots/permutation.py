"""How often would chance gather as much in a disc? Permutation, and many tests at once."""

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
    """Of R draws, how many reach the observed sum from either side."""

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
    sums: NDArray[np.float64],
    n_cells: NDArray[np.int64],
    *,
    n_draws: int,
    seed: int,
) -> Tails:
    """
    Compare the sum over each cell's disc, its own value included, with as many cells drawn from all.

    Parameters
    ----------
    values
        Value of each cell compared, shape (n,).
    sums
        Sum over each cell's disc, of one map of these values or of several, shape (..., n).
    n_cells
        Cells in each disc, the cell itself included, shape (n,).
    n_draws
        R; the smallest p is 1 / (R + 1).
    seed
        Same seed, same p.

    Returns
    -------
    Tails
        Shape of `sums`. Where all values are alike every draw reaches every sum, and p is 1.

    Notes
    -----
    Drawn without replacement, from all n cells: the own value is part of what is asked, "do this cell and
    its neighbours hold more than as many cells anywhere?". To hold it fixed and to draw its
    neighbours alone leaves the busiest town of a country cold within a hot ring.
    One random order of all cells serves every cell at once: its first k are an exact draw of k. So the
    running sums along R orders are the whole reference table, and no approximation is made.
    Draws are shared between cells, which leaves each p valid. Maps of the same values, differently laid
    out, have the same table.
    """
    total = Tails(np.zeros(sums.shape, np.int64), np.zeros(sums.shape, np.int64), n_draws)
    if not len(values):
        return total
    width = int(n_cells.max())
    generator = np.random.default_rng(seed)
    start = np.arange(len(values), dtype=np.int32)
    block = max(1, min(n_draws, TABLE_BYTES // (32 * width)))
    for done in range(0, n_draws, block):
        orders = _random_orders(start, generator.random((min(block, n_draws - done), width)))
        part = tails_of_orders(values, sums, n_cells, orders)
        total.at_least[:] += part.at_least
        total.at_most[:] += part.at_most
    return total


def tails_of_orders(
    values: NDArray[np.float64],
    sums: NDArray[np.float64],
    n_cells: NDArray[np.int64],
    orders: NDArray[np.int32],
) -> Tails:
    """
    Count the given orders of the cells that reach each sum.

    Parameters
    ----------
    values, sums, n_cells
        As for `permutation_tails`.
    orders
        First cells of each order, shape (R, width), at least as wide as the largest disc. With
        every order of a small n the counts are the exact enumeration.
    """
    running = np.cumsum(values[orders].T, axis=0)
    at_least, at_most = np.zeros(sums.shape, np.int64), np.zeros(sums.shape, np.int64)
    by_number = np.argsort(n_cells, kind="stable")
    numbers, starts = np.unique(n_cells[by_number], return_index=True)
    for number, cells in zip(numbers, np.split(by_number, starts[1:]), strict=True):
        drawn = np.sort(running[number - 1])
        asked = sums[..., cells]
        at_least[..., cells] = len(orders) - np.searchsorted(drawn, asked - TOLERANCE, "left")
        at_most[..., cells] = np.searchsorted(drawn, asked + TOLERANCE, "right")
    return Tails(at_least, at_most, len(orders))


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
