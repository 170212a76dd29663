"""What a plan changes at each place becomes a row of the table, with what its proposal says of costs."""

from __future__ import annotations

import pytest

from footprint.options.choices import Act, Allowed, ChoiceSet, CostSource
from footprint.options.from_plans import from_plans
from footprint.options.suggest import priced
from footprint.proposals.form import FeasibilityAndConsent, Proposal
from footprint.scenario import (
    AddAssets,
    CloseRoad,
    CloseSite,
    MoveSite,
    OpenSite,
    RemoveAssets,
    Scenario,
)
from layers.months import ALL_MONTHS, months_mask
from tests.footprint.options.tiny import NAMED, basis
from tests.worlds import lonlat

RAINS = months_mask("6-9")
AT = lonlat(27.5, 12.5)
NEW = (OpenSite("new", "New", **AT), AddAssets("new", "civil_affairs_team", 2))


def rows(*changes, proposals=None, office="Koro", prefix=""):
    return from_plans(basis(), Scenario("The plan", changes), office, proposals or {}, prefix=prefix)


def proposal(**stated) -> Proposal:
    return Proposal(name="New", office="Mopti", feasibility=FeasibilityAndConsent(**stated))


KINDS = {
    Act.OPEN: (NEW, (("civil_affairs_team", 2),), ALL_MONTHS),
    Act.CLOSE: ((CloseSite("east"),), (), ALL_MONTHS),
    Act.MOVE: ((MoveSite("east", **AT),), (), ALL_MONTHS),
    Act.STRENGTHEN: ((AddAssets("east", "surgery", 1),), (("surgery", 1),), ALL_MONTHS),
    Act.THIN: ((RemoveAssets("west", "infantry_company", 1),), (("infantry_company", -1),), ALL_MONTHS),
    Act.RESHAPE: (
        (RemoveAssets("west", "infantry_company", 1), AddAssets("west", "surgery", 1)),
        (("infantry_company", -1), ("surgery", 1)),
        ALL_MONTHS,
    ),
    Act.SEASONAL: ((CloseSite("east", RAINS),), (), ALL_MONTHS & ~RAINS),
}


@pytest.mark.parametrize("act", KINDS)
def test_each_kind_of_change_becomes_its_act(act):
    changes, assets, months = KINDS[act]
    (choice,) = rows(*changes)
    assert (choice.act, choice.assets, choice.months) == (act, assets, months)


def test_a_plan_can_say_every_act_but_keeping():
    assert set(KINDS) == set(Act) - {Act.KEEP}


@pytest.mark.parametrize("act", KINDS)
def test_its_choice_changes_what_the_plan_changes(act):
    changes = KINDS[act][0]
    (choice,) = rows(*changes)
    assert set(choice.changes()) == set(changes)


def test_its_choices_make_sense_for_the_area():
    changes = [
        change for own, _, _ in (KINDS[Act.OPEN], KINDS[Act.RESHAPE], KINDS[Act.CLOSE]) for change in own
    ]
    assert ChoiceSet(rows(*changes)).places({"west": "West", "east": "East"})


def test_a_new_site_in_some_months_keeps_them():
    (choice,) = rows(OpenSite("new", "New", **AT, months=RAINS), AddAssets("new", "surgery"))
    assert (choice.act, choice.months) == (Act.OPEN, RAINS)


def test_changes_of_one_kind_at_one_place_are_added_up():
    (choice,) = rows(AddAssets("east", "surgery", 2), RemoveAssets("east", "surgery", 1))
    assert (choice.act, choice.assets) == (Act.STRENGTHEN, (("surgery", 1),))


def test_what_cancels_out_is_no_choice():
    assert rows(AddAssets("east", "surgery", 1), RemoveAssets("east", "surgery", 1)) == ()


def test_donors_are_rows_of_their_own():
    found = rows(*NEW, RemoveAssets("west", "infantry_company", 1))
    assert [(choice.place, choice.act) for choice in found] == [("new", Act.OPEN), ("west", Act.THIN)]


def test_changes_of_roads_are_left_to_the_plan():
    assert rows(CloseRoad("main", ALL_MONTHS)) == ()


