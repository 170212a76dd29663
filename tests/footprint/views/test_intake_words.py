"""Words of the page New area: no command is named there, and what we write ourselves is said in French."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from footprint.language import Language
from footprint.views.intake import _ON_PAGE, faults_on_page, ledger_words, on_page
from layers.errors import Fault, LayerError
from layers.intake.known import SLOTS
from layers.sentences import say

ROOT = Path(__file__).resolve().parents[3]


def joined_source() -> str:
    """Return all sentences of layers as they are written, parts of one sentence joined."""
    text = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "layers").rglob("*.py")))
    return re.sub(r'"\s*\n\s*"', "", text)


@pytest.mark.parametrize("template", _ON_PAGE)
@pytest.mark.slow
def test_each_sentence_that_a_page_replaces_is_one_that_layers_say(template):
    assert f'"{template}"' in joined_source()


@pytest.mark.parametrize("words", _ON_PAGE.values())
def test_no_sentence_of_the_page_names_a_command(words):
    assert not re.search(r"--|footprint |=…|\.toml", words)


def test_a_remedy_for_the_terminal_becomes_one_for_the_page():
    remedy = say("Say --replace if they may give way.")
    error = LayerError([Fault("sites.csv", say("rows stand in it that were written by hand"), remedy)])
    assert "tick" in faults_on_page(error, Language("en"))


def test_a_file_that_is_waited_for_is_called_by_what_it_is():
    words = on_page(say("{title} needs one file more ({slot})", title="Rivers", slot=SLOTS["fine"]))
    assert str(words) == "Rivers needs one file more (rivers of GSHHG/WDBII)"


def test_a_sentence_within_a_sentence_is_said_for_the_page_too():
    inner = say("Say --replace if they may give way.")
    assert "--" not in on_page(say("{file}: {why}", file="a.csv", why=inner))


def test_names_that_providers_give_their_files_are_not_translated():
    assert ledger_words("UCDP GED", Language("fr")) == "UCDP GED"


def test_keys_for_a_terminal_behind_a_reason_are_left_off():
    why = say("nothing in it says where its rows are; say its layer, such as content.Y=latitude")
    assert str(on_page(why)) == "nothing in it says where its rows are"


def test_a_country_of_natural_earth_is_called_as_its_readers_call_it():
    title = "Chad: outline and first-level units of Natural Earth, 1:10 million"
    assert ledger_words(title, Language("en")) == title
    assert ledger_words(title, Language("fr")).startswith("Tchad")
