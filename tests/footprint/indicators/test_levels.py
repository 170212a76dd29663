"""Levels: each indicator in every cell, and which of two reviews reaches it."""

from __future__ import annotations

import numpy as np
import pytest

from footprint.indicators.indicator import Indicator
from footprint.indicators.levels import Delivery, Side, level_of, sides


def delivery():
    """Three cells, the same in every month; in December nothing."""
    tiers = np.array([[0.2, 0.4, 0.0], [0.5, 0.0, 0.0], [0.8, 0.2, 0.0]], np.float32)
    months = np.ones((12, 1), np.float32)
    months[11] = 0
    return Delivery(
        force=np.array([0.6, 0.3, 0.0], np.float32) * months,
        tiers=tiers[:, None, :] * months[None],
        most=tiers[:, None, :] * months[None],
        circle=np.array([True, False, False]) & (months > 0),
        force_ground=np.array([0.4, 0.3, 0.0], np.float32) * months,
    )


@pytest.mark.parametrize(
    ("indicator", "level"),
    [
        (Indicator.FORCE, [0.6, 0.3, 0.0]),
        (Indicator.MISSION, [0.5, 0.2, 0.0]),
        (Indicator.TIER_1, [0.2, 0.4, 0.0]),
        (Indicator.TIER_2, [0.5, 0.0, 0.0]),
        (Indicator.TIER_3, [0.8, 0.2, 0.0]),
        (Indicator.CIRCLE, [1.0, 0.0, 0.0]),
        (Indicator.FORCE_GROUND, [0.4, 0.3, 0.0]),
    ],
)
def test_each_indicator_has_its_level_in_each_month(indicator, level):
    assert level_of(delivery(), indicator, 1).tolist() == pytest.approx(level, abs=1e-6)
    assert level_of(delivery(), indicator, 12).tolist() == [0.0] * 3
    assert level_of(delivery(), indicator, 1).dtype == np.float32


def test_the_mission_weighs_its_tiers_as_an_objective_asks():
    level = level_of(delivery(), Indicator.MISSION, 1, tier_weights=(0.0, 1.0, 0.0))
    assert level.tolist() == pytest.approx([0.5, 0.0, 0.0])


def test_each_cell_is_on_one_side_and_the_threshold_counts():
    first, second = np.array([0.5, 0.3, 0.0, 0.0], np.float32), np.array([0.3, 0.1, 0.9, 0.2], np.float32)
    assert sides(first, second, threshold=0.3).tolist() == [
        Side.BOTH, Side.ONLY_FIRST, Side.ONLY_SECOND, Side.NEITHER,
    ]  # fmt: skip
