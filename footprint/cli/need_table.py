"""Need on the terminal: what threat rests on, and where demand and incidents part company."""

from __future__ import annotations

from rich.console import Console

from footprint.cli.tables import unit_table
from footprint.demand import DemandSurface
from footprint.documents.layout.review import NeedPart
from footprint.language import Language
from footprint.views.need_words import DIFFERENCES, need_sentences


def show_need(screen: Console, demand: DemandSurface, need: NeedPart, language: Language) -> None:
    """Print what the need for protection rests on."""
    text = language.text
    for sentence in need_sentences(demand, language):
        screen.print(sentence)
    table = unit_table(text(DIFFERENCES), text("Unit"), [text("Incidents, %"), text("Need, %")])
    for row in need.largest_differences:
        shares = (row.incidents_share, row.demand_share)
        table.add_row(row.name, *(language.number(100 * share, 1) for share in shares))
    if table.row_count:
        screen.print(table)
