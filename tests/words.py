"""Every sentence of an error has its French, whichever test raises it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from footprint.errors import FootprintError
from footprint.language import Language
from footprint.language.catalogue import _PLACE
from footprint.language.language import _catalogue
from layers.errors import LayerError
from layers.sentences import Sentence

ENGLISH = Language("en")


def untranslated(sentence: object) -> Iterator[str]:
    """Yield what of a sentence, and of the sentences within it, would reach a French reader in English."""
    if not isinstance(sentence, Sentence):
        yield f"a mere text: {sentence!r}"
        return
    if sentence.template and sentence.template not in _catalogue("fr"):
        yield f"not in the catalogue: {sentence.template!r}"
    if sentence.said(ENGLISH) != str(sentence):
        yield f"two kinds of English: {sentence.said(ENGLISH)!r}, {str(sentence)!r}"
    empty = set(_PLACE.findall(sentence.template)) - sentence.values.keys()
    if empty:
        yield f"no value for {empty} of {sentence.template!r}"
    for value in sentence.values.values():
        if isinstance(value, Sentence):
            yield from untranslated(value)


def lacking(error: LayerError | FootprintError) -> list[str]:
    """Return what of an error a French reader would meet in English."""
    if isinstance(error, LayerError):
        sentences = [each for fault in error.faults for each in (fault.sentence, fault.problem, fault.remedy)]
    else:
        sentences = list(error.sentences)
    return [words for sentence in sentences for words in untranslated(sentence)]


@contextmanager
def every_error_heard() -> Iterator[list[str]]:
    """Hold every error that is made meanwhile, by whatever code, against the catalogue."""
    heard: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        for kind in (LayerError, FootprintError):
            patch.setattr(kind, "__init__", _listening(kind.__init__, heard))
        yield heard


def _listening(plainly, heard):
    def made(self, *given):
        plainly(self, *given)
        heard.extend(lacking(self))

    return made
