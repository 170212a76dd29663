import pytest

from footprint.errors import ScenarioError
from footprint.travel.road_state import RoadState
from footprint.travel.roads import road_network
from tests.worlds import make_roads


@pytest.fixture(scope="module")
def roads():
    """Road `a` a bad track shut in January, `b` a rated trunk road."""
    columns = {
        "road_class": {"a": "track"},
        "surface": {"a": "unpaved"},
        "smoothness": {"a": "bad"},
        "closed_months": {"a": 1},
        "search_rated": {"b": True},
    }
    return road_network(make_roads({"a": [(0, 0), (1, 0)], "b": [(1, 0), (2, 0)]}, **columns)).table


def test_no_change_gives_the_roads_themselves(roads):
    assert RoadState().apply(roads) is roads


def test_a_repair_paves_smooths_and_opens(roads):
    after = RoadState().repair("a", raise_it=True).apply(roads)
    assert (after.surface[0], after.smoothness[0], after.closed_months[0], after.raised[0]) == (
        "paved",
        "good",
        0,
        True,
    )
    assert roads.surface[0] == "unpaved"


def test_a_closure_wins_over_a_repair(roads):
    assert RoadState().close("a", 0b10).repair("a").apply(roads).closed_months[0] == 0b10


def test_the_last_rating_counts(roads):
    assert RoadState().rate("a").rate("b", rated=False).apply(roads).search_rated.tolist() == [True, False]
    assert RoadState().rate("a").rate("a", rated=False) == RoadState(unrated=("a",))
    assert RoadState(all_rated=True).apply(roads).search_rated.all()


def test_a_state_applied_twice_equals_once(roads):
    state = RoadState().close("a", 3).close("b").repair("a").rate("a")
    twice = state.close("b").close("a", 3).repair("a").rate("a")
    assert (twice, hash(twice)) == (state, hash(state))
    once, again = state.apply(roads), state.apply(state.apply(roads))
    assert once.closed_months.tolist() == again.closed_months.tolist()


def test_order_of_changes_to_different_roads_does_not_matter():
    assert RoadState().close("b").close("a") == RoadState().close("a").close("b")


@pytest.mark.parametrize("state", [RoadState().close("x"), RoadState().repair("x"), RoadState().rate("x")])
def test_an_unknown_road_is_named(roads, state):
    with pytest.raises(ScenarioError, match="'x'"):
        state.apply(roads)
