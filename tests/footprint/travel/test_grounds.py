"""Travel over grounds whose times can be worked out by hand; in km, roads at 80 km/h unless said."""

from dataclasses import replace

import numpy as np
import pytest

from footprint.errors import PlaceError
from footprint.travel.connectors import Leg
from footprint.travel.profiles import Profile
from footprint.travel.rated import rated_shares
from footprint.travel.reach import NearestField, components, nearest, reach
from footprint.travel.road_state import RoadState
from footprint.travel.weights import arc_minutes, weights_key
from layers.months import months_mask
from tests.footprint.travel.grounds import AS_IS, DRY, TRAVEL, WET, access, make_ground, minutes_map, weigh

INF = np.inf
WEST, EAST = (2.5, 12.5), (47.5, 12.5)
ACROSS = {"road": [WEST, EAST]}
HIGH_WATER, LOW_WATER = 10, 3
ALONG_MIN = 45 / 80 * 60


@pytest.fixture(scope="module")
def plain():
    """Ten by five cells and nothing else."""
    return make_ground()


@pytest.fixture(scope="module")
def street():
    """
    One road from the first cell to the last of the middle row.

    west =================== east
    """
    return make_ground(ACROSS)


@pytest.fixture(scope="module")
def bridge():
    """
    A river from north to south with one bridge of 2 km.

             |
    west ==a=)(=b== east
             |
    """
    return make_ground(
        {"a": [WEST, (24, 12.5)], "bridge": [(24, 12.5), (26, 12.5)], "b": [(26, 12.5), EAST]},
        rivers={"river": [(25, -5), (25, 30)]},
        crossing={"bridge": "bridge"},
    )


@pytest.fixture(scope="module")
def dyke():
    """
    A road on a dyke and a track, both through a flood from x = 20 to 30 in October and November.

             ~~~~~
    west ====dyke===== east
             ~~~~~
         ----track----
    """
    return make_ground(
        {"dyke": [WEST, EAST], "track": [(2.5, 2.5), (47.5, 2.5)]},
        flood={"plain": ("10-11", (20, -5, 30, 30))},
        raised={"dyke": True},
        road_class={"track": "track"},
        surface={"track": "unpaved"},
    )


@pytest.fixture(scope="module")
def stream():
    """A navigable river (July to December) from west to east at y = 10; no roads."""
    return make_ground(rivers={"stream": [(0, 10), (50, 10)]}, navigable="7-12")


# Nothing, one, ties


def test_open_country_is_crossed_at_eight_kilometres_an_hour(plain):
    """The cells around the site are its last legs: 2.5 km by street, at 21 km/h; nobody goes on by them."""
    drawn = minutes_map(plain, weigh(plain), WEST)
    step = 5 / 8 * 60
    assert drawn[2, :4] == pytest.approx([0, (2.5 / 21 + 2.5 / 8) * 60, 2 * step, 3 * step])
    assert drawn[1, 2] == pytest.approx(step * np.sqrt(5))


def test_sixteen_moves_overstate_a_straight_walk_by_three_percent_at_most(plain):
    drawn = minutes_map(plain, weigh(plain, Profile.FOOT), WEST)
    straight_km = np.hypot(plain.grid.x_m - 2500, plain.grid.y_m - 12500).reshape(5, 10) / 1000
    ratio = drawn[straight_km > 0] / (straight_km[straight_km > 0] / 4 * 60)
    assert ratio.min() >= 1 - 1e-6
    assert ratio.max() < 1.028


def test_a_road_is_faster_than_open_country(street):
    drawn = minutes_map(street, weigh(street), WEST)
    assert drawn[2, -1] == pytest.approx(ALONG_MIN)
    assert drawn[1, -1] == pytest.approx(ALONG_MIN + 5 / 8 * 60)


def test_there_and_back_take_the_same_time(bridge):
    out, back = minutes_map(bridge, weigh(bridge), WEST), minutes_map(bridge, weigh(bridge), EAST)
    assert out[2, -1] == pytest.approx(back[2, 0])


def test_the_limit_is_inclusive(plain):
    there = 5 / 8 * 60 * 2
    far = plain.grid.cell_at(np.array([12500.0]), np.array([12500.0]))[0]
    assert far in reach(plain, weigh(plain), access(plain, WEST), there).cells
    assert far not in reach(plain, weigh(plain), access(plain, WEST), there - 0.1).cells


