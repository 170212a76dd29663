"""Sheets as files: one PDF for an atlas, pictures by themselves, no name twice."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from footprint.briefing.recipe import Product, Recipe
from footprint.briefing.sheet_files import sheet_files
from footprint.briefing.sheets.paper import SheetFormat
from footprint.views.focus import focus_name, within
from tests.footprint.briefing.briefs import RELEASE, brief

ATLAS = Recipe(release=RELEASE, number="MLI-1", products=(Product.ATLAS,), formats=(SheetFormat.PDF,))


@pytest.mark.slow
def test_an_atlas_is_one_pdf_of_a_page_for_each_unit_under_one_code():
    of = brief()
    (atlas,) = sheet_files(of, ATLAS)
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(atlas.make("ABCD-1234"))).pages]
    level, units = within(of.prepared.area, of.focus)
    names = [focus_name(of.prepared.area, f"{level}:{unit}", of.language.code) for unit in units]
    assert len(pages) == len(names)
    assert all(name in page and "ABCD-1234" in page for name, page in zip(names, pages, strict=True))


def test_pictures_of_an_atlas_are_files_of_their_own_and_no_name_comes_twice():
    every = tuple(Product)
    recipe = replace(ATLAS, products=every, formats=(SheetFormat.PDF, SheetFormat.PNG))
    names = [each.name for each in sheet_files(brief(), recipe)]
    assert len(names) == len(set(names))
    assert sum("atlas" in name for name in names) == 2


def test_without_a_pdf_there_is_no_atlas_of_pages():
    names = [each.name for each in sheet_files(brief(), replace(ATLAS, formats=(SheetFormat.PNG,)))]
    assert names
    assert all(name.endswith(".png") for name in names)
