"""(3) A plan: the gains and losses that the desk shows, by a reading that makes the plan's changes itself."""

from types import SimpleNamespace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from pyproj import Transformer
from shapely import Point

from footprint.compare import differences
from footprint.scenario import AddAssets, OpenSite, RemoveAssets, Scenario
from layers.months import ALL_MONTHS
from layers.sites import SiteKind
from tests.second.case import Case
from tests.second.compare import largest
from tests.worlds import review

pytestmark = pytest.mark.slow

MONTH = 10
KORO = (-3.0833, 14.0667)
PACKAGE = {
    "infantry_company": (1, "mopti"),
    "community_liaison": (2, "mopti"),
    "civil_affairs_team": (1, "douentza"),
}
"""How many of each kind, and who gives them up."""


def by_hand(area, name):
    """Return an area with the plan made on its tables: a site more, assets there, as many fewer at the donors."""
    sites, assets = area.sites.copy(), area.assets.copy()
    x, y = Transformer.from_crs("EPSG:4326", area.crs, always_xy=True).transform(*KORO)
    fresh = sites.iloc[[0]].copy()
    fresh.index = pd.Index([name], name=sites.index.name)
    fresh["months"], fresh["geometry"] = ALL_MONTHS, [Point(x, y)]
    for kind, (count, donor) in PACKAGE.items():
        held = (assets["site_id"] == donor) & (assets["kind"] == kind)
        assert held.sum() == 1
        assets.loc[held, "count"] -= count
        row = assets[held].iloc[[0]].copy()
        row.index = pd.Index([f"{name}_{kind}"], name=assets.index.name)
        row["site_id"], row["count"] = name, count
        row[["availability", "notice_min", "mission_share"]] = np.nan
        assets = pd.concat([assets, row])
    return SimpleNamespace(
        grid=area.grid,
        sites=gpd.GeoDataFrame(pd.concat([sites, fresh]), crs=area.crs),
        assets=assets[assets["count"] > 0],
        roads=area.roads,
        population=area.population,
    )


def changes(name):
    made = [RemoveAssets(donor, kind, count) for kind, (count, donor) in PACKAGE.items()]
    made.append(OpenSite(name, "Koro", *KORO, SiteKind.TOB, ALL_MONTHS))
    return (*made, *(AddAssets(name, kind, count) for kind, (count, _) in PACKAGE.items()))


@pytest.fixture(scope="module")
def planned(bundled):
    answer = review(bundled.prepared, Scenario("Koro", changes("koro")))
    second = Case(bundled.prepared, answer)
    second.area = by_hand(bundled.area, "koro")
    second.need = bundled.need
    second.ways = bundled.ways
    return second


def test_gains_and_losses_of_every_unit_agree(bundled, planned, capsys):
    units, demand = bundled.prepared.units, bundled.need.blend
    before = bundled.unit_figures(MONTH, units.shares, demand)
    after = planned.unit_figures(MONTH, units.shares, demand)
    rows = differences(bundled.answer, planned.answer)
    rows = rows[rows["month"] == MONTH].set_index("unit_id").loc[units.frame["unit_id"]]
    for name, first, second in zip(("FF", "MF"), before, after, strict=True):
        mine = second - first
        assert largest(f"{MONTH} {name} gained", mine, rows[name].to_numpy(), capsys) < 1e-5
        assert np.nanmax(mine) > 0.01, "a plan that does nothing shows nothing"
        assert np.nanmin(mine) < -1e-4, "donors lose"
