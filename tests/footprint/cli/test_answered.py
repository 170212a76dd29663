"""On the terminal the answer comes first: remarks are counted before it and told after it."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from footprint.cli import answered, main

pytestmark = pytest.mark.slow

REMARK = "Incidents left out, of a kind that is not counted"
INVENTED = "Data are invented, wholly or in part"


@pytest.fixture(scope="module")
def printed():
    """Return what a review of the bundled case prints."""
    return CliRunner().invoke(main.app, ["review", "--month", "8"]).stdout


def test_remarks_are_told_after_the_answer(printed):
    assert (
        printed.index("Share of demand")
        < printed.index("Remarks on data and method:")
        < printed.index(REMARK)
    )


def test_a_line_before_the_answer_counts_the_remarks(printed):
    head, _, answer = printed.partition("Share of demand")
    told = answer.partition("Remarks on data and method:")[2]
    count = told.count("\n! ") - 3
    assert f"{count} remarks on data and method: after the answer." in head


def test_that_data_are_invented_is_said_before_the_answer(printed):
    assert printed.index(INVENTED) < printed.index("Share of demand")
    assert printed.count(INVENTED) == 1


def test_what_holds_for_every_result_is_said_last(printed):
    assert printed.index(REMARK) < printed.index("never that anyone is protected")


def test_every_command_prints_its_remarks_in_this_one_way():
    own = Path(answered.__file__)
    others = [
        path.name for path in own.parent.glob("*.py") if "notes.limits" in path.read_text(encoding="utf-8")
    ]
    assert others == [own.name]
