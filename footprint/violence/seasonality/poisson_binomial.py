"""How likely are at least k hits when each year has its own chance of one?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def poisson_binomial_tail(chances: NDArray[np.float64], k: int) -> float:
    """
    Return the exact probability of at least `k` successes in independent trials.

    Parameters
    ----------
    chances
        Chance of success in each trial, 0-1, shape (n,).
    k
        Successes. 0 or fewer are certain, more than n impossible.

    Examples
    --------
    >>> poisson_binomial_tail(np.array([0.5, 0.5]), 1)
    0.75
    """
    exactly = np.zeros(len(chances) + 1)
    exactly[0] = 1.0
    for chance in chances:
        exactly[1:] = exactly[1:] * (1 - chance) + exactly[:-1] * chance
        exactly[0] *= 1 - chance
    return float(min(exactly[max(k, 0) :].sum(), 1.0))
