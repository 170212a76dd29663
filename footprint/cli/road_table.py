"""Roads on the terminal: how long, of what kind, in how many parts, and where they nearly join."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table

from footprint.cli.tables import show_notes
from footprint.language import Language, msgid

if TYPE_CHECKING:
    from footprint.documents.layout.roads import RoadPlacePart, RoadsDocument

_KINDS = {
    "road_class": msgid("Class"),
    "surface": msgid("Surface"),
    "smoothness": msgid("Smoothness"),
    "crossing": msgid("Crossing"),
}
ROAD_WORDS = {
    ("road_class", "trunk"): msgid("trunk road"),
    ("road_class", "primary"): msgid("primary road"),
    ("road_class", "secondary"): msgid("secondary road"),
    ("road_class", "tertiary"): msgid("tertiary road"),
    ("road_class", "unclassified"): msgid("minor road (unclassified)"),
    ("road_class", "residential"): msgid("residential street"),
    ("road_class", "track"): msgid("track"),
    ("road_class", "path"): msgid("path"),
    ("surface", "paved"): msgid("paved"),
    ("surface", "unpaved"): msgid("unpaved"),
    ("surface", "unknown"): msgid("not known"),
    ("smoothness", "good"): msgid("good"),
    ("smoothness", "bad"): msgid("bad"),
    ("smoothness", "very_bad"): msgid("very bad"),
    ("smoothness", "horrible"): msgid("horrible"),
    ("smoothness", "unknown"): msgid("not known"),
    ("crossing", "none"): msgid("none"),
    ("crossing", "bridge"): msgid("bridge"),
    ("crossing", "ferry"): msgid("ferry"),
}
"""What roads are like, in words."""

_SHOWN = 10
"""Rows of a table; the document has more."""


def show_roads(screen: Console, document: RoadsDocument, language: Language) -> None:
    """Print the survey of an area's roads."""
    text, km = language.text, language.number
    line = text("{n} roads, {km} km", n=km(document.roads), km=km(document.length_km))
    screen.print(text("{line}, of them {raised} km raised.", line=line, raised=km(document.raised_km)))
    _show_kinds(screen, document, language)
    _show_parts(screen, document, language)
    _show_ends(screen, document, language)
    _show_sites(screen, document, language)
    show_notes(screen, _notes(document, language), mark="·")


def _table(columns: Sequence[tuple[str, bool]]) -> Table:
    """Return an empty table; columns are labels and whether numbers stand in them."""
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for label, numbers in columns:
        table.add_column(label, justify="right" if numbers else "left", overflow="fold")
    return table


def _show_kinds(screen: Console, document: RoadsDocument, language: Language) -> None:
    text, number = language.text, language.number
    table = _table([(text("Kind"), False), (text("Roads"), True), (text("km"), True)])
    before = ""
    for row in document.kinds:
        if row.kind != before:
            table.add_row(text(_KINDS[row.kind]), "", "")
            before = row.kind
        word = text(ROAD_WORDS[row.kind, row.word])
        table.add_row(f"  {word}", number(row.roads), number(row.length_km, 1))
    screen.print(table)


def _show_parts(screen: Console, document: RoadsDocument, language: Language) -> None:
    text, number = language.text, language.number
    if document.parts_in_all <= 1:
        screen.print(text("All roads join: the network is one part."))
        return
    line = text("The network falls into {n} parts that no road joins.", n=number(document.parts_in_all))
    screen.print(line)
    columns = [(text("Part"), True), (text("km"), True), (text("Gap, km"), True), (text("Gap where"), False)]
    table = _table([*columns, (text("Sites"), False)])
    for row in document.parts[:_SHOWN]:
        gap = "" if row.gap_km is None else number(row.gap_km, 1)
        where = "" if row.at is None else _where(row.at, language)
        table.add_row(number(row.part), number(row.length_km, 1), gap, where, ", ".join(row.sites))
    screen.print(table)


def _show_ends(screen: Console, document: RoadsDocument, language: Language) -> None:
    text, number = language.text, language.number
    if not document.near_ends:
        return
    screen.print(text("Ends that come close to a road without joining it:"))
    columns = [(text("Road"), False), (text("Gap, m"), True), (text("Other road"), False)]
    table = _table([*columns, (text("Where"), False)])
    for row in document.near_ends[:_SHOWN]:
        called = f"{row.name} ({row.road_id})" if row.name else row.road_id
        table.add_row(called, number(row.gap_m), row.to_road_id, _where(row.at, language))
    screen.print(table)


def _show_sites(screen: Console, document: RoadsDocument, language: Language) -> None:
    text, number = language.text, language.number
    if not document.sites_off:
        screen.print(text("Every site stands on the longest part."))
        return
    screen.print(text("Sites off the longest part, or too far from any road:"))
    table = _table([(text("Site"), False), (text("Road, km"), True), (text("Part"), True), ("", False)])
    for row in document.sites_off:
        away = "" if row.road_km is None else number(row.road_km, 1)
        part = "" if row.part is None else number(row.part)
        table.add_row(row.name, away, part, text("too far from any road") if row.too_far else "")
    screen.print(table)


def _where(at: RoadPlacePart, language: Language) -> str:
    """Say where something is, by the nearest place and the unit."""
    if at.near is None or at.near_km is None:
        where = language.text("{lat}, {lon}", lat=language.number(at.lat, 2), lon=language.number(at.lon, 2))
    else:
        where = language.text("{km} km from {place}", km=language.number(at.near_km), place=at.near)
    return where if at.unit is None else f"{where} ({at.unit})"


def _notes(document: RoadsDocument, language: Language) -> list[str]:
    """Say what else there is to know."""
    text, number = language.text, language.number
    notes = [
        text(
            "{n} ends meet no other road, {near} of them within 500 m of one; {joined} were joined.",
            n=number(document.loose_ends),
            near=number(document.near_ends_in_all),
            joined=number(document.joined_ends),
        ),
        text("How much is one-way is not known: the layer holds no directions."),
    ]
    if document.towns_in_all is None:
        notes.append(text("Which towns no road comes near is not known: the area names no places."))
    elif document.towns_off:
        far = ", ".join(
            row.name
            if row.road_km is None
            else text("{place} ({km} km)", place=row.name, km=number(row.road_km))
            for row in document.towns_off[:_SHOWN]
        )
        notes.append(
            text(
                "{n} of {all} towns are farther from every road than a site may be; the farthest: {towns}.",
                n=number(len(document.towns_off)),
                all=number(document.towns_in_all),
                towns=far,
            )
        )
    shut = [km for km in document.closed_km if km]
    if shut:
        months = ", ".join(
            f"{language.month(month)} {number(km)}" for month, km in enumerate(document.closed_km, 1) if km
        )
        return [*notes, text("Shut by month, km: {months}.", months=months)]
    return [*notes, text("No road states a month in which it is shut.")]
