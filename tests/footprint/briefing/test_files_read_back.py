"""Files others open, read back by the programs that open them: the same within the precision."""

from __future__ import annotations

import socket
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from footprint.briefing.files.crate import CratedFile, crate_of
from footprint.briefing.files.layers import map_layers
from footprint.briefing.files.set import FileFormat, files_of
from footprint.briefing.files.units import unit_years
from footprint.briefing.findings import FOOTPRINTS, months_of
from footprint.disclosure import Precision
from footprint.documents.schema import DocumentName
from footprint.indicators.indicator import Indicator
from footprint.releases.codes import codes_in
from tests.footprint.briefing.briefs import brief
from tests.footprint.briefing.made_files import (
    CODE,
    KML,
    document,
    geojson,
    geopackage,
    kml,
    made,
    rows,
    texts,
    told,
    workbook,
    xml,
)
from tests.footprint.documents.validate import faults

pytestmark = pytest.mark.slow
STEPS = {Precision.STRICT: 0.01, Precision.PUBLIC: 0.01, Precision.INTERNAL: 0.001}


def test_what_is_planned_is_every_format_and_each_file_once():
    planned = files_of(told("en"))
    names = [each.suffix for each in planned]
    assert len(names) == len(set(names))
    assert {name.rpartition(".")[2] for name in names} == {str(each) for each in FileFormat}
    assert all(each.description and "/" in each.media_type for each in planned)


def test_only_the_formats_asked_for_are_planned():
    assert [each.suffix for each in files_of(told("en"), [FileFormat.KMZ])] == ["map.kmz"]


def test_a_geopackage_reads_back_as_the_layers_of_the_brief():
    read = geopackage(made(told("en"))["map.gpkg"])
    for layer in map_layers(told("en")):
        again = read[layer.name]
        assert again.crs == "EPSG:4326"
        assert again.geometry.geom_equals(layer.frame.geometry).all()
        pd.testing.assert_frame_equal(
            pd.DataFrame(again.drop(columns="geometry")),
            pd.DataFrame(layer.frame.drop(columns="geometry")),
            check_dtype=False,
        )


def test_a_geojson_file_is_a_layer_of_the_geopackage():
    read = geopackage(made(told("en"))["map.gpkg"])
    for layer in map_layers(told("en")):
        again = geojson(made(told("en"))[f"{layer.name}.geojson"])
        assert again.geometry.geom_equals(read[layer.name].geometry).all()
        assert again["name"].tolist() == read[layer.name]["name"].tolist() if "name" in again else True


def test_geojson_rings_go_round_by_the_right_hand():
    districts = geojson(made(told("en"))["districts.geojson"])
    for shape in districts.geometry:
        for part in shape.geoms:
            assert part.exterior.is_ccw
            assert not any(ring.is_ccw for ring in part.interiors)


def test_a_style_stands_beside_every_layer_and_draws_rules():
    read = geopackage(made(told("fr"))["map.gpkg"])
    styles = read["layer_styles"]
    assert set(styles["f_table_name"]) == {layer.name for layer in map_layers(told("fr"))}
    for written in styles["styleQML"]:
        found = xml(written.removeprefix("<!DOCTYPE qgis>"))
        renderer = found.find("renderer-v2")
        assert renderer.get("type") == "RuleRenderer"
        assert len(renderer.findall(".//rule")) == len(renderer.findall("./symbols/symbol")) > 0


def test_a_globe_gets_the_sites_and_units_and_asks_no_server():
    content = made(told("en"))["map.kmz"]
    folders = kml(content).findall(f"./{KML}Document/{KML}Folder")
    places = [len(each.findall(f"{KML}Placemark")) for each in folders]
    layers = {layer.name: layer for layer in map_layers(told("en"))}
    assert places == [len(layers[name].frame) for name in ("sites", "districts", "regions")]
    links = [each.text for each in kml(content).iter(f"{KML}href")]
    assert set(links) == {"pin.png"}


@pytest.mark.parametrize(("code", "separator", "mark"), [("fr", ";", ","), ("en", ",", ".")])
def test_the_excel_of_a_language_reads_its_csv(code: str, separator: str, mark: str):
    content = made(told(code))["figures.csv"]
    assert content.startswith(b"\xef\xbb\xbf")
    read = rows(content, separator)
    years = unit_years(told(code))
    assert len(read) == 12 * len(years)
    for place, each in enumerate(years):
        for month in range(12):
            row = read[12 * place + month]
            for own, name in zip(FOOTPRINTS, ("force", "mission"), strict=True):
                value = each.footprints[own].by_month[month]
                assert row[name] == (
                    "" if value is None else f"{value:.6f}".rstrip("0").rstrip(".").replace(".", mark)
                )


