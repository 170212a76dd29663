"""Can these dates bear a calendar? Days on which they pile up, months nobody reports in, growth."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
from scipy.stats import binom

from footprint.method import SeasonalityNumbers
from footprint.violence.seasonality.calendar import MONTHS, omissions
from footprint.violence.seasonality.recurrence import Recurrence, Status
from layers.incidents import DatePrecision

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

YEAR_DAYS = 365.25
SHARE_OF_DAY = tuple(count / YEAR_DAYS for count in (*(12,) * 28, 11.25, 11, 7))
"""Even share of the dates for each day of the month, 1 to 31."""

RARE = 1e-4
"""Chance below which a pile, of 31 days looked at, is none of chance's making."""

SILENT_SHARE, SILENT_EXPECTED = 0.1, 10.0
"""A month is silent under a tenth of its even share, if that share is at least ten. Judgement."""


RAINS_SHARE = 0.75
"""Incidents of a month of rain, to those of another, under which rain may be what silences. Judgement."""


class Doubt(StrEnum):
    """What makes a calendar of these dates doubtful."""

    PILE = "pile"
    """One day of the month holds far more than its share."""
    NEW_YEAR = "new_year"
    """1 January holds far more than its share; its incidents are left out."""
    SILENT_MONTHS = "silent_months"
    """The provider hardly reports in some months of the year."""
    RAINS = "rains"
    """Far less is reported in the area's months of rain."""
    GROWTH = "growth"
    """Incidents grow very fast."""
    SUM_DATES = "sum_dates"
    """Many dates are known to the month or the year only; their incidents are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateWarning:
    """One reason to doubt a calendar, with what was counted."""

    doubt: Doubt
    count: int
    """Incidents concerned; areas for growth."""
    total: int
    """Of how many."""
    times: float = 1.0
    """Times the even share, growth a year, or incidents of a month of rain to those of another."""
    days: tuple[int, ...] = ()
    """Days of the month on which dates pile up."""
    months: tuple[int, ...] = ()
    """Months (1-12) that are silent, or of rain."""
    names: tuple[str, ...] = ()
    """Areas that grow."""


def date_warnings(
    incidents: pd.DataFrame,
    recurrence: Recurrence,
    settings: SeasonalityNumbers,
    rains: Collection[int] = (),
) -> tuple[DateWarning, ...]:
    """
    List what makes a calendar of these incidents doubtful.

    Parameters
    ----------
    incidents
        Those asked for, whatever their date.
    recurrence
        Their calendar.
    settings
        How much of a pile, and of growth, there may be.
    rains
        The area's months of rain (1-12).
    """
    stated = incidents[incidents["date"].notna() & (incidents["date_precision"] != DatePrecision.YEAR)]
    why = omissions(incidents)
    rough = int(np.isin(why.astype(str), ("year_only", "month_only")).sum())
    found = []
    if 2 * rough > len(incidents):
        found.append(DateWarning(doubt=Doubt.SUM_DATES, count=rough, total=len(incidents)))
    found += _piles(stated, settings.pile_max)
    tested = incidents[why == ""]
    found += _silent(stated["date"].dt.month.to_numpy())
    found += _rains(tested["date"].dt.month.to_numpy(), sorted(rains))
    return tuple(found + _growth(recurrence, settings.growth_max))


def _piles(stated: pd.DataFrame, times_max: float) -> list[DateWarning]:
    """Name the days of the month, and 1 January, that hold too many of the dates."""
    day, month = stated["date"].dt.day.to_numpy(), stated["date"].dt.month.to_numpy()
    found: list[DateWarning] = []
    n = len(stated)
    if not n:
        return found
    new_year = int(((day == 1) & (month == 1)).sum())
    if new_year * YEAR_DAYS > times_max * n and binom.sf(new_year - 1, n, 1 / YEAR_DAYS) < RARE:
        times = new_year * YEAR_DAYS / n
        found.append(DateWarning(doubt=Doubt.NEW_YEAR, count=new_year, total=n, times=times))
    kept = (stated["date_precision"] != DatePrecision.MONTH).to_numpy() & ~((day == 1) & (month == 1))
    day = day[kept]
    counts, share = np.bincount(day, minlength=32)[1:], np.array(SHARE_OF_DAY)
    full = (counts > times_max * share * len(day)) & (binom.sf(counts - 1, max(len(day), 1), share) < RARE)
    if full.any():
        days = tuple((np.flatnonzero(full) + 1).tolist())
        times = float(counts[full].sum() / (share[full].sum() * len(day)))
        count = int(counts[full].sum())
        found.append(DateWarning(doubt=Doubt.PILE, count=count, total=len(day), times=times, days=days))
    return found


def _silent(month: NDArray[np.int64]) -> list[DateWarning]:
    """Name the months in which hardly anything is reported."""
    even = len(month) / MONTHS
    counts = np.bincount(month, minlength=MONTHS + 1)[1:]
    silent = counts < SILENT_SHARE * even
    if even < SILENT_EXPECTED or not silent.any():
        return []
    months = tuple((np.flatnonzero(silent) + 1).tolist())
    count = int(counts[silent].sum())
    return [DateWarning(doubt=Doubt.SILENT_MONTHS, count=count, total=len(month), months=months)]


def _rains(month: NDArray[np.int64], rains: Sequence[int]) -> list[DateWarning]:
    """Say whether far less is reported in the months of rain."""
    count, total, length = int(np.isin(month, rains).sum()), len(month), len(rains)
    if not total or not 0 < length < MONTHS:
        return []
    dry = (total - count) / (MONTHS - length)
    times = count / length / dry if dry else np.inf
    if times > RAINS_SHARE or binom.cdf(count, total, length / MONTHS) > RARE:
        return []
    return [DateWarning(doubt=Doubt.RAINS, count=count, total=total, times=times, months=tuple(rains))]


def _growth(recurrence: Recurrence, growth_max: float) -> list[DateWarning]:
    """Name the tested areas whose incidents grow too fast."""
    table = recurrence.table
    tested = table[table["status"] == Status.TESTED]
    fast = tested[tested["growth"].astype(float) > growth_max].sort_values("growth", ascending=False)
    if fast.empty:
        return []
    names: Sequence[str] = fast["name"].tolist()
    largest = float(fast["growth"].iloc[0])
    return [
        DateWarning(doubt=Doubt.GROWTH, count=len(fast), total=len(tested), times=largest, names=tuple(names))
    ]
