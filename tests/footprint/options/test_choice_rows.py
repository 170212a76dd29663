"""Choices: what each row changes, which rows make no sense, and plans put together in one order."""

from __future__ import annotations

import pytest

from footprint.language import Language
from footprint.options.choices import Act, Allowed, Choice, ChoiceSet, OptionError, faults_of
from footprint.scenario import AddAssets, CloseRoad, CloseSite, MoveSite, OpenSite, RemoveAssets
from layers.months import ALL_MONTHS, months_mask
from layers.sites import SiteKind

SITES = {"west": "West", "east": "East"}
TEAM = (("civil_affairs_team", 1),)
COMPANY = (("infantry_company", 1),)


def at(place: str, act: Act, **differs) -> Choice:
    return Choice(place=place, name=SITES.get(place, place.title()), act=act, **differs)


def opened(place: str = "new", assets=TEAM, **differs) -> Choice:
    return at(place, Act.OPEN, **({"assets": assets, "lon": -4.0, "lat": 17.5} | differs))


def refused(*choices: Choice) -> tuple[str, str]:
    with pytest.raises(OptionError) as caught:
        ChoiceSet(choices).places(SITES)
    return str(caught.value), caught.value.said(Language("fr"))


RAINS = months_mask("6-9")
CHANGES = {
    "keep": (at("west", Act.KEEP), ()),
    "close": (at("west", Act.CLOSE), (CloseSite("west"),)),
    "open": (
        opened(),
        (
            OpenSite("new", "New", -4.0, 17.5, SiteKind.TOB, ALL_MONTHS),
            AddAssets("new", "civil_affairs_team", 1),
        ),
    ),
    "open in some months": (
        opened(months=RAINS),
        (
            OpenSite("new", "New", -4.0, 17.5, SiteKind.SEASONAL_TOB, RAINS),
            AddAssets("new", "civil_affairs_team", 1),
        ),
    ),
    "strengthen": (
        at("west", Act.STRENGTHEN, assets=TEAM),
        (AddAssets("west", "civil_affairs_team", 1),),
    ),
    "thin": (
        at("west", Act.THIN, assets=(("infantry_company", -2),)),
        (RemoveAssets("west", "infantry_company", 2),),
    ),
    "reshape": (
        at("west", Act.RESHAPE, assets=(("civil_affairs_team", 1), ("infantry_company", -1))),
        (RemoveAssets("west", "infantry_company", 1), AddAssets("west", "civil_affairs_team", 1)),
    ),
    "move": (at("west", Act.MOVE, lon=-3.0, lat=17.0), (MoveSite("west", -3.0, 17.0),)),
    "seasonal": (at("west", Act.SEASONAL, months=RAINS), (CloseSite("west", ALL_MONTHS & ~RAINS),)),
}


@pytest.mark.parametrize("act", CHANGES)
def test_each_act_changes_what_it_says_and_no_more(act):
    choice, changes = CHANGES[act]
    assert choice.changes() == changes


def test_every_act_is_among_them():
    assert {choice.act for choice, _ in CHANGES.values()} == set(Act)


def test_a_choice_that_makes_sense_has_no_fault():
    assert [faults_of(choice, SITES) for choice, _ in CHANGES.values()] == [[]] * len(CHANGES)


@pytest.mark.parametrize("act", [act for act in Act if act is not Act.OPEN])
def test_only_a_site_can_be_changed(act):
    assert "there is no such site" in str(faults_of(at("none", act), SITES)[0])


@pytest.mark.parametrize("act", [Act.STRENGTHEN, Act.THIN, Act.RESHAPE, Act.OPEN])
def test_these_need_assets(act):
    place = "new" if act is Act.OPEN else "west"
    assert "needs assets" in str(faults_of(at(place, act, lon=-4.0, lat=17.5), SITES)[0])


@pytest.mark.parametrize("act", [Act.KEEP, Act.CLOSE, Act.MOVE, Act.SEASONAL])
def test_these_can_have_no_assets(act):
    choice = at("west", act, assets=TEAM, lon=-4.0, lat=17.5, months=RAINS)
    assert "cannot have these numbers of assets" in str(faults_of(choice, SITES)[0])


@pytest.mark.parametrize(("act", "count"), [(Act.STRENGTHEN, -1), (Act.THIN, 1), (Act.RESHAPE, 0)])
def test_signs_must_be_those_of_the_act(act, count):
    choice = at("west", act, assets=(("surgery", count),))
    assert "cannot have these numbers of assets" in str(faults_of(choice, SITES)[0])


@pytest.mark.parametrize("months", [0, ALL_MONTHS])
def test_seasonal_is_some_months_and_not_all(months):
    assert "seasonal needs some months" in str(faults_of(at("west", Act.SEASONAL, months=months), SITES)[0])


