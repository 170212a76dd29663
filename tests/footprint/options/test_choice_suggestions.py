"""A suggested table: invented costs say so, headquarters stay, aircraft only where they can land, always the same."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from shapely import Point

from footprint.coverage.holdings import HELICOPTER
from footprint.method import default_method
from footprint.options.choices import Act, Allowed, Choice, ChoiceSet, CostSource
from footprint.options.suggest import held_by_site, priced, suggested
from footprint.options.table import dumps_table
from footprint.prepared import Prepared
from layers.months import ALL_MONTHS
from tests.footprint.options.tiny import land
from tests.worlds import cell_of, frame, lonlat, make_basis, make_objective

NUMBERS = default_method().options


def points(rows: dict[str, tuple[str, float, float]], key: str, **columns):
    """Return named points of a kind at places [km]."""
    content = {
        key: list(rows),
        "name": [name.title() for name in rows],
        "kind": [kind for kind, _, _ in rows.values()],
    } | {name: [value] * len(rows) for name, value in columns.items()}
    return frame(content, key, [Point(1000 * x, 1000 * y) for _, x, y in rows.values()])


def made(places=None, airfields=None, kinds=None) -> Prepared:
    area = land()
    if places:
        area = replace(area, places=points(places, "place_id", people=float("nan")))
    if airfields:
        area = replace(area, airfields=points(airfields, "airfield_id", runway_m=float("nan")))
    if kinds:
        area = replace(
            area, sites=area.sites.assign(kind=[kinds.get(each, "camp") for each in area.sites.index])
        )
    return make_basis(area, make_objective("whole", regions=("left", "right")))


@cache
def plain() -> Prepared:
    return made()


@cache
def table() -> ChoiceSet:
    return suggested(plain(), 2)


def of(choices: ChoiceSet, place: str, act: Act) -> Choice:
    return next(each for each in choices.choices if (each.place, each.act) == (place, act))


@pytest.mark.slow
def test_every_cost_says_that_it_is_invented():
    assert {(each.confidence, each.source) for each in table().choices} == {(CostSource.INVENTED, "invented")}


def test_every_row_has_costs_and_posts():
    assert all(None not in (each.one_off_usd, each.recurrent_usd, each.posts) for each in table().choices)


def test_every_site_may_be_kept_and_closed():
    acts = {(each.place, each.act) for each in table().choices}
    assert {(place, act) for place in ("west", "east") for act in (Act.KEEP, Act.CLOSE)} <= acts


def test_only_a_site_with_companies_to_spare_gives_one_up():
    assert {each.place for each in table().choices if each.act is Act.THIN} == {"west"}


def test_a_site_is_made_whole_by_what_it_lacks_alone():
    assert dict(of(table(), "east", Act.STRENGTHEN).assets).keys() == {
        "fpu_platoon",
        "unpol_team",
        "community_liaison",
        "human_rights_team",
        "stabilisation_team",
    }


def test_the_table_makes_sense_for_its_area():
    assert ChoiceSet(table().choices).places({"west": "West", "east": "East"})


def test_so_many_new_places_are_suggested_as_are_asked_for():
    new = {each.place for each in table().choices if each.act is Act.OPEN}
    assert len(new) == 2


def test_none_asked_for_none_suggested():
    assert all(each.act is not Act.OPEN for each in suggested(plain(), 0).choices)


def test_a_new_place_may_get_every_package_where_no_airfield_is_known():
    first = next(each.place for each in table().choices if each.act is Act.OPEN)
    own = [each.assets for each in table().choices if each.place == first]
    assert own == [tuple(sorted(each.assets)) for each in default_method().packages.values()]


@pytest.mark.slow
def test_equal_areas_give_equal_tables():
    assert dumps_table(suggested(made(), 2)) == dumps_table(table())


def test_fewer_places_are_the_first_of_more():
    more = suggested(plain(), 2).choices
    fewer = suggested(plain(), 1).choices
    assert more[: len(fewer)] == fewer


@pytest.mark.slow
def test_new_places_keep_away_from_sites_and_from_one_another():
    seats = {"one": ("town", 8.0, 8.0), "two": ("town", 30.0, 7.5), "three": ("town", 31.0, 7.5)}
    new = {each.place for each in suggested(made(seats), 3).choices if each.act is Act.OPEN}
    assert "at-one" not in new
    assert len(new & {"at-two", "at-three"}) == 1


@pytest.mark.slow
def test_seats_come_before_towns():
    towns = {"a": ("town", 30.0, 7.5), "z": ("cercle_seat", 30.0, 17.5)}
    rows = suggested(made(towns), 1).choices
    assert {each.place for each in rows if each.act is Act.OPEN} == {"at-z"}


def test_where_there_are_no_towns_cells_with_need_are_suggested():
    new = [each for each in table().choices if each.act is Act.OPEN]
    area = plain().area
    numbers = {int(each.place.removeprefix("cell-")) for each in new}
    assert all(number < area.grid.n_cells for number in numbers)
    assert all(number != cell_of(area, 7.5, 7.5) for number in numbers)


@pytest.mark.slow
def test_helicopters_are_suggested_only_near_an_airfield():
    seats = {"near": ("town", 22.5, 17.5), "far": ("town", 37.5, 17.5)}
    rows = suggested(made(seats, {"strip": ("airstrip", 15.0, 17.5)}), 2).choices
    flown = {each.place for each in rows if each.act is Act.OPEN and HELICOPTER in dict(each.assets)}
    assert flown == {"at-near"}


@pytest.mark.slow
def test_a_closed_airfield_is_none_for_them():
    seats = {"near": ("town", 22.5, 17.5)}
    fields = {"strip": ("closed", 22.5, 17.5), "far": ("airstrip", 57.5, 2.5)}
    rows = suggested(made(seats, fields), 1).choices
    assert not [each for each in rows if each.act is Act.OPEN and HELICOPTER in dict(each.assets)]


@pytest.mark.slow
def test_a_headquarters_is_not_closed_by_arithmetic():
    rows = suggested(made(kinds={"west": "sector_hq"}), 0)
    assert of(rows, "west", Act.CLOSE).allowed is Allowed.FORBIDDEN


@pytest.mark.slow
def test_a_site_in_the_capital_is_not_either():
    rows = suggested(made({"town": ("capital", 50.0, 7.5)}), 0)
    assert of(rows, "east", Act.CLOSE).allowed is Allowed.FORBIDDEN


def test_any_other_site_may_be_closed():
    assert of(table(), "east", Act.CLOSE).allowed is Allowed.FREE


def test_a_new_site_costs_its_building_its_assets_and_a_year_of_both():
    choice = Choice(place="new", name="New", act=Act.OPEN, assets=(("civil_affairs_team", 2),), lon=0, lat=0)
    own = priced(choice, {}, default_method())
    assert own.one_off_usd == NUMBERS.site_one_off_usd + 2 * NUMBERS.one_off_usd["civilian"]
    assert own.recurrent_usd == NUMBERS.site_recurrent_usd + 2 * NUMBERS.recurrent_usd["civilian"]
    assert own.posts == NUMBERS.site_posts + 2 * NUMBERS.posts["civilian"]


def test_a_site_that_is_closed_costs_its_closing_once_and_nothing_a_year():
    own = priced(Choice(place="west", name="West", act=Act.CLOSE), {"surgery": 1}, default_method())
    assert (own.one_off_usd, own.recurrent_usd, own.posts) == (NUMBERS.close_usd, 0.0, 0)


def test_a_site_that_is_kept_costs_nothing_once():
    own = priced(Choice(place="west", name="West", act=Act.KEEP), {"surgery": 1}, default_method())
    assert own.one_off_usd == 0.0
    assert own.recurrent_usd == NUMBERS.site_recurrent_usd + NUMBERS.recurrent_usd["support"]


def test_what_moves_is_built_and_settled_anew():
    choice = Choice(place="west", name="West", act=Act.MOVE, **lonlat(10, 10))
    own = priced(choice, {"surgery": 1}, default_method())
    assert own.one_off_usd == NUMBERS.site_one_off_usd + NUMBERS.one_off_usd["support"]


def test_what_is_given_up_is_saved_each_year():
    method, held = default_method(), {"infantry_company": 2}
    kept = priced(Choice(place="west", name="West", act=Act.KEEP), held, method)
    thin = priced(
        Choice(place="west", name="West", act=Act.THIN, assets=(("infantry_company", -1),)), held, method
    )
    assert kept.recurrent_usd - thin.recurrent_usd == NUMBERS.recurrent_usd["military"]


@pytest.mark.slow
def test_assets_of_a_kind_at_one_site_are_added_up():
    area = land({"west": {"surgery": 1}, "east": {}})
    twice = replace(area, assets=area.assets.loc[["west:surgery"] * 2].set_axis(["a", "b"]))
    assert held_by_site(make_basis(twice, make_objective("w", regions=("left",)))) == {
        "west": {"surgery": 2},
        "east": {},
    }


@pytest.mark.parametrize("act", [Act.KEEP, Act.STRENGTHEN])
def test_suggestions_are_for_all_months(act):
    assert {each.months for each in table().choices if each.act is act} == {ALL_MONTHS}
