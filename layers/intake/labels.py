"""Labels: what words that a layer allows are called, beside the words, which answers are made of."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from layers.characters import printable
from layers.column_words import WORDS
from layers.intake.answers import EMPTY, LEAVE_OUT, OpenQuestion
from layers.sentences import Sentence, say

_ASSETS = {
    "infantry_company": say("Infantry company"),
    "helicopter": say("Utility helicopter"),
    "surgery": say("Surgery (level II hospital)"),
    "engineer_company": say("Engineer company"),
    "fpu_platoon": say("Formed police platoon"),
    "unpol_team": say("Police advisers' team"),
    "civil_affairs_team": say("Civil affairs team"),
    "joint_protection_team": say("Joint protection team"),
    "good_offices_team": say("Good offices team"),
    "community_liaison": say("Community liaison assistants"),
    "human_rights_team": say("Human rights team"),
    "stabilisation_team": say("Stabilisation team"),
    "partner_programme": say("Partner programme"),
    "isr_tactical": say("Tactical surveillance aircraft"),
    "isr_male": say("Medium-altitude surveillance aircraft"),
}
_MORE = {LEAVE_OUT: say("leave these rows out"), "true": say("yes"), "false": say("no")}
_WITH_LABEL = say("{word} ({label})")
_AND_OTHERS = say("{first}, {others}")


@cache
def _labels() -> dict[str, Sentence]:
    # Words that are equal as texts mean one thing.
    return {**{str(word): label for word, label in WORDS.items()}, **_ASSETS, **_MORE}


_LAYERS = {
    "sites": say("Sites"),
    "assets": say("Assets"),
    "incidents": say("Incidents"),
    "roads": say("Roads"),
    "rivers": say("Rivers"),
    "lakes": say("Lakes"),
    "flood_zones": say("Flood zones"),
    "country": say("Outline"),
    "regions": say("Units of the first level"),
    "districts": say("Units of the second level"),
    "places": say("Places"),
    "airfields": say("Airfields"),
    "sensitive": say("Sensitive places"),
    "population": say("People"),
}


def layer_said(layer: str) -> Sentence:
    """Return what a layer is called."""
    return _LAYERS[layer]


def label_of(word: str) -> Sentence | None:
    """
    Return what a word that a layer allows is called, None where it is called nothing else.

    Examples
    --------
    >>> label_of("idp_site"), label_of("infantry_company"), label_of("Alpha")
    ('site of displaced people', 'Infantry company', None)
    """
    return _labels().get(word)


def labelled(word: str) -> Sentence | str:
    """
    Return a word with what it is called behind it.

    Examples
    --------
    >>> labelled("idp_site"), labelled("school"), labelled("Alpha")
    ('idp_site (site of displaced people)', 'school (school)', 'Alpha')
    """
    label = label_of(word)
    return word if label is None else _WITH_LABEL.having(word=word, label=label)


def listed(words: Sequence[str]) -> Sentence | str:
    """
    Return words one after the other, each with what it is called.

    Examples
    --------
    >>> listed(["tob", "Alpha"])
    'tob (temporary operating base), Alpha'
    """
    made: Sentence | str = ""
    for word in reversed(words):
        made = _AND_OTHERS.having(first=labelled(word), others=made) if made else labelled(word)
    return made


def choices_said(question: OpenQuestion) -> Sentence | str:
    """
    Return the answers that a question allows: words of a layer with what they are called.

    Examples
    --------
    >>> choices_said(OpenQuestion(key="column.kind", asks=say("Which?"), choices=("camp", "")))
    'camp'
    """
    words = [printable(word) for word in question.choices if word]
    return listed(words) if question.key.partition(".")[0] in _OF_WORDS else ", ".join(words)


_OF_WORDS = frozenset({"value", "word", EMPTY})
"""Groups of keys that are answered by words of a layer; others by names of columns, which may be equal."""
