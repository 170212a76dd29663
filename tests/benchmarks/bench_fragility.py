"""
Benchmark: what an answer hangs on, every piece left out, against two reviews a piece.

    python -m tests.benchmarks.bench_fragility [--quick] [AREA ...]

The bundled case, and each area folder named: sites, assets, roads, bridges, ferries, and every flag and month-cut
that can be left out, with searches made anew each time. A sample of changes of sites and assets is compared with reviews
before anything is timed. Beside it every choice among the sites: all shares, means and losses at once. The
table informs; nothing fails by time. Wanted: the bundled case in 10 s of two idle cores.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

import numpy as np

from footprint.cli.paths import bundled_case
from footprint.coverage.contributions import OPEN_SHARE, all_choices
from footprint.evidence.fragility import Fragility, Piece, fragility
from footprint.indicators.units import Level
from footprint.method import default_method
from footprint.objectives import load_objectives
from footprint.prepared import Prepared, prepare
from footprint.review import Review, review
from footprint.scenario import CloseRoad, CloseSite, Scenario
from layers import load_area
from tests.benchmarks.timing import interleaved, print_table

CLOSE = 1e-9
TODAY = Scenario("today")
WANTED_S = 10.0
REVIEWED = 5


def _mean(answer: Review) -> float:
    rows = answer.at_least
    return float(rows.loc[rows["level"] == Level.AREA, "MF"].mean())


def _check(prepared: Prepared, found: Fragility) -> float:
    """Return the largest difference of a site's change from that of two reviews."""
    router = prepared.router()
    before = _mean(review(prepared, TODAY, router))
    worst = 0.0
    for row in [each for each in found.left_out if each.piece is Piece.SITE][:REVIEWED]:
        change = _mean(review(prepared, TODAY.then(CloseSite(row.of)), router)) - before
        worst = max(worst, abs(change - row.mission))
    if worst > CLOSE:
        raise ValueError(f"a change differs from that of two reviews by {worst:g}")
    return worst


def _row(folder: Path, runs: int) -> list[object]:
    prepared = prepare(load_area(folder), default_method(), load_objectives(folder))
    found = fragility(prepared, TODAY, prepared.router())
    worst = _check(prepared, found)
    road_ids = [each.of for each in found.left_out if each.piece is Piece.ROAD][:REVIEWED]
    timed = interleaved(
        {
            "fragility": lambda: fragility(prepared, TODAY, prepared.router()),
            "reviews": lambda: _reviews(prepared, road_ids),
            "choices": lambda: _choices(prepared),
        },
        runs,
    )
    kinds = Counter(each.piece for each in found.left_out)
    flags = sum(kinds.values()) - sum(kinds[each] for each in (Piece.SITE, Piece.ASSET, *_ROADS))
    pieces, each_s = len(found.left_out), timed["reviews"].cpu_s / max(len(road_ids), 1)
    return [
        prepared.area.area_id,
        pieces,
        flags,
        timed["fragility"].wall_s,
        timed["fragility"].cpu_s,
        pieces * each_s / timed["fragility"].cpu_s,
        timed["choices"].cpu_s,
        worst,
        "yes" if timed["fragility"].wall_s <= WANTED_S else "no",
    ]


_ROADS = (Piece.ROAD, Piece.BRIDGE, Piece.FERRY)


def _reviews(prepared: Prepared, road_ids: list[str]) -> None:
    for road_id in road_ids:
        review(prepared, TODAY.then(CloseRoad(road_id)), prepared.router())


def _choices(prepared: Prepared) -> None:
    router = prepared.router()
    answer = review(prepared, TODAY, router)
    games = all_choices(prepared, router, answer.stations, answer.laydown.roads)
    games.shapley()
    games.without_each()
    games.expected(np.full(len(answer.stations), OPEN_SHARE))


def main() -> None:
    """Check, time, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer runs")
    parser.add_argument("areas", nargs="*", type=Path)
    asked = parser.parse_args()
    folders = [bundled_case(), *asked.areas]
    rows = [_row(folder, 1 if asked.quick else 5) for folder in folders]
    columns = (
        "area",
        "pieces",
        "of these flags",
        "elapsed [s]",
        "CPU [s]",
        "times a review each",
        "all choices CPU [s]",
        "largest difference",
        "within 10 s",
    )
    print_table("What an answer hangs on, all left out one at a time, searches anew", columns, rows)


if __name__ == "__main__":
    main()
