"""Cells with an error of a formula: they matter where their column is taken, and are counted where it is not."""

from __future__ import annotations

import openpyxl
import pytest

from tests.foreign_files import saved
from tests.layers.intake.conftest import LEDGER

pytestmark = pytest.mark.slow

HEAD = ["Name", "Type", "Latitude", "Longitude", "Infantry coy", "Total", "Opened"]
ROWS = [
    ["Alpha", "TOB", 0.5, 20.25, 2, 3, "2019-01-01"],
    ["Bravo", "TOB", 0.8, 20.75, 1, 4, "2019-01-01"],
    ["Charlie", "TOB", 0.2, 20.5, 1, 5, "2019-01-01"],
]


@pytest.fixture
def listed(tmp_path):
    """Return a function that writes a list of sites with errors in some cells."""

    def writing(**errors: str):
        book = openpyxl.Workbook()
        for row in (HEAD, *ROWS):
            book.active.append(row)
        for cell, error in errors.items():
            book.active[cell] = error
            if error.startswith("#"):
                book.active[cell].data_type = "e"
        path = tmp_path / "sites.xlsx"
        path.write_bytes(saved(book))
        return path

    return writing


def test_an_error_in_a_column_that_is_not_taken_costs_no_row(bringing, listed):
    offer = bringing.offer(listed(F2="#DIV/0!", F3="#DIV/0!"), "layer=sites", *LEDGER)
    assert (offer.taken.taken, offer.taken.rows, offer.taken.reports) == (3, 3, ())


def test_errors_in_a_column_that_is_not_taken_are_said_once(bringing, listed):
    offer = bringing.offer(listed(F2="#DIV/0!", F3="#DIV/0!"), "layer=sites", *LEDGER)
    said = "Cells of column F ('Total'), which is not taken, with the error #DIV/0! of a formula: 2."
    assert said in offer.taken.notes
    assert not any("#DIV/0!" in each for each in offer.sheet.remarks)


@pytest.mark.parametrize("cell", ["A2", "D2", "E2", "G2"])
def test_a_row_with_an_error_in_a_column_that_is_taken_is_reported(bringing, listed, cell):
    offer = bringing.offer(listed(**{cell: "#REF!"}), "layer=sites", "column.open_from=Opened", *LEDGER)
    assert [(each.rows, each.problem.values["error"]) for each in offer.taken.reports] == [((2,), "#REF!")]
    assert offer.taken.taken == 2


def test_a_column_that_is_taken_after_all_has_its_errors_reported(bringing, listed):
    offer = bringing.offer(listed(F2="#DIV/0!"), "layer=sites", "asset.helicopter=Total", *LEDGER)
    assert [each.rows for each in offer.taken.reports] == [(2,)]


def test_an_error_in_a_column_of_words_is_not_asked_about(bringing, listed):
    offer = bringing.offer(listed(B2="#REF!"), "layer=sites", *LEDGER)
    assert offer.questions == ()
    assert [each.rows for each in offer.taken.reports] == [(2,)]


def test_a_formula_without_a_saved_value_costs_its_row_where_its_column_is_taken(bringing, listed):
    offer = bringing.offer(listed(E2="=1+1", F3="=1+1"), "layer=sites", *LEDGER)
    assert [each.rows for each in offer.taken.reports] == [(2,)]
    assert any("'Total'" in each and "without a saved value: 1" in each for each in offer.taken.notes)
