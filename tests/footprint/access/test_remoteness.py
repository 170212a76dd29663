"""Remoteness: who is out of reach, for how many months, and why, on worlds worked by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from footprint.access.remoteness import (
    SHARES,
    months_reached,
    remoteness,
    remoteness_figures,
    weighted_median,
)
from footprint.indicators.periods import by_period
from footprint.scenario import AddAssets, CloseRoad, CloseSite, RemoveAssets, Scenario
from footprint.travel.reasons import Reason
from layers.months import months_mask
from tests.worlds import (
    cell_of,
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
FLOOD = months_mask("10-11")
EVERYBODY = {
    "infantry_company": 1,
    "helicopter": 1,
    "surgery": 1,
    "fpu_platoon": 1,
    "unpol_team": 1,
    "civil_affairs_team": 1,
    "community_liaison": 1,
    "human_rights_team": 1,
    "partner_programme": 1,
}
"""Somebody for every group of every tier, so that nothing is unknown."""
WITHOUT_FLIGHTS = (RemoveAssets("base", "helicopter"),)


def ford_world(held, **more):
    """
    A paved trunk road; the base at its western end; two villages, the far one beyond a wadi.

    base ====== near ====~~wadi~~==== far       y = 22.5 km; convoys drive 25 km/h
    0 km        30 km     60 km       90 km     from the base
    people      300                   100
    """
    area = make_area(
        sites=make_sites({"base": (2.5, 22.5)}, more.pop("months", None)),
        assets=make_assets({"base": held}),
        roads=make_roads({"west": [(2.5, 22.5), (62.5, 22.5)], "east": [(62.5, 22.5), (97.5, 22.5)]}),
        people={(32.5, 22.5): 300, (92.5, 22.5): 100},
        # In the wadi's months the whole width of the world is under water there.
        flood={"wadi": ("10-11", (68, 0, 77, 50))},
    )
    return area, make_basis(area, **more)


def found_in(prepared, *changes):
    return remoteness(prepared, router_of(prepared), review(prepared, TODAY.then(*changes)))


def test_the_far_village_is_cut_off_in_the_flood_and_says_so():
    area, prepared = ford_world({"infantry_company": 1})
    found = found_in(prepared)
    far = cell_of(area, 92.5, 22.5)
    # 90 km at patrol speed, 40 km/h, and the legs at both ends.
    assert found.troops_min[2, far] == pytest.approx(135, abs=10)
    assert found.troops_reason[2, far] == Reason.REACHED
    assert found.troops_min[9, far] == math.inf
    assert found.troops_reason[9, far] == Reason.CUT_OFF_THIS_MONTH
    assert found.reachable[:, far].sum() == 10
    assert found.reachable[:, cell_of(area, 32.5, 22.5)].sum() == 12


def test_months_are_those_of_troops_and_tiers_weighed_by_people():
    """Eight companies reach the near village all year, the far one out of the flood; the rest is not known."""
    _, prepared = ford_world({"infantry_company": 8})
    row = months_reached(prepared, review(prepared, TODAY), prepared.units).iloc[0]
    assert row["months_troops"] == pytest.approx((300 * 12 + 100 * 10) / 400)
    assert row[["months_tier_1", "months_tier_2", "months_tier_3"]].isna().all()
    assert [row["people_all_year"], row["people_part_year"], row["people_never"]] == [300, 100, 0]


def test_a_liaison_assistant_alone_is_no_month_of_the_mission():
    _, prepared = ford_world({"community_liaison": 1})
    row = months_reached(prepared, review(prepared, TODAY), prepared.units).iloc[0]
    # nobody knows of anyone who returns, nor of any troops
    assert row[["months_troops", "months_tier_1"]].isna().all()
    _, both = ford_world({"community_liaison": 1, "civil_affairs_team": 1})
    assert months_reached(both, review(both, TODAY), both.units).iloc[0]["months_tier_1"] > 0


def test_a_helicopter_brings_nobody_nearer_by_land():
    area, prepared = ford_world({"civil_affairs_team": 1, "helicopter": 1})
    found = found_in(prepared)
    far = cell_of(area, 92.5, 22.5)
    by_air = review(prepared, TODAY)
    assert by_air.stations[0].has("helicopter")
    assert found.reachable[2, far]
    assert not found.reachable[9, far]


def test_without_sites_everybody_is_beyond_everything():
    _, prepared = ford_world(EVERYBODY)
    found = found_in(prepared, CloseSite("base"))
    figures = remoteness_figures(prepared, found, "people", prepared.units)
    area = figures[figures["level"] == "area"]
    assert area[list(SHARES)].to_numpy().min() == 1.0
    assert area["people_beyond_bundle"].tolist() == [400.0] * 12
    assert np.isinf(area["troops_min"]).all()
    assert set(area["troops_reason"]) == {Reason.NO_ROUTE}
    assert not found.reachable.any()


def test_surgery_needs_both_a_helicopter_and_a_hospital():
    _, prepared = ford_world({"infantry_company": 1, "helicopter": 1})
    assert np.isinf(found_in(prepared).surgery_min).all()
    with_both = found_in(prepared, AddAssets("base", "surgery"))
    # 30 min notice, 90 km there, 15 min on the ground, 90 km back, at 200 km/h.
    assert with_both.surgery_min[0].max() < 120
    figures = remoteness_figures(prepared, with_both, "people", prepared.units)
    assert figures["people_beyond_surgery"].max() == 0


def test_a_tier_is_near_as_soon_as_its_last_group_is():
    area, prepared = ford_world({"civil_affairs_team": 1})
    near = cell_of(area, 32.5, 22.5)
    assert found_in(prepared).bundle_min[0, near] == math.inf
    found = found_in(prepared, AddAssets("base", "community_liaison"))
    # The liaison drives at 80 km/h, the convoy at 25: the bundle waits for the convoy.
    assert found.bundle_min[0, near] == pytest.approx(30 / 25 * 60, abs=8)


def test_the_time_limit_is_inclusive():
    area, prepared = ford_world({"infantry_company": 1})
    far = cell_of(area, 92.5, 22.5)
    minutes = float(found_in(prepared).troops_min[2, far])
    for limit, reached in ((minutes, True), (minutes - 1, False)):
        tight = make_basis(area, method=prepared.method.edited({"reporting.beyond_min": limit}))
        assert bool(found_in(tight).reachable[2, far]) is reached


def test_a_closed_road_leaves_the_way_across_country():
    area, prepared = ford_world({"infantry_company": 1})
    far = cell_of(area, 92.5, 22.5)
    found = found_in(prepared, CloseRoad("east", FLOOD | 0b1))
    assert found.troops_min[0, far] > found.troops_min[1, far]
    assert found.troops_reason[0, far] in {Reason.OUT_OF_RANGE, Reason.REACHED}


def test_a_site_open_in_some_months_leaves_people_cut_off_in_the_others():
    area, prepared = ford_world({"infantry_company": 1}, months={"base": "3"})
    found = found_in(prepared)
    near = cell_of(area, 32.5, 22.5)
    assert found.reachable[:, near].sum() == 1
    assert found.troops_reason[5, near] == Reason.CUT_OFF_THIS_MONTH


def test_half_the_demand_decides_the_median():
    assert weighted_median(np.array([10.0, 20.0, np.inf]), np.array([1.0, 1.0, 2.0])) == 20.0
    assert weighted_median(np.array([10.0, np.inf]), np.array([1.0, 2.0])) == math.inf
    assert math.isnan(weighted_median(np.array([10.0]), np.array([0.0])))


def test_the_worst_season_is_the_one_with_most_beyond_reach():
    _, prepared = ford_world(EVERYBODY)
    figures = remoteness_figures(prepared, found_in(prepared, *WITHOUT_FLIGHTS), "people", prepared.units)
    rows = by_period(figures, SHARES, prepared.area.seasons, higher_is_better=False)
    row = rows[(rows["level"] == "area") & (rows["measure"] == "beyond_bundle_people")].iloc[0]
    assert row["worst_season"] == "FLOOD_HARVEST"
    assert row["worst"] == pytest.approx(0.25)
    assert row["mean"] == pytest.approx(0.25 * 2 / 12)
    surgery = rows[rows["measure"] == "beyond_surgery_demand"]
    assert surgery["worst"].tolist() == [1.0] * len(surgery)


def test_who_is_beyond_every_bundle_is_not_known_where_nobody_names_civilians():
    _, prepared = ford_world({"infantry_company": 1})
    figures = remoteness_figures(prepared, found_in(prepared), "people", prepared.units)
    area = figures[figures["level"] == "area"]
    assert area[["people_beyond_bundle", "beyond_bundle_demand", "beyond_surgery_people"]].isna().all().all()
    assert area["silent"].all()
    assert np.isfinite(area["troops_min"]).any()


def test_where_the_data_name_no_troops_nobody_is_counted_as_never_reached():
    """Not known is not nought: how many troops reach, and when, is null with its reason."""
    area = make_area(
        sites=make_sites({"post": (12.5, 12.5)}),
        assets=make_assets({"post": {"community_liaison": 1}}),
        people={(12.5, 12.5): 100.0},
    )
    prepared = make_basis(area)
    answer = review(prepared, Scenario("today"))
    row = months_reached(prepared, answer, prepared.units).iloc[0]
    assert row[["months_troops", "people_all_year", "people_part_year", "people_never"]].isna().all()
    far_off = remoteness(prepared, router_of(prepared), answer)
    figures = remoteness_figures(prepared, far_off, "blend", prepared.units)
    assert not far_off.troops_known
    assert figures.loc[0, "silent"]
    assert np.isnan(figures.loc[0, "troops_min"])
    assert figures.loc[0, "troops_reason"] is None
