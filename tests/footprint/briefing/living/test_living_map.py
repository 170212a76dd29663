"""The living map as a file: what it reckons equals the program, and it holds nothing that it may not."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import product

import numpy as np
import pytest

from footprint.briefing.living import page
from footprint.briefing.living.by_cell import STEPS
from footprint.briefing.living.frame import frame_of
from footprint.briefing.living.page import MOST_BYTES, OFF_SHARE, living_map
from footprint.briefing.living.switches import SwitchKind, switches
from footprint.disclosure import Precision
from footprint.errors import ReleaseError
from footprint.prepared import Prepared
from footprint.releases.terms import Clearance, Marking
from footprint.scenario import AddAssets, OpenSite, Scenario
from tests.living_maps import (
    CENTRE,
    SMALL_PLAN,
    File,
    brief_of,
    centre_brief,
    combination,
    known_world,
    reviewed,
    seen,
    silent_world,
)
from tests.worlds import bundled_prepared, lonlat, review

pytestmark = pytest.mark.slow

BY_CELL, BY_UNIT = Precision.INTERNAL, Precision.PUBLIC


def allowed(precision: Precision) -> float:
    """Return how far a figure may lie off: under a coarse profile it is the program's, rounded to a per cent."""
    return OFF_SHARE if precision is BY_CELL else 0.005 + 1e-6


