"""Covering: which sites cover which rows, rows alike merged, and what follows from others dropped."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Numbers = NDArray[np.float64]

REACH_TOLERANCE = 1e-9
"""A distance counts as within a radius up to this share above it: sums of lengths are not exact."""

_MOST_PRODUCTS = 50_000_000
"""Products of two entries up to which rows or columns are compared with one another."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CoverRows:
    """
    Rows of demand and the sites that cover each.

    Attributes
    ----------
    matrix
        1 where a site covers a row, shape (n_rows, n_sites).
    weights
        Demand of each row, shape (n_rows,).
    """

    matrix: sparse.csr_array
    weights: Numbers


def within(distances: Numbers, radius: float) -> NDArray[np.bool_]:
    """
    Tell which sites lie within a radius of each demand point, at its very end included.

    Parameters
    ----------
    distances
        Shape (n_demand, n_sites); inf where there is no way.
    radius
        In the unit of the distances.
    """
    return distances <= radius * (1 + REACH_TOLERANCE)


def merged_points(covered: NDArray[np.bool_], weights: Numbers) -> CoverRows:
    """
    Merge the demand points that the same sites cover: their weights add up.

    Parameters
    ----------
    covered
        Whether a site covers a point, shape (n_demand, n_sites).
    weights
        Demand of each point, shape (n_demand,).

    Returns
    -------
    CoverRows
        One row for each different set of sites, points without any left out. No choice of sites has
        another value than before.
    """
    packed = np.ascontiguousarray(np.packbits(covered, axis=1))
    signatures = packed.view(np.dtype((np.void, packed.shape[1]))).ravel()
    _, first, number = np.unique(signatures, return_index=True, return_inverse=True)
    rows = CoverRows(
        matrix=sparse.csr_array(covered[first].astype(np.float64)),
        weights=np.bincount(number, weights=weights, minlength=len(first)).astype(np.float64),
    )
    return _rows(rows, np.diff(rows.matrix.indptr) > 0)


def merged_sets(matrix: sparse.csr_array, weights: Numbers) -> CoverRows:
    """Merge the rows of a sparse matrix that the same sites cover; rows without any are left out."""
    matrix = sparse.csr_array(matrix)
    matrix.sort_indices()
    number: dict[bytes, int] = {}
    first: list[int] = []
    sums: list[float] = []
    for row, (start, end) in enumerate(zip(matrix.indptr[:-1], matrix.indptr[1:], strict=True)):
        if start == end:
            continue
        place = number.setdefault(matrix.indices[start:end].tobytes(), len(first))
        if place == len(first):
            first.append(row)
            sums.append(0.0)
        sums[place] += weights[row]
    return CoverRows(matrix=sparse.csr_array(matrix[first]), weights=np.array(sums))


def without_implied_rows(rows: CoverRows) -> CoverRows:
    """
    Drop the rows that are covered whenever some other row is.

    Exact where every row must be covered; the weights are of no meaning then. Of rows alike the first
    stays. Left as they are where comparing all of them would take too long.
    """
    matrix = rows.matrix
    if _products(sparse.csr_array(matrix.T)) > _MOST_PRODUCTS:
        return rows
    sizes = np.diff(matrix.indptr)
    common = sparse.coo_array(matrix @ matrix.T)
    own, other = common.row, common.col
    contains = (common.data == sizes[other]) & ((sizes[own] > sizes[other]) | (own > other))
    implied = np.zeros(matrix.shape[0], dtype=bool)
    implied[own[contains]] = True
    return _rows(rows, ~implied)


def useful_sites(matrix: sparse.csr_array, costs: Numbers) -> NDArray[np.int64]:
    """
    Return the numbers of the sites that no other one replaces at the same cost or less.

    Parameters
    ----------
    matrix
        1 where a site covers a row, shape (n_rows, n_sites).
    costs
        Of each site, shape (n_sites,). Of equal sites the first stays.
    """
    columns = sparse.csr_array(matrix.T)
    sizes = np.diff(columns.indptr)
    if _products(matrix) > _MOST_PRODUCTS:
        return np.flatnonzero(sizes)
    common = sparse.coo_array(columns @ columns.T)
    own, other = common.row, common.col
    inside = (common.data == sizes[own]) & (costs[other] <= costs[own]) & (own != other)
    equal = (sizes[own] == sizes[other]) & (costs[own] == costs[other])
    replaced = sizes == 0
    replaced[own[inside & (~equal | (other < own))]] = True
    return np.flatnonzero(~replaced)


def _products(matrix: sparse.csr_array) -> int:
    """Return how many pairs of entries stand in the same row."""
    counts = np.diff(sparse.csr_array(matrix).indptr).astype(np.int64)
    return int((counts**2).sum())


def _rows(rows: CoverRows, kept: NDArray[np.bool_]) -> CoverRows:
    return CoverRows(matrix=sparse.csr_array(rows.matrix[kept]), weights=rows.weights[kept])
