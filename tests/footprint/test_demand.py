"""Demand: nobody is lost, nothing is counted that is not known, and the formulas hold by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import sqrt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footprint.demand import Ground, KappaBasis, demand_surface, estimate_kappa, incident_weights, threat
from footprint.demand.shrinkage import Kappa
from footprint.indicators.indicator import Indicator
from footprint.method import default_method
from footprint.objectives import Measure
from footprint.scenario import Scenario
from layers.grid import make_grid
from layers.zones import zones
from tests.worlds import (
    METRES,
    bundled_prepared,
    make_area,
    make_assets,
    make_basis,
    make_incidents,
    make_sites,
    make_units,
    review,
)

NUMBERS = default_method().demand
DAY = date(2019, 6, 30)
SIZE = (0, 0, 200, 150)
EVENT = {"date": pd.Timestamp(DAY), "year": 2019}


def ground(people=10.0, *, cell_m=5000, districts=None, regions=None, size=SIZE):
    """Return a rectangle with people per 25 km² (a number, or one per cell)."""
    regions = (
        make_units({"region": size}, {"region": "c"} if regions is None else {})
        if regions is None
        else regions
    )
    districts = make_units({"cercle": size}, {"cercle": "region"}) if districts is None else districts
    grid = make_grid(make_units({"c": size}).union_all(), METRES, cell_m=cell_m)
    counts = (
        np.full(grid.n_cells, people * (cell_m / 5000) ** 2) if np.isscalar(people) else np.asarray(people)
    )
    return Ground(
        grid=grid,
        people=counts,
        districts=zones(districts, grid),
        regions=zones(regions, grid),
        district_shapes=districts.geometry.to_numpy(),
        region_shapes=regions.geometry.to_numpy(),
    )


def spread(rows, place=None, **changes):
    return threat(
        make_incidents(rows), place or ground(), numbers=replace(NUMBERS, **changes), frame_date=DAY
    )


def test_weights_by_hand():
    incidents = make_incidents(
        [
            {"at": (1, 1), "deaths": 0.0},
            {"at": (1, 1), "deaths": 3.0, "reliability": 2},
            {"at": (1, 1), "deaths": 157.0},
            {"at": (1, 1), "deaths": 1.0, "date": pd.Timestamp("2019-01-01"), "year": 2019},
            {"at": (1, 1), "date": pd.Timestamp("2019-07-01"), "year": 2019},
        ]
    )
    # 1; 0.7 · (1 + log2 4); capped at 3; (1 + log2 2) halved after 180 days; not yet happened
    expected = np.array([1, 2.1, 3, 1.0, 0.0])
    found = incident_weights(incidents, numbers=NUMBERS, day=DAY)
    ages = (pd.Timestamp(DAY) - incidents["date"]).dt.days.to_numpy()
    expected[:3] *= 2 ** (-ages[:3] / 180)
    assert found == pytest.approx(expected)


def test_a_year_counts_by_the_part_of_it_that_has_been_from_the_middle_of_that_part():
    rows = [
        {"at": (1, 1), "date": pd.NaT, "date_precision": "year", "year": year} for year in (2018, 2019, 2020)
    ]
    before, now, later = incident_weights(make_incidents(rows), numbers=NUMBERS, day=DAY)
    # 181 of 365 days have been; their middle is 90 days before the frame date
    assert now == pytest.approx(181 / 365 * 2 ** (-89.5 / 180), rel=1e-2)
    assert before == pytest.approx(2 ** (-362.5 / 180), rel=1e-2)
    assert later == 0


@pytest.mark.parametrize("at", [(100, 75), (0.1, 0.1), (199, 149)])
@pytest.mark.parametrize("precision", [1, 2, 3, 4])
@pytest.mark.slow
def test_no_weight_is_lost_at_the_border(at, precision):
    found = spread([{"at": at, "geo_precision": precision, **EVENT}])
    assert found.whole.sum() == pytest.approx(1.0)
    assert found.used == 1


def test_an_incident_placed_precisely_stays_in_its_cell():
    place = ground()
    found = spread([{"at": (101, 76), **EVENT}], place)
    assert (
        found.placed.nonzero()[0].tolist() == place.grid.cell_at(np.array([101e3]), np.array([76e3])).tolist()
    )


def test_what_is_known_only_roughly_goes_over_the_people_there():
    place = ground()
    place.people[:] = 0
    town = place.grid.cell_at(np.array([110e3]), np.array([75e3]))[0]
    place.people[town] = 500
    for precision in (2, 3, 4):
        found = spread([{"at": (100, 75), "geo_precision": precision, **EVENT}], place)
        assert found.whole[town] == pytest.approx(1.0)


def test_where_nobody_lives_it_goes_by_land():
    found = spread([{"at": (100, 75), "geo_precision": 3, **EVENT}], ground(0.0))
    assert found.by_district == pytest.approx(np.full(1200, 1 / 1200))


def test_what_is_placed_no_better_than_the_country_is_excluded_and_counted():
    found = spread([{"at": (100, 75), "geo_precision": 6}, {"at": (100, 75), "geo_precision": 5}])
    assert found.used == 0
    assert dict(found.excluded) == {"placed no better than the country, or to be reviewed": 2}
    assert not found.whole.any()


def test_an_incident_where_people_are_unknown_is_left_out_and_counted():
    place = ground()
    place.people[:] = np.nan
    for precision in (1, 2, 3, 4):
        found = spread([{"at": (100, 75), "geo_precision": precision, **EVENT}], place)
        assert dict(found.excluded) == {"no population data there": 1}
        assert not found.whole.any()


def test_the_neighbourhood_is_a_sum_by_hand():
    place = ground(size=(0, 0, 25, 5))
    values = np.array([1.0, 0, 0, 0, 2.0])
    # own cell weighs 1, the neighbour exp(-(5/15)²/2); 20 km away exp(-(20/15)²/2), within a cut of 20 inclusive
    near, far = np.exp(-0.5 * (5 / 15) ** 2), np.exp(-0.5 * (20 / 15) ** 2)
    found = place.neighbourhood(values, sigma_km=15, cut_km=20)
    assert found[0] == pytest.approx(1 + 2 * far)
    assert found[1] == pytest.approx(near + 2 * np.exp(-0.5))
    assert place.neighbourhood(values, sigma_km=15, cut_km=19.9)[0] == pytest.approx(1.0)


def test_the_rate_by_hand():
    """One town among empty land: its rate is drawn to the cercle's, that to the region's."""
    place = ground(0.0, size=(0, 0, 200, 5))
    place.people[20] = 30_000
    found = spread([{"at": (102, 2), **EVENT}] * 3, place)
    made = demand_surface(found, place, numbers=NUMBERS, kappa=Kappa(20.0, KappaBasis.ESTIMATED))
    region = 3 / 30
    district = (3 + 20 * region) / (30 + 20)
    assert made.rate[0, 20] == pytest.approx((3 + 20 * district) / (30 + 20))
    # out of reach of the town (over 45 km) nothing is known but the cercle's rate
    assert made.rate[0, 35] == pytest.approx(district)
    assert made.origin.place == pytest.approx(3 / 50 / made.rate[0, 20])
    assert made.origin.place + made.origin.district + made.origin.region == pytest.approx(1)


def test_the_rate_does_not_depend_on_the_size_of_cells():
    """The first build's did: it drew each cell to the region by itself, so finer cells had less of their own."""
    rates = []
    for cell_m in (10_000, 5_000, 2_500):
        place = ground(200.0, cell_m=cell_m)
        made = demand_surface(
            spread([{"at": (106.1, 76.1), **EVENT}] * 10, place),
            place,
            numbers=NUMBERS,
            kappa=Kappa(20.0, KappaBasis.ESTIMATED),
        )
        at = place.grid.cell_at(np.array([106.1e3]), np.array([76.1e3]))[0]
        rates.append(made.rate[0, at])
    assert max(rates) / min(rates) < 1.05


