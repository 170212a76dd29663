"""Places in worlds small enough to draw: who comes, what is weakest and why, what would close it."""

from __future__ import annotations

from dataclasses import replace
from math import isinf, isnan

import pytest
from shapely import Point

from footprint.errors import ScenarioError, UnclearPlaceError
from footprint.objectives import Measure
from footprint.place.closing import NEW, Open, changes_of, closings
from footprint.place.explain import explain
from footprint.place.finding import Named, at_cell, find_place
from footprint.place.hindrance import Why
from footprint.place.spot import HERE
from footprint.review import review
from footprint.scenario import AddAssets, OpenSite, RemoveAssets, Scenario
from layers.inside import mostly_outside
from tests.footprint.place.drawn import AWAY, FULL, World, world
from tests.worlds import (
    cell_of,
    frame,
    make_area,
    make_assets,
    make_basis,
    make_rivers,
    make_sites,
    make_units,
)

pytestmark = pytest.mark.slow


def test_beside_a_full_base_every_tier_is_there_and_nothing_is_needed():
    valley = world({"base": FULL})
    place = valley.at(2.5, 22.5)
    assert place.people == 10
    assert place.need_share == pytest.approx(1 / 200)
    assert [tier.level for tier in place.tiers] == pytest.approx([0.5, 0.6, 0.5])
    assert all(len([1 for level in tier.months if level >= 0.3]) == 12 for tier in place.tiers)
    for number in (1, 2, 3):
        assert valley.tier(place, number).open is Open.REACHED


def test_force_names_each_capability_with_site_way_minutes_and_chance():
    place = world({"base": FULL}).at(2.5, 22.5)
    told = {each.capability_id: (each.site_id, each.by, each.chance) for each in place.force.means}
    assert told["PATROL"] == ("base", "patrol", pytest.approx(0.35))
    assert told["QRF_GROUND"] == ("base", "convoy", pytest.approx(0.6))
    assert told["QRF_AIR"] == ("base", "air", pytest.approx(0.5 * 0.6))
    assert place.force.ground == pytest.approx(1 - 0.65 * 0.4)
    assert place.force.air == pytest.approx(0.3)
    assert place.force.level == pytest.approx(1 - 0.65 * 0.4 * 0.7)
    flight = next(each for each in place.force.means if each.capability_id == "QRF_AIR")
    assert flight.minutes == pytest.approx(30, abs=0.1)


def test_a_single_missing_surgery_is_what_would_close_tier_two():
    valley = world({"base": {kind: 1 for kind in FULL if kind != "surgery"}})
    place = valley.at(2.5, 22.5)
    # No site has surgery at all, so that the tier is not known; what would close it does so anyway.
    assert isnan(place.tiers[1].level)
    assert place.tiers[1].weakest.hindrance is not None
    assert place.tiers[1].weakest.hindrance.why is Why.NOT_KNOWN
    found = valley.tier(place, 2)
    assert found.addition is not None
    assert (found.addition.kind, found.addition.count, found.addition.site_id) == ("surgery", 1, "base")
    assert valley.level_with(place, 2, found) == pytest.approx(found.addition.level)


def test_not_known_is_never_nothing():
    valley = world({"base": {"infantry_company": 1}})
    place = valley.at(2.5, 22.5)
    assert all(isnan(tier.level) and isnan(tier.weakest.chance) for tier in place.tiers)
    assert all(isnan(level) for tier in place.tiers for level in tier.months)
    assert valley.tier(place, 1).open is Open.NOT_KNOWN
    nobody = world({"base": AWAY}).at(2.5, 22.5)
    assert isnan(nobody.force.level)
    assert isnan(nobody.force.ground)
    assert nobody.force.hindrance is not None
    assert nobody.force.hindrance.why is Why.NOT_KNOWN