def test_without_sites_nothing_is_reached(plain):
    found = nearest(plain, weigh(plain), [])
    assert np.isinf(found.minutes).all()
    assert (found.owner == -1).all()


def test_the_first_of_two_equally_near_sites_wins():
    ground = make_ground(size=(45, 5))
    sites = [access(ground, (2.5, 2.5)), access(ground, (42.5, 2.5))]
    assert nearest(ground, weigh(ground), sites).owner.tolist() == [0] * 5 + [1] * 4
    assert nearest(ground, weigh(ground), sites[::-1]).owner.tolist() == [1] * 4 + [0] * 5


def test_two_sites_at_one_place_are_one(street):
    both = nearest(street, weigh(street), [access(street, WEST), access(street, WEST)])
    assert (both.owner == 0).all()


# Rivers, bridges, ferries


def test_a_river_without_bridge_parts_the_land():
    ground = make_ground(rivers={"river": [(25, -5), (25, 30)]})
    drawn = minutes_map(ground, weigh(ground), WEST)
    assert np.isfinite(drawn[:, :5]).all()
    assert np.isinf(drawn[:, 5:]).all()


def test_equal_grounds_have_equal_digests_and_others_do_not(plain, street):
    assert make_ground().digest == plain.digest
    assert make_ground(rivers={"river": [(25, -5), (25, 30)]}).digest != plain.digest
    assert make_ground(ACROSS, raised={"road": True}).digest != street.digest


def test_a_bridge_joins_both_banks(bridge):
    assert minutes_map(bridge, weigh(bridge), WEST)[2, -1] == pytest.approx(ALONG_MIN)


def test_a_closed_bridge_cuts_the_far_bank_off(bridge):
    shut = weigh(bridge, state=RoadState().close("bridge"))
    drawn = minutes_map(bridge, shut, WEST)
    assert np.isinf(drawn[:, 5:]).all()
    part = components(shut)[bridge.cell_node]
    assert part[0] != part[9]


def test_a_site_at_a_closed_bridge_does_not_join_the_far_side(bridge):
    at = access(bridge, (24.5, 12.5))
    assert (bridge.x_m[at.node[at.kind != Leg.QUAY]] < 25_000).all()
    assert np.isinf(
        minutes_map(bridge, weigh(bridge, state=RoadState().close("bridge")), (24.5, 12.5))[:, 5:]
    ).all()


def test_a_nearer_road_across_the_water_is_reported():
    """A site between a road 4 km behind it and one 2 km away beyond the river."""
    ground = make_ground(
        {"own": [(20, -5), (20, 30)], "far": [(26, -5), (26, 30)]}, rivers={"river": [(25, -5), (25, 30)]}
    )
    at = access(ground, (24, 12.5))
    assert at.road_m == pytest.approx(4000, abs=100)
    assert at.other_bank_m == pytest.approx(2000, abs=100)


def test_the_own_cell_is_reached_even_if_its_centre_lies_across_the_river():
    """The river runs at x = 23; the site at 24 shares its cell with the west bank."""
    ground = make_ground(rivers={"river": [(23, -5), (23, 30)]})
    drawn = minutes_map(ground, weigh(ground), (24, 12.5))
    assert drawn[2, 4] == pytest.approx(1.5 / 21 * 60)
    assert np.isinf(drawn[:, :4]).all()
    assert drawn[2, 5] == pytest.approx((2.5 / 21 + 1 / 8) * 60)


def test_a_ferry_waits_once_and_goes_slowly():
    ground = make_ground(
        {"a": [WEST, (20, 12.5)], "ferry": [(20, 12.5), (30, 12.5)], "b": [(30, 12.5), EAST]},
        rivers={"river": [(25, -5), (25, 30)]},
        crossing={"ferry": "ferry"},
    )
    assert minutes_map(ground, weigh(ground), WEST)[2, -1] == pytest.approx(35 / 80 * 60 + 10 / 6 * 60 + 30)


def test_a_road_over_a_river_without_bridge_is_reported_and_passable():
    ground = make_ground(ACROSS, rivers={"river": [(25, -5), (25, 30)]})
    assert ground.audit.fords == ("road",)
    assert minutes_map(ground, weigh(ground), WEST)[2, -1] == pytest.approx(ALONG_MIN)


# Floods, lakes, months


