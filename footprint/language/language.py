"""Bring a result to its reader in words, numbers and dates, English or French."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import localcontext
from functools import cache
from pathlib import Path
from typing import Protocol

from babel.core import Locale
from babel.dates import format_date, get_month_names
from babel.lists import format_list
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

LANGUAGES = {"en": "English", "fr": "Français"}
"""Name of each language in itself, by code."""

CATALOGUES = Path(__file__).parent
"""Folder of the catalogues, in a folder `<code>` for each language but English."""

_LOCALES = {"en": Locale("en", "GB"), "fr": Locale("fr")}
_UNIT_PLACE = re.compile(r"\{((?:region|district)s?)\}", re.IGNORECASE)
_SPACE = "\u00a0"
_MOST_DIGITS = 400
"""Digits that decimal arithmetic keeps while a number is written: beyond its own 28 it refuses."""
_BEFORE_HIGH_MARKS = re.compile(r" (?=[:;!?%»])|(?<=«) ")


def msgid(text: str) -> str:
    """
    Mark `text` for translation and return it unchanged.

    For words that stand in a table or an enumeration and are translated later, by
    `Language.text` with a variable.
    """
    return text


class UnitNames(Protocol):
    """What an area calls its units: `layers.unit_words.UnitWords`, which takes seconds to import."""

    def word(self, level: str, language: str, count: float = 1) -> str:
        """Return what units of a level, "region" or "district", are called."""


_COMMON = {
    "region": msgid("region"),
    "regions": msgid("regions"),
    "district": msgid("district"),
    "districts": msgid("districts"),
}
"""Places in sentences where an area's own words for its units stand; without an area, these do."""


