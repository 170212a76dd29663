"""Command line: every command on the bundled case, and what it says when it cannot."""

from __future__ import annotations

import dataclasses
import io
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from footprint import violence as patterns_package
from footprint.caveats import silent
from footprint.cli import area as area_commands
from footprint.cli import common, serve
from footprint.cli import main as cli
from footprint.cli import violence as violence_commands
from footprint.cli.arguments import Join
from footprint.cli.paths import app_script, bundled_case
from footprint.cli.printable import PrintableConsole
from footprint.cli.tables import show_year
from footprint.coverage.footprints import Weakest
from footprint.documents.review import findings, review_document
from footprint.documents.schema import DocumentName
from footprint.documents.sites import sites_document
from footprint.indicators.indicator import Indicator
from footprint.language import Language
from footprint.objectives import Measure
from footprint.prepared import prepare
from footprint.review import review
from footprint.scenario import AddAssets, CloseSite, Scenario, dumps
from layers import Dropped
from layers import assemble as assembling
from tests.footprint.documents.validate import faults, validator
from tests.worlds import bundled_area, bundled_prepared, find_patterns

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[3]
NEAR_BANKASS = ["--at", "-3.33,14.0"]


@pytest.fixture
def run(monkeypatch, tmp_path):
    """Run a command on the bundled case, loaded once, with a data folder of its own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "user"))
    for module in (common, area_commands):
        monkeypatch.setattr(module, "load_prepared", lambda _folder, _step: bundled_prepared())
    return lambda *words: CliRunner().invoke(cli.app, [str(word) for word in words])


@pytest.fixture
def scenario(tmp_path):
    """Return a scenario file that closes Diabaly and adds a team at Mopti."""
    path = tmp_path / "scenario.json"
    steps = Scenario("Two steps", (CloseSite("diabaly"), AddAssets("mopti", "helicopter")))
    path.write_text(dumps(steps, area=bundled_area(), provenance={}), encoding="utf-8")
    return path


def document(result):
    """Return the document that a command printed, once its schema allows it."""
    assert result.exit_code == 0, result.output
    return checked(result)


def checked(result):
    content = json.loads(result.stdout, parse_constant=lambda name: pytest.fail(f"{name} in the document"))
    assert faults(content, DocumentName(content["kind"].removeprefix("footprint-"))) == []
    return content


def widest(text):
    return max(len(line) for line in text.splitlines())


# -- review ------------------------------------------------------------------------------------


def test_a_review_prints_the_year_with_its_worst_season_beside(run):
    result = run("review")
    assert result.exit_code == 0, result.output
    for said in (
        "FF",
        "MF",
        "B1",
        "B2",
        "B3",
        "FF0",
        "worst",
        "Kidal",
        "Bankass",
        "Protect civilians in the Centre",
    ):
        assert said in result.stdout
    assert "Objective weights are not decided" in result.stdout
    assert "Data are invented" in result.stdout
    assert "could be reached" in result.stdout
    assert widest(result.stdout) <= 100


def test_a_month_a_season_and_all_months(run):
    march, rains, every = (
        run("review", "--month", 3),
        run("review", "--season", "rains"),
        run("review", "--all"),
    )
    assert "March" in march.stdout
    assert "June–September" in rains.stdout
    assert every.stdout.count("Bankass") == 12
    assert max(map(widest, (march.stdout, rains.stdout, every.stdout))) <= 100
    assert "not decided" in rains.stdout


def test_the_document_of_a_review(run):
    said = document(run("review", "--month", 10, "--json"))
    assert said["kind"] == "footprint-review"
    assert said["months"] == [10]
    levels = {row["level"] for row in said["figures"]}
    assert levels == {"area", "region", "cercle", "objective"}
    assert {source["layer"] for source in said["sources"]} >= {"sites", "assets", "incidents", "population"}
    assert said["area"]["digest"] == bundled_area().digest
    assert {"weights_not_decided", "invented_data"} <= {each["code"] for each in said["warnings"]}


def test_a_scenario_is_compared_with_today(run, scenario):
    said = document(run("review", "--scenario", scenario, "--json"))
    assert said["scenario"]["name"] == "Two steps"
    changed = {row["unit_id"] for row in said["comparison"]["by_period"]}
    assert "ML04" in changed
    assert "ML08" not in changed
    assert "Niono" in run("review", "--scenario", scenario).stdout


def test_a_scenario_saved_on_other_files_is_called_stale(run, scenario):
    said = json.loads(scenario.read_text(encoding="utf-8"))
    scenario.write_text(json.dumps(said | {"area_digest": "another"}), encoding="utf-8")
    assert "have changed since the scenario was saved" in run("review", "--scenario", scenario).stdout


def test_french_has_decimal_commas_and_french_sentences(run):
    result = run("review", "--lang", "fr", "--month", 3)
    assert re.search(r"\d,\d", result.stdout)
    assert not re.search(r"\d\.\d", result.stdout)
    assert "mars" in result.stdout
    assert "Protéger les civils dans le Centre" in result.stdout
    assert widest(result.stdout) <= 100
    assert widest(run("review", "--lang", "fr").stdout) <= 100


def test_other_measures_give_other_figures(run):
    blend, people = (
        document(run("review", "--month", 3, "--json", "--measure", name)) for name in ("blend", "people")
    )
    assert blend["figures"][0]["FF"] != people["figures"][0]["FF"]
    assert blend["over_objectives"] == people["over_objectives"]


# -- what cannot be asked ----------------------------------------------------------------------


def test_a_missing_folder_is_a_fault(tmp_path):
    result = CliRunner().invoke(cli.app, ["review", str(tmp_path / "nowhere")])
    assert result.exit_code == 1
    assert "area.toml" in result.stderr
    assert not result.stdout


@pytest.mark.parametrize(
    "words", [["--month", "13"], ["--month", "0"], ["--month", "March"], ["--lang", "de"]]
)
def test_wrong_usage_ends_with_2(run, words):
    assert run("review", *words).exit_code == 2


def test_two_periods_at_once_are_wrong_usage(run):
    assert run("review", "--month", 3, "--all").exit_code == 2


def test_a_bad_season_names_the_known_ones(run):
    result = run("review", "--season", "MONSOON")
    assert result.exit_code == 1
    assert all(season.season_id in result.stderr for season in bundled_area().seasons)


def test_a_scenario_of_another_area_is_refused(run, scenario):
    text = scenario.read_text(encoding="utf-8").replace('"mali"', '"elsewhere"')
    scenario.write_text(text, encoding="utf-8")
    result = run("review", "--scenario", scenario)
    assert result.exit_code == 1
    assert "elsewhere" in result.stderr


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"[1, 2", b"{}"])
def test_a_file_that_is_no_scenario_is_refused(run, tmp_path, content):
    path = tmp_path / "scenario.json"
    path.write_bytes(content)
    result = run("review", "--scenario", path)
    assert result.exit_code == 1
    assert "no scenario file" in result.stderr


def test_a_bug_is_not_swallowed(run, monkeypatch):
    monkeypatch.setattr(common, "load_prepared", lambda _folder, _step: 1 / 0)
    assert isinstance(run("review").exception, ZeroDivisionError)


# -- site --------------------------------------------------------------------------------------


def test_a_site_reports_what_it_changes_and_that_donors_are_missing(run):
    result = run("site", *NEAR_BANKASS, "--assets", "infantry_company=1,surgery=1")
    assert result.exit_code == 0, result.output
    for said in ("Bankass", "Donor sites are not named", "Call to surgery", "Months with a change"):
        assert said in result.stdout
    assert widest(result.stdout) <= 100


def test_the_document_of_a_site(run):
    words = ["--assets", "infantry_company", "--months", "10-1", "--from", "gao", "--name", "Post", "--json"]
    said = document(run("site", *NEAR_BANKASS, *words))
    assert said["kind"] == "footprint-site"
    assert said["site"]["months"] == [1, 10, 11, 12]
    assert said["site"]["cercle"] == {"unit_id": "ML05-BANKASS", "name": "Bankass"}
    assert said["site"]["donors"][0]["site_id"] == "gao"
    assert set(said["changes"]["months_changed"]) == set(range(1, 13))
    assert "donors_not_named" not in {each["code"] for each in said["warnings"]}
    losers = {row["unit_id"] for row in said["changes"]["by_period"] if row["change"] < 0}
    assert "ML07-GAO" in losers


def test_a_site_in_french(run):
    result = run("site", *NEAR_BANKASS, "--assets", "infantry_company=1", "--lang", "fr")
    assert re.search(r"14,000° N", result.stdout)


def test_a_site_outside_the_area_is_refused(run):
    result = run("site", "--at", "2.35,48.85", "--assets", "surgery=1")
    assert result.exit_code == 1
    assert "outside the area" in result.stderr


def test_unknown_assets_name_the_known_kinds(run):
    result = run("site", *NEAR_BANKASS, "--assets", "tank=1")
    assert result.exit_code == 1
    assert "tank" in result.stderr
    assert "infantry_company" in result.stderr


def test_a_donor_without_the_assets_is_refused(run):
    result = run("site", *NEAR_BANKASS, "--assets", "surgery=1", "--from", "diabaly")
    assert result.exit_code == 1
    assert "diabaly" in result.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["--at", "somewhere", "--assets", "surgery=1"],
        ["--at", "14.0,-300", "--assets", "surgery=1"],
        [*NEAR_BANKASS, "--assets", "surgery=many"],
        [*NEAR_BANKASS, "--assets", ""],
        [*NEAR_BANKASS, "--assets", "surgery=1", "--months", "13"],
        [*NEAR_BANKASS, "--assets", "surgery=1", "--months", ""],
        NEAR_BANKASS,
    ],
)
def test_a_site_badly_asked_for_is_wrong_usage(run, words):
    assert run("site", *words).exit_code == 2


# -- area --------------------------------------------------------------------------------------


def test_the_bundled_case_can_be_used(run):
    result = run("area", "check")
    assert result.exit_code == 0, result.output
    assert "The area can be used." in result.stdout
    assert "Sites 13" in result.stdout
    said = document(run("area", "check", "--json"))
    assert said["usable"]
    assert said["layers"]["sites"] == 13


def test_the_check_lists_every_fault_of_a_folder(tmp_path):
    folder = tmp_path / "mali"
    shutil.copytree(bundled_case(), folder)
    sites = (folder / "sites.csv").read_text(encoding="utf-8")
    (folder / "sites.csv").write_text(sites.replace("sector_hq", "castle"), encoding="utf-8")
    assets = (folder / "assets.csv").read_text(encoding="utf-8")
    (folder / "assets.csv").write_text(
        assets.replace("infantry_company,2", "infantry_company,-2"), encoding="utf-8"
    )
    result = CliRunner().invoke(cli.app, ["area", "check", str(folder), "--json"])
    assert result.exit_code == 1
    listed = checked(result)["faults"]
    assert {(fault["file"], fault["column"]) for fault in listed} == {
        ("sites.csv", "kind"),
        ("assets.csv", "count"),
    }
    assert all(fault["problem"] and fault["remedy"] for fault in listed)


def test_the_check_prints_faults_as_a_table(tmp_path):
    result = CliRunner().invoke(cli.app, ["area", "check", str(tmp_path)])
    assert result.exit_code == 1
    assert "1 fault. Nothing was loaded." in result.stdout
    assert widest(result.stdout) <= 100


def test_building_an_area_passes_on_date_and_folder(monkeypatch, tmp_path):
    asked = []

    def assemble(source, target, *, catalogues, catalogue, frame_date, progress):
        assert (catalogues / "mali.toml").is_file()
        assert catalogue is None
        asked.append((source, target, frame_date))
        progress("reading")
        return (Dropped("incidents", "outside the country's outline", 3),)

    monkeypatch.setattr(assembling, "assemble", assemble)
    target = tmp_path / "area"
    words = ["area", "build", str(tmp_path), str(target), "--frame-date", "2018-12-31"]
    result = CliRunner().invoke(cli.app, words)
    assert result.exit_code == 0, result.output
    assert asked == [(tmp_path, target, date(2018, 12, 31))]
    assert "Incidents: 3 left out, outside the country's outline" in result.stdout


def test_a_folder_that_is_there_is_only_replaced_on_request(tmp_path):
    (tmp_path / "kept.txt").write_text("", encoding="utf-8")
    result = CliRunner().invoke(cli.app, ["area", "build", str(tmp_path), str(tmp_path)])
    assert result.exit_code == 1
    assert "--replace" in result.stderr


# -- hotspots and calendar ---------------------------------------------------------------------


@pytest.fixture
def read(monkeypatch):
    """Run a command that needs the layers alone, loaded and searched once."""
    monkeypatch.setattr(violence_commands, "read_area", lambda _folder, _step: bundled_area())
    monkeypatch.setattr(patterns_package, "find_patterns", find_patterns)
    return lambda *words: CliRunner().invoke(cli.app, [str(word) for word in words])


def test_the_calendar_says_what_was_planted(read):
    result = read("calendar")
    assert result.exit_code == 0, result.output
    assert "Bankass: October" in result.stdout
    assert "Data are invented" in result.stdout
    assert "Rains and access also change what is reported" in result.stdout
    assert widest(result.stdout) <= 100
    assert "0,62" in read("calendar", "--lang", "fr").stdout


def test_the_document_of_a_calendar(read):
    said = document(read("calendar", "--json"))
    assert said["kind"] == "footprint-calendar"
    bankass = next(row for row in said["areas"] if row["name"] == "Bankass")
    assert bankass["significant"]
    assert bankass["hits"] <= bankass["eligible_years"] <= len(said["years"])
    assert len(bankass["by_month"]) == len(said["years"])
    assert sum(map(sum, bankass["by_month"])) == bankass["n_events"]
    assert all(row["reasons"] for row in said["areas"] if row["p"] is None)
    assert said["incidents"]["excluded"]


def test_a_calendar_of_cells_gives_only_those_that_could_be_tested(read):
    said = document(read("calendar", "--by", "cell", "--json"))
    assert {row["status"] for row in said["areas"]} == {"tested"}
    assert said["not_tested"] > 0


@pytest.mark.parametrize("by", ["region", "cercle", "cell"])
def test_every_incident_is_in_the_calendar_or_left_out_for_a_reason(read, by):
    said = document(read("calendar", "--by", by, "--json"))
    incidents = said["incidents"]
    left_out = sum(row["count"] for row in (*incidents["excluded"], *incidents["left_out"]))
    assert incidents["used"] + left_out == incidents["of_all"]
    assert said["by"] == by
    if by != "cell":  # discs overlap
        assert sum(row["n_events"] for row in said["areas"]) == incidents["used"]


def test_a_calendar_is_asked_for_in_the_area_s_own_words_or_the_general_ones(read):
    asked = [document(read("calendar", "--by", by, "--json"))["by"] for by in ("Cercles", "district")]
    assert asked == ["cercle", "cercle"]


def test_a_word_for_no_units_is_wrong_usage_and_the_words_are_named(run):
    result = run("calendar", "--by", "county")
    assert result.exit_code == 2
    assert "none of: region, district, cercle, cell, " in " ".join(result.stderr.split())


def test_a_calendar_says_what_it_would_have_found_and_what_became_of_it(read):
    said = document(read("calendar", "--json"))
    rows = {row["name"]: row for row in said["areas"]}
    assert rows["Bankass"]["answer"] == "returns"
    assert "a pattern, not a forecast" in rows["Bankass"]["sentence"]["en"]
    assert {row["answer"] for row in said["areas"] if row["power"] is not None and row["power"] < 0.5} <= {
        "too_few",
        "returns",
        "withdrawn",
    }
    told = [year for row in said["areas"] for year in row["foresight"] if year["of_year"]]
    assert said["record"]["later_years"] == len(told)
    assert said["record"]["inside"] == sum(year["inside"] for year in told)
    assert "predicted" not in said["units"]
    assert said["profile"]["earned"] <= said["profile"]["of_units"]
    shown = read("calendar").stdout
    assert "Profiles good for the protection need" in shown
    assert "dated 1 January" in shown


def test_hotspots_name_the_cercles_and_what_was_left_out(read):
    result = read("hotspots")
    assert result.exit_code == 0, result.output
    assert "Bankass" in result.stdout
    left_out = re.search(r"used, (\d+) left out", result.stdout)
    assert left_out is not None
    reasons = re.findall(
        r"^- (?:placed|known|outside|of|in) .*: (\d+)\s*$", result.stdout, flags=re.MULTILINE
    )
    assert sum(map(int, reasons)) == int(left_out[1])
    assert "An empty cell is not a safe cell" in result.stdout
    said = document(read("hotspots", "--years", "2015-2018", "--json"))
    assert said["period"]["first"] == "2015-01-01"
    assert said["period"]["last"] == "2018-12-31"
    assert all(row["q"] <= said["settings"]["q_max"] for row in said["hotspots"])
    assert {name for row in said["hotspots"] for name in row} - {
        "cell",
        "cercle",
        "cercle_outside",
        "pattern",
    } <= said["units"].keys()


@pytest.mark.parametrize(("years", "code"), [("2018-2015", 1), ("soon", 2), ("2015-", 0)])
def test_years_badly_asked_for(read, years, code):
    assert read("calendar", "--years", years).exit_code == code


# -- run ---------------------------------------------------------------------------------------


def test_the_app_is_started_behind_its_guard():
    where = serve.Endpoint("localhost", 8600, "review")
    command = serve.app_command(Path("/data/case"), where)
    assert command[:3] == [sys.executable, "-m", "footprint.serving"]
    assert command[3:5] == [str(app_script()), "/data/case"]
    assert {"--address=localhost", "--port=8600", "--base-path=review"} <= {*command}
    assert where.url == "http://localhost:8600/review"
    assert serve.Endpoint("0.0.0.0").url == "http://localhost:8501"  # noqa: S104


def test_a_folder_that_is_no_area_is_not_served(tmp_path):
    result = CliRunner().invoke(cli.app, ["run", str(tmp_path)])
    assert result.exit_code == 1
    assert "area.toml" in result.stderr


@pytest.mark.parametrize(
    ("address", "local"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("0.0.0.0", False),  # noqa: S104
        ("::", False),
        ("192.168.1.4", False),
        ("review.example", False),
    ],
)
def test_an_address_beyond_this_machine_is_warned_of(address, local, monkeypatch, bundled_folder):
    monkeypatch.setattr(cli.Endpoint, "is_free", lambda _: True)
    monkeypatch.setattr(cli, "serve", lambda *_, **__: 0)
    result = CliRunner().invoke(cli.app, ["run", str(bundled_folder), "--address", address])
    assert result.exit_code == 0
    assert ("no sign-in" in result.stderr) is not local
    assert ("identification" in result.stderr) is not local


def test_a_name_for_a_proxy_is_handed_on_and_warned_of(monkeypatch, bundled_folder):
    started = []
    monkeypatch.setattr(cli.Endpoint, "is_free", lambda _: True)
    monkeypatch.setattr(cli, "serve", lambda folder, where, **_: started.append((folder, where)) or 0)
    result = CliRunner().invoke(
        cli.app, ["run", str(bundled_folder), "--host", "plans.example", "--host", "b.example"]
    )
    assert result.exit_code == 0
    assert "plans.example, b.example is not this machine alone" in result.stderr
    assert serve.app_command(*started[0])[-2:] == ["--host=plans.example", "--host=b.example"]


def test_a_port_in_use_is_named():
    with socket.socket() as taken:
        taken.bind(("localhost", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = CliRunner().invoke(cli.app, ["run", "--port", str(port), "--no-open"])
    assert result.exit_code == 1
    assert str(port) in result.stderr


def test_the_app_answers_from_any_folder_and_ends_with_ctrl_c(tmp_path):
    with socket.socket() as door:
        door.bind(("localhost", 0))
        port = door.getsockname()[1]
    words = ["run", "--port", str(port), "--no-open", "--base-path", "review"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "footprint", *words]
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.DEVNULL,
        # Where tests run in the background Ctrl-C is ignored, and a child would ignore it too.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    ) as child:
        try:
            assert _answer(f"http://localhost:{port}/review/_stcore/health") == b"ok"
            child.send_signal(signal.SIGINT)
            assert child.wait(timeout=300) == 0
        finally:
            child.kill()
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("localhost", port), timeout=1)


def _answer(url):
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + 300
    while time.monotonic() < until:
        try:
            with direct.open(url, timeout=2) as answer:
                return answer.read()
        except OSError:
            time.sleep(0.2)
    return b"no answer"


def test_the_module_prints_its_help():
    done = subprocess.run(
        [sys.executable, "-m", "footprint", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert all(command in done.stdout for command in ("review", "site", "area", "run"))


@pytest.mark.parametrize(
    "words",
    [
        ["--all"], ["--season", "rains"], ["--measure", "threat"], ["--measure", "people", "--month", 1],
    ],
)  # fmt: skip
def test_every_variant_of_a_review_is_as_its_schema_says(run, scenario, words):
    for more in ([], ["--scenario", scenario]):
        assert document(run("review", "--json", *words, *more))["kind"] == "footprint-review"


def test_the_schemas_are_listed_and_each_is_printed():
    names = CliRunner().invoke(cli.app, ["schema"]).stdout.split()
    assert names == list(DocumentName)
    for name in names:
        printed = CliRunner().invoke(cli.app, ["schema", name])
        assert json.loads(printed.stdout) == validator(DocumentName(name)).schema


def test_a_schema_of_nothing_is_wrong_usage():
    result = CliRunner().invoke(cli.app, ["schema", "letter"])
    assert result.exit_code == 2
    assert all(name in result.stderr for name in DocumentName)


def test_the_names_of_schemas_and_a_check_need_nothing_heavy():
    for words in ("schema", "schema area-check"):
        asked = f"import sys; sys.argv[1:] = {words.split()}; from footprint.cli.main import app; app(standalone_mode=False); print([m for m in ('pandas', 'numba') if m in sys.modules])"
        done = subprocess.run(
            [sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True
        )
        assert done.stdout.splitlines()[-1] == "[]"


def test_help_needs_nothing_heavy():
    asked = "import sys, footprint.cli.main; print([m for m in ('pandas', 'numba', 'streamlit') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_what_hangs_on_each_site_is_printed_and_given_as_a_document(run):
    said = document(run("sites", "--json", "--open", "0.5"))
    assert said["kind"] == "footprint-sites"
    losses = [row["MF"] for row in said["sites"]]
    assert losses == sorted(losses, reverse=True)
    assert len(losses) == len(bundled_prepared().area.sites)
    parts = said["resilience"]
    assert parts["people_expected"] < parts["people_reached"]
    assert sum(row["shapley_people"] for row in said["sites"]) == pytest.approx(
        parts["people_reached"], abs=20
    )
    for lang, word in (
        ("en", "People whom troops reach by land within 4"),
        ("fr", "Personnes que les troupes"),
    ):
        printed = run("sites", "--lang", lang)
        assert printed.exit_code == 0
        assert word in printed.output
        assert "…" not in printed.output


def test_the_loss_of_a_site_is_what_closing_it_costs(run, tmp_path):
    """The document against two whole reviews."""
    path = tmp_path / "closed.json"
    closed_gao = Scenario("closed", (CloseSite("gao"),))
    path.write_text(dumps(closed_gao, area=bundled_area(), provenance={}), encoding="utf-8")
    today, closed = (
        next(row["mean"] for row in document(run("review", "--json", *more))["periods"]
             if row["level"] == "area" and row["measure"] == "MF")
        for more in ((), ("--scenario", path))
    )  # fmt: skip
    rows = document(run("sites", "--json"))["sites"]
    assert next(row["MF"] for row in rows if row["site_id"] == "gao") == pytest.approx(
        today - closed, abs=2e-6
    )


def test_tiers_may_join_more_softly(run):
    plain, soft = (document(run("review", "--json", *more)) for more in ((), ("--weakest", "geometric")))
    assert soft["provenance"]["weakest"] == "geometric"
    assert soft["provenance"]["identifier"] != plain["provenance"]["identifier"]
    tiers = [
        {row["measure"]: row["mean"] for row in each["periods"] if row["level"] == "area"}
        for each in (plain, soft)
    ]
    assert tiers[1]["MF"] > tiers[0]["MF"]
    assert tiers[1]["FF"] == tiers[0]["FF"]
    assert {str(each) for each in Join} == {str(each) for each in Weakest}
    assert "geometric mean" in run("review", "--weakest", "geometric").output


def test_sensitive_places_near_a_proposal_are_said_on_the_screen_alone(run):
    words = ("--at", "-3.6,14.2", "--assets", "infantry_company")
    printed = " ".join(run("site", *words).output.split())
    assert re.search(r"Sensitive places within 1 km .* school: (yes|no|not known)", printed)
    assert "near" not in document(run("site", *words, "--json"))


def test_what_the_data_do_not_say_is_a_dash_in_tables_and_null_with_a_reason():
    """Without any civilian team tiers I and III, and so the Mission, are not known."""
    civilian = {"civil_affairs", "joint_protection_team", "good_offices", "community_liaison"}
    prepared = bundled_prepared()
    assets = prepared.area.assets[~prepared.area.assets["kind"].isin(civilian)]
    area = dataclasses.replace(prepared.area, assets=assets)
    silent_world = prepare(area, prepared.method, prepared.objectives, network=prepared.network)
    assert silent(silent_world) == {Indicator.MISSION, Indicator.TIER_1}
    router, today = silent_world.router(), review(silent_world, Scenario("today"))
    found = findings(silent_world, router, today)
    shown = review_document(found, range(1, 13))
    screen = PrintableConsole(file=io.StringIO(), width=100)
    show_year(screen, shown, silent_world.area.seasons, Language("en"))
    assert any(row.measure == "B1" and row.mean == 0 for row in shown.periods)
    assert "0.0 in a column with dashes" in " ".join(screen.file.getvalue().split())
    area_rows = [row for row in shown.periods if row.level == "area"]
    assert {row.measure for row in area_rows if row.mean is None} == {"MF", "B1"}
    assert all(row.MF is None and row.FF is not None for row in shown.over_objectives)
    said = sites_document(silent_world, router, today, (), measure=Measure.BLEND, open_share=0.9)
    assert all(row.MF is None and row.B1 is None and row.FF is not None for row in said.sites)
    assert all(row.reasons["MF"].startswith("not known") for row in said.sites)


@pytest.fixture
def plan_file(tmp_path):
    """Write a scenario that closes Diabaly."""
    path, prepared = tmp_path / "without.json", bundled_prepared()
    scenario = Scenario("Without Diabaly", (CloseSite("diabaly"),))
    path.write_text(
        dumps(scenario, area=prepared.area, provenance=review(prepared, scenario).provenance.document)
    )
    return path


def test_a_review_of_changes_says_what_is_to_be_watched_and_could_be_responded_to(run, plan_file):
    for lang, words in (
        ("en", ("To be watched", "Niono", "attacks on civilians")),
        ("fr", ("À surveiller", "Niono")),
    ):
        result = run("review", "--scenario", plan_file, "--lang", lang)
        assert result.exit_code == 0, result.output
        assert all(each in result.output for each in words)
    content = json.loads(run("review", "--scenario", plan_file, "--json").stdout)
    assert faults(content, DocumentName.REVIEW) == []
    watch, response = content["comparison"]["watch"], content["comparison"]["response"]
    assert [each["change"] for each in watch["places"]] == ["closes"]
    assert watch["people"] == pytest.approx(439_000, rel=0.01)
    assert response["before"]["by_land"] > response["after"]["by_land"]
    assert content["comparison"]["equity_cannot_tell"] == []


def test_options_are_compared_by_every_criterion_and_ranked_by_each_group(run, plan_file, tmp_path):
    terms = tmp_path / "terms.toml"
    terms.write_text(
        '[weights."Force headquarters"]\nforce_mean = 3\nrecurrent_usd = 1\n[weights."Finance"]\nrecurrent_usd = 1\n'
        '[costs."Without Diabaly"]\nrecurrent_usd = 0\n[costs."Do nothing"]\nrecurrent_usd = 2e6\n'
    )
    asked = ("compare", "--scenario", plan_file, "--terms", terms)
    content = json.loads(run(*asked, "--json").stdout)
    assert faults(content, DocumentName.COMPARE) == []
    assert [each["name"] for each in content["options"]] == ["Do nothing", "Without Diabaly"]
    assert {each["group"]: each["ranking"][0]["name"] for each in content["groups"]} == {
        "Force headquarters": "Do nothing",
        "Finance": "Without Diabaly",
    }
    shown = run(*asked, "--lang", "fr")
    assert shown.exit_code == 0, shown.output
    assert "Options par critère" in shown.output
    assert "1. Ne rien faire (première" in " ".join(shown.output.split())
    assert "Do nothing" not in shown.output
    assert max(map(len, shown.output.splitlines())) <= 100


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "Every month’s threat is alike here: `footprint stagger`"),
        ("fr", "La menace est ici la même chaque mois"),
    ],
)
def test_comparing_says_that_it_follows_no_calendar(run, plan_file, lang, words):
    shown = run("compare", "--scenario", plan_file, "--lang", lang)
    assert words in " ".join(shown.stdout.split())


def test_options_of_one_name_and_costs_of_none_are_refused_at_once(run, plan_file, tmp_path):
    terms = tmp_path / "terms.toml"
    terms.write_text('[costs."Nobody"]\nrecurrent_usd = 0\n')
    result = run("compare", "--scenario", plan_file, "--scenario", plan_file, "--terms", terms)
    assert result.exit_code == 1
    assert "two options are called 'Without Diabaly'" in result.output
    assert "'Nobody', which is no option" in result.output
