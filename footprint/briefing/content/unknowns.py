"""Part 8, what we do not know; and the page that says on what the answer hangs."""

from __future__ import annotations

from dataclasses import replace

from footprint.briefing.content.hanging import OF_SITES, by_kind, rounded_piece
from footprint.briefing.content.parts import Chapter, ChapterBlock, Prose, ProseKind, TextTable
from footprint.briefing.content.permitted import FEWEST, counts_told, permitted_caveats
from footprint.briefing.content.telling import Telling
from footprint.caveats import LIMITS, caveats
from footprint.evidence.costliest import Among, Costliest, costliest
from footprint.evidence.foresight_words import FORESIGHT_LIMITS, foresight_words
from footprint.evidence.fragility import SMALL, Fragility
from footprint.evidence.fragility_words import (
    AMONG_HEADS,
    FRAGILITY_LIMITS,
    fragility_words,
    headline_words,
    objective_words,
    piece_words,
)
from footprint.evidence.words import DESCRIPTIVE, NO_KILLINGS, latest_told, reach_words
from footprint.indicators.indicator import Indicator
from footprint.indicators.units import OUTSIDE
from footprint.releases.profiles import tells_weak_points
from footprint.scenario import OpenSite
from footprint.views.need_words import need_sentences
from footprint.views.words import missing_words

_MOST_PIECES = 12


def unknowns(telling: Telling) -> Chapter:
    """Return what nobody knows, what was left out, and how far the answer has been held against the past."""
    brief, text = telling.brief, telling.language.text
    blocks: list[ChapterBlock] = []
    missing = missing_words(brief.prepared, telling.language)
    if missing:
        said = text("The data name no {missing}: what hangs on it is not known, and is not nought.",
                    missing=telling.language.listing(missing))  # fmt: skip
        blocks.append(Prose(said, ProseKind.LEAD))
    held = brief.shown if telling.named else brief.today
    notices = permitted_caveats(caveats(brief.prepared, held), brief)
    blocks += [Prose(each, ProseKind.ITEM) for each in notices]
    blocks += [Prose(text(each), ProseKind.ITEM) for each in LIMITS]
    blocks += [
        Prose(each, ProseKind.DETAIL) for each in need_sentences(brief.prepared.demand, telling.language)
    ]
    blocks += [Prose(each, ProseKind.DETAIL) for each in _evidence(telling)]
    return Chapter("unknowns", 8, text("What we do not know"), tuple(blocks), whole=True)


def _evidence(telling: Telling) -> list[str]:
    """Return what happened held against the reach, and whether threat foresaw anything."""
    brief, text, evidence = telling.brief, telling.language.text, telling.reckoning.evidence
    numbers = brief.prepared.method.evidence
    if not counts_told(brief.release):
        return [
            text(
                "What happened is not held against the reach here: its numbers are not told at this "
                "precision."
            )
        ]
    latest = latest_told(evidence.reach, numbers)
    told = [text(NO_KILLINGS)]
    if latest is not None and latest.n_events >= FEWEST:
        told = [reach_words(latest, numbers, telling.language), text(DESCRIPTIVE)]
    told.append(foresight_words(evidence.foresight, evidence.verdict, numbers.named_share, telling.language))
    told.append(text(FORESIGHT_LIMITS[0]))
    return told


def hanging(telling: Telling) -> Chapter:
    """
    Return the page that says what the answer hangs on, the piece that changes most first.

    Which piece it is, is told only where a release may tell weak points; elsewhere pieces are told by kind.
    """
    brief, text = telling.brief, telling.language.text
    of = telling.option(1) if brief.plans and telling.named else text("Today")
    told = _by_name(telling) if tells_weak_points(brief.release) else by_kind(telling)
    blocks = (*told, *(Prose(text(each), ProseKind.NOTE) for each in FRAGILITY_LIMITS))
    heading = text("What this hangs on: {option}, whole area", option=of)
    return Chapter("hanging", 0, heading, blocks, whole=True)


def _by_name(telling: Telling) -> list[ChapterBlock]:
    """Return every piece that changes something by its name, and the costliest of each region."""
    text, language = telling.language.text, telling.language
    found, prepared = _called(telling), telling.brief.prepared
    acting = [each for each in found.left_out if max(each.rank) >= SMALL]
    shown = [rounded_piece(telling, each) for each in acting[:_MOST_PIECES]]
    # The sentence tells of the first; how many change nothing is counted by the exact changes.
    said = replace(found, left_out=(*shown[:1], *found.left_out[len(shown[:1]) :]))
    force, mission = headline_words(found, language)
    rows = tuple(
        (
            piece_words(each, prepared, language),
            language.points(each.force),
            language.points(each.mission),
            objective_words(each, prepared, language),
        )
        for each in shown
    )
    blocks: list[ChapterBlock] = [Prose(fragility_words(said, prepared, language), ProseKind.LEAD)]
    if rows:
        blocks.append(
            TextTable(
                title=text("Left out one at a time: change of the mean of the year [points of need]"),
                header=(text("Without"), force, mission, text("Objective that changes most")),
                rows=rows,
                numeric=(False, True, True, False),
            )
        )
    return [*blocks, *_costliest(telling)]


def _called(telling: Telling) -> Fragility:
    """Return what the answer hangs on, with what the plan opens called by its name."""
    found, brief = telling.reckoning.fragility, telling.brief
    names = {each.site_id: each.name for each in brief.shown.scenario.changes if isinstance(each, OpenSite)}
    pieces = tuple(
        replace(each, of=names.get(each.of, each.of)) if each.piece in OF_SITES else each
        for each in found.left_out
    )
    return replace(found, left_out=pieces)


def _costliest(telling: Telling) -> list[TextTable]:
    """Return for each region of the area the one site and the one way whose loss costs most Force."""
    text, language, prepared = telling.language.text, telling.language, telling.brief.prepared
    found = [each for each in costliest(_called(telling)) if each.indicator is Indicator.FORCE]
    names = prepared.area.regions["name"]
    regions = list(dict.fromkeys(each.unit_id for each in found))
    if not regions:
        return []
    pieces = {(each.unit_id, each.among): each for each in found}

    def written(own: Costliest) -> str:
        if own.unit_id in prepared.area.regions_outside:
            return text(OUTSIDE)
        if own.piece is None:
            return text("none")
        name = piece_words(own.piece, prepared, language)
        return language.labelled(name, language.points(telling.figure(own.change)))

    rows = tuple(
        (str(names[unit]), *(written(pieces[unit, among]) for among in (Among.SITES, Among.WAYS)))
        for unit in sorted(regions, key=lambda each: str(names[each]))
    )
    return [
        TextTable(
            title=text("Whose loss costs each {region} most Force [points of its need]"),
            header=(text("{Region}"), *(text(AMONG_HEADS[each]) for each in (Among.SITES, Among.WAYS))),
            rows=rows,
            numeric=(False, False, False),
            detail=True,
        )
    ]
