"""How is a year's violence spread over the months, and where has that spread foretold anything?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize_scalar

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from footprint.method import SeasonalityNumbers
    from footprint.violence.seasonality.calendar import Calendar

MONTHS = 12

STRENGTH_RANGE = (1e-2, 1e6)
"""Range of A searched [incidents]; at the upper end areas do not differ and all follow the nation."""


@dataclass(frozen=True, slots=True, eq=False)
class SeasonalProfile:
    """
    Share of a year's incidents in each calendar month, and where it may enter the protection need.

    Attributes
    ----------
    share
        Shape (n_areas, 12), January first; rows sum to 1. Twelve times it is the factor of a
        month: 1 when all months are alike.
    low, high
        10 and 90 % of the same over resampled years; they do not sum to 1.
    national
        National share, shape (12,).
    strength
        A: the incidents the national pattern weighs [incidents].
    area_ids
        Identifier of each row.
    forecast, beaten
        Years forecast from the years before, and those in which that beat "every month alike",
        shape (n_areas,).
    gain
        Log score won over all years forecast, against every month alike [nats], shape (n_areas,).
    earned
        Whether the profile earned its place in the protection need, shape (n_areas,).
    """

    share: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    national: NDArray[np.float64]
    strength: float
    area_ids: tuple[str, ...]
    forecast: NDArray[np.int64]
    beaten: NDArray[np.int64]
    gain: NDArray[np.float64]
    earned: NDArray[np.bool_]

    @property
    def need(self) -> NDArray[np.float64]:
        """Share of a year's threat in each month, shape (n_areas, 12); even where nothing was earned."""
        return np.where(self.earned[:, None], self.share, 1 / MONTHS)

    @property
    def n_earned(self) -> int:
        """Areas whose profile earned its place."""
        return int(self.earned.sum())


def seasonal_profile(
    calendar: Calendar,
    settings: SeasonalityNumbers,
    *,
    n_resamples: int = 200,
    band: tuple[float, float] = (0.1, 0.9),
) -> SeasonalProfile:
    """
    Estimate each area's seasonal profile, and try it on the years that came after.

    Parameters
    ----------
    calendar
        Incidents by area and month; areas that do not overlap, such as cercles.
    settings
        Incidents that a year needs to be forecast, years in which the forecast must beat every
        month alike, and by how much.
    n_resamples
        Times the years are drawn again with replacement.
    band
        Quantiles reported as low and high.

    Returns
    -------
    SeasonalProfile
        An area without incidents follows the nation exactly; a calendar without
        incidents is flat.

    Notes
    -----
    s[a,m] = 12 (n[a,m] + A π[m])/(N_a + A). A is the one whose profile of the other years foretells each
    year of each area best, in log score: years are the replicates, so that a burst in one year, which
    the others do not know, speaks for a large A and not for a season. (The likelihood of a
    Dirichlet-multinomial does not serve: with a burst in each area of a country without seasons it
    gave A 11 and a share of .42 to one month, this 7,000 and .12; where areas differ in truth by A 20 both
    give 21.) A profile earns its place where, forecast each year from the years before, it beat every
    month alike in log score in `foretold_years_min` years and in most, and where all of them but the
    best won `profile_gain_min`. (Beating alone is luck: of areas without a season 15 to 22 % did, and in
    one real capital the outbreak of a war in one December was enough. So it is 1 % or less, and 61 % of
    areas with a steady season three times as busy, 15 incidents a year over 8 years.) Whole years are
    resampled, all areas together, A as it is.
    """
    counts = np.roll(calendar.by_year(calendar.first_month), calendar.first_month - 1, axis=2)
    strength = yearly_strength(counts)
    share, national = _shares(counts, strength)
    generator = np.random.default_rng(settings.seed)
    n_years = counts.shape[1]
    drawn = np.broadcast_to(share, (max(n_resamples, 1), *share.shape)).copy()
    for number in range(n_resamples if n_years else 0):
        years = generator.integers(0, n_years, n_years)
        drawn[number] = _shares(counts[:, years], strength)[0]
    low, high = np.quantile(drawn, band, axis=0)
    score = forecast_scores(counts, settings.events_min)
    forecast = (~np.isnan(score)).sum(axis=1)
    beaten, gain = (score > 0).sum(axis=1), np.nansum(score, axis=1)
    but_the_best = gain - np.nan_to_num(score).max(axis=1, initial=0.0)
    return SeasonalProfile(
        share=share,
        low=low,
        high=high,
        national=national,
        strength=strength,
        area_ids=calendar.area_ids,
        forecast=forecast,
        beaten=beaten,
        gain=gain,
        earned=(beaten >= settings.foretold_years_min)
        & (2 * beaten > forecast)
        & (but_the_best >= settings.profile_gain_min),
    )


