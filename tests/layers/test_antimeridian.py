"""Shapes at the antimeridian: drawn through where we reckon, cut where we write, nothing lost on the way."""

from __future__ import annotations

import json

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import CRS

from layers.antimeridian import crosses, cut_through, drawn_through, wrapped
from layers.assemble.write import _write_rows, _write_shapes
from layers.roads import load_roads


def one(shape):
    return drawn_through(np.array([shape], dtype=object))[0]


def cut(shape):
    return cut_through(np.array([shape], dtype=object))[0]


def test_parts_on_both_sides_become_one_polygon():
    both = shapely.MultiPolygon([shapely.box(179, 0, 180, 1), shapely.box(-180, 0, -179, 1)])
    assert one(both).equals(shapely.box(179, 0, 181, 1))


def test_an_island_on_the_other_side_is_moved_round_and_stays_apart():
    both = shapely.MultiPolygon([shapely.box(178, 0, 179, 1), shapely.box(-179, 0, -178, 1)])
    assert one(both).equals(shapely.union_all([shapely.box(178, 0, 179, 1), shapely.box(181, 0, 182, 1)]))


@pytest.mark.parametrize(
    "line",
    [
        shapely.LineString([(179, 0), (-179, 1)]),
        shapely.MultiLineString([[(179, 0), (180, 0.5)], [(-180, 0.5), (-179, 1)]]),
    ],
)
def test_a_line_that_jumps_and_one_that_is_cut_are_the_same_line(line):
    drawn = one(line)
    assert drawn.geom_type == "LineString"
    assert drawn.bounds == (179, 0, 181, 1)
    assert drawn.length == pytest.approx(np.hypot(2, 1))


def test_a_polygon_that_jumps_is_drawn_the_shorter_way_round_hole_and_all():
    ring = [(179, 0), (-179, 0), (-179, 3), (179, 3)]
    hole = [(-179.9, 1), (-179.5, 1), (-179.5, 2), (-179.9, 2)]
    assert one(shapely.Polygon(ring, [hole])).area == pytest.approx(2 * 3 - 0.4)


@pytest.mark.parametrize(
    "shape",
    [
        shapely.box(-4, 10, 5, 20),
        shapely.box(-180, 60, 180, 80),
        shapely.Point(180, 0),
        shapely.LineString([(-100, 0), (80, 0)]),
    ],
)
def test_what_does_not_cross_stays_what_it_is(shape):
    assert one(shape) is shape


@given(st.floats(170, 179.5), st.floats(180.5, 190), st.floats(-80, 70), st.floats(0.1, 9))
@pytest.mark.slow
def test_what_is_cut_is_drawn_through_again_as_it_was(west, east, south, high):
    whole = shapely.box(west, south, east, south + high)
    parts = cut(whole)
    assert -180 <= parts.bounds[0] <= parts.bounds[2] <= 180
    assert parts.area == pytest.approx(whole.area)
    assert one(parts).symmetric_difference(whole).area == pytest.approx(0, abs=1e-9)


def test_no_part_of_what_is_cut_is_empty():
    assert not any(part.is_empty for part in cut(shapely.box(179, 0, 181, 1)).geoms)


def test_longitudes_within_stay_what_they_are_to_the_last_digit():
    lon = np.array([-180.0, -0.1 + 0.3, 180.0, 180.25, -180.25])
    assert wrapped(lon).tolist() == [-180.0, -0.1 + 0.3, 180.0, -179.75, 179.75]


@pytest.mark.parametrize(
    ("lon", "both"),
    [([179, 179.5, -179.5], True), ([-20, 5, 20], False), ([0, 90, 180, -90], False), ([180], False)],
)
def test_places_on_both_sides_are_told_by_the_widest_gap(lon, both):
    assert crosses(np.array(lon, dtype=float)) is both


def test_a_road_that_is_written_and_read_again_is_as_long_as_before(tmp_path):
    crs = CRS("+proj=laea +lat_0=0 +lon_0=180 +over +datum=WGS84 +units=m +no_defs")
    row = {
        "road_id": ["r"],
        "name": [""],
        "road_class": ["track"],
        "surface": ["unpaved"],
        "smoothness": ["bad"],
        "crossing": ["none"],
        "raised": [False],
        "search_rated": [False],
        "closed_months": [""],
        "length_km": [None],
        "stated_min": [None],
    }
    line = shapely.LineString([(-30_000, 0), (40_000, 10_000)])
    drawn = gpd.GeoDataFrame(row, geometry=[line], crs=crs)
    _write_shapes(drawn.to_crs("EPSG:4326"), tmp_path / "roads.geojson")
    written = json.loads((tmp_path / "roads.geojson").read_text(encoding="utf-8"))["features"][0]["geometry"]
    assert written["type"] == "MultiLineString"
    assert load_roads(tmp_path / "roads.geojson", crs).length.iloc[0] == pytest.approx(line.length, abs=1)


def test_a_site_beyond_180_is_written_below_it(tmp_path):
    point = gpd.GeoDataFrame({"site_id": ["a"]}, geometry=[shapely.Point(180.5, 1)], crs="EPSG:4326")
    _write_rows(point, tmp_path / "sites.csv")
    assert (tmp_path / "sites.csv").read_text(encoding="utf-8") == "site_id,lon,lat\na,-179.5,1.0\n"
