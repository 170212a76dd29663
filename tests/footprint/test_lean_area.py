"""
A country with people, sites, assets and roads, and nothing that may be missing, through all that there is.

Nothing falls over, and what nobody has brought is not known, rather than none, in whatever is said or written.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

from footprint.briefing.files.geographic import geopackage_of
from footprint.briefing.files.layers import layer_titles
from footprint.briefing.sheets.ground import GroundShown, ground_keys
from footprint.caveats import NO_INCIDENTS
from footprint.cli.main import app
from footprint.documents.watch_columns import NO_LAYER
from footprint.language import Language
from footprint.options.choices import Act
from footprint.options.suggest import suggested
from footprint.scenario import CloseSite, Scenario, dumps
from layers.registry import LAYERS
from tests import kept
from tests.briefs import brief_of
from tests.edge_worlds import lean

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("searched_once", "read_once")]

MISSING = tuple(name for name, layer in LAYERS.items() if layer.empty is not None)
NOT_DRAWN = (
    "Not known here, so that none is drawn and none is in a file: Incidents, Rivers, Lakes, Flood zones and "
    "Towns and villages."
)
NOT_KNOWN = "Incidents, Rivers, Lakes, Flood zones, Towns and villages, Airfields and Sensitive places"
COMMANDS = {
    "review": (),
    "sites": (),
    "site": ("--at", "0.8,0.4", "--assets", "infantry_company=1"),
    "evidence": (),
    "hotspots": (),
    "calendar": (),
    "options": ("--one-off", "20000000", "--more-posts", "2", "--seconds", "1"),
    "stagger": ("--units", "1"),
    "sure": (),
    "why": ("0.3, 1.2",),
}
"""Commands on an area that answer in tables or as a document."""
PRODUCTS = ("sheet", "report", "slides", "map", "files")
TERMS = (
    *("--purpose", "P", "--audience", "A", "--releaser", "R", "--number", "1"),
    *("--marking", "confidential", "--precision", "internal"),
)


def folder() -> Path:
    return kept.folder_once("lean", lean)


def ran(*words: str) -> str:
    result = CliRunner().invoke(app, list(words), env={"COLUMNS": "200"})
    assert result.exit_code == 0, (words, result.output, result.exception)
    return result.output


def whole(text: str) -> str:
    return " ".join(text.split())


def test_nothing_that_may_be_missing_is_there():
    assert set(kept.area_at(folder()).absent) == set(MISSING)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_answers_and_says_that_incidents_are_not_known(command):
    said = whole(ran(command, str(folder()), *COMMANDS[command]))
    unsaid = NO_INCIDENTS if command in {"hotspots", "calendar"} else f"no such layer: {NOT_KNOWN}."
    assert unsaid in said


@pytest.mark.parametrize("command", COMMANDS)
def test_every_document_is_written_and_cites_no_layer_that_is_not_there(command):
    document = json.loads(
        ran(command, str(folder()), *COMMANDS[command], "--json"), parse_constant=pytest.fail
    )
    head = document.get("head", document)
    assert not {each["layer"] for each in head["sources"]} & set(MISSING)


def test_plans_are_compared(tmp_path):
    plan = tmp_path / "plan.json"
    plan.write_text(
        dumps(Scenario("Nothing", ()), area=kept.area_at(folder()), provenance={}), encoding="utf-8"
    )
    assert NOT_KNOWN in whole(ran("compare", str(folder()), "--scenario", str(plan)))


@pytest.mark.parametrize("command", ["check", "roads"])
def test_the_folder_is_checked_and_its_roads_are_surveyed(command):
    assert "not known" in ran("area", command, str(folder()))


def test_evidence_has_no_table_of_rules_where_nothing_was_to_be_named():
    assert "Rule" not in ran("evidence", str(folder()))


def test_no_row_of_the_calendar_counts_incidents_that_nobody_has_brought():
    rows = json.loads(ran("calendar", str(folder()), "--json"))["areas"]
    assert {(each["n_events"], each["eligible_years"], len(each["by_month"])) for each in rows} == {
        (None, None, 0)
    }
    assert {each["reasons"]["n_events"] for each in rows} == {NO_LAYER}


def test_killings_around_a_site_are_not_counted_of_incidents_that_nobody_has_brought(tmp_path):
    plan = tmp_path / "plan.json"
    closing = Scenario("Closing", (CloseSite("edge"),))
    plan.write_text(dumps(closing, area=kept.area_at(folder()), provenance={}), encoding="utf-8")
    document = json.loads(ran("review", str(folder()), "--scenario", str(plan), "--json"))
    watch = document["comparison"]["watch"]
    assert (watch["killings"], watch["killings_all"], watch["killings_share"]) == (None, None, None)
    assert {each["killings"] for each in watch["units"]} == {None}
    assert watch["reasons"]["killings"] == watch["units"][0]["reasons"]["killings"] == NO_LAYER


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return every kind of product of a set, by its name."""
    out = tmp_path_factory.mktemp("lean")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(out / "data"))
        patch.setenv("XDG_STATE_HOME", str(out / "state"))
        made = [word for name in PRODUCTS for word in ("--product", name)]
        ran(
            "brief",
            str(folder()),
            "--lang",
            "en",
            "--format",
            "svg",
            *TERMS,
            *made,
            "--out",
            str(out / "set"),
        )
    return {path.name: path.read_bytes() for path in (out / "set" / "en").iterdir()}


