"""Marks of a workbook: what is hidden is said, and a formula without a saved value is reported, row by row."""

from __future__ import annotations

import struct
from pathlib import Path

import openpyxl
import pytest

from layers.foreign.workbook import read_workbook
from layers.foreign.workbook_old import old_marks
from layers.intake.mapping import guessed_mapping
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


def test_a_merged_cell_that_holds_an_error_holds_it_in_each_of_its_rows(book, tmp_path):
    book.active["B3"] = "#REF!"
    book.active.merge_cells("B3:B4")
    [(_, rows)], _ = sheets_of(book, tmp_path)
    assert [row.number for row in rows if row.marks] == [3, 4]


def test_so_does_one_with_a_formula_without_a_saved_value(book, tmp_path):
    book.active["B3"] = "=1+1"
    book.active.merge_cells("B3:B5")
    [(_, rows)], _ = sheets_of(book, tmp_path)
    assert [row.number for row in rows if row.marks] == [3, 4, 5]


def test_a_column_whose_filled_cells_are_errors_alone_is_known_to_be_lost(book, look):
    for row in range(2, 6):
        book.active[f"B{row}"] = None
    book.active["B3"] = "#REF!"
    (sheet,) = look("list.xlsx", saved(book)).sheets
    coys = sheet.columns[1]
    assert (coys.is_lost, coys.marked) == (True, 1)


@pytest.mark.parametrize(("column", "field"), [("open_to", "open_to"), ("Closed", "open_to")])
def test_a_column_of_errors_alone_is_taken_by_its_name_for_a_closed_site_would_stand_open(
    look, column, field
):
    book = openpyxl.Workbook()
    for row in (["site", "latitude", "longitude", column], ["a", 1.5, 2.5, "#REF!"], ["b", 1.6, 2.6, None]):
        book.active.append(row)
    (sheet,) = look("list.xlsx", saved(book)).sheets
    assert guessed_mapping(sheet, "sites").columns[field] == column


def record(kind, body):
    return struct.pack("<HH", kind, len(body)) + body


def old_workbook(*cells):
    """Return an .xls by hand: one sheet of records of cells, in a compound file of 512-byte sectors."""
    begins = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    name = record(0x0085, struct.pack("<IHBB", 0, 0, 5, 0) + b"Sites")
    end = record(0x000A, b"")
    start = len(begins) + len(name) + len(end)
    name = record(0x0085, struct.pack("<IHBB", start, 0, 5, 0) + b"Sites")
    stream = (begins + name + end + begins + b"".join(cells) + end).ljust(4096, b"\0")
    sectors = len(stream) // 512

    def entry(name, kind, start, size, child=0xFFFFFFFF):
        text = name.encode("utf-16-le")
        head = text.ljust(64, b"\0") + struct.pack(
            "<HBBIII", len(text) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child
        )
        return head + bytes(36) + struct.pack("<IQ", start, size)

    free, last = 0xFFFFFFFF, 0xFFFFFFFE
    table = [0xFFFFFFFD, last, *range(3, 2 + sectors), last]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, last, 0, last, 0)
    header += struct.pack("<109I", 0, *[free] * 108)
    fat = struct.pack(f"<{len(table)}I", *table).ljust(512, b"\xff")
    directory = entry("Root Entry", 5, last, 0, 1) + entry("Workbook", 2, 2, len(stream))
    return header + fat + directory.ljust(512, b"\0") + stream


@pytest.mark.parametrize(
    "cell",
    [
        record(0x0205, struct.pack("<HHHBB", 3, 1, 0, 0x17, 1)),
        record(0x0006, struct.pack("<HHHBBBBBBH", 3, 1, 0, 2, 0, 0x17, 0, 0, 0, 0xFFFF)),
    ],
)
def test_an_error_of_an_old_workbook_is_known(tmp_path, cell):
    path = tmp_path / "list.xls"
    path.write_bytes(old_workbook(cell))
    assert {name: marks.errors for name, marks in old_marks(path).items()} == {"Sites": {4: {2: "#REF!"}}}


@pytest.mark.parametrize("cut", [0, 100, 600, 1100, 2000])
def test_of_a_damaged_old_workbook_errors_are_not_known_or_none(tmp_path, cut):
    path = tmp_path / "list.xls"
    path.write_bytes(old_workbook()[:cut])
    assert not any(marks.errors for marks in (old_marks(path) or {}).values())
