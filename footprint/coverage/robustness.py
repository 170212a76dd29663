"""
Robustness: what a footprint hangs on, and what is left of it if sites fail.

A site's *Shapley share* splits all that the sites give together, each site's part being its mean gain
over every order in which they could have been opened; unlike losses, shares add up to the whole. The
*expected coverage* is what remains on average if each site stays open only with some probability.
Both are exact.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

CLOSE = 1e-12
"""Losses this small beside the whole are rounding, and printed as zero [share]."""

RANKED_CELLS = 512
"""Cells ranked at a time, so that their lists of sites stay in the processor's cache."""

SKIPPED_CELLS = 128
"""Cells looked at together, and passed over if a site gives none of them anything."""


def shapley_shares(coverage: NDArray[np.floating], weights: NDArray[np.floating]) -> NDArray[np.float64]:
    """
    Split the covered weight among the sites, exactly.

    Parameters
    ----------
    coverage
        What each site gives each cell [share, 0 to 1], shape (n_sites, n_cells); a cell
        has what the best open site gives it.
    weights
        Weight of each cell, shape (n_cells,).

    Returns
    -------
    NDArray[np.float64]
        Shapley value of each site [weight], shape (n_sites,); they add up to the weighted
        coverage with all sites open.

    Notes
    -----
    In one cell the game is the airport game of Littlechild and Owen (1973): with the m sites
    that give anything sorted upwards, the step from one to the next is shared equally
    by all that give at least so much. Time grows with cells times sites, not with 2^sites.
    """
    return _shapley(_readable(coverage), np.asarray(weights, dtype=np.float64))


def expected_best(
    coverage: NDArray[np.floating], open_probability: NDArray[np.floating]
) -> NDArray[np.float64]:
    """
    Find the mean coverage if sites close independently, where the best open site counts.

    Parameters
    ----------
    coverage
        What each site gives each cell [share, 0 to 1], shape (n_sites, n_cells).
    open_probability
        Probability that each site is open [share, 0 to 1], shape (n_sites,).

    Returns
    -------
    NDArray[np.float64]
        Expected coverage of each cell [share], shape (n_cells,).

    Notes
    -----
    Exact: the k-th best site counts when it is open and all better ones are closed. Closures
    that come together (one flood, one attack) are not independent; ask a scenario for them.
    """
    return _expected_best(_readable(coverage), np.asarray(open_probability, dtype=np.float64))


def _readable(coverage: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return the table with contiguous rows, in a type the compiled loops know."""
    kind = np.float32 if coverage.dtype == np.float32 else np.float64
    return np.ascontiguousarray(coverage, dtype=kind)


@njit(cache=True, nogil=True)
def _insert(values: NDArray[np.float64], sites: NDArray[np.int32], at: int, given: float, site: int) -> None:
    """Put one site into a cell's list of `at` sites, best first."""
    while at > 0 and values[at - 1] < given:
        values[at], sites[at] = values[at - 1], sites[at - 1]
        at -= 1
    values[at], sites[at] = given, site


@njit(cache=True, nogil=True)
def _rank(
    coverage: NDArray[np.floating],
    start: int,
    values: NDArray[np.float64],
    sites: NDArray[np.int32],
    counts: NDArray[np.int64],
) -> None:
    """
    Collect, for a block of cells, the sites that give a cell anything, best first.

    Row by row, because reading along a row is what memory is fast at. Most sites give most
    cells nothing, and give it to whole neighbourhoods: those are counted, which takes no
    branch, and skipped.
    """
    counts[:] = 0
    stop = min(start + counts.shape[0], coverage.shape[1])
    for site in range(coverage.shape[0]):
        for first in range(start, stop, SKIPPED_CELLS):
            row = coverage[site, first : min(first + SKIPPED_CELLS, stop)]
            giving = 0
            for cell in range(row.shape[0]):
                giving += row[cell] > 0.0
            if giving == 0:
                continue
            for cell in range(row.shape[0]):
                if row[cell] > 0.0:
                    place = first - start + cell
                    _insert(values[place], sites[place], counts[place], row[cell], site)
                    counts[place] += 1


@njit(cache=True, nogil=True)
def _shapley(coverage: NDArray[np.floating], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Share each step between neighbouring values among all sites that reach it."""
    n_sites, n_cells = coverage.shape
    shares = np.zeros(n_sites)
    found = np.empty(RANKED_CELLS, dtype=np.int64)
    values, sites = np.empty((RANKED_CELLS, n_sites)), np.empty((RANKED_CELLS, n_sites), dtype=np.int32)
    for start in range(0, n_cells, RANKED_CELLS):
        _rank(coverage, start, values, sites, found)
        for cell in range(min(RANKED_CELLS, n_cells - start)):
            part, below = 0.0, 0.0
            for at in range(found[cell] - 1, -1, -1):
                part += (values[cell, at] - below) / (at + 1)
                below = values[cell, at]
                shares[sites[cell, at]] += weights[start + cell] * part
    return shares


@njit(cache=True, nogil=True)
def _expected_best(
    coverage: NDArray[np.floating], open_probability: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Let each site count where all better ones are closed."""
    n_sites, n_cells = coverage.shape
    expected = np.zeros(n_cells)
    found = np.empty(RANKED_CELLS, dtype=np.int64)
    values, sites = np.empty((RANKED_CELLS, n_sites)), np.empty((RANKED_CELLS, n_sites), dtype=np.int32)
    for start in range(0, n_cells, RANKED_CELLS):
        _rank(coverage, start, values, sites, found)
        for cell in range(min(RANKED_CELLS, n_cells - start)):
            closed = 1.0
            for at in range(found[cell]):
                probability = open_probability[sites[cell, at]]
                expected[start + cell] += values[cell, at] * probability * closed
                closed *= 1.0 - probability
    return expected
