"""
Benchmark: coverage, sweeps, Shapley shares and zonal sums against their plain counterparts.

    python -m tests.benchmarks.bench_coverage [--quick]

Every kernel is checked against its peer before it is timed. Kernel and peer then run by turns in
one process; the median of the runs is printed, CPU and wall apart, with the first call (which may
compile) beside. Worlds are invented and seeded. The table informs; nothing fails by time.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import permutations

import geopandas as gpd
import numpy as np
import shapely
from exactextract import exact_extract
from exactextract.raster import NumPyRasterSource
from numpy.typing import NDArray
from pyproj import CRS

from footprint.coverage.nearest import LIMIT_TOLERANCE_MIN
from footprint.coverage.robustness import shapley_shares
from footprint.coverage.sweeps import signatures, sweep
from layers.grid import make_grid
from layers.zones import zones

SIDE_M = 1_000_000.0
N_SITES = 100
N_OPEN = 25
LIMIT_MIN = 120.0
N_SCENARIOS = 10_000
PEER_SCENARIOS = 20
N_UNITS = 60
RUNS = 5
AGREED = 1e-5
SIZES = (50_000, 200_000, 1_000_000)
LAEA = CRS("+proj=laea +lat_0=17.5 +lon_0=-4 +datum=WGS84 +units=m +no_defs")


@dataclass(slots=True)
class Timed:
    """Medians of one function [s]."""

    first_s: float
    cpu_s: float
    wall_s: float

    @property
    def spent_s(self) -> float:
        """CPU time, but not that of idle threads of the algebra library, which may exceed the wall's."""
        return min(self.cpu_s, self.wall_s)


@dataclass(slots=True)
class Row:
    """One line of the table."""

    kernel: str
    n_cells: int
    ours: Timed
    peer: Timed
    goal: float
    ratio: float = field(init=False)

    def __post_init__(self) -> None:
        """Take the ratio of the times that other programs disturb least."""
        self.ratio = self.peer.spent_s / self.ours.spent_s


@dataclass(slots=True)
class World:
    """Invented country: sites and people scattered over a square, roads 1.4 times as long as a crow's way."""

    minutes: NDArray[np.float32]
    weights: NDArray[np.float64]
    is_open: NDArray[np.int64]


