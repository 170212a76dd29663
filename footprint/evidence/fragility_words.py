"""What an answer hangs on, in words."""

from __future__ import annotations

from footprint.evidence.costliest import Among
from footprint.evidence.fragility import SMALL, Fragility, Piece, WithoutPiece
from footprint.evidence.standing import HEADLINES
from footprint.indicators.indicator import Indicator
from footprint.language import Language, msgid
from footprint.prepared import Prepared

PIECES = {
    Piece.SITE: msgid("Site {name}"),
    Piece.ASSET: msgid("{kind} at {name}"),
    Piece.ROAD: msgid("Road {name}"),
    Piece.BRIDGE: msgid("Bridge {name}"),
    Piece.FERRY: msgid("Ferry {name}"),
    Piece.CLOSURE: msgid("Closed months of {name}"),
    Piece.DYKE: msgid("Dyke under {name}"),
    Piece.RATING: msgid("Search rating of {name}"),
    Piece.SEASON: msgid("Months in which {name} is open"),
    Piece.AVAILABILITY: msgid("Stated availability of {kind} at {name}"),
    Piece.NOTICE: msgid("Stated notice of {kind} at {name}"),
    Piece.MISSION_SHARE: msgid("Stated mission share of {kind} at {name}"),
    Piece.FLOOD: msgid("Flood zone {name}"),
    Piece.LAKE: msgid("Lake {name}"),
    Piece.BOATS: msgid("Months in which boats pass {name}"),
    Piece.RAIN: msgid("Rains in {name}"),
}
"""What each piece is called."""

AMONG_HEADS = {Among.SITES: msgid("Costliest site"), Among.WAYS: msgid("Costliest road, bridge or ferry")}
"""Heads of columns of what the costliest of a region is looked for among."""

FRAGILITY_LIMITS = (
    msgid(
        "One at a time, not to be added up: a site is what stands there, and two pieces that stand in for "
        "one another change little each."
    ),
    msgid(
        "Changes are those of the mean of the year, in points of need. A stated number left out is the "
        "method's own; a month without its rains is a dry one, and the floods stay."
    ),
    msgid(
        "Rivers are not left out as barriers, for without one all ways between its banks would be others: "
        "what crosses them is, bridge by bridge. Surfaces of roads, people and incidents are numbers, and "
        "not left out either."
    ),
)
"""What must be known beside it."""


def piece_words(row: WithoutPiece, prepared: Prepared, language: Language) -> str:
    """
    Return what a piece is called.

    Parameters
    ----------
    row
        The piece.
    prepared
        Names of sites and roads, and what kinds of asset are called.
    language
        Of the words.
    """
    assets = prepared.method.assets
    name = _name(row, prepared, language)
    kind = language.text(assets[row.kind].label) if row.kind in assets else row.kind
    return language.text(PIECES[row.piece], name=name, kind=kind)


def _name(row: WithoutPiece, prepared: Prepared, language: Language) -> str:
    """Return what the thing is called that a piece belongs to, with its identifier if names may be alike."""
    area = prepared.area
    match row.piece:
        case Piece.RAIN:
            return language.month(int(row.of))
        case Piece.ROAD | Piece.BRIDGE | Piece.FERRY | Piece.CLOSURE | Piece.DYKE | Piece.RATING:
            names = area.roads["name"]
        case Piece.BOATS:
            names = area.rivers["name"]
        case Piece.FLOOD:
            names = area.flood_zones["name"]
        case Piece.LAKE:
            names = area.lakes["name"]
        case _:
            return str(area.sites["name"].get(row.of, row.of)) or row.of
    name = str(names.get(row.of, row.of)) or row.of
    return name if name == row.of else f"{name} ({row.of})"


def headline_words(fragility: Fragility, language: Language) -> tuple[str, str]:
    """
    Return what the changes of the Force and of the Mission footprint are changes of.

    Parameters
    ----------
    fragility
        Whether each is known.
    language
        Of the words.
    """
    known = (fragility.force_known, fragility.mission_known)
    return (
        language.text(Indicator.FORCE.label)
        if known[0]
        else language.text("What is known of the Force footprint"),
        language.text(Indicator.MISSION.label)
        if known[1]
        else language.text("What is known of the Mission footprint"),
    )


def objective_words(row: WithoutPiece, prepared: Prepared, language: Language) -> str:
    """
    Return which objective a piece changes most, and by how much; "–" where it changes none.

    Parameters
    ----------
    row
        The piece.
    prepared
        Its objectives.
    language
        Of the words.
    """
    names = {each.objective_id: each.name(language.code) for each in prepared.objectives}
    changes = [
        (change, headline, objective_id)
        for objective_id, pair in row.by_objective.items()
        for headline, change in zip(HEADLINES, pair, strict=True)
        if abs(change) >= SMALL
    ]
    if not changes:
        return "–"
    change, headline, objective_id = max(changes, key=lambda each: abs(each[0]))
    return language.text(
        "{change} {measure}: {name}",
        change=language.points(change),
        measure=language.text(headline.short),
        name=names[objective_id],
    )


def fragility_words(fragility: Fragility, prepared: Prepared, language: Language, called: str = "") -> str:
    """
    Return on what the answer hangs most.

    Parameters
    ----------
    fragility
        Every piece left out.
    prepared
        Names.
    language
        Of the sentence.
    called
        What the first piece is called where its name may not be told; "" is by its name.
    """
    text = language.text
    without = fragility.n_without_effect
    acting = [each for each in fragility.left_out if max(each.rank) >= SMALL]
    if without is None:
        return text("Not known: the area has no need that could be reached.")
    if not acting and not (fragility.force_known and fragility.mission_known):
        return text("Nothing that was left out changes what is known of the Force and Mission footprints.")
    if not acting:
        return text("Nothing that was left out changes the Force or the Mission footprint.")
    most = acting[0]
    force, mission = headline_words(fragility, language)
    return text(
        "Most hangs on: {piece}. Changes without it: {measure} {force}, {other} {mission}. Of {count} pieces "
        "left out one at a time, {without} change nothing.",
        piece=called or piece_words(most, prepared, language),
        measure=force,
        force=language.points(most.force),
        other=mission,
        mission=language.points(most.mission),
        count=language.number(len(fragility.left_out)),
        without=language.number(without),
    )
