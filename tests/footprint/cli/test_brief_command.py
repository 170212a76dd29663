"""The command `brief`: a set made, logged, written whole, told again by its codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from footprint.cli.main import app
from footprint.disclosure import Precision
from footprint.scenario.files import dumps
from tests.footprint.briefing.briefs import KORO
from tests.worlds import bundled_area, bundled_prepared

pytestmark = pytest.mark.slow

TERMS = ("--purpose", "Regional briefing", "--audience", "Governor", "--releaser", "Head of office")
SET = (
    *TERMS,
    "--marking",
    "confidential",
    "--precision",
    "internal",
    "--number",
    "MLI-7",
    "--product",
    "sheet",
)


@pytest.fixture(autouse=True)
def own_folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep keys and log of a test to itself."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    # Made ready once for all of them.
    monkeypatch.setattr("footprint.cli.brief.load_prepared", lambda *_: bundled_prepared())


def ran(*words: str) -> Result:
    return CliRunner().invoke(app, ["brief", *words])


def small(out: Path, *words: str) -> Result:
    return ran("--region", "mopti", "--lang", "fr", "--format", "svg", *SET, "--out", str(out), *words)


def test_a_set_is_written_logged_and_told_again(tmp_path: Path):
    plan = tmp_path / "koro.json"
    plan.write_text(dumps(KORO, area=bundled_area(), provenance={}), encoding="utf-8")
    out = tmp_path / "out"
    done = small(out, "--plan", str(plan), "--write-recipe")
    assert done.exit_code == 0, done.output
    (sheet,) = out.glob("fr/MLI-7_r1_Mopti_*_a4-landscape_fr_*.svg")
    others = {"receipt.json", "ro-crate-metadata.json"}
    assert {path.name for path in (out / "fr").iterdir()} == {sheet.name, *others}
    told = ran("verify", str(sheet))
    assert told.exit_code == 0
    assert "Governor" in told.output
    code = next(line.split()[0] for line in done.stdout.splitlines() if line.endswith(".svg"))
    assert ran("verify", code).exit_code == 0
    sheet.write_bytes(sheet.read_bytes().replace(b"<svg", b"<svg ", 1))
    assert ran("verify", str(sheet)).exit_code == 1
    again = ran("--recipe", str(out / "recipe.toml"), "--out", str(tmp_path / "again"))
    assert again.exit_code == 0, again.output
    # The next revision: what left stays as it was.
    following = sheet.name.replace("MLI-7_r1_", "MLI-7_r2_")
    assert [path.name for path in (tmp_path / "again").glob("fr/*.svg")] == [following]


def test_what_was_released_is_not_written_over(tmp_path: Path):
    assert small(tmp_path / "out").exit_code == 0
    second = small(tmp_path / "out")
    assert second.exit_code == 1
    assert "trouve déjà" in second.output
    assert len((tmp_path / "state" / "footprint" / "releases.jsonl").read_text().splitlines()) == 2


def test_everything_that_is_not_said_is_asked_for_at_once(tmp_path: Path):
    done = ran("--region", "mopti", "--out", str(tmp_path))
    assert done.exit_code == 1
    for key in ("purpose", "audience", "releaser", "marking", "precision", "number"):
        assert f"--{key}: " in done.output


def test_cells_do_not_leave_for_the_public(tmp_path: Path):
    done = small(tmp_path / "out", "--view", "divergence", "--precision", Precision.PUBLIC)
    assert done.exit_code == 1
    assert not (tmp_path / "out").exists()


def test_a_code_that_nobody_drew_is_unknown():
    assert ran("verify", "00000-00000-0").exit_code == 1


def test_an_audit_of_nothing_released_holds():
    done = ran("audit", "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["holds"] is True
