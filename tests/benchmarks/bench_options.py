"""
Benchmark: is the best plan the best of all, how many plans are valued a second, and how close is the bound?

    python -m tests.benchmarks.bench_options [--quick] [--only worlds|speed|gap] [AREA ...]

Random worlds of a few places are solved and compared with every one of their plans by the definition
alone, and larger ones with another model in scipy's solver: a difference fails. Then the bundled case, and
each area folder named, at 60, 120 and 200 places, once more with every capability's minutes doubled, and
with fourteen posts more and money to match. Of an area whose civil teams are not known Force is raised.
Seconds are CPU seconds of one thread: others may be at work on the machine. Targets are printed beside what
was met; nothing fails by time.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from time import process_time

import numpy as np

from footprint.indicators.indicator import Indicator
from footprint.indicators.units import Level
from footprint.method import Method, default_method
from footprint.objectives import load_objectives
from footprint.options import search, solve
from footprint.options.evaluate import PlanEvaluator
from footprint.options.master import Master
from footprint.options.pack import AimFigure, Pack, pack
from footprint.options.problem import Aim, Goal, Limits, problem_of
from footprint.options.relaxation import Overestimate
from footprint.options.suggest import suggested
from footprint.prepared import Prepared, prepare
from layers import load_area
from tests.benchmarks.timing import print_table
from tests.footprint.options.milp import TooManyPatternsError, best_by_milp
from tests.footprint.options.small import CLOSE, Size, world
from tests.worlds import BUNDLED

PLACES = (60, 120, 200)
FRESH, FRESH_DOUBLED = 2_000, 1_300
"""Plans valued from scratch a second, wanted."""
SECONDS, SECONDS_HARD = 30.0, 60.0
GAP, GAP_HARD = 0.005, 0.01
MEDIUM = Size(sites=(3, 4), new=(4, 5), cells=8, most_plans=1_000_000, reach=0.35)

TEAMS = {
    "civil_affairs_team": 6,
    "community_liaison": 8,
    "human_rights_team": 6,
    "stabilisation_team": 6,
    "unpol_team": 6,
    "helicopter": 1,
    "surgery": 1,
}
"""Assets that may be had beyond those that stand; companies and police only change places."""
USUAL = Limits(one_off_usd=20e6, more_recurrent_usd=0.0, more_posts=4, more_assets=tuple(TEAMS.items()))
LARGE = replace(USUAL, one_off_usd=40e6, more_recurrent_usd=14e6, more_posts=18)


# -- worlds -------------------------------------------------------------------------------------------


def _against_all_plans(n: int) -> None:
    equal = infeasible = 0
    worst = plans = spent = 0.0
    for seed in range(n):
        own = world(seed)
        best, plan = own.best()
        began = process_time()
        solved = own.solved()
        spent += process_time() - began
        plans += float(np.prod(np.diff(own.pack.first)))
        if plan is None:
            same = solved.status is solve.SearchStatus.NONE
            infeasible += same
        else:
            off = (
                abs(solved.score - best) / max(abs(best), 1e-12) if solved.plan is not None else float("inf")
            )
            worst = max(worst, off)
            same = (
                solved.status is solve.SearchStatus.PROVED
                and off <= CLOSE
                and solved.bound >= best * (1 - CLOSE)
            )
        if not same:
            raise ValueError(f"world {seed}: solved {solved.status} {solved.score}, best of all plans {best}")
        equal += 1
    columns = (
        "worlds",
        "equal",
        "of these infeasible, proved",
        "plans in all",
        "largest difference",
        "CPU [s]",
    )
    print_table(
        "Random worlds against all their plans",
        columns,
        [(n, equal, infeasible, int(plans), f"{worst:.1e}", spent)],
    )


def _against_another_model(n: int) -> None:
    rows: list[tuple[object, ...]] = []
    seed = -1
    while len(rows) < n:
        seed += 1
        own = world(seed, MEDIUM)
        began = process_time()
        try:
            best = best_by_milp(own)
        except TooManyPatternsError:
            continue
        theirs, began = process_time() - began, process_time()
        solved = own.solved(gap=1e-8)
        ours = process_time() - began
        off = 0.0 if best is None else abs(solved.score - best) / max(best, 1e-12)
        if (best is None) != (solved.plan is None) or off > 1e-6:
            raise ValueError(f"medium world {seed}: solved {solved.score}, by the other model {best}")
        n_plans = int(np.prod(np.diff(own.pack.first)))
        rows.append((seed, n_plans, "none" if best is None else f"{best:.6f}", f"{off:.1e}", ours, theirs))
    columns = ("world", "plans", "best", "difference", "CPU [s]", "other model [s]")
    print_table("Medium worlds against another model", columns, rows)


# -- areas --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Case:
    name: str
    prepared: Prepared
    figure: AimFigure
    doubled: bool


def _doubled(method: Method) -> Method:
    """Return the method with the minutes of every capability doubled."""
    return replace(
        method,
        capabilities={
            name: replace(
                own,
                minutes=own.minutes
                and replace(own.minutes, full=2 * own.minutes.full, zero=2 * own.minutes.zero),
            )
            for name, own in method.capabilities.items()
        },
    )


def _cases(folders: list[Path]) -> Iterator[_Case]:
    for folder in folders:
        area, objectives = load_area(folder), load_objectives(folder)
        civil = set(area.assets["kind"]) & {"civil_affairs_team", "human_rights_team", "unpol_team"}
        figure = AimFigure(Indicator.MISSION if civil else Indicator.FORCE, Level.OBJECTIVE)
        for method, doubled in ((default_method(), False), (_doubled(default_method()), True)):
            yield _Case(area.area_id, prepare(area, method, objectives), figure, doubled)


def _packed(case: _Case, n: int) -> tuple[Pack, float]:
    began = process_time()
    made = pack(case.prepared, case.prepared.router(), suggested(case.prepared, n), [case.figure])
    return made, process_time() - began


def _rate(run: Callable[[], int], least_s: float) -> float:
    """Return how many a CPU second."""
    run()
    began, done = process_time(), 0
    while process_time() - began < least_s:
        done += run()
    return done / (process_time() - began)


def _speeds(made: Pack, least_s: float) -> tuple[float, float, float]:
    """Return plans from scratch, moves and scanned choices a second, around plans of twenty random changes."""
    evaluator, draw = PlanEvaluator(made), np.random.default_rng(1)
    places = np.arange(len(made.places))

    def some_plan() -> np.ndarray:
        plan = made.today
        for place in draw.permutation(places)[:20]:
            plan[place] = draw.integers(made.first[place], made.first[place + 1])
        return plan

    plans = [some_plan() for _ in range(40)]

    def fresh() -> int:
        for plan in plans:
            evaluator.set(plan)
        return len(plans)

    def moves() -> int:
        for place in draw.permutation(places)[:20]:
            evaluator.move(int(draw.integers(made.first[place], made.first[place + 1])))
        return 20

    def scans() -> int:
        return sum(len(evaluator.scan(int(place))) for place in places)

    return _rate(fresh, least_s), _rate(moves, least_s), _rate(scans, least_s)


@contextmanager
def _on_cpu_seconds() -> Iterator[None]:
    """Let the solver's own clock count CPU seconds, so that a busy machine costs it nothing."""
    kept = solve.perf_counter, search.perf_counter, solve.Master

    class Patient(Master):
        def solve(self, *, seconds=None, gap=0.0, interrupt=None):
            # Its own limit is of elapsed time: five times as long passes on a busy machine.
            return super().solve(seconds=seconds and 5 * seconds, gap=gap, interrupt=interrupt)

    solve.perf_counter = search.perf_counter = process_time
    solve.Master = Patient
    try:
        yield
    finally:
        solve.perf_counter, search.perf_counter, solve.Master = kept


