"""Portfolios: any choice among known stations comes to what its review says."""

from __future__ import annotations

import numpy as np
import pytest

from footprint.coverage.footprints import FORCE, TIERS, Weakest
from footprint.coverage.packing import unit_months
from footprint.coverage.portfolios import portfolios
from footprint.coverage.station_effects import station_effects
from footprint.indicators.units import Level
from footprint.scenario import AddAssets, CloseRoad, CloseSite, OpenSite, Scenario
from tests.worlds import (
    bundled_prepared,
    lonlat,
    make_area,
    make_assets,
    make_basis,
    make_roads,
    make_sites,
    review,
    router_of,
)

pytestmark = pytest.mark.slow

COLUMNS = dict(zip((*TIERS, FORCE), ("B1", "B2", "B3", "FF"), strict=True))
CLOSE = 1e-9


def packed(prepared, result, weakest=Weakest.MINIMUM):
    """Return the stations of a review, ready to be chosen among, with every unit and month wanted."""
    router = router_of(prepared)
    effects = station_effects(prepared, router, result.stations, result.laydown.roads)
    wanted = unit_months(prepared.surfaces["blend"], prepared.units, effects.groups)
    names = dict.fromkeys(COLUMNS, wanted)
    return effects, portfolios(effects, prepared.method, prepared.area.grid, names, weakest=weakest)


def without(scenario, stations, chosen):
    """Return the scenario in which only the chosen stations stand."""
    gone = [post.site_id for number, post in enumerate(stations) if number not in set(chosen)]
    return scenario.then(*(CloseSite(site_id) for site_id in gone))


def own_rows(result):
    return result.figures[result.figures["level"] != Level.OBJECTIVE]


def valley():
    """Three sites along a road that floods in the west, one of them open from June to October only."""
    area = make_area(
        size=(0, 0, 150, 40),
        sites=make_sites({"west": (12.5, 17.5), "mid": (72.5, 17.5), "east": (132.5, 22.5)}, {"mid": "6-10"}),
        assets=make_assets(
            {
                "west": {"infantry_company": 2, "helicopter": 1, "civil_affairs_team": 1},
                "mid": {"community_liaison": 1, "infantry_company": 1, "surgery": 1, "fpu_platoon": 1},
                "east": {"surgery": 1, "unpol_team": 2, "human_rights_team": 1, "stabilisation_team": 1},
            }
        ),
        roads=make_roads({"main": [(2.5, 17.5), (147.5, 17.5)]}),
        flood={"plain": ("9-11", (30, 0, 50, 40))},
    )
    return make_basis(area)


@pytest.mark.parametrize("chosen", [(), (0,), (1,), (2,), (0, 1), (0, 2), (1, 2), (0, 1, 2)])
@pytest.mark.parametrize("weakest", list(Weakest))
def test_every_choice_of_three_sites_comes_to_what_its_review_says(chosen, weakest):
    prepared = valley()
    whole = review(prepared, Scenario("all"), weakest=weakest)
    _, choices = packed(prepared, whole, weakest)
    plan = without(Scenario("some"), whole.stations, chosen)
    rows = own_rows(review(prepared, plan, weakest=weakest))
    figures = choices.figures(chosen)
    for number, column in enumerate(COLUMNS.values()):
        np.testing.assert_allclose(figures[number], rows[column].to_numpy(), atol=CLOSE, rtol=0)


def test_levels_are_the_reviews_own_bit_for_bit():
    prepared = valley()
    whole = review(prepared, Scenario("all"))
    effects, choices = packed(prepared, whole)
    for number, name in enumerate(COLUMNS):
        rows = choices.rows[number].row_of
        level = np.where(rows >= 0, choices.levels(number, range(3))[rows], 0).reshape(
            len(effects.groups), -1
        )
        own = whole.delivery.force if name == FORCE else whole.delivery.tiers[TIERS.index(name)]
        np.testing.assert_array_equal(effects.groups.spread(level), own)


def test_alternatives_at_one_site_are_stations_like_any_other():
    """Two packages for one place: choosing one is a review with that one."""
    prepared = valley()
    place = lonlat(102.5, 22.5)
    light = Scenario("light", (OpenSite("new", "New", **place), AddAssets("new", "community_liaison")))
    heavy = Scenario("heavy", (OpenSite("new", "New", **place), AddAssets("new", "infantry_company", 2)))
    one, two = (review(prepared, scenario) for scenario in (light, heavy))
    posts = (*one.stations, *(post for post in two.stations if post.site_id == "new"))
    router = router_of(prepared)
    effects = station_effects(prepared, router, posts, one.laydown.roads)
    wanted = unit_months(prepared.surfaces["blend"], prepared.units, effects.groups)
    choices = portfolios(effects, prepared.method, prepared.area.grid, {FORCE: wanted})
    standing = [number for number, post in enumerate(posts) if post.site_id != "new"]
    for result in (one, two):
        new = next(n for n, post in enumerate(posts) if post in result.stations and post.site_id == "new")
        figures = choices.figures([*standing, new])[0]
        np.testing.assert_allclose(figures, own_rows(result)["FF"].to_numpy(), atol=CLOSE, rtol=0)


def test_a_unit_without_need_has_no_figure():
    prepared = valley()
    whole = review(prepared, Scenario("all"))
    _, choices = packed(prepared, whole)
    figures = choices.figures(range(3))
    rows = own_rows(whole)
    assert (np.isnan(figures[0]) == rows["demand"].eq(0).to_numpy()).all()


@pytest.mark.slow
@pytest.mark.parametrize(
    "plan", [Scenario("today"), Scenario("shut", (CloseRoad("rn16_gossi_wabaria", 0b10000000),))]
)
def test_random_portfolios_of_the_bundled_case_come_to_what_their_reviews_say(plan):
    """All units, months, tiers and the Force footprint, within 1e-6 as asked; in fact within rounding."""
    prepared = bundled_prepared()
    whole = review(prepared, plan)
    _, choices = packed(prepared, whole)
    draw = np.random.default_rng(2019)
    for share in (0.0, 0.2, 0.5, 0.8, 0.9, 1.0):
        chosen = np.flatnonzero(draw.random(len(whole.stations)) < share)
        rows = own_rows(review(prepared, without(plan, whole.stations, chosen.tolist())))
        figures = choices.figures(chosen)
        for number, column in enumerate(COLUMNS.values()):
            np.testing.assert_allclose(figures[number], rows[column].to_numpy(), atol=CLOSE, rtol=0)
        whole_mission = figures[:3].mean(axis=0)
        np.testing.assert_allclose(whole_mission, rows["MF"].to_numpy(), atol=1e-6, rtol=0)


def test_the_order_of_a_choice_and_repeats_in_it_change_nothing():
    prepared = valley()
    _, choices = packed(prepared, review(prepared, Scenario("all")))
    np.testing.assert_array_equal(choices.figures([2, 0, 2]), choices.figures((0, 2)))
    np.testing.assert_array_equal(choices.figures(iter([0, 2])), choices.figures((0, 2)))
