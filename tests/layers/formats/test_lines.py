"""Rivers, lakes and roads of providers."""

import geopandas as gpd
import pytest
from pyproj import CRS
from shapely import LineString, MultiLineString, box

from layers.errors import LayerError
from layers.formats.rivers_lakes import Navigable, read_lakes, read_rivers
from layers.formats.roadlines import (
    read_flownet,
    read_optimal_edges,
    read_smoothed_edges,
    read_urban_network,
)
from layers.roads import Roads
from layers.waters import Lakes, Rivers

NAVIGABLE = [Navigable("Niger", "8-1", west=-7.55, east=0.05)]
LAEA = CRS("+proj=laea +lat_0=17.5 +lon_0=-4 +datum=WGS84 +units=m +no_defs")


@pytest.fixture
def drawn(tmp_path):
    """Return a function that writes shapes with columns as GeoJSON."""

    def write(shapes, file="drawn.geojson", **columns):
        path = tmp_path / file
        gpd.GeoDataFrame(columns, geometry=shapes, crs="EPSG:4326").to_file(path, driver="GeoJSON")
        return path

    return write


def test_a_fine_line_takes_the_name_of_the_river_it_follows_and_bars_the_way(drawn, in_schema):
    fine = drawn(
        [LineString([(-4, 16.8), (-3, 16.83)]), LineString([(-4, 16.8), (-4, 17.8)])],
        "fine.geojson",
        id=["1", "2"],
    )
    named = drawn([LineString([(-4.5, 16.8), (-2.5, 16.82)])], "named.geojson", name=["Niger"])
    frame = in_schema(read_rivers(fine, named, LAEA, navigable=NAVIGABLE), Rivers)
    assert frame["name"].to_dict() == {"wdb-1": "Niger", "wdb-2": ""}
    assert frame["barrier"].to_dict() == {"wdb-1": True, "wdb-2": False}
    assert frame["navigable_months"].to_dict() == {"wdb-1": 0b1111_1000_0001, "wdb-2": 0}


def test_parts_of_a_line_are_merged_where_they_meet_and_parted_where_not(drawn, in_schema):
    meeting = MultiLineString([[(0, 0), (1, 0)], [(1, 0), (2, 0)]])
    apart = MultiLineString([[(0, 1), (1, 1)], [(2, 1), (3, 1)]])
    fine = drawn([meeting, apart], "fine.geojson", id=["1", "2"])
    named = drawn([LineString([(9, 9), (9.1, 9)])], "named.geojson", name=["Far"])
    frame = in_schema(read_rivers(fine, named, LAEA), Rivers)
    assert frame.index.tolist() == ["wdb-1", "wdb-2", "wdb-2-2"]
    assert set(frame.geom_type) == {"LineString"}


def test_islands_are_taken_out_and_a_negative_area_is_only_a_flag(drawn, in_schema):
    path = drawn(
        [box(0, 0, 4, 4), box(1, 1, 2, 2), box(5, 0, 6, 1)],
        level=[2, 3, 2],
        area_km2=[9.0, 1.0, -5.0],
        id=["a", "b", "c"],
    )
    reading = read_lakes(path)
    frame = in_schema(reading, Lakes)
    assert frame.set_crs(None, allow_override=True).area.to_dict() == pytest.approx(
        {"gshhg-a": 15.0, "gshhg-c": 1.0}
    )
    assert reading.notes[0].startswith("1 polygons are wide rivers")


@pytest.mark.parametrize(("minutes", "kind", "surface"), [
    (75, "trunk", "paved"), (80, "trunk", "paved"), (95, "primary", "paved"), (105, "secondary", "unknown"),
    (150, "tertiary", "unknown"), (240, "unclassified", "unknown"),
])  # fmt: skip
@pytest.mark.slow
def test_class_and_surface_follow_the_stated_speed(drawn, in_schema, minutes, kind, surface):
    path = drawn(
        [LineString([(0, 0), (1, 0)])], **{"from": [1], "to": [2], "distance": [100.0], "duration": [minutes]}
    )
    frame = in_schema(read_optimal_edges(path), Roads)
    assert frame[["road_class", "surface"]].iloc[0].tolist() == [kind, surface]
    assert frame[["length_km", "stated_min"]].iloc[0].tolist() == [100.0, minutes]
    assert frame["raised"].tolist() == [surface == "paved"]


