"""Notices of a living map: what it does not say, on what it rests, on what terms it leaves."""

from __future__ import annotations

from footprint.briefing.brief import Brief
from footprint.briefing.living.marks import TELLS_PLACES
from footprint.caveats import silence
from footprint.disclosure import local_secret
from footprint.language import Language
from footprint.releases.profiles import PRECISION_LABELS
from footprint.views.release import provenance_line
from footprint.views.scene import boundary_notice

_DRAWN = {
    "sites",
    "assets",
    "incidents",
    "roads",
    "rivers",
    "lakes",
    "flood_zones",
    "country",
    "regions",
    "districts",
    "places",
    "population",
}
"""Layers that the map draws or reckons from."""


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
    text, area, release = language.text, brief.prepared.area, brief.release
    provenance = brief.shown.provenance
    if release.precision not in TELLS_PLACES:
        provenance = provenance.keyed(local_secret())
    label = PRECISION_LABELS.get(release.precision)
    first = [
        text(
            "Says where protection could be delivered, never that anyone is protected. "
            "Empty places are not safe places."
        ),
        *(notice.said(language) for notice in silence(brief.prepared)),
        boundary_notice(brief.prepared.area, language),
    ]
    if cut:
        first.append(text("Changes switched apart can leave a site with assets that no other site gives up."))
    terms = [
        text(
            "Map {number}, revision {revision}, {date}.",
            number=brief.number,
            revision=brief.revision,
            date=language.date(brief.made),
        ),
        language.labelled(text("Clearance"), text(release.clearance.label)) + ".",
        text(
            "Purpose: {purpose}. Audience: {audience}. Released by: {releaser}.",
            purpose=release.purpose,
            audience=release.audience,
            releaser=release.releaser,
        ),
        text("As of {date}.", date=language.date(area.frame_date)),
        *([text("Precision: {precision}.", precision=text(label))] if label else []),
        text(
            "Reckoned in this file, within {share} points of the program’s figures.",
            share=language.stated(round(100 * off_share, 3)),
        ),
    ]
    return [
        " ".join(first),
        " ".join(terms),
        *([text("Sources: {sources}.", sources=language.clauses(_sources(brief)))] if area.sources else []),
        provenance_line(provenance, language),
    ]


def _sources(brief: Brief) -> list[str]:
    """Return title, date and licence of every source, each once."""
    own = [each for each in brief.prepared.area.sources if each.layer in _DRAWN]
    return list(dict.fromkeys(", ".join(filter(None, (each.title, each.date, each.licence))) for each in own))
