"""
Benchmark: a country's roads from an OpenStreetMap extract to the network that searches run on.

    python -m tests.benchmarks.bench_roads [--quick]

A country that does not exist is written as `.osm.pbf`, looked at in the process apart, read, made into a network and
joined to cells; times and peak memory of each step, each in a process of its own, are printed. Then the laws: in
every tiny world, and from thirty junctions of the country, distances are those of the ways as drawn.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import CRS
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra
from shapely import box

from footprint.travel.network import build_network
from layers.assemble.chains import GRID_M
from layers.assemble.drawn import drawn_network
from layers.conform import no_rows
from layers.foreign.assess import written_rows
from layers.foreign.child import rows_file
from layers.foreign.isolation import looked_at
from layers.formats.osm_roads import read_osm_roads
from layers.grid import make_grid
from layers.months import months_mask
from layers.projection import projected
from layers.waters import FloodZones, Lakes, Rivers
from tests.benchmarks.osm_country import Country
from tests.layers.test_drawn import agrees, bent, tiny_worlds, ways

SIZES = (100_000, 1_300_000)
QUICK_SIZES = (10_000,)
STARTS = 30
AGREED_M = 0.001
"""What adding up in another order may come to [m]; vertices are on the grid of a centimetre in both."""
METRES = CRS("+proj=laea +lat_0=8 +lon_0=23 +datum=WGS84 +units=m +no_defs")
FRAME = date(2019, 6, 30)
HOUSES = 4.0
STREETS = ("residential", "service", "path")
"""Classes that may be left out where a network is too heavy."""


def extract(folder: Path, size: int) -> None:
    """Write the country."""
    country = Country(size, houses_each=HOUSES)
    country.write(folder / "country.osm.pbf")
    (folder / "bounds.txt").write_text(" ".join(map(str, country.bounds)), encoding="ascii")
    print(f"{country.road_nodes:,} nodes on roads of {len(country.places):,}", end="; ")


def look(folder: Path, _: int) -> None:
    """Look at it in the process apart, and keep its rows as a GeoPackage."""
    with looked_at(folder / "country.osm.pbf") as looked:
        sheet = looked.seen.sheets[0]
        rows = list(written_rows(looked._folder / rows_file(0)))
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
    print(f"{sheet.read:,} roads read, process apart {child:,.0f} MB", end="; ")
    frame = pd.DataFrame([row.cells for row in rows], columns=[each.name for each in sheet.columns])
    shapes = shapely.from_wkb([row.shape for row in rows])
    gpd.GeoDataFrame(frame, geometry=shapes, crs="EPSG:4326").to_file(folder / "roads.gpkg")


def outline(folder: Path) -> shapely.Geometry:
    """Return the country's outline [m]."""
    sides = [float(side) for side in (folder / "bounds.txt").read_text(encoding="ascii").split()]
    return projected(gpd.GeoDataFrame(geometry=[box(*sides)], crs="EPSG:4326"), METRES).geometry.iloc[0]


def network(folder: Path, _: int, leave_out: tuple[str, ...] = (), name: str = "network") -> None:
    """Read the GeoPackage and make the network."""
    started = time.perf_counter()
    reading = read_osm_roads(folder / "roads.gpkg", FRAME, METRES, leave_out=leave_out)
    read_s = time.perf_counter() - started
    made = drawn_network(projected(reading.shapes, METRES), outline(folder), 5000)
    print(f"{len(reading.frame):,} ways, read in {read_s:.1f} s; {len(made.roads):,} roads", end="; ")
    made.roads.to_parquet(folder / f"{name}.parquet")


def main_roads(folder: Path, size: int) -> None:
    """Make the network without streets."""
    network(folder, size, STREETS, "main")


def travel(folder: Path, _: int, name: str = "network") -> None:
    """Join the network to cells of 5 km, as a review does."""
    roads = gpd.read_parquet(folder / f"{name}.parquet").set_index("road_id")
    roads["closed_months"] = roads["closed_months"].map(months_mask)
    grid = make_grid(outline(folder), METRES, cell_m=5000)
    waters = [no_rows(schema, METRES) for schema in (Rivers, Lakes, FloodZones)]
    made = build_network(grid, roads, *waters, rains_months=0)
    print(f"{grid.n_cells:,} cells, {made.n_nodes:,} nodes, {len(made.indices):,} arcs", end="; ")


