"""Radius model: what prices leave undecided, as an integer programme over distances."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from footprint.siting.answer import Clock
from footprint.siting.highs import Programme, Solved, solve
from footprint.siting.lagrange import Priced, slack
from footprint.siting.service import ServiceCosts

Numbers = NDArray[np.float64]

_ROUNDING = 1e-9


def remaining(costs: ServiceCosts, known: Priced) -> tuple[ServiceCosts, NDArray[np.int64], float]:
    """
    Return what is undecided: costs of the free sites alone, their numbers, and what is decided already.

    A choice as good as the best known serves no point at more than its price plus the distance between
    bound and best: dearer service becomes inf. Points that opened sites serve cheapest are decided.
    Points that can be served for nothing by the same sites are merged.
    """
    most = known.prices + max(slack(known.cost, known.bound), 0.0)
    by_opened = costs.served[:, known.opened].min(axis=1, initial=np.inf)
    left_out = np.minimum(costs.left_out, by_opened)
    free = np.flatnonzero(~known.opened & ~known.closed)
    served = costs.served[:, free]
    served = np.where((served < left_out[:, None]) & (served <= most[:, None]), served, np.inf)
    # The last of the ways to be served must stay, whatever rounding says of the prices.
    out = np.where((left_out <= most) | ~np.isfinite(served).any(axis=1), left_out, np.inf)
    open_rows = np.isfinite(served).any(axis=1)
    decided = float(left_out[~open_rows].sum())
    return _merged(served[open_rows], out[open_rows]), free, decided


def _merged(served: Numbers, left_out: Numbers) -> ServiceCosts:
    """Merge the points that the same sites serve for nothing and that may be left out: costs add up."""
    reach = np.isfinite(served)
    free_of_cost = np.where(reach, served, 0.0).max(axis=1, initial=0.0) == 0
    alike = free_of_cost & np.isfinite(left_out)
    if not alike.any():
        return ServiceCosts(served=served, left_out=left_out)
    packed = np.ascontiguousarray(np.packbits(reach[alike], axis=1))
    signatures = packed.view(np.dtype((np.void, packed.shape[1]))).ravel()
    _, first, number = np.unique(signatures, return_index=True, return_inverse=True)
    return ServiceCosts(
        served=np.concatenate([served[~alike], served[alike][first]]),
        left_out=np.concatenate([left_out[~alike], np.bincount(number, weights=left_out[alike])]),
    )


def size(costs: ServiceCosts) -> int:
    """Return how many entries the programme has at most."""
    return 3 * int(np.isfinite(costs.served).sum())


def radius_programme(costs: ServiceCosts, p: int) -> tuple[Programme, float]:
    """
    Return an exact integer programme, and the cost that every choice has beyond it.

    Notes
    -----
    Elloumi's (2010) form of the p-median: of each point the different costs D1 < D2 < … in order; z_k is
    1 where no open site serves it at D_k or less, and costs D_(k+1) - D_k. Rows: z_k plus the sites at
    D_k is at least z_(k-1). Only whether a site is open must be whole.
    """
    n_sites = costs.served.shape[1]
    rows, columns, entries = [np.zeros(n_sites, int)], [np.arange(n_sites)], [np.ones(n_sites)]
    steps: list[float] = []
    least, constant, n_rows = [float(p)], 0.0, 1
    for served, out in zip(costs.served, costs.left_out, strict=True):
        near = np.flatnonzero(np.isfinite(served))
        levels, place = np.unique(served[near], return_inverse=True)
        ends = np.append(levels, out)
        constant += ends[0]
        may_miss = len(levels) - (not math.isfinite(out))
        own = n_rows + place
        rows += [own, n_rows + np.arange(may_miss), n_rows + np.arange(1, len(levels))]
        first = n_sites + len(steps)
        columns += [near, first + np.arange(may_miss), first + np.arange(len(levels) - 1)]
        entries += [np.ones(len(near)), np.ones(may_miss), -np.ones(len(levels) - 1)]
        steps.extend(np.diff(ends)[:may_miss])
        least.extend([1.0] + [0.0] * (len(levels) - 1))
        n_rows += len(levels)
    n_columns = n_sites + len(steps)
    place_of = (np.concatenate(rows), np.concatenate(columns))
    matrix = sparse.csr_array((np.concatenate(entries), place_of), shape=(n_rows, n_columns))
    most = np.full(n_rows, np.inf)
    most[0] = p
    programme = Programme(
        cost=np.concatenate([np.zeros(n_sites), np.array(steps)]),
        lower=np.zeros(n_columns),
        upper=np.ones(n_columns),
        matrix=matrix,
        least=np.array(least),
        most=most,
        integers=n_sites,
    )
    return programme, constant


def finished(costs: ServiceCosts, known: Priced, clock: Clock, wanted: float) -> Priced:
    """
    Solve what prices left undecided.

    Parameters
    ----------
    costs
        All finite.
    known
        What prices have proved.
    clock
        Time allowed.
    wanted
        Gap of the whole cost at which to stop [share].

    Returns
    -------
    Priced
        The best choice and the bound by then.
    """
    left, free, decided = remaining(costs, known)
    p = len(known.best) - int(known.opened.sum())
    programme, constant = radius_programme(left, p)
    undecided = max(known.cost - decided - constant, _ROUNDING)
    solved: Solved = solve(programme, clock, wanted_gap=min(1.0, wanted * known.cost / undecided))
    best, cost = known.best, known.cost
    if solved.values is not None:
        own = free[solved.values[: len(free)] > 0.5]  # noqa: PLR2004 - 0 or 1
        sites = sorted([*np.flatnonzero(known.opened).tolist(), *own.tolist()])
        if costs.total(sites) < cost:
            best, cost = sites, costs.total(sites)
    # No better choice is left in the programme where HiGHS finds none: then the best known is the best.
    bound = max(known.bound, solved.bound + decided + constant)
    return replace(known, best=best, cost=cost, bound=bound)
