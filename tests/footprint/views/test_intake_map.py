"""The small map of an area that is being made."""

from __future__ import annotations

import base64
import re

import shapely

from footprint.language import Language
from footprint.views.intake_map import area_picture

SQUARE = shapely.box(20, 0, 21, 1)
FIJI = shapely.MultiPolygon([shapely.box(177, -18, 180, -16), shapely.box(-180, -18, -179, -16)])


def drawn(units, shapes=(), words="w"):
    html = area_picture(units, shapes, words, Language("en"))
    return base64.b64decode(re.search(r"base64,([^\"]+)", html)[1]).decode(), html


def points(svg):
    return [(float(x), float(y)) for x, y in re.findall(r'<circle cx="(-?[\d.]+)" cy="(-?[\d.]+)"', svg)]


def test_a_point_in_the_middle_is_drawn_in_the_middle():
    svg, _ = drawn([SQUARE], [shapely.Point(20.5, 0.5)])
    width, height = map(float, re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg).groups())
    ((x, y),) = points(svg)
    assert abs(x - width / 2) < 1
    assert abs(y - height / 2) < 1


def test_north_is_up_and_east_is_right():
    svg, _ = drawn([SQUARE], [shapely.Point(20.2, 0.2), shapely.Point(20.8, 0.8)])
    (x0, y0), (x1, y1) = points(svg)
    assert x0 < x1
    assert y0 > y1


def test_land_on_both_sides_of_the_antimeridian_is_one_piece():
    svg, _ = drawn([FIJI], [shapely.Point(179, -17), shapely.Point(-179.5, -17)])
    (x0, _), (x1, _) = points(svg)
    assert 0 < x0 < x1 < 460
    assert x1 - x0 < 300


def test_what_lies_beyond_the_picture_is_counted():
    _, html = drawn([SQUARE], [shapely.Point(20.5, 0.5), shapely.Point(0, 50)])
    assert "1 lies beyond this picture" in html


def test_words_are_text():
    _, html = drawn([SQUARE], words="<b onclick='x'>")
    assert "<b" not in html


def test_nothing_is_drawn_of_nothing():
    assert area_picture((), (), "w", Language("en")) == ""
