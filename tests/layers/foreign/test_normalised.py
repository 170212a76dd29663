"""Normalised: what is written down of a file, and what is said of the rows that are not."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from layers.errors import LayerError
from layers.foreign.isolation import looked_at
from layers.foreign.normalised import write_normalised
from layers.formats.delimited import Inspection
from layers.formats.geopko import read_geopko, read_geopko_years
from layers.formats.geopko_units import Strength
from layers.formats.normal import sheet_rows, sheets_of
from layers.formats.taken import TAKEN
from layers.formats.ucdp import read_ucdp

MAPS = (
    "mission,year,month,location,latitude,longitude,hq,no.troops,inf,fpu,avia,med,uav,eng,unpol.dummy,he.sup,"
    "geocomment"
)
FINE = "M,2019,6,Alpha,14,-4,0,150,1,0,0,0,0,0,0,0,near"
UNREAD = "M,2019,6,Beta,15,-4,0,150,1,0,0,0,0,0,0,0,#REF!"
TAKEN_ERROR = "M,2019,6,Gamma,16,-4,0,150,#DIV/0!,0,0,0,0,0,0,0,near"


@pytest.fixture
def normalised(tmp_path):
    """Return a function that writes rows as a workbook and its normalised form; gives what that says."""

    def write(*rows, **how):
        book = openpyxl.Workbook()
        for row in (MAPS, *rows):
            book.active.append(row.split(","))
        sink = io.BytesIO()
        book.save(sink)
        path, folder = tmp_path / "bases.xlsx", tmp_path / "form"
        path.write_bytes(sink.getvalue())
        with looked_at(path) as looked:
            left = write_normalised(looked, folder, reader="geopko_maps", **how)
        (sheet,) = sheets_of(folder)
        return sheet_rows(sheet)["location"].tolist(), [str(each) for each in left]

    return write


def test_an_error_in_a_column_that_no_reader_takes_stops_nothing(normalised):
    assert normalised(FINE, UNREAD) == (["Alpha", "Beta"], [])


def test_nor_does_it_leave_a_row_out(normalised):
    assert normalised(FINE, UNREAD, leaves_out=True) == (["Alpha", "Beta"], [])


def test_an_error_in_a_column_that_is_taken_is_a_fault_of_its_row(normalised):
    with pytest.raises(LayerError, match=r"row 3: column I \('inf'\) holds the error #DIV/0!"):
        normalised(FINE, TAKEN_ERROR)


def test_a_row_that_is_left_out_is_counted_and_said(normalised):
    rows, (left,) = normalised(FINE, TAKEN_ERROR, UNREAD, leaves_out=True)
    assert rows == ["Alpha", "Beta"]
    assert left.startswith(
        "Rows left out, for they cannot be read: 1 (rows 3; of the first, column I ('inf')"
    )


def test_what_is_not_listed_of_many_faults_is_counted(normalised):
    with pytest.raises(LayerError) as caught:
        normalised(*[TAKEN_ERROR] * 23)
    assert str(caught.value.faults[-1].problem) == "3 rows more cannot be read"


@pytest.mark.parametrize(
    ("reader", "read"),
    [
        ("geopko_maps", lambda path: read_geopko(path, date(2020, 6, 30), strength=Strength.DRAWN)),
        ("geopko_years", lambda path: read_geopko_years(path, date(2020, 6, 30))),
        ("ucdp", read_ucdp),
    ],
)
def test_the_columns_that_count_are_those_that_a_reader_looks_at(tmp_path, monkeypatch, reader, read):
    asked, text = set(), Inspection.text
    monkeypatch.setattr(Inspection, "text", lambda look, column: asked.add(column) or text(look, column))
    codes = {"month": "6", "id": "7", "type_of_violence": "1", "where_prec": "1", "date_prec": "1"}
    codes |= {"year": "2019", "date_start": "2019-06-01", "event_clarity": "1", "location": "Alpha"}
    names = sorted(TAKEN[reader])
    path = tmp_path / "table.csv"
    path.write_text(
        f"{','.join(names)}\n{','.join(codes.get(name, '0') for name in names)}\n", encoding="utf-8"
    )
    read(path)
    assert asked == TAKEN[reader]
