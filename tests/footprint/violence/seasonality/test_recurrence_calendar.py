"""The calendar: years cut where told, nothing dated that has no date, everything left out counted."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from shapely import box

from footprint.violence.seasonality import (
    Omission,
    SeasonYears,
    Status,
    disc_calendar,
    district_calendar,
    quietest_month,
    recurrent_cells,
)
from layers.grid import make_grid
from tests.footprint.violence.seasonality.simulate import make_calendar
from tests.worlds import METRES, make_incidents, make_units, recurrence

DISTRICTS = make_units({"bankass": (0, 0, 100, 100), "koro": (100, 0, 200, 100)})
NINE_YEARS = SeasonYears(first=date(2010, 1, 1), last=date(2018, 12, 31), first_month=1)


def at(day, **changes):
    return {"at": (50, 50), "date": pd.Timestamp(day), "year": pd.Timestamp(day).year} | changes


def omitted(calendar):
    return {item.omission: item.count for item in calendar.left_out}


@pytest.mark.parametrize(
    ("first", "last", "month", "years"),
    [
        (date(2010, 1, 1), date(2012, 12, 31), 1, (2010, 2011, 2012)),
        (date(2010, 1, 1), date(2012, 12, 30), 1, (2010, 2011)),
        (date(2010, 1, 2), date(2012, 12, 31), 1, (2011, 2012)),
        (date(2010, 1, 1), date(2012, 12, 31), 8, (2010, 2011)),
        (date(2010, 8, 1), date(2012, 7, 31), 8, (2010, 2011)),
        (date(2010, 8, 2), date(2012, 7, 31), 8, (2011,)),
        (date(2012, 1, 1), date(2012, 6, 30), 1, ()),
    ],
)
def test_only_whole_season_years_count(first, last, month, years):
    assert SeasonYears(first=first, last=last, first_month=month).years == years


def test_an_incident_falls_in_its_season_year_and_month():
    span = SeasonYears(first=date(2010, 1, 1), last=date(2013, 12, 31), first_month=8)
    calendar = district_calendar(make_incidents([at("2011-07-31"), at("2011-08-01")]), DISTRICTS, span)
    assert calendar.years == (2010, 2011, 2012)
    bankass = calendar.counts[calendar.area_ids.index("bankass")]
    assert bankass[0, 11] == 1  # July 2011 ends the season-year begun in August 2010
    assert bankass[1, 0] == 1
    assert bankass.sum() == 2
    assert calendar.by_month[0].sum(axis=0)[[6, 7]].tolist() == [1, 1]


def test_a_date_known_to_its_year_makes_no_january():
    rows = [at("2012-01-01", date_precision="year"), at("2012-05-01", date_precision="month")]
    calendar = district_calendar(make_incidents(rows), DISTRICTS, NINE_YEARS)
    assert calendar.counts.sum() == 1
    assert calendar.by_month[:, :, 0].sum() == 0
    assert omitted(calendar) == {Omission.YEAR_ONLY: 1}


def test_everything_left_out_is_counted():
    rows = [at("2012-05-01"), at("2019-02-01"), at("2012-05-01", at=(500, 500)), at("2012-05-01")]
    calendar = district_calendar(make_incidents(rows), DISTRICTS, NINE_YEARS)
    assert calendar.counts.sum() == 2
    assert omitted(calendar) == {Omission.INCOMPLETE_YEAR: 1, Omission.OUTSIDE_AREAS: 1}


def test_a_point_on_a_border_counts_once():
    calendar = district_calendar(make_incidents([at("2012-05-01", at=(100, 50))]), DISTRICTS, NINE_YEARS)
    assert calendar.counts.sum(axis=(1, 2)).tolist() == [1, 0]


def test_discs_reach_their_radius_inclusive_and_overlap():
    grid = make_grid(box(0, 0, 100_000, 25_000), METRES, cell_m=25_000)
    incidents = make_incidents([at("2012-05-01", at=(12.5, 12.5))])
    calendar = disc_calendar(incidents, grid, NINE_YEARS, radius_m=50_000.0)
    assert calendar.counts.sum(axis=(1, 2)).tolist() == [1, 1, 1, 0]  # centres 0, 25, 50 and 75 km away


def test_the_quietest_month_is_the_earliest_of_the_quietest():
    busy = [at(f"2012-{month:02d}-05") for month in range(1, 13) if month not in (4, 9)]
    assert quietest_month(make_incidents(busy)) == 4


def test_a_source_without_months_says_so_and_nothing_else():
    rows = [
        at("2012-01-01", date=pd.NaT, year=year, date_precision="year") for year in (2010, 2011, 2012) * 9
    ]
    found = recurrence(district_calendar(make_incidents(rows), DISTRICTS, NINE_YEARS))
    assert found.statement == Status.NO_MONTHS
    assert set(found.table["status"]) == {Status.NO_MONTHS}
    assert found.table[["p", "q", "k"]].isna().all(axis=None)
    assert not found.table["significant"].any()


def test_no_incidents_at_all_is_not_enough_years():
    found = recurrence(district_calendar(make_incidents([at("2012-05-01")]).iloc[:0], DISTRICTS, NINE_YEARS))
    assert found.statement == Status.NOT_ENOUGH_YEARS
    assert not found.table["significant"].any()


def test_three_eligible_years_are_not_enough():
    season = [0] * 9 + [4, 0, 0]
    thin = [0] * 9 + [3, 0, 0]
    found = recurrence(make_calendar([[season] * 3 + [thin] * 6, [season] * 4 + [thin] * 5])).table
    assert found["status"].tolist() == [Status.NOT_ENOUGH_YEARS, Status.TESTED]
    assert found["n"].tolist() == [3, 4]


def test_a_planted_season_is_named_with_its_years():
    season, march, thin = [0] * 8 + [4, 3, 3, 0], [0, 6] + [0] * 10, [1] * 3 + [0] * 9
    found = recurrence(make_calendar([[season] * 6 + [march, thin]], first_month=2))
    row = found.table.iloc[0]
    assert (row["first_month"], row["k"], row["n"], row["predicted"]) == (10, 6, 7, 6)
    assert row["p"] < 0.01
    assert row["p_window"] < row["p"]  # having looked at 48 windows is paid for
    assert found.states.iloc[0].tolist() == ["hit"] * 6 + ["quiet", "too_few"]


def test_other_areas_and_their_order_change_no_p():
    rng = np.random.default_rng(0)
    counts = rng.multinomial(9, rng.dirichlet(np.full(12, 0.4)), size=(6, 9))
    together = recurrence(make_calendar(counts)).table["p"].to_numpy(dtype=float)
    backwards = recurrence(make_calendar(counts[::-1])).table["p"].to_numpy(dtype=float)
    alone = recurrence(make_calendar(counts[2:3])).table["p"].to_numpy(dtype=float)
    assert together.tolist() == backwards[::-1].tolist()
    assert together[2] == alone[0]


def test_recurrence_of_coarse_cells_reaches_the_fine_cells_within():
    outline = box(0, 0, 100_000, 50_000)
    discs, grid = make_grid(outline, METRES, cell_m=50_000), make_grid(outline, METRES, cell_m=10_000)
    season = [[0] * 9 + [4, 3, 3]] * 8
    found = recurrence(make_calendar([season, [[1] * 12] * 8]))
    inside = recurrent_cells(found, discs, grid)
    assert inside.tolist() == (grid.x_m < 50_000).tolist()
