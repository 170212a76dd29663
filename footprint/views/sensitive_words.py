"""Answers about sensitive places in words: never where, never how many."""

from __future__ import annotations

from collections.abc import Mapping

from footprint.language import Language, msgid
from footprint.proposals.gates import SENSITIVE_WORDS, Nearness
from layers.sensitive import SensitiveKind

_ANSWERS = {
    Nearness.YES: msgid("yes"),
    Nearness.NO: msgid("no"),
    Nearness.NOT_KNOWN: msgid("not known"),
    Nearness.NOT_ANSWERED: msgid("no further answer"),
}


def answer_words(near: Mapping[SensitiveKind, Nearness], language: Language) -> tuple[str, ...]:
    """Return the answer for each kind of place."""
    text = language.text
    return tuple(
        language.labelled(text(SENSITIVE_WORDS[kind]), text(_ANSWERS[answer]))
        for kind, answer in near.items()
    )
