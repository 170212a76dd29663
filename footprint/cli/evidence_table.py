"""Evidence on the terminal: what happened, held against what could have been reached."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.table import Table

from footprint.cli.tables import named_unit, unit_table
from footprint.documents.layout.evidence import (
    CostliestRow,
    EvidenceDocument,
    ForesightPart,
    FragilityPart,
)
from footprint.evidence.costliest import Among
from footprint.evidence.foresight_words import RULES, cells_words, left_out_words
from footprint.evidence.fragility_words import AMONG_HEADS
from footprint.evidence.words import NO_KILLINGS, sources_words, unstated_words
from footprint.indicators.indicator import Indicator
from footprint.language import Language

_MOST_PIECES, _MOST_YEARS = 15, 8
"""What fits a terminal; the document holds all."""


def show_evidence(screen: Console, document: EvidenceDocument, language: Language) -> None:
    """Print a sentence and the numbers of each time, and each rule by year."""
    text = language.text
    if not document.reach:
        screen.print(text(NO_KILLINGS))
    heads = [text("People, %"), text("Killings, %"), "5 %", "95 %", "p"]
    for row in document.reach:
        screen.print(row.sentence.fr if language.code == "fr" else row.sentence.en)
        table = unit_table("", text("Indicator"), heads)
        for each in row.measures:
            shares = (each.people_mean, each.events_mean, each.events_low, each.events_high)
            cells = ["–" if share is None else language.number(100 * share, 1) for share in shares]
            table.add_row(
                text(each.measure.label), *cells, "–" if each.p is None else language.probability(each.p)
            )
        screen.print(table)
    for words in unstated_words(document.deaths_not_stated, language):
        screen.print(words)
    _show_rules(screen, document.foresight, language)
    _show_pieces(screen, document.fragility, language)
    screen.print(sources_words(document.source_differences, language))


def _show_rules(screen: Console, part: ForesightPart, language: Language) -> None:
    text = language.text
    screen.print(part.sentence.fr if language.code == "fr" else part.sentence.en)
    counts = [each.events for each in part.rules[0].years]
    if not sum(counts):
        # Nothing was there to be named: a table of shares of nothing would end in a nought that nobody knows.
        return
    years = [each.year for each in part.rules[0].years][-_MOST_YEARS:]
    heads = [text("All years"), text("On cells"), *(str(year) for year in years)]
    table = unit_table(
        text("Share of each year's incidents where the rule had named, %"), text("Rule"), heads
    )
    for row in part.rules:
        shares = (row.pooled, row.on_cells, *(each.share for each in row.years[-_MOST_YEARS:]))
        cells = ["–" if share is None else language.number(100 * share) for share in shares]
        table.add_row(text(RULES[row.rule]), *cells)
    latest = (sum(counts), part.cell_events, *counts[-_MOST_YEARS:])
    table.add_row(text("Incidents"), *(language.number(count) for count in latest))
    screen.print(table)
    if len(counts) > _MOST_YEARS:
        screen.print(text("Earlier years are in the document that --json prints."))
    screen.print(cells_words(part.cell_km, part.cell_events, part.named_share, language))
    left_out = tuple((row.reason, row.count) for row in part.left_out)
    for words in left_out_words(left_out, language):
        screen.print(words)


def _show_pieces(screen: Console, part: FragilityPart, language: Language) -> None:
    text = language.text
    screen.print(part.sentence.fr if language.code == "fr" else part.sentence.en)
    heads = [
        text(headline.short) if known else text("{measure}, known part", measure=text(headline.short))
        for headline, known in (
            (Indicator.FORCE, part.force_known),
            (Indicator.MISSION, part.mission_known),
        )
    ]
    table = unit_table(text("What this hangs on: change of the year's mean, points"), text("Left out"), heads)
    for row in part.pieces[:_MOST_PIECES]:
        changes = (row.force, row.mission)
        table.add_row(
            row.name.fr if language.code == "fr" else row.name.en,
            *("–" if each is None else language.signed(100 * each, 1) for each in changes),
        )
    screen.print(table)
    _show_costliest(screen, part, language)


def _show_costliest(screen: Console, part: FragilityPart, language: Language) -> None:
    text = language.text
    title = text("Costliest to lose, {region} by {region}: change of the own figure, points")
    table = Table(
        title=title, box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0), title_justify="left"
    )
    table.add_column(text("Unit"))
    table.add_column(text("Indicator"))
    for among in Among:
        table.add_column(text(AMONG_HEADS[among]), overflow="fold", max_width=46)
    rows: dict[tuple[str, Indicator], list[str]] = {}
    for row in part.costliest:
        named = named_unit(row.region, [row], language)
        rows.setdefault((named, row.indicator), []).append(_cell(row, language))
    for (region, indicator), cells in rows.items():
        table.add_row(region, text(indicator.short), *cells)
    screen.print(table)


def _cell(row: CostliestRow, language: Language) -> str:
    if row.name is None or row.change is None:
        return "–"
    name = row.name.fr if language.code == "fr" else row.name.en
    return f"{name}: {language.signed(100 * row.change, 1)}"
