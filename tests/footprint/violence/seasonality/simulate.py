"""Invented calendars with and without a season, for tests and benchmarks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from footprint.violence.seasonality import Calendar
from footprint.violence.seasonality.scan import hit_table

NULLS = ("poisson", "bursts", "one_terrible_month", "growth")


def make_calendar(counts, first_month=2, firsts=None):
    """Return counts (areas, years, 12) as a calendar of whole season-years that starts in 2009."""
    counts = np.asarray(counts, dtype=np.int64)
    series = counts.reshape(len(counts), -1)
    ids = tuple(f"c{area:03d}" for area in range(len(counts)))
    return Calendar(
        series=series,
        firsts=np.zeros_like(series)
        if firsts is None
        else np.asarray(firsts, np.int64).reshape(series.shape),
        area_ids=ids,
        names=ids,
        start=(2009, first_month),
        first_month=first_month,
        months_missing=0,
        n_dated=int(counts.sum()),
        n_used=int(counts.sum()),
        left_out=(),
    )


def yearly_totals(rng, kind, n_years, mean):
    """Draw how many incidents each year has: even for `poisson`, over-dispersed for the others."""
    return (
        rng.poisson(mean, n_years) if kind == "poisson" else rng.negative_binomial(2, 2 / (2 + mean), n_years)
    )


def bursty_months(rng):
    """Draw the monthly shares of one year: three quarters in one to three bursts at any time."""
    shares = np.full(12, 0.25 / 12)
    n_bursts = rng.integers(1, 4)
    for _ in range(n_bursts):
        apart = (np.arange(12) + 0.5 - rng.uniform(0, 12) + 6) % 12 - 6
        burst = np.exp(-0.5 * (apart / 0.8) ** 2)
        shares += 0.75 / n_bursts * burst / burst.sum()
    return shares


def null_area(rng, kind, *, n_years=9, mean=10.0):
    """Draw one area without a season, shape (n_years, 12)."""
    if kind == "growth":
        time = np.arange(12 * n_years) / 12 - n_years / 2
        return rng.poisson(mean / 12 * 1.5**time).reshape(n_years, 12)
    counts = np.zeros((n_years, 12), dtype=np.int64)
    for year, total in enumerate(yearly_totals(rng, kind, n_years, mean)):
        shares = bursty_months(rng) if kind == "bursts" else np.full(12, 1 / 12)
        counts[year] = rng.multinomial(total, shares / shares.sum())
    if kind == "one_terrible_month":
        counts[rng.integers(n_years), rng.integers(12)] += int(3 * mean)
    return counts


def seasonal_area(rng, *, n_years, mean, strength=0.6, years_share=0.85, start=9, length=3):
    """Draw one bursty area with a season in most years: `strength` of their incidents fall in it."""
    counts = np.zeros((n_years, 12), dtype=np.int64)
    season = np.zeros(12)
    season[(start + np.arange(length)) % 12] = 1 / length
    for year, total in enumerate(yearly_totals(rng, "bursts", n_years, mean)):
        shares = bursty_months(rng)
        if rng.random() < years_share:
            shares = (1 - strength) * shares + strength * season
        counts[year] = rng.multinomial(total, shares / shares.sum())
    return counts


@dataclass(frozen=True)
class Planted:
    """A country of bursty areas, the first of which have a season."""

    calendar: Calendar
    truth: np.ndarray


def planted_country(rng, *, n_years=10, mean=12.0, n_areas=150, n_seasonal=25):
    """Draw a country; the season begins in the tenth month after the cut."""
    areas = [seasonal_area(rng, n_years=n_years, mean=mean) for _ in range(n_seasonal)]
    areas += [null_area(rng, "bursts", n_years=n_years, mean=mean) for _ in range(n_areas - n_seasonal)]
    return Planted(make_calendar(areas), np.arange(n_areas) < n_seasonal)


def false_and_found(significant, truth):
    """Return the false discovery share and the share of the truth that was found."""
    return float((significant & ~truth).sum() / max(significant.sum(), 1)), float(significant[truth].mean())


def pooled(months, rule):
    """Return T of every window, length by start, with plain NumPy: cut by cut, year by year."""
    above, variance = np.zeros((len(rule.lengths), 12)), np.zeros(len(rule.lengths))
    for cut in range(12):
        for first in range(cut, len(months) - 11, 12):
            year = months[first : first + 12]
            if year.sum() < rule.events_min:
                continue
            hits = hit_table(year, rule)
            chance = hits.mean(axis=1)
            above += np.roll(hits, cut, axis=1) - chance[:, None]
            variance += chance * (1 - chance)
    scores = np.full(above.shape, -np.inf)
    told = variance > 1e-9
    scores[told] = above[told] / np.sqrt(variance[told])[:, None]
    return scores
