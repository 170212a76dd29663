"""Seats: pairs of bars where a unit's seat is, the widest gap first, and changes of what is known."""

from __future__ import annotations

from dataclasses import replace
from math import isnan

import geopandas as gpd
import numpy as np
import pytest

from footprint.compare import SMALL
from footprint.indicators.indicator import Indicator
from footprint.indicators.units import Level
from footprint.language import Language
from footprint.review import review
from footprint.scenario import CloseSite, MoveSite, OpenSite, Scenario
from footprint.views.change_view import change_picture
from footprint.views.desk_scene import beside, desk_keys, desk_scene
from footprint.views.focus import within
from footprint.views.maps import SiteState
from footprint.views.scene import Stage
from footprint.views.seats import seat_marks, seat_rows
from tests.worlds import bundled_prepared

EN = Language("en")
NONE: frozenset[Indicator] = frozenset()


@pytest.fixture(scope="module")
def case():
    prepared = bundled_prepared()
    closed = Scenario("closed", (CloseSite("gao"),))
    return prepared, review(prepared, Scenario("today")), review(prepared, closed)


@pytest.mark.slow
def test_the_widest_gap_of_need_comes_first(case):
    prepared, today, _ = case
    rows = seat_rows(today, today, within(prepared.area, "Mopti"), 10, NONE)
    gaps = [row.gap for row in rows]
    assert gaps == sorted(gaps, reverse=True)
    figures = today.figures[(today.figures["level"] == "cercle") & (today.figures["month"] == 10)]
    own = figures.set_index("unit_id").loc[rows[0].unit_id]
    assert (rows[0].force, rows[0].mission) == (own["FF"], own["MF"])
    assert rows[0].gap == pytest.approx(own["demand"] * (own["FF"] - own["MF"]))
    assert {row.force_change for row in rows} == {0.0}


def test_what_is_not_known_has_no_bar_and_its_change_is_of_what_is_known(case):
    prepared, today, closed = case
    rows = seat_rows(today, closed, within(prepared.area, ""), 3, frozenset({Indicator.MISSION}))
    assert all(isnan(row.mission) for row in rows)
    assert any(abs(row.mission_change) > SMALL for row in rows)
    marks = seat_marks(prepared.area, Level.REGION, rows, EN, None)
    assert {mark["mission"] for mark in marks} == {None}
    assert {mark["mission_words"] for mark in marks} == {"?"}


def test_a_seat_stands_in_its_own_unit(case):
    prepared, today, _ = case
    for level, frame in ((Level.REGION, prepared.area.regions), (Level.DISTRICT, prepared.area.districts)):
        rows = seat_rows(today, today, (level, tuple(frame.index)), 1, NONE)
        marks = seat_marks(prepared.area, level, rows, EN, None)
        points = gpd.GeoSeries(
            gpd.points_from_xy([mark["lon"] for mark in marks], [mark["lat"] for mark in marks]),
            crs="EPSG:4326",
        ).to_crs(frame.crs)
        units = frame.geometry.loc[[mark["id"] for mark in marks]]
        # Four decimals of a degree: a seat at a river that is a border may lie eleven metres beyond it.
        assert max(point.distance(unit) for point, unit in zip(points, units, strict=True)) < 50


def test_changes_are_written_and_none_is_an_equals_sign(case):
    prepared, today, closed = case
    rows = seat_rows(today, closed, within(prepared.area, ""), 3, NONE)
    marks = {mark["id"]: mark for mark in seat_marks(prepared.area, Level.REGION, rows, EN, Indicator.FORCE)}
    assert marks["ML07"]["words"].startswith("-")
    assert marks["ML01"]["words"] == "="
    assert marks["ML01"]["change"] == 0


def test_any_change_worth_printing_is_coloured_and_no_other(case):
    """No threshold of reach: a place that goes from 1 to 2 in a hundred shows."""
    _, today, closed = case
    picture = change_picture(today, closed, Indicator.FORCE, 3, EN)
    change = closed.delivery.force[2].astype(float) - today.delivery.force[2].astype(float)
    clear = picture.classes == len(picture.colours)
    assert (clear == (np.abs(change) < SMALL)).all()
    assert (picture.classes[change <= -0.2] == 0).all()
    assert (picture.classes[(change <= -SMALL) & (change > -0.05)] == 2).all()


@pytest.mark.slow
def test_two_plans_have_their_sites_under_their_letters(case):
    prepared, today, _ = case
    plans = [
        review(prepared, Scenario(name, (OpenSite("p1", name, lon, 14.07),)))
        for name, lon in (("Koro", -3.08), ("Bankass", -3.52))
    ]
    stage = Stage(month=10, label="Map", focus="Mopti", over=("flood",))
    content = beside(desk_scene(prepared, plans[1], (), stage, EN), prepared, plans, stage.month, EN)
    marked = {site.state: site.name for site in content.sites if site.state is not SiteState.EXISTING}
    assert marked == {SiteState.PLAN_A: "Koro", SiteState.PLAN_B: "Bankass"}
    keys = dict(desk_keys(content, EN, compared=True, changed=True, worst=False, invented=True))
    assert keys["before"] == "bars: B; outline: A"
    assert keys["flood"] == "flooded in October"
    dry = desk_scene(prepared, today, (), replace(stage, month=4), EN)
    assert dry.flood_month is None, "no key for water that is not there"


@pytest.mark.slow
def test_what_becomes_of_a_site_in_one_plan_alone_is_said_with_both_letters(case):
    prepared, today, _ = case
    site_id, other = prepared.area.sites.index[:2]
    there = prepared.area.sites.to_crs("EPSG:4326").geometry[other]
    plans = (
        review(prepared, Scenario("A", (CloseSite(site_id), MoveSite(other, there.x + 0.05, there.y)))),
        today,
    )
    stage = Stage(month=10, label="Map", focus="Mopti", over=())
    content = beside(desk_scene(prepared, today, (), stage, EN), prepared, plans, stage.month, EN)
    marks = {site.site_id: site for site in content.sites}
    assert marks[site_id].state is SiteState.CLOSING
    assert marks[site_id].detail.endswith("A: Site to close; B: Existing site")
    assert marks[f"plan_a-{other}"].lon == pytest.approx(there.x + 0.05, abs=1e-6)
    assert marks[f"plan_b-{other}"].lon == pytest.approx(there.x, abs=1e-6)
    assert other not in marks