def test_people_that_the_raster_does_not_cover_are_not_known():
    valley = world({"base": FULL})
    people = valley.prepared.area.population.people.copy()
    people[cell_of(valley.prepared.area, 2.5, 22.5)] = float("nan")
    population = replace(valley.prepared.area.population, people=people)
    area = replace(valley.prepared.area, population=population)
    assert isnan(World(make_basis(area)).at(2.5, 22.5).people)


def test_too_far_is_out_of_range_with_minutes_and_limit():
    valley = world(
        {"base": {"community_liaison": 1, "civil_affairs_team": 1}},
        size=(0, 0, 200, 50),
        road=((2.5, 22.5), (197.5, 22.5)),
    )
    place = valley.at(147.5, 22.5)
    liaison = place.tiers[0].links[1]
    assert liaison.chance == 0
    assert liaison.hindrance is not None
    assert liaison.hindrance.why is Why.OUT_OF_RANGE
    assert liaison.hindrance.site_id == "base"
    assert liaison.hindrance.limit_min == 90
    # 145 km of trunk road at 80 km/h.
    assert liaison.hindrance.minutes == pytest.approx(145 / 80 * 60, abs=1)


def test_whom_a_new_site_here_or_an_existing_one_would_serve():
    valley = world(
        {"base": {"civil_affairs_team": 1}, "other": {"community_liaison": 1, "surgery": 1}},
        sites={"base": (2.5, 22.5), "other": (197.5, 22.5)},
        size=(0, 0, 200, 50),
        road=((2.5, 22.5), (197.5, 22.5)),
    )
    near = valley.tier(valley.at(22.5, 22.5), 1)
    assert near.addition is not None
    assert (near.addition.kind, near.addition.count, near.addition.site_id) == (
        "community_liaison",
        1,
        "base",
    )
    off_road = valley.at(2.5, 2.5)
    away = valley.tier(off_road, 1)
    assert away.addition is None or valley.level_with(off_road, 1, away) >= 0.3


def test_two_groups_that_no_one_kind_brings_are_said():
    valley = world(
        {"base": {"infantry_company": 1}, "far": FULL},
        sites={"base": (2.5, 22.5), "far": (997.5, 22.5)},
        size=(0, 0, 1000, 50),
    )
    found = valley.tier(valley.at(2.5, 22.5), 1)
    assert (found.addition, found.open) == (None, Open.SEVERAL)
    assert found.lacking == (("CIVIL_AFFAIRS", "JPT", "GOOD_OFFICES"), ("CLA",))


def test_a_flooded_road_cuts_off_in_its_months_only():
    """The only road runs through a flood zone, and so does the country on both sides of it."""
    valley = world(
        {"base": {"community_liaison": 1, "civil_affairs_team": 1}},
        flood={"zone": ("10-11", (30, 0, 40, 50))},
    )
    dry, wet = valley.at(57.5, 22.5, 3), valley.at(57.5, 22.5, 10)
    assert dry.tiers[0].level > 0
    assert wet.tiers[0].level == 0
    assert {link.hindrance.why for link in wet.tiers[0].links if link.hindrance} == {Why.CUT_OFF}
    assert [month for month, level in enumerate(wet.tiers[0].months, 1) if level == 0] == [10, 11]
    under = valley.at(37.5, 22.5, 10)
    assert under.tiers[0].weakest.hindrance is not None
    assert under.tiers[0].weakest.hindrance.why is Why.WATER


def test_across_a_river_without_a_bridge_water_is_the_reason():
    valley = world(
        {"base": {"infantry_company": 1}},
        road=((2.5, 22.5), (27.5, 22.5)),
        rivers=make_rivers({"river": ((35, -10), (35, 60))}, navigable="1"),
    )
    place = valley.at(57.5, 22.5, 6)
    assert place.force.means == ()
    assert place.force.hindrance is not None
    assert place.force.hindrance.why is Why.WATER


def test_a_site_closed_in_the_month_is_said_to_be():
    valley = world({"base": {"community_liaison": 1, "civil_affairs_team": 1}}, months={"base": "1-6"})
    place = valley.at(2.5, 22.5, 8)
    assert {link.hindrance.why for link in place.tiers[0].links if link.hindrance} == {Why.CLOSED}
    assert place.tiers[0].level == 0
    assert valley.at(2.5, 22.5, 2).tiers[0].level == pytest.approx(0.5)


