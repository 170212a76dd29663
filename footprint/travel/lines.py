"""Where do drawn lines meet, and how are they broken into edges between their meeting points?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

SAME_POINT_M = 0.01
"""Vertices this close are one point: far below any mapping precision, far above rounding [m]."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Lines = NDArray[np.object_]


@dataclass(frozen=True, slots=True, eq=False)
class Noded:
    """Lines broken at their meeting points; nodes are numbered by easting, then northing."""

    x_m: Floats
    y_m: Floats
    tail: Ints
    """Node where each piece begins, shape (n_pieces,)."""
    head: Ints
    """Node where each piece ends, shape (n_pieces,)."""
    line: Ints
    """Line each piece belongs to, shape (n_pieces,), ascending."""
    geometry: Lines
    """Each piece as drawn, LineString, shape (n_pieces,)."""
    moved: Ints
    """Lines with a loose end joined across a gap, one entry per end."""
    loose: Ints
    """Lines with a loose end that meets nothing, one entry per end."""
    near: Ints
    """Of `loose`, those that end close to another line without touching it."""


@dataclass(frozen=True, slots=True, eq=False)
class Dense:
    """Pieces broken again so that no edge is longer than a spacing."""

    x_m: Floats
    """Easting of each new node; they are numbered after the old ones."""
    y_m: Floats
    tail: Ints
    head: Ints
    piece: Ints
    """Piece each edge belongs to, shape (n_edges,), ascending."""
    geometry: Lines


@dataclass(frozen=True, slots=True, eq=False)
class _Vertices:
    """Vertices in order along each line."""

    xy: Floats
    line: Ints
    added: Bools
    terminal: Bools


@dataclass(frozen=True, slots=True, eq=False)
class _Ends:
    """Loose ends: first or last vertices that no other line has, and the places they are joined to."""

    xy: Floats
    line: Ints
    near: Bools
    """Whether any other line is close."""
    join: Ints
    """Ends that are joined, once per line they are joined to."""
    to_line: Ints
    to_along_m: Floats
    """Distance of the joint along that line [m]."""


def node_lines(lines: Lines, *, tolerance_m: float, near_m: float) -> Noded:
    """
    Break lines at their meeting points.

    Parameters
    ----------
    lines
        LineStrings in metres.
    tolerance_m
        Largest gap [m] across which a loose end is joined to another line.
    near_m
        Loose ends within this distance [m] of another line are reported as near misses.

    Returns
    -------
    Noded
        Pieces and nodes. Lines without length give no piece.

    Notes
    -----
    Lines meet where they share a vertex. Two lines that merely cross do not meet: one may
    pass over the other. Only a loose end (a vertex no other line has) is moved, to the
    nearest line within the tolerance: to its end if that is as near, else to a new node
    on it. Sound networks are left as they are, so short bridges never collapse.
    """
    ends = _loose_ends(lines, tolerance_m=tolerance_m, near_m=near_m)
    at_line, along_m = ends.to_line, ends.to_along_m
    vertices = _with_points(lines, at_line, along_m)
    point, key, uses = _points(vertices.xy)
    target = shapely.get_coordinates(shapely.line_interpolate_point(lines[at_line], along_m)).reshape(-1, 2)
    gaps = np.searchsorted(key, _keys(np.r_[ends.xy[ends.join], target])).reshape(2, -1)
    bridged = coo_matrix((np.ones(gaps.shape[1], bool), gaps), shape=(len(key), len(key)))
    place = connected_components(bridged, directed=False)[1].astype(np.int64)
    is_break = vertices.terminal | vertices.added | (uses[point] > 1)
    start, stop = _runs(vertices.line, is_break)
    geometry = _linestrings(vertices.xy, start, stop)
    node_of_place, x_m, y_m = _numbered(vertices.xy, point, place, moved=gaps[0])
    tail, head = node_of_place[place[point[start]]], node_of_place[place[point[stop]]]
    real = (tail != head) | (shapely.length(geometry) > SAME_POINT_M)
    joined = np.isin(np.arange(len(ends.line)), ends.join)
    used = np.unique(np.r_[tail[real], head[real]])
    return Noded(
        x_m=x_m[used],
        y_m=y_m[used],
        tail=np.searchsorted(used, tail[real]),
        head=np.searchsorted(used, head[real]),
        line=vertices.line[start][real],
        geometry=geometry[real],
        moved=ends.line[joined],
        loose=ends.line[~joined],
        near=ends.line[~joined & ends.near],
    )


def densify(noded: Noded, spacing_m: float, *, whole: Bools | None = None) -> Dense:
    """
    Break pieces into equal edges no longer than `spacing_m` [m].

    Parameters
    ----------
    noded
        Pieces and nodes.
    spacing_m
        Longest edge [m].
    whole
        Pieces to leave in one edge, shape (n_pieces,); none if omitted.

    Returns
    -------
    Dense
        Edges in the order of their pieces; new nodes are numbered from `len(noded.x_m)`.
    """
    length_m = shapely.length(noded.geometry)
    parts = np.maximum(np.ceil(length_m / spacing_m * (1 - 1e-9)), 1).astype(np.int64)
    if whole is not None:
        parts[whole] = 1
    piece = np.repeat(np.arange(len(parts)), parts)
    number = np.arange(len(piece)) - np.repeat(np.cumsum(parts) - parts, parts)
    inner = number > 0
    along_m = (number * length_m[piece] / parts[piece])[inner]
    vertices = _with_points(noded.geometry, piece[inner], along_m)
    start, stop = _runs(vertices.line, vertices.terminal | vertices.added)
    new = len(noded.x_m) + np.cumsum(inner) - 1
    tail = np.where(inner, new, noded.tail[piece])
    is_last = number == parts[piece] - 1
    head = np.where(is_last, noded.head[piece], np.r_[tail[1:], 0][: len(tail)])
    x_m, y_m = vertices.xy[start[inner]].T
    return Dense(x_m, y_m, tail, head, piece, _linestrings(vertices.xy, start, stop))


