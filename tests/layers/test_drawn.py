"""A network of drawn ways: worlds by hand, laws on every tiny world, NetworkX as a second opinion."""

from __future__ import annotations

from datetime import date
from itertools import combinations, product

import geopandas as gpd
import networkx as nx
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import CRS
from shapely import LineString, box

from layers.assemble.chains import GRID_M, chained
from layers.assemble.drawn import JOIN_M, SIMPLER_M, drawn_network, simpler
from layers.formats.osm_roads import APART, read_osm_roads
from layers.projection import projected

WORLD = box(-1e5, -1e5, 1e5, 1e5)
PLAIN = {
    "name": "",
    "road_class": "tertiary",
    "surface": "unknown",
    "smoothness": "unknown",
    "crossing": "none",
    "raised": False,
    "search_rated": False,
    "closed_months": "",
    "length_km": np.nan,
    "stated_min": np.nan,
    APART: False,
}


def ways(*drawn, **named):
    """Return ways, each a list of points in metres, or such a list and what else there is to say."""
    rows = [*((f"osm-{n}", each) for n, each in enumerate(drawn, start=1)), *named.items()]
    shapes = [LineString(each[0] if isinstance(each, tuple) else each) for _, each in rows]
    facts = [{"road_id": key} | PLAIN | (each[1] if isinstance(each, tuple) else {}) for key, each in rows]
    return gpd.GeoDataFrame(facts, geometry=shapes, crs="EPSG:8857")


def network(*drawn, **named):
    return drawn_network(ways(*drawn, **named), WORLD, 5000)


def graph(frame, long_m):
    made = nx.MultiGraph()
    for line, m in zip(frame.geometry, long_m, strict=True):
        made.add_edge(line.coords[0], line.coords[-1], m=float(m))
    return made


def vertex_graph(frame):
    """Return the graph of every vertex of drawn ways, without anything of ours."""
    made = nx.Graph()
    for line in frame.geometry:
        for a, b in zip(line.coords, line.coords[1:], strict=False):
            if a != b:
                made.add_edge(a, b, m=float(np.hypot(a[0] - b[0], a[1] - b[1])))
    return made


def test_two_ways_end_to_end_are_one_road():
    roads = network([(0, 0), (1000, 0)], [(2000, 0), (1000, 0)]).roads
    assert roads["length_km"].tolist() == [2.0]


def test_a_road_is_broken_where_another_shares_its_vertex():
    roads = network([(0, 0), (500, 0), (1000, 0)], [(500, 0), (500, 300)]).roads
    assert sorted(roads["length_km"]) == [0.3, 0.5, 0.5]


def test_a_road_is_broken_where_its_surface_changes():
    roads = network([(0, 0), (900, 0)], ([(900, 0), (1000, 0)], {"surface": "paved"})).roads
    assert sorted(roads["length_km"]) == [0.1, 0.9]


def test_roads_that_cross_without_a_shared_vertex_do_not_meet():
    roads = network([(-500, 0), (500, 0)], [(0, -500), (0, 500)]).roads
    assert roads["length_km"].tolist() == [1.0, 1.0]


def test_an_end_near_the_middle_of_a_road_is_joined_to_it():
    made = network([(0, 0), (1000, 0)], [(500, 400), (500, 15)])
    assert sorted(made.roads["length_km"]) == [0.4, 0.5, 0.5]


def test_a_joined_end_is_as_much_longer_as_the_gap_was_wide():
    made = network([(0, 0), (1000, 0)], [(500, 400), (560, 200), (500, 15)])
    long_m = LineString([(500, 0), (500, 15), (560, 200), (500, 400)]).length
    assert max(made.roads["length_km"]) == pytest.approx(0.5)
    assert min(made.roads["length_km"]) == pytest.approx(long_m / 1000)


def test_an_end_farther_than_the_tolerance_is_left_as_it_is():
    made = network([(0, 0), (1000, 0)], [(500, 400), (500, JOIN_M + 1)])
    assert len(made.roads) == 2


def test_two_ends_that_nearly_meet_become_one_road():
    made = network([(0, 0), (1000, 0)], [(1012, 0), (2000, 0)])
    assert made.roads["length_km"].tolist() == [2.0]


def test_an_end_under_a_bridge_is_not_joined_to_the_bridge():
    bridge = ([(0, 0), (1000, 0)], {"crossing": "bridge", APART: True})
    assert len(network(bridge, [(500, 400), (500, 10)]).roads) == 2


def test_a_short_dead_end_is_not_joined_to_the_road_it_leaves():
    made = network([(0, 0), (500, 0), (1000, 0)], [(500, 0), (505, 12)])
    assert len(made.roads) == 3


def test_what_two_ways_draw_alike_is_kept_once_in_the_higher_class():
    made = network([(0, 0), (1000, 0)], ([(1000, 0), (0, 0)], {"road_class": "primary"}))
    assert made.roads[["road_class", "length_km"]].to_numpy().tolist() == [["primary", 1.0]]


def test_what_two_ways_draw_alike_is_shut_in_the_months_of_both():
    line = [(0, 0), (1000, 0)]
    made = network((line, {"closed_months": "6-8"}), (line, {"closed_months": "8-9"}))
    assert made.roads["closed_months"].tolist() == ["6-9"]


def test_a_ring_that_meets_nothing_stays_a_ring_with_its_length():
    ring = [(0, 0), (20, 0), (20, 20), (0, 20), (0, 0)]
    road = network(ring).roads.iloc[0]
    assert (road["length_km"], road.geometry.is_closed, road.geometry.length > 0) == (0.08, True, True)


