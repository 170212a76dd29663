"""Months as people write them: "July to December", "juil.–déc.", "toute l'année", or 7-12 as layers do."""

from __future__ import annotations

import re
from functools import cache

from layers.formats.forbidden import plain
from layers.months import months_mask, months_text

_NAMES = (
    "january jan janvier janv",
    "february feb febr fevrier fev fevr",
    "march mar mars",
    "april apr avril avr",
    "may mai",
    "june jun juin",
    "july jul juillet juil",
    "august aug aout",
    "september sep sept septembre",
    "october oct octobre",
    "november nov novembre",
    "december dec decembre",
)
_ALL = frozenset(
    {
        "all",
        "all year",
        "all the year",
        "all months",
        "year round",
        "toute l annee",
        "toute annee",
        "tous les mois",
    }
)
_NONE = frozenset({"none", "never", "in none", "aucun", "en aucun", "jamais"})
_SPAN = re.compile(r"\s*(?:-|–|—|−|\bto\b|\btill\b|\buntil\b|\bthrough\b|\bà\b|\bau\b|\ba\b|\bjusqu'(?:à|au|en)\b)\s*")  # fmt: skip  # noqa: E501
_PART = re.compile(r"\s*(?:[,;&+\n]|\band\b|\bet\b)\s*")
_LEAD = re.compile(r"^(?:(?:from|de|du|mois de|in|en)\s+|d'\s*)", re.IGNORECASE)


@cache
def _numbers() -> dict[str, int]:
    return {name: n for n, names in enumerate(_NAMES, start=1) for name in names.split()}


def months_said(text: str) -> str | None:
    """
    Return months as layer files have them, None where a text is no list of months.

    Examples
    --------
    >>> [months_said(text) for text in ("July to December", "de juillet à décembre", "Oct–Jan, March", "6/9")]
    ['7-12', '7-12', '3,10-1', None]
    >>> months_said("year-round"), months_said("rainy season"), months_said("13"), months_said("")
    ('all', None, None, '')
    """
    text = text.replace("’", "'")
    if plain(text) in _ALL:
        return "all"
    if plain(text) in _NONE:
        return ""
    made = []
    for part in filter(None, _PART.split(text.strip())):
        ends = [_number(each) for each in _SPAN.split(_LEAD.sub("", part))]
        if None in ends or len(ends) > 2:  # noqa: PLR2004  a first and a last
            return None
        made.append("-".join(map(str, ends)))
    try:
        return months_text(months_mask(",".join(made)))
    except ValueError:
        return None


def _number(word: str) -> int | None:
    key = plain(word)
    return int(key) if key.isdigit() and len(key) <= 2 else _numbers().get(key)  # noqa: PLR2004  a month
