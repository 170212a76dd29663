"""How does a site join the network, and is it the part of the network one would think?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray

from footprint.errors import PlaceError
from footprint.travel.kernel import Sources
from footprint.travel.lattice import around
from footprint.travel.lines import SAME_POINT_M
from footprint.travel.profiles import Profile
from layers.months import ALL_MONTHS
from layers.sentences import say

if TYPE_CHECKING:
    from scipy.spatial import cKDTree

    from footprint.method import Travel
    from footprint.travel.network import Network
    from footprint.travel.weights import Weights

ROAD_LEGS = 4
"""Nearest road nodes on its own bank that a site joins: the first by street, the others across country."""

_ASKED = 24
"""Nearest nodes looked at to find those on the same bank."""


class Leg(IntEnum):
    """What a leg runs over."""

    COUNTRY = 0
    """Open country, to a road node that is not the nearest."""
    STREET = 1
    """Streets, to the nearest road node."""
    QUAY = 2
    """A walk to the nearest river node, for boats alone."""
    LAST = 3
    """To the centre of a cell around: by street for whoever stops there, as far as streets go."""


@dataclass(frozen=True, slots=True, eq=False)
class Connector:
    """
    The legs by which a site joins the network, in straight lines.

    They depend on the place alone: closing a road removes edges and no nodes, so a site
    that is cut off does not join the far side instead.
    """

    x_m: float
    y_m: float
    cell: int
    """The site's own cell; it always counts as reached, even across water or in flood."""
    cell_m: float
    """Distance to its centre [m]."""
    node: NDArray[np.int32]
    """Node at the end of each leg."""
    length_m: NDArray[np.float32]
    kind: NDArray[np.int8]
    """What each leg runs over, as `Leg`."""
    wet: NDArray[np.uint16]
    """Months in which each leg across country is under water, bit m-1 for m."""
    road_m: float
    """Distance to the nearest road node it joins, or could if it were nearer [m]; inf if there is none."""
    other_bank_m: float
    """Distance to the nearest road node across water, if that is nearer than the one joined [m]; else inf."""
    snapped_too_far: bool
    """No road node on its bank within the limit; it joins across country only."""
    part_share: float
    """Share of all road nodes in the part of the road network it joins, 0-1; 0 if it joins none."""
    key: str
    """Equal keys mean equal legs."""


def join(network: Network, x_m: float, y_m: float, travel: Travel) -> Connector:
    """
    Join a place to the network.

    Parameters
    ----------
    network
        What can be travelled.
    x_m, y_m
        The place [m].
    travel
        For the farthest distance to a road.

    Returns
    -------
    Access
        Legs to the cells around it and to the nearest road nodes, all on its own bank, and
        to the nearest river node for boats; with distances to check.

    Raises
    ------
    PlaceError
        If the place lies in no cell of the area.

    Notes
    -----
    The leg to the nearest road node counts as a street passable in every month. Those to other road
    nodes run across country (a street to each would be a way around a closed road), those to cells
    at street speed as far as streets go; both are shut to land profiles in the months they are under water.
    """
    grid, x_m, y_m = network.grid, float(x_m), float(y_m)
    cell = int(grid.cell_at(np.array([x_m]), np.array([y_m]))[0])
    if cell < 0:
        raise PlaceError(say("the point {x}, {y} [m] lies outside the area", x=f"{x_m:.0f}", y=f"{y_m:.0f}"))
    limit_m = travel.snap_limit_km * 1000.0
    cells = np.unique(around(grid, np.array([x_m]), np.array([y_m])))
    cells = cells[cells >= 0]
    centres = _legs(network, (x_m, y_m), network.cell_node[cells])
    roads = _legs(network, (x_m, y_m), _nearest(network.road_tree, network.road_nodes, x_m, y_m))
    river = _legs(network, (x_m, y_m), _nearest(network.river_tree, network.river_nodes, x_m, y_m))
    # Never through water that always stands; but whoever is on the road is, dyke or not.
    there = roads.length_m <= SAME_POINT_M
    same_bank = ~roads.cut & (there | (roads.wet != ALL_MONTHS))
    near = np.flatnonzero(same_bank & (roads.length_m <= limit_m))
    near = near[roads.length_m[near] <= roads.length_m[near[:ROAD_LEGS]].max(initial=0.0) + SAME_POINT_M]
    first = _at_one_place(network, roads.node[near])
    quay = np.flatnonzero(river.length_m <= limit_m)[:1]
    chosen = (
        (centres, np.flatnonzero(~centres.cut), Leg.LAST),
        (roads, near[~first], Leg.COUNTRY),
        (roads, near[first], Leg.STREET),
        (river, quay, Leg.QUAY),
    )
    road_m = float(roads.length_m[same_bank].min(initial=np.inf))
    nearest_m = float(roads.length_m.min(initial=np.inf))
    return Connector(
        x_m=x_m,
        y_m=y_m,
        cell=cell,
        cell_m=float(centres.length_m[cells == cell][0]),
        node=np.concatenate([legs.node[kept] for legs, kept, _ in chosen]),
        length_m=np.concatenate([legs.length_m[kept] for legs, kept, _ in chosen]).astype(np.float32),
        kind=np.concatenate([np.full(len(kept), kind, np.int8) for _, kept, kind in chosen]),
        wet=np.concatenate([legs.wet[kept] for legs, kept, _ in chosen]),
        road_m=road_m,
        other_bank_m=nearest_m if nearest_m < road_m else np.inf,
        snapped_too_far=not len(near),
        part_share=_part_share(network, roads.node[near[:1]]),
        key=f"{network.digest}:{x_m!r}:{y_m!r}:{limit_m!r}",
    )


