"""Which edges do roads, open country and rivers give, and when is each under water?"""

from __future__ import annotations

from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from footprint.travel.lattice import around, moves, moves_by_water
from footprint.travel.lines import SAME_POINT_M, Dense, densify, node_lines
from footprint.travel.roads import RoadNetwork
from footprint.travel.waters import Waters
from layers.grid import Grid
from layers.months import ALL_MONTHS
from layers.roads import Crossing

RIVER_JOIN_M = 250.0
"""Largest gap across which a loose river end is joined to another river [m]; rivers are drawn coarsely."""

ROAD_EDGE_CELLS = 0.5
"""Longest edge of a road, in sides of a cell."""

Masks = NDArray[np.uint16]
"""Sets of months, bit m-1 for m."""


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """Edges of one sort; `tail` and `head` count within the kinds of node they join."""

    tail: NDArray[np.int64]
    head: NDArray[np.int64]
    length_m: NDArray[np.float64]
    shut: Masks
    """Months without a way: on land, when any part is under water; on rivers, when no boat passes."""
    afloat: Masks
    """Months in which a boat floats the whole way."""


@dataclass(frozen=True, slots=True, eq=False)
class Strand:
    """Nodes and edges of all roads, or of all navigable rivers."""

    x_m: NDArray[np.float64]
    y_m: NDArray[np.float64]
    run: Run
    line: NDArray[np.int64]
    """Road or river each edge belongs to, as a row of its layer."""
    node_months: Masks
    """Months in which each road node is under water, or a boat passes each river node."""


def dense_roads(net: RoadNetwork, spacing_m: float) -> Dense:
    """Break roads into edges of at most `spacing_m` [m]; ferries stay whole."""
    return densify(net.noded, spacing_m, whole=net.table.crossing[net.noded.line] == Crossing.FERRY)


def road_strand(
    net: RoadNetwork, dense: Dense, waters: Waters, points: NDArray[np.object_] | None = None
) -> Strand:
    """
    Say when each edge of the roads, as broken by `dense_roads`, is under water.

    `points` are the nodes, where they are drawn already.
    """
    table, noded = net.table, net.noded
    line = noded.line[dense.piece]
    drawn_m = shapely.length(dense.geometry)
    piece_m = np.bincount(dense.piece, weights=drawn_m, minlength=len(noded.line))
    dry = (table.raised | (table.crossing != Crossing.NONE))[line]
    x_m, y_m = np.r_[noded.x_m, dense.x_m], np.r_[noded.y_m, dense.y_m]
    node_months = waters.wet_months(draw_points(x_m, y_m) if points is None else points)
    node_months[np.r_[dense.tail[dry], dense.head[dry]]] = 0
    run = Run(
        tail=dense.tail,
        head=dense.head,
        length_m=drawn_m * (net.length_m / piece_m)[dense.piece],
        shut=np.where(dry, 0, waters.wet_months(dense.geometry)).astype(np.uint16),
        afloat=np.zeros(len(line), np.uint16),
    )
    return Strand(x_m, y_m, run, line, node_months)


def river_strand(rivers: gpd.GeoDataFrame, spacing_m: float) -> Strand:
    """Break navigable rivers into edges of at most `spacing_m` [m], joined where they meet."""
    rivers = rivers.sort_index()
    months = rivers["navigable_months"].to_numpy(np.uint16)
    kept = np.flatnonzero(months)
    lines = np.asarray(rivers.geometry.array, dtype=object)[kept]
    noded = node_lines(lines, tolerance_m=RIVER_JOIN_M, near_m=RIVER_JOIN_M)
    dense = densify(noded, spacing_m)
    line = kept[noded.line[dense.piece]]
    passed = months[line]
    run = Run(dense.tail, dense.head, shapely.length(dense.geometry), shut=_others(passed), afloat=passed)
    x_m, y_m = np.r_[noded.x_m, dense.x_m], np.r_[noded.y_m, dense.y_m]
    node_months = np.zeros(len(x_m), np.uint16)
    np.bitwise_or.at(node_months, np.r_[dense.tail, dense.head], np.r_[passed, passed])
    return Strand(x_m, y_m, run, line, node_months)


def move_run(grid: Grid, waters: Waters, cell_wet: Masks) -> tuple[Run, NDArray[np.bool_]]:
    """
    Give the moves across country, and which of them cross a barrier river.

    Crossing moves are kept only where a boat may float across in some month.
    """
    tail, head, length_m = moves(grid)
    crosses, wet = moves_by_water(grid, waters, tail, head)
    afloat = cell_wet[tail] & cell_wet[head]
    kept = ~crosses | (afloat > 0)
    return Run(tail[kept], head[kept], length_m[kept], wet[kept], afloat[kept]), crosses[kept]


