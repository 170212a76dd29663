"""
One road network from several: a base, and what other networks add to it.

A road of another network is added only where the base has none near its middle and no
way round between its ends, so that parallel drawings of one road are not doubled. Ends
that nearly meet are brought to one point, so that the network joins.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import geopandas as gpd
import networkx as nx
import numpy as np
import pandas as pd
import shapely
from scipy.spatial import cKDTree
from shapely import Geometry, LineString, Point
from shapely.ops import substring

from layers.formats.identity import numbered

APART_M = 10_000
"""An extra road is new only if its middle is farther than this from every base road [m]."""

DETOUR = 1.5
"""An extra road is new only if the way round is longer than this many times its length."""

ATTACH_M = 10_000
"""Ends of extra roads are joined to the network within this distance [m]."""

SNAP_M = 500
"""Ends of roads closer than this are one point [m]."""

STUB_M = 20_000
"""Pieces that join nothing and are shorter than this together are left out [m]: ends cut off at a border."""


@dataclass(frozen=True, slots=True, eq=False)
class Merged:
    """A joined network and how it came about."""

    roads: gpd.GeoDataFrame
    added: int
    """Extra roads added."""
    near: int
    """Extra roads left out since a base road runs near."""
    detour: int
    """Extra roads left out since the network already joins their ends."""
    stubs: int
    """Roads left out since they were cut off from the rest at the edge of the area."""
    outside: int
    """Roads of all networks of which nothing that counts lies in the area."""
    cut: int
    """Roads of all networks that are cut at its edge; each part inside is a road."""


def merge_networks(
    base: gpd.GeoDataFrame, extras: Iterable[gpd.GeoDataFrame], within: Geometry, *, drawn: bool = False
) -> Merged:
    """
    Join networks.

    Parameters
    ----------
    base, extras
        Columns of `Roads` with LineStrings, all in one reference system [m].
    within
        Area kept [m]; roads are cut at its edge, stated lengths and times in proportion.
    drawn
        Whether the base is a network made by `layers.assemble.drawn`: cut and joined already, street by
        street, so that none of its ends is moved and none of its pieces left out.

    Returns
    -------
    Merged
        Roads in a fresh order by identifier; each shares its ends with those it meets.
        An added road is nowhere shorter than drawn between the ends it was joined to.
    """
    own = _Inside(base, 0, 0) if drawn else _inside(base, within)
    ground = base if drawn else snapped_ends(own.roads)
    brought = _inside(pd.concat(list(extras) or [base.iloc[:0]], ignore_index=True), within)
    others = brought.roads
    far = _far(others, ground)
    candidates = others[far].assign(long_m=_long_m(others[far])).sort_values(["long_m", "road_id"])
    ground = _split_at(ground, _attachments(ground, candidates))
    graph = _graph(ground)
    joined = [
        moved for moved in (_joined(row, graph) for _, row in candidates.iterrows()) if moved is not None
    ]
    new = gpd.GeoDataFrame(joined, columns=candidates.columns, crs=base.crs).drop(columns="long_m")
    roads = pd.concat([ground, new], ignore_index=True) if len(new) else ground
    roads = gpd.GeoDataFrame(roads, crs=base.crs)
    roads = (roads if drawn else snapped_ends(roads)).sort_values("road_id", ignore_index=True)
    stubs = pd.Series(False, index=roads.index) if drawn else _stubs(roads)
    return Merged(
        roads[~stubs].reset_index(drop=True),
        added=len(new),
        near=int((~far).sum()),
        detour=len(candidates) - len(new),
        stubs=int(stubs.sum()),
        outside=own.outside + brought.outside,
        cut=own.cut + brought.cut,
    )


class _Inside(NamedTuple):
    """Parts of roads within an area, how many roads have none, and how many are cut."""

    roads: gpd.GeoDataFrame
    outside: int
    cut: int


def _inside(roads: gpd.GeoDataFrame, within: Geometry) -> _Inside:
    parts = clipped(roads.assign(drawn_as=np.arange(len(roads))), within)
    kept_m = parts.length.groupby(parts["drawn_as"]).sum()
    cut = int((kept_m.to_numpy() < roads.length.to_numpy()[kept_m.index] - _CUT_M).sum())
    return _Inside(parts.drop(columns="drawn_as"), len(roads) - len(kept_m), cut)


_CUT_M = 1.0
"""A road of which so much is missing is cut [m]."""


def _far(roads: gpd.GeoDataFrame, ground: gpd.GeoDataFrame) -> pd.Series:
    """Tell which roads have their middle far from every road of the ground."""
    middle = roads.interpolate(0.5, normalized=True).to_numpy()
    near, _ = shapely.STRtree(ground.geometry.to_numpy()).query(middle, "dwithin", distance=APART_M)
    return pd.Series(~np.isin(np.arange(len(roads)), near), index=roads.index)


def clipped(roads: gpd.GeoDataFrame, within: Geometry) -> gpd.GeoDataFrame:
    """Return the parts of `roads` within an area, stated lengths and times in proportion, all in metres."""
    whole_m = roads.length
    parts = roads.assign(geometry=roads.intersection(within), whole_m=whole_m)
    parts = parts.assign(geometry=shapely.line_merge(parts.geometry.to_numpy())).explode(ignore_index=True)
    parts = parts[(parts.geom_type == "LineString") & (parts.length > SNAP_M)].reset_index(drop=True)
    share = parts.length / parts["whole_m"]
    return parts.assign(
        road_id=numbered(parts["road_id"]),
        length_km=parts["length_km"] * share,
        stated_min=parts["stated_min"] * share,
    ).drop(columns="whole_m")


def snapped_ends(roads: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return `roads`, ends closer than `SNAP_M` brought to one point; what shrinks to it is left out."""
    lines = roads.geometry.to_numpy()
    ends = np.concatenate([shapely.get_coordinates(shapely.get_point(lines, at)) for at in (0, -1)])
    near = nx.Graph()
    near.add_nodes_from(range(len(ends)))
    near.add_edges_from(cKDTree(ends).query_pairs(SNAP_M))
    for group in nx.connected_components(near):
        members = sorted(group, key=lambda end: tuple(ends[end]))
        ends[members] = ends[members[0]]
    n = len(lines)
    moved = [_between(line, Point(ends[i]), Point(ends[n + i])) for i, line in enumerate(lines)]
    snapped = roads.assign(geometry=moved)
    return snapped[snapped.length > 0].reset_index(drop=True)


