"""Files others open hold no more than their release permits, and nothing in them runs."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from functools import cache
from io import BytesIO

import numpy as np
import pandas as pd
import pytest
import shapely

from footprint.briefing.files.crate import CratedFile, crate_of
from footprint.briefing.files.layers import GROUND_DEG, map_layers
from footprint.briefing.files.plain import in_csv, plain
from footprint.briefing.files.set import files_of
from footprint.cli.paths import bundled_case
from footprint.disclosure import Precision, step_deg
from footprint.documents.schema import DocumentName
from footprint.releases.terms import Marking
from footprint.scenario import OpenSite, Scenario
from layers import Area
from layers.sites import SiteKind
from tests.footprint.briefing.briefs import KORO, brief, reviewed
from tests.footprint.briefing.made_files import (
    CODE,
    HOSTILE,
    KML,
    SAID,
    document,
    geojson,
    geopackage,
    hostile,
    kml,
    made,
    points,
    rows,
    silent,
    texts,
    told,
    workbook,
    xml,
)
from tests.footprint.documents.validate import faults

pytestmark = pytest.mark.slow
COARSE = [Precision.STRICT, Precision.PUBLIC]
PLACES = [Precision.PUBLIC, Precision.INTERNAL, Precision.RESTRICTED]
LIVE = ("=", "+", "-", "@")
STEERING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def labels(area: Area) -> set[tuple[float, float]]:
    """Return where the names of units would be written."""
    found = area.districts.geometry.representative_point().to_crs("EPSG:4326")
    return {(round(point.x, 5), round(point.y, 5)) for point in found}


def whole(value: np.ndarray, step: float) -> bool:
    return bool(np.allclose(value / step, np.round(value / step), atol=1e-4))


@pytest.mark.parametrize("precision", PLACES)
def test_no_site_stands_more_exactly_than_the_release_lets_it(precision: Precision):
    files, step = made(told("en", precision)), step_deg(precision)
    read = [geopackage(files["map.gpkg"])["sites"], geojson(files["sites.geojson"])]
    found = [np.array(points(frame.geometry.to_numpy())) for frame in read]
    found.append(np.array([[float(row["lon"]), float(row["lat"])] for row in rows(files["sites.csv"], ",")]))
    found.append(np.array([[s["lon"], s["lat"]] for s in document(files["data.json"])["sites"]]))
    marks = [
        each.text.split(",")[:2] for each in kml(files["map.kmz"]).iterfind(f".//{KML}Point/{KML}coordinates")
    ]
    found.append(np.array(marks, dtype=float))
    book = workbook(files["tables.xlsx"])["Sites"]
    found.append(np.array([row[5:7] for row in book.iter_rows(min_row=2, values_only=True)], dtype=float))
    for each in found:
        assert len(each) == len(found[0])
        assert np.allclose(each, found[0])
        on_grid = each if precision is not Precision.PUBLIC else each[:-1]
        assert whole(on_grid, step)
    if precision is Precision.PUBLIC:
        # The last is the one that the plan opens.
        assert tuple(found[0][-1]) in labels(told("en", precision).prepared.area)


def test_under_the_coarsest_a_site_stands_where_its_unit_is_labelled():
    shown = told("en", Precision.STRICT)
    area = shown.prepared.area
    sites = geojson(made(shown)["sites.geojson"])
    assert set(points(sites.geometry.to_numpy())) <= labels(area)


@pytest.mark.parametrize("precision", COARSE)
def test_what_a_plan_closes_is_told_as_it_stands_today(precision: Precision):
    """Ber is closed by the plan, and is the one site of its unit."""
    closing = told("en", precision)
    opening = replace(closing, plans=(reviewed(Scenario("Koro", KORO.changes[:-1])),))
    keep = ["site_id", "name", "state", "months", "kind"]
    with_it, without = (geojson(made(each)["sites.geojson"]) for each in (closing, opening))
    assert with_it[keep].to_numpy().tolist() == without[keep].to_numpy().tolist()
    assert points(with_it.geometry.to_numpy()) == points(without.geometry.to_numpy())
    assert "closing" not in set(with_it["state"])


@pytest.mark.parametrize("precision", COARSE)
def test_where_a_site_stands_among_the_rows_says_nothing_of_its_name(precision: Precision):
    """Rows by identifier would say between which two letters a withheld name lies."""
    named = [Scenario("x", (OpenSite(own, own, -3.08, 14.06, SiteKind.TOB),)) for own in ("aa", "zz")]
    made_of = [made(replace(told("en", precision), plans=(reviewed(each),))) for each in named]
    tables = [rows(each["sites.csv"], ",") for each in made_of]
    assert tables[0] == tables[1]


STRICTEST = {"precision": Precision.RESTRICTED, "marking": Marking.STRICTLY_CONFIDENTIAL}


def test_what_stands_at_each_site_is_told_on_the_strictest_terms():
    told_assets = document(made(brief(**STRICTEST))["data.json"])["assets"]
    held = brief().today.laydown.assets
    assert {each["site_id"] for each in told_assets} >= set(held["site_id"])


@pytest.mark.parametrize("precision", [Precision.INTERNAL, Precision.RESTRICTED])
@pytest.mark.parametrize("marking", [Marking.CONFIDENTIAL, Marking.STRICTLY_CONFIDENTIAL])
def test_on_all_other_terms_what_stands_at_sites_is_told_in_sum(precision: Precision, marking: Marking):
    if (precision, marking) == tuple(STRICTEST.values()):
        return
    shown = brief(precision=precision, marking=marking)
    files = made(shown)
    sums = shown.today.laydown.assets.groupby("kind")["count"].sum().to_dict()
    told_assets = document(files["data.json"])["assets"]
    assert {each["site_id"] for each in told_assets} == {None}
    assert {each["kind"]: each["today"] for each in told_assets if each["today"]} == sums
    assert {row["site"] for row in rows(files["assets.csv"], ",")} == {"all sites of the area, in sum"}
    assert (
        "strictly confidential; here there are kinds and sums"
        in document(files["data.json"])["about"]["places"]
    )


@pytest.mark.parametrize("precision", list(Precision))
def test_the_ground_is_no_finer_than_it_says(precision: Precision):
    for layer in map_layers(told("en", precision)):
        again = geojson(made(told("en", precision))[f"{layer.name}.geojson"])
        if layer.step_deg is not None:
            assert whole(shapely.get_coordinates(again.geometry.to_numpy()), layer.step_deg)
            coarsest = step_deg(precision) if layer.name in {"sites", "cells"} else GROUND_DEG
            assert layer.step_deg == coarsest or precision is Precision.RESTRICTED


@pytest.mark.parametrize("precision", COARSE)
def test_where_small_numbers_are_withheld_no_cell_incident_or_asset_leaves(precision: Precision):
    files = made(told("en", precision))
    assert not {"cells.geojson", "assets.csv"} & files.keys()
    assert not any("cell" in name or "incident" in name for name in geopackage(files["map.gpkg"]))
    assert document(files["data.json"])["assets"] is None
    assert "Assets" not in workbook(files["tables.xlsx"]).sheetnames


@pytest.mark.parametrize("precision", list(Precision))
def test_no_incident_and_no_count_of_them_is_in_any_file(precision: Precision):
    """Counts would have to be held against all that were told before; these files tell none."""
    files = made(told("en", precision))
    read = geopackage(files["map.gpkg"])
    columns = {column for frame in read.values() for column in frame.columns}
    heads = {cell for name in files if name.endswith(".csv") for cell in rows(files[name], ",")[0]}
    keys = set(re.findall(r'"(\w+)":', files["data.json"].decode()))
    for word in ("incident", "event", "death", "killed", "geo_precision"):
        assert not any(word in each for each in {*read, *columns, *heads, *keys})


@pytest.mark.parametrize("precision", list(Precision))
def test_no_sensitive_place_is_in_any_file(precision: Precision):
    places = pd.read_csv(bundled_case() / "sensitive.csv", dtype=str)
    wanted = [*places["place_id"]]
    pairs = [*(places["lon"] + "," + places["lat"])]
    for name, content in made(told("en", precision)).items():
        for text in texts(name, content):
            assert not any(each in text for each in wanted), name
            if name not in {"map.gpkg", "cells.geojson"}:
                assert not any(each in text for each in pairs), name
    where = set(zip(places["lon"].astype(float), places["lat"].astype(float), strict=True))
    shown = points(geopackage(made(told("en", precision))["map.gpkg"])["sites"].geometry.to_numpy())
    assert not where & set(shown)


@pytest.mark.parametrize("precision", COARSE)
def test_neither_the_plan_nor_its_site_is_named_to_the_public(precision: Precision):
    files = made(told("en", precision))
    for name, content in files.items():
        for text in texts(name, content):
            assert "Koro base" not in text, name
            assert '"p1"' not in text, name
    assert "Proposed site in Koro" in geojson(files["sites.geojson"])["name"].tolist()


@pytest.mark.parametrize("precision", COARSE)
def test_no_plain_hash_of_places_leaves(precision: Precision):
    shown = told("en", precision)
    plain_hashes = [shown.prepared.area.digest, shown.shown.provenance.scenario_id]
    plain_hashes += [own.sha256 for own in shown.prepared.area.sources]
    for name, content in made(shown).items():
        for text in texts(name, content):
            assert not any(each in text for each in plain_hashes), name


@cache
def hostile_files() -> dict[str, bytes]:
    return made(hostile())


def test_hostile_names_are_text_in_a_geopackage():
    read = geopackage(hostile_files()["map.gpkg"])
    for name in ("sites", "regions", "districts", "roads", "rivers", "lakes", "flood_zones", "outline"):
        assert set(read[name]["name"]) == {SAID}, name
    assert SAID in read["sources"]["title"].tolist()
    for written in read["layer_styles"]["styleQML"]:
        xml(written.removeprefix("<!DOCTYPE qgis>"))


def test_hostile_names_are_text_in_geojson():
    content = hostile_files()["sites.geojson"].decode()
    assert not STEERING.search(content)
    assert set(geojson(content.encode())["name"]) == {SAID}


def test_hostile_names_are_text_in_a_globe_and_in_its_balloons():
    root = kml(hostile_files()["map.kmz"])
    names = [each.text for each in root.iterfind(f".//{KML}Placemark/{KML}name")]
    assert set(names) == {SAID.replace("$[", "$ [")}
    for each in root.iter(f"{KML}description"):
        assert "<" not in (each.text or "")
        assert "$[" not in (each.text or "")
    assert "&lt;b&gt;p&lt;/b&gt;" in root.find(f"{KML}Document/{KML}description").text


@pytest.mark.parametrize(
    "name", ["figures", "seasons", "changes", "sites", "assets", "sources", "about", "not_known"]
)
def test_no_cell_of_a_csv_file_is_a_formula(name: str):
    content = hostile_files()[f"{name}.csv"]
    read = rows(content, ",")
    assert read
    for row in read:
        for cell in row.values():
            assert not STEERING.search(cell)
            assert not cell.lstrip().startswith(LIVE) or re.fullmatch(r"-?\d+(\.\d+)?", cell)


def test_a_csv_cell_keeps_the_words_of_a_hostile_name():
    assert {row["name"] for row in rows(hostile_files()["sites.csv"], ",")} == {"'" + SAID}


def test_no_cell_of_a_workbook_is_a_formula_or_a_link():
    content = hostile_files()["tables.xlsx"]
    book = workbook(content)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in {"s", "n"}
                assert cell.hyperlink is None
                assert not isinstance(cell.value, str) or not STEERING.search(cell.value)
    with zipfile.ZipFile(BytesIO(content)) as packed:
        assert not any("<f>" in packed.read(name).decode() for name in packed.namelist() if "sheet" in name)
        assert not any("vba" in name or "externalLink" in name for name in packed.namelist())
    assert {row[1] for row in book["Sites"].iter_rows(min_row=2, values_only=True)} == {SAID}


def test_hostile_names_are_text_in_the_document_and_the_crate():
    content = hostile_files()["data.json"]
    assert faults(document(content), DocumentName.BRIEFING) == []
    assert {each["name"] for each in document(content)["sites"]} == {SAID}
    files = {HOSTILE.replace("\0", ""): CratedFile(b"x", "text/plain", HOSTILE)}
    crate = crate_of(hostile(), files, CODE)
    assert not STEERING.search(crate.decode())
    assert SAID in {each.get("name") for each in document(crate)["@graph"]}


@pytest.mark.parametrize("mark", ["=", "+", "-", "@", "\t=", "\r=", " =", "＝", "\u202e=", "|"])
def test_a_text_that_begins_like_a_formula_is_marked_as_text(mark: str):
    assert in_csv(f"{mark}1+1").startswith("'")


def test_a_text_longer_than_a_cell_is_cut_to_one():
    assert len(plain("x" * 40_000)) == 32_000


def test_what_is_not_known_is_empty_and_says_why():
    files = made(silent())
    figures = rows(files["figures.csv"], ",")
    assert all(row["mission"] == "" and "not known" in row["note"] for row in figures)
    assert any(row["force"] not in {"", "0"} for row in figures)
    content = document(files["data.json"])
    assert all(row["mission"] is None for row in content["figures"])
    assert all("not known" in row["reasons"]["mission"] for row in content["figures"])
    assert faults(content, DocumentName.BRIEFING) == []
    read = geopackage(files["map.gpkg"])["districts"]
    assert read["mission_10"].isna().all()
    assert read["mission_why"].str.contains("not known").all()
    assert geojson(files["districts.geojson"])["mission_mean"].isna().all()
    cells = [
        row[7]
        for row in workbook(files["tables.xlsx"])["Figures by month"].iter_rows(min_row=2, values_only=True)
    ]
    assert set(cells) == {None}
    words = [each.text for each in kml(files["map.kmz"]).iterfind(f".//{KML}Placemark/{KML}description")]
    assert sum("Mission footprint: not known" in each for each in words) == len(read) + 1


def test_what_a_plan_adds_to_the_unknown_is_told_as_at_least():
    changes = document(made(silent())["data.json"])["changes"]
    mission = [row for row in changes if row["footprint"] == "mission"]
    assert all(row["at_least"] for row in mission)
    added = [row for row in mission if row["mean"] is not None]
    assert all(row["mean"] > 0 for row in added)
    nothing = [row for row in mission if row["mean"] is None]
    assert nothing
    assert all("not known" in row["reasons"]["mean"] for row in nothing)
    notes = [row["note"] for row in rows(made(silent())["changes.csv"], ",")]
    assert all("not known" in each for each in notes)


def test_what_is_not_known_stands_on_a_sheet_of_its_own():
    book = workbook(made(silent())["tables.xlsx"])
    sentences = [row[0] for row in book["What is not known"].iter_rows(min_row=2, values_only=True)]
    assert any("not known, not zero" in each for each in sentences)


def test_a_cell_of_which_nothing_is_known_is_no_nought():
    cells = geopackage(made(silent())["map.gpkg"])["cells"]
    assert not (cells["mission"] == 0).any()
    assert (cells["force"] == 0).any()


def test_files_are_planned_without_being_made():
    assert all(callable(each.make) for each in files_of(told("en")))
