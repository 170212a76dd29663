"""The bundled case pushed to where its baseline never goes: scarce escorts, dusk, stated readiness, closures."""

from dataclasses import replace

import numpy as np
import pandas as pd

from footprint.method import default_method
from footprint.prepared import prepare
from footprint.scenario import Scenario
from layers.months import months_mask
from tests.second.case import Case
from tests.second.numbers import numbers
from tests.worlds import bundled_prepared, review

CHANGES = {"tasking.escort_days": 31, "tasking.stay_min": 420, "tasking.helicopter_availability": 0.3}


def pushed_case():
    """Return the case with other assets, seasonal sites, closed roads and changed numbers, of one seed."""
    before, random = bundled_prepared(), np.random.default_rng(11)
    area, own = before.area, numbers()
    assets = pd.concat([area.assets, _second_rows(area.assets, random)])
    assets = assets.assign(
        availability=random.choice([np.nan, 0.2, 0.7, 1.0], len(assets)),
        notice_min=random.choice([np.nan, 0.0, 10.0, 25.0], len(assets)),
        count=random.integers(1, 5, len(assets)),
    )
    roads = area.roads.copy()
    shut = random.random(len(roads)) < 0.1
    # The driest month too: what is asked of escorts must not see it.
    roads.loc[shut, "closed_months"] = months_mask("2,9-11")
    sites = area.sites.assign(
        months=[months_mask("all" if at % 4 else "10-4") for at in range(len(area.sites))]
    )
    method = default_method().edited(CHANGES)
    for path, value in CHANGES.items():
        setattr(own.tasking, path.split(".")[1], value)
    pushed = replace(area, assets=assets, roads=roads, sites=sites)
    prepared = prepare(pushed, method, before.objectives)
    return Case(prepared, review(prepared, Scenario("today")), own)


def _second_rows(assets, random):
    """Return a second row of a third of the assets, so that one kind has several notices at a site."""
    again = assets[random.random(len(assets)) < 0.35]
    return again.set_index(pd.Index([f"{name}_second" for name in again.index], name=assets.index.name))
