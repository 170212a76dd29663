"""
Benchmark: answers about places, held against reviews of the whole area, and how long they take.

    python -m tests.benchmarks.bench_places [--quick]

On the bundled case and, where FOOTPRINT_REAL_DATA names the provider files, on the real one, each as it
stands and under changes of many kinds: a thousand cells and months drawn at random agree with the
review, a hundred of the additions that would close Force or a tier do so when they are applied, and
nothing smaller does. It stops at the first disagreement. Then single questions are timed at random
cells over warm searches. Wanted: who comes in at most 30 ms, what would close it in at most 150 ms more.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np

from footprint.place.closing import Closing, Open, closing, closings
from footprint.place.explain import Place
from layers.assemble import assemble
from tests.benchmarks.timing import print_table
from tests.footprint.place.asked import ROUNDING, Case, changes_of_many_kinds, faults, real_case, smaller
from tests.worlds import CATALOGUES, bundled_prepared

ALL_YEAR = tuple(range(1, 13))
PLACES, APPLIED, TRIED, GIVEN, TIMED = 1000, 100, 100, 10, 20
WANTED_MS = {"who comes": 30.0, "what would close it": 150.0}


def main() -> None:
    """Check, time, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a tenth of everything")
    share = 0.1 if parser.parse_args().quick else 1.0
    checked, timed = [], []
    with tempfile.TemporaryDirectory() as folder:
        for name, case in _cases(Path(folder)):
            checked.append((name, *_check(case, share)))
            timed += [(f"{name}: {row[0]}", *row[1:]) for row in _time(case)]
    columns = ("case", "places", "closings", "applied", "smaller tried", "given", "CPU [s]")
    print_table("Answers that agree with reviews of the whole area", columns, checked)
    columns = ("question", "median [ms]", "90 % [ms]", "most [ms]", "wanted [ms]", "as wanted")
    print_table(f"One question over warm searches, {TIMED} random cells and months", columns, timed)


def _cases(folder: Path) -> Iterator[tuple[str, Case]]:
    """Yield each case as it stands, and under changes."""
    source, cases = os.environ.get("FOOTPRINT_REAL_DATA", ""), {"bundled": bundled_prepared()}
    if source:
        assemble(Path(source), folder / "area", catalogues=CATALOGUES, frame_date=date(2019, 6, 30))
        cases["real"] = real_case(folder / "area")
    for name, prepared in cases.items():
        for how, changes in (("today", ()), ("changed", changes_of_many_kinds(prepared))):
            yield f"{name}, {how}", Case.of(prepared, changes)


def _check(case: Case, share: float) -> tuple[int, int, int, int, int, float]:
    """Stop at the first disagreement; else return how much was held against reviews."""
    begun, draw = time.process_time(), np.random.default_rng(3)
    places = [case.explained(*where) for where in case.drawn(int(PLACES * share), ALL_YEAR)]
    for place in places:
        for fault in faults(case, place):
            sys.exit(fault)
    asked = [
        (place, each)
        for place in places
        for each in closings(case.prepared, case.router, case.result, place)
        if each.open is not Open.REACHED
    ]
    sys.stdout.write(f"{_sorts(asked)}\n")
    asked = [asked[at] for at in draw.permutation(len(asked))]
    named = [(place, found) for place, found in asked if found.addition is not None]
    applied = [_applied(case, place, found) for place, found in named[: int(APPLIED * share)]]
    tried = [_tried(case, place, found, draw) for place, found in asked[: int(TRIED * share)]]
    given = 0
    for place, found in named:
        if given < GIVEN * share:
            given += _given(case, place, found)
    spent_s = time.process_time() - begun
    return len(places), len(asked), len(applied), sum(tried), given, spent_s


def _sorts(asked: Sequence[tuple[Place, Closing]]) -> str:
    """Count what would close it, and why nothing would."""
    sorts = Counter(
        found.open or (found.addition and f"{found.addition.count} {found.addition.kind}")
        for _, found in asked
    )
    return ", ".join(f"{sort}: {count}" for sort, count in sorts.most_common())


def _applied(case: Case, place: Place, found: Closing) -> None:
    if found.addition is None:
        raise ValueError(f"nothing closes {found}")
    level = case.level_with(place, found.bundle_id, found.addition)
    if level < case.threshold or abs(level - found.addition.level) > ROUNDING:
        sys.exit(f"{place.spotted}, month {place.month}: {found} comes to {level}")


def _tried(case: Case, place: Place, found: Closing, draw: np.random.Generator) -> int:
    """Apply something smaller, if there is any."""
    less = smaller(case, place, found)
    if not less:
        return 0
    addition = less[int(draw.integers(len(less)))]
    level = case.level_with(place, found.bundle_id, addition)
    if level >= case.threshold:
        sys.exit(f"{place.spotted}, month {place.month}: {addition} comes to {level}, before {found}")
    return 1


def _given(case: Case, place: Place, found: Closing) -> int:
    """Apply what a donor gives, if any can."""
    assets = case.result.laydown.assets
    if found.addition is None:
        return 0
    holders = assets.loc[assets["kind"] == found.addition.kind, "site_id"]
    donors = [str(own) for own in holders if own != found.addition.site_id]
    if not donors:
        return 0
    bundle = next(each for each in (place.force, *place.tiers) if each.bundle_id == found.bundle_id)
    given = closing(case.prepared, case.router, case.result, place, bundle, donor=donors[-1])
    if given.addition is None:
        return 0
    _applied(case, place, given)
    return 1


def _time(case: Case) -> list[tuple[object, ...]]:
    """Return how long single questions take, at cells where they were not asked before."""
    spent: dict[str, list[float]] = {name: [] for name in WANTED_MS}
    asked = case.drawn(10 * TIMED, ALL_YEAR)
    for where in (asked[at] for at in np.random.default_rng(5).permutation(len(asked))[:TIMED]):
        begun = time.perf_counter()
        place = case.explained(*where)
        explained = time.perf_counter()
        closings(case.prepared, case.router, case.result, place)
        spent["who comes"].append(explained - begun)
        spent["what would close it"].append(time.perf_counter() - explained)
    rows = []
    for name, seconds in spent.items():
        took_ms = 1000 * np.array(seconds)
        fine = "yes" if np.median(took_ms) <= WANTED_MS[name] else "no"
        rows.append(
            (name, *(float(np.quantile(took_ms, at)) for at in (0.5, 0.9, 1.0)), WANTED_MS[name], fine)
        )
    return rows


if __name__ == "__main__":
    main()
