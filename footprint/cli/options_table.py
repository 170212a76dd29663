"""Options on the terminal: plans side by side, what no plan exceeds, and what else was asked."""

from __future__ import annotations

from rich.console import Console

from footprint.cli.tables import unit_table
from footprint.criteria.criterion import Criterion
from footprint.documents.layout.options import FrontierRow, OptionsDocument
from footprint.documents.option_columns import NO_BOUND
from footprint.language import Language
from footprint.method import Method
from footprint.options.answer import BEST, OptionPlan, OptionsAnswer
from footprint.options.impossible_words import impossible_words
from footprint.options.limit_words import limit_use_words
from footprint.options.question_words import figure_words, limits_words
from footprint.options.session import Inquired
from footprint.options.words import (
    choice_words,
    invented_words,
    losers_words,
    others_words,
    plan_name,
    status_words,
    uncosted_words,
    used_words,
    value_of_figure_words,
)
from footprint.prepared import Prepared
from footprint.uncertainty import Sureness
from footprint.views.criteria_words import arrival_words, value_words
from footprint.views.sure_words import band_words, figures_for, pair_words, unit_names


def show_options(
    screen: Console, inquired: Inquired, document: OptionsDocument, prepared: Prepared, language: Language
) -> None:
    """Print the plans, the matrix of criteria, how sure they are, budgets and what orders would cost."""
    options, method = inquired.answer, prepared.method
    screen.print(limits_words(options.question, prepared, language))
    screen.print(status_words(options, language))
    if options.impossible is not None:
        for told in impossible_words(options.impossible, prepared, language):
            screen.print(f"- {told}")
    for plan in options.plans:
        _show_plan(screen, plan, options, method, language)
    _show_matrix(screen, options, prepared, language)
    screen.print(others_words(options, language))
    told = uncosted_words(options, method, language)
    if told:
        screen.print(told)
    if inquired.sure is not None:
        _show_sure(screen, inquired.sure, options, prepared, language)
    _show_beside(screen, document, language)


def _show_plan(
    screen: Console, plan: OptionPlan, options: OptionsAnswer, method: Method, language: Language
) -> None:
    """Print what a plan does, who loses by it, and what it takes."""
    screen.print(f"\n{plan_name(plan, language)}")
    for choice in plan.chosen:
        screen.print(f"  {choice_words(choice, method, language)}")
    if not plan.chosen:
        screen.print(f"  {language.text('Everything stays as it is.')}")
    words = (losers_words(plan, options, language), *used_words(plan, method, language))
    left = limit_use_words(plan.limits, method, language) if plan.name == BEST else ()
    for told in (*words, *left, invented_words(plan.chosen, language)):
        if told:
            screen.print(f"  {told}")


def _show_matrix(screen: Console, options: OptionsAnswer, prepared: Prepared, language: Language) -> None:
    """Print the plans side by side, by criteria and by the figures that they change."""
    text = language.text
    heads = [plan_name(plan, language) for plan in options.plans]
    table = unit_table(text("Plans by criteria"), text("Criterion"), heads)
    for number, criterion in enumerate(Criterion):
        cells = [value_words(plan.criteria[number], language) for plan in options.plans]
        table.add_row(text(criterion.label), *cells)
    for number in options.telling:
        cells = [value_of_figure_words(plan.figures[number], language) for plan in options.plans]
        name = figure_words(options.plans[0].figures[number].figure, prepared, language)
        table.add_row(name, *cells)
    screen.print(table)
    arrival = arrival_words([plan.criteria for plan in options.plans], language)
    if arrival:
        screen.print(arrival)


def _show_sure(
    screen: Console, drawn: Sureness, options: OptionsAnswer, prepared: Prepared, language: Language
) -> None:
    """Print the band of each plan for what is raised first, and which plans the best is told from."""
    text, goal = language.text, options.question.aim.priorities[0][0].figure
    figures = figures_for(drawn, goal.level, goal.unit_id, goal.indicator)
    names = unit_names(drawn, prepared, language)
    first = figures[0]
    title = text(
        "How sure? {indicator}, {where}: median and band of {n} draws",
        indicator=text(first.indicator.label),
        where=names[first.level, first.unit_id],
        n=len(drawn.draws),
    )
    table = unit_table(title, text("Plan"), [text("Mean of the year"), text("Worst season")])
    titles = {plan.key: plan_name(plan, language) for plan in options.plans}
    for key, name in titles.items():
        table.add_row(name, *(band_words(drawn.band(key, each), language) for each in figures))
    screen.print(table)
    best = next((plan.key for plan in options.plans if plan.name == BEST), None)
    for other, called in titles.items():
        if best is None or other == best:
            continue
        pair = drawn.pair(best, other, first)
        if pair is not None:
            known = drawn.is_known(best, first) and drawn.is_known(other, first)
            screen.print(f"- {pair_words((titles[best], called), pair, language, known=known)}")


def _show_beside(screen: Console, document: OptionsDocument, language: Language) -> None:
    text = language.text
    for order in document.forced:
        screen.print(order.sentence.fr if language.code == "fr" else order.sentence.en)
    if document.frontier:
        heads = [text("Best found, %"), text("No plan exceeds, %"), text("Gap, %")]
        table = unit_table(text("What budgets bring"), text("US dollars once"), heads)
        for row in document.frontier:
            cells = (budget_words(row, name, language) for name in ("score", "bound", "gap"))
            table.add_row(language.number(row.cap), *cells)
        screen.print(table)


def budget_words(row: FrontierRow, name: str, language: Language) -> str:
    """Return one figure of a budget; in words, where there is none."""
    value, text = getattr(row, name), language.text
    if value is not None:
        return language.number(100 * value, 2)
    if row.reasons.get("bound") == NO_BOUND:
        return text("no plan")
    return text("not known") if name == "bound" else text("none found")
