"""Plan files: whatever is wrong with one is told at once, with field and remedy, in both languages."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footprint.language import Language
from footprint.scenario import MOST_ASSETS, CloseSite, Scenario
from footprint.workshop import PlanFileError, dumps, load, loads
from tests.footprint.workshop.conftest import TEAM, plan

FRENCH = Language("fr")


def faults(content):
    with pytest.raises(PlanFileError) as refused:
        loads(content if isinstance(content, bytes) else json.dumps(content).encode(), file="plan.json")
    for line in refused.value.said(FRENCH).splitlines():
        assert line.startswith("plan.json")
        assert not re.search(
            r"\b(the|is|no|this|give|of)\b", re.sub(r"'[^']*'|\{[^}]*\}", "", line), re.IGNORECASE
        ), line
    return str(refused.value).splitlines()


def written(**changed):
    return json.loads(dumps(plan("North", *TEAM, office="Koro"))) | changed


def test_a_file_says_name_office_marking_and_what_it_rests_on():
    content = written()
    assert (content["name"], content["office"], content["marking"]) == ("North", "Koro", "CONFIDENTIAL")
    assert content["provenance"]["area_id"] == "square"
    assert content["provenance"]["scenario_id"] == Scenario("", TEAM).scenario_id
    numbers = json.loads(dumps(plan(numbers=(("travel.convoy_cap_kmh", 30.0),))))
    assert numbers["provenance"]["method_changes"][0]["new"] == 30.0


def test_a_byte_order_mark_is_no_fault():
    assert loads(b"\xef\xbb\xbf" + dumps(plan()), file="x").name == "North"


def test_a_scenario_file_is_a_plan_without_an_office():
    content = {
        "format": 1,
        "name": "Old",
        "area_id": "square",
        "area_digest": "d",
        "provenance": {},
        "changes": [],
    }
    assert loads(json.dumps(content).encode(), file="x").name == "Old"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{}".encode("utf-16"), "UTF-16"),
        (b"\x89PNG\r\n\x1a\n\xff\xff", "not UTF-8 text"),
        (b"", "not JSON from line 1"),
        (b"[1, 2]", "it holds [1, 2]"),
        (b'{"a": 1, "a": 2}', "stands twice"),
        (b'{"a": NaN}', "a number is none"),
        (b"[" * 100_000, "too deep"),
        (b'{"a": ' + b"9" * 5000 + b"}", "a number is none"),
        (b" " * 5_000_001, "larger than 5,000,000 bytes"),
    ],
)
def test_a_file_that_is_no_plan_is_told_in_one_line(content, told):
    (line,) = faults(content)
    assert told in line


def test_every_fault_is_told_at_once_with_its_field_and_remedy():
    bad = written(
        plan_format=7,
        name="a\nb",
        office=3,
        numbers={"travel.convoy_cap_kmh": 1e9, "travel.x": 1, "travel.patrol_cap_kmh": "fast"},
        extra=1,
        provenance={"x": "\ud800"},
        changes=[
            {"change": "Fly"},
            {"change": "CloseSite", "months": 0, "colour": "red"},
            {"change": "OpenSite", "site_id": "s", "name": "S", "lon": 999, "lat": "north", "kind": "HQ2"},
            {"change": "AddAssets", "site_id": "s", "kind": "x", "count": MOST_ASSETS + 1},
            "CloseSite",
        ],
    )
    lines = faults(bad)
    told = [line.split("field ")[1].split(":")[0] for line in lines]
    assert sorted(told) == sorted(
        [
            "plan_format", "extra", "provenance", "name", "office",
            "numbers.travel.convoy_cap_kmh", "numbers.travel.patrol_cap_kmh", "numbers.travel.x",
            "changes[1]", "changes[2].colour", "changes[2].site_id", "changes[2].months",
            "changes[3].lon", "changes[3].lat", "changes[3].kind", "changes[4].count", "changes[5]",
        ]
    )  # fmt: skip
    assert all(line.startswith("plan.json, field ") and line.endswith(".") for line in lines)


def test_of_very_many_faults_the_first_are_told_and_the_rest_counted():
    with pytest.raises(PlanFileError) as refused:
        loads(json.dumps(written(changes=[{}] * 500)).encode(), file="plan.json")
    assert str(refused.value).splitlines()[100:] == ["and 400 more faults"]
    assert refused.value.said(FRENCH).endswith("et 400 autres fautes")


def test_no_name_in_a_message_steers_or_breaks_lines():
    lines = faults(written(**{"a\x1b[2J\nb\u202e": 1}))
    assert len(lines) == 1
    assert lines[0].isprintable()


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(PlanFileError, match=r"none\.json: The file cannot be read"):
        load(tmp_path / "none.json")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    ["plan_format", "name", "office", "area_id", "area_digest", "numbers", "changes", "provenance", "origin"]
)


@pytest.mark.slow
@settings(max_examples=200)
@given(st.dictionaries(FIELDS, JSON, max_size=4), st.dictionaries(st.text(max_size=8), JSON, max_size=3))
def test_whatever_stands_in_a_file_it_is_read_or_refused(fields, in_change):
    content = written(**fields)
    if isinstance(content["changes"], list):
        content["changes"] = [*content["changes"], {"change": "OpenSite", **in_change}]
    try:
        read = loads(json.dumps(content).encode(), file="x")
    except PlanFileError:
        return
    assert loads(dumps(read), file="x") == read


@settings(max_examples=200)
@given(st.binary(max_size=200))
@pytest.mark.slow
def test_whatever_bytes_come_they_are_refused(content):
    with pytest.raises(PlanFileError):
        loads(content, file="x")


def test_a_change_of_each_field_is_read_as_declared():
    back = loads(dumps(plan("A", CloseSite("x", months=3))), file="x")
    assert back.scenario.changes == (CloseSite("x", months=3),)
