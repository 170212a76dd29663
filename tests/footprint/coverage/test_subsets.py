"""Subsets: all choices at once are each choice's review, and shares obey the laws that define them."""

from __future__ import annotations

from itertools import combinations
from math import factorial

import numpy as np
import pytest

from footprint.coverage.backup import backup
from footprint.coverage.contributions import LOSSES, all_choices, with_mission
from footprint.coverage.footprints import FORCE, TIERS
from footprint.coverage.packing import unit_years
from footprint.coverage.portfolios import portfolios
from footprint.coverage.station_effects import station_effects
from footprint.coverage.subsets import subsets
from footprint.indicators.indicator import Indicator
from footprint.indicators.units import Level
from footprint.scenario import CloseSite, Scenario
from tests.worlds import (
    bundled_prepared,
    make_area,
    make_assets,
    make_basis,
    make_roads,
    make_sites,
    review,
    router_of,
)

pytestmark = pytest.mark.slow

TODAY = Scenario("today")
COLUMNS = ["FF", "B1", "B2", "B3"]
CLOSE = 1e-9


@pytest.fixture(scope="module")
def valley():
    """Four sites along a road that floods; a helicopter at one, surgery at two, one open in some months."""
    area = make_area(
        size=(0, 0, 150, 40),
        sites=make_sites(
            {"east": (132.5, 22.5), "far": (147.5, 37.5), "mid": (72.5, 17.5), "west": (12.5, 17.5)},
            {"mid": "6-10"},
        ),
        assets=make_assets(
            {
                "west": {"infantry_company": 2, "helicopter": 1, "civil_affairs_team": 1},
                "mid": {"community_liaison": 1, "infantry_company": 1, "surgery": 1, "fpu_platoon": 1},
                "east": {"surgery": 1, "unpol_team": 2, "human_rights_team": 1, "stabilisation_team": 1},
                "far": {"infantry_company": 1, "community_liaison": 1, "helicopter": 2},
            }
        ),
        roads=make_roads({"main": [(2.5, 17.5), (147.5, 17.5)]}),
        flood={"plain": ("9-11", (30, 0, 50, 40))},
    )
    return make_basis(area)


def played(prepared, **options):
    result = review(prepared, TODAY)
    router = router_of(prepared)
    effects = station_effects(prepared, router, result.stations, result.laydown.roads)
    wanted = unit_years(prepared.surfaces["blend"], prepared.units, effects.groups)
    choices = portfolios(effects, prepared.method, prepared.area.grid, dict.fromkeys((FORCE, *TIERS), wanted))
    return subsets(choices, threshold=prepared.method.reporting.class_threshold, **options), result


def reviewed(prepared, result, chosen):
    """Return the year's means of every unit from the review in which only some sites stand."""
    gone = [post.site_id for number, post in enumerate(result.stations) if number not in chosen]
    rows = review(prepared, TODAY.then(*map(CloseSite, gone))).at_least
    rows = rows[rows["level"] != Level.OBJECTIVE]
    return rows.groupby(["level", "unit_id"], sort=False)[COLUMNS].mean().to_numpy().T


def every_choice(count):
    return [own for size in range(count + 1) for own in combinations(range(count), size)]


def test_each_of_sixteen_choices_comes_to_what_its_review_says(valley):
    games, result = played(valley)
    for chosen in every_choice(4):
        np.testing.assert_allclose(
            games.figures(chosen), reviewed(valley, result, chosen), atol=CLOSE, rtol=0
        )
    by_number = games.every(0, 0)
    for chosen in every_choice(4):
        own = sum(1 << station for station in chosen)
        assert by_number[own] == pytest.approx(games.figures(chosen)[0, 0], abs=CLOSE)


def test_shares_are_those_of_the_definition_over_reviews_of_all_choices(valley):
    games, result = played(valley)
    values = {own: reviewed(valley, result, own) for own in every_choice(4)}
    expected = np.zeros((4, *values[()].shape))
    for station in range(4):
        for own in (own for own in values if station not in own):
            chance = factorial(len(own)) * factorial(3 - len(own)) / factorial(4)
            expected[station] += chance * (values[tuple(sorted((*own, station)))] - values[own])
    found = games.shapley()
    assert found.exact
    np.testing.assert_allclose(found.value, expected, atol=CLOSE, rtol=0)
    np.testing.assert_allclose(found.value.sum(axis=0), values[0, 1, 2, 3] - values[()], atol=CLOSE)


def test_the_mean_over_chance_closings_is_that_of_all_choices_by_their_probability(valley):
    games, result = played(valley)
    shares = np.array([0.9, 0.5, 0.0, 1.0])
    expected = 0.0
    for own in every_choice(4):
        there = np.isin(np.arange(4), own)
        expected = expected + np.where(there, shares, 1 - shares).prod() * reviewed(valley, result, own)
    found = games.expected(shares)
    assert found.exact
    np.testing.assert_allclose(found.value, expected, atol=CLOSE, rtol=0)