@pytest.mark.parametrize("precision", [Precision.STRICT, Precision.PUBLIC, Precision.INTERNAL])
def test_figures_are_those_of_the_review_within_half_a_step(precision: Precision):
    shown = told("en", precision)
    exact = months_of(shown, shown.focus, shown.shown)
    region = next(
        each
        for each in unit_years(shown)
        if each.unit.name == "Mopti" and each.plan != unit_years(shown)[0].plan
    )
    for own in FOOTPRINTS:
        given = np.array(region.footprints[own].by_month)
        assert np.abs(given - exact[own]).max() <= STEPS[precision] / 2 + 1e-9
        assert np.allclose(given / STEPS[precision], np.round(given / STEPS[precision]), atol=1e-6)


def test_exact_figures_are_told_where_everything_is():
    shown = told("en", Precision.RESTRICTED)
    exact = months_of(shown, shown.focus, shown.shown)[Indicator.FORCE]
    region = unit_years(shown)[len(unit_years(shown)) // 2 + 1]
    assert region.unit.name == "Mopti"
    assert np.allclose(region.footprints[Indicator.FORCE].by_month, exact, atol=1e-6)


def test_a_workbook_holds_every_table_on_a_sheet_of_its_own():
    book = workbook(made(told("en"))["tables.xlsx"])
    assert book.sheetnames == [
        "Figures by month",
        "Seasons",
        "Changes against today",
        "Sites",
        "Assets",
        "Sources",
        "Terms of release",
        "What is not known",
    ]
    csv_rows = rows(made(told("en"))["figures.csv"], ",")
    sheet = list(book["Figures by month"].iter_rows(min_row=2, values_only=True))
    assert len(sheet) == len(csv_rows)
    assert [row[6] for row in sheet] == [float(row["force"]) for row in csv_rows]


def test_french_sheets_have_short_enough_names_and_french_heads():
    book = workbook(made(told("fr"))["tables.xlsx"])
    assert all(len(name) <= 31 for name in book.sheetnames)
    assert [cell.value for cell in book.worksheets[0][1]][:4] == ["Plan", "Niveau", "Identifiant", "Nom"]


@pytest.mark.parametrize("precision", list(Precision))
def test_the_document_holds_to_its_schema(precision: Precision):
    content = document(made(told("en", precision))["data.json"])
    assert faults(content, DocumentName.BRIEFING) == []
    assert content["terms"]["code"] == CODE


def test_changes_are_what_the_plan_adds_to_today():
    shown = told("en", Precision.RESTRICTED)
    years = unit_years(shown)
    half = len(years) // 2
    for today, plan in zip(years[:half], years[half:], strict=True):
        for own in FOOTPRINTS:
            before, after = (np.array(each.footprints[own].by_month) for each in (today, plan))
            assert np.allclose(plan.changes[own].by_month, after - before, atol=2e-6)
            means = plan.footprints[own].mean - today.footprints[own].mean
            assert plan.changes[own].mean == pytest.approx(means, abs=2e-6)


def test_two_makings_are_the_same_bytes():
    again, once = brief("en", "Mopti"), made(told("en"))
    assert again is not told("en")
    for each in files_of(again):
        assert each.make(CODE) == once[each.suffix], each.suffix


def test_every_file_names_its_code_and_how_it_is_to_be_handled():
    for name, content in made(told("en")).items():
        assert any(CODE in text for text in texts(name, content)), name
        if name != "data.schema.json":
            assert any("CONFIDENTIAL — DRAFT" in text for text in texts(name, content)), name
            assert any("Some data are invented" in text for text in texts(name, content)), name


def test_a_code_is_found_in_files_that_are_plain_text():
    assert codes_in(made(told("en"))["data.json"]) == (CODE,)


def test_a_crate_lists_every_file_and_source_and_asks_nobody(monkeypatch: pytest.MonkeyPatch):
    def refused(*_: object) -> None:
        raise AssertionError("somebody was asked")

    monkeypatch.setattr(socket, "socket", refused)
    files = {
        f"x_{name}": CratedFile(content, "text/plain", name) for name, content in made(told("en")).items()
    }
    content = crate_of(told("en"), files, CODE)
    assert content == crate_of(told("en"), dict(reversed(files.items())), CODE)
    parts = {each["@id"]: each for each in document(content)["@graph"]}
    assert {each["@id"] for each in parts["./"]["hasPart"]} == set(files)
    assert parts["ro-crate-metadata.json"]["conformsTo"]["@id"].endswith("/1.1")
    assert "invented" in parts["./"]["description"]
    assert parts["./"]["datePublished"] == "2019-07-01"
    sources = [each for name, each in parts.items() if name.startswith("#source-")]
    assert all(each["license"] for each in sources)
    assert any("Invented: yes" in each["description"] for each in sources)
    assert not any(each["about"] == "sensitive" for each in sources)


def test_without_a_plan_no_change_is_told():
    alone = replace(told("en"), plans=())
    names = {each.suffix for each in files_of(alone)}
    assert "changes.csv" not in names
    districts = next(layer for layer in map_layers(alone) if layer.name == "districts")
    assert not any("change" in column for column in districts.frame.columns)
