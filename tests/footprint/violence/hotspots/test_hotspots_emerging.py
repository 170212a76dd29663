"""Classes over the years: each rule by a drawn history, the trend against two other implementations."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pymannkendall
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import kendalltau, norm
from shapely import box

from footprint.violence.hotspots import (
    Exclusion,
    HotspotClass,
    IncidentFilter,
    Trend,
    classify,
    emerging,
    mann_kendall,
    select,
)
from footprint.violence.hotspots.emerging import months_back, step_windows
from layers.grid import make_grid
from tests.worlds import HOTSPOT_NUMBERS, METRES, make_incidents

pytestmark = pytest.mark.slow

GRID = make_grid(box(0, 0, 300_000, 300_000), METRES, cell_m=10_000)
EVERYWHERE = np.ones(GRID.n_cells, bool)
PERIOD = IncidentFilter(first=date(2008, 1, 1), last=date(2018, 12, 31), whole_years=True)
NEW = (HotspotClass.NEW_HOT, HotspotClass.CONSECUTIVE_HOT)
QUICK = HOTSPOT_NUMBERS
FLAT, UP, DOWN = 0.0, 3.0, -3.0


def named(history, z=FLAT):
    """Class of one cell; one letter a year: H hot, C cold, a dot neither."""
    letters = np.array(list(history))[None]
    trend = Trend(np.array([z]), np.array([z]), np.array([0.003 if z else 1.0]))
    return classify(letters == "H", letters == "C", trend, trend_p_max=HOTSPOT_NUMBERS.trend_p_max)[0]


@pytest.mark.parametrize(
    ("history", "z", "pattern"),
    [
        (".........H", FLAT, HotspotClass.NEW_HOT),
        ("C........H", FLAT, HotspotClass.NEW_HOT),
        ("........HH", FLAT, HotspotClass.CONSECUTIVE_HOT),
        ("..HHHHHHHH", FLAT, HotspotClass.CONSECUTIVE_HOT),
        (".HHHHHHHHH", FLAT, HotspotClass.PERSISTENT_HOT),
        ("HHHHHHHHHH", UP, HotspotClass.INTENSIFYING_HOT),
        ("HHHHHHHHHH", DOWN, HotspotClass.DIMINISHING_HOT),
        ("HHHHHHHHH.", FLAT, HotspotClass.HISTORICAL_HOT),
        ("HHHHHHHHH.", UP, HotspotClass.HISTORICAL_HOT),
        ("..H.H....H", FLAT, HotspotClass.SPORADIC_HOT),
        ("H.......HH", FLAT, HotspotClass.SPORADIC_HOT),
        ("..H.C....H", FLAT, HotspotClass.OSCILLATING_HOT),
        ("..H.H.....", FLAT, HotspotClass.NONE),  # sporadic needs a hot last year
        ("..........", UP, HotspotClass.NONE),
        (".........C", FLAT, HotspotClass.NEW_COLD),
        ("........CC", FLAT, HotspotClass.CONSECUTIVE_COLD),
        ("CCCCCCCCCC", FLAT, HotspotClass.PERSISTENT_COLD),
        ("CCCCCCCCCC", DOWN, HotspotClass.INTENSIFYING_COLD),
        ("CCCCCCCCCC", UP, HotspotClass.DIMINISHING_COLD),
        ("CCCCCCCCC.", FLAT, HotspotClass.HISTORICAL_COLD),
        ("..C.C....C", FLAT, HotspotClass.SPORADIC_COLD),
        ("..H.C....C", FLAT, HotspotClass.OSCILLATING_COLD),
        ("CCCCCCCCCH", FLAT, HotspotClass.NEW_HOT),
        ("HHHHHHHHHC", FLAT, HotspotClass.NEW_COLD),
        ("H", FLAT, HotspotClass.NEW_HOT),
        ("HH", FLAT, HotspotClass.PERSISTENT_HOT),
    ],
)
def test_each_history_has_its_name(history, z, pattern):
    assert named(history, z) == pattern


@given(st.text("HC.", min_size=1, max_size=12), st.sampled_from([FLAT, UP, DOWN]))
def test_hot_and_cold_mirror_each_other(history, z):
    mirrored = named(history.translate(str.maketrans("HC", "CH")), -z)
    swapped = (
        named(history, z).value.replace("_hot", "_warm").replace("_cold", "_hot").replace("_warm", "_cold")
    )
    assert mirrored.value == swapped


@given(st.text("HC.", min_size=2, max_size=12))
def test_a_pattern_of_the_present_needs_the_last_year(history):
    past = {HotspotClass.NONE, HotspotClass.HISTORICAL_HOT, HotspotClass.HISTORICAL_COLD}
    if history[-1] == ".":
        assert named(history) in past


@given(arrays(np.float64, st.tuples(st.just(1), st.integers(4, 25)), elements=st.integers(-3, 3).map(float)))
def test_mann_kendall_equals_pymannkendall(series):
    ours, peer = mann_kendall(series), pymannkendall.original_test(series[0])
    assert ours.score[0] == peer.s
    assert ours.z[0] == pytest.approx(peer.z, abs=1e-12)
    assert ours.p[0] == pytest.approx(peer.p, abs=1e-12)


@given(arrays(np.float64, st.integers(5, 20), elements=st.integers(-3, 3).map(float)))
def test_mann_kendall_equals_scipy_without_the_continuity_correction(series):
    if np.unique(series).size < 2:
        return
    ours = mann_kendall(series[None])
    n = len(series)
    ties = np.unique(series, return_counts=True)[1]
    deviation = np.sqrt((n * (n - 1) * (2 * n + 5) - (ties * (ties - 1) * (2 * ties + 5)).sum()) / 18)
    peer = kendalltau(np.arange(n), series, method="asymptotic")
    assert 2 * norm.sf(abs(ours.score[0]) / deviation) == pytest.approx(peer.pvalue, abs=1e-12)


def test_a_constant_or_unknown_series_has_no_trend():
    flat = mann_kendall(np.array([[2.0] * 8, [np.nan] * 8]))
    assert flat.p.tolist() == [1.0, 1.0]
    assert flat.z.tolist() == [0.0, 0.0]


@pytest.mark.parametrize(("history", "pattern"), [
    ("HHHH", HotspotClass.THROUGHOUT_HOT),
    ("CCCC", HotspotClass.THROUGHOUT_COLD),
    ("..HH", HotspotClass.CONSECUTIVE_HOT),
    ("...H", HotspotClass.NEW_HOT),
    ("HHHHH", HotspotClass.PERSISTENT_HOT),
])  # fmt: skip
def test_below_five_steps_no_class_needs_a_trend(history, pattern):
    letters, flat = np.array(list(history))[None], np.array([0.0])
    named_so = classify(
        letters == "H", letters == "C", Trend(flat, flat, flat + 1), trend_p_max=0.05, trend_steps_min=5
    )
    assert named_so[0] == pattern


def world(years_of_cluster, growth=1):
    """Scattered incidents and a cluster in some years, two years before the record ends to its end."""
    rng = np.random.default_rng(4)
    rows = []
    for year in range(2008, 2019):
        stamp = {"date": pd.Timestamp(f"{year}-05-01"), "year": year}
        rows += [{"at": tuple(rng.uniform(0, 300, 2)), **stamp} for _ in range(30 * growth ** (year - 2008))]
        if year in years_of_cluster:
            rows += [{"at": tuple(rng.normal((105, 105), 8.0)), **stamp} for _ in range(40)]
    return select(make_incidents(rows), PERIOD)


def at_cluster(result):
    return result.pattern[GRID.cell_at(np.array([105_000.0]), np.array([105_000.0]))[0]]


def test_a_cluster_of_the_last_year_is_new():
    assert at_cluster(emerging(world({2018}), GRID, EVERYWHERE, settings=QUICK)) == HotspotClass.NEW_HOT


def test_a_cluster_of_the_last_three_years_is_consecutive():
    found = emerging(world({2016, 2017, 2018}), GRID, EVERYWHERE, settings=QUICK)
    assert at_cluster(found) == HotspotClass.CONSECUTIVE_HOT


def test_a_cluster_of_all_years_is_hot_throughout():
    throughout = {HotspotClass.PERSISTENT_HOT, HotspotClass.INTENSIFYING_HOT, HotspotClass.DIMINISHING_HOT}
    assert at_cluster(emerging(world(range(2008, 2019)), GRID, EVERYWHERE, settings=QUICK)) in throughout


@pytest.mark.slow
def test_a_war_that_grows_everywhere_makes_no_place_new():
    growing = world(set(), growth=2)
    assert not np.isin(emerging(growing, GRID, EVERYWHERE, settings=QUICK).pattern, NEW).any()
    pooled = emerging(growing, GRID, EVERYWHERE, settings=QUICK, pooled=True)
    assert np.isin(pooled.pattern, NEW).mean() > 0.5


def test_a_recurrent_season_is_said_first():
    recurrent = np.zeros(GRID.n_cells, bool)
    recurrent[:5] = True
    result = emerging(world({2018}), GRID, EVERYWHERE, recurrent=recurrent, settings=QUICK)
    assert set(result.pattern[:5]) == {HotspotClass.SEASONAL_RECURRENT}
    assert at_cluster(result) == HotspotClass.NEW_HOT


def test_steps_end_at_the_frame_date_and_each_shows_36_months():
    half = IncidentFilter(first=date(2012, 1, 1), last=date(2019, 6, 30), whole_years=True)
    windows = step_windows(select(make_incidents([]), half), QUICK)
    assert windows[-1] == (date(2016, 7, 1), date(2019, 6, 30))
    assert windows[-2] == (date(2015, 7, 1), date(2018, 6, 30))
    # One that began in July 2011 would show months before the record.
    assert windows[0] == (date(2012, 7, 1), date(2015, 6, 30))
    long = replace(half, first=date(1990, 1, 1))
    assert len(step_windows(select(make_incidents([]), long), QUICK)) == 10


def test_the_months_before_a_leap_day_are_whole():
    assert months_back(date(2020, 2, 29), 36) == date(2017, 3, 1)
    assert months_back(date(2020, 2, 28), 12) == date(2019, 2, 28)
    assert months_back(date(2019, 6, 15), 36) == date(2016, 6, 16)


def test_a_last_step_with_too_few_incidents_gives_no_class():
    rows = [
        {"at": (5 + 3 * n, 20), "date": pd.Timestamp(f"{year}-05-01"), "year": year}
        for year in range(2008, 2016)
        for n in range(30)
    ]
    result = emerging(select(make_incidents(rows), PERIOD), GRID, EVERYWHERE, settings=QUICK)
    # The last shows 2016 to 2018, in which nothing is.
    assert [step.kept for step in result.steps][-2:] == [True, False]
    assert not result.classed
    assert set(result.pattern) == {HotspotClass.NONE}


def test_used_and_left_out_are_all_incidents():
    rows = [{"at": (15, 15), "date": pd.Timestamp("2018-03-01"), "year": 2018} for _ in range(30)]
    rows += [
        {"at": (15, 15), "date": pd.NaT, "date_precision": "year", "year": year} for year in (2007, 2018)
    ]
    rows += [{"at": (15, 15), "date": pd.Timestamp("2010-03-01"), "year": 2010}]
    rows += [{"at": (900, 15), "date": pd.Timestamp("2018-03-01"), "year": 2018}]
    result = emerging(select(make_incidents(rows), PERIOD), GRID, EVERYWHERE, settings=QUICK)
    assert {item.reason: item.count for item in result.excluded} == {
        Exclusion.OUTSIDE_PERIOD: 2,
        Exclusion.OUTSIDE_AREA: 1,
    }
    assert result.n_used == 31


def test_no_step_or_no_incident_is_no_pattern():
    short = IncidentFilter(first=date(2018, 3, 1), last=date(2018, 11, 30))
    for period in (short, PERIOD):
        result = emerging(select(make_incidents([]), period), GRID, EVERYWHERE, settings=QUICK)
        assert set(result.pattern) == {HotspotClass.NONE}
