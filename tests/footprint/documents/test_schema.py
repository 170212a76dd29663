"""Schemas: what they demand, what they refuse, and that they say all a document holds."""

from __future__ import annotations

import copy
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_args

import numpy as np
import pytest

from footprint.access.remoteness import SHARES
from footprint.caveats import Caveat
from footprint.documents.area_check import area_check_document
from footprint.documents.columns import COLUMNS, OWN
from footprint.documents.json import to_json
from footprint.documents.layout.review import BeyondReach, EscortRow
from footprint.documents.place_columns import PLACES
from footprint.documents.schema import DocumentName, schema
from footprint.indicators.indicator import Indicator
from footprint.scenario.changes import KINDS
from footprint.violence.hotspots import HotspotClass
from layers import Fault
from tests.footprint.documents.validate import faults, validator


def parts(content: Any) -> Iterator[dict[str, Any]]:
    """Yield every schema inside a schema."""
    if isinstance(content, dict):
        yield content
        for value in content.values():
            yield from parts(value)
    elif isinstance(content, list):
        for value in content:
            yield from parts(value)


def properties(name: DocumentName) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield table, column and schema of every property of a document."""
    content = schema(name)
    for table, part in {"": content, **content["$defs"]}.items():
        for column, own in part["properties"].items():
            yield table, column, own


def is_number(part: dict[str, Any]) -> bool:
    types = part.get("type", ())
    return not {"number", "integer"}.isdisjoint([types] if isinstance(types, str) else types)


@pytest.mark.parametrize("name", list(DocumentName))
@pytest.mark.slow
def test_each_schema_is_one_and_names_itself(name):
    validator(name)
    content = schema(name)
    assert content["$id"].endswith(f":{name}:1")
    assert content["properties"]["kind"]["const"] == content["title"] == f"footprint-{name}"


@pytest.mark.parametrize("name", list(DocumentName))
@pytest.mark.slow
def test_nothing_may_stand_beside_what_is_declared_and_nothing_be_left_out(name):
    for part in parts(schema(name)):
        if "properties" in part and part.get("type") == "object":
            assert part["additionalProperties"] is False
            assert part["required"] == list(part["properties"])


@pytest.mark.parametrize("name", list(DocumentName))
@pytest.mark.slow
def test_every_number_has_a_unit_and_a_meaning(name):
    lacking = [
        (table, column)
        for table, column, part in properties(name)
        if is_number(part) and not (part.get("x-unit") and part.get("description"))
    ]
    assert lacking == []


@pytest.mark.parametrize("name", [DocumentName.REVIEW, DocumentName.SITE])
def test_every_number_that_may_be_missing_may_give_its_reason(name):
    for table, part in schema(name)["$defs"].items():
        own = part["properties"]
        gaps = [column for column, each in own.items() if is_number(each) and "null" in each["type"]]
        if gaps:
            assert own["reasons"]["propertyNames"]["enum"] == gaps, table


def test_words_of_enumerations_are_listed():
    defined = schema(DocumentName.REVIEW)["$defs"]
    assert defined["PeriodRow"]["properties"]["measure"]["enum"] == list(Indicator)
    assert defined["FigureRow"]["properties"]["level"]["enum"] == ["area", "region", "cercle", "objective"]
    spots = schema(DocumentName.HOTSPOTS)["$defs"]
    assert spots["HotspotRow"]["properties"]["pattern"]["enum"] == list(HotspotClass)


def test_words_said_twice_are_the_same():
    assert get_args(BeyondReach) == SHARES


def test_every_kind_of_change_has_its_place():
    defined = schema(DocumentName.REVIEW)["$defs"]
    for kind in KINDS:
        assert defined[kind]["properties"]["change"] == {"const": kind}
    items = defined["ScenarioPart"]["properties"]["changes"]["items"]["anyOf"]
    assert items == [{"$ref": f"#/$defs/{kind}"} for kind in KINDS]


@pytest.mark.slow
def test_the_dictionary_names_only_what_documents_hold():
    held = {(table, column) for name in DocumentName for table, column, _ in properties(name)}
    tables = {table for table, _ in held} | {
        "ReviewDocument",
        "SitesDocument",
        "HotspotsDocument",
        "CalendarDocument",
        "EvidenceDocument",
        "PlaceDocument",
        "SitingDocument",
    }
    assert {key.split(".")[0] for key in (*OWN, *PLACES)} <= tables
    assert set(COLUMNS) - {column for _, column in held} == set()


CHECK = area_check_document(
    [Fault(file="sites.csv", problem="p", remedy="r", column="kind", row=3, rows=2)],
    {"sites": 1},
    [Caveat("no_source", "Not in the ledger: {names}.", (("names", "a"),))],
)


def changed(**more: Any) -> dict[str, Any]:
    return copy.deepcopy(json.loads(to_json(CHECK))) | more


@pytest.mark.parametrize(
    "more",
    [
        {"also": 1},
        {"kind": "footprint-review"},
        {"format": 2},
        {"usable": "yes"},
        {"layers": {"sites": 1.5}},
        {"faults": [{"file": "a"}]},
        {"warnings": None},
    ],
)
def test_what_is_not_as_declared_is_refused(more):
    assert faults(changed(), DocumentName.AREA_CHECK) == []
    assert faults(changed(**more), DocumentName.AREA_CHECK) != []


def test_a_row_that_is_nobodys_fault_is_null():
    document = area_check_document([Fault(file="", problem="p", remedy="")], {}, [])
    assert faults(json.loads(to_json(document)), DocumentName.AREA_CHECK) == []
    assert not document.usable


def escort(days: float) -> EscortRow:
    return EscortRow(
        site_id="a", name="A", month=1, asked_days=days, given_days=0.0, capacity_days=0.0, reasons={}
    )


@pytest.mark.parametrize("days", [math.nan, math.inf, -math.inf])
def test_no_document_is_written_with_what_json_has_no_word_for(days):
    with pytest.raises(ValueError, match="JSON"):
        to_json(escort(days))


@pytest.mark.parametrize("value", [np.int64(1), np.array([1.0]), {1}, object()])
def test_no_document_is_written_with_what_it_does_not_declare(value):
    with pytest.raises(TypeError, match="cannot stand in a document"):
        to_json(escort(value))


def test_a_type_without_a_place_in_json_has_no_schema(monkeypatch):
    @dataclass
    class Odd:
        format: int
        kind: str
        numbers: complex

    monkeypatch.setattr("footprint.documents.layout.area_check.AreaCheckDocument", Odd)
    monkeypatch.setitem(Odd.__init__.__globals__, "Odd", Odd)
    with pytest.raises(TypeError, match="cannot stand in a document"):
        schema(DocumentName.AREA_CHECK)
