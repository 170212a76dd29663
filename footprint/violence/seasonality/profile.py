"""How is a year's violence spread over the months, with thin data drawn to the national pattern?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import gammaln

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from footprint.violence.seasonality.calendar import Calendar

MONTHS = 12

STRENGTH_RANGE = (1e-2, 1e6)
"""Range of A searched [incidents]; at the upper end areas do not differ and all follow the nation."""


@dataclass(frozen=True, slots=True, eq=False)
class SeasonalProfile:
    """
    Share of a year's incidents in each calendar month.

    Attributes
    ----------
    share
        Shape (n_areas, 12), January first; rows sum to 1. Twelve times it is the factor
        a month has in demand: 1 when all months are alike.
    low, high
        10 and 90 % of the same over resampled years; they do not sum to 1.
    national
        National share, shape (12,).
    strength
        A: the incidents the national pattern weighs [incidents].
    area_ids
        Identifier of each row.
    """

    share: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    national: NDArray[np.float64]
    strength: float
    area_ids: tuple[str, ...]

    @property
    def factor(self) -> NDArray[np.float64]:
        """Twelve times the share, shape (n_areas, 12): 1 in a month like any other."""
        return MONTHS * self.share


def seasonal_profile(
    calendar: Calendar, *, n_resamples: int = 200, seed: int = 0, band: tuple[float, float] = (0.1, 0.9)
) -> SeasonalProfile:
    """
    Estimate each area's seasonal profile.

    Parameters
    ----------
    calendar
        Incidents by area, season-year and month; areas that do not overlap, such as cercles.
    n_resamples
        Times the years are drawn again with replacement.
    seed
        Seed of that.
    band
        Quantiles reported as low and high.

    Returns
    -------
    Profile
        An area without incidents follows the nation exactly; a calendar without
        incidents is flat.

    Notes
    -----
    s[a,m] = (n[a,m] + A s_nat[m])/(N_a + A), with A by maximum likelihood of the
    Dirichlet-multinomial. Whole years are resampled, all areas together, because incidents of
    one year are not independent.
    """
    counts = calendar.by_month
    share, national, strength = _estimate(counts.sum(axis=1))
    generator = np.random.default_rng(seed)
    n_years = counts.shape[1]
    drawn = np.broadcast_to(share, (max(n_resamples, 1), *share.shape)).copy()
    for number in range(n_resamples if n_years else 0):
        years = generator.integers(0, n_years, n_years)
        drawn[number] = _estimate(counts[:, years].sum(axis=1))[0]
    low, high = np.quantile(drawn, band, axis=0)
    return SeasonalProfile(share, low, high, national, strength, calendar.area_ids)


def _estimate(counts: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64], float]:
    """Return shares (n_areas, 12), the national share (12,) and the strength A of counts (n_areas, 12)."""
    total = counts.sum()
    national = counts.sum(axis=0) / total if total else np.full(MONTHS, 1 / MONTHS)
    strength = dirichlet_strength(counts, national)
    share = (counts + strength * national) / (counts.sum(axis=1, keepdims=True) + strength)
    return share, national, strength


def log_likelihood(counts: NDArray[np.int64], national: NDArray[np.float64], strength: float) -> float:
    """
    Return the Dirichlet-multinomial log-likelihood of all areas, less its constant.

    Parameters
    ----------
    counts
        Incidents by month, shape (n_areas, 12).
    national
        National share, shape (12,).
    strength
        A [incidents].
    """
    seen = national > 0
    alpha = strength * national[seen]
    of_months = gammaln(counts[:, seen] + alpha) - gammaln(alpha)
    of_areas = gammaln(strength) - gammaln(counts.sum(axis=1) + strength)
    return float(of_months.sum() + of_areas.sum())


def dirichlet_strength(counts: NDArray[np.int64], national: NDArray[np.float64]) -> float:
    """
    Return the A under which the areas' months are likeliest, within `STRENGTH_RANGE`.

    Parameters
    ----------
    counts
        Incidents by month, shape (n_areas, 12).
    national
        National share, shape (12,).
    """
    counted = counts[counts.sum(axis=1) > 0]
    if not len(counted):
        return STRENGTH_RANGE[1]
    low, high = np.log(STRENGTH_RANGE)
    best = minimize_scalar(
        lambda log_strength: -log_likelihood(counted, national, float(np.exp(log_strength))),
        bounds=(low, high),
        method="bounded",
        options={"xatol": 1e-4},
    )
    return float(np.exp(best.x))
