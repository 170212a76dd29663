"""An area is begun empty, filled by hand and built again: nothing is guessed, nothing filled in is lost."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import shapely

from layers.area import load_area
from layers.assemble import assemble
from layers.assemble.blank import (
    NewArea,
    area_id,
    begin_area,
    chosen_units,
    read_season,
    read_unit_forms,
)
from layers.assemble.plans import Origin
from layers.assemble.toml import toml_text
from layers.countries import FirstLevelUnit
from layers.equal_area import equal_area_system
from layers.errors import LayerError
from layers.manifest import read_manifest
from layers.registry import LAYERS

CATALOGUES = Path(__file__).resolve().parents[2] / "data" / "catalogues"
UNITS = (
    FirstLevelUnit("W", "West", shapely.MultiPolygon([shapely.box(20, 0, 20.5, 1)])),
    FirstLevelUnit("E", "East", shapely.MultiPolygon([shapely.box(20.5, 0, 21, 1)])),
)
ORIGIN = Origin("Two squares", "drawn for a test", "2019", "none", "high")


def wanted(**changes):
    return NewArea(
        **{
            "names": {"en": "Squares"},
            "outline_id": "SQ",
            "units": UNITS,
            "system": equal_area_system(shapely.union_all([unit.shape for unit in UNITS])),
            "frame_date": date(2019, 6, 30),
            "cell_km": 5,
            "origin": ORIGIN,
        }
        | changes
    )


@pytest.fixture
def begun(tmp_path):
    begin_area(tmp_path / "squares", wanted(), catalogues=CATALOGUES)
    return tmp_path / "squares"


def built_again(folder):
    assemble(folder / "imports", folder, catalogues=CATALOGUES)


def faults(folder):
    with pytest.raises(LayerError) as caught:
        load_area(folder)
    return [fault.file for fault in caught.value.faults]


@pytest.mark.slow
def test_what_is_missing_before_a_review_is_said_at_once(begun):
    assert faults(begun) == ["population.tif", "sites.csv", "assets.csv", "roads.geojson"]


def test_layers_that_nobody_has_filled_in_are_not_known_rather_than_none(begun):
    assert set(read_manifest(begun).absent) == {
        name for name, layer in LAYERS.items() if layer.empty is not None
    }


def test_a_row_makes_a_layer_known(begun):
    with (begun / "places.csv").open("a", encoding="utf-8") as file:
        file.write("p1,Old Ford,town,1200,20.1,0.5\n")
    assert "places" not in read_manifest(begun).absent


@pytest.mark.slow
def test_what_is_filled_in_by_hand_outlasts_building_again_with_a_new_checksum(begun):
    (begun / "sites.csv").write_text(
        "site_id,name,kind,months,open_from,open_to,confidence,source,lon,lat\n"
        "a,Alpha,camp,all,,,high,a test,20.2,0.5\n",
        encoding="utf-8",
    )
    before = pd.read_csv(begun / "sources.csv", index_col="file")["sha256"]
    text = (begun / "sites.csv").read_bytes()
    built_again(begun)
    after = pd.read_csv(begun / "sources.csv", index_col="file")["sha256"]
    assert (begun / "sites.csv").read_bytes() == text
    assert list(before.index[before != after]) == ["sites.csv"]


@pytest.mark.slow
def test_what_the_ledger_says_of_a_table_kept_by_hand_is_kept(begun):
    ledger = begun / "sources.csv"
    ledger.write_text(
        ledger.read_text(encoding="utf-8").replace(
            'sites.csv,sites,"Sites, kept by hand",,,,no', "sites.csv,sites,Our sites,G3,2019,own,no"
        ),
        encoding="utf-8",
    )
    built_again(begun)
    row = pd.read_csv(ledger, index_col="file").loc["sites.csv"]
    assert (row["title"], row["origin"], row["licence"]) == ("Our sites", "G3", "own")


@pytest.mark.slow
def test_building_again_without_a_change_gives_the_same_bytes(begun):
    def content():
        return {path.relative_to(begun): path.read_bytes() for path in begun.rglob("*") if path.is_file()}

    before = content()
    built_again(begun)
    assert content() == before


@pytest.mark.slow
def test_differences_told_by_hand_outlast_building_again(begun):
    (begun / "differences.csv").write_text("site_id,kind,here,elsewhere,source\n", encoding="utf-8")
    built_again(begun)
    assert (begun / "differences.csv").is_file()


def test_one_objective_for_the_whole_area_is_there_to_begin_with_and_not_decided(begun):
    (objective,) = tomllib.loads((begun / "objectives.toml").read_text(encoding="utf-8"))["objective"]
    assert (objective["regions"], objective["decided"]) == (["E", "W"], False)


@pytest.mark.slow
def test_a_link_among_what_is_kept_is_left_behind(begun, tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text("secret", encoding="utf-8")
    (begun / "places.csv").unlink()
    (begun / "places.csv").symlink_to(secret)
    (begun / "imports" / "more.csv").symlink_to(secret)
    built_again(begun)
    assert "secret" not in (begun / "places.csv").read_text(encoding="utf-8")
    assert not (begun / "imports" / "more.csv").exists()


def test_the_units_of_the_first_level_serve_as_the_second_and_the_ledger_says_so(begun):
    regions, districts = (
        json.loads((begun / f"{name}.geojson").read_text(encoding="utf-8"))["features"]
        for name in ("regions", "districts")
    )
    named = [[row["properties"]["unit_id"] for row in rows] for rows in (regions, districts)]
    assert named == [["E", "W"], ["E", "W"]]
    note = pd.read_csv(begun / "sources.csv", index_col="file").loc["districts.geojson", "note"]
    assert note == "no second level is known: the units of the first serve as both"


def test_nothing_of_the_year_is_guessed(begun):
    stated = tomllib.loads((begun / "area.toml").read_text(encoding="utf-8"))
    assert not {"calendar", "seasons", "units", "disclaimer"} & stated.keys()
    assert set(read_manifest(begun).unstated) == {"seasons", "rains", "start_month", "units"}


@pytest.mark.slow
def test_what_is_stated_of_the_year_stands_in_the_folder(tmp_path):
    stated = wanted(
        rains="4-11",
        start_month=12,
        seasons=(read_season("Dry season|Saison sèche=12-3"), read_season("Rains=4-11")),
        unit_words={"region": {"en": ("state", "states")}},
    )
    begin_area(tmp_path / "squares", stated, catalogues=CATALOGUES)
    manifest = read_manifest(tmp_path / "squares")
    assert [season.label("fr") for season in manifest.year.seasons] == ["Saison sèche", "Rains"]
    assert (manifest.year.start_month, manifest.unit_words.word("region", "en", 2)) == (12, "states")
    assert manifest.unstated == ()


def test_seasons_that_leave_a_month_out_are_refused_and_nothing_is_left_behind(tmp_path):
    with pytest.raises(LayerError, match="month 4 is in no season"):
        begin_area(
            tmp_path / "squares",
            wanted(seasons=(read_season("Dry=12-3"), read_season("Rains=5-11"))),
            catalogues=CATALOGUES,
        )
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_holds_anything_is_refused_and_left_as_it_was(tmp_path):
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(LayerError, match="it is there already"):
        begin_area(tmp_path, wanted(), catalogues=CATALOGUES)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_an_outline_too_wide_for_one_map_is_refused_with_what_to_do(tmp_path):
    wide = (FirstLevelUnit("W", "Wide", shapely.MultiPolygon([shapely.box(-40, 0, 40, 10)])),)
    with pytest.raises(LayerError, match=r"lengths would be wrong by up to .* %.*--only"):
        begin_area(
            tmp_path / "wide",
            wanted(units=wide, system=equal_area_system(wide[0].shape)),
            catalogues=CATALOGUES,
        )


@pytest.mark.slow
def test_a_table_for_a_french_spreadsheet_is_separated_by_semicolons(tmp_path):
    begin_area(tmp_path / "squares", wanted(languages=("fr", "en")), catalogues=CATALOGUES)
    assert (
        (tmp_path / "squares" / "sites.csv").read_text(encoding="utf-8-sig").startswith("site_id;name;kind")
    )
    assert faults(tmp_path / "squares")[1] == "sites.csv"


@pytest.mark.slow
def test_a_raster_brought_by_hand_must_say_what_it_counts(begun):
    (begun / "population.tif").write_bytes(b"")
    with pytest.raises(LayerError, match="by cell or by square kilometre"):
        load_area(begun)


@pytest.mark.parametrize(
    ("layer", "more", "problem"),
    [
        ("country", "", "every other layer is cut to it"),
        ("regions", "", "it is kept by hand and made from files"),
    ],
)
@pytest.mark.slow
def test_what_cannot_be_kept_by_hand_is_refused(begun, layer, more, problem):
    catalogue = begun / "imports" / "catalogue.toml"
    text = catalogue.read_text(encoding="utf-8").replace(
        f"[layers.{layer}]", f"[layers.{layer}]\nby_hand = true{more}"
    )
    catalogue.write_text(text, encoding="utf-8")
    with pytest.raises(LayerError, match=problem):
        built_again(begun)


def test_only_the_units_named_are_taken():
    assert [unit.unit_id for unit in chosen_units(UNITS, ("east",))] == ["E"]
    assert chosen_units(UNITS, ()) == UNITS
    with pytest.raises(LayerError, match="Known are West, East"):
        chosen_units(UNITS, ("north",))


@pytest.mark.parametrize("text", ["Dry season", "=12-3", "Dry=", "a|b|c=1-12", ""])
def test_what_is_no_season_is_refused(text):
    with pytest.raises(LayerError, match="no season"):
        read_season(text)


@pytest.mark.parametrize("text", ["state", "state,states;county", "a,b;c,d;e,f", ",;,", ""])
def test_what_is_no_pair_of_words_is_refused(text):
    with pytest.raises(LayerError, match="singular and plural"):
        read_unit_forms(text)


def test_catalogues_are_written_as_toml_reads_them():
    content = {
        "area": {
            "area_id": area_id("Côte …"),
            "frame_date": date(2019, 6, 30),
            "name": {"en": 'a "b"\n\x7f'},
        },
        "layers": {
            "rivers": {"read": [{"file": "a", "navigable": [{"name": "x", "west": 1.5}]}, {"file": "b"}]}
        },
        "spelling": {"Bahr el  Zeraf": "Bahr el Zeraf"},
    }
    assert tomllib.loads(toml_text(content)) == content
