"""Outlines: a square drawn by hand over two of four cells."""

from __future__ import annotations

import math

import numpy as np
import pytest

from footprint.indicators.outlines import cells_in, held, unit_at, unit_of_site
from tests.worlds import bundled_area, lonlat, make_area, make_assets, make_sites

PEOPLE = {(2.5, 2.5): 100.0, (7.5, 2.5): 300.0}


@pytest.fixture(scope="module")
def area():
    return make_area(size=(0, 0, 20, 10), sites=make_sites({}), assets=make_assets({}), people=PEOPLE)


def corners(*points):
    return [tuple(lonlat(*point).values()) for point in points]


@pytest.mark.slow
def test_fewer_than_three_corners_hold_nothing(area):
    assert cells_in(area, corners((0, 0), (10, 0))) is None


def test_people_and_levels_of_the_cells_inside_alone(area):
    cells = cells_in(area, corners((0.1, 0.1), (9.9, 0.1), (9.9, 4.9), (0.1, 4.9)))
    assert cells.sum() == 2
    need = np.where(cells, area.population.people, 5.0)
    levels = np.full(len(need), 0.9)
    levels[area.population.people == 100] = 0.5
    levels[area.population.people == 300] = 0.1
    inside = held(area, cells, need, [levels])
    assert inside.people == 400
    assert inside.shares == (pytest.approx((100 * 0.5 + 300 * 0.1) / 400),)


def test_a_share_without_need_is_not_known(area):
    cells = np.ones(area.grid.n_cells, dtype=bool)
    nothing = np.zeros(area.grid.n_cells)
    assert math.isnan(held(area, cells, nothing, [nothing]).shares[0])


def test_units_at_points_and_of_sites():
    area = bundled_area()
    site_id = area.sites.index[0]
    point = area.sites.geometry.to_crs("EPSG:4326")[site_id]
    assert unit_at(area, point.x, point.y) == unit_of_site(area, site_id) != ""
    assert unit_at(area, 0.0, 0.0) == ""
