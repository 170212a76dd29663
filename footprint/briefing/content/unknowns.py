"""Part 8, what we do not know; and the page that says on what the answer hangs."""

from __future__ import annotations

from dataclasses import replace

from footprint.briefing.content.parts import Chapter, ChapterBlock, Prose, ProseKind, TextTable
from footprint.briefing.content.permitted import FEWEST, counts_told, permitted_caveats, sites_told
from footprint.briefing.content.telling import Telling
from footprint.caveats import LIMITS, caveats
from footprint.evidence.costliest import Among, Costliest, costliest
from footprint.evidence.foresight_words import FORESIGHT_LIMITS, foresight_words
from footprint.evidence.fragility import SMALL, Fragility, Piece, WithoutPiece
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
from footprint.scenario import OpenSite
from footprint.views.need_words import need_sentences
from footprint.views.words import missing_words, unit_at
from layers.tables import WGS84

_MOST_PIECES = 12
_OF_SITES = frozenset(
    {Piece.SITE, Piece.ASSET, Piece.SEASON, Piece.AVAILABILITY, Piece.NOTICE, Piece.MISSION_SHARE}
)
"""Pieces that belong to a site."""


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
    return Chapter("unknowns", 8, text("What we do not know"), tuple(blocks), own_page=True)


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
    """Return the page that says what the answer hangs on, the piece that changes most first."""
    brief, text, language = telling.brief, telling.language.text, telling.language
    found, prepared = _called(telling), telling.brief.prepared
    acting = [each for each in found.left_out if max(each.rank) >= SMALL]
    shown = [_rounded(telling, each) for each in acting[:_MOST_PIECES]]
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
    blocks += [*_costliest(telling), *(Prose(text(each), ProseKind.NOTE) for each in FRAGILITY_LIMITS)]
    of = telling.option(1) if brief.plans and telling.named else text("Today")
    heading = text("What this hangs on: {option}, whole area", option=of)
    return Chapter("hanging", 0, heading, tuple(blocks), own_page=True)


def _called(telling: Telling) -> Fragility:
    """Return what the answer hangs on, with sites called as the release permits it."""
    found, brief = telling.reckoning.fragility, telling.brief
    names = {each.site_id: each.name for each in brief.shown.scenario.changes if isinstance(each, OpenSite)}
    if not sites_told(brief.release):
        sites = brief.prepared.area.sites.geometry.to_crs(WGS84)
        names = {str(site): unit_at(brief.prepared, point.x, point.y) for site, point in sites.items()}
    pieces = tuple(
        replace(each, of=names.get(each.of, each.of)) if each.piece in _OF_SITES else each
        for each in found.left_out
    )
    return replace(found, left_out=pieces)


def _rounded(telling: Telling, own: WithoutPiece) -> WithoutPiece:
    """Return a piece with its changes as exactly as they may be told."""
    return replace(
        own,
        force=telling.figure(own.force),
        mission=telling.figure(own.mission),
        by_objective={
            name: (telling.figure(force), telling.figure(mission))
            for name, (force, mission) in own.by_objective.items()
        },
    )


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
