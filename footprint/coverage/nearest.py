"""
Nearest: how long until the first site reaches a cell, which site that is, and what its loss costs.

Everything here works on one table of travel times, a row per site, so that a question about
open and closed sites never travels again.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

LIMIT_TOLERANCE_MIN = 1e-3
"""Limits are inclusive; a time this much over still counts, for times kept in short floats [min]."""

BLOCK_CELLS = 131_072
"""Cells reckoned at a time, so that the running minimum stays in the processor's cache."""


@dataclass(frozen=True, slots=True, eq=False)
class NearestTwo:
    """Best and second-best open site of every cell."""

    sites: NDArray[np.int64]
    """Rows of the open sites in the table of times, ascending."""
    owner: NDArray[np.int32] = field(repr=False)
    """Position in `sites` of the nearest site, -1 where none arrives, shape (n_cells,)."""
    best_min: NDArray[np.floating] = field(repr=False)
    """Time of the nearest site [min], inf where none arrives, shape (n_cells,)."""
    second_min: NDArray[np.floating] = field(repr=False)
    """Time of the second nearest [min], inf where there is none, shape (n_cells,)."""


def nearest_two(minutes: NDArray[np.floating], sites: NDArray[np.integer]) -> NearestTwo:
    """
    Find the first and the second site to arrive.

    Parameters
    ----------
    minutes
        Travel times [min], shape (n_sites, n_cells); inf where there is no route.
    sites
        Rows of the open sites, in any order; order the table by `site_id`, because ties go
        to the lowest row.

    Returns
    -------
    Nearest
        Without sites every time is inf and nobody owns a cell.
    """
    rows = np.unique(np.asarray(sites, dtype=np.int64))
    n_cells = minutes.shape[1]
    best = np.full(n_cells, np.inf, dtype=minutes.dtype)
    second, owner = best.copy(), np.full(n_cells, -1, dtype=np.int32)
    for start in range(0, n_cells, BLOCK_CELLS):
        block = slice(start, start + BLOCK_CELLS)
        for position, row in enumerate(rows.tolist()):
            _fold(best[block], second[block], owner[block], minutes[row, block], position)
    return NearestTwo(sites=rows, owner=owner, best_min=best, second_min=second)


def leave_one_out(
    nearest: NearestTwo, weights: NDArray[np.floating], *, limit_min: float
) -> NDArray[np.float64]:
    """
    Find how much covered weight is lost if one open site goes and the others stay.

    Parameters
    ----------
    nearest
        Best and second-best times.
    weights
        Weight of each cell, shape (n_cells,).
    limit_min
        Longest acceptable time [min], inclusive.

    Returns
    -------
    NDArray[np.float64]
        Loss of each site of `nearest.sites`, never negative.
    """
    only = within(nearest.best_min, limit_min) & ~within(nearest.second_min, limit_min)
    weights = np.asarray(weights, dtype=np.float64)[only]
    losses = np.bincount(nearest.owner[only], weights=weights, minlength=len(nearest.sites))
    return losses.astype(np.float64)


def within(minutes: NDArray[np.floating], limit_min: float) -> NDArray[np.bool_]:
    """Tell which times lie within the limit, which is inclusive; never where there is no route."""
    # In the type of the times: a wider limit would have every block converted first.
    inside: NDArray[np.bool_] = minutes <= minutes.dtype.type(limit_min + LIMIT_TOLERANCE_MIN)
    if np.isinf(limit_min):
        inside &= np.isfinite(minutes)
    return inside


def _fold(
    best: NDArray[np.floating],
    second: NDArray[np.floating],
    owner: NDArray[np.int32],
    times: NDArray[np.floating],
    position: int,
) -> None:
    """Enter one more site into a block of best and second-best times, in place."""
    sooner = times < best
    np.minimum(second, np.maximum(best, times), out=second)
    np.minimum(best, times, out=best)
    owner[sooner] = position
