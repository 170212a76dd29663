"""
Benchmark: merged covering and cuts against spopt, and wide radii.

    python -m tests.benchmarks.bench_siting [--quick]

Invented worlds from a seed: half the people round 60 towns, half anywhere in a square of 1,000 km. spopt
builds one row a demand point and solves with CBC; here points that the same sites cover are one row. Both
objectives are compared before a time is believed. The table informs; nothing fails by time. Wanted: 50
times faster at 50,000 points × 200 sites, and a gap of 1 % in 30 s at wide radii with 25 sites.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

import numpy as np
from scipy.spatial.distance import cdist

from footprint.siting.solving import Effort, solve_cover, solve_median
from footprint.siting.world import DistanceWorld, SitingFormat, numbered
from tests.benchmarks.timing import print_table

CLOSE = 1e-6
SIDE_KM, TOWNS, SPREAD_KM = 1_000, 60, 40


def world(n_demand: int, n_sites: int, seed: int = 2019) -> DistanceWorld:
    """Return demand points round towns and anywhere, and sites anywhere, with whole weights."""
    draw = np.random.default_rng(seed)
    towns = draw.random((TOWNS, 2)) * SIDE_KM
    near = towns[draw.integers(0, TOWNS, n_demand // 2)] + draw.normal(0, SPREAD_KM, (n_demand // 2, 2))
    places = np.concatenate([near, draw.random((n_demand - len(near), 2)) * SIDE_KM])
    weights = np.round(draw.lognormal(3, 1, n_demand)) + 1
    distances = cdist(places, draw.random((n_sites, 2)) * SIDE_KM)
    return DistanceWorld(
        file="invented",
        format=SitingFormat.COORDINATES,
        demand_ids=numbered(n_demand),
        site_ids=numbered(n_sites),
        distances=distances,
        weights=weights,
        p=None,
    )


def by_spopt(place: DistanceWorld, radius: float, p: int) -> float:
    """Return the weight that spopt's maximal covering covers."""
    import pulp  # noqa: PLC0415 - in the extra `bench` alone
    from spopt.locate import MCLP  # noqa: PLC0415

    model = MCLP.from_cost_matrix(place.distances, place.weights, radius, p_facilities=p)
    model = model.solve(pulp.PULP_CBC_CMD(msg=False))
    return float(pulp.value(model.problem.objective))


def timed(run: Callable[[], float]) -> tuple[float, float]:
    """Return what a call gives, and its elapsed time [s]."""
    began = time.perf_counter()
    value = run()
    return value, time.perf_counter() - began


def against_spopt(*, quick: bool) -> None:
    """Compare maximal covering, one run of spopt beside the median of five here."""
    rows = []
    for n_demand, radius, p in ((5_000, 60.0, 10),) if quick else ((50_000, 60.0, 10),):
        place = world(n_demand, 200)
        ours = [timed(lambda place=place, radius=radius, p=p: _covered(place, radius, p)) for _ in range(5)]
        theirs, theirs_s = timed(lambda place=place, radius=radius, p=p: by_spopt(place, radius, p))
        if abs(ours[0][0] - theirs) > CLOSE * theirs:
            raise ValueError(f"objectives differ: {ours[0][0]} here, {theirs} by spopt")
        own_s = float(np.median([seconds for _, seconds in ours]))
        answer = solve_cover(place, Effort(), radius=radius, p=p, every=False)
        rows.append((f"{n_demand:,} × 200, {radius:g} km, p = {p}", answer.rows, own_s, theirs_s,
                     theirs_s / own_s, answer.bracket.objective))  # fmt: skip
    columns = ("maximal covering", "rows", "here [s]", "spopt [s]", "times faster", "objective, the same")
    print_table("Merged covering against spopt (CBC)", columns, rows)


def _covered(place: DistanceWorld, radius: float, p: int) -> float:
    return solve_cover(place, Effort(), radius=radius, p=p, every=False).bracket.objective


def wide_radii(*, quick: bool) -> None:
    """Show the gap after 30 s where many sites cover each row."""
    rows = []
    cases = ((20_000, 200, 150.0, 25),) if quick else ((50_000, 200, 150.0, 25), (50_000, 650, 100.0, 25))
    for n_demand, n_sites, radius, p in cases:
        place = world(n_demand, n_sites)
        answer = solve_cover(place, Effort(seconds=30), radius=radius, p=p, every=False)
        rows.append((f"{n_demand:,} × {n_sites}, {radius:g} km, p = {p}", answer.rows,
                     answer.bracket.objective, answer.bracket.bound, 100 * answer.bracket.gap,
                     answer.seconds))  # fmt: skip
    columns = ("maximal covering", "rows", "objective", "bound", "gap [%]", "time [s]")
    print_table("Wide radii, 30 s allowed", columns, rows)


def medians(*, quick: bool) -> None:
    """Show p-medians and p-centres of places in a square."""
    rows = []
    for n, p in ((200, 5), (400, 20)) if quick else ((400, 20), (900, 10), (900, 90)):
        places = np.random.default_rng(n).random((n, 2)) * SIDE_KM
        place = DistanceWorld(
            file="invented", format=SitingFormat.COORDINATES, demand_ids=numbered(n), site_ids=numbered(n),
            distances=cdist(places, places), weights=np.ones(n), p=p,
        )  # fmt: skip
        for centre in (False, True):
            answer = solve_median(place, Effort(seconds=60), p=p, centre=centre)
            rows.append((f"{answer.problem}, n = {n}, p = {p}", answer.bracket.objective,
                         100 * answer.bracket.gap, answer.seconds, str(answer.status)))  # fmt: skip
    print_table("Medians and centres", ("problem", "objective", "gap [%]", "time [s]", "status"), rows)


def main() -> None:
    """Compare, time, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="smaller worlds")
    quick = parser.parse_args().quick
    against_spopt(quick=quick)
    wide_radii(quick=quick)
    medians(quick=quick)


if __name__ == "__main__":
    main()
