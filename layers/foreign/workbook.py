"""Workbooks: sheets of Excel, their values and not their formulas, merged cells repeated, days as days."""

from __future__ import annotations

import itertools
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import python_calamine as calamine

from layers.foreign import limits
from layers.foreign.cells import written
from layers.foreign.delimited import grid_rows
from layers.foreign.header import LOOKED_AT, GridRow, read_header
from layers.foreign.marked import ERROR, UNSAVED, MarkTally
from layers.foreign.refused import refused_name
from layers.foreign.sheets import ForeignReading, ForeignRow, ForeignSheet, refusal
from layers.foreign.workbook_marks import SheetMarks, column_letters, ranges, workbook_marks
from layers.foreign.workbook_old import old_marks
from layers.sentences import Sentence, say

_SAVE_AGAIN = say("Open it in Excel or LibreOffice and save it as .xlsx.")


def read_workbook(path: Path, file: str) -> ForeignReading:
    """
    Return the sheets of a workbook.

    Raises
    ------
    LayerError
        If it is broken or locked, a sheet spans more cells than may be held, or none holds a cell.
    """
    zipped = zipfile.is_zipfile(path)
    marks = workbook_marks(path, file) if zipped else None
    try:
        workbook = calamine.CalamineWorkbook.from_path(str(path))
    except calamine.PasswordError as error:
        raise refusal(file, say("it is locked with a password"), say("Bring it without one.")) from error
    except (calamine.CalamineError, calamine.XmlError, calamine.ZipError) as error:
        raise refusal(file, say("it is no workbook that can be read"), _SAVE_AGAIN) from error
    remarks: list[Sentence] = [say("Cells hold the values that were saved; formulas are not worked out.")]
    if marks is None:
        remarks.append(_MARKS_UNKNOWN)
        marks = old_marks(path)
        if marks is None:
            remarks.append(_ERRORS_UNKNOWN)
    return ForeignReading(say("workbook"), _sheets(workbook, file, remarks, marks), remarks)


_MARKS_UNKNOWN = say("Whether rows are hidden, or formulas lack a saved value, is not known here.")
_ERRORS_UNKNOWN = say(
    "Whether cells hold errors of formulas is not known here, they are read as empty: save it as .xlsx."
)
_EMPTY = say("The sheet {sheet} is empty.")
_ONLY_FORMULAS = say(
    "The sheet {sheet} holds formulas without saved values alone; open the workbook in Excel or LibreOffice, "
    "save it there and bring it again."
)


