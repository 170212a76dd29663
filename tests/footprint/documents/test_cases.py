"""Documents of drawn worlds and of the real case are as their schemas say."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from footprint.cli.main import app
from footprint.documents.json import to_json
from footprint.documents.review import findings, review_document
from footprint.documents.schema import DocumentName
from footprint.objectives import Measure
from footprint.scenario import Scenario
from tests.footprint.documents.validate import faults
from tests.footprint.test_laws import plans, prepared
from tests.worlds import review, router_of

PLACE = ("--at", "-3.52,14.07", "--assets", "infantry_company=1,community_liaison=1")


@pytest.mark.slow
@settings(max_examples=15)
@given(
    plan=plans(),
    measure=st.sampled_from(list(Measure)),
    months=st.lists(st.integers(1, 12), min_size=1, max_size=3, unique=True),
)
def test_reviews_of_drawn_scenarios_are_as_their_schema_says(plan, measure, months):
    world = prepared()
    before = review(world, Scenario("today"), measure=measure)
    said = findings(world, router_of(world), review(world, plan, measure=measure), before, measure=measure)
    content = json.loads(to_json(review_document(said, months)))
    assert faults(content, DocumentName.REVIEW) == []


@pytest.mark.real
@pytest.mark.slow
@pytest.mark.usefixtures("read_once")
@pytest.mark.parametrize(
    "words",
    [
        ("review", "{}"), ("review", "{}", "--all", "--measure", "threat"), ("site", "{}", *PLACE), ("sites", "{}"), ("hotspots", "{}"),
        ("calendar", "{}"), ("calendar", "{}", "--by", "cell"), ("area", "check", "{}"),
    ],
)  # fmt: skip
def test_documents_of_the_real_case_are_as_their_schemas_say(real_folder, words):
    result = CliRunner().invoke(app, [word.format(real_folder) for word in words] + ["--json"])
    assert result.exit_code == 0, result.output
    content = json.loads(result.stdout)
    assert faults(content, DocumentName(content["kind"].removeprefix("footprint-"))) == []
