"""Bands: how figures of plans lie over the draws, one by one, in pairs and in order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from footprint.indicators.periods import CLOSE
from footprint.method import UncertaintyNumbers


@dataclass(frozen=True, slots=True)
class Band:
    """Where most draws lie [share of need]."""

    low: float
    median: float
    high: float


@dataclass(frozen=True, slots=True)
class Paired:
    """Two plans under the same draws: second minus first."""

    centre: float
    """Difference by the method's own numbers [share of need]."""
    band: Band
    """Of the differences, draw by draw: not the difference of two bands."""
    first_better: int
    """Draws in which the first is strictly better."""
    second_better: int
    """Draws in which the second is; ties count for neither."""
    draws: int
    told_apart: bool
    """Whether either is better in so many draws that they can be told apart."""
    within_cells: bool
    """Whether the median difference is smaller than what moving the cells makes by itself."""


def band_of(values: NDArray[np.float64], numbers: UncertaintyNumbers) -> Band:
    """
    Return the band and the median of some values.

    Examples
    --------
    >>> from footprint.method import default_method
    >>> band_of(np.arange(11.0), default_method().uncertainty)
    Band(low=1.0, median=5.0, high=9.0)
    """
    low, median, high = np.quantile(values, [numbers.low_share, 0.5, numbers.high_share]).tolist()
    return Band(low, median, high)


def paired(
    centre: float,
    first: NDArray[np.float64],
    second: NDArray[np.float64],
    numbers: UncertaintyNumbers,
    *,
    cells_share: float,
) -> Paired:
    """
    Compare two plans draw by draw.

    Parameters
    ----------
    centre
        Second minus first by the method's own numbers [share of need].
    first, second
        Each plan's figure in every draw [share of need], shape (n_draws,).
    numbers
        The band, and when two plans can be told apart.
    cells_share
        What moving the cells makes by itself [share of need].

    Returns
    -------
    Paired
        Of equal values neither is better; differences up to rounding are equal.
    """
    apart = second - first
    worse, better = int((apart < -CLOSE).sum()), int((apart > CLOSE).sum())
    band = band_of(apart, numbers)
    wanted = numbers.told_apart_share * len(apart)
    return Paired(
        centre=centre,
        band=band,
        first_better=worse,
        second_better=better,
        draws=len(apart),
        # A share times a number may come out a rounding above the whole number that it is.
        told_apart=max(worse, better) >= wanted - CLOSE,
        within_cells=abs(band.median) < cells_share,
    )


def ranks_of(values: NDArray[np.float64]) -> NDArray[np.int64]:
    """
    Return how often each plan is first, second and so on.

    Parameters
    ----------
    values
        Figure of each plan in each draw [share of need], shape (n_draws, n_plans).

    Returns
    -------
    ndarray
        Draws by plan and place, shape (n_plans, n_plans). Equal ones share the better place, so that
        of two that are always equal both are always first.

    Examples
    --------
    >>> ranks_of(np.array([[0.1, 0.2], [0.2, 0.2], [0.3, 0.2]])).tolist()
    [[2, 1], [2, 1]]
    """
    n_plans = values.shape[1]
    place = (values[:, None, :] > values[:, :, None] + CLOSE).sum(axis=2)
    return np.stack([np.bincount(place[:, plan], minlength=n_plans) for plan in range(n_plans)])