def _sheets(
    workbook: calamine.CalamineWorkbook,
    file: str,
    remarks: list[Sentence],
    marks: Mapping[str, SheetMarks] | None,
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
        about = (marks or {}).get(entry.name, SheetMarks())
        sheet = None if cells.end is None else _sheet(cells, entry.name, file, about)
        if sheet is None:
            empty = _ONLY_FORMULAS if about.unsaved else _EMPTY
            remarks.append(empty.having(sheet=repr(entry.name)))
            continue
        if marks is not None and entry.name not in marks:
            sheet.remarks.append(_MARKS_UNKNOWN)
        if entry.visible != calamine.SheetVisibleEnum.Visible:
            sheet.remarks.append(say("The sheet is hidden in the workbook."))
        yield sheet


def _sheet(cells: calamine.CalamineSheet, name: str, file: str, marks: SheetMarks) -> ForeignSheet | None:
    upright, merged = _merged(cells)
    marks = _in_each_row(marks, upright)
    grid = _grid(cells, upright)
    top = list(itertools.islice(grid, LOOKED_AT))
    if not any(any(row) for _, row in top):
        return None
    header = read_header(top)
    if len(header.columns) > limits.COLUMNS:
        problem = say(
            "its sheet {sheet} has {n} columns, more than {most}",
            sheet=repr(name),
            n=len(header.columns),
            most=limits.COLUMNS,
        )
        raise refusal(file, problem, say("Keep the columns that are needed."))
    if merged:
        header.remarks.append(say("Merged cells: {n}; their value stands in each of their rows.", n=merged))
    sheet = ForeignSheet(name, header.columns, iter(()), header.row, remarks=header.remarks, tags=header.tags)
    left = cells.start[1] if cells.start else 0
    _say_columns(sheet, marks, left)
    rows = grid_rows(itertools.chain(top[header.body :], grid), header, sheet, file)
    sheet.rows = _marked(rows, sheet, marks, left)
    return sheet


def _say_columns(sheet: ForeignSheet, marks: SheetMarks, left: int) -> None:
    """Say which columns are hidden, and where formulas cannot be told by rows."""
    hidden = [name for n, name in enumerate(sheet.columns, left + 1) if marks.hides_column(n)]
    if hidden:
        names = ", ".join(map(repr, hidden))
        sheet.remarks.append(
            say("Columns hidden in the workbook, read like the others: {names}.", names=names)
        )
    if marks.unplaced:
        sheet.remarks.append(
            say(
                "Formulas without a saved value stand in rows that are not numbered; save the workbook again."
            )
        )


def _marked(
    rows: Iterator[ForeignRow], sheet: ForeignSheet, marks: SheetMarks, left: int
) -> Iterator[ForeignRow]:
    """Yield rows with their cells that hold an error or no saved value. Say which are hidden."""
    hidden: list[int] = []
    tally = MarkTally()
    rest = set(marks.unsaved)
    for row in rows:
        if row.number in marks.hidden_rows:
            hidden.append(row.number)
        rest.discard(row.number)
        bad = _of_formulas(row.number, sheet, marks, left)
        tally.add(problem for _, problem in bad)
        yield replace(row, marks=bad) if bad else row
    sheet.remarks += tally.seen()
    if hidden:
        remark = say(
            "Rows hidden in the workbook, read like the others: {n} ({rows}).",
            n=len(hidden),
            rows=ranges(hidden),
        )
        sheet.remarks.append(remark)
    if rest:
        remark = say(
            "Other rows with formulas of which no value was saved: {rows}. Open the workbook in Excel or "
            "LibreOffice, save it there and bring it again.",
            rows=ranges(sorted(rest)),
        )
        sheet.remarks.append(remark)


def _of_formulas(
    number: int, sheet: ForeignSheet, marks: SheetMarks, left: int
) -> tuple[tuple[int, Sentence], ...]:
    """Return the cells of a row with a formula without a value, or with an error for one, by their places."""
    bad = dict.fromkeys(marks.unsaved.get(number, ()), UNSAVED)
    bad |= {n: ERROR.having(error=error) for n, error in marks.errors.get(number, {}).items()}
    named = ((n, _column(sheet, n - 1 - left), problem) for n, problem in sorted(bad.items()))
    return tuple(
        (n - 1 - left, problem.having(column=f"{column_letters(n)} ({name!r})"))
        for n, name, problem in named
        if name is not None
    )


def _column(sheet: ForeignSheet, place: int) -> str | None:
    """Return the name of a column whose cells matter: it is there, and not refused."""
    if not 0 <= place < len(sheet.columns) or refused_name(sheet.columns[place]) is not None:
        return None
    return sheet.columns[place]


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


def _in_each_row(marks: SheetMarks, upright: Mapping[tuple[int, int], tuple[int, int]]) -> SheetMarks:
    """Return the marks with those of a merged cell in each of its rows, as its value stands there."""
    unsaved = {row: list(columns) for row, columns in marks.unsaved.items()}
    errors = {row: dict(columns) for row, columns in marks.errors.items()}
    for (row, column), (top, _) in upright.items():
        if column + 1 in marks.unsaved.get(top + 1, ()):
            unsaved.setdefault(row + 1, []).append(column + 1)
        error = marks.errors.get(top + 1, {}).get(column + 1)
        if error is not None:
            errors.setdefault(row + 1, {})[column + 1] = error
    return replace(marks, unsaved=unsaved, errors=errors)


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
            return written(cell)
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
        case date() | time():
            return cell.isoformat()
        case timedelta():
            return str(cell)
        case _:
            return " ".join(str(cell).split())[: limits.CELL_CHARACTERS]
