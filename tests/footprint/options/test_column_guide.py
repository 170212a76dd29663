"""The guide to the table of choices says of every column and word what the reader takes, and no other."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from footprint.cli import main
from footprint.language import Language
from footprint.method import default_method
from footprint.options.choices import Act, Allowed, CostSource
from footprint.options.column_guide import column_guide
from footprint.options.table import COLUMNS, read_rows
from tests.footprint.options.guide_page import PAGES, page

GUIDE = column_guide(default_method())
NAMES = [[row.name for row in table.rows] for table in GUIDE]


def test_every_column_of_the_reader_is_in_the_guide_in_its_order():
    assert NAMES[0] == list(COLUMNS)


@pytest.mark.parametrize(("number", "words"), [(1, Act), (2, Allowed), (3, CostSource)])
def test_every_word_of_the_reader_is_in_the_guide(number, words):
    assert NAMES[number] == list(words)


def test_every_kind_of_asset_and_every_package_of_the_method_is_in_the_guide():
    assert NAMES[4:] == [list(default_method().assets), list(default_method().packages)]


def test_the_examples_together_are_a_row_that_the_reader_takes():
    row = {each.name: each.example for each in GUIDE[0].rows}
    (choice,) = read_rows([row], {}, default_method().assets)
    assert (choice.place, choice.posts, choice.lon, dict(choice.assets)["fpu_platoon"]) == (
        "SITE_12",
        12,
        -3.52,
        2,
    )


@pytest.mark.parametrize("code", ["en", "fr"])
def test_the_pages_of_the_documentation_are_the_guide(code):
    assert PAGES[code].read_text(encoding="utf-8") == page(Language(code))


@pytest.mark.parametrize("code", ["en", "fr"])
def test_the_command_prints_the_guide_and_reads_no_area(code):
    result = CliRunner().invoke(main.app, ["options", "no-such-folder", "--columns", "--lang", code])
    assert result.exit_code == 0
    for names in NAMES:
        assert all(name in result.stdout for name in names)
    assert Language(code).text(GUIDE[2].rows[1].meaning)[:30] in result.stdout
