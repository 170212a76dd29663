"""Evidence on the terminal: what happened, held against what could have been reached."""

from __future__ import annotations

from rich.console import Console

from footprint.cli.tables import unit_table
from footprint.documents.layout.evidence import EvidenceDocument
from footprint.language import Language


def show_evidence(screen: Console, document: EvidenceDocument, language: Language) -> None:
    """Print a sentence and the numbers of each time."""
    text = language.text
    if not document.reach:
        screen.print(text("No killings of civilians are dated and placed in the times asked about."))
    heads = [text("People, %"), text("Killings, %"), "5 %", "95 %", "p"]
    for row in document.reach:
        screen.print(row.sentence.fr if language.code == "fr" else row.sentence.en)
        table = unit_table("", text("Indicator"), heads)
        for each in row.measures:
            shares = (each.people_mean, each.events_mean, each.events_low, each.events_high)
            cells = ["–" if share is None else language.number(100 * share, 1) for share in shares]
            table.add_row(
                text(each.measure.label), *cells, "–" if each.p is None else language.number(each.p, 3)
            )
        screen.print(table)