def test_a_season_moves_threat_and_loses_none():
    place = ground()
    season = np.ones((place.grid.n_cells, 12))
    season[:, 10] = 3.0
    season[:, 0:2] = 0.0
    found = spread([{"at": (100, 75), **EVENT}], place)
    made = demand_surface(
        found, place, numbers=NUMBERS, kappa=Kappa(20.0, KappaBasis.ESTIMATED), season=season
    )
    sums = (made.rate * place.thousands).sum(axis=1)
    assert sums[10] == pytest.approx(3 * sums[4])
    assert sums[0] == 0


def test_cells_without_population_data_carry_no_demand_and_are_counted():
    place = ground()
    place.people[:100] = np.nan
    made = demand_surface(
        spread([{"at": (10, 20), **EVENT}], place),
        place,
        numbers=NUMBERS,
        kappa=Kappa(20.0, KappaBasis.ESTIMATED),
    )
    for measure in Measure:
        demand = made.of(measure)
        assert demand[:, :100].sum() == 0
        assert demand.sum(axis=1) == pytest.approx(np.ones(12), abs=1e-5)
    assert made.unknown_cells == 100


def test_without_incidents_threat_has_nothing_to_show_and_the_blend_is_people():
    place = ground(np.arange(1200, dtype=float))
    made = demand_surface(
        spread([], place), place, numbers=NUMBERS, kappa=Kappa(20.0, KappaBasis.NOTHING_COUNTED)
    )
    assert not made.has_threat
    assert not made.of(Measure.THREAT).any()
    assert made.of(Measure.BLEND)[0] == pytest.approx(place.people / place.people.sum(), abs=1e-6)


HALVES = {"west": (0, 0, 100, 150), "east": (100, 0, 200, 150)}


def pair(people=100.0):
    """Return one region of two equal cercles of 60 thousand people each."""
    return ground(people, districts=make_units(HALVES, dict.fromkeys(HALVES, "region")))


def kappa(rows, place, **changes):
    return estimate_kappa(make_incidents(rows), place, numbers=replace(NUMBERS, **changes), frame_date=DAY)


