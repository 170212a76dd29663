"""Switches: every change of a plan can be made or left, and every combination is a scenario."""

from __future__ import annotations

from itertools import product

import pytest

from footprint.briefing.living.switches import SwitchKind, switches
from footprint.scenario import (
    AddAssets,
    CloseRoad,
    CloseSite,
    MoveSite,
    OpenSite,
    RemoveAssets,
    RepairRoad,
    Scenario,
    apply,
)
from tests.living_maps import CENTRE, combination
from tests.worlds import bundled_prepared

PLAN = Scenario(
    "plan",
    (
        OpenSite("new", "New", 0.0, 0.0),
        AddAssets("new", "infantry_company"),
        CloseRoad("r1"),
        CloseSite("old"),
        MoveSite("third", 1.0, 1.0),
        RemoveAssets("donor", "infantry_company"),
        RepairRoad("r2"),
    ),
)


def test_each_site_is_a_switch_of_its_weightiest_change():
    assert [(each.site_id, each.kind) for each in switches(PLAN)[:-1]] == [
        ("new", SwitchKind.OPEN),
        ("old", SwitchKind.CLOSE),
        ("third", SwitchKind.MOVE),
        ("donor", SwitchKind.ASSETS),
    ]


def test_all_roads_are_one_switch_and_the_last():
    assert switches(PLAN)[-1].kind is SwitchKind.ROADS
    assert len(switches(PLAN)[-1].changes) == 2


def test_all_switches_on_are_the_plan_and_none_is_today():
    n = len(switches(PLAN))
    assert combination(PLAN, (True,) * n).changes == PLAN.changes
    assert combination(PLAN, (False,) * n).changes == ()


def test_assets_follow_the_site_that_they_are_added_to():
    assert combination(PLAN, (True, False, False, False, False)).changes == PLAN.changes[:2]


@pytest.mark.slow
def test_every_combination_can_be_made():
    prepared = bundled_prepared()
    for state in product((False, True), repeat=len(switches(CENTRE))):
        apply(combination(CENTRE, state), prepared.area, prepared.method)


def test_a_plan_without_changes_has_no_switch():
    assert switches(Scenario("nothing")) == ()
