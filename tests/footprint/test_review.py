"""Reviews from first step to last, on worlds small enough to draw and work by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from footprint.coverage.delivery import group_chances
from footprint.coverage.evacuation import evacuation
from footprint.coverage.footprints import Weakest
from footprint.coverage.station_effects import station_effects
from footprint.coverage.stations import stations
from footprint.method import default_method
from footprint.objectives import Measure
from footprint.review import by_objectives
from footprint.scenario import (
    AddAssets,
    CloseRoad,
    CloseSite,
    OpenSite,
    RateRoad,
    RemoveAssets,
    RetaskAssets,
    Scenario,
    apply,
)
from layers.months import months_mask
from tests.worlds import (
    cell_of,
    lonlat,
    make_area,
    make_assets,
    make_basis,
    make_incidents,
    make_objective,
    make_rivers,
    make_roads,
    make_sites,
    make_units,
    review,
    router_of,
)

pytestmark = pytest.mark.slow

TODAY = Scenario("today")
TIERS = ("B1", "B2", "B3")
REGIONS = {"west": (0, 0, 50, 30), "east": (50, 0, 100, 30), "desert": (0, 30, 100, 50)}
EVERYONE = {
    "infantry_company": 1, "helicopter": 1, "surgery": 1, "unpol_team": 1, "civil_affairs_team": 1,
    "community_liaison": 1, "human_rights_team": 1, "stabilisation_team": 1,
}  # fmt: skip


def road_world(held, *, months=None, **more):
    """
    A paved trunk road; a company's base at its western end, people in three villages.

             desert: nobody
    base ====== near ===== half ========= far       y = 22.5 km
    0 km        30 km      45 km          95 km     from the base
    people      100        200            100
    west: near, half | east: far

    Patrols drive 40 km/h, convoys 25.
    """
    area = make_area(
        sites=make_sites({"base": (2.5, 22.5)}, months),
        assets=make_assets({"base": held}),
        roads=make_roads({"main": [(2.5, 22.5), (97.5, 22.5)]}, **more),
        people={(32.5, 22.5): 100, (47.5, 22.5): 200, (97.5, 22.5): 100},
        regions=make_units(REGIONS, dict.fromkeys(REGIONS, "country")),
        districts=make_units(REGIONS, {name: name for name in REGIONS}),
    )
    return area, make_basis(area)


def figures_of(answer, month=1, level="region"):
    found = answer.figures
    return found[(found["month"] == month) & (found["level"] == level)].set_index("unit_id")


def counted(prepared, scenario=TODAY, **options):
    return review(prepared, scenario, measure=Measure.PEOPLE, **options)


def test_force_is_reckoned_by_road_from_the_base():
    """
    near  30 km: patrol 1 x 0.35, convoy in 72 min: 1 x 0.6
    half  45 km: patrol (60-45)/30 x 0.35, convoy in 108 min: (240-108)/150 x 0.6
    far   95 km: no patrol, convoy in 228 min: (240-228)/150 x 0.6
    """
    area, prepared = road_world({"infantry_company": 1})
    near, half, far = 1 - 0.65 * 0.4, 1 - (1 - 0.35 / 2) * (1 - 0.6 * 0.88), 0.6 * 0.08
    answer = counted(prepared)
    cells = [cell_of(area, x, 22.5) for x in (32.5, 47.5, 97.5)]
    assert answer.delivery.force[0, cells].tolist() == pytest.approx([near, half, far], abs=1e-5)
    found = figures_of(answer)
    assert found["FF"].to_dict() == pytest.approx(
        {"west": (near + 2 * half) / 3, "east": far, "desert": math.nan}, nan_ok=True, abs=1e-5
    )
    whole = figures_of(answer, level="area").loc["world"]
    assert whole["FF"] == pytest.approx((near + 2 * half + far) / 4, abs=1e-5)
    assert (whole["people"], whole["demand"]) == pytest.approx((400, 1))


def test_troops_alone_make_no_mission():
    """As far as is known: nobody says that there are no others."""
    prepared = road_world({"infantry_company": 9})[1]
    found = figures_of(counted(prepared), level="area").loc["world"]
    assert found[["MF", *TIERS]].isna().all()
    assert found["force_rest_unknown_demand"] > 0
    assert not counted(prepared).at_least[["MF", *TIERS]].fillna(0).to_numpy().any()
    whole = Scenario(
        "x", tuple(RemoveAssets("base", kind) for kind in EVERYONE if kind != "infantry_company")
    )
    alone = figures_of(counted(road_world(EVERYONE)[1], whole), level="area").loc["world"]
    assert alone[["MF", *TIERS]].tolist() == [0, 0, 0, 0]
    assert alone["force_only_demand"] > 0


def test_a_circle_map_counts_what_lies_within_fifty_kilometres_of_troops():
    found = figures_of(counted(road_world({"infantry_company": 1})[1]))["FF0"]
    assert found.to_dict() == pytest.approx({"west": 1, "east": 0, "desert": math.nan}, nan_ok=True)
    # Round police alone no circle is drawn; and where the data name no troops, nobody knows of any.
    police = counted(road_world({"fpu_platoon": 1})[1])
    assert not police.delivery.circle.any()
    assert figures_of(police)["FF0"].isna().all()


def test_a_whole_bundle_at_its_own_village():
    """
    Force 1 - 0.65 x 0.4 x (1 - 0.5 x 0.6), one lift of one company. Tier I min(0.5, 0.8), II min(0.35, 0.6, 1), III min(0.6, 0.5, 0.5).
    """
    area, prepared = road_world(EVERYONE)
    answer, home = counted(prepared), cell_of(area, 2.5, 22.5)
    assert answer.delivery.force[0, home] == pytest.approx(0.818)
    assert answer.delivery.tiers[:, 0, home].tolist() == pytest.approx([0.5, 0.35, 0.5])


def test_each_objective_weighs_the_tiers_its_own_way():
    area, _ = road_world(EVERYONE)
    only_two = make_objective("two", ("west",), weight=0.25, tier_weights=(0.0, 1.0, 0.0))
    mixed = make_objective("mixed", ("west", "east"), weight=0.75, tier_weights=(0.5, 0.25, 0.25))
    answer = counted(make_basis(area, only_two, mixed))
    found = figures_of(answer, level="objective")
    assert found.at["two", "MF"] == pytest.approx(found.at["two", "B2"])
    tiers = found.loc["mixed", list(TIERS)].to_numpy(float)
    assert found.at["mixed", "MF"] == pytest.approx(tiers @ [0.5, 0.25, 0.25], abs=1e-6)
    both = by_objectives(make_basis(area, only_two, mixed), answer).set_index("month")
    for name in ("FF", "MF"):
        assert both.at[1, name] == pytest.approx(
            0.25 * found.at["two", name] + 0.75 * found.at["mixed", name]
        )


def test_an_objective_without_demand_makes_the_sum_over_objectives_unknown():
    """Half the weight lies on a scope where nobody lives; a sum of the other half would read as half as good."""
    area, _ = road_world(EVERYONE)
    prepared = make_basis(
        area, make_objective("a", ("west",), weight=0.5), make_objective("b", ("desert",), weight=0.5)
    )
    found = by_objectives(prepared, counted(prepared))
    assert found[["FF", "MF"]].isna().all(axis=None)


def test_rains_slow_the_way_and_show_as_the_worst_season():
    """Formed police at 45 km: 67.5 min in the dry, 75 min in the rains at 36 km/h; full to 60, none from 150."""
    area, prepared = road_world({"fpu_platoon": 1, "human_rights_team": 1, "partner_programme": 1})
    answer, half = counted(prepared), cell_of(area, 47.5, 22.5)
    months = answer.delivery.tiers[2, :, half]
    assert months.tolist() == pytest.approx([0.5] * 12, abs=1e-5)
    edited = make_basis(
        area,
        method=default_method().edited(
            {"capability.HUMAN_RIGHTS.availability": 1, "capability.PARTNER.availability": 1}
        ),
    )
    months = counted(edited).delivery.tiers[2, :, half]
    dry, wet = 0.6 * (150 - 67.5) / 90, 0.6 * (150 - 75) / 90
    assert months.tolist() == pytest.approx([dry] * 5 + [wet] * 4 + [dry] * 3, abs=1e-5)


def test_a_site_counts_in_its_months_only():
    _, prepared = road_world({"infantry_company": 1}, months={"base": "10-3"})
    answer = counted(prepared)
    reached = [bool((answer.delivery.force[month] > 0).any()) for month in range(12)]
    assert reached == [month in (1, 2, 3, 10, 11, 12) for month in range(1, 13)]
    assert answer.delivery.circle.any(axis=1).tolist() == reached


def test_closing_by_month_takes_away_those_months_alone():
    _, prepared = road_world(EVERYONE)
    before, after = (
        counted(prepared),
        counted(prepared, Scenario("x", (CloseSite("base", months_mask("8")),))),
    )
    for month in range(12):
        if month == 7:
            assert not after.delivery.force[month].any()
            assert not after.delivery.tiers[:, month].any()
        else:
            assert np.array_equal(after.delivery.force[month], before.delivery.force[month])


def test_evacuation_counts_up_to_two_hours_inclusive():
    """
    Helicopter and surgery at the base: 30 + way out + 15 + way back at 200 km/h.

    base ------ 120 km: 117 min, in ------ 130 km: 123 min, out
    """
    area = make_area(
        size=(0, 0, 150, 20),
        sites=make_sites({"base": (2.5, 12.5)}),
        assets=make_assets({"base": {"helicopter": 1, "surgery": 1}}),
    )
    prepared = make_basis(area)
    minutes = surgery_min(prepared)
    inside, outside = cell_of(area, 122.5, 12.5), cell_of(area, 132.5, 12.5)
    assert minutes[[inside, outside]].tolist() == pytest.approx([117, 123], rel=1e-3)
    assert evacuated(prepared)[[inside, outside]].tolist() == [1, 0]
    limit = "reporting.casevac_limit_min"
    at_limit = default_method().edited({limit: float(minutes[inside])})
    assert evacuated(make_basis(area, method=at_limit))[inside] == 1
    below = default_method().edited({limit: float(minutes[inside]) - 0.05})
    assert evacuated(make_basis(area, method=below))[inside] == 0


def surgery_min(prepared):
    """Return the time from call to surgery of every cell in January [min]."""
    router, laydown = router_of(prepared), apply(TODAY, prepared.area, prepared.method)
    posts = stations(laydown, prepared.method.capabilities, router)
    return evacuation(prepared.method, router, posts, 1).minutes


def evacuated(prepared, scenario=TODAY):
    """Return the chance of evacuation of every cell in January."""
    router, laydown = router_of(prepared), apply(scenario, prepared.area, prepared.method)
    posts = stations(laydown, prepared.method.capabilities, router)
    effects = station_effects(prepared, router, posts, laydown.roads)
    return group_chances(prepared.method, router, effects, 0)[effects.capabilities.index("CASEVAC")]


def relay_world():
    """Helicopter at one end of the road, surgery and company at the other, 95 km apart."""
    area = make_area(
        sites=make_sites({"air": (2.5, 22.5), "ward": (97.5, 22.5)}),
        assets=make_assets({"air": {"helicopter": 1}, "ward": {"surgery": 1, "infantry_company": 1}}),
        roads=make_roads({"main": [(2.5, 22.5), (97.5, 22.5)]}),
    )
    return area, make_basis(area)


def test_helicopter_and_surgery_need_not_share_a_site():
    """Anywhere on the line between them: 30 + 15 + 95 km at 200 km/h = 73.5 min."""
    area, prepared = relay_world()
    minutes = surgery_min(prepared)
    assert minutes[cell_of(area, 47.5, 22.5)] == pytest.approx(73.5, rel=1e-3)
    assert evacuated(prepared).all()


@pytest.mark.parametrize(("site", "kind"), [("air", "helicopter"), ("ward", "surgery")])
def test_without_helicopter_or_surgery_nobody_is_evacuated_and_tier_two_is_gone(site, kind):
    _, prepared = relay_world()
    gone = Scenario("x", (RemoveAssets(site, kind),))
    assert counted(prepared).delivery.tiers[1].any()
    assert not evacuated(prepared, gone).any()
    assert not counted(prepared, gone).delivery.tiers[1].any()


def test_a_helicopter_elsewhere_does_not_lift_these_troops():
    area, prepared = relay_world()
    before = counted(prepared)
    here = counted(prepared, Scenario("x", (AddAssets("ward", "helicopter"),)))
    ward = cell_of(area, 97.5, 22.5)
    assert before.delivery.force[0, ward] == pytest.approx(1 - 0.65 * 0.4)
    assert here.delivery.force[0, ward] == pytest.approx(1 - 0.65 * 0.4 * (1 - 0.5 * 0.6))


def test_a_helicopter_s_stated_notice_counts_in_evacuation():
    """With 90 min of notice the same relay takes 133.5 min: out."""
    area, _ = relay_world()
    area.assets.loc["air:helicopter", "notice_min"] = 90.0
    assert not evacuated(make_basis(area)).any()


def test_a_helicopter_with_shorter_notice_evacuates_further():
    """At once on call: 125 km out and back in 90 min and 15 on the ground; 140 km would be 99."""
    area = make_area(
        size=(0, 0, 150, 20),
        sites=make_sites({"base": (2.5, 12.5)}),
        assets=make_assets({"base": {"helicopter": 1, "surgery": 1}}),
    )
    area.assets.loc["base:helicopter", "notice_min"] = 0.0
    assert evacuated(make_basis(area)).all()


def test_surveillance_is_awareness_and_never_protection():
    _, prepared = road_world(EVERYONE)
    before = counted(prepared)
    after = counted(
        prepared, Scenario("x", (AddAssets("base", "isr_tactical", 5), AddAssets("base", "isr_male", 5)))
    )
    assert np.array_equal(before.delivery.force, after.delivery.force)
    assert np.array_equal(before.delivery.tiers, after.delivery.tiers)


def test_the_mission_s_share_moves_surveillance_alone():
    _, prepared = road_world(EVERYONE | {"isr_tactical": 1})
    none, all_of_it = (
        counted(prepared, Scenario("x", (RetaskAssets("base", "isr_tactical", share),)))
        for share in (0.0, 1.0)
    )
    assert np.array_equal(none.delivery.force, all_of_it.delivery.force)
    assert np.array_equal(none.delivery.tiers, all_of_it.delivery.tiers)
    assert none.figures.equals(all_of_it.figures)


def bridge_world(held, *, search_rated):
    """
    A road over a barrier river; all that lies east of it is reached over the bridge alone.

             river
    base ===== ]=[ ======= village       y = 12.5 km
    2.5      25.0          47.5

    Cells: five columns of four on the western bank, five on the eastern.
    """
    area = make_area(
        size=(0, 0, 50, 20),
        sites=make_sites({"base": (2.5, 12.5)}),
        assets=make_assets({"base": held}),
        roads=make_roads(
            {
                "west": [(2.5, 12.5), (22.5, 12.5)],
                "bridge": [(22.5, 12.5), (27.5, 12.5)],
                "east": [(27.5, 12.5), (47.5, 12.5)],
            },
            crossing={"bridge": "bridge"},
            search_rated={"bridge": search_rated},
        ),
        rivers=make_rivers({"river": [(25, -5), (25, 25)]}, navigable=""),
    )
    return area, make_basis(area)


def test_civilians_on_searched_roads_cost_the_company_days_and_the_sum_is_shown():
    """
    Twenty of the forty cells lie over the searched bridge, one more is quicker over its western ramp; two in the
    far corners are more than four hours away. As many people live in each.

    Two teams ask for 2 x 8 x 21/38 of the company's 30 days; the rest of its patrols and reaction is left.
    The eastern end of the bridge is 20 km at 25 km/h and 5 km at 8 km/h away: 85.5 min, in full.
    """
    held = {"infantry_company": 1, "civil_affairs_team": 2, "community_liaison": 1}
    _, safe = bridge_world(held, search_rated=False)
    assert all(escorts["base"].asked_days == 0 for escorts in counted(safe).escorts)
    area, rated = bridge_world(held, search_rated=True)
    answer = counted(rated)
    taken, asked = answer.escorts[0]["base"], 2 * 8 * 21 / 38
    assert (taken.asked_days, taken.given_days, taken.capacity_days) == pytest.approx((asked, asked, 30))
    left = 1 - asked / 30
    assert taken.patrol_left == pytest.approx(left)
    home, over = cell_of(area, 2.5, 12.5), cell_of(area, 27.5, 12.5)
    assert answer.delivery.force[0, home] == pytest.approx(1 - (1 - 0.35 * left) * (1 - 0.6 * left), abs=1e-5)
    assert answer.delivery.tiers[0, 0, over] == pytest.approx(1 - 0.5**2)


def test_without_a_company_civilians_do_not_use_the_searched_road():
    held = {"civil_affairs_team": 1, "community_liaison": 1}
    area, safe = bridge_world(held, search_rated=False)
    _, rated = bridge_world(held, search_rated=True)
    this, other = cell_of(area, 17.5, 12.5), cell_of(area, 27.5, 12.5)
    assert counted(safe).delivery.tiers[0, 0, [this, other]].tolist() == pytest.approx([0.5, 0.5])
    assert counted(rated).delivery.tiers[0, 0, [this, other]].tolist() == pytest.approx([0.5, 0])


@pytest.mark.parametrize("month", [1, 7])
def test_driving_beside_a_searched_road_is_no_way_round_the_escort(month):
    """
    Open country on both sides of a road that is searched all along.

    In the dry, vehicles cross country at the speed of the search (8 km/h): beside the road
    is as quick as on it. It still is that route, and civilians do not take it unescorted.
    """
    _, rated = road_world({"infantry_company": 1, "civil_affairs_team": 2}, search_rated={"main": True})
    assert counted(rated).escorts[month - 1]["base"].asked_days > 0


def test_without_a_company_civilians_may_still_fly_over_the_searched_road():
    area, rated = bridge_world(
        {"civil_affairs_team": 1, "community_liaison": 1, "helicopter": 1}, search_rated=True
    )
    assert counted(rated).delivery.tiers[0, 0, cell_of(area, 32.5, 12.5)] == pytest.approx(0.5 * 0.5)


def test_rating_a_road_slows_the_troops_on_it():
    area, prepared = road_world({"infantry_company": 1})
    half = cell_of(area, 47.5, 22.5)
    rated = counted(prepared, Scenario("x", (RateRoad("main"),)))
    assert rated.delivery.force[0, half] < counted(prepared).delivery.force[0, half]


def test_closing_the_only_road_in_one_month_leaves_a_drive_across_country_then():
    """
    Across country patrols drive 6.4 km/h, convoys 4.8: 12.5 km, and the last 2.5 km by street, at 10.5 and 7.35.

    131 min, (180 - 131)/120 x 0.35; and 177 min, (240 - 177)/150 x 0.6.
    """
    area, prepared = road_world({"infantry_company": 1})
    near = cell_of(area, 17.5, 22.5)
    patrol = 0.35 * (180 - (12.5 / 6.4 + 2.5 / 10.5) * 60) / 120
    reaction = 0.6 * (240 - (12.5 / 4.8 + 2.5 / 7.35) * 60) / 150
    shut = counted(prepared, Scenario("x", (CloseRoad("main", months_mask("2")),))).delivery.force[:, near]
    assert shut[1] == pytest.approx(1 - (1 - patrol) * (1 - reaction), abs=1e-3)
    assert shut[0] == shut[2] == pytest.approx(0.74)


def test_a_river_without_bridge_is_crossed_by_boat_and_not_by_road():
    """
    A river between two banks, navigable from October to March.

    base  |  village       5 km apart, barrier river at x = 25
    """
    area = make_area(
        size=(0, 0, 50, 20),
        sites=make_sites({"base": (22.5, 12.5)}),
        assets=make_assets(
            {"base": {"infantry_company": 1, "community_liaison": 1, "civil_affairs_team": 1}}
        ),
        rivers=make_rivers({"river": [(25, -5), (25, 25)]}, navigable="10-3"),
    )
    answer, village = counted(make_basis(area)), cell_of(area, 27.5, 12.5)
    assert not answer.delivery.force[:, village].any()
    crossed = [bool(answer.delivery.tiers[0, month, village] > 0) for month in range(12)]
    assert crossed == [month in (10, 11, 12, 1, 2, 3) for month in range(1, 13)]


def test_opening_a_base_reaches_its_own_village():
    area, prepared = road_world({"infantry_company": 1})
    plan = Scenario(
        "x", (OpenSite("post", "Post", **lonlat(97.5, 22.5)), AddAssets("post", "infantry_company"))
    )
    far = cell_of(area, 97.5, 22.5)
    assert counted(prepared, plan).delivery.force[0, far] == pytest.approx(
        1 - 0.65 * (1 - 0.6) * (1 - 0.048), abs=1e-4
    )


def test_a_site_without_assets_changes_nothing():
    _, prepared = road_world(EVERYONE)
    empty = counted(prepared, Scenario("x", (OpenSite("post", "Post", **lonlat(97.5, 22.5)),)))
    assert np.array_equal(empty.delivery.force, counted(prepared).delivery.force)
    assert empty.figures.equals(counted(prepared).figures)


def test_the_geometric_mean_never_says_less_than_the_minimum():
    _, prepared = road_world(EVERYONE)
    least, softer = counted(prepared), counted(prepared, weakest=Weakest.GEOMETRIC)
    assert (softer.delivery.tiers >= least.delivery.tiers - 1e-6).all()
    assert np.array_equal(softer.delivery.force, least.delivery.force)


def test_need_is_counted_by_the_measure_asked_for():
    """All incidents lie in the far village, most people in the near ones; far lies in the east."""
    area, _ = road_world({"infantry_company": 1})
    struck = make_area(
        sites=area.sites,
        assets=area.assets,
        roads=area.roads,
        incidents=make_incidents([{"at": (97.5, 22.5), "deaths": 3.0}] * 20),
        people={(2.5, 22.5): 900, (97.5, 22.5): 100},
        regions=area.regions,
        districts=area.districts,
    )
    prepared = make_basis(struck)
    east = {
        measure: figures_of(review(prepared, TODAY, measure=measure)).at["east", "demand"]
        for measure in Measure
    }
    assert east[Measure.PEOPLE] == pytest.approx(0.1)
    assert east[Measure.THREAT] > 0.5
    assert east[Measure.BLEND] == pytest.approx(0.1 * 0.1 + 0.9 * east[Measure.THREAT], abs=1e-6)


def test_no_sites_reach_nobody():
    area = make_area(sites=make_sites({}), assets=make_assets({}))
    answer = counted(make_basis(area))
    assert not answer.delivery.force.any()
    assert not answer.delivery.tiers.any()
    assert figures_of(answer, level="area").loc["world", ["FF", "MF", "FF0"]].isna().all()
    assert figures_of(answer, level="area").at["world", "not_known_people"] == 1
    assert answer.at_least.loc[0, ["FF", "MF", "FF0"]].tolist() == [0, 0, 0]


def test_closing_the_last_site_is_like_having_none():
    _, prepared = road_world(EVERYONE)
    answer = counted(prepared, Scenario("x", (CloseSite("base"),)))
    assert not answer.delivery.force.any()
    assert not answer.delivery.tiers.any()
    assert all(not escorts for escorts in answer.escorts)


def test_no_people_leave_every_share_unknown():
    area = make_area(
        sites=make_sites({"base": (2.5, 22.5)}), assets=make_assets({"base": EVERYONE}), people=0.0
    )
    found = counted(make_basis(area)).figures
    assert found[["FF", "MF", *TIERS, "FF0", "both_demand", "both_people"]].isna().all(axis=None)


def test_no_incidents_leave_threat_unknown_and_people_known():
    _, prepared = road_world(EVERYONE)
    assert figures_of(review(prepared, TODAY, measure=Measure.THREAT), level="area")["FF"].isna().all()
    blend = figures_of(review(prepared, TODAY), level="area")["FF"]
    assert blend.tolist() == pytest.approx(figures_of(counted(prepared), level="area")["FF"].tolist())


def test_without_regions_or_cercles_the_area_alone_is_reported():
    area = make_area(
        sites=make_sites({"base": (2.5, 22.5)}),
        assets=make_assets({"base": EVERYONE}),
        districts=make_units({}),
    )
    levels = set(counted(make_basis(area)).figures["level"])
    assert levels == {"area", "region", "objective"}
