import networkx as nx
import pytest

from footprint.travel.roads import road_network
from tests.worlds import make_roads

LINES = {
    "west": [(0, 0), (10, 0)],
    "middle": [(10, 0), (20, 0)],
    "loop": [(10, 0), (10, 5), (20, 5), (20, 0)],
    "lane": [(15, 0.005), (15, -5)],
    "island": [(40, 0), (45, 0)],
}
"""
          +---loop----+
    west  |           |
    ------+--middle---+        ---island---
                |
              lane (5 m short)
"""


@pytest.fixture(scope="module")
def town():
    return road_network(make_roads(LINES))


def test_nothing_gives_an_empty_network():
    net = road_network(make_roads({}))
    assert (net.graph.number_of_nodes(), net.audit.components, net.audit.main_share) == (0, 0, 0.0)


def test_the_lane_breaks_the_middle_and_is_reported(town):
    assert town.audit.joined_ends == ("lane",)
    assert {key for *_, key in town.graph.edges(keys=True) if key[0] == "middle"} == {
        ("middle", 0),
        ("middle", 1),
    }


def test_parts_without_a_road_between_are_counted(town):
    assert town.audit.components == 2
    assert town.audit.main_share == pytest.approx(5 / 7)


def test_the_graph_is_frozen_and_carries_facts(town):
    assert nx.is_frozen(town.graph)
    facts = next(data for *_, data in town.graph.edges(data=True) if data["road_id"] == "west")
    assert facts["length_m"] == pytest.approx(10_000)
    assert facts["road_class"] == "trunk"


def test_distances_agree_with_networkx(town):
    at = {(data["x_m"], data["y_m"]): node for node, data in town.graph.nodes(data=True)}
    length_m = nx.dijkstra_path_length(town.graph, at[0, 0], at[15_000, -5_000], weight="length_m")
    assert length_m == pytest.approx(20_005, abs=1)


def test_a_stated_length_is_shared_out_as_drawn():
    net = road_network(make_roads(LINES, length_km={"middle": 30.0}))
    pieces = [data["length_m"] for *_, data in net.graph.edges(data=True) if data["road_id"] == "middle"]
    assert sum(pieces) == pytest.approx(30_000)
    assert min(pieces) == pytest.approx(15_000, abs=20)


def test_a_crossing_without_junction_is_counted():
    net = road_network(make_roads({"over": [(0, 5), (10, 5)], "under": [(5, 0), (5, 10)]}))
    assert net.audit.crossings_without_junction == 1


def test_row_order_and_names_change_nothing():
    roads = make_roads(LINES)
    other = roads.iloc[::-1].assign(name="another")
    one, two = road_network(roads), road_network(other)
    assert list(one.graph.edges(keys=True, data="length_m")) == list(
        two.graph.edges(keys=True, data="length_m")
    )
    assert list(one.graph.nodes(data=True)) == list(two.graph.nodes(data=True))
