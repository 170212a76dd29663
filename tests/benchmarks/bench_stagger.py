"""
Benchmark: staggering on the bundled case with its gap, and random worlds against every choice of stays.

    python -m tests.benchmarks.bench_stagger [--quick]

Units are integrated bases, or helicopters with surgery, which have to be valued together wherever they are.
The table informs; nothing fails by time. Wanted: a gap of 1 % of what is added for 3 units in 30 s. Every
answer in a random world must be the best there is.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from time import perf_counter, process_time

from footprint.options.solve import SearchEffort
from footprint.options.stagger import candidate_places, package_assets, stagger, suggested_places
from footprint.options.stagger_months import MonthValues
from footprint.options.stagger_question import usual_staggering
from footprint.options.stagger_sets import n_sets
from footprint.options.stagger_stays import Stays
from tests.benchmarks.timing import print_table
from tests.stagger_worlds import best_by_enumeration, random_world
from tests.worlds import bundled_prepared, router_of

CLOSE = 1e-7
N_PLACES = 24
ASKED = (
    ("integrated_base", 1),
    ("integrated_base", 2),
    ("integrated_base", 3),
    ("integrated_base", 5),
    ("integrated_base", 8),
    ("air_medical", 3),
)


def _row(package: str, units: int) -> tuple[object, ...]:
    prepared, router = bundled_prepared(), router_of(bundled_prepared())
    asked = usual_staggering(
        prepared.method.options,
        units=units,
        assets=package_assets(prepared.method, package),
        places=candidate_places(prepared, N_PLACES),
    )
    cpu_s = process_time()
    asked = replace(asked, places=suggested_places(prepared, router, asked, N_PLACES))
    places_s = process_time() - cpu_s
    values = MonthValues(prepared, router, asked)
    cpu_s, wall_s = process_time(), perf_counter()
    found = stagger(prepared, router, asked, SearchEffort(30.0, 0.0))
    return (
        package,
        units,
        len(Stays.of(asked, values.usable)),
        n_sets(values, units),
        places_s,
        process_time() - cpu_s,
        perf_counter() - wall_s,
        100 * found.added,
        100 * found.gap,
    )


def _worst_of_worlds(number: int) -> float:
    """Return the largest difference of an answer from the best of every choice of stays."""
    worst = 0.0
    for seed in range(number):
        prepared, asked = random_world(seed)
        found = stagger(prepared, prepared.router(), asked, SearchEffort(60.0, 0.0))
        worst = max(worst, abs(found.raised[1] - best_by_enumeration(prepared, asked, found.usable)))
    if worst > CLOSE:
        raise ValueError(f"an answer differs from the best there is by {worst:g}")
    return worst


def main() -> None:
    """Check, time, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer questions and worlds")
    quick = parser.parse_args().quick
    columns = ("package", "units", "stays", "sets", "places CPU [s]", "CPU [s]", "elapsed [s]",
               "added [points]", "gap [%]")  # fmt: skip
    rows = [_row(*each) for each in (ASKED[2:3] if quick else ASKED)]
    print_table(f"Staggering, bundled case, {N_PLACES} places, 30 s at most", columns, rows)
    worlds = 30 if quick else 300
    print_table("Random worlds", ("worlds", "largest difference"), [(worlds, _worst_of_worlds(worlds))])


if __name__ == "__main__":
    main()