def test_a_ring_begins_where_a_road_meets_it():
    ring = [(0, 0), (300, 0), (300, 300), (0, 300), (0, 0)]
    made = network(ring, [(300, 300), (900, 900)])
    assert {line.coords[0] for line in made.roads.geometry} == {(300.0, 300.0)}


def test_ways_are_cut_at_the_border_and_beyond_it_counted():
    made = drawn_network(
        ways([(0, 0), (9000, 0)], [(50_000, 0), (60_000, 0)]), box(-1000, -1000, 1000, 1000), 5000
    )
    assert (made.roads["length_km"].tolist(), [drop.rows for drop in made.dropped]) == ([6.0], [1])


def test_a_piece_that_joins_nothing_inside_the_outline_is_counted():
    made = drawn_network(
        ways([(0, 0), (900, 0)], [(3000, 0), (3500, 0)]), box(-1000, -1000, 1000, 1000), 5000
    )
    assert (len(made.roads), [drop.rows for drop in made.dropped]) == (1, [1])


def test_a_line_is_nowhere_farther_from_its_drawing_than_stated():
    along = np.linspace(0, 40, 400)
    line = LineString(np.stack([along * 100, 300 * np.sin(along)], axis=1))
    assert simpler(np.array([line], dtype=object))[0].hausdorff_distance(line) <= SIMPLER_M


CORNERS = [(x * 400.0, y * 400.0) for x, y in product(range(3), range(2))]
STREETS = [(a, b) for a, b in combinations(CORNERS, 2) if abs(a[0] - b[0]) + abs(a[1] - b[1]) == 400.0]
CLASSES = ("track", "primary")


def tiny_worlds():
    """Return every world of seven streets round two blocks, each absent, a track, or (a third) primary."""
    for kinds in product((None, *CLASSES), repeat=len(STREETS)):
        yield [(street, kind) for street, kind in zip(STREETS, kinds, strict=True) if kind]


def bent(street):
    """Return a street with a bend, so that it is longer than its ends are apart."""
    (x, y), (u, v) = street
    return [street[0], ((x + u) / 2 + 7.0, (y + v) / 2 + 7.0), street[1]]


def agrees(frame):
    """Tell whether distances between all junctions and lengths by class are those of the ways as drawn."""
    facts = (
        frame.drop(columns=["geometry", "length_km", "stated_min"])
        .assign(rank=frame["road_class"].map({"primary": 1, "track": 6, "tertiary": 3}))
        .drop(columns="road_class")
    )
    chains = chained(frame.geometry.to_numpy(), facts)
    made = gpd.GeoDataFrame(geometry=simpler(chains.lines))
    after = graph(made, shapely.length(chains.lines))
    before = vertex_graph(frame)
    for a in after:
        far = nx.single_source_dijkstra_path_length(before, a, weight="m")
        near = nx.single_source_dijkstra_path_length(after, a, weight="m")
        assert {b: round(far[b], 6) for b in after if b in far} == {b: round(m, 6) for b, m in near.items()}
    by_class = frame.length.groupby(facts["rank"]).sum().round(6)
    ours = chains.facts.assign(m=shapely.length(chains.lines)).groupby("rank")["m"].sum().round(6)
    assert ours.to_dict() == by_class.to_dict()


@pytest.mark.slow
def test_in_tiny_worlds_distances_and_lengths_stay():
    """Every 81st of 2,187 worlds; `tests.benchmarks.bench_roads` goes through all of them."""
    for number, world in enumerate(tiny_worlds()):
        if world and number % 81 == 0:
            agrees(ways(*[(bent(street), {"road_class": kind}) for street, kind in world]))


@pytest.mark.slow
def test_on_real_ways_distances_and_lengths_stay(south_sudan_source):
    path = south_sudan_source / "roads" / "osm_ways_impassable_2022-12-15_unmiss-map.geojson"
    metres = CRS("+proj=laea +lat_0=7.5 +lon_0=30 +datum=WGS84 +units=m +no_defs")
    frame = projected(read_osm_roads(path, date(2019, 6, 30), metres).shapes, metres)
    on_grid = shapely.transform(frame.geometry.to_numpy(), lambda xy: np.round(xy / GRID_M) * GRID_M)
    assert len(frame) == 45
    agrees(frame.set_geometry(gpd.GeoSeries(on_grid, crs=metres)).assign(road_class="tertiary"))


ALONG = st.builds(lambda n, off: n * 150.0 + off, st.integers(-4, 4), st.sampled_from([0.0, 0.0, 7.0, 12.0]))
POINTS = st.tuples(ALONG, ALONG)
"""Points on a lattice, or so near it that ends of ways nearly meet other ways."""
DRAWN = st.lists(
    st.tuples(
        st.lists(POINTS, min_size=2, max_size=5, unique=True),
        st.sampled_from([{}, {"road_class": "primary"}, {"surface": "paved"}, {"closed_months": "6-9"}]),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=20)
@given(DRAWN, st.randoms(use_true_random=False))
@pytest.mark.slow
def test_order_of_rows_and_direction_of_drawing_change_nothing(drawn, random):
    frame = ways(*drawn)
    mixed = frame.sample(frac=1, random_state=random.randint(0, 99), ignore_index=True)
    turned = [shape.reverse() if random.random() < 0.5 else shape for shape in mixed.geometry]
    one = drawn_network(frame, WORLD, 5000)
    other = drawn_network(mixed.set_geometry(gpd.GeoSeries(turned, crs=frame.crs)), WORLD, 5000)
    assert one.roads.to_wkt().to_csv() == other.roads.to_wkt().to_csv()
