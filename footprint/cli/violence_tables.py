"""Terminal: hotspots and calendars of return as tables and sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console

from footprint.cli.tables import show_notes, unit_table
from footprint.language import Language

if TYPE_CHECKING:
    from footprint.documents.layout.violence import (
        CalendarDocument,
        HotspotRow,
        HotspotsDocument,
        IncidentsPart,
        SourcedPeriod,
    )


def show_hotspots(screen: Console, document: HotspotsDocument, language: Language) -> None:
    """Print where incidents gather beyond chance, by second-level unit, and what was left out."""
    text = language.text
    found: dict[str, list[HotspotRow]] = {}
    for row in document.hotspots:
        found.setdefault(row.cercle or "–", []).append(row)
    _show_incidents(screen, document.period, document.incidents, language)
    if not found:
        screen.print(text("No cell stands out beyond chance."))
        return
    title = text("Cells where incidents gather beyond chance")
    table = unit_table(
        title, text("{District}"), [text("cells"), text("incidents"), text("seasonal"), text("highest z")]
    )
    for name, rows in sorted(found.items(), key=lambda each: (-len(each[1]), each[0])):
        seasonal = sum(row.pattern == "seasonal_recurrent" for row in rows)
        numbers = (len(rows), sum(row.count for row in rows), seasonal)
        highest = language.number(max(row.z for row in rows if row.z is not None), 1)
        table.add_row(name, *(language.number(number) for number in numbers), highest)
    screen.print(table)


def show_calendar(screen: Console, document: CalendarDocument, language: Language) -> None:
    """Print in which months violence comes back, one sentence per place."""
    text = language.text
    _show_incidents(screen, document.period, document.incidents.incidents, language)
    if document.statement == "no_months":
        screen.print(text("These incidents carry no months, so no calendar can be drawn."))
        return
    tested = [row for row in document.areas if row.status == "tested"]
    for heading, chosen in (
        (text("Comes back in the same months:"), [row for row in tested if row.significant]),
        (text("No season stands out:"), [row for row in tested if not row.significant]),
    ):
        if chosen:
            screen.print(heading)
            sentences = [row.sentence.fr if language.code == "fr" else row.sentence.en for row in chosen]
            show_notes(screen, sentences, mark="-")
    screen.print(text("Not enough years to tell: {count}.", count=language.number(document.not_tested)))


def _show_incidents(
    screen: Console, period: SourcedPeriod, incidents: IncidentsPart, language: Language
) -> None:
    screen.print(
        language.text(
            "{first} to {last}: {used} incidents used, {left_out} left out.",
            first=language.date(period.first),
            last=language.date(period.last),
            used=language.number(incidents.used),
            left_out=language.number(sum(each.count for each in incidents.excluded)),
        )
    )
