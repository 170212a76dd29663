"""Dates that cannot bear a calendar are left out, counted, and named."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from footprint.violence.seasonality import Doubt, Omission, Status, date_warnings, warning_words
from footprint.violence.seasonality.recurrence import yearly_growth
from tests.footprint.violence.seasonality.simulate import make_calendar
from tests.footprint.violence.seasonality.worlds import calendar_of
from tests.worlds import SEASONALITY_NUMBERS, make_incidents, recurrence

QUICK = replace(SEASONALITY_NUMBERS, draws=999, exceedances_max=50)
NOTHING = recurrence(make_calendar(np.zeros((1, 5, 12), int)), settings=QUICK)


def doubts(rows):
    incidents = make_incidents([{"at": (1, 1), "date": day, "year": day.year, **more} for day, more in rows])
    return {each.doubt: each for each in date_warnings(incidents, NOTHING, QUICK)}


def days(count, seed=0):
    """Return days spread evenly over ten years."""
    rng = np.random.default_rng(seed)
    return [
        (pd.Timestamp("2009-01-02") + pd.Timedelta(days=int(step)), {})
        for step in rng.integers(0, 3640, count)
    ]


def test_even_dates_raise_no_doubt():
    assert doubts(days(600)) == {}


def test_a_pile_on_1_january_is_named_with_how_often_its_share():
    found = doubts(days(300) + [(pd.Timestamp("2012-01-01"), {})] * 10)
    assert set(found) == {Doubt.NEW_YEAR}
    assert found[Doubt.NEW_YEAR].count >= 10
    assert found[Doubt.NEW_YEAR].times == pytest.approx(found[Doubt.NEW_YEAR].count * 365.25 / 310)
    assert "1 January holds" in warning_words(found[Doubt.NEW_YEAR], "en")


def test_a_pile_on_a_day_of_the_month_is_named():
    found = doubts(days(300) + [(pd.Timestamp(2012, month, 15), {}) for month in range(1, 13)] * 3)
    assert found[Doubt.PILE].days == (15,)
    assert "day 15 of the month" in warning_words(found[Doubt.PILE], "en")
    assert "le 15 du mois" in warning_words(found[Doubt.PILE], "fr")


def test_months_in_which_a_provider_is_silent_are_named():
    found = doubts([each for each in days(600) if each[0].month <= 6])
    assert found[Doubt.SILENT_MONTHS].months == (7, 8, 9, 10, 11, 12)
    assert "July, August" in warning_words(found[Doubt.SILENT_MONTHS], "en")


def test_few_incidents_name_no_silent_month():
    assert doubts([(pd.Timestamp(2012, 3, day), {}) for day in (3, 9, 20)]) == {}


def test_dates_known_to_the_month_are_counted():
    found = doubts(days(20) + [(pd.Timestamp("2012-05-01"), {"date_precision": "month"})] * 30)
    assert (found[Doubt.SUM_DATES].count, found[Doubt.SUM_DATES].total) == (30, 50)
    assert Doubt.PILE not in found  # they are left out already


def test_growth_is_a_factor_a_year():
    assert yearly_growth(np.array([8, 16, 32, 64]), 4) == pytest.approx(2)
    assert yearly_growth(np.array([10, 10, 10]), 4) == pytest.approx(1)
    assert yearly_growth(np.array([5, 45, 45, 45, 45]), 4) == pytest.approx(
        3
    )  # a jump is spread over two years
    assert yearly_growth(np.array([1, 100, 100]), 4) == 0.0  # from hardly anything, anything grows
    assert yearly_growth(np.array([4, 100]), 4) == 0.0


@pytest.mark.parametrize(
    ("name", "doubt"),
    [
        ("growth x6 a year", Doubt.GROWTH),
        ("January-June only", Doubt.SILENT_MONTHS),
        ("reporting halves in the rains", Doubt.RAINS),
        ("all dated 1 January", Doubt.NEW_YEAR),
        ("all dated to the month", Doubt.SUM_DATES),
    ],
)
@pytest.mark.slow
def test_each_world_that_deceives_is_named(name, doubt):
    _, warned = calendar_of(name, np.random.default_rng(0), QUICK, areas=8)
    assert doubt in {each.doubt for each in warned}
    for each in warned:
        assert warning_words(each, "en") != warning_words(each, "fr")


@pytest.mark.parametrize(
    ("name", "omission"),
    [("all dated 1 January", Omission.NEW_YEAR), ("all dated to the month", Omission.MONTH_ONLY)],
)
def test_dates_that_nobody_knows_make_no_calendar(name, omission):
    found, _ = calendar_of(name, np.random.default_rng(0), QUICK, areas=4)
    assert found.statement is Status.NO_MONTHS
    assert [each.omission for each in found.calendar.left_out] == [omission]
    assert found.calendar.n_used == 0
