"""What must hold on any ground: drawn at random, small enough for every law to be tried on many."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footprint.travel.profiles import Profile
from footprint.travel.reach import NearestField, nearest, reach
from footprint.travel.road_state import RoadState
from footprint.travel.weights import arc_minutes
from tests.footprint.travel.grounds import TRAVEL, access, make_ground, weigh

pytestmark = pytest.mark.slow

laws = settings(max_examples=15)

LAND = [Profile.CIVIL, Profile.PATROL, Profile.CONVOY, Profile.SEARCHED, Profile.FOOT]
coordinates = st.tuples(st.integers(1, 49), st.integers(1, 29)).map(lambda at: (float(at[0]), float(at[1])))
profiles = st.sampled_from([*LAND, Profile.BOAT])
months = st.integers(1, 12)
limits = st.sampled_from([20.0, 60.0, 180.0, np.inf])


@st.composite
def grounds(draw):
    """Draw towns joined by roads of any class, perhaps a river, a lake and a flood; 10 by 6 cells."""
    towns = draw(st.lists(coordinates, min_size=2, max_size=6, unique=True))
    pairs = draw(st.lists(st.tuples(st.sampled_from(towns), st.sampled_from(towns)), min_size=1, max_size=7))
    roads = {f"r{i}": list(pair) for i, pair in enumerate(pairs) if pair[0] != pair[1]}
    columns = {
        name: {road: draw(st.sampled_from(words)) for road in roads}
        for name, words in {
            "road_class": ["trunk", "tertiary", "track"],
            "surface": ["paved", "unpaved", "unknown"],
            "search_rated": [True, False],
            "raised": [True, False],
            "closed_months": [0, 0b1_0000_0000],
        }.items()
    }
    waters = {
        "rivers": draw(st.sampled_from([None, {"n": [(0, 11), (26, 16), (50, 12)]}])),
        "navigable": draw(st.sampled_from(["all", "7-12", ""])),
        "lakes": draw(st.sampled_from([None, {"l": (31, 3, 37, 9)}])),
        "flood": draw(st.sampled_from([None, {"z": ("9-11", (12, 12, 33, 24))}])),
    }
    return {"roads": roads, "size": (50, 30), **waters, **columns}


def fields(plan, profile, month, sites, limit_min=np.inf, state=None):
    ground = make_ground(**plan)
    weights = weigh(ground, profile, month, state or RoadState())
    return nearest(ground, weights, [access(ground, site) for site in sites], limit_min).minutes


@laws
@given(grounds(), profiles, months, st.lists(coordinates, min_size=2, max_size=4))
def test_another_site_never_lengthens_any_way(plan, profile, month, sites):
    assert (fields(plan, profile, month, sites) <= fields(plan, profile, month, sites[:-1])).all()


@laws
@given(grounds(), profiles, months, coordinates, limits, limits)
def test_a_longer_limit_never_reaches_fewer_cells_nor_changes_times(plan, profile, month, site, one, other):
    ground = make_ground(**plan)
    weights, joined = weigh(ground, profile, month), access(ground, site)
    short, long = (reach(ground, weights, joined, limit) for limit in sorted((one, other)))
    shorter = long.within(short.limit_min)
    assert shorter.cells.tolist() == short.cells.tolist()
    np.testing.assert_array_equal(shorter.minutes, short.minutes)


@laws
@given(grounds(), profiles, months, coordinates, st.data())
def test_closing_a_road_shortens_no_way_and_opens_none(plan, profile, month, site, data):
    shut = RoadState()
    for road in sorted(plan["roads"]):
        if data.draw(st.booleans()):
            shut = shut.close(road)
    before, after = fields(plan, profile, month, [site]), fields(plan, profile, month, [site], state=shut)
    assert (after >= before).all()


@laws
@given(grounds(), profiles, months, coordinates)
def test_a_change_made_twice_equals_one(plan, profile, month, site):
    state = RoadState()
    for road in sorted(plan["roads"])[:2]:
        state = state.close(road, 0b1111).rate(road)
    twice = state
    for road in sorted(plan["roads"])[:2]:
        twice = twice.rate(road).close(road, 0b1111)
    one, two = (fields(plan, profile, month, [site], state=each) for each in (state, twice))
    np.testing.assert_array_equal(one, two)


@laws
@given(grounds(), profiles, months, coordinates, st.randoms(use_true_random=False))
def test_order_and_names_of_roads_change_nothing(plan, profile, month, site, random):
    names = list(plan["roads"])
    random.shuffle(names)
    renamed = {road: f"x{i}" for i, road in enumerate(names)}
    other = plan | {"roads": {renamed[road]: plan["roads"][road] for road in names}}
    for column in ("road_class", "surface", "search_rated", "raised", "closed_months"):
        other[column] = {renamed[road]: value for road, value in plan[column].items()}
    one, two = fields(plan, profile, month, [site]), fields(other, profile, month, [site])
    np.testing.assert_array_equal(one, two)


@laws
@given(grounds(), profiles, months, st.lists(coordinates, min_size=1, max_size=4), limits)
def test_nearest_is_the_least_of_the_rows(plan, profile, month, sites, limit_min):
    ground = make_ground(**plan)
    weights, joined = weigh(ground, profile, month), [access(ground, site) for site in sites]
    rows = np.array([reach(ground, weights, each, limit_min).dense(ground.grid.n_cells) for each in joined])
    found = nearest(ground, weights, joined, limit_min)
    np.testing.assert_array_equal(found.minutes, rows.min(axis=0))
    reached = np.isfinite(found.minutes)
    np.testing.assert_array_equal(found.owner[reached], rows.argmin(axis=0)[reached])


@laws
@given(grounds(), profiles, months, st.lists(coordinates, min_size=2, max_size=4))
def test_adding_and_taking_off_restores_exactly_and_adding_equals_all_at_once(plan, profile, month, sites):
    ground = make_ground(**plan)
    weights, joined = weigh(ground, profile, month), [access(ground, site) for site in sites]
    field = NearestField(ground, weights)
    field.insert(joined[:-1])
    before = field.cells()
    done = field.insert(joined[-1:], undoable=True)
    whole = nearest(ground, weights, joined)
    np.testing.assert_array_equal(field.cells().minutes, whole.minutes)
    np.testing.assert_array_equal(field.cells().owner, whole.owner)
    field.undo(done)
    np.testing.assert_array_equal(field.cells().minutes, before.minutes)
    np.testing.assert_array_equal(field.cells().owner, before.owner)


@laws
@given(grounds(), months, coordinates)
def test_searched_travel_is_never_faster_than_a_convoy(plan, month, site):
    convoy, searched = (fields(plan, each, month, [site]) for each in (Profile.CONVOY, Profile.SEARCHED))
    assert (searched >= convoy - 1e-3).all()
    assert (np.isfinite(searched) == np.isfinite(convoy)).all()


@laws
@given(grounds(), profiles, months, coordinates, st.data())
def test_repairing_a_road_lengthens_no_way(plan, profile, month, site, data):
    state = RoadState()
    for road in sorted(plan["roads"]):
        if data.draw(st.booleans()):
            state = state.repair(road, raise_it=True)
    before, after = fields(plan, profile, month, [site]), fields(plan, profile, month, [site], state=state)
    assert (after <= before + 1e-3).all()


@laws
@given(grounds(), profiles, months, coordinates)
def test_ways_that_keep_off_rated_ground_are_never_quicker(plan, profile, month, site):
    ground, state = make_ground(**plan), RoadState()
    joined = access(ground, site)
    free, every = (
        reach(
            ground,
            arc_minutes(ground, profile, month, TRAVEL, state, unrated_only=unrated),
            joined,
            np.inf,
        ).dense(ground.grid.n_cells)
        for unrated in (True, False)
    )
    assert (free >= every).all()
