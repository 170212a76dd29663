"""footprint area import and update: shown, asked about, refused with the keys that answer, taken, counted."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from footprint.cli import main
from footprint.cli.agreeing import Agreement
from tests.foreign_files import workbook
from tests.layers.intake.conftest import begun, begun_once  # noqa: F401  fixtures

pytestmark = pytest.mark.slow

LEDGER = ("--set", "ledger.origin=G3", "--set", "ledger.confidence=high")
SITES = "name;kind;lat;lon;FPU\nAlpha;camp;0,5;20,2;1\nBravo;BOT;0,4;20,3;\nZulu;camp;;;\n"


def run(*words, typed=None):
    return CliRunner().invoke(main.app, ["area", *map(str, words)], input=typed)


@pytest.fixture
def sites(tmp_path):
    path = tmp_path / "sites.csv"
    path.write_text(SITES, encoding="utf-8")
    return path


@pytest.fixture
def asked(monkeypatch):
    """Let the command believe that a person sits there."""
    monkeypatch.setattr(Agreement, "can_ask", property(lambda _: True))


def test_where_nobody_can_be_asked_it_is_refused_with_the_keys_that_answer(begun, sites):  # noqa: F811
    result = run("import", begun, sites)
    assert result.exit_code == 1
    assert "--set 'layer'=…" in result.stderr
    assert "ledger.confidence" in result.stderr


def test_rows_that_cannot_be_taken_are_left_out_only_where_that_is_said(begun, sites):  # noqa: F811
    words = ("import", begun, sites, "--set", "layer=sites", *LEDGER, "--yes")
    refused = run(*words)
    assert (refused.exit_code, "say --leave-out" in refused.stderr) == (1, True)
    taken = run(*words, "--leave-out")
    assert taken.exit_code == 0, taken.stderr
    assert "Sites: rows 2; new 2, changed 0, gone 0, as before 0" in " ".join(taken.stdout.split())


def test_what_words_mean_and_where_rows_lie_is_shown_before(begun, sites):  # noqa: F811
    stated = ("ledger.date=2019", "ledger.licence=own")
    words = ("--set", "layer=sites", *LEDGER, *(word for each in stated for word in ("--set", each)), "--yes")
    result = run("import", begun, sites, *words)
    words = " ".join(result.stdout.split())
    assert "kind means: 'camp' camp (permanent camp), 'BOT' tob (temporary operating base)" in words
    assert "column 'lat', 'lon'" in words
    assert "row 4, column lat: it has no coordinates" in words


def test_a_person_is_asked_one_thing_after_another_and_can_correct(begun, sites, asked):  # noqa: F811, ARG001
    typed = "sites\nG3\n2019\nown\ncertain\nhigh\nword.kind.BOT=seasonal_tob\nyes\n"
    result = run("import", begun, sites, "--lang", "en", typed=typed)
    assert result.exit_code == 0, result.stdout + result.stderr
    assert "seasonal_tob" in (begun / "sites.csv").read_text(encoding="utf-8")


def test_a_person_who_says_no_takes_nothing(begun, sites, asked):  # noqa: F811, ARG001
    before = (begun / "sites.csv").read_bytes()
    result = run("import", begun, sites, "--set", "layer=sites", *LEDGER, "--leave-out", typed="\n\nno\n")
    assert (result.exit_code, "Nothing was taken." in result.stdout) == (1, True)
    assert (begun / "sites.csv").read_bytes() == before


def test_files_that_must_come_together_are_named_before_the_first_question(begun, tmp_path, asked):  # noqa: F811, ARG001
    path = tmp_path / "airports.csv"
    path.write_text("ident,type,name,latitude_deg,longitude_deg\nXX01,small_airport,Alpha,0.5,20.2\n")
    result = run("import", begun, path)
    assert (result.exit_code, "runways of OurAirports" in result.stderr) == (1, True)
    assert "ledger" not in result.stdout


def test_import_and_update_print_a_document_alone(begun, sites):  # noqa: F811
    words = ("--set", "layer=sites", *LEDGER, "--leave-out", "--json")
    document = json.loads(run("import", begun, sites, *words).stdout)
    assert document["taken"][0]["rows_reported"] == 1
    sites.write_text(SITES.replace("Bravo;BOT;0,4", "Bravo;BOT;0,41"), encoding="utf-8")
    changed = json.loads(run("update", begun, sites, "--leave-out", "--json").stdout)
    (row,) = (each for each in changed["layers"] if each["layer"] == "sites")
    assert (row["new"], row["changed"], row["vanished"], row["same"]) == (0, 1, 0, 1)


def test_it_speaks_french(begun, sites):  # noqa: F811
    result = run(
        "import", begun, sites, "--set", "layer=sites", *LEDGER, "--leave-out", "--yes", "--lang", "fr"
    )
    words = " ".join(result.stdout.split())
    assert "Sites : lignes 2 ; nouvelles 2, changées 0, disparues 0, comme avant 0" in words


def test_refusals_name_the_file_and_of_a_workbook_the_sheet_with_a_key_for_it_alone(begun, tmp_path):  # noqa: F811
    path = tmp_path / "list.xlsx"
    rows = [["name", "lat", "lon"], ["Alpha", 0.5, 20.2]]
    path.write_bytes(workbook({"Open": rows, "Planned": rows}))
    stderr = run("import", begun, path, "--set", "layer=sites", *LEDGER, "--yes").stderr
    assert "list.xlsx / Planned: No column is taken for kind" in stderr
    assert "--set 'Open>value.kind'=…" in stderr


def test_of_two_workbooks_with_sheets_of_one_name_the_key_names_the_file_too(begun, tmp_path):  # noqa: F811
    rows = [["name", "lat", "lon"], ["Alpha", 0.5, 20.2]]
    paths = [tmp_path / "old.xlsx", tmp_path / "new.xlsx"]
    for path, other in zip(paths, ("Notes", "Planned"), strict=True):
        path.write_bytes(workbook({"Sheet1": rows, other: rows}))
    words = ("--set", "layer=sites", *LEDGER, "--yes")
    stderr = run("import", begun, *paths, *words).stderr
    assert "--set 'old.xlsx>Sheet1>value.kind'=…" in stderr
    assert "--set 'Notes>value.kind'=…" in stderr


def test_a_sheet_typed_that_is_not_there_is_refused_with_those_that_are(begun, tmp_path, asked):  # noqa: F811, ARG001
    path = tmp_path / "list.xlsx"
    rows = [["name", "kind", "lat", "lon"], ["Alpha", "camp", 0.5, 20.2]]
    path.write_bytes(workbook({"Open": rows, "Planned": rows}))
    stated = ("layer=sites", "ledger.date=2019", "ledger.licence=own")
    words = (*LEDGER, *(word for each in stated for word in ("--set", each)))
    result = run("import", begun, path, *words, typed="Planed>layer=nothing\nPlanned>layer=nothing\nyes\n")
    assert "'Planed' is no sheet" in result.stdout
    assert "list.xlsx>Planned" in result.stdout
    assert result.exit_code == 0, result.stdout + result.stderr


def test_a_sheet_is_left_aside_where_that_is_said_of_it(begun, tmp_path):  # noqa: F811
    path = tmp_path / "list.xlsx"
    rows = [["name", "kind", "lat", "lon"], ["Alpha", "camp", 0.5, 20.2]]
    path.write_bytes(workbook({"Open": rows, "Planned": rows}))
    words = ("--set", "layer=sites", "--set", "Planned>layer=nothing", *LEDGER, "--json")
    document = json.loads(run("import", begun, path, *words).stdout)
    assert [each["sheet"] for each in document["taken"]] == ["Open"]


def test_an_answer_about_a_sheet_that_is_not_there_names_those_that_are(begun, sites):  # noqa: F811
    result = run("import", begun, sites, "--set", "Planed>layer=nothing", "--yes")
    assert (result.exit_code, "'Planed' is no sheet" in result.stderr, "sites.csv" in result.stderr) == (
        1,
        True,
        True,
    )


def test_rows_of_a_new_edition_are_listed_and_left_out_only_where_that_is_said_again(begun, sites):  # noqa: F811
    words = ("--set", "layer=sites", *LEDGER, "--leave-out", "--yes")
    assert "row 4, column lat" in run("import", begun, sites, *words).stdout
    refused = run("update", begun, sites, "--yes")
    assert (refused.exit_code, "row 4, column lat" in refused.stdout) == (1, True)
    assert "sites.csv: rows that cannot be taken: 1" in refused.stderr
    assert run("update", begun, sites, "--yes", "--leave-out").exit_code == 0


VILLAGES = "village;lat;lon;people\nAlpha;0,5;20,2;100\nBravo;0,4;20,3;200\n"


@pytest.fixture
def villages(tmp_path):
    path = tmp_path / "villages.csv"
    path.write_text(VILLAGES, encoding="utf-8")
    return path


def both(area, sites, villages, *words, typed):
    stated = ("--set", "sites.csv>layer=sites", "--set", "villages.csv>layer=places", *LEDGER, *words)
    stated = (*stated, "--set", "villages.csv>value.kind=village")
    return run("import", area, sites, villages, *stated, "--leave-out", "--lang", "en", typed=typed)


def test_several_files_are_agreed_on_once(begun, sites, villages, asked):  # noqa: F811, ARG001
    result = both(begun, sites, villages, typed="yes\n")
    assert result.exit_code == 0, result.stdout + result.stderr
    assert result.stdout.count("Take all of these?") == 1
    assert "take it?" not in result.stdout


def test_no_at_the_end_takes_nothing_of_several_files(begun, sites, villages, asked):  # noqa: F811, ARG001
    before = (begun / "sites.csv").read_bytes()
    result = both(begun, sites, villages, typed="no\n")
    assert (result.exit_code, (begun / "sites.csv").read_bytes()) == (1, before)


def test_what_is_open_of_several_files_is_said_of_all_at_once(begun, sites, tmp_path):  # noqa: F811
    other = tmp_path / "bases.csv"
    other.write_text(SITES, encoding="utf-8")
    result = run("import", begun, sites, other, "--yes")
    assert result.exit_code == 1
    assert all(
        f"{name}: For which layer" in " ".join(result.stderr.split()) for name in ("sites.csv", "bases.csv")
    )


def test_one_of_several_files_is_corrected_at_the_end(begun, sites, villages, asked):  # noqa: F811, ARG001
    result = both(begun, sites, villages, typed="layer=nothing\nvillages.csv>layer=nothing\nyes\n")
    assert result.exit_code == 0, result.stdout + result.stderr
    assert "Say of which file" in result.stdout
    assert "Sheets of which nothing was taken: villages.csv" in " ".join(result.stdout.split())
    assert "Bravo" in (begun / "sites.csv").read_text(encoding="utf-8")


def test_an_edition_of_which_no_row_can_be_taken_empties_nothing(begun, sites):  # noqa: F811
    words = ("--set", "layer=sites", *LEDGER, "--leave-out", "--yes")
    assert run("import", begun, sites, *words).exit_code == 0
    before = (begun / "sites.csv").read_bytes()
    sites.write_text(
        "name;kind;lat;lon;FPU\nAlpha;camp;;20,2;1\nBravo;BOT;60,5;20,3;\nZulu;camp;;;\n", encoding="utf-8"
    )
    for command in (
        ("update", begun, sites, "--leave-out", "--yes"),
        ("import", begun, sites, *words, "--replace"),
    ):
        result = run(*command)
        assert (result.exit_code, "would be empty" in " ".join(result.stderr.split())) == (1, True)
        assert (begun / "sites.csv").read_bytes() == before


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ("option.unit=banana", "count, density"),
        ("option.unit=", "count, density"),
        ("option.year=CC BY 4.0", "no year"),
        ("asset.civil_affairs=FPU", "no kind of asset 'civil_affairs'"),
    ],
)
def test_an_answer_that_can_be_none_is_refused_at_once(begun, sites, answer, says):  # noqa: F811
    result = run("import", begun, sites, "--set", answer, "--yes", "--lang", "en")
    assert (result.exit_code, says in " ".join(result.stderr.split())) == (1, True)


def test_points_are_no_flood_zones(begun, villages):  # noqa: F811
    stated = ("--set", "layer=flood_zones", "--set", "value.months=7-12", *LEDGER)
    result = run("import", begun, villages, *stated, "--yes", "--lang", "en")
    assert (result.exit_code, "Its rows are points" in " ".join(result.stderr.split())) == (1, True)


def test_an_answer_that_lacks_its_key_is_told_so_where_cells_are_not_repeated(begun, tmp_path, asked):  # noqa: F811, ARG001
    path = tmp_path / "care.csv"
    path.write_text("name,label,lat,lon\nOne,Zork,0.5,20.2\nTwo,Blip,0.4,20.3\n")
    words = ("--set", "layer=sensitive", "--set", "column.kind=label", *LEDGER, "--lang", "en")
    result = run("import", begun, path, *words, typed="clinic\nvalue.kind=clinic\n2019\nown\nyes\n")
    assert "'clinic' is no KEY=VALUE" in result.stdout
    assert result.exit_code == 0, result.stdout + result.stderr
