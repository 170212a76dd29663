"""A place that is not reached has the right reason, in every month."""

from __future__ import annotations

import numpy as np
import pytest

from footprint.access.nearest import Reason, nearest_minutes, surgery_share, why_not
from footprint.indicators.units import Level
from footprint.scenario import AddAssets, Scenario
from footprint.travel.profiles import Profile
from tests.worlds import (
    cell_of,
    make_area,
    make_assets,
    make_basis,
    make_roads,
    make_sites,
    review,
    router_of,
)


@pytest.fixture(scope="module")
def flooded():
    """
    A paved road of 90 km; a belt of water right across it in October and November.

    base ==========[ belt ]========== east
    5,25          40 to 60           95,25
    """
    area = make_area(
        sites=make_sites({"base": (5, 25)}),
        assets=make_assets({"base": {"infantry_company": 1}}),
        roads=make_roads({"rn": [(5, 25), (95, 25)]}),
        flood={"belt": ("10-11", (40, -5, 60, 55))},
    )
    prepared = make_basis(area)
    return prepared, review(prepared, Scenario("baseline")), cell_of(area, 92.5, 27.5)


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.slow
def test_only_the_flood_cuts_the_east_off_and_only_in_its_months(flooded, month):
    prepared, answer, east = flooded
    found = why_not(router_of(prepared), answer, Profile.PATROL, month, limit_min=240)
    wet = month in {10, 11}
    assert found[east] == (Reason.CUT_OFF_THIS_MONTH if wet else Reason.REACHED)
    assert np.isinf(nearest_minutes(router_of(prepared), answer, Profile.PATROL, month)[east]) == wet


def test_a_shorter_limit_leaves_the_east_out_of_range_and_nothing_else(flooded):
    prepared, answer, east = flooded
    assert why_not(router_of(prepared), answer, Profile.PATROL, 3, limit_min=60)[east] == Reason.OUT_OF_RANGE
    assert (
        why_not(router_of(prepared), answer, Profile.PATROL, 10, limit_min=60)[east]
        == Reason.CUT_OFF_THIS_MONTH
    )


def test_too_far_to_be_back_by_daylight_is_said(flooded):
    prepared, answer, east = flooded
    minutes = nearest_minutes(router_of(prepared), answer, Profile.FOOT, 3)[east]
    assert minutes > 12 * 60
    assert (
        why_not(router_of(prepared), answer, Profile.FOOT, 3, limit_min=48 * 60)[east]
        == Reason.OUTSIDE_DAY_LIMIT
    )


def test_without_a_helicopter_nobody_flies(flooded):
    prepared, answer, _ = flooded
    assert np.isinf(nearest_minutes(router_of(prepared), answer, Profile.HELICOPTER, 3)).all()


@pytest.mark.slow
def test_surgery_is_not_known_where_the_data_name_nobody_who_operates():
    """Not nought; but what a scenario adds is known, and so is a surgery that nobody reaches in time."""

    def share(held, *changes):
        area = make_area(sites=make_sites({"camp": (2.5, 12.5)}), assets=make_assets({"camp": held}))
        prepared = make_basis(area)
        router = prepared.router()
        result = review(prepared, Scenario("now", changes))
        return surgery_share(prepared, router, result, (Level.AREA, ("world",)), 3)

    assert np.isnan(share({"infantry_company": 1}))
    assert share({"helicopter": 1, "surgery": 1}) > 0
    added = (AddAssets("camp", "helicopter"), AddAssets("camp", "surgery"))
    assert share({"infantry_company": 1}, *added) > 0