def test_flood_closes_the_track_and_the_plain_but_not_the_dyke(dyke):
    shut = RoadState().close("dyke")
    drawn = minutes_map(dyke, weigh(dyke, month=HIGH_WATER), WEST)
    assert drawn[2, -1] == pytest.approx(ALONG_MIN)
    assert np.isinf(minutes_map(dyke, weigh(dyke, month=HIGH_WATER, state=shut), WEST)[:, 6:]).all()
    assert np.isfinite(minutes_map(dyke, weigh(dyke, month=LOW_WATER, state=shut), WEST)).all()


def test_flooded_cells_are_reached_along_the_dyke_alone(dyke):
    drawn = minutes_map(dyke, weigh(dyke, month=HIGH_WATER), WEST)
    assert drawn[2, 4:6] == pytest.approx([20 / 80 * 60, 25 / 80 * 60])
    assert np.isinf(drawn[[0, 1, 3, 4], 4:6]).all()


def test_a_track_raised_by_a_scenario_stays_open_in_flood(dyke):
    state = RoadState().close("dyke").repair("track", raise_it=True)
    drawn = minutes_map(dyke, weigh(dyke, month=HIGH_WATER, state=state), (2.5, 2.5))
    assert drawn[4, 4:6] == pytest.approx([20 / 20 * 60, 25 / 20 * 60])
    # the last 2.5 kilometres by street, which is quicker than the track
    assert drawn[4, -1] == pytest.approx(42.5 / 20 * 60 + 2.5 / 21 * 60)


def test_a_lake_stops_land_travel_and_carries_boats_in_every_month():
    ground = make_ground(lakes={"lake": (20, -5, 30, 30)})
    for month in (LOW_WATER, HIGH_WATER):
        assert np.isinf(minutes_map(ground, weigh(ground, month=month), WEST)[:, 6:]).all()
        assert np.isfinite(minutes_map(ground, weigh(ground, Profile.BOAT, month), WEST)).all()


def test_roads_shut_in_their_own_months():
    """Beside a closed road one crosses the country, for all its last legs: only the last one begins as a street."""
    ground = make_ground(ACROSS, closed_months={"road": months_mask("8")})
    around = minutes_map(ground, weigh(ground, month=8), WEST)[2, -1]
    assert around == pytest.approx(42.5 / 4 * 60 + 2.5 / (21 * 0.6) * 60)
    repaired = weigh(ground, month=8, state=RoadState().repair("road"))
    assert minutes_map(ground, repaired, WEST)[2, -1] == pytest.approx(45 / 72 * 60)


def test_rains_slow_road_and_country(street):
    drawn = minutes_map(street, weigh(street, month=WET), WEST)
    assert drawn[2, -1] == pytest.approx(45 / 72 * 60)
    assert drawn[3, 0] == pytest.approx((2.5 / (21 * 0.6) + 2.5 / 4) * 60)
    assert drawn[4, 0] == pytest.approx(10 / 4 * 60)


def test_months_alike_share_one_key_and_others_do_not(dyke):
    def key(month, profile=Profile.CIVIL, state=AS_IS):
        return weights_key(dyke, profile, month, TRAVEL, state)

    assert key(1) == key(2) == key(12)
    assert (
        len({key(1), key(7), key(10), key(1, Profile.PATROL), key(1, state=RoadState().close("dyke"))}) == 5
    )
    assert key(1, state=RoadState().close("dyke", 0b10)) != key(2, state=RoadState().close("dyke", 0b10))
    assert weigh(dyke, month=2).key == key(1)


# Boats


def test_a_boat_team_walks_to_the_river_floats_and_lands_on_either_bank(stream):
    drawn = minutes_map(stream, weigh(stream, Profile.BOAT, 12), (2.5, 11))
    expected = 1 / 4 * 60 + 45 / 12 * 60 + 2.5 / 4 * 60
    assert drawn[2:4, -1] == pytest.approx(expected)


def test_without_navigable_water_a_boat_team_walks_and_stays_on_its_bank(stream):
    drawn = minutes_map(stream, weigh(stream, Profile.BOAT, LOW_WATER), (2.5, 11))
    assert drawn[2, -1] == pytest.approx((np.hypot(5, 1.5) + 40) / 4 * 60)
    assert np.isinf(drawn[3:]).all()


def test_land_profiles_never_use_the_river(stream):
    for profile in set(Profile) - {Profile.BOAT, Profile.HELICOPTER}:
        assert np.isinf(minutes_map(stream, weigh(stream, profile, 12), (2.5, 11))[3:]).all()


