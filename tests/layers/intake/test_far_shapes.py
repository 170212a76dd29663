"""Shapes that cannot be meant are reported row by row, as points of tables are."""

from __future__ import annotations

import pytest
import shapely

from layers.intake.held import AreaHeld
from tests.foreign_files import WGS84_PRJ, collection, feature, shapefile, zipped
from tests.layers.intake.conftest import LEDGER

pytestmark = pytest.mark.slow


def square(x: float, y: float) -> list[list[list[float]]]:
    return [[[x, y], [x + 0.3, y], [x + 0.3, y + 0.3], [x, y + 0.3], [x, y]]]


def reported(offer) -> list[tuple[int, ...]]:
    taken = offer.taken
    assert taken.rows == taken.taken + sum(each.count for each in taken.reports)
    return [each.rows for each in taken.reports]


@pytest.mark.parametrize("layer", ["lakes", "regions", "districts", "flood_zones"])
def test_a_polygon_far_outside_the_outline_is_reported(bringing, tmp_path, layer):
    path = tmp_path / "shapes.geojson"
    path.write_bytes(
        collection([feature("Polygon", square(20.2, 0.2), name="L"), feature("Polygon", square(60, 40))])
    )
    said = ("value.months=7-9", "value.approximate=no")
    assert reported(bringing.offer(path, f"layer={layer}", *said, *LEDGER)) == [(2,)]


def test_a_point_of_a_geojson_far_outside_the_outline_is_reported(bringing, tmp_path):
    path = tmp_path / "sites.geojson"
    points = [feature("Point", [x, 0.5], name="A", type="TOB") for x in (20.2, 21.4, 21.6)]
    path.write_bytes(collection(points))
    assert reported(bringing.offer(path, "layer=sites", *LEDGER)) == [(3,)]


def test_a_shape_that_reaches_into_the_area_is_taken(bringing, tmp_path):
    path = tmp_path / "lakes.geojson"
    ring = [[[20.5, 0.5], [40, 0.5], [40, 20], [20.5, 20], [20.5, 0.5]]]
    path.write_bytes(collection([feature("Polygon", ring, name="L")]))
    assert reported(bringing.offer(path, "layer=lakes", *LEDGER)) == []


def test_coordinates_that_are_no_degrees_are_reported_by_row(bringing, tmp_path):
    path = tmp_path / "lakes.geojson"
    shapes = [feature("Polygon", square(20.2, 0.2), name="L"), feature("Polygon", square(350_000, 540_000))]
    path.write_bytes(collection(shapes))
    offer = bringing.offer(path, "layer=lakes", *LEDGER)
    assert reported(offer) == [(2,)]
    assert "no longitude and latitude" in str(offer.taken.reports[0].problem)


def test_lines_of_a_shapefile_far_outside_are_reported(bringing, tmp_path):
    path = tmp_path / "roads.zip"
    lines = [[(20.2, 0.5), (20.5, 0.6)], [(60.0, 40.0), (61.0, 40.0)]]
    parts = shapefile(lines, [{"name": "A", "class": "track"}] * 2, prj=WGS84_PRJ)
    path.write_bytes(zipped(parts))
    assert reported(bringing.offer(path, "layer=roads", *LEDGER)) == [(2,)]


AREA = AreaHeld({}, shapely.box(20, 0, 21, 1))


@pytest.mark.parametrize("shape", [shapely.box(-180, -90, 180, 90), shapely.box(-179, 0, 179, 1)])
@pytest.mark.parametrize("layer", ["lakes", "roads"])
def test_a_shape_round_half_the_earth_is_reported_wherever_the_area_lies(shape, layer):
    assert "more than 180 degrees wide" in str(AREA.too_far(layer, shape))


def test_a_shape_in_parts_on_both_sides_of_180_degrees_is_not_too_wide():
    parts = shapely.MultiPolygon([shapely.box(19, 0, 180, 1), shapely.box(-180, 0, -179, 1)])
    assert AREA.too_far("lakes", parts) is None
