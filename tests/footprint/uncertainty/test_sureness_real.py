"""How sure, on an area built from provider files, in which nobody names a civilian team."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from footprint.indicators.indicator import Indicator
from footprint.indicators.units import Level
from footprint.method import default_method
from footprint.objectives import load_objectives
from footprint.prepared import prepare
from footprint.scenario import AddAssets, CloseSite, OpenSite, Scenario
from footprint.uncertainty import Figure, OfYear, sureness
from tests.footprint.uncertainty.test_draws_equal_reviews import reviewed
from tests.kept import area_at

pytestmark = pytest.mark.slow


def test_what_published_data_do_not_say_stays_not_known_in_every_draw(real_folder: Path) -> None:
    area = area_at(real_folder)
    method = default_method().edited({"uncertainty.draws": 100})
    prepared = prepare(area, method, load_objectives(real_folder))
    koro = (OpenSite("koro", "Koro", -3.08, 14.07), AddAssets("koro", "infantry_company"))
    first = str(area.sites.index.sort_values()[0])
    plans = {
        "today": Scenario("today"),
        "koro": Scenario("koro", koro),
        "closed": Scenario("closed", (CloseSite(first),)),
    }
    found = sureness(prepared, prepared.router(), plans)
    np.testing.assert_allclose(found.centre, reviewed(prepared, plans), rtol=0, atol=3e-7)
    level, unit_id, _ = found.units[0]
    assert level is Level.AREA
    mission, force = (
        Figure(level, unit_id, each, OfYear.MEAN) for each in (Indicator.MISSION, Indicator.FORCE)
    )
    assert found.band("today", mission) is None
    assert found.ranks(mission) is None
    assert found.band("today", force) is not None
    gained = found.pair("today", "koro", force)
    assert gained is not None
    assert gained.second_better == 100
