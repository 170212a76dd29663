"""Periods: what an indicator comes to over months, seasons and the year, the worst season beside the mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from footprint.indicators.units import Level
from layers.months import months_in

MONTHS = 12
MONTHS_OF_YEAR = tuple(range(1, MONTHS + 1))
CLOSE = 1e-9
"""Differences this small are rounding, not change [share]."""
KEYS = ["level", "unit_id", "name"]
"""Columns that name a unit in every table of figures."""


class SeasonMonths(Protocol):
    """A named group of months, whoever names it."""

    @property
    def season_id(self) -> str:
        """Identifier."""

    @property
    def months(self) -> int:
        """Bit m-1 set for month m."""


@dataclass(frozen=True, slots=True)
class YearSummary:
    """One indicator over the year: never the mean without the worst season beside it."""

    by_month: tuple[float, ...]
    mean: float
    worst: float
    worst_season: str | None
    """Identifier of the season with the worst mean; None where nobody can know."""


@dataclass(frozen=True, slots=True, eq=False)
class Year:
    """Series of twelve months, and what each comes to over the seasons and the year."""

    season_ids: tuple[str, ...]
    by_month: NDArray[np.float64] = field(repr=False)
    """Values of months 1 to 12, shape (..., 12)."""
    by_season: NDArray[np.float64] = field(repr=False)
    """Mean of each season, NaN if any of its months is unknown, shape (..., n_seasons)."""
    mean: NDArray[np.float64] = field(repr=False)
    """Mean of the twelve months, NaN if any is unknown, shape (...)."""
    worst: NDArray[np.float64] = field(repr=False)
    """Mean of the worst season; NaN if any season is unknown, for it might be the worst."""
    worst_at: NDArray[np.intp] = field(repr=False)
    """Place of the worst season among `season_ids`, the first of equals; -1 if unknown."""

    def worst_season(self, *series: int) -> str | None:
        """Return the identifier of one series' worst season, None if unknown."""
        at = int(self.worst_at[series])
        return None if at < 0 else self.season_ids[at]

    def summary(self, *series: int) -> YearSummary:
        """Return one series by itself."""
        return YearSummary(
            by_month=tuple(self.by_month[series].tolist()),
            mean=float(self.mean[series]),
            worst=float(self.worst[series]),
            worst_season=self.worst_season(*series),
        )


def over_year(values: ArrayLike, seasons: Sequence[SeasonMonths], *, higher_is_better: bool = True) -> Year:
    """
    Return what series of months come to over the seasons and the year.

    Parameters
    ----------
    values
        Values of months 1 to 12, NaN where unknown, shape (..., 12).
    seasons
        Named groups of months, one at least; of exactly equal ones the first is the worst.
    higher_is_better
        Whether the lowest season is the worst, or the highest.

    Returns
    -------
    Year
        A season with an unknown month has no mean. Then no worst season is known either.

    Examples
    --------
    >>> from layers.months import months_mask
    >>> from layers.seasons import Season
    >>> dry, wet = Season("DRY", (), months_mask("9-12,1")), Season("WET", (), months_mask("2-8"))
    >>> found = over_year([0.5] * 5 + [0.2] * 3 + [0.5] * 4, (dry, wet))
    >>> found.worst_season(), round(float(found.worst), 3), round(float(found.mean), 3)
    ('WET', 0.371, 0.425)
    """
    by_month = np.asarray(values, dtype=np.float64)
    by_season = np.stack([mean_over(by_month, months_in(season.months)) for season in seasons], axis=-1)
    worst = by_season.min(axis=-1) if higher_is_better else by_season.max(axis=-1)
    at = by_season.argmin(axis=-1) if higher_is_better else by_season.argmax(axis=-1)
    return Year(
        season_ids=tuple(season.season_id for season in seasons),
        by_month=by_month,
        by_season=by_season,
        mean=mean_over(by_month, MONTHS_OF_YEAR),
        worst=worst,
        worst_at=np.where(np.isnan(by_season).any(axis=-1), -1, at),
    )


