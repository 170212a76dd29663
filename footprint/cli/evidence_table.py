"""Evidence on the terminal: what happened, held against what could have been reached."""

from __future__ import annotations

from rich.console import Console

from footprint.cli.tables import unit_table
from footprint.documents.layout.evidence import EvidenceDocument, ForesightPart
from footprint.evidence.foresight_words import RULES, left_out_words
from footprint.evidence.words import NO_KILLINGS, sources_words
from footprint.language import Language


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
    _show_rules(screen, document.foresight, language)
    screen.print(sources_words(document.source_differences, language))


def _show_rules(screen: Console, part: ForesightPart, language: Language) -> None:
    text = language.text
    screen.print(part.sentence.fr if language.code == "fr" else part.sentence.en)
    years = [each.year for each in part.rules[0].years]
    heads = [*(str(year) for year in years), text("All years")]
    table = unit_table(
        text("Share of each year's incidents where the rule had named, %"), text("Rule"), heads
    )
    for row in part.rules:
        shares = (*(each.share for each in row.years), row.pooled)
        table.add_row(
            text(RULES[row.rule]),
            *("–" if share is None else language.number(100 * share, 1) for share in shares),
        )
    counts = [each.events for each in part.rules[0].years]
    table.add_row(text("Incidents"), *(language.number(count) for count in (*counts, sum(counts))))
    screen.print(table)
    left_out = tuple((row.reason, row.count) for row in part.left_out)
    for words in left_out_words(left_out, language):
        screen.print(words)
