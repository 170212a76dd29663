"""Units that cells are named by: the one that holds the middle, the nearest beyond all of them."""

from types import SimpleNamespace

import geopandas as gpd
import numpy as np
import shapely

from footprint.violence.study_area import districts_at


def area(*shapes):
    frame = gpd.GeoDataFrame(
        {"name": ["West", "East"][: len(shapes)]}, geometry=list(shapes), crs="EPSG:3857"
    )
    return SimpleNamespace(districts=frame)


def test_a_middle_beyond_every_unit_is_named_by_the_nearest():
    two = area(shapely.box(0, 0, 10, 10), shapely.box(10, 0, 20, 10))
    assert districts_at(two, np.array([5.0, 14.0, 14.0]), np.array([5.0, 5.0, -3.0]), 4.0) == [
        "West",
        "East",
        "East",
    ]


def test_a_middle_as_near_to_two_units_takes_the_first():
    two = area(shapely.box(0, 0, 10, 10), shapely.box(10, 0, 20, 10))
    assert districts_at(two, np.array([10.0, 10.0]), np.array([5.0, -3.0]), 4.0) == ["West", "West"]


def test_without_units_a_middle_has_no_name():
    assert districts_at(area(), np.array([1.0]), np.array([1.0]), 4.0) == [""]


def test_a_middle_far_from_every_unit_has_no_name():
    two = area(shapely.box(0, 0, 10, 10), shapely.box(10, 0, 20, 10))
    assert districts_at(two, np.array([5.0, 5.0]), np.array([-3.0, -5.0]), 4.0) == ["West", ""]
