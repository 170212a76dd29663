"""Options as a document: what its schema allows, null with its reason, and words in both languages."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from footprint.documents.json import to_json
from footprint.documents.options import Beside, options_document
from footprint.documents.schema import DocumentName
from footprint.options.choices import ChoiceSet
from footprint.options.engine import OptionsQuestion
from footprint.options.problem import Floor, Limits
from footprint.options.session import inquire, with_budgets, with_order
from layers.months import months_mask
from tests.footprint.documents.validate import faults
from tests.footprint.options.tiny import (
    EFFORT,
    KEPT,
    LOOSE,
    MIDDLE,
    MISSION,
    NORTH,
    aim,
    basis,
    numbered,
    opened,
)
from tests.worlds import router_of

RAINS = opened("rains", 17.5, 17.5, months=months_mask("6-9"), one_off_usd=None)


def document(limits: Limits, *choices, order=None, budgets: int = 0) -> dict[str, Any]:
    question = OptionsQuestion(ChoiceSet((*KEPT, *choices)), aim(), limits)
    found = inquire(basis(), router_of(basis()), question, EFFORT, [].append, most=1)
    if order is not None:
        found = with_order(found, numbered(found.engine, order), EFFORT, [].append)
    if budgets:
        found = with_budgets(found, EFFORT, budgets, [].append)
    own = options_document(basis(), found.answer, Beside(found.frontier, found.forced), ())
    content: dict[str, Any] = json.loads(to_json(own))
    return content


@cache
def whole() -> dict[str, Any]:
    return document(replace(LOOSE, one_off_usd=1.5e6), MIDDLE, NORTH, RAINS, order=NORTH, budgets=2)


@cache
def without_plan() -> dict[str, Any]:
    limits = replace(LOOSE, one_off_usd=1e6, floors=(Floor(MISSION, 0.99),))
    return document(limits, MIDDLE, order=MIDDLE, budgets=2)


@pytest.mark.slow
def test_the_document_is_as_its_schema_says() -> None:
    assert faults(whole(), DocumentName.OPTIONS) == []


@pytest.mark.slow
def test_it_is_also_where_no_plan_keeps_to_the_limits() -> None:
    assert faults(without_plan(), DocumentName.OPTIONS) == []


def test_a_loss_without_end_is_null_with_its_reason() -> None:
    (order,) = whole()["forced"]
    assert (order["loss_least"], order["loss_most"]) == (None, None)
    assert order["reasons"].keys() == {"loss_least", "loss_most"}


def test_a_budget_without_a_plan_is_null_with_its_reason() -> None:
    for row in without_plan()["frontier"]:
        assert (row["score"], row["bound"], row["gap"]) == (None, None, None)
        assert row["reasons"].keys() == {"score", "bound", "gap"}


def test_no_limit_is_null() -> None:
    within = whole()["within"]
    assert (within["more_recurrent_usd"], within["more_posts"], within["mobile_units"]) == (None, None, None)


def test_a_choice_left_out_is_told_with_its_months_and_why() -> None:
    (row,) = whole()["uncosted"]
    assert (row["place"], row["months"]) == ("rains", [6, 7, 8, 9])
    assert row["reasons"] == {"one_off_usd": "nobody has stated it, which is not nought"}


def test_how_it_ended_is_said_in_both_languages() -> None:
    said = whole()["sentence"]
    assert said["en"].startswith("No plan within these limits exceeds")
    assert said["fr"].startswith("Aucun plan dans ces limites ne dépasse")


def test_changes_of_a_plan_are_those_of_its_choices() -> None:
    best = whole()["plans"][-1]
    assert [choice["place"] for choice in best["chosen"]] == ["middle"]
    assert {change["change"] for change in best["changes"]} == {"OpenSite", "AddAssets"}


def test_what_a_plan_takes_is_told_by_resource() -> None:
    assert whole()["plans"][-1]["used"]["one_off_usd"] == 1e6
