"""What can be travelled? One graph of cells, roads and navigable rivers, built once per area."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, fields
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from footprint.travel.kernel import LastLegs
from footprint.travel.roads import RoadNetwork, RoadTable, road_network
from footprint.travel.runs import (
    ROAD_EDGE_CELLS,
    Run,
    Strand,
    dense_roads,
    fords,
    landing_run,
    link_run,
    move_run,
    river_strand,
    road_strand,
)
from footprint.travel.waters import Waters, gather_waters
from layers.grid import Grid
from layers.months import in_month
from layers.roads import Crossing


class Starts(NamedTuple):
    """Number of the first edge of each sort; edges are kept sort by sort, in this order."""

    roads: int
    moves: int
    links: int
    reaches: int
    landings: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Edges:
    """
    Every edge once: roads, moves across country, links, river reaches, landings.

    Links join a road node to the cells around it, landings a river node.
    """

    starts: Starts
    length_m: NDArray[np.float32]
    shut: NDArray[np.uint16]
    """
    Months without a way, bit m-1 for m: on land when any part is under water, on rivers when no boat passes.
    """
    afloat: NDArray[np.uint16]
    """Months in which a boat floats the whole way, bit m-1 for m."""
    crosses: NDArray[np.bool_]
    """Whether each move crosses a barrier river, shape (n_moves,)."""
    road: NDArray[np.int32]
    """Row in the road table of each road edge, shape (n_road_edges,)."""
    wait_share: NDArray[np.float32]
    """Share of one ferry's wait that falls on each road edge, shape (n_road_edges,)."""


@dataclass(frozen=True, slots=True)
class NetworkAudit:
    """What had to be supposed to bring layers together."""

    fords: tuple[str, ...]
    """Roads that cross a barrier river without bridge, ferry or dyke; taken as passable."""
    road_nodes_without_cell: int
    """Road nodes with no cell on their bank around them, for instance beyond the border."""
    cells_in_water: int
    """Cells whose centre is under water in some month."""


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """
    One graph of cells, road nodes and river nodes.

    Nodes are numbered along a curve that keeps neighbours close together, which makes
    searches several times faster on large areas. Arcs are both directions of every edge.
    """

    grid: Grid
    roads: RoadNetwork
    waters: Waters
    x_m: NDArray[np.float64]
    y_m: NDArray[np.float64]
    cell_node: NDArray[np.int32]
    """Node of each cell, shape (n_cells,)."""
    node_cell: NDArray[np.int32]
    """Cell of each node, -1 for road and river nodes, shape (n_nodes,)."""
    road_nodes: NDArray[np.int32]
    """Nodes on roads, ascending."""
    road_part: NDArray[np.int32]
    """Part of the road network each of `road_nodes` belongs to; no road joins two parts."""
    river_nodes: NDArray[np.int32]
    """Nodes on navigable rivers, ascending."""
    road_tree: cKDTree
    """Road nodes by place, in the order of `road_nodes`."""
    river_tree: cKDTree
    cell_wet: NDArray[np.uint16]
    """Months in which each cell's centre is under water, bit m-1 for m, shape (n_cells,)."""
    indptr: NDArray[np.int32]
    indices: NDArray[np.int32]
    arc_edge: NDArray[np.int32]
    """Edge of each arc, shape (n_arcs,)."""
    edges: Edges
    rains_months: int
    """Months of rain, bit m-1 for m: a fact of the area, as its waters are."""
    driest_month: int
    """The month (1-12) without rains in which the least is under water."""
    masks: tuple[int, ...]
    """Every different set of months among edges and waters, bit m-1 for m."""
    audit: NetworkAudit
    digest: str
    """Hash of everything above that decides travel times."""
    like: Network | None = field(default=None, repr=False)
    """The network with the same nodes and edges of which this is a variant, under other waters or rains."""

    @property
    def drawn(self) -> Network:
        """The network that nodes and edges were drawn for: what depends on them alone is kept by it."""
        return self.like or self

    @property
    def n_nodes(self) -> int:
        """Nodes of every kind."""
        return len(self.x_m)

    def last_legs(self, minutes: NDArray[np.float32]) -> LastLegs:
        """Return the links as last legs, which take `minutes` [min], shape (n_links,)."""
        return LastLegs(self.grid.n_cells, self.node_cell, self.arc_edge, self.edges.starts.links, minutes)

    def __repr__(self) -> str:
        """Say what the network joins, how large it is, and what was supposed; never its arrays."""
        roads, audit = self.roads.audit, self.audit
        return (
            f"Network({self.grid.n_cells} cells of {self.grid.cell_m / 1000:g} km, "
            f"{len(self.roads.table.road_id)} roads in {roads.components} parts "
            f"({roads.main_share:.0%} of junctions in the largest), {len(self.river_nodes)} river nodes, "
            f"{self.n_nodes} nodes, {len(self.indices)} arcs; supposed: {len(audit.fords)} fords, "
            f"{len(roads.joined_ends)} joined ends; {self.digest[:12]})"
        )


