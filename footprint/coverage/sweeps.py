"""
Sweeps: the covered weight of thousands of combinations of open sites at once.

Cells that the same sites cover in time behave alike whatever is closed, so they are merged
first; a country of a million cells becomes some hundred classes.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numba import njit
from numpy.typing import NDArray

from footprint.coverage.nearest import within

SITES_PER_WORD = 64
"""Sites that one machine word holds, one bit each."""


@dataclass(frozen=True, slots=True, eq=False)
class Signatures:
    """Classes of cells that the same sites cover; cells that none covers are left out."""

    masks: NDArray[np.uint64] = field(repr=False)
    """Sites covering each class, bit `site % 64` of word `site // 64`, shape (n_classes, n_words)."""
    weights: NDArray[np.float64] = field(repr=False)
    """Weight of each class, shape (n_classes,)."""
    n_sites: int
    total: float
    """Weight of all cells, covered or not."""


def signatures(
    minutes: NDArray[np.floating], weights: NDArray[np.floating], *, limit_min: float
) -> Signatures:
    """
    Merge the cells that the same sites reach in time.

    Parameters
    ----------
    minutes
        Travel times [min], shape (n_sites, n_cells); inf where there is no route.
    weights
        Weight of each cell, shape (n_cells,).
    limit_min
        Longest acceptable time [min], inclusive.

    Returns
    -------
    Signatures
        Classes in ascending order of their masks. One limit each: several limits need
        several signatures.
    """
    n_sites, n_cells = minutes.shape
    words = np.zeros((_n_words(n_sites), n_cells), dtype=np.uint64)
    for site in range(n_sites):
        word, bit = divmod(site, SITES_PER_WORD)
        words[word] |= within(minutes[site], limit_min).astype(np.uint64) << np.uint64(bit)
    covered = np.flatnonzero(words.any(axis=0))
    weights = np.asarray(weights, dtype=np.float64)
    classes, of_cell = _classes(words[:, covered])
    merged = np.bincount(of_cell, weights=weights[covered], minlength=len(classes)).astype(np.float64)
    return Signatures(masks=classes, weights=merged, n_sites=n_sites, total=float(weights.sum()))


def sweep(signatures: Signatures, is_open: NDArray[np.bool_]) -> NDArray[np.float64]:
    """
    Find the covered weight of each scenario.

    Parameters
    ----------
    signatures
        Classes of cells.
    is_open
        Which sites each scenario keeps open, shape (n_scenarios, n_sites).

    Returns
    -------
    NDArray[np.float64]
        Covered weight, shape (n_scenarios,); exactly what the nearest open site would give,
        up to the order of addition.
    """
    is_open = np.asarray(is_open, dtype=bool)
    return _sweep(signatures.masks, signatures.weights, _pack(is_open))


def _n_words(n_sites: int) -> int:
    return max(-(-n_sites // SITES_PER_WORD), 1)


def _pack(is_open: NDArray[np.bool_]) -> NDArray[np.uint64]:
    """Return one bit per site, shape (n_scenarios, n_words)."""
    n_scenarios, n_sites = is_open.shape
    bits = np.zeros((n_scenarios, _n_words(n_sites) * SITES_PER_WORD), dtype=bool)
    bits[:, :n_sites] = is_open
    return np.packbits(bits, axis=1, bitorder="little").view("<u8").astype(np.uint64)


def _classes(words: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Return the distinct columns of `words`, one a row, and the row of each column."""
    of_cell = np.zeros(words.shape[1], dtype=np.int64)
    first = np.zeros(min(words.shape[1], 1), dtype=np.int64)
    # Word by word: classes so far, split by the next word. Numbers stay below n_cells squared.
    for word in words:
        distinct, at = np.unique(word, return_inverse=True)
        _, first, of_cell = np.unique(
            of_cell * max(len(distinct), 1) + at, return_index=True, return_inverse=True
        )
    return np.ascontiguousarray(words[:, first].T), of_cell


@njit(cache=True, nogil=True)
def _sweep(
    masks: NDArray[np.uint64], weights: NDArray[np.float64], scenarios: NDArray[np.uint64]
) -> NDArray[np.float64]:
    """Add the weights of the classes that share a site with each scenario."""
    covered = np.zeros(scenarios.shape[0])
    n_words = masks.shape[1]
    if n_words == 1:
        for scenario in range(scenarios.shape[0]):
            word, total = scenarios[scenario, 0], 0.0
            for at in range(masks.shape[0]):
                if masks[at, 0] & word:
                    total += weights[at]
            covered[scenario] = total
        return covered
    for scenario in range(scenarios.shape[0]):
        total = 0.0
        for at in range(masks.shape[0]):
            for word in range(n_words):
                if masks[at, word] & scenarios[scenario, word]:
                    total += weights[at]
                    break
        covered[scenario] = total
    return covered