def test_boats_cross_the_flood_and_walk_elsewhere(dyke):
    drawn = minutes_map(dyke, weigh(dyke, Profile.BOAT, HIGH_WATER), (17.5, 22.5))
    assert drawn[0, 4] == pytest.approx(5 / 4 * 60)
    assert drawn[0, 5] == pytest.approx(5 / 4 * 60 + 5 / 12 * 60)
    assert drawn[0, 6] == pytest.approx(10 / 4 * 60 + 5 / 12 * 60)


# Search


def test_roads_rated_for_search_slow_patrols_and_not_civil_traffic():
    ground = make_ground(ACROSS, search_rated={"road": True})
    assert minutes_map(ground, weigh(ground, Profile.PATROL), WEST)[2, -1] == pytest.approx(45 / 8 * 60)
    assert minutes_map(ground, weigh(ground, Profile.CIVIL), WEST)[2, -1] == pytest.approx(ALONG_MIN)
    freed = weigh(ground, Profile.PATROL, state=RoadState().rate("road", rated=False))
    assert minutes_map(ground, freed, WEST)[2, -1] == pytest.approx(45 / 40 * 60)


def test_searching_every_road_shrinks_reach_to_near_the_site(street):
    limit_min = 60
    free = reach(street, weigh(street, Profile.CONVOY), access(street, WEST), limit_min)
    searched = reach(street, weigh(street, Profile.SEARCHED), access(street, WEST), limit_min)
    assert len(searched.cells) < len(free.cells)


def test_a_convoy_does_not_dodge_a_searched_road_by_driving_beside_it():
    """
    A searched road with a fast plain beside it: within 3 km the plain is held to search speed too.

    A slow plain is its own limit, and a track 10 km away is free.
    """
    fast = replace(TRAVEL, vehicle_dry_kmh=30.0)
    ground = make_ground(ACROSS, search_rated={"road": True})
    rated = arc_minutes(ground, Profile.PATROL, DRY, fast, AS_IS)
    free = arc_minutes(ground, Profile.PATROL, DRY, replace(fast, rated_ground_km=0.0), AS_IS)
    held, dodging = (minutes_map(ground, weights, WEST)[2, -1] for weights in (rated, free))
    # 24 km/h beside the road
    assert dodging < 45 / 24 * 60 + 20
    # beyond three kilometres the plain is free again, at the cost of the way there and back
    assert dodging < held < 45 / 8 * 60


def test_an_edge_partly_on_rated_ground_is_held_for_its_share():
    """A road along x = 25; a move of 5 km from (17.5, 12.5) to (22.5, 12.5) has 0.5 km within three of it."""
    ground = make_ground({"road": [(25, -5), (25, 30)]}, search_rated={"road": True})
    shares = rated_shares(ground, np.array([True]), 3.0)
    moves = shares[: ground.edges.starts.links - ground.edges.starts.moves]
    length_m = ground.edges.length_m[ground.edges.starts.moves : ground.edges.starts.links]
    assert np.isclose(moves[np.isclose(length_m, 5000)], 0.1, atol=1e-6).any()
    assert moves.max() == pytest.approx(1)
    assert not rated_shares(ground, np.array([False]), 3.0).any()


def test_ways_off_rated_ground_leave_it_even_where_it_is_only_touched(street):
    rated = make_ground(ACROSS, search_rated={"road": True})
    free = arc_minutes(rated, Profile.CONVOY, DRY, TRAVEL, AS_IS, unrated_only=True)
    drawn = minutes_map(rated, free, WEST)
    # the site's own cell stays unrated, and so do its own last legs; no cell of the middle row is reached else
    assert drawn[2, 0] == pytest.approx(0)
    assert np.isinf(drawn[2, 2:]).all()
    nothing = arc_minutes(street, Profile.CONVOY, DRY, TRAVEL, AS_IS, unrated_only=True)
    np.testing.assert_array_equal(
        minutes_map(street, nothing, WEST), minutes_map(street, weigh(street, Profile.CONVOY), WEST)
    )


# Joining


def test_a_site_far_from_any_road_is_reported_and_joins_across_country(street):
    at = access(street, (22.5, 22.5))
    assert at.snapped_too_far
    assert at.road_m == pytest.approx(10_000)
    assert at.part_share == 0
    assert minutes_map(street, weigh(street), (22.5, 22.5))[0, 6] == pytest.approx(75)


def test_a_site_beside_a_road_drives_its_last_street(street):
    """Half a kilometre beside the road node at (22.5, 12.5), on a street of 21 km/h."""
    drawn = minutes_map(street, weigh(street), (22.5, 13.0))
    assert drawn[2, -1] == pytest.approx(0.5 / 21 * 60 + 25 / 80 * 60)


