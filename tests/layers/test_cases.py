"""Small inputs that failed: each folder of tests/cases with its right answer, in the words a user reads."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from footprint.cli.main import app
from footprint.language import Language
from footprint.scenario import files
from layers import load_area
from layers.errors import LayerError
from layers.formats.delimited import read_table as read_provider_table
from tests.worlds import bundled_area

pytestmark = pytest.mark.slow

CASES = Path(__file__).resolve().parents[1] / "cases"


def said(*words: str) -> str:
    """Return what a command prints, in one line."""
    return " ".join(CliRunner().invoke(app, list(words)).output.split())


def test_a_site_in_a_town_whose_cell_has_its_centre_abroad_stands_in_its_own_cell():
    area = load_area(CASES / "border_site")
    cape = area.sites.geometry["cape"]
    cell = area.grid.cell_at(np.array([cape.x]), np.array([cape.y]))[0]
    assert cell >= 0
    assert area.grid.inside_share is not None
    assert area.grid.inside_share[cell] < 1
    assert area.moved == ()


def test_a_site_beyond_a_simplified_coast_takes_the_nearest_cell_with_its_distance():
    words = said("area", "check", str(CASES / "site_beyond_simplified_coast"))
    assert "The area can be used." in words
    assert "Outside the country's outline, taken at the nearest cell: Port (219 m)." in words


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "en",
            "Stands in water, with the nearest dry place and its latitude and longitude: Alpha (11 km: 10.50, 10.40).",
        ),
        (
            "fr",
            "Dans l’eau, avec le lieu sec le plus proche, sa latitude et sa longitude : Alpha (11 km: 10.50, 10.40).",
        ),
    ],
)
def test_a_site_on_water_is_told_so_with_the_nearest_dry_place(language, sentence):
    assert sentence in said("area", "check", str(CASES / "site_in_lake"), "--lang", language)


def test_a_proposal_on_water_is_told_so_with_the_nearest_dry_place(tmp_path):
    plan = tmp_path / "plan.json"
    plan.write_text(
        '{"format": 1, "name": "plan", "area_id": "mini", "area_digest": "", "changes": [{"change": "OpenSite",'
        ' "site_id": "p", "name": "Pier", "lon": 11.32, "lat": 10.45, "kind": "camp", "months": 4095}]}',
        encoding="utf-8",
    )
    words = said("review", str(CASES / "proposal_in_lake"), "--scenario", str(plan))
    assert "nearest dry place and its latitude and longitude: Pier (2 km: 10.45, 11.29)." in words


def test_people_of_a_half_that_the_raster_does_not_cover_are_not_known():
    folder = str(CASES / "people_unknown_in_one_half")
    words = said("review", folder)
    assert (
        "How many people live there is not known, in part or in whole, and shares leave it out: East (100 %)"
        in words
    )
    document = CliRunner().invoke(app, ["review", folder, "--json"]).stdout
    assert '"not known: the population raster says nothing of this unit"' in document
    assert "no people in this unit" not in document


def test_a_row_of_tags_under_the_header_of_an_own_table_is_passed_over():
    assert len(load_area(CASES / "hxl_row_in_own_file").incidents) == 120


def test_a_table_with_a_row_of_tags_counts_its_rows_as_the_spreadsheet_does(tmp_path):
    folder = tmp_path / "case"
    shutil.copytree(CASES / "hxl_row_in_own_file", folder)
    path = folder / "incidents.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("E001,2015-03-22", "E001,soon"), encoding="utf-8"
    )
    with pytest.raises(LayerError, match=r"incidents\.csv, column 'date', row 4: 'soon' is no date"):
        load_area(folder)


@pytest.mark.parametrize("case", ["semicolon_decimal_comma", "semicolon_decimal_comma_b"])
def test_a_table_that_a_french_spreadsheet_saved_is_read(case):
    area, plain = load_area(CASES / case), load_area(CASES / "border_site")
    assert area.sites.geometry["alpha"].distance(plain.sites.geometry["alpha"]) < 0.001
    assert len(area.incidents) == 120
    assert area.incidents["deaths"].tolist() == plain.incidents["deaths"].tolist()


def test_months_in_such_a_table_stay_months(tmp_path):
    folder = tmp_path / "case"
    shutil.copytree(CASES / "semicolon_decimal_comma", folder)
    path = folder / "sites.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(";all;", ";1,3;"), encoding="utf-8")
    assert load_area(folder).sites["months"].tolist() == [0b101]


def test_a_decimal_comma_typed_into_a_coordinate_is_told_so(tmp_path):
    folder = tmp_path / "case"
    shutil.copytree(CASES / "border_site", folder)
    path = folder / "sites.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("10.5,10.5", '"10,5",10.5'), encoding="utf-8")
    with pytest.raises(LayerError, match=r"row 2: a coordinate has a decimal comma\. Use a decimal point\."):
        load_area(folder)


def test_a_provider_table_with_semicolons_is_refused_by_name(tmp_path):
    path = tmp_path / "ged.csv"
    path.write_text("id;year;latitude\n1;2018;14,5\n", encoding="utf-8")
    with pytest.raises(LayerError, match="separated by semicolons, and its numbers may have decimal commas"):
        read_provider_table(path, required=("id",))


def test_multi_part_lines_of_one_part_are_read():
    area = load_area(CASES / "multiline_roads")
    assert area.roads.geometry.geom_type.tolist() == ["LineString"]
    assert area.roads.length.iloc[0] == pytest.approx(197_000, rel=0.01)


@pytest.mark.parametrize(
    ("parts", "reads"), [("((10.1 10.5, 11 10.5), (11 10.5, 11.9 10.5))", True),
                         ("((10.1 10.5, 11 10.5), (11.2 10.5, 11.9 10.5))", False)]
)  # fmt: skip
def test_parts_that_join_are_one_line_and_others_are_named(tmp_path, parts, reads):
    folder = tmp_path / "case"
    shutil.copytree(CASES / "border_site", folder)
    (folder / "roads.geojson").unlink()
    (folder / "roads.csv").write_text(
        "road_id,name,road_class,surface,smoothness,crossing,raised,search_rated,closed_months,length_km,stated_min,wkt\n"
        f'r1,RN1,trunk,paved,good,none,true,false,,,,"MULTILINESTRING {parts}"\n',
        encoding="utf-8",
    )
    toml = folder / "area.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace("roads.geojson", "roads.csv"), encoding="utf-8")
    if reads:
        assert load_area(folder).roads.geometry.geom_type.tolist() == ["LineString"]
        return
    with pytest.raises(LayerError, match="the line of 'r1' is drawn in parts that do not join"):
        load_area(folder)


def test_road_ends_65_m_apart_are_named_with_their_distance():
    words = said("area", "check", str(CASES / "road_gap_65m"))
    assert (
        "Roads that end near another without joining it, so that nobody drives across: e – w (66 m)." in words
    )


def test_a_river_drawn_with_a_gap_is_named_for_patrols_pass_there():
    words = said("area", "check", str(CASES / "river_drawn_with_gap"))
    assert "Rivers drawn with a gap, where patrols pass: R – R2 (2212 m)." in words


def test_a_plan_saved_again_by_notepad_is_read():
    scenario = files.load(CASES / "scenario_with_bom.json", area=bundled_area()).scenario
    assert len(scenario.changes) == 8


def test_the_new_notices_have_their_french():
    words = Language("fr").text("Rivers drawn with a gap, where patrols pass: {names}.", names="R")
    assert words.startswith("Cours d’eau dessinés avec une lacune")
