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
from footprint.violence.seasonality import Answer, scan, seasonal_profile, warning_words
from tests.footprint.violence.seasonality.simulate import (
    NULLS,
    false_and_found,
    make_calendar,
    null_area,
    planted_country,
    pooled,
    seasonal_area,
)
from tests.footprint.violence.seasonality.worlds import NULL_WORLDS, calendar_of
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
            counts = country.calendar.by_year(country.calendar.first_month)
            p = np.array([rayleigh_p(area) for area in counts])
            rows["Rayleigh"].append(false_and_found(benjamini_hochberg(p) <= RULE.q_max, country.truth))
        for name, runs in rows.items():
            false, power = np.mean(runs, axis=0)
            print(f"{f'{n_years} years, {mean:.0f} a year':24} {name:10} {false:6.3f} {power:6.3f}")


def worlds(*, quick):
    """Print, for countries in which nothing returns, how often an area or a country is told otherwise."""
    countries = 10 if quick else 60
    rule = replace(RULE, draws=1_999)
    print(f"\n{countries} countries of 30 areas and 7 years in which nothing returns")
    print(
        "p<=.05: share of areas tested (limit .07); FDR: share of countries with any finding, q .10 (limit .12);"
    )
    print(
        "named: share of countries with a warning; told: share of tested areas told that no season stands out"
    )
    print(f"{'world':30} {'tested':>6} {'p<=.05':>7} {'FDR':>5} {'named':>5} {'told':>5}  warning")
    for name in NULL_WORLDS:
        rng, tested, low, told, any_found, named, words = np.random.default_rng(5), 0, 0, 0, 0, 0, ""
        for seed in range(countries):
            found, warned = calendar_of(name, rng, replace(rule, seed=seed))
            p = found.table["p"].dropna().to_numpy(dtype=float)
            tested, low = tested + len(p), low + int((p <= 0.05).sum())
            told += int((found.table["answer"] == Answer.NONE).sum())
            any_found += bool(found.table["significant"].any())
            named += bool(warned)
            words = warning_words(warned[0], "en") if warned else words
        shares = f"{low / max(tested, 1):7.3f} {any_found / countries:5.2f} {named / countries:5.2f}"
        print(f"{name:30} {tested:6d} {shares} {told / max(tested, 1):5.2f}  {words}")


def profiles(*, quick):
    """Print for how many areas a seasonal profile earns its place, with and without a season."""
    n_countries = 5 if quick else 30
    print(
        f"\nprofiles that earn their place; {n_countries} countries of 40 areas, 15 incidents a year, 8 years"
    )
    for name, times in (("no season", 1.0), ("own season x2", 2.0), ("own season x3", 3.0)):
        rng, earned = np.random.default_rng(7), []
        for _ in range(n_countries):
            counts = np.zeros((40, 8, 12), int)
            for area in counts:
                weights = np.ones(12)
                weights[(rng.integers(12) + np.arange(3)) % 12] = times
                area[:] = rng.multinomial(15, weights / weights.sum(), size=8)
            earned.append(seasonal_profile(make_calendar(counts), RULE, n_resamples=0).earned.mean())
        print(f"{name:15} {np.mean(earned):6.3f}")


def plain_scan(months, rule, draws):
    """Return score and p of a scan with plain NumPy."""
    rng, observed = np.random.default_rng(0), pooled(months, rule).max()
    reached = 0
    for _ in range(draws):
        turned, cut = months.copy(), rng.integers(12)
        for first in range(cut, len(months) - 11, 12):
            turned[first : first + 12] = np.roll(months[first : first + 12], rng.integers(12))
        reached += pooled(turned, rule).max() >= observed - 1e-9
    return observed, (reached + 1) / (draws + 1)


def speed(*, quick):
    """Print the time of a rotation of one area's scan, ours and plain NumPy's."""
    n_areas, draws = (4, 20) if quick else (8, 60)
    whole = replace(RULE, exceedances_max=99_999)
    print(f"\none rotation of one area's scan; mean of {n_areas} areas, median of 3 runs, interleaved")
    print(
        f"{'years':>6} {'ours us':>8} {'NumPy us':>9} {'ratio':>6} {'an area, 9,999, ms':>19} {'ends early, ms':>15}"
    )
    rng = np.random.default_rng(3)
    for n_years in (8, 16, 30):
        areas = [seasonal_area(rng, n_years=n_years, mean=12.0).ravel() for _ in range(n_areas)]
        flat = [rng.poisson(1.0, 12 * n_years) for _ in range(n_areas)]
        for months in areas:
            if abs(scan(months, replace(whole, draws=1)).score - pooled(months, RULE).max()) > 1e-9:
                raise SystemExit("the two scans differ; no timing")
        ours, plain, early = [], [], []
        for _ in range(3):
            start = time.perf_counter()
            for months in areas:
                scan(months, whole)
            ours.append((time.perf_counter() - start) / n_areas)
            start = time.perf_counter()
            for months in areas:
                plain_scan(months, RULE, draws)
            plain.append((time.perf_counter() - start) / n_areas / (draws + 1))
            start = time.perf_counter()
            for months in flat:
                scan(months, RULE)
            early.append((time.perf_counter() - start) / n_areas)
        fast, slow = median(ours) / RULE.draws, median(plain)
        print(
            f"{n_years:6d} {1e6 * fast:8.1f} {1e6 * slow:9.0f} {slow / fast:5.0f}x {1e3 * median(ours):19.0f} "
            f"{1e3 * median(early):15.1f}"
        )


def main():
    """Print every table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer areas and countries")
    quick = parser.parse_args().quick
    false_alarms(quick=quick)
    planted(quick=quick)
    worlds(quick=quick)
    profiles(quick=quick)
    speed(quick=quick)


if __name__ == "__main__":
    main()
