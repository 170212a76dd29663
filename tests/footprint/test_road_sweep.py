"""
Every road of the bundled case, closed and repaired: a law tested on samples was broken for 18 roads of 158.

A closure of all months is one review, which shows every group of like months at once.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from footprint.review import Review
from footprint.scenario import CloseRoad, RepairRoad, Scenario
from tests.worlds import bundled_area, bundled_prepared, review

pytestmark = pytest.mark.slow

ROUNDING = 1e-6
ROADS = tuple(bundled_area().roads.index)


@cache
def today() -> Review:
    return review(bundled_prepared(), Scenario("today"))


def rises(lower: Review, upper: Review) -> list[str]:
    """Return which footprints are anywhere higher in `lower` than in `upper`."""
    pairs = {
        "force": (lower.delivery.force, upper.delivery.force),
        "force by ground": (lower.delivery.force_ground, upper.delivery.force_ground),
        **{f"tier {n + 1}": (lower.delivery.tiers[n], upper.delivery.tiers[n]) for n in range(3)},
    }
    return [name for name, (low, high) in pairs.items() if np.any(low > high + ROUNDING)]


def test_closing_any_road_raises_nothing_anywhere_and_repairing_any_lowers_nothing():
    prepared = bundled_prepared()
    breaches = {}
    for road_id in ROADS:
        closed = review(prepared, Scenario("closed", (CloseRoad(road_id),)))
        repaired = review(prepared, Scenario("repaired", (RepairRoad(road_id),)))
        found = [f"closed: {name}" for name in rises(closed, today())]
        found += [f"repaired: {name}" for name in rises(today(), repaired)]
        if found:
            breaches[road_id] = found
    assert breaches == {}


def test_escorts_follow_teams_and_ratings_and_no_closure():
    prepared = bundled_prepared()
    for road_id in ROADS[::10]:
        closed = review(prepared, Scenario("closed", (CloseRoad(road_id),)))
        assert closed.escorts == today().escorts
