"""Tornado: which of the drawn numbers a figure, or the difference of two plans, hangs on most."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from footprint.method import UncertaintyNumbers
from footprint.uncertainty.draws import Draws, Number


@dataclass(frozen=True, slots=True)
class Swing:
    """What one number does, the others being drawn as they are."""

    number: Number
    low: float
    """The number at the bottom of its band [times the method's own; km for places]."""
    high: float
    """The number at the top of its band."""
    swing: float
    """By how much the value rises from the one to the other [share of need]; negative where it falls."""
    share: float
    """Part of the variance over the draws that goes with it [0-1]."""
    doubt: float
    """Standard error of `swing` [share of need]: smaller swings cannot be told from none."""


@dataclass(frozen=True, slots=True)
class Tornado:
    """Which number matters most, the one with the widest swing first."""

    swings: tuple[Swing, ...]
    explained: float
    """Part of the variance that goes with single numbers in straight lines [0-1]; NaN if nothing varies."""


def tornado(draws: Draws, values: NDArray[np.float64], numbers: UncertaintyNumbers) -> Tornado:
    """
    Tell what each drawn number does to a value, from the draws themselves.

    Parameters
    ----------
    draws
        What was drawn.
    values
        The value under each draw [share of need], shape (n_draws,).
    numbers
        The band over which a number is moved.

    Notes
    -----
    Least squares of the value on all numbers at once, each in units of its own spread: the slope times the
    width of the number's band. Two ways were open. Moving one number to its ends with the others at rest
    asks for two more reckonings of every plan for each number (a fourth again of all draws), and tells of a
    corner where the others never are. This one is free, is told for the paired difference of any two plans
    as for a figure, averages over whatever the others do, and says what it misses: `explained` is the
    part of the variance it accounts for, and the rest is curves, numbers that act only together, and
    which way each place was moved. Numbers are drawn independently, so that shares add up to `explained`,
    but for chance of some 1 / n_draws each.
    """
    spread = draws.values.std(axis=0)
    varied = np.flatnonzero(spread > 0)
    apart = values - values.mean()
    total = float((apart**2).sum())
    if not len(varied) or not total > 0:
        return Tornado((), float("nan"))
    scaled = (draws.values[:, varied] - draws.values[:, varied].mean(axis=0)) / spread[varied]
    slopes, *_ = np.linalg.lstsq(scaled, apart, rcond=None)
    left = float(((apart - scaled @ slopes) ** 2).sum())
    freedom = max(len(values) - len(varied) - 1, 1)
    error = np.sqrt(left / freedom * np.diag(np.linalg.pinv(scaled.T @ scaled)))
    shares = [numbers.low_share, numbers.high_share]
    low, high = np.quantile(draws.values[:, varied], shares, axis=0)
    width = (high - low) / spread[varied]
    swings = [
        Swing(
            number=draws.numbers[column],
            low=float(low[at]),
            high=float(high[at]),
            swing=float(slopes[at] * width[at]),
            share=float(slopes[at] ** 2 * len(values) / total),
            doubt=float(error[at] * width[at]),
        )
        for at, column in enumerate(varied.tolist())
    ]
    swings.sort(key=lambda each: (-abs(each.swing), each.number.number_id))
    return Tornado(tuple(swings), 1.0 - left / total)
