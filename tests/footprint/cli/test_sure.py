"""The command that says how sure figures are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from footprint.cli import main as cli
from footprint.cli import sure as command
from footprint.documents.schema import DocumentName
from footprint.scenario import CloseSite, Scenario, dumps
from tests.footprint.documents.validate import faults
from tests.worlds import bundled_area, bundled_prepared

pytestmark = pytest.mark.slow


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(command, "load_prepared", lambda _folder, _step: bundled_prepared())
    files = []
    for number, changes in enumerate(((CloseSite("diabaly"),), (CloseSite("ber"),))):
        files.append(tmp_path / f"{number}.json")
        text = dumps(Scenario("Plan", changes), area=bundled_area(), provenance={})
        files[-1].write_text(text, encoding="utf-8")
    asked = [word for file in files for word in ("--scenario", str(file))]
    return lambda *words: CliRunner().invoke(cli.app, ["sure", *asked, *words])


def test_it_prints_pairs_places_and_what_it_hangs_on(run) -> None:
    result = run()
    assert result.exit_code == 0, result.output
    words = " ".join(result.output.split())
    assert "Do nothing is better than Plan in 200 of 200 draws" in words
    assert "Plan (2) is better than Plan in 200 of 200 draws" in words
    assert "Draws in which each plan has each place" in words
    assert "Helicopter notice" in words


def test_it_speaks_french(run) -> None:
    words = " ".join(run("--lang", "fr").output.split())
    assert "Ne rien faire fait mieux que Plan dans 200 tirages sur 200" in words


def test_its_document_is_as_its_schema_says(run) -> None:
    content = json.loads(run("--json").stdout)
    assert faults(content, DocumentName.SURE) == []
    assert [row["plan"] for row in content["plans"]] == ["Do nothing", "Plan", "Plan (2)"]
