"""In which areas does the same season come back busy, year after year?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.stats import beta

from footprint.method import SeasonalityNumbers
from footprint.violence.seasonality.foresight import Foretold, foresight
from footprint.violence.seasonality.poisson_binomial import poisson_binomial_tail
from footprint.violence.seasonality.power import power
from footprint.violence.seasonality.scan import MONTHS, Scan
from footprint.violence.seasonality.shown import eligible_years, shown_cut, window_hits
from footprint.violence.seasonality.tested import Tested, tested

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from footprint.violence.seasonality.calendar import Calendar
    from layers.grid import Grid


class Status(StrEnum):
    """Whether an area could be tested."""

    TESTED = "tested"
    NOT_ENOUGH_YEARS = "not_enough_years"
    NO_MONTHS = "no_months"
    OUTSIDE = "outside"
    """It lies mostly outside the area under review, so that nothing is known of it."""


class Answer(StrEnum):
    """What the calendar says of an area."""

    RETURNS = "returns"
    """A season comes back beyond chance."""
    WITHDRAWN = "withdrawn"
    """A season would have been found, but for incidents dated to the 1st of a month."""
    NONE = "none"
    """None stands out, where a strong one would more likely than not have been found."""
    TOO_FEW = "too_few"
    """None stands out, and a strong one would as likely have been missed: no answer."""
    NOT_ENOUGH_YEARS = "not_enough_years"
    NO_MONTHS = "no_months"
    OUTSIDE = "outside"
    """It lies mostly outside the area under review."""


class YearState(StrEnum):
    """How a season-year fell in an area's window."""

    HIT = "hit"
    QUIET = "quiet"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True, eq=False)
class Recurrence:
    """
    Recurrent seasons of every area of a calendar.

    Attributes
    ----------
    table
        Indexed by area_id: name, status, answer, n_events, n (eligible years), events_a_year (their median),
        power, significant; and for tested areas first_month (1-12), length [months], cut (month at
        which its years are cut), k (hits), expected (hits by chance), low and high (Jeffreys interval
        of k/n), p (scan), p_window (that window alone at that cut, as if fixed beforehand), q (p
        adjusted over areas), growth [times a year].
    states
        `YearState` of each area's season-years, by area_id, at the cut of its row.
    foresight
        For each area that ever had a calendar, what the later years made of it.
    """

    table: pd.DataFrame
    states: Mapping[str, tuple[YearState, ...]]
    foresight: Mapping[str, tuple[Foretold, ...]]
    calendar: Calendar
    settings: SeasonalityNumbers

    @property
    def statement(self) -> Status:
        """NO_MONTHS if the source has none, NOT_ENOUGH_YEARS if no area could be tested, else TESTED."""
        if not self.calendar.has_months:
            return Status.NO_MONTHS
        could = (self.table["status"] == Status.TESTED).any()
        return Status.TESTED if could else Status.NOT_ENOUGH_YEARS


def recurrence(calendar: Calendar, *, settings: SeasonalityNumbers) -> Recurrence:
    """
    Scan each area for a window of months that is busy in more years than chance allows.

    Parameters
    ----------
    calendar
        Incidents by area and month.
    settings
        Windows, what makes a hit and a year eligible, accepted rate, rotations.

    Returns
    -------
    Recurrence
        One row per area. Areas with too few eligible years, or from a source without
        months, carry a status and no numbers.

    Notes
    -----
    A year is a *hit* if a window of L months holds at least twice its even share, 2L/12, and at
    least two incidents. How often windows are hit is compared with what chance gives in `scan`, for
    years cut at every month. An area is tested if it has enough eligible years at the
    calendar's own cut; k of n and the years named are told at that cut, or where it would tear the
    window in two at the month opposite. An area's p does not depend on which others are tested.
    """
    outcome = tested(calendar, settings)
    rows, states = [], {}
    for area, area_id in enumerate(calendar.area_ids):
        rows.append(_row(calendar, area, outcome.scans[area], settings))
        states[area_id] = _states(calendar, area, outcome.scans[area], settings)
    table = pd.DataFrame(rows, index=pd.Index(calendar.area_ids, name="area_id"), columns=list(_COLUMNS))
    table.insert(0, "name", list(calendar.names))
    table.insert(2, "n_events", calendar.series.sum(axis=1))
    table["q"] = outcome.q
    table["significant"] = outcome.stands
    table["answer"] = _answers(table, outcome, calendar, settings)
    return Recurrence(table, states, foresight(calendar, settings), calendar, settings)


_COLUMNS = (
    "status", "n", "events_a_year", "power", "first_month", "length", "cut", "k", "expected", "low", "high",
    "p", "p_window", "growth",
)  # fmt: skip


