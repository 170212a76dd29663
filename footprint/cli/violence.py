"""Hotspots and the calendar of return on the command line."""

# What reads maps or reckons takes seconds to import, so the commands that need it import it themselves.
# ruff: noqa: PLC0415

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from footprint.cli import arguments, tables, violence_tables
from footprint.cli.answered import answered
from footprint.cli.common import faults_said, print_json, read_area, speaking
from footprint.cli.grouped import AreaFolder, HotspotsAsked, Output, Years, grouped
from footprint.cli.paths import bundled_case
from footprint.language import Language

if TYPE_CHECKING:
    from rich.console import Console

    from footprint.documents.layout.violence import CalendarDocument, HotspotsDocument
    from footprint.violence import Question, ViolencePatterns
    from layers import Area


@grouped
def hotspots(*, area: AreaFolder = None, asked: HotspotsAsked, output: Output) -> None:
    """Print where incidents gather beyond chance, and beyond what people would explain."""
    with faults_said(output.lang):
        from footprint.violence import Question

        first, last = arguments.years(asked.years)
        place = _read(area or bundled_case())
        patterns = _patterns(
            place,
            Question(
                first_year=first,
                last_year=last,
                whole_record=asked.whole_record,
                raw_counts=asked.raw_counts,
                pooled_steps=asked.pooled_steps,
            ),
        )
        from footprint.documents.violence import hotspots_document
        from footprint.method import default_method

        document = hotspots_document(place, default_method(), patterns)
        _show_violence(document, place, output, violence_tables.show_hotspots)


@grouped
def calendar(
    *,
    area: AreaFolder = None,
    by: Annotated[
        str,
        typer.Option(
            metavar="LEVEL",
            help="Units of the first level (region) or the second (district), or as the area calls its own;"
            " or discs of 50 km (cell).",
        ),
    ] = "district",
    years: Years = None,
    output: Output,
) -> None:
    """Print in which months violence comes back, year after year."""
    with faults_said(output.lang):
        from footprint.violence import Question

        first, last = arguments.years(years)
        place = _read(area or bundled_case())
        kind = arguments.area_kind(by, place.unit_words)
        patterns = _patterns(place, Question(first_year=first, last_year=last))
        from footprint.documents.violence import calendar_document
        from footprint.method import default_method

        document = calendar_document(place, default_method(), patterns, kind)
        _show_violence(document, place, output, violence_tables.show_calendar)


def _read(folder: Path) -> Area:
    with tables.progress(1) as step:
        return read_area(folder, step)


def _patterns(area: Area, question: Question) -> ViolencePatterns:
    """Return what the incidents of an area show under a question."""
    with tables.progress(1) as step:
        step("looking for what comes back")
        from footprint.method import default_method
        from footprint.violence import find_patterns

        return find_patterns(area, question, default_method().violence)


ViolenceDocument = TypeVar("ViolenceDocument", "HotspotsDocument", "CalendarDocument")


def _show_violence(
    document: ViolenceDocument,
    area: Area,
    output: Output,
    show: Callable[[Console, ViolenceDocument, Language], None],
) -> None:
    """Print a document as `show` does, between its head and its limits; or as JSON."""
    if output.as_json:
        print_json(document)
        return
    from footprint.caveats import NO_INCIDENTS, of_the_files

    language, screen = speaking(output.lang, area), tables.console()
    with answered(screen, document, of_the_files(area), language):
        if "incidents" in area.absent:
            # Tables of noughts would say that there was no violence.
            screen.print(language.text(NO_INCIDENTS))
        else:
            show(screen, document, language)
