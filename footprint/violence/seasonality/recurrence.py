"""In which areas does the same season come back busy, year after year?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.stats import beta, false_discovery_control

from footprint.method import SeasonalityNumbers
from footprint.violence.seasonality.poisson_binomial import poisson_binomial_tail
from footprint.violence.seasonality.scan import EXACT_MAX, MONTHS, best_window, hit_table, scan_p

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from footprint.violence.seasonality.calendar import Calendar
    from layers.grid import Grid


class Status(StrEnum):
    """Whether an area could be tested."""

    TESTED = "tested"
    NOT_ENOUGH_YEARS = "not_enough_years"
    NO_MONTHS = "no_months"


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
        Indexed by area_id: name, status, n_events, n (eligible years), significant; and for
        tested areas first_month (1-12), length [months], k (hits), expected (hits by chance), low and
        high (Jeffreys interval of k/n), p (scan), p_window (that window alone, as if fixed
        beforehand), q (p adjusted over areas), predicted (left-out years that hit the window
        the other years name).
    states
        `YearState` by area_id (rows) and season-year (columns) in the area's window; eligible
        years of untested areas are quiet.
    """

    table: pd.DataFrame
    states: pd.DataFrame
    calendar: Calendar
    settings: SeasonalityNumbers

    @property
    def statement(self) -> Status:
        """NO_MONTHS if the source has none, NOT_ENOUGH_YEARS if no area could be tested, else TESTED."""
        if not self.calendar.has_months:
            return Status.NO_MONTHS
        tested = (self.table["status"] == Status.TESTED).any()
        return Status.TESTED if tested else Status.NOT_ENOUGH_YEARS


def recurrence(calendar: Calendar, *, settings: SeasonalityNumbers) -> Recurrence:
    """
    Scan each area for a window of months that is busy in more years than chance allows.

    Parameters
    ----------
    calendar
        Incidents by area, season-year and month.
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
    least two incidents. With k hits, and each year's chance h of one were its months rotated at
    random, the scan takes the window with the largest (k - Σh)/√Σh(1-h); its p comes from
    rotating every year by its own random offset and scanning again, so having looked at 48
    windows is paid for. Areas share the rotations; an area's p does not depend on which others
    are tested.
    """
    eligible = calendar.counts.sum(axis=2) >= settings.events_min
    hits = hit_table(calendar.counts, settings)
    offsets = np.random.default_rng(settings.seed).integers(0, MONTHS, (settings.draws, len(calendar.years)))
    rows, states = [], np.full(eligible.shape, YearState.TOO_FEW, dtype=object)
    states[eligible] = YearState.QUIET
    for area, years in enumerate(eligible):
        row, hit = _scanned(hits[area, years], offsets[:, years], calendar, settings)
        states[area, np.flatnonzero(years)[hit]] = YearState.HIT
        rows.append(row)
    index = pd.Index(calendar.area_ids, name="area_id")
    table = pd.DataFrame(rows, index=index, columns=list(_COLUMNS))
    table.insert(0, "name", list(calendar.names))
    table.insert(2, "n_events", calendar.counts.sum(axis=(1, 2)))
    table["q"] = _adjusted(table["p"].to_numpy(dtype=float))
    table["significant"] = (table["q"] <= settings.q_max).to_numpy(dtype=bool)
    years_named = pd.DataFrame(states, index=index, columns=pd.Index(calendar.years, name="year"))
    return Recurrence(table, years_named, calendar, settings)


_COLUMNS = (
    "status", "n", "first_month", "length", "k", "expected", "low", "high", "p", "p_window", "predicted",
)  # fmt: skip


def _scanned(
    hits: NDArray[np.bool_], offsets: NDArray[np.int64], calendar: Calendar, settings: SeasonalityNumbers
) -> tuple[tuple[object, ...], NDArray[np.bool_]]:
    """Return the row of one area, in the order of `_COLUMNS`, and which eligible years hit its window."""
    n = len(hits)
    unknown = (np.nan,) * (len(_COLUMNS) - 2)
    none = np.zeros(n, bool)
    if not calendar.has_months:
        return (Status.NO_MONTHS, n, *unknown), none
    if n < settings.years_min:
        return (Status.NOT_ENOUGH_YEARS, n, *unknown), none
    window = best_window(hits, settings.lengths)
    hit = hits[:, window.column, window.start]
    k = int(hit.sum())
    chance = hits[:, window.column].mean(axis=1)
    exact = MONTHS ** (n - 1) <= EXACT_MAX
    p = scan_p(hits, window.score, None if exact else offsets)
    row = (
        Status.TESTED,
        n,
        (calendar.first_month - 1 + window.start) % MONTHS + 1,
        window.length,
        k,
        float(chance.sum()),
        *jeffreys(k, n),
        p,
        poisson_binomial_tail(chance, k),
        left_out_years_hit(hits, settings.lengths),
    )
    return row, hit


def _adjusted(p: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return p adjusted over the areas tested (Benjamini and Hochberg 1995); NaN elsewhere."""
    q = np.full(p.shape, np.nan)
    tested = ~np.isnan(p)
    if tested.any():
        q[tested] = false_discovery_control(p[tested], method="bh")
    return q


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


def left_out_years_hit(hits: NDArray[np.bool_], lengths: tuple[int, ...]) -> int:
    """
    Count the years that hit the window the other years would have named.

    Parameters
    ----------
    hits
        Hits of the eligible years, shape (n_years, n_lengths, 12).
    lengths
        Window lengths [months].
    """
    count = 0
    for year in range(len(hits)):
        window = best_window(np.delete(hits, year, axis=0), lengths)
        count += bool(np.isfinite(window.score) and hits[year, window.column, window.start])
    return count


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
