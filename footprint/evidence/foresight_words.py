"""Whether this tool's threat names places worse than a simple rule, as a sentence a person can repeat."""

from __future__ import annotations

from footprint.evidence.foresight import NO_MONTH, NO_UNIT, TOO_COARSE, Foresight
from footprint.evidence.rules import RankingRule
from footprint.evidence.verdict import ForesightVerdict, Outcome
from footprint.language import Language, msgid

RULES = {
    RankingRule.LAST_YEAR: msgid("As in the last 12 months"),
    RankingRule.WHOLE_RECORD: msgid("As in the whole record"),
    RankingRule.SAME_MONTH: msgid("As in the same month of the year before"),
    RankingRule.PEOPLE: msgid("Where most people live"),
    RankingRule.ALIKE: msgid("All alike"),
    RankingRule.THREAT: msgid("Threat as reckoned here"),
    RankingRule.CALENDAR: msgid("Threat as reckoned here, by month where a calendar has earned its place"),
    RankingRule.EVERY_CALENDAR: msgid("Threat as reckoned here, by month by every calendar"),
    RankingRule.BLEND: msgid("Need as reckoned here: threat and people"),
}
"""What each rule is called."""

LEFT_OUT = {
    TOO_COARSE: msgid("placed no better than in their {region}"),
    NO_MONTH: msgid("of which only the year is known"),
    NO_UNIT: msgid("in no {district}, or in one that lies mostly outside the area"),
}
"""Why incidents take no part."""

FORESIGHT_LIMITS = (
    msgid(
        "Violence stays where it was: that rules catch much of it is a pattern, and no forecast of any "
        "place or month."
    ),
    msgid(
        "The simple rule that the threat is held against is the one that did best on these very years: a "
        "strict judge."
    ),
    msgid(
        "Threat is judged. The need counts people without incidents too, because they need protection "
        "before anything has happened; how much is a value, which no record can judge."
    ),
)
"""What must be known beside the rules."""

_BY_MONTH = msgid(
    "Of the incidents of {years} ({count}), {threat} fell in the {share} of {districts} and months that "
    "the threat reckoned here would have named the year before, and {simple} where the best simple rule "
    "would have ({rule})."
)
_BY_PLACE = msgid(
    "Of the incidents of {years} ({count}), {threat} fell in the {share} of {districts} that the threat "
    "reckoned here would have named the year before, and {simple} where the best simple rule would "
    "have ({rule})."
)
_OUTCOMES = {
    Outcome.HOLDS: msgid("The threat reckoned here is not found to be worse than that rule"),
    Outcome.FAILS: msgid("The threat reckoned here is worse than that rule"),
    Outcome.CANNOT_TELL: msgid(
        "Whether the threat reckoned here is better or worse than that rule cannot be told"
    ),
}


def foresight_words(
    record: Foresight, verdict: ForesightVerdict, named_share: float, language: Language
) -> str:
    """
    Return how much this tool's threat and the best simple rule would have named of what came next.

    Parameters
    ----------
    record, verdict
        Every rule on every year, and what follows from it.
    named_share
        Share of places and months that each rule names [0-1].
    language
        Of the sentence.
    """
    text = language.text
    if verdict.outcome is Outcome.UNTESTED:
        return text(
            "Not known: no whole year with incidents has a year before it, or nobody is known to live there."
        )
    said = text(
        _BY_MONTH if record.by_month else _BY_PLACE,
        count=language.number(record.n_events),
        years="–".join(dict.fromkeys(str(record.years[end].year) for end in (0, -1))),
        threat=language.percent(record.pooled(RankingRule.THREAT), 0),
        share=language.percent(named_share, 0),
        simple=language.percent(record.pooled(verdict.best), 0),
        rule=_lower(text(RULES[verdict.best])),
    )
    told = text(
        "{outcome} (difference {difference}, 90 % band {low} to {high}).",
        outcome=text(_OUTCOMES[verdict.outcome]),
        difference=language.points(verdict.difference, 0),
        low=language.signed(100 * verdict.low),
        high=language.points(verdict.high, 0),
    )
    return " ".join([said, told, *_calendars(record, language)])


def _calendars(record: Foresight, language: Language) -> list[str]:
    """Say that no calendar had earned its place, where months are ranked and none had."""
    if not record.by_month:
        return []
    earned = any(
        (each.caught[RankingRule.CALENDAR] != each.caught[RankingRule.THREAT]).any() for each in record.years
    )
    return [] if earned else [language.text("No {district}'s calendar had earned its place in any year.")]


def cells_words(cell_km: float, n_events: int, named_share: float, language: Language) -> str:
    """
    Return what the figures on cells are.

    Parameters
    ----------
    cell_km
        Side of a cell [km].
    n_events
        Incidents placed exactly.
    named_share
        Share of the cells that each rule names [0-1].
    language
        Of the sentence.
    """
    return language.text(
        "On cells: the same rules naming {share} of the cells of {km} km, without months, and the "
        "incidents placed exactly ({count}). Told, and not judged.",
        share=language.percent(named_share, 0),
        km=language.number(cell_km, 1 if cell_km % 1 else 0),
        count=language.number(n_events),
    )


def left_out_words(left_out: tuple[tuple[str, int], ...], language: Language) -> list[str]:
    """Return how many incidents take no part, reason by reason."""
    return [
        language.text(
            "Incidents left out, {reason}: {count}",
            reason=language.text(LEFT_OUT[reason]),
            count=language.number(count),
        )
        for reason, count in left_out
    ]


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
