"""The reach of what happened as a sentence a person can repeat."""

from __future__ import annotations

from math import isnan

from footprint.evidence.reach import Reached, ReachOfEvents
from footprint.indicators.indicator import Indicator
from footprint.language import Language, msgid

LEAST = 10
"""Events below which nothing is told apart."""

SIGNIFICANT = 0.05
"""Largest p at which events are told to lie outside or inside the reach."""

DESCRIPTIVE = msgid(
    "Where killings were, beside where troops could have come; neither what troops did nor what will be."
)


def reach_words(reach: ReachOfEvents, language: Language) -> str:
    """Return what could have been reached of a time's people and killings."""
    text, own = language.text, {each.measure: each for each in reach.measures}
    force, circle = own[Indicator.FORCE], own[Indicator.CIRCLE]
    span = reach.span
    whole = span.by_year and (span.last.month, span.last.day) == (12, 31)
    when = str(span.first.year) if whole else f"{language.date(span.first)} – {language.date(span.last)}"
    if isnan(force.events):
        return text("{when}: not known; no troops are named, or no event has a cell.", when=when)
    first = text(
        "{when}: troops could reach {people} of the people and {events} of the places of killings "
        "({low}–{high}; events: {count}): {verdict}.",
        when=when,
        people=language.percent(force.people, 0),
        events=language.percent(force.events, 0),
        low=language.percent(force.low, 0),
        high=language.percent(force.high, 0),
        count=language.number(reach.n_events),
        verdict=text(_verdict(force, reach.n_events)),
    )
    second = text(
        "A circle map would say {people} and {events}.",
        people=language.percent(circle.people, 0),
        events=language.percent(circle.events, 0),
    )
    return f"{first} {second}"


def _verdict(force: Reached, n_events: int) -> str:
    if n_events < LEAST:
        return msgid("too few events to tell")
    if force.p > SIGNIFICANT:
        return msgid("no difference can be told")
    if force.events < force.people:
        return msgid("the violence lay outside the reach")
    return msgid("the violence lay inside the reach")