def pair(**held):
    """Two sites in one place and one that holds nothing of use, with people beside them."""
    area = make_area(
        size=(0, 0, 60, 20),
        sites=make_sites({"idle": (52.5, 12.5), "one": (7.5, 12.5), "two": (7.5, 12.5)}),
        assets=make_assets(held or {"one": {"infantry_company": 1}, "two": {"infantry_company": 1}}),
        roads=make_roads({"main": [(2.5, 12.5), (57.5, 12.5)]}),
        people={(12.5, 12.5): 100.0},
    )
    return make_basis(area)


def test_twins_share_alike_and_who_brings_nothing_gets_nothing():
    """One company gives 1 - 0.65 x 0.4 = 0.74, two 0.9324: each earns half of it, whichever comes first."""
    games, result = played(pair())
    shares = dict(
        zip([post.site_id for post in result.stations], games.shapley().value[:, 0, 0], strict=True)
    )
    assert games.figures([1])[0, 0] == pytest.approx(0.74)
    assert games.figures([1, 2])[0, 0] == pytest.approx(1 - 0.26**2)
    assert shares == pytest.approx({"idle": 0.0, "one": (1 - 0.26**2) / 2, "two": (1 - 0.26**2) / 2})


def test_what_takes_two_sites_to_lose_is_told_apart_from_what_takes_one():
    prepared = pair()
    result = review(prepared, TODAY)
    whole = all_choices(prepared, router_of(prepared), result.stations, result.laydown.roads)
    area = backup(prepared, result.stations, whole)[0]
    depth = area.depths[0]
    assert (depth.not_reached, depth.one, depth.two, depth.more) == pytest.approx((0, 0, 1, 0))
    force = area.of(Indicator.FORCE)
    assert (force.site_id, force.now, force.left) == ("one", pytest.approx(1 - 0.26**2), pytest.approx(0.74))
    alone = pair(one={"infantry_company": 1})
    result = review(alone, TODAY)
    whole = all_choices(alone, router_of(alone), result.stations, result.laydown.roads)
    area = backup(alone, result.stations, whole)[0]
    assert area.depths[0].one == pytest.approx(1)
    assert (area.of(Indicator.FORCE).site_id, area.of(Indicator.FORCE).left) == ("one", pytest.approx(0))
    # Nobody has a tier here: no site is important for it.
    assert area.of(Indicator.TIER_1).site_id == ""


def test_where_too_many_sites_count_shares_are_sampled_and_say_how_far_off_they_may_be(valley):
    exact, _ = played(valley)
    games, _ = played(valley, most_players=1)
    assert exact.rest is None
    assert games.rest is not None
    for chosen in every_choice(4):
        np.testing.assert_allclose(games.figures(chosen), exact.figures(chosen), atol=CLOSE, rtol=0)
    np.testing.assert_allclose(games.depths, exact.depths, atol=CLOSE)
    np.testing.assert_allclose(games.every(1, 0), exact.every(1, 0), atol=CLOSE)
    shares, mean = np.array([0.9, 0.5, 0.7, 0.8]), np.nan
    for sampled, known in (
        (games.shapley(), exact.shapley()),
        (games.expected(shares), exact.expected(shares)),
    ):
        assert not sampled.exact
        assert np.all(np.abs(sampled.value - known.value) <= 5 * sampled.error + CLOSE)
        mean = float(np.nanmean(sampled.error))
        assert 0 < mean < 0.01
    # Whatever the order, all sites together give the whole: shares add up exactly even so.
    np.testing.assert_allclose(
        games.shapley().value.sum(axis=0), exact.shapley().value.sum(axis=0), atol=CLOSE
    )


@pytest.mark.slow
def test_on_the_bundled_case_choices_are_reviews_and_shares_add_up():
    prepared = bundled_prepared()
    games, result = played(prepared)
    count = len(result.stations)
    draw = np.random.default_rng(14)
    for _ in range(5):
        chosen = np.flatnonzero(draw.random(count) < 0.7).tolist()
        np.testing.assert_allclose(
            games.figures(chosen), reviewed(prepared, result, chosen), atol=1e-8, rtol=0
        )
    shares, whole = games.shapley(), games.figures(range(count))
    assert shares.exact
    np.testing.assert_allclose(shares.value.sum(axis=0), whole, atol=CLOSE)
    # The whole sweep of 8,192 choices agrees with itself: the mean at even odds is the mean of all.
    even = games.expected(np.full(count, 0.5)).value
    assert games.every(0, 0).mean() == pytest.approx(even[0, 0], abs=CLOSE)
    np.testing.assert_allclose(games.depths.sum(axis=2), 1.0, atol=CLOSE)
    rows = backup(prepared, result.stations, games)
    without = with_mission(games.without_each())
    assert rows[0].of(Indicator.MISSION).left == pytest.approx(without[:, LOSSES.index("MF"), 0].min())