def _loose_ends(lines: Lines, *, tolerance_m: float, near_m: float) -> _Ends:
    """Find the ends that share no vertex, and the nearest other lines of each."""
    vertices = _with_points(lines, np.zeros(0, np.int64), np.zeros(0))
    point, _, uses = _points(vertices.xy)
    loose = np.flatnonzero(vertices.terminal & (uses[point] == 1))
    xy, line = vertices.xy[loose], vertices.line[loose]
    points = shapely.points(xy)
    end, other = shapely.STRtree(lines).query(points, predicate="dwithin", distance=near_m)
    strange = line[end] != other
    end, other = end[strange], other[strange]
    gap_m = shapely.distance(points[end], lines[other])
    least_m = np.full(len(loose), np.inf)
    np.minimum.at(least_m, end, gap_m)
    # Lines drawn over one another are equally near: the end joins them all, whichever comes first.
    joins = (gap_m <= tolerance_m) & (gap_m <= least_m[end] + SAME_POINT_M)
    target = lines[other[joins]]
    along_m = shapely.line_locate_point(target, points[end[joins]])
    length_m = shapely.length(target)
    along_m[along_m <= tolerance_m] = 0.0
    along_m = np.where(along_m >= length_m - tolerance_m, length_m, along_m)
    near = np.isin(np.arange(len(loose)), end)
    return _Ends(xy, line, near, end[joins], other[joins], along_m)


def _with_points(lines: Lines, at_line: Ints, along_m: Floats) -> _Vertices:
    """Return the vertices of `lines` with points added at distances along them [m]."""
    xy, line = shapely.get_coordinates(lines, return_index=True)
    added_xy = shapely.get_coordinates(shapely.line_interpolate_point(lines[at_line], along_m)).reshape(-1, 2)
    first, last = np.diff(line, prepend=-1) > 0, np.diff(line, append=len(lines)) > 0
    step = np.hypot(*np.diff(xy, axis=0, prepend=xy[:1]).T) if len(xy) else np.zeros(0)
    walked = np.cumsum(step)
    walked -= walked[first][np.cumsum(first) - 1] if len(xy) else 0.0
    # Rounding must not put an added point past the last vertex of its line.
    walked[last] = np.inf
    all_line = np.r_[line, at_line]
    order = np.lexsort((np.r_[walked, along_m], all_line))
    none = np.zeros(len(at_line), bool)
    return _Vertices(
        xy=np.r_[xy, added_xy][order],
        line=all_line[order],
        added=np.r_[np.zeros(len(line), bool), ~none][order],
        terminal=np.r_[first | last, none][order],
    )


def _keys(xy: Floats) -> Ints:
    """Return one integer per point; points rounded to the same centimetre share it."""
    x, y = np.round(xy / SAME_POINT_M).astype(np.int64).T
    keys: Ints = (x << 32) + y
    return keys


def _points(xy: Floats) -> tuple[Ints, Ints, Ints]:
    """Return the point number of each vertex, the key of each point and how many vertices it has."""
    key, point, uses = np.unique(_keys(xy), return_inverse=True, return_counts=True)
    return point, key, uses


def _runs(line: Ints, is_break: Bools) -> tuple[Ints, Ints]:
    """Return first and last vertex of each run between breaks of one line."""
    breaks = np.flatnonzero(is_break)
    same = line[breaks[1:]] == line[breaks[:-1]]
    return breaks[:-1][same], breaks[1:][same]


def _linestrings(xy: Floats, start: Ints, stop: Ints) -> Lines:
    """Return a LineString through the vertices from `start` to `stop`, both included."""
    count = stop - start + 1
    row = np.repeat(np.arange(len(start)), count)
    vertex = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count) + start[row]
    return np.asarray(shapely.linestrings(xy[vertex], indices=row), dtype=object).reshape(-1)


def _numbered(xy: Floats, point: Ints, place: Ints, *, moved: Ints) -> tuple[Ints, Floats, Floats]:
    """Return the number of each place, by easting and northing, and where it stands: at a point not moved."""
    if not len(xy):
        return np.zeros(0, np.int64), np.zeros(0), np.zeros(0)
    vertex = np.zeros(point.max() + 1, np.int64)
    vertex[point[::-1]] = np.arange(len(point))[::-1]
    is_moved = np.isin(np.arange(len(vertex)), moved)
    order = np.lexsort((np.arange(len(vertex)), is_moved, place))
    stands = vertex[order[np.r_[True, np.diff(place[order]) > 0]]]
    x_m, y_m = xy[stands].T
    by_place = np.lexsort((y_m, x_m))
    number = np.empty(len(by_place), np.int64)
    number[by_place] = np.arange(len(by_place))
    return number, x_m[by_place], y_m[by_place]
