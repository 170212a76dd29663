"""Terminal: hotspots and calendars of return as tables and sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console

from footprint.cli.tables import show_notes, unit_table
from footprint.language import Language, msgid

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


OMISSION_WORDS = {
    "year_only": msgid("dated to the year"),
    "month_only": msgid("dated to the month"),
    "new_year": msgid("dated 1 January"),
    "incomplete_month": msgid("in a month that is not whole"),
    "outside_areas": msgid("outside the areas compared"),
}
HEADINGS = (
    ("returns", msgid("Comes back in the same months:")),
    ("withdrawn", msgid("Rests on dates that nobody knows:")),
    ("none", msgid("No season stands out:")),
    ("too_few", msgid("Too few incidents to tell:")),
)
SHOWN_TOO_FEW = 12
"""Areas about which nothing can be told that are named; there may be thousands of cells."""


def show_calendar(screen: Console, document: CalendarDocument, language: Language) -> None:
    """Print in which months violence comes back, one sentence per place, and what the dates can bear."""
    text = language.text
    _show_incidents(screen, document.period, document.incidents.incidents, language)
    left_out = document.incidents.left_out
    if left_out:
        words = language.listing(
            f"{language.number(each.count)} {text(OMISSION_WORDS[each.reason])}" for each in left_out
        )
        screen.print(text("Also left out of the calendar: {words}.", words=words))
    french = language.code == "fr"
    if document.doubts:
        screen.print(text("Doubts about these dates:"))
        doubts = [each.sentence.fr if french else each.sentence.en for each in document.doubts]
        show_notes(screen, doubts, mark="!")
    if document.statement == "no_months":
        screen.print(
            text("None of these incidents has a date that can be tested, so no calendar can be drawn.")
        )
        return
    for answer, heading in HEADINGS:
        chosen = [row for row in document.areas if row.answer == answer]
        if not chosen:
            continue
        screen.print(text(heading))
        shown = chosen[:SHOWN_TOO_FEW] if document.by == "cell" and answer != "returns" else chosen
        show_notes(screen, [row.sentence.fr if french else row.sentence.en for row in shown], mark="-")
        if len(shown) < len(chosen):
            screen.print(text("… and {count} more.", count=language.number(len(chosen) - len(shown))))
    screen.print(text("Not enough years to tell: {count}.", count=language.number(document.not_tested)))
    _show_record(screen, document, language)


def _show_record(screen: Console, document: CalendarDocument, language: Language) -> None:
    """Print what later years made of earlier calendars, and how many profiles are good for the need."""
    text, past, profile = language.text, document.record, document.profile
    if past.later_years:
        screen.print(
            text(
                "Calendars known before each year: {inside} of {total} incidents of these later years "
                "fell in the "
                "months named; were all months alike, {expected} would.",
                inside=language.number(past.inside),
                total=language.number(past.of_years),
                expected=language.number(past.expected or 0, 1),
            )
        )
    else:
        screen.print(text("No calendar was known before a year that has passed since: nothing was foreseen."))
    screen.print(
        text(
            "Profiles good for the protection need: {earned} of {units} {districts}; elsewhere every "
            "month counts "
            "alike.",
            earned=language.number(profile.earned),
            units=language.number(profile.of_units),
        )
    )


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
