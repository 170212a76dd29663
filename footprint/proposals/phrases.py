"""Phrases: a sentence with its values, said in either language only when somebody reads it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from math import isnan
from typing import assert_never

from footprint.language import Language, msgid


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
    ASSETS = "assets"
    DOLLARS = "USD/year"
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
            case Quantity.POINTS:
                return language.points(self.value, 2)
            case Quantity.POINTS_EACH:
                return language.points(self.value, 3)
            case Quantity.MINUTES:
                return language.hours(self.value)
            case Quantity.PEOPLE:
                return language.people(self.value)
            case Quantity.DAYS:
                return language.number(self.value, 1)
            case Quantity.KM | Quantity.AGE | Quantity.MONTHS | Quantity.ASSETS | Quantity.DOLLARS:
                return language.number(self.value)
            case _:
                assert_never(self.quantity)


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

    def said(self, language: Language) -> str:
        """Return the sentence in a language, its numbers written its way."""
        return language.text(self.sentence, **{name: said(value, language) for name, value in self.values})


PhraseValue = str | int | date | Amount | InMonths | Phrase | tuple["PhraseValue", ...]
"""Words as somebody wrote them (never translated), a count, a day, months, a number, or several."""


def said(value: PhraseValue, language: Language) -> str:
    """Return one value as a sentence holds it."""
    match value:
        case str():
            return value
        case int():
            return language.number(value)
        case date():
            return language.date(value)
        case Amount() | Phrase():
            return value.said(language)
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


YES, NO = msgid("yes"), msgid("no")