def test_without_escorts_teams_keep_off_searched_ground():
    """The only way out is a searched road through rated ground, and the base has no company."""
    valley = world(
        {"base": {"civil_affairs_team": 1, "community_liaison": 1}},
        columns={"search_rated": {"road": True}},
    )
    place = valley.at(17.5, 22.5)
    team = place.tiers[0].links[0]
    assert team.chance == 0
    assert team.hindrance is not None
    assert team.hindrance.why is Why.ESCORTS
    found = valley.tier(place, 1)
    assert found.addition is not None
    assert valley.level_with(place, 1, found) >= 0.3


def test_nobody_can_send_what_needs_a_helicopter_beside_the_company():
    valley = world(
        {"base": {"infantry_company": 1}, "hangar": {"helicopter": 1, "surgery": 1, "fpu_platoon": 1}},
        sites={"base": (2.5, 2.5), "hangar": (97.5, 47.5)},
        road=((2.5, 47.5), (97.5, 47.5)),
    )
    place = valley.at(97.5, 47.5)
    found = valley.tier(place, 2)
    # A company at the hangar flies and drives; it is the one kind that brings back-up there.
    assert found.addition is not None
    assert (found.addition.kind, found.addition.site_id) == ("infantry_company", "hangar")
    assert valley.level_with(place, 2, found) == pytest.approx(found.addition.level)


def test_a_donor_gives_and_its_loss_is_reckoned():
    west, east = (0, 0, 50, 50), (50, 0, 100, 50)
    valley = world(
        {
            "base": {"civil_affairs_team": 1, "surgery": 1},
            "rich": {"community_liaison": 2, "civil_affairs_team": 1},
        },
        sites={"base": (2.5, 22.5), "rich": (97.5, 22.5)},
        road=((2.5, 2.5), (12.5, 2.5)),
        districts=make_units({"west": west, "east": east}, {"west": "region", "east": "region"}),
    )
    place = valley.at(2.5, 22.5)
    found = valley.tier(place, 1, donor="rich")
    assert found.addition is not None
    assert found.addition.cost is not None
    assert found.addition.cost.site_id == "rich"
    assert found.addition.cost.mission < 0
    assert {each.unit_id for each in found.addition.cost.losers} <= {"east"}
    changes = changes_of(valley.prepared, place, found.addition)
    assert changes[0] == RemoveAssets("rich", "community_liaison", 1)
    assert valley.level_with(place, 1, found) == pytest.approx(found.addition.level)
    nothing = valley.tier(place, 1, donor="base")
    assert (nothing.addition, nothing.open) == (None, Open.DONOR)
    with pytest.raises(ScenarioError, match="nowhere"):
        valley.tier(place, 1, donor="nowhere")


def test_where_a_team_flies_to_liaison_must_live_at_a_new_site():
    """Civil affairs fly 150 km; liaison goes by road, and there is none."""
    valley = world(
        {"base": {"civil_affairs_team": 1, "helicopter": 4}, "far": {"community_liaison": 1}},
        sites={"base": (2.5, 22.5), "far": (497.5, 22.5)},
        size=(0, 0, 500, 50),
        road=((2.5, 22.5), (12.5, 22.5)),
    )
    place = valley.at(152.5, 22.5)
    found = valley.tier(place, 1)
    assert found.addition is not None
    opened, added = changes_of(valley.prepared, place, found.addition)
    assert isinstance(opened, OpenSite)
    assert added == AddAssets(NEW, "community_liaison", 1)
    assert valley.level_with(place, 1, found) == pytest.approx(found.addition.level)


