"""`footprint area roads`: how roads join, on the terminal and as a document."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from footprint.cli.main import app
from footprint.documents.schema import DocumentName, schema

pytestmark = pytest.mark.slow


def run(*arguments):
    result = CliRunner().invoke(app, ["area", "roads", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def test_the_document_is_valid_under_its_schema():
    document = json.loads(run("--json"))
    Draft202012Validator(schema(DocumentName.ROADS)).validate(document)
    assert document["kind"] == "footprint-roads"


def test_what_is_not_known_is_null_and_says_why():
    document = json.loads(run("--json"))
    assert (document["one_way_km"], "no directions" in document["reasons"]["one_way_km"]) == (None, True)


def test_the_table_says_how_the_network_joins():
    assert "the network is one part" in " ".join(run().split())


def test_it_speaks_french():
    assert "Toutes les routes" in run("--lang", "fr")
