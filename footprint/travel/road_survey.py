"""What state is the road network in? Lengths by kind, parts that do not join, gaps, ends, sites off it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from footprint.travel.lines import Noded, node_lines
from footprint.travel.roads import JOIN_TOLERANCE_M, NEAR_MISS_M
from layers.area import Area
from layers.months import in_month
from layers.places import PlaceKind
from layers.tables import WGS84

LISTED = 20
"""Parts, gaps and loose ends that are named; the rest are counted."""

KINDS = ("road_class", "surface", "smoothness", "crossing")
"""What lengths are added up by."""

_FIRST_LOOK_M = 200.0
"""Distance at which the search for the nearest other part begins [m]; it doubles."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class KindLength:
    """Roads of one kind."""

    kind: str
    """What is told apart, one of `KINDS`."""
    word: str
    roads: int
    length_km: float


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where something is, so that somebody can find it."""

    lon: float
    lat: float
    unit: str
    """Name of the unit it lies in, "" outside all of them."""
    near: str
    """Name of the nearest place, "" where none are known."""
    near_km: float
    """Straight distance to that place [km]; nan where none are known."""


@dataclass(frozen=True, slots=True)
class RoadPart:
    """A part of the network that no road joins to the others; the first is the longest."""

    number: int
    """From 1, the longest first."""
    length_km: float
    roads: int
    sites: tuple[str, ...]
    """Sites whose nearest road is of this part."""
    gap_km: float
    """Straight distance to the nearest road of another part [km]; nan for the only one."""
    gap_to: int
    """Number of that other part; 0 for the only one."""
    at: Whereabouts | None
    """Where that distance is measured; None for the only one."""


@dataclass(frozen=True, slots=True)
class LooseEnd:
    """An end that meets nothing, and yet comes close to another road."""

    road_id: str
    name: str
    gap_m: float
    to_road_id: str
    at: Whereabouts


@dataclass(frozen=True, slots=True)
class SiteOnRoads:
    """How a site stands to the network."""

    site_id: str
    name: str
    road_km: float
    """Straight distance to the nearest road [km]; inf without roads."""
    part: int
    """Number of the part of that road; 0 without roads."""
    too_far: bool
    """Whether it is farther than a site may be from the road it is joined to."""


@dataclass(frozen=True, slots=True)
class TownOffRoads:
    """A town or seat that no road comes near."""

    place_id: str
    name: str
    road_km: float
    """Straight distance to the nearest road [km]; inf without roads."""


@dataclass(frozen=True, slots=True, eq=False)
class RoadSurvey:
    """The network of an area, looked at."""

    length_km: float
    roads: int
    kinds: tuple[KindLength, ...]
    raised_km: float
    closed_km: tuple[float, ...]
    """Length shut in each month, January first [km]."""
    parts: tuple[RoadPart, ...]
    """The longest `LISTED`."""
    parts_in_all: int
    other_parts_km: float
    """Length of the parts that are not listed [km]."""
    main_share: float
    """Share of all length in the longest part, 0-1; nan without roads."""
    joined_ends: int
    loose_ends: int
    near_ends: tuple[LooseEnd, ...]
    """The nearest `LISTED`."""
    near_ends_in_all: int
    sites: tuple[SiteOnRoads, ...]
    towns: int | None
    """Towns and seats that the area names; None where it names no places."""
    towns_off: tuple[TownOffRoads, ...]
    """Those of them farther from every road than a site may be, the farthest first."""


def survey_roads(area: Area, *, snap_limit_km: float) -> RoadSurvey:
    """
    Look at the road network of an area, as searches join it.

    Parameters
    ----------
    area
        The area.
    snap_limit_km
        Farthest that a site may lie from the road it is joined to [km].

    Returns
    -------
    RoadSurvey
        Lengths are as stated, or as drawn where none is. Rivers, closures and floods are left aside: what
        does not join here joins in no month.
    """
    roads = area.roads.sort_index()
    lines = np.asarray(roads.geometry.array, dtype=object)
    noded = node_lines(lines, tolerance_m=JOIN_TOLERANCE_M, near_m=NEAR_MISS_M)
    stated_km = roads["length_km"].to_numpy(np.float64, na_value=np.nan)
    long_km = np.where(np.isnan(stated_km), shapely.length(lines) / 1000, stated_km)
    pieces = _RoadPieces.of(noded, long_km)
    places = _Names(area)
    sites = _sites(area, pieces, snap_limit_km)
    ends = _near_ends(noded, roads, places)
    listed = _parts(pieces, sites, places)
    months = roads["closed_months"].to_numpy(np.int64)
    closed = tuple(float(long_km[[in_month(int(mask), m) for mask in months]].sum()) for m in range(1, 13))
    total_km = float(long_km.sum())
    return RoadSurvey(
        length_km=total_km,
        roads=len(roads),
        kinds=_kinds(roads, long_km),
        raised_km=float(long_km[roads["raised"].to_numpy(bool)].sum()),
        closed_km=closed,
        parts=listed,
        parts_in_all=len(pieces.part_km),
        other_parts_km=float(pieces.part_km[LISTED:].sum()),
        main_share=min(1.0, float(pieces.part_km[0] / total_km)) if total_km else float("nan"),
        joined_ends=len(noded.moved),
        loose_ends=len(noded.loose),
        near_ends=ends[:LISTED],
        near_ends_in_all=len(ends),
        sites=sites,
        towns=None if "places" in area.absent else int(_are_towns(area).sum()),
        towns_off=_towns_off(area, pieces, snap_limit_km),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _RoadPieces:
    """Pieces of roads between junctions, and the part each belongs to, 0 for the longest."""

    lines: NDArray[np.object_]
    road: Ints
    part: Ints
    part_km: Floats
    """Length of each part, the longest first [km]."""
    tree: shapely.STRtree

    @classmethod
    def of(cls, noded: Noded, road_km: Floats) -> _RoadPieces:
        """Return the pieces, the parts of the network numbered by length."""
        n = len(noded.x_m)
        graph = coo_matrix((np.ones(len(noded.tail), bool), (noded.tail, noded.head)), shape=(n, n))
        label = connected_components(graph, directed=False)[1][noded.tail]
        drawn = shapely.length(noded.geometry)
        whole = np.bincount(noded.line, weights=drawn, minlength=len(road_km))
        km = drawn / np.where(whole > 0, whole, 1.0)[noded.line] * road_km[noded.line]
        part_km = np.bincount(label, weights=km).astype(np.float64)
        first = np.full(len(part_km), len(label))
        np.minimum.at(first, label, np.arange(len(label)))
        # Equal lengths by the order of identifiers, which is that of pieces.
        order = np.lexsort((first, -np.round(part_km, 6)))
        place = np.empty(len(order), np.int64)
        place[order] = np.arange(len(order))
        tree = shapely.STRtree(noded.geometry)
        return cls(noded.geometry, noded.line, place[label], part_km[order], tree)


class _Names:
    """Says where a point is, in words."""

    def __init__(self, area: Area) -> None:
        self.area = area
        self.units = shapely.STRtree(area.districts.geometry.to_numpy())
        self.places = shapely.STRtree(area.places.geometry.to_numpy())

    def at(self, point: shapely.Point) -> Whereabouts:
        """Return where a point [m] is."""
        there = gpd.GeoSeries([point], crs=self.area.crs).to_crs(WGS84).iloc[0]
        units = np.sort(self.units.query(point, predicate="intersects"))
        near, near_km = "", float("nan")
        if len(self.area.places):
            at, away_m = self.places.query_nearest(point, return_distance=True, all_matches=False)
            near, near_km = str(self.area.places["name"].iloc[at[0]]), float(away_m[0]) / 1000
        return Whereabouts(
            lon=float(there.x),
            lat=float(there.y),
            unit=str(self.area.districts["name"].iloc[units[0]]) if len(units) else "",
            near=near,
            near_km=near_km,
        )


def _kinds(roads: gpd.GeoDataFrame, long_km: Floats) -> tuple[KindLength, ...]:
    """Add lengths up by every word there is, the longest first."""
    made = []
    for kind in KINDS:
        added = pd.Series(long_km, index=roads[kind].astype(str)).groupby(level=0).agg(["size", "sum"])
        for word, row in added.sort_values("sum", ascending=False, kind="stable").iterrows():
            made.append(KindLength(kind, str(word), int(row["size"]), float(row["sum"])))
    return tuple(made)


def _sites(area: Area, pieces: _RoadPieces, snap_limit_km: float) -> tuple[SiteOnRoads, ...]:
    """Say how every site stands to the network, in the order of identifiers."""
    made = []
    for site_id, site in area.sites.sort_index().iterrows():
        road_km, part = float("inf"), 0
        if len(pieces.lines):
            at, away_m = pieces.tree.query_nearest(site.geometry, return_distance=True)
            road_km, part = float(away_m[0]) / 1000, int(pieces.part[at].min()) + 1
        too_far = road_km > snap_limit_km
        made.append(SiteOnRoads(str(site_id), str(site["name"]), road_km, part, too_far))
    return tuple(made)


def _are_towns(area: Area) -> NDArray[np.bool_]:
    """Tell which places are more than villages."""
    return np.asarray(area.places["kind"] != PlaceKind.VILLAGE, dtype=bool)


def _towns_off(area: Area, pieces: _RoadPieces, limit_km: float) -> tuple[TownOffRoads, ...]:
    """Return the towns that no road comes near, the farthest first."""
    towns = area.places[_are_towns(area)].sort_index()
    road_km = np.full(len(towns), np.inf)
    if len(pieces.lines) and len(towns):
        shapes = towns.geometry.to_numpy()
        (at, _), away_m = pieces.tree.query_nearest(shapes, return_distance=True, all_matches=False)
        road_km[at] = away_m / 1000
    off = np.flatnonzero(road_km > limit_km)
    off = off[np.argsort(-np.round(road_km[off], 6), kind="stable")]
    return tuple(
        TownOffRoads(str(towns.index[n]), str(towns["name"].iloc[n]), float(road_km[n])) for n in off
    )


def _parts(pieces: _RoadPieces, sites: Sequence[SiteOnRoads], places: _Names) -> tuple[RoadPart, ...]:
    """Describe the longest parts."""
    made = []
    for number in range(min(LISTED, len(pieces.part_km))):
        own = np.flatnonzero(pieces.part == number)
        here, there, gap_m = _nearest_other(pieces, own)
        at, to = None, 0
        if there is not None:
            ends = shapely.shortest_line(pieces.lines[here], pieces.lines[there])
            at, to = places.at(shapely.get_point(ends, 0)), int(pieces.part[there]) + 1
        made.append(
            RoadPart(
                number=number + 1,
                length_km=float(pieces.part_km[number]),
                roads=len(np.unique(pieces.road[own])),
                sites=tuple(site.site_id for site in sites if site.part == number + 1 and not site.too_far),
                gap_km=gap_m / 1000,
                gap_to=to,
                at=at,
            )
        )
    return tuple(made)


def _nearest_other(pieces: _RoadPieces, own: Ints) -> tuple[int, int | None, float]:
    """Return a piece of a part, the nearest piece of any other part, and how far it is [m]."""
    if len(own) == len(pieces.lines):
        return int(own[0]), None, float("nan")
    look_m = _FIRST_LOOK_M
    while True:
        here, there = pieces.tree.query(pieces.lines[own], predicate="dwithin", distance=look_m)
        foreign = pieces.part[there] != pieces.part[own[0]]
        if foreign.any():
            here, there = own[here[foreign]], there[foreign]
            away_m = shapely.distance(pieces.lines[here], pieces.lines[there])
            best = np.lexsort((there, here, np.round(away_m, 3)))[0]
            return int(here[best]), int(there[best]), float(away_m[best])
        look_m *= 2


def _near_ends(noded: Noded, roads: gpd.GeoDataFrame, places: _Names) -> tuple[LooseEnd, ...]:
    """Return the loose ends that come close to a road they do not already lead to, the nearest first."""
    nodes = np.r_[noded.tail, noded.head]
    piece = np.tile(np.arange(len(noded.tail)), 2)
    other = np.r_[noded.head, noded.tail]
    degree = np.bincount(nodes, minlength=len(noded.x_m))
    loose = np.flatnonzero(degree[nodes] == 1)
    points = shapely.points(noded.x_m[nodes[loose]], noded.y_m[nodes[loose]])
    which, to = shapely.STRtree(noded.geometry).query(points, predicate="dwithin", distance=NEAR_MISS_M)
    end = loose[which]
    leads = (noded.tail[to] == other[end]) | (noded.head[to] == other[end])
    foreign = (to != piece[end]) & ~leads
    which, to, end = which[foreign], to[foreign], end[foreign]
    gap_m = shapely.distance(points[which], noded.geometry[to])
    order = np.lexsort((to, np.round(gap_m, 3), end))
    first = order[np.r_[True, np.diff(end[order]) != 0][: len(order)]]
    first = first[np.lexsort((end[first], np.round(gap_m[first], 3)))]
    ids, names = roads.index.to_numpy(str), roads["name"].to_numpy(str)
    made = []
    for place, at in enumerate(first.tolist()):
        own, foreign_road = noded.line[piece[end[at]]], noded.line[to[at]]
        where = places.at(points[which[at]]) if place < LISTED else _NOWHERE
        made.append(LooseEnd(ids[own], names[own], float(gap_m[at]), ids[foreign_road], where))
    return tuple(made)


_NOWHERE = Whereabouts(float("nan"), float("nan"), "", "", float("nan"))
"""Of ends that are only counted."""
