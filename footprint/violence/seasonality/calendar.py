"""How many incidents fell in each area, season-year and month?"""

from __future__ import annotations

from dataclasses import dataclass
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
    INCOMPLETE_YEAR = "incomplete_year"
    """In a season-year of which the period holds only a part."""
    OUTSIDE_AREAS = "outside_areas"
    """In none of the areas."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Incidents left out of the calendar for one reason."""

    omission: Omission
    count: int


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """
    Incidents by area, season-year and month.

    Attributes
    ----------
    counts
        Shape (n_areas, n_years, 12); the last axis starts at `first_month`.
    area_ids, names
        Identifier and name of each area.
    years
        Calendar year in which each season-year begins.
    first_month
        Month (1-12) at which years are cut.
    n_dated
        Incidents known to the month or better, wherever they are; 0 means that no
        calendar can be drawn from this source.
    left_out
        Incidents not counted, by reason.
    """

    counts: NDArray[np.int64]
    area_ids: tuple[str, ...]
    names: tuple[str, ...]
    years: tuple[int, ...]
    first_month: int
    n_dated: int
    left_out: tuple[LeftOut, ...]

    @property
    def by_month(self) -> NDArray[np.int64]:
        """Counts with January first; a year still runs from `first_month`, shape (n_areas, n_years, 12)."""
        return np.roll(self.counts, self.first_month - 1, axis=2)

    @property
    def has_months(self) -> bool:
        """Whether the source has months at all: without them recurrence cannot be computed."""
        return self.n_dated > 0 or not any(item.omission == Omission.YEAR_ONLY for item in self.left_out)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonYears:
    """Whole season-years within a period."""

    first: date
    """First day of the period, inclusive."""
    last: date
    """Last day of the period, inclusive."""
    first_month: int
    """Month (1-12) at which years are cut."""

    @property
    def years(self) -> tuple[int, ...]:
        """Calendar years in which the whole season-years begin."""
        start = self.first.year + ((self.first.month, self.first.day) > (self.first_month, 1))
        end = pd.Timestamp(self.last) + pd.Timedelta(days=1)
        stop = end.year if end.month >= self.first_month else end.year - 1
        return tuple(range(start, stop))


def quietest_month(incidents: pd.DataFrame) -> int:
    """
    Return the month (1-12) with the fewest incidents of the whole country, the earliest on a tie.

    Parameters
    ----------
    incidents
        Incidents layer; those dated to their year only do not count.

    Notes
    -----
    Years are cut here, so that no season is torn in two. Fix it once, before any area is
    looked at; the test itself is circular and hardly depends on it.
    """
    months = incidents.loc[_dated(incidents), "date"].dt.month.to_numpy()
    return int(np.bincount(months, minlength=MONTHS + 1)[1:].argmin()) + 1


def district_calendar(
    incidents: gpd.GeoDataFrame, districts: gpd.GeoDataFrame, span: SeasonYears
) -> Calendar:
    """
    Count incidents per cercle, season-year and month.

    Parameters
    ----------
    incidents
        Incidents of `geo_precision` 1 to 3: a point that stands in for its cercle is in it.
    cercles
        Boundaries layer of the second level, in the same reference system.
    span
        Period and cut.

    Returns
    -------
    Calendar
        Areas are the cercles by `unit_id`. A point on a shared border belongs to the first.
    """
    districts = districts.sort_index()
    point, unit = districts.sindex.query(incidents.geometry, predicate="intersects")
    area = np.full(len(incidents), len(districts), dtype=np.int64)
    np.minimum.at(area, point, unit)
    known = np.flatnonzero(area < len(districts))
    names = tuple(districts["name"].astype(str))
    return _calendar(incidents, (known, area[known]), (tuple(districts.index.astype(str)), names), span)


def disc_calendar(incidents: gpd.GeoDataFrame, grid: Grid, span: SeasonYears, *, radius_m: float) -> Calendar:
    """
    Count incidents within a distance of each cell's centre, by season-year and month.

    Parameters
    ----------
    incidents
        Incidents of `geo_precision` 1 or 2: known to about 25 km.
    grid
        Cells of 25 km.
    span
        Period and cut.
    radius_m
        Radius of the discs [m], inclusive. They overlap: neighbouring cells share incidents.

    Returns
    -------
    Calendar
        Areas are the grid's cells, identified by their number.
    """
    points = np.column_stack([incidents.geometry.x.to_numpy(), incidents.geometry.y.to_numpy()])
    ids = tuple(str(number) for number in range(grid.n_cells))
    if not len(points):
        nothing = np.zeros(0, np.int64)
        return _calendar(incidents, (nothing, nothing), (ids, ids), span)
    centres = cKDTree(np.column_stack([grid.x_m, grid.y_m]))
    found = cKDTree(points).query_ball_tree(centres, radius_m)
    event = np.repeat(np.arange(len(points)), [len(cells) for cells in found])
    cell = np.array([number for cells in found for number in cells], dtype=np.int64)
    return _calendar(incidents, (event, cell), (ids, ids), span)


def _dated(incidents: pd.DataFrame) -> NDArray[np.bool_]:
    """Tell which incidents are known to the month or better."""
    year_only = (incidents["date_precision"] == DatePrecision.YEAR) | incidents["date"].isna()
    return (~year_only).to_numpy(dtype=bool)


def _calendar(
    incidents: pd.DataFrame,
    placed: tuple[NDArray[np.int64], NDArray[np.int64]],
    areas: tuple[tuple[str, ...], tuple[str, ...]],
    span: SeasonYears,
) -> Calendar:
    """Count pairs of (incident, area) by season-year and month and account for the rest."""
    event, area = placed
    years = span.years
    dated = _dated(incidents)
    month = incidents["date"].dt.month.fillna(0).to_numpy().astype(np.int64)
    season_year = incidents["year"].to_numpy().astype(np.int64) - (month < span.first_month)
    step = season_year - (years[0] if years else 0)
    whole = (step >= 0) & (step < len(years))
    in_area = np.zeros(len(incidents), bool)
    in_area[event] = True
    good = (dated & whole)[event]
    counts = np.zeros((len(areas[0]), len(years), MONTHS), np.int64)
    np.add.at(counts, (area[good], step[event[good]], (month[event[good]] - span.first_month) % MONTHS), 1)
    left_out = (
        LeftOut(Omission.YEAR_ONLY, int((~dated).sum())),
        LeftOut(Omission.INCOMPLETE_YEAR, int((dated & ~whole).sum())),
        LeftOut(Omission.OUTSIDE_AREAS, int((dated & whole & ~in_area).sum())),
    )
    counted = tuple(item for item in left_out if item.count)
    return Calendar(counts, *areas, years, span.first_month, int(dated.sum()), counted)