@dataclass(frozen=True, slots=True)
class Language:
    """
    One language: its catalogue, and how it writes numbers, dates and durations.

    Identifiers of messages are the English sentences, so English needs no catalogue and
    a sentence without a translation appears in English.

    Examples
    --------
    >>> Language("fr").text("not known")
    'non connu'
    >>> Language("en").months([10, 11, 12, 3])
    'March, October–December'
    """

    code: str
    """"en" or "fr"."""
    units: tuple[tuple[str, str], ...] = ()
    """Words for the places {region}, {regions}, {district} and {districts}, and with a capital letter."""

    @classmethod
    def of_area(cls, code: str, words: UnitNames) -> Language:
        """
        Return a language that calls units as an area does.

        Parameters
        ----------
        code
            "en" or "fr".
        words
            The area's words, `Area.unit_words`.
        """
        own = {
            level + ending: words.word(level, code, count)
            for level in ("region", "district")
            for ending, count in (("", 1), ("s", 2))
        }
        return cls(code, _with_capitals(own))

    def __post_init__(self) -> None:
        """Refuse a language that has no catalogue."""
        if self.code not in LANGUAGES:
            raise ValueError(f"no language {self.code!r}; there are {', '.join(LANGUAGES)}")

    def text(self, msgid: str, /, **values: object) -> str:
        """Translate `msgid` and fill its {named} places; without values, braces stay as they are."""
        found = _catalogue(self.code).get(msgid)
        return self._filled(self._spaced(found[0] if found else msgid), values)

    def knows(self, msgid: str) -> bool:
        """Tell whether the catalogue holds a text."""
        return msgid in _catalogue(self.code)

    def plural(self, one: str, many: str, count: float, /, **values: object) -> str:
        """Translate `one` or `many` by `count`, which fills the place {n} as a number."""
        is_one = count == 1 if self.code == "en" else abs(count) < 2  # noqa: PLR2004  French: 0 and 1.x too
        found = _catalogue(self.code).get(one)
        if found is None or len(found) == 1:
            found = (one, many)
        sentence = self._spaced(found[0] if is_one else found[1])
        return self._filled(sentence, {"n": self.number(count), **values})

    def _filled(self, sentence: str, values: Mapping[str, object]) -> str:
        """Return a sentence with its {named} places filled; without values, other braces stay as they are."""
        if not _UNIT_PLACE.search(sentence):
            return sentence.format(**values) if values else sentence
        words = dict(self.units) or dict(
            _with_capitals({place: self.text(common) for place, common in _COMMON.items()})
        )
        if values:
            return sentence.format(**{**words, **values})
        return _UNIT_PLACE.sub(lambda found: words[found[1]], sentence)

    def number(self, value: float, digits: int = 0) -> str:
        """Write `value` with `digits` decimals and grouped thousands; "not known" for NaN."""
        value = float(value)
        if math.isnan(value):
            return self.text("not known")
        if math.isinf(value):
            return "∞" if value > 0 else "-∞"
        pattern = "#,##0" + ("." + "0" * digits if digits > 0 else "")
        return self._decimal(round(value, digits) + 0.0, pattern)

    def labelled(self, name: str, words: str) -> str:
        """Write a name and what is said of it: "January: 12 %"; French has a space before the colon."""
        return self.text("{name}: {said}", name=name, said=words)

    def stated(self, value: float) -> str:
        """Write a number as it was stated, with as many decimals as it has, six at most."""
        return self._decimal(round(float(value), 6) + 0.0, "#,##0.######")

    def _decimal(self, value: float, pattern: str) -> str:
        """Write a finite number by a pattern of digits; the largest floats have 309 before the point."""
        with localcontext(prec=_MOST_DIGITS):
            return format_decimal(value, format=pattern, locale=self._locale)

    def percent(self, share: float, digits: int = 1) -> str:
        """Write a share (0-1) in per cent; "not known" for NaN."""
        written = self.number(float(share) * 100, digits)
        return written if math.isnan(share) else f"{written}{_SPACE}%"

    def signed(self, value: float, digits: int = 0) -> str:
        """
        Write a difference with its sign, none for zero.

        The minus is the plain hyphen, by which Streamlit's metric tells a fall.
        """
        written = self.number(value, digits)
        return f"+{written}" if round(float(value), digits) > 0 else written

    def points(self, difference_share: float, digits: int = 1) -> str:
        """Write a difference of two shares (0-1) in percentage points."""
        written = self.signed(float(difference_share) * 100, digits)
        return written if math.isnan(difference_share) else f"{written}{_SPACE}pt"

    def probability(self, p: float) -> str:
        """Write a p-value with three decimals; "< 0.001" below, "not known" for NaN."""
        least = 0.001
        return f"<{_SPACE}{self.number(least, 3)}" if p < least else self.number(p, 3)

    def people(self, persons: float) -> str:
        """Write a head count to three significant digits, which is all a model can promise."""
        persons = float(persons)
        if not math.isfinite(persons) or persons == 0:
            return self.number(persons)
        return self.number(round(persons, 2 - math.floor(math.log10(abs(persons)))))

    def hours(self, minutes: float) -> str:
        """Write a travel time in hours and minutes; "not reached" for inf, "not known" for NaN."""
        minutes = float(minutes)
        if math.isnan(minutes):
            return self.text("not known")
        if math.isinf(minutes):
            return self.text("not reached")
        whole, rest = divmod(round(minutes), 60)
        hours = f"{self.number(whole)}{_SPACE}h" if whole else ""
        remainder = f"{rest}{_SPACE}min" if rest or not whole else ""
        return _SPACE.join(filter(None, [hours, remainder]))

    def date(self, day: date) -> str:
        """Write a day in full: "30 June 2019"."""
        written = str(format_date(day, "long", locale=self._locale))
        return written.replace("1 ", "1er ", 1) if self.code == "fr" and day.day == 1 else written

    def month(self, month: int) -> str:
        """Return the name of `month` (1-12)."""
        return str(get_month_names("wide", "stand-alone", self._locale)[month])

    def month_short(self, month: int) -> str:
        """Return the short name of `month` (1-12)."""
        return str(get_month_names("abbreviated", "stand-alone", self._locale)[month])

    def months(self, months: Iterable[int]) -> str:
        """Write months (1-12) as ranges, which may run over the new year: "October–January"."""
        spans = _month_spans(frozenset(int(month) for month in months))
        if spans == [(1, 12)]:
            return self.text("all year")
        if not spans:
            return self.text("no month")
        ends = [(self.month(first), self.month(last)) for first, last in spans]
        return ", ".join(first if first == last else f"{first}–{last}" for first, last in ends)

    def listing(self, items: Iterable[str]) -> str:
        """Join `items` as a sentence does: "a, b and c"."""
        return str(format_list(list(items), locale=self._locale))

    def clauses(self, items: Iterable[str]) -> str:
        """Join `items` by semicolons, before which French has a space."""
        return (f"{_SPACE}; " if self.code == "fr" else "; ").join(items)

    @property
    def _locale(self) -> Locale:
        return _LOCALES[self.code]

    def _spaced(self, sentence: str) -> str:
        """Return a French sentence with the spaces that must not break."""
        return _BEFORE_HIGH_MARKS.sub(_SPACE, sentence) if self.code == "fr" else sentence


def _with_capitals(words: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return words by place, and with a capital by the place with one."""
    capitals = {place.capitalize(): word[:1].upper() + word[1:] for place, word in words.items()}
    return (*words.items(), *capitals.items())


def _month_spans(months: frozenset[int]) -> list[tuple[int, int]]:
    """Return first and last month of each unbroken run, around the year, by first month."""
    if not months <= frozenset(range(1, 13)):
        raise ValueError(f"months are 1-12, not {sorted(months)}")
    if len(months) == 12:  # noqa: PLR2004  months in a year
        return [(1, 12)]
    spans = []
    for first in sorted(months):
        if (first - 2) % 12 + 1 in months:
            continue
        last = first
        while last % 12 + 1 in months:
            last = last % 12 + 1
        spans.append((first, last))
    return spans


@cache
def _catalogue(code: str) -> Mapping[str, tuple[str, ...]]:
    """Return the translations into `code` by msgid: one, or singular and plural."""
    translations: dict[str, tuple[str, ...]] = {}
    paths = sorted((CATALOGUES / code).glob("*.po"))
    if not paths and code != "en":
        raise FileNotFoundError(CATALOGUES / code)
    for path in paths:
        with path.open("rb") as file:
            catalogue = read_po(file, locale=code)
        for message in catalogue:
            strings = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
            if message.id and strings and all(strings):
                translations[message.id if isinstance(message.id, str) else message.id[0]] = strings
    return translations
