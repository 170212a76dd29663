"""
Benchmark: the value of a portfolio of known stations against a review of the same one.

    python -m tests.benchmarks.bench_portfolios [--quick]

The bundled case, all twelve months; portfolios are random choices among its sites. Values are compared
with the reviews' before anything is timed. The table informs; nothing fails by time. Wanted: 2,000 a second
of the Mission footprint, 500 with the Force footprint, every tier and every unit.
"""

from __future__ import annotations

import argparse
from time import process_time

import numpy as np

from footprint.coverage.footprints import FORCE, TIERS
from footprint.coverage.packing import unit_months
from footprint.coverage.portfolios import Portfolios, portfolios
from footprint.coverage.station_effects import station_effects
from footprint.indicators.units import Level, Units
from footprint.scenario import CloseSite, Scenario
from tests.benchmarks.timing import interleaved, print_table
from tests.worlds import bundled_prepared, review, router_of

CLOSE = 1e-6
WANTED = {"mission, area": 2_000, "mission and force, area": 500, "all units": 500}


def _questions() -> dict[str, tuple[Units, tuple[str, ...]]]:
    prepared = bundled_prepared()
    area = Units(prepared.units.frame.iloc[:1], prepared.units.shares[:1], prepared.units.outside[:1])
    return {
        "mission, area": (area, TIERS),
        "mission and force, area": (area, (*TIERS, FORCE)),
        "all units": (prepared.units, (*TIERS, FORCE)),
    }


def _plans(n_stations: int, runs: int) -> list[list[int]]:
    draw = np.random.default_rng(2019)
    return [np.flatnonzero(draw.random(n_stations) < 0.7).tolist() for _ in range(runs)]


def _scenario(site_ids: list[str], chosen: list[int]) -> Scenario:
    return Scenario(
        "some", tuple(CloseSite(own) for number, own in enumerate(site_ids) if number not in chosen)
    )


def _check(choices: Portfolios, site_ids: list[str], plans: list[list[int]]) -> float:
    """Return the largest difference of the area's Mission footprint from the reviews'."""
    worst = 0.0
    for chosen in plans:
        rows = review(bundled_prepared(), _scenario(site_ids, chosen)).figures
        own = rows[rows["level"] == Level.AREA]["MF"].to_numpy()
        worst = max(worst, float(np.abs(choices.figures(chosen)[:3, :12].mean(axis=0) - own).max()))
    if worst > CLOSE:
        raise ValueError(f"a portfolio's value differs from its review's by {worst:g}")
    return worst


def main() -> None:
    """Check, time, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer portfolios")
    quick = parser.parse_args().quick
    prepared = bundled_prepared()
    today = review(prepared, Scenario("today"))
    site_ids = [post.site_id for post in today.stations]
    effects = station_effects(prepared, router_of(prepared), today.stations, today.laydown.roads)
    plans = _plans(len(site_ids), 100 if quick else 1_000)
    rows = []
    for name, (units, bundles) in _questions().items():
        began = process_time()
        wanted = unit_months(prepared.surfaces["blend"], units, effects.groups)
        choices = portfolios(effects, prepared.method, prepared.area.grid, dict.fromkeys(bundles, wanted))
        packed_s = process_time() - began
        worst = _check(choices, site_ids, plans[: 3 if quick else 20])
        timed = interleaved(
            {
                "portfolios": lambda choices=choices: [choices.figures(chosen) for chosen in plans],
                "reviews": lambda: [review(prepared, _scenario(site_ids, chosen)) for chosen in plans[:5]],
            },
            3 if quick else 5,
        )
        each, peer = timed["portfolios"].cpu_s / len(plans), timed["reviews"].cpu_s / 5
        n_rows = sum(len(own.group) for own in choices.rows)
        rows.append(
            (
                name,
                n_rows,
                packed_s,
                1 / each,
                1 / peer,
                peer / each,
                worst,
                "yes" if 1 / each >= WANTED[name] else "no",
            )
        )
    columns = ("figures", "rows", "packing CPU [s]", "a CPU second", "reviews a CPU second", "times faster",
               "largest difference", "as wanted")  # fmt: skip
    print_table("Value of a portfolio, bundled case, twelve months", columns, rows)


if __name__ == "__main__":
    main()
