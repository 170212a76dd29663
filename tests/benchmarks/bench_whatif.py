"""
Benchmark: a what-if on the bundled case against reckoning everything from scratch.

    python -m tests.benchmarks.bench_whatif [--quick] [--runs N]

Each what-if is asked at a place nobody asked about before, for all twelve months and every
capability, on a prepared area that has answered for today; from scratch means network, demand and
searches anew, from layers already read. Answers are compared before anything is timed. The
table informs; nothing fails by time. Wanted: at most 200 ms, at least twenty times as fast.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from itertools import count

import numpy as np

from footprint.prepared import prepare
from footprint.review import review as reckon
from footprint.scenario import AddAssets, Change, CloseSite, MoveSite, OpenSite, RemoveAssets, Scenario
from tests.benchmarks.timing import RUNS, Timing, interleaved, print_table
from tests.worlds import bundled_area, bundled_prepared, review

STEP_DEGREES = 0.013
SCRATCH = "from scratch"
CHECKED = ("add a base with everything", "move Douentza")
WANTED_MS, WANTED_RATIO = 200.0, 20.0
PACKAGE = (
    ("infantry_company", 1),
    ("fpu_platoon", 1),
    ("unpol_team", 1),
    ("civil_affairs_team", 1),
    ("community_liaison", 1),
    ("human_rights_team", 1),
    ("stabilisation_team", 1),
)


def _places() -> Iterator[tuple[float, float]]:
    """Yield places around Bankass, never one twice [degrees]."""
    for number in count():
        yield -3.5 + STEP_DEGREES * (number % 17), 13.7 + STEP_DEGREES * (number // 17)


def _asks() -> dict[str, Callable[[], tuple[Change, ...]]]:
    """Return what to ask, each time anew."""
    places, sites = _places(), sorted(bundled_area().sites.index)
    numbers = count(2)

    def add() -> tuple[Change, ...]:
        opened = OpenSite("new", "New", *next(places))
        return (opened, *(AddAssets("new", kind, number) for kind, number in PACKAGE))

    def strengthen() -> tuple[Change, ...]:
        number = next(numbers)
        return (AddAssets("mopti", "infantry_company", number), RemoveAssets("gao", "infantry_company", 1))

    def close() -> tuple[Change, ...]:
        return (CloseSite(sites[next(numbers) % len(sites)]),)

    return {
        "add a base with everything": add,
        "move Douentza": lambda: (MoveSite("douentza", *next(places)),),
        "close a site": close,
        "strengthen Sévaré from Gao": strengthen,
        "add a base and move Diabaly": lambda: (*add(), MoveSite("diabaly", *next(places))),
    }


def _scratch(changes: tuple[Change, ...]) -> object:
    """Return the answer with nothing kept from before."""
    known = bundled_prepared()
    fresh = prepare(known.area, known.method, known.objectives)
    return reckon(fresh, Scenario("what if", changes))


def _check(changes: tuple[Change, ...]) -> None:
    """Raise unless both ways give one answer, bit for bit."""
    quick, slow = review(bundled_prepared(), Scenario("what if", changes)), _scratch(changes)
    np.testing.assert_array_equal(quick.delivery.tiers, slow.delivery.tiers)
    np.testing.assert_array_equal(quick.delivery.force, slow.delivery.force)


def _row(name: str, quick: Timing, slow: Timing) -> tuple[object, ...]:
    ratio = slow.cpu_s / quick.cpu_s
    fine = "yes" if quick.wall_s * 1e3 < WANTED_MS and ratio >= WANTED_RATIO else "no"
    return (name, quick.cpu_s * 1e3, quick.wall_s * 1e3, slow.cpu_s * 1e3, slow.wall_s * 1e3, ratio, fine)


def main() -> None:
    """Check, time, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().splitlines()[0])
    parser.add_argument("--runs", type=int, default=RUNS, help="timed runs of each")
    parser.add_argument("--quick", action="store_true", help="three runs of each")
    options = parser.parse_args()
    runs = 3 if options.quick else options.runs
    review(bundled_prepared(), Scenario("today"))
    asks = _asks()
    for name in CHECKED:
        _check(asks[name]())
    contenders: dict[str, Callable[[], object]] = {
        name: lambda ask=ask: review(bundled_prepared(), Scenario("what if", ask()))
        for name, ask in asks.items()
    }
    timed = interleaved(contenders | {SCRATCH: lambda: _scratch(asks[CHECKED[0]]())}, runs)
    rows = [_row(name, timed[name], timed[SCRATCH]) for name in asks]
    columns = (
        "what if",
        "CPU [ms]",
        "wall [ms]",
        "scratch CPU [ms]",
        "scratch wall [ms]",
        "times faster",
        "as wanted",
    )
    print_table("What-if on the bundled case, all months and capabilities", columns, rows)


if __name__ == "__main__":
    main()