def main() -> None:
    """Run everything and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--quick", action="store_true", help="the two smaller sizes only")
    sizes = SIZES[:2] if parser.parse_args().quick else SIZES
    rows: list[Row] = []
    for n_cells in sizes:
        world = _world(n_cells)
        near = np.clip(2 - world.minutes[world.is_open] / LIMIT_MIN, 0, 1)
        everywhere = np.exp(-((world.minutes[world.is_open] / 600) ** 2))
        rows += [
            _sweeps(world),
            _shapley("exact Shapley / 20 permutations", near, world.weights, 10),
            _shapley("  the same, all sites reach all", everywhere, world.weights, 1),
        ]
        del world
        rows.append(_zonal(n_cells))
        sys.stdout.write(f"{n_cells} cells done\n")
    _report(rows)


def _world(n_cells: int) -> World:
    """Scatter cells and sites; cells lie in rows, as on a grid."""
    draw = np.random.default_rng(0)
    cells, sites = draw.random((n_cells, 2)) * SIDE_M, draw.random((N_SITES, 2)) * SIDE_M
    cells = cells[np.lexsort((cells[:, 0], cells[:, 1] // 20_000))]
    minutes = np.empty((N_SITES, n_cells), dtype=np.float32)
    for row, site in zip(minutes, sites, strict=True):
        row[:] = np.hypot(*(cells - site).T) * 1.4 / (30_000 / 60)
    minutes[minutes > 24 * 60] = np.inf
    return World(minutes, draw.lognormal(3, 1.5, n_cells), draw.permutation(N_SITES)[:N_OPEN])


def _sweeps(world: World) -> Row:
    """Compare 10,000 closures, merging included, with gather-min on some of them, scaled up."""
    minutes = np.ascontiguousarray(world.minutes[world.is_open])
    is_open = np.random.default_rng(1).random((N_SCENARIOS, N_OPEN)) < 0.8

    def ours() -> NDArray[np.float64]:
        return sweep(signatures(minutes, world.weights, limit_min=LIMIT_MIN), is_open)

    def peer() -> NDArray[np.float64]:
        limit = np.float32(LIMIT_MIN + LIMIT_TOLERANCE_MIN)
        few = is_open[:PEER_SCENARIOS]
        return np.array([world.weights @ (minutes[kept].min(axis=0) <= limit) for kept in few])

    _agree("sweeps", ours()[:PEER_SCENARIOS], peer())
    mine, theirs = _race(ours, peer)
    scale = N_SCENARIOS / PEER_SCENARIOS
    scaled = Timed(theirs.first_s * scale, theirs.cpu_s * scale, theirs.wall_s * scale)
    return Row("10k-scenario sweep / gather-min", len(world.weights), mine, scaled, 100)


def _shapley(kernel: str, coverage: NDArray[np.float32], weights: NDArray[np.float64], goal: float) -> Row:
    """Compare exact shares with twenty sampled orders; they must equal all orders of six sites."""
    few, some = coverage[:6, ::997].astype(np.float64), weights[::997]
    _agree("Shapley, six sites", shapley_shares(few, some), _sampled(few, some, permutations(range(6))))
    _agree("Shapley, total", shapley_shares(coverage, weights).sum(), weights @ coverage.max(axis=0))
    draw = np.random.default_rng(2)
    orders = [draw.permutation(N_OPEN).tolist() for _ in range(20)]
    short = weights.astype(np.float32)
    ours, peer = _race(lambda: shapley_shares(coverage, weights), lambda: _sampled(coverage, short, orders))
    return Row(kernel, len(weights), ours, peer, goal)


def _sampled(
    coverage: NDArray[np.floating], weights: NDArray[np.floating], orders: Iterable[Sequence[int]]
) -> NDArray[np.float64]:
    """Return mean gains over the given orders of opening."""
    shares, n_orders = np.zeros(len(coverage)), 0
    for order in orders:
        best, before = np.zeros_like(coverage[0]), 0.0
        for site in order:
            np.maximum(best, coverage[site], out=best)
            now = float(weights @ best)
            shares[site] += now - before
            before = now
        n_orders += 1
    return shares / n_orders


def _zonal(n_cells: int) -> Row:
    """Add up cells over units: the kept matrix against cutting the polygons each time."""
    cell_m = SIDE_M / round(np.sqrt(n_cells))
    country = shapely.box(0, 0, SIDE_M, SIDE_M)
    grid = make_grid(country, LAEA, cell_m=cell_m)
    draw = np.random.default_rng(3)
    points = shapely.MultiPoint(draw.random((N_UNITS, 2)) * SIDE_M)
    shapes = shapely.get_parts(shapely.voronoi_polygons(points, extend_to=country))
    # Corners every 2 km, as in surveyed boundaries.
    shapes = shapely.segmentize(shapely.intersection(shapes, country), 2_000)
    units = gpd.GeoDataFrame(geometry=shapes, index=[f"{i:03}" for i in range(len(shapes))], crs=LAEA)
    people = draw.lognormal(3, 1.5, grid.n_cells)
    raster = grid.raster(people, np.nan)
    spent_s = _once(lambda: zones(units, grid))
    shared = zones(units, grid)

    def peer() -> NDArray[np.float64]:
        rows, columns = grid.shape
        east_m, south_m = grid.west_m + columns * cell_m, grid.north_m - rows * cell_m
        source = NumPyRasterSource(raster, grid.west_m, south_m, east_m, grid.north_m, srs_wkt=LAEA.to_wkt())
        return np.asarray(exact_extract(source, units, ["sum"], output="pandas")["sum"], dtype=np.float64)

    _agree("zonal sums", shared.sums(people), peer())
    sys.stdout.write(
        f"zones of {grid.n_cells} cells and {len(units)} units built in {spent_s * 1e3:.0f} ms\n"
    )
    ours, theirs = _race(lambda: shared.sums(people), peer)
    return Row("kept zonal matrix / exactextract", grid.n_cells, ours, theirs, 50)


def _agree(name: str, ours: object, peer: object) -> None:
    """Stop if kernel and peer differ: a fast wrong answer is not worth timing."""
    finite = np.isfinite(np.asarray(peer))
    if not np.allclose(np.asarray(ours)[finite], np.asarray(peer)[finite], rtol=AGREED, atol=0):
        sys.exit(f"{name}: kernel and peer disagree")


def _once(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def _race(ours: Callable[[], object], peer: Callable[[], object]) -> tuple[Timed, Timed]:
    """Time both by turns; short calls are repeated within a run until they fill 20 ms."""
    calls = (ours, peer)
    first_s = [_once(call) for call in calls]
    repeats = [max(1, int(0.02 / _once(call))) for call in calls]
    spent: list[list[tuple[float, float]]] = [[], []]
    for _ in range(RUNS):
        for at, call in enumerate(calls):
            cpu, wall = time.process_time(), time.perf_counter()
            for _ in range(repeats[at]):
                call()
            used = time.process_time() - cpu, time.perf_counter() - wall
            spent[at].append((used[0] / repeats[at], used[1] / repeats[at]))
    medians = [np.median(np.array(runs), axis=0) for runs in spent]
    mine, theirs = (Timed(first, *map(float, median)) for first, median in zip(first_s, medians, strict=True))
    return mine, theirs


def _report(rows: list[Row]) -> None:
    """Print the table, then how the kernels grow with the number of cells."""
    titles = f"{'kernel / peer':38}{'cells':>9}{'first ms':>10}{'CPU ms':>10}{'wall ms':>10}"
    lines = [titles + f"{'peer CPU ms':>13}{'peer wall':>11}{'ratio':>9}{'goal':>6}"]
    kernels = list(dict.fromkeys(row.kernel for row in rows))
    for row in sorted(rows, key=lambda row: kernels.index(row.kernel)):
        ours, peer = row.ours, row.peer
        lines.append(
            f"{row.kernel:38}{row.n_cells:9}{ours.first_s * 1e3:10.1f}{ours.cpu_s * 1e3:10.3f}"
            f"{ours.wall_s * 1e3:10.3f}{peer.cpu_s * 1e3:13.1f}{peer.wall_s * 1e3:11.1f}{row.ratio:9.2f}"
            f"{row.goal:6g}"
        )
        if "bandwidth" in row.kernel:
            rate = row.n_cells * N_SITES * 4 / 1e9
            lines.append(
                f"{'':38}read {rate / peer.spent_s:.1f} GB/s, coverage {rate / ours.spent_s:.1f} GB/s"
            )
    for kernel in kernels:
        chosen = [row for row in rows if row.kernel == kernel]
        sizes = np.log([row.n_cells for row in chosen])
        growth = [
            np.polyfit(sizes, np.log([timed.spent_s for timed in side]), 1)[0]
            for side in ([row.ours for row in chosen], [row.peer for row in chosen])
        ]
        lines.append(f"{kernel:38} grows as cells^{growth[0]:.2f}, peer as cells^{growth[1]:.2f}")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