MIXTURES = {
    "a new site without assets": (OpenSite("new", "New", **AT),),
    "a new site that closes again": (*NEW, CloseSite("new", RAINS)),
    "a site that moves and grows": (MoveSite("east", **AT), AddAssets("east", "surgery", 1)),
    "a site that moves and closes for some months": (MoveSite("east", **AT), CloseSite("east", RAINS)),
    "a site that grows and closes for some months": (
        AddAssets("east", "surgery", 1),
        CloseSite("east", RAINS),
    ),
    "a site that gives and closes for some months": (
        RemoveAssets("east", "civil_affairs_team", 1),
        CloseSite("east", RAINS),
    ),
}


@pytest.mark.parametrize("mixture", MIXTURES)
def test_what_no_act_says_is_left_out(mixture):
    assert rows(*MIXTURES[mixture]) == ()


def test_a_site_that_gives_up_what_it_has_and_closes_is_closed():
    """What stood there would be gone either way."""
    (choice,) = rows(RemoveAssets("east", "civil_affairs_team", 1), CloseSite("east"))
    assert choice.act is Act.CLOSE


def test_a_site_that_closes_in_two_steps_is_closed_in_both():
    (choice,) = rows(CloseSite("east", RAINS), CloseSite("east", ALL_MONTHS & ~RAINS))
    assert choice.act is Act.CLOSE


def test_places_of_two_plans_do_not_collide():
    first, second = rows(*NEW, prefix="1-"), rows(*NEW, prefix="2-")
    assert {choice.place for choice in (*first, *second)} == {"1-new", "2-new"}


def test_sites_of_two_plans_are_the_same_sites():
    assert [choice.place for choice in rows(CloseSite("east"), prefix="1-")] == ["east"]


def test_a_site_is_called_as_in_the_area():
    assert rows(CloseSite("east"))[0].name == "East"


def test_costs_that_nobody_states_are_invented_and_say_so():
    (choice,) = rows(*NEW)
    assert choice.confidence is CostSource.INVENTED
    assert choice.one_off_usd == priced(choice, {}, basis().method).one_off_usd


def test_what_a_site_holds_counts_in_its_invented_costs():
    (choice,) = rows(RemoveAssets("west", "infantry_company", 1))
    assert choice.recurrent_usd == priced(choice, dict(NAMED["west"]), basis().method).recurrent_usd


def test_stated_costs_are_taken():
    own = proposal(one_off_usd=5.0, recurrent_usd=7.0, cost_confidence="low", posts=3)
    (choice,) = rows(*NEW, proposals={"new": own})
    assert (choice.one_off_usd, choice.recurrent_usd, choice.posts) == (5.0, 7.0, 3)
    assert choice.confidence is CostSource.LOW


def test_a_stated_nought_is_taken():
    (choice,) = rows(*NEW, proposals={"new": proposal(one_off_usd=0.0, recurrent_usd=0.0, posts=0)})
    assert (choice.one_off_usd, choice.recurrent_usd, choice.posts) == (0.0, 0.0, 0)


def test_a_cost_that_its_proposal_leaves_out_stays_invented():
    (choice,) = rows(*NEW, proposals={"new": proposal(one_off_usd=5.0, cost_confidence="high")})
    (without,) = rows(*NEW)
    assert (choice.one_off_usd, choice.recurrent_usd) == (5.0, without.recurrent_usd)
    assert choice.confidence is CostSource.INVENTED


def test_of_stated_costs_it_is_not_said_that_they_are_invented():
    own = proposal(one_off_usd=5.0, recurrent_usd=7.0, posts=3)
    assert rows(*NEW, proposals={"new": own})[0].confidence is None


def test_costs_of_another_sites_proposal_are_not_taken():
    own = proposal(one_off_usd=5.0, recurrent_usd=7.0)
    assert rows(*NEW, proposals={"other": own}) == rows(*NEW)


def test_the_plans_office_asks_for_it():
    assert rows(*NEW, proposals={"new": proposal()})[0].office == "Koro"


def test_where_the_plan_names_no_office_that_of_the_proposal_does():
    assert rows(*NEW, proposals={"new": proposal()}, office="")[0].office == "Mopti"


def test_the_plan_is_its_source():
    assert rows(*NEW)[0].source == "The plan"


def test_whatever_a_plan_proposes_is_free():
    assert rows(*NEW)[0].allowed is Allowed.FREE
