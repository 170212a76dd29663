"""Response: which past attacks on civilians somebody could have got to in time, from a plan's sites."""

from __future__ import annotations

from functools import cache
from math import isnan

import numpy as np
import pytest

from footprint.access.response import response_rate
from footprint.coverage.delivery import group_arrivals
from footprint.coverage.station_effects import station_effects
from footprint.method import default_method
from footprint.scenario import AddAssets, CloseSite, OpenSite, Scenario
from layers.months import months_mask
from tests.kept import prepared_at
from tests.worlds import (
    bundled_prepared,
    cell_of,
    lonlat,
    make_area,
    make_assets,
    make_basis,
    make_incidents,
    make_roads,
    make_sites,
    review,
    router_of,
)

pytestmark = pytest.mark.slow

TODAY = Scenario("today")
COMPANY = {"infantry_company": 1}
EVERYBODY = {
    **COMPANY,
    "civil_affairs_team": 1,
    "community_liaison": 1,
    "unpol_team": 1,
    "human_rights_team": 1,
    "stabilisation_team": 1,
    "helicopter": 0,
    "surgery": 1,
}
"""All that any tier needs but a helicopter."""
HERE, THERE = (12.5, 12.5), (287.5, 12.5)


def attack(at, day="2019-06-15", **more):
    return {"at": at, "date": np.datetime64(day), "year": int(day[:4]), **more}


def road(incidents, held=COMPANY, method=None):
    """
    A paved minor road of 275 km, a company at its first end, attacks at both.

    camp ============================ town      y = 12.5 km
    """
    area = make_area(
        size=(0, 0, 300, 30),
        sites=make_sites({"camp": HERE}),
        assets=make_assets({"camp": {kind: count for kind, count in held.items() if count}}),
        roads=make_roads({"main": [HERE, THERE]}, road_class={"main": "unclassified"}),
        incidents=make_incidents(incidents),
    )
    return make_basis(area, method=method)


@cache
def usual():
    return road([attack(HERE), attack(THERE)])


def rate_of(prepared, *changes):
    return response_rate(prepared, router_of(prepared), review(prepared, TODAY.then(*changes)))


def test_a_convoy_gets_to_the_near_attack_and_not_to_the_far_one():
    """275 km at 14 km/h are twenty hours; even at 40 they are seven."""
    rate = rate_of(usual())
    assert (rate.alerts, rate.limit_min) == (2, 240)
    assert (rate.troops, rate.troops_by_land, rate.at_least) == (0.5, 0.5, 0.5)


def test_who_else_might_come_is_not_known_where_the_data_name_no_team():
    rate = rate_of(usual())
    assert isnan(rate.share)
    assert isnan(rate.by_land)
    named = rate_of(road([attack(HERE), attack(THERE)], held=EVERYBODY))
    assert (named.share, named.by_land) == (0.5, 0.5)


def test_where_those_named_get_to_every_attack_nobody_else_is_needed_to_know():
    assert rate_of(road([attack(HERE)])).share == 1


def test_troops_are_not_known_where_the_data_name_none():
    rate = rate_of(road([attack(HERE), attack(THERE)], held={"civil_affairs_team": 1}))
    assert isnan(rate.troops)
    assert rate.at_least == 0.5
    assert isnan(
        rate_of(
            road([attack(THERE)], held={"civil_affairs_team": 1}), AddAssets("camp", "fpu_platoon")
        ).troops
    )


def test_another_site_gets_to_what_nobody_got_to():
    second = (OpenSite("town", "Town", **lonlat(*THERE)), AddAssets("town", "infantry_company"))
    assert rate_of(usual(), *second).troops == 1


def test_by_air_comes_who_does_not_come_by_land():
    """275 km at 200 km/h and half an hour of notice are less than two hours."""
    rate = rate_of(road([attack(HERE), attack(THERE)], held=EVERYBODY | {"helicopter": 1}))
    assert (rate.share, rate.by_land) == (1, 0.5)
    assert (rate.troops, rate.troops_by_land) == (1, 0.5)


def test_a_site_that_is_closed_in_the_month_of_an_attack_responds_to_none():
    assert rate_of(usual(), CloseSite("camp", months_mask("6"))).troops == 0
    assert rate_of(usual(), CloseSite("camp", months_mask("7"))).troops == 0.5