def _states(
    calendar: Calendar, area: int, window: Scan | None, settings: SeasonalityNumbers
) -> tuple[YearState, ...]:
    """Return how each year fell in the window; eligible years of untested areas are quiet."""
    eligible = eligible_years(calendar, area, shown_cut(calendar, area, window, settings), settings)
    hit = np.zeros(len(eligible), bool)
    if window is not None:
        hit = window_hits(calendar, area, window, settings)[1]
    return tuple(
        YearState.TOO_FEW if not enough else YearState.HIT if busy else YearState.QUIET
        for enough, busy in zip(eligible, hit, strict=True)
    )


def _row(
    calendar: Calendar, area: int, window: Scan | None, settings: SeasonalityNumbers
) -> tuple[object, ...]:
    """Return the row of one area, in the order of `_COLUMNS`."""
    cut = shown_cut(calendar, area, window, settings)
    eligible = eligible_years(calendar, area, cut, settings)
    n, of_years = int(eligible.sum()), calendar.by_year(cut)[area].sum(axis=1)
    a_year = float(np.median(of_years[eligible])) if n else 0.0
    if window is None:
        status = Status.NOT_ENOUGH_YEARS if calendar.has_months else Status.NO_MONTHS
        if calendar.area_ids[area] in calendar.outside:
            status = Status.OUTSIDE
        return (status, n, a_year, *(np.nan,) * (len(_COLUMNS) - 3))
    hits, hit = window_hits(calendar, area, window, settings)
    k, chance = int(hit.sum()), hits[eligible].mean(axis=1)
    return (
        Status.TESTED,
        n,
        a_year,
        power(a_year, n),
        (calendar.start[1] - 1 + window.start) % MONTHS + 1,
        window.length,
        cut,
        k,
        float(chance.sum()),
        *jeffreys(k, n),
        window.p,
        poisson_binomial_tail(chance, k),
        yearly_growth(of_years, settings.events_min),
    )


def _answers(
    table: pd.DataFrame, outcome: Tested, calendar: Calendar, settings: SeasonalityNumbers
) -> NDArray[np.object_]:
    """Say of each area whether a season returns, none does, or nobody can tell."""
    weak = (table["power"] < settings.power_min).to_numpy()
    answers = np.where(weak, Answer.TOO_FEW, Answer.NONE).astype(object)
    answers[outcome.withdrawn] = Answer.WITHDRAWN
    answers[outcome.stands] = Answer.RETURNS
    answers[(table["status"] == Status.NOT_ENOUGH_YEARS).to_numpy()] = Answer.NOT_ENOUGH_YEARS
    if not calendar.has_months:
        answers[:] = Answer.NO_MONTHS
    answers[(table["status"] == Status.OUTSIDE).to_numpy()] = Answer.OUTSIDE
    return answers


def yearly_growth(totals: NDArray[np.int64], events_min: int) -> float:
    """
    Return by how much incidents grew from year to year, two years in a row, where they grew most.

    Parameters
    ----------
    totals
        Incidents of each year, shape (n_years,).
    events_min
        Incidents from which on growth is counted.

    Returns
    -------
    float
        Factor a year; 0 where there are fewer than three years, or too few incidents.

    Examples
    --------
    >>> yearly_growth(np.array([4, 24, 144, 150]), 4)
    6.0
    """
    before, after = totals[:-2], totals[2:]
    counted = before >= events_min
    return float(np.sqrt(after[counted] / before[counted]).max(initial=0.0))


def jeffreys(k: int, n: int, *, level: float = 0.95) -> tuple[float, float]:
    """
    Return the Jeffreys interval of a share `k` / `n`.

    Parameters
    ----------
    k, n
        Hits and years.
    level
        Coverage, 0-1.

    Returns
    -------
    tuple
        Low and high, 0-1; 0 below when there is no hit and 1 above when all are.

    Examples
    --------
    >>> [round(edge, 2) for edge in jeffreys(6, 8)]
    [0.41, 0.94]
    """
    edge = (1 - level) / 2
    low = 0.0 if k == 0 else float(beta.ppf(edge, k + 0.5, n - k + 0.5))
    high = 1.0 if k == n else float(beta.ppf(1 - edge, k + 0.5, n - k + 0.5))
    return low, high


def recurrent_cells(recurrence: Recurrence, discs: Grid, grid: Grid) -> NDArray[np.bool_]:
    """
    Tell which cells of a finer grid lie in a cell with a significant recurrent season.

    Parameters
    ----------
    recurrence
        Recurrence of a calendar made by `disc_calendar` on `discs`.
    discs, grid
        The coarse grid and the finer one.

    Returns
    -------
    NDArray
        Shape (grid.n_cells,); False where no coarse cell lies.
    """
    coarse = discs.cell_at(grid.x_m, grid.y_m)
    return np.where(coarse >= 0, recurrence.table["significant"].to_numpy()[coarse], False).astype(bool)
