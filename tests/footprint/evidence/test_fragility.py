"""Fragility: a bridge by hand, equality with two reviews, and what the bundled case hangs on."""

from __future__ import annotations

import numpy as np
import pytest

from footprint.evidence.fragility import SMALL, Piece, fragility, pieces
from footprint.evidence.fragility_words import fragility_words, piece_words
from footprint.evidence.standing import Standing
from footprint.indicators.units import Level
from footprint.language import Language
from footprint.scenario import CloseRoad, CloseSite, RateRoad, RemoveAssets, RepairRoad, Scenario, apply
from tests.worlds import (
    bundled_prepared,
    make_area,
    make_assets,
    make_basis,
    make_rivers,
    make_roads,
    make_sites,
    months_mask,
    review,
    router_of,
)

pytestmark = pytest.mark.slow

TODAY = Scenario("today")
EAST = {(42.5, 7.5): 100.0}


def beyond_a_river(**roads):
    """A company in the west, people in the east, and one bridge between them."""
    area = make_area(
        size=(0, 0, 60, 15),
        sites=make_sites({"camp": (12.5, 7.5)}, {"camp": roads.pop("open_in", "all")}),
        assets=make_assets({"camp": {"infantry_company": 1}}),
        roads=make_roads(
            {
                "west": [(12.5, 7.5), (24, 7.5)],
                "bridge": [(24, 7.5), (26, 7.5)],
                "east": [(26, 7.5), (42.5, 7.5)],
                "elsewhere": [(5, 2.5), (5, 12.5)],
            },
            crossing={"bridge": "bridge"},
            **roads,
        ),
        rivers=make_rivers({"river": [(25, -5), (25, 25)]}, navigable=""),
        people=EAST,
    )
    return make_basis(area)


def left_out(prepared, scenario=TODAY):
    found = fragility(prepared, scenario, router_of(prepared))
    return found, {(each.piece, each.of, each.kind): each for each in found.left_out}


def test_all_hangs_on_the_camp_its_company_and_the_bridge():
    found, own = left_out(beyond_a_river())
    assert found.force > 0
    for key in (
        (Piece.SITE, "camp", ""),
        (Piece.ASSET, "camp", "infantry_company"),
        (Piece.BRIDGE, "bridge", ""),
    ):
        assert own[key].force == pytest.approx(-found.force)
        assert own[key].by_objective["whole"][0] == pytest.approx(-found.force)
    # Beside the other roads is open country, which is slower and leads there.
    assert -found.force < own[Piece.ROAD, "east", ""].force < 0
    assert max(own[Piece.ROAD, "elsewhere", ""].rank) == 0
    # Nor does the rain on a road so short, in any of its four months.
    assert found.n_without_effect == 1 + 4
    assert {each.of for each in found.left_out[:3]} == {"camp", "bridge"}


def test_closures_ratings_and_seasons_of_the_data_are_left_out_too():
    found, own = left_out(
        beyond_a_river(
            closed_months={"bridge": months_mask("1-6")},
            search_rated={"east": True},
            open_in="3-12",
        )
    )
    assert own[Piece.CLOSURE, "bridge", ""].force > 0.1
    assert own[Piece.RATING, "east", ""].force > 0
    # Two months more, in which the bridge is shut: nothing is gained.
    assert own[Piece.SEASON, "camp", ""].force == pytest.approx(0, abs=SMALL)
    assert found.force > 0


def changed(prepared, today, change):
    """Return the change of the year's mean of the area and its objectives between two reviews."""
    means = []
    for answer in (today, review(prepared, TODAY.then(change))):
        rows = answer.figures["level"].isin([Level.AREA, Level.OBJECTIVE])
        means.append(answer.at_least[rows].groupby("unit_id")[["FF", "MF"]].mean())
    return means[1] - means[0]


def assert_each_is_that_of_a_fresh_start(prepared, items):
    """Without what was kept: a router of its own and a standing of its own for each."""
    laydown = apply(TODAY, prepared.area, prepared.method)
    standing = Standing(prepared, prepared.router(), laydown)
    for item in items:
        there = item.laydown(laydown)
        anew = Standing(prepared, prepared.router(), there)
        expected = anew.headlines - standing.headlines
        found = standing.change(there)
        np.testing.assert_allclose(found, expected, rtol=0, atol=1e-9, err_msg=str(item))


@pytest.mark.parametrize("unit", ["beyond a river", "searched", "seasonal", "flooded"])
def test_each_change_is_that_of_a_fresh_start(unit):
    """Every piece of small worlds with closures, ratings, seasons and dykes."""
    prepared = {
        "beyond a river": beyond_a_river,
        "searched": lambda: beyond_a_river(
            closed_months={"bridge": months_mask("1-6"), "west": months_mask("3")},
            search_rated={"east": True, "bridge": True},
        ),
        "seasonal": lambda: beyond_a_river(open_in="3-12", closed_months={"east": months_mask("5-7")}),
        "flooded": lambda: on_a_dyke((22, 0, 33, 15)),
    }[unit]()
    laydown = apply(TODAY, prepared.area, prepared.method)
    assert_each_is_that_of_a_fresh_start(
        prepared, [each for each in pieces(prepared, laydown) if each.laydown]
    )