@pytest.fixture(scope="module")
def troops() -> World:
    """Return a company without a helicopter in the west, a helicopter without a company in the east, no road."""
    return world(
        {"base": {"infantry_company": 1}, "hangar": {"helicopter": 1}},
        sites={"base": (2.5, 22.5), "hangar": (497.5, 22.5)},
        size=(0, 0, 500, 50),
        road=((2.5, 2.5), (7.5, 2.5)),
    )


@pytest.mark.parametrize(
    ("x_km", "kind", "site_id", "level"),
    [
        # In flight of the company, which lacks a helicopter: 0.5 of helicopters x 0.6 of companies.
        (92.5, "helicopter", "base", 0.3),
        # In flight of the helicopter, which has nobody to carry.
        (412.5, "infantry_company", "hangar", 0.3),
        # In flight of neither: patrol 0.35 and reaction force 0.6 at the door of a company of its own.
        (247.5, "infantry_company", HERE, 1 - 0.65 * 0.4),
    ],
)
def test_what_would_bring_troops(troops, x_km, kind, site_id, level):
    place = troops.at(x_km, 22.5)
    assert place.force.level == 0
    found = troops.force(place)
    assert found.addition is not None
    assert (found.addition.kind, found.addition.count, found.addition.site_id) == (kind, 1, site_id)
    assert found.addition.level == pytest.approx(level)
    assert troops.force_with(place, found) == pytest.approx(level)


def test_where_troops_could_be_there_nothing_is_needed(troops):
    assert troops.force(troops.at(2.5, 22.5)).open is Open.REACHED


def test_who_gives_troops_loses_force(troops):
    place = troops.at(247.5, 22.5)
    found = troops.force(place, donor="base")
    assert found.addition is not None
    assert found.addition.cost is not None
    assert found.addition.cost.force < 0
    assert changes_of(troops.prepared, place, found.addition)[0] == RemoveAssets("base", "infantry_company")
    assert troops.force_with(place, found) == pytest.approx(found.addition.level)
    # The hangar has no company to give, and its helicopter reaches nobody from elsewhere.
    assert troops.force(place, donor="hangar").open is Open.DONOR


def test_troops_that_the_data_do_not_name_would_do_whoever_else_is_there():
    valley = world({"base": AWAY})
    place = valley.at(2.5, 22.5)
    found = valley.force(place)
    assert isnan(place.force.level)
    assert found.addition is not None
    assert (found.addition.kind, found.addition.site_id) == ("infantry_company", "base")
    assert valley.force_with(place, found) == pytest.approx(found.addition.level)


def test_what_closes_one_place_and_then_another_is_one_plan(troops):
    """Each answer opens a site of its own, however many were opened before."""
    first = troops.at(127.5, 22.5)
    found = troops.force(first)
    assert found.addition is not None
    plan = Scenario("closed", changes_of(troops.prepared, first, found.addition))
    after = review(troops.prepared, plan, troops.router)
    spotted = at_cell(troops.prepared, cell_of(troops.prepared.area, 257.5, 22.5))
    second = explain(troops.prepared, troops.router, after, spotted, 1)
    again, *tiers = closings(troops.prepared, troops.router, after, second)
    assert [each.bundle_id for each in tiers] == [tier.bundle_id for tier in second.tiers]
    assert again.addition is not None
    changes = changes_of(troops.prepared, second, again.addition)
    assert [change.site_id for change in changes if isinstance(change, OpenSite)] == [f"{NEW}-2"]
    both = review(troops.prepared, plan.then(*changes), troops.router).delivery.force[0]
    assert both[first.spotted.cell] >= 0.3
    assert both[second.spotted.cell] == pytest.approx(again.addition.level)


def test_need_is_that_of_the_measure_asked_for():
    valley = world({"base": FULL}, people={(2.5, 22.5): 30.0, (52.5, 22.5): 10.0})
    spotted = at_cell(valley.prepared, cell_of(valley.prepared.area, 2.5, 22.5))
    place = explain(valley.prepared, valley.router, valley.result, spotted, 1, measure=Measure.PEOPLE)
    assert place.need_share == pytest.approx(0.75)


