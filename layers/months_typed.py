"""Months and days as people type them, in English and French: "May-Nov", "mai à novembre", "30/06/2020"."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from layers.month_names import MONTHS
from layers.months import ALL_MONTHS, months_mask, months_text
from layers.sentences import Sentence, say

_LAST = 12
_ALL_YEAR = frozenset(
    {
        *("all", "all year", "all the year", "all months", "year-round", "year round"),
        *("toute l'annee", "toute annee", "tous les mois", "tous", "toute"),
    }
)
_NO_MONTHS = frozenset({"none", "never", "in none", "aucun", "aucune", "en aucun", "jamais"})
_TO = re.compile(r"\s+(?:to|until|till|through|a|au|jusqu'a|jusqu'en)\s+")
_AND = re.compile(r"\s*(?:;|&|\+|\band\b|\bet\b)\s*")
_BETWEEN = re.compile(r"^(?:between|entre)\s+(.+?)\s+(?:and|et)\s+(.+)$")
_FROM = re.compile(r"^(?:(?:from|in|de|du|en|mois de)\s+|d'\s*)")

_YEAR_FIRST = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$")
_DAY_FIRST = re.compile(r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$")
_DAY_NAMED = re.compile(r"^(\d{1,2})(?:st|nd|rd|th|er)?[\s-]+(?:of\s+|de\s+)?([a-z]+)\.?,?[\s-]+(\d{4})$")
_MONTH_NAMED = re.compile(r"^([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$")


class TypedError(ValueError):
    """
    Words that are no months or no day.

    Parameters
    ----------
    problem
        What is wrong with them, and how they are written.
    """

    def __init__(self, problem: Sentence) -> None:
        super().__init__(problem)
        self.problem = problem


def months_typed(text: str) -> str:
    """
    Read months as people type them.

    Parameters
    ----------
    text
        Numbers or names of months, whole or shortened, in English or French; lists and ranges.

    Returns
    -------
    str
        As `layers.months.months_mask` reads it.

    Raises
    ------
    TypedError
        If a part is no month or range of months, or there is none.

    Examples
    --------
    >>> [months_typed(each) for each in ("May to November", "de mai à nov.", "Dec-Apr", "jan, mar-may")]
    ['5-11', '5-11', '12-4', '1,3-5']
    """
    bare = _bare(text.strip().replace("\n", ","))
    if bare in _ALL_YEAR:
        return months_text(ALL_MONTHS)
    between = _BETWEEN.match(bare)
    plain = f"{between[1]}-{between[2]}" if between else _AND.sub(",", _TO.sub("-", bare))
    parts = [each.strip() for each in plain.split(",") if each.strip()]
    spans = [[_month(word) for word in _FROM.sub("", part).split("-")] for part in parts]
    two = 2
    if not spans or any(None in span or len(span) > two for span in spans):
        raise TypedError(
            say(
                "{value} is no month or range of months; write them as 5-11, May-Nov or May to November",
                value=repr(text.strip()),
            )
        )
    return months_text(months_mask(",".join("-".join(map(str, span)) for span in spans)))


def some_months_typed(text: str) -> str:
    """
    Read months as people type them, of which there may be none: "none", "aucun", "jamais".

    Raises
    ------
    TypedError
        If they are no months, or nothing is typed.

    Examples
    --------
    >>> some_months_typed("mai à novembre"), some_months_typed("none")
    ('5-11', '')
    """
    return "" if _bare(text) in _NO_MONTHS else months_typed(text)


def months_said(text: str) -> str | None:
    """
    Return months that a cell holds, "" for none or an empty one, None where it holds no months.

    Examples
    --------
    >>> [months_said(text) for text in ("July to December", "Oct–Jan, March", "rainy season", "6/9", "")]
    ['7-12', '3,10-1', None, None, '']
    """
    if not text.strip():
        return ""
    try:
        return some_months_typed(text)
    except TypedError:
        return None


def month_typed(text: str) -> int:
    """
    Read one month as people type it.

    Raises
    ------
    TypedError
        If it is none.

    Examples
    --------
    >>> month_typed("12"), month_typed("December"), month_typed("déc.")
    (12, 12, 12)
    """
    month = _month(_bare(text))
    if month is None:
        raise TypedError(
            say("{value} is no month; write it as 12, Dec or December", value=repr(text.strip()))
        )
    return month


def day_typed(text: str) -> date:
    """
    Read a day as people type it; of two numbers before the year the first is the day.

    Raises
    ------
    TypedError
        If it is none.

    Examples
    --------
    >>> {str(day_typed(each)) for each in ("2020-06-30", "30/06/2020", "30 June 2020", "30 juin 2020")}
    {'2020-06-30'}
    """
    bare = _bare(text)
    year, month, day = _parts(bare)
    try:
        return date(year, month or 0, day)
    except ValueError:
        form = say("write it as 2020-06-30, 30/06/2020 or 30 June 2020, the day before the month")
        raise TypedError(say("{value} is no day; {form}", value=repr(text.strip()), form=form)) from None


def _parts(bare: str) -> tuple[int, int | None, int]:
    """Return year, month and day; noughts where the words are no day."""
    if found := _YEAR_FIRST.match(bare):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _DAY_FIRST.match(bare):
        return int(found[3]), int(found[2]), int(found[1])
    if found := _DAY_NAMED.match(bare):
        return int(found[3]), MONTHS.get(found[2]), int(found[1])
    if found := _MONTH_NAMED.match(bare):
        return int(found[3]), MONTHS.get(found[1]), int(found[2])
    return 0, 0, 0


def _bare(text: str) -> str:
    """Return words in small letters without accents, every dash and apostrophe the plain one."""
    plain = re.sub("\\s*[\u2010-\u2015\u2212]\\s*", "-", text.strip()).replace("\u2019", "'")
    letters = unicodedata.normalize("NFKD", plain.casefold())
    return re.sub(r"\s+", " ", "".join(c for c in letters if not unicodedata.combining(c)))


def _month(word: str) -> int | None:
    """Return a month of a number or a name, None where it is none."""
    word = word.strip().removesuffix(".")
    if word.isdecimal():
        return int(word) if 1 <= int(word) <= _LAST else None
    return MONTHS.get(word)