def sources(connector: Connector, weights: Weights, owner: int = 0) -> Sources:
    """Return the nodes a site starts from under `weights`, with the minutes of each leg, all of `owner`."""
    kmh = np.where(connector.kind == Leg.STREET, weights.street_kmh, weights.off_road_kmh)
    minutes = (connector.length_m * 0.06 / kmh).astype(np.float32)
    kept = np.flatnonzero(_open(connector, weights))
    return Sources(connector.node[kept], minutes[kept], np.full(len(kept), owner, np.int32))


def last_legs(
    connector: Connector, weights: Weights, node_cell: NDArray[np.int32]
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """
    Return the cells a site gets to by a last leg of its own, and the minutes to their centres.

    Its own cell is always among them, even across water or in flood. At street speed as far as streets go.
    """
    kept = np.flatnonzero(_open(connector, weights) & (connector.kind == Leg.LAST))
    cells = np.r_[node_cell[connector.node[kept]], connector.cell].astype(np.int32)
    length_m = np.r_[connector.length_m[kept], connector.cell_m]
    return cells, weights.leg_minutes(length_m)


def _open(connector: Connector, weights: Weights) -> NDArray[np.bool_]:
    """Tell which legs can be used: streets always, others where they are dry; boat teams use all."""
    if weights.profile is Profile.BOAT:
        return np.ones(len(connector.kind), bool)
    dry = (connector.wet >> (weights.month - 1) & 1) == 0
    country = np.isin(connector.kind, (Leg.COUNTRY, Leg.LAST))
    return np.asarray((connector.kind == Leg.STREET) | country & dry, dtype=bool)


@dataclass(frozen=True, slots=True, eq=False)
class _Legs:
    """Straight lines from a place to nodes."""

    node: NDArray[np.int32]
    length_m: NDArray[np.float64]
    cut: NDArray[np.bool_]
    wet: NDArray[np.uint16]


def _legs(network: Network, place: tuple[float, float], nodes: NDArray[np.int32]) -> _Legs:
    """Draw straight lines from `place` to `nodes`, and ask what water they cross."""
    ends = np.empty((len(nodes), 2, 2))
    ends[:, 0] = place
    ends[:, 1, 0], ends[:, 1, 1] = network.x_m[nodes], network.y_m[nodes]
    lines = np.asarray(shapely.linestrings(ends), dtype=object).reshape(-1)
    return _Legs(nodes, shapely.length(lines), network.waters.cut(lines), network.waters.wet_months(lines))


def _nearest(tree: cKDTree, nodes: NDArray[np.int32], x_m: float, y_m: float) -> NDArray[np.int32]:
    """Return the nearest of `nodes`, nearest first, equal distances by number."""
    if not len(nodes):
        return nodes
    distance_m, at = tree.query((x_m, y_m), k=min(_ASKED, len(nodes)))
    distance_m, at = np.atleast_1d(distance_m), np.atleast_1d(at)
    return nodes[at[np.lexsort((at, distance_m))]]


def _at_one_place(network: Network, nodes: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Tell which nodes stand where the first does; roads drawn over one another are all joined."""
    away_m = np.hypot(
        network.x_m[nodes] - network.x_m[nodes[:1]], network.y_m[nodes] - network.y_m[nodes[:1]]
    )
    return np.asarray(away_m <= SAME_POINT_M, dtype=bool).reshape(-1)


def _part_share(network: Network, node: NDArray[np.int32]) -> float:
    """Return the share of road nodes in the part of the network that `node` belongs to."""
    if not len(node):
        return 0.0
    part = network.road_part[np.searchsorted(network.road_nodes, node[0])]
    return float((network.road_part == part).mean())
