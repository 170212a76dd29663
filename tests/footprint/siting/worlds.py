"""Small siting worlds, and what full enumeration finds of them."""

from __future__ import annotations

from itertools import chain, combinations

import numpy as np
from scipy import sparse

from footprint.siting.solving import Effort
from footprint.siting.world import DistanceWorld, SetWorld, SitingFormat, numbered

PATIENT = Effort(seconds=15.0)


def distances_of(matrix, *, weights=None, p=None):
    """Return a world of given distances, everything of weight 1 unless told otherwise."""
    matrix = np.array(matrix, dtype=float)
    return DistanceWorld(
        file="drawn",
        format=SitingFormat.MATRIX,
        demand_ids=numbered(len(matrix)),
        site_ids=numbered(matrix.shape[1]),
        distances=matrix,
        weights=np.ones(len(matrix)) if weights is None else np.array(weights, dtype=float),
        p=p,
    )


def sets_of(matrix, costs):
    """Return a world of rows, columns and costs."""
    matrix = np.array(matrix, dtype=float)
    return SetWorld(
        file="drawn",
        format=SitingFormat.SET_COVER_ROWS,
        demand_ids=numbered(len(matrix)),
        site_ids=numbered(matrix.shape[1]),
        matrix=sparse.csr_array(matrix),
        costs=np.array(costs, dtype=float),
    )


def most_covered(covered, weights, p):
    """Return the highest weight that `p` columns cover, by trying all."""
    return max(weights[covered[:, list(own)].any(axis=1)].sum() for own in choices(covered, p))


def least_cost(covered, costs):
    """Return the least cost of columns that cover all rows, by trying all; inf where none do."""
    n = covered.shape[1]
    every = chain.from_iterable(combinations(range(n), size) for size in range(n + 1))
    return min(
        (costs[list(own)].sum() for own in every if covered[:, list(own)].any(axis=1).all()), default=np.inf
    )


def least_sum(distances, weights, p):
    """Return the least sum of weight times distance to the nearest of `p` sites, by trying all."""
    counted = weights > 0
    return min(
        (weights[counted] * distances[counted][:, list(own)].min(axis=1)).sum()
        for own in choices(distances, p)
    )


def least_farthest(distances, p):
    """Return the least farthest distance to the nearest of `p` sites, by trying all."""
    return min(distances[:, list(own)].min(axis=1).max() for own in choices(distances, p))


def choices(matrix, p):
    return combinations(range(matrix.shape[1]), p)
