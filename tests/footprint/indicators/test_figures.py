"""Figures: sums over units, worked by hand on three cells."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from footprint.indicators.figures import figures
from footprint.indicators.indicator import Indicator
from footprint.indicators.levels import Delivery, Divergence, level_of
from footprint.indicators.periods import MONTHS
from footprint.indicators.units import Level, Units

THIRDS = (1 / 3, 1 / 3, 1 / 3)


def yearly(values):
    """Return the same value per cell in every month."""
    return np.tile(np.array(values, np.float32), (MONTHS, 1))


@pytest.fixture
def units():
    """
    Three cells; the west has one and a half of them, the east one and a half, the sea none.

    cell      0     1     2
    west      1    1/2    0
    east      0    1/2    1
    sea       0     0     0
    """
    frame = pd.DataFrame({"level": Level.REGION, "unit_id": ["W", "E", "S"], "name": ["West", "East", "Sea"]})
    shares = sparse.csr_array(np.array([[1, 0.5, 0], [0, 0.5, 1], [0, 0, 0]]))
    return Units(frame, shares, np.zeros(3, dtype=bool))


@pytest.fixture
def delivery():
    """
    Levels of three cells, the same all year.

    cell      0     1     2
    force    0.8   0.4   0.3
    tier I   0.9   0     0.2
    tier II  0.6   0.3   0
    tier III 0.3   0     0.1
    mission  0.6   0.1   0.1
    circle   yes   no    yes
    ground   0.4   0.2   0.3
    """
    tiers = np.stack([yearly([0.9, 0, 0.2]), yearly([0.6, 0.3, 0]), yearly([0.3, 0, 0.1])])
    circle, ground = yearly([1, 0, 1]).astype(bool), yearly([0.4, 0.2, 0.3])
    return Delivery(yearly([0.8, 0.4, 0.3]), tiers, tiers, circle, ground)


DEMAND = (0.2, 0.4, 0.4)
PEOPLE = np.array([100.0, 200.0, np.nan])


def reckoned(delivery, units, demand=DEMAND, people=PEOPLE, weights=THIRDS):
    found = figures(delivery, yearly(demand), people, units, tier_weights=weights, threshold=0.3)
    return found[found["month"] == 7].set_index("unit_id")


@pytest.mark.slow
def test_there_is_a_row_for_every_unit_and_month_in_order(delivery, units):
    found = figures(delivery, yearly(DEMAND), PEOPLE, units, tier_weights=THIRDS, threshold=0.3)
    assert found["unit_id"].tolist() == ["W"] * 12 + ["E"] * 12 + ["S"] * 12
    assert found["month"].tolist() == [*range(1, 13)] * 3


def test_shares_are_weighted_by_the_demand_of_each_unit(delivery, units):
    """West: demand 0.2 in the first cell and half of 0.4 in the second; east: the other half and 0.4."""
    found = reckoned(delivery, units)
    assert found["demand"].to_dict() == pytest.approx({"W": 0.4, "E": 0.6, "S": 0})
    west = {"FF": 0.6, "MF": 0.35, "B1": 0.45, "B2": 0.45, "B3": 0.15, "FF0": 0.5, "FG": 0.3}
    east = {"FF": 1 / 3, "MF": 0.1, "B1": 0.4 / 3, "B2": 0.1, "B3": 0.2 / 3, "FF0": 2 / 3, "FG": 0.8 / 3}
    assert found.loc["W", list(Indicator)].to_dict() == pytest.approx(west, abs=1e-6)
    assert found.loc["E", list(Indicator)].to_dict() == pytest.approx(east, abs=1e-6)


def test_the_mission_follows_the_tier_weights(delivery, units):
    assert reckoned(delivery, units, weights=(0.0, 1.0, 0.0)).at["W", "MF"] == pytest.approx(0.45)


def test_people_are_counted_and_unknown_is_not_counted(delivery, units):
    assert reckoned(delivery, units)["people"].to_dict() == pytest.approx({"W": 200, "E": 100, "S": 0})


def test_classes_split_demand_and_people_and_the_threshold_counts_as_reached(delivery, units):
    """The third cell has a force of exactly 0.3 and a mission of 0.1: force only."""
    found = reckoned(delivery, units)
    assert found["both_demand"].to_dict() == pytest.approx({"W": 0.5, "E": 0, "S": math.nan}, nan_ok=True)
    assert found["force_only_demand"].to_dict() == pytest.approx(
        {"W": 0.5, "E": 1, "S": math.nan}, nan_ok=True
    )
    assert found["both_people"].to_dict() == pytest.approx({"W": 0.5, "E": 0, "S": math.nan}, nan_ok=True)


def test_each_class_is_found(units):
    force, tiers = yearly([0.3, 0.1, 0.1]), np.zeros((3, MONTHS, 3), np.float32)
    tiers[0] = yearly([0.9, 0.9, 0.2])
    found = reckoned(Delivery(force, tiers, tiers, yearly([0, 0, 0]).astype(bool), force), units)
    classes = [f"{kind.name.lower()}_demand" for kind in Divergence]
    assert found.loc["W", classes].tolist() == pytest.approx([0.5, 0, 0.5, 0, 0, 0])
    assert found.loc["E", classes].tolist() == pytest.approx([0, 0, 1 / 3, 2 / 3, 0, 0])


def test_a_tier_that_nobody_knows_is_none_and_the_classes_say_so(units):
    """Tier I could be there in full in the third cell alone; tier II nowhere more than it is."""
    force, tiers = yearly([0.4, 0.4, 0.1]), np.zeros((3, MONTHS, 3), np.float32)
    tiers[1] = yearly([0.2, 0.2, 0.2])
    most = tiers.copy()
    most[0] = yearly([0, 0, 1])
    delivery = Delivery(force, tiers, most, yearly([0, 0, 0]).astype(bool), force)
    found = reckoned(delivery, units)
    assert found.loc["W", ["B1", "B2", "MF"]].tolist() == pytest.approx([0, 0.2, 0.2 / 3], abs=1e-6)
    assert np.isnan(found.loc["E", ["B1", "MF"]].astype(float)).all()
    assert found.at["E", "B2"] == pytest.approx(0.2)
    assert found.at["E", "force_only_demand"] == pytest.approx(1 / 3)
    assert found.at["E", "not_known_demand"] == pytest.approx(2 / 3)
    least = reckoned(delivery.at_least(), units)
    assert least.at["E", "B1"] == 0
    assert least.at["E", "MF"] == pytest.approx(0.2 / 3)


def test_without_any_troops_in_the_data_force_is_not_known(delivery, units):
    found = reckoned(replace(delivery, force_known=False), units)
    # Nor is a circle map, whose circles stand round troops.
    assert found.loc[["W", "E"], ["FF", "FG", "FF0"]].isna().all().all()


def test_a_unit_without_demand_has_no_shares_rather_than_shares_of_zero(delivery, units):
    found = reckoned(delivery, units).loc["S"]
    shares = [name for name in found.index if name not in ("level", "name", "month", "people", "demand")]
    assert found[shares].isna().all()
    assert (found["demand"], found["people"]) == (0, 0)


def test_demand_without_people_leaves_shares_of_people_unknown_only(delivery, units):
    found = reckoned(delivery, units, people=np.full(3, np.nan)).loc["W"]
    assert math.isnan(found["both_people"])
    assert math.isnan(found["people"])
    assert found["FF"] == pytest.approx(0.6)


def test_demand_that_is_nought_for_want_of_people_is_not_known(delivery, units):
    found = reckoned(delivery, units, people=np.array([5, np.nan, np.nan]), demand=(1, 0, 0))
    assert (found.loc["W", "people"], found.loc["W", "demand"]) == (5, 1)
    assert found.loc["E", ["people", "demand", "FF", "both_people"]].isna().all()
    assert found.loc["S", "people"] == 0, "a unit without land has nobody"


def test_no_demand_anywhere_leaves_all_unknown(delivery, units):
    assert reckoned(delivery, units, demand=(0, 0, 0))[list(Indicator)].isna().all(axis=None)


def test_months_are_kept_apart(delivery, units):
    """In February alone all demand of the west lies in its first cell."""
    demand = yearly(DEMAND)
    demand[1] = [1, 0, 0]
    found = figures(delivery, demand, PEOPLE, units, tier_weights=THIRDS, threshold=0.3)
    west = found[found["unit_id"] == "W"].set_index("month")["FF"]
    assert west.to_dict() == pytest.approx({month: 0.8 if month == 2 else 0.6 for month in range(1, 13)})


@pytest.mark.parametrize("indicator", list(Indicator))
def test_every_indicator_is_added_up_as_its_levels_say(delivery, units, indicator):
    """An indicator without its sum would stay 0: every one is held against its own levels."""
    found = reckoned(delivery, units)[str(indicator)]
    own = level_of(delivery, indicator, 7, tier_weights=THIRDS)
    for unit_id, shares in (("W", [1, 0.5, 0]), ("E", [0, 0.5, 1])):
        weights = np.array(shares) * DEMAND
        assert (own * weights).sum() > 0
        assert found[unit_id] == pytest.approx((own * weights).sum() / weights.sum(), rel=1e-6)
