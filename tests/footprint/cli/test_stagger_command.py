"""`footprint stagger`: places found or named, a chart of letters, a document, a page."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from footprint.cli import main as cli
from footprint.cli import stagger as command
from footprint.documents.schema import DocumentName
from footprint.options.stagger import mission_by_month
from footprint.scenario import load
from tests.footprint.documents.validate import faults
from tests.worlds import bundled_prepared, review

pytestmark = pytest.mark.slow


@pytest.fixture
def run(monkeypatch):
    """Run `footprint stagger` on the bundled case, loaded once, every month's need alike."""
    monkeypatch.setattr(command, "load_prepared", lambda _folder, _step: bundled_prepared())
    return lambda *words: CliRunner().invoke(cli.app, ["stagger", "--no-calendar", *words])


def test_it_prints_stays_the_chart_and_what_they_add(run):
    result = run("--units", "2", "--places", "Bankass,Koro")
    assert result.exit_code == 0, result.output
    for said in ("2 mobile units raise", "gap 0", "Bankass", "Koro", "At places", "MF with, %"):
        assert said in result.stdout
    assert "Data are invented" in result.stdout
    assert max(len(line) for line in result.stdout.splitlines()) <= 100


def test_coordinates_with_a_comma_are_one_place(run):
    content = json.loads(run("--units", "1", "--places", "Koro, 14.07, -3.52", "--json").stdout)
    assert [(row["name"]) for row in content["places"]] == ["Koro", "14.07, -3.52"]


def test_that_no_calendar_is_followed_is_said_with_the_figures(run):
    words = " ".join(run("--units", "1", "--places", "Bankass").stdout.split())
    assert "Every month’s threat is alike here, as in `footprint compare`." in words


def test_that_the_calendar_is_followed_and_compare_does_not_is_said(run, monkeypatch):
    followed = replace(bundled_prepared(), calendar_digest="of a calendar")
    monkeypatch.setattr(command, "load_prepared", lambda _folder, _step: followed)
    words = " ".join(run("--units", "1", "--places", "Bankass", "--lang", "fr").stdout.split())
    assert "Le besoin suit ici le calendrier de retour, mais pas dans `footprint compare`" in words


def test_it_speaks_french(run):
    result = run("--units", "1", "--places", "Bankass", "--lang", "fr")
    assert "1 unité mobile fait passer l’empreinte de la Mission" in result.stdout


def test_its_document_is_valid_and_alone_on_standard_output(run):
    result = run("--units", "1", "--places", "3", "--json")
    content = json.loads(result.stdout)
    assert faults(content, DocumentName.STAGGER) == []
    assert len(content["places"]) == 3
    assert content["rules"]["calendar"] is False


def test_it_writes_the_chart_as_a_page(run, tmp_path):
    page = tmp_path / "chart.html"
    result = run("--units", "1", "--places", "Bankass", "--html", str(page))
    assert result.exit_code == 0, result.output
    assert "treat it as confidential" in result.stderr
    assert "Data are invented" in page.read_text(encoding="utf-8")


def test_the_plan_it_writes_is_one_that_loads_and_reviews_to_the_same(run, tmp_path):
    file = tmp_path / "plan.json"
    result = run("--units", "2", "--places", "Bankass,Koro", "--plan", str(file), "--json")
    content = json.loads(result.stdout)
    loaded = load(file, area=bundled_prepared().area)
    assert not loaded.stale
    months = mission_by_month(bundled_prepared(), review(bundled_prepared(), loaded.scenario))
    assert [row["mission_with"] for row in content["months"]] == pytest.approx(months.tolist(), abs=1e-6)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--stay", "long"), "is no span of months"),
        (("--places", "0"), "1 to 60 places can be looked for"),
    ],
)
def test_wrong_usage_is_said(run, words, said):
    result = run("--units", "1", *words)
    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--stay", "6-2"), "a stay lasts 1 to 12 months"),
        (("--package", "fleet"), "there is no package fleet"),
        (("--places", "Atlantis"), "no town, unit or site"),
    ],
)
def test_a_question_that_makes_no_sense_is_said(run, words, said):
    result = run("--units", "1", *words)
    assert result.exit_code == 1
    assert said in result.stderr


def test_need_can_follow_the_calendar_where_that_has_earned_it():
    followed = command._following(bundled_prepared())
    assert followed.calendar_digest
