"""What the commands on releases print, and their documents."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
import typer
from typer.testing import CliRunner

from footprint.cli.brief_audit import audit
from footprint.cli.brief_verify import verify
from footprint.disclosure import Precision, local_secret
from footprint.documents.schema import DocumentName
from footprint.releases.counts import AREA, CountOf, IncidentCount, unit
from footprint.releases.log import ReleaseLog
from footprint.releases.plans_left import plans_left
from footprint.releases.profiles import incident_cells
from footprint.releases.seal import MadeFile, begin, seal
from footprint.releases.suppress import small_counts
from footprint.scenario import CloseSite, Scenario
from tests.footprint.documents.validate import faults
from tests.footprint.releases.kits import CLEARED, NOW, PROVENANCE, released, run_of
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


def sealed_as(log, precision, scenario, number="MAP-7", revision=1):
    own = replace(PROVENANCE, scenario_id=scenario.scenario_id)
    if precision in (Precision.STRICT, Precision.PUBLIC):
        own = own.keyed(local_secret(log.keys))
    terms = replace(CLEARED, precision=precision)
    run = run_of(terms, provenance=own, number=number, revision=revision)
    reserved = begin(log, run, ["map.html"], NOW)
    seal(log, reserved, {"map.html": MadeFile(b"a", "text/html")}, NOW)


KORO, DIABALY = (Scenario(name, (CloseSite(name),)) for name in ("koro", "diabaly"))


@pytest.mark.parametrize(
    ("profiles", "finest", "pairs"),
    [
        ([Precision.STRICT, Precision.PUBLIC], Precision.PUBLIC, 0),
        ([Precision.INTERNAL, Precision.STRICT, Precision.PUBLIC], Precision.INTERNAL, 2),
        ([Precision.RESTRICTED, Precision.STRICT], Precision.RESTRICTED, 0),
    ],
)
def test_releases_of_one_plan_are_held_together_whether_keyed_or_not(log, profiles, finest, pairs):
    for each in profiles:
        sealed_as(log, each, KORO)
    (plan,) = plans_left(log.examine().contents, "mali", local_secret(log.keys))
    assert (plan.finest, plan.narrowing_pairs, plan.profiles) == (finest, pairs, tuple(profiles))
    assert plan.numbers == ("MAP-7 (1)",)


def test_another_plan_todays_sites_and_what_never_left_are_not_held_to_it(log):
    sealed_as(log, Precision.INTERNAL, KORO)
    sealed_as(log, Precision.STRICT, DIABALY, number="MAP-8")
    sealed_as(log, Precision.STRICT, Scenario("today"), number="MAP-9")
    begin(log, run_of(CLEARED, provenance=replace(PROVENANCE, scenario_id="e" * 12)), ["map.html"], NOW)
    plans = plans_left(log.examine().contents, "mali", local_secret(log.keys))
    assert [each.numbers for each in plans] == [("MAP-7 (1)",), ("MAP-8 (1)",)]
    assert [each.narrowing_pairs for each in plans] == [0, 0]
    assert plans_left(log.examine().contents, "elsewhere", b"") == ()


@pytest.mark.slow
def test_the_audit_says_how_exactly_sites_of_plans_are_known_and_what_it_cannot_know(log):
    assert "No plan was released" in run("audit", BUNDLED)
    for each in (Precision.INTERNAL, Precision.PUBLIC):
        sealed_as(log, each, KORO)
    words = " ".join(run("audit", BUNDLED).split())
    assert (
        "Sites of the plan released as MAP-7 (1): known to the square of about one kilometre; where" in words
    )
    assert "1 pair of releases" in words
    assert "The log holds no places" in words
    document = json.loads(run("audit", BUNDLED, "--json"))
    assert faults(document, DocumentName.RELEASE_AUDIT) == []
    assert [(row["finest"], row["releases"]) for row in document["plans"]] == [("internal", 2)]


@pytest.mark.slow
def test_the_audit_finds_what_somebody_told_without_asking():
    area = area_with({("nw", 2018): 9, ("ne", 2018): 1})
    careless = [
        IncidentCount(CountOf(AREA, 2018, 2018), 10),
        IncidentCount(CountOf(unit("nw"), 2018, 2018), 9),
    ]
    bounds = {each.of.place: each for each in small_counts(area, careless)}
    assert (bounds[unit("ne")].least, bounds[unit("ne")].most, bounds[unit("ne")].is_open) == (0, 1, False)
    assert small_counts(area, []) == ()
