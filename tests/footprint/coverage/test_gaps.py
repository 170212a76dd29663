"""Silence in the data is said to be unknown, and is not read as zero."""

from __future__ import annotations

import pytest

from footprint.coverage.gaps import gaps, not_known
from footprint.indicators.indicator import Indicator
from footprint.method import default_method
from footprint.scenario import AddAssets, Scenario
from tests.worlds import make_area, make_assets, make_basis, make_sites, review

pytestmark = pytest.mark.slow

MISSION = {
    "infantry_company": 1,
    "helicopter": 1,
    "surgery": 1,
    "fpu_platoon": 1,
    "civil_affairs_team": 1,
    "community_liaison": 1,
    "human_rights_team": 1,
    "partner_programme": 1,
}


def found(held):
    area = make_area(sites=make_sites({"base": (50, 25)}), assets=make_assets({"base": held}))
    answer = review(make_basis(area), Scenario("baseline"))
    return {gap.bundle_id: gap.groups for gap in gaps(answer.laydown, default_method())}


def test_a_whole_mission_has_no_gaps():
    assert found(MISSION) == {}


def test_each_group_without_any_asset_is_named():
    military = found({"infantry_company": 2, "helicopter": 1})
    assert set(military) == {"TIER_1", "TIER_2", "TIER_3"}
    assert military["TIER_2"] == (("CASEVAC",),)
    assert military["TIER_1"] == (("CIVIL_AFFAIRS", "JPT", "GOOD_OFFICES"), ("CLA",))


def test_force_is_a_gap_only_without_any_troops():
    assert "FORCE" in found({"civil_affairs_team": 1})
    assert "FORCE" not in found({"infantry_company": 1})


def test_without_troops_neither_force_nor_its_ground_part_is_known():
    area = make_area(
        sites=make_sites({"base": (50, 25)}), assets=make_assets({"base": {"civil_affairs_team": 1}})
    )
    answer = review(make_basis(area), Scenario("baseline"))
    assert {Indicator.FORCE, Indicator.FORCE_GROUND} <= not_known(answer.laydown, default_method())


def test_a_scenario_can_fill_a_gap():
    area = make_area(
        sites=make_sites({"base": (50, 25)}), assets=make_assets({"base": {"civil_affairs_team": 1}})
    )
    prepared = make_basis(area)
    answer = review(prepared, Scenario("more").then(AddAssets("base", "community_liaison", 1)))
    assert "TIER_1" not in {gap.bundle_id for gap in gaps(answer.laydown, prepared.method)}


def test_every_indicator_says_when_its_nought_is_none():
    """An area whose data name no asset knows nothing but where its sites stand."""
    area = make_area(sites=make_sites({"base": (50, 25)}), assets=make_assets({}))
    answer = review(make_basis(area), Scenario("baseline"))
    assert not_known(answer.laydown, default_method()) == set(Indicator) - {Indicator.CIRCLE}