@pytest.mark.slow
def test_each_change_is_that_of_two_reviews_on_the_whole_bundled_case():
    prepared = bundled_prepared()
    found, _ = left_out(prepared)
    today, counts = review(prepared, TODAY), prepared.area.assets.groupby(["site_id", "kind"])["count"].sum()
    change_of = {
        Piece.SITE: lambda of, _: CloseSite(of),
        Piece.ASSET: lambda of, kind: RemoveAssets(of, kind, int(counts[of, kind])),
        Piece.RATING: lambda of, _: RateRoad(of, rated=False),
        **dict.fromkeys((Piece.ROAD, Piece.BRIDGE, Piece.FERRY), lambda of, _: CloseRoad(of)),
    }
    asked = [
        (row, change_of[row.piece](row.of, row.kind)) for row in found.left_out if row.piece in change_of
    ]
    assert {row.piece for row, _ in asked} == set(change_of)
    for row, change in asked:
        expected = changed(prepared, today, change)
        for unit_id, pair in {prepared.area.area_id: (row.force, row.mission), **row.by_objective}.items():
            assert list(pair) == pytest.approx(expected.loc[unit_id].tolist(), abs=1e-9), (row, unit_id)
    # What no change of a scenario leaves out, against the same laydown reckoned as if nothing were kept.
    laydown = apply(TODAY, prepared.area, prepared.method)
    others = [each for each in pieces(prepared, laydown) if each.laydown and each.piece not in change_of]
    assert {each.piece for each in others} == {Piece.DYKE, Piece.MISSION_SHARE}
    assert_each_is_that_of_a_fresh_start(prepared, others)
    # It finds by itself that one renamed map symbol would move a headline.
    assert (Piece.ASSET, "gao", "helicopter") in [(e.piece, e.of, e.kind) for e in found.left_out[:8]]
    for language in (Language("en"), Language("fr")):
        said = fragility_words(found, prepared, language)
        assert piece_words(found.left_out[0], prepared, language) in said


def on_a_dyke(flood, *, raised=True):
    """A camp, people 30 km along a road, and a flood of two months between them."""
    return make_basis(
        make_area(
            size=(0, 0, 60, 15),
            sites=make_sites({"camp": (12.5, 7.5)}),
            assets=make_assets({"camp": {"infantry_company": 1}}),
            roads=make_roads({"road": [(12.5, 7.5), (42.5, 7.5)]}, raised={"road": raised}),
            flood={"plain": ("9-10", flood)} if flood else None,
            people=EAST,
        )
    )


def test_without_its_dyke_a_road_is_shut_where_and_when_water_stands():
    """A dyke carries the road through a flood of two months; at other times, and without a flood, it is idle."""

    def left(flood, *, raised=True):
        found, own = left_out(on_a_dyke(flood, raised=raised))
        return found, own.get((Piece.DYKE, "road", ""))

    dry, none = left(None)
    assert none is None
    found, dyke = left((22, 0, 33, 15))
    assert found.force == pytest.approx(dry.force)
    # Two of twelve months are lost: the flood lies across the whole world.
    assert dyke.force == pytest.approx(-found.force / 6)
    drowned, none = left((22, 0, 33, 15), raised=False)
    assert none is None
    assert drowned.force == pytest.approx(found.force + dyke.force)


def test_pieces_of_a_scenario_are_those_that_stand_in_it():
    prepared = beyond_a_river()
    found, own = left_out(prepared, Scenario("shut", (CloseRoad("bridge"), RepairRoad("east"))))
    assert found.force == 0
    assert all(max(each.rank) == 0 for each in found.left_out)
    # What the scenario shut may be left out of it: the bridge stands again.
    assert (Piece.CLOSURE, "bridge", "") not in own


def test_where_the_data_name_no_troops_changes_are_told_as_what_is_there_at_least():
    area = beyond_a_river().area
    silent = make_area(
        size=(0, 0, 60, 15), sites=area.sites, assets=make_assets({"camp": {"unpol_team": 1}}), people=EAST
    )
    found, own = left_out(make_basis(silent))
    assert np.isfinite([found.force, found.mission]).all()
    assert not found.force_known
    assert not found.mission_known
    assert own[Piece.SITE, "camp", ""].force == 0
    assert "what is known of" in fragility_words(found, make_basis(silent), Language("en"))


def test_of_two_that_cost_the_force_alike_the_one_that_costs_the_mission_more_comes_first():
    area = beyond_a_river().area
    held = make_assets({"camp": {"infantry_company": 1, "unpol_team": 1, "human_rights_team": 1}})
    richer = make_area(
        size=(0, 0, 60, 15), sites=area.sites, assets=held, roads=area.roads, rivers=area.rivers, people=EAST
    )
    found, own = left_out(make_basis(richer))
    site, company = own[Piece.SITE, "camp", ""], own[Piece.ASSET, "camp", "infantry_company"]
    assert site.force == pytest.approx(company.force)
    if abs(site.mission) > abs(company.mission) + SMALL:
        assert found.left_out.index(site) < found.left_out.index(company)
