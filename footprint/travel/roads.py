"""Which roads meet where? The road network people read, check and question."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import networkx as nx
import numpy as np
import shapely
from numpy.typing import NDArray

from footprint.travel.lines import Noded, node_lines

JOIN_TOLERANCE_M = 10.0
"""Largest gap across which a loose road end is joined to another road [m]: a trunk road's width."""

NEAR_MISS_M = 500.0
"""Loose road ends this close to another road are reported as near misses [m]."""


@dataclass(frozen=True, slots=True, eq=False)
class RoadTable:
    """What is known of each road, as arrays of one length, ordered by `road_id`."""

    road_id: NDArray[np.str_]
    road_class: NDArray[np.str_]
    surface: NDArray[np.str_]
    smoothness: NDArray[np.str_]
    crossing: NDArray[np.str_]
    raised: NDArray[np.bool_]
    search_rated: NDArray[np.bool_]
    closed_months: NDArray[np.uint16]
    """Months shut, bit m-1 for m."""


@dataclass(frozen=True, slots=True)
class RoadAudit:
    """What had to be supposed to make a network of drawn roads; nothing is mended silently."""

    joined_ends: tuple[str, ...]
    """Roads with an end joined across a gap of at most `JOIN_TOLERANCE_M`, once per end."""
    loose_ends: int
    """Ends that meet no other road: dead ends, or gaps in the data."""
    near_misses: tuple[str, ...]
    """Roads with a loose end within `NEAR_MISS_M` of another road, once per end."""
    crossings_without_junction: int
    """Pairs of roads that cross and share no vertex there: taken as one over the other."""
    without_length: tuple[str, ...]
    """Roads whose line has no length; they are left out."""
    unknown_surface: int
    """Roads of unknown surface; reckoned as unpaved."""
    components: int
    """Parts of the network without a road between them."""
    main_share: float
    """Share of junctions in the largest part, 0-1; 0 without roads."""


@dataclass(frozen=True, slots=True, eq=False)
class RoadNetwork:
    """Roads joined at their meeting points."""

    graph: nx.MultiGraph
    """
    Frozen. Nodes 0, 1, ... by easting then northing, with `x_m` and `y_m`; edges keyed by
    (road_id, number of the piece along the road), with `road_id`, `length_m`, `road_class`,
    `surface`, `smoothness`, `crossing`, `raised`, `search_rated`, `closed_months`,
    `stated_min` (nan if unstated) and `geometry`.
    """
    table: RoadTable
    noded: Noded
    """The same pieces as arrays; `noded.line` is the row in `table`."""
    length_m: NDArray[np.float64]
    """Length of each piece [m]; where a road's length is stated, its pieces share it out as drawn."""
    audit: RoadAudit


def road_network(roads: gpd.GeoDataFrame) -> RoadNetwork:
    """
    Join roads at their meeting points.

    Parameters
    ----------
    roads
        Under the schema `layers.roads.Roads`, in metres.

    Returns
    -------
    RoadNetwork
        Graph, table and audit. Neither the order of rows nor names make a difference.

    Notes
    -----
    Roads meet where they share a vertex, and where an end comes within `JOIN_TOLERANCE_M`
    of another road. Roads that cross without sharing a vertex do not meet.
    """
    roads = roads.sort_index()
    lines = np.asarray(roads.geometry.array, dtype=object)
    noded = node_lines(lines, tolerance_m=JOIN_TOLERANCE_M, near_m=NEAR_MISS_M)
    drawn_m = shapely.length(noded.geometry)
    whole_m = np.bincount(noded.line, weights=drawn_m, minlength=len(roads))
    stated_m = roads["length_km"].to_numpy(np.float64, na_value=np.nan) * 1000.0
    factor = np.where(np.isnan(stated_m), 1.0, stated_m / np.where(whole_m > 0, whole_m, 1.0))
    length_m = drawn_m * factor[noded.line]
    graph = _graph(roads, noded, length_m)
    return RoadNetwork(graph, _table(roads), noded, length_m, _audit(roads, noded, graph))


def _table(roads: gpd.GeoDataFrame) -> RoadTable:
    """Return the columns travel needs, as arrays."""
    words = ("road_class", "surface", "smoothness", "crossing")
    text = {name: roads[name].to_numpy(dtype=np.str_) for name in words}
    return RoadTable(
        road_id=roads.index.to_numpy(dtype=np.str_),
        raised=roads["raised"].to_numpy(dtype=bool),
        search_rated=roads["search_rated"].to_numpy(dtype=bool),
        closed_months=roads["closed_months"].to_numpy(dtype=np.uint16),
        **text,
    )


_FACTS = [
    "road_class",
    "surface",
    "smoothness",
    "crossing",
    "raised",
    "search_rated",
    "closed_months",
    "stated_min",
]


def _graph(roads: gpd.GeoDataFrame, noded: Noded, length_m: NDArray[np.float64]) -> nx.MultiGraph:
    """Build the frozen graph."""
    graph = nx.MultiGraph(crs=roads.crs)
    graph.add_nodes_from(
        (node, {"x_m": x_m, "y_m": y_m})
        for node, (x_m, y_m) in enumerate(zip(noded.x_m.tolist(), noded.y_m.tolist(), strict=True))
    )
    facts = roads[_FACTS].to_dict("records")
    road_id = roads.index.tolist()
    share = length_m / np.bincount(noded.line, weights=length_m, minlength=len(roads))[noded.line]
    number = np.arange(len(noded.line)) - np.searchsorted(noded.line, noded.line)
    for at, (tail, head, line, piece) in enumerate(
        zip(noded.tail.tolist(), noded.head.tolist(), noded.line.tolist(), number.tolist(), strict=True)
    ):
        own = facts[line] | {"stated_min": facts[line]["stated_min"] * share[at]}
        graph.add_edge(
            tail,
            head,
            key=(road_id[line], piece),
            road_id=road_id[line],
            length_m=float(length_m[at]),
            geometry=noded.geometry[at],
            **own,
        )
    return nx.freeze(graph)


def _audit(roads: gpd.GeoDataFrame, noded: Noded, graph: nx.MultiGraph) -> RoadAudit:
    """Count what was supposed."""
    road_id = roads.index.to_numpy()
    parts = sorted((len(part) for part in nx.connected_components(graph)), reverse=True)
    left, right = shapely.STRtree(noded.geometry).query(noded.geometry, predicate="crosses")
    meet = (
        (noded.tail[left] == noded.tail[right])
        | (noded.tail[left] == noded.head[right])
        | (noded.head[left] == noded.tail[right])
        | (noded.head[left] == noded.head[right])
    )
    return RoadAudit(
        joined_ends=tuple(road_id[noded.moved]),
        loose_ends=len(noded.loose),
        near_misses=tuple(road_id[noded.near]),
        crossings_without_junction=int((~meet).sum()) // 2,
        # By rows: compared as texts, each with each, a country of streets takes half an hour.
        without_length=tuple(road_id[np.setdiff1d(np.arange(len(roads)), noded.line)]),
        unknown_surface=int((roads["surface"] == "unknown").sum()),
        components=len(parts),
        main_share=parts[0] / sum(parts) if parts else 0.0,
    )
