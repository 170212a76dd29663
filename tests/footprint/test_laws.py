"""
Laws: what holds on every world, whatever the numbers.

Escorts are the one exception, and by design: a civilian team on roads that are searched takes days
from its site's companies, so that adding it may lower what troops do, and a further team shares
escorts that are scarce. The laws of adding and closing are therefore stated where no road is
searched, and for everything but escorted teams where one is.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footprint.indicators.indicator import Indicator
from footprint.indicators.levels import Divergence
from footprint.method import default_method
from footprint.objectives import Measure
from footprint.review import Review
from footprint.scenario import (
    AddAssets,
    CloseRoad,
    CloseSite,
    MoveSite,
    OpenSite,
    RateRoad,
    RemoveAssets,
    Scenario,
)
from footprint.travel.profiles import Profile
from footprint.travel.reach import nearest
from footprint.travel.road_state import RoadState
from layers.months import ALL_MONTHS, months_mask
from tests.worlds import (
    lonlat,
    make_area,
    make_assets,
    make_basis,
    make_incidents,
    make_rivers,
    make_roads,
    make_sites,
    make_units,
    review,
    router_of,
)

pytestmark = pytest.mark.slow

METHOD = default_method()
KINDS = tuple(METHOD.assets)
ESCORTED = {
    kind for capability in METHOD.capabilities.values() if capability.escorted for kind in capability.assets
}
CLOSE = 1e-6
ROADS = {
    "west": [(2.5, 17.5), (32.5, 17.5)],
    "bridge": [(32.5, 17.5), (37.5, 17.5)],
    "east": [(37.5, 17.5), (67.5, 17.5)],
    "north": [(17.5, 17.5), (17.5, 32.5)],
}
INCIDENTS = (
    {"at": (12.5, 22.5), "deaths": 4.0},
    {"at": (52.5, 12.5), "deaths": 0.0, "date": pd.Timestamp("2019-01-15")},
    {"at": (60.0, 30.0), "deaths": 30.0, "geo_precision": 2},
)


def world(*, names=str.title, order=1, **columns):
    """
    Two camps, a river bridged once, a zone under flood in October and November.

    north :                |
          :                |  river, barrier
    camp ====== west === bridge ====== east == post      y = 17.5 km
    2.5                    35                  67.5      a flood zone lies on the east road

    `names` gives the sites' names; `order` -1 turns every layer's rows about.
    """
    sites = make_sites({"camp": (2.5, 17.5), "post": (62.5, 22.5)}, {"post": "9-4"})
    assets = make_assets({
        "camp": {"infantry_company": 2, "helicopter": 1, "surgery": 1, "civil_affairs_team": 1, "unpol_team": 1},
        "post": {"infantry_company": 1, "fpu_platoon": 1, "community_liaison": 1, "human_rights_team": 1, "partner_programme": 1},
    })  # fmt: skip
    roads = make_roads(ROADS, crossing={"bridge": "bridge"}, **columns)
    halves = make_units(
        {"near": (0, 0, 35, 35), "far": (35, 0, 70, 35)}, {"near": "country", "far": "country"}
    )
    return make_area(
        size=(0, 0, 70, 35),
        sites=sites.assign(name=[names(name) for name in sites.index]).iloc[::order],
        assets=assets.iloc[::order],
        roads=roads.iloc[::order],
        incidents=make_incidents(INCIDENTS[::order]),
        people={(12.5, 17.5): 900, (17.5, 27.5): 50, (52.5, 17.5): 400, (62.5, 22.5): 100, (47.5, 7.5): 10},
        regions=halves.iloc[::order],
        rivers=make_rivers({"river": [(35, -5), (35, 40)]}, navigable="8-1"),
        flood={"zone": ("10-11", (45, 10, 55, 25))},
    )


@cache
def prepared():
    return make_basis(world())


@cache
def searched_basis():
    return make_basis(world(search_rated={"west": True, "bridge": True}))


months = st.sampled_from([ALL_MONTHS, months_mask("10-11"), months_mask("6-9"), months_mask("1")])
numbers = st.integers(0, 10**6)
points = st.tuples(st.floats(1, 69), st.floats(1, 34))
held = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(1, 3)), max_size=5)


@st.composite
def openings(draw, site_id="new", kinds=KINDS):
    """Return the changes that open a site somewhere with some assets."""
    at = lonlat(*draw(points))
    kept = [(kind, count) for kind, count in draw(held) if kind in kinds]
    opened = OpenSite(site_id, "New", at["lon"], at["lat"], months=draw(months))
    return (opened, *(AddAssets(site_id, kind, count) for kind, count in kept))


@st.composite
def plans(draw):
    """Return a scenario of several changes that can all be made."""
    changes = list(draw(openings("first")))
    if draw(st.booleans()):
        changes.append(CloseRoad(draw(st.sampled_from(sorted(ROADS))), draw(months)))
    if draw(st.booleans()):
        changes.append(MoveSite("post", **lonlat(*draw(points))))
    if draw(st.booleans()):
        changes.append(CloseSite("camp", draw(months)))
    return Scenario("plan", tuple(changes))


few = settings(max_examples=5)


def levels(answer: Review):
    """Return force and the three tiers of every month and cell, shape (4, 12, n_cells)."""
    return np.concatenate([answer.delivery.force[None], answer.delivery.tiers])


def never_less(more: Review, less: Review):
    assert (levels(more) >= levels(less) - CLOSE).all()
    assert (more.delivery.circle >= less.delivery.circle).all()
    pair = (more.figures[list(Indicator)], less.figures[list(Indicator)])
    assert (pair[0].isna() == pair[1].isna()).all(axis=None)
    assert (pair[0].fillna(0) >= pair[1].fillna(0) - CLOSE).all(axis=None)


def same(one: Review, other: Review):
    """Tell that two reviews are one and the same, bit for bit."""
    assert np.array_equal(levels(one), levels(other))
    assert np.array_equal(one.delivery.circle, other.delivery.circle)
    pd.testing.assert_frame_equal(one.figures, other.figures, check_exact=True)


@few
@given(plan=plans(), more=openings())
def test_another_site_never_lowers_anything(plan, more):
    never_less(review(prepared(), plan.then(*more)), review(prepared(), plan))


@few
@given(plan=plans(), kind=st.sampled_from(KINDS), count=st.integers(1, 3))
def test_another_asset_never_lowers_anything(plan, kind, count):
    never_less(review(prepared(), plan.then(AddAssets("first", kind, count))), review(prepared(), plan))


@few
@given(plan=plans(), chosen=months)
def test_closing_a_site_never_raises_anything(plan, chosen):
    never_less(review(prepared(), plan), review(prepared(), plan.then(CloseSite("first", chosen))))


@few
@given(plan=plans(), kind=st.sampled_from(sorted({*KINDS} - ESCORTED)))
def test_with_searched_roads_an_asset_that_needs_no_escort_never_lowers_anything(plan, kind):
    never_less(review(searched_basis(), plan.then(AddAssets("first", kind))), review(searched_basis(), plan))


@few
@given(plan=plans(), more=openings())
def test_with_searched_roads_another_site_never_lowers_anything(plan, more):
    """Escorts are a matter of each site: a new one takes nothing from the others."""
    never_less(review(searched_basis(), plan.then(*more)), review(searched_basis(), plan))


def test_the_exception_is_real_escorted_teams_on_searched_roads_cost_patrols():
    more = Scenario("more", (AddAssets("camp", "civil_affairs_team", 3),))
    before, after = review(searched_basis(), Scenario("today")), review(searched_basis(), more)
    assert (after.delivery.force <= before.delivery.force + CLOSE).all()
    assert (after.delivery.force < before.delivery.force - 0.01).any()


@few
@given(plan=plans())
def test_shares_lie_between_nothing_and_all(plan):
    answer = review(prepared(), plan)
    assert ((levels(answer) >= 0) & (levels(answer) <= 1)).all()
    shares = answer.figures.drop(columns=["level", "unit_id", "name", "month", "people"])
    assert ((shares.isna()) | ((shares >= 0) & (shares <= 1 + CLOSE))).all(axis=None)


@few
@given(plan=plans())
def test_classes_share_out_the_whole(plan):
    found = review(prepared(), plan).figures
    for of in ("demand", "people"):
        total = found[[f"{kind.name.lower()}_{of}" for kind in Divergence]].sum(axis=1, skipna=False)
        assert total.dropna().to_numpy() == pytest.approx(1)
        assert total.isna().equals(found[of] == 0)


@few
@given(plan=plans(), rated=st.booleans())
def test_tier_two_never_exceeds_force(plan, rated):
    plan = plan.then(RateRoad("*")) if rated else plan
    answer = review(prepared(), plan)
    assert (answer.delivery.tiers[1] <= answer.delivery.force).all()
    known = answer.figures.dropna(subset="FF")
    assert (known["B2"] <= known["FF"] + CLOSE).all()


@few
@given(plan=plans())
def test_the_mission_lies_between_its_weakest_and_strongest_tier(plan):
    found = review(prepared(), plan).figures.dropna(subset="MF")
    tiers = found[["B1", "B2", "B3"]]
    assert (found["MF"] >= tiers.min(axis=1) - CLOSE).all()
    assert (found["MF"] <= tiers.max(axis=1) + CLOSE).all()


@cache
def shuffled_basis():
    return make_basis(world(order=-1))


@cache
def renamed_basis():
    return make_basis(world(names=lambda name: f"Zzz {name[::-1]}"))


@few
@given(plan=plans())
def test_the_order_of_rows_changes_nothing(plan):
    one, other = review(prepared(), plan), review(shuffled_basis(), plan)
    assert np.array_equal(levels(one), levels(other))
    keys = ["level", "unit_id", "month"]
    sides = [answer.figures.sort_values(keys, ignore_index=True) for answer in (one, other)]
    pd.testing.assert_frame_equal(*sides, rtol=1e-9)


@few
@given(plan=plans())
def test_names_change_nothing(plan):
    same(review(prepared(), plan), review(renamed_basis(), replace(plan, name="another name")))


@few
@given(plan=plans())
def test_a_scenario_reviewed_twice_is_the_same_and_leaves_nothing_behind(plan):
    before = review(prepared(), Scenario("today"))
    first, second = review(prepared(), plan), review(prepared(), plan)
    same(first, second)
    same(before, review(prepared(), Scenario("today")))


@settings(max_examples=3)
@given(plan=plans())
def test_what_is_kept_from_other_scenarios_changes_nothing(plan):
    """A basis that has answered much before answers as one made for the question."""
    same(review(prepared(), plan), review(make_basis(world()), plan))
    same(
        review(searched_basis(), plan),
        review(make_basis(world(search_rated={"west": True, "bridge": True})), plan),
    )


@few
@given(plan=plans(), added=openings())
def test_adding_and_taking_away_again_is_the_same(plan, added):
    undone = plan.then(*added, CloseSite("new"))
    same(review(prepared(), plan), review(prepared(), undone))


LIMITS = sorted(
    parameter.parameter_id
    for parameter in METHOD.parameters
    if parameter.parameter_id.startswith("capability.")
    and parameter.parameter_id.endswith(("zero_min", "zero_km"))
)


@cache
def longer(name, factor):
    number = {parameter.parameter_id: parameter.value for parameter in METHOD.parameters}[name]
    return make_basis(world(), method=METHOD.edited({name: factor * number}))


@settings(max_examples=6)
@given(plan=plans(), name=st.sampled_from(LIMITS), factor=st.sampled_from([1.01, 2.0]))
def test_a_longer_limit_never_lowers_anything(plan, name, factor):
    never_less(review(longer(name, factor), plan), review(prepared(), plan))


@settings(max_examples=6)
@given(plan=plans(), limit_min=st.floats(120, 600))
def test_a_longer_way_to_surgery_never_lowers_anything(plan, limit_min):
    patient = make_basis(world(), method=METHOD.edited({"reporting.casevac_limit_min": limit_min}))
    never_less(review(patient, plan), review(prepared(), plan))


@few
@given(
    at=points,
    road=st.sampled_from(sorted(ROADS)),
    shut=months,
    month=st.integers(1, 12),
    profile=st.sampled_from([Profile.PATROL, Profile.CONVOY, Profile.CIVIL, Profile.FOOT, Profile.BOAT]),
)
def test_what_cannot_be_reached_stays_so_when_a_road_closes_and_nothing_gets_nearer(
    at, road, shut, month, profile
):
    router = router_of(prepared())
    connector = router.connector(1000 * at[0], 1000 * at[1])
    before, after = (
        nearest(prepared().network, router.weights(profile, month, roads), [connector]).minutes
        for roads in (RoadState(), RoadState().close(road, shut))
    )
    assert not (np.isinf(before) & np.isfinite(after)).any()
    assert (after >= before).all()


@few
@given(plan=plans(), road=st.sampled_from(sorted(ROADS)), shut=months)
def test_closing_a_road_never_raises_force(plan, road, shut):
    """
    Where patrols fade with time alone.

    With distance in play a detour may be slower and yet shorter, and count as nearer.
    """
    never_stronger = review(plain(), plan.then(CloseRoad(road, shut))).delivery.force
    assert (never_stronger <= review(plain(), plan).delivery.force + CLOSE).all()


@cache
def plain():
    return make_basis(
        world(), method=METHOD.edited({"capability.PATROL.full_km": 999, "capability.PATROL.zero_km": 1000})
    )


@few
@given(plan=plans(), measure=st.sampled_from(list(Measure)))
def test_whose_need_counts_changes_no_cell(plan, measure):
    one, other = review(prepared(), plan), review(prepared(), plan, measure=measure)
    assert np.array_equal(levels(one), levels(other))


@pytest.mark.parametrize("count", [1, 2])
def test_taking_assets_away_never_raises_anything(count):
    fewer = Scenario("x", (RemoveAssets("camp", "infantry_company", count),))
    never_less(review(prepared(), Scenario("today")), review(prepared(), fewer))
