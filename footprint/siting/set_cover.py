"""Set cover: the cheapest sites that cover every row."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from footprint.siting.answer import TOLERANCE, Bracket, Clock
from footprint.siting.covering import CoverRows, useful_sites, without_implied_rows
from footprint.siting.highs import Programme, solve

Numbers = NDArray[np.float64]

_ROUNDS = 4


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Reduced:
    """What is left to decide of a set cover."""

    rows: CoverRows
    sites: NDArray[np.int64]
    """Numbers of the sites that are left, in the order of the columns."""


def cheapest_cover(
    rows: CoverRows, costs: Numbers, clock: Clock, *, wanted_gap: float = 0.0, enough: float | None = None
) -> tuple[Bracket, int]:
    """
    Find the sites of least cost that together cover every row.

    Parameters
    ----------
    rows
        Merged rows, each with at least one site.
    costs
        Of each site, at least 0, shape (n_sites,).
    clock
        Time allowed.
    wanted_gap
        Gap at which to stop [share].
    enough
        Stop as soon as it is known whether this cost or less suffices.

    Returns
    -------
    Bracket
        Cost, lower bound and sites.
    int
        Rows left after merging and dropping those that others imply.

    Notes
    -----
    Exact reductions first: a row that holds all sites of another is implied by it; a site that covers
    no more than another and costs no less is never needed. They are repeated until nothing changes.
    """
    left = _reduced(rows, costs)
    chosen = _greedy(left.rows.matrix, costs[left.sites])
    if enough is not None and costs[left.sites[chosen]].sum() <= enough:
        return _bracket(left.sites[chosen], costs, 0.0), len(left.rows.weights)
    programme = _programme(left, costs)
    solved = solve(programme, clock, wanted_gap=wanted_gap, enough=enough)
    bound = max(solved.bound, 0.0)
    if solved.values is not None:
        better = np.flatnonzero(solved.values[: programme.integers] > 0.5)  # noqa: PLR2004 - 0 or 1
        if costs[left.sites[better]].sum() <= costs[left.sites[chosen]].sum():
            chosen = better.tolist()
    if np.all(costs == np.round(costs)):
        bound = math.ceil(bound - 10 * TOLERANCE * max(1.0, bound))
    return _bracket(left.sites[chosen], costs, bound), len(left.rows.weights)


def _bracket(sites: NDArray[np.int64], costs: Numbers, bound: float) -> Bracket:
    objective = float(costs[sites].sum())
    chosen = tuple(sorted(int(site) for site in sites))
    return Bracket(objective=objective, bound=float(min(bound, objective)), chosen=chosen)


def _reduced(rows: CoverRows, costs: Numbers) -> _Reduced:
    sites = np.arange(rows.matrix.shape[1])
    for _ in range(_ROUNDS):
        before = rows.matrix.shape
        rows = without_implied_rows(rows)
        useful = useful_sites(rows.matrix, costs[sites])
        sites = sites[useful]
        rows = CoverRows(matrix=sparse.csr_array(rows.matrix[:, useful]), weights=rows.weights)
        if rows.matrix.shape == before:
            break
    return _Reduced(rows=rows, sites=sites)


def _greedy(matrix: sparse.csr_array, costs: Numbers) -> list[int]:
    """Return sites chosen one by one, each covering most for its cost; then those not needed are dropped."""
    by_site, by_row = sparse.csc_array(matrix), sparse.csr_array(matrix)
    open_rows = np.ones(matrix.shape[0])
    chosen: list[int] = []
    while open_rows.any():
        gains = open_rows @ by_site
        with np.errstate(divide="ignore", invalid="ignore"):
            rates = np.where(gains > 0, gains / costs, -1.0)
        site = int(np.argmax(rates))
        chosen.append(site)
        open_rows[by_site.indices[by_site.indptr[site] : by_site.indptr[site + 1]]] = 0.0
    times = np.asarray(by_row[:, chosen].sum(axis=1)).ravel()
    for site in sorted(chosen, key=lambda own: -costs[own]):
        own_rows = by_site.indices[by_site.indptr[site] : by_site.indptr[site + 1]]
        if np.all(times[own_rows] > 1):
            times[own_rows] -= 1
            chosen.remove(site)
    return chosen


def _programme(left: _Reduced, costs: Numbers) -> Programme:
    n_rows, n_sites = left.rows.matrix.shape
    return Programme(
        cost=costs[left.sites].astype(float),
        lower=np.zeros(n_sites),
        upper=np.ones(n_sites),
        matrix=left.rows.matrix,
        least=np.ones(n_rows),
        most=np.full(n_rows, np.inf),
        integers=n_sites,
    )
