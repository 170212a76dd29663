"""About: the terms that stand inside every file: how it is to be handled, whose it is, what it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from footprint.briefing.brief import Brief
from footprint.briefing.files.plain import plain
from footprint.briefing.findings import plan_name, told
from footprint.briefing.small_print import handling, paragraphs
from footprint.caveats import not_known_here
from footprint.language import msgid
from footprint.releases.profiles import PRECISION_LABELS, tells_cells, weak_points_words
from footprint.releases.terms import clearance_words
from footprint.views.focus import focus_name


@dataclass(frozen=True, slots=True)
class AboutRow:
    """One line on a file."""

    key: str
    """For programs, in English."""
    label: str
    value: str


_LABELS = {
    "title": msgid("Title"),
    "handling": msgid("Handling"),
    "code": msgid("Code"),
    "marking": msgid("Marking"),
    "clearance": msgid("Clearance"),
    "purpose": msgid("Purpose"),
    "audience": msgid("Audience"),
    "releaser": msgid("Released by"),
    "number": msgid("Map number"),
    "revision": msgid("Revision"),
    "date": msgid("Date"),
    "as_of": msgid("Data as of"),
    "precision": msgid("Precision"),
    "places": msgid("Places"),
    "plans": msgid("Plans"),
    "invented": msgid("Invented data"),
    "reading": msgid("How to read it"),
    "terms": msgid("Terms"),
    "sources": msgid("Sources"),
    "provenance": msgid("Provenance"),
}


def about(brief: Brief, code: str) -> tuple[AboutRow, ...]:
    """
    Return what a file says of itself.

    Parameters
    ----------
    brief
        What it is made from.
    code
        Under which it stands in the log of releases.
    """
    language, release, area = brief.language, brief.release, brief.prepared.area
    text = language.text
    reading, terms, sources, provenance = paragraphs(brief)
    values = {
        "title": told(brief, brief.focus, brief.month),
        "handling": handling(brief),
        "code": code,
        "marking": text(release.marking.label),
        "clearance": clearance_words(release.clearance, release.cleared_by, language),
        "purpose": release.purpose,
        "audience": release.audience,
        "releaser": release.releaser,
        "number": brief.number,
        "revision": str(brief.revision),
        "date": brief.made.isoformat(),
        "as_of": area.frame_date.isoformat(),
        "precision": text(PRECISION_LABELS[release.precision]),
        "places": where(brief),
        "plans": language.clauses([plan_name(brief, plan) for plan in (brief.today, *brief.plans)]),
        "invented": text("Some data are invented: not to be used for decisions.") if area.invented else "",
        "reading": reading,
        "terms": terms,
        "sources": sources,
        "provenance": provenance,
    }
    return tuple(AboutRow(key, text(_LABELS[key]), plain(value)) for key, value in values.items())


def where(brief: Brief) -> str:
    """Return what the positions in a file are, and what it leaves out."""
    text = brief.language.text
    words = [
        text(
            "Sites stand where this precision lets them. Roads, waters and boundaries are the published map, "
            "to about a hundred metres or finer. Schools, clinics, wells and places of the displaced are "
            "in no file."
        ),
    ]
    if not tells_cells(brief.release.precision):
        words.append(text("Cells, and what stands at each site, are finer than this precision permits."))
    words.append(weak_points_words(brief.release, brief.language))
    return " ".join(filter(None, words))


_NOTHING_MISSING = msgid(
    "No layer that the figures rest on is missing. What else is not known stands in the report."
)


def not_known(brief: Brief) -> tuple[str, ...]:
    """Return what the data leave unsaid, a sentence each."""
    language = brief.language
    found = [caveat.said(language) for caveat in not_known_here(brief.prepared)]
    return tuple(map(plain, found)) or (language.text(_NOTHING_MISSING),)


def place(brief: Brief) -> str:
    """Return what the files are about."""
    return plain(focus_name(brief.prepared.area, brief.focus, brief.language.code))
