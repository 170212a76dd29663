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
from pathlib import Path
from statistics import median

import numpy as np
from scipy.spatial import cKDTree

from footprint.violence.hotspots import disc_kernel, gi_star, permutation_tails
from footprint.violence.hotspots.gistar import window_sums
from tests.footprint.violence.hotspots.simulate import planted_country, score

RADIUS_M = 50_000.0
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
    around = window_sums(counts, kernel) - counts
    number = (window_sums(inside.astype(float), kernel) - 1).astype(np.int64)
    tails = permutation_tails(counts.ravel(), around.ravel(), number.ravel(), n_draws=n_draws, seed=0)
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
    """Compare with the peer before timing: scores to 1e-9, small p within sampling error."""
    z, p = ours(counts, kernel, 9_999)
    theirs = peer(counts, weights, 999)
    apart = np.abs(z - theirs.Zs).max()
    hot = (theirs.Zs > 0) & (p < 0.2)
    p_apart = np.abs(np.asarray(theirs.p_sim, float)[hot] - p[hot]).max()
    print(f"check: largest difference of z {apart:.1e}, of p {p_apart:.3f} (999 peer draws)")
    if apart > 1e-9 or p_apart > 5 * np.sqrt(0.2 * 0.8 / 999):
        raise SystemExit("results differ from the peer's; no timing")


def speed(*, quick):
    """Print wall time and ratio at three sizes and the growth exponent."""
    peer_draws, peer_runs = (999, 1) if quick else (9_999, 1)
    print(
        f"\nGi* with permutation; ours 9,999 draws, median of 5; esda {peer_draws:,} draws, {peer_runs} run"
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
            times.append(timed(ours, counts, kernel, 9_999)[1:])
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
    ours(world(side), kernel, 9_999)
    after = peak_mb()
    print(f"\nmemory: {side**2} cells, {int(kernel.sum()) - 1} neighbours, 9,999 draws:", end=" ")
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
            ("naive coordinates, normal curve", {"naive": True, "analytic": True}),
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


if __name__ == "__main__":
    main()
