"""The command that searches for plans: in words, as a document, with a table that people edit, and refused."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner

from footprint.cli import main as cli
from footprint.cli import options as command
from footprint.cli.options_table import budget_words
from footprint.documents.layout.options import FrontierRow
from footprint.documents.option_columns import NO_PLAN, NO_TIME
from footprint.documents.schema import DocumentName
from footprint.language import Language
from footprint.options.choices import Act, Allowed, ChoiceSet
from footprint.options.table import COLUMNS, dumps_table
from footprint.scenario import AddAssets, CloseRoad, CloseSite, OpenSite, RemoveAssets, Scenario
from footprint.scenario import dumps as dumps_scenario
from footprint.workshop import dumps as dumps_plan
from footprint.workshop.plans import Baseline, Plan
from tests.footprint.documents.validate import faults
from tests.footprint.options.tiny import KEPT, MIDDLE, NORTH, TABLE, basis, opened, quick, silent

pytestmark = pytest.mark.slow

FAULT, USAGE = 1, 2
FREE = ("--free-assets", "--more-posts", "99", "--more-recurrent", "1e7")
"""No limit but the budget."""


def named(_folder, _step):
    return quick(basis())


def unnamed(_folder, _step):
    return silent()


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    table = tmp_path_factory.mktemp("tiny") / "tiny.csv"
    table.write_text(dumps_table(TABLE), encoding="utf-8")
    return table


@cache
def said_once(table: Path, _load: object, *words: str):
    """Return what the command says on the table that no test edits; the same question is asked once."""
    return said(table, *words)


def said(table: Path | None, *words: str):
    given = ["options", "--seconds", "300", "--alternatives", "2", *words]
    return CliRunner().invoke(cli.app, [*given, *(["--choices", str(table)] if table else [])])


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tiny: Path):
    monkeypatch.setattr(command, "load_prepared", named)

    def asked(*words: object, table: Path | None = tiny):
        if table == tiny and not any(isinstance(word, Path) for word in words):
            return said_once(table, command.load_prepared, *map(str, words))
        return said(table, *map(str, words))

    return asked


def told(result) -> str:
    assert result.exit_code == 0, result.output
    return " ".join(result.output.split())


def document(result) -> dict:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_it_says_how_the_search_ended_and_what_no_plan_exceeds(run) -> None:
    assert "No plan within these limits exceeds" in told(run(*FREE))


def test_it_lists_every_plan_beside_doing_nothing_and_closing(run) -> None:
    words = told(run(*FREE))
    for name in ("Do nothing", "Everything stays as it is.", "Close what is missed least", "Close East"):
        assert name in words
    assert "Best plan found Open Middle: " in words
    assert "It takes, beyond today:" in words


def test_it_holds_the_plans_against_the_criteria(run) -> None:
    words = told(run(*FREE))
    for name in ("Plans by criteria", "Mission, worst season", "One-off cost"):
        assert name in words


def test_it_speaks_french(run) -> None:
    words = told(run(*FREE, "--lang", "fr"))
    for name in ("Ne rien faire", "Fermer East", "Aucun plan", "Ouvrir Middle"):
        assert name in words
    assert "Do nothing" not in words


def test_it_says_that_people_decide(run) -> None:
    assert "people decide" in " ".join(document(run(*FREE, "--json"))["limits"])


def test_its_document_is_as_its_schema_says(run) -> None:
    own = document(run(*FREE, "--one-off", 2e6, "--frontier", "--why-not", "north", "--json"))
    assert faults(own, DocumentName.OPTIONS) == []


def test_its_document_holds_the_question(run) -> None:
    own = document(run(*FREE, "--one-off", 2e6, "--then", "force@area", "--floor", "left=0.01", "--json"))
    assert own["within"]["one_off_usd"] == 2e6
    assert [(goal["priority"], goal["measure"], goal["level"]) for goal in own["aim"]] == [
        (1, "MF", "objective"),
        (2, "FF", "area"),
    ]
    assert [(floor["unit_id"], floor["least"]) for floor in own["within"]["floors"]] == [("left", 0.01)]


def test_a_document_without_a_plan_has_null_with_its_reasons(run) -> None:
    own = document(run(*FREE, "--floor", "left=0.99", "--json"))
    assert (own["status"], own["score"], own["bound"], own["gap"]) == ("none", None, None, None)
    assert own["reasons"]["score"] == "no plan was found that keeps to the limits"
    assert own["reasons"]["bound"] == "no plan keeps to the limits, so there is none"
    assert faults(own, DocumentName.OPTIONS) == []


def test_a_cost_that_nobody_states_is_null_with_its_reason(run, tmp_path: Path) -> None:
    table = tmp_path / "unknown.csv"
    unknown = opened("middle", 27.5, 12.5, one_off_usd=None)
    table.write_text(dumps_table(ChoiceSet((*KEPT, unknown))), encoding="utf-8")
    own = document(run(*FREE, "--one-off", 1e9, "--json", table=table))
    (row,) = own["uncosted"]
    assert row["one_off_usd"] is None
    assert row["reasons"]["one_off_usd"] == "nobody has stated it, which is not nought"
    assert faults(own, DocumentName.OPTIONS) == []


def test_a_choice_left_out_for_want_of_a_cost_is_said(run, tmp_path: Path) -> None:
    table = tmp_path / "unknown.csv"
    unknown = opened("middle", 27.5, 12.5, one_off_usd=None)
    table.write_text(dumps_table(ChoiceSet((*KEPT, unknown))), encoding="utf-8")
    assert (
        "1 choice was left out, whose cost, or that of its site today, nobody has stated: Open Middle"
        in told(run(*FREE, "--one-off", 1e9, table=table))
    )


def test_figures_without_civilian_teams_are_said_to_be_at_least(run, monkeypatch) -> None:
    monkeypatch.setattr(command, "load_prepared", unnamed)
    words = told(run(*FREE))
    assert "Not all is known" in words
    assert "≥" in words


def test_that_no_plan_keeps_to_the_limits_is_said_in_both_languages(run) -> None:
    assert "No plan keeps to these limits." in told(run(*FREE, "--floor", "left=0.99"))
    assert "Aucun plan" in told(run(*FREE, "--floor", "left=0.99", "--lang", "fr"))


def test_what_a_place_would_cost_is_said_in_both_languages(run) -> None:
    asked = (*FREE, "--one-off", 2e6, "--why-not", "North")
    english, french = told(run(*asked)), told(run(*asked, "--lang", "fr"))
    assert "the best plan with it falls short of the best found by" in english.split("Open North: ")[1]
    assert (
        "le meilleur plan avec lui est inférieur au meilleur trouvé de" in french.split("Ouvrir North : ")[1]
    )


def test_what_it_would_take_stands_in_the_document(run) -> None:
    own = document(run(*FREE, "--one-off", 1.5e6, "--why-not", "north", "--json"))
    (order,) = own["forced"]
    assert (order["status"], order["loss_least"]) == ("none", None)
    assert order["takes"] == [{"excess": {"one_off_usd": 500000.0}, "verdict": "enough"}]


def test_what_budgets_bring_is_a_table(run) -> None:
    words = told(run(*FREE, "--one-off", 2e6, "--frontier"))
    assert "What budgets bring" in words
    assert "4,000,000" in words


@pytest.mark.parametrize(("language", "words"), [("en", "no plan"), ("fr", "aucun plan")])
def test_a_budget_within_which_there_is_no_plan_says_so_in_words(run, language: str, words: str) -> None:
    result = run(*FREE, "--one-off", 1e6, "--floor", "left=0.99", "--frontier", "--lang", language)
    (row,) = [line for line in result.stdout.splitlines() if line.split()[:1] == ["0"]]
    assert row.count(words) == 3
    assert "–" not in row


@pytest.mark.parametrize(
    ("bound", "words"), [(0.5, ["none found", "50.00"]), (None, ["none found", "not known"])]
)
def test_a_budget_for_which_none_was_found_in_time_does_not_say_that_there_is_none(bound, words) -> None:
    reasons = {"score": NO_PLAN, "gap": NO_PLAN} | ({} if bound else {"bound": NO_TIME})
    row = FrontierRow(cap=1.0, score=None, bound=bound, gap=None, reasons=reasons)
    assert [budget_words(row, name, Language("en")) for name in ("score", "bound")] == words


def test_why_no_plan_keeps_to_the_limits_stands_in_the_document(run) -> None:
    own = document(run(*FREE, "--floor", "left=0.99", "--json"))
    (floor,) = own["impossible"]["floors"]
    assert (floor["unit_id"], floor["least"], floor["alone"]) == ("left", 0.99, False)
    assert 0 < floor["highest"] <= floor["bound"] < 0.99


def test_the_highest_worst_season_in_reach_is_printed(run) -> None:
    words = told(run(*FREE, "--floor", "left=0.99"))
    assert "the floor is 99.00 %; the highest worst season of any plan within the other limits" in words


def test_fixed_choices_that_contradict_are_named_with_file_and_row(run, tmp_path: Path) -> None:
    table = tmp_path / "koro.csv"
    both = [replace(each, allowed=Allowed.FIXED) for each in (TABLE.choices[-2], NORTH)]
    table.write_text(dumps_table(ChoiceSet((*KEPT, *both))), encoding="utf-8")
    words = told(run(*FREE, "--either", "middle,north", table=table))
    assert "open Middle (fixed; koro.csv, row 4); open North (fixed; koro.csv, row 5)" in words
    assert "koro.csv, ligne 4" in told(run(*FREE, "--either", "middle,north", "--lang", "fr", table=table))


def test_contradictions_stand_in_the_document(run, tmp_path: Path) -> None:
    table = tmp_path / "koro.csv"
    table.write_text(dumps_table(ChoiceSet((*KEPT, replace(NORTH, allowed=Allowed.FIXED)))), encoding="utf-8")
    own = document(run(*FREE, "--one-off", 1e6, "--json", table=table))
    (words,) = own["impossible"]["contradictions"]
    assert "koro.csv, row 4" in words["en"]
    assert "koro.csv, ligne 4" in words["fr"]
    assert faults(own, DocumentName.OPTIONS) == []


def test_budgets_in_the_document_never_fall(run) -> None:
    rows = document(run(*FREE, "--one-off", 2e6, "--frontier", "--json"))["frontier"]
    scores = [row["score"] for row in rows]
    assert (rows[0]["cap"], rows[-1]["cap"]) == (0.0, 4e6)
    assert scores == sorted(scores)


@pytest.fixture
def written(run, tmp_path: Path) -> Path:
    """A suggested table, written to be edited."""
    path = tmp_path / "choices.csv"
    result = run("--places", 1, "--write-table", path, table=None)
    assert result.exit_code == 0, result.output
    assert "treat it as confidential" in " ".join(result.output.split())
    return path


def test_the_table_is_written_for_a_spreadsheet(written: Path) -> None:
    assert written.read_bytes().startswith(b"\xef\xbb\xbf")
    assert next(csv.reader(io.StringIO(written.read_text(encoding="utf-8-sig")))) == list(COLUMNS)


def test_a_table_that_was_written_and_edited_is_searched(run, written: Path) -> None:
    text = written.read_text(encoding="utf-8-sig").replace(",free,", ",forbidden,", 1)
    rows = [line for line in text.splitlines() if ",open," not in line]
    written.write_text("\n".join(rows), encoding="utf-8")
    own = document(run(*FREE, "--json", table=written))
    acts = {choice["act"] for plan in own["plans"] for choice in plan["chosen"]}
    assert acts
    assert "open" not in acts


def test_a_file_that_is_there_is_not_written_over(run, written: Path) -> None:
    before = written.read_bytes()
    result = run("--write-table", written, table=None)
    assert result.exit_code == FAULT
    assert "choices.csv is there already; name another." in result.stderr
    assert "existe déjà" in run("--write-table", written, "--lang", "fr", table=None).stderr
    assert written.read_bytes() == before


def test_a_table_that_cannot_be_written_is_said(run, tmp_path: Path) -> None:
    result = run("--write-table", tmp_path / "none" / "x.csv", table=None)
    assert result.exit_code == FAULT
    assert "x.csv cannot be written" in result.stderr


REFUSED = {
    "speed cannot be raised": (
        ("--aim", "speed"),
        "'speed' cannot be raised; what can: mission, force",
        "'speed'",
    ),
    "no such unit": (("--of", "south"), "there is no 'south'; there are: objectives, area", "'south'"),
    "no such unit of a floor": (("--floor", "south=0.1"), "there is no 'south'", "'south'"),
    "a floor that is no share": (("--floor", "left=5"), "a floor is a number from 0 to 1", "de 0 à 1"),
    "no such place": (("--why-not", "south"), "there is no place 'south'", "'south'"),
    "no such either-or": (("--either", "south,north"), "either-or: there is no place south", "south"),
    "no such kind": (("--more", "tank=1"), "tank", "tank"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_question_about_what_is_not_there_is_refused_in_both_languages(run, case: str) -> None:
    words, english, french = REFUSED[case]
    first, second = run(*FREE, *words), run(*FREE, *words, "--lang", "fr")
    assert (first.exit_code, second.exit_code) == (FAULT, FAULT), first.output
    assert english in first.stderr
    assert french in second.stderr
    assert first.stderr != second.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("--floor", "left"),
        ("--floor", "left=much"),
        ("--mean-share", "2"),
        ("--one-off", "-1"),
        ("--seconds", "0"),
        ("--alternatives", "0"),
        ("--gap", "0.9"),
        ("--mobile", "-1"),
        ("--donor-drop", "7"),
        ("--more", "surgery=x"),
        ("--more-recurrent", "nan"),
        ("--one-off", "nan"),
        ("--measure", "rain"),
        ("--choices", "none.csv"),
    ],
)
def test_words_that_are_no_question_are_refused_as_usage(run, words) -> None:
    assert run(*words, table=None).exit_code == USAGE


def test_a_wrong_number_of_assets_is_said_of_the_option_that_has_it(run) -> None:
    assert "--more" in run("--more", "surgery=x").stderr


@pytest.mark.parametrize("option", ["--one-off", "--more-recurrent"])
def test_inf_is_no_limit(run, option: str) -> None:
    within = document(run(*FREE, option, "inf", "--json"))["within"]
    assert within[option.removeprefix("--").replace("-", "_") + "_usd"] is None


def test_a_table_with_faults_is_refused_with_row_and_column_in_both_languages(run, tmp_path: Path) -> None:
    table = tmp_path / "bad.csv"
    table.write_text("place,act\nwest,fly\n", encoding="utf-8")
    first, second = run(table=table), run("--lang", "fr", table=table)
    assert (first.exit_code, second.exit_code) == (FAULT, FAULT)
    assert "row 2, column act: 'fly' is not one of" in first.stderr
    assert "ligne 2, colonne act" in second.stderr


def test_a_table_that_is_not_utf_8_is_refused_in_both_languages(run, tmp_path: Path) -> None:
    table = tmp_path / "latin.csv"
    table.write_bytes("place,act,office\nwest,close,Ménaka\n".encode("latin-1"))
    first, second = run(table=table), run("--lang", "fr", table=table)
    assert (first.exit_code, second.exit_code) == (FAULT, FAULT)
    assert "latin.csv: its text is not UTF-8" in first.stderr
    assert "latin.csv" in second.stderr
    assert first.stderr != second.stderr


def test_a_choice_that_cannot_be_made_is_refused_by_name(run, tmp_path: Path) -> None:
    table = tmp_path / "thin.csv"
    thin = replace(KEPT[1], act=Act.THIN, assets=(("surgery", -1),))
    table.write_text(dumps_table(ChoiceSet((thin, NORTH))), encoding="utf-8")
    result = run(table=table)
    assert result.exit_code == FAULT
    assert "East" in result.stderr


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A plan of an office that closes east, opens a site and closes a road."""
    where = {"lon": MIDDLE.lon, "lat": MIDDLE.lat}
    changes = (
        CloseSite("east"),
        OpenSite("post", "Post", **where),
        AddAssets("post", "surgery", 1),
        CloseRoad("main"),
    )
    area = basis().area
    own = Plan(Scenario("Koro’s", changes), Baseline(area.area_id, area.digest), office="Koro office")
    file = tmp_path / "koro.plan.json"
    file.write_bytes(dumps_plan(own))
    return file


