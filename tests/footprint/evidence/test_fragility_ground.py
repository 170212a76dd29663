"""Waters, boats and rains left out: each change is that of reviews of an area whose files lack it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shapely import box

from footprint.evidence.fragility import Piece, fragility
from footprint.indicators.units import Level
from footprint.prepared import prepare
from footprint.review import review
from footprint.scenario import Scenario
from tests.worlds import (
    bundled_prepared,
    frame,
    make_area,
    make_assets,
    make_basis,
    make_objective,
    make_rivers,
    make_roads,
    make_sites,
    make_units,
    months_mask,
    router_of,
)

pytestmark = pytest.mark.slow

TODAY = Scenario("today")


def by_the_water(**differs):
    """
    A camp, people beyond a plain that floods, others on a lake's far side and across a river; it rains.

    camp ==== plain ==== east; a lake to the north, a river along the south
    """
    area = make_area(
        size=(0, 0, 100, 60),
        sites=make_sites({"camp": (12.5, 23.2), "post": (82.5, 12.5)}),
        assets=make_assets(
            {
                "camp": {
                    "infantry_company": 1,
                    "civil_affairs_team": 2,
                    "human_rights_team": 1,
                    "community_liaison": 1,
                    "stabilisation_team": 1,
                    "unpol_team": 2,
                },
                "post": {"community_liaison": 1, "unpol_team": 1},
            }
        ),
        roads=make_roads(
            {"west": [(12.5, 23.2), (12.5, 27.5), (47.5, 27.5)], "east": [(47.5, 27.5), (87.5, 27.5)]},
            search_rated={"east": True},
            closed_months={"east": months_mask("4")},
        ),
        rivers=make_rivers({"river": [(1, 22.6), (52.5, 22.6), (99, 22.6)]}, navigable="7-11"),
        flood={"plain": ("9-12", (42, 5, 54, 45)), "far": ("8-10", (90, 40, 99, 59))},
        people={
            (57.5, 27.5): 100.0,
            (22.5, 42.5): 50.0,
            (12.5, 42.5): 50.0,
            (17.5, 22.5): 80.0,
            (32.5, 27.5): 20.0,
        },
        regions=make_units(
            {"inner": (0, 0, 50, 60), "outer": (50, 0, 100, 60)}, {"inner": "country", "outer": "country"}
        ),
        districts=make_units({"a": (0, 0, 50, 60), "b": (50, 0, 100, 60)}, {"a": "inner", "b": "outer"}),
    )
    lake = frame({"lake_id": ["lake"], "name": ["lake"]}, "lake_id", [box(14_000, 31_000, 30_000, 39_000)])
    return replace(area, lakes=lake, **differs)


def made_ready(area):
    whole = make_objective("whole", tuple(area.regions.index))
    inner = make_objective("inside", ("inner",), weight=0.0, tier_weights=(0.6, 0.2, 0.2))
    return make_basis(area, whole, inner)


def means(prepared):
    """Return the year's means of a review that knows nothing of others, by unit."""
    answer = review(prepared, TODAY)
    rows = answer.at_least[answer.at_least["level"] != Level.DISTRICT]
    return rows.groupby("unit_id")[["FF", "MF"]].mean()


def lacking(area, piece, of):
    """Return an area whose files lack a piece."""
    match piece:
        case Piece.LAKE:
            return replace(area, lakes=area.lakes.drop(index=of))
        case Piece.FLOOD:
            return replace(area, flood_zones=area.flood_zones.drop(index=of))
        case Piece.BOATS:
            passed = area.rivers["navigable_months"].mask(area.rivers.index == of, 0)
            return replace(area, rivers=area.rivers.assign(navigable_months=passed))
        case _:
            return replace(area, rains_months=area.rains_months & ~(1 << (int(of) - 1)))


GROUND = (Piece.LAKE, Piece.FLOOD, Piece.BOATS, Piece.RAIN)


def assert_equal_to_two_reviews(row, before, after, area_id):
    own = {area_id: (row.force, row.mission), **row.by_objective, **row.by_region}
    for unit_id, pair in own.items():
        expected = (after.loc[unit_id] - before.loc[unit_id]).tolist()
        assert list(pair) == pytest.approx(expected, abs=1e-9), (row, unit_id)


