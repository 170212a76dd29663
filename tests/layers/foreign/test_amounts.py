"""Amounts: a point or a comma before three digits is read as its column says, or asked about, never guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.foreign.cells import number, number_forms, written
from layers.foreign.guess import guess
from layers.foreign.profile import ColumnProfile
from layers.foreign.seen import ColumnContent, ColumnSeen


def seen(cells: list[str], name: str = "Population") -> ColumnSeen:
    profile = ColumnProfile()
    profile.add(cells)
    profile.settle()
    return guess(name, "", profile)


def read(cells: list[str]) -> list[float | None]:
    column = seen(cells)
    return [
        number(
            cell,
            commas_part_thousands=column.commas_part_thousands,
            points_part_thousands=column.points_part_thousands,
        )
        for cell in cells
    ]


DECIDED = [
    (["41,328", "12.000", "3 000"], [41328, 12000, 3000]),
    (["3 100", "1 250", "1,250", "1.300", "800"], [3100, 1250, 1250, 1300, 800]),
    (["1.300", "1 250 000"], [1300, 1250000]),
    (["1.300", "1.234.567"], [1300, 1234567]),
    (["1.300", "12,5"], [1300, 12.5]),
    (["1.300", "1.250,5"], [1300, 1250.5]),
    (["1.300", "1.25", "0.875"], [1.3, 1.25, 0.875]),
    (["1.300", "3 000.5"], [1.3, 3000.5]),
    (["1.300", "1,234.5"], [1.3, 1234.5]),
    (["1.300", "1234.567"], [1.3, 1234.567]),
    (["1,300", "12.5"], [1300, 12.5]),
    (["1,300", "12,5"], [1.3, 12.5]),
    (["1,300", "1,234,567"], [1300, 1234567]),
]


@pytest.mark.parametrize(("cells", "values"), DECIDED)
def test_other_cells_of_a_column_decide_what_a_point_or_comma_does(cells, values):
    assert seen(cells).decided
    assert read(cells) == values


OPEN = [
    ["1.300", "800"],
    ["12.000", "41,328"],
    ["1.300", "1300", "2000"],
    ["1.300", "12.5", "1.234.567"],
    ["1.300", "12.5", "12,5"],
    ["1,300", "3 000"],
]


@pytest.mark.parametrize("cells", OPEN)
def test_what_nothing_decides_is_open_and_such_a_cell_is_no_number(cells):
    column = seen(cells)
    assert (column.content, column.decided) == (ColumnContent.NUMBER, False)
    assert read(cells)[0] is None


def test_degrees_with_three_decimals_stay_degrees():
    column = seen(["14.125", "9.250", "12.375"], "Latitude")
    assert (column.content, column.decided) == (ColumnContent.LATITUDE, True)


@given(st.floats(-1e6, 1e6))
def test_a_number_that_its_file_keeps_as_one_is_never_in_doubt(value):
    assert number(written(value)) == value
    assert len(number_forms(written(value))) <= 1


@given(st.integers(1_000, 10**12), st.lists(st.integers(10**6, 10**9), min_size=1, max_size=5))
@pytest.mark.slow
def test_whole_numbers_parted_by_points_are_the_same_numbers(value, others):
    cells = [f"{each:,}".replace(",", ".") for each in (value, *others)]
    assert read(cells) == [value, *others]


@given(st.integers(1, 999), st.integers(0, 999))
def test_a_column_of_decimals_of_three_digits_alone_is_never_read_without_a_word(whole, part):
    assert read([f"{whole}.{part:03}"] * 3) == [None] * 3