def test_joining_an_island_of_the_road_network_shows_in_its_share():
    ground = make_ground({"main": [(2.5, 2.5), (47.5, 2.5)], "island": [(22.5, 22.5), (27.5, 22.5)]})
    assert access(ground, (22.5, 22.5)).part_share < 0.2
    assert access(ground, (22.5, 2.5)).part_share > 0.8


def test_a_place_outside_the_area_is_refused(plain):
    with pytest.raises(PlaceError, match="outside"):
        access(plain, (500, 500))


def test_a_road_beyond_the_border_still_joins_both_ends():
    """
    The road leaves the area and comes back.

      +-----------+
    ==+==       ==+==
    """
    ground = make_ground({"detour": [WEST, (2.5, -50), (47.5, -50), EAST]})
    assert ground.audit.road_nodes_without_cell > 0
    assert minutes_map(ground, weigh(ground), WEST)[2, -1] == pytest.approx(170 / 80 * 60)


# Adding and taking off


def test_adding_and_taking_off_a_site_restores_the_field(street):
    field = NearestField(street, weigh(street))
    field.insert([access(street, WEST)])
    before = field.cells()
    done = field.insert([access(street, EAST), access(street, (22.5, 22.5))], undoable=True)
    assert set(field.cells().owner.tolist()) == {0, 1, 2}
    field.undo(done, sites=2)
    after = field.cells()
    np.testing.assert_array_equal(before.minutes, after.minutes)
    np.testing.assert_array_equal(before.owner, after.owner)


def test_roads_drawn_over_one_another_are_joined_alike_whatever_their_names():
    """A trunk road and a track along the same line: the site uses the better, in either order."""
    times = []
    for trunk, track in (("a", "b"), ("b", "a")):
        ground = make_ground(
            {"a": [WEST, EAST], "b": [WEST, EAST]}, road_class={track: "track", trunk: "trunk"}
        )
        times.append(minutes_map(ground, weigh(ground), (22.5, 13.0))[2, -1])
    assert times[0] == times[1] == pytest.approx((0.5 / 21 + 25 / 80) * 60, abs=1e-3)


def test_a_last_leg_is_a_street_as_far_as_streets_go_and_open_country_beyond(plain):
    """Four kilometres: 2.5 at 21 km/h and 1.5 at 8; a method without end to streets goes all of it at 21."""
    far = (6.5, 12.5)
    assert minutes_map(plain, weigh(plain), far)[2, 0] == pytest.approx((2.5 / 21 + 1.5 / 8) * 60)
    endless = arc_minutes(plain, Profile.CIVIL, DRY, replace(TRAVEL, street_leg_km=50.0), AS_IS)
    assert minutes_map(plain, endless, far)[2, 0] == pytest.approx(4 / 21 * 60)
    none = arc_minutes(plain, Profile.CIVIL, DRY, replace(TRAVEL, street_leg_km=0.0), AS_IS)
    assert minutes_map(plain, none, far)[2, 0] == pytest.approx(4 / 8 * 60)


def test_who_stands_on_a_dyke_leaves_by_it_though_water_always_stands_round_it():
    """Flood in eleven months or in all twelve: the road on the dyke is as dry."""
    reached = []
    for months in ("1-11", "1-12"):
        ground = make_ground(ACROSS, raised={"road": True}, flood={"all": (months, (-5, -5, 60, 30))})
        assert not access(ground, WEST).snapped_too_far
        reached.append(minutes_map(ground, weigh(ground, month=1), WEST)[2, -1])
    assert reached[0] == reached[1] == pytest.approx(ALONG_MIN)


def test_a_last_leg_on_rated_ground_is_searched_part_by_part():
    """Five kilometres from a searched road: 2.5 by street, at 10.5 held to 8, and 2.5 across at 6.4."""
    ground = make_ground(ACROSS, search_rated={"road": True})
    starts = ground.edges.starts
    five = np.isclose(ground.edges.length_m[starts.links : starts.reaches], 5000)
    assert five.any()
    for within_km, street_kmh in ((50.0, 8), (0.0, 10.5)):
        travel = replace(TRAVEL, rated_ground_km=within_km)
        last_min = arc_minutes(ground, Profile.PATROL, DRY, travel, AS_IS).last_min[five]
        assert last_min == pytest.approx((2.5 / street_kmh + 2.5 / 6.4) * 60, abs=1e-3)
