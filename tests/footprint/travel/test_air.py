import numpy as np
import pytest
from pyproj import Geod, Transformer
from shapely import Point

from footprint.travel.air import air_minutes, day_limit_min, daylight_min
from layers.grid import make_grid
from tests.footprint.travel.grounds import TRAVEL
from tests.worlds import METRES

SEVARE, GAO = (14.527, -4.093), (16.272, -0.045)


def place(latitude_longitude):
    latitude, longitude = latitude_longitude
    return Transformer.from_crs(4326, METRES, always_xy=True).transform(longitude, latitude)


def cell_at(latitude_longitude):
    """Return a grid of one cell, 100 m wide, around a place."""
    x_m, y_m = place(latitude_longitude)
    return make_grid(Point(round(x_m, -2) + 50, round(y_m, -2) + 50).buffer(10), METRES, cell_m=100)


def test_flights_agree_with_the_full_geodesic():
    grid = make_grid(Point(0, 0).buffer(900_000), METRES, cell_m=100_000)
    longitude, latitude = Transformer.from_crs(METRES, 4326, always_xy=True).transform(grid.x_m, grid.y_m)
    ones = np.ones(grid.n_cells)
    _, _, metres = Geod(ellps="WGS84").inv(GAO[1] * ones, GAO[0] * ones, longitude, latitude)
    assert air_minutes(grid, *place(GAO), TRAVEL) == pytest.approx(metres / 1000 / 200 * 60, rel=1e-5)


def test_a_flight_to_its_own_place_takes_no_time():
    grid = cell_at(GAO)
    assert air_minutes(grid, grid.x_m[0], grid.y_m[0], TRAVEL) == pytest.approx([0], abs=1e-4)


@pytest.mark.parametrize(("month", "hours"), [(12, 11.1), (6, 12.9)])
def test_daylight_at_fourteen_and_a_half_degrees_north(month, hours):
    assert float(daylight_min(14.5, month)) / 60 == pytest.approx(hours, abs=0.05)


def test_daylight_at_the_equator_and_in_polar_night():
    assert float(daylight_min(0.0, 3)) == pytest.approx(720)
    assert daylight_min(np.array([80.0, -80.0]), 12).tolist() == [0.0, 1440.0]


def test_a_mission_that_returns_has_half_the_day():
    grid = cell_at(SEVARE)
    assert day_limit_min(grid, 12, returns=True) * 2 == pytest.approx(day_limit_min(grid, 12, returns=False))
