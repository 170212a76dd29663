"""
How truthful and how fast is the recurrence scan?

Run `python -m tests.benchmarks.bench_recurrence [--quick]`. False alarms and power come from invented
calendars; speed is held against the same scan written with plain NumPy, after both have given the same p.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from statistics import median

import numpy as np
from scipy.stats import chisquare

from footprint.violence.hotspots import benjamini_hochberg
from footprint.violence.seasonality.scan import best_window, hit_table, scan_p
from tests.footprint.violence.seasonality.simulate import (
    NULLS,
    false_and_found,
    make_calendar,
    null_area,
    planted_country,
    seasonal_area,
)
from tests.worlds import SEASONALITY_NUMBERS, recurrence

RULE = SEASONALITY_NUMBERS


def rayleigh_p(counts):
    """Rayleigh's test of all incidents of an area at once, counts (n_years, 12)."""
    months = counts.sum(axis=0)
    n = months.sum()
    length = abs((months * np.exp(2j * np.pi * np.arange(12) / 12)).sum())
    return float(np.exp(np.sqrt(1 + 4 * n + 4 * (n**2 - length**2)) - (1 + 2 * n)))


def false_alarms(*, quick):
    """Print how often areas without a season are called seasonal at 0.05."""
    n_areas = 300 if quick else 2_000
    print(f"no season, {n_areas} areas each: share with p <= 0.05 (limit 0.07)")
    print(f"{'world':20} {'years':>5} {'a year':>6} {'tested':>6} {'scan':>7} {'Rayleigh':>9} {'chi2':>7}")
    rng = np.random.default_rng(1)
    for kind in NULLS:
        for n_years, mean in ((9, 10.0), (6, 12.0), (8, 40.0)):
            areas = [null_area(rng, kind, n_years=n_years, mean=mean) for _ in range(n_areas)]
            p = recurrence(make_calendar(areas)).table["p"].dropna().to_numpy(dtype=float)
            others = [area for area in areas if area.sum() > 0]
            rayleigh = np.mean([rayleigh_p(area) <= 0.05 for area in others])
            plain = np.mean([chisquare(area.sum(axis=0)).pvalue <= 0.05 for area in others])
            shown = f"{(p <= 0.05).mean():7.3f} {rayleigh:9.3f} {plain:7.3f}"
            print(f"{kind:20} {n_years:5d} {mean:6.0f} {len(p):6d} {shown}")


def planted(*, quick):
    """Print false discoveries and power among bursty areas, 25 of 150 with a season."""
    n_seeds = 5 if quick else 40
    print(f"\n25 of 150 bursty areas with a season of 3 months in 85 % of years; {n_seeds} countries, q 0.10")
    print(f"{'world':24} {'test':10} {'FDR':>6} {'power':>6}   (limits 0.12 and 0.65)")
    for n_years, mean in ((10, 12.0), (9, 10.0), (12, 15.0)):
        rng = np.random.default_rng(11)
        rows = {"scan": [], "Rayleigh": []}
        for seed in range(n_seeds):
            country = planted_country(rng, n_years=n_years, mean=mean)
            found = (
                recurrence(country.calendar, settings=replace(SEASONALITY_NUMBERS, seed=seed))
                .table["significant"]
                .to_numpy()
            )
            rows["scan"].append(false_and_found(found, country.truth))
            p = np.array([rayleigh_p(area) for area in country.calendar.counts])
            rows["Rayleigh"].append(false_and_found(benjamini_hochberg(p) <= RULE.q_max, country.truth))
        for name, runs in rows.items():
            false, power = np.mean(runs, axis=0)
            print(f"{f'{n_years} years, {mean:.0f} a year':24} {name:10} {false:6.3f} {power:6.3f}")


def plain_scan_p(hits, score, offsets):
    """Return the scan's p with plain NumPy: rotate, sum, compare."""
    chance = hits.mean(axis=2)
    mean, deviation = chance.sum(axis=0), np.sqrt((chance * (1 - chance)).sum(axis=0))
    largest = np.full(len(offsets), -np.inf)
    places = (np.arange(12) - offsets[:, :, None]) % 12
    for length in np.flatnonzero(deviation > 1e-9):
        k = np.take_along_axis(hits[None, :, length].astype(float), places, axis=2).sum(axis=1)
        largest = np.maximum(largest, ((k - mean[length]) / deviation[length]).max(axis=1))
    return ((largest >= score - 1e-7).sum() + 1) / (len(offsets) + 1)


def speed(*, quick):
    """Print the time of one area's scan with 9,999 drawn rotations, ours and plain NumPy's."""
    n_areas = 10 if quick else 30
    print(f"\none area, 9,999 drawn rotations; mean of {n_areas} areas, median of 5 runs, interleaved")
    print(f"{'years':>6} {'ours ms':>8} {'NumPy ms':>9} {'ratio':>6}")
    rng = np.random.default_rng(3)
    for n_years in (8, 16, 30):
        hits = [hit_table(seasonal_area(rng, n_years=n_years, mean=12.0), RULE) for _ in range(n_areas)]
        offsets = rng.integers(0, 12, (9_999, n_years))
        scores = [best_window(area, RULE.lengths).score for area in hits]
        jobs = list(zip(hits, scores, strict=True))
        for area, score in jobs:
            if abs(scan_p(area, score, offsets) - plain_scan_p(area, score, offsets)) > 1e-12:
                raise SystemExit("the two scans differ; no timing")
        seconds = {scan_p: [], plain_scan_p: []}
        for _ in range(5):
            for scan, times in seconds.items():
                start = time.perf_counter()
                for area, score in jobs:
                    scan(area, score, offsets)
                times.append((time.perf_counter() - start) / n_areas)
        fast, slow = (median(times) for times in seconds.values())
        print(f"{n_years:6d} {1000 * fast:8.2f} {1000 * slow:9.1f} {slow / fast:5.0f}x")


def main():
    """Print every table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer areas and countries")
    quick = parser.parse_args().quick
    false_alarms(quick=quick)
    planted(quick=quick)
    speed(quick=quick)


if __name__ == "__main__":
    main()
