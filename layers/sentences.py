"""Sentences: what there is to say of a file, in English, and what it takes to say it in another language."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, Self

_DECIMALS = 6
_COUNTABLE = 1e9
"""Numbers from here on are written as a program writes them."""


class Speaker(Protocol):
    """Who says sentences in a reader's language: `footprint.language.Language`, unknown to layers."""

    def text(self, msgid: str, /, **values: object) -> str:
        """Return the translation of an English sentence, its places filled."""
        ...

    def number(self, value: float, digits: int = 0) -> str:
        """Return a number with decimals, as the language writes it."""
        ...


@dataclass(frozen=True, slots=True)
class Rounded:
    """A number in a sentence, and how many decimals are worth saying."""

    value: float
    digits: int

    def __str__(self) -> str:
        """Write it the English way."""
        return f"{round(self.value, self.digits) + 0.0:,.{self.digits}f}"


class Sentence(str):
    """
    An English sentence that remembers what it was made of.

    To code that knows nothing of languages it is the English text. `said` says it in any other; a
    sentence within a sentence is said too.
    """

    __slots__ = ("template", "values")

    template: str
    """The English sentence of the catalogues, with {places}."""
    values: Mapping[str, SentenceValue]
    """What stands in its places."""

    def __new__(cls, template: str, values: Mapping[str, SentenceValue] | None = None) -> Self:
        """Return the sentence with its places filled the English way."""
        filled = {name: _in_english(value) for name, value in (values or {}).items()}
        made = super().__new__(cls, template.format_map(_Filled(filled)) if filled else template)
        made.template, made.values = template, dict(values or {})
        return made

    def __reduce__(self) -> tuple[type[Sentence], tuple[str, dict[str, SentenceValue]]]:
        """Copy and pickle it by what it was made of."""
        return Sentence, (self.template, dict(self.values))

    def having(self, **values: SentenceValue) -> Sentence:
        """Return the same sentence with these values in its places, beside those it has."""
        return Sentence(self.template, {**self.values, **values})

    def said(self, language: Speaker) -> str:
        """Return the sentence in a language: counts and measures its way, words of files as they are."""
        return language.text(
            self.template, **{name: _in_language(value, language) for name, value in self.values.items()}
        )


SentenceValue = str | int | Rounded | Sentence
"""Words of files and of other programs, never translated; a count; a measure; or a sentence."""


def say(template: str, /, **values: SentenceValue) -> Sentence:
    """
    Return a sentence that can be said in every language of the catalogues, which find it by this call.

    Parameters
    ----------
    template
        The English, written out where it is said: what is composed at run time has no translation.
    values
        What stands in its {places}. An identifier, a year or a cell of a file is a text; a count is
        an `int`, a measure `Rounded`: these are written the reader's way.

    Examples
    --------
    >>> say("{n} cells of {name}", n=1200, name="Old Ford")
    '1,200 cells of Old Ford'
    """
    return Sentence(template, values)


def as_typed(value: float) -> Rounded | str:
    """
    Return a number with the decimals somebody typed; as it stands where it is none, or beyond counting.

    Examples
    --------
    >>> str(as_typed(0.25)), str(as_typed(1500)), as_typed(60.0000001), as_typed(1e300)
    ('0.25', '1,500', '60.0000001', '1e+300')
    """
    if not abs(value) < _COUNTABLE:
        return f"{value:g}"
    if round(value, _DECIMALS) != value:
        return f"{value:.12g}"
    _, _, decimals = f"{value:.{_DECIMALS}f}".rstrip("0").partition(".")
    return Rounded(value, len(decimals))


class _Filled(dict[str, str]):
    """Values of places; a place that has none yet stays as it is."""

    def __missing__(self, place: str) -> str:
        return f"{{{place}}}"


def _in_english(value: SentenceValue) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)


def _in_language(value: SentenceValue, language: Speaker) -> str:
    match value:
        case Sentence():
            return value.said(language)
        case str():
            return value
        case Rounded(number, digits):
            # What somebody typed is repeated: "nan" is no measure that is not known.
            return language.number(number, digits) if math.isfinite(number) else str(value)
        case _:
            return language.number(value)
