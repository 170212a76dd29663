"""
Which nodes can be reached, how soon, and along which way? Compiled shortest-path searches.

Nodes wait in buckets of time, each a 256th of the longest arc wide, in a ring that can hold
no two turns at once. Inside a bucket they leave last in, first out; a node that improves
again is queued again, and entries that have become outdated are skipped when they come up.
Times are those of Dijkstra's algorithm exactly; on these graphs a four-ary heap took half as
long again. Results depend on the numbering of nodes alone. Searches release Python's lock,
so rows run in threads.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

Float32s = NDArray[np.float32]
Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
Bools = NDArray[np.bool_]

TOLERANCE_MIN = 1e-3
"""Limits are inclusive: a time this much over still counts [min], more than a day's float32 rounding."""

BUCKETS_PER_ARC = 256
"""Buckets that the longest arc spans; between 64 and 512 the speed hardly changes."""

_NODE = 0xFFFFFFFF
"""Lower half of a queue entry, the node; the upper half is the time."""


class Arcs(NamedTuple):
    """A weighted graph: the arcs of node u are `indptr[u]` to `indptr[u + 1]`."""

    indptr: Int32s
    indices: Int32s
    minutes: Float32s
    """Time along each arc [min], inf where shut."""
    longest_min: np.float32
    """Longest time of an open arc [min], positive."""


class Sources(NamedTuple):
    """Nodes a search starts from."""

    nodes: Int32s
    minutes: Float32s
    """Time already spent on reaching each [min]."""
    owners: Int32s
    """Who starts from each; only `spread` asks."""


class Field(NamedTuple):
    """The nearest owner of every node; `minutes` inf and `owners` -1 where there is none."""

    minutes: Float32s
    owners: Int32s


class Work(NamedTuple):
    """Memory of a search; `minutes` is inf everywhere between searches."""

    minutes: Float32s
    came: Int32s
    """Node from which each reached node was reached, -1 for sources."""
    reached: Int32s
    """Nodes reached, in no particular order."""


class LastLegs(NamedTuple):
    """Links by which whoever stops in a cell gets there from a road; nobody goes on by them."""

    n_cells: int
    node_cell: Int32s
    """Cell of each node, -1 for road and river nodes."""
    arc_edge: Int32s
    first_link: int
    """Number of the first edge that is a link."""
    minutes: Float32s
    """Of each link, inf where shut [min], shape (n_links,)."""


class Log(NamedTuple):
    """Values overwritten by `spread`, in order, so that they can be put back."""

    nodes: Int32s
    minutes: Float32s
    owners: Int32s


def make_arcs(indptr: Int32s, indices: Int32s, minutes: Float32s) -> Arcs:
    """Return a weighted graph from its arrays; `minutes` [min] are not negative, inf where shut."""
    longest_min = np.max(minutes, initial=0, where=np.isfinite(minutes))
    return Arcs(indptr, indices, minutes, np.float32(longest_min if longest_min > 0 else 1))


def work_for(n_nodes: int) -> Work:
    """Return memory for searches over a graph of that size."""
    return Work(
        minutes=np.full(n_nodes, np.inf, np.float32),
        came=np.empty(n_nodes, np.int32),
        reached=np.empty(n_nodes, np.int32),
    )


@njit(inline="always")
def _entry(minutes: np.float32, node: np.int32) -> np.int64:
    """Return time and node in one number."""
    return (np.int64(np.float32(minutes).view(np.int32)) << 32) | np.int64(node)


@njit(inline="always")
def _ring(arcs: Arcs, sources: Sources) -> tuple[Int32s, np.float32]:
    """Return empty buckets, a power of two of them, and how many a minute has."""
    per_min = np.float32(BUCKETS_PER_ARC) / arcs.longest_min
    ahead_min = arcs.longest_min
    for i in range(len(sources.minutes)):
        ahead_min = max(ahead_min, sources.minutes[i])
    size = 2
    while size < ahead_min * per_min + 3:
        size *= 2
    return np.full(size, -1, np.int32), per_min


@njit(inline="always")
def _doubled(array):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - any kind of array
    """Return the array with as much room again."""
    return np.concatenate((array, np.empty_like(array)))


@njit(inline="always")
def _slot(behind: Int32s, free: int, top: int) -> tuple[int, int, int]:
    """Return a slot for a new entry, and the next free one and the first unused one behind it."""
    if free >= 0:
        return free, behind[free], top
    return top, free, top + 1


@njit(inline="always")
def _put(queue: tuple[Int64s, Int32s, Int32s], slot: int, turn: int, entry: np.int64) -> None:
    """Put an entry into a slot, first in its bucket."""
    entries, behind, bucket = queue
    entries[slot] = entry
    behind[slot] = bucket[turn]
    bucket[turn] = slot


