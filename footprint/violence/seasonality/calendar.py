"""How many incidents fell in each area and month, and which cannot be in any calendar?"""

from __future__ import annotations

import calendar as days
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from layers.incidents import DatePrecision

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from layers.grid import Grid

MONTHS = 12


class Omission(StrEnum):
    """Why an incident is not in the calendar."""

    YEAR_ONLY = "year_only"
    """Dated to its year: any month would be made up, usually January."""
    MONTH_ONLY = "month_only"
    """Dated to its month: providers write such dates as the 1st, and some months more readily than others."""
    NEW_YEAR = "new_year"
    """Dated 1 January, where providers put what they know only to the year."""
    INCOMPLETE_MONTH = "incomplete_month"
    """In a month of which the period holds only a part."""
    OUTSIDE_AREAS = "outside_areas"
    """In none of the areas."""


UNDATED = frozenset({Omission.YEAR_ONLY, Omission.MONTH_ONLY, Omission.NEW_YEAR})
"""Omissions for want of a date that can be tested."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Incidents left out of the calendar for one reason."""

    omission: Omission
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthSpan:
    """The months of a period, and where its years are cut for display."""

    first: date
    """First day of the period, inclusive; its month is the first."""
    last: date
    """Last day of the period, inclusive."""
    first_month: int
    """Month (1-12) at which years are cut where they are shown; the test cuts them at all twelve."""
    months_missing_max: int = 0
    """Months that the last season-year may lack and still count."""

    @property
    def n_whole(self) -> int:
        """Months held from the first to the last day."""
        count = (self.last.year - self.first.year) * MONTHS + self.last.month - self.first.month
        return count + int(self.last.day == days.monthrange(self.last.year, self.last.month)[1])

    @property
    def n_months(self) -> int:
        """Months of the calendar: the whole ones, and those that the last season-year may lack."""
        return max(self.n_whole, 0) + self.months_missing_max


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """
    Incidents by area and month.

    Attributes
    ----------
    series
        Shape (n_areas, n_months), in the order of time.
    firsts
        Of these, incidents dated to the 1st of a month; same shape.
    area_ids, names
        Identifier and name of each area.
    start
        Year and month (1-12) of the first month.
    first_month
        Month (1-12) at which years are cut where they are shown.
    months_missing
        Months at the end of which the period holds nothing, or only a part.
    n_dated
        Incidents with a date that can be tested, wherever they are.
    n_used
        Incidents counted, each once; discs overlap, so that `series` may count one more often.
    left_out
        Incidents not counted, by reason.
    outside
        Areas that lie mostly outside the area under review: nothing is counted in them, or told of them.
    """

    series: NDArray[np.int64]
    firsts: NDArray[np.int64]
    area_ids: tuple[str, ...]
    names: tuple[str, ...]
    start: tuple[int, int]
    first_month: int
    months_missing: int
    n_dated: int
    n_used: int
    left_out: tuple[LeftOut, ...]
    outside: frozenset[str] = frozenset()

    def offset(self, cut: int) -> int:
        """Months before the first season-year that begins in month `cut` (1-12)."""
        return (cut - self.start[1]) % MONTHS

    def years(self, cut: int) -> tuple[int, ...]:
        """Calendar years in which the season-years begin that are cut at a month (1-12)."""
        first = self.start[0] + (cut < self.start[1])
        return tuple(range(first, first + self._n_years(cut)))

    def by_year(self, cut: int) -> NDArray[np.int64]:
        """Return counts by season-year, shape (n_areas, n_years, 12); the last axis starts at month `cut`."""
        n_years, offset = self._n_years(cut), self.offset(cut)
        inside = self.series[:, offset : offset + MONTHS * n_years]
        return inside.reshape(len(self.series), n_years, MONTHS)

    def _n_years(self, cut: int) -> int:
        return max((int(self.series.shape[1]) - self.offset(cut)) // MONTHS, 0)

    @property
    def calendar_years(self) -> tuple[int, ...]:
        """Calendar years that the months lie in."""
        n_known = self.series.shape[1] - self.months_missing
        last = self.start[0] + (self.start[1] - 2 + max(n_known, 1)) // MONTHS
        return tuple(range(self.start[0], max(last, self._last_counted()) + 1))

    def _last_counted(self) -> int:
        """Return the calendar year of the last month with an incident."""
        months = np.flatnonzero(self.series.any(axis=0))
        return (
            self.start[0] + (self.start[1] - 1 + int(months[-1])) // MONTHS if len(months) else self.start[0]
        )

    @property
    def by_calendar_year(self) -> NDArray[np.int64]:
        """Every count, by calendar year and month from January on, shape (n_areas, n_years, 12)."""
        n_years, before = len(self.calendar_years), self.start[1] - 1
        table = np.zeros((len(self.series), n_years * MONTHS), np.int64)
        inside = min(self.series.shape[1], n_years * MONTHS - before)
        table[:, before : before + inside] = self.series[:, :inside]
        return table.reshape(len(self.series), n_years, MONTHS)

    def until(self, n_months: int) -> Calendar:
        """Return the calendar as it was known after its first `n_months` months."""
        return replace(
            self, series=self.series[:, :n_months], firsts=self.firsts[:, :n_months], months_missing=0
        )

    def without_firsts(self) -> Calendar:
        """Return the calendar without the incidents dated to the 1st of a month."""
        return replace(self, series=self.series - self.firsts, firsts=np.zeros_like(self.firsts))

    @property
    def has_months(self) -> bool:
        """Whether any incident has a date that can be tested: without one recurrence cannot be computed."""
        return self.n_dated > 0 or not any(item.omission in UNDATED for item in self.left_out)


def quietest_month(incidents: pd.DataFrame) -> int:
    """
    Return the month (1-12) with the fewest incidents of the whole country, the earliest on a tie.

    Parameters
    ----------
    incidents
        Incidents layer; only those with a date that can be tested count.

    Notes
    -----
    Years are cut here where they are shown, so that few seasons are torn in two. The test
    itself cuts them at every month and does not depend on it.
    """
    months = incidents.loc[omissions(incidents) == "", "date"].dt.month.to_numpy()
    return int(np.bincount(months, minlength=MONTHS + 1)[1:].argmin()) + 1


def unit_calendar(
    incidents: gpd.GeoDataFrame, units: gpd.GeoDataFrame, span: MonthSpan, *, outside: Collection[str] = ()
) -> Calendar:
    """
    Count incidents per unit and month.

    Parameters
    ----------
    incidents
        Incidents known to the unit or better: a point that stands in for its unit is in it.
    units
        Boundaries layer of one level, in the same reference system.
    span
        Months and cut.
    outside
        Units that lie mostly outside the area (`layers.inside.mostly_outside`): incidents at the border
        do not stand for them, and are counted as in none of the areas.

    Returns
    -------
    Calendar
        Areas are the units by `unit_id`. A point on a shared border belongs to the first.
    """
    units = units.sort_index()
    point, unit = units.sindex.query(incidents.geometry, predicate="intersects")
    area = np.full(len(incidents), len(units), dtype=np.int64)
    np.minimum.at(area, point, unit)
    ids, names = tuple(units.index.astype(str)), tuple(units["name"].astype(str))
    told = np.array([*(unit_id not in outside for unit_id in ids), False])
    known = np.flatnonzero(told[area])
    calendar = _calendar(incidents, (known, area[known]), (ids, names), span)
    return replace(calendar, outside=frozenset(outside) & {*ids})


def disc_calendar(
    incidents: gpd.GeoDataFrame, grid: Grid, span: MonthSpan, *, radius_m: float, names: tuple[str, ...] = ()
) -> Calendar:
    """
    Count incidents within a distance of each cell's centre, by month.

    Parameters
    ----------
    incidents
        Incidents of `geo_precision` 1 or 2: known to about 25 km.
    grid
        Cells of 25 km.
    span
        Months and cut.
    radius_m
        Radius of the discs [m], inclusive. They overlap: neighbouring cells share incidents.
    names
        Name of each cell; its number where none are given.

    Returns
    -------
    Calendar
        Areas are the grid's cells, identified by their number.
    """
    points = np.column_stack([incidents.geometry.x.to_numpy(), incidents.geometry.y.to_numpy()])
    ids = tuple(str(number) for number in range(grid.n_cells))
    areas = (ids, names or ids)
    if not len(points):
        nothing = np.zeros(0, np.int64)
        return _calendar(incidents, (nothing, nothing), areas, span)
    centres = cKDTree(np.column_stack([grid.x_m, grid.y_m]))
    near = cKDTree(points).query_ball_tree(centres, radius_m)
    event = np.repeat(np.arange(len(points)), [len(cells) for cells in near])
    cell = np.array([number for cells in near for number in cells], dtype=np.int64)
    return _calendar(incidents, (event, cell), areas, span)


def omissions(incidents: pd.DataFrame) -> NDArray[np.object_]:
    """
    Return why each incident's date cannot be tested, "" where it can.

    Parameters
    ----------
    incidents
        Incidents layer.

    Notes
    -----
    In the files of two providers 1 January holds 3.6 to 7.9 times its share, so that it is left
    out whatever precision is stated.
    """
    day, precision = incidents["date"], incidents["date_precision"]
    year_only = (precision == DatePrecision.YEAR) | day.isna()
    new_year = (day.dt.month == 1) & (day.dt.day == 1)
    why = np.full(len(incidents), "", dtype=object)
    why[new_year.to_numpy(dtype=bool)] = Omission.NEW_YEAR
    why[(precision == DatePrecision.MONTH).to_numpy(dtype=bool)] = Omission.MONTH_ONLY
    why[year_only.to_numpy(dtype=bool)] = Omission.YEAR_ONLY
    return why


def _calendar(
    incidents: pd.DataFrame,
    placed: tuple[NDArray[np.int64], NDArray[np.int64]],
    areas: tuple[tuple[str, ...], tuple[str, ...]],
    span: MonthSpan,
) -> Calendar:
    """Count pairs of (incident, area) by month and account for the rest."""
    event, area = placed
    why = omissions(incidents)
    dated = why == ""
    month = incidents["date"].dt.month.fillna(0).to_numpy().astype(np.int64)
    day = incidents["date"].dt.day.fillna(0).to_numpy().astype(np.int64)
    year = incidents["year"].to_numpy().astype(np.int64)
    step = (year - span.first.year) * MONTHS + month - span.first.month
    in_area = np.zeros(len(incidents), bool)
    in_area[event] = True
    why[dated & ((step < 0) | (step >= span.n_months))] = Omission.INCOMPLETE_MONTH
    why[(why == "") & ~in_area] = Omission.OUTSIDE_AREAS
    good = (why == "")[event]
    series = np.zeros((len(areas[0]), span.n_months), np.int64)
    firsts = np.zeros_like(series)
    np.add.at(series, (area[good], step[event[good]]), 1)
    np.add.at(firsts, (area[good], step[event[good]]), (day[event[good]] == 1).astype(np.int64))
    left_out = tuple(LeftOut(reason, n) for reason in Omission if (n := int((why == reason).sum())))
    return Calendar(
        series=series,
        firsts=firsts,
        area_ids=areas[0],
        names=areas[1],
        start=(span.first.year, span.first.month),
        first_month=span.first_month,
        months_missing=span.months_missing_max,
        n_dated=int(dated.sum()),
        n_used=int((why == "").sum()),
        left_out=left_out,
    )