# -- names -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def named() -> World:
    towns = {"mill": (12.5, 22.5), "mill2": (92.5, 42.5), "seat": (77.5, 12.5), "base_town": (4.0, 22.5)}
    names = ["Le Moulin", "Le Moulin", "N'Été", "Base"]
    rows = {
        "place_id": list(towns),
        "name": names,
        "kind": ["village", "village", "cercle_seat", "town"],
        "people": [float("nan")] * len(towns),
    }
    area = make_area(
        sites=make_sites({"base": (2.5, 22.5)}),
        assets=make_assets({"base": FULL}),
        districts=make_units(
            {"west": (0, 0, 50, 50), "n-ete": (50, 0, 100, 50)}, {"west": "region", "n-ete": "region"}
        ),
    )
    points = [Point(1000 * x, 1000 * y) for x, y in towns.values()]
    return World(make_basis(replace(area, places=frame(rows, "place_id", points))))


def test_a_name_is_found_whatever_its_accents_and_marks(named):
    for text in ("N'Été", "n ete", "N-ETE", "n’été"):
        found = find_place(named.prepared, named.result.laydown, text)
        assert (found.named, found.own_id) == (Named.TOWN, "seat")


def test_a_town_and_the_base_beside_it_are_one_place(named):
    assert find_place(named.prepared, named.result.laydown, "base").named is Named.SITE
    assert find_place(named.prepared, named.result.laydown, "Base").own_id == "base_town"


def test_a_unit_is_where_its_people_are(named):
    found = find_place(named.prepared, named.result.laydown, "West")
    assert (found.named, found.own_id) == (Named.DISTRICT, "west")
    assert found.x_m < 50_000


def test_of_a_unit_mostly_outside_the_area_no_cell_at_the_border_answers(named):
    area = named.prepared.area
    beyond = make_units(
        {"west": (0, 0, 50, 50), "n-ete": (95, 0, 295, 50)}, {"west": "region", "n-ete": "region"}
    )
    outside = mostly_outside(area.country.union_all(), beyond)
    changed = replace(area, districts=beyond, districts_outside=outside, places=area.places.iloc[:0])
    world = World(make_basis(changed))
    with pytest.raises(UnclearPlaceError, match=r"'N-Ete' lies mostly outside .* 2 % of it inside"):
        find_place(world.prepared, world.result.laydown, "n-ete")


def test_two_villages_of_one_name_are_listed_and_told_by_their_identifiers(named):
    with pytest.raises(UnclearPlaceError, match=r"mill, West.*mill2, N-Ete"):
        find_place(named.prepared, named.result.laydown, "le moulin")
    assert find_place(named.prepared, named.result.laydown, "mill2").x_m == 92_500


def test_what_is_nowhere_is_said_and_what_is_nearly_there_named(named):
    with pytest.raises(UnclearPlaceError, match="no town, unit or site called 'Zzz'"):
        find_place(named.prepared, named.result.laydown, "Zzz")
    with pytest.raises(UnclearPlaceError, match="Did you mean: Le Moulin"):
        find_place(named.prepared, named.result.laydown, "Le Moulim")
    with pytest.raises(UnclearPlaceError, match="outside the area"):
        find_place(named.prepared, named.result.laydown, "48.85, 2.35")
    with pytest.raises(UnclearPlaceError):
        find_place(named.prepared, named.result.laydown, "")


def test_sensitive_places_have_no_names_to_be_found_by(named):
    with pytest.raises(UnclearPlaceError):
        find_place(named.prepared, named.result.laydown, "school")


def test_a_place_without_any_way_has_no_minutes():
    valley = world({"base": {"infantry_company": 1}}, road=((2.5, 2.5), (7.5, 2.5)), size=(0, 0, 500, 50))
    place = valley.at(497.5, 22.5)
    assert place.force.hindrance is not None
    assert isinf(place.force.hindrance.minutes)
    assert place.force.hindrance.straight_km == pytest.approx(495, rel=0.01)
