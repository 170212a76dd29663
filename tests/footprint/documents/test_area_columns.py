"""The guide to the columns of layers says of every column what the loader takes, and of no other."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from footprint.cli import main
from footprint.language import Language
from footprint.method import default_method
from layers.assemble.by_hand import columns_of_file
from layers.column_guide import CellForm, column_guide
from layers.registry import LAYERS
from tests.footprint.documents.area_columns_page import PAGES, page

GUIDES = {each.layer: each for each in column_guide(tuple(default_method().assets))}


@pytest.mark.parametrize("layer", LAYERS)
def test_the_guide_names_the_columns_of_the_layers_schema(layer):
    named = [own.name for own in GUIDES[layer].columns if own.name != "geometry"]
    shaped = GUIDES[layer].file.endswith(".geojson")
    assert named == [name for name in columns_of_file(layer) if not (shaped and name in {"lon", "lat"})]


@pytest.mark.parametrize("layer", LAYERS)
def test_words_and_bounds_are_those_of_the_schema(layer):
    promised = LAYERS[layer].schema.to_schema().columns
    for own in GUIDES[layer].columns:
        statistics = {}
        for check in promised[own.name].checks if own.name in promised else ():
            statistics |= check.statistics
        if own.form is CellForm.WORD:
            assert [word.name for word in own.words] == [str(word) for word in statistics["allowed_values"]]
        if own.form in {CellForm.NUMBER, CellForm.WHOLE_NUMBER} and own.name not in {"lon", "lat"}:
            assert (own.least, own.most) == (statistics.get("min_value"), statistics.get("max_value"))


def test_kinds_of_asset_are_those_of_the_method():
    kind = next(own for own in GUIDES["assets"].columns if own.name == "kind")
    assert [word.name for word in kind.words] == list(default_method().assets)


def test_cells_that_must_be_filled_are_said():
    needed = {own.name for own in GUIDES["assets"].columns if own.needed}
    assert needed == {"asset_id", "site_id", "kind", "count", "confidence"}


@pytest.mark.parametrize("code", ["en", "fr"])
def test_the_pages_of_the_documentation_are_the_guide(code):
    assert PAGES[code].read_text(encoding="utf-8") == page(Language(code))


@pytest.mark.parametrize("code", ["en", "fr"])
def test_the_command_prints_the_guide_to_one_layer(code):
    result = CliRunner().invoke(main.app, ["area", "columns", "sites", "--lang", code])
    assert result.exit_code == 0
    assert all(own.name in result.stdout for own in GUIDES["sites"].columns)
    assert "assets.csv" not in result.stdout


def test_the_command_gives_a_document_of_all_layers():
    result = CliRunner().invoke(main.app, ["area", "columns", "--json"])
    assert [row["layer"] for row in json.loads(result.stdout)["layers"]] == [*LAYERS, "population"]


def test_a_layer_that_is_none_is_refused_with_those_there_are():
    result = CliRunner().invoke(main.app, ["area", "columns", "bases"])
    assert result.exit_code == 1
    assert "use one of: sites, assets" in result.stderr
