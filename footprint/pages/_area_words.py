"""Words that fields allow, as people say them; the files hold words of code."""

from __future__ import annotations

import re
from collections.abc import Iterable

from footprint.documents.area_columns import area_columns_document
from footprint.language import Language
from footprint.method import default_method
from layers.characters import printable

_ASIDE = re.compile(r"\s*;")


OF_WORDS = frozenset({"value", "word", "empty"})
"""First words of keys that are answered by words of a field."""


def word_labels(layer: str, field: str, language: Language) -> dict[str, str]:
    """Return each allowed word of a field with what it means in the reader's words."""
    guide = area_columns_document(default_method(), language, layer)
    words = (own.words for table in guide.layers for own in table.columns if own.column == field)
    # What else a table may hold for a word is nothing for whoever chooses by its meaning.
    return {
        each.word: printable(_ASIDE.split(each.meaning)[0]) or each.word
        for allowed in words
        for each in allowed
    }


def labels_of(words: Iterable[str], layer: str, field: str, language: Language) -> str:
    """Return words of a field as people say them, in a line."""
    labels = word_labels(layer, field, language)
    return ", ".join(labels.get(each, each) for each in words)
