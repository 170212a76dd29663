"""Does a series of yearly scores rise or fall? Mann-Kendall, ties handled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtr

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Trend:
    """Mann-Kendall test of each series."""

    score: NDArray[np.float64]
    """Rising pairs less falling pairs."""
    z: NDArray[np.float64]
    """Standard score with continuity correction; 0 for a constant series."""
    p: NDArray[np.float64]
    """Two-sided p by the normal approximation; 1 for a constant series."""


def mann_kendall(series: NDArray[np.float64]) -> Trend:
    """
    Test each series for a rising or falling trend.

    Parameters
    ----------
    series
        Values in order of time, shape (n_series, n_years).

    Returns
    -------
    Trend
        Arrays of shape (n_series,). Series with a missing value get z 0 and p 1.

    Examples
    --------
    >>> mann_kendall(np.array([[1.0, 2.0, 3.0, 4.0, 5.0]])).p.round(4).tolist()
    [0.0275]
    """
    n = series.shape[1]
    pairs = np.sign(series[:, None, :] - series[:, :, None])
    score = np.where(np.triu(np.ones((n, n), bool), 1), pairs, 0.0).sum(axis=(1, 2))
    tied = (pairs == 0).sum(axis=2)
    # Each of t tied values carries 1/t of its group's term t(t-1)(2t+5).
    ties = ((tied - 1) * (2 * tied + 5)).sum(axis=1)
    variance = (n * (n - 1) * (2 * n + 5) - ties) / 18
    known = (variance > 0) & ~np.isnan(score)
    z = np.zeros(len(series))
    z[known] = np.sign(score[known]) * (np.abs(score[known]) - 1).clip(min=0) / np.sqrt(variance[known])
    return Trend(score, z, 2 * ndtr(-np.abs(z)))
