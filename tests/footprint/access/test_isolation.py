"""Violence that returns in months in which nobody gets there: cut off, out of reach, or reached."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from footprint.access.isolation import (
    PatrolAccess,
    Return,
    coincidences,
    flooded,
    patrol_access,
    returns,
    rows_of,
)
from footprint.scenario import Scenario
from tests.worlds import (
    cell_of,
    find_patterns,
    make_area,
    make_assets,
    make_basis,
    make_incidents,
    make_roads,
    make_sites,
    make_units,
    review,
    router_of,
)


@pytest.fixture(scope="module")
def valley():
    """
    A base in the west, a road east through a plain that floods, and a cercle beyond that fills up in October.

    base ==paved== |plain, floods 9-12| ==paved== east      (cercles west 0-50 km, east 50-100 km)
    """
    rows = [
        {"at": (80, 25), "date": pd.Timestamp(year, month, 10), "year": year}
        for year in range(2013, 2019)
        for month in (2, 5, 10, 10, 10, 10)
    ]
    return make_area(
        sites=make_sites({"base": (10, 25)}),
        assets=make_assets({"base": {"infantry_company": 1}}),
        roads=make_roads({"road": [(10, 25), (95, 25)]}),
        incidents=make_incidents(rows),
        districts=make_units(
            {"west": (0, 0, 50, 50), "east": (50, 0, 100, 50)}, {"west": "region", "east": "region"}
        ),
        flood={"plain": ("9-12", (40, 0, 60, 50))},
    )


@pytest.fixture(scope="module")
def answer(valley):
    prepared = make_basis(valley)
    return prepared, review(prepared, Scenario("today")), find_patterns(valley)


@pytest.mark.slow
def test_the_plain_is_under_flood_in_its_months_alone(valley):
    wet = flooded(valley)
    assert wet[:, cell_of(valley, 52, 27)].tolist() == [8 <= month <= 11 for month in range(12)]
    assert not wet[:, cell_of(valley, 82, 27)].any()


@pytest.mark.slow
def test_the_east_is_reached_but_for_the_flood(valley, answer):
    prepared, reviewed, _ = answer
    reach = patrol_access(prepared, router_of(prepared), reviewed)
    east, west = cell_of(valley, 82, 27), cell_of(valley, 12, 27)
    assert reach.reached[:, east].tolist() == [not 8 <= month <= 11 for month in range(12)]
    assert reach.cut_off[:, east].tolist() == [8 <= month <= 11 for month in range(12)]
    assert reach.reached[:, west].all()
    assert not reach.cut_off[:, west].any()


def test_october_returns_and_is_cut_off_and_stands_out(valley, answer):
    prepared, reviewed, found = answer
    finding = found.finding("east")
    assert finding.significant
    assert finding.months == (10,)
    reach = patrol_access(prepared, router_of(prepared), reviewed)
    east, west = cell_of(valley, 82, 27), cell_of(valley, 12, 27)
    october = returns(found.districts, rows_of(found.districts, prepared.districts), reach, 10)
    assert (october[east], october[west]) == (Return.CUT_OFF, Return.NOT_TESTED)
    assert (
        returns(found.districts, rows_of(found.districts, prepared.districts), reach, 3)[east]
        == Return.OTHER_MONTHS
    )


def test_people_cut_off_are_counted_and_those_under_flood_among_them(valley, answer):
    prepared, reviewed, found = answer
    (row,) = coincidences(
        found.districts,
        prepared.districts,
        valley.population.people,
        patrol_access(prepared, router_of(prepared), reviewed),
    )
    assert row.months_cut_off == (10,)
    assert row.worst_month == 10
    assert row.people == pytest.approx(1000)
    assert row.cut_off[10] == pytest.approx(1000)
    assert row.under_flood[10] == pytest.approx(200)
    # Far from the road a patrol, at 6.4 km/h across country, is too late in every month: of the ten columns
    # those beyond 90 km at 12.5 km from it, all but two at 17.5 km, all at 22.5 km, on both sides. Such
    # people may be cut off as well.
    assert row.never == pytest.approx(10 * 2 * (2 + 8 + 10))


def test_a_place_that_no_patrol_reaches_in_any_month_is_told_from_one_cut_off(answer):
    prepared, _, found = answer
    n_cells = prepared.area.grid.n_cells
    nobody, everyone = np.zeros((12, n_cells), bool), np.ones((12, n_cells), bool)
    never = PatrolAccess(reached=nobody, way=everyone, flooded=nobody)
    always = PatrolAccess(reached=everyone, way=everyone, flooded=nobody)
    rows = rows_of(found.districts, prepared.districts)
    here = rows == found.districts.calendar.area_ids.index("east")
    assert (returns(found.districts, rows, never, 10)[here] == Return.NEVER_REACHED).all()
    assert (returns(found.districts, rows, always, 10)[here] == Return.REACHED).all()


def test_a_cell_in_no_unit_is_not_tested(answer):
    prepared, reviewed, found = answer
    nowhere = np.full(prepared.area.grid.n_cells, -1, np.int32)
    assert (
        returns(found.districts, nowhere, patrol_access(prepared, router_of(prepared), reviewed), 10)
        == Return.NOT_TESTED
    ).all()
