"""Begun: what stands in a new area folder, what is not stated or missing, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

from footprint.cli.tables import show_notes
from footprint.language import Language
from layers.assemble.blank import IMPORTS, NewArea
from layers.countries import Country

_NEEDED = ("population", "sites", "assets", "roads")
"""Layers without which no review can be made."""


def show_begun(screen: Console, folder: Path, begun: NewArea, language: Language) -> None:
    """Print what stands in a new area folder, what does not, and the next commands."""
    text, number = language.text, language.number
    name = begun.names.get(language.code, begun.names["en"])
    screen.print(text("Begun: {name} in {folder}", name=name, folder=str(folder)))
    rows = [
        text(
            "Outline and units: {n}, {km2} km²", n=number(len(begun.units)), km2=number(begun.system.area_km2)
        ),
        text(
            "Equal-area system {crs}: lengths are drawn {least} to {most} times as long as on the ground",
            crs=begun.system.text,
            least=number(begun.system.shortest, 4),
            most=number(begun.system.longest, 4),
        ),
        text(
            "Cells of {km} km, about {n}",
            km=number(begun.cell_km, 0 if begun.cell_km % 1 == 0 else 1),
            n=number(begun.system.area_km2 / begun.cell_km**2),
        ),
        text("No second level of units is known: those of the first serve as both until you bring others"),
    ]
    show_notes(screen, rows, mark="-")
    show_notes(screen, [*_unstated(begun, language), *_disputed(begun, language)])
    screen.print(text("Missing before a review: {layers}.", layers=", ".join(_NEEDED)))
    screen.print(text("All other layers are not known, rather than none, until rows stand in their tables."))
    screen.print(text("Next:"))
    here = str(folder)
    for command, what in (
        (f"footprint area import {here} FILE", text("takes a file you have, or several")),
        ("footprint area columns sites", text("says what to write in a table by hand")),
        (f"footprint area build {here}/{IMPORTS} {here} --replace", text("takes tables filled in by hand")),
        (f"footprint area check {here}", text("says what is missing or wrong")),
    ):
        screen.print(f"  {command}\n      {what}", soft_wrap=True)


def show_countries(screen: Console, countries: Iterable[Country], language: Language) -> None:
    """Print the countries whose outline comes with the program, and what is disputed about each."""
    text = language.text
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0))
    for label in ("ISO 3", "ISO 2", text("Name"), text("Units"), text("Disputed")):
        table.add_column(label, overflow="fold", justify="right" if label == text("Units") else "left")
    for each in countries:
        note = each.note(language.code)
        table.add_row(each.iso3, each.iso2, each.name(language.code), language.number(each.units), note)
    screen.print(table)
    screen.print(text("Natural Earth, public domain; lines are approximate and no opinion on any boundary."))


def _unstated(begun: NewArea, language: Language) -> list[str]:
    """Return what nobody has stated, and what stands in for it."""
    text = language.text
    checks = (
        (begun.rains is None, text("Months of rain: not stated")),
        (not begun.seasons, text("Seasons: not stated; quarters of the year stand in")),
        (
            begun.start_month is None,
            text("First month of the year of seasons: not stated; January stands in"),
        ),
        (not begun.unit_words, text("Words for units: not stated; region and district stand in")),
    )
    return [sentence for missing, sentence in checks if missing]


def _disputed(begun: NewArea, language: Language) -> list[str]:
    return [note] if (note := begun.disclaimer.get(language.code, "")) else []