def _between(line: LineString, first: Point, last: Point) -> LineString:
    """Return `line` with its two ends moved."""
    return LineString([first, *line.coords[1:-1], last])


def _long_m(roads: gpd.GeoDataFrame) -> pd.Series:
    """Return the stated length, or as drawn where none is [m]."""
    stated_m: pd.Series = roads["length_km"] * 1000
    return stated_m.fillna(roads.length)


def _attachments(ground: gpd.GeoDataFrame, roads: gpd.GeoDataFrame) -> dict[int, list[float]]:
    """Return, by position in `ground`, the distances along it [m] where ends of `roads` come near it."""
    nodes = shapely.MultiPoint(list(_graph(ground).nodes))
    found: dict[int, list[float]] = {}
    for line in roads.geometry:
        for end in (Point(line.coords[0]), Point(line.coords[-1])):
            away_m = ground.distance(end)
            nearest = int(away_m.to_numpy().argmin())
            if away_m[nearest] <= ATTACH_M and nodes.distance(end) > ATTACH_M:
                found.setdefault(nearest, []).append(float(ground.geometry[nearest].project(end)))
    return found


def _split_at(ground: gpd.GeoDataFrame, cuts: dict[int, list[float]]) -> gpd.GeoDataFrame:
    """Return `ground` with roads cut at distances along them [m]."""
    rows = []
    for position, row in ground.iterrows():
        line = row.geometry
        inner = sorted({at for at in cuts.get(int(position), []) if SNAP_M < at < line.length - SNAP_M})
        marks = [0.0, *inner, line.length]
        for first, last in pairwise(marks):
            share = (last - first) / line.length
            piece = row.copy()
            piece["geometry"] = substring(line, first, last)
            piece["length_km"], piece["stated_min"] = row["length_km"] * share, row["stated_min"] * share
            rows.append(piece)
    split = gpd.GeoDataFrame(rows, columns=ground.columns, crs=ground.crs).reset_index(drop=True)
    return split.assign(road_id=numbered(split["road_id"]))


def _graph(roads: gpd.GeoDataFrame) -> nx.Graph:
    """Return the network with nodes (x, y) [m] and lengths `long_m` [m]."""
    graph = nx.Graph()
    for line, long_m in zip(roads.geometry, _long_m(roads), strict=True):
        graph.add_edge(line.coords[0], line.coords[-1], long_m=float(long_m))
    return graph


def _stubs(roads: gpd.GeoDataFrame) -> pd.Series:
    """Tell which roads belong to a component shorter than `STUB_M` in all."""
    graph = _graph(roads)
    short: set[tuple[float, ...]] = set()
    for component in nx.connected_components(graph):
        if graph.subgraph(component).size(weight="long_m") < STUB_M:
            short |= component
    return pd.Series([line.coords[0] in short for line in roads.geometry], index=roads.index)


def _joined(row: pd.Series, graph: nx.Graph) -> pd.Series | None:
    """Return a road joined to `graph`, and add it there; None if the graph joins its ends well already."""
    line = row.geometry
    first, last = (_node(graph, line.coords[at]) for at in (0, -1))
    if first == last or _way_m(graph, first, last) <= DETOUR * row["long_m"]:
        return None
    graph.add_edge(first, last, long_m=row["long_m"])
    moved = row.copy()
    moved["geometry"] = _between(line, Point(first), Point(last))
    longer = max(1.0, moved["geometry"].length / row["long_m"])
    moved["length_km"], moved["stated_min"] = row["length_km"] * longer, row["stated_min"] * longer
    return moved


def _node(graph: nx.Graph, end: tuple[float, ...]) -> tuple[float, ...]:
    """Return the node nearest to `end` within `ATTACH_M`, ties by coordinates, or `end` itself."""
    nodes = sorted(graph.nodes)
    away_m = np.hypot(*(np.array(nodes) - np.array(end)).T)
    nearest = int(away_m.argmin())
    return nodes[nearest] if away_m[nearest] <= ATTACH_M else end


def _way_m(graph: nx.Graph, first: tuple[float, ...], last: tuple[float, ...]) -> float:
    """Return the length of the shortest way [m], inf where there is none."""
    if first not in graph or last not in graph or not nx.has_path(graph, first, last):
        return float("inf")
    return float(nx.shortest_path_length(graph, first, last, weight="long_m"))
