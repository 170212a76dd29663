"""Which cells does a site reach, how soon, and which site is nearest?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from footprint.travel.connectors import Connector, last_legs, sources
from footprint.travel.kernel import (
    TOLERANCE_MIN,
    Field,
    Log,
    Sources,
    Work,
    parts,
    restore,
    roads_taken,
    search,
    settle,
    settle_owned,
    spread,
    work_for,
)

if TYPE_CHECKING:
    from footprint.travel.network import Network
    from footprint.travel.weights import Weights


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """The cells one site reaches within a limit, for one profile and month."""

    cells: NDArray[np.int32]
    """Cell numbers, ascending."""
    minutes: NDArray[np.float32]
    """Time to each cell's centre [min]."""
    limit_min: float
    taken: NDArray[np.bool_]
    """Roads on its ways, by row: shutting any other changes nothing in it, shape (n_roads,)."""
    passed: NDArray[np.uint8]
    """
    Nodes it gets to, eight to a number: a change of edges of which it gets to neither end changes nothing
    in it.
    """

    @property
    def nbytes(self) -> int:
        """Memory [bytes]."""
        return int(self.cells.nbytes + self.minutes.nbytes + self.taken.nbytes + self.passed.nbytes)

    def dense(self, n_cells: int) -> NDArray[np.float32]:
        """Return the minutes to every cell, inf where not reached, shape (n_cells,)."""
        full = np.full(n_cells, np.inf, np.float32)
        full[self.cells] = self.minutes
        return full

    def within(self, limit_min: float) -> Reach:
        """Return the part within a lower limit [min], inclusive."""
        kept = self.minutes <= np.float32(limit_min + TOLERANCE_MIN)
        limit_min = min(limit_min, self.limit_min)
        return Reach(self.cells[kept], self.minutes[kept], limit_min, self.taken, self.passed)


def reach(
    network: Network, weights: Weights, connector: Connector, limit_min: float, *, work: Work | None = None
) -> Reach:
    """
    Find the cells a site reaches within a limit.

    Parameters
    ----------
    network, weights
        What can be travelled, and the minutes along it.
    connector
        How the site joins the network.
    limit_min
        Longest time [min], inclusive; inf for all that can be reached.
    work
        Memory to use, from `kernel.work_for`; one per thread. Made anew if omitted.

    Returns
    -------
    Reach
        Cells with minutes. The site's own cell is among them if its leg is within the limit.
    """
    work = work or work_for(network.n_nodes)
    limit = np.float32(limit_min + TOLERANCE_MIN)
    reached = search(weights.arcs, sources(connector, weights), limit, work)
    minutes = settle(weights.arcs, reached, work, network.last_legs(weights.last_min), limit)
    edges, n_roads = network.edges, len(network.roads.table.road_id)
    taken = roads_taken(weights.arcs, reached, work, network.arc_edge, edges.road, n_roads)
    passed = np.zeros(network.n_nodes, dtype=bool)
    passed[work.reached[:reached]] = True
    work.minutes[work.reached[:reached]] = np.inf
    own, own_min = last_legs(connector, weights, network.node_cell)
    near = own_min <= limit
    np.minimum.at(minutes, own[near], own_min[near])
    cells = np.flatnonzero(np.isfinite(minutes)).astype(np.int32)
    return Reach(cells, minutes[cells], limit_min, taken, np.packbits(passed))


@dataclass(frozen=True, slots=True, eq=False)
class Nearest:
    """The nearest site of every cell."""

    minutes: NDArray[np.float32]
    """Time from it [min], inf where none comes, shape (n_cells,)."""
    owner: NDArray[np.int32]
    """Its place among the sites asked for, -1 where none comes, shape (n_cells,)."""


def nearest(
    network: Network, weights: Weights, connectors: Sequence[Connector], limit_min: float = np.inf
) -> Nearest:
    """
    Find the nearest of several sites for every cell.

    Parameters
    ----------
    network, weights
        What can be travelled, and the minutes along it.
    connectors
        How each site joins the network; of equal times the first site wins.
    limit_min
        Longest time [min], inclusive.

    Returns
    -------
    Nearest
        Without sites, nothing is reached.
    """
    field = NearestField(network, weights, limit_min=limit_min)
    field.insert(connectors)
    return field.cells()


@dataclass(frozen=True, slots=True, eq=False)
class Insertion:
    """What an insertion overwrote, so that it can be undone."""

    log: Log
    homes: int


class NearestField:
    """
    The nearest site of every node, to which sites can be added and taken off again.

    Adding a site visits only the nodes it improves. Insertions are undone in reverse order.
    """

    def __init__(self, network: Network, weights: Weights, *, limit_min: float = np.inf) -> None:
        self._network, self._weights, self._limit_min = network, weights, limit_min
        self._field = Field(
            np.full(network.n_nodes, np.inf, np.float32), np.full(network.n_nodes, -1, np.int32)
        )
        self._homes: list[tuple[int, float, int]] = []
        self._owners = 0

    def insert(self, connectors: Sequence[Connector], *, undoable: bool = False) -> Insertion:
        """Add sites; they are numbered on from those already there."""
        limit = np.float32(self._limit_min + TOLERANCE_MIN)
        found = [
            sources(connector, self._weights, self._owners + i) for i, connector in enumerate(connectors)
        ]
        homes = len(self._homes)
        for i, connector in enumerate(connectors):
            cells, minutes = last_legs(connector, self._weights, self._network.node_cell)
            near = np.flatnonzero(minutes <= limit)
            self._homes += [(int(cells[at]), float(minutes[at]), self._owners + i) for at in near]
        self._owners += len(connectors)
        if not found:
            none = np.zeros(0, np.int32)
            return Insertion(Log(none, none.astype(np.float32), none), homes)
        start = Sources(*(np.concatenate(column) for column in zip(*found, strict=True)))
        log = Log(*spread(self._weights.arcs, start, self._field, limit, np.bool_(undoable)))
        return Insertion(log, homes)

    def undo(self, insertion: Insertion, sites: int = 1) -> None:
        """Take off the last `sites` sites, added together and undoable."""
        restore(self._field, insertion.log)
        del self._homes[insertion.homes :]
        self._owners -= sites

    def cells(self) -> Nearest:
        """Return the nearest site of every cell as it stands."""
        legs = self._network.last_legs(self._weights.last_min)
        limit = np.float32(self._limit_min + TOLERANCE_MIN)
        minutes, owner = settle_owned(self._weights.arcs, self._field, legs, limit)
        for cell, home, site in self._homes:
            if (home, site) < (float(minutes[cell]), int(owner[cell])):
                minutes[cell], owner[cell] = home, site
        return Nearest(minutes, owner)


def components(weights: Weights) -> NDArray[np.int32]:
    """Return for each node the lowest node it can reach: equal means joined, shape (n_nodes,)."""
    found: NDArray[np.int32] = parts(weights.arcs)
    return found
