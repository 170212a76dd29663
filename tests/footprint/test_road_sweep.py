"""
Every road of the bundled case, closed and repaired: a law tested on samples was broken for 18 roads of 158.

A closure of all months is one run, which shows every group of like months at once.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from footprint.coverage.delivery import delivery
from footprint.coverage.station_effects import station_effects
from footprint.coverage.stations import stations
from footprint.indicators.levels import Delivery
from footprint.review import Review
from footprint.scenario import CloseRoad, RepairRoad, Scenario
from footprint.scenario.laydown import apply
from tests.worlds import bundled_area, bundled_prepared, review, router_of

pytestmark = pytest.mark.slow

ROUNDING = 1e-6


def roads() -> tuple[str, ...]:
    return tuple(bundled_area().roads.index)


@cache
def today() -> Review:
    return review(bundled_prepared(), Scenario("today"))


def delivered(*changes: CloseRoad | RepairRoad) -> Delivery:
    """Return what a review says can be delivered, by its own steps; its figures, a third of its time, are not asked."""
    prepared = bundled_prepared()
    router, laydown = router_of(prepared), apply(Scenario("changed", changes), prepared.area, prepared.method)
    posts = stations(laydown, prepared.method.capabilities, router)
    return delivery(prepared, router, station_effects(prepared, router, posts, laydown.roads))


def rises(lower: Delivery, upper: Delivery) -> list[str]:
    """Return which footprints are anywhere higher in `lower` than in `upper`."""
    pairs = {
        "force": (lower.force, upper.force),
        "force by ground": (lower.force_ground, upper.force_ground),
        **{f"tier {n + 1}": (lower.tiers[n], upper.tiers[n]) for n in range(3)},
    }
    return [name for name, (low, high) in pairs.items() if np.any(low > high + ROUNDING)]


def test_closing_any_road_raises_nothing_anywhere_and_repairing_any_lowers_nothing():
    breaches, before = {}, today().delivery
    for road_id in roads():
        found = [f"closed: {name}" for name in rises(delivered(CloseRoad(road_id)), before)]
        found += [f"repaired: {name}" for name in rises(before, delivered(RepairRoad(road_id)))]
        if found:
            breaches[road_id] = found
    assert breaches == {}


def test_escorts_follow_teams_and_ratings_and_no_closure():
    prepared = bundled_prepared()
    for road_id in roads()[::10]:
        closed = review(prepared, Scenario("closed", (CloseRoad(road_id),)))
        assert closed.escorts == today().escorts
