"""A closure that lies on none of a search's ways leaves it as it is: swept over every road, station and profile."""

from __future__ import annotations

import numpy as np
import pytest

from footprint.coverage.stations import stations
from footprint.scenario import Scenario, apply
from footprint.travel.profiles import ESCORTED, Profile
from footprint.travel.reach import reach
from footprint.travel.road_state import RoadState
from footprint.travel.weights import arc_minutes, with_loss
from layers.months import ALL_MONTHS
from tests.worlds import bundled_prepared, router_of

pytestmark = pytest.mark.slow

MONTH = 9
"""Of rains and flood."""


def posts(prepared):
    return stations(
        apply(Scenario("today"), prepared.area, prepared.method),
        prepared.method.capabilities,
        router_of(prepared),
    )


@pytest.mark.parametrize("month", [3, MONTH])
def test_what_is_kept_is_what_a_search_from_scratch_finds_for_every_road(month):
    prepared = bundled_prepared()
    network, travel = prepared.network, prepared.method.travel
    router, reused, searched = prepared.router(), 0, 0
    limits, here = prepared.limits_min, posts(prepared)
    for road_id in network.roads.table.road_id.tolist():
        state = RoadState().close(road_id)
        for profile in sorted({profile for post in here for profile in post.profiles}):
            fresh = arc_minutes(network, profile, month, travel, state)
            for post in here:
                if profile not in post.profiles:
                    continue
                kept = router.route(post.connector, profile, month, state)
                own = reach(network, fresh, post.connector, limits.get(profile, 0.0))
                assert np.array_equal(kept.cells, own.cells), (road_id, post.site_id, profile)
                assert np.array_equal(kept.minutes, own.minutes), (road_id, post.site_id, profile)
                free = router.searched(post.connector, profile, month, state) == RoadState()
                reused, searched = reused + free, searched + (not free)
    # Both happen: or the sweep would show nothing.
    assert min(reused, searched) > 100


def test_minutes_under_closures_are_those_reckoned_anew():
    prepared = bundled_prepared()
    network, travel = prepared.network, prepared.method.travel
    router = router_of(prepared)
    for road_id in network.roads.table.road_id[::40].tolist():
        state = RoadState().close(road_id, 0b111)
        for month in (2, 9):
            fresh = arc_minutes(network, Profile.CONVOY, month, travel, state)
            free = router.weights(Profile.CONVOY, month, RoadState())
            made = with_loss(
                network, free, state, router.months(state).mask(router.months(state).group(month)), fresh.key
            )
            assert np.array_equal(made.arcs.minutes, fresh.arcs.minutes)
            assert np.array_equal(made.last_min, fresh.last_min)
            assert made.months == fresh.months


def test_ratings_move_no_key_of_those_whom_they_do_not_slow_down():
    prepared = bundled_prepared()
    router, road_id = router_of(prepared), str(prepared.network.roads.table.road_id[0])
    rated = RoadState().rate(road_id)
    for profile in (Profile.CIVIL, Profile.FOOT, Profile.BOAT):
        assert router.key(profile, MONTH, rated) == router.key(profile, MONTH, RoadState())
        assert router.key(profile, MONTH, rated, unrated_only=True) != router.key(
            profile, MONTH, RoadState(), unrated_only=True
        )
    for profile in ESCORTED:
        assert router.key(profile, MONTH, rated) != router.key(profile, MONTH, RoadState())


def test_a_closure_of_other_months_is_no_closure():
    prepared = bundled_prepared()
    router, post = router_of(prepared), posts(prepared)[0]
    for road_id in prepared.network.roads.table.road_id.tolist():
        state = RoadState().close(road_id, ALL_MONTHS & ~(1 << (MONTH - 1)))
        for profile in post.profiles:
            assert router.searched(post.connector, profile, MONTH, state) == RoadState()


def test_a_month_whose_search_answers_for_another_gives_what_that_other_finds_from_scratch():
    """Every month, station and profile; with a closure of some months too, and off rated ground."""
    prepared = bundled_prepared()
    network, travel, limits = prepared.network, prepared.method.travel, prepared.limits_min
    router, answered = prepared.router(), 0
    shut = RoadState().close(str(network.roads.table.road_id[2]), 0b1100)
    for state, free in ((RoadState(), False), (shut, False), (RoadState(), True)):
        for month in router.months(state).first:
            for profile in (Profile.CONVOY, Profile.BOAT):
                fresh = arc_minutes(network, profile, month, travel, state, unrated_only=free)
                for post in posts(prepared)[::3]:
                    kept = router.route(post.connector, profile, month, state, unrated_only=free)
                    own = reach(network, fresh, post.connector, limits.get(profile, 0.0))
                    assert np.array_equal(kept.cells, own.cells), (month, profile, post.site_id)
                    assert np.array_equal(kept.minutes, own.minutes), (month, profile, post.site_id)
                    own_state = router.searched(post.connector, profile, month, state, unrated_only=free)
                    then = router.answering_month(
                        post.connector, profile, month, own_state, unrated_only=free
                    )
                    answered += then != month
    # It happens: or nothing is shown.
    assert answered > 20


def test_minutes_under_another_rating_are_those_reckoned_anew():
    prepared = bundled_prepared()
    network, travel = prepared.network, prepared.method.travel
    router, table = prepared.router(), prepared.network.roads.table
    rated = table.road_id[table.search_rated][::6].tolist()
    states = [RoadState().rate(road_id, rated=False) for road_id in rated]
    states += [RoadState().rate(road_id) for road_id in table.road_id[~table.search_rated][::40].tolist()]
    for state in states:
        for free in (False, True):
            fresh = arc_minutes(network, Profile.CONVOY, MONTH, travel, state, unrated_only=free)
            made = router.weights(Profile.CONVOY, MONTH, state, unrated_only=free)
            assert np.array_equal(made.arcs.minutes, fresh.arcs.minutes)
            assert np.array_equal(made.last_min, fresh.last_min)
            assert made.arcs.longest_min >= fresh.arcs.longest_min
            assert (made.months, made.key) == (fresh.months, fresh.key)
