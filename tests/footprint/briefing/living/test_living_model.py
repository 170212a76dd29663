"""The model of a living map equals the review of every combination."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from footprint.briefing.living.model import model
from footprint.briefing.living.switches import switches
from footprint.prepared import Prepared, with_profile
from footprint.scenario import AddAssets, CloseRoad, Scenario
from tests.living_maps import SMALL_PLAN, combination, known_world, silent_world
from tests.worlds import review, router_of

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def known() -> Prepared:
    return known_world()


@pytest.fixture(scope="module")
def silent() -> Prepared:
    """Nobody is named for the first and third tier, and nobody who evacuates but helicopters."""
    return silent_world()


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


def test_the_cells_that_switches_move_are_enough(known: Prepared):
    plan = Scenario("plan", (AddAssets("north", "community_liaison", 2),))
    own = model(known, router_of(known), plan, "blend", [0, 1])
    few = own.of_moving_cells()
    assert 0 < len(few.cells) < len(own.cells)
    for state in ((False,), (True,)):
        whole, part = own.figures(state), few.figures(state)
        np.testing.assert_allclose(whole.force, part.force, atol=1e-12)
        np.testing.assert_allclose(whole.mission, part.mission, atol=1e-12)