def test_kappa_by_hand():
    """Two cercles of 60 thousand, thirty incidents of weight 1 in one and ten in the other, none before."""
    place = pair()
    rows = [{"at": (50, 75), **EVENT}] * 30 + [{"at": (150, 75), **EVENT}] * 10
    rate = 40 / 120
    excess = 60 * ((30 / 60 - rate) ** 2 + (10 / 60 - rate) ** 2) - 1 * (2 - 1) * rate
    room = rate**2 * (120 - (60**2 + 60**2) / 120)
    expected = 1 / (excess / room * rate)
    found = kappa(rows, place, shrinkage_low_thousand=0.1, shrinkage_high_thousand=1000)
    assert found.thousand == pytest.approx(expected)
    assert found.basis is KappaBasis.ESTIMATED
    assert kappa(rows, place, shrinkage_factor=2.0).thousand == pytest.approx(2 * max(expected, 5.0))


@pytest.mark.slow
def test_kappa_is_held_and_says_why():
    place = pair()
    alike = [{"at": (50, 75), **EVENT}] * 10 + [{"at": (150, 75), **EVENT}] * 10
    assert kappa(alike, place) == Kappa(60.0, KappaBasis.ALIKE)
    apart = [{"at": (50, 75), **EVENT}] * 4000
    assert kappa(apart, place) == Kappa(5.0, KappaBasis.HELD_LOW)
    assert kappa([], place) == Kappa(20.0, KappaBasis.NOTHING_COUNTED)
    assert kappa(apart, ground()) == Kappa(20.0, KappaBasis.NO_PAIR)
    fixed = kappa(apart, place, shrinkage_low_thousand=33.0, shrinkage_high_thousand=33.0)
    assert fixed.thousand == 33.0


@pytest.mark.slow
def test_kappa_recovers_known_risks_better_than_raw_regional_or_per_cell_rates():
    """Gamma-Poisson worlds: risks of 16 cercles known, a decade of incidents drawn, the rate estimated."""
    generator = np.random.default_rng(7)
    boxes = {f"d{i}{j}": (50 * i, 37.5 * j, 50 * (i + 1), 37.5 * (j + 1)) for i in range(4) for j in range(4)}
    place = ground(400.0, districts=make_units(boxes, dict.fromkeys(boxes, "region")))
    errors = {"estimated": [], "raw": [], "regional": [], "20 a cell": []}
    for _ in range(12):
        risk = generator.gamma(1.5, 0.4 / 1.5, len(boxes))
        per_cell = place.districts.shares.T @ risk
        counts = generator.poisson(per_cell * place.thousands)
        cells = np.repeat(np.arange(len(counts)), counts)
        at = np.column_stack([place.grid.x_m[cells], place.grid.y_m[cells]]) / 1000
        rows = [{"at": tuple(point), **EVENT} for point in at]
        weighed = spread(rows, place)
        k = kappa(rows, place, shrinkage_low_thousand=0.1, shrinkage_high_thousand=1000)
        made = demand_surface(weighed, place, numbers=NUMBERS, kappa=k)
        total = counts.sum() / place.thousands.sum()
        guesses = {
            "estimated": made.rate[0],
            "raw": counts / place.thousands,
            "regional": np.full(len(counts), total),
            "20 a cell": (counts + 20 * total) / (place.thousands + 20),
        }
        for name, guess in guesses.items():
            errors[name].append(sqrt(np.mean((guess - per_cell) ** 2)))
    means = {name: float(np.mean(each)) for name, each in errors.items()}
    assert means["estimated"] == min(means.values()), means
    assert means["estimated"] < 0.9 * sorted(means.values())[1], means


@pytest.mark.slow
@settings(max_examples=25)
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
    np.testing.assert_allclose(spread(rows).whole, spread(shuffled).whole, rtol=1e-9, atol=1e-15)
    assert kappa(rows, pair()).thousand == pytest.approx(kappa(shuffled, pair()).thousand)


@pytest.mark.slow
def test_protests_and_developments_carry_no_need():
    area = make_area(
        sites=make_sites({}),
        assets=make_assets({}),
        incidents=make_incidents(
            [
                {"at": (50, 25), "event_type": kind, **EVENT}
                for kind in ("battle", "other", "unknown", "explosion")
            ]
        ),
    )
    found = make_basis(area).demand.threat
    assert found.used == 3
    assert dict(found.excluded) == {"of a kind that is not counted": 1}


@pytest.mark.slow
def test_an_objective_lies_between_its_regions():
    """Demand is normalised once, over the whole area: the objective's figure is a mean of its regions'."""
    prepared = bundled_prepared()
    figures = review(prepared, Scenario("today")).figures.set_index(["level", "unit_id", "month"])
    for objective in prepared.objectives:
        for month in range(1, 13):
            own = figures.loc[("objective", objective.objective_id, month)]
            parts = figures.loc[[("region", unit, month) for unit in objective.regions]]
            for name in (Indicator.FORCE, Indicator.TIER_1, Indicator.TIER_2, Indicator.TIER_3):
                assert parts[name].min() - 1e-9 <= own[name] <= parts[name].max() + 1e-9
            assert own["people"] == pytest.approx(parts["people"].sum())
            assert own["demand"] == pytest.approx(parts["demand"].sum())