def test_what_a_plan_changes_becomes_choices_of_its_office(run, plan: Path, tmp_path: Path) -> None:
    table = tmp_path / "all.csv"
    result = run("--plan", plan, "--write-table", table)
    assert result.exit_code == 0, result.output
    rows = list(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8-sig"))))
    own = [(row["place"], row["act"], row["source"]) for row in rows if row["office"] == "Koro office"]
    assert own == [("east", "close", "Koro’s"), ("1-post", "open", "Koro’s")]


def test_what_a_plan_changes_is_searched(run, plan: Path) -> None:
    own = document(run(*FREE, "--plan", plan, "--why-not", "Post", "--json"))
    assert own["forced"][0]["choice"]["office"] == "Koro office"


def test_what_no_row_can_say_of_a_plan_is_said_beside_the_document(run, plan: Path) -> None:
    english, french = run(*FREE, "--plan", plan, "--json"), run(*FREE, "--plan", plan, "--lang", "fr")
    assert "koro.plan.json: 1 of its changes stand in no row of the table" in english.stderr
    assert "ne figurent dans aucune ligne" in french.stderr
    assert document(english)["plans"]


def test_two_plans_may_call_their_sites_alike(run, plan: Path, tmp_path: Path) -> None:
    other, table = tmp_path / "other.json", tmp_path / "all.csv"
    other.write_bytes(plan.read_bytes())
    assert run("--plan", plan, "--plan", other, "--write-table", table).exit_code == 0
    places = [row["place"] for row in csv.DictReader(io.StringIO(table.read_text(encoding="utf-8-sig")))]
    assert {"1-post", "2-post"} <= set(places)


def test_a_scenario_file_is_taken_like_a_plan(run, tmp_path: Path) -> None:
    file, table = tmp_path / "scenario.json", tmp_path / "all.csv"
    text = dumps_scenario(
        Scenario("S", (RemoveAssets("west", "surgery", 1),)), area=basis().area, provenance={}
    )
    file.write_text(text, encoding="utf-8")
    assert run("--plan", file, "--write-table", table).exit_code == 0
    assert "surgery 1" in table.read_text(encoding="utf-8-sig")


def test_a_plan_of_another_area_is_refused_in_both_languages(run, tmp_path: Path) -> None:
    file = tmp_path / "far.json"
    file.write_bytes(dumps_plan(Plan(Scenario("Far", ()), Baseline("elsewhere"))))
    first, second = run("--plan", file), run("--plan", file, "--lang", "fr")
    assert (first.exit_code, second.exit_code) == (FAULT, FAULT)
    assert "far.json: the plan is for area 'elsewhere'" in first.stderr
    assert "le plan est pour la zone 'elsewhere'" in second.stderr


def test_a_file_that_is_no_plan_is_refused(run, tmp_path: Path) -> None:
    file = tmp_path / "none.json"
    file.write_text("[]", encoding="utf-8")
    assert run("--plan", file).exit_code == FAULT


def test_numbers_that_a_plan_changes_are_said_not_to_hold(run, tmp_path: Path) -> None:
    file, area = tmp_path / "numbers.json", basis().area
    numbers = (("travel.convoy_cap_kmh", 30.0),)
    file.write_bytes(
        dumps_plan(Plan(Scenario("N", ()), Baseline(area.area_id, area.digest), numbers=numbers))
    )
    result = run(*FREE, "--plan", file, "--json")
    assert "numbers.json: the numbers it changes in the method" in result.stderr


def test_bands_of_every_plan_are_printed_and_who_is_told_apart(run) -> None:
    words = told(run(*FREE, "--sure"))
    assert "How sure? Mission footprint" in words
    assert "median and band of 200 draws" in words
    assert "Best plan found is better than Do nothing in 200 of 200 draws" in words


def test_bands_are_printed_in_french(run) -> None:
    words = told(run(*FREE, "--sure", "--lang", "fr"))
    assert "Quelle certitude ?" in words
    assert "fait mieux que Ne rien faire dans 200 tirages sur 200" in words


def test_bands_and_pairs_stand_in_the_document_by_the_plans_names(run) -> None:
    own = document(run(*FREE, "--sure", "--json"))
    names = {plan["name"]["en"] for plan in own["plans"]}
    assert own["sure"]["draws"] == 200
    assert {band["plan"] for band in own["sure"]["bands"]} == names
    assert {pair["told_apart"] for pair in own["sure"]["pairs"]} == {True, False}
    assert faults(own, DocumentName.OPTIONS) == []


def test_without_asking_there_are_no_bands(run) -> None:
    assert document(run(*FREE, "--json"))["sure"] is None


def test_who_loses_stands_in_the_document(run) -> None:
    plans = {plan["name"]["en"]: plan for plan in document(run(*FREE, "--json"))["plans"]}
    lost = plans["Close what is missed least"]["losers"]
    assert [row["name"] for row in lost] == ["Right", "Left"]
    assert lost[0]["before"] > lost[0]["after"]
    assert plans["Do nothing"]["losers"] == []


def test_who_may_lose_stands_in_the_document(run, monkeypatch) -> None:
    monkeypatch.setattr(command, "load_prepared", unnamed)
    own = document(run(*FREE, "--json"))
    assert any(plan["maybe_losers"] or plan["losers"] for plan in own["plans"])
    assert faults(own, DocumentName.OPTIONS) == []


def test_what_is_left_of_each_limit_is_printed(run) -> None:
    words = told(run("--free-assets", "--more-posts", 2, "--more-recurrent", "1e7", "--one-off", 1.5e6))
    best = words.split("Best plan found ")[1]
    assert "Nothing is left of: posts." in best
    assert "Left over: 500,000 US dollars once" in best


def test_what_is_left_of_each_limit_stands_in_the_document(run) -> None:
    asked = ("--free-assets", "--more-posts", 2, "--more-recurrent", "1e7", "--one-off", 1.5e6, "--json")
    own = document(run(*asked))
    rows = {row["resource"]: row for row in own["plans"][-1]["limits"]}
    assert (rows["posts"]["used"], rows["posts"]["left"]) == (2, 0)
    assert rows["one_off_usd"]["left"] == 500000.0
    assert "surgery" not in rows
