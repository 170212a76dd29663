"""Spreadsheets: tables as CSV that a reader's own Excel opens, and as one workbook; nothing in them runs."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from math import isfinite

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from footprint.briefing.brief import Brief
from footprint.briefing.files.about import about
from footprint.briefing.files.plain import in_csv, plain
from footprint.briefing.files.tables import Cell, DataTable, TableColumn, tables
from footprint.briefing.small_print import handling
from footprint.disclosure import Precision
from footprint.language import Language
from footprint.views.colours import CLIENT

_SEPARATORS = {"fr": ";"}
_COMMA = frozenset({"fr"})
"""Languages whose Excel reads semicolons between cells, and a comma in numbers."""
_SHARES = {Precision.INTERNAL: "0.0 %", Precision.RESTRICTED: "0.00 %"}
"""How shares are shown; in whole per cents where a release tells no more."""
_WHOLE = "0 %"
_WIDEST, _NARROWEST = 60, 8
_MOST_LOOKED_AT = 200


def csv_of(brief: Brief, table: DataTable, code: str) -> bytes:
    """
    Return a table as CSV for the Excel of a brief's language.

    Parameters
    ----------
    brief
        Whose language decides: semicolons and a decimal comma in French, commas and a point in English.
    table
        From `tables`.
    code
        Under which the file stands in the log of releases.

    Returns
    -------
    bytes
        UTF-8 with its mark, by which Excel knows it. The last two columns of every row say how it is to be
        handled, and the code, so that a row that is copied out keeps them.
    """
    language = brief.language
    out = io.StringIO()
    # Excel ends lines so on every system.
    lines = csv.writer(out, delimiter=_SEPARATORS.get(language.code, ","), lineterminator="\r\n")
    terms = (in_csv(handling(brief)), in_csv(code))
    lines.writerow([*(in_csv(column.key) for column in table.columns), "handling", "code"])
    for row in table.rows:
        lines.writerow([*(_as_text(cell, language) for cell in row), *terms])
    return out.getvalue().encode("utf-8-sig")


def _as_text(cell: Cell, language: Language) -> str:
    match cell:
        case None:
            return ""
        case str():
            return in_csv(cell)
        case _:
            # Never in powers of ten, which readers take for text.
            number = str(cell) if isinstance(cell, int) else f"{cell:.6f}".rstrip("0").rstrip(".")
            return number.replace(".", ",") if language.code in _COMMA else number


def xlsx_of(brief: Brief, code: str) -> bytes:
    """
    Return every table of a brief as one workbook, a sheet each.

    Parameters
    ----------
    brief
        What is told.
    code
        Under which the file stands in the log of releases.

    Returns
    -------
    bytes
        A workbook without formulas, links or macros; equal briefs give equal bytes.
    """
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    terms = handling(brief)
    rows = about(brief, code)
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties(
            {
                "title": plain(rows[0].value),
                "subject": f"{plain(brief.number)}, {brief.revision}, {code}",
                "author": plain(brief.release.releaser),
                "category": terms,
                "created": datetime(brief.made.year, brief.made.month, brief.made.day, tzinfo=UTC),
            }
        )
        look = {"bold": True, "bg_color": CLIENT["chosen"], "text_wrap": True, "valign": "top"}
        bold = book.add_format(look)
        share = book.add_format({"num_format": _SHARES.get(brief.release.precision, _WHOLE)})
        for table in tables(brief, rows):
            sheet = book.add_worksheet(table.title)
            _fill(sheet, table, bold, share)
            sheet.set_header("&C" + _in_header(terms))
            sheet.set_footer("&L" + _in_header(f"{brief.number} · {code}") + "&R&P/&N")
            sheet.set_landscape()
            sheet.set_paper(9)  # A4
            sheet.fit_to_pages(1, 0)
    return out.getvalue()


def _fill(sheet: Worksheet, table: DataTable, bold: Format, share: Format) -> None:
    for at, column in enumerate(table.columns):
        sheet.write_string(0, at, plain(column.label), bold)
        sheet.set_column(at, at, _width(table, at, column))
    for down, row in enumerate(table.rows, start=1):
        for at, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(down, at, plain(cell))
            elif cell is not None and isfinite(cell):
                sheet.write_number(down, at, cell, share if table.columns[at].share else None)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)


def _width(table: DataTable, at: int, column: TableColumn) -> int:
    words = [str(row[at]) for row in table.rows[:_MOST_LOOKED_AT] if isinstance(row[at], str)]
    longest = max([len(column.label), *map(len, words)])
    return min(max(longest + 2, _NARROWEST), _WIDEST)


def _in_header(words: str) -> str:
    """Return words for the edge of a printed page, where & begins a command and 255 letters have room."""
    return plain(words)[:100].replace("&", "&&")
