"""Files of plain numbers: p-median files, lists of edges, numbered coordinates, matrices of distances."""

from __future__ import annotations

import math

import numpy as np

from footprint.siting.faults import SitingFileError
from footprint.siting.geometry import MOST_DISTANCES, Edge, shortest_ways, straight
from footprint.siting.lines import Line
from footprint.siting.world import DistanceWorld, SitingFormat, numbered
from layers.sentences import Sentence, as_typed, say

_EDGE, _HEAD = 3, 3
_FEWER = say("Write a table with columns x, y and `site`, and 1 in `site` for fewer candidates.")
_MOST_CELLS = 5
"""Number, x, y, and at most two more: capacity and demand."""


def read_plain(file: str, lines: list[Line]) -> DistanceWorld | None:
    """Return what a file of plain numbers holds; None where it is none of these kinds."""
    for read in (_pmed, _coordinates, _matrix, _edges):
        world = read(file, lines)
        if world is not None:
            return world
    return None


def _pmed(file: str, lines: list[Line]) -> DistanceWorld | None:
    """Read vertices, edges and p; then one edge a line (OR-Library, p-median, uncapacitated)."""
    head, rest = _wholes(lines[0]), lines[1:]
    if len(head) != _HEAD or not rest or any(len(line.cells) != _EDGE for line in rest):
        return None
    n, promised, p = head
    if promised != len(rest):
        ends = [end for line in rest for end in _wholes(line)[:2]]
        if len(ends) != 2 * len(rest) or not ends or max(ends) > n or len(rest) == n:
            return None
        raise SitingFileError(
            file,
            lines[0].number,
            say("{n} edges are promised and {found} follow", n=promised, found=len(rest)),
            say("Download it again, or mend the first line."),
        )
    _bounded(file, lines[0], n, say("Mend the number of vertices in that line."))
    edges = [_edge(file, line, n) for line in rest]
    distances, again = shortest_ways(n, edges, last_counts=True)
    notes = [
        say("{n} edges join vertices joined before: the last counts, as OR-Library asks.", n=again),
    ] * (again > 0)
    return _world(file, SitingFormat.PMED, distances, p=_p_of(file, lines[0], p, n), notes=notes)


def _edge(file: str, line: Line, n: int) -> Edge:
    one, other = line.cells[0].whole, line.cells[1].whole
    length = line.cells[2].value
    if one is None or other is None or not (1 <= one <= n and 1 <= other <= n):
        raise SitingFileError(
            file,
            line.number,
            say("an edge must join two vertices from 1 to {n}", n=n),
            say("Mend the ends of that edge."),
        )
    if length < 0:
        raise SitingFileError(file, line.number, say("a length is negative"), say("Mend that length."))
    return one - 1, other - 1, length


def _coordinates(file: str, lines: list[Line]) -> DistanceWorld | None:
    """Read `n p …`, then `number x y` with capacity and demand where there are such."""
    if len(lines) > 2 and _counts(lines[1:]):  # noqa: PLR2004 - the line above: number of the problem, best known
        lines = lines[1:]
    if not _counts(lines):
        return None
    head, rest = _wholes(lines[0]), lines[1:]
    p = _p_of(file, lines[0], head[1], head[0]) if len(head) > 1 else None
    _bounded(file, lines[0], len(rest), _FEWER)
    points = np.array([[cell.value for cell in line.cells[1:3]] for line in rest])
    capacitated = len(head) > 2 or len(rest[0].cells) > _EDGE  # noqa: PLR2004 - n, p and capacity
    notes = [
        say(
            "Capacities and demands are not used: every point counts once, and any site may serve any number."
        ),
        say("Straight distances are not rounded."),
    ]
    return _world(
        file, SitingFormat.COORDINATES, straight(points, points), p=p, notes=notes[not capacitated :]
    )


def _counts(lines: list[Line]) -> bool:
    """Tell whether a first line gives the number of points, which follow, numbered in order."""
    head, rest = _wholes(lines[0]), lines[1:]
    if not head or head[0] != len(rest) or len(head) > _MOST_CELLS:
        return False
    if len(head) > 1 and not 1 <= head[1] <= head[0]:
        return False
    length = len(rest[0].cells)
    if not _EDGE <= length <= _MOST_CELLS or any(len(line.cells) != length for line in rest):
        return False
    ids = [line.cells[0].whole for line in rest]
    return ids in (list(range(len(rest))), list(range(1, len(rest) + 1)))


