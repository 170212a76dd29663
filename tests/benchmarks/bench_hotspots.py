"""
How fast, how lean and how truthful are hotspots?

Run `python -m tests.benchmarks.bench_hotspots [--quick]`. Speed is held against esda's conditional
permutation in the same process, after the results have been checked against it; truth against
invented countries.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
import warnings
from collections import Counter
from pathlib import Path
from statistics import median

import numpy as np
from scipy.spatial import cKDTree

from footprint.violence.hotspots import disc_kernel, gi_star, permutation_tails
from footprint.violence.hotspots.gistar import window_sums
from tests.footprint.violence.hotspots import planted
from tests.footprint.violence.hotspots.simulate import planted_country, score
from tests.worlds import HOTSPOT_NUMBERS

RADIUS_M = 50_000.0
DRAWS = HOTSPOT_NUMBERS.draws
FALSE_ALARMS_MAX, FALSE_SHARE_MAX, HITS_MIN = 0.07, 0.12, 0.95
MEMORY_WORLD = (245, 4_550.0)
"""Side [cells] and cell [m] of the world that memory is measured on: 60k cells with 372 neighbours."""


def world(side, seed=0):
    """Over-dispersed counts with one cluster, shape (side, side)."""
    rng = np.random.default_rng(seed)
    counts = rng.negative_binomial(0.15, 0.15 / 0.55, size=(side, side)).astype(float)
    middle = slice(side // 2 - 3, side // 2 + 4)
    counts[middle, middle] += rng.poisson(3, (7, 7))
    return counts


def ours(counts, kernel, n_draws):
    """Gi* and permutation p of every cell."""
    inside = np.ones(counts.shape, bool)
    z = gi_star(counts, inside, kernel)
    sums = window_sums(counts, kernel)
    number = window_sums(inside.astype(float), kernel).astype(np.int64)
    tails = permutation_tails(counts.ravel(), sums.ravel(), number.ravel(), n_draws=n_draws, seed=0)
    return z.ravel(), tails.p_high


def timed(function, *arguments):
    """Return the result, wall time [s] and processor time [s]."""
    wall, cpu = time.perf_counter(), time.process_time()
    result = function(*arguments)
    return result, time.perf_counter() - wall, time.process_time() - cpu


def peer_weights(side, radius_cells):
    """Binary weights of every cell within the radius, as esda wants them."""
    import libpysal  # noqa: PLC0415 - the peer is optional
    from scipy import sparse  # noqa: PLC0415

    points = np.indices((side, side)).reshape(2, -1).T.astype(float)
    pairs = cKDTree(points).query_pairs(radius_cells + 1e-9, output_type="ndarray")
    half = sparse.coo_matrix((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(side**2, side**2))
    return libpysal.weights.WSP((half + half.T).tocsr()).to_W(silence_warnings=True)


def peer(counts, weights, n_draws):
    """Esda's Gi* with conditional permutation."""
    from esda import G_Local  # noqa: PLC0415 - the peer is optional

    options = {"transform": "B", "star": True, "keep_simulations": False, "seed": 1, "n_jobs": 1}
    return G_Local(counts.ravel(), weights, permutations=n_draws, **options)


def check(counts, kernel, weights):
    """Compare with the peer before timing: scores to 1e-9, p within what the own cell makes of it."""
    z, p = ours(counts, kernel, DRAWS)
    theirs = peer(counts, weights, 999)
    apart = np.abs(z - theirs.Zs).max()
    # The peer holds the own cell fixed and draws its neighbours; ours counts it. Where it is empty, as most
    # are, one cell more is drawn, so its p is the smaller by little; the order of cells is the same.
    empty = (theirs.Zs > 0) & (counts.ravel() == 0) & (p < 0.2)
    p_apart = np.abs(np.asarray(theirs.p_sim, float)[empty] - p[empty]).max()
    print(f"check: largest difference of z {apart:.1e}, of p of empty cells {p_apart:.3f} (999 peer draws)")
    if apart > 1e-9 or p_apart > 5 * np.sqrt(0.2 * 0.8 / 999):
        raise SystemExit("results differ from the peer's; no timing")


