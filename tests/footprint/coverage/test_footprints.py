"""Tiers, the Force footprint and the four classes, on numbers a reader can check."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from footprint.coverage.footprints import FORCE, TIERS, Weakest, bundle_minutes, ground_part, rule_of
from footprint.coverage.footprints import deliver as by_rule
from footprint.indicators.levels import Divergence, divergence, mission
from footprint.method import Bundle, default_method

BUNDLES = default_method().bundles
NAMES = tuple(default_method().capabilities)
THIRDS = (1 / 3, 1 / 3, 1 / 3)


def chances(**given: float) -> NDArray[np.float32]:
    """Return the named chances in one cell; every other capability is absent."""
    return np.array([[given.get(name, 0.0)] for name in NAMES], np.float32)


def deliver(
    bundle: Bundle, chances: NDArray[np.float32], weakest: Weakest = Weakest.MINIMUM
) -> NDArray[np.float32]:
    """Return the level of a bundle in every cell."""
    return by_rule(rule_of(bundle, NAMES, weakest=weakest), chances)


def tier(number: int, **given: float) -> float:
    return float(deliver(BUNDLES[TIERS[number - 1]], chances(**given))[0])


def force(**given: float) -> float:
    return float(deliver(BUNDLES[FORCE], chances(**given))[0])


def test_force_is_the_chance_that_any_of_three_comes():
    assert force(PATROL=0.5, QRF_GROUND=0.2, QRF_AIR=0.1) == pytest.approx(1 - 0.5 * 0.8 * 0.9)
    assert force(QRF_GROUND=0.6) == pytest.approx(0.6)
    assert force() == 0


def ground(bundle: Bundle = BUNDLES[FORCE], **given: float) -> float:
    part = ground_part(bundle, default_method().capabilities)
    return float(deliver(part, chances(**given))[0])


def test_the_ground_part_of_force_leaves_out_what_comes_by_air():
    assert ground(PATROL=0.5, QRF_GROUND=0.2, QRF_AIR=0.9) == pytest.approx(1 - 0.5 * 0.8)
    assert ground(QRF_AIR=1) == 0


@pytest.mark.parametrize("rule", ["any", "all"])
def test_a_bundle_by_air_alone_has_no_ground_part(rule):
    flown = replace(BUNDLES[FORCE], rule=rule, groups=(("QRF_AIR",),))
    assert ground(flown, QRF_AIR=1) == 0
    half = replace(flown, groups=(("PATROL",), ("QRF_AIR",)))
    assert ground(half, PATROL=0.5, QRF_AIR=1) == (0.5 if rule == "any" else 0)


def test_neither_police_nor_surveillance_nor_evacuation_is_force():
    assert force(FPU=1, UNPOL=1, CASEVAC=1, ISR_TACTICAL=1, ISR_MALE=1, JPT=1) == 0


def test_tier_one_needs_someone_who_returns_and_someone_who_stays():
    assert tier(1, CIVIL_AFFAIRS=0.5, JPT=0.7, GOOD_OFFICES=0.1, CLA=0.6) == pytest.approx(0.6)
    assert tier(1, CIVIL_AFFAIRS=0.5, CLA=0.8) == pytest.approx(0.5)
    assert tier(1, JPT=0.9) == 0
    assert tier(1, CLA=0.9) == 0


def test_tier_two_needs_presence_back_up_and_evacuation():
    assert tier(2, PATROL=0.3, FPU=0.4, QRF_GROUND=0.2, QRF_AIR=0.5, CASEVAC=1) == pytest.approx(0.4)
    assert tier(2, PATROL=0.9, QRF_AIR=0.8) == 0
    assert tier(2, PATROL=0.9, CASEVAC=1) == 0
    assert tier(2, QRF_GROUND=0.9, CASEVAC=1) == 0


def test_tier_three_needs_police_rights_and_stabilisation():
    assert tier(3, UNPOL=0.3, FPU=0.6, HUMAN_RIGHTS=0.5, STABILISATION=0.2, PARTNER=0.4) == pytest.approx(0.4)
    assert tier(3, UNPOL=0.9, HUMAN_RIGHTS=0.9) == 0
    assert tier(3, HUMAN_RIGHTS=0.9, PARTNER=0.9) == 0


def test_surveillance_adds_to_no_tier():
    for number in (1, 2, 3):
        assert tier(number, ISR_TACTICAL=1, ISR_MALE=1) == 0


def test_the_geometric_mean_is_softer_than_the_weakest_and_still_zero_without_a_group():
    given = chances(PATROL=0.8, QRF_GROUND=0.4, CASEVAC=1)
    bundle = BUNDLES["TIER_2"]
    assert deliver(bundle, given, weakest=Weakest.GEOMETRIC)[0] == pytest.approx((0.8 * 0.4) ** (1 / 3))
    assert deliver(bundle, given)[0] == pytest.approx(0.4)
    assert deliver(bundle, chances(PATROL=0.8, CASEVAC=1), weakest=Weakest.GEOMETRIC)[0] == 0


def test_the_mission_is_the_weighted_mean_of_the_tiers():
    tiers = np.array([[0.6], [0.3], [0.0]], np.float32)
    assert mission(tiers, THIRDS)[0] == pytest.approx(0.3)
    assert mission(tiers, (0.5, 0.5, 0.0))[0] == pytest.approx(0.45)


@pytest.mark.parametrize(
    ("arrives", "acts", "kind"),
    [
        (0.3, 0.3, Divergence.BOTH),
        (0.3, 0.2999, Divergence.FORCE_ONLY),
        (0.2999, 0.3, Divergence.CIVILIAN_AND_POLICE_ONLY),
        (0.2999, 0.2999, Divergence.NEITHER),
        (0.0, 0.0, Divergence.NEITHER),
        (1.0, 1.0, Divergence.BOTH),
    ],
)
def test_a_level_at_the_threshold_counts_as_reached(arrives, acts, kind):
    for tiers in ([acts, 0.0, 0.0], [0.0, 1.0, acts]):
        found = divergence(
            np.array([arrives], np.float32), np.array(tiers, np.float32)[:, None], threshold=0.3
        )
        assert found.tolist() == [kind]


def test_a_whole_post_of_tier_one_counts_and_tier_two_alone_does_not():
    """The mean of three tiers, .17, would have counted it as nothing; tier II is what troops bring themselves."""
    post, troops = (np.array(tiers, np.float32)[:, None] for tiers in ([0.5, 0, 0], [0, 1, 0]))
    none, there = np.zeros(1, np.float32), np.ones(1, np.float32)
    assert divergence(none, post, threshold=0.3).tolist() == [Divergence.CIVILIAN_AND_POLICE_ONLY]
    assert divergence(there, troops, threshold=0.3).tolist() == [Divergence.FORCE_ONLY]


def test_a_bundle_is_complete_when_its_last_group_arrives():
    minutes = {name: np.array([np.inf], np.float32) for name in NAMES}
    minutes |= {
        name: np.array([at], np.float32)
        for name, at in {"PATROL": 90, "QRF_GROUND": 60, "CASEVAC": 75}.items()
    }
    assert bundle_minutes(BUNDLES["TIER_2"], minutes).tolist() == [90]
    assert bundle_minutes(BUNDLES[FORCE], minutes).tolist() == [60]
    assert bundle_minutes(BUNDLES["TIER_1"], minutes).tolist() == [np.inf]


def test_nothing_makes_nothing():
    empty = np.zeros((len(NAMES), 0), np.float32)
    for bundle in BUNDLES.values():
        assert deliver(bundle, empty).shape == (0,)


def test_the_product_is_the_lower_bound_of_the_weakest():
    """Tier I of 0.5 and 0.8: together 0.5, independently 0.4; the geometric mean lies above."""
    bounds = {
        weakest: float(
            by_rule(rule_of(BUNDLES["TIER_1"], NAMES, weakest=weakest), chances(CIVIL_AFFAIRS=0.5, CLA=0.8))[
                0
            ]
        )
        for weakest in Weakest
    }
    assert bounds == pytest.approx({"minimum": 0.5, "geometric": 0.4**0.5, "product": 0.4})