def _gap(case: _Case, made: Pack, limits: Limits, seconds: float, wanted: float):
    evaluator = PlanEvaluator(made)
    problem = problem_of(case.prepared, made, Aim(((Goal(case.figure, 1.0),),)), limits, evaluator)
    began = process_time()
    with _on_cpu_seconds():
        relaxation = Overestimate(problem, evaluator, [problem.aim])
        found = solve.solve(
            problem,
            evaluator,
            relaxation,
            solve.SearchEffort(seconds, wanted, stopped=lambda: process_time() - began > seconds),
        )
    return found, process_time() - began


def _shown(name: str, value: float, wanted: float, *, at_most: bool = False) -> tuple[str, str, str]:
    met = value <= wanted if at_most else value >= wanted
    figures = (f"{value:.2%}", f"≤ {wanted:.1%}") if at_most else (f"{value:,.0f}", f"≥ {wanted:,}")
    return (f"{name} {figures[0]}", figures[1], "met" if met else "missed")


def _table_of(case: _Case, places: tuple[int, ...], only: str, least_s: float) -> None:
    speeds, gaps = [], []
    label = f"{case.name}, {case.figure.indicator}" + (", minutes doubled" if case.doubled else "")
    for n in places:
        made, packed_s = _packed(case, n)
        rows = sum(len(own.group) for own in made.portfolios.rows)
        if only != "gap":
            fresh, moves, scans = _speeds(made, least_s)
            _, target, met = _shown("", fresh, FRESH_DOUBLED if case.doubled else FRESH)
            speeds.append((n, made.n_choices, rows, packed_s, fresh, target, met, moves, scans))
        if only != "speed":
            asked = [("minutes doubled", USUAL, SECONDS_HARD, GAP_HARD)]
            if not case.doubled:
                asked = [("usual", USUAL, SECONDS, GAP), ("large", LARGE, SECONDS_HARD, GAP_HARD)]
            for budget, limits, seconds, wanted in asked:
                found, spent = _gap(case, made, limits, seconds, wanted)
                gap, target, met = _shown("", found.gap, wanted, at_most=True)
                gaps.append(
                    (n, budget, found.status, found.score, found.bound, gap, target, met, spent, seconds)
                )
                print(
                    f"  {label}, {n} places, {budget}: gap {found.gap:.3%} after {spent:.1f} CPU s",
                    flush=True,
                )
    if speeds:
        columns = ("places", "choices", "rows", "packing [s]", "fresh/s", "wanted", "", "moves/s", "scans/s")
        print_table(f"Plans valued a CPU second: {label}", columns, speeds)
    if gaps:
        columns = (
            "places",
            "budget",
            "ended",
            "best",
            "bound",
            "gap",
            "wanted",
            "",
            "CPU [s]",
            "allowed [s]",
        )
        print_table(f"How close the bound is: {label}", columns, gaps)


def main() -> None:
    """Check, time, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().splitlines()[0])
    parser.add_argument("areas", nargs="*", type=Path, help="area folders besides the bundled case")
    parser.add_argument("--quick", action="store_true", help="fewer worlds, 60 places only")
    parser.add_argument("--only", choices=("worlds", "speed", "gap"), help="one part alone")
    asked = parser.parse_args()
    if asked.only in {None, "worlds"}:
        _against_all_plans(30 if asked.quick else 300)
        _against_another_model(3 if asked.quick else 12)
    if asked.only in {None, "speed", "gap"}:
        for case in _cases([BUNDLED, *asked.areas]):
            _table_of(
                case, PLACES[:1] if asked.quick else PLACES, asked.only or "", 0.5 if asked.quick else 2.0
            )


if __name__ == "__main__":
    main()
