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
FIELDS_PER_WORD = 6
FIELD_BITS = 10
"""Twelve counters, one per start month, fit two words of six; a counter holds up to 511 years."""

TOLERANCE = 1e-9


EXACT_MAX = 12**5
"""Most rotations that are all tried; up to six eligible years."""


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
class Window:
    """The window that stands out most, and how the years fell in it."""

    start: int
    """First month of the window, counted from the cut, 0-11."""
    length: int
    """Months."""
    score: float
    """Hits above expectation in standard deviations; -inf when no year can differ."""
    column: int
    """Position of the length among the lengths tried."""


def best_window(hits: NDArray[np.bool_], lengths: tuple[int, ...]) -> Window:
    """
    Find the window with the largest score.

    Parameters
    ----------
    hits
        Hits of the eligible years, shape (n_years, n_lengths, 12).
    lengths
        Window lengths [months].

    Returns
    -------
    Window
        On a tie the one with more hits, then the shorter, then the earlier.
    """
    k = hits.sum(axis=0)
    mean, deviation = _moments(hits)
    best = Window(0, lengths[0], -np.inf, 0)
    best_k = -1
    for column, length in enumerate(lengths):
        if deviation[column] <= TOLERANCE:
            continue
        start = int(k[column].argmax())
        score = float((k[column, start] - mean[column]) / deviation[column])
        level = abs(score - best.score) <= TOLERANCE
        if (score > best.score and not level) or (level and k[column, start] > best_k):
            best, best_k = Window(start, length, score, column), int(k[column, start])
    return best


def _moments(hits: NDArray[np.bool_]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return mean and standard deviation of the hits in a window of each length, years rotated at random."""
    chance = hits.mean(axis=2)
    return chance.sum(axis=0), np.sqrt((chance * (1 - chance)).sum(axis=0))


def scan_p(hits: NDArray[np.bool_], score: float, offsets: NDArray[np.int64] | None) -> float:
    """
    Return how often rotated years give a score at least as large.

    Parameters
    ----------
    hits
        Hits of the eligible years, shape (n_years, n_lengths, 12).
    score
        Observed score.
    offsets
        Rotations of each year [months], shape (n_draws, n_years); None tries every rotation.

    Returns
    -------
    float
        Exact share of all rotations, or (b + 1) / (R + 1) of those drawn. 1 where no
        rotation can change anything.

    Notes
    -----
    Rotating a year's twelve months keeps its total and its bursts and breaks only what
    the years have in common, so neither one terrible month nor a growing war
    looks like a season.
    """
    mean, deviation = _moments(hits)
    usable = deviation > TOLERANCE
    if not usable.any():
        return 1.0
    needed = np.ceil(mean[usable] + score * deviation[usable] - 1e-7).astype(np.int64)
    packed = _packed(hits[:, usable])
    lift = _lift(needed)
    if offsets is None:
        return float(_all_rotations(packed, lift) / MONTHS ** (len(hits) - 1))
    return float((_drawn_rotations(packed, lift, offsets) + 1) / (len(offsets) + 1))


def _packed(hits: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Pack each rotation of each year's hits into counters, shape (n_years, 12, n_lengths, 2)."""
    rotated = np.stack([np.roll(hits, turn, axis=2) for turn in range(MONTHS)], axis=1).astype(np.int64)
    place = 1 << (FIELD_BITS * np.arange(FIELDS_PER_WORD, dtype=np.int64))
    return np.stack([rotated[..., :FIELDS_PER_WORD] @ place, rotated[..., FIELDS_PER_WORD:] @ place], axis=-1)


def _lift(needed: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return what to add to a word so that a counter's top bit is set once it holds what is needed."""
    top = 1 << (FIELD_BITS - 1)
    place = (1 << (FIELD_BITS * np.arange(FIELDS_PER_WORD, dtype=np.int64))).sum()
    lift: NDArray[np.int64] = (top - np.clip(needed, 0, top)) * place
    return lift


TOP_BITS = sum(1 << (FIELD_BITS * field + FIELD_BITS - 1) for field in range(FIELDS_PER_WORD))


@numba.njit(cache=True)
def _drawn_rotations(packed: NDArray[np.int64], lift: NDArray[np.int64], offsets: NDArray[np.int64]) -> int:
    """Count drawn rotations that reach the score."""
    years, _, lengths, _ = packed.shape
    reached = 0
    for draw in range(len(offsets)):
        for length in range(lengths):
            first, second = lift[length], lift[length]
            for year in range(years):
                first += packed[year, offsets[draw, year], length, 0]
                second += packed[year, offsets[draw, year], length, 1]
            if (first | second) & TOP_BITS:
                reached += 1
                break
    return reached


@numba.njit(cache=True)
def _all_rotations(packed: NDArray[np.int64], lift: NDArray[np.int64]) -> int:
    """Count rotations that reach the score; the first year stands: turning all alike changes nothing."""
    years, _, lengths, _ = packed.shape
    sums = np.zeros((years, lengths, 2), np.int64)
    turn = np.zeros(years, np.int64)
    reached, changed = 0, 0
    while changed >= 0:
        for year in range(changed, years):
            for length in range(lengths):
                for word in range(2):
                    before = sums[year - 1, length, word] if year else lift[length]
                    sums[year, length, word] = before + packed[year, turn[year], length, word]
        for length in range(lengths):
            if (sums[-1, length, 0] | sums[-1, length, 1]) & TOP_BITS:
                reached += 1
                break
        changed = years - 1
        while changed > 0 and turn[changed] == MONTHS - 1:
            turn[changed] = 0
            changed -= 1
        if changed == 0:
            return reached
        turn[changed] += 1
    return reached