def one(files: dict[str, bytes], end: str) -> bytes:
    (found,) = (content for name, content in files.items() if name.endswith(end))
    return found


def test_every_product_is_made(files):
    ends = (
        "landscape_en",
        "report.pdf",
        "slides.pptx",
        "map.html",
        "map.gpkg",
        "map.kmz",
        "tables.xlsx",
        "_data.json",
    )
    assert all(any(end in name for name in files) for end in ends)


def test_no_file_stands_for_a_layer_that_is_not_known(files):
    assert [name for name in files if name.endswith(tuple(f"{layer}.geojson" for layer in MISSING))] == []


def test_the_geopackage_has_no_table_of_a_layer_that_is_not_known(files, tmp_path):
    path = tmp_path / "map.gpkg"
    path.write_bytes(one(files, "map.gpkg"))
    with sqlite3.connect(path) as opened:
        tables = {name for (name,) in opened.execute("SELECT table_name FROM gpkg_contents")}
    assert "sites" in tables
    assert not tables & set(MISSING)


def test_no_source_is_cited_for_it(files):
    rows = csv.DictReader(io.StringIO(one(files, "sources.csv").decode("utf-8-sig")))
    assert not {row["layer"] for row in rows} & set(MISSING)
    assert not {row["layer"] for row in json.loads(one(files, "_data.json"))["sources"]} & set(MISSING)


@pytest.mark.parametrize(
    "end", ["about.csv", "_data.json", "sites.geojson", "crate-metadata.json", "map.html"]
)
def test_every_file_says_what_is_not_known_and_cites_nothing_kept_by_hand_for_it(files, end):
    said = one(files, end).decode()
    assert NOT_DRAWN in said
    assert not any(
        f"{words}, kept by hand" in said for words in ("Rivers", "Lakes", "Flood zones", "Incidents")
    )


def test_the_report_says_it_too(files):
    said = whole(
        " ".join(page.extract_text() for page in PdfReader(io.BytesIO(one(files, "report.pdf"))).pages)
    )
    assert NO_INCIDENTS in said
    assert "Not known here: Flood zones and Rivers." in said
    assert "In no unit shown do months return" not in said
    assert "kept by hand" in said
    assert "Rivers, kept by hand" not in said


def test_a_place_without_a_town_is_called_by_its_unit_and_where_it_is():
    opened = {each.name for each in suggested(kept.prepared_at(folder()), 5).choices if each.act is Act.OPEN}
    assert opened
    assert all(re.fullmatch(r"(East|West) \(0\.\d\d, [01]\.\d\d\)", name) for name in opened), opened


def test_layers_of_one_level_of_units_that_are_called_alike_have_titles_of_their_own():
    area = kept.area_at(folder())
    one_level = replace(
        kept.prepared_at(folder()), area=replace(area, unit_words=area.unit_words.of_one_level())
    )
    brief = brief_of(one_level)
    titles = layer_titles(brief).values()
    assert len(set(titles)) == len(titles)
    assert geopackage_of(brief, "AAAAA-AAAAA-A")


def test_the_legend_names_units_that_serve_as_both_levels_once():
    words = kept.area_at(folder()).unit_words.of_one_level()
    keys = ground_keys(GroundShown([], False, False, False, False), 9, Language.of_area("en", words))
    assert [label for _, label in keys] == ["Country", "Region"]
