"""Demand: nobody is lost, nothing is counted that is not known, and the formulas hold by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footprint.demand import incident_weights, surface, threat
from footprint.method import default_method
from footprint.objectives import Measure
from tests.worlds import make_area, make_assets, make_incidents, make_sites

NUMBERS = default_method().demand
DAY = date(2019, 6, 30)
AREA = make_area(size=(0, 0, 200, 150), sites=make_sites({}), assets=make_assets({}))
ONE_REGION = np.zeros(AREA.grid.n_cells, dtype=np.int32)


def spread(rows, **changes):
    return threat(
        make_incidents(rows), AREA.grid, ONE_REGION, numbers=replace(NUMBERS, **changes), frame_date=DAY
    )


def test_weights_by_hand():
    incidents = make_incidents(
        [
            {"at": (1, 1), "deaths": 0.0},
            {"at": (1, 1), "deaths": 3.0, "reliability": 2},
            {"at": (1, 1), "deaths": 157.0},
            {"at": (1, 1), "deaths": 1.0, "date": pd.Timestamp("2018-10-03"), "year": 2018},
        ]
    )
    # 1; 0.7 * (1 + log2 4); capped at 6; (1 + log2 2) halved after 270 days
    assert incident_weights(incidents, numbers=NUMBERS, frame_date=DAY) == pytest.approx([1, 2.1, 6, 1.0])


@pytest.mark.parametrize("at", [(100, 75), (0.1, 0.1), (199, 149)])
@pytest.mark.parametrize("precision", [1, 2, 3, 4])
def test_no_weight_is_lost_at_the_border(at, precision):
    found = spread([{"at": at, "geo_precision": precision}])
    assert found.by_month.sum(axis=1).mean() == pytest.approx(1.0)
    assert found.used == 1


def test_the_cycle_is_strongest_in_the_incidents_month():
    by_month = spread([{"at": (100, 75)}]).by_month.sum(axis=1)
    assert by_month[5] == pytest.approx(1.5)
    assert by_month[11] == pytest.approx(0.5)


def test_an_incident_known_only_by_its_year_has_no_cycle_and_says_so():
    found = spread([{"at": (100, 75), "date": pd.NaT, "date_precision": "year"}], half_life_days=1e9)
    assert found.by_month.sum(axis=1) == pytest.approx(np.ones(12))
    assert [words for words, _ in found.assumed] == [
        "only the year known: dated to its middle, no yearly cycle"
    ]


def test_what_is_placed_no_better_than_the_country_is_excluded_and_counted():
    found = spread([{"at": (100, 75), "geo_precision": 6}, {"at": (100, 75), "geo_precision": 5}])
    assert found.used == 0
    assert dict(found.excluded) == {"placed no better than the country, or to be reviewed": 2}
    assert not found.by_month.any()


def test_a_seasonal_profile_replaces_the_cycle():
    profile = np.zeros((AREA.grid.n_cells, 12))
    profile[:, 10] = 1.0
    found = threat(
        make_incidents([{"at": (100, 75)}]),
        AREA.grid,
        ONE_REGION,
        numbers=NUMBERS,
        frame_date=DAY,
        profile=profile,
    )
    assert found.by_month.sum(axis=1) == pytest.approx([0] * 10 + [12, 0])


def test_cells_without_population_data_carry_no_demand_and_are_counted():
    people = np.full(AREA.grid.n_cells, 10.0)
    people[:100] = np.nan
    made = surface(spread([{"at": (10, 140)}]), people, ONE_REGION, grid=AREA.grid, numbers=NUMBERS)
    everywhere = np.ones(AREA.grid.n_cells, dtype=bool)
    for measure in Measure:
        demand = made.of(measure, everywhere)
        assert demand[:, :100].sum() == 0
        assert demand.sum(axis=1) == pytest.approx(np.ones(12), abs=1e-5)
    assert made.unknown_cells == 100


def test_without_incidents_threat_has_nothing_to_show_and_the_blend_is_people():
    people = np.arange(AREA.grid.n_cells, dtype=float)
    made = surface(spread([]), people, ONE_REGION, grid=AREA.grid, numbers=NUMBERS)
    everywhere = np.ones(AREA.grid.n_cells, dtype=bool)
    assert not made.of(Measure.THREAT, everywhere).any()
    assert made.of(Measure.BLEND, everywhere)[0] == pytest.approx(people / people.sum(), abs=1e-6)


def test_the_rate_is_the_regions_where_nobody_lives_and_its_own_where_many_do():
    people = np.full(AREA.grid.n_cells, 1e9)
    people[0] = 0.0
    weights = spread([{"at": (100, 75)}])
    made = surface(weights, people, ONE_REGION, grid=AREA.grid, numbers=NUMBERS)
    thousands = people.sum() / 1000
    assert made.rate[0, 0] == pytest.approx(
        (weights.by_month[0, 0] / 20) + weights.by_month[0].sum() / thousands
    )
    busiest = weights.by_month[0].argmax()
    assert made.rate[0, busiest] == pytest.approx(weights.by_month[0, busiest] / 1e6, rel=1e-3)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(1, 199), st.floats(1, 149), st.integers(0, 300), st.integers(1, 4)),
        min_size=1,
        max_size=12,
    ),
    st.randoms(use_true_random=False),
)
def test_row_order_changes_nothing(events, random):
    rows = [{"at": (x, y), "deaths": float(deaths), "geo_precision": level} for x, y, deaths, level in events]
    shuffled = list(rows)
    random.shuffle(shuffled)
    np.testing.assert_allclose(spread(rows).by_month, spread(shuffled).by_month, rtol=1e-9, atol=1e-15)
