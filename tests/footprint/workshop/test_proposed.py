"""Proposals in a plan: what one stands for goes when it goes, and leaves the rest as it was."""

from __future__ import annotations

from dataclasses import replace

import pytest

from footprint.method import default_method
from footprint.proposals.form import Proposal, ProposalKind, Provided, WhatAndWhen
from footprint.scenario import AddAssets, CloseSite, OpenSite, RemoveAssets, Scenario
from footprint.workshop import AddPlan, Baseline, Plan, PlanFileError, RedrawPlan, dumps, loads
from footprint.workshop.proposed import free_site_id, having, proposals_in

METHOD = default_method()


def proposal(name="Koro", count=1, donor="gao"):
    package = (Provided(kind="infantry_company", count=count, donor=donor),)
    what = WhatAndWhen(kind=ProposalKind.OPEN, lon=-3.08, lat=14.07, months=4095, package=package)
    return Proposal(name=name, office="Mopti", what=what)


def plan(*changes, forms=()):
    return Plan(Scenario("Plan", changes), Baseline("square"), forms=forms)


def with_it(before, site_id, wanted):
    changes, forms = having(before, site_id, wanted, METHOD)
    return replace(before, scenario=Scenario("Plan", changes), forms=forms)


def test_a_proposal_opens_its_site_and_takes_from_its_donor():
    after = with_it(plan(CloseSite("ber")), "p1", proposal())
    assert after.scenario.changes[0] == CloseSite("ber")
    assert RemoveAssets("gao", "infantry_company", 1) in after.scenario.changes
    assert AddAssets("p1", "infantry_company", 1) in after.scenario.changes
    assert any(isinstance(each, OpenSite) and each.site_id == "p1" for each in after.scenario.changes)
    assert proposals_in(after) == {"p1": proposal()}


def test_a_change_of_one_replaces_what_it_stood_for_alone():
    thinned = RemoveAssets("gao", "infantry_company", 1)
    before = with_it(with_it(plan(thinned), "p1", proposal()), "p2", proposal("Bankass"))
    after = with_it(before, "p1", proposal(count=2))
    taken = [each for each in after.scenario.changes if isinstance(each, RemoveAssets)]
    assert sorted(each.count for each in taken) == [1, 1, 2], "the thinning, the other's company, its own two"
    gone = with_it(with_it(after, "p1", None), "p2", None)
    assert gone.scenario.changes == (thinned,)
    assert gone.forms == ()


def test_a_new_site_has_an_identifier_of_its_own():
    before = with_it(plan(), "p1", proposal())
    assert free_site_id(before) == "p2"
    assert free_site_id(plan(OpenSite("p1", "Old", -3.0, 14.0))) == "p2"


def test_a_plan_file_carries_what_its_proposals_say():
    before = with_it(plan(), "p1", proposal())
    again = loads(dumps(before), file="plan.json")
    assert proposals_in(again) == {"p1": proposal()}
    assert again.scenario.changes == before.scenario.changes


@pytest.mark.parametrize(
    ("wrong", "where"),
    [([], "proposals"), ({"p1": 3}, "proposals.p1"), ({"p1": "no proposal"}, "proposals.p1")],
)
def test_what_is_no_proposal_is_named(wrong, where):
    import json  # noqa: PLC0415

    content = json.loads(dumps(plan())) | {"proposals": wrong}
    with pytest.raises(PlanFileError) as refused:
        loads(json.dumps(content).encode(), file="plan.json")
    assert where in str(refused.value)


def test_a_store_keeps_forms_and_a_first_name_that_no_other_plan_has(store):
    _, entry = store.new_desk("square")
    store.act(entry, AddPlan(plan()), on=0)
    desk = store.act(entry, AddPlan(replace(plan(), scenario=Scenario("Koro"))), on=1)
    first = desk.plans[0]
    changes, forms = having(first.plan, "p1", proposal(), METHOD)
    desk = store.act(entry, RedrawPlan(first.plan_id, changes, forms=forms, name="Koro"), on=2)
    assert [row.plan.name for row in desk.plans] == ["Koro (2)", "Koro"]
    assert proposals_in(store.desk(entry).plans[0].plan) == {"p1": proposal()}
    desk = store.act(entry, RedrawPlan(first.plan_id, changes), on=3)
    assert desk.plans[0].plan.forms == forms, "and keeps them where none are given"
