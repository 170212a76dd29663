"""Workbooks: sheets of Excel, their values and not their formulas, merged cells repeated, days as days."""

from __future__ import annotations

import itertools
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import python_calamine as calamine

from layers.foreign import limits
from layers.foreign.archive import opened
from layers.foreign.delimited import grid_rows
from layers.foreign.header import LOOKED_AT, GridRow, read_header
from layers.foreign.sheets import ForeignReading, ForeignSheet, refusal
from layers.sentences import Sentence, say

_REFERENCE = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
_ALPHABET = 26
_BLOCK = 1 << 20
_OVERLAP = 256
_SAVE_AGAIN = say("Open it in Excel or LibreOffice and save it as .xlsx.")


def read_workbook(path: Path, file: str) -> ForeignReading:
    """
    Return the sheets of a workbook.

    Raises
    ------
    LayerError
        If it is broken or locked, a sheet spans more cells than may be held, or none holds a cell.
    """
    if zipfile.is_zipfile(path):
        with opened(path, file) as archive:
            for name in archive.namelist():
                if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                    _check_span(archive, name, file)
    try:
        workbook = calamine.CalamineWorkbook.from_path(str(path))
    except calamine.PasswordError as error:
        raise refusal(file, say("it is locked with a password"), say("Bring it without one.")) from error
    except (calamine.CalamineError, calamine.XmlError, calamine.ZipError) as error:
        raise refusal(file, say("it is no workbook that can be read"), _SAVE_AGAIN) from error
    remarks: list[Sentence] = [say("Cells hold the values that were saved; formulas are not worked out.")]
    return ForeignReading(say("workbook"), _sheets(workbook, file, remarks), remarks)


def _check_span(archive: zipfile.ZipFile, name: str, file: str) -> None:
    """Refuse a sheet that would be held as more cells than may be: a stray cell far out is enough."""
    column, row, tail = 0, 0, b""
    with archive.open(name) as source:
        while block := source.read(_BLOCK):
            for letters, digits in _REFERENCE.findall(tail + block):
                column, row = max(column, _place(letters)), max(row, int(digits))
            tail = block[-_OVERLAP:]
    if column * row > limits.CELLS or row > limits.ROWS * 2:
        problem = say("a sheet spans {columns} columns and {rows} rows", columns=column, rows=row)
        remedy = say("Delete the rows and columns beyond the data, or cut it into parts.")
        raise refusal(file, problem, remedy)


def _place(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = place * _ALPHABET + letter - ord("A") + 1
    return place


def _sheets(
    workbook: calamine.CalamineWorkbook, file: str, remarks: list[Sentence]
) -> Iterator[ForeignSheet]:
    if len(workbook.sheets_metadata) > limits.SHEETS:
        problem = say(
            "it holds {n} sheets, more than {most}", n=len(workbook.sheets_metadata), most=limits.SHEETS
        )
        raise refusal(file, problem, say("Keep the sheets that are needed."))
    for entry in workbook.sheets_metadata:
        if entry.typ != calamine.SheetTypeEnum.WorkSheet:
            remarks.append(say("{sheet} is no sheet of cells and left out.", sheet=repr(entry.name)))
            continue
        try:
            cells = workbook.get_sheet_by_name(entry.name)
        except calamine.CalamineError as error:
            raise refusal(
                file, say("the sheet {sheet} cannot be read", sheet=repr(entry.name)), _SAVE_AGAIN
            ) from error
        if cells.end is None:
            remarks.append(say("The sheet {sheet} is empty.", sheet=repr(entry.name)))
            continue
        sheet = _sheet(cells, entry.name, file)
        if sheet is None:
            remarks.append(say("The sheet {sheet} is empty.", sheet=repr(entry.name)))
            continue
        if entry.visible != calamine.SheetVisibleEnum.Visible:
            sheet.remarks.append(say("The sheet is hidden in the workbook."))
        yield sheet


def _sheet(cells: calamine.CalamineSheet, name: str, file: str) -> ForeignSheet | None:
    upright, merged = _merged(cells)
    grid = _grid(cells, upright)
    top = list(itertools.islice(grid, LOOKED_AT))
    if not any(any(row) for _, row in top):
        return None
    header = read_header(top)
    if len(header.columns) > limits.COLUMNS:
        problem = say("it has {n} columns, more than {most}", n=len(header.columns), most=limits.COLUMNS)
        raise refusal(file, problem, say("Keep the columns that are needed."))
    if merged:
        header.remarks.append(say("Merged cells: {n}; their value stands in each of their rows.", n=merged))
    sheet = ForeignSheet(name, header.columns, iter(()), header.row, remarks=header.remarks, tags=header.tags)
    sheet.rows = grid_rows(itertools.chain(top[header.body :], grid), header, sheet, file)
    return sheet


def _merged(cells: calamine.CalamineSheet) -> tuple[dict[tuple[int, int], tuple[int, int]], int]:
    """Return, for each cell below the top of an upright merged one, where its value stands; and how many."""
    where: dict[tuple[int, int], tuple[int, int]] = {}
    count = 0
    for (top, left), (bottom, right) in cells.merged_cell_ranges or ():
        if left != right or bottom - top > limits.CELL_CHARACTERS:
            continue
        count += 1
        where |= {(row, left): (top, left) for row in range(top + 1, bottom + 1)}
    return where, count


def _grid(
    cells: calamine.CalamineSheet, upright: dict[tuple[int, int], tuple[int, int]]
) -> Iterator[GridRow]:
    """Yield rows from the sheet's first on, empty ones too; cells from the first column that has any."""
    left = cells.start[1] if cells.start else 0
    tops = set(upright.values())
    lower = {row for row, _ in upright}
    values: dict[tuple[int, int], str] = {}
    for number, raw in enumerate(cells.iter_rows()):
        row = [_text(cell) for cell in raw]
        if tops:
            values |= {(number, n): cell for n, cell in enumerate(row, left) if (number, n) in tops}
        if number in lower:
            row = [values.get(upright.get((number, n), (-1, -1)), cell) for n, cell in enumerate(row, left)]
        yield number + 1, tuple(row)


def _text(cell: object) -> str:
    """Return a cell as text: whole numbers without decimals, days the ISO way."""
    match cell:
        case bool():
            return "true" if cell else "false"
        case float():
            return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)  # noqa: PLR2004
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
        case date() | time():
            return cell.isoformat()
        case timedelta():
            return str(cell)
        case _:
            return " ".join(str(cell).split())[: limits.CELL_CHARACTERS]
