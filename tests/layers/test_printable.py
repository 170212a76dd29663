"""What reaches a screen steers nothing and reads in the order in which it is written."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.characters import printable

pytestmark = pytest.mark.slow

DIRECTIONS = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F}


@given(st.text())
def test_nothing_printable_steers(text: str) -> None:
    kept = printable(text)
    assert not [mark for mark in kept if unicodedata.category(mark) == "Cc" or ord(mark) in DIRECTIONS]
    assert len(kept.splitlines()) <= 1
    assert printable(kept) == kept


@given(st.text(st.characters(exclude_categories=["Cc", "Cf", "Zl", "Zp"])))
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert printable(text) == text


def test_joiners_are_spelling() -> None:
    assert printable("می\u200cخواهم क्\u200dष") == "می\u200cخواهم क्\u200dष"
