"""The calendar: years cut where told, nothing dated that has no date, everything left out counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from shapely import box

from footprint.violence.seasonality import (
    Answer,
    MonthSpan,
    Omission,
    Status,
    disc_calendar,
    quietest_month,
    recurrent_cells,
    unit_calendar,
)
from layers.grid import make_grid
from tests.footprint.violence.seasonality.simulate import make_calendar
from tests.worlds import METRES, SEASONALITY_NUMBERS, make_incidents, make_units, recurrence

pytestmark = pytest.mark.slow

DISTRICTS = make_units({"bankass": (0, 0, 100, 100), "koro": (100, 0, 200, 100)})
NINE_YEARS = MonthSpan(first=date(2010, 1, 1), last=date(2018, 12, 31), first_month=1)


def at(day, **changes):
    return {"at": (50, 50), "date": pd.Timestamp(day), "year": pd.Timestamp(day).year} | changes


def omitted(calendar):
    return {item.omission: item.count for item in calendar.left_out}


@pytest.mark.parametrize(
    ("last", "missing", "n_months", "years"),
    [
        (date(2012, 12, 31), 0, 36, (2010, 2011)),  # years run from August
        (date(2012, 7, 31), 0, 31, (2010, 2011)),
        (date(2012, 7, 30), 0, 30, (2010,)),
        (date(2012, 7, 30), 1, 31, (2010, 2011)),
        (date(2012, 6, 30), 1, 31, (2010, 2011)),
        (date(2012, 6, 29), 1, 30, (2010,)),
        (date(2010, 6, 30), 0, 6, ()),
    ],
)
def test_a_season_year_counts_if_it_lacks_a_month_at_most(last, missing, n_months, years):
    span = MonthSpan(first=date(2010, 1, 1), last=last, first_month=8, months_missing_max=missing)
    calendar = unit_calendar(make_incidents([at("2010-05-02")]), DISTRICTS, span)
    assert span.n_months == n_months
    assert calendar.years(8) == years


def test_an_incident_falls_in_its_season_year_and_month():
    span = MonthSpan(first=date(2010, 1, 1), last=date(2013, 12, 31), first_month=8)
    calendar = unit_calendar(make_incidents([at("2011-07-31"), at("2011-08-02")]), DISTRICTS, span)
    assert calendar.years(8) == (2010, 2011, 2012)
    bankass = calendar.by_year(8)[calendar.area_ids.index("bankass")]
    assert bankass[0, 11] == 1  # July 2011 ends the season-year begun in August 2010
    assert bankass[1, 0] == 1
    assert bankass.sum() == 2
    assert calendar.by_calendar_year[0].sum(axis=0)[[6, 7]].tolist() == [1, 1]


@pytest.mark.parametrize("cut", range(1, 13))
def test_every_incident_is_told_by_calendar_year_whatever_the_cut(cut):
    span = MonthSpan(first=date(2010, 1, 1), last=date(2012, 5, 20), first_month=cut, months_missing_max=1)
    rows = [at(f"{year}-{month:02d}-15") for year in (2010, 2011, 2012) for month in range(1, 13)]
    rows = [row for row in rows if row["date"] <= pd.Timestamp(2012, 5, 20)]
    calendar = unit_calendar(make_incidents(rows), DISTRICTS, span)
    assert calendar.calendar_years == (2010, 2011, 2012)
    assert calendar.by_calendar_year[0].sum() == len(rows) == calendar.n_used
    assert calendar.by_calendar_year[0, 2].tolist() == [1] * 5 + [0] * 7


def test_dates_that_nobody_knows_are_left_out_and_counted():
    rows = [
        at("2012-01-01", date_precision="year"),
        at("2012-05-01", date_precision="month"),
        at("2012-01-01"),
        at("2012-01-01", date_precision="week"),
        at("2012-05-01"),
        at("2012-06-10", date_precision="week"),
    ]
    calendar = unit_calendar(make_incidents(rows), DISTRICTS, NINE_YEARS)
    assert calendar.series.sum() == 2
    assert calendar.firsts.sum() == 1
    assert calendar.by_calendar_year[:, :, 0].sum() == 0
    assert omitted(calendar) == {Omission.YEAR_ONLY: 1, Omission.MONTH_ONLY: 1, Omission.NEW_YEAR: 2}


def test_used_and_left_out_are_all():
    rows = [at("2012-05-02"), at("2019-02-03"), at("2012-05-02", at=(500, 500)), at("2012-05-02")]
    rows += [at("2012-01-01"), at("2012-07-01", date_precision="month")]
    calendar = unit_calendar(make_incidents(rows), DISTRICTS, NINE_YEARS)
    assert calendar.n_used == calendar.series.sum() == 2
    assert omitted(calendar) == {
        Omission.MONTH_ONLY: 1,
        Omission.NEW_YEAR: 1,
        Omission.INCOMPLETE_MONTH: 1,
        Omission.OUTSIDE_AREAS: 1,
    }
    assert calendar.n_used + sum(omitted(calendar).values()) == len(rows)


def test_discs_count_an_incident_once_among_those_used():
    grid = make_grid(box(0, 0, 100_000, 25_000), METRES, cell_m=25_000)
    calendar = disc_calendar(make_incidents([at("2012-05-02")]), grid, NINE_YEARS, radius_m=90_000.0)
    assert (calendar.n_used, calendar.series.sum()) == (1, 4)


def test_a_point_on_a_border_counts_once():
    calendar = unit_calendar(make_incidents([at("2012-05-01", at=(100, 50))]), DISTRICTS, NINE_YEARS)
    assert calendar.series.sum(axis=1).tolist() == [1, 0]


def test_discs_reach_their_radius_inclusive_and_overlap():
    grid = make_grid(box(0, 0, 100_000, 25_000), METRES, cell_m=25_000)
    incidents = make_incidents([at("2012-05-01", at=(12.5, 12.5))])
    calendar = disc_calendar(incidents, grid, NINE_YEARS, radius_m=50_000.0)
    assert calendar.series.sum(axis=1).tolist() == [1, 1, 1, 0]  # centres 0, 25, 50 and 75 km away


def test_the_quietest_month_is_the_earliest_of_the_quietest():
    busy = [at(f"2012-{month:02d}-05") for month in range(1, 13) if month not in (4, 9)]
    assert quietest_month(make_incidents(busy)) == 4


def test_a_source_without_months_says_so_and_nothing_else():
    rows = [
        at("2012-01-01", date=pd.NaT, year=year, date_precision="year") for year in (2010, 2011, 2012) * 9
    ]
    found = recurrence(unit_calendar(make_incidents(rows), DISTRICTS, NINE_YEARS))
    assert found.statement == Status.NO_MONTHS
    assert set(found.table["status"]) == {Status.NO_MONTHS}
    assert found.table[["p", "q", "k"]].isna().all(axis=None)
    assert not found.table["significant"].any()


def test_no_incidents_at_all_is_not_enough_years():
    found = recurrence(unit_calendar(make_incidents([at("2012-05-01")]).iloc[:0], DISTRICTS, NINE_YEARS))
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
    assert (row["first_month"], row["length"], row["k"], row["n"]) == (10, 3, 6, 7)
    assert row["answer"] == Answer.RETURNS
    assert row["p"] < 0.01
    assert list(found.states["c000"]) == ["hit"] * 6 + ["quiet", "too_few"]


def test_a_finding_that_needs_the_1sts_of_months_is_withdrawn():
    season = [0] * 8 + [4, 3, 3, 0]
    counts = np.array([[season] * 6])
    whole = recurrence(make_calendar(counts, firsts=counts)).table.iloc[0]
    assert whole["answer"] == Answer.WITHDRAWN
    assert not whole["significant"]
    assert whole["q"] <= 0.10  # what would have been found stays to be seen
    one_each = np.minimum(counts, 1)
    assert recurrence(make_calendar(counts, firsts=one_each)).table.iloc[0]["answer"] == Answer.RETURNS


def test_few_incidents_give_no_answer_and_many_give_one():
    rng = np.random.default_rng(4)
    few, many = (rng.multinomial(n, np.full(12, 1 / 12), size=(1, 6)) for n in (5, 40))
    found = recurrence(make_calendar(np.concatenate([few, many]))).table
    assert found["answer"].tolist() == [Answer.TOO_FEW, Answer.NONE]
    assert found["power"].iloc[0] < 0.5 < found["power"].iloc[1]


def test_a_window_that_the_usual_cut_tears_is_told_at_another():
    # One winter in December, the next in January: 2009-10, 2011 (January), 2011-12, 2013 (January), ...
    december, both, nothing, even = [0] * 11 + [6], [6] + [0] * 10 + [6], [0] * 12, [1] * 12
    winters = [december, *[nothing, both] * 4]
    found = recurrence(make_calendar([winters, [even] * 9], first_month=1))
    row = found.table.loc["c000"]
    assert (row["first_month"], row["length"], row["cut"]) == (12, 2, 7)
    assert (row["k"], row["n"]) == (8, 8)
    assert found.table.loc["c001", "cut"] == 1


def test_a_window_hit_once_does_not_return():
    rng = np.random.default_rng(0)
    counts = rng.multinomial(36, np.full(12, 1 / 12), size=(300, 6))
    found = recurrence(
        make_calendar(counts), settings=replace(SEASONALITY_NUMBERS, draws=999, q_max=0.5)
    ).table
    assert (found.loc[found["significant"], "k"] >= 2).all()


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
