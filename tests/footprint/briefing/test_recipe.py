"""Recipes: read back as they were written, and every fault at once."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.briefing.make import focus_named
from footprint.briefing.recipe import Product, Recipe, dumps_recipe, recipe_entries, recipe_of
from footprint.briefing.sheet_files import file_name
from footprint.briefing.sheets.paper import Orientation, Paper, PaperPage, SheetFormat
from footprint.errors import ReleaseError, UnclearPlaceError
from footprint.views.cells import View
from tests.footprint.briefing.briefs import RELEASE, brief
from tests.worlds import bundled_area

WHOLE = Recipe(
    region="Ségou",
    plans=("a b.json", 'q"uote\\.json'),
    languages=("fr",),
    month=10,
    view=View.DIVERGENCE,
    products=(Product.ATLAS,),
    pages=(PaperPage(Paper.A3, Orientation.PORTRAIT),),
    formats=(SheetFormat.SVG,),
    release=RELEASE,
    number="MLI-1",
    revision=3,
)


def written(folder: Path, text: str) -> Path:
    path = folder / "r.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_recipe_is_read_back_as_it_was_written(tmp_path: Path):
    path = written(tmp_path, dumps_recipe(WHOLE))
    assert recipe_of(recipe_entries(path), path.name) == WHOLE


PLAIN = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(PLAIN, st.lists(PLAIN, max_size=3))
@pytest.mark.slow
def test_whatever_is_typed_is_read_back(region: str, plans: list[str]):
    recipe = replace(WHOLE, region=region, plans=tuple(plans))
    entries = tomllib.loads(dumps_recipe(recipe))
    assert (entries["region"], entries["plans"]) == (region, plans)


def test_every_fault_is_named_with_what_may_stand_there():
    entries = {
        "format": 1,
        "number": "1",
        "month": 13,
        "languages": ["en", "de"],
        "marknig": "x",
        "revision": 0,
    }
    with pytest.raises(ReleaseError) as fault:
        recipe_of(entries, "r.toml")
    told = str(fault.value)
    for words in (
        "r.toml: month: write one of 1, 2",
        "r.toml: languages: de is not among en, fr",
        "r.toml: purpose: write some words",
        "r.toml: marknig is no entry of a recipe; marking, perhaps",
        "r.toml: revision: write a whole number",
        "r.toml: precision: write one of",
    ):
        assert words in told


def test_a_file_that_is_no_toml_is_said_to_be_none(tmp_path: Path):
    with pytest.raises(ReleaseError, match="cannot be read"):
        recipe_entries(written(tmp_path, "a = = 1"))
    path = tmp_path / "latin.toml"
    path.write_bytes(b"region = '\xe9'")
    with pytest.raises(ReleaseError, match="not UTF-8"):
        recipe_entries(path)


@pytest.mark.parametrize("words", ["Ségou", "segou", "ML04", "SÉGOU"])
def test_a_region_is_found_by_name_or_identifier(words: str):
    assert focus_named(bundled_area(), words) == "Ségou"


def test_where_region_and_cercle_are_called_alike_the_region_is_meant():
    assert focus_named(bundled_area(), "gao") == "region:ML07"
    assert focus_named(bundled_area(), "ML07-GAO") == "cercle:ML07-GAO"


def test_what_is_not_there_is_told_with_what_is():
    with pytest.raises(UnclearPlaceError, match=r"there are .*Mopti"):
        focus_named(bundled_area(), "Nowhere")


@pytest.mark.slow
def test_a_file_is_named_by_number_place_paper_language_and_day():
    page = PaperPage(Paper.A4, Orientation.PORTRAIT)
    assert (
        file_name(brief("fr", "Ségou"), "Ségou", "10", page)
        == "MLI-FP-0042_r1_Segou_10_a4-portrait_fr_20190701"
    )
