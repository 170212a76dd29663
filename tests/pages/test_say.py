"""Words arrive at Streamlit so that its Markdown shows them as they are."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.pages._say import plain
from layers.characters import printable

pytestmark = pytest.mark.slow

SEEN_AFTER_PARSING = (
    r"https?://|www(?=\.)",
    r"@[-\w]+\.",
    r":[\w+-]+:",
    r":material[_/]\w+:",
    r"(?:^|\s)(?:<->|->|<-|--|>=|<=|~=)(?:\s|$)",
)
"""What Streamlit 1.5x to 1.6x looks for in text once backslashes are undone (StreamlitMarkdown.js)."""


def undone(markdown: str) -> str:
    """Return text as Markdown leaves it when it finds no markup."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", markdown)


@given(st.text("*_`$~<>&[]()#+-.:/\\|!=1a@w \n\u202e", max_size=30))
def test_what_is_shown_is_what_was_said(words: str) -> None:
    shown = undone(plain(words)).replace("\u2060", "")
    assert shown == printable(words).strip()


@given(st.text(":->=<~htps/w.@ab_+ material", max_size=40))
def test_nothing_is_left_for_what_streamlit_looks_for_later(words: str) -> None:
    text = undone(plain(words))
    assert [pattern for pattern in SEEN_AFTER_PARSING if re.search(pattern, text, re.IGNORECASE)] == []


@pytest.mark.parametrize(
    "words",
    ["**b**", "_i_", "`c`", "$x$", "~~s~~", "<b>", "[a](http://x)", "![a](//x/y.png)", "# h", "- i", "+ i", "1. i",
     "> q", "&amp;", ":red[x]", ":red-background[x]", "::: note", "---", "= x"],
)  # fmt: skip
def test_every_kind_of_markup_is_taken_apart(words: str) -> None:
    assert plain(words) != words
    assert undone(plain(words)).replace("\u2060", "") == words


@pytest.mark.parametrize(
    "words", ["Gao (camp), 10 km", "Camp 1/2: Nord-Est!", "Mopti [min]", "N'Djaména – été, 100 %"]
)
def test_ordinary_names_are_left_alone(words: str) -> None:
    assert plain(words) == words