def test_an_attack_known_by_its_year_takes_the_mean_of_its_months():
    prepared = road([attack(HERE, "2018-01-01", date_precision="year")])
    rate = rate_of(prepared, CloseSite("camp", months_mask("1-9")))
    assert (rate.alerts, rate.by_year) == (1, 1)
    assert rate.troops == pytest.approx(3 / 12)


def test_the_limit_is_inclusive():
    """Whoever comes at the very minute comes in time; a tenth of a minute less and nobody does."""
    prepared = road([attack((52.5, 12.5))])
    router, answer = router_of(prepared), review(prepared, TODAY)
    effects = station_effects(prepared, router, answer.stations, answer.laydown.roads)
    arrivals = group_arrivals(prepared.method, router, effects, effects.groups.group(6))
    cell = cell_of(prepared.area, 52.5, 12.5)
    soonest = float(min(arrivals[name][cell] for name in ("PATROL", "QRF_GROUND")))
    assert 60 < soonest < 180
    for minutes, share in ((soonest, 1.0), (soonest - 0.1, 0.0)):
        method = default_method().edited({"reporting.beyond_min": minutes})
        assert rate_of(road([attack((52.5, 12.5))], method=method)).troops == share


def test_alerts_are_attacks_on_civilians_of_two_years_with_a_place_and_a_date():
    rows = [
        attack(HERE, "2019-06-30"),
        attack(HERE, "2017-07-01", geo_precision=2),
        attack(HERE, "2017-06-30"),
        attack(HERE, event_type="battle"),
        attack(HERE, event_type="unknown", deaths_civilians=2.0),
        attack(HERE, event_type="unknown"),
        attack(HERE, event_type="unknown", deaths_civilians=float("nan")),
        attack(HERE, geo_precision=3),
        attack(HERE, "2019-01-01", date_precision="year"),
    ]
    rate = rate_of(road(rows))
    assert (rate.first.isoformat(), rate.last.isoformat()) == ("2017-07-01", "2019-06-30")
    assert (rate.alerts, rate.near, rate.left_out, rate.unstated) == (3, 1, 2, 1)


def test_without_alerts_nothing_is_known():
    rate = rate_of(road([]))
    assert rate.alerts == 0
    assert all(
        isnan(each) for each in (rate.share, rate.at_least, rate.by_land, rate.troops, rate.troops_by_land)
    )


@pytest.mark.slow
def test_closing_sites_never_raises_and_adding_troops_never_lowers_the_response():
    prepared = bundled_prepared()
    today = rate_of(prepared)
    for site_id in prepared.area.sites.index:
        closed = rate_of(prepared, CloseSite(site_id))
        assert closed.troops_by_land <= today.troops_by_land
        assert closed.by_land <= today.by_land
        assert (
            rate_of(prepared, AddAssets(site_id, "infantry_company")).troops_by_land >= today.troops_by_land
        )


def test_the_bundled_case_flies_everywhere_and_drives_to_two_in_five():
    """Invented incidents; by air four hours reach the whole country, which says little of protection."""
    today, without = rate_of(bundled_prepared()), rate_of(bundled_prepared(), CloseSite("diabaly"))
    assert (today.alerts, today.left_out) == (261, 27)
    assert (today.share, today.troops) == (1, 1)
    assert today.by_land == pytest.approx(0.387, abs=0.002)
    assert without.by_land == pytest.approx(0.345, abs=0.002)


def test_of_published_data_troops_by_land_get_to_more_with_koro_and_to_fewer_without_diabaly(real_folder):
    prepared = prepared_at(real_folder)
    koro = (OpenSite("koro", "Koro", lon=-3.083, lat=14.067), AddAssets("koro", "infantry_company"))
    today, opened, closed = (
        rate_of(prepared),
        rate_of(prepared, *koro),
        rate_of(prepared, CloseSite("diabaly")),
    )
    assert (today.alerts, today.by_year) == (62, 62)
    shares = [each.troops_by_land for each in (closed, today, opened)]
    assert shares == pytest.approx([0.117, 0.133, 0.176], abs=0.001)
    assert isnan(today.by_land), "no source names civilian teams"