def mean_over(by_month: ArrayLike, months: Sequence[int]) -> NDArray[np.float64]:
    """Return the mean over `months` (1 is the first) along the last axis; NaN if any is unknown."""
    values = np.asarray(by_month, dtype=np.float64)
    total = np.zeros(values.shape[:-1])
    # Month by month, so that the shape of the table does not change the last digit.
    for month in months:
        total = total + values[..., month - 1]
    return np.asarray(total / len(months))


def monthly(figures: pd.DataFrame, columns: Sequence[str]) -> tuple[pd.DataFrame, NDArray[np.float64]]:
    """
    Return a table of figures as an array with one axis for the months.

    Parameters
    ----------
    figures
        One row per unit and month: `level`, `unit_id`, `name`, `month`, and `columns`.
    columns
        Columns with numbers.

    Returns
    -------
    tuple of DataFrame and NDArray
        `level`, `unit_id` and `name` of each unit, in the order of `figures`; and the values, NaN
        for a month without a row, shape (n_units, n_columns, 12).
    """
    unit = figures.groupby(KEYS, sort=False, dropna=False).ngroup().to_numpy()
    units = figures.drop_duplicates(KEYS)[KEYS].reset_index(drop=True)
    values = np.full((len(units), len(columns), MONTHS), np.nan)
    numbers = figures[[str(name) for name in columns]].to_numpy(dtype=np.float64)
    values[unit, :, figures["month"].to_numpy() - 1] = numbers
    return units, values


def by_period(
    figures: pd.DataFrame,
    columns: Sequence[str],
    seasons: Sequence[SeasonMonths],
    *,
    higher_is_better: bool = True,
) -> pd.DataFrame:
    """
    Return figures by season, with the mean of the year and the worst season.

    Parameters
    ----------
    figures
        One row per unit and month, as in `monthly`.
    columns
        Columns with numbers, all good in the same direction.
    seasons
        Named groups of months.
    higher_is_better
        Whether the lowest season is the worst, or the highest.

    Returns
    -------
    DataFrame
        One row per unit and column, in the order of both: `level`, `unit_id`, `name`,
        `measure` (the column), one column per season, then `mean`, `worst` and `worst_season`, None
        where unknown. See `over_year`.
    """
    units, values = monthly(figures, columns)
    year = over_year(values, seasons, higher_is_better=higher_is_better)
    frame = units.loc[units.index.repeat(len(columns))].reset_index(drop=True)
    frame["measure"] = [str(name) for name in columns] * len(units)
    for number, season_id in enumerate(year.season_ids):
        frame[season_id] = year.by_season[..., number].ravel()
    frame["mean"], frame["worst"] = year.mean.ravel(), year.worst.ravel()
    names = np.array([*year.season_ids, None], dtype=object)
    frame["worst_season"] = pd.Series(names[year.worst_at.ravel()], dtype=object)
    return frame


def over_units(
    figures: pd.DataFrame, level: Level, unit_ids: Sequence[str], columns: Sequence[str]
) -> NDArray[np.float64]:
    """
    Return figures over several units of a level, weighed by their demand.

    Returns
    -------
    NDArray
        Months 1 to 12 of each column, NaN in a month in which no unit has demand, or in which one that
        has some is not known, shape (n_columns, 12).
    """
    chosen = (figures["level"] == level).to_numpy() & figures["unit_id"].isin(list(unit_ids)).to_numpy()
    _, values = monthly(figures[chosen], ["demand", *columns])
    demand, shares = np.nan_to_num(values[:, :1]), values[:, 1:]
    total = demand.sum(axis=0)
    weighed = np.where(demand > 0, shares * demand, 0.0).sum(axis=0)
    return np.asarray(weighed / np.where(total > 0, total, np.nan))
