"""Staggering as sentences a person can repeat."""

from __future__ import annotations

from collections.abc import Sequence
from math import isinf

from footprint.language import Language, msgid
from footprint.options.solve import SearchStatus
from footprint.options.stagger import MadeStay, Staggered

STAGGER_LIMITS = (
    msgid(
        "A place is used only in months in which somebody at another site reaches it by road or boat; "
        "units on the way or at rest count nowhere."
    ),
    msgid("Whether a unit may be moved, housed and supplied there is for those who know the place to say."),
)

CALENDAR_FOLLOWED = msgid(
    "Need follows the calendar of return here, but not in `footprint compare`, where every month’s threat is "
    "alike: figures of the two differ, and agree with --no-calendar."
)
CALENDAR_ALIKE = msgid("Every month’s threat is alike here, as in `footprint compare`.")
"""What must be said of the calendar beside figures."""

_POINTS = 2
"""Decimals of points."""


def stagger_words(staggered: Staggered, language: Language) -> str:
    """
    Return what the units add, and how sure it is that nothing adds more.

    Parameters
    ----------
    staggered
        The answer.
    language
        Of the sentences.
    """
    return " ".join(_sentences(staggered, language))


def _sentences(staggered: Staggered, language: Language) -> list[str]:
    text = language.text
    if not staggered.stays:
        none = text("No stay adds anything: no place can be used long enough, or what is needed is there.")
        return [none, *_sure(staggered, language)]
    before, after = (language.percent(share, _POINTS) for share in staggered.raised)
    first = language.plural(
        "{n} mobile unit raises {figure} from {before} to {after}.",
        "{n} mobile units raise {figure} from {before} to {after}.",
        staggered.asked.units,
        figure=_raised(staggered, language),
        before=before,
        after=after,
    )
    least = [] if staggered.known else [text("At least: the data name nobody for some tier.")]
    turns = (
        [text("Units take turns over the years: none can make the same stays every year, all together can.")]
        if staggered.rotates
        else []
    )
    return [first, *least, *_sure(staggered, language), *turns]


def _raised(staggered: Staggered, language: Language) -> str:
    if staggered.asked.mean_share == 1:
        return language.text("the Mission footprint, mean of the year,")
    return language.text(
        "the Mission footprint ({mean} mean of the year, {worst} worst season)",
        mean=language.percent(staggered.asked.mean_share, 0),
        worst=language.percent(1 - staggered.asked.mean_share, 0),
    )


def _sure(staggered: Staggered, language: Language) -> list[str]:
    text = language.text
    stopped = [text("The search was stopped.")] if staggered.status is SearchStatus.STOPPED else []
    if isinf(staggered.bound):
        return [*stopped, text("How much more other stays could add is not known.")]
    if staggered.gap == 0:
        return [*stopped, text("No other stays within these limits add more: gap 0.")]
    most = language.number(100 * (staggered.bound - staggered.raised[1]), 3)
    if isinf(staggered.gap):
        return [*stopped, text("Other stays add {most} points at most.", most=most)]
    return [
        *stopped,
        text(
            "Other stays within these limits add {most} points more at most: a gap of {gap} of what is "
            "added.",
            most=most,
            gap=language.percent(staggered.gap, _POINTS),
        ),
    ]


def stay_words(made: MadeStay, language: Language) -> str:
    """Return one stay: when every year, where, who."""
    return language.text(
        "Every year, {months}: unit {unit} at {place}.",
        months=span_words(made.stay.when(), language),
        unit=made.unit,
        place=made.place.name,
    )


def span_words(months: Sequence[int], language: Language) -> str:
    """Return months (1-12) in a row by the first and the last."""
    ends = dict.fromkeys((months[0], months[-1]))
    return "–".join(language.month_short(month) for month in ends)
