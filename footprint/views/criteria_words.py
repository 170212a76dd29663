"""Criteria in words: how what an option comes to is written, and how firmly a group ranks it."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

from footprint.criteria.criterion import NOTHING, Criterion, CriterionValue
from footprint.criteria.ranked import GroupRanking, Ranking
from footprint.language import Language

_PEOPLE = {Criterion.BEYOND_BUNDLE, Criterion.BEYOND_SURGERY, Criterion.RING}
_ALL = 0.9995
"""Shares above it are written as 100.0 %."""
_MONEY = {Criterion.ONE_OFF, Criterion.RECURRENT}


def value_words(own: CriterionValue, language: Language) -> str:
    """Return what an option comes to by one criterion, as a matrix writes it."""
    if own.criterion in _PEOPLE:
        return language.people(own.value)
    if own.criterion in _MONEY:
        return language.number(own.value)
    if own.criterion is Criterion.ESCORTS:
        return language.number(own.value, 1)
    if own.criterion in {Criterion.WORST_REGION, Criterion.LIKE_FOR_LIKE}:
        return language.points(own.value)
    return language.percent(own.value)


def arrival_words(options: Sequence[Sequence[CriterionValue]], language: Language) -> str:
    """
    Return what the criteria of past attacks do not say; "" where they are not known of any option.

    Parameters
    ----------
    options
        Values of each option by every criterion.
    language
        The reader's.
    """
    shares = [each.value for own in options for each in own if each.criterion is Criterion.RESPONSE]
    if all(isnan(share) for share in shares):
        return ""
    told = language.text(
        "To have come to the place of a past attack within the limit is not to have protected anybody: "
        "nobody asks whether anybody would have been sent, how strong, or before it was over."
    )
    if len(shares) > 1 and min(shares) > _ALL:
        alike = language.text(
            "By air every one of these options could have come to all of them, so this tells none apart."
        )
        return f"{told} {alike}"
    return told


def option_words(name: str, language: Language) -> str:
    """Return what an option is called: its own name, but for doing nothing."""
    return language.text(NOTHING) if name == NOTHING else name


def ranking_sentences(ranking: Ranking, language: Language) -> tuple[str, ...]:
    """Return how each group ranks the options, what it weighs and nobody knows, and what others beat."""
    told = [sentence for each in ranking.groups for sentence in _of_group(each, language)]
    told += [
        language.text(
            "{name} is no better than {other} by any criterion that is known of all, and worse by one at "
            "least.",
            name=option_words(name, language),
            other=option_words(other, language),
        )
        for name, other in ranking.dominated
    ]
    return tuple(told)


def _of_group(own: GroupRanking, language: Language) -> list[str]:
    text = language.text
    told = []
    if own.options:
        places = [
            text(
                "{rank}. {name} (first in {share} of draws)",
                rank=language.number(each.rank),
                name=option_words(each.name, language),
                share=language.percent(each.first_share, 0),
            )
            for each in own.options
        ]
        told.append(language.labelled(own.group, language.clauses(places)))
    else:
        told.append(
            text(
                "{group}: nothing that it weighs is known of every option, so it ranks none.", group=own.group
            )
        )
    if own.left_out and own.options:
        names = language.listing(text(each.label) for each in own.left_out)
        told.append(
            text(
                "{group} weighs what is not known of every option, and it is left out: {names}.",
                group=own.group,
                names=names,
            )
        )
    return told
