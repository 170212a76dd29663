"""Notices of a living map: its small print, and what it is to reckon in a browser."""

from __future__ import annotations

from dataclasses import replace

from footprint.briefing.brief import Brief
from footprint.briefing.changes import sums
from footprint.briefing.small_print import by_lot, reading, rests_on, sources_words, terms
from footprint.language import Language
from footprint.releases.profiles import hides_plans, weak_points_words


def notices(brief: Brief, language: Language, off_share: float, *, cut: bool) -> list[str]:
    """
    Return the small print of a living map, paragraph by paragraph.

    Parameters
    ----------
    brief
        What is told, and on what terms.
    language
        Whose words.
    off_share
        How far a figure may lie from the program's [share].
    cut
        Whether there are changes that can be switched apart.
    """
    text = language.text
    weak = weak_points_words(brief.release, language)
    first = [*reading(brief, language), *by_lot(brief, language)]
    if cut:
        first.append(text("Changes switched apart can leave a site with assets that no other site gives up."))
        # Of a hidden plan not even the sum is told: it may be that of one site.
        told = () if hides_plans(brief.release) or not weak else brief.shown.scenario.changes
        summed = language.clauses(sums(replace(brief, language=language), told))
        first += [f"{summed[:1].upper()}{summed[1:]}."] if summed else []
        first += [weak] if weak else []
    reckoned = [
        text("As of {date}.", date=language.date(brief.prepared.area.frame_date)),
        text(
            "Reckoned in this file, within {share} points of the program’s figures.",
            share=language.stated(round(100 * off_share, 3)),
        ),
    ]
    return [
        " ".join(first),
        " ".join([*terms(brief, language), *reckoned]),
        sources_words(brief, language),
        rests_on(brief, language),
    ]
