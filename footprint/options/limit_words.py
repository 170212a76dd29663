"""Limits in words: of what nothing is left under a plan, and how much is left over of the rest."""

from __future__ import annotations

from collections.abc import Sequence

from footprint.language import Language
from footprint.method import Method
from footprint.options.limit_use import LimitUse
from footprint.options.problem import ONE_OFF, POSTS, RECURRENT
from footprint.options.words import resource_words

_MOBILE = "mobile_"


def limit_use_words(limits: Sequence[LimitUse], method: Method, language: Language) -> tuple[str, ...]:
    """
    Return which limits a plan uses up, and what it leaves over of the others.

    Parameters
    ----------
    limits
        Each limit under the plan.
    method
        What kinds of asset are called.
    language
        Of the words.

    Returns
    -------
    tuple of str
        A sentence for each; none where nothing is limited. What more of a limit would bring to the aim is
        not said: that is a question for the budgets and for what it would take.
    """
    text, told = language.text, []
    kept = [each for each in limits if not each.name.startswith(_MOBILE)]
    mobile = [each for each in limits if each.name.startswith(_MOBILE)]
    gone = [_name(each, method, language) for each in kept if each.is_used_up]
    full = [int(each.name.removeprefix(_MOBILE)) for each in mobile if each.is_used_up]
    if full:
        gone.append(text("mobile units ({months})", months=language.months(full)))
    if gone:
        told.append(text("Nothing is left of: {what}.", what=language.listing(gone)))
    left = [_left(each, method, language) for each in kept if not each.is_used_up]
    if mobile and not full:
        least = min(each.left for each in mobile)
        left.append(language.plural("{n} mobile unit in any month", "{n} mobile units in any month", least))
    if left:
        told.append(text("Left over: {what}.", what=language.clauses(left)))
    lacking = [
        resource_words(each.name, each.lacks, method, language) for each in kept if each.lacks is not None
    ]
    if lacking:
        told.append(
            text(
                "So much more of one of these alone would leave room for a further change, better or not: "
                "{what}.",
                what=language.clauses(lacking),
            )
        )
    return tuple(told)


def _left(own: LimitUse, method: Method, language: Language) -> str:
    words = resource_words(own.name, own.left, method, language)
    if own.is_too_little:
        return language.text("{what} (too little for any single further change)", what=words)
    return words


def _name(own: LimitUse, method: Method, language: Language) -> str:
    """Return what a limit is called."""
    names = {
        ONE_OFF: language.text("the budget of changes"),
        RECURRENT: language.text("the rise of the cost of a year"),
        POSTS: language.text("posts"),
    }
    return names[own.name] if own.name in names else language.text(method.assets[own.name].label)
