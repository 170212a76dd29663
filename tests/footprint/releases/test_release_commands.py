"""What the commands on releases print, and their documents."""

from __future__ import annotations

import json

import pytest
import typer
from typer.testing import CliRunner

from footprint.cli.brief_audit import audit
from footprint.cli.brief_verify import verify
from footprint.disclosure import Precision
from footprint.documents.schema import DocumentName
from footprint.releases.counts import AREA, CountOf, IncidentCount, unit
from footprint.releases.log import ReleaseLog
from footprint.releases.profiles import incident_cells
from footprint.releases.seal import begin
from footprint.releases.suppress import small_counts
from tests.footprint.documents.validate import faults
from tests.footprint.releases.kits import NOW, released, run_of
from tests.footprint.releases.worlds import area_with
from tests.worlds import BUNDLED, bundled_area

app = typer.Typer()
app.command("verify")(verify)
app.command("audit")(audit)


@pytest.fixture
def log(tmp_path, monkeypatch) -> ReleaseLog:
    """Return the log of the user who runs the commands."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return ReleaseLog.of_user()


def run(*words: object, code: int = 0) -> str:
    result = CliRunner().invoke(app, list(map(str, words)))
    assert result.exit_code == code, result.output
    return result.stdout


def test_a_file_that_left_is_told_in_words_and_as_a_document(log, tmp_path):
    files, receipt = released(log, "map.html")
    path = tmp_path / "map.html"
    path.write_bytes(files["map.html"])
    assert "unchanged" in run("verify", path)
    assert "inchangé" in run("verify", path, "--lang", "fr")
    document = json.loads(run("verify", path, "--json"))
    assert faults(document, DocumentName.RELEASE_CHECK) == []
    assert (document["holds"], document["finding"]) == (True, "unchanged")
    (row,) = document["files"]
    assert (row["name"], row["audience"], row["precision"]) == ("map.html", "the governor", "public")
    assert row["sha256"] == document["sha256"]
    assert "1" in run("verify", row["code"].lower())
    (tmp_path / "receipt.json").write_text(receipt.text, encoding="utf-8")
    assert "receipt" in run("verify", tmp_path / "receipt.json")


def test_what_is_wrong_ends_with_exit_code_1(log, tmp_path):
    files, _ = released(log, "map.html")
    path = tmp_path / "map.html"
    path.write_bytes(files["map.html"] + b" ")
    assert "was changed" in run("verify", path, code=1)
    document = json.loads(run("verify", path, "--json", code=1))
    assert faults(document, DocumentName.RELEASE_CHECK) == []
    assert not document["holds"]
    assert "letter is wrong" in run("verify", "00111-ABCDF-B", code=1)
    run("verify", tmp_path / "nothing.html", code=1)


def test_a_log_that_was_changed_is_told_beside_a_file_that_was_not(log, tmp_path):
    files, _ = released(log, "map.html")
    path = tmp_path / "map.html"
    path.write_bytes(files["map.html"])
    kept = log.folder / "releases.jsonl"
    kept.write_bytes(kept.read_bytes().replace(b"the governor", b"the Governor"))
    assert "does not hold" in run("verify", path, code=1)


@pytest.mark.slow
def test_the_audit_prints_what_can_be_worked_out_and_that_it_is_not_enough(log):
    cells = incident_cells(bundled_area(), Precision.STRICT)
    begin(log, run_of(counts=cells.counts), ["map.html"], NOW)
    words = run("audit", BUNDLED)
    assert f"Counts of incidents released: {len(cells.counts)}." in words
    assert "too narrow" not in words
    document = json.loads(run("audit", BUNDLED, "--json"))
    assert faults(document, DocumentName.RELEASE_AUDIT) == []
    assert document["holds"]
    assert all(row["most"] is None or row["most"] - row["least"] >= 3 for row in document["counts"])


def test_the_audit_finds_what_somebody_told_without_asking():
    area = area_with({("nw", 2018): 9, ("ne", 2018): 1})
    careless = [
        IncidentCount(CountOf(AREA, 2018, 2018), 10),
        IncidentCount(CountOf(unit("nw"), 2018, 2018), 9),
    ]
    bounds = {each.of.place: each for each in small_counts(area, careless)}
    assert (bounds[unit("ne")].least, bounds[unit("ne")].most, bounds[unit("ne")].is_open) == (0, 1, False)
    assert small_counts(area, []) == ()