def test_a_site_of_which_the_table_says_nothing_is_kept():
    (east, west) = ChoiceSet(()).places(SITES)
    assert [(each.place_id, each.stands, len(each.choices)) for each in (east, west)] == [
        ("east", True, 1),
        ("west", True, 1),
    ]


def test_where_no_site_stands_the_first_choice_is_nothing():
    (new,) = ChoiceSet((opened(),)).places({})
    assert new.choices == (None, opened())


def test_places_are_in_the_order_of_their_identifiers_and_choices_in_that_of_the_table():
    table = (opened("z"), opened("a", COMPANY), at("west", Act.CLOSE), opened("a", TEAM))
    places = ChoiceSet(table).places(SITES)
    assert [place.place_id for place in places] == ["a", "east", "west", "z"]
    assert places[0].choices == (None, opened("a", COMPANY), opened("a", TEAM))


def test_what_stands_today_is_the_first_choice_wherever_its_row_is():
    kept = at("west", Act.KEEP, recurrent_usd=5.0)
    (west,) = ChoiceSet((at("west", Act.CLOSE), kept)).places({"west": "West"})
    assert west.choices[0] == kept


def test_the_same_row_twice_is_refused():
    english, french = refused(opened(), opened(one_off_usd=5.0))
    assert "new: new|open|civil_affairs_team:1|-4.000000,17.500000 stands twice" in english
    assert "new" in french


def test_two_packages_for_one_place_are_two_choices():
    assert len(ChoiceSet((opened(assets=TEAM), opened(assets=COMPANY))).places({})[0].choices) == 3


def test_two_fixed_choices_at_one_place_are_refused():
    own = (at("west", Act.CLOSE, allowed=Allowed.FIXED), at("west", Act.KEEP, allowed=Allowed.FIXED))
    assert "west: 2 choices are fixed; one can be" in refused(*own)[0]


def test_two_names_for_one_place_are_refused():
    own = (opened(assets=TEAM), Choice(**(_fields(opened(assets=COMPANY)) | {"name": "Other"})))
    assert "new: it has two names" in refused(*own)[0]


def _fields(choice: Choice) -> dict:
    return {name: getattr(choice, name) for name in choice.__slots__}


def test_every_fault_is_named_at_once():
    english, _ = refused(at("none", Act.CLOSE), opened(lon=None), opened("west"))
    for words in ("none: there is no such site", "new: it needs longitude", "west: a site stands there"):
        assert words in english


def test_a_further_row_that_does_the_same_takes_the_place_of_the_first():
    both = ChoiceSet((opened(), at("west", Act.CLOSE))).with_choices(opened(one_off_usd=9.0))
    assert [(choice.place, choice.one_off_usd) for choice in both.choices] == [("new", 9.0), ("west", None)]


def test_a_further_row_that_does_something_else_comes_last():
    assert ChoiceSet((opened(),)).with_choices(at("west", Act.CLOSE)).choices[1].act is Act.CLOSE


def test_with_choices_keeps_the_roads():
    roads = (CloseRoad("main", ALL_MONTHS),)
    assert ChoiceSet((), roads).with_choices(opened()).roads == roads


@pytest.mark.parametrize(
    "differs",
    [{"assets": COMPANY}, {"lon": -4.1}, {"months": RAINS}, {"place": "other"}],
)
def test_what_is_done_otherwise_has_another_key(differs):
    assert Choice(**(_fields(opened()) | differs)).key != opened().key


@pytest.mark.parametrize(
    "differs",
    [{"one_off_usd": 1.0}, {"allowed": Allowed.FIXED}, {"office": "x"}, {"source": "x"}, {"name": "Other"}],
)
def test_what_costs_otherwise_has_the_same_key(differs):
    assert Choice(**(_fields(opened()) | differs)).key == opened().key


def test_a_plan_begins_with_the_roads_takes_away_and_then_brings():
    roads = (CloseRoad("main", ALL_MONTHS),)
    chosen = (opened("a"), at("west", Act.CLOSE), opened("b"))
    plan = ChoiceSet((), roads).scenario(chosen, "plan")
    kinds = [type(change) for change in plan.changes]
    assert kinds == [CloseRoad, CloseSite, OpenSite, AddAssets, OpenSite, AddAssets]


def test_a_plan_does_not_hang_on_the_order_in_which_it_was_chosen():
    chosen = (opened("a"), at("west", Act.CLOSE), opened("b"))
    whole = ChoiceSet(())
    assert whole.scenario(chosen, "plan") == whole.scenario(chosen[::-1], "plan")


def test_nothing_chosen_is_a_plan_without_changes():
    assert ChoiceSet(()).scenario((), "plan").changes == ()
