"""
One network of roads drawn street by street, as OpenStreetMap draws them.

Such lines meet where they share a vertex, and nowhere else: a bridge and what passes below share none.
Ends that nearly meet another road are joined to it by a short piece of their own; what two ways draw twice is
kept once; ways are broken where roads meet and joined where nothing changes; and what is left is drawn with
fewer points, its length kept as it was drawn.
"""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from shapely import Geometry

from layers.area import Dropped
from layers.assemble.chains import GRID_M, Chains, chained
from layers.formats.identity import numbered
from layers.formats.osm_roads import APART
from layers.roads import RoadClass

JOIN_M = 20.0
"""Largest gap across which the end of a road is joined to another [m]: a broad street with its verges."""

ROUND_M = 5 * JOIN_M
"""An end is not joined to a road that it leads to already within this distance [m]: a short dead end."""

SIMPLER_M = 25.0
"""Farthest that a line may be from where it was drawn [m]; its ends and its length stay as they were."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class DrawnNetwork:
    """A network made of drawn ways, and how it came about."""

    roads: gpd.GeoDataFrame
    """Columns of `Roads`, one row from junction to junction, with `length_km` as it was drawn."""
    dropped: tuple[Dropped, ...]
    notes: tuple[str, ...]


def drawn_network(ways: gpd.GeoDataFrame, outline: Geometry, border_m: float) -> DrawnNetwork:
    """
    Make a network of ways.

    Parameters
    ----------
    ways
        Columns of `Roads` as text, and `apart` (whether a way runs over or under others), LineStrings [m].
    outline
        The area [m].
    border_m
        How far beyond the outline ways are kept [m].

    Returns
    -------
    DrawnNetwork
        Neither the order of rows nor the direction in which a way is drawn makes a difference.

    Notes
    -----
    Vertices that lie in one square of a centimetre are one point. Where two ways draw one piece, the class
    that ranks higher is kept, shut in the months of both.
    """
    inside, beyond = _within(ways.drop(columns="geometry"), ways.geometry.to_numpy(), outline, border_m)
    facts = _facts(inside)
    chains = chained(inside.geometry.to_numpy(), facts)
    twice_m = chains.twice_m
    gaps = _gaps(chains)
    if len(gaps.end):
        chains = _with_gaps(chains, gaps)
    lost = _beyond_the_border(chains, outline)
    roads = _roads(chains, ~lost, ways.crs)
    counts = (
        ("way outside the area", beyond),
        ("piece that joins no road inside the outline", int(lost.sum())),
    )
    dropped = tuple(Dropped("roads", reason, rows) for reason, rows in counts if rows)
    return DrawnNetwork(roads, dropped, _notes(len(inside), roads, gaps, twice_m))


def _notes(ways: int, roads: gpd.GeoDataFrame, gaps: _Gaps, twice_m: float) -> tuple[str, ...]:
    """Say what was done."""
    made = (
        f"{ways:,} ways became {len(roads):,} roads from junction to junction, broken at shared vertices"
        f" and drawn with fewer points, at most {SIMPLER_M:g} m from where they were, their length kept"
    )
    joined = (
        f"{len(gaps.end):,} ends within {JOIN_M:g} m of another road were joined to it,"
        f" by {float(gaps.wide_m.sum()):,.0f} m in all"
    )
    twice = f"{twice_m / 1000:,.1f} km that two ways draw alike were kept once, in the higher class"
    return (made, *([joined] if len(gaps.end) else []), *([twice] if twice_m >= GRID_M else []))


def _within(
    ways: pd.DataFrame, lines: NDArray[np.object_], outline: Geometry, border_m: float
) -> tuple[gpd.GeoDataFrame, int]:
    """Return ways cut at the border, parts in rows of their own, and how many lie beyond it."""
    edge = outline.buffer(border_m)
    shapely.prepare(edge)
    whole = shapely.contains_properly(edge, lines)
    parted = np.flatnonzero(~whole & shapely.intersects(edge, lines))
    cut = lines.copy()
    cut[parted] = shapely.line_merge(shapely.intersection(lines[parted], edge))
    touched = whole.copy()
    touched[parted] = True
    parts, row = shapely.get_parts(cut[touched], return_index=True)
    is_line = (shapely.get_type_id(parts) == shapely.GeometryType.LINESTRING) & (
        shapely.length(parts) > GRID_M
    )
    place = np.flatnonzero(touched)[row[is_line]]
    kept = gpd.GeoDataFrame(ways.iloc[place].reset_index(drop=True), geometry=parts[is_line])
    return kept, len(lines) - len(np.unique(place))


def _facts(ways: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return what parts one road from the next, the class as its rank."""
    ranks = {str(word): rank for rank, word in enumerate(RoadClass)}
    facts = pd.DataFrame(ways.drop(columns=["geometry", "length_km", "stated_min"]))
    return facts.assign(rank=facts.pop("road_class").map(ranks))


