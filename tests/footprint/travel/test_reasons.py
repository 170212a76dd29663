import numpy as np
import pytest

from footprint.travel.profiles import Profile
from footprint.travel.reach import nearest
from footprint.travel.reasons import Reason, reasons, route_months
from footprint.travel.road_state import RoadState
from tests.footprint.travel.grounds import access, make_ground, weigh

WEST, EAST = (2.5, 12.5), (47.5, 12.5)


@pytest.fixture(scope="module")
def ground():
    """
    A road through a plain flooded in October, and a bank no road leads to.

             ~~~~~         |
    west ====road==== east | far
             ~~~~~         |
    """
    return make_ground(
        {"road": [WEST, EAST]},
        size=(60, 25),
        rivers={"river": [(50, -5), (50, 30)]},
        navigable="",
        flood={"plain": ("10", (20, -5, 30, 30))},
    )


def year(network, profile=Profile.CIVIL, **changes):
    return [weigh(network, profile, month, **changes) for month in range(1, 13)]


def told(network, month, limit_min, sites=(WEST,), **options):
    """Return the reason of each cell of the middle row."""
    joined = [access(network, site) for site in sites]
    weights = year(network)
    minutes = nearest(network, weights[month - 1], joined, limit_min).minutes
    found = reasons(minutes, route_months(network, weights, joined), month, limit_min, **options)
    return network.grid.raster(found, -1)[2].tolist()


def test_in_range_and_beyond(ground):
    row = told(ground, 1, 20)
    assert row == [Reason.REACHED] * 6 + [Reason.OUT_OF_RANGE] * 4 + [Reason.NO_ROUTE] * 2


def test_the_flood_cuts_the_east_off_for_its_month_alone(ground):
    row = told(ground, 10, 20)
    assert row[6:10] == [Reason.CUT_OFF_THIS_MONTH] * 4
    assert row[10:] == [Reason.NO_ROUTE] * 2


def test_in_range_but_not_by_daylight(ground):
    row = told(ground, 1, 20, day_limit_min=10)
    assert row[:3] == [Reason.REACHED] * 3
    assert row[4:6] == [Reason.OUTSIDE_DAY_LIMIT] * 2
    per_cell = np.full(ground.grid.n_cells, 10.0, np.float32)
    assert told(ground, 1, 20, day_limit_min=per_cell) == row


def test_a_site_too_far_from_any_road_is_the_reason_if_no_other_has_a_way(ground):
    lonely, both = (7.5, 22.5), [(7.5, 22.5), WEST]
    assert told(ground, 1, 20, [lonely])[9] == Reason.SNAPPED_TOO_FAR
    assert told(ground, 1, 20, both)[9] == Reason.OUT_OF_RANGE


def test_without_sites_there_is_no_route_anywhere(ground):
    assert set(told(ground, 1, 20, [])) == {Reason.NO_ROUTE}


def test_routes_agree_with_unbounded_searches(ground):
    joined = [access(ground, WEST)]
    for profile in (Profile.CIVIL, Profile.BOAT):
        weights = year(ground, profile)
        routes = route_months(ground, weights, joined)
        for month in (1, 10):
            reached = np.isfinite(nearest(ground, weights[month - 1], joined).minutes)
            np.testing.assert_array_equal((routes.joined >> (month - 1) & 1).astype(bool), reached)


def test_closing_a_road_never_adds_a_route(ground):
    joined = [access(ground, WEST)]
    before = route_months(ground, year(ground), joined).joined
    after = route_months(ground, year(ground, state=RoadState().close("road")), joined).joined
    assert not (after & ~before).any()
