"""What hangs on each site: a valley worked by hand, and the reviews without each as a second opinion."""

from __future__ import annotations

import numpy as np
import pytest

from footprint.coverage.contributions import LOSSES, PARTS, all_choices, contributions, resilience
from footprint.indicators.units import Level
from footprint.scenario import AddAssets, CloseSite, RemoveAssets, Scenario
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

TODAY = Scenario("today")


@pytest.fixture(scope="module")
def valley():
    """
    One road, three companies; people live in two villages.

    west ==5 km== mill (300) ======== mid ==5 km== ford (100) ==5 km== east
    """
    area = make_area(
        size=(0, 0, 300, 20),
        sites=make_sites({"west": (2.5, 12.5), "mid": (272.5, 12.5), "east": (292.5, 12.5)}),
        assets=make_assets({name: {"infantry_company": 1} for name in ("west", "mid", "east")}),
        roads=make_roads({"main": [(2.5, 12.5), (292.5, 12.5)]}),
        people={(7.5, 12.5): 300.0, (282.5, 12.5): 100.0},
    )
    return make_basis(area)


def asked(prepared):
    result = review(prepared, TODAY)
    return parts_of(prepared, result), result


def parts_of(prepared, result):
    router, posts, roads = router_of(prepared), result.stations, result.laydown.roads
    return contributions(prepared, router, posts, roads, choices=all_choices(prepared, router, posts, roads))


def stands_of(prepared, result, open_share):
    router, posts, roads = router_of(prepared), result.stations, result.laydown.roads
    choices = all_choices(prepared, router, posts, roads)
    return resilience(prepared, router, posts, roads, choices=choices, open_share=open_share)


@pytest.mark.slow
def test_the_mill_hangs_on_the_west_and_the_ford_on_either_of_two(valley):
    parts, _ = asked(valley)
    assert parts["sole_people"].to_dict() == {"west": 300, "mid": 0, "east": 0}
    assert parts["shapley_people"].to_dict() == pytest.approx({"west": 300, "mid": 50, "east": 50})


def test_shares_of_the_sites_add_up_to_the_figure_and_losses_do_not(valley):
    parts, today = asked(valley)
    np.testing.assert_allclose(parts[list(PARTS)].sum().to_numpy(), _means(today), atol=1e-9)
    assert parts["FF"].sum() < today.figures["FF"].iloc[0] - 0.05
    # Twins on either side of the ford, as far from it: neither earns more.
    assert parts.at["mid", "FF_part"] > 0
    assert parts.at["west", "FF_part"] == pytest.approx(parts.at["west", "FF"])


def test_losses_are_what_the_reviews_without_each_site_say(valley):
    parts, today = asked(valley)
    for site_id in parts.index:
        without = review(valley, TODAY.then(CloseSite(site_id)))
        gone = _means(today) - _means(without)
        np.testing.assert_allclose(parts.loc[site_id, list(LOSSES)].astype(float), gone, atol=1e-9)


@pytest.mark.slow
def test_losses_of_the_bundled_case_are_what_its_reviews_say():
    prepared = bundled_prepared()
    parts, today = asked(prepared)
    assert parts.index[0] == parts["MF"].idxmax()
    for site_id in ("gao", "bamako", "tessalit"):
        gone = _means(today) - _means(review(prepared, TODAY.then(CloseSite(site_id))))
        np.testing.assert_allclose(parts.loc[site_id, list(LOSSES)].astype(float), gone, atol=1e-8)


def _means(result):
    area = result.at_least[result.at_least["level"] == Level.AREA]
    return area[list(LOSSES)].mean().to_numpy()


def test_if_sites_fail_half_of_the_time_the_mill_is_reached_half_of_the_time(valley):
    """300 x 1/2 + 100 x 3/4 people; without mid and east the ford, without west and another the mill, is lost."""
    result = review(valley, TODAY)
    stands = stands_of(valley, result, 0.5)
    assert (stands.people_reached, stands.people_expected) == pytest.approx((400, 225))
    assert "west" in stands.worst_pair
    assert stands.worst_pair_people == pytest.approx(300)
    assert stands.expected["FF"] < stands.now["FF"]


def test_sites_that_never_fail_lose_nothing(valley):
    result = review(valley, TODAY)
    stands = stands_of(valley, result, 1.0)
    assert stands.people_expected == pytest.approx(stands.people_reached)
    assert stands.expected == pytest.approx(stands.now, abs=1e-9)


def test_without_sites_nothing_hangs_on_anything(valley):
    gone = TODAY.then(*(CloseSite(name) for name in ("west", "mid", "east")))
    result = review(valley, gone)
    assert parts_of(valley, result).empty
    stands = stands_of(valley, result, 0.9)
    assert (stands.people_reached, stands.now["FF"], stands.worst_pair) == (0, 0, ())


def test_a_site_without_troops_reaches_nobody_and_notice_delays(valley):
    """The first build counted patrols from every site that stands, whoever is there, at once."""
    without = TODAY.then(
        RemoveAssets("west", "infantry_company", 1), AddAssets("west", "civil_affairs_team", 1)
    )
    result = review(valley, without)
    parts = parts_of(valley, result)
    assert parts.at["west", "sole_people"] == 0
    stands = stands_of(valley, result, 1.0)
    assert stands.people_reached == pytest.approx(100)


@pytest.mark.slow
def test_troops_that_come_too_late_reach_nobody():
    assets = make_assets({"west": {"infantry_company": 1}}).assign(notice_min=300.0)
    area = make_area(
        size=(0, 0, 100, 20),
        sites=make_sites({"west": (2.5, 12.5)}),
        assets=assets,
        roads=make_roads({"main": [(2.5, 12.5), (92.5, 12.5)]}),
        people={(7.5, 12.5): 300.0},
    )
    parts, _ = asked(make_basis(area))
    assert parts.at["west", "sole_people"] == 0
