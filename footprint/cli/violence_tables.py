"""Terminal: hotspots and calendars of return as tables and sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console

from footprint.cli.tables import show_notes, unit_table
from footprint.indicators.units import OUTSIDE_NAME
from footprint.language import Language, msgid

if TYPE_CHECKING:
    from footprint.documents.layout.violence import (
        CalendarDocument,
        ExcessPart,
        HotspotRow,
        HotspotsDocument,
        IncidentsPart,
        PatternsPart,
        Sentences,
        SourcedPeriod,
    )


def show_hotspots(screen: Console, document: HotspotsDocument, language: Language) -> None:
    """Print where incidents gather beyond chance, by second-level unit, and what was left out."""
    text = language.text
    found: dict[str, list[HotspotRow]] = {}
    outside: dict[str, list[HotspotRow]] = {}
    for row in document.hotspots:
        (outside if row.cercle_outside else found).setdefault(row.cercle or "–", []).append(row)
    _show_incidents(screen, document.period, document.incidents, language)
    screen.print(_sentence(document.result.sentence, language))
    _show_weakness(screen, document, language)
    if found or outside:
        title = text("Cells where incidents gather beyond chance")
        columns = [
            text("cells"),
            text("by people"),
            text("incidents"),
            text("seasonal"),
            text("highest z"),
        ]
        table = unit_table(title, text("{District}"), columns)
        for name, rows in sorted(found.items(), key=lambda each: (-len(each[1]), each[0])):
            seasonal = sum(row.pattern == "seasonal_recurrent" for row in rows)
            by_people = sum(row.by_people for row in rows)
            numbers = (len(rows), by_people, sum(row.count for row in rows), seasonal)
            highest = language.number(max(row.z for row in rows if row.z is not None), 1)
            table.add_row(name, *(language.number(number) for number in numbers), highest)
        for name in sorted(outside):
            table.add_row(text(OUTSIDE_NAME, name=name), *["–"] * len(columns))
        screen.print(table)
    if outside:
        screen.print(
            language.plural(
                "In units mostly outside the outline, which no row counts: {n} cell.",
                "In units mostly outside the outline, which no row counts: {n} cells.",
                sum(map(len, outside.values())),
            )
        )
    _show_classes(screen, document.patterns, language)
    _show_circles(screen, document.excess, language)


def _show_weakness(screen: Console, document: HotspotsDocument, language: Language) -> None:
    """Print what the five largest cells hold, and what weakens the result."""
    from footprint.violence.hotspots.words import CAUSE_WORDS, largest_words  # noqa: PLC0415 - help needs nothing heavy

    result = document.result
    if result.largest_share is not None and result.largest_share_counts is not None:
        screen.print(largest_words(result.largest_share, result.largest_share_counts, language))
    weak = [language.text(CAUSE_WORDS[cause]) for cause in result.causes if cause in CAUSE_WORDS]
    show_notes(screen, weak)


def _show_classes(screen: Console, patterns: PatternsPart, language: Language) -> None:
    """Print how many cells have each class, or that there are none."""
    from footprint.violence.hotspots.words import PATTERN_LABELS  # noqa: PLC0415 - help needs nothing heavy

    kept = [step for step in patterns.steps if step.kept]
    if not patterns.classed:
        screen.print(language.text("No classes over the years: too few yearly steps with incidents enough."))
        return
    steps = language.text(
        "Classes over {count} yearly steps, the last from {first} to {last}:",
        count=language.number(len(kept)),
        first=language.date(kept[-1].first),
        last=language.date(kept[-1].last),
    )
    counts = [
        language.labelled(language.text(PATTERN_LABELS[kind]), language.number(patterns.cells[kind]))
        for kind in PATTERN_LABELS
        if patterns.cells[kind]
    ]
    screen.print(steps)
    show_notes(screen, counts or [language.text("No pattern found")], mark="-")


def _show_circles(screen: Console, excess: ExcessPart, language: Language) -> None:
    """Print where more happens than people would explain."""
    text = language.text
    screen.print(_sentence(excess.sentence, language))
    if not excess.circles:
        return
    columns = [text("radius, km"), text("incidents"), text("expected"), text("times"), text("people"), "p"]
    table = unit_table(text("More than its people would explain"), text("{District}"), columns)
    for row in excess.circles:
        table.add_row(
            row.cercle or "–",
            language.number(row.radius_km),
            language.number(row.count),
            *("–" if each is None else language.number(each, 1) for each in (row.expected, row.ratio)),
            "–" if row.people is None else language.people(row.people),
            "–" if row.p is None else language.number(row.p, 3),
        )
    screen.print(table)


def _sentence(sentences: Sentences, language: Language) -> str:
    return sentences.fr if language.code == "fr" else sentences.en


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
    ("outside", msgid("Mostly outside the outline of this area:")),
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
    """Print how many incidents were looked at, and how many not, reason by reason."""
    from footprint.violence.hotspots.words import LEFT_OUT_WORDS  # noqa: PLC0415 - help needs nothing heavy

    screen.print(
        language.text(
            "{first} to {last}: {used} incidents used, {left_out} left out.",
            first=language.date(period.first),
            last=language.date(period.last),
            used=language.number(incidents.used),
            left_out=language.number(sum(each.count for each in incidents.excluded)),
        )
    )
    # The page names those that are placed too imprecisely alone: so each reason is counted by itself.
    reasons = [
        language.labelled(language.text(LEFT_OUT_WORDS[each.reason]), language.number(each.count))
        for each in incidents.excluded
        if each.count
    ]
    show_notes(screen, reasons, mark="-")
