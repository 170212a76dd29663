"""No name steers the terminal, wherever on it it stands."""

from __future__ import annotations

import pytest
import typer
from rich.table import Table

from footprint.cli.common import refuse
from footprint.cli.tables import console, show_notes

HOSTILE = "Sce\x1b[2Jna\x9brio\u202eoiran\x07[b]"
SHOWN = "Sce[2Jnariooiran[b]"


def table():
    made = Table(title=HOSTILE)
    made.add_column(HOSTILE)
    made.add_row(HOSTILE)
    return made


@pytest.mark.parametrize("words", [HOSTILE, table()], ids=["text", "table"])
@pytest.mark.parametrize("error", [False, True])
def test_names_that_steer_are_printed_without_what_steers(capsys, words, error):
    console(error=error).print(words)
    printed = capsys.readouterr()
    shown = printed.err if error else printed.out
    assert SHOWN.removesuffix("[b]") in shown
    assert not any(mark in shown for mark in "\x1b\x9b\x07\u202e")


def test_notes_too(capsys):
    show_notes(console(), [HOSTILE])
    assert "\x1b" not in capsys.readouterr().out


def test_columns_stay_straight(capsys):
    made = Table()
    made.add_column("name")
    made.add_row(HOSTILE)
    made.add_row("Gao")
    console().print(made)
    lines = capsys.readouterr().out.splitlines()
    assert len({len(line) for line in lines}) == 1


def test_what_is_wrong_is_said_without_what_steers(capsys):
    with pytest.raises(typer.Exit):
        refuse(f"no site {HOSTILE}")
    assert capsys.readouterr().err == f"no site {SHOWN}\n"
