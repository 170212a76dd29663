"""Evacuation: times of the field by hand, and a chance no better than what is ready."""

from __future__ import annotations

import numpy as np
import pytest
from pyproj import Transformer
from shapely import Point

from footprint.coverage.evacuation import Readiness, evacuation, evacuation_between, readiness
from footprint.coverage.holdings import Holding
from footprint.coverage.stations import stations
from footprint.method import default_method
from footprint.scenario import Scenario, apply
from layers.grid import make_grid
from tests.worlds import METRES, make_area, make_assets, make_basis, make_sites, router_of

METHOD = default_method()
NOTICE_MIN = METHOD.travel.helicopter_notice_min
SEVARE, TIMBUKTU, GAO = (14.527, -4.093), (16.773, -3.007), (16.272, -0.045)
OGOSSAGOU, KORO, DIABALY = (13.958, -3.334), (14.067, -3.080), (14.694, -6.020)


def place(latitude_longitude):
    latitude, longitude = latitude_longitude
    return Transformer.from_crs(4326, METRES, always_xy=True).transform(longitude, latitude)


def cell_at(latitude_longitude):
    """Return a grid of one cell, 100 m wide, around a place."""
    x_m, y_m = place(latitude_longitude)
    return make_grid(Point(round(x_m, -2) + 50, round(y_m, -2) + 50).buffer(10), METRES, cell_m=100)


def between(patient, helicopters, surgeries, *, notice_min=NOTICE_MIN, chances=(1.0, 1.0)):
    places = [place(each) for each in (*helicopters, *surgeries)]
    flying = [Readiness(number, notice_min, chances[0]) for number in range(len(helicopters))]
    mending = [Readiness(len(helicopters) + number, 0.0, chances[1]) for number in range(len(surgeries))]
    return evacuation_between(cell_at(patient), places, flying, mending, METHOD)


@pytest.mark.parametrize(
    ("patient", "helicopter", "minutes"),
    [
        (OGOSSAGOU, SEVARE, 107),
        (OGOSSAGOU, TIMBUKTU, 170),
        (OGOSSAGOU, GAO, 207),
        (KORO, SEVARE, 117),
        (DIABALY, SEVARE, 170),
    ],
)
@pytest.mark.slow
def test_time_to_surgery_at_sevare(patient, helicopter, minutes):
    found = between(patient, [helicopter], [SEVARE])
    assert found.minutes == pytest.approx([minutes], abs=1)
    assert found.chance.tolist() == [float(minutes <= 120)]


def test_the_soonest_helicopter_and_the_nearest_surgery_count():
    one = between(OGOSSAGOU, [SEVARE], [SEVARE])
    more = between(OGOSSAGOU, [GAO, SEVARE], [TIMBUKTU, SEVARE])
    assert more.minutes == one.minutes


def test_without_helicopter_or_surgery_nobody_is_evacuated():
    for found in (between(KORO, [], [SEVARE]), between(KORO, [SEVARE], [])):
        assert np.isinf(found.minutes).all()
        assert not found.chance.any()


def test_the_chance_is_that_of_helicopter_and_surgery_together():
    assert between(KORO, [SEVARE], [SEVARE], chances=(0.5, 0.8)).chance == pytest.approx([0.4])


class Post:
    """A station as far as readiness asks."""

    def __init__(self, *holdings):
        self.holdings = holdings

    def is_open(self, _month):
        return True


def test_whoever_waits_longer_has_more_helicopters():
    """One at half readiness after 30 minutes, two more at half readiness after an hour; one that never flies."""
    post = Post(
        Holding("helicopter", 1, availability=0.5),
        Holding("helicopter", 2, availability=0.5, notice_min=60),
        Holding("helicopter", 1, availability=0.0, notice_min=0),
    )
    found = readiness([post], "helicopter", default_min=30.0)
    assert found == (Readiness(0, 30.0, 0.5), Readiness(0, 60.0, 0.875))
    assert readiness([Post(Holding("surgery", 2))], "surgery", default_min=0.0) == (Readiness(0, 0.0, 1.0),)


def chance_at_home(**stated):
    """Return the chance of evacuation beside a base of helicopter and surgery of which something is stated."""
    assets = make_assets({"base": {"helicopter": 1, "surgery": 1}})
    for kind, columns in stated.items():
        for name, value in columns.items():
            assets.loc[assets["kind"] == kind, name] = value
    area = make_area(size=(0, 0, 20, 20), sites=make_sites({"base": (7.5, 12.5)}), assets=assets)
    prepared = make_basis(area)
    router, laydown = router_of(prepared), apply(Scenario("x"), area, prepared.method)
    posts = stations(laydown, prepared.method.capabilities, router)
    return float(evacuation(prepared.method, router, posts, 1).chance.max())


@pytest.mark.slow
def test_what_is_stated_of_helicopters_and_surgery_acts():
    """Before, availability 0 of either changed nothing."""
    assert chance_at_home() == 1
    assert chance_at_home(helicopter={"availability": 0.25}) == pytest.approx(0.25)
    assert chance_at_home(surgery={"availability": 0.5}) == pytest.approx(0.5)
    assert chance_at_home(surgery={"availability": 0.0}) == 0
    assert chance_at_home(helicopter={"notice_min": 150.0}) == 0
    assert chance_at_home(surgery={"notice_min": 150.0}) == 0
    assert chance_at_home(helicopter={"availability": 0.5, "count": 2}) == pytest.approx(0.75)
