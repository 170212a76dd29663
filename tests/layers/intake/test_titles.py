"""Words of the ledger that are our own are said in a reader's language; names and typed words stay."""

from __future__ import annotations

import pytest

from layers.formats import acled, outlines, rivers_lakes, ucdp
from layers.intake.known import KNOWN
from layers.intake.titles import ledger_said
from layers.registry import LAYERS
from layers.sentences import Sentence

NAMES = {"UCDP GED", "ACLED", "OCHA COD-AB", "African Urban Network"}


class Marking:
    """A language that sets its own words in brackets."""

    def text(self, msgid: str, /, **values: object) -> str:
        return f"[{msgid.format(**values)}]"

    def number(self, value: float, digits: int = 0) -> str:
        return f"{value:.{digits}f}"


def said(words: str) -> str:
    made = ledger_said(words)
    assert str(made) == words
    return made.said(Marking()) if isinstance(made, Sentence) else made


@pytest.mark.parametrize("title", sorted({each.title for each in KNOWN.values() if each.title} - NAMES))
def test_the_title_of_a_known_file_can_be_said_in_another_language(title):
    assert isinstance(ledger_said(title), Sentence)


def test_titles_of_what_comes_along_can_be_said_too():
    titles = {title for each in KNOWN.values() for title, _ in each.brings.values()}
    assert all(isinstance(ledger_said(each), Sentence) for each in titles)


def test_titles_of_layers_kept_by_hand_can_be_said():
    titles = {f"{layer.replace('_', ' ').capitalize()}, kept by hand" for layer in LAYERS}
    outlines = {"Country, kept by hand", "Regions, kept by hand", "Districts, kept by hand"}
    assert all(isinstance(ledger_said(each), Sentence) for each in titles - outlines)


@pytest.mark.parametrize(
    ("words", "in_brackets"),
    [
        ("not stated", "[not stated]"),
        ("Patrols of May; June", "Patrols of May; June"),
        ("GSHHG lakes; Lakes of the office", "[[GSHHG lakes]; Lakes of the office]"),
        ("Lakes of the office; GSHHG lakes", "[Lakes of the office; [GSHHG lakes]]"),
        ("public domain (Natural Earth, rivers)", "[[public domain] ([Natural Earth, rivers])]"),
        ("own (Patrols)", "own (Patrols)"),
        (
            "LGPL-3 (GSHHG lakes); public domain (Natural Earth, rivers)",
            "[[LGPL-3 ([GSHHG lakes])]; [[public domain] ([Natural Earth, rivers])]]",
        ),
        (
            "Xland: outline and first-level units of Natural Earth, 1:10 million",
            "[Xland: outline and first-level units of Natural Earth, 1:10 million]",
        ),
    ],
)
def test_words_of_several_files_are_said_part_by_part(words, in_brackets):
    assert said(words) == in_brackets


def test_many_typed_parts_take_no_time():
    assert said("; ".join("ab" * 200)) == "; ".join("ab" * 200)


@pytest.mark.parametrize(
    "note",
    [
        ucdp.RELIABILITY_NOTE,
        ucdp.CUT_NOTE,
        acled.NOTE,
        rivers_lakes.BARRIERS_NOTE,
        rivers_lakes.BANKS_NOTE,
        f"simplified to about a kilometre; no opinion on any boundary; {outlines.AS_SECOND}",
    ],
)
def test_remarks_of_readers_can_be_said_in_another_language(note):
    assert isinstance(ledger_said(note), Sentence)
