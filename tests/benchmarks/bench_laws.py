"""
Laws swept completely, and convergence: what the method must do on any area, shown on whole ones.

    python -m tests.benchmarks.bench_laws [--quick] [AREA ...]

Closes, repairs and rates every road of the bundled case, and of each area folder named; closing may raise
nothing in any cell, month and footprint, repairing may lower nothing. Then the same area is reckoned
with cells of 10, 5 and 2.5 km: Force and Mission of regions of at least fifty cells are to differ by
less than 1.5 points. The tables inform; nothing fails.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

import numpy as np

from footprint.cli.paths import bundled_case
from footprint.indicators.units import Level
from footprint.method import default_method
from footprint.objectives import load_objectives
from footprint.prepared import Prepared, prepare
from footprint.review import Review, review
from footprint.scenario import CloseRoad, RepairRoad, Scenario
from layers import load_area
from tests.benchmarks.timing import print_table

ROUNDING = 1e-6
SIZES_KM = (10, 5, 2.5)
LEAST_CELLS = 50
POINTS = 1.5


def made_ready(folder: Path) -> Prepared:
    """Return an area folder made ready under the shipped method."""
    return prepare(load_area(folder), default_method(), load_objectives(folder))


def rises(lower: Review, upper: Review) -> list[str]:
    """Return which footprints are anywhere higher in `lower` than in `upper`."""
    pairs = {
        "F": (lower.delivery.force, upper.delivery.force),
        "FG": (lower.delivery.force_ground, upper.delivery.force_ground),
        **{f"B{n + 1}": (lower.delivery.tiers[n], upper.delivery.tiers[n]) for n in range(3)},
    }
    return [name for name, (low, high) in pairs.items() if np.any(low > high + ROUNDING)]


def sweep(folder: Path, *, step: int) -> list[object]:
    """Close and repair every road (or every `step`-th), and count the breaches."""
    prepared = made_ready(folder)
    router = prepared.router()
    today = review(prepared, Scenario("today"), router)
    closed, repaired, roads = [], [], list(prepared.area.roads.index[::step])
    for road_id in roads:
        shut = review(prepared, Scenario("shut", (CloseRoad(road_id),)), router)
        mended = review(prepared, Scenario("mended", (RepairRoad(road_id),)), router)
        closed += [f"{road_id}: {name}" for name in rises(shut, today)]
        repaired += [f"{road_id}: {name}" for name in rises(today, mended)]
    return [
        prepared.area.area_id,
        len(roads),
        len(closed),
        len(repaired),
        ", ".join((*closed, *repaired)[:5]),
    ]


def converged(folder: Path) -> list[list[object]]:
    """Return Force and Mission of every region with each size of cells, means of the year."""
    by_size = {}
    for size_km in SIZES_KM:
        with tempfile.TemporaryDirectory() as place:
            copy = Path(place) / folder.name
            shutil.copytree(folder, copy)
            toml = copy / "area.toml"
            lines = toml.read_text(encoding="utf-8").splitlines()
            lines = [f"cell_km = {size_km}" if line.startswith("cell_km") else line for line in lines]
            toml.write_text("\n".join(lines) + "\n", encoding="utf-8")
            prepared = made_ready(copy)
            figures = review(prepared, Scenario("today")).at_least
        rows = figures[figures["level"].isin([Level.AREA, Level.REGION])]
        by_size[size_km] = rows.groupby(["level", "unit_id"], sort=False)[["FF", "MF"]].mean() * 100
        cells = dict(zip(prepared.regions.unit_ids, prepared.regions.shares.sum(axis=1), strict=True))
    table = []
    for level, unit_id in by_size[SIZES_KM[0]].index:
        # Cells of the finest grid, sixteen to one of the coarsest.
        small = level == Level.REGION and cells[unit_id] / 16 < LEAST_CELLS
        for name in ("FF", "MF"):
            values = [float(by_size[size].at[(level, unit_id), name]) for size in SIZES_KM]
            apart = max(values) - min(values)
            words = "small" if small else ("" if apart < POINTS else "APART")
            table.append([f"{unit_id} {name}", *values, apart, words])
    return table


def main() -> None:
    """Sweep and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[1])
    parser.add_argument("areas", nargs="*", type=Path, help="area folders besides the bundled case")
    parser.add_argument("--quick", action="store_true", help="every tenth road, and no other sizes of cells")
    asked = parser.parse_args()
    folders = [bundled_case(), *asked.areas]
    heads = ["area", "roads", "closing raised", "repairing lowered", "first breaches"]
    print_table(
        "Every road, closed and repaired",
        heads,
        [sweep(each, step=10 if asked.quick else 1) for each in folders],
    )
    if not asked.quick:
        for folder in folders:
            heads = ["unit", *(f"{size} km" for size in SIZES_KM), "apart", ""]
            print_table(f"Points of need by size of cells: {folder.name}", heads, converged(folder))


if __name__ == "__main__":
    main()
