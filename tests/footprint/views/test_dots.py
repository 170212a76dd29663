"""Dots of need: each part of the map has its share, in the colours of its own figures."""

from __future__ import annotations

import base64
import json
from dataclasses import replace

import numpy as np
import pytest
from pyproj import Transformer

from footprint.review import review
from footprint.scenario import CloseSite, Scenario
from footprint.views.dots import DOTS, DotState, dot_pool, dot_states, packed
from tests.worlds import bundled_prepared

LEAST = 30
"""Dots from which on a unit's share is held to its figure."""


@pytest.fixture(scope="module")
def case():
    prepared = bundled_prepared()
    return prepared, dot_pool(prepared, "blend"), review(prepared, Scenario("today"))


def shares(zones, pool, states):
    """Return how many dots each unit has, and its shares of force and mission, by its share of each cell."""
    there = zones.shares.toarray()[:, pool.cell] * (states > 0)
    count = there.sum(axis=1)
    force, mission = ((there * (states >= least)).sum(axis=1) for least in (2, 3))
    with np.errstate(invalid="ignore"):
        return count, force / count, mission / count


@pytest.mark.parametrize("month", [1, 8, 10])
@pytest.mark.slow
def test_every_unit_has_its_need_and_its_figures(case, month):
    """Measured: force within 1.2 points in any region and 1.8 in any cercle of thirty dots, mission within 1."""
    prepared, pool, answer = case
    states = dot_states(pool, answer.delivery, month, mission_known=True)
    assert (states > 0).sum() == pytest.approx(DOTS, abs=1)
    for zones, level, most in ((prepared.regions, "region", 0.015), (prepared.districts, "cercle", 0.03)):
        figures = answer.figures[(answer.figures["level"] == level) & (answer.figures["month"] == month)]
        figures = figures.set_index("unit_id").loc[list(zones.unit_ids)]
        count, force, mission = shares(zones, pool, states)
        many = count >= LEAST
        assert many.sum() > 3
        assert np.abs(count / DOTS - figures["demand"])[many].max() < 0.002
        assert np.abs(force - figures["FF"])[many].max() < most
        assert np.abs(mission - figures["MF"])[many].max() < most


def test_a_dot_lies_in_its_own_cell(case):
    prepared, pool, _ = case
    grid = prepared.area.grid
    lat, lon = np.array(json.loads(pool.json()))
    assert len(lat) == len(pool.cell)
    away = 0.5 * grid.cell_m + 120
    x, y = Transformer.from_crs("EPSG:4326", prepared.area.crs, always_xy=True).transform(lon, lat)
    assert np.abs(np.asarray(x) - grid.x_m[pool.cell]).max() <= away
    assert np.abs(np.asarray(y) - grid.y_m[pool.cell]).max() <= away


def test_no_dot_says_what_its_cell_cannot(case):
    _, pool, answer = case
    states = dot_states(pool, answer.delivery, 10, mission_known=True)
    force = answer.delivery.force[9][pool.cell]
    tiers = answer.delivery.tiers[:, 9].sum(axis=0)[pool.cell]
    assert (tiers[states == DotState.MISSION] > 0).all()
    assert (force[states == DotState.TROOPS_ONLY] > 0).all()


def test_where_the_mission_is_not_known_no_dot_is_its(case):
    _, pool, answer = case
    states = dot_states(pool, answer.delivery, 10, mission_known=False)
    known = dot_states(pool, answer.delivery, 10, mission_known=True)
    assert DotState.MISSION not in states
    assert (states == DotState.TROOPS_ONLY).sum() > (known == DotState.TROOPS_ONLY).sum()


@pytest.mark.slow
def test_dots_stay_where_they_are_from_plan_to_plan(case):
    prepared, pool, answer = case
    closed = review(prepared, Scenario("closed", (CloseSite("gao"),)))
    before, after = (dot_states(pool, each.delivery, 3, mission_known=True) for each in (answer, closed))
    assert ((before > 0) == (after > 0)).all()
    assert (after == DotState.OUT_OF_REACH).sum() > (before == DotState.OUT_OF_REACH).sum()
    again = dot_pool(replace(prepared), "blend")
    assert again.json() == pool.json()


def test_states_are_packed_four_to_a_byte():
    states = np.array([0, 1, 2, 3, 3, 2], dtype=np.uint8)
    first, second = base64.b64decode(packed(states))
    assert [(first >> shift) & 3 for shift in (0, 2, 4, 6)] == [0, 1, 2, 3]
    assert [(second >> shift) & 3 for shift in (0, 2, 4, 6)] == [3, 2, 0, 0]
