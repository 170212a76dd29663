"""What an answer hangs on, in words."""

from __future__ import annotations

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
}
"""What each piece is called."""

FRAGILITY_LIMITS = (
    msgid(
        "One at a time, not to be added up: a site is what stands there, and two pieces that stand in for "
        "one another change little each."
    ),
    msgid(
        "Flood zones and rivers are not left out. Changes are those of the mean of the year, in points of "
        "need."
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
    area, assets = prepared.area, prepared.method.assets
    on_site = row.piece in {Piece.SITE, Piece.ASSET, Piece.SEASON}
    names = area.sites["name"] if on_site else area.roads["name"]
    name = str(names.get(row.of, row.of)) or row.of
    kind = language.text(assets[row.kind].label) if row.kind in assets else row.kind
    called = name if on_site or name == row.of else f"{name} ({row.of})"
    return language.text(PIECES[row.piece], name=called, kind=kind)


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


def fragility_words(fragility: Fragility, prepared: Prepared, language: Language) -> str:
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
        piece=piece_words(most, prepared, language),
        measure=force,
        force=language.points(most.force),
        other=mission,
        mission=language.points(most.mission),
        count=language.number(len(fragility.left_out)),
        without=language.number(without),
    )
