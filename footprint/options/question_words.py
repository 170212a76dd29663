"""The question in words: what is to be raised, within what."""

from __future__ import annotations

from footprint.indicators.units import Level
from footprint.language import Language
from footprint.options.engine import OptionsQuestion
from footprint.options.pack import AimFigure
from footprint.prepared import Prepared


def limits_words(question: OptionsQuestion, prepared: Prepared, language: Language) -> str:
    """
    Return the question in words.

    Parameters
    ----------
    question
        What is asked.
    prepared
        Names of what there is.
    language
        Of the words.
    """
    text, limits, method = language.text, question.limits, prepared.method
    goals = question.aim.priorities
    raised = language.listing(figure_words(goal.figure, prepared, language) for goal in goals[0])
    share = goals[0][0].mean_share
    told = [
        text(
            "Raise {what}, {mean} of it the mean of the year and {worst} the worst season.",
            what=raised,
            mean=language.percent(share, 0),
            worst=language.percent(1 - share, 0),
        )
    ]
    for stage in goals[1:]:
        then = language.listing(figure_words(goal.figure, prepared, language) for goal in stage)
        told.append(text("Then, without loss to it: {what}.", what=then))
    parts = [
        text("changes may cost {n} US dollars", n=language.number(limits.one_off_usd))
        if limits.one_off_usd is not None
        else text("changes may cost what they like"),
        text("a year may cost {n} US dollars more", n=language.number(limits.more_recurrent_usd))
        if limits.more_recurrent_usd is not None
        else text("a year may cost what it likes"),
    ]
    if limits.more_posts is not None:
        parts.append(language.plural("{n} post more", "{n} posts more", limits.more_posts))
    if limits.free_assets:
        parts.append(text("assets come from outside"))
    elif limits.more_assets:
        more = (
            f"{language.number(count)} × {text(method.assets[kind].label)}"
            for kind, count in limits.more_assets
        )
        parts.append(text("beyond today’s assets: {more}", more=language.listing(more)))
    else:
        parts.append(text("no asset beyond today’s: what is new comes from another site"))
    told.append(text("Limits: {limits}.", limits=language.clauses(parts)))
    return " ".join(told)


def figure_words(figure: AimFigure, prepared: Prepared, language: Language) -> str:
    """Return what a figure is called, and what it is of."""
    name = language.text(figure.indicator.label)
    if figure.level is Level.AREA:
        return language.text("{figure} of the whole area", figure=name)
    if figure.level is Level.OBJECTIVE and not figure.unit_id:
        return language.text("{figure} of all objectives, by their weights", figure=name)
    if figure.level is Level.OBJECTIVE:
        names = {each.objective_id: each.name(language.code) for each in prepared.objectives}
        return language.text("{figure} of: {unit}", figure=name, unit=names[figure.unit_id])
    frame = prepared.units.frame
    own = frame[(frame["level"] == figure.level) & (frame["unit_id"] == figure.unit_id)]
    return language.text("{figure} of: {unit}", figure=name, unit=str(own["name"].iloc[0]))
