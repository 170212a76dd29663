"""
Benchmark: from nothing to first figures in a country of 2.3 million km², across the equator.

    python -m tests.benchmarks.bench_large_area [--folder DIR]

The outline is a country of the bundled outlines; sites, roads and people are invented and seeded. The area
is begun, filled and read, and reviewed once; wall time and the most memory are printed for each step. The
table informs; nothing fails by time.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import shapely

from footprint.method import default_method
from footprint.objectives import load_objectives
from footprint.prepared import prepare
from footprint.review import review
from footprint.scenario import Scenario
from layers import load_area
from layers.countries import country_units, find_country, read_countries, whole
from tests.edge_worlds import CATALOGUES, begin_units, fill, populate

COUNTRY = "COD"
STEP = 1 / 120
"""Side of a cell of the population raster [degrees], about 1 km."""

N_SITES = 60
N_TOWNS = 3_000
"""Ends of roads."""


@contextmanager
def step(name: str) -> Iterator[None]:
    """Print what a step took, and the most memory so far."""
    begun = time.perf_counter()
    yield
    most_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(f"{name:<28}{time.perf_counter() - begun:8.1f} s{most_mb:10.0f} MB\n")


def main() -> None:
    """Make the area, read it and review it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, help="where to make it; else a temporary folder")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = (asked.folder or Path(temporary)) / "large"
        with step("begin and fill"):
            make(folder)
        with step("read"):
            area = load_area(folder)
        with step("prepare"):
            prepared = prepare(area, default_method(), load_objectives(folder))
        with step("first figures"):
            result = review(prepared, Scenario("today"), prepared.router())
        people = float(np.nansum(area.population.people))
        sys.stdout.write(
            f"{area.grid.n_cells} cells of {area.grid.cell_m / 1000:g} km, {len(area.roads)} roads, "
            f"{people:.0f} people, {len(result.stations)} stations\n"
        )


def make(folder: Path) -> None:
    """Make the area folder."""
    outlines = CATALOGUES.parent / "outlines"
    units = country_units(outlines, find_country(read_countries(outlines), COUNTRY))
    begin_units(folder, units)
    outline = whole(units)
    west, south, east, north = outline.bounds
    draw = np.random.default_rng(7)
    points = draw.uniform((west, south), (east, north), (3 * N_TOWNS, 2)).round(4)
    towns = points[shapely.contains_xy(outline, points)][:N_TOWNS]
    tree = shapely.STRtree(shapely.points(towns))
    roads = []
    for at, town in enumerate(towns):
        near = tree.query(shapely.Point(town).buffer(0.6))
        nearest = sorted(near, key=lambda other: float(np.hypot(*(towns[other] - town))))[1:3]
        roads += [[[tuple(town), tuple(towns[other])]] for other in nearest if other > at]
    fill(folder, {f"site{n}": tuple(towns[n * len(towns) // N_SITES]) for n in range(N_SITES)}, roads)
    shape = int((north - south) / STEP) + 1, int((east - west) / STEP) + 1
    populate(folder, draw.gamma(0.2, 60.0, shape).astype(np.float32), west, north, STEP)


if __name__ == "__main__":
    main()
