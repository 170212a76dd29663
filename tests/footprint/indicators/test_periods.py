"""Periods: one reduction for means and worst seasons, whichever way is better."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from footprint.indicators.periods import by_period, mean_over, monthly, over_units, over_year
from footprint.indicators.units import Level
from layers.months import months_in, months_mask


@dataclass(frozen=True)
class Part:
    """The least that a season is: an identifier and its months."""

    season_id: str
    months: int


SEASONS = (
    Part("COOL_DRY", months_mask("12-2")),
    Part("HOT_DRY", months_mask("3-5")),
    Part("RAINS", months_mask("6-9")),
    Part("FLOOD_HARVEST", months_mask("10-11")),
)
SHARES = st.floats(0, 1) | st.just(math.nan)


def table(**columns):
    """Return rows of one region per column prefix `a_`, `b_` …: here simply unit, twelve months each."""
    rows = [
        {
            "level": "region",
            "unit_id": unit,
            "name": unit.upper(),
            "month": month,
            **{k: v[month - 1] for k, v in own.items()},
        }
        for unit, own in columns.items()
        for month in range(1, 13)
    ]
    return pd.DataFrame(rows)


def test_the_worst_season_stands_beside_the_mean():
    """0.6 all year but 0.2 in October and 0.4 in November."""
    values = [0.6] * 9 + [0.2, 0.4, 0.6]
    found = over_year(values, SEASONS).summary()
    assert (found.mean, found.worst, found.worst_season) == pytest.approx((0.55, 0.3, "FLOOD_HARVEST"))
    assert found.by_month == tuple(values)


def test_where_lower_is_better_the_worst_season_is_the_highest():
    found = over_year([0.0] * 9 + [0.2, 0.4, 0.0], SEASONS, higher_is_better=False).summary()
    assert (found.worst, found.worst_season) == pytest.approx((0.3, "FLOOD_HARVEST"))


@pytest.mark.parametrize("higher_is_better", [True, False])
def test_equal_seasons_name_the_first(higher_is_better):
    found = over_year([0.5] * 12, SEASONS, higher_is_better=higher_is_better)
    assert found.worst_season() == SEASONS[0].season_id


@pytest.mark.parametrize("higher_is_better", [True, False])
@pytest.mark.parametrize("month", range(1, 13))
def test_one_unknown_month_makes_its_season_the_year_and_the_worst_unknown(month, higher_is_better):
    values = [0.6] * 9 + [0.2, 0.2, 0.6]
    values[month - 1] = math.nan
    found = over_year(values, SEASONS, higher_is_better=higher_is_better)
    assert math.isnan(found.mean)
    assert math.isnan(found.worst)
    assert found.worst_season() is None
    unknown = [season.season_id for season in SEASONS if month in months_in(season.months)]
    assert [
        name for name, mean in zip(found.season_ids, found.by_season, strict=True) if math.isnan(mean)
    ] == unknown


@given(values=arrays(np.float64, (3, 2, 12), elements=SHARES), higher_is_better=st.booleans())
@pytest.mark.slow
def test_many_series_at_once_come_to_what_each_comes_to_alone(values, higher_is_better):
    whole = over_year(values, SEASONS, higher_is_better=higher_is_better)
    for unit in range(3):
        for column in range(2):
            alone = over_year(values[unit, column], SEASONS, higher_is_better=higher_is_better).summary()
            assert repr(whole.summary(unit, column)) == repr(alone)


@given(values=arrays(np.float64, 12, elements=SHARES), higher_is_better=st.booleans())
@pytest.mark.slow
def test_the_worst_is_the_plain_mean_of_the_worst_season(values, higher_is_better):
    """Against the definition, season by season."""
    means = [float(np.mean([values[month - 1] for month in months_in(each.months)])) for each in SEASONS]
    found = over_year(values, SEASONS, higher_is_better=higher_is_better)
    if any(map(math.isnan, means)):
        assert found.worst_season() is None
    else:
        assert float(found.worst) == pytest.approx(min(means) if higher_is_better else max(means))
        assert means[found.season_ids.index(found.worst_season())] == pytest.approx(float(found.worst))


def test_a_table_gives_one_row_per_unit_and_column_in_their_order():
    figures = table(
        east={"FF": [0.5] * 12, "MF": [0.25] * 12},
        west={"FF": [math.nan] * 12, "MF": [0.2] * 9 + [0.0, 0.1, 0.2]},
    )
    # Whatever the order of the rows, units keep the order in which they appear.
    rows = by_period(figures.iloc[::-1], ["MF", "FF"], SEASONS)
    assert list(zip(rows["unit_id"], rows["measure"], strict=True)) == [
        ("west", "MF"), ("west", "FF"), ("east", "MF"), ("east", "FF"),
    ]  # fmt: skip
    assert rows["worst_season"].tolist() == ["FLOOD_HARVEST", None, "COOL_DRY", "COOL_DRY"]
    assert rows["worst"].tolist() == pytest.approx([0.05, math.nan, 0.25, 0.5], nan_ok=True)
    assert rows["RAINS"].tolist() == pytest.approx([0.2, math.nan, 0.25, 0.5], nan_ok=True)


def test_a_month_without_a_row_is_unknown():
    figures = table(east={"FF": [0.5] * 12}).query("month != 7")
    _, values = monthly(figures, ["FF"])
    assert np.isnan(values[0, 0]).tolist() == [month == 7 for month in range(1, 13)]
    assert by_period(figures, ["FF"], SEASONS)["worst_season"].tolist() == [None]


def test_a_mean_over_some_months_needs_all_of_them():
    values = np.array([0.5] * 10 + [math.nan, 0.5])
    assert mean_over(values, (1, 2)) == 0.5
    assert math.isnan(mean_over(values, (10, 11)))


def test_units_weigh_by_their_demand():
    figures = table(
        east={"FF": [1.0] * 12, "demand": [1.0] * 12}, west={"FF": [0.0] * 12, "demand": [3.0] * 11 + [0.0]}
    )
    shares = over_units(figures, Level.REGION, ["east", "west"], ["FF"])
    assert shares[0].tolist() == [0.25] * 11 + [1.0]
    nobody = figures.assign(demand=0.0)
    assert np.isnan(over_units(nobody, Level.REGION, ["east"], ["FF"])).all()
    # A unit with need of which nothing is known makes the whole unknown; one without need does not.
    silent = figures.assign(
        FF=[
            np.nan if unit == "east" else share
            for unit, share in zip(figures["unit_id"], figures["FF"], strict=True)
        ]
    )
    found = over_units(silent, Level.REGION, ["east", "west"], ["FF"])[0]
    needed = figures[figures["unit_id"] == "east"].sort_values("month")["demand"].to_numpy() > 0
    assert np.isnan(found[needed]).all()
    assert np.isfinite(found[~needed]).all()