@dataclass(frozen=True, slots=True, eq=False)
class _Gaps:
    """Ends to be joined, and where to."""

    end: Ints
    """Chain whose end it is, shape (n_gaps,)."""
    at: Floats
    """Where the end lies [m], shape (n_gaps, 2)."""
    to: Ints
    """Chain it is joined to."""
    meets: Floats
    """Where it meets that chain [m], shape (n_gaps, 2)."""
    wide_m: Floats


def _gaps(chains: Chains) -> _Gaps:
    """Return the ends that lead nowhere and nearly meet another road, each with the nearest place on one."""
    nodes = np.r_[chains.tail, chains.head]
    own = np.tile(np.arange(len(chains.tail)), 2)
    other = np.r_[chains.head, chains.tail]
    degree = np.bincount(nodes, minlength=len(chains.xy))
    loose = np.flatnonzero(degree[nodes] == 1)
    points = shapely.points(chains.xy[nodes[loose]])
    which, to = shapely.STRtree(chains.lines).query(points, predicate="dwithin", distance=JOIN_M)
    end = loose[which]
    foreign = to != own[end]
    which, to, end = which[foreign], to[foreign], end[foreign]
    along_m = shapely.line_locate_point(chains.lines[to], points[which])
    meets, wide_m = _meeting(chains, points[which], to, along_m)
    long_m = shapely.length(chains.lines)
    from_tail = chains.tail[to] == other[end]
    from_head = chains.head[to] == other[end]
    round_m = long_m[own[end]] + np.minimum(
        np.where(from_tail, along_m, np.inf), np.where(from_head, long_m[to] - along_m, np.inf)
    )
    fit = np.flatnonzero((wide_m <= JOIN_M) & (round_m > ROUND_M))
    order = fit[np.lexsort((meets[fit, 1], meets[fit, 0], np.round(wide_m[fit], 2), end[fit]))]
    first = order[np.r_[True, np.diff(end[order]) != 0][: len(order)]]
    at = chains.xy[nodes[end[first]]]
    return _Gaps(own[end[first]], at, to[first], meets[first], wide_m[first])


def _meeting(chains: Chains, points: NDArray[np.object_], to: Ints, along_m: Floats) -> tuple[Floats, Floats]:
    """Return where points meet chains, at their ends if those are near, and how far that is [m]."""
    lines = chains.lines[to]
    ends = np.stack([chains.xy[chains.tail[to]], chains.xy[chains.head[to]]])
    here = shapely.get_coordinates(points).reshape(-1, 2)
    away_m = np.hypot(*np.moveaxis(ends - here, -1, 0))
    nearer = away_m.argmin(axis=0)
    rows = np.arange(len(to))
    between = shapely.get_coordinates(shapely.line_interpolate_point(lines, along_m)).reshape(-1, 2)
    at_end = (away_m[nearer, rows] <= JOIN_M) | chains.facts[APART].to_numpy(bool)[to]
    meets = np.where(at_end[:, None], ends[nearer, rows], np.round(between / GRID_M) * GRID_M)
    return meets, np.hypot(*(meets - here).T)