def speed(*, quick):
    """Print wall time and ratio at three sizes and the growth exponent."""
    peer_draws, peer_runs = (999, 1) if quick else (9_999, 1)
    print(
        f"\nGi* with permutation; ours 99,999 draws, median of 5; esda {peer_draws:,} draws, {peer_runs} run"
    )
    print(f"{'cells':>8} {'neighbours':>10} {'ours s':>8} {'cpu s':>7} {'esda s':>8} {'ratio':>7}")
    sizes = []
    for side, cell_m in ((71, 15_700.0), (141, 7_900.0), (245, 4_550.0)):
        counts, kernel = world(side), disc_kernel(RADIUS_M / cell_m)
        with_peer = side <= (71 if quick else 141)
        weights = peer_weights(side, RADIUS_M / cell_m) if with_peer else None
        if side == 71:
            peer(counts, weights, 99)
            _, warm_up, _ = timed(ours, counts, kernel, 9)
            print(f"(warm-up: {warm_up:.1f} s)")
            check(counts, kernel, weights)
        times, theirs = [], []
        for run in range(5):
            times.append(timed(ours, counts, kernel, DRAWS)[1:])
            if with_peer and run < peer_runs:
                theirs.append(timed(peer, counts, weights, peer_draws)[1])
        wall, cpu = median(t[0] for t in times), median(t[1] for t in times)
        sizes.append((side**2, wall))
        shown = f"{median(theirs):8.2f} {median(theirs) / wall:6.0f}x" if theirs else f"{'-':>8} {'-':>7}"
        print(f"{side**2:8d} {int(kernel.sum()) - 1:10d} {wall:8.3f} {cpu:7.3f} {shown}")
    (small, quick_s), (large, slow_s) = sizes[0], sizes[-1]
    print(f"growth exponent of ours: {np.log(slow_s / quick_s) / np.log(large / small):.2f}")


def memory():
    """Print peak memory of the largest world in a process of its own."""
    code = "from tests.benchmarks.bench_hotspots import largest; largest()"
    print(
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout,
        end="",
    )