def draw_links(
    grid: Grid, x_m: NDArray[np.float64], y_m: NDArray[np.float64]
) -> tuple[Run, NDArray[np.object_]]:
    """Return the links of road nodes to the cells around, dry and on whatever bank, and their lines."""
    links = _links(grid, x_m, y_m)
    return links, _lines((x_m, y_m), grid, links)


def link_run(
    grid: Grid,
    waters: Waters,
    road: Strand,
    cell_wet: Masks,
    drawn: tuple[Run, NDArray[np.object_]] | None = None,
) -> Run:
    """
    Link road nodes (`tail`) to the cells around them (`head`) on the same bank.

    Notes
    -----
    A link that touches water is shut in the water's months. But a cell whose centre is
    under water keeps one link then, to the nearest node inside it, a dry one if there is
    one: people of that cell live along that road. One place alone, so that nothing passes through.
    `drawn` is what `draw_links` gave, where it is at hand.
    """
    links, lines = drawn or draw_links(grid, road.x_m, road.y_m)
    same_bank = ~waters.cut(lines)
    links = _take(replace(links, shut=waters.wet_months(lines)), same_bank)
    node_cell = grid.cell_at(road.x_m, road.y_m)
    own = np.flatnonzero((node_cell[links.tail] == links.head) & (cell_wet[links.head] > 0))
    drowned = np.bitwise_count(road.node_months[links.tail[own]] & cell_wet[links.head[own]])
    x_m, y_m = road.x_m[links.tail[own]], road.y_m[links.tail[own]]
    order = np.lexsort((y_m, x_m, np.round(links.length_m[own], 2), drowned, links.head[own]))
    leads = np.r_[True, np.diff(links.head[own][order]) > 0][: len(order)]
    leader = order[leads][np.cumsum(leads) - 1]
    at_leader = np.hypot(x_m[order] - x_m[leader], y_m[order] - y_m[leader]) <= SAME_POINT_M
    best = own[order[at_leader]]
    shut = links.shut.copy()
    shut[best] &= ~cell_wet[links.head[best]]
    return replace(links, shut=shut)


def landing_run(grid: Grid, river: Strand, cell_wet: Masks) -> Run:
    """Link river nodes (`tail`) to the cells around them (`head`), on both banks, when a boat passes."""
    links = _links(grid, river.x_m, river.y_m)
    return replace(links, shut=_others(river.node_months[links.tail]), afloat=cell_wet[links.head])


def fords(net: RoadNetwork, waters: Waters) -> tuple[str, ...]:
    """Name the roads that cross a barrier river without bridge, ferry or dyke."""
    table = net.table
    plain = ~table.raised & (table.crossing == Crossing.NONE)
    pieces = np.flatnonzero(plain[net.noded.line])
    crossing = pieces[waters.cut(net.noded.geometry[pieces])]
    return tuple(table.road_id[np.unique(net.noded.line[crossing])].tolist())


def _links(grid: Grid, x_m: NDArray[np.float64], y_m: NDArray[np.float64]) -> Run:
    """Join nodes to the cells around them, dry and whatever lies between."""
    cells = around(grid, x_m, y_m)
    node, corner = np.nonzero(cells >= 0)
    cell = cells[node, corner].astype(np.int64)
    length_m = np.hypot(grid.x_m[cell] - x_m[node], grid.y_m[cell] - y_m[node])
    none = np.zeros(len(node), np.uint16)
    return Run(node, cell, length_m, none, none)


def _take(run: Run, kept: NDArray[np.bool_]) -> Run:
    """Return the edges of `run` that are kept."""
    return Run(run.tail[kept], run.head[kept], run.length_m[kept], run.shut[kept], run.afloat[kept])


def _lines(
    nodes: tuple[NDArray[np.float64], NDArray[np.float64]], grid: Grid, links: Run
) -> NDArray[np.object_]:
    """Draw links from nodes to cell centres."""
    x_m, y_m = nodes
    ends = np.empty((len(links.tail), 2, 2))
    ends[:, 0, 0], ends[:, 0, 1] = x_m[links.tail], y_m[links.tail]
    ends[:, 1, 0], ends[:, 1, 1] = grid.x_m[links.head], grid.y_m[links.head]
    return np.asarray(shapely.linestrings(ends), dtype=object).reshape(-1)


def _others(months: Masks) -> Masks:
    """Return the months not in each set."""
    return np.bitwise_and(~months, np.uint16(ALL_MONTHS))


def draw_points(x_m: NDArray[np.float64], y_m: NDArray[np.float64]) -> NDArray[np.object_]:
    """Return points as an array, even when there are none."""
    return np.asarray(shapely.points(x_m, y_m), dtype=object).reshape(-1)
