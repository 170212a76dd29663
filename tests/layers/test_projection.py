"""Lines straight in longitude and latitude stay where they were drawn, and T-junctions on them join."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import CRS, Geod
from shapely import LineString, Point, Polygon

from footprint.travel.roads import road_network
from layers import load_area
from layers.projection import LONGEST_DEGREES, densified, projected
from tests.layers.square import Folder

ROAD = "{id},{id},trunk,paved,good,none,false,false,,,,"


def _metres(shape: shapely.Geometry, lat: float = 14) -> shapely.Geometry:
    crs = CRS(f"+proj=laea +lat_0={lat} +lon_0=-4 +datum=WGS84 +units=m +no_defs")
    return projected(gpd.GeoDataFrame(geometry=[shape], crs="EPSG:4326"), crs).geometry.iloc[0]


@pytest.mark.slow
def test_a_road_that_ends_on_a_segment_of_200_km_joins_it(tmp_path):
    """From 5 to 3.15 degrees west along 14 degrees north; the side road ends in the middle of it."""
    folder = Folder(tmp_path)
    folder.put(
        "roads.csv",
        ROAD.format(id="long") + '"LINESTRING (-4.99 14.5, -3.14 14.5)"',
        ROAD.format(id="side") + '"LINESTRING (-4.1 14.5, -4.1 13.6)"',
    )
    roads = load_area(folder.path).roads
    assert Geod(ellps="WGS84").inv(-4.99, 14.5, -3.14, 14.5)[2] == pytest.approx(200_000, rel=0.01)
    joined = road_network(roads).audit
    assert joined.components == 1
    assert joined.joined_ends == ("side",)


@pytest.mark.slow
@pytest.mark.parametrize("lat", [0, 14, -35, 60])
def test_what_lies_on_the_drawn_line_lies_on_the_line_in_metres(lat):
    line = _metres(LineString([(-6, lat - 1), (-2, lat)]), lat)
    on_it = [_metres(Point(-6 + 4 * share, lat - 1 + share), lat) for share in np.linspace(0.003, 0.997, 200)]
    assert max(line.distance(point) for point in on_it) < 0.5


def test_a_border_drawn_from_either_end_is_the_same_border():
    west = densified(np.array([Polygon([(0, 10), (1, 10.3), (1, 12), (0, 12)])], dtype=object))[0]
    east = densified(np.array([Polygon([(1, 12), (1, 10.3), (2, 10), (2, 12)])], dtype=object))[0]
    shared = {point for point in west.exterior.coords if point[0] == 1}
    assert shared == {point for point in east.exterior.coords if point[0] == 1}
    assert len(shared) > 30


def test_roads_that_cross_at_round_coordinates_share_no_new_point():
    lines = densified(
        np.array([LineString([(10, 10.5), (12, 10.5)]), LineString([(11, 10), (11, 11)])], dtype=object)
    )
    ours, theirs = (shapely.get_coordinates(line) for line in lines)
    assert np.hypot(*(ours[:, None] - theirs[None]).transpose(2, 0, 1)).min() > 1e-3


@given(st.lists(st.tuples(st.floats(-20, 20), st.floats(-20, 20)), min_size=2, max_size=6, unique=True))
@pytest.mark.slow
def test_no_piece_is_longer_and_the_line_is_the_same(points):
    line = LineString(points)
    dense = densified(np.array([line], dtype=object))[0]
    steps = np.hypot(*np.diff(shapely.get_coordinates(dense), axis=0).T)
    assert steps.max(initial=0) <= 1.5 * LONGEST_DEGREES + 1e-9
    assert dense.length == pytest.approx(line.length)
    assert dense.hausdorff_distance(line) < 1e-9


def test_short_pieces_points_and_holes_are_kept():
    ring = Polygon([(0, 0), (0.04, 0), (0.04, 0.04)])
    lake = Polygon([(0, 0), (3, 0), (3, 3), (0, 3)], [[(1, 1), (2, 1), (2, 2)]])
    short, point, holed = densified(np.array([ring, Point(1, 2), lake], dtype=object))
    assert short.equals(ring)
    assert point == Point(1, 2)
    assert len(holed.interiors) == 1
    assert holed.area == pytest.approx(8.5)
