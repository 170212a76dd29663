"""Cells lie where they should on a web map, in the colours they should have."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image
from pyproj import Transformer

from footprint.views.raster import WIDEST_PX, mercator_frame, paint
from layers.grid import make_grid

RED, BLUE, INK = (255, 0, 0, 255), (0, 0, 255, 128), (0, 0, 0, 200)


@pytest.fixture(scope="module")
def picture(grid):
    return mercator_frame(grid)


def pixel_of(picture, lon, lat):
    """Return row and column of the pixel a web map shows at each place, by the mercator formula alone."""

    def northing(degrees):
        return np.log(np.tan(np.pi / 4 + np.radians(degrees) / 2))

    height, width = picture.index.shape
    edges = picture.bounds
    column = (lon - edges.west) / (edges.east - edges.west) * width
    row = (northing(edges.north) - northing(lat)) / (northing(edges.north) - northing(edges.south)) * height
    return row, column


def places(grid):
    return Transformer.from_crs(grid.crs, "EPSG:4326", always_xy=True).transform(grid.x_m, grid.y_m)


def test_every_cell_centre_falls_on_a_pixel_of_its_cell(grid, picture):
    row, column = pixel_of(picture, *places(grid))
    found = picture.index[row.astype(int), column.astype(int)]
    np.testing.assert_array_equal(found, np.arange(grid.n_cells))


def test_the_pixels_of_a_cell_are_centred_on_it_to_within_a_pixel(grid, picture):
    rows, columns = np.nonzero(picture.index >= 0)
    cells = picture.index[rows, columns]
    pixels = np.bincount(cells, minlength=grid.n_cells)
    row, column = pixel_of(picture, *places(grid))
    assert np.abs(np.bincount(cells, rows + 0.5) / pixels - row).max() < 1
    assert np.abs(np.bincount(cells, columns + 0.5) / pixels - column).max() < 1


def test_pixels_outside_the_area_show_no_cell(picture):
    assert picture.index[0, 0] == -1


@pytest.mark.slow
def test_a_fine_grid_makes_no_wider_picture(outline, grid):
    fine = make_grid(outline, grid.crs, cell_m=1_000)
    assert mercator_frame(fine).index.shape[1] <= WIDEST_PX


def rgba(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGBA"))


def test_cells_take_the_colour_of_their_class_and_all_else_is_clear(grid, picture):
    classes = (np.arange(grid.n_cells) % 3).astype(np.uint8)
    shown = rgba(paint(picture, classes, [RED, BLUE]))
    by_class = np.where(picture.index >= 0, classes[picture.index], 9)
    assert (shown[by_class == 0] == RED).all()
    assert (shown[by_class == 1] == BLUE).all()
    assert (shown[by_class == 2][:, 3] == 0).all(), "a class without a colour is clear"
    assert (shown[by_class == 9][:, 3] == 0).all()


def test_hatching_strikes_only_its_cells_and_not_all_of_them(grid, picture):
    struck = grid.x_m < 0
    classes = np.zeros(grid.n_cells, dtype=np.uint8)
    shown = rgba(paint(picture, classes, [RED], hatched=struck, hatch_colour=INK))
    lines = (shown == INK).all(axis=2)
    inside = np.where(picture.index >= 0, struck[picture.index], False)
    assert not lines[~inside].any()
    assert 0.2 < lines[inside].mean() < 0.6


def test_a_picture_is_small(grid, picture):
    classes = (grid.x_m // 200_000 % 4).astype(np.uint8)
    assert len(paint(picture, classes, [RED, BLUE, RED, BLUE])) < 20_000


def test_classes_of_another_grid_are_refused(picture):
    with pytest.raises(ValueError, match="classes for"):
        paint(picture, np.zeros(3, dtype=np.uint8), [RED])
