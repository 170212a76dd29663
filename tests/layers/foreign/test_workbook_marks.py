"""Marks of a workbook: what is hidden is said, and a formula without a saved value is reported, row by row."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from layers.foreign.workbook import read_workbook
from tests.foreign_files import saved, zipped


def sheets_of(book: openpyxl.Workbook, tmp_path: Path):
    path = tmp_path / "member"
    path.write_bytes(saved(book))
    reading = read_workbook(path, "list.xlsx")
    return [(sheet, list(sheet.rows)) for sheet in reading.sheets], reading


@pytest.fixture
def book() -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    made.active.title = "Sites"
    for row in (["site", "coys", "phone"], ["a", 1, ""], ["b", 2, ""], ["c", 3, ""], ["d", 4, ""]):
        made.active.append(row)
    return made


def test_hidden_rows_are_counted_and_named(book, tmp_path):
    for row in (3, 4):
        book.active.row_dimensions[row].hidden = True
    [(sheet, rows)], _ = sheets_of(book, tmp_path)
    assert len(rows) == 4
    assert "Rows hidden in the workbook, read like the others: 2 (3–4)." in sheet.remarks


def test_hidden_columns_are_named(book, tmp_path):
    book.active.column_dimensions["B"].hidden = True
    [(sheet, _)], _ = sheets_of(book, tmp_path)
    assert "Columns hidden in the workbook, read like the others: 'coys'." in sheet.remarks


def test_where_nothing_is_hidden_nothing_is_said(book, tmp_path):
    [(sheet, rows)], _ = sheets_of(book, tmp_path)
    assert sheet.remarks == []
    assert all(row.problem is None for row in rows)


def test_a_formula_without_a_saved_value_is_reported_with_row_column_and_remedy(book, tmp_path):
    book.active["B3"] = "=1+1"
    [(_, rows)], _ = sheets_of(book, tmp_path)
    told = (
        "column B ('coys') holds a formula without a saved value; open the workbook in Excel or LibreOffice, "
        "save it there and bring it again"
    )
    assert [(row.number, [(n, str(why)) for n, why in row.marks]) for row in rows if row.marks] == [
        (3, [(1, told)])
    ]


def test_a_formula_in_a_column_that_is_refused_does_not_matter(book, tmp_path):
    book.active["C3"] = "=1+1"
    [(_, rows)], _ = sheets_of(book, tmp_path)
    assert not any(row.marks for row in rows)


def test_cells_with_a_formula_without_a_value_are_counted_by_column(book, tmp_path):
    book.active["B3"] = book.active["B4"] = "=1+1"
    [(sheet, _)], _ = sheets_of(book, tmp_path)
    assert "Cells of column B ('coys') with a formula without a saved value: 2." in sheet.remarks


def test_rows_of_formulas_alone_do_not_vanish_unsaid(book, tmp_path):
    book.active["B9"] = "=SUM(B2:B5)"
    [(sheet, _)], _ = sheets_of(book, tmp_path)
    assert any("Other rows with formulas of which no value was saved: 9." in each for each in sheet.remarks)


def test_a_sheet_of_formulas_alone_is_not_called_empty(book, tmp_path):
    other = book.create_sheet("Sums")
    other["A1"] = "=Sites!A1"
    _, reading = sheets_of(book, tmp_path)
    assert any("'Sums' holds formulas without saved values alone" in each for each in reading.remarks)


def test_each_sheet_has_its_own_marks(book, tmp_path):
    other = book.create_sheet("More & less")
    for row in (["site", "coys"], ["e", 5], ["f", 6]):
        other.append(row)
    other.row_dimensions[2].hidden = True
    read, _ = sheets_of(book, tmp_path)
    assert [any("(2)" in each for each in sheet.remarks) for sheet, _ in read] == [False, True]


SHEET = (
    "<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>"
    "<row r='1'><c r='A1' t='str'><v>site</v></c><c r='B1' t='str'><v>coys</v></c></row>"
    "<row r='2' ht='0' customHeight='1'><c r='A2' t='str'><v>a</v></c><c r='B2' t='e'><f>1/0</f><v>#DIV/0!</v></c></row>"
    "<row r='3'><c r='A3' t='str'><f>\"\"</f><v></v></c><c r='B3'><f>1+1</f><v>2</v></c></row>"
    "<row r='4'><c r='A4' t='str'><v>c</v></c><c r='B4' t='e'><v>#N/A</v></c></row>"
    "<row r='5'><c r='A5' t='str'><v>d</v></c><c r='B5'><f t='shared' si='0'/></c></row></sheetData></worksheet>"
)


def test_errors_rows_without_height_and_saved_texts_are_told_apart(book, tmp_path):
    import io  # noqa: PLC0415
    import zipfile  # noqa: PLC0415

    with zipfile.ZipFile(io.BytesIO(saved(book))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    path = tmp_path / "member"
    path.write_bytes(zipped({**members, "xl/worksheets/sheet1.xml": SHEET.encode()}))
    [sheet] = read_workbook(path, "list.xlsx").sheets
    problems = {row.number: " ".join(str(why) for _, why in row.marks) for row in sheet.rows}
    assert "holds the error #DIV/0! of a formula" in problems[2]
    assert problems[3] == problems[4] == ""
    assert "holds a formula without a saved value" in problems[5]
    assert any("1 (2)" in each for each in sheet.remarks)