@cache
def centre(precision: Precision, code: str = "en") -> File:
    """Return the living map of the plan for Mopti on the bundled case."""
    return File.read(
        living_map(centre_brief(precision, code), "ABCD-1234", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    )


@pytest.fixture
def world() -> Prepared:
    return known_world()


# ---- equal to the program ------------------------------------------------------------------------------------


@pytest.mark.parametrize("precision", [BY_CELL, BY_UNIT])
def test_random_combinations_of_the_bundled_case_equal_their_reviews(precision: Precision):
    brief, file, draw = centre_brief(precision), centre(precision), np.random.default_rng(7)
    states = [tuple(map(bool, draw.integers(0, 2, len(file.data["switches"])))) for _ in range(6)]
    for state in states:
        force, mission, known = reviewed(brief, review(brief.prepared, combination(CENTRE, state)), file)
        own = file.figures(state)
        assert np.abs(own[0] - force).max() <= allowed(precision)
        assert np.abs(own[1] - mission).max() <= allowed(precision)
        assert (own[2] == known).all()


@pytest.mark.parametrize("precision", [BY_CELL, BY_UNIT])
@pytest.mark.parametrize("made", [known_world, silent_world])
def test_every_combination_of_a_small_world_equals_its_review(
    precision: Precision, made: Callable[[], Prepared]
):
    prepared = made()
    brief = brief_of(prepared, *SMALL_PLAN.changes, precision=precision)
    file = File.read(living_map(brief, "C"))
    for state in product((False, True), repeat=len(file.data["switches"])):
        result = review(prepared, combination(brief.shown.scenario, state))
        force, mission, known = reviewed(brief, result, file)
        own = file.figures(state)
        assert np.abs(own[0] - force).max() <= allowed(precision)
        assert np.abs(own[1] - mission).max() <= allowed(precision)
        assert (own[2] == known).all()


def test_a_coarser_telling_stays_within_what_it_says(world: Prepared, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(page, "STEPS", STEPS[-1:])
    brief = brief_of(world, *SMALL_PLAN.changes)
    file = File.read(living_map(brief, "C"))
    assert file.data["way"]["steps"] == STEPS[-1]
    for state in product((False, True), repeat=len(file.data["switches"])):
        force, _, _ = reviewed(brief, review(world, combination(brief.shown.scenario, state)), file)
        assert np.abs(file.figures(state)[0] - force).max() <= OFF_SHARE


def test_a_file_that_would_be_too_heavy_is_refused(world: Prepared, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(page, "MOST_BYTES", 10_000)
    with pytest.raises(ReleaseError, match="would weigh"):
        living_map(brief_of(world, *SMALL_PLAN.changes), "C")


def test_more_switches_than_a_coarse_profile_can_hold_are_refused(world: Prepared):
    opened = [OpenSite(f"s{n}", f"S{n}", **lonlat(5 + 6 * n, 40)) for n in range(13)]
    with pytest.raises(ReleaseError, match="13 switches"):
        living_map(brief_of(world, *opened, precision=BY_UNIT), "C")


def test_a_brief_without_a_plan_has_months_alone(world: Prepared):
    file = File.read(living_map(brief_of(world), "C"))
    assert file.data["switches"] == []
    assert (
        np.abs(
            file.figures(())[0] - reviewed(brief_of(world), review(world, Scenario("today")), file)[0]
        ).max()
        < OFF_SHARE
    )


# ---- light, and alone ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("precision", [BY_CELL, BY_UNIT])
def test_it_is_light(precision: Precision):
    assert len(centre(precision).html.encode()) <= MOST_BYTES


def test_the_whole_area_is_light_too():
    brief = brief_of(bundled_prepared(), *CENTRE.changes, precision=Precision.RESTRICTED)
    assert len(living_map(brief, "C").encode()) <= MOST_BYTES


def test_it_names_nothing_to_fetch():
    html = centre(BY_CELL).html
    assert re.findall(r"\s(?:src|href|action|data)=(?!\"data:)", html) == []
    assert re.findall(r"url\(|@import|https?://(?!www\.w3\.org/2000/svg)", html) == []


def test_its_policy_lets_its_own_script_run_and_nothing_else():
    html = centre(BY_CELL).html
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    assert policy is not None
    assert re.fullmatch(
        r"default-src 'none'; script-src 'sha256-[^']{44}'; style-src 'sha256-[^']{44}'; img-src data:; "
        r"base-uri 'none'; form-action 'none'",
        policy[1],
    )


def test_no_element_carries_a_handler_or_a_style():
    page_ = re.sub(r"<(script|style)\b.*?</\1>", "", centre(BY_CELL).html, flags=re.DOTALL)
    assert re.findall(r"<[^>]*\s(?:on\w+|style)\s*=", page_) == []


# ---- what may be in it ---------------------------------------------------------------------------------------


def test_no_cell_is_in_a_public_file():
    file = centre(BY_UNIT)
    assert set(file.data["sections"]) == {"table", "dots.x", "dots.y", "dots.of", "dots.months"}


def test_public_dots_say_nothing_but_the_need_of_their_unit():
    file = centre(BY_UNIT)
    counts = np.bincount(file.numbers("dots.of"), minlength=len(file.data["units"]))
    for place, unit in enumerate(file.data["units"]):
        if place in file.data["inside"]:
            assert counts[place] == round(10_000 * unit["need"][0])


def test_a_public_file_says_shares_in_whole_per_cents():
    file = centre(BY_UNIT)
    assert (file.data["way"]["steps"], file.data["digits"]) == (100, 0)


def test_a_public_file_calls_what_a_plan_opens_closes_or_moves_by_its_unit():
    data = centre(BY_UNIT).data
    assert "TOB" not in json.dumps(data, ensure_ascii=False)
    # Where Diabaly stands is known; that it closes is not.
    assert not re.search("Diabaly", json.dumps(data | {"sites": []}, ensure_ascii=False))
    assert data["languages"][0]["sites"] == [
        "Proposed site in Bankass",
        "A closing site",
        "A moved site",
        "A site with other assets",
        "Proposed site in Niono",
    ]


def test_a_public_file_tells_what_stands_as_it_stands_today():
    """A site that were missing, or marked, would be the one that the plan touches."""
    data, sites = centre(BY_UNIT).data, centre_brief(BY_UNIT).today.laydown.sites
    shown = {each["name"] for each in data["sites"]}
    for each in centre_brief(BY_UNIT).shown.scenario.changes:
        if each.site_id in sites.index:
            assert sites.at[each.site_id, "name"] in shown
    assert [each["off"] for each in data["switches"]] == [None] * len(data["switches"])
    drawn = {each["kind"] for each in data["switches"] if each["on"]}
    assert drawn == {"open"}


@pytest.mark.parametrize("precision", [BY_CELL, BY_UNIT, Precision.RESTRICTED])
def test_what_a_switch_brings_to_its_site_is_told_on_the_strictest_terms_alone(precision: Precision):
    details = [each["details"] for each in centre(precision).data["languages"][0]["switches"]]
    assert not re.search(r"[+−]\d|tasks", json.dumps(details, ensure_ascii=False))
    exact = centre_brief(Precision.RESTRICTED)
    terms = replace(exact.release, marking=Marking.STRICTLY_CONFIDENTIAL)
    told = File.read(living_map(replace(exact, release=terms), "ABCD-1234")).data["languages"][0]["switches"]
    assert re.search(r"[+−]\d", json.dumps(told, ensure_ascii=False))


def test_a_public_file_does_not_name_its_plan():
    assert centre_brief(BY_UNIT).shown.scenario.name not in json.dumps(
        centre(BY_UNIT).data["languages"][0]["plan"]
    )


@pytest.mark.parametrize(("precision", "step"), [(BY_CELL, 10), (BY_UNIT, 10), (Precision.RESTRICTED, 2)])
def test_places_stand_on_the_profile_s_own_grid(precision: Precision, step: int):
    data = centre(precision).data
    places = [
        *data["sites"],
        *data["seats"],
        *(each[side] for each in data["switches"] for side in ("off", "on") if each[side]),
    ]
    assert places
    assert {place[axis] % step for place in places for axis in "xy"} == {0}


def test_a_public_planned_site_stands_where_its_unit_is_labelled():
    brief = centre_brief(BY_UNIT)
    area, at = brief.prepared.area, brief.shown.laydown.sites
    frame = frame_of(brief.prepared, brief.focus, BY_UNIT)
    for number, each in enumerate(switches(brief.shown.scenario)):
        if each.kind is SwitchKind.OPEN:
            own = area.districts.index[area.districts.contains(at.at[each.site_id, "geometry"])][0]
            label = area.districts.geometry.representative_point().to_crs("EPSG:4326")[own]
            on = centre(BY_UNIT).data["switches"][number]["on"]
            assert (on["x"], on["y"]) == frame.town(label.x, label.y)


def test_the_ground_is_no_finer_than_a_kilometre():
    svg = re.search(
        r'<svg id="ground".*?</svg>|<svg[^>]*id="ground".*?</svg>', centre(BY_CELL).html, re.DOTALL
    )
    assert svg is not None
    drawn = " ".join(re.findall(r' d="([^"]*)"', svg[0]))
    assert {int(number) % 10 for number in re.findall(r"-?\d+", drawn)} == {0}


def test_no_sensitive_place_is_named():
    text = centre(Precision.RESTRICTED).html.lower()
    assert not re.search(r"sensitive|school|clinic|école|dispensaire", text)


def test_hashes_of_a_public_file_are_keyed():
    brief = centre_brief(BY_UNIT)
    assert brief.shown.provenance.scenario_id not in centre(BY_UNIT).html
    assert brief.shown.provenance.area_digest not in centre(BY_UNIT).html
    assert brief.shown.provenance.area_digest in centre(BY_CELL).html


# ---- what must stand in it -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "Says where protection could be delivered, never that anyone is protected.",
        "Boundaries and names do not imply official endorsement.",
        "Map MLI-042, revision 1, 1 July 2019.",
        "Some data are invented",
        "public domain (Natural Earth)",
        "Provenance ",
        "Purpose: a briefing. Audience: the governor. Released by: chief of plans.",
        "ABCD-1234",
        "DRAFT",
    ],
)
def test_it_says(words: str):
    assert words in seen(centre(BY_CELL).html)


def test_the_marking_stands_above_and_below():
    body = re.search(r"<body>(.*?)<script", centre(BY_CELL).html, re.DOTALL)
    assert body is not None
    marks = [found.start() for found in re.finditer('class="marking"', body[1])]
    assert len(marks) == 2
    assert marks[0] < 10
    assert "<header" in body[1][marks[0] : marks[1]]
    assert "<footer" not in body[1][marks[1] :]


def test_a_cleared_map_has_no_watermark(world: Prepared):
    file = File.read(
        living_map(brief_of(world, clearance=Clearance.CLEARED, cleared_by="Chief of staff"), "C")
    )
    assert {each["watermark"] for each in file.data["languages"]} == {""}


def test_both_languages_say_the_same_things():
    first, second = centre(BY_CELL).data["languages"]

    def shape(value: object) -> object:
        if isinstance(value, dict):
            return {key: shape(each) for key, each in value.items()}
        return [shape(each) for each in value] if isinstance(value, list) else type(value)

    assert [first["code"], second["code"]] == ["en", "fr"]
    assert shape(first) == shape(second)


def test_french_has_its_spaces_and_its_comma():
    french = centre(BY_CELL).data["languages"][1]
    assert french["decimal"] == ","
    assert "\u00a0:" in french["say"]["plain"]
    assert not re.search(r"[^\u00a0«][:;!?»%]", french["say"]["plain"])


@pytest.mark.parametrize(
    "hostile",
    [
        "</script><script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "${alert(1)}",
        "\u202egnp.exe",
        "a\u0007b",
        "=1+1",
        "]]>",
        "--><b>",
    ],
)
def test_hostile_names_are_text(world: Prepared, hostile: str):
    brief = brief_of(
        world,
        AddAssets("north", "infantry_company"),
        name=hostile,
        purpose="p " + hostile.replace("\u202e", "").replace("\u0007", ""),
        number=hostile,
    )
    html = living_map(brief, hostile, "<svg onload='alert(1)' xmlns='http://www.w3.org/2000/svg'/>")
    assert html.count("<script") == 3
    assert html.count("</script") == 3
    assert "<img src=x" not in html
    assert "onload" not in html
    assert not re.search("[\u202e\u0007]", html)
