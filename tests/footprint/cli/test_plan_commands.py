"""Plans on the command line: into a store, listed, shown and out again, in both languages."""

from __future__ import annotations

import json
import re

import pytest
from typer.testing import CliRunner

from footprint.cli import main as cli
from footprint.workshop import Store, dumps, load
from tests.footprint.workshop.conftest import TEAM, plan


@pytest.fixture
def run(tmp_path):
    def words(*given):
        return CliRunner().invoke(cli.app, ["plan", *map(str, given), "--store", str(tmp_path / "x.store")])

    return words


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "north.json"
    path.write_bytes(dumps(plan("North", *TEAM, office="Koro", numbers=(("travel.convoy_cap_kmh", 30.0),))))
    return path


def imported(run, file, *more):
    result = run("import", file, *more)
    assert result.exit_code == 0, result.output
    return re.search(r"\((\w{8})\)", result.stdout)[1]


@pytest.mark.slow
def test_a_plan_goes_in_and_comes_out_as_it_was(run, file, tmp_path):
    own = imported(run, file)
    out = tmp_path / "out.json"
    result = run("export", own, out)
    assert result.exit_code == 0, result.output
    assert "confidential" in result.stdout
    assert load(out) == load(file)
    assert run("export", own, out).exit_code == 1
    assert run("export", own, out, "--replace").exit_code == 0


def test_a_new_desk_tells_its_token_once(run, file, tmp_path):
    token = re.search(r"nowhere: (\S+)", run("import", file).stdout)[1]
    with Store(tmp_path / "x.store") as store:
        assert [row.plan.name for row in store.desk(store.enter(token)).plans] == ["North"]
    assert token not in run("list").stdout


def test_desks_and_plans_are_listed_and_shown_in_both_languages(run, file):
    own = imported(run, file)
    imported(run, file, "--desk", 1)
    english, french = run("list").stdout, run("list", "--lang", "fr").stdout
    for word in ("Desk 1, area square, 2 acts", "Do nothing", "North (2)", own, "Koro", "Own numbers"):
        assert word in english
    for word in ("Table 1, zone square, 2 actes", "Ne rien faire", "North (2)", "Bureau", "Chiffres propres"):
        assert word in french
    shown = run("show", own).stdout
    assert "OpenSite: site_id koro" in shown
    assert "travel.convoy_cap_kmh is 30" in shown
    assert "Équipe <b>1</b>" in shown
    assert "vaut 30" in run("show", own, "--lang", "fr").stdout


def test_what_cannot_be_done_is_said_in_the_readers_language(run, file, tmp_path):
    assert "il n’y a pas de registre ici" in run("list", "--lang", "fr").stderr
    imported(run, file)
    bad = tmp_path / "bad.json"
    bad.write_text(
        json.dumps(
            json.loads(file.read_text(encoding="utf-8")) | {"changes": [{"change": "Fly"}], "name": ""}
        )
    )
    english, french = run("import", bad), run("import", bad, "--lang", "fr")
    assert (english.exit_code, french.exit_code) == (1, 1)
    assert "bad.json, field changes[1]: 'Fly' is no kind of change." in english.stderr
    assert "bad.json, field name: The name is empty." in english.stderr
    assert "bad.json, champ changes[1]" in french.stderr
    assert "2" not in run("list").stdout.split("Desk")[0]
    assert "There is 1 desk here, not 2" in run("import", file, "--desk", 2).stderr
    assert "Il n’y a pas de plan 'zz'" in run("show", "zz", "--lang", "fr").stderr
    assert run("export", "zz", tmp_path / "o.json").exit_code == 1


def test_a_file_that_cannot_be_written_is_said(run, file, tmp_path):
    own = imported(run, file)
    assert "cannot be written" in run("export", own, tmp_path / "none" / "o.json").stderr
    assert not list(tmp_path.glob(".*"))
