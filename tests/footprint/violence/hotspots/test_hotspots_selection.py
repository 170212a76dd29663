"""Selection: what may be tested, what may not, and nothing lost without a count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import box

from footprint.violence.hotspots import (
    Exclusion,
    IncidentFilter,
    MixedProvidersError,
    hotspots,
    match_sources,
    select,
)
from layers.grid import make_grid
from layers.incidents import EventType
from tests.worlds import HOTSPOT_NUMBERS, METRES, make_incidents

PERIOD = IncidentFilter(first=date(2010, 1, 1), last=date(2019, 6, 30))
GRID = make_grid(box(0, 0, 300_000, 300_000), METRES, cell_m=10_000)
EVERYWHERE = np.ones(GRID.n_cells, bool)
QUICK = HOTSPOT_NUMBERS


def reasons(selection):
    return {item.reason: item.count for item in selection.excluded}


def cluster(x_km, y_km, n=40, **changes):
    rng = np.random.default_rng(int(x_km))
    return [{"at": tuple(rng.normal((x_km, y_km), 8.0)), **changes} for _ in range(n)]


def scattered(n=150):
    rng = np.random.default_rng(99)
    return [{"at": tuple(rng.uniform(0, 300, 2))} for _ in range(n)]


def test_each_reason_is_counted_once_and_nothing_is_lost():
    rows = [
        {"at": (0, 0)},
        {"at": (0, 0), "date": pd.Timestamp("2019-07-01")},
        {"at": (0, 0), "event_type": "other", "geo_precision": 5},
        {"at": (0, 0), "geo_precision": 2},
        {"at": (0, 0), "geo_precision": 4},
    ]
    selection = select(make_incidents(rows), PERIOD)
    assert reasons(selection) == {
        Exclusion.OUTSIDE_PERIOD: 1,
        Exclusion.OTHER_TYPE: 1,
        Exclusion.IMPRECISE_PLACE: 2,
    }
    assert (selection.n_used, selection.n_excluded) == (1, 2)
    assert selection.excluded_share == pytest.approx(2 / 3)


def test_nothing_asked_for_is_no_share():
    assert select(make_incidents([]), PERIOD).excluded_share == 0.0


def test_the_frame_date_is_inclusive_and_covers_the_whole_day():
    rows = [
        {"at": (0, 0), "date": pd.Timestamp("2019-06-30 18:00")},
        {"at": (0, 0), "date": pd.Timestamp("2010-01-01")},
    ]
    assert select(make_incidents(rows), PERIOD).n_used == 2


def test_a_year_alone_is_held_against_the_years_of_the_period():
    rows = [
        {"at": (0, 0), "date": pd.NaT, "date_precision": "year", "year": 2019},
        {"at": (0, 0), "date": pd.Timestamp("2009-01-01"), "date_precision": "year", "year": 2009},
    ]
    assert select(make_incidents(rows), PERIOD).n_used == 1


def test_a_year_alone_is_in_a_window_only_where_it_is_wholly():
    window = IncidentFilter(first=date(2016, 7, 1), last=date(2019, 6, 30), whole_years=True)
    rows = [{"at": (0, 0), "date": pd.NaT, "date_precision": "year", "year": y} for y in range(2015, 2020)]
    rows += [{"at": (0, 0), "date": pd.Timestamp("2019-01-01"), "date_precision": "year", "year": 2019}]
    selection = select(make_incidents(rows), window)
    assert selection.used["year"].tolist() == [2017, 2018]
    assert reasons(selection) == {Exclusion.OUTSIDE_PERIOD: 1, Exclusion.YEAR_ONLY: 3}
    assert selection.excluded_share == 0.0  # they are well placed


def test_types_can_be_chosen():
    rows = [
        {"at": (0, 0), "event_type": kind}
        for kind in ("attack_on_civilians", "battle", "explosion", "unknown")
    ]
    assert select(make_incidents(rows), PERIOD).n_used == 3
    only = replace(PERIOD, types=frozenset({EventType.ATTACK_ON_CIVILIANS}))
    assert select(make_incidents(rows), only).n_used == 1


def test_two_providers_are_never_added_up():
    rows = [{"at": (0, 0), "provider": "one"}, {"at": (0, 0), "provider": "two"}]
    with pytest.raises(MixedProvidersError, match="one, two"):
        select(make_incidents(rows), PERIOD)
    chosen = select(make_incidents(rows), replace(PERIOD, provider="two"))
    assert (chosen.n_used, reasons(chosen)) == (1, {Exclusion.OTHER_PROVIDER: 1})


def test_stand_ins_at_a_capital_are_told_apart():
    rows = [{"at": (10, 10), "geo_precision": 3}, {"at": (10, 40), "geo_precision": 3}, {"at": (10, 10)}]
    capitals = make_incidents([{"at": (10.5, 10)}])[["geometry"]]
    selection = select(make_incidents(rows), PERIOD, capitals=capitals)
    assert reasons(selection) == {Exclusion.DEFAULT_GEOCODE: 1, Exclusion.IMPRECISE_PLACE: 1}
    assert selection.n_at_stand_in == 1


def test_cercle_precision_is_enough_for_whole_cercles():
    rows = [{"at": (0, 0), "geo_precision": precision} for precision in (1, 2, 3, 4)]
    assert select(make_incidents(rows), PERIOD, geo_precision_max=3).n_used == 3


@pytest.mark.slow
def test_incidents_geocoded_to_capitals_make_no_hotspot():
    capitals = [(x, y) for x in (35, 105, 175, 245) for y in (35, 105, 175, 245)]
    rows = scattered() + [{"at": at, "geo_precision": 3} for at in capitals for _ in range(80)]
    result = hotspots(select(make_incidents(rows), PERIOD), GRID, EVERYWHERE, settings=QUICK)
    assert not result.significant.any()
    without = hotspots(select(make_incidents(scattered()), PERIOD), GRID, EVERYWHERE, settings=QUICK)
    assert np.array_equal(result.p, without.p)


@pytest.mark.slow
def test_moving_an_incident_coded_to_a_capital_moves_no_hotspot():
    rows = scattered() + cluster(100, 100) + [{"at": (205, 205), "geo_precision": 3}]
    moved = [*rows[:-1], {"at": (100, 100), "geo_precision": 3}]
    one, other = (
        hotspots(select(make_incidents(r), PERIOD), GRID, EVERYWHERE, settings=QUICK) for r in (rows, moved)
    )
    assert one.significant.any()
    assert np.array_equal(one.p, other.p)
    assert np.array_equal(one.z, other.z)


@pytest.mark.slow
def test_a_source_with_years_only_still_has_hotspots():
    rows = scattered() + cluster(100, 100)
    years = make_incidents([row | {"date": pd.NaT, "date_precision": "year", "year": 2015} for row in rows])
    result = hotspots(select(years, PERIOD), GRID, EVERYWHERE, settings=QUICK)
    assert result.significant[GRID.cell_at(np.array([100_000]), np.array([100_000]))].all()
    assert result.n_used == len(rows)


@pytest.mark.slow
@settings(max_examples=15)
@given(st.randoms(use_true_random=False))
def test_row_order_and_names_change_nothing(random):
    rows = [{"at": (number * 7 % 300, number * 13 % 300)} for number in range(60)] + [{"at": (55, 55)}] * 9
    order = list(range(len(rows)))
    random.shuffle(order)
    quick = replace(HOTSPOT_NUMBERS, draws=199)
    one = hotspots(select(make_incidents(rows), PERIOD), GRID, EVERYWHERE, settings=quick)
    other = hotspots(
        select(make_incidents([rows[i] for i in order]), PERIOD), GRID, EVERYWHERE, settings=quick
    )
    assert np.array_equal(one.p, other.p)
    assert np.array_equal(one.count, other.count)


@pytest.mark.slow
def test_incidents_outside_area_and_mask_are_counted_as_left_out():
    mask = EVERYWHERE.copy()
    mask[GRID.cell_at(np.array([5_000.0]), np.array([5_000.0]))] = False
    rows = [{"at": (5, 5)}, {"at": (500, 5)}, {"at": (15, 5)}]
    result = hotspots(select(make_incidents(rows), PERIOD), GRID, mask, settings=QUICK)
    assert {item.reason: item.count for item in result.excluded} == {
        Exclusion.OUTSIDE_AREA: 1,
        Exclusion.OUTSIDE_MASK: 1,
    }
    assert (result.n_used, result.n_cells_tested) == (1, GRID.n_cells - 1)
    assert result.n_used + sum(item.count for item in result.excluded) == len(rows)
    assert np.isnan(result.p[~mask]).all()


@pytest.mark.parametrize("mask", [EVERYWHERE, ~EVERYWHERE])
@pytest.mark.slow
def test_without_incidents_nothing_is_hot(mask):
    result = hotspots(select(make_incidents([]), PERIOD), GRID, mask, settings=QUICK)
    assert not result.significant.any()
    assert np.isnan(result.z).all()


def provider(name, *rows):
    frame = make_incidents([{"provider": name, **row} for row in rows])
    return frame.set_index(pd.Index([f"{name}{number}" for number in range(len(rows))], name="incident_id"))


def day(text, **changes):
    return {"date": pd.Timestamp(text), "year": 2018, "at": (0, 0)} | changes


def test_one_event_in_two_sources_counts_once():
    ours = provider("a", day("2018-03-01"))
    theirs = provider(
        "b",
        day("2018-03-02", at=(10, 0)),  # a day and 10 km away: the same
        day("2018-03-03"),  # two days
        day("2018-03-01", at=(10.1, 0)),  # too far
        day("2018-03-01", event_type="battle"),  # another type
    )
    matched = match_sources(ours, theirs)
    assert matched.pairs["second_id"].tolist() == ["b0"]
    assert list(matched.incidents.index) == ["a0", "b1", "b2", "b3"]
    assert select(matched.incidents, PERIOD).n_used == 4


def test_records_pair_one_to_one_nearest_first():
    ours = provider("a", day("2018-03-01"), day("2018-03-02", at=(3, 0)))
    theirs = provider("b", day("2018-03-01", at=(1, 0)), day("2018-03-01", at=(5, 0)))
    pairs = match_sources(ours, theirs).pairs
    assert list(zip(pairs["first_id"], pairs["second_id"], strict=True)) == [("a0", "b0"), ("a1", "b1")]


def test_vague_records_of_the_second_source_are_left_out_and_counted():
    ours = provider("a", day("2018-03-01"))
    vague = [day("2018-03-01", date_precision="month"), day("2018-05-01", geo_precision=3), day("2018-06-01")]
    matched = match_sources(ours, provider("b", *vague))
    assert (matched.n_vague, len(matched.incidents)) == (2, 2)


def test_equal_identifiers_of_two_sources_stay_apart():
    ours, theirs = provider("a", day("2018-03-01")), provider("b", day("2018-09-01"))
    theirs.index = ours.index
    assert list(match_sources(ours, theirs).incidents.index) == ["a0", "b:a0"]


def test_matching_with_nothing_keeps_everything():
    ours = provider("a", day("2018-03-01"))
    assert list(match_sources(ours, ours.iloc[:0]).incidents.index) == ["a0"]
    assert list(match_sources(ours.iloc[:0], ours).incidents.index) == ["a0"]
