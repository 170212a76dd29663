"""The bundled case: a proposal for Koro and one for Bankass, at the terminal and as a document."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from footprint.cli import main as cli
from footprint.cli import proposal as commands
from footprint.documents.schema import DocumentName
from footprint.indicators.units import Level
from footprint.proposals.checks import cases_of, check
from footprint.proposals.consequences import unit_of
from footprint.proposals.form import Proposal
from footprint.proposals.reading import load_proposal
from footprint.proposals.scenarios import scenario_of
from footprint.scenario import AddAssets, OpenSite, RemoveAssets
from tests.footprint.documents.validate import faults
from tests.worlds import BUNDLED, bundled_prepared, router_of

pytestmark = pytest.mark.slow

FILES = Path(__file__).parent / "files"
KORO, BANKASS = FILES / "koro.toml", FILES / "bankass.toml"


@pytest.fixture
def run(monkeypatch, tmp_path):
    """Run a command on the bundled case, loaded once, with a log of its own."""
    monkeypatch.setattr(commands, "load_prepared", lambda _folder, _step: bundled_prepared())
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    return lambda *words: CliRunner().invoke(cli.app, ["proposal", *(str(word) for word in words)])


@pytest.fixture(scope="module")
def checked():
    prepared = bundled_prepared()
    cases = cases_of(prepared, router_of(prepared), [load_proposal(KORO), load_proposal(BANKASS)])
    return [check(each, cases) for each in cases]


def test_koro_is_a_company_liaison_and_civil_affairs_from_named_donors():
    changes = scenario_of(load_proposal(KORO), bundled_prepared().method).changes
    assert changes[0] == RemoveAssets("mopti", "infantry_company", 1)
    assert changes[2] == RemoveAssets("douentza", "civil_affairs_team", 1)
    assert isinstance(changes[3], OpenSite)
    assert changes[4:] == (
        AddAssets("proposal-1", "infantry_company", 1),
        AddAssets("proposal-1", "community_liaison", 1),
        AddAssets("proposal-1", "civil_affairs_team", 1),
    )


def gain(found, name, column):
    rows = found.changes[(found.changes["level"] == Level.DISTRICT) & (found.changes["name"] == name)]
    return rows.sort_values("month")[column].to_numpy()


def test_koro_gains_and_the_donors_cercles_lose(checked):
    found = checked[0].case.outcome
    assert (gain(found, "Koro", "FF") > 0.05).all()
    assert (gain(found, "Koro", "B1") > 0).all()
    assert (gain(found, "Mopti", "FF") < -0.01).all()
    assert [each.site_id for each in found.donors] == ["mopti", "douentza"]
    douentza = found.donors[1]
    own = douentza.losses[douentza.losses["unit_id"] == douentza.home]
    assert len(own) == 12
    assert (own["B1"] < 0).all()
    assert unit_of(bundled_prepared(), found.post) == next(
        unit_id for unit_id, name in bundled_prepared().area.districts["name"].items() if name == "Koro"
    )


def test_bankass_changes_its_own_cercle_in_its_months_alone(checked):
    own = gain(checked[1].case.outcome, "Bankass", "FF")
    assert (own[[0, 9, 10, 11]] > 0.1).all()
    assert abs(own[1:9]).max() < 0.001


def test_surgery_is_far_from_koro(checked):
    gates = {each.code for each in checked[0].checks if each.severity == "gate"}
    assert "casevac_late" in gates
    assert checked[0].may_go_on


def test_the_terminal_prints_checks_gains_losses_and_donors(run):
    result = run("check", BUNDLED, KORO, BANKASS)
    assert result.exit_code == 0, result.output
    for said in (
        "1. Koro (Mopti regional office): nothing blocks it",
        "2. Bankass (Ségou regional office)",
        "To be signed",
        "chief medical officer",
        "Mopti/Sévaré gives up 1 × Infantry company and 1 × Community liaison assistants.",
        "gain or loss of each cercle by month",
        "Sensitive places within 1 km",
        "could be reached",
    ):
        assert said in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 100


def test_the_terminal_speaks_french(run):
    result = run("check", BUNDLED, KORO, "--lang", "fr")
    assert result.exit_code == 0, result.output
    for english in ("To be signed", "Signature: chief", "gives up", "Objective", "Sensitive"):
        assert english not in result.stdout
    assert "À signer" in result.stdout
    assert "cercle" in result.stdout


def test_the_document_is_as_its_schema_says(run):
    result = run("check", BUNDLED, KORO, BANKASS, "--json")
    assert result.exit_code == 0, result.output
    content = json.loads(result.stdout)
    assert faults(content, DocumentName.PROPOSAL_CHECK) == []
    koro = content["proposals"][0]
    assert (koro["lon"], koro["lat"]) == (-3.08, 14.06)
    assert {row["name"] for row in koro["gains"]} >= {"Koro", "Bankass"}
    assert {row["name"] for row in koro["losses"]} >= {"Mopti", "Douentza"}
    assert [each["site_id"] for each in koro["donors"]] == ["mopti", "douentza"]
    assert {each["severity"] for each in koro["checks"]} == {"gate", "info"}


def test_sensitive_places_are_in_no_document_and_cost_nothing_there(run, tmp_path):
    result = run("check", BUNDLED, KORO, "--json")
    assert "sensitive_near" not in result.stdout
    assert not list(tmp_path.rglob("inquiries.jsonl"))


@pytest.mark.parametrize(
    ("precision", "place"), [("public", (-3.1, 14.1)), ("strict", (None, None)), ("", (None, None))]
)
def test_the_place_leaves_as_precisely_as_the_form_says(run, tmp_path, precision, place):
    file = tmp_path / "koro.toml"
    text = KORO.read_text(encoding="utf-8").replace('precision = "internal"', f'precision = "{precision}"')
    file.write_text(text, encoding="utf-8")
    content = json.loads(run("check", BUNDLED, file, "--json").stdout)
    assert faults(content, DocumentName.PROPOSAL_CHECK) == []
    own = content["proposals"][0]
    assert (own["lon"], own["lat"]) == place
    assert ("lon" in own["reasons"]) == (place[0] is None)
    assert "-3.08" not in json.dumps(content["proposals"])


def test_a_blocked_proposal_says_why_and_ends_with_one(run, tmp_path):
    result = run("new", tmp_path / "form.toml", "--lang", "fr")
    assert result.exit_code == 0, result.output
    blocked = run("check", BUNDLED, tmp_path / "form.toml")
    assert blocked.exit_code == 1
    assert "It is not said what is proposed." in blocked.stdout
    document = json.loads(run("check", BUNDLED, tmp_path / "form.toml", "--json").stdout)
    assert faults(document, DocumentName.PROPOSAL_CHECK) == []
    assert document["proposals"][0]["reckoned"] is False


def test_a_new_form_replaces_no_file(run, tmp_path):
    run("new", tmp_path / "form.toml")
    (tmp_path / "form.toml").write_text("mine", encoding="utf-8")
    again = run("new", tmp_path / "form.toml")
    assert again.exit_code == 1
    assert "is there already" in again.stderr
    assert (tmp_path / "form.toml").read_text(encoding="utf-8") == "mine"
    nowhere = run("new", tmp_path / "no" / "form.toml")
    assert nowhere.exit_code == 1
    assert "cannot be written" in nowhere.stderr


def test_a_new_form_names_its_area(run, tmp_path):
    assert run("new", tmp_path / "form.toml", "--area", BUNDLED).exit_code == 0
    drawn_on = load_proposal(tmp_path / "form.toml").provenance
    assert drawn_on.area_id == "mali"
    assert drawn_on.area_digest == bundled_prepared().area.digest
    assert load_proposal(tmp_path / "form.toml").what == Proposal().what


def test_faults_of_all_files_are_said_in_the_readers_language(run, tmp_path):
    (tmp_path / "a.toml").write_bytes(b"%PDF-1.4")
    (tmp_path / "b.toml").write_text(KORO.read_text(encoding="utf-8").replace('tier = "I"', 'tier = "5"'))
    result = run("check", BUNDLED, tmp_path / "a.toml", tmp_path / "b.toml", "--lang", "fr")
    assert result.exit_code == 1
    assert "a.toml" in result.stderr
    assert "un PDF" in result.stderr
    assert "why.tier" in result.stderr
