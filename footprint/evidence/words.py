"""The reach of what happened as a sentence a person can repeat."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

from footprint.evidence.reach import Reached, ReachOfEvents, Time
from footprint.indicators.indicator import Indicator
from footprint.language import Language, msgid
from footprint.method import EvidenceNumbers

NO_KILLINGS = msgid("No killings of civilians are known that are dated and placed in the times asked about.")

DESCRIPTIVE = msgid(
    "Where killings were, beside where troops could have come; neither what troops did nor what will be."
)


def reach_words(reach: ReachOfEvents, numbers: EvidenceNumbers, language: Language) -> str:
    """
    Return what could have been reached of a time's people and killings.

    Parameters
    ----------
    reach
        The time.
    numbers
        From how many places of killings on, and at which p, it is told on which side they lay.
    language
        Of the sentence.
    """
    text, own = language.text, {each.measure: each for each in reach.measures}
    force, circle = own[Indicator.FORCE], own[Indicator.CIRCLE]
    when = span_words(reach.span, language)
    if not reach.inhabited:
        return text("{when}: not known; the data know of nobody who lives there.", when=when)
    if reach.n_events and isnan(force.people):
        return text("{when}: not known; the data name no troops.", when=when)
    if reach.n_places < numbers.events_min:
        few = language.plural(
            "{when}: events with killings that have a place: {count}, in {n} cell; too few to tell, {least} "
            "cells are needed.",
            "{when}: events with killings that have a place: {count}, in {n} cells; too few to tell, {least} "
            "are needed.",
            reach.n_places,
            when=when,
            count=language.number(reach.n_events),
            least=language.number(numbers.events_min),
        )
        return " ".join([few, *_vague(reach, language), *_elsewhere(reach, language)])
    first = text(
        "{when}: troops could reach {people} of the people and {events} of the places of killings "
        "({low}–{high}; events: {count}): {verdict}.",
        when=when,
        people=language.percent(force.people, 0),
        events=language.percent(force.events, 0),
        low=language.percent(force.low, 0),
        high=language.percent(force.high, 0),
        count=language.number(reach.n_events),
        verdict=text(_verdict(force, numbers)),
    )
    second = text(
        "A circle map would say {people} and {events}.",
        people=language.percent(circle.people, 0),
        events=language.percent(circle.events, 0),
    )
    return " ".join([first, second, *_vague(reach, language)])


def _vague(reach: ReachOfEvents, language: Language) -> list[str]:
    """Return what is not known of the dates of a time's killings."""
    said = []
    if reach.n_year_only:
        said.append(
            language.plural(
                "{n} is known by its year only, of which the mean counts.",
                "{n} are known by their year only, of which the mean counts.",
                reach.n_year_only,
            )
        )
    if reach.n_undated:
        said.append(
            language.plural(
                "{n} more, known by its year only, may lie in this time or not and is left out.",
                "{n} more, known by their year only, may lie in this time or not and are left out.",
                reach.n_undated,
            )
        )
    return said


def _elsewhere(reach: ReachOfEvents, language: Language) -> list[str]:
    """Return how many of a time's killings are placed too poorly to have a cell."""
    if not reach.n_elsewhere:
        return []
    return [
        language.plural(
            "{n} more is placed no better than 25 km and is left out.",
            "{n} more are placed no better than 25 km and are left out.",
            reach.n_elsewhere,
        )
    ]


def unstated_words(count: int, language: Language) -> list[str]:
    """Return of how many incidents nobody states whether civilians were killed; nothing if of none."""
    if not count:
        return []
    return [
        language.plural(
            "Of {n} incident nobody states whether civilians were killed; it takes no part.",
            "Of {n} incidents nobody states whether civilians were killed; they take no part.",
            count,
        )
    ]


def latest_told(times: Sequence[ReachOfEvents], numbers: EvidenceNumbers) -> ReachOfEvents | None:
    """
    Return the latest time with enough killings to tell anything; the latest of all if none has.

    Parameters
    ----------
    times
        The earliest first; None is returned without any.
    numbers
        From how many places of killings on something is told.
    """
    enough = [each for each in times if each.n_places >= numbers.events_min]
    return max(enough or times, key=lambda each: (each.span.last, each.span.first), default=None)


def span_words(span: Time, language: Language) -> str:
    """Return what a time is called: its year, or its first and last day."""
    if span.by_year and (span.last.month, span.last.day) == (12, 31):
        return str(span.first.year)
    return f"{language.date(span.first)} – {language.date(span.last)}"


def _verdict(force: Reached, numbers: EvidenceNumbers) -> str:
    if force.p > numbers.p_max:
        return msgid("no difference can be told")
    if force.events < force.people:
        return msgid("more of the violence than of the people lay outside the reach")
    return msgid("more of the violence than of the people lay inside the reach")


def sources_words(count: int, language: Language) -> str:
    """
    Return how many statements of other sources differ from the area's.

    Parameters
    ----------
    count
        Kinds of asset that stand at a site here and not in another source, or the other way round.
    language
        Of the sentence.
    """
    if not count:
        return language.text("The area records no difference to another source in which site holds what.")
    return language.plural(
        "Of one asset at one site another source states otherwise; the Data page says which.",
        "Of {n} assets at sites another source states otherwise; the Data page lists them.",
        count,
    )
