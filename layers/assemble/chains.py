"""Chains: drawn lines broken where they meet, and joined end to end where nothing else changes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from shapely import Geometry

from layers.months import months_mask, months_text

GRID_M = 0.01
"""Vertices in one square of this side are one point [m]: far below any mapping, far above rounding."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Lines = NDArray[np.object_]

_NUMBER = "road_id"
_CLOSED = "closed_months"


@dataclass(frozen=True, slots=True, eq=False)
class Chains:
    """Lines from junction to junction; nodes are numbered by easting, then northing."""

    xy: Floats
    """Every vertex [m], shape (n_nodes, 2)."""
    tail: Ints
    """Node where each chain begins, shape (n_chains,)."""
    head: Ints
    lines: Lines
    """As drawn, LineString [m], each in the direction in which its points come first."""
    facts: pd.DataFrame
    """Columns of the ways, one row for each chain; `road_id` is the first of the ways it is made of."""
    twice_m: float
    """Length that ways draw twice, kept once [m]."""


@dataclass(frozen=True, slots=True, eq=False)
class _Steps:
    """Straight lines between two vertices next to each other, each once, way by way in the order drawn."""

    tail: Ints
    head: Ints
    way: Ints
    """Row of the way each is taken from."""
    shut: Ints
    """Months shut, bit m-1 for m."""


def chained(lines: Lines, facts: pd.DataFrame) -> Chains:
    """
    Break lines where they share vertices, and join them where only two with equal facts meet.

    Parameters
    ----------
    lines
        LineStrings [m], shape (n_ways,).
    facts
        One row for each, columns of text, numbers or truth; `rank` orders classes, the highest 0, and
        `closed_months` is a list of months. All but `road_id` part one chain from the next.

    Returns
    -------
    Chains
        The same whatever the order of rows and the direction of lines.
    """
    facts = facts.reset_index(drop=True)
    kind = _kinds(facts)
    xy, steps, twice_m = _steps(lines, facts, kind)
    code = _paired(kind[steps.way], steps.shut)
    junction, label = _junctions(steps, code, len(xy))
    pieces, of = _pieces(xy, steps, junction, label)
    made = _merged(pieces, of, xy, junction)
    return _chains(made, xy, steps, label, facts, twice_m)


def _kinds(facts: pd.DataFrame) -> Ints:
    """Return a number for each set of facts but identifier and months, the higher class first."""
    columns = ["rank", *(name for name in facts.columns if name not in {"rank", _NUMBER, _CLOSED})]
    return facts.groupby(columns, sort=True, dropna=False).ngroup().to_numpy().astype(np.int64)


def _paired(first: Ints, second: Ints) -> Ints:
    """Return one number for each pair."""
    return np.asarray(first * (second.max(initial=0) + 1) + second, dtype=np.int64)


