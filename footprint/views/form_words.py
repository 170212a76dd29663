"""The answers of a proposal's form in words: what a reader chooses among."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from footprint.disclosure import Precision
from footprint.language import Language, msgid
from footprint.prepared import Prepared
from footprint.proposals.completeness import ANY_SEASON
from footprint.proposals.form import OPENING, ConsentState, CostConfidence, PlacedTo, ProposalKind, TierAsked
from footprint.releases.terms import Marking

ANSWER_WORDS: Mapping[StrEnum, str] = {
    ProposalKind.OPEN: msgid("open a site"),
    ProposalKind.SEASONAL: msgid("open a site for a season"),
    ProposalKind.LIAISON: msgid("open a liaison post, without troops"),
    ProposalKind.CLOSE: msgid("close a site"),
    ProposalKind.DOWNSIZE: msgid("take assets away from a site"),
    ProposalKind.AXIS: msgid("repair an axis"),
    ConsentState.GIVEN: msgid("they agree"),
    ConsentState.REFUSED: msgid("they refuse"),
    ConsentState.PENDING: msgid("no answer yet"),
    Marking.UNCLASSIFIED: msgid("unclassified"),
    Marking.CONFIDENTIAL: msgid("confidential"),
    Marking.STRICTLY_CONFIDENTIAL: msgid("strictly confidential"),
    Precision.STRICT: msgid("by {district} only"),
    Precision.PUBLIC: msgid("to a tenth of a degree"),
    Precision.INTERNAL: msgid("to about one kilometre"),
    Precision.RESTRICTED: msgid("as written"),
    PlacedTo.PLACE: msgid("the place itself"),
    PlacedTo.NEAR: msgid("somewhere near"),
    PlacedTo.DISTRICT: msgid("the {district}"),
    PlacedTo.REGION: msgid("the {region}"),
    CostConfidence.LOW: msgid("little"),
    CostConfidence.MEDIUM: msgid("somewhat"),
    CostConfidence.HIGH: msgid("well"),
    TierAsked.DIALOGUE: msgid("I: dialogue and engagement"),
    TierAsked.PHYSICAL: msgid("II: physical protection"),
    TierAsked.ENVIRONMENT: msgid("III: protective environment"),
}
"""What each answer of a choice means; `form.py` says what is written for it in a file."""


def answers(kind: type[StrEnum], now: object, language: Language) -> dict[object, str]:
    """
    Return the answers among which a reader chooses, each in words.

    What a site is opened for may change; a new site does not become the closing of another.
    """
    kept = [each for each in kind if each in OPENING] if now in OPENING else list(kind)
    return {each: language.text(ANSWER_WORDS[each]) for each in kept}


def named_answers(prepared: Prepared, language: Language) -> dict[str, dict[object, str]]:
    """Return, by what a field names, the identifiers it may hold and how each is called."""
    seasons: dict[object, str] = {each.season_id: each.label(language.code) for each in prepared.area.seasons}
    return {
        "objective": {each.objective_id: each.name(language.code) for each in prepared.objectives},
        "season": {**seasons, ANY_SEASON: language.text("all year")},
    }
