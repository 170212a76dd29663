"""A draw is a review: what plans come to under drawn numbers is what a review under those numbers says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from footprint.indicators.periods import by_period
from footprint.indicators.units import Level
from footprint.method import DrawnName, Method, default_method
from footprint.objectives import Measure
from footprint.prepared import Prepared, prepare, with_profile
from footprint.review import review
from footprint.scenario import (
    AddAssets,
    CloseRoad,
    CloseSite,
    OpenSite,
    RateRoad,
    RemoveAssets,
    Scenario,
)
from footprint.uncertainty import FIGURES, Sureness, sureness
from footprint.uncertainty.draws import Draws, common_draws
from footprint.uncertainty.sureness import _valued
from footprint.violence.counted import counted_incidents
from layers import Area
from tests.worlds import (
    bundled_prepared,
    lonlat,
    make_area,
    make_assets,
    make_basis,
    make_incidents,
    make_objective,
    make_roads,
    make_sites,
    router_of,
)

pytestmark = pytest.mark.slow

MEMBERS = ("civil_affairs_team", "community_liaison", "fpu_platoon", "infantry_company", "unpol_team")


def _bundled_plans() -> dict[str, Scenario]:
    roads = bundled_prepared().area.roads.index
    koro = (OpenSite("koro", "Koro", -3.08, 14.07, months=0b110000001111),)
    koro += tuple(AddAssets("koro", kind) for kind in MEMBERS)
    return {
        "today": Scenario("today"),
        "close": Scenario("close", (CloseSite("diabaly"),)),
        "seasonal": Scenario("seasonal", koro),
        "road": Scenario("road", (CloseRoad(roads[3], 0b1111),)),
        # Every road rated and one company left: escorts run out, and teams keep off rated ground.
        "escorts": Scenario("escorts", (RateRoad("*"), RemoveAssets("gao", "infantry_company", 4))),
    }


def reviewed(prepared: Prepared, plans: Mapping[str, Scenario]) -> NDArray[np.float64]:
    """Return what reviews say, as `Sureness.by_draw` of one draw."""
    router, rows = prepared.router(), []
    for scenario in plans.values():
        found = by_period(review(prepared, scenario, router).at_least, FIGURES, prepared.area.seasons)
        found = found[found["level"] != Level.DISTRICT]
        rows.append(found[["mean", "worst"]].to_numpy().reshape(-1, len(FIGURES), 2))
    return np.stack(rows)


def held(method: Method, *drawn: DrawnName) -> Method:
    """Return a method in which nothing but `drawn` is drawn."""
    still = [name for name in DrawnName if name not in drawn]
    ends = {f"drawn.{name}.{end}": method.drawn[name].centre for name in still for end in ("low", "high")}
    return method.edited(ends)


@cache
def drawn_apart() -> tuple[Prepared, Sureness]:
    """Return the bundled case where all is drawn that a method can be edited in, and plans under it."""
    names = set(DrawnName) - {DrawnName.TIME, DrawnName.TIER_WEIGHT, DrawnName.LOCATION}
    today = bundled_prepared()
    method = held(default_method(), *names).edited({"uncertainty.draws": 100})
    prepared = prepare(today.area, method, today.objectives, network=today.network)
    return prepared, sureness(prepared, router_of(today), _bundled_plans())


def under_draw(prepared: Prepared, draws: Draws, at: int) -> Prepared:
    """Return an area made ready under the numbers of a draw, its pull of thin data not estimated anew."""
    pull = prepared.demand.kappa.thousand / prepared.method.demand.shrinkage_factor
    ends = {f"demand.shrinkage_{end}_thousand": pull for end in ("low", "high")}
    method = prepared.method.edited(draws.draw(at).changes(prepared.method) | ends)
    return prepare(prepared.area, method, prepared.objectives, network=prepared.network)


def test_the_methods_own_numbers_give_the_reviews_figures() -> None:
    prepared, found = drawn_apart()
    np.testing.assert_allclose(found.centre, reviewed(prepared, _bundled_plans()), rtol=0, atol=3e-7)


def test_in_one_of_the_plans_escorts_run_out() -> None:
    found = review(bundled_prepared(), _bundled_plans()["escorts"], router_of(bundled_prepared()))
    assert 0 < found.escorts[0]["gao"].escorted < 1


@pytest.mark.slow
@pytest.mark.parametrize("at", [0, 1, 57])
def test_a_draw_gives_the_figures_of_a_review_under_its_numbers(at: int) -> None:
    prepared, found = drawn_apart()
    wanted = reviewed(under_draw(prepared, found.draws, at), _bundled_plans())
    np.testing.assert_allclose(found.by_draw[at], wanted, rtol=0, atol=1e-6)


@pytest.mark.slow
def test_all_times_by_one_factor_are_all_speeds_divided_by_it() -> None:
    today, factor = bundled_prepared(), 1.25
    draws = common_draws(held(today.method))
    times = [each.name is DrawnName.TIME for each in draws.numbers]
    values = draws.values.copy()
    values[:, times] = factor
    found = _valued(
        today,
        router_of(today),
        _bundled_plans(),
        Measure.BLEND,
        Draws(draws.numbers, values[:1], 0),
        (_silent, None),
    )
    speeds = [
        each
        for each in today.method.parameters
        if each.parameter_id.startswith("travel.")
        and each.unit == "km/h"
        and "helicopter" not in each.parameter_id
    ]
    changes = {each.parameter_id: each.value / factor for each in speeds}
    slow = today.method.edited(
        changes | {"travel.ferry_wait_min": today.method.travel.ferry_wait_min * factor}
    )
    wanted = reviewed(prepare(today.area, slow, today.objectives, network=today.network), _bundled_plans())
    np.testing.assert_allclose(found.by_draw[0], wanted, rtol=0, atol=1e-6)


def _silent(_done: int, _all: int) -> None:
    """Tell nobody."""


@pytest.mark.slow
def test_places_moved_are_the_review_of_an_area_with_its_incidents_moved() -> None:
    today = bundled_prepared()
    prepared = replace(today, method=held(today.method, DrawnName.LOCATION))
    found = sureness(prepared, router_of(today), {"today": Scenario("today")})
    draw = found.draws.draw(4)
    incidents = today.area.incidents.sort_index()
    counted = incidents[incidents["geo_precision"] == 1]
    # Draws move those that count as need, in the order of their identifiers.
    own = counted_incidents(today.area.incidents).incidents.sort_index()
    own = own[own["geo_precision"] == 1]
    moved_m = 1000 * draw.moved_km(len(own))
    grid, people = today.area.grid, today.area.population.people
    x_m, y_m = own.geometry.x.to_numpy() + moved_m[:, 0], own.geometry.y.to_numpy() + moved_m[:, 1]
    cell = grid.cell_at(x_m, y_m)
    stays = (cell < 0) | ~np.isfinite(people[cell])
    assert 0 < (~stays).sum() <= len(counted)
    there = own.geometry.translate(0, 0).to_numpy()
    places = np.where(stays, there, shapely.points(x_m, y_m))
    incidents.loc[own.index, "geometry"] = places
    pull = today.demand.kappa.thousand
    method = today.method.edited({f"demand.shrinkage_{end}_thousand": pull for end in ("low", "high")})
    area = replace(today.area, incidents=incidents)
    wanted = reviewed(
        prepare(area, method, today.objectives, network=today.network), {"today": Scenario("today")}
    )
    np.testing.assert_allclose(found.by_draw[4], wanted, rtol=0, atol=1e-6)


def valley() -> Prepared:
    """
    Two bases on one paved road, incidents by the far one; the near one has the only helicopter and surgery.

    camp ===== 40 km ===== post
    """
    area = make_area(
        sites=make_sites({"camp": (12, 22), "post": (52, 22)}, {"post": "11-5"}),
        assets=make_assets(
            {
                "camp": {"infantry_company": 2, "helicopter": 1, "surgery": 1, "civil_affairs_team": 2},
                "post": {"infantry_company": 1, "community_liaison": 1, "fpu_platoon": 1, "unpol_team": 1},
            }
        ),
        roads=make_roads({"road": [(12, 22), (52, 22), (92, 22)]}, search_rated={"road": True}),
        incidents=make_incidents([{"at": (72, 22), "deaths": 3.0}, {"at": (30, 12), "geo_precision": 2}]),
    )
    return make_basis(area)


def test_in_a_valley_the_methods_own_numbers_give_the_reviews_figures() -> None:
    prepared = valley()
    plans = {
        "today": Scenario("today"),
        "open": Scenario(
            "open", (OpenSite("new", "New", **lonlat(80, 22)), AddAssets("new", "infantry_company"))
        ),
        "closed": Scenario("closed", (CloseSite("post"),)),
    }
    found = sureness(prepared, prepared.router(), plans)
    np.testing.assert_allclose(found.centre, reviewed(prepared, plans), rtol=0, atol=3e-7)


def test_with_a_calendar_in_use_the_methods_own_numbers_give_the_reviews_figures() -> None:
    plain, plans = valley(), {"today": Scenario("today")}
    profile = np.tile(np.r_[np.full(6, 1 / 18), np.full(6, 1 / 9)], (plain.area.grid.n_cells, 1))
    # A season that differs by place changes who needs most in which month.
    profile[: plain.area.grid.n_cells // 2] = 1 / 12
    prepared = with_profile(plain, profile)
    found = sureness(prepared, prepared.router(), plans, profile=profile)
    np.testing.assert_allclose(found.centre, reviewed(prepared, plans), rtol=0, atol=3e-7)


@pytest.mark.slow
def test_a_day_too_short_counts_as_in_reviews() -> None:
    today = valley()
    method = today.method.edited({"capability.QRF_GROUND.zero_min": 700, "tasking.stay_min": 600})
    prepared, plans = make_basis(today.area, method=method), {"today": Scenario("today")}
    found = sureness(prepared, prepared.router(), plans)
    np.testing.assert_allclose(found.centre, reviewed(prepared, plans), rtol=0, atol=3e-7)


KINDS = (
    "infantry_company",
    "helicopter",
    "surgery",
    "fpu_platoon",
    "unpol_team",
    "civil_affairs_team",
    "community_liaison",
    "human_rights_team",
    "stabilisation_team",
)
SITES = {"near": (12, 22), "far": (82, 30)}


@st.composite
def worlds(draw: st.DrawFn) -> Area:
    """Two sites on a road that may be rated, with any assets, some of them stated, in any months."""
    held = {
        name: draw(st.dictionaries(st.sampled_from(KINDS), st.integers(1, 3), max_size=7)) for name in SITES
    }
    assets = make_assets(held)
    for column, values in (("availability", (0.0, 0.25, 1.0)), ("notice_min", (0.0, 20.0, 90.0))):
        stated = st.sampled_from((float("nan"), *values))
        assets[column] = [draw(stated) for _ in range(len(assets))]
    return make_area(
        sites=make_sites(SITES, {"far": draw(st.sampled_from(("all", "11-3", "7-9")))}),
        assets=assets,
        roads=make_roads(
            {"road": [(12, 22), (52, 22), (92, 30)]}, search_rated={"road": draw(st.booleans())}
        ),
        incidents=make_incidents(
            [
                {"at": (70, 30), "deaths": 3.0},
                {"at": (30, 12), "geo_precision": 2, "date": np.datetime64("2018-11-01"), "year": 2018},
            ]
        ),
    )


@pytest.mark.slow
@settings(max_examples=15)
@given(worlds())
def test_on_any_world_the_method_and_a_draw_give_the_figures_of_reviews(area: Area) -> None:
    names = set(DrawnName) - {DrawnName.TIME, DrawnName.TIER_WEIGHT, DrawnName.LOCATION}
    prepared = make_basis(area, make_objective(measure=Measure.BLEND), method=held(default_method(), *names))
    plans = {"today": Scenario("today"), "closed": Scenario("closed", (CloseSite("near"),))}
    found = sureness(prepared, prepared.router(), plans)
    np.testing.assert_allclose(found.centre, reviewed(prepared, plans), rtol=0, atol=3e-7)
    wanted = reviewed(under_draw(prepared, found.draws, 2), plans)
    np.testing.assert_allclose(found.by_draw[2], wanted, rtol=0, atol=1e-6)
