"""Options as tables and pictures: plans by criteria, and what budgets bring."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan, nan

from footprint.criteria.criterion import Criterion
from footprint.language import Language
from footprint.options.answer import FigureValue, OptionsAnswer
from footprint.options.engine import BudgetStep
from footprint.options.question_words import figure_words
from footprint.options.words import plan_name, value_of_figure_words
from footprint.prepared import Prepared
from footprint.views.colours import ACCENT, EDGE, INK, MUTED
from footprint.views.criteria_words import arrival_words, value_words
from footprint.views.escaping import escape, tag
from footprint.views.plan_facts import criterion_row

_WIDTH, _HEIGHT, _LEFT, _BOTTOM, _TOP = 520, 240, 56, 34, 14


def matrix_of(options: OptionsAnswer, prepared: Prepared, language: Language) -> str:
    """
    Return plans by criteria, each value with its rank; never one score of all.

    Parameters
    ----------
    options
        The plans.
    prepared
        Names of what figures are of.
    language
        Of the words.
    """
    plans = options.plans
    heads = (tag("th", escape(plan_name(plan, language)), scope="col") for plan in plans)
    rows = [
        criterion_row(
            figure_words(plans[0].figures[number].figure, prepared, language),
            [_ranked(plan.figures[number], language) for plan in plans],
            more=True,
        )
        for number in options.telling
    ]
    rows += [
        criterion_row(
            language.text(criterion.label),
            [(plan.criteria[number].value, value_words(plan.criteria[number], language)) for plan in plans],
            more=criterion.more_is_better,
        )
        for number, criterion in enumerate(Criterion)
    ]
    table = tag("table", tag("tr", tag("th", ""), *heads), *rows, class_="fp-matrix")
    label = language.text("Plans by criteria")
    box = tag("div", table, class_="fp-matrix-box", tabindex="0", role="region", aria_label=label)
    note = arrival_words([plan.criteria for plan in plans], language)
    return box + (tag("p", escape(note), class_="fp-note") if note else "")


def _ranked(own: FigureValue, language: Language) -> tuple[float, str]:
    """Return what a figure is ranked by, and its words; what is there at least has no rank."""
    return own.mean if own.known else nan, value_of_figure_words(own, language)


def frontier_svg(steps: Sequence[BudgetStep], language: Language) -> str:
    """
    Draw the best plan found for each budget, and what no plan exceeds.

    Parameters
    ----------
    steps
        Budgets, ascending.
    language
        Of the words.
    """
    known = [step for step in steps if not isnan(step.solved.score)]
    if not known:
        return ""
    top = max(step.solved.bound for step in known) * 1.05 or 1.0
    last = max(step.cap for step in known) or 1.0

    def x_of(cap: float) -> float:
        return _LEFT + (_WIDTH - _LEFT - 10) * cap / last

    def y_of(share: float) -> float:
        return _HEIGHT - _BOTTOM - (_HEIGHT - _BOTTOM - _TOP) * share / top

    found = " ".join(f"{x_of(step.cap):.1f},{y_of(step.solved.score):.1f}" for step in known)
    above = " ".join(f"{x_of(step.cap):.1f},{y_of(step.solved.bound):.1f}" for step in known)
    dots = [
        tag(
            "circle",
            tag("title", escape(_dot_words(step, language))),
            cx=f"{x_of(step.cap):.1f}",
            cy=f"{y_of(step.solved.score):.1f}",
            r=4,
            fill=ACCENT,
        )
        for step in known
    ]
    small = {"font_size": 12, "fill": MUTED}
    words = [
        tag("text", escape(language.percent(top * share, 1)), x=4, y=f"{y_of(top * share) + 4:.1f}", **small)
        for share in (0.0, 0.5, 1.0)
    ]
    words += [
        tag(
            "text",
            escape(language.text("{n} M USD", n=language.number(last * share / 1e6, 1))),
            x=f"{x_of(last * share):.1f}",
            y=_HEIGHT - 10,
            text_anchor="start" if share == 0 else ("end" if share == 1 else "middle"),
            **small,
        )
        for share in (0.0, 0.5, 1.0)
    ]
    lines = [
        tag("line", x1=_LEFT, x2=_WIDTH - 10, y1=f"{y_of(0):.1f}", y2=f"{y_of(0):.1f}", stroke=EDGE),
        tag("polyline", points=above, fill="none", stroke=MUTED, stroke_dasharray="4 3"),
        tag("polyline", points=found, fill="none", stroke=INK, stroke_width=1.5),
    ]
    label = language.text("Best plan found for each budget of changes, and what no plan exceeds")
    return tag(
        "svg",
        tag("title", escape(label)),
        *lines,
        *dots,
        *words,
        viewBox=f"0 0 {_WIDTH} {_HEIGHT}",
        role="img",
        style="width:100%;max-width:640px",
    )


def _dot_words(step: BudgetStep, language: Language) -> str:
    return language.text(
        "{n} US dollars: {score}, no plan exceeds {bound}",
        n=language.number(step.cap),
        score=language.percent(step.solved.score, 2),
        bound=language.percent(step.solved.bound, 2),
    )
