"""Why nobody comes, in worlds small enough to draw: the site, the way and the minutes that are named."""

from __future__ import annotations

from math import inf, isinf

import pytest

from footprint.language import Language
from footprint.place.hindrance import Why
from footprint.views.place_words import PlaceWords
from tests.footprint.place.drawn import World, world
from tests.worlds import make_area, make_assets, make_basis, make_rivers, make_sites

pytestmark = pytest.mark.slow


def test_the_site_named_is_one_that_has_a_way():
    """A river without a bridge lies between the place and the base beside it; the far base has the road."""
    valley = world(
        {"near": {"infantry_company": 1}, "far": {"infantry_company": 1}},
        sites={"near": (412.5, 22.5), "far": (2.5, 22.5)},
        road=((2.5, 22.5), (392.5, 22.5)),
        size=(0, 0, 500, 50),
        rivers=make_rivers({"river": ((400, -10), (400, 60))}, navigable="1"),
    )
    reason = valley.at(387.5, 22.5).force.hindrance
    assert reason is not None
    assert (reason.why, reason.site_id) == (Why.OUT_OF_RANGE, "far")
    # Patrols drive 40 km/h at most: 385 km lie beyond the four hours that are searched.
    assert isinf(reason.minutes)
    assert reason.over_min == 240
    said = PlaceWords(valley.prepared, valley.result, Language("en")).hindrance(reason)
    assert said.replace("\N{NO-BREAK SPACE}", " ") == (
        "out of range: more than 4 h from Far, no effect from 3 h on"
    )


def test_minutes_that_a_search_finds_are_told_and_no_bound_beside_them():
    valley = world({"base": {"infantry_company": 1}}, size=(0, 0, 200, 50), road=((2.5, 22.5), (197.5, 22.5)))
    place = valley.at(132.5, 22.5)
    assert place.force.level == 0
    reason = place.force.hindrance
    assert reason is not None
    # 130 km of patrol at 40 km/h.
    assert reason.minutes == pytest.approx(130 / 40 * 60, abs=1)
    assert reason.over_min == 0


def test_whoever_flies_too_may_be_nearer_by_air_than_by_land():
    """No road leads there; the team of civil affairs with a helicopter is half an hour too far."""
    held = {"base": {"civil_affairs_team": 1, "community_liaison": 1}}
    road = ((2.5, 2.5), (12.5, 2.5))
    by_land = world(held, size=(0, 0, 500, 50), road=road).at(402.5, 22.5).tiers[0].links[0].hindrance
    held["base"]["helicopter"] = 1
    by_air = world(held, size=(0, 0, 500, 50), road=road).at(402.5, 22.5).tiers[0].links[0].hindrance
    assert by_land is not None
    assert by_air is not None
    assert (by_land.minutes, by_land.limit_min) == (inf, 240)
    assert by_air.why is Why.OUT_OF_RANGE
    assert by_air.limit_min == 120
    # A flight of 400 km at 200 km/h and the notice before it.
    assert by_air.minutes == pytest.approx(400.5 / 200 * 60 + 30, rel=0.01)


def test_the_helicopter_that_would_be_there_first_is_named():
    """The nearest helicopter takes three hours to be ready, the one behind it half an hour."""
    held = {"slow": {"helicopter": 1, "surgery": 1}, "quick": {"helicopter": 1}}
    assets = make_assets(held)
    assets.loc["slow:helicopter", "notice_min"] = 180.0
    area = make_area(
        sites=make_sites({"slow": (42.5, 22.5), "quick": (2.5, 22.5)}), assets=assets, size=(0, 0, 500, 50)
    )
    place = World(make_basis(area)).at(402.5, 22.5)
    reason = place.tiers[1].links[2].hindrance
    assert reason is not None
    assert (reason.why, reason.site_id) == (Why.OUT_OF_RANGE, "quick")


def test_a_site_that_opens_later_in_the_year_counts_among_the_other_months():
    """The way is under water in October and November; the base is closed in the first dry months."""
    valley = world(
        {"base": {"community_liaison": 1, "civil_affairs_team": 1}},
        months={"base": "4-11"},
        flood={"zone": ("10-11", (30, 0, 40, 50))},
    )
    reasons = [link.hindrance for link in valley.at(57.5, 22.5, 10).tiers[0].links]
    assert {reason.why for reason in reasons if reason is not None} == {Why.CUT_OFF}