def peak_mb():
    """Return the most memory this process has held [MB]; Linux only."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024


def largest():
    """Run the largest world and print the peak memory of this process before and after [MB]."""
    side, cell_m = MEMORY_WORLD
    before = peak_mb()
    kernel = disc_kernel(RADIUS_M / cell_m)
    ours(world(side), kernel, DRAWS)
    after = peak_mb()
    print(f"\nmemory: {side**2} cells, {int(kernel.sum()) - 1} neighbours, 99,999 draws:", end=" ")
    print(f"peak {after:.0f} MB, of which {before:.0f} MB before the first call (limit 2,000)")


def truth(*, quick):
    """Print false discoveries and centres found for precise and naive treatments."""
    n_seeds = 5 if quick else 30
    print(f"\n4 planted centres, 3,000 incidents, 15 % known to their unit only; {n_seeds} countries, q 0.05")
    print(f"{'treatment':32} {'radius':>7} {'false':>7} {'found':>7} {'all four':>9} {'cells':>7}")
    for radius_m in (30_000.0, 50_000.0):
        for name, treatment in (
            ("precise only, permutation", {}),
            ("precise only, normal curve", {"analytic": True}),
            ("naive coordinates, permutation", {"naive": True}),
            ("naive, raw counts, permutation", {"naive": True, "raw": True}),
            ("naive, raw counts, normal curve", {"naive": True, "raw": True, "analytic": True}),
        ):
            rng = np.random.default_rng(5)
            runs = [
                score(planted_country(rng), radius_m=radius_m, seed=seed, **treatment)
                for seed in range(n_seeds)
            ]
            false, found = (
                np.mean([getattr(run, part) for run in runs]) for part in ("false_share", "found_share")
            )
            every, cells = (
                np.mean([run.found_share == 1 for run in runs]),
                np.mean([run.n_cells for run in runs]),
            )
            print(f"{name:32} {radius_m / 1000:4.0f} km {false:7.3f} {found:7.3f} {every:9.2f} {cells:7.0f}")


def calm(*, quick):
    """Print how often a country without clusters has any hotspot at all."""
    n_seeds = 10 if quick else 100
    rng = np.random.default_rng(6)
    runs = [score(planted_country(rng, n_centres=0), seed=seed) for seed in range(n_seeds)]
    marked = sum(run.n_cells > 0 for run in runs)
    print(f"\nno clusters: {marked} of {n_seeds} countries show a hotspot (q 0.05)")


NOTHING_THERE = {
    "Poisson, 200": planted.calm,
    "Poisson, 40": lambda random: planted.calm(random, 40),
    "Hawkes .5, in its place": lambda random: planted.bursts(random, 0.5),
    "Hawkes .7, in its place": lambda random: planted.bursts(random, 0.7),
    "Hawkes .9, in its place": lambda random: planted.bursts(random, 0.9),
    "one occupied place": planted.occupied,
}
CLUSTER_THERE = {
    "cluster, a third of 200": planted.cluster,
    "cluster, a third of 20": lambda random: planted.cluster(random, 20),
    "town of 300 and a cluster": planted.town_and_cluster,
    "all dated 1 January 2019": lambda random: planted.cluster(random, day="2019-01-01"),
    "all known by year 2018": lambda random: planted.cluster(random, day="2018-01-01", date_precision="year"),
}
CANNOT_BE_SAID = {
    "town and cluster, raw counts": (planted.town_and_cluster, {"raw": True}),
    "all imprecise": (lambda random: planted.cluster(random, precision=3), {}),
    "all known by year 2019": (
        lambda random: planted.cluster(random, day="2019-01-01", date_precision="year"),
        {},
    ),
}
NOT_TOLD_APART = {
    "Hawkes .5, within 2 km": lambda random: planted.bursts(random, 0.5, spread_cells=0.2),
    "Hawkes .9, within 2 km": lambda random: planted.bursts(random, 0.9, spread_cells=0.2),
}


def worlds(*, n_worlds):
    """Print false alarms and power in worlds whose truth is known, and where the result warns and why."""
    print(
        f"\nknown truths, {n_worlds} worlds each; targets: false alarms <= {FALSE_ALARMS_MAX}, false share of"
    )
    print(
        f"hotspots <= {FALSE_SHARE_MAX}, real cluster found >= {HITS_MIN}, or a warning that names the cause"
    )
    for name, make in NOTHING_THERE.items():
        runs = runs_of(make, n_worlds)
        alarms = np.mean([spots.significant.any() for _, spots in runs])
        line(name, f"false alarms {alarms:.3f}", runs, kept=alarms <= FALSE_ALARMS_MAX)
    for name, make in CLUSTER_THERE.items():
        runs = runs_of(make, n_worlds)
        found, false = scores(runs)
        kept = found >= HITS_MIN and false <= FALSE_SHARE_MAX
        line(name, f"found {found:.3f}, false share {false:.3f}", runs, kept=kept)
    for name, (make, options) in CANNOT_BE_SAID.items():
        runs = runs_of(make, max(n_worlds // 5, 5), **options)
        found, false = scores(runs)
        warned = all(spots.causes for _, spots in runs)
        line(name, f"found {found:.3f}, false share {false:.3f}", runs, kept=warned)
    for name, make in NOT_TOLD_APART.items():
        runs = runs_of(make, max(n_worlds // 5, 5))
        marked = np.mean([spots.significant.any() for _, spots in runs])
        line(name, f"hotspots in {marked:.3f}", runs, kept=True)
    print("  (a burst that spills over the border of its cell is a cluster to any test of places)")


def runs_of(make, n_worlds, **options):
    """Return worlds and their hotspots; the power of calm maps is reckoned by few worlds here."""
    random = np.random.default_rng(11)
    every = [make(random) for _ in range(n_worlds)]
    return [(world, planted.spots_of(world, power_worlds=20, **options)) for world in every]


def scores(runs):
    """Return how often the planted cluster was found, and the mean false share of hotspots."""
    found = np.mean([planted.hit(world, spots) for world, spots in runs])
    return found, np.mean([planted.false_share(world, spots) for world, spots in runs])


def line(name, numbers, runs, *, kept):
    """Print one row: numbers, answers, causes named, and whether the target is kept."""
    verdicts = Counter(str(spots.verdict) for _, spots in runs)
    causes = Counter(str(cause) for _, spots in runs for cause in spots.causes)
    print(f"{'  ' if kept else '! '}{name:30} {numbers:34} {dict(verdicts)} {dict(causes)}", flush=True)


def populated(*, n_worlds):
    """Print what is said where people alone decide, and where a cluster has more than they would explain."""
    print(f"\nagainst people, {n_worlds} worlds of 200 incidents each")
    for name, make in (
        ("by people, one by one", planted.by_people),
        ("by people, in lumps of 5", lambda random: planted.by_people(random, lump=5.0)),
    ):
        random, alarms, shares = np.random.default_rng(12), [], []
        for _ in range(n_worlds):
            world = make(random)
            alarms.append(bool(planted.circled(world).circles))
            spots = planted.spots_of(world, worth=planted.people(), power_worlds=20)
            if spots.significant.any():
                shares.append(spots.explained.sum() / spots.significant.sum())
        kept = " " if np.mean(alarms) <= FALSE_ALARMS_MAX else "!"
        told = f"{np.mean(shares):.2f} of hot cells said to be as people explain" if shares else "no hot cell"
        print(f"{kept} {name:30} circles, false alarms {np.mean(alarms):.3f}; hot in {len(shares)}: {told}")
    random, found = np.random.default_rng(13), []
    for _ in range(n_worlds):
        world = planted.cluster(random)
        circles = planted.circled(world).circles
        inside = [
            planted.apart_cells(world.middle)[each.cell] * 10 <= each.radius_km + 40 for each in circles
        ]
        found.append(any(inside))
    print(
        f"{' ' if np.mean(found) >= HITS_MIN else '!'} {'cluster, a third of 200':30} found {np.mean(found):.3f}"
    )


def main():
    """Print every table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer runs, peer at the smallest size")
    quick = parser.parse_args().quick
    warnings.simplefilter("ignore")
    speed(quick=quick)
    memory()
    truth(quick=quick)
    calm(quick=quick)
    worlds(n_worlds=20 if quick else 150)
    populated(n_worlds=20 if quick else 100)


if __name__ == "__main__":
    main()
