"""
Without: the same network with one of its waters, or one month of its rains, left out.

Nodes and edges stay as they were drawn, and only when they are under water, or afloat, is reckoned anew,
by the functions that a network is built with. What can be travelled then is what a network built from layers
without that water gives: moves that nobody ever makes are drawn in one and not in the other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from footprint.travel.edge_minutes import road_lines
from footprint.travel.lattice import LONGEST_MOVE_CELLS
from footprint.travel.network import Edges, Network, driest
from footprint.travel.rated import drawn_lines, ends_of_all
from footprint.travel.runs import (
    Run,
    Strand,
    draw_links,
    draw_points,
    landing_run,
    link_run,
    river_strand,
    road_strand,
)
from footprint.travel.waters import Waters, copies, without_surface
from layers.months import in_month


def without_water(network: Network, rivers: gpd.GeoDataFrame, surface: int) -> Network:
    """
    Leave out a lake, or a flood zone, as if its ground never were under water.

    Parameters
    ----------
    network
        What can be travelled.
    rivers
        The area's rivers, under the schema of `layers.waters`.
    surface
        Row of the lake; of a flood zone, counted on behind the lakes.
    """
    waters, drawn = without_surface(network.waters, surface), _drawn(network.drawn)
    gone = copies(network.waters.surfaces.geometries[[surface]])[0]
    shapely.prepare(gone)
    road = road_strand(network.roads, road_lines(network.drawn), waters, drawn.road_nodes)
    cell_wet = network.cell_wet.copy()
    inside = np.flatnonzero(shapely.intersects(gone, drawn.centres))
    cell_wet[inside] = waters.wet_months(drawn.centres[inside])
    river = _strand(network, rivers)
    found = _rewet(network, waters, cell_wet, (road, river), gone)
    return replace(found, digest=f"{network.digest}:without surface {surface}")


def without_boats(network: Network, rivers: gpd.GeoDataFrame, river_id: str) -> Network:
    """
    Leave out that boats pass a river, which stays a barrier.

    Parameters
    ----------
    network, rivers
        As for `without_water`.
    river_id
        The river.
    """
    strand, edges = _strand(network, rivers), network.edges
    row = int(np.flatnonzero(rivers.sort_index().index == river_id)[0])
    own = strand.line == row
    passed = np.where(own, 0, strand.run.afloat).astype(np.uint16)
    node_months = np.zeros(len(strand.x_m), np.uint16)
    np.bitwise_or.at(node_months, np.r_[strand.run.tail, strand.run.head], np.r_[passed, passed])
    landings = landing_run(network.grid, replace(strand, node_months=node_months), network.cell_wet)
    shut, afloat, starts = edges.shut.copy(), edges.afloat.copy(), edges.starts
    reaches = slice(starts.reaches, starts.landings)
    shut[reaches] = np.where(own, _EVERY, edges.shut[reaches])
    afloat[reaches] = passed
    shut[starts.landings :], afloat[starts.landings :] = landings.shut, landings.afloat
    return _variant(network, replace(edges, shut=shut, afloat=afloat), f"no boats on {river_id}")


def with_dry_month(network: Network, month: int) -> Network:
    """Leave out that it rains in a month (1-12)."""
    rains = network.rains_months & ~(1 << (month - 1))
    return replace(
        _variant(network, network.edges, f"no rains in {month}"),
        rains_months=rains,
        driest_month=driest(network.edges, rains),
    )


_EVERY = np.uint16(0b1111_1111_1111)


def _strand(network: Network, rivers: gpd.GeoDataFrame) -> Strand:
    return river_strand(rivers, network.grid.cell_m / 2)


def _rewet(
    network: Network,
    waters: Waters,
    cell_wet: NDArray[np.uint16],
    strands: tuple[Strand, Strand],
    gone: shapely.Geometry,
) -> Network:
    """Return a network under other waters, that differ within `gone` alone."""
    edges, starts, drawn = network.edges, network.edges.starts, network.drawn
    road, river = strands
    shut, afloat = edges.shut.copy(), edges.afloat.copy()
    shut[: starts.moves] = road.run.shut
    near = _near_moves(network, gone)
    lines = drawn_lines(drawn, near)
    touched = shapely.intersects(gone, lines)
    shut[starts.moves + near[touched]] = waters.wet_months(lines[touched])
    moves = slice(starts.moves, starts.links)
    one, other = (cell_wet[network.node_cell[ends[moves]]] for ends in ends_of_all(drawn))
    afloat[moves] = one & other
    links = link_run(network.grid, waters, road, cell_wet, _drawn(drawn).links)
    landings = landing_run(network.grid, river, cell_wet)
    shut[starts.links : starts.reaches] = links.shut
    shut[starts.landings :], afloat[starts.landings :] = landings.shut, landings.afloat
    found = _variant(network, replace(edges, shut=shut, afloat=afloat), "other waters")
    return replace(found, waters=waters, cell_wet=cell_wet)


def _near_moves(network: Network, gone: shapely.Geometry) -> NDArray[np.int64]:
    """Return the moves near a surface, counted from the first: those between cells that lie near it."""
    reach_m = LONGEST_MOVE_CELLS * np.sqrt(2) * network.grid.cell_m
    near = shapely.dwithin(gone, _drawn(network.drawn).centres, reach_m)
    moves = slice(network.edges.starts.moves, network.edges.starts.links)
    one, other = (near[network.node_cell[ends[moves]]] for ends in ends_of_all(network.drawn))
    return np.flatnonzero(one & other)


@dataclass(frozen=True, slots=True, eq=False)
class _Drawn:
    """What of a network is drawn, whatever its waters."""

    centres: NDArray[np.object_]
    """Centres of cells."""
    road_nodes: NDArray[np.object_]
    links: tuple[Run, NDArray[np.object_]]


@lru_cache(maxsize=2)
def _drawn(network: Network) -> _Drawn:
    grid, noded, dense = network.grid, network.roads.noded, road_lines(network)
    x_m, y_m = np.r_[noded.x_m, dense.x_m], np.r_[noded.y_m, dense.y_m]
    return _Drawn(draw_points(grid.x_m, grid.y_m), draw_points(x_m, y_m), draw_links(grid, x_m, y_m))


def _variant(network: Network, edges: Edges, words: str) -> Network:
    masks = np.unique(np.r_[edges.shut, edges.afloat, network.waters.months])
    return replace(
        network,
        edges=edges,
        masks=tuple(masks.tolist()),
        driest_month=driest(edges, network.rains_months),
        digest=f"{network.digest}:{words}",
        like=network.drawn,
    )


def changed_nodes(before: Network, after: Network, month: int, *, afloat: bool) -> NDArray[np.bool_]:
    """
    Return the nodes at which some edge takes another time in a variant, shape (n_nodes,).

    Parameters
    ----------
    before, after
        A network and a variant of it.
    month
        1-12.
    afloat
        Whether for boats; else for whoever goes by land.
    """
    nodes = np.zeros(before.n_nodes, bool)
    if in_month(before.rains_months, month) != in_month(after.rains_months, month):
        nodes[:] = True
        return nodes
    first, second = ends_of_all(before.drawn)
    differs = changed_edges(before, after, month, afloat=afloat)
    nodes[first[differs]] = nodes[second[differs]] = True
    return nodes


def changed_edges(before: Network, after: Network, month: int, *, afloat: bool) -> NDArray[np.int64]:
    """Return the edges that are under water, or afloat, in one of two variants alone, by number ascending."""
    ends = slice(0, len(before.edges.shut)) if afloat else slice(0, before.edges.starts.reaches)
    differs = (before.edges.shut[ends] ^ after.edges.shut[ends]) >> (month - 1) & 1 == 1
    if afloat:
        differs |= (before.edges.afloat ^ after.edges.afloat) >> (month - 1) & 1 == 1
    return np.flatnonzero(differs)
