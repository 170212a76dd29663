"""Rated ground: roads rated for search, and the open country beside them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray

if TYPE_CHECKING:
    from footprint.travel.network import Network

_KEPT = 8
"""Sets of rated roads whose ground is kept; a network never changes."""

_CORNERS = 8
"""Straight sides by which a quarter of a circle round a road's end is drawn."""


def rated_shares(network: Network, rated: NDArray[np.bool_], within_km: float) -> NDArray[np.float32]:
    """
    Return how much of each move and link lies on ground rated with a road.

    Parameters
    ----------
    network
        What can be travelled.
    rated
        Whether each road is rated for search, shape (n_roads,).
    within_km
        Distance from a rated road up to which open country is rated with it [km].

    Returns
    -------
    ndarray
        Share of the length of each edge of open country (moves, then links), 0-1, shape (n_moves +
        n_links,). A convoy does not dodge a searched road by driving beside it.
    """
    return _shares(network, np.packbits(rated).tobytes(), within_km)


@lru_cache(maxsize=_KEPT)
def _shares(network: Network, packed: bytes, within_km: float) -> NDArray[np.float32]:
    starts, noded = network.edges.starts, network.roads.noded
    n_roads, count = len(network.roads.table.road_id), starts.reaches - starts.moves
    rated = np.unpackbits(np.frombuffer(packed, np.uint8), count=n_roads).astype(bool)
    lines = noded.geometry[rated[noded.line]]
    shares = np.zeros(count, np.float32)
    if not len(lines) or not within_km > 0:
        return shares
    zone = shapely.union_all(shapely.buffer(lines, within_km * 1000.0, quad_segs=_CORNERS))
    parts = shapely.get_parts(zone)
    shapely.prepare(parts)
    edges = _drawn(network)
    edge, part = shapely.STRtree(parts).query(edges, predicate="intersects")
    inside = shapely.covers(parts[part], edges[edge])
    length_m = shapely.length(edges)
    within_m = np.zeros(count)
    within_m[edge[inside]] = length_m[edge[inside]]
    cut = ~inside
    pieces = shapely.intersection(edges[edge[cut]], parts[part[cut]])
    np.add.at(within_m, edge[cut], shapely.length(pieces))
    shares[:] = np.divide(within_m, length_m, out=np.zeros(count), where=length_m > 0).clip(0, 1)
    return shares


def _drawn(network: Network) -> NDArray[np.object_]:
    """Draw every move and link as a straight line, shape (n_moves + n_links,)."""
    starts = network.edges.starts
    tail = np.repeat(np.arange(network.n_nodes), np.diff(network.indptr))
    first, second = np.zeros((2, starts.end), np.int64)
    first[network.arc_edge], second[network.arc_edge] = tail, network.indices
    country = slice(starts.moves, starts.reaches)
    ends = np.empty((starts.reaches - starts.moves, 2, 2))
    ends[:, 0, 0], ends[:, 0, 1] = network.x_m[first[country]], network.y_m[first[country]]
    ends[:, 1, 0], ends[:, 1, 1] = network.x_m[second[country]], network.y_m[second[country]]
    return np.asarray(shapely.linestrings(ends), dtype=object).reshape(-1)
