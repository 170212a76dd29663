"""Impossible in words: which choices contradict, how high a floor can be reached, what it would take."""

from __future__ import annotations

from math import isfinite

from footprint.language import Language
from footprint.options.impossible import FloorReach, Impossible
from footprint.options.question_words import figure_words
from footprint.options.solve import SearchStatus
from footprint.options.words import more_words
from footprint.prepared import Prepared


def impossible_words(why: Impossible, prepared: Prepared, language: Language) -> tuple[str, ...]:
    """
    Return why no plan keeps to the limits, a sentence for each reason.

    Parameters
    ----------
    why
        The reasons.
    prepared
        Names of what there is.
    language
        Of the words.
    """
    if why.contradictions:
        return tuple(each.said(language) for each in why.contradictions)
    told = [floor_words(each, prepared, language) for each in why.floors]
    # None at all: no limit was found to stand in the way, which the time may have hidden.
    takes = [more_words(why.takes, prepared.method, language)] if why.takes else []
    return (*told, *takes)


def floor_words(reach: FloorReach, prepared: Prepared, language: Language) -> str:
    """Return how high the worst season of a floor's figure can be within the other limits."""
    text, highest = language.text, reach.highest
    values = {
        "figure": figure_words(reach.floor.figure, prepared, language),
        "least": language.percent(reach.floor.least, 2),
        "score": language.percent(highest.score, 2),
        "bound": language.percent(highest.bound, 2),
    }
    if highest.status is SearchStatus.NONE:
        return text("{figure}: the floor is {least}, but no plan keeps to the other limits.", **values)
    if highest.plan is None:
        return text(
            "{figure}: the floor is {least}; no plan within the other limits was found in time.", **values
        )
    if not isfinite(highest.bound):
        told = text(
            "{figure}: the floor is {least}; the highest worst season found within the other limits is "
            "{score}, and no bound is known.",
            **values,
        )
    elif values["score"] == values["bound"]:
        told = text(
            "{figure}: the floor is {least}; the highest worst season of any plan within the other limits is "
            "{score}.",
            **values,
        )
    else:
        told = text(
            "{figure}: the floor is {least}; the highest worst season found within the other limits is "
            "{score}, and no plan exceeds {bound}.",
            **values,
        )
    if reach.alone:
        told = " ".join([told, text("The other floors were left out there: no plan keeps to them either.")])
    return told
