"""Permitted: what the precision of a release lets a briefing say of sites, plans and incidents."""

from __future__ import annotations

from footprint.briefing.brief import Brief
from footprint.caveats import Caveat
from footprint.language import Language, msgid
from footprint.releases.profiles import COUNTED, SiteCourse, is_called_by_unit, tells_weak_points
from footprint.releases.terms import Release

FEWEST = 3
"""Incidents from which on their number is written; fewer could be known by their place."""
_FEWER = msgid("fewer than 3")
_OF_SITES = frozenset(
    {
        "site_in_water",
        "site_far_from_road",
        "site_across_water",
        "site_on_small_network",
        "escorts_unmet",
        "sites_moved",
    }
)
"""Notices that name sites, and say where each is weak: in water, cut off, or without escorts."""
_SITES_NOT_TOLD = Caveat("sites", msgid("Notices that name sites are not told on these terms."))


def sites_told(release: Release) -> bool:
    """Tell whether the sites as they stand may be named."""
    return not is_called_by_unit(SiteCourse.STAYS, release.precision, release.marking)


def counts_told(release: Release) -> bool:
    """
    Tell whether numbers of incidents may be written.

    Where small ones are withheld, every number told adds to what was told before; those of a briefing are
    not in that sum, so none is written.
    """
    return release.precision not in COUNTED


def counted(number: float, language: Language) -> str:
    """Write a number of incidents, unless so few that it would single them out."""
    return language.text(_FEWER) if 0 < number < FEWEST else language.number(number)


def permitted_caveats(every: tuple[Caveat, ...], brief: Brief) -> tuple[str, ...]:
    """
    Return notices in words, as far as they are permitted.

    Parameters
    ----------
    every
        The notices.
    brief
        Its terms, and the language of the words.
    """
    release, language = brief.release, brief.language
    told = []
    named = tells_weak_points(release)
    for each in every:
        if each.code.startswith("incidents"):
            if counts_told(release):
                told.append(_of_incidents(each))
        elif named or each.code not in _OF_SITES:
            told.append(each)
    if not named and any(each.code in _OF_SITES for each in every):
        told.append(_SITES_NOT_TOLD)
    return tuple(each.said(language) for each in told)


def _of_incidents(caveat: Caveat) -> Caveat:
    """Return a notice of incidents without small numbers, and without places that have their own."""
    values = dict(caveat.values)
    count = values.get("count")
    if isinstance(count, int) and 0 < count < FEWEST:
        values["count"] = _FEWER
    if "names" in values:
        sentence = msgid("Incidents outside the country's outline, taken at the nearest cell: {count}.")
        return Caveat(caveat.code, sentence, (("count", values["count"]),))
    return Caveat(caveat.code, caveat.sentence, tuple(values.items()))
