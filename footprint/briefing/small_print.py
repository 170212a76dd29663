"""The small print of what leaves: what it does not say, on what it rests, on what terms it leaves."""

from __future__ import annotations

from footprint.briefing.brief import Brief
from footprint.caveats import layer_words, outside_named, silence
from footprint.disclosure import local_secret
from footprint.language import Language
from footprint.provenance import Provenance
from footprint.releases.profiles import PRECISION_LABELS, tells_cells
from footprint.releases.terms import Clearance, clearance_words
from footprint.review import Review
from footprint.views.intake import ledger_words
from footprint.views.release import provenance_line
from footprint.views.scene import boundary_notice
from layers.manifest import SENSITIVE

_NOT_DRAWN = {SENSITIVE, "objectives", "inputs", "documentation"}
"""What a ledger names besides the layers that a map shows or rests on."""
_ON_MAPS = ("rivers", "lakes", "flood_zones", "places", "incidents")
"""Layers that maps and their files show, and that an area may lack: not known, rather than none."""


def paragraphs(brief: Brief) -> list[str]:
    """Return the small print in the language of a brief, the most important first."""
    language = brief.language
    return [
        " ".join(reading(brief, language)),
        " ".join(terms(brief, language)),
        sources_words(brief, language),
        rests_on(brief, language),
    ]


def handling(brief: Brief) -> str:
    """Return how something is to be handled: marking, clearance until there is one, and what is invented."""
    text, release = brief.language.text, brief.release
    words = [text(release.marking.label)]
    if release.clearance is not Clearance.CLEARED:
        words.append(text(release.clearance.label))
    if brief.prepared.area.invented:
        words.append(text("Some data are invented"))
    return " — ".join(words)


def reading(brief: Brief, language: Language) -> list[str]:
    """Return what is not said and not known, a sentence each."""
    text, area = language.text, brief.prepared.area
    sentences = [
        text(
            "Says where protection could be delivered, never that anyone is protected. "
            "Empty places are not safe places."
        ),
        *(notice.said(language) for notice in (*silence(brief.prepared), *outside_named(brief.prepared))),
        boundary_notice(area, language),
    ]
    if area.regions["approximate"].any() or area.districts["approximate"].any():
        sentences.append(text("Some boundaries are approximate: drawn by hand or derived."))
    sentences += not_drawn(brief, language)
    if area.invented:
        sentences.append(text("Some data are invented: not to be used for decisions."))
    return sentences


def not_drawn(brief: Brief, language: Language) -> list[str]:
    """Return which layers of a map nobody has brought, so that none is drawn and no file holds them."""
    absent = [each for each in brief.prepared.area.absent if each in _ON_MAPS]
    if not absent:
        return []
    layers = language.listing([language.text(layer_words(each)) for each in absent])
    return [
        language.text("Not known here, so that none is drawn and none is in a file: {layers}.", layers=layers)
    ]


def by_lot(brief: Brief, language: Language) -> list[str]:
    """Return what dots do not tell where no cell may be told from its neighbours; nothing elsewhere."""
    if tells_cells(brief.release.precision):
        return []
    return [language.text("Dots lie by lot in their {district}: they tell how much need, not where in it.")]


def terms(brief: Brief, language: Language) -> list[str]:
    """Return number, clearance, purpose and precision, a sentence each."""
    text, release = language.text, brief.release
    cleared = clearance_words(release.clearance, release.cleared_by, language)
    return [
        text(
            "Map {number}, revision {revision}, {date}.",
            number=brief.number,
            revision=brief.revision,
            date=language.date(brief.made),
        ),
        f"{language.labelled(text('Clearance'), cleared)}.",
        text(
            "Purpose: {purpose}. Audience: {audience}. Released by: {releaser}.",
            purpose=release.purpose,
            audience=release.audience,
            releaser=release.releaser,
        ),
        text("Precision: {precision}.", precision=text(PRECISION_LABELS[release.precision])),
    ]


def sources_words(brief: Brief, language: Language) -> str:
    """Return title, date and licence of every source that a map shows or rests on, each once."""
    left_out = {*_NOT_DRAWN, *brief.prepared.area.absent}
    shown = [source for source in brief.prepared.area.sources if source.layer not in left_out]
    each = (
        ", ".join(
            filter(None, (ledger_words(words, language) for words in (own.title, own.date, own.licence)))
        )
        for own in shown
    )
    return language.text("Sources: {sources}.", sources=language.clauses(dict.fromkeys(each)))


def rests_on(brief: Brief, language: Language) -> str:
    """Return the line on what the review that is shown rests on."""
    return provenance_line(released_provenance(brief, brief.shown), language)


def released_provenance(brief: Brief, review: Review) -> Provenance:
    """
    Return what a review rests on, as it may be said outside.

    Where no place may be told, neither may its hash: whoever tries all places would find it. There hashes are
    under a secret of this machine's.
    """
    own = review.provenance
    return own if tells_cells(brief.release.precision) else own.keyed(local_secret(brief.keys))
