"""A store in a folder of its own, and plans small enough to read."""

from __future__ import annotations

import pytest

from footprint.scenario import AddAssets, CloseSite, OpenSite, Scenario
from footprint.workshop import Baseline, Plan, Store

TEAM = (OpenSite("koro", "Équipe <b>1</b>", -3.08, 14.07), AddAssets("koro", "community_liaison", 2))


def plan(name="North", *changes, office="", numbers=()):
    return Plan(Scenario(name, changes or (CloseSite("camp"),)), Baseline("square", "d1"), office, numbers)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "desks" / "footprint.store"


@pytest.fixture
def store(path):
    with Store(path) as opened:
        yield opened
