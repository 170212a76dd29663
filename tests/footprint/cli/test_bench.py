"""The public benchmark door: `footprint bench cover` and `footprint bench median`."""

from __future__ import annotations

import io
import json
import math
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from footprint.cli import main as cli
from footprint.cli.bench_table import show_siting
from footprint.documents.schema import DocumentName
from footprint.documents.siting import siting_document
from footprint.language import Language
from footprint.siting.answer import Bracket, SitingAnswer, SitingProblem, settled
from footprint.siting.reading import read_siting
from footprint.siting.solving import Effort
from tests.footprint.documents.validate import faults

ROOT = Path(__file__).resolve().parents[3]
LINE = "5 4 1\n1 2 10\n2 3 10\n3 4 10\n4 5 10\n"
"""Five places on a road, ten apart; one site."""


@pytest.fixture
def run(tmp_path):
    """Run a bench command on a text."""

    def of(text, *words):
        path = tmp_path / "line.txt"
        path.write_text(text, encoding="utf-8")
        command, *options = words
        return CliRunner().invoke(cli.app, ["bench", command, str(path), *options])

    return of


def document(result):
    assert result.exit_code == 0, result.output
    content = json.loads(result.stdout)
    assert faults(content, DocumentName.BENCH) == []
    return content


def test_a_median_is_printed_with_objective_bound_gap_time_and_sites(run):
    result = run(LINE, "median")
    assert result.exit_code == 0
    for words in ("optimal", "Objective", "60", "Bound", "Gap", "0.0000", "Time", "Sites: 3"):
        assert words in result.stdout


def test_all_is_said_in_french(run):
    result = run(LINE, "median", "--lang", "fr")
    for words in ("p-médiane", "Objectif", "Borne", "Écart", "Temps", "optimal : rien n’est meilleur"):
        assert words in result.stdout.replace("\xa0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("words", "problem", "objective"),
    [
        (["median"], "p_median", 60),
        (["median", "--p", "2"], "p_median", 30),
        (["median", "--centre"], "p_centre", 20),
        (["cover", "--radius", "10"], "maximal_cover", 3),
        (["cover", "--radius", "10", "--p", "2"], "maximal_cover", 5),
        (["cover", "--radius", "10", "--set"], "set_cover", 2),
    ],
)
def test_each_problem_has_a_document_as_its_schema_says(run, words, problem, objective):
    content = document(run(LINE, *words, "--json"))
    assert (content["problem"], content["objective"], content["bound"]) == (problem, objective, objective)
    assert (content["status"], content["gap"], content["n_demand"]) == ("optimal", 0, 5)


def test_what_cannot_be_is_null_with_its_reason(run):
    content = document(run("4 2 1\n1 2 5\n3 4 5\n", "median", "--json"))
    assert (content["status"], content["objective"], content["gap"]) == ("infeasible", None, None)
    assert content["reasons"]["objective"] == "no choice of sites serves all demand"


def test_points_that_no_site_covers_are_named(run):
    content = document(run("id,x,y,site\na,0,0,1\nb,9,9,0\n", "cover", "--radius", "1", "--json"))
    assert (content["status"], content["unserved"]) == ("infeasible", ["b"])


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "line.txt, line 2: a length is negative. Mend that length."),
        ("fr", "line.txt, ligne 2: une longueur est négative. Corrigez cette longueur."),
    ],
)
def test_a_bad_file_is_one_message_and_exit_code_1(run, lang, words):
    result = run("2 1 1\n1 2 -5\n", "median", "--lang", lang)
    assert result.exit_code == 1
    assert words in result.stderr.replace("\xa0", " ").replace(" :", ":")


def test_a_radius_that_is_wanting_is_asked_for(run):
    result = run(LINE, "cover")
    assert result.exit_code == 1
    assert "--radius" in result.stderr


def test_a_set_and_a_number_of_sites_are_wrong_usage(run):
    assert run(LINE, "cover", "--radius", "1", "--set", "--p", "2").exit_code == 2


@pytest.mark.slow
def test_nothing_but_the_document_reaches_standard_output(tmp_path):
    path = tmp_path / "board.csv"
    rows = [f"{x},{y}" for x in range(5) for y in range(5)]
    path.write_text("x,y\n" + "\n".join(rows) + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "footprint", "bench", "cover", str(path), "--radius", "1", "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["objective"] == 7


@pytest.mark.parametrize(
    ("objective", "bound", "words"),
    [
        (60.0, 50.0, "time out: the best found so far, with its gap"),
        (60.0, math.nan, "time out: the best found so far; how much better any could be is not known"),
        (math.nan, 50.0, "time out: no choice that serves all demand was found"),
        (math.nan, math.nan, "time out: nothing was found and nothing proved"),
    ],
)
def test_a_search_that_ran_out_of_time_says_what_it_found_and_no_more(tmp_path, objective, bound, words):
    path = tmp_path / "line.txt"
    path.write_text(LINE, encoding="utf-8")
    world, effort = read_siting(path), Effort()
    bracket = Bracket(objective=objective, bound=bound, chosen=(2,) if objective > 0 else ())
    found = SitingAnswer(
        problem=SitingProblem.P_MEDIAN,
        status=settled(bracket, 0.0),
        bracket=bracket,
        allowed=1,
        rows=5,
        seconds=60.0,
    )
    screen = Console(file=io.StringIO(), width=120)
    show_siting(screen, siting_document(world, found, effort, radius=None), (), Language("en"))
    assert words in screen.file.getvalue()
