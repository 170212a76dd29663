"""Sentences say the same in English whether they are read as text or said."""

from __future__ import annotations

import pytest

from footprint.language import Language
from layers.sentences import Rounded, as_typed, say


@pytest.mark.parametrize("value", [0.0, -0.00001, -1.5, 1234.5, float("nan"), float("inf"), float("-inf")])
def test_a_measure_reads_as_it_is_said(value: float) -> None:
    sentence = say("{m} m", m=Rounded(value, 4))
    assert sentence.said(Language("en")) == str(sentence)
    assert "-0.0000" not in str(sentence)


@pytest.mark.parametrize("typed", ["60.0000001", "0.25", "1500", "0.1", "-3", "1e+300"])
def test_what_was_typed_is_repeated_to_its_last_digit(typed: str) -> None:
    assert float(str(as_typed(float(typed))).replace(",", "")) == float(typed)