def build_network(
    grid: Grid,
    roads: gpd.GeoDataFrame,
    rivers: gpd.GeoDataFrame,
    lakes: gpd.GeoDataFrame,
    flood_zones: gpd.GeoDataFrame,
    *,
    rains_months: int,
) -> Network:
    """
    Join cells, roads and rivers in one graph.

    Parameters
    ----------
    grid
        Cells of the area.
    roads
        Under `layers.roads.Roads`.
    rivers, lakes, flood_zones
        Under the schemas of `layers.waters`.
    rains_months
        Months of rain, bit m-1 for m.

    Returns
    -------
    Network
        Without speeds: those depend on profile, month and method. Neither the order of
        rows nor names make a difference.

    Notes
    -----
    Cells join sixteen others, unless a barrier river lies between. Roads are broken so
    that no edge is longer than half a cell (ferries stay whole), and each road node is
    linked in a straight line to the up to four cells around it on its own bank. So are
    nodes of navigable rivers, on both banks, for boats alone. Lakes count as under water
    in every month: no land profile passes, boats do.

    An edge that touches water is shut to land profiles in the water's months. Roads on
    dykes, bridges and ferries are not.
    """
    waters = gather_waters(rivers, lakes, flood_zones)
    net = road_network(roads)
    road = road_strand(net, dense_roads(net, ROAD_EDGE_CELLS * grid.cell_m), waters)
    river = river_strand(rivers, grid.cell_m / 2)
    cell_wet = waters.wet_months(np.asarray(shapely.points(grid.x_m, grid.y_m), dtype=object).reshape(-1))
    across, crosses = move_run(grid, waters, cell_wet)
    links, landings = link_run(grid, waters, road, cell_wet), landing_run(grid, river, cell_wet)
    runs = (road.run, across, links, river.run, landings)
    edges = _edges(net, road, runs, crosses)
    x_m, y_m = np.r_[grid.x_m, road.x_m, river.x_m], np.r_[grid.y_m, road.y_m, river.y_m]
    order = curve_order(x_m, y_m, grid.cell_m / 8)
    number = np.empty(len(order), np.int32)
    number[order] = np.arange(len(order), dtype=np.int32)
    cell_node, road_node, river_node = np.split(number, np.cumsum([grid.n_cells, len(road.x_m)]))
    indptr, indices, arc_edge = _arcs(runs, (cell_node, road_node, river_node), len(x_m))
    node_cell = np.full(len(x_m), -1, np.int32)
    node_cell[cell_node] = np.arange(grid.n_cells, dtype=np.int32)
    x_m, y_m = x_m[order], y_m[order]
    road_nodes, river_nodes = np.sort(road_node), np.sort(river_node)
    return Network(
        grid=grid,
        roads=net,
        waters=waters,
        x_m=x_m,
        y_m=y_m,
        cell_node=cell_node,
        node_cell=node_cell,
        road_nodes=road_nodes,
        road_part=_parts(road.run, len(road.x_m))[np.argsort(road_node)],
        river_nodes=river_nodes,
        road_tree=cKDTree(np.stack([x_m[road_nodes], y_m[road_nodes]], axis=1)),
        river_tree=cKDTree(np.stack([x_m[river_nodes], y_m[river_nodes]], axis=1)),
        cell_wet=cell_wet,
        indptr=indptr,
        indices=indices,
        arc_edge=arc_edge,
        edges=edges,
        rains_months=rains_months,
        driest_month=driest(edges, rains_months),
        masks=tuple(np.unique(np.r_[edges.shut, edges.afloat, waters.months]).tolist()),
        audit=NetworkAudit(
            fords=fords(net, waters),
            road_nodes_without_cell=len(road.x_m) - len(np.unique(links.tail)),
            cells_in_water=int((cell_wet > 0).sum()),
        ),
        digest=_digest(net.table, edges, rains_months, (indptr, indices, arc_edge, node_cell, x_m, y_m)),
    )


