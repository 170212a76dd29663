"""Is there a window of months that fills up in more years than chance would have it?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numba
import numpy as np

from footprint.method import SeasonalityNumbers

if TYPE_CHECKING:
    from numpy.typing import NDArray

MONTHS = 12

TOLERANCE = 1e-9

LONGEST = 6
"""Longest window that the kernel has room for [months]."""


def hit_table(counts: NDArray[np.int64], settings: SeasonalityNumbers) -> NDArray[np.bool_]:
    """
    Tell in which windows each year was busier than its own average.

    Parameters
    ----------
    counts
        Incidents by month, shape (..., 12).
    settings
        Lengths and what makes a hit.

    Returns
    -------
    NDArray
        Shape (..., n_lengths, 12); the last axis is the window's first month. Windows run on
        from the last month to the first of the same year.
    """
    total = counts.sum(axis=-1, keepdims=True)
    tables = []
    for length in settings.lengths:
        inside = sum(np.roll(counts, -step, axis=-1) for step in range(length))
        busy = MONTHS * inside >= settings.busier * length * total - TOLERANCE
        tables.append(busy & (inside >= settings.hit_events_min))
    return np.stack(tables, axis=-2)


@dataclass(frozen=True, slots=True)
class Scan:
    """The window that stands out most in a series of months, and how rarely chance does as well."""

    start: int
    """First month of the window, counted from the first month of the series, 0-11."""
    length: int
    """Months."""
    score: float
    """Hits above expectation in standard deviations, over all cuts; -inf when no year can differ."""
    p: float
    """Share of rotated series with a score at least as large."""


def scan(series: NDArray[np.int64], settings: SeasonalityNumbers) -> Scan:
    """
    Find the window that stands out most, and how rarely chance does as well.

    Parameters
    ----------
    series
        Incidents by month in the order of time, shape (n_months,).
    settings
        Windows, what makes a hit and a year eligible, rotations.

    Returns
    -------
    Scan
        On a tie the window with most incidents above its even share, then the shorter, then the
        earlier. Where no year can differ: score -inf and p 1.

    Notes
    -----
    Years are cut at each of the twelve months in turn, and the scores of a window are
    pooled over the cuts: T = Σ(k - Σh)/√(Σ Σh(1-h)), with k the years hit at one cut and h the
    chance of each of its years were its months rotated at random. Each draw rotates every year of
    one random cut by an offset of its own and scans again. This keeps yearly totals and bursts and
    breaks only what the years have in common, so that neither one terrible month nor a growing war
    looks like a season. Draws end early once `exceedances_max` have reached the score
    (Besag & Clifford 1991), which keeps p exact and small p as fine as ever.
    """
    rule = _rule(settings)
    series = np.ascontiguousarray(series, dtype=np.int64)
    scores = _scores(series, rule)
    score = float(scores.max(initial=-np.inf))
    if not np.isfinite(score):
        return Scan(0, settings.lengths[0], -np.inf, 1.0)
    column, start = _named(series, scores >= score - TOLERANCE)
    reached, drawn = _rotations(
        series, rule, score - TOLERANCE, (settings.draws, settings.exceedances_max, settings.seed)
    )
    stopped = reached >= settings.exceedances_max and drawn < settings.draws
    p = reached / drawn if stopped else (reached + 1) / (drawn + 1)
    return Scan(start, column + 1, score, float(p))


Rule = tuple[int, float, int, int]
"""What the kernel needs: lengths, times the even share, incidents of a hit and of a year."""


def _rule(settings: SeasonalityNumbers) -> Rule:
    """Return the settings as the kernel needs them."""
    return (
        settings.longest_months,
        float(settings.busier),
        int(settings.hit_events_min),
        int(settings.events_min),
    )


def _named(series: NDArray[np.int64], best: NDArray[np.bool_]) -> tuple[int, int]:
    """Return length (less 1) and start of the fullest of the windows that stand out alike."""
    whole = series[: len(series) // MONTHS * MONTHS]
    by_month = whole.reshape(-1, MONTHS).sum(axis=0)
    excess = np.full(best.shape, -np.inf)
    inside = np.zeros(MONTHS, np.int64)
    for column in range(len(best)):
        inside = inside + np.roll(by_month, -column)
        excess[column] = inside - (column + 1) * by_month.sum() / MONTHS
    place = int(np.where(best, np.round(excess, 6), -np.inf).argmax())
    return place // MONTHS, place % MONTHS


@numba.njit(cache=True)
def _pool(series: NDArray[np.int64], rule: Rule, k: NDArray[np.int64], moments: NDArray[np.float64]) -> None:
    """Add up hits by length and start, their mean and variance by length, over all years of all cuts."""
    lengths, busier, hit_min, events_min = rule
    # Starts run on past the twelfth month and are folded at the end: loops without branches are fast.
    wide = np.zeros((lengths, 2 * MONTHS), np.int32)
    moments[:] = 0.0
    year = np.empty(MONTHS + LONGEST, np.int32)
    inside = np.empty(MONTHS, np.int32)
    total = series[: MONTHS - 1].sum()
    for first in range(len(series) - MONTHS + 1):
        total += series[first + MONTHS - 1]
        if total >= events_min:
            for month in range(MONTHS):
                year[month] = series[first + month]
                inside[month] = 0
            for month in range(lengths):
                year[MONTHS + month] = year[month]
            cut = first % MONTHS
            for column in range(lengths):
                even = busier * (column + 1) * total / MONTHS
                need = np.int32(max(np.ceil(even - TOLERANCE), hit_min))
                hits = np.int32(0)
                for start in range(MONTHS):
                    inside[start] += year[start + column]
                    hit = np.int32(inside[start] >= need)
                    hits += hit
                    wide[column, start + cut] += hit
                chance = hits / MONTHS
                moments[column, 0] += chance
                moments[column, 1] += chance * (1 - chance)
        total -= series[first]
    for column in range(lengths):
        for start in range(MONTHS):
            k[column, start] = wide[column, start] + wide[column, start + MONTHS]


@numba.njit(cache=True)
def _scores(series: NDArray[np.int64], rule: Rule) -> NDArray[np.float64]:
    """Return the score of each length and start, -inf where no year can differ."""
    lengths = rule[0]
    k, moments = np.zeros((lengths, MONTHS), np.int64), np.zeros((lengths, 2))
    _pool(series, rule, k, moments)
    scores = np.full((lengths, MONTHS), -np.inf)
    for column in range(lengths):
        if moments[column, 1] > TOLERANCE:
            deviation = np.sqrt(moments[column, 1])
            for start in range(MONTHS):
                scores[column, start] = (k[column, start] - moments[column, 0]) / deviation
    return scores


@numba.njit(cache=True, nogil=True)
def _rotations(
    series: NDArray[np.int64], rule: Rule, score: float, ends: tuple[int, int, int]
) -> tuple[int, int]:
    """Return how many rotated series reach a score, and how many were drawn."""
    draws, enough, seed = ends
    np.random.seed(seed)  # noqa: NPY002 - numba's own stream, seeded anew for each area
    lengths, n_months = rule[0], len(series)
    k, moments = np.zeros((lengths, MONTHS), np.int64), np.zeros((lengths, 2))
    turned = series.copy()
    reached, drawn = 0, 0
    while drawn < draws and reached < enough:
        drawn += 1
        cut = np.random.randint(MONTHS)  # noqa: NPY002
        turned[:] = series
        for first in range(cut, n_months - MONTHS + 1, MONTHS):
            turn = np.random.randint(MONTHS)  # noqa: NPY002
            for month in range(MONTHS):
                place = month + turn
                turned[first + (place if place < MONTHS else place - MONTHS)] = series[first + month]
        _pool(turned, rule, k, moments)
        for column in range(lengths):
            if moments[column, 1] > TOLERANCE:
                most = k[column].max()
                if (most - moments[column, 0]) / np.sqrt(moments[column, 1]) >= score:
                    reached += 1
                    break
    return reached, drawn
