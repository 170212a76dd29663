"""Hanging: on what kinds of things the answer hangs, where which ones these are may not be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import isnan

from footprint.briefing.content.parts import DASH, ChapterBlock, Prose, ProseKind, TextTable
from footprint.briefing.content.telling import Telling
from footprint.evidence.fragility import SMALL, Piece, WithoutPiece
from footprint.evidence.fragility_words import fragility_words, headline_words
from footprint.language import msgid
from footprint.releases.profiles import weak_points_words
from footprint.scenario import OpenSite

OF_SITES = frozenset(
    {Piece.SITE, Piece.ASSET, Piece.SEASON, Piece.AVAILABILITY, Piece.NOTICE, Piece.MISSION_SHARE}
)
"""Pieces that belong to a site."""
_WHOLE_SITES = frozenset({Piece.SITE, Piece.SEASON})
_OF_NATURE = frozenset({Piece.FLOOD, Piece.LAKE, Piece.BOATS, Piece.RAIN})
_STANDING, _PLANNED = msgid("an existing site"), msgid("a site of the plan")
_STANDING_ASSETS, _PLANNED_ASSETS = msgid("assets at an existing site"), msgid("assets at a site of the plan")
_WAY, _NATURE = msgid("a road or crossing"), msgid("rains or a water")
KINDS = (_STANDING, _PLANNED, _STANDING_ASSETS, _PLANNED_ASSETS, _WAY, _NATURE)
"""What pieces are called where they have no name, in the order of the table."""


def by_kind(telling: Telling) -> list[ChapterBlock]:
    """Return what each kind of thing changes at most, and what none of them is called."""
    brief, text, language = telling.brief, telling.language.text, telling.language
    found = telling.reckoning.fragility
    opened = {each.site_id for each in brief.shown.scenario.changes if isinstance(each, OpenSite)}
    groups: dict[str, list[WithoutPiece]] = {kind: [] for kind in KINDS}
    for each in found.left_out:
        groups[_kind(each, opened)].append(each)
    acting = [each for each in found.left_out if max(each.rank) >= SMALL]
    first = [rounded_piece(telling, each) for each in acting[:1]]
    said = replace(found, left_out=(*first, *found.left_out[len(first) :]))
    lead = fragility_words(
        said, brief.prepared, language, called=text(_kind(acting[0], opened)) if acting else ""
    )
    force, mission = headline_words(found, language)
    rows = tuple(
        (
            text(kind),
            language.number(len(own)),
            language.number(sum(max(each.rank) >= SMALL for each in own)),
            _most(telling, [each.force for each in own]),
            _most(telling, [each.mission for each in own]),
        )
        for kind, own in groups.items()
        if own
    )
    blocks: list[ChapterBlock] = [Prose(lead, ProseKind.LEAD)]
    if rows:
        blocks.append(
            TextTable(
                title=text(
                    "Left out one at a time, by kind: the largest change of the year's mean [points of need]"
                ),
                header=(text("Without"), text("Left out"), text("Of which change anything"), force, mission),
                rows=rows,
                numeric=(False, True, True, True, True),
            )
        )
    return [*blocks, Prose(weak_points_words(brief.release, language), ProseKind.NOTE)]


def rounded_piece(telling: Telling, own: WithoutPiece) -> WithoutPiece:
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


def _kind(piece: WithoutPiece, opened: set[str]) -> str:
    if piece.piece in OF_SITES:
        planned = piece.of in opened
        if piece.piece in _WHOLE_SITES:
            return _PLANNED if planned else _STANDING
        return _PLANNED_ASSETS if planned else _STANDING_ASSETS
    return _NATURE if piece.piece in _OF_NATURE else _WAY


def _most(telling: Telling, changes: Sequence[float]) -> str:
    """Write the change that is farthest from none; a dash where none is known."""
    known = [each for each in changes if not isnan(each)]
    return telling.change(max(known, key=abs), known=True) if known else DASH