def travel_main(folder: Path, size: int) -> None:
    """Join the network without streets to cells."""
    travel(folder, size, "main")


def distances(folder: Path, _: int) -> None:
    """Hold distances from some junctions against those over every vertex of the ways as drawn."""
    made = gpd.read_parquet(folder / "network.parquet")
    reading = read_osm_roads(folder / "roads.gpkg", FRAME, METRES)
    drawn = projected(reading.shapes, METRES).geometry.to_numpy()
    xy, way = shapely.get_coordinates(drawn, return_index=True)
    xy = np.round(xy / GRID_M) * GRID_M
    own = (way[1:] == way[:-1]).nonzero()[0]
    before, nodes = _graph(xy[own], xy[own + 1])
    ends = [shapely.get_coordinates(shapely.get_point(made.geometry.to_numpy(), at)) for at in (0, -1)]
    after, junctions = _graph(*ends, made["length_km"].to_numpy() * 1000)
    starts = np.linspace(0, len(junctions) - 1, STARTS).astype(int)
    there = np.searchsorted(nodes, junctions)
    far = dijkstra(before, directed=False, indices=there[starts])[:, there]
    near = dijkstra(after, directed=False, indices=starts)
    both = np.isfinite(far)
    print(
        f"farthest apart {np.abs(far[both] - near[both]).max():.4f} m of {far[both].max() / 1000:,.0f} km",
        end="; ",
    )
    print(f"joined anew {int((np.isfinite(near) & ~both).sum())}", end="; ")
    assert (near[both] <= far[both] + AGREED_M).all()


def _graph(
    tail: np.ndarray, head: np.ndarray, long_m: np.ndarray | None = None
) -> tuple[csr_matrix, np.ndarray]:
    """Return a graph of lines between points [m], the shorter of two alike, and its nodes as numbers."""
    keys = [np.round(each / GRID_M).astype(np.int64) @ np.array([1 << 32, 1]) for each in (tail, head)]
    nodes, number = np.unique(np.concatenate(keys), return_inverse=True)
    a, b = np.split(number, 2)
    long_m = np.hypot(*(head - tail).T) if long_m is None else long_m
    rows = pd.DataFrame({"a": np.minimum(a, b), "b": np.maximum(a, b), "m": long_m})
    rows = rows[rows["a"] != rows["b"]].groupby(["a", "b"])["m"].min().reset_index()
    shape = (len(nodes), len(nodes))
    return csr_matrix((rows["m"], (rows["a"], rows["b"])), shape=shape), nodes


def laws(_: Path, __: int) -> None:
    """Go through all tiny worlds."""
    worlds = [world for world in tiny_worlds() if world]
    for world in worlds:
        agrees(ways(*[(bent(street), {"road_class": kind}) for street, kind in world]))
    print(f"{len(worlds):,} tiny worlds agree", end="; ")


STEPS = {
    each.__name__: each for each in (extract, look, network, distances, travel, main_roads, travel_main, laws)
}


def main() -> int:
    """Run every step of every size in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--step", nargs=3, metavar=("NAME", "FOLDER", "SIZE"))
    asked = parser.parse_args()
    if asked.step:
        name, folder, size = asked.step
        started = time.perf_counter()
        STEPS[name](Path(folder), int(size))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
        print(f"{time.perf_counter() - started:.1f} s, {peak:,.0f} MB")
        return 0
    codes = [0]
    for size in QUICK_SIZES if asked.quick else SIZES:
        with tempfile.TemporaryDirectory() as folder:
            for name in STEPS:
                if name == "laws" and (asked.quick or size != SIZES[0]):
                    continue
                print(f"{size:>9,} {name:12}", end=" ", flush=True)
                command = [
                    sys.executable,
                    "-m",
                    "tests.benchmarks.bench_roads",
                    "--step",
                    name,
                    folder,
                    str(size),
                ]
                codes.append(subprocess.run(command, check=False).returncode)
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