@njit(cache=True, nogil=True)
def search(  # noqa: C901 - one hot loop
    arcs: Arcs, sources: Sources, limit: np.float32, work: Work
) -> int:
    """
    Reach all nodes within `limit` minutes of the sources.

    Fills `work.minutes`, `work.came` and `work.reached`; returns how many nodes were reached.
    """
    indptr, indices, weight = arcs.indptr, arcs.indices, arcs.minutes
    minutes, came, found = work.minutes, work.came, work.reached
    bucket, per_min = _ring(arcs, sources)
    last = len(bucket) - 1
    entries = np.empty(len(sources.nodes) + 1024, np.int64)
    behind = np.empty(len(entries), np.int32)
    free, top, waiting, reached, at = -1, 0, 0, 0, 0
    for i in range(len(sources.nodes)):
        to, then = sources.nodes[i], sources.minutes[i]
        if then < minutes[to] and then <= limit:
            if minutes[to] == np.inf:
                found[reached] = to
                reached += 1
            minutes[to] = then
            came[to] = -1
            _put((entries, behind, bucket), top, int(then * per_min) & last, _entry(then, to))
            top += 1
            waiting += 1
    while waiting > 0:
        # Room is made out here, so that the compiler knows the arrays stay put in the loop below.
        entries, behind = _doubled(entries), _doubled(behind)
        room = len(entries)
        while waiting > 0:
            slot = bucket[at & last]
            if slot < 0:
                at += 1
                continue
            node = np.int32(entries[slot] & _NODE)
            now = np.int32(entries[slot] >> 32).view(np.float32)
            begin, end = indptr[node], indptr[node + 1]
            if top + end - begin > room:
                break
            bucket[at & last] = behind[slot]
            behind[slot] = free
            free = slot
            waiting -= 1
            if now > minutes[node]:
                continue
            for arc in range(begin, end):
                to = indices[arc]
                then = now + weight[arc]
                if then < minutes[to] and then <= limit:
                    if minutes[to] == np.inf:
                        found[reached] = to
                        reached += 1
                    minutes[to] = then
                    came[to] = node
                    slot, free, top = _slot(behind, free, top)
                    _put((entries, behind, bucket), slot, int(then * per_min) & last, _entry(then, to))
                    waiting += 1
    return reached


@njit(cache=True, nogil=True)
def roads_taken(arcs: Arcs, reached: int, work: Work, arc_edge: Int32s, road: Int32s, n_roads: int) -> Bools:
    """
    Return which roads lie on the ways by which nodes were reached, shape (n_roads,).

    Must follow `search` on the same arcs. `road` is the road of each of the first edges, which are
    roads'. Of two arcs that take equally long the first counts, so that a road may be named without need.
    """
    taken = np.zeros(n_roads, np.bool_)
    for i in range(reached):
        node = work.reached[i]
        before = work.came[node]
        if before < 0:
            continue
        now = work.minutes[before]
        for arc in range(arcs.indptr[before], arcs.indptr[before + 1]):
            if arcs.indices[arc] == node and now + arcs.minutes[arc] == work.minutes[node]:
                if arc_edge[arc] < len(road):
                    taken[road[arc_edge[arc]]] = True
                break
    return taken


@njit(cache=True, nogil=True)
def settle(arcs: Arcs, reached: int, work: Work, legs: LastLegs, limit: np.float32) -> Float32s:
    """
    Return the minutes to each cell: through the country, or by a last leg from a road.

    Must follow `search` on the same arcs. A last leg leads into a cell and no farther.
    """
    cells = np.full(legs.n_cells, np.inf, np.float32)
    for i in range(reached):
        node = work.reached[i]
        cell, now = legs.node_cell[node], work.minutes[node]
        if cell >= 0:
            cells[cell] = min(cells[cell], now)
            continue
        for arc in range(arcs.indptr[node], arcs.indptr[node + 1]):
            link = legs.arc_edge[arc] - legs.first_link
            if 0 <= link < len(legs.minutes):
                then = now + legs.minutes[link]
                cell = legs.node_cell[arcs.indices[arc]]
                if then <= limit and then < cells[cell]:
                    cells[cell] = then
    return cells


@njit(cache=True, nogil=True)
def settle_owned(arcs: Arcs, field: Field, legs: LastLegs, limit: np.float32) -> tuple[Float32s, Int32s]:
    """Return minutes to each cell and its owner, as `settle` does; of equal times the lower owner wins."""
    cells = np.full(legs.n_cells, np.inf, np.float32)
    owners = np.full(legs.n_cells, -1, np.int32)
    for node in range(len(field.minutes)):
        now, owner = field.minutes[node], field.owners[node]
        if now == np.inf:
            continue
        cell = legs.node_cell[node]
        if cell >= 0:
            if now < cells[cell] or (now == cells[cell] and owner < owners[cell]):
                cells[cell], owners[cell] = now, owner
            continue
        for arc in range(arcs.indptr[node], arcs.indptr[node + 1]):
            link = legs.arc_edge[arc] - legs.first_link
            if 0 <= link < len(legs.minutes):
                then = now + legs.minutes[link]
                cell = legs.node_cell[arcs.indices[arc]]
                if then > limit or then == np.inf or then > cells[cell]:
                    continue
                if then < cells[cell] or owner < owners[cell]:
                    cells[cell], owners[cell] = then, owner
    return cells, owners