def _steps(lines: Lines, facts: pd.DataFrame, kind: Ints) -> tuple[Floats, _Steps, float]:
    """Return vertices, steps without those drawn twice, and how long the latter are [m]."""
    drawn, way = shapely.get_coordinates(lines, return_index=True)
    cells = np.round(drawn / GRID_M).astype(np.int64)
    corner = cells.min(axis=0, initial=0)
    width = np.int64(cells[:, 1].max(initial=0) - corner[1] + 1)
    key, node = np.unique((cells[:, 0] - corner[0]) * width + cells[:, 1] - corner[1], return_inverse=True)
    xy = np.stack([key // width + corner[0], key % width + corner[1]], axis=1) * GRID_M
    tail, head, of = node[:-1], node[1:], way[:-1]
    real = (of == way[1:]) & (tail != head)
    tail, head, of = tail[real], head[real], of[real]
    pair = np.minimum(tail, head) * np.int64(len(xy)) + np.maximum(tail, head)
    rank = np.argsort(np.argsort(facts[_NUMBER].to_numpy(str), kind="stable"), kind="stable")
    order = np.lexsort((rank[of], kind[of], pair))
    first = np.r_[True, np.diff(pair[order]) != 0][: len(order)]
    mask = (
        facts[_CLOSED].map({text: months_mask(text) for text in facts[_CLOSED].unique()}).to_numpy(np.int64)
    )
    shut = np.bitwise_or.reduceat(mask[of[order]], np.flatnonzero(first)) if len(order) else mask[:0]
    kept = np.sort(order[first])
    by_step = np.zeros(len(of), np.int64)
    by_step[order[first]] = shut
    long_m = np.hypot(*(xy[head] - xy[tail]).T)
    steps = _Steps(tail[kept], head[kept], of[kept], by_step[kept])
    return xy, steps, float(long_m.sum() - long_m[kept].sum())


def _junctions(steps: _Steps, code: Ints, n_nodes: int) -> tuple[Bools, Ints]:
    """Tell which nodes end chains, and return the chain of each step."""
    node = np.r_[steps.tail, steps.head]
    order = np.argsort(node, kind="stable")
    sorted_node = node[order]
    begins = np.flatnonzero(np.r_[True, np.diff(sorted_node) != 0][: len(order)])
    degree = np.diff(np.r_[begins, len(order)])
    twos = begins[degree == 2]  # noqa: PLR2004  one in, one out
    step = order % max(len(code), 1)
    left, right = step[twos], step[twos + 1]
    plain = (code[left] == code[right]) & (left != right)
    junction = np.ones(n_nodes, bool)
    junction[sorted_node[twos[plain]]] = False
    n = len(code)
    linked = coo_matrix((np.ones(int(plain.sum()), bool), (left[plain], right[plain])), shape=(n, n))
    label = connected_components(linked, directed=False)[1].astype(np.int64)
    ends = np.zeros(label.max(initial=-1) + 1, bool)
    ends[label[junction[steps.tail] | junction[steps.head]]] = True
    rings = ~ends[label]
    # A ring that meets nothing begins at its first node.
    first = pd.Series(np.minimum(steps.tail, steps.head)[rings]).groupby(label[rings]).min()
    junction[first.to_numpy(np.int64)] = True
    return junction, label


def _pieces(xy: Floats, steps: _Steps, junction: Bools, label: Ints) -> tuple[Lines, Ints]:
    """Return runs of steps that one way draws without a junction, as lines, and the chain of each."""
    n = len(steps.tail)
    if not n:
        return np.array([], dtype=object), np.array([], np.int64)
    goes_on = (
        (steps.way[1:] == steps.way[:-1]) & (steps.head[:-1] == steps.tail[1:]) & ~junction[steps.tail[1:]]
    )
    starts = np.flatnonzero(np.r_[True, ~goes_on])
    number = np.cumsum(np.r_[True, ~goes_on]) - 1
    # Each run has one vertex more than steps: its own tail before the heads.
    vertex = np.insert(steps.head, starts, steps.tail[starts])
    run = np.insert(number, starts, number[starts])
    return np.asarray(shapely.linestrings(xy[vertex], indices=run), dtype=object), label[starts]


def _merged(pieces: Lines, of: Ints, xy: Floats, junction: Bools) -> Lines:
    """Return one line for each chain, in the order of their numbers."""
    order = np.argsort(of, kind="stable")
    pieces, of = pieces[order], of[order]
    count = np.bincount(of) if len(of) else np.array([], np.int64)
    made = np.empty(len(count), dtype=object)
    alone = count[of] == 1
    made[of[alone]] = pieces[alone]
    several = np.flatnonzero(count > 1)
    if len(several):
        groups = np.searchsorted(several, of[~alone])
        made[several] = shapely.line_merge(shapely.multilinestrings(pieces[~alone], indices=groups))
        for at in several[shapely.is_closed(made[several])]:
            made[at] = _from_junction(made[at], xy, junction)
    return made


def _from_junction(ring: Geometry, xy: Floats, junction: Bools) -> Geometry:
    """Return a ring that begins where it meets another road."""
    points = shapely.get_coordinates(ring)[:-1]
    nodes = _node_at(xy, points)
    start = int(np.flatnonzero(junction[nodes])[0])
    turned = np.roll(points, -start, axis=0)
    return shapely.linestrings(np.r_[turned, turned[:1]])


def _node_at(xy: Floats, points: Floats) -> Ints:
    """Return the node at each point; nodes are in the order of easting and northing."""
    cells, wanted = np.round(xy / GRID_M).astype(np.int64), np.round(points / GRID_M).astype(np.int64)
    corner = cells.min(axis=0)
    width = np.int64(cells[:, 1].max() - corner[1] + 1)
    key = (cells[:, 0] - corner[0]) * width + cells[:, 1] - corner[1]
    places = np.searchsorted(key, (wanted[:, 0] - corner[0]) * width + wanted[:, 1] - corner[1])
    return np.asarray(places, dtype=np.int64)


def _chains(
    made: Lines, xy: Floats, steps: _Steps, label: Ints, facts: pd.DataFrame, twice_m: float
) -> Chains:
    """Put chains in an order and a direction of their own."""
    n = len(made)
    rows = pd.DataFrame({"id": facts[_NUMBER].to_numpy(str)[steps.way], "way": steps.way, "shut": steps.shut})
    first = rows.assign(label=label).sort_values(["label", "id"], kind="stable").drop_duplicates("label")
    chain_facts = facts.iloc[first["way"]].reset_index(drop=True)
    chain_facts = chain_facts.assign(**{_CLOSED: [months_text(int(mask)) for mask in first["shut"]]})
    lines = _one_direction(made)
    start = shapely.get_coordinates(shapely.get_point(lines, 0)).reshape(-1, 2)
    stop = shapely.get_coordinates(shapely.get_point(lines, -1)).reshape(-1, 2)
    second = shapely.get_coordinates(shapely.get_point(lines, 1)).reshape(-1, 2)
    order = np.lexsort((second[:, 1], second[:, 0], stop[:, 1], stop[:, 0], start[:, 1], start[:, 0]))
    tail, head = (_node_at(xy, ends) if n else np.array([], np.int64) for ends in (start[order], stop[order]))
    return Chains(xy, tail, head, lines[order], chain_facts.iloc[order].reset_index(drop=True), twice_m)


def _one_direction(lines: Lines) -> Lines:
    """Return lines turned so that, of their points from both ends, the lower comes first."""
    turned = shapely.reverse(lines)

    def after(mine: Lines, other: Lines, at: int) -> tuple[Bools, Bools]:
        a = shapely.get_coordinates(shapely.get_point(mine, at)).reshape(-1, 2)
        b = shapely.get_coordinates(shapely.get_point(other, at)).reshape(-1, 2)
        higher = (a[:, 0] > b[:, 0]) | ((a[:, 0] == b[:, 0]) & (a[:, 1] > b[:, 1]))
        return higher, (a == b).all(axis=1)

    higher, same = after(lines, turned, 0)
    higher_next, _ = after(lines, turned, 1)
    return np.where(higher | (same & higher_next), turned, lines)
