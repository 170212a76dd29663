"""Orders: Shapley shares and means over chance closings by sampling, with how far off they may be."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from footprint.coverage.portfolios import Portfolios

PAIRS = 200
"""Pairs of orders, or of draws: each with its opposite, so that what one overstates the other understates."""

_SEED = 20190630


@dataclass(frozen=True, slots=True, eq=False)
class Estimate:
    """Figures, and how far off they may be."""

    value: NDArray[np.float64] = field(repr=False)
    error: NDArray[np.float64] = field(repr=False)
    """Standard error, in the unit and shape of `value`; 0 where it is exact."""

    @property
    def exact(self) -> bool:
        """Whether nothing was sampled."""
        return self.largest == 0.0

    @property
    def largest(self) -> float:
        """The largest standard error."""
        return float(np.max(np.nan_to_num(self.error), initial=0.0))


def shapley_by_orders(choices: Portfolios, n_stations: int, *, pairs: int = PAIRS) -> Estimate:
    """
    Estimate each station's Shapley share by random orders of opening, each with its reverse.

    Parameters
    ----------
    choices
        The stations, and the figures wanted.
    n_stations
        How many stations there are.
    pairs
        Pairs of an order and its reverse, at least two.

    Returns
    -------
    Estimate
        Shape (n_stations, n_bundles, n_figures); 0 where a figure has no need.
    """
    draw = np.random.default_rng(_SEED)
    found = []
    for _ in range(pairs):
        order = draw.permutation(n_stations).tolist()
        found.append((_gains(choices, order) + _gains(choices, order[::-1])) / 2)
    return _mean(np.stack(found))


def expected_by_draws(
    choices: Portfolios, open_shares: NDArray[np.float64], *, pairs: int = PAIRS
) -> Estimate:
    """
    Estimate the mean of every figure if stations close independently, by draws each with its opposite.

    Parameters
    ----------
    choices, pairs
        As for `shapley_by_orders`.
    open_shares
        Probability that each station is open [0-1], shape (n_stations,).

    Returns
    -------
    Estimate
        Shape (n_bundles, n_figures); 0 where a figure has no need.
    """
    draw = np.random.default_rng(_SEED)
    found = []
    for _ in range(pairs):
        luck = draw.random(len(open_shares))
        both = [np.flatnonzero(each < open_shares).tolist() for each in (luck, 1.0 - luck)]
        found.append(sum(np.nan_to_num(choices.figures(own)) for own in both) / 2)
    return _mean(np.stack(found))


def _gains(choices: Portfolios, order: list[int]) -> NDArray[np.float64]:
    """Return what each station adds when they open in an order."""
    before = np.nan_to_num(choices.figures(()))
    gains = np.zeros((len(order), *before.shape))
    for count, station in enumerate(order, start=1):
        after = np.nan_to_num(choices.figures(order[:count]))
        gains[station] = after - before
        before = after
    return gains


def _mean(drawn: NDArray[np.float64]) -> Estimate:
    return Estimate(drawn.mean(axis=0), drawn.std(axis=0, ddof=1) / np.sqrt(len(drawn)))