def _edges(net: RoadNetwork, road: Strand, runs: tuple[Run, ...], crosses: NDArray[np.bool_]) -> Edges:
    """Lay the edges of all sorts one after the other."""
    ferry = net.table.crossing[road.line] == Crossing.FERRY
    whole_m = np.bincount(road.line, weights=road.run.length_m, minlength=len(net.table.road_id))
    return Edges(
        starts=Starts(*np.cumsum([0, *(len(run.tail) for run in runs)]).tolist()),
        length_m=np.concatenate([run.length_m for run in runs]).astype(np.float32),
        shut=np.concatenate([run.shut for run in runs]),
        afloat=np.concatenate([run.afloat for run in runs]),
        crosses=crosses,
        road=road.line.astype(np.int32),
        wait_share=np.where(ferry, road.run.length_m / whole_m[road.line], 0.0).astype(np.float32),
    )


def _parts(run: Run, n_nodes: int) -> NDArray[np.int32]:
    """Return the connected part each road node belongs to, shape (n_nodes,)."""
    graph = coo_matrix((np.ones(len(run.tail), bool), (run.tail, run.head)), shape=(n_nodes, n_nodes))
    return connected_components(graph, directed=False)[1]


def curve_order(x_m: NDArray[np.float64], y_m: NDArray[np.float64], step_m: float) -> NDArray[np.int64]:
    """Return the order of nodes along a Morton curve of squares of side `step_m` [m]."""
    code = np.zeros(len(x_m), np.uint64)
    for shift, values in ((0, x_m), (1, y_m)):
        bits = np.floor((values - values.min(initial=np.inf)) / step_m).astype(np.uint64)
        for width, mask in _SPREAD:
            bits = (bits | (bits << np.uint64(width))) & np.uint64(mask)
        code |= bits << np.uint64(shift)
    kind_order = np.arange(len(x_m))
    return np.lexsort((kind_order, y_m, x_m, code))


_SPREAD = (
    (16, 0x0000FFFF0000FFFF),
    (8, 0x00FF00FF00FF00FF),
    (4, 0x0F0F0F0F0F0F0F0F),
    (2, 0x3333333333333333),
    (1, 0x5555555555555555),
)
"""Shifts and masks that put a zero bit between each two bits of a 32-bit number."""


def _arcs(
    runs: tuple[Run, ...], number: tuple[NDArray[np.int32], ...], n_nodes: int
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """Return both directions of every edge, by node and then neighbour: indptr, indices, edge of each arc."""
    cell, road, river = number
    kinds = ((road, road), (cell, cell), (road, cell), (river, river), (river, cell))
    tail = np.concatenate([kind[0][run.tail] for kind, run in zip(kinds, runs, strict=True)])
    head = np.concatenate([kind[1][run.head] for kind, run in zip(kinds, runs, strict=True)])
    start, stop = np.r_[tail, head], np.r_[head, tail]
    order = np.argsort(start.astype(np.int64) * n_nodes + stop, kind="stable")
    edge = np.tile(np.arange(len(tail), dtype=np.int32), 2)
    indptr = np.zeros(n_nodes + 1, np.int32)
    np.cumsum(np.bincount(start, minlength=n_nodes), out=indptr[1:])
    return indptr, stop[order], edge[order]


def driest(edges: Edges, rains_months: int) -> int:
    """Return the month without rains, if there is one, in which the least land is under water; the first."""
    land = edges.shut[: edges.starts.reaches].copy()
    moves = slice(edges.starts.moves, edges.starts.links)
    # Moves across a barrier that nobody ever makes are no land, drawn or not.
    land[moves][edges.crosses & (edges.afloat[moves] == 0)] = 0
    length_m = edges.length_m[: edges.starts.reaches].astype(np.float64)
    wet_m = {month: float(length_m[(land >> (month - 1) & 1) == 1].sum()) for month in range(1, 13)}
    return min(wet_m, key=lambda month: (in_month(rains_months, month), wet_m[month], month))


def _digest(
    table: RoadTable, edges: Edges, rains_months: int, arrays: tuple[NDArray[np.generic], ...]
) -> str:
    """Hash what decides travel times."""
    digest = hashlib.blake2b(f"rains {rains_months}".encode(), digest_size=16)
    parts = [getattr(source, each.name) for source in (table, edges) for each in fields(source)]
    for part in (*parts, *arrays):
        array = np.ascontiguousarray(part)
        digest.update(f"{array.dtype}{array.shape}".encode())
        digest.update(array.tobytes())
    return digest.hexdigest()
