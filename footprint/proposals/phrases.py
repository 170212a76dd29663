"""Phrases: a sentence with its values, said in either language only when somebody reads it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from math import isnan
from typing import assert_never

from footprint.language import Language
from layers.sentences import Sentence


class Quantity(StrEnum):
    """What a number counts, as documents write its unit."""

    SHARE = "share"
    """Written in per cent."""
    POINTS = "share of need"
    """A difference of shares, written in points."""
    KM = "km"
    MINUTES = "min"
    DAYS = "days/month"
    AGE = "days"
    MONTHS = "months/year"
    PEOPLE = "persons"
    ASSETS = "count"
    POINTS_EACH = "share of need per unit"
    """A difference of shares for each million dollars, or for each day of escort, written in points."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number and what it counts; NaN is "not known"."""

    value: float
    quantity: Quantity

    def said(self, language: Language) -> str:
        """Return it as a sentence holds it."""
        match self.quantity:
            case Quantity.SHARE:
                return language.percent(self.value, 0)
            case Quantity.POINTS | Quantity.POINTS_EACH:
                return language.points(self.value, 2 if self.quantity is Quantity.POINTS else 3)
            case Quantity.MINUTES:
                return language.hours(self.value)
            case Quantity.PEOPLE:
                return language.people(self.value)
            case Quantity.DAYS | Quantity.KM | Quantity.AGE | Quantity.MONTHS | Quantity.ASSETS:
                return language.number(self.value, 1 if self.quantity is Quantity.DAYS else 0)
            case _:
                assert_never(self.quantity)


@dataclass(frozen=True, slots=True)
class LocalName:
    """A name in several languages, as data give it."""

    names: tuple[tuple[str, str], ...]
    """Language and name."""

    def said(self, language: Language) -> str:
        """Return the name in a language, or in the first one given."""
        return dict(self.names).get(language.code, self.names[0][1])


@dataclass(frozen=True, slots=True)
class InMonths:
    """Months (1-12) of the year."""

    months: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """An English sentence of the catalogue, and what stands in its {places}."""

    sentence: str
    values: tuple[tuple[str, PhraseValue], ...] = ()

    def having(self, **values: PhraseValue) -> Phrase:
        """Return the sentence with its places filled."""
        return replace(self, values=tuple(values.items()))

    def instead_of(self, place: str, value: PhraseValue) -> Phrase:
        """Return the sentence with something else in one of its places, itself if it has no such place."""
        return replace(
            self, values=tuple((name, value if name == place else own) for name, own in self.values)
        )

    def said(self, language: Language) -> str:
        """Return the sentence in a language, its numbers written its way."""
        return language.text(self.sentence, **{name: said(value, language) for name, value in self.values})


@dataclass(frozen=True, slots=True)
class FirstClause:
    """The first clause of a phrase, where it stands in a list."""

    phrase: Phrase

    def said(self, language: Language) -> str:
        """Return it up to its first comma or semicolon."""
        return re.split("[,;]", self.phrase.said(language), maxsplit=1)[0].rstrip()


PhraseValue = (
    Sentence
    | str
    | int
    | date
    | Amount
    | InMonths
    | LocalName
    | Phrase
    | FirstClause
    | tuple["PhraseValue", ...]
)
"""A sentence, words somebody wrote (never translated), a count, a day, months, a number, or several."""


def said(value: PhraseValue, language: Language) -> str:
    """Return one value as a sentence holds it."""
    match value:
        case Sentence() | Amount() | LocalName() | Phrase() | FirstClause():
            return value.said(language)
        case str():
            return value
        case int():
            return language.number(value)
        case date():
            return language.date(value)
        case InMonths(months):
            return language.months(months)
        case tuple():
            return language.listing(said(each, language) for each in value)
        case _:
            assert_never(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One figure that a check rests on."""

    name: str
    """What it is, for programs."""
    value: float
    """NaN where it is not known, infinite where nothing arrives."""
    quantity: Quantity
    month: int | None = None
    """Month (1-12) it holds for; None for the year, or where months do not come into it."""
    of: str = ""
    """Unit, site, asset or season it is about."""

    @property
    def known(self) -> bool:
        """Whether it is known."""
        return not isnan(self.value)
