"""Reports: every row that cannot be read is told with its own cell, its column and what to do."""

from __future__ import annotations

from layers.foreign.cells import quoted
from layers.foreign.placed import Reports, without_cells
from layers.sentences import say

_BAD = say("{cell} is no day; write it such as 2019-06-30")


def reported(cells: list[str]) -> Reports:
    reports = Reports()
    for row, cell in enumerate(cells, start=2):
        reports.add(_BAD.having(cell=quoted(cell)), "When", row)
    return reports


def test_rows_stand_together_only_where_they_hold_the_same_cell():
    made = reported(["31/31/2019", "x", "31/31/2019"]).made()
    assert [(each.rows, each.problem.values["cell"]) for each in made] == [
        ((2, 4), "'31/31/2019'"),
        ((3,), "'x'"),
    ]


def test_of_many_different_cells_the_rest_is_counted_and_none_is_lost():
    made = reported([f"bad {n}" for n in range(300)]).made()
    assert len(made) == 11
    assert str(made[-1].problem) == "further cells: … is no day; write it such as 2019-06-30"
    assert sum(each.count for each in made) == 300


def test_no_cell_of_a_sensitive_list_is_repeated():
    made = without_cells(reported([f"bad {n}" for n in range(30)]).made())
    assert [(str(each.problem), each.count) for each in made] == [
        ("… is no day; write it such as 2019-06-30", 30)
    ]


def test_a_cell_is_repeated_without_strokes_that_it_does_not_have():
    assert quoted("28°00'00\"E") == "“28°00'00\"E”"


def test_a_long_cell_is_cut():
    assert len(quoted("x" * 500)) < 70
