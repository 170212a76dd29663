"""Distances: from roads by shortest paths, from coordinates in straight lines."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import shortest_path
from scipy.spatial.distance import cdist

Numbers = NDArray[np.float64]

MOST_DISTANCES = 10_000_000
"""
Distances that are kept at once. A search keeps costs and their order beside them, in all about a hundred
bytes for each distance: 1 GB. The largest p-median files commonly published have 9.2 million.
"""
_EARTH_KM = 6371.0088
"""Mean radius of the earth [km]."""

Edge = tuple[int, int, float]
"""Two ends, from 0, and a length."""


def shortest_ways(n: int, edges: Iterable[Edge], *, last_counts: bool) -> tuple[Numbers, int]:
    """
    Return the shortest ways between all ends, and how many edges stand between ends named before.

    Parameters
    ----------
    n
        How many ends there are.
    edges
        Ways in both directions; one from an end to itself is of no use.
    last_counts
        Whether of edges between the same ends the last counts, as in OR-Library; else the shortest.

    Returns
    -------
    ndarray
        Shape (n, n); inf where there is no way.
    int
        Edges that stand for ends named before.
    """
    lengths: dict[tuple[int, int], float] = {}
    again = 0
    for one, other, length in edges:
        ends = (min(one, other), max(one, other))
        if ends[0] == ends[1]:
            continue
        again += ends in lengths
        lengths[ends] = length if last_counts else min(length, lengths.get(ends, np.inf))
    rows = np.array([ends[0] for ends in lengths], dtype=np.int64)
    columns = np.array([ends[1] for ends in lengths], dtype=np.int64)
    graph = sparse.csr_array((np.array(list(lengths.values()), dtype=float), (rows, columns)), shape=(n, n))
    return np.asarray(shortest_path(graph, method="D", directed=False)), again


def straight(demand: Numbers, sites: Numbers) -> Numbers:
    """Return straight distances in a plane between points of shapes (n_demand, 2) and (n_sites, 2)."""
    return np.asarray(cdist(demand, sites))


def great_circles(demand: Numbers, sites: Numbers) -> Numbers:
    """Return distances on a sphere [km] between longitudes and latitudes [°]."""
    (lon, lat), (other_lon, other_lat) = np.radians(demand).T, np.radians(sites).T
    half_lat = np.sin((lat[:, None] - other_lat) / 2) ** 2
    half_lon = np.sin((lon[:, None] - other_lon) / 2) ** 2
    square = half_lat + np.cos(lat)[:, None] * np.cos(other_lat) * half_lon
    return np.asarray(2 * _EARTH_KM * np.arcsin(np.sqrt(np.clip(square, 0, 1))))
