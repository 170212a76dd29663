"""The small print of a sheet: what it does not say, on what it rests, on what terms it leaves."""

from __future__ import annotations

from footprint.briefing.brief import Brief
from footprint.caveats import silence
from footprint.disclosure import local_secret
from footprint.releases.profiles import COUNTED, PRECISION_LABELS
from footprint.views.release import provenance_line
from footprint.views.scene import boundary_notice
from layers.manifest import Source


def paragraphs(brief: Brief) -> list[str]:
    """Return the small print of a map, the most important first."""
    language, release, area = brief.language, brief.release, brief.prepared.area
    text = language.text
    provenance = brief.shown.provenance
    if release.precision in COUNTED:
        provenance = provenance.keyed(local_secret())
    reads = [
        text(
            "Says where protection could be delivered, never that anyone is protected. "
            "Empty places are not safe places."
        ),
        *(notice.said(language) for notice in silence(brief.prepared)),
        boundary_notice(area, language),
    ]
    if area.regions["approximate"].any() or area.districts["approximate"].any():
        reads.append(text("Some boundaries are approximate: drawn by hand or derived."))
    if "flood_zones" in area.absent:
        reads.append(text("Floods are not known here: none is drawn, which does not say that there is none."))
    if area.invented:
        reads.append(text("Some data are invented: not to be used for decisions."))
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
        text("Precision: {precision}.", precision=text(PRECISION_LABELS[release.precision])),
    ]
    return [
        " ".join(reads),
        " ".join(terms),
        text("Sources: {sources}.", sources=language.clauses(_sources(brief))),
        provenance_line(provenance, language),
    ]


_SHOWN = {
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
    "airfields",
}


def _sources(brief: Brief) -> list[str]:
    """Return title, date and licence of every source a map rests on, each once."""
    own = [source for source in brief.prepared.area.sources if source.layer in _SHOWN]
    return list(dict.fromkeys(_source(each) for each in own))


def _source(source: Source) -> str:
    return ", ".join(filter(None, (source.title, source.date, source.licence)))
