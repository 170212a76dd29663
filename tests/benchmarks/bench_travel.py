"""
Benchmark: shortest-path searches against SciPy, on the same graphs.

    python -m tests.benchmarks.bench_travel [--quick]

Every search is checked against SciPy to 1e-5 before anything is timed. SciPy is timed on our
numbering of nodes, which speeds it up too, and on the order in which a provider would
deliver them. NetworkX runs at the smallest size alone.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from footprint.method import default_method
from footprint.travel.connectors import Connector, join, sources
from footprint.travel.kernel import (
    Arcs,
    Field,
    Log,
    Sources,
    Work,
    make_arcs,
    restore,
    search,
    spread,
    work_for,
)
from footprint.travel.network import Network, curve_order
from footprint.travel.profiles import Profile
from footprint.travel.reach import nearest, reach
from footprint.travel.road_state import RoadState
from footprint.travel.weights import Weights, arc_minutes
from tests.benchmarks.networks import RoadsOnly, country, roads_only
from tests.benchmarks.timing import Timing, growth_exponent, interleaved, memory_bandwidth, print_table

TRAVEL = default_method().travel
SIZES = (20_000, 200_000, 1_000_000)
CELLS = (50_000, 200_000, 1_000_000)
QUICK_SIZES = (5_000, 20_000, 50_000)
QUICK_CELLS = (2_500, 10_000, 25_000)
AGREED = 1e-5
STARTS = 50
NO_LIMIT = np.float32(np.inf)


@dataclass(frozen=True, slots=True, eq=False)
class Plain:
    """A road network ready for both searches."""

    arcs: Arcs
    ours: csr_matrix
    """In our numbering."""
    delivered: csr_matrix
    work: Work

    @classmethod
    def of(cls, net: RoadsOnly) -> Plain:
        order = curve_order(net.x_m, net.y_m, 200.0)
        ours = net.renumbered(order).matrix
        arcs = make_arcs(
            ours.indptr.astype(np.int32), ours.indices.astype(np.int32), ours.data.astype(np.float32)
        )
        return cls(arcs, ours, net.matrix, work_for(len(order)))


def start_at(node: int) -> Sources:
    """Return one source without delay."""
    return Sources(np.array([node], np.int32), np.zeros(1, np.float32), np.zeros(1, np.int32))


def field_from(plain: Plain, node: int, limit: np.float32 = NO_LIMIT) -> int:
    """Search and wipe the field again, as every row does."""
    reached: int = search(plain.arcs, start_at(node), limit, plain.work)
    plain.work.minutes[plain.work.reached[:reached]] = np.inf
    return reached


def checked(plain: Plain, node: int) -> None:
    """Compare with SciPy before timing."""
    search(plain.arcs, start_at(node), NO_LIMIT, plain.work)
    expected = dijkstra(plain.ours, indices=node)
    np.testing.assert_allclose(plain.work.minutes, expected, rtol=AGREED, atol=1e-3)
    plain.work.minutes[:] = np.inf


def turns(count: int, n_nodes: int) -> Callable[[], int]:
    """Return a function that gives another start node at each call, over and over."""
    nodes = np.linspace(0, n_nodes - 1, count).astype(int).tolist()
    state = {"at": -1}

    def following() -> int:
        state["at"] = (state["at"] + 1) % count
        return nodes[state["at"]]

    return following


def one_to_all(plains: dict[int, Plain]) -> None:
    """Time whole fields from one node."""
    rows: list[list[object]] = []
    ours_s = []
    for size, plain in plains.items():
        checked(plain, size // 3)
        nodes = {name: turns(7, size) for name in ("ours", "scipy", "delivered", "networkx")}
        contenders: dict[str, Callable[[], object]] = {
            "ours": lambda plain=plain, at=nodes["ours"]: field_from(plain, at()),
            "scipy": lambda plain=plain, at=nodes["scipy"]: dijkstra(plain.ours, indices=at()),
            "delivered": lambda plain=plain, at=nodes["delivered"]: dijkstra(plain.delivered, indices=at()),
        }
        if size == min(plains):
            graph = nx.from_scipy_sparse_array(plain.ours)
            contenders["networkx"] = lambda graph=graph, at=nodes["networkx"]: (
                nx.single_source_dijkstra_path_length(graph, at())
            )
        found = interleaved(contenders)
        ours = found["ours"]
        ours_s.append(ours.cpu_s)
        rows += [
            [f"{size:,} nodes", name, *_times(timing), timing.cpu_s / ours.cpu_s]
            for name, timing in found.items()
        ]
        rows[-len(found)].append(plain.ours.nnz / ours.cpu_s / 1e6)
    _print("One node to all (targets against scipy as delivered: 3 at 200,000, 4 at 1,000,000)", rows)
    print(f"growth of ours: size^{growth_exponent(list(plains), ours_s):.2f}")


def bounded(plain: Plain) -> None:
    """Time fifty starts bounded to two hours."""
    starts = np.linspace(0, plain.ours.shape[0] - 1, STARTS).astype(int)
    contenders: dict[str, Callable[[], object]] = {
        "ours": lambda: [field_from(plain, node, np.float32(120)) for node in starts.tolist()],
        "scipy, one call": lambda: dijkstra(plain.ours, indices=starts, limit=120.0),
        "scipy, a call each": lambda: [
            dijkstra(plain.ours, indices=node, limit=120.0) for node in starts.tolist()
        ],
    }
    _compare(f"{STARTS} starts bounded to 2 h, {plain.ours.shape[0]:,} nodes (target 10)", contenders)


def insertion(plain: Plain) -> None:
    """Time adding a site to a field of twenty against searching all over."""
    n_nodes = plain.ours.shape[0]
    field = Field(np.full(n_nodes, np.inf, np.float32), np.full(n_nodes, -1, np.int32))
    nodes = np.linspace(0, n_nodes - 1, 21).astype(np.int32)
    several = Sources(nodes, np.zeros(21, np.float32), np.arange(21, dtype=np.int32))
    spread(plain.arcs, Sources(*(part[:20] for part in several)), field, NO_LIMIT, np.bool_(False))
    before = field.minutes.copy()
    following = turns(31, n_nodes)

    def add_and_undo() -> None:
        one = Sources(np.array([following()], np.int32), np.zeros(1, np.float32), np.array([20], np.int32))
        restore(field, Log(*spread(plain.arcs, one, field, NO_LIMIT, np.bool_(True))))

    def anew() -> None:
        empty = Field(np.full(n_nodes, np.inf, np.float32), np.full(n_nodes, -1, np.int32))
        spread(plain.arcs, several, empty, NO_LIMIT, np.bool_(False))

    _compare(
        f"A site more among 20, {n_nodes:,} nodes", {"ours: add and undo": add_and_undo, "all anew": anew}
    )
    np.testing.assert_array_equal(field.minutes, before)


def unified(cells: tuple[int, ...]) -> None:
    """Time rows over cells and roads together."""
    rows: list[list[object]] = []
    within_s, whole_s = [], []
    for n_cells in cells:
        began = time.perf_counter()
        network = country(n_cells)
        built_s = time.perf_counter() - began
        weights = arc_minutes(network, Profile.PATROL, 1, TRAVEL, RoadState())
        matrix = _matrix(weights)
        at = _sites(network, 1)[0]
        start = sources(at, weights)
        node = int(start.nodes[0])
        work = work_for(network.n_nodes)
        plain = Plain(weights.arcs, matrix, matrix, work)
        checked(plain, node)
        within = interleaved(
            {
                "4 h: ours": lambda plain=plain, node=node: field_from(plain, node, np.float32(240)),
                "4 h: ours, with last legs": lambda network=network, weights=weights, at=at, work=work: reach(
                    network, weights, at, 240.0, work=work
                ),
                "4 h: scipy": lambda matrix=matrix, node=node: dijkstra(matrix, indices=node, limit=240.0),
            }
        )
        whole = interleaved(
            {
                "all: ours": lambda plain=plain, node=node: field_from(plain, node),
                "all: scipy": lambda matrix=matrix, node=node: dijkstra(matrix, indices=node),
            }
        )
        within_s.append(within["4 h: ours"].cpu_s)
        whole_s.append(whole["all: ours"].cpu_s)
        for found in (within, whole):
            ours = next(iter(found.values()))
            rows += [
                [f"{n_cells:,} cells", name, *_times(timing), timing.cpu_s / ours.cpu_s]
                for name, timing in found.items()
            ]
        rows[-2].append(len(network.indices) / whole["all: ours"].cpu_s / 1e6)
        megabytes = (network.indices.nbytes + network.arc_edge.nbytes + weights.nbytes) / 1e6
        print(
            f"{n_cells:,} cells: {network.n_nodes:,} nodes, {len(network.indices):,} arcs, "
            f"built in {built_s:.1f} s, arcs and weights {megabytes:,.0f} MB"
        )
    _print("Cells and roads in one graph (targets: 8 within 4 h, 2 for all)", rows)
    print(f"growth of ours: within 4 h size^{growth_exponent(cells, within_s):.2f}", end=", ")
    print(f"all size^{growth_exponent(cells, whole_s):.2f}")


def mission(n_cells: int) -> None:
    """Time what a review asks for on one country."""
    network = country(n_cells)
    sites = _sites(network, 13)
    weights = arc_minutes(network, Profile.PATROL, 1, TRAVEL, RoadState())
    work = work_for(network.n_nodes)
    contenders: dict[str, Callable[[], object]] = {
        "a row, 6 h on patrol": lambda: reach(network, weights, sites[0], 360.0, work=work),
        "nearest of 13 sites, all cells": lambda: nearest(network, weights, sites),
        "minutes of all arcs": lambda: arc_minutes(network, Profile.PATROL, 1, TRAVEL, RoadState()),
        "a site joined": lambda: join(network, sites[0].x_m, sites[0].y_m, TRAVEL),
    }
    found = interleaved(contenders, runs=15)
    _print(f"A review's questions, {n_cells:,} cells", [["", name, *_times(t)] for name, t in found.items()])


def _sites(network: Network, count: int) -> list[Connector]:
    """Join places beside roads, spread over the country."""
    chosen = network.road_nodes[np.linspace(0, len(network.road_nodes) - 1, count + 2).astype(int)[1:-1]]
    return [join(network, network.x_m[node], network.y_m[node], TRAVEL) for node in chosen]


def _matrix(weights: Weights) -> csr_matrix:
    """Return open arcs as SciPy wants them; parallel arcs there would be added up, so the least is kept."""
    indptr, indices, minutes = weights.arcs[:3]
    tail = np.repeat(np.arange(len(indptr) - 1), np.diff(indptr))
    order = np.lexsort((minutes, indices, tail))
    first = np.r_[True, (np.diff(tail[order]) != 0) | (np.diff(indices[order]) != 0)]
    kept: NDArray[np.int64] = order[first & np.isfinite(minutes[order])]
    data = np.maximum(minutes[kept].astype(np.float64), 1e-30)
    return csr_matrix((data, (tail[kept], indices[kept])), shape=(len(indptr) - 1,) * 2)


def _times(timing: Timing) -> list[object]:
    """Return CPU, elapsed and first run [ms]."""
    return [timing.cpu_s * 1e3, timing.wall_s * 1e3, timing.first_s * 1e3]


def _compare(title: str, contenders: dict[str, Callable[[], object]]) -> None:
    """Time contenders and print them beside the first."""
    found = interleaved(contenders)
    ours = next(iter(found.values()))
    _print(title, [["", name, *_times(timing), timing.cpu_s / ours.cpu_s] for name, timing in found.items()])


def _print(title: str, rows: list[list[object]]) -> None:
    """Print a table of contenders, short rows filled up."""
    columns = ["size", "search", "cpu ms", "wall ms", "first ms", "times ours", "M arcs/s"]
    print_table(title, columns, [[*row, *[""] * (len(columns) - len(row))] for row in rows])


def main() -> None:
    """Run every table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="small sizes, to see that it runs")
    quick = parser.parse_args().quick
    print(f"one thread copies memory at {memory_bandwidth(32 if quick else 256):.1f} GB/s")
    plains = {size: Plain.of(roads_only(size)) for size in (QUICK_SIZES if quick else SIZES)}
    one_to_all(plains)
    largest = plains[max(plains)]
    bounded(largest)
    insertion(plains[sorted(plains)[1]])
    insertion(largest)
    unified(QUICK_CELLS if quick else CELLS)
    mission(QUICK_CELLS[0] if quick else CELLS[0])


if __name__ == "__main__":
    main()
