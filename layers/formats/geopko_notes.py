"""Geo-PKO: what is said of a reading, so that nothing that the maps show is left out in silence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce

import pandas as pd

from layers.formats.geopko_runs import MapRuns
from layers.sentences import Sentence, say

NOT_HELD: Mapping[str, Sentence] = {
    "sig": say("signal ({n})"),
    "mp": say("military police ({n})"),
    "riv": say("river units ({n})"),
    "recon": say("reconnaissance ({n})"),
    "sf": say("special forces ({n})"),
    "fp": say("force protection ({n})"),
    "res": say("reserve ({n})"),
    "trans": say("transport ({n})"),
    "maint": say("maintenance ({n})"),
    "demining": say("demining ({n})"),
    "armor": say("armoured units ({n})"),
    "obs.base": say("observation bases ({n})"),
    "cantonment": say("cantonment ({n})"),
    "disarmament": say("disarmament ({n})"),
    "other.type": say("troops of other types ({n})"),
    "unmo.dummy": say("military observers ({n})"),
    "lo": say("liaison officers ({n})"),
    "jmco": say("joint military commission ({n})"),
    "security.group.dummy": say("security guards ({n})"),
}
"""Flags of the map table that no kind of asset is made of -> how the sites that bear one are counted."""
NOT_HELD_YEARLY: Mapping[str, Sentence] = {"Reserve": NOT_HELD["res"], "UNMO": NOT_HELD["unmo.dummy"]}
"""The same of the yearly table."""

_NAMED = (
    (
        "small_infantry",
        "infantry_company",
        say(
            "Infantry smaller than a company is drawn and not counted, at (month of the last map): {places}."
        ),
    ),
    (
        "small_engineers",
        "engineer_company",
        say("Engineers short of a company are drawn and not counted, at (month of the last map): {places}."),
    ),
    (
        "vague_engineers",
        "",
        say("Engineers whose size is not told count as a company, which may be too much, at: {places}."),
    ),
    (
        "vague_force",
        "",
        say("A regional protection force is drawn and not counted, its units are not told, at: {places}."),
    ),
)
_STANDS = say("Drawn and not counted, for no kind of asset holds them (sites): {kinds}.")
_OF_OTHER_TIMES = say("At sites of other times, drawn and not counted (sites): {kinds}.")
_GAPS = say(
    "Not on every map between the first and the last; not counted as open in the months between, when it is"
    " not known whether they stood (in brackets, maps without them): {places}."
)
_PARTS = say(
    "Maps with fewer than half of the places of the whole maps before and after, or before alone where it is"
    " the last, are taken to show a part of the mission, and end no site’s time: {maps}."
)
_SHRUNK = say(
    "Maps with fewer than half of the places of the map before are taken as whole, for the maps after them"
    " bear it out; the sites that they lack have ended: {maps}."
)


def told_of(sites: pd.DataFrame, not_held: Mapping[str, Sentence], runs: MapRuns) -> tuple[Sentence, ...]:
    """
    Return what of the sites is not counted, and when they are not taken as open.

    Parameters
    ----------
    sites
        As their last maps show them: `name`, `end`, `open_to`, how many of each kind, and a column for each
        flag of `not_held` and each thing that `counted` says beside the kinds, as far as there are any.
    not_held
        How sites with a flag that no asset is made of are counted.
    runs
        Where they come from.
    """
    stands = sites["open_to"].isna()
    called = sites["name"].where(stands, sites["name"] + sites["end"].dt.strftime(" (%Y-%m)"))
    found = []
    for flag, kind, sentence in _NAMED:
        if flag in sites:
            here = sites[flag] & (sites[kind] == 0) if kind else sites[flag]
            found += [sentence.having(places=", ".join(sorted(called[here])))] if here.any() else []
    for rows, sentence in ((sites[stands], _STANDS), (sites[~stands], _OF_OTHER_TIMES)):
        kinds = [each.having(n=int(rows[flag].sum())) for flag, each in not_held.items() if rows[flag].any()]
        found += [sentence.having(kinds=_listed(kinds))] if kinds else []
    if runs.gaps:
        gaps = sorted(f"{gap.name} {gap.first:%Y-%m} – {gap.last:%Y-%m} ({gap.maps})" for gap in runs.gaps)
        found.append(_GAPS.having(places=", ".join(gaps)))
    if runs.parts:
        found.append(_PARTS.having(maps=_months(runs.parts)))
    if runs.shrunk:
        found.append(_SHRUNK.having(maps=_months(runs.shrunk)))
    return tuple(found)


def _listed(words: Iterable[Sentence]) -> Sentence:
    return reduce(lambda first, rest: say("{first}, {rest}", first=first, rest=rest), words)


def _months(maps: Iterable[pd.Timestamp]) -> str:
    return ", ".join(f"{each:%Y-%m}" for each in maps)
