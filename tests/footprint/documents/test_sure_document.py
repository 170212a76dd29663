"""How sure, as a document and in words: what its schema allows, and what is not known said so."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from footprint.documents.json import to_json
from footprint.documents.schema import DocumentName
from footprint.documents.sure import sure_document
from footprint.language import Language
from footprint.method import default_method
from footprint.objectives import Measure
from footprint.prepared import Prepared
from footprint.scenario import CloseSite, Scenario
from footprint.uncertainty import Band, Paired, sureness
from footprint.views.sure_words import band_words, number_words, pair_words
from tests.footprint.documents.validate import faults
from tests.footprint.uncertainty.test_sureness import plain, plans
from tests.worlds import make_area, make_assets, make_basis, make_sites

pytestmark = pytest.mark.slow

ENGLISH, FRENCH = Language("en"), Language("fr")


def document(prepared: Prepared, asked: dict[str, Scenario]) -> dict[str, Any]:
    drawn = sureness(prepared, prepared.router(), asked)
    written = to_json(sure_document(prepared, drawn, asked, (), measure=Measure.BLEND))
    content: dict[str, Any] = json.loads(written)
    return content


@cache
def whole() -> dict[str, Any]:
    return document(plain(), plans())


@cache
def gapped() -> dict[str, Any]:
    """Nobody names a civilian team, and the second plan has no site at all."""
    area = make_area(
        sites=make_sites({"west": (22, 22)}),
        assets=make_assets({"west": {"infantry_company": 2, "helicopter": 1, "surgery": 1}}),
    )
    asked = {"today": Scenario("today"), "nobody": Scenario("nobody", (CloseSite("west"),))}
    return document(make_basis(area), asked)


def test_the_document_is_as_its_schema_says() -> None:
    assert faults(whole(), DocumentName.SURE) == []
    assert faults(gapped(), DocumentName.SURE) == []


def test_every_plan_has_a_band_of_every_figure() -> None:
    # The area, one region, one objective; five figures; mean and worst season.
    assert len(whole()["bands"]) == 3 * 3 * 5 * 2
    assert all(row["low"] <= row["median"] <= row["high"] for row in whole()["bands"])


def test_draws_in_which_a_plan_has_some_place_are_all_draws() -> None:
    assert {sum(row["places"]) for row in whole()["bands"]} == {whole()["draws"]}


def test_what_is_not_known_is_null_with_its_reason_and_has_no_place() -> None:
    silent = [row for row in gapped()["bands"] if row["measure"] == "MF"]
    assert {(row["centre"], row["low"], row["median"], row["high"], row["places"]) for row in silent} == {
        (None, None, None, None, None)
    }
    assert {row["reasons"]["median"] for row in silent} == {"not known: the data name no asset for it"}


def test_a_difference_of_what_is_not_known_says_that_it_is_at_least() -> None:
    assert {row["known"] for row in gapped()["pairs"] if row["measure"] == "MF"} == {False}
    assert {row["known"] for row in gapped()["pairs"] if row["measure"] == "FF"} == {True}


def test_another_plan_makes_another_identifier() -> None:
    alone = document(plain(), {"today": Scenario("today")})
    assert alone["provenance"]["identifier"] != whole()["provenance"]["identifier"]


def pair(first: int, second: int, *, told_apart: bool, within_cells: bool = False) -> Paired:
    return Paired(0.01, Band(-0.002, 0.01, 0.02), first, second, 200, told_apart, within_cells)


def test_two_plans_that_cannot_be_told_apart_are_said_to_be_so_with_their_draws() -> None:
    words = pair_words(("A", "B"), pair(90, 103, told_apart=False), ENGLISH)
    assert words == (
        "B and A are not distinguishable: the first is better in 103 of 200 draws, the second in 90."
    )


def test_a_better_plan_is_said_to_be_better_by_its_band_whichever_comes_first() -> None:
    words = pair_words(("A", "B"), pair(2, 195, told_apart=True), ENGLISH)
    assert words.startswith("B is better than A in 195 of 200 draws, by -0.20")
    assert "+2.00" in words
    words = pair_words(("A", "B"), pair(195, 2, told_apart=True), ENGLISH)
    assert words.startswith("A is better than B in 195 of 200 draws, by -2.00")


def test_equal_plans_are_said_to_be_the_same() -> None:
    words = pair_words(("A", "B"), pair(0, 0, told_apart=False, within_cells=True), ENGLISH)
    assert words == "A and B: the same in all 200 draws."


def test_a_difference_that_the_cells_make_is_marked_in_both_languages() -> None:
    small = pair(0, 200, told_apart=True, within_cells=True)
    assert "less than moving the cells" in pair_words(("A", "B"), small, ENGLISH)
    assert "décalage des mailles" in pair_words(("A", "B"), small, FRENCH)


def test_a_figure_that_is_not_known_is_said_to_be_so() -> None:
    assert band_words(None, ENGLISH) == "not known"


def test_every_number_that_is_drawn_has_its_name_in_both_languages() -> None:
    drawn = sureness(plain(), plain().router(), {"today": Scenario("today")})
    for language in (ENGLISH, FRENCH):
        names = [number_words(each, default_method(), language) for each in drawn.draws.numbers]
        assert len(set(names)) == len(names)
        assert all("{" not in name for name in names)
