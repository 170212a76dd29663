"""Periods: what a figure comes to over months, seasons and the year, the worst season beside the mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from footprint.indicators.units import Level
from layers.months import in_month
from layers.seasons import Season

MONTHS = 12


@dataclass(frozen=True, slots=True)
class YearSummary:
    """One measure over the year: never the mean without the worst season beside it."""

    by_month: tuple[float, ...]
    mean: float
    worst: float
    worst_season: str
    """Identifier of the season with the lowest mean."""


def span(values: Sequence[float], seasons: Sequence[Season]) -> YearSummary:
    """
    Return a measure's mean over the year and its worst season.

    Parameters
    ----------
    values
        The measure in months 1 to 12.
    seasons
        Named groups of months; ties go to the first.

    Examples
    --------
    >>> dry, wet = Season("DRY", (), 0b111100000001), Season("WET", (), 0b000011111110)
    >>> found = span([0.5] * 5 + [0.2] * 3 + [0.5] * 4, (dry, wet))
    >>> found.worst_season, round(found.worst, 3), round(found.mean, 3)
    ('WET', 0.371, 0.425)
    """
    numbers = np.asarray(values, dtype=float)
    means = {season.season_id: float(numbers[_chosen(season)].mean()) for season in seasons}
    # A season with an unknown month might be the worst: then nobody knows which is.
    worst = min(means, key=lambda season_id: (not isnan(means[season_id]), means[season_id]))
    return YearSummary(tuple(numbers.tolist()), float(numbers.mean()), means[worst], worst)


def _chosen(season: Season) -> NDArray[np.bool_]:
    return np.array([in_month(season.months, month) for month in range(1, MONTHS + 1)])


def over_months(frame: pd.DataFrame, months: Sequence[int]) -> pd.DataFrame:
    """Return one row per unit with the mean of every figure over `months` (1-12)."""
    chosen = frame[frame["month"].isin(list(months))]
    return (
        chosen.drop(columns="month")
        .groupby(["level", "unit_id", "name"], sort=False, as_index=False)
        .mean(numeric_only=True)
    )


def monthly(
    frame: pd.DataFrame, level: Level, unit_ids: Sequence[str], columns: Sequence[str]
) -> dict[str, list[float]]:
    """
    Return measures over several units of a level, each in months 1 to 12.

    Units weigh by their demand; NaN in a month in which none has any.
    """
    rows = frame[(frame["level"] == level).to_numpy() & frame["unit_id"].isin(list(unit_ids)).to_numpy()]
    demand = rows["demand"].to_numpy()
    month = rows["month"].to_numpy() - 1
    total = np.bincount(month, demand, MONTHS)
    with np.errstate(invalid="ignore"):
        return {
            name: (
                np.bincount(month, np.nan_to_num(rows[name].to_numpy()) * demand, MONTHS)
                / np.where(total > 0, total, np.nan)
            ).tolist()
            for name in columns
        }