def _matrix(file: str, lines: list[Line]) -> DistanceWorld | None:
    """Read distances, one line a demand point; above them n, n p, rows columns, or these and p."""
    width = len(lines[-1].cells)
    if len(lines) == width and _even(lines, width) and (width != _EDGE or not lines[0].cells[0].value):
        return _of_matrix(file, lines, None)
    head, rest = _wholes(lines[0]), lines[1:]
    if not rest or not head or not _even(rest, width) or width < 2:  # noqa: PLR2004 - one site is no choice
        return None
    n = len(rest)
    if head == [n] and n == width:
        return _of_matrix(file, rest, None)
    if head[:2] == [n, width] and len(head) in {2, _HEAD}:
        p = _p_of(file, lines[0], head[2], width) if len(head) == _HEAD else None
        return _of_matrix(file, rest, p)
    if len(head) == 2 and head[0] == n == width:  # noqa: PLR2004 - n and p
        return _of_matrix(file, rest, _p_of(file, lines[0], head[1], width))
    return None


def _even(lines: list[Line], width: int) -> bool:
    return all(len(line.cells) == width for line in lines)


def _of_matrix(file: str, lines: list[Line], p: int | None) -> DistanceWorld:
    for line in lines:
        if min(line.values()) < 0:
            raise SitingFileError(file, line.number, say("a distance is negative"), say("Mend that line."))
    if len(lines) * len(lines[0].cells) > MOST_DISTANCES:
        raise too_many(file, len(lines) * len(lines[0].cells))
    return _world(file, SitingFormat.MATRIX, np.array([line.values() for line in lines]), p=p)


def _edges(file: str, lines: list[Line]) -> DistanceWorld | None:
    """Read edges alone, one a line; vertices are all numbers up to the highest."""
    if any(len(line.cells) != _EDGE or len(_wholes(line)) < 2 for line in lines):  # noqa: PLR2004 - two ends
        return None
    farthest = max(lines, key=_highest)
    n = _highest(farthest)
    if n < 1:
        return None
    _bounded(file, farthest, n, say("Number the vertices from 1 without gaps."))
    distances, again = shortest_ways(n, [_edge(file, line, n) for line in lines], last_counts=False)
    notes = [said_twice(again)] * (again > 0)
    return _world(file, SitingFormat.EDGES, distances, notes=notes)


def _highest(line: Line) -> int:
    """Return the higher of the two ends of an edge."""
    return max(int(cell.value) for cell in line.cells[:2])


def said_twice(again: int) -> Sentence:
    """Return the note that edges join what other edges join."""
    return say("{n} edges join what other edges join: the shortest counts.", n=again)


def _wholes(line: Line) -> list[int]:
    """Return the whole numbers that a line begins with."""
    found: list[int] = []
    for cell in line.cells:
        if cell.whole is None:
            break
        found.append(cell.whole)
    return found


def _p_of(file: str, line: Line, p: int, n: int) -> int:
    if not 1 <= p <= n:
        raise SitingFileError(
            file,
            line.number,
            say("{p} sites are asked for, of {n}", p=p, n=n),
            say("Mend the first line; p is between 1 and the number of sites."),
        )
    return p


def _bounded(file: str, line: Line, n: int, remedy: Sentence) -> None:
    """Refuse more vertices or points than can be held against each other, before anything is kept of them."""
    if n * n > MOST_DISTANCES:
        most = math.isqrt(MOST_DISTANCES)
        problem = say("{n} vertices or points are more than {most}, which 1 GB of memory holds",
                      n=as_typed(n), most=most)  # fmt: skip
        raise SitingFileError(file, line.number, problem, remedy)


def too_many(file: str, distances: int) -> SitingFileError:
    """Return the fault of a file with more distances than can be kept."""
    problem = say("{n} distances are more than {most}, which 1 GB of memory holds",
                  n=distances, most=MOST_DISTANCES)  # fmt: skip
    return SitingFileError(file, None, problem, _FEWER)


def _world(
    file: str,
    kind: SitingFormat,
    distances: np.ndarray,
    *,
    p: int | None = None,
    notes: list[Sentence] | None = None,
) -> DistanceWorld:
    n_demand, n_sites = distances.shape
    return DistanceWorld(
        file=file,
        format=kind,
        demand_ids=numbered(n_demand),
        site_ids=numbered(n_sites),
        distances=distances,
        weights=np.ones(n_demand),
        p=p,
        notes=tuple(notes or ()),
    )
