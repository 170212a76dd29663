"""
Benchmark: how sure ten plans are by the common draws, against reviewing each of them under each draw.

    python -m tests.benchmarks.bench_draws [--quick]

The bundled case: "do nothing" and nine plans, the method's draws. First a few draws are held against reviews
under their numbers, where a method can be edited in all that is drawn. The review of a plan under a draw is
timed on a few and multiplied. Then the cells are moved by half a side, and what the plans differ from
today by is held against what they differed by before: `uncertainty.cells_share`. The tables inform; nothing
fails by time. Wanted: ten plans in 20 s.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from time import perf_counter, process_time

import numpy as np
import pandas as pd

from footprint.cli.paths import bundled_case
from footprint.indicators.indicator import Indicator
from footprint.indicators.periods import by_period
from footprint.indicators.units import Level
from footprint.method import DrawnName
from footprint.prepared import Prepared, prepare
from footprint.review import review
from footprint.scenario import AddAssets, CloseSite, OpenSite, Scenario
from footprint.uncertainty import FIGURES, Sureness, sureness
from tests.benchmarks.bench_laws import with_cells
from tests.benchmarks.timing import print_table
from tests.worlds import bundled_prepared, router_of

CLOSE, WANTED_S = 1e-6, 20
PLACES = {
    "koro": (-3.08, 14.07),
    "bankass": (-3.52, 14.07),
    "niono": (-5.99, 14.25),
    "youwarou": (-4.26, 15.37),
    "niafunke": (-3.99, 15.93),
}


def plans() -> dict[str, Scenario]:
    """Return "do nothing", three closures, five integrated bases and one company."""
    whole = dict(bundled_prepared().method.packages["integrated_base"].assets)
    found = {"today": Scenario("today")}
    found |= {f"close {site}": Scenario(site, (CloseSite(site),)) for site in ("diabaly", "ber", "menaka")}
    found |= {f"base {name}": opened(name, at, whole) for name, at in PLACES.items()}
    return found | {"company bandiagara": opened("bandiagara", (-3.61, 14.35), {"infantry_company": 1})}


def opened(name: str, at: tuple[float, float], assets: Mapping[str, int]) -> Scenario:
    """Return a new base."""
    return Scenario(
        name, (OpenSite(name, name, *at), *(AddAssets(name, kind, count) for kind, count in assets.items()))
    )


def under(prepared: Prepared, changes: Mapping[str, float]) -> Prepared:
    """Return an area made ready under other numbers, its pull of thin data not estimated anew."""
    pull = prepared.demand.kappa.thousand
    ends = {f"demand.shrinkage_{end}_thousand": pull for end in ("low", "high")}
    method = prepared.method.edited({**changes, **ends})
    return prepare(prepared.area, method, prepared.objectives, network=prepared.network)


def checked(prepared: Prepared, asked: Mapping[str, Scenario], n_draws: int) -> tuple[float, float]:
    """Return the largest difference from reviews under some draws, and the CPU time of one review so [s]."""
    still = (DrawnName.TIME, DrawnName.TIER_WEIGHT, DrawnName.LOCATION)
    ends = {
        f"drawn.{name}.{end}": prepared.method.drawn[name].centre for name in still for end in ("low", "high")
    }
    held = prepare(prepared.area, prepared.method.edited(ends), prepared.objectives, network=prepared.network)
    drawn, worst, began = sureness(held, router_of(prepared), asked), 0.0, process_time()
    for at in range(n_draws):
        own = under(held, drawn.draws.draw(at).changes(held.method))
        router = own.router()
        for number, scenario in enumerate(asked.values()):
            rows = by_period(review(own, scenario, router).at_least, FIGURES, own.area.seasons)
            rows = rows[rows["level"] != Level.DISTRICT][["mean", "worst"]].to_numpy()
            apart = np.abs(rows.reshape(-1, len(FIGURES), 2) - drawn.by_draw[at, number])
            worst = max(worst, float(np.nanmax(apart)))
    if worst > CLOSE:
        raise ValueError(f"a draw differs from its review by {worst:g}")
    return worst, (process_time() - began) / n_draws / len(asked)


def by_cells(moved_km: float, asked: Mapping[str, Scenario]) -> pd.DataFrame:
    """Return what every plan differs from today by, with the cells moved [share of need]."""
    prepared = with_cells(bundled_case(), 5, moved_km)
    router, frames = prepared.router(), {}
    for name, scenario in asked.items():
        rows = by_period(review(prepared, scenario, router).at_least, FIGURES, prepared.area.seasons)
        rows = rows[rows["level"] != Level.DISTRICT]
        frames[name] = rows.set_index(["level", "unit_id", "measure"])[["mean", "worst"]].stack()
    whole = pd.DataFrame(frames)
    return whole.drop(columns="today").sub(whole["today"], axis=0)


def cells_table(asked: Mapping[str, Scenario]) -> list[list[object]]:
    """Return how far differences from today move with the cells, the most of all plans [points]."""
    before, after = (by_cells(moved_km, asked) for moved_km in (0.0, 2.5))
    moved = (after - before).abs().max(axis=1) * 100
    is_area = moved.index.get_level_values("level") == Level.AREA
    is_force = moved.index.get_level_values("measure") == Indicator.FORCE
    stated = bundled_prepared().method.uncertainty.cells_share
    return [
        [f"{part} {figure}", float(moved[here & kind].max()), 100 * stated[f"{part}_{figure}"]]
        for part, here in (("area", is_area), ("part", ~is_area))
        for figure, kind in (("force", is_force), ("mission", ~is_force))
    ]


def main() -> None:
    """Check, time, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="one draw held against reviews; cells stay")
    quick = parser.parse_args().quick
    prepared, asked = bundled_prepared(), plans()
    worst, review_s = checked(prepared, asked, 1 if quick else 3)
    began, began_cpu = perf_counter(), process_time()
    drawn: Sureness = sureness(prepared, router_of(prepared), asked)
    wall_s, cpu_s = perf_counter() - began, process_time() - began_cpu
    values = len(drawn.draws) * len(asked)
    peer_s = values * review_s
    columns = (
        "draws",
        "plans",
        "wall [s]",
        "CPU [s]",
        "by reviews, CPU [s]",
        "times less",
        "worst",
        "as wanted",
    )
    row = (len(drawn.draws), len(asked), wall_s, cpu_s, peer_s, peer_s / cpu_s, worst)
    print_table("Ten plans under the common draws", columns, [(*row, "yes" if wall_s <= WANTED_S else "no")])
    if not quick:
        heads = ("difference from today", "moves with the cells [points]", "stated [points]")
        print_table("Cells moved by half a side", heads, cells_table(asked))


if __name__ == "__main__":
    main()
