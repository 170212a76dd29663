"""The whole: every part of a briefing in its order, with what stands on every page."""

from __future__ import annotations

from footprint.briefing.content.basis import basis, sources
from footprint.briefing.content.bottom_line import bottom_line
from footprint.briefing.content.choices import losers, options
from footprint.briefing.content.footprints import footprints
from footprint.briefing.content.harm import harm
from footprint.briefing.content.parts import Content, Imprint, cleaned
from footprint.briefing.content.received import decisions, received
from footprint.briefing.content.region import region
from footprint.briefing.content.returns import returns
from footprint.briefing.content.telling import Telling
from footprint.briefing.content.unknowns import hanging, unknowns
from footprint.briefing.small_print import released_provenance
from footprint.releases.profiles import PRECISION_LABELS
from footprint.releases.terms import Clearance, clearance_words
from footprint.views.scene import boundary_notice

_CHAPTERS = (
    bottom_line,
    region,
    footprints,
    options,
    losers,
    received,
    harm,
    returns,
    unknowns,
    hanging,
    decisions,
    basis,
    sources,
)
"""Every part in its order; two pages without a number stand where they are asked for."""


def content_of(telling: Telling) -> Content:
    """
    Return the content of a briefing: its parts, each a heading with sentences, tables, charts and pictures.

    Parameters
    ----------
    telling
        The brief, what was reckoned for it, and what is known besides.

    Returns
    -------
    Content
        Every text of it is on one line and in the brief's language; every figure is written as its review
        has it. Sites of plans are named, and plans called by their names, only where the release permits it.
    """
    content: Content = cleaned(
        Content(
            language=telling.language.code,
            digits=telling.digits,
            imprint=_imprint(telling),
            chapters=tuple(chapter(telling) for chapter in _CHAPTERS),
        ),
        telling.language.code,
        digits=telling.digits,
    )
    return content


def _imprint(telling: Telling) -> Imprint:
    """Return what every page says."""
    brief, text, release = telling.brief, telling.language.text, telling.brief.release
    area, language = brief.prepared.area, telling.language
    cleared = release.clearance is Clearance.CLEARED
    disclaimer = boundary_notice(area, language)
    return Imprint(
        title=text("Footprint review: {where}", where=telling.where),
        subtitle=text(
            "{area}, sites as of {date}",
            area=area.names.get(language.code, area.names["en"]),
            date=language.date(area.frame_date),
        ),
        marking=text(release.marking.label),
        watermark="" if cleared else text(release.clearance.label),
        number=text("{number}, revision {revision}", number=brief.number, revision=brief.revision),
        made=brief.made,
        made_words=language.date(brief.made),
        author=release.releaser,
        terms=(
            language.labelled(text("Purpose"), release.purpose),
            language.labelled(text("Audience"), release.audience),
            language.labelled(text("Released by"), release.releaser),
            language.labelled(
                text("Clearance"), clearance_words(release.clearance, release.cleared_by, language)
            ),
            language.labelled(text("Precision of places"), text(PRECISION_LABELS[release.precision])),
        ),
        notices=(disclaimer, *((text("Some data are invented"),) if area.invented else ())),
        run=released_provenance(telling.brief, brief.shown).identifier,
    )
