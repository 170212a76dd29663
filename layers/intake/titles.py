"""Titles: words of the ledger that are our own, said in a reader's language; names of providers stay."""

from __future__ import annotations

import re
from collections.abc import Sequence

from layers.cautions import FLATTENED, LABEL, NOT_TAKEN
from layers.sentences import Sentence, say

_OURS = (
    say("Geo-PKO, sites by UN map"),
    say("Geo-PKO, units drawn at sites"),
    say("Geo-PKO, sites by year"),
    say("Geo-PKO, units by site and year"),
    say("OurAirports, airfields and runways"),
    say("healthsites.io, places of care"),
    say("WHO/KWTRP public health facilities"),
    say("GeoNames, towns"),
    say("OCHA COD, populated places"),
    say("Trunk roads: OptimalAfricanRoads, real edges"),
    say("Trunk roads: OptimalAfricanRoads, the unsimplified network"),
    say("Trunk roads: flownet, the Trans-African network"),
    say("OpenStreetMap, roads"),
    say("GSHHG/WDBII, rivers"),
    say("Natural Earth, rivers"),
    say("GSHHG lakes"),
    say("Population raster"),
    say("Sites, kept by hand"),
    say("Assets, kept by hand"),
    say("Incidents, kept by hand"),
    say("Roads, kept by hand"),
    say("Rivers, kept by hand"),
    say("Lakes, kept by hand"),
    say("Flood zones, kept by hand"),
    say("Places, kept by hand"),
    say("Airfields, kept by hand"),
    say("Sensitive, kept by hand"),
    say("Population, kept by hand"),
    say("Strategic objectives"),
    say("a start: one objective for the whole area, until the mission's leadership states its own"),
    say("none needed"),
    say("not stated"),
    say("edit them in imports/catalogue.toml"),
    say("simplified to about a kilometre; no opinion on any boundary"),
    say("no second level is known: the units of the first serve as both"),
    say(
        "reliability is judged: 1 for an event reported on its own by two sources or more, 2 for one source"
        " or an unstated number, 3 for an event known only as part of a summary (event_clarity 2)"
    ),
    say(
        "the six-column cut has no date, type or precision: dates are left empty with the year only, the type"
        " is unknown, reliability is 2, and geo_precision is inferred from the wording of where_coordinates;"
        " events of the frame date's own year cannot be cut at the day"
    ),
    say(
        "deaths among civilians are not stated by ACLED apart: left empty; reliability is judged: 1 for the"
        " day and the place known, 3 for the month or the region only, else 2"
    ),
    say("named rivers are barriers; nameless lines are not"),
    say("wide rivers are drawn by both their banks in the rivers and as open water in the lakes"),
    say("public domain"),
    say("none stated; citation asked"),
    say("none stated; cite Prieto-Curiel et al. 2022"),
    say("ACLED terms of use: not to be handed on"),
    say("HDX COD terms: humanitarian use, cite OCHA"),
    say("OpenStreetMap contributors"),
    say("UNHCR, locations of displaced people (Zhou & Shaver 2021)"),
    say("none stated; cite Zhou & Shaver 2021 and UNHCR"),
    say("Ministry of Health of South Sudan and WHO, master facility list"),
    LABEL,
    FLATTENED,
    NOT_TAKEN,
)
"""What stands in ledgers that files are brought into; what a person typed is theirs."""
_BY_TEXT = {str(each): each for each in _OURS}
_NATURAL_EARTH = say("{country}: outline and first-level units of Natural Earth, 1:10 million")
EARTH_TITLE = str(_NATURAL_EARTH.having(country=""))
"""How the ledger's title of an outline ends that an area was begun with."""
_TWO = say("{first}; {others}")
_OF = say("{words} ({title})")
_PARTS, _MOST_PARTS = "; ", 100
_WITH_TITLE = re.compile(r"(.+) \(([^()]+)\)")


def ledger_said(words: str) -> Sentence | str:
    """
    Return words of the ledger as a sentence where they are our own, else as they are.

    Parameters
    ----------
    words
        A title, origin, date or licence; of several files those of each, as `joined_ledger` puts them
        together.

    Examples
    --------
    >>> type(ledger_said("not stated")).__name__, type(ledger_said("Patrols of May")).__name__
    ('Sentence', 'str')
    >>> ledger_said("GSHHG lakes; Lakes of the office") == "GSHHG lakes; Lakes of the office"
    True
    """
    parts = words.split(_PARTS)
    if len(parts) > _MOST_PARTS:
        return words
    # A semicolon may stand within the words of one file too: the most that is known goes first.
    for n in range(len(parts), 0, -1):
        made = _whole(_PARTS.join(parts[:n]))
        if isinstance(made, Sentence):
            return made if n == len(parts) else _TWO.having(first=made, others=_rest(parts[n:]))
    others = _rest(parts[1:])
    return _TWO.having(first=parts[0], others=others) if isinstance(others, Sentence) else words


def _rest(parts: Sequence[str]) -> Sentence | str:
    return ledger_said(_PARTS.join(parts)) if parts else ""


def _whole(words: str) -> Sentence | str:
    """Return words of one file as a sentence where they, or what they are said of, are our own."""
    if words in _BY_TEXT:
        return _BY_TEXT[words]
    if words.endswith(EARTH_TITLE):
        return _NATURAL_EARTH.having(country=words.removesuffix(EARTH_TITLE))
    both = _WITH_TITLE.fullmatch(words)
    if both is None or (_PARTS in both[1] and both[1] not in _BY_TEXT):
        return words
    said, title = (_BY_TEXT.get(each, each) for each in both.groups())
    ours = isinstance(said, Sentence) or isinstance(title, Sentence)
    return _OF.having(words=said, title=title) if ours else words
