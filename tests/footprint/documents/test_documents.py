"""Reports: documents that JSON can carry, whose every column has a unit and every gap a reason."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache

import pytest

from footprint.access.remoteness import remoteness
from footprint.caveats import SAID_ELSEWHERE, Caveat, caveats
from footprint.documents import review as reviews
from footprint.documents import site as sites
from footprint.documents.columns import COLUMNS, FIGURES
from footprint.documents.json import to_json
from footprint.documents.review import Findings
from footprint.documents.schema import DocumentName
from footprint.language import Language
from footprint.objectives import Measure
from footprint.scenario import AddAssets, CloseSite, OpenSite, RemoveAssets, Scenario
from layers import Dropped
from tests.footprint.documents.validate import faults
from tests.worlds import (
    lonlat,
    make_area,
    make_assets,
    make_basis,
    make_rivers,
    make_roads,
    make_sites,
    make_units,
    review,
    router_of,
)

TODAY = Scenario("today")
HALVES = {"west": (0, 0, 50, 50), "east": (50, 0, 100, 50)}
KEYS = [
    "format", "kind", "tool", "provenance", "area", "sources", "method", "scenario", "objectives", "limits", "warnings",
    "units",
    "measure", "months", "figures", "periods", "lower_bounds", "over_objectives", "remoteness", "remoteness_periods",
    "months_reachable", "escorts", "need", "comparison",
]  # fmt: skip
SITE_KEYS = [
    *KEYS[:12],
    "site",
    "changes",
    "reachable_months",
    "evacuation",
    "evacuation_limit_min",
    "escorts",
]


@cache
def prepared():
    """A camp with a company in the west, where all the people live; the east is empty."""
    area = make_area(
        sites=make_sites({"camp": (12.5, 22.5)}),
        assets=make_assets({"camp": {"infantry_company": 2, "helicopter": 1}}),
        roads=make_roads({"main": [(2.5, 22.5), (97.5, 22.5)]}),
        people={(12.5, 22.5): 300},
        regions=make_units(HALVES, dict.fromkeys(HALVES, "country")),
        districts=make_units(HALVES, {name: name for name in HALVES}),
    )
    return make_basis(area)


def findings(*changes, **more):
    answer = review(prepared(), TODAY.then(*changes), measure=Measure.PEOPLE)
    before = review(prepared(), TODAY, measure=Measure.PEOPLE) if changes else None
    said = caveats(prepared(), answer)
    return Findings(
        prepared(),
        answer,
        remoteness(prepared(), router_of(prepared()), answer),
        said,
        before,
        Measure.PEOPLE,
        **more,
    )


def opened():
    return (
        RemoveAssets("camp", "infantry_company"),
        OpenSite("new", "New", **lonlat(87.5, 22.5), months=0b111),
        AddAssets("new", "infantry_company"),
    )


def read(document, name):
    """Return a document as another program reads it, once its schema allows it."""
    content = json.loads(to_json(document))
    assert faults(content, name) == []
    return content


def review_document(findings, months):
    return read(reviews.review_document(findings, months), DocumentName.REVIEW)


def site_document(findings, site_id, *, access):
    return read(sites.site_document(findings, site_id, access=access), DocumentName.SITE)


@cache
def site():
    before = remoteness(prepared(), router_of(prepared()), review(prepared(), TODAY))
    return site_document(findings(*opened()), "new", access=before)


def rows_in(document):
    for value in document.values():
        if isinstance(value, dict):
            yield from rows_in(value)
        elif isinstance(value, list):
            for row in value:
                if isinstance(row, dict):
                    yield row


@pytest.mark.slow
def test_the_keys_are_those_of_format_1_in_their_order():
    document = review_document(findings(), [3])
    assert document["format"] == 1
    assert list(document) == KEYS
    assert list(site()) == SITE_KEYS


@pytest.mark.parametrize(
    "document", [lambda: review_document(findings(CloseSite("camp")), range(1, 13)), site]
)
@pytest.mark.slow
def test_json_can_carry_it_without_nan_or_infinity(document):
    assert json.loads(json.dumps(document(), allow_nan=False)) == document()


@pytest.mark.parametrize("document", [lambda: review_document(findings(*opened()), [1, 10]), site])
@pytest.mark.slow
def test_every_number_has_a_unit_and_every_gap_a_reason(document):
    made = document()
    apart = {"sources", "warnings", "objectives", "method", "assets", "donors", "equity_flags", "changes"}
    for row in rows_in({key: value for key, value in made.items() if key not in apart}):
        if "reasons" not in row:
            continue
        numbers = {name for name, value in row.items() if type(value) in {int, float}}
        assert numbers - {"within"} <= made["units"].keys()
        gaps = {name for name, value in row.items() if value is None and name in FIGURES}
        assert gaps == row["reasons"].keys()
        assert all(row["reasons"].values())


def test_a_unit_without_demand_has_null_and_says_why():
    document = review_document(findings(), [3])
    east = next(row for row in document["figures"] if row["level"] == "region" and row["unit_id"] == "east")
    assert east["FF"] is None
    assert east["reasons"]["FF"] == "no demand in this unit"
    assert east["reasons"]["both_people"] == "no people in this unit"
    assert east["people"] == 0
    period = next(row for row in document["periods"] if row["unit_id"] == "east")
    assert period["worst_season"] is None


@pytest.mark.slow
def test_troops_that_never_come_are_null_with_the_reason():
    document = review_document(findings(CloseSite("camp")), [3])
    row = document["remoteness"][0]
    assert row["troops_min"] is None
    assert row["reasons"]["troops_min"] == "no way by land in any month"


def test_only_the_months_asked_for_are_given_one_by_one():
    document = review_document(findings(), [10, 11])
    assert {row["month"] for row in document["figures"]} == {10, 11}
    assert {row["month"] for row in document["remoteness"]} == {10, 11}
    assert set(document["periods"][0]["seasons"]) == {"COOL_DRY", "HOT_DRY", "RAINS", "FLOOD_HARVEST"}


@pytest.mark.slow
def test_the_like_for_like_gap_is_force_minus_tier_two_and_never_negative():
    for row in review_document(findings(), range(1, 13))["figures"]:
        if row["B2"] is None:
            assert row["FF_minus_B2"] is None
        else:
            assert row["FF_minus_B2"] == pytest.approx(row["FF"] - row["B2"], abs=2e-6)
            assert row["FF_minus_B2"] >= 0


def test_it_states_what_the_numbers_rest_on():
    document = review_document(findings(), [1])
    assert document["area"]["digest"] == "0" * 16
    assert document["area"]["frame_date"] == "2019-06-30"
    assert document["area"]["invented"] is True
    assert document["method"]["digest"] == prepared().method.digest
    assert document["method"]["changed"] == []
    assert document["objectives"][0]["decided"] is False
    assert {"weights_not_decided", "invented_data"} <= {each["code"] for each in document["warnings"]}


@pytest.mark.slow
def test_changed_numbers_of_the_method_are_named():
    method = prepared().method.edited({"reporting.beyond_min": 120})
    other = make_basis(prepared().area, method=method)
    answer = review(other, TODAY)
    said = Findings(other, answer, remoteness(other, router_of(other), answer), caveats(other, answer))
    document = review_document(said, [1])
    assert [
        (each["parameter_id"], each["value"], each["default"]) for each in document["method"]["changed"]
    ] == [("reporting.beyond_min", 120, 240)]
    assert "method_changed" in {each["code"] for each in document["warnings"]}


@pytest.mark.slow
def test_a_baseline_has_no_comparison_and_a_scenario_has_one():
    assert review_document(findings(), [1])["comparison"] is None
    comparison = review_document(findings(CloseSite("camp", 0b1)), [1])["comparison"]
    assert comparison["months_changed"] == [1]
    assert {row["unit_id"] for row in comparison["by_month"]} == {"world", "west", "whole"}


def test_a_site_says_who_gives_its_assets_when_it_is_open_and_how_it_is_reached():
    said = site()
    assert said["site"]["donors"] == [
        {"site_id": "camp", "kind": "infantry_company", "label": "Infantry company", "count": 1}
    ]
    assert said["site"]["months"] == [1, 2, 3]
    assert said["site"]["region"] == {"unit_id": "east", "name": "East"}
    # 75 km along a paved road from the camp.
    assert said["reachable_months"] == list(range(1, 13))
    assert [row["month"] for row in said["escorts"]] == [1, 2, 3]
    assert said["site"]["lon"] == pytest.approx(lonlat(87.5, 22.5)["lon"], abs=1e-5)


def test_evacuation_without_surgery_has_a_reason():
    row = site()["evacuation"][0]
    assert row["surgery_min"] is None
    assert row["within"] is False
    assert row["reasons"]["surgery_min"]


def test_a_proposed_site_is_marked_for_handling():
    assert "handling" in {each["code"] for each in site()["warnings"]}
    assert "handling" not in {notice.code for notice in findings().caveats}


@pytest.mark.slow
def test_a_site_far_from_any_road_is_reported():
    area = make_area(
        sites=make_sites({"camp": (12.5, 42.5)}),
        assets=make_assets({"camp": {"infantry_company": 1}}),
        roads=make_roads({"main": [(2.5, 2.5), (97.5, 2.5)]}),
    )
    world = make_basis(area)
    found = {notice.code: notice for notice in caveats(world, review(world, TODAY))}
    assert "Camp" in found["site_far_from_road"].said(Language("en"))


def test_what_was_left_out_is_counted():
    dropped = (Dropped("incidents", "after the frame date", 12),)
    area = replace(prepared().area, dropped=dropped)
    world = make_basis(area)
    said = [notice.said(Language("en")) for notice in caveats(world, review(world, TODAY))]
    assert "Rows left out of layer Incidents, after the frame date: 12." in said


@pytest.mark.slow
def test_a_tier_the_data_say_nothing_about_is_said_to_be_unknown():
    found = [notice for notice in findings().caveats if notice.code == "tier_not_known"]
    said = [notice.said(Language("en")) for notice in found]
    assert [words.split(":")[0] for words in said] == ["Tier I", "Tier II", "Tier III"]
    assert "The data name no asset for Casualty evacuation to surgery. Where another part" in said[1]
    assert ["and stands as 0." in words for words in said] == [False, True, False]
    assert "Community liaison" not in found[0].said(Language("fr"))
    warnings = review_document(findings(), [1])["warnings"]
    assert [each["text"] for each in warnings if each["code"] == "tier_not_known"] == said


def test_a_tier_stays_unknown_when_a_scenario_takes_assets_away():
    kept = [notice.code for notice in findings(CloseSite("camp")).caveats].count("tier_not_known")
    assert kept == 3  # the Force footprint is in the data, and closing its camp is no silence


def test_reasons_are_sentences_a_catalogue_can_find():
    assert "after the frame date" in SAID_ELSEWHERE


def test_counts_are_written_in_the_readers_way():
    notice = Caveat("cells_in_water", "Cells under water in some month: {count}.", (("count", 1234),))
    assert "1,234" in notice.said(Language("en"))
    assert "1,234" not in notice.said(Language("fr"))


@pytest.mark.parametrize(
    ("name", "value", "written"),
    [
        ("FF", 0.12345678, 0.123457),
        ("FF", -0.0, 0.0),
        ("FF", float("nan"), None),
        ("troops_min", float("inf"), None),
        ("troops_min", 83.33, 83.3),
        ("people", 1234.6, 1235),
    ],
)
def test_numbers_are_rounded_by_their_unit(name, value, written):
    assert COLUMNS[name].rounded(value) == written


@pytest.mark.slow
def test_a_site_without_any_road_is_not_said_to_join_one_on_its_bank():
    area = make_area(
        sites=make_sites({"camp": (12.5, 12.5)}),
        assets=make_assets({"camp": {"infantry_company": 1}}),
        roads=make_roads({"main": [(2.5, 32.5), (97.5, 32.5)]}),
        rivers=make_rivers({"river": [(-5, 22.5), (105, 22.5)]}),
    )
    world = make_basis(area)
    codes = {notice.code for notice in caveats(world, review(world, TODAY))}
    assert "site_far_from_road" in codes
    assert "site_across_water" not in codes
