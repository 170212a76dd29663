"""Every cell that meets the area is a cell, with the share of it inside."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import CRS

from layers.grid import make_grid

LAEA = CRS("+proj=laea +lat_0=17.5 +lon_0=-4 +datum=WGS84 +units=m +no_defs")


def test_a_cell_whose_centre_lies_abroad_counts_with_its_share() -> None:
    """The area ends 1 km into the third cell of 5 km, and 2 km into the second row."""
    grid = make_grid(shapely.box(0, 3_000, 11_000, 10_000), LAEA, cell_m=5_000)
    assert grid.shape == (2, 3)
    assert grid.inside_share == pytest.approx([1, 1, 0.2, 0.4, 0.4, 0.08])
    assert grid.cell_at(np.array([10_900.0]), np.array([3_100.0])).tolist() == [5]


def test_a_border_along_the_edge_of_cells_adds_none_beyond_it() -> None:
    grid = make_grid(shapely.box(0, 0, 10_000, 10_000), LAEA, cell_m=5_000)
    assert grid.n_cells == 4


# To the millimetre: of a corner 1e-308 m below an edge of cells, GEOS loses a part when it cuts.
METRES = st.floats(-5e4, 5e4).map(lambda metres: round(metres, 3))


@given(
    st.lists(st.tuples(METRES, METRES), min_size=3, max_size=12),
    st.floats(0, 1),
    st.floats(0, 1),
)
@pytest.mark.slow
def test_no_place_of_the_area_is_outside_the_grid(corners, right, up) -> None:
    outline = shapely.convex_hull(shapely.MultiPoint(corners))
    if outline.area < 1e6:
        return
    grid = make_grid(outline, LAEA, cell_m=5_000)
    assert grid.inside_share is not None
    assert grid.inside_share.sum() * 25e6 == pytest.approx(outline.area, rel=1e-6)
    west, south, east, north = outline.bounds
    place = shapely.Point(west + right * (east - west), south + up * (north - south))
    if outline.buffer(-1).contains(place):
        assert grid.cell_at(np.array([place.x]), np.array([place.y]))[0] >= 0


def test_the_nearest_place_is_a_metre_inside_the_nearest_cell() -> None:
    grid = make_grid(shapely.box(0, 0, 10_000, 10_000), LAEA, cell_m=5_000)
    assert grid.nearest_place(10_200.0, 7_000.0) == (9_999.0, 7_000.0)
    assert grid.nearest_place(3_000.0, 7_000.0) == (3_000.0, 7_000.0)
