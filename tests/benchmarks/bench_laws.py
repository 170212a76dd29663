"""
Laws swept completely, and convergence: what the method must do on any area, shown on whole ones.

    python -m tests.benchmarks.bench_laws [--quick] [AREA ...]

Closes, repairs and rates every road of the bundled case, and of each area folder named; closing may raise
nothing in any cell, month and footprint, repairing may lower nothing. Then the same area is reckoned
with cells of 10, 5 and 2.5 km, and each of these moved by half a cell: Force and Mission of regions of
at least fifty cells are to differ by less than 1.5 points in every month. The tables inform; nothing fails.
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
    """
    Return how far Force and Mission of the area and every region move with the cells.

    With each size, and with the cells moved by half a side: means of the year with each, and the most
    that any two of them lie apart in any one month.
    """
    found, n_cells = {}, {}
    for size_km in SIZES_KM:
        for moved_km in (0.0, size_km / 2):
            prepared = with_cells(folder, size_km, moved_km)
            figures = review(prepared, Scenario("today")).at_least
            rows = figures[figures["level"].isin([Level.AREA, Level.REGION])]
            name = f"{size_km:g} km" + (" moved" if moved_km else "")
            found[name] = rows.set_index(["level", "unit_id", "month"])[["FF", "MF"]] * 100
            n_cells = dict(zip(prepared.regions.unit_ids, prepared.regions.land.sum(axis=1), strict=True))
    table = []
    for level, unit_id in next(iter(found.values())).groupby(level=["level", "unit_id"], sort=False).groups:
        # Cells of the finest grid, sixteen to one of the coarsest.
        small = level == Level.REGION and n_cells[unit_id] / 16 < LEAST_CELLS
        for figure in ("FF", "MF"):
            months = np.stack([each.loc[(level, unit_id), figure].to_numpy() for each in found.values()])
            apart = float(np.ptp(months, axis=0).max())
            fine = float(np.ptp(months[2:], axis=0).max())
            words = "small" if small else ("" if apart < POINTS else "APART")
            table.append([f"{unit_id} {figure}", *months.mean(axis=1).tolist(), apart, fine, words])
    return table


def with_cells(folder: Path, size_km: float, moved_km: float) -> Prepared:
    """Return an area made ready with cells of a size, their corners moved that far east and north."""
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / folder.name
        shutil.copytree(folder, copy)
        toml = copy / "area.toml"
        lines = toml.read_text(encoding="utf-8").splitlines()
        lines = [f"cell_km = {size_km}" if line.startswith("cell_km") else line for line in lines]
        east_m = f" +x_0={1000 * moved_km:g} +y_0={1000 * moved_km:g} +datum"
        lines = [line.replace(" +datum", east_m) if line.startswith("crs") else line for line in lines]
        toml.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return made_ready(copy)


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
            heads = ["unit", *(f"{size:g} km{moved}" for size in SIZES_KM for moved in ("", " moved"))]
            heads += ["apart", "up to 5 km", ""]
            print_table(f"Points of need by size of cells: {folder.name}", heads, converged(folder))


if __name__ == "__main__":
    main()