def _shares(counts: NDArray[np.int64], strength: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return shares (n_areas, 12) and the national share (12,) of counts (n_areas, n_years, 12)."""
    of_area = counts.sum(axis=1)
    national = national_share(of_area)
    share = (of_area + strength * national) / (of_area.sum(axis=1, keepdims=True) + strength)
    return share, national


def national_share(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """
    Return the nation's share of each month, shape (12,).

    Parameters
    ----------
    counts
        Incidents by month, shape (n_areas, 12).

    Notes
    -----
    Half an incident is added to each month (Jeffreys): a month in which none is known yet is
    not a month in which none can be.
    """
    of_month = counts.sum(axis=0) + 0.5
    return np.asarray(of_month / of_month.sum())


def forecast_scores(counts: NDArray[np.int64], events_min: int) -> NDArray[np.float64]:
    """
    Return the log score won by the profile of the years before, against every month alike.

    Parameters
    ----------
    counts
        Incidents by year and month, shape (n_areas, n_years, 12).
    events_min
        Incidents that a year needs to be forecast.

    Returns
    -------
    NDArray
        Shape (n_areas, n_years) [nats]; NaN in the first year, and where a year has too few incidents.
    """
    score = np.full(counts.shape[:2], np.nan)
    for year in range(1, counts.shape[1]):
        before = counts[:, :year]
        share, _ = _shares(before, yearly_strength(before))
        won = (counts[:, year] * np.log(MONTHS * share)).sum(axis=1)
        score[:, year] = np.where(counts[:, year].sum(axis=1) >= events_min, won, np.nan)
    return score


def yearly_strength(counts: NDArray[np.int64]) -> float:
    """
    Return the A whose profile of the other years foretells each year best, within `STRENGTH_RANGE`.

    Parameters
    ----------
    counts
        Incidents by year and month, shape (n_areas, n_years, 12); with fewer than two years areas
        cannot be told from their nation, and A is at its upper end.
    """
    if counts.shape[1] < 2 or not counts.any():  # noqa: PLR2004 - a year and another
        return STRENGTH_RANGE[1]
    counted = counts[counts.any(axis=(1, 2))]
    low, high = np.log(STRENGTH_RANGE)
    best = minimize_scalar(
        lambda log_strength: -left_out_score(counted, float(np.exp(log_strength))),
        bounds=(low, high),
        method="bounded",
        options={"xatol": 1e-3},
    )
    return float(np.exp(best.x))


def left_out_score(counts: NDArray[np.int64], strength: float) -> float:
    """
    Return the log score of all years, each foretold from the other years.

    Parameters
    ----------
    counts
        Incidents by year and month, shape (n_areas, n_years, 12).
    strength
        A [incidents].
    """
    others = counts.sum(axis=1, keepdims=True) - counts
    of_month = others.sum(axis=0) + 0.5
    national = of_month / of_month.sum(axis=1, keepdims=True)
    share = (others + strength * national) / (others.sum(axis=2, keepdims=True) + strength)
    return float((counts * np.log(share)).sum())