@njit(cache=True, nogil=True)
def spread(  # noqa: C901, PLR0915 - one hot loop
    arcs: Arcs, sources: Sources, field: Field, limit: np.float32, keep_log: np.bool_
) -> tuple[Int32s, Float32s, Int32s]:
    """
    Let the owners of `sources` take over the nodes they reach sooner than the owners in `field` do.

    `field` is changed in place. Only nodes that improve are visited; of equal times the
    lower owner wins. Returns what was overwritten, in order, if `keep_log`.
    """
    indptr, indices, weight = arcs.indptr, arcs.indices, arcs.minutes
    minutes, owners = field.minutes, field.owners
    bucket, per_min = _ring(arcs, sources)
    last = len(bucket) - 1
    entries = np.empty(len(sources.nodes) + 1024, np.int64)
    behind = np.empty(len(entries), np.int32)
    log_nodes = np.empty(len(sources.nodes) + 256, np.int32)
    log_minutes = np.empty(len(log_nodes), np.float32)
    log_owners = np.empty(len(log_nodes), np.int32)
    free, top, waiting, logged, at = -1, 0, 0, 0, 0
    keep = 1 if keep_log else 0
    for i in range(len(sources.nodes)):
        to, then, owner = sources.nodes[i], sources.minutes[i], sources.owners[i]
        if then <= limit and (then < minutes[to] or (then == minutes[to] and owner < owners[to])):
            log_nodes[logged], log_minutes[logged], log_owners[logged] = to, minutes[to], owners[to]
            logged += keep
            minutes[to], owners[to] = then, owner
            _put((entries, behind, bucket), top, int(then * per_min) & last, _entry(then, to))
            top += 1
            waiting += 1
    while waiting > 0:
        entries, behind = _doubled(entries), _doubled(behind)
        log_nodes, log_minutes, log_owners = _doubled(log_nodes), _doubled(log_minutes), _doubled(log_owners)
        room, log_room = len(entries), len(log_nodes)
        while waiting > 0:
            slot = bucket[at & last]
            if slot < 0:
                at += 1
                continue
            node = np.int32(entries[slot] & _NODE)
            now = np.int32(entries[slot] >> 32).view(np.float32)
            begin, end = indptr[node], indptr[node + 1]
            if top + end - begin > room or logged + end - begin > log_room:
                break
            bucket[at & last] = behind[slot]
            behind[slot] = free
            free = slot
            waiting -= 1
            if now > minutes[node]:
                continue
            owner = owners[node]
            for arc in range(begin, end):
                to = indices[arc]
                then = now + weight[arc]
                if then > minutes[to] or then > limit or then == np.inf:
                    continue
                if then == minutes[to] and owner >= owners[to]:
                    continue
                log_nodes[logged], log_minutes[logged], log_owners[logged] = to, minutes[to], owners[to]
                logged += keep
                minutes[to], owners[to] = then, owner
                slot, free, top = _slot(behind, free, top)
                _put((entries, behind, bucket), slot, int(then * per_min) & last, _entry(then, to))
                waiting += 1
    return log_nodes[:logged], log_minutes[:logged], log_owners[:logged]


@njit(cache=True, nogil=True)
def restore(field: Field, log: Log) -> None:
    """Put back what `spread` overwrote, last first."""
    for i in range(len(log.nodes) - 1, -1, -1):
        field.minutes[log.nodes[i]] = log.minutes[i]
        field.owners[log.nodes[i]] = log.owners[i]


@njit(cache=True, nogil=True)
def parts(arcs: Arcs) -> Int32s:
    """Return for each node the lowest node it can reach, over arcs that are open; arcs count both ways."""
    root = np.arange(len(arcs.indptr) - 1).astype(np.int32)
    for node in range(len(root)):
        for arc in range(arcs.indptr[node], arcs.indptr[node + 1]):
            if arcs.indices[arc] <= node or arcs.minutes[arc] == np.inf:
                continue
            low, high = np.int32(node), arcs.indices[arc]
            while root[low] != low:
                root[low] = root[root[low]]
                low = root[low]
            while root[high] != high:
                root[high] = root[root[high]]
                high = root[high]
            if low > high:
                low, high = high, low
            root[high] = low
    for node in range(len(root)):
        root[node] = root[root[node]]
    return root
