"""An equal-area system for any outline: centred, across the equator and the antimeridian too."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import CRS, Transformer

from layers.equal_area import MOST_CELLS, bent, degree_bounds, equal_area_system, proposed_cell_km


def both_sides(west, south, east, north):
    """Return a rectangle cut at the antimeridian."""
    return shapely.MultiPolygon([shapely.box(west, south, 180, north), shapely.box(-180, south, east, north)])


def test_a_country_across_the_antimeridian_is_centred_on_itself():
    system = equal_area_system(both_sides(176, -20, -178, -12))
    assert (system.lat_0, system.lon_0) == (-16, 179)


def test_the_centre_may_lie_beyond_the_antimeridian():
    system = equal_area_system(both_sides(178, -2, -172, 2))
    assert (system.lat_0, system.lon_0) == (0, -177)


def test_a_country_across_the_equator_is_centred_on_itself():
    system = equal_area_system(shapely.box(8, -4, 14, 2))
    assert (system.lat_0, system.lon_0) == (-1, 11)


def test_a_small_area_is_centred_more_finely():
    assert equal_area_system(shapely.box(34.27, 31.31, 34.37, 31.41)).lon_0 == 34.32


def test_the_area_is_that_of_the_globe():
    # One degree by one at the equator: 111.32 km by 110.57 km.
    assert equal_area_system(shapely.box(0, -0.5, 1, 0.5)).area_km2 == pytest.approx(
        111.32 * 110.57, rel=1e-3
    )


def test_lengths_are_bent_as_the_projection_says():
    """On a sphere a circle 10 degrees from the centre is drawn cos 5° and 1 / cos 5° times as long."""
    ring = np.deg2rad(np.linspace(0, 360, 60))
    points = np.column_stack([10 * np.cos(ring), 10 * np.sin(ring)])
    shortest, longest = bent(shapely.Polygon(points), CRS("+proj=laea +lat_0=0 +lon_0=0 +units=m"))
    assert shortest == pytest.approx(np.cos(np.deg2rad(5)), abs=3e-4)
    assert longest == pytest.approx(1 / np.cos(np.deg2rad(5)), abs=3e-4)


@given(st.floats(-179.9, 179.9), st.floats(-60, 60), st.floats(0.2, 12))
@pytest.mark.slow
def test_any_outline_lies_about_the_middle_of_its_map(lon, lat, side):
    west, east = lon - side / 2, lon + side / 2
    if west < -180 or east > 180:
        west, east = (west + 180) % 360 - 180, (east + 180) % 360 - 180
        outline = both_sides(west, lat, east, lat + side)
    else:
        outline = shapely.box(west, lat, east, lat + side)
    system = equal_area_system(outline)
    to_metres = Transformer.from_crs("EPSG:4326", system.text, always_xy=True)
    x, y = to_metres.transform(*shapely.get_coordinates(outline).T)
    assert np.abs(np.concatenate([x, y])).max() < (side / 2 + 0.5) * 111_700 * 1.1
    assert system.bent_share < 0.01


def test_a_shape_round_the_globe_is_as_wide_as_the_globe():
    west, _, east, _ = degree_bounds(shapely.box(-180, 60, 180, 80))
    assert (west, east) == (-180, 180)


@pytest.mark.parametrize(
    ("km2", "cell_km"), [(100, 1), (9_000, 2), (60_000, 5), (2_300_000, 5), (7_000_000, 10)]
)
def test_cells_are_proposed_by_the_size_of_the_area(km2, cell_km):
    assert proposed_cell_km(km2) == cell_km
    assert km2 / proposed_cell_km(km2) ** 2 <= MOST_CELLS


@pytest.mark.parametrize(
    ("west", "east", "runs_on"),
    [(178, 180, True), (-180, -178, True), (179.6, 179.8, True), (170, 175, False)],
)
def test_longitudes_run_on_where_cells_may_reach_beyond_the_antimeridian(west, east, runs_on):
    assert ("+over" in equal_area_system(shapely.box(west, 0, east, 1)).text) is runs_on
