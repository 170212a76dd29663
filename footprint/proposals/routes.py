"""Routes: does supply hang on one piece of road?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import breadth_first_order, maximum_flow

from footprint.coverage.stations import Station
from footprint.travel.connectors import Leg
from footprint.travel.network import Network

_ENOUGH = 2
"""Ways apart from each other beyond which nobody asks."""


def ways_apart(
    network: Network, post: Station, others: Sequence[Station], months: Iterable[int]
) -> tuple[int, str]:
    """
    Count the ways by road from a site to any other that share no piece of road, two at most.

    Parameters
    ----------
    network
        Roads.
    post
        The site.
    others
        Sites that could supply it.
    months
        Roads shut in any of these months (1-12), by order or by water, do not count.

    Returns
    -------
    tuple of int and str
        Number of ways; where it is 1, the identifier of the road that holds the piece nearest to the site
        on which all supply hangs, else "".
    """
    start = _street(post)
    ends = np.unique([node for other in others for node in _street(other)]).astype(np.int64)
    if not len(start) or not len(ends):
        return 0, ""
    if np.isin(start, ends).any():
        return _ENOUGH, ""
    tail, head, edge = _road_arcs(network)
    wet = np.uint16(sum(1 << (month - 1) for month in months))
    shut = np.asarray(network.edges.shut)[edge] | network.roads.table.closed_months[
        network.edges.road[edge]
    ].astype(np.uint16)
    usable = (shut & wet) == 0
    source, sink, n_nodes = network.n_nodes, network.n_nodes + 1, network.n_nodes + 2
    many = _ENOUGH * np.ones(len(start) + len(ends), np.int32)
    each = np.concatenate([np.ones(int(usable.sum()), np.int32), many])
    tails = np.concatenate([tail[usable], np.full(len(start), source), ends])
    heads = np.concatenate([head[usable], start, np.full(len(ends), sink)])
    capacity = sparse.coo_array((each, (tails, heads)), shape=(n_nodes, n_nodes)).tocsr().astype(np.int32)
    flow = maximum_flow(capacity, source, sink)
    if flow.flow_value != 1:
        return min(int(flow.flow_value), _ENOUGH), ""
    left = (capacity - flow.flow).tocsr()
    left.data = np.maximum(left.data, 0)
    left.eliminate_zeros()
    near = np.zeros(n_nodes, dtype=bool)
    near[breadth_first_order(left, source, return_predecessors=False)] = True
    # One piece alone leads from the near side of the cut to the far side.
    across = edge[usable][near[tail[usable]] & ~near[head[usable]]]
    rows = network.edges.road[across]
    return 1, str(network.roads.table.road_id[int(rows.min())]) if len(rows) else ""


def _street(post: Station) -> NDArray[np.int64]:
    connector = post.connector
    return np.asarray(connector.node[connector.kind == Leg.STREET], dtype=np.int64)


def _road_arcs(network: Network) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return tail, head and edge of every arc that runs on a road."""
    on_road = np.flatnonzero(network.arc_edge < network.edges.starts.moves)
    tail = np.searchsorted(network.indptr, on_road, side="right") - 1
    parts = (tail, network.indices[on_road], network.arc_edge[on_road])
    tails, heads, edges = (part.astype(np.int64) for part in parts)
    return tails, heads, edges
