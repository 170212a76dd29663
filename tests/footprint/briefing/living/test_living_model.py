"""The model of a living map equals the review of every combination."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from footprint.briefing.living.model import model
from footprint.briefing.living.switches import combination, switches
from footprint.prepared import Prepared, with_profile
from footprint.scenario import (
    AddAssets,
    CloseRoad,
    CloseSite,
    MoveSite,
    OpenSite,
    RateRoad,
    RemoveAssets,
    RetaskAssets,
    Scenario,
)
from layers.months import months_mask
from tests.worlds import (
    lonlat,
    make_area,
    make_assets,
    make_basis,
    make_roads,
    make_sites,
    make_units,
    review,
    router_of,
)

WHOLE_BUNDLE = {
    "infantry_company": 2,
    "helicopter": 1,
    "surgery": 1,
    "fpu_platoon": 1,
    "unpol_team": 1,
    "civil_affairs_team": 1,
    "community_liaison": 1,
    "human_rights_team": 1,
    "stabilisation_team": 1,
}
SMALL_PLAN = Scenario(
    "plan",
    (
        CloseSite("mill", months=months_mask("6-9")),
        MoveSite("ford", **lonlat(60, 30)),
        AddAssets("ford", "helicopter"),
        OpenSite("camp", "Camp", **lonlat(90, 5), months=months_mask("1-3")),
        AddAssets("camp", "surgery"),
        AddAssets("camp", "infantry_company"),
        RemoveAssets("north", "infantry_company"),
        RetaskAssets("north", "infantry_company", 0.5),
        CloseRoad("north-ford", months=months_mask("7-8")),
        RateRoad("mill-north"),
    ),
)
"""Two flying sites, a surgery of its own, a season, a donor, roads: everything that crosses over."""


def small(held: dict[str, dict[str, int]]) -> Prepared:
    """
    Return two regions and three towns on a road, with what each holds.

    mill ==paved== north ==paved== ford; the border runs between north and ford
    """
    sites = make_sites({"mill": (10, 20), "north": (45, 20), "ford": (80, 20)})
    roads = make_roads({"mill-north": [(10, 20), (45, 20)], "north-ford": [(45, 20), (80, 20)]})
    regions = make_units(
        {"west": (0, 0, 60, 50), "east": (60, 0, 100, 50)}, {"west": "country", "east": "country"}
    )
    people = {(10.0 * i + 2, 10.0 * j + 2): 50.0 + 7 * i + 13 * j for i in range(10) for j in range(5)}
    area = make_area(sites=sites, assets=make_assets(held), roads=roads, regions=regions, people=people)
    return make_basis(area)


@pytest.fixture(scope="module")
def known() -> Prepared:
    return small({"mill": WHOLE_BUNDLE, "north": {"infantry_company": 3}, "ford": WHOLE_BUNDLE})


@pytest.fixture(scope="module")
def silent() -> Prepared:
    """Nobody is named for the first and third tier, and nobody who evacuates but helicopters."""
    return small({"mill": {"infantry_company": 2, "helicopter": 1}, "north": {"infantry_company": 3}, "ford": {"fpu_platoon": 1, "surgery": 1}})


def differs_most(prepared: Prepared, plan: Scenario) -> float:
    """Return the largest difference to the review of any combination; what is known must be the same."""
    frame = prepared.units.frame
    own = model(prepared, router_of(prepared), plan, "blend", range(len(frame)))
    largest = 0.0
    for state in product((False, True), repeat=len(own.switches)):
        told = review(prepared, combination(plan, state))
        found = own.figures(state)
        n = 12 * len(frame)
        force, mission, least = (
            table[name].to_numpy(dtype=float)[:n].reshape(-1, 12)
            for table, name in ((told.figures, "FF"), (told.figures, "MF"), (told.at_least, "MF"))
        )
        assert (np.isnan(mission) == ~found.mission_known).all()
        largest = max(largest, float(abs(force - found.force).max()), float(abs(least - found.mission).max()))
    return largest


def test_every_combination_is_the_review_s(known: Prepared):
    assert differs_most(known, SMALL_PLAN) < 1e-6


def test_what_is_not_known_stays_so_in_every_combination(silent: Prepared):
    plan = Scenario(
        "plan",
        (
            *SMALL_PLAN.changes[:5],
            AddAssets("north", "community_liaison"),
            AddAssets("north", "civil_affairs_team"),
            CloseRoad("north-ford"),
        ),
    )
    assert differs_most(silent, plan) < 1e-6


def test_months_of_unequal_need_are_told_apart(known: Prepared):
    profile = np.full((known.area.grid.n_cells, 12), 1 / 24)
    profile[:, 5] = 13 / 24
    profile[::2] = 1 / 12
    assert differs_most(with_profile(known, profile), SMALL_PLAN) < 1e-6


def test_without_switches_there_is_one_combination(known: Prepared):
    assert switches(Scenario("nothing")) == ()
    assert differs_most(known, Scenario("nothing")) < 1e-6


def test_a_site_that_no_switch_moves_adds_nothing_to_reckon(known: Prepared):
    plan = replace(SMALL_PLAN, changes=(AddAssets("north", "engineer_company"),))
    own = model(known, router_of(known), plan, "blend", [0])
    assert not any(moving.any() for moving in own.worlds[0].moving)
