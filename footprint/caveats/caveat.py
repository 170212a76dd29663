"""What a notice is, and what holds for every result."""

from __future__ import annotations

from dataclasses import dataclass

from footprint.language import Language, msgid

LIMITS = (
    msgid("Figures say what could be reached, never that anyone is protected."),
    msgid("A place without incidents is not a safe place."),
    msgid("The numbers of the method are stated with their sources; many are judgements."),
)
"""What holds for every result."""


@dataclass(frozen=True, slots=True)
class OwnWords:
    """Words that an area's own file has, in each of its languages."""

    texts: tuple[tuple[str, str], ...]
    """Language and words."""

    def said(self, language: Language) -> str:
        """Return them in a language, in English where it has none."""
        texts = dict(self.texts)
        return texts.get(language.code) or texts.get("en", "")


Value = str | int | tuple[str, ...] | OwnWords
"""Words, a count, several words to be listed, or words of the area's own."""


@dataclass(frozen=True, slots=True)
class Caveat:
    """Something a reader of the results must know."""

    code: str
    """What it is about, for programs."""
    sentence: str
    """English sentence with {places}."""
    values: tuple[tuple[str, Value], ...] = ()

    def said(self, language: Language) -> str:
        """Return the sentence in `language`, numbers written its way."""
        return language.text(self.sentence, **{name: _filled(value, language) for name, value in self.values})


def _filled(value: Value, language: Language) -> str:
    match value:
        case int():
            return language.number(value)
        case str():
            return language.text(value)
        case OwnWords():
            return value.said(language)
        case _:
            return language.listing(language.text(word) for word in value)
