"""Options on the terminal: plans side by side, what no plan exceeds, and what else was asked."""

from __future__ import annotations

from rich.console import Console

from footprint.cli.tables import unit_table
from footprint.criteria.criterion import Criterion
from footprint.documents.layout.options import OptionsDocument
from footprint.language import Language
from footprint.options.answer import OptionsAnswer
from footprint.options.question_words import figure_words, limits_words
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
from footprint.views.criteria_words import arrival_words, value_words


def show_options(
    screen: Console, options: OptionsAnswer, document: OptionsDocument, prepared: Prepared, language: Language
) -> None:
    """Print the plans, the matrix of criteria, budgets and what orders would cost."""
    text, method = language.text, prepared.method
    screen.print(limits_words(options.question, prepared, language))
    screen.print(status_words(options, language))
    for plan in options.plans:
        screen.print(f"\n{plan_name(plan, language)}")
        for choice in plan.chosen:
            screen.print(f"  {choice_words(choice, method, language)}")
        if not plan.chosen:
            screen.print(f"  {text('Everything stays as it is.')}")
        for told in (losers_words(plan, options, language), *used_words(plan, method, language)):
            if told:
                screen.print(f"  {told}")
        told = invented_words(plan.chosen, language)
        if told:
            screen.print(f"  {told}")
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
    uncosted = uncosted_words(options, method, language)
    for told in filter(None, (arrival, others_words(options, language), uncosted)):
        screen.print(told)
    _show_beside(screen, document, language)


def _show_beside(screen: Console, document: OptionsDocument, language: Language) -> None:
    text = language.text
    for order in document.forced:
        screen.print(order.sentence.fr if language.code == "fr" else order.sentence.en)
    if document.frontier:
        heads = [text("Best found, %"), text("No plan exceeds, %"), text("Gap, %")]
        table = unit_table(text("What budgets bring"), text("US dollars once"), heads)
        for row in document.frontier:
            cells = [
                "–" if each is None else language.number(100 * each, 2)
                for each in (row.score, row.bound, row.gap)
            ]
            table.add_row(language.number(row.cap), *cells)
        screen.print(table)
