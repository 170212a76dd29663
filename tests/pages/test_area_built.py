"""What is known of files only until an area is built with them, and what was answered of their sheets."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from footprint.language import Language
from footprint.pages._area_built import leaving
from footprint.pages._area_words import labels_of, word_labels
from footprint.views.intake import answered_words, choice_words
from layers.intake.tray import SheetSaid, Tray

EN, FR = Language("en"), Language("fr")


def file(called: str, *sheets: tuple[str, bool]) -> Any:
    """Return a file on a tray: its sheets by name, and whether each is taken."""
    offers = tuple(
        SimpleNamespace(sheet=SimpleNamespace(name=name, cells=None), layer="sites") for name, _ in sheets
    )
    return SimpleNamespace(
        called=called, offers=offers, sheets=[SheetSaid(is_taken=is_taken) for _, is_taken in sheets]
    )


def tray(*files: Any) -> Tray:
    taken = [
        offer
        for each in files
        for offer, saying in zip(each.offers, each.sheets, strict=True)
        if saying.is_taken
    ]
    return cast("Tray", SimpleNamespace(files=list(files), taken=lambda: taken))


def test_a_sheet_that_goes_with_its_file_without_being_taken_is_named() -> None:
    found = leaving(tray(file("bases.xlsx", ("Now", True), ("Planned", False), ("Notes", False))))
    assert found.left == ("bases.xlsx · Planned", "bases.xlsx · Notes")


def test_a_file_of_which_nothing_is_taken_stays_and_so_do_its_sheets() -> None:
    found = leaving(tray(file("bases.xlsx", ("Now", True)), file("plan.xlsx", ("Planned", False))))
    assert found.left == ()


@pytest.mark.parametrize(
    ("key", "answer", "words"),
    [
        ("option.unit", "density", "What a cell counts: people per square kilometre"),
        ("order", "month", "First in dates: the month"),
        ("dots", "thousands", "Points in numbers: points between thousands"),
        ("commas", "thousands", "Commas in numbers: commas between thousands"),
        ("content.Y", "latitude", "Y: latitude"),
        ("content.Y", "text", ""),
        ("column.name", "Localité", "name, from the column Localité"),
    ],
)
def test_what_was_answered_is_said_in_words(key: str, answer: str, words: str) -> None:
    assert answered_words(key, answer, EN) == words


def test_an_answer_that_has_no_words_of_its_own_is_said_as_it_is() -> None:
    assert choice_words("reference", "EPSG:32636", EN) == "EPSG:32636"


def test_words_of_code_are_said_by_what_they_mean() -> None:
    assert word_labels("places", "kind", EN)["cercle_seat"] == "seat of a unit of the second level"
    assert labels_of(["idp_site", "well"], "sensitive", "kind", FR) == (
        "site de personnes déplacées, puits ou point d’eau"
    )
