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
    asked = None if edges is None else edges.tobytes()
    return _shares(network, np.packbits(rated).tobytes(), within_km, asked)


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
    first, second = ends_of_all(network)
    return np.unique(np.concatenate([first[edges], second[edges]]))


@lru_cache(maxsize=_KEPT)
def _shares(network: Network, packed: bytes, within_km: float, asked: bytes | None) -> NDArray[np.float32]:
    """Return the shares of some edges, given as bytes of their numbers, or of all."""
    starts, n_roads = network.edges.starts, len(network.roads.table.road_id)
    count = starts.reaches - starts.moves
    edges = np.arange(count) if asked is None else np.frombuffer(asked, np.int64)
    if not (within_km > 0 and len(edges)):
        return np.zeros(len(edges), np.float32)
    rated = np.flatnonzero(np.unpackbits(np.frombuffer(packed, np.uint8), count=n_roads))
    place = np.full(count, -1, np.int64)
    place[edges] = np.arange(len(edges))
    beside = [each for road in rated.tolist() if (each := _beside(network, road, within_km)) is not None]
    shares, roads = np.zeros(len(edges)), np.zeros(len(edges), np.int64)
    members = [place[each.edge] for each in beside]
    for each, at in zip(beside, members, strict=True):
        shares[at[at >= 0]] = each.share[at >= 0]
        roads[at[at >= 0]] += 1
    # Where the ground of several roads meets, what they share counts once.
    several = np.flatnonzero(roads > 1)
    shares[several] = _of_several(network, edges, several, (beside, members))
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
    drawn = drawn_lines(network, near)
    touches = shapely.intersects(zone, drawn)
    return _Beside(zone, near[touches], _share_inside(zone, drawn[touches]))


def _of_several(
    network: Network,
    edges: NDArray[np.int64],
    several: NDArray[np.int64],
    roads: tuple[Sequence[_Beside], Sequence[NDArray[np.int64]]],
) -> NDArray[np.float64]:
    """Return the share of those of `edges` that lie on the ground of several roads, shape (len(several),)."""
    beside, members = roads
    number = np.full(len(edges), -1, np.int64)
    number[several] = np.arange(len(several))
    roads_of: list[list[int]] = [[] for _ in several]
    for road, at in enumerate(members):
        for place in number[at[at >= 0]].tolist():
            if place >= 0:
                roads_of[place].append(road)
    groups: dict[tuple[int, ...], list[int]] = {}
    for place, own in enumerate(roads_of):
        groups.setdefault(tuple(own), []).append(place)
    drawn, shares = drawn_lines(network, edges[several]), np.zeros(len(several))
    for numbers, together in groups.items():
        zone = shapely.union_all([beside[road].zone for road in numbers])
        shapely.prepare(zone)
        shares[together] = _share_inside(zone, drawn[together])
    return shares


def _share_inside(zone: shapely.Geometry, drawn: NDArray[np.object_]) -> NDArray[np.float64]:
    """Return the share of the length of each line that lies in a prepared zone, 0-1."""
    length_m, inside = shapely.length(drawn), shapely.covers(zone, drawn)
    within_m = np.where(inside, length_m, 0.0)
    within_m[~inside] = shapely.length(shapely.intersection(drawn[~inside], zone))
    share = np.divide(within_m, length_m, out=np.zeros(len(drawn)), where=length_m > 0)
    return np.asarray(share.clip(0, 1))


@lru_cache(maxsize=2)
def ends_of_all(network: Network) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the nodes at both ends of every edge, (n_edges,) each."""
    tail = np.repeat(np.arange(network.n_nodes), np.diff(network.indptr))
    first, second = np.zeros((2, network.edges.starts.end), np.int64)
    first[network.arc_edge], second[network.arc_edge] = tail, network.indices
    return first, second


@lru_cache(maxsize=2)
def _ends(network: Network) -> NDArray[np.float64]:
    """Return the ends of every move and link [m], shape (n_moves + n_links, 2, 2)."""
    starts = network.edges.starts
    first, second = ends_of_all(network)
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


def drawn_lines(network: Network, edges: NDArray[np.int64]) -> NDArray[np.object_]:
    """Draw moves and links, counted from the first move, as straight lines."""
    return np.asarray(shapely.linestrings(_ends(network)[edges]), dtype=object).reshape(-1)
