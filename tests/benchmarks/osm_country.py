"""A country that does not exist, as an OpenStreetMap extract: towns, roads between them, tracks, ferries, houses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import osmium
from numpy.typing import NDArray
from osmium.osm.mutable import Node, Way

BLOCK, BLOCKS = 0.0012, 9
"""Side of a block of a town [degrees], and blocks along each side of it."""
TOWNS_APART = 0.15
WEST, SOUTH = 20.0, 5.0
_BENDS = 40
_HIGH = ("trunk", "primary", "secondary", "tertiary", "unclassified")
_SURFACES = ("", "asphalt", "laterite", "dirt", "gravel", "unpaved")
_NODES_OF_A_TOWN = (BLOCKS + 1) ** 2 * 3 + 2 * _BENDS * 3


@dataclass(frozen=True, slots=True)
class Drawn:
    """One way: numbers of its nodes, and its tags."""

    nodes: list[int]
    tags: dict[str, str]


class Country:
    """
    Draws it.

    Parameters
    ----------
    road_nodes
        About how many nodes its roads have.
    houses_each
        Houses for each town and block, of four nodes each, which nobody wants.
    """

    def __init__(self, road_nodes: int, houses_each: float = 0.0, seed: int = 11) -> None:
        self.random = np.random.default_rng(seed)
        self.across = max(2, round((road_nodes / _NODES_OF_A_TOWN) ** 0.5))
        self.houses = int(houses_each * BLOCKS**2)
        self.places: list[tuple[float, float]] = []
        self.ways: list[Drawn] = []
        self.road_nodes = 0
        self._draw()

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east and north [degrees]."""
        side = (self.across + 1) * TOWNS_APART
        return WEST - TOWNS_APART, SOUTH - TOWNS_APART, WEST + side, SOUTH + side

    def write(self, path: Path) -> None:
        """Write it as PBF, nodes first, as extracts are."""
        path.unlink(missing_ok=True)
        with osmium.SimpleWriter(str(path)) as writer:
            for number, place in enumerate(self.places, start=1):
                writer.add_node(Node(id=number, location=place))
            for number, way in enumerate(self.ways, start=1):
                writer.add_way(Way(id=number, nodes=way.nodes, tags=way.tags))

    def _draw(self) -> None:
        centres = {}
        for column in range(self.across):
            for row in range(self.across):
                corner = (WEST + column * TOWNS_APART, SOUTH + row * TOWNS_APART)
                centres[column, row] = self._town(corner, f"Town {column}-{row}")
        for (column, row), centre in centres.items():
            for other in ((column + 1, row), (column, row + 1)):
                if other in centres and self.random.random() < 0.95:
                    self._road(centre, centres[other])
        self.road_nodes = len(self.places)
        for column in range(self.across):
            for row in range(self.across):
                self._houses(WEST + column * TOWNS_APART, SOUTH + row * TOWNS_APART)

    def _node(self, x: float, y: float) -> int:
        self.places.append((x, y))
        return len(self.places)

    def _town(self, corner: tuple[float, float], name: str) -> int:
        """Draw streets, each through all its corners with a bend between two; return the node in the middle."""
        corners = np.array(
            [
                [self._node(corner[0] + i * BLOCK, corner[1] + j * BLOCK) for j in range(BLOCKS + 1)]
                for i in range(BLOCKS + 1)
            ]
        )
        for lines in (corners, corners.T):
            for number, line in enumerate(lines.tolist()):
                kind = "service" if number % 4 == 3 else "residential"
                tags = {"highway": kind, "name": f"{name} street {number}"}
                if number == 1:
                    tags["oneway"] = "yes"
                self.ways.append(Drawn(self._with_bends(line), tags))
        return int(corners[BLOCKS // 2, BLOCKS // 2])

    def _with_bends(self, line: list[int]) -> list[int]:
        made = [line[0]]
        for before, after in pairwise(line):
            (x, y), (u, v) = self.places[before - 1], self.places[after - 1]
            made += [self._node((x + u) / 2 + 2e-5, (y + v) / 2 + 2e-5), after]
        return made

    def _road(self, start: int, stop: int) -> None:
        """Draw a winding road with a bridge in it, and at times a ferry or a track that leads nowhere."""
        along = np.linspace(0, 1, _BENDS + 2)[1:-1]
        first, last = np.array(self.places[start - 1]), np.array(self.places[stop - 1])
        middle = first + along[:, None] * (last - first) + self.random.normal(0, 4e-4, (_BENDS, 2))
        line = [start, *(self._node(*place) for place in middle.tolist()), stop]
        kind, surface = str(self.random.choice(_HIGH)), str(self.random.choice(_SURFACES))
        tags = {"highway": kind} | ({"surface": surface} if surface else {})
        if self.random.random() < 0.1:
            tags["access:conditional"] = "no @ (Jun-Sep)"
        if self.random.random() < 0.02:
            tags = {"route": "ferry", "name": "Ferry"}
        half = _BENDS // 2
        self.ways.append(Drawn(line[: half + 1], tags))
        self.ways.append(Drawn(line[half : half + 2], tags | {"bridge": "yes"}))
        self.ways.append(Drawn(line[half + 1 :], tags))
        self._track(line[half // 2], middle[half // 2])

    def _track(self, start: int, place: NDArray[np.float64]) -> None:
        steps = self.random.normal(3e-4, 4e-4, (_BENDS, 2)).cumsum(axis=0) + place
        nodes = [start, *(self._node(*step) for step in steps.tolist())]
        self.ways.append(
            Drawn(nodes, {"highway": "track", "tracktype": f"grade{self.random.integers(1, 6)}"})
        )

    def _houses(self, west: float, south: float) -> None:
        for x, y in self._corners_of_houses(west, south):
            around = [(x, y), (x + 5e-5, y), (x + 5e-5, y + 5e-5), (x, y + 5e-5)]
            nodes = [self._node(*corner) for corner in around]
            self.ways.append(Drawn([*nodes, nodes[0]], {"building": "yes"}))

    def _corners_of_houses(self, west: float, south: float) -> Iterator[tuple[float, float]]:
        side = BLOCK * BLOCKS
        for x, y in self.random.random((self.houses, 2)).tolist():
            yield west + x * side, south + y * side
