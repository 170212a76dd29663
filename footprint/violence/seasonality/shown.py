"""At which cut are an area's years told, so that its window is not torn, and which of them were hit?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from footprint.method import SeasonalityNumbers
from footprint.violence.seasonality.scan import MONTHS, Scan, hit_table

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from footprint.violence.seasonality.calendar import Calendar


def eligible_years(
    calendar: Calendar, area: int, cut: int, settings: SeasonalityNumbers
) -> NDArray[np.bool_]:
    """Tell which season-years of an area have enough incidents, cut at a month (1-12)."""
    return np.asarray(calendar.by_year(cut)[area].sum(axis=1) >= settings.events_min)


def shown_cut(calendar: Calendar, area: int, window: Scan | None, settings: SeasonalityNumbers) -> int:
    """
    Return the month (1-12) at which an area's years are cut where they are told.

    Parameters
    ----------
    calendar, area, settings
        The calendar, the number of the area in it, and what makes a year eligible.
    window
        The window found, None where there was no test.

    Returns
    -------
    int
        The calendar's own cut; where that would tear the window in two, the month opposite, if
        enough years are eligible there.
    """
    usual = calendar.first_month
    if window is None:
        return usual
    first_month = (calendar.start[1] - 1 + window.start) % MONTHS + 1
    if (first_month - usual) % MONTHS + window.length <= MONTHS:
        return usual
    opposite = (first_month - 1 + window.length + (MONTHS - window.length) // 2) % MONTHS + 1
    enough = eligible_years(calendar, area, opposite, settings).sum() >= settings.years_min
    return opposite if enough else usual


def window_hits(
    calendar: Calendar, area: int, window: Scan, settings: SeasonalityNumbers
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """
    Return how the years fell at the cut where they are told.

    Parameters
    ----------
    calendar, area, window, settings
        As for `shown_cut`.

    Returns
    -------
    tuple
        Hits of all windows of that length, shape (n_years, 12), the first month counted from the cut;
        and those of the window itself in eligible years, shape (n_years,).
    """
    cut = shown_cut(calendar, area, window, settings)
    hits = np.asarray(hit_table(calendar.by_year(cut)[area], settings)[:, window.length - 1])
    place = (calendar.start[1] - cut + window.start) % MONTHS
    return hits, hits[:, place] & eligible_years(calendar, area, cut, settings)
