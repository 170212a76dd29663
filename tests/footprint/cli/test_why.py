"""`footprint why` on the bundled case: what it prints, its document, and what it says when it cannot."""

from __future__ import annotations

import csv
import json
import re

import pytest
from typer.testing import CliRunner

from footprint.cli import common
from footprint.cli import main as cli
from footprint.documents.json import to_json
from footprint.documents.place import place_document
from footprint.documents.schema import DocumentName
from footprint.place.closing import closings
from footprint.place.explain import explain
from footprint.place.finding import at_cell
from footprint.review import review
from footprint.scenario import AddAssets, CloseSite, Scenario, dumps
from tests.footprint.documents.validate import faults
from tests.worlds import (
    BUNDLED,
    bundled_area,
    bundled_prepared,
    make_area,
    make_assets,
    make_basis,
    make_sites,
)

pytestmark = pytest.mark.slow


@pytest.fixture
def run(monkeypatch):
    """Run a command on the bundled case, loaded once."""
    monkeypatch.setattr(common, "load_prepared", lambda _folder, _step: bundled_prepared())
    return lambda *words: CliRunner().invoke(cli.app, [str(word) for word in words])


def document(result):
    assert result.exit_code == 0, result.output
    content = json.loads(result.stdout, parse_constant=pytest.fail)
    assert faults(content, DocumentName.WHY) == []
    return content


def nulls_without_reason(part):
    """Yield numbers that are null without a reason, wherever rows give reasons."""
    if isinstance(part, list):
        for each in part:
            yield from nulls_without_reason(each)
    elif isinstance(part, dict):
        for name, value in part.items():
            if name in NUMBERS and value is None and name not in part.get("reasons", {}):
                yield name
            yield from nulls_without_reason(value)


NUMBERS = {"level", "ground", "air", "months_reached", "chance", "minutes", "limit_min", "straight_km"}
NUMBERS |= {"people", "town_km"}


def test_it_says_who_could_come_what_is_weakest_and_what_would_close_it(run):
    result = run("why", "Youwarou", "--month", "10")
    assert result.exit_code == 0, result.output
    printed = " ".join(result.stdout.split())
    for said in (
        "Youwarou",
        "October",
        "People in this cell",
        "troops could be there",
        "from Tombouctou, by air",
        "Tier II: physical protection: 0",
        "Weakest link:",
        "water bars the way from Mopti",
        "To close it: 1 × Community liaison assistants at a new site here would do",
        "Data are invented",
        "not that anyone is protected",
    ):
        assert said in printed, said
    assert max(len(line) for line in result.stdout.splitlines()) <= 100


def test_no_month_is_the_first_of_the_area(run):
    assert document(run("why", "Gao", "--json"))["month"] == bundled_area().start_month


def test_the_document_has_units_reasons_and_changes_that_can_be_applied(run):
    said = document(run("why", BUNDLED, "Youwarou", "--month", "10", "--json"))
    assert said["kind"] == "footprint-why"
    assert said["place"]["named"] == "town"
    assert said["force"]["means"][0]["by"] == "air"
    assert list(nulls_without_reason(said["tiers"])) == []
    assert list(nulls_without_reason(said["force"])) == []
    assert said["force"]["closing"] == {"addition": None, "package": None, "open": "reached", "lacking": []}
    assert sum(link["weakest"] for tier in said["tiers"] for link in tier["links"]) == len(said["tiers"])
    opened, added = said["tiers"][0]["closing"]["addition"]["changes"]
    assert opened["change"] == "OpenSite"
    assert added["change"] == "AddAssets"


def test_it_asks_under_a_scenario(run, tmp_path):
    path = tmp_path / "plan.json"
    plan = Scenario("Plan", (CloseSite("diabaly"), AddAssets("mopti", "helicopter")))
    path.write_text(dumps(plan, area=bundled_area(), provenance={}), encoding="utf-8")
    before = document(run("why", "Diabaly", "--json"))
    after = document(run("why", "Diabaly", "--scenario", path, "--json"))
    assert after["force"]["level"] < before["force"]["level"]
    assert after["scenario"]["name"] == "Plan"
    assert "diabaly" not in {means["from_site"] for means in after["force"]["means"]}


