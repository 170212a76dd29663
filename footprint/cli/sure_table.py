"""How sure on the terminal: bands of each plan, pairs in words, places, and what it hangs on."""

from __future__ import annotations

from itertools import combinations

from rich.console import Console

from footprint.cli.tables import unit_table
from footprint.indicators.indicator import Indicator
from footprint.indicators.units import Level
from footprint.language import Language
from footprint.method import Method
from footprint.prepared import Prepared
from footprint.uncertainty import FIGURES, Figure, OfYear, Sureness
from footprint.views.sure_words import (
    explained_words,
    figure_words,
    number_words,
    pair_words,
    swing_words,
    unit_names,
)

Names = dict[tuple[Level, str], str]
"""What units are called."""

_MOST_SWINGS = 8
"""What fits a terminal; the document holds all."""


def show_sure(screen: Console, drawn: Sureness, prepared: Prepared, language: Language) -> None:
    """Print bands, pairs, places and what the Mission footprint hangs on; --json holds the rest."""
    names = unit_names(drawn, prepared, language)
    for plan in drawn.plans:
        _show_bands(screen, drawn, plan, names, language)
    area = drawn.units[0]
    for indicator in (Indicator.MISSION, Indicator.FORCE):
        figure = Figure(area[0], area[1], indicator, OfYear.MEAN)
        if len(drawn.plans) > 1:
            screen.print(figure_words(figure, names, language))
            _show_pairs(screen, drawn, figure, language)
            _show_places(screen, drawn, figure, language)
        _show_tornado(screen, drawn, figure, (prepared.method, names), language)


def _show_bands(screen: Console, drawn: Sureness, plan: str, names: Names, language: Language) -> None:
    text = language.text
    heads = [text(each.short) for each in FIGURES]
    table = unit_table(
        text("{plan}: median and band over {n} draws, %", plan=plan, n=len(drawn.draws)),
        text("Where"),
        heads,
    )
    for level, unit_id, _ in drawn.units:
        if level is Level.REGION:
            continue
        for period in OfYear:
            figures = (Figure(level, unit_id, each, period) for each in FIGURES)
            label = names[level, unit_id] if period is OfYear.MEAN else f"  {text('worst season')}"
            table.add_row(label, *(_short(drawn, plan, each, language) for each in figures))
    screen.print(table)


def _short(drawn: Sureness, plan: str, figure: Figure, language: Language) -> str:
    """Return a band without its unit; a dash where it is not known."""
    band = drawn.band(plan, figure)
    if band is None:
        return "–"
    low, median, high = (language.number(100 * each, 1) for each in (band.low, band.median, band.high))
    return f"{median} ({low}–{high})"


def _show_pairs(screen: Console, drawn: Sureness, figure: Figure, language: Language) -> None:
    for first, second in combinations(drawn.plans, 2):
        pair = drawn.pair(first, second, figure)
        if pair is not None:
            known = drawn.is_known(first, figure) and drawn.is_known(second, figure)
            screen.print("- " + pair_words((first, second), pair, language, known=known))


def _show_places(screen: Console, drawn: Sureness, figure: Figure, language: Language) -> None:
    places = drawn.ranks(figure)
    if places is None:
        return
    heads = [language.number(place) for place in range(1, len(drawn.plans) + 1)]
    table = unit_table(language.text("Draws in which each plan has each place"), language.text("Plan"), heads)
    for plan, own in zip(drawn.plans, places.tolist(), strict=True):
        table.add_row(plan, *(language.number(count) for count in own))
    screen.print(table)


def _show_tornado(
    screen: Console, drawn: Sureness, figure: Figure, called: tuple[Method, Names], language: Language
) -> None:
    text, plan, (method, names) = language.text, drawn.plans[0], called
    tornado = drawn.tornado(figure, plan)
    if tornado is None or not tornado.swings:
        return
    title = text("What it hangs on: {figure}", figure=figure_words(figure, names, language))
    table = unit_table(title, text("What is drawn"), [text("Swing"), text("Share of the spread")])
    for each in tornado.swings[:_MOST_SWINGS]:
        words = number_words(each.number, method, language)
        table.add_row(words, swing_words(each, language), language.percent(each.share, 0))
    screen.print(table)
    screen.print(explained_words(tornado, language))
