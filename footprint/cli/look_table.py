"""Look on the terminal: what is in a file, its sheets, what columns are taken for, bad rows."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table

from footprint.cli.tables import show_notes
from footprint.language import Language
from footprint.views.intake import CONTENT_WORDS
from layers.foreign.seen import ColumnContent, ColumnSeen, FileSeen, Likely, RowReport, SheetSeen

Preview = Sequence[Sequence[str]]
"""Rows of a sheet, each as its cells."""
_NUMBERS = 8
"""Numbers of rows that a line lists."""
_LONGEST = 24
"""Characters of an example."""


def show_look(screen: Console, seen: FileSeen, language: Language, previews: Sequence[Preview]) -> None:
    """
    Print what is in a file.

    Parameters
    ----------
    previews
        For each sheet its first rows; none where none are asked for.
    """
    text = language.text
    title = text("{file}: {title}", file=seen.file, title=seen.title.said(language))
    screen.print(text("{what}. Nothing of it was taken.", what=title))
    notes = [each.said(language) for each in seen.remarks]
    if not seen.network_shut:
        notes.append(text("This system gave the process that read it no network of its own to be shut in."))
    if not seen.files_shut:
        notes.append(text("This system did not shut other files off from the process that read it."))
    show_notes(screen, notes, mark="·")
    for sheet, rows in zip(seen.sheets, previews, strict=True):
        screen.print()
        _show_sheet(screen, sheet, language)
        if rows:
            _show_rows(screen, sheet, rows)


def _show_sheet(screen: Console, sheet: SheetSeen, language: Language) -> None:
    text, count = language.text, language.number
    screen.print(
        text(
            "{name}: rows {rows}, can be read {read}, cannot {reported}",
            name=sheet.name,
            rows=count(sheet.rows),
            read=count(sheet.read),
            reported=count(sheet.reported),
        )
    )
    for n, each in enumerate(sheet.likely):
        sure = text("decided") if each.decided else text("not decided")
        line = text(
            "{title} ({reason}; {sure})",
            title=each.title.said(language),
            reason=each.reason.said(language),
            sure=sure,
        )
        screen.print(text("It looks like {what}", what=line) if not n else text("or like {what}", what=line))
    screen.print(where_line(sheet, language))
    show_notes(screen, [each.said(language) for each in sheet.remarks], mark="·")
    shown = [each for each in sheet.columns if each.content not in _ASIDE]
    if shown:
        _show_columns(screen, shown, language)
    show_notes(screen, _aside(sheet.columns, language))
    show_notes(screen, [report_line(each, language) for each in sheet.reports])


def where_line(sheet: SheetSeen, language: Language) -> str:
    """Return shapes, reference system and extent, as far as they are known, in a line."""
    text, number = language.text, language.number
    parts = [_shapes(each.kind, each.count, language) for each in sheet.shapes]
    if sheet.shapes or any(each.layer is Likely.RASTER for each in sheet.likely):
        parts.append(sheet.reference or text("reference system not stated"))
    if sheet.extent is not None:
        west, south, east, north = (
            number(each, 3)
            for each in (sheet.extent.west, sheet.extent.south, sheet.extent.east, sheet.extent.north)
        )
        bounds = text(
            "longitude {west} to {east}, latitude {south} to {north}",
            west=west,
            east=east,
            south=south,
            north=north,
        )
        parts.append(bounds)
    elif sheet.without_extent is not None:
        parts.append(text("extent not known: {why}", why=sheet.without_extent.said(language)))
    return "; ".join(parts)


def _shapes(kind: str, count: int, language: Language) -> str:
    """Return how many shapes of a kind there are."""
    plural = language.plural
    match kind:
        case "Point":
            made = plural("{n} point", "{n} points", count)
        case "MultiPoint":
            made = plural("{n} group of points", "{n} groups of points", count)
        case "LineString":
            made = plural("{n} line", "{n} lines", count)
        case "MultiLineString":
            made = plural("{n} line of several parts", "{n} lines of several parts", count)
        case "Polygon":
            made = plural("{n} polygon", "{n} polygons", count)
        case "MultiPolygon":
            made = plural("{n} polygon of several parts", "{n} polygons of several parts", count)
        case _:
            made = f"{language.number(count)} {kind}"
    return made


_ASIDE = frozenset({ColumnContent.REFUSED, ColumnContent.EMPTY})
"""Columns that are named under the table, since nothing of them is shown."""


def _aside(columns: Sequence[ColumnSeen], language: Language) -> list[str]:
    """Return which columns are refused, by reason, and which are empty."""
    text = language.text
    by_reason: dict[str, list[str]] = {}
    for each in columns:
        if each.content is ColumnContent.REFUSED:
            by_reason.setdefault(each.reason.said(language), []).append(each.name)
    lines = [
        text("refused, never shown or taken ({reason}): {columns}", reason=reason, columns=", ".join(names))
        for reason, names in by_reason.items()
    ]
    empty = [each.name for each in columns if each.content is ColumnContent.EMPTY]
    return [*lines, *([text("empty: {columns}", columns=", ".join(empty))] if empty else [])]


def _show_columns(screen: Console, columns: Sequence[ColumnSeen], language: Language) -> None:
    text = language.text
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for label in (
        text("Column"),
        text("Taken for"),
        text("Fits"),
        text("Empty"),
        text("Why"),
        text("Examples"),
    ):
        table.add_column(label, overflow="fold")
    for each in columns:
        taken = text(CONTENT_WORDS[each.content])
        fits = "–" if each.share is None else language.percent(each.share)
        examples = " | ".join(one[:_LONGEST] for one in each.examples)
        if not each.decided:
            taken = text("{content}, not decided", content=taken)
        table.add_row(
            each.name, taken, fits, language.number(each.empty), each.reason.said(language), examples
        )
    screen.print(table)


def report_line(report: RowReport, language: Language) -> str:
    """Return which rows cannot be read and why."""
    rows = ", ".join(map(str, report.rows[:_NUMBERS]))
    more = report.count - min(len(report.rows), _NUMBERS)
    if more:
        rows = language.text("{rows} and {n} more", rows=rows, n=language.number(more))
    problem = report.problem.said(language)
    if not report.column:
        return language.text("row {rows}: {problem}", rows=rows, problem=problem)
    return language.text(
        "row {rows}, column {column}: {problem}", rows=rows, column=report.column, problem=problem
    )


def _show_rows(screen: Console, sheet: SheetSeen, rows: Sequence[Sequence[str]]) -> None:
    shown = [n for n, each in enumerate(sheet.columns) if each.content not in _ASIDE][:_NUMBERS]
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for n in shown:
        table.add_column(sheet.columns[n].name, overflow="fold")
    for cells in rows:
        table.add_row(*(cells[n][:_LONGEST] for n in shown))
    screen.print(table)