@pytest.mark.parametrize(
    "place", ["14.07, -3.52", "14,07 ; -3,52", "14°04'12\"N 3°31'12\"O", "3°31'12\"W 14°04'12\"N"]
)
def test_coordinates_however_written_are_one_place(run, place):
    said = document(run("why", place, "--json"))["place"]
    assert (said["lat"], said["lon"]) == pytest.approx((14.07, -3.52), abs=1e-4)
    assert said["name"] == ""


def test_what_would_bring_troops_is_said_and_can_be_applied(run):
    words = ("why", "Bankass", "--month", "8", "--from", "gao")
    printed = " ".join(run(*words).output.split())
    force = printed[printed.index("Force: troops") : printed.index("Tier I:")]
    assert "To close it: 1 × Utility helicopter more at Mopti/Sévaré would do" in force
    assert "Taken from Gao: Force of the whole area -" in force
    said = document(run(*words, "--json"))["force"]
    addition = said["closing"]["addition"]
    assert said["level"] < 0.3 <= addition["level"]
    assert [change["change"] for change in addition["changes"]] == ["RemoveAssets", "AddAssets"]
    assert addition["donor"]["force"] < 0


def test_a_donor_is_asked_and_what_it_costs_is_said(run):
    words = ("why", "Bandiagara", "--month", "2", "--from", "gao")
    printed = " ".join(run(*words).output.split())
    assert re.search(r"Taken from Gao: Force of the whole area -", printed)
    donor = document(run(*words, "--json"))["tiers"][0]["closing"]["addition"]["donor"]
    assert donor["from_site"] == "gao"
    assert donor["force"] < 0
    assert run("why", "Gao", "--from", "nowhere").exit_code == 1


def test_it_speaks_french(run):
    printed = " ".join(run("why", "Youwarou", "--month", "10", "--lang", "fr").output.split())
    for said in ("octobre", "Maillon faible", "Pour y remédier", "l’eau barre le chemin"):
        assert said in printed
    refused = run("why", "Kor", "--lang", "fr")
    assert refused.exit_code == 1
    assert "peut désigner" in refused.stderr


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("Kor", "Koro (koro, Koro)"),
        ("Xyz", "no town, unit or site called 'Xyz'"),
        ("48.85, 2.35", "outside the area; latitude comes first"),
        ("14,07", "write latitude, then longitude"),
    ],
)
def test_what_is_no_one_place_gets_a_plain_message(run, place, said):
    result = run("why", place)
    assert result.exit_code == 1
    assert said in result.stderr


@pytest.mark.parametrize("words", [[], ["Gao", "--month", "13"], [BUNDLED, "Gao", "more"]])
def test_badly_asked_is_wrong_usage(run, words):
    assert run("why", *words).exit_code == 2


def test_no_sensitive_place_is_named_or_found(run):
    with (BUNDLED / bundled_area().sensitive_file).open(encoding="utf-8") as file:
        own = [row["place_id"] for row in csv.DictReader(file)]
    assert own
    printed = run("why", "Gao", "--json").output
    assert not [each for each in own if f'"{each}"' in printed]
    assert run("why", own[0]).exit_code == 1


def test_not_known_is_null_with_its_reason():
    area = make_area(
        sites=make_sites({"base": (2.5, 22.5)}), assets=make_assets({"base": {"engineer_company": 1}})
    )
    prepared = make_basis(area)
    router = prepared.router()
    result = review(prepared, Scenario("today"), router)
    place = explain(prepared, router, result, at_cell(prepared, 0), 1)
    would = closings(prepared, router, result, place)
    content = json.loads(to_json(place_document(prepared, result, place, would, ((), ()))))
    assert faults(content, DocumentName.WHY) == []
    assert [tier["level"] for tier in content["tiers"]] == [None] * 3
    assert content["force"]["level"] is None
    assert "not known" in content["force"]["reasons"]["level"]
    assert list(nulls_without_reason(content)) == []
    assert all(found.open == "not_known" for found in would[1:])
