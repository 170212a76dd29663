"""A place is said of a standing site only where several could be meant, whatever else is said."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from footprint.releases.site_places import FEWEST_SITES, NOWHERE, places_told
from layers import Area
from tests.footprint.releases.worlds import area_with
from tests.worlds import bundled_prepared, make_sites

pytestmark = pytest.mark.slow


def area_of(**sites: tuple[float, float]) -> Area:
    """Return four units in two regions, with sites."""
    return replace(area_with({}), sites=make_sites(sites))


def named(area: Area, *touched: str) -> dict[str, str]:
    return {own: name for own, (_, name) in places_told(area, touched).items()}


WEST = {"a": (10, 60), "b": (20, 70), "c": (30, 80)}
"""Three in the north-western unit."""


def test_three_sites_of_a_unit_are_told_by_it():
    assert set(named(area_of(**WEST), "a").values()) == {"Nw"}


def test_two_sites_are_not_told_by_their_unit_nor_their_region():
    assert set(named(area_of(a=(10, 60), b=(20, 70)), "a").values()) == {""}


def test_a_site_left_over_in_a_region_takes_the_others_with_it():
    """Were the three told by their unit, whoever reads of the region alone would know the fourth."""
    area = area_of(**WEST, d=(60, 60))
    assert set(named(area, "d").values()) == {"North"}


def test_a_site_left_over_in_the_area_takes_the_others_with_it():
    assert set(named(area_of(**WEST, d=(10, 10)), "d").values()) == {""}


def test_three_left_over_are_told_beside_those_of_a_unit():
    found = named(area_of(**WEST, d=(60, 60), e=(70, 60), f=(80, 60)), "a", "d")
    assert set(found.values()) == {"Nw", "Ne"}


def test_where_all_sites_of_a_place_are_touched_no_place_is_told():
    assert set(named(area_of(**WEST), "a", "b", "c").values()) == {""}


def test_what_is_told_of_any_plan_fits_three_sites_at_least():
    area, lots = bundled_prepared().area, np.random.default_rng(3)
    ids = list(map(str, area.sites.index))
    for _ in range(300):
        touched = set(lots.choice(ids, lots.integers(1, len(ids)), replace=False))
        found = places_told(area, touched)
        assert min(Counter(found.values()).values()) >= FEWEST_SITES
        for place in set(found.values()) - {NOWHERE}:
            assert {own for own, at in found.items() if at == place} - touched


@pytest.mark.parametrize("count", [0, 1])
def test_an_area_of_few_sites_tells_none(count):
    assert set(named(area_of(**dict(list(WEST.items())[:count]))).values()) <= {""}
