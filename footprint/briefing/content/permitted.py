"""Permitted: what the precision of a release lets a briefing say of sites, plans and few incidents."""

from __future__ import annotations

import re

from footprint.caveats import Caveat
from footprint.disclosure import Precision
from footprint.language import Language, msgid
from footprint.releases.terms import Release

FEWEST = 3
"""Incidents from which on their number is written; fewer could be known by their place."""
_NAMED = frozenset({Precision.INTERNAL, Precision.RESTRICTED})
_FEWER = msgid("fewer than 3")
_DRY_PLACE = re.compile(r" \(\d+ km: -?\d+\.\d+, -?\d+\.\d+\)")


def names_told(release: Release) -> bool:
    """
    Tell whether sites that plans open, close or move may be named, and what plans do be told.

    A name gives a place away: near a town is a place to within a few kilometres.
    """
    return release.precision in _NAMED


def counted(number: float, language: Language, digits: int = 0) -> str:
    """Write a number of incidents, unless so few that it would single them out."""
    return language.text(_FEWER) if 0 < number < FEWEST else language.number(number, digits)


def caveat_words(caveat: Caveat, release: Release, language: Language) -> str:
    """
    Return a notice in words, as far as they are permitted.

    Parameters
    ----------
    caveat
        The notice.
    release
        Without leave to name places, those of which it gives coordinates or counts incidents stay behind.
    language
        Of the words.
    """
    values = dict(caveat.values)
    if caveat.code.startswith("incidents"):
        count = values.get("count")
        if isinstance(count, int) and 0 < count < FEWEST:
            values["count"] = _FEWER
        if "names" in values:
            # Each place with its own few incidents.
            sentence = msgid("Incidents outside the country's outline, taken at the nearest cell: {count}.")
            return Caveat(caveat.code, sentence, (("count", values["count"]),)).said(language)
    if caveat.code == "site_in_water" and not names_told(release):
        values["names"] = _DRY_PLACE.sub("", str(values["names"]))
        sentence = msgid("Stands in water: {names}.")
        return Caveat(caveat.code, sentence, (("names", values["names"]),)).said(language)
    return Caveat(caveat.code, caveat.sentence, tuple(values.items())).said(language)
