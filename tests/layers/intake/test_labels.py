"""Words that answers are made of stand with what they are called, in the reader's language."""

from __future__ import annotations

import pytest

from footprint.language import Language
from layers.intake.answers import OpenQuestion
from layers.intake.fields import TARGETS
from layers.intake.labels import choices_said, label_of, labelled, layer_said
from layers.registry import LAYERS
from layers.sentences import Sentence, say

WORDS = sorted({word for each in TARGETS.values() for field in each.fields for word in field.words})


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.slow
def test_every_word_that_a_layer_allows_is_called_something(word):
    assert label_of(word) is not None


def test_a_word_stands_with_its_label_in_the_readers_language():
    made = labelled("cercle_seat")
    assert isinstance(made, Sentence)
    assert made.said(Language("fr")).startswith("cercle_seat (chef-lieu")


def test_answers_of_a_question_about_words_are_labelled():
    asked = OpenQuestion(key="value.kind", asks=say("Which?"), choices=("tob", "camp"))
    assert choices_said(asked) == "tob (temporary operating base), camp (permanent camp)"


def test_columns_are_not_labelled_as_words():
    asked = OpenQuestion(key="column.kind", asks=say("Which?"), choices=("village", "camp"))
    assert choices_said(asked) == "village, camp"


def test_every_layer_is_called_something():
    assert all(layer_said(layer) for layer in (*LAYERS, "population"))