def test_lines_that_state_no_length_or_time_leave_them_empty(drawn, in_schema):
    path = drawn([LineString([(0, 0), (1, 0)])], **{"from": [1.0], "to": [2.0]})
    frame = in_schema(read_smoothed_edges(path), Roads)
    assert frame[["length_km", "stated_min"]].isna().all(axis=None)
    assert frame["road_class"].tolist() == ["unclassified"]


def test_proposed_links_are_left_out_and_counted(drawn, in_schema):
    path = drawn(
        [LineString([(0, 0), (1, 0)]), LineString([(0, 0), (0, 1)])],
        **{
            "from": [1, 1],
            "to": [2, 3],
            "distance": [1e5, None],
            "duration": [80.0, None],
            "add": [False, True],
        },
    )
    reading = read_flownet(path)
    assert in_schema(reading, Roads)["length_km"].tolist() == [100.0]
    assert [(drop.reason, drop.rows) for drop in reading.dropped] == [("link only proposed", 1)]


def test_the_urban_network_joins_edges_to_nodes_and_leaves_out_links_added(typed, in_schema):
    nodes = typed("Agglomeration_ID,x,y", "1,0,10", "2,1,10", "3,2,10", name="nodes.csv")
    edges = typed("from,to,l,h,time", "1,2,110,primary,165", "2,3,110,added,440", name="edges.csv")
    reading = read_urban_network(edges, nodes)
    frame = in_schema(reading, Roads)
    assert frame["road_class"].to_dict() == {"aun-1-2": "primary"}
    assert list(frame.geometry.iloc[0].coords) == [(0, 10), (1, 10)]
    assert [drop.rows for drop in reading.dropped] == [1]


def test_an_edge_to_an_unknown_node_is_a_fault_beside_all_others(typed):
    nodes = typed("Agglomeration_ID,x,y", "1,0,100", name="nodes.csv")
    edges = typed("from,to,l,h,time", "1,9,far,boulevard,165", name="edges.csv")
    with pytest.raises(LayerError) as caught:
        read_urban_network(edges, nodes)
    assert {fault.column for fault in caught.value.faults} == {"to", "l", "h", "y"}


def test_what_is_no_vector_file_or_lacks_columns_is_refused(drawn, typed):
    with pytest.raises(LayerError, match="no vector file"):
        read_lakes(typed("nothing", name="lakes.geojson"))
    with pytest.raises(LayerError) as caught:
        read_lakes(drawn([box(0, 0, 1, 1)], id=["a"]))
    assert {fault.column for fault in caught.value.faults} == {"level", "area_km2"}


def test_the_real_rivers_name_the_great_ones(real_source, mali, in_schema):
    folder = real_source / "natural_earth"
    fine, named = "gshhg_wdbii_rivers_h_mali_bbox.geojson", "ne_50m_rivers_lake_centerlines_mali_bbox.geojson"
    (step,) = next(plan.steps for plan in mali.plans if plan.layer == "rivers")
    frame = in_schema(read_rivers(folder / fine, folder / named, LAEA, **step.options), Rivers)
    assert {"Niger", "Bani", "Diaka", "Sénégal", "Bafing"} <= set(frame["name"])
    bani_km = frame[frame["name"] == "Bani"].to_crs(LAEA).length.sum() / 1000
    assert 300 < bani_km < 600


def test_the_real_lakes_lose_their_islands(real_source, in_schema):
    reading = read_lakes(real_source / "natural_earth/gshhg_lakes_h_mali_bbox.geojson")
    assert len(in_schema(reading, Lakes)) == 49
    assert reading.notes[0].startswith("12 polygons are wide rivers")


def test_the_real_roads_read(real_source, in_schema):
    folder = real_source / "roads"
    edges = in_schema(
        read_optimal_edges(folder / "optimalafricanroads_edges_real_simplified_mali_bbox.gpkg"), Roads
    )
    assert len(edges) == 172
    assert set(edges.geom_type) == {"LineString"}
    flownet = read_flownet(folder / "flownet_africa_network_mali_bbox.gpkg")
    assert len(in_schema(flownet, Roads)) == 172
    assert sum(drop.rows for drop in flownet.dropped) == 45
    urban = read_urban_network(
        folder / "AfricaNetworkEdges_mali_bbox.csv", folder / "AfricaNetworkNodes_mali_bbox.csv"
    )
    assert len(in_schema(urban, Roads)) == 184
