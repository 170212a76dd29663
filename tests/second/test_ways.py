"""(3) Minutes from two sites to every cell by SciPy's search over this reading's own weights."""

import numpy as np
import pytest

from footprint.travel.profiles import Profile
from footprint.travel.router import Router
from tests.second.compare import largest

pytestmark = pytest.mark.slow

FAR_MIN = 400.0
"""Beyond every capability's last minute; no figure asks farther."""
NEAR_APART_MIN = 0.05
"""The zone's outline drawn with more corners than the product's: seconds."""


@pytest.fixture(scope="session")
def routers():
    return {}


def everywhere(case, routers):
    """Return a router of the product that searches without limit."""
    if id(case) not in routers:
        without = dict.fromkeys(("civil", "patrol", "convoy", "boat"), np.inf)
        routers[id(case)] = Router(case.prepared.network, case.prepared.method.travel, without)
    return routers[id(case)]


@pytest.mark.parametrize("unrated_only", [False, True])
@pytest.mark.parametrize("month", [3, 7, 10])
@pytest.mark.parametrize("profile", ["patrol", "convoy", "civil", "boat"])
def test_minutes_agree(case, routers, profile, month, unrated_only, capsys):
    router, roads = everywhere(case, routers), case.answer.laydown.roads
    posts = [post for post in case.answer.stations if post.site_id in two_sites(case)]
    for post in posts:
        mine = case.ways.cells(post.connector, profile, month, unrated_only=unrated_only)
        reached = router.route(post.connector, Profile(profile), month, roads, unrated_only=unrated_only)
        product = reached.dense(case.area.grid.n_cells)
        near = (mine <= FAR_MIN) | (product <= FAR_MIN)
        name = f"{post.site_id} {profile} {month} {'unrated' if unrated_only else 'all'}"
        assert (np.isinf(mine) == np.isinf(product))[near].all()
        if near.any():
            assert largest(name, mine[near], product[near], capsys) < NEAR_APART_MIN


def two_sites(case):
    """Return the first two sites, by identifier, that hold most companies."""
    held = case.area.assets.query("kind == 'infantry_company'").groupby("site_id")["count"].sum()
    return set(held.sort_index().sort_values(ascending=False, kind="stable").index[:2])
