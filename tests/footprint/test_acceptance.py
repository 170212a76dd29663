"""What somebody who knows the mission tries first, on the bundled case and on real data."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from pyproj import Transformer

from footprint.coverage.delivery import group_chances
from footprint.coverage.evacuation import Readiness, evacuation_between
from footprint.coverage.station_effects import station_effects
from footprint.indicators.units import Level
from footprint.prepared import Prepared
from footprint.review import Review
from footprint.scenario import (
    AddAssets,
    Change,
    CloseSite,
    OpenSite,
    RateRoad,
    RemoveAssets,
    RetaskAssets,
    Scenario,
)
from footprint.travel.profiles import Profile
from footprint.travel.reach import nearest
from footprint.travel.road_state import RoadState
from layers.sites import SiteKind
from tests.kept import prepared_at
from tests.worlds import bundled_prepared, review, router_of

pytestmark = pytest.mark.slow

SEGOU, MOPTI, KIDAL = "ML04", "ML05", "ML08"
VEHICLES = (Profile.PATROL, Profile.CONVOY, Profile.CIVIL)
MARCH, OCTOBER, NOVEMBER = 3, 10, 11
SEVARE = (14.527, -4.093)
"""Latitude and longitude [degrees], as of other places below."""
OGOSSAGOU, KORO, DIABALY = (13.95, -3.34), (14.07, -3.08), (14.694, -6.020)
GAO, TIMBUKTU = (16.272, -0.045), (16.773, -3.007)


class Case:
    """An area made ready, with the questions these tests ask of it."""

    def __init__(self, prepared: Prepared) -> None:
        self.prepared = prepared
        self.today = self.ask()

    def ask(self, *changes: Change) -> Review:
        return review(self.prepared, Scenario("plan", changes))

    def unit(self, answer: Review, unit_id: str, name: str) -> float:
        """Return a figure of a region, its mean over the year, as far as the data name who is there."""
        figures = answer.at_least
        rows = figures[(figures["level"] == Level.REGION) & (figures["unit_id"] == unit_id)]
        return float(rows[name].mean())

    def site(self, name: str) -> str:
        """Return the identifier of the site whose identifier begins with `name`."""
        (found,) = [site for site in self.prepared.area.sites.index if site.startswith(name)]
        return str(found)

    def metres(self, place: tuple[float, float]) -> tuple[float, float]:
        to_metres = Transformer.from_crs("EPSG:4326", self.prepared.area.crs, always_xy=True)
        return to_metres.transform(place[1], place[0])

    def surgery_min(self, helicopter: tuple[float, float]) -> NDArray[np.float32]:
        """Return the time from call to surgery at Sévaré of every cell, launched 30 minutes later [min]."""
        places = [self.metres(helicopter), self.metres(SEVARE)]
        pair = (Readiness(0, 30.0, 1.0),), (Readiness(1, 0.0, 1.0),)
        return evacuation_between(self.prepared.area.grid, places, *pair, self.prepared.method).minutes

    def town(self, name: str) -> int:
        """Return the cell of a town."""
        places = self.prepared.area.places
        point = places.geometry[places["name"] == name].iloc[0]
        return int(self.prepared.area.grid.cell_at(np.array([point.x]), np.array([point.y]))[0])

    def cell(self, place: tuple[float, float]) -> int:
        x_m, y_m = self.metres(place)
        return int(self.prepared.area.grid.cell_at(np.array([x_m]), np.array([y_m]))[0])

    def nearest_min(self, profile: Profile, month: int) -> NDArray[np.float32]:
        """Return the minutes from the nearest site, however long."""
        weights = router_of(self.prepared).weights(profile, month, RoadState())
        return nearest(
            self.prepared.network, weights, [post.connector for post in self.today.stations]
        ).minutes

    def chances(self, answer: Review, month: int = 1) -> dict[str, NDArray[np.float32]]:
        router = router_of(self.prepared)
        effects = station_effects(self.prepared, router, answer.stations, answer.laydown.roads)
        rows = group_chances(self.prepared.method, router, effects, effects.groups.group(month))
        return dict(zip(effects.capabilities, rows, strict=True))

    def to_a_site_km(self) -> NDArray[np.float64]:
        """Return the distance of each cell to the nearest site in a straight line."""
        grid, sites = self.prepared.area.grid, self.prepared.area.sites.geometry
        metres = [np.hypot(grid.x_m - site.x, grid.y_m - site.y) for site in sites]
        return np.asarray(np.min(metres, axis=0) / 1000)


@pytest.fixture(scope="session", params=["bundled", pytest.param("real", marks=pytest.mark.real)])
def case(request):
    """
    The bundled case; and real data, with what they do not allow left aside test by test.

    Real data state no civilian team but two or three kinds of military and police unit, one
    of each where drawn, and trunk roads alone: tiers I and III are nothing there today.
    """
    if request.param == "bundled":
        return Case(bundled_prepared())
    folder = request.getfixturevalue("real_folder")
    return Case(prepared_at(folder))


@pytest.fixture(scope="session")
def is_real(case):
    return not case.prepared.area.invented or case.prepared.area.area_id != bundled_prepared().area.area_id


def team_at(site: str) -> tuple[Change, ...]:
    return (AddAssets(site, "joint_protection_team"), AddAssets(site, "community_liaison"))


def test_a_closing_diabaly_costs_segou_and_nothing_in_kidal(case):
    """Real data have no civilian team at Diabaly; one is added there first, so that there is a mission to lose."""
    team = () if case.unit(case.today, SEGOU, "MF") > 0.001 else team_at(case.site("diabaly"))
    before, after = case.ask(*team), case.ask(*team, CloseSite(case.site("diabaly")))
    for name in ("FF", "MF"):
        assert case.unit(after, SEGOU, name) < case.unit(before, SEGOU, name) - 1e-4
        assert case.unit(after, KIDAL, name) == case.unit(before, KIDAL, name)


@pytest.mark.parametrize("month", [OCTOBER, NOVEMBER])
@pytest.mark.parametrize("town", ["Youwarou", "Ténenkou"])
def test_b_in_the_flood_the_delta_loses_its_roads_and_keeps_air_and_boat(case, town, month):
    """
    From any site, in any time.

    In real data only trunk roads are known: in the dry the last part is across country.
    """
    cell = case.town(town)
    for profile in VEHICLES:
        assert np.isfinite(case.nearest_min(profile, MARCH)[cell]), profile
        assert np.isinf(case.nearest_min(profile, month)[cell]), profile
    assert np.isfinite(case.nearest_min(Profile.BOAT, month)[cell])
    flights = [router_of(case.prepared).flight(post.x_m, post.y_m)[cell] for post in case.today.stations]
    assert np.isfinite(flights).all()


@pytest.mark.parametrize("month", [OCTOBER, NOVEMBER])
def test_b_in_the_flood_bamako_is_as_in_the_dry(case, month):
    cell = case.town("Bamako")
    for profile in VEHICLES:
        assert case.nearest_min(profile, month)[cell] == case.nearest_min(profile, MARCH)[cell]
    delivery = case.today.delivery
    assert delivery.force[month - 1, cell] == delivery.force[MARCH - 1, cell]
    assert np.array_equal(delivery.tiers[:, month - 1, cell], delivery.tiers[:, MARCH - 1, cell])


def test_c_liaison_and_civil_affairs_at_koro_raise_tier_one_alone(case):
    lat, lon = KORO
    office = OpenSite("koro", "Koro", lon, lat, SiteKind.FIELD_OFFICE)
    after = case.ask(office, AddAssets("koro", "community_liaison"), AddAssets("koro", "civil_affairs_team"))
    assert np.array_equal(after.delivery.force, case.today.delivery.force)
    assert np.array_equal(after.delivery.tiers[1:], case.today.delivery.tiers[1:])
    assert (after.delivery.tiers[0] >= case.today.delivery.tiers[0]).all()
    assert after.delivery.tiers[0, :, case.cell(KORO)] == pytest.approx(0.5, abs=0.01)
    assert case.unit(after, MOPTI, "B1") > case.unit(case.today, MOPTI, "B1") + 1e-3


def test_d_more_infantry_at_sevare_does_not_move_tier_two_beyond_surgery(case):
    site, infantry = case.site("mopti"), "infantry_company"
    assets = case.prepared.area.assets
    there = int(assets.loc[(assets["site_id"] == site) & (assets["kind"] == infantry), "count"].sum())
    after = case.ask(AddAssets(site, infantry, there))
    beyond = case.chances(case.today)["CASEVAC"] == 0
    assert beyond.any()
    assert np.array_equal(after.delivery.tiers[1][:, beyond], case.today.delivery.tiers[1][:, beyond])
    assert not after.delivery.tiers[1][:, beyond].any()
    assert case.unit(after, MOPTI, "FF") > case.unit(case.today, MOPTI, "FF")


@pytest.mark.slow
def test_e_with_every_road_searched_reach_shrinks_to_near_the_sites(case):
    """At 8 km/h patrols fade out at 24 km and convoys at 32 km."""
    searched = case.ask(RateRoad("*"))
    before, after = case.chances(case.today), case.chances(searched)
    distance_km = case.to_a_site_km()
    half_cell_km = 0.75 * case.prepared.area.grid.cell_m / 1000
    for name, limit_km in (("PATROL", 24), ("QRF_GROUND", 32), ("FPU", 20)):
        assert (distance_km[after[name] > 0] <= limit_km + half_cell_km).all(), name
        assert (after[name] > 0).sum() < (before[name] > 0).sum(), name
    assert case.unit(searched, MOPTI, "FF") < case.unit(case.today, MOPTI, "FF")


def test_f_the_mission_s_share_of_surveillance_moves_surveillance_alone(case):
    assets = case.prepared.area.assets
    held = assets[assets["kind"].str.startswith("isr_")]
    assert len(held)
    none, whole = (
        case.ask(
            *(
                RetaskAssets(site, kind, share)
                for site, kind in zip(held["site_id"], held["kind"], strict=True)
            )
        )
        for share in (0.0, 1.0)
    )
    assert np.array_equal(none.delivery.force, whole.delivery.force)
    assert np.array_equal(none.delivery.tiers, whole.delivery.tiers)
    assert np.array_equal(none.delivery.circle, whole.delivery.circle)
    assert none.figures.equals(whole.figures)
    before, after = case.chances(none), case.chances(whole)
    moved = {name for name in before if not np.array_equal(before[name], after[name])}
    assert moved == {kind.upper() for kind in held["kind"]}


def test_g_a_company_base_at_ogossagou_helps_there_and_costs_its_donor(case):
    """Real data state one company at Sévaré: it is left without any."""
    lat, lon = OGOSSAGOU
    base = OpenSite("ogossagou", "Ogossagou", lon, lat)
    donor = RemoveAssets(case.site("mopti"), "infantry_company")
    after = case.ask(base, AddAssets("ogossagou", "infantry_company"), donor)
    here, there = case.cell(OGOSSAGOU), case.cell(SEVARE)
    assert (after.delivery.force[:, here] > case.today.delivery.force[:, here]).all()
    assert (after.delivery.force[:, there] < case.today.delivery.force[:, there]).all()


@pytest.mark.parametrize(
    ("helicopter", "patient", "minutes"),
    [
        (SEVARE, OGOSSAGOU, 107),
        (TIMBUKTU, OGOSSAGOU, 170),
        (GAO, OGOSSAGOU, 207),
        (SEVARE, KORO, 117),
    ],
)
def test_l_evacuation_to_surgery_at_sevare_takes_the_stated_minutes(case, helicopter, patient, minutes):
    """Launch 30 min, pick-up 15 min, 200 km/h; two minutes of play for cells of 5 km."""
    found = case.surgery_min(helicopter)[case.cell(patient)]
    assert found == pytest.approx(minutes, abs=2)
    assert (found <= case.prepared.method.reporting.casevac_limit_min) == (minutes <= 120)


def test_l_diabaly_is_beyond_two_hours_of_sevare(case):
    found = case.surgery_min(SEVARE)[case.cell(DIABALY)]
    assert found >= 169


def test_l_with_helicopter_and_surgery_at_sevare_ogossagou_is_within_two_hours(case):
    site, cell = case.site("mopti"), case.cell(OGOSSAGOU)
    assert case.chances(case.today)["CASEVAC"][cell] == 0
    after = case.ask(AddAssets(site, "helicopter"), AddAssets(site, "surgery"))
    found = case.chances(after)["CASEVAC"]
    assert (found[cell], found[case.cell(KORO)], found[case.cell(DIABALY)]) == (1, 1, 0)


def test_m_thirteen_circles_of_fifty_kilometres_cover_about_eight_percent_of_mali(case):
    """Every site has troops. Circles of Ber and Timbuktu overlap: a little less than 13 x 7854 km2 of 1.25 million."""
    assert len(case.prepared.area.sites) == 13
    assert case.today.delivery.circle[0].mean() == pytest.approx(0.08, abs=0.006)


def test_the_review_says_what_today_is_for_every_unit_and_month(case):
    found = case.today.figures
    area = case.prepared.area
    units = 1 + len(area.regions) + len(area.districts) + len(case.prepared.objectives)
    assert len(found) == 12 * units
    assert not found.duplicated(["level", "unit_id", "month"]).any()
    people = found[(found["level"] == Level.AREA) & (found["month"] == 1)]["people"].iloc[0]
    assert people == pytest.approx(float(np.nansum(area.population.people)))
