"""Rated ground: roads rated for search, and the open country beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray

if TYPE_CHECKING:
    from footprint.travel.network import Network

_KEPT = 8
"""Sets of rated roads whose ground is kept; a network never changes."""

_ROADS_KEPT = 4096
"""Single roads whose ground is kept: a set that differs in one road is put together from them."""

_CORNERS = 8
"""Straight sides by which a quarter of a circle round a road's end is drawn."""


def rated_shares(
    network: Network,
    rated: NDArray[np.bool_],
    within_km: float,
    edges: NDArray[np.int64] | None = None,
) -> NDArray[np.float32]:
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
    edges
        Edges of open country that are asked about, counted from the first move, ascending; None is all.

    Returns
    -------
    ndarray
        Share of the length of each edge of open country (moves, then links) that is asked about, 0-1.
        A convoy does not dodge a searched road by driving beside it.
    """
    if edges is None:
        return _shares(network, np.packbits(rated).tobytes(), within_km)
    return _shares_of(network, np.flatnonzero(rated), within_km, edges)


def rated_edges(network: Network, road: int, within_km: float) -> NDArray[np.int64]:
    """
    Return the edges that a road's rating can slow down: its own, and open country beside it, by number.

    Parameters
    ----------
    network, within_km
        As for `rated_shares`.
    road
        Row of the road.
    """
    own = np.flatnonzero(network.edges.road == road)
    beside = _beside(network, road, within_km) if within_km > 0 else None
    return own if beside is None else np.concatenate([own, beside.edge + network.edges.starts.moves])


def ends_of(network: Network, edges: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the nodes at the ends of some edges, by number, ascending."""
    first, second = _nodes(network)
    return np.unique(np.concatenate([first[edges], second[edges]]))


@lru_cache(maxsize=_KEPT)
def _shares(network: Network, packed: bytes, within_km: float) -> NDArray[np.float32]:
    starts, n_roads = network.edges.starts, len(network.roads.table.road_id)
    rated = np.flatnonzero(np.unpackbits(np.frombuffer(packed, np.uint8), count=n_roads))
    count = starts.reaches - starts.moves
    return _shares_of(network, rated, within_km, np.arange(count))


def _shares_of(
    network: Network, rated: NDArray[np.int64], within_km: float, edges: NDArray[np.int64]
) -> NDArray[np.float32]:
    """Return the shares of some edges that lie on the ground of some roads, given by row."""
    if not (within_km > 0 and len(edges)):
        return np.zeros(len(edges), np.float32)
    place = np.full(network.edges.starts.reaches - network.edges.starts.moves, -1, np.int64)
    place[edges] = np.arange(len(edges))
    beside = [each for road in rated.tolist() if (each := _beside(network, road, within_km)) is not None]
    shares, roads = np.zeros(len(edges)), np.zeros(len(edges), np.int64)
    for each in beside:
        at = place[each.edge]
        shares[at[at >= 0]] = each.share[at >= 0]
        roads[at[at >= 0]] += 1
    # Where the ground of several roads meets, what they share counts once.
    several = np.flatnonzero(roads > 1)
    shares[several] = _of_several(network, edges[several], beside)
    return shares.astype(np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class _Beside:
    """The ground of one road."""

    zone: shapely.Geometry
    edge: NDArray[np.int64]
    """Edges of open country that touch it, counted from the first move."""
    share: NDArray[np.float64]
    """Share of the length of each on it, 0-1."""


@lru_cache(maxsize=_ROADS_KEPT)
def _beside(network: Network, road: int, within_km: float) -> _Beside | None:
    noded = network.roads.noded
    lines = noded.geometry[noded.line == road]
    if not len(lines):
        return None
    zone = shapely.union_all(shapely.buffer(lines, within_km * 1000.0, quad_segs=_CORNERS))
    shapely.prepare(zone)
    near = _around(network, shapely.bounds(zone))
    drawn = _drawn(network, near)
    touches = shapely.intersects(zone, drawn)
    return _Beside(zone, near[touches], _share_inside(zone, drawn[touches]))


def _of_several(
    network: Network, several: NDArray[np.int64], beside: Sequence[_Beside]
) -> NDArray[np.float64]:
    """Return the share of some edges that lies on the ground of any road, shape (len(several),)."""
    roads_of: list[list[int]] = [[] for _ in several]
    for number, each in enumerate(beside):
        for at in np.flatnonzero(np.isin(several, each.edge)).tolist():
            roads_of[at].append(number)
    groups: dict[tuple[int, ...], list[int]] = {}
    for at, roads in enumerate(roads_of):
        groups.setdefault(tuple(roads), []).append(at)
    drawn, shares = _drawn(network, several), np.zeros(len(several))
    for numbers, members in groups.items():
        zone = shapely.union_all([beside[number].zone for number in numbers])
        shapely.prepare(zone)
        shares[members] = _share_inside(zone, drawn[members])
    return shares


def _share_inside(zone: shapely.Geometry, drawn: NDArray[np.object_]) -> NDArray[np.float64]:
    """Return the share of the length of each line that lies in a prepared zone, 0-1."""
    length_m, inside = shapely.length(drawn), shapely.covers(zone, drawn)
    within_m = np.where(inside, length_m, 0.0)
    within_m[~inside] = shapely.length(shapely.intersection(drawn[~inside], zone))
    share = np.divide(within_m, length_m, out=np.zeros(len(drawn)), where=length_m > 0)
    return np.asarray(share.clip(0, 1))


@lru_cache(maxsize=2)
def _nodes(network: Network) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the nodes at both ends of every edge, (n_edges,) each."""
    tail = np.repeat(np.arange(network.n_nodes), np.diff(network.indptr))
    first, second = np.zeros((2, network.edges.starts.end), np.int64)
    first[network.arc_edge], second[network.arc_edge] = tail, network.indices
    return first, second


@lru_cache(maxsize=2)
def _ends(network: Network) -> NDArray[np.float64]:
    """Return the ends of every move and link [m], shape (n_moves + n_links, 2, 2)."""
    starts = network.edges.starts
    first, second = _nodes(network)
    country = slice(starts.moves, starts.reaches)
    ends = np.empty((starts.reaches - starts.moves, 2, 2))
    ends[:, 0, 0], ends[:, 0, 1] = network.x_m[first[country]], network.y_m[first[country]]
    ends[:, 1, 0], ends[:, 1, 1] = network.x_m[second[country]], network.y_m[second[country]]
    return ends


@lru_cache(maxsize=2)
def _boxes(network: Network) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the south-western and north-eastern corner of every move and link [m], (n, 2) each."""
    ends = _ends(network)
    return ends.min(axis=1), ends.max(axis=1)


def _around(network: Network, bounds: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the edges whose box meets another's (west, south, east, north) [m]."""
    low, high = _boxes(network)
    return np.flatnonzero((low <= bounds[2:]).all(axis=1) & (high >= bounds[:2]).all(axis=1))


def _drawn(network: Network, edges: NDArray[np.int64]) -> NDArray[np.object_]:
    """Draw moves and links, counted from the first move, as straight lines."""
    return np.asarray(shapely.linestrings(_ends(network)[edges]), dtype=object).reshape(-1)
