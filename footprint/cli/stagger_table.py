"""Terminal: mobile units month by month, as a chart of letters, and what they add."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table

from footprint.cli.tables import unit_table
from footprint.language import Language

if TYPE_CHECKING:
    from footprint.documents.layout.stagger import MobilePlaceRow, StaggerDocument

_CUT_OFF, _UNUSED = "×", "·"


def show_stagger(
    screen: Console, document: StaggerDocument, order: Sequence[int], language: Language
) -> None:
    """
    Print who stands where in which months, what the units do in each, and what that adds.

    Parameters
    ----------
    screen
        Where to print.
    document
        What to print.
    order
        Months (1-12) from the start of the year.
    language
        Of the words.
    """
    from footprint.options.stagger_words import span_words  # noqa: PLC0415  it takes seconds to import

    text = language.text
    screen.print(document.sentence.fr if language.code == "fr" else document.sentence.en)
    if document.stays:
        table = unit_table(text("Stays"), text("Place"), [text("Unit"), text("Months"), text("Adds, points")])
        for stay in document.stays:
            span, adds = span_words(stay.months, language), language.number(100 * stay.adds, 2)
            table.add_row(stay.name, str(stay.unit), span, adds)
        screen.print(table)
    screen.print(_chart(document, order, language))
    screen.print(
        text(
            "A number: that unit. {unused} free. {cut_off} no supply path.", unused=_UNUSED, cut_off=_CUT_OFF
        )
    )


def _chart(document: StaggerDocument, order: Sequence[int], language: Language) -> Table:
    text = language.text
    title = text("Mobile units, month by month")
    table = Table(title=title, box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 0, 0, 0))
    table.title_justify = "left"
    table.add_column(text("Place"), overflow="fold", min_width=20, max_width=28, vertical="bottom")
    for month in order:
        table.add_column(language.month_short(month), justify="right", min_width=5)
    for place in document.places:
        table.add_row(place.name, *(_mark(document, place, month) for month in order))
    table.add_section()
    by_month = {row.month: row for row in document.months}
    for label, name in (
        (text("At places"), "out"),
        (text("On the way"), "on_the_way"),
        (text("At rest"), "resting"),
        (text("Free"), "free"),
    ):
        table.add_row(label, *(str(getattr(by_month[month], name)) for month in order))
    table.add_section()
    for label, name in (
        (text("MF without, %"), "mission_without"),
        (text("MF with, %"), "mission_with"),
    ):
        shares = (getattr(by_month[month], name) for month in order)
        table.add_row(label, *(language.number(100 * share, 1) for share in shares))
    return table


def _mark(document: StaggerDocument, place: MobilePlaceRow, month: int) -> str:
    for stay in document.stays:
        if stay.place_id == place.place_id and month in stay.months:
            return str(stay.units[stay.months.index(month)])
    return _UNUSED if month in place.usable_months else _CUT_OFF