def _with_gaps(chains: Chains, gaps: _Gaps) -> Chains:
    """Return the chains with the pieces that close gaps, broken anew."""
    lines = chains.lines.copy()
    inner = ~(
        (gaps.meets == chains.xy[chains.tail[gaps.to]]).all(1)
        | (gaps.meets == chains.xy[chains.head[gaps.to]]).all(1)
    )
    for to in np.unique(gaps.to[inner]):
        lines[to] = _through(lines[to], gaps.meets[inner & (gaps.to == to)])
    pieces = shapely.linestrings(np.stack([gaps.at, gaps.meets], axis=1))
    facts = pd.concat([chains.facts, chains.facts.iloc[gaps.end]], ignore_index=True)
    return chained(np.r_[lines, pieces], facts)


def _through(line: Geometry, places: Floats) -> Geometry:
    """Return a line with further vertices, at places on it [m]."""
    own = shapely.get_coordinates(line)
    own_m = np.r_[0.0, np.cumsum(np.hypot(*np.diff(own, axis=0).T))]
    added_m = shapely.line_locate_point(line, shapely.points(places))
    along_m, xy = np.r_[own_m, added_m], np.r_[own, places]
    return shapely.linestrings(xy[np.argsort(along_m, kind="stable")])


def _beyond_the_border(chains: Chains, outline: Geometry) -> NDArray[np.bool_]:
    """Tell which chains belong to a part of the network that does not touch the outline."""
    n = len(chains.xy)
    ones = np.ones(len(chains.tail), bool)
    part = connected_components(coo_matrix((ones, (chains.tail, chains.head)), shape=(n, n)), directed=False)[
        1
    ]
    shapely.prepare(outline)
    touches = shapely.intersects(outline, chains.lines)
    kept = np.zeros(part.max(initial=-1) + 1, bool)
    kept[part[chains.tail[touches]]] = True
    return np.asarray(~kept[part[chains.tail]])


def _roads(chains: Chains, kept: NDArray[np.bool_], crs: object) -> gpd.GeoDataFrame:
    """Return the chains that are kept as roads, in the order of identifiers and places."""
    lines, facts = chains.lines[kept], chains.facts[kept]
    classes = np.array([str(word) for word in RoadClass], dtype=object)
    frame = gpd.GeoDataFrame(
        {
            "road_id": facts["road_id"],
            "name": facts["name"],
            "road_class": classes[facts["rank"].to_numpy(int)],
            **{word: facts[word] for word in ("surface", "smoothness", "crossing", "raised", "search_rated")},
            "closed_months": facts["closed_months"],
            "length_km": shapely.length(lines) / 1000,
            "stated_min": np.nan,
        },
        geometry=simpler(lines),
        crs=crs,
    ).reset_index(drop=True)
    start = shapely.get_coordinates(shapely.get_point(lines, 0)).reshape(-1, 2)
    middle = shapely.get_coordinates(shapely.line_interpolate_point(lines, 0.5, normalized=True)).reshape(
        -1, 2
    )
    order = np.lexsort((middle[:, 1], middle[:, 0], start[:, 1], start[:, 0], frame["road_id"].to_numpy(str)))
    frame = frame.iloc[order].reset_index(drop=True)
    return frame.assign(road_id=numbered(frame["road_id"]))


def simpler(lines: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return lines drawn with fewer points, none farther than `SIMPLER_M` away; rings stay rings."""
    drawn = shapely.simplify(lines, SIMPLER_M, preserve_topology=False)
    ring = np.flatnonzero(shapely.is_closed(lines))
    for at in ring:
        drawn[at] = _simpler_ring(lines[at])
    return np.asarray(drawn, dtype=object)


def _simpler_ring(line: Geometry) -> Geometry:
    """Return a ring simplified in two halves, so that it never shrinks to a point."""
    xy = shapely.get_coordinates(line)
    far = int(np.hypot(*(xy - xy[0]).T).argmax())
    halves = [shapely.simplify(shapely.linestrings(part), SIMPLER_M) for part in (xy[: far + 1], xy[far:])]
    first, last = (shapely.get_coordinates(half) for half in halves)
    return shapely.linestrings(np.r_[first, last[1:]])
