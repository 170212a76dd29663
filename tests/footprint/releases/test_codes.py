"""Codes: short, read aloud without harm, and wrong where a letter is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.releases.codes import LETTERS, codes_in, drawn_code, qr_matrix, qr_svg, read_code

CODE = drawn_code(b"secret", b"draw")
draws = st.binary(min_size=1, max_size=8).map(lambda draw: drawn_code(b"secret", draw))


@given(draws)
def test_a_code_is_read_back_from_capitals_small_letters_and_without_hyphens(code):
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]", code)
    assert read_code(code.lower().replace("-", " ")) == code


@given(draws, st.integers(0, 10), st.sampled_from(LETTERS))
def test_every_wrong_letter_is_found(code, at, letter):
    letters = code.replace("-", "")
    wrong = letters[:at] + letter + letters[at + 1 :]
    assert (read_code(wrong) is None) == (wrong != letters)


@given(draws, st.integers(0, 10), st.integers(0, 10))
def test_every_two_letters_that_changed_places_are_found(code, one, other):
    letters = list(code.replace("-", ""))
    letters[one], letters[other] = letters[other], letters[one]
    wrong = "".join(letters)
    assert (read_code(wrong) is None) == (wrong != code.replace("-", ""))


def test_codes_are_found_in_a_file_and_not_in_longer_words():
    content = f"<p>{CODE}</p> x{CODE} {CODE}x ABCDE-ABCDE-A".encode()
    assert codes_in(content) == (CODE,)


def test_the_qr_code_holds_the_code_alone():
    rows = qr_matrix(CODE)
    assert (len(rows), {len(row) for row in rows}) == (21, {21})
    assert "href" not in qr_svg(CODE)
    assert 'width="16.0mm"' in qr_svg(CODE)


@pytest.mark.parametrize("text", ["", "-", "hello", "0" * 12, "ÅÅÅÅÅ-ÅÅÅÅÅ-Å", "U" * 11])
def test_what_is_no_code_is_read_as_none(text):
    assert read_code(text) is None