def test_each_water_and_each_month_of_rain_left_out_is_two_reviews():
    area = by_the_water()
    prepared = made_ready(area)
    before = means(prepared)
    rows = [each for each in fragility(prepared, TODAY, router_of(prepared)).left_out if each.piece in GROUND]
    found = {(each.piece, each.of) for each in rows}
    assert found == {
        (Piece.LAKE, "lake"),
        (Piece.FLOOD, "plain"),
        (Piece.FLOOD, "far"),
        (Piece.BOATS, "river"),
        *((Piece.RAIN, str(month)) for month in (6, 7, 8, 9)),
    }
    for row in rows:
        without = made_ready(lacking(area, row.piece, row.of))
        assert_equal_to_two_reviews(row, before, means(without), "world")
    acting = {each.piece for each in rows if max(each.rank) > 1e-6}
    assert acting == {*GROUND}


def test_a_dry_month_is_another_dry_month_where_the_same_is_under_water():
    """June without rain is as May: nothing is flooded in either, and no road is shut."""
    prepared = made_ready(by_the_water())
    june = next(
        each
        for each in fragility(prepared, TODAY, router_of(prepared)).left_out
        if (each.piece, each.of) == (Piece.RAIN, "6")
    )
    rows = review(prepared, TODAY).figures
    own = rows[rows["level"] == Level.AREA].set_index("month")["FF"]
    assert june.force == pytest.approx((own[5] - own[6]) / 12, abs=1e-9)


def test_without_any_month_of_rain_left_the_driest_month_may_move_and_escorts_with_it():
    """Who asks for escorts reckons by the driest month: a single month of rain was never it."""
    area = by_the_water(rains_months=months_mask("1-11"))
    prepared = made_ready(area)
    assert prepared.network.driest_month == 12
    rows = [
        each for each in fragility(prepared, TODAY, router_of(prepared)).left_out if each.piece is Piece.RAIN
    ]
    before = means(prepared)
    assert made_ready(lacking(area, Piece.RAIN, "5")).network.driest_month == 5
    for row in rows:
        assert_equal_to_two_reviews(row, before, means(made_ready(lacking(area, row.piece, row.of))), "world")


@pytest.mark.parametrize(
    ("column", "piece", "value"),
    [
        ("availability", Piece.AVAILABILITY, 0.9),
        ("notice_min", Piece.NOTICE, 45.0),
        ("mission_share", Piece.MISSION_SHARE, 0.1),
    ],
)
def test_a_stated_number_left_out_is_the_methods_own(column, piece, value):
    area = by_the_water()
    own = (area.assets["site_id"] == "camp") & (area.assets["kind"] == "infantry_company")
    stated = made_ready(
        replace(area, assets=area.assets.assign(**{column: area.assets[column].mask(own, value)}))
    )
    rows = [each for each in fragility(stated, TODAY, router_of(stated)).left_out if each.piece is piece]
    assert [(each.of, each.kind) for each in rows] == [("camp", "infantry_company")]
    assert_equal_to_two_reviews(rows[0], means(stated), means(made_ready(area)), "world")
    assert (abs(rows[0].force) > 1e-6) == (column != "mission_share")


@pytest.mark.slow
def test_waters_boats_and_rains_of_the_bundled_case_are_two_reviews():
    prepared = bundled_prepared()
    area = prepared.area
    before = means(prepared)
    rows = {
        (each.piece, each.of): each
        for each in fragility(prepared, TODAY, router_of(prepared)).left_out
        if each.piece in GROUND
    }
    asked = [
        (Piece.FLOOD, "middle"),
        (Piece.FLOOD, "upper"),
        (Piece.LAKE, "fati"),
        (Piece.LAKE, "debo"),
        (Piece.RAIN, "6"),
        (Piece.RAIN, "9"),
    ]
    for piece, of in asked:
        without = prepare(lacking(area, piece, of), prepared.method, prepared.objectives)
        assert_equal_to_two_reviews(rows[piece, of], before, means(without), area.area_id)
    # A river without boats is drawn otherwise where it met others: times differ in their last digit.
    without = prepare(lacking(area, Piece.BOATS, "niger_korioume_gao"), prepared.method, prepared.objectives)
    change = means(without).loc[area.area_id] - before.loc[area.area_id]
    row = rows[Piece.BOATS, "niger_korioume_gao"]
    assert [row.force, row.mission] == pytest.approx(change.tolist(), abs=1e-6)
    assert row.mission < -1e-5
