"""A catalogue is a file: what it says is checked before anything is read, and another country needs no code."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from layers import LayerError, load_area
from layers.assemble import assemble
from layers.assemble.catalogue import find_catalogue, read_catalogue
from layers.formats import registry
from layers.formats.registry import READERS
from layers.registry import LAYERS
from tests.kept import area_at
from tests.layers.own_country import write_own_country
from tests.worlds import CATALOGUES

ROOT = Path(__file__).resolve().parents[2]
MALI = (CATALOGUES / "mali.toml").read_text(encoding="utf-8")


def faults(tmp_path, text):
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LayerError) as caught:
        read_catalogue(path)
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize("path", sorted(CATALOGUES.glob("*.toml")), ids=lambda path: path.stem)
def test_every_bundled_catalogue_is_in_order(path):
    catalogue = read_catalogue(path)
    assert {plan.layer for plan in catalogue.plans} <= {*LAYERS, "population"}
    assert catalogue.objectives


def test_every_reader_of_a_provider_s_file_is_in_the_registry():
    written = {
        name
        for path in (ROOT / "layers" / "formats").glob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("def read_")
        for name in [line.split("(")[0].removeprefix("def ")]
    }
    assert written - {"read_table", "read_vectors"} == {
        name for name in vars(registry) if name.startswith("read_")
    }


@pytest.mark.parametrize("name", READERS)
def test_every_reader_feeds_a_layer_there_is(name):
    reader = READERS[name]
    assert reader.feeds
    assert {*reader.feeds, *reader.brings} <= {*LAYERS, "population"}
    assert reader.title


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        (
            'reader = "gshhg_lakes"',
            'reader = "gshhg"',
            "'layers.lakes.read.reader': 'gshhg' reads no lakes. Name",
        ),
        ('reader = "gshhg_lakes"', 'reader = "ucdp"', "'layers.lakes.read.reader': 'ucdp' reads no lakes"),
        ("level = 0\n", "", "'layers.country.read.level': it is missing"),
        ("level = 0", "level = 7", "'layers.country.read.level': it must be 0 for the country"),
        ('unit = "density"', 'unit = "heads"', "'layers.population.read.unit': it must be count or density"),
        ('country = "ML"', 'state = "ML"', "'layers.places.read.state': the key is not known"),
        ('months = "8-1"', 'months = "8-13"', "'layers.rivers.read.navigable'"),
        ("west = -7.55", 'west = "here"', "'layers.rivers.read.navigable'"),
        ("[-6.42, 12.73]", "[-6.42]", "'layers.rivers.read.courses'"),
        ('months = "9-11"', 'months = "never"', "'layers.flood_zones.zones'"),
        ('title = "GSHHG lakes"\n', "", "'layers.lakes.title': it is missing or no text"),
        ('invented = "partly"', 'invented = "some"', "'layers.flood_zones.invented': 'some' is not known"),
        ('file = "cercles.geojson"', 'file = "../cercles.geojson"', "'layers.districts.file'"),
        ('file = "cercles.geojson"', 'file = "cercles.csv"', "'layers.districts.file'"),
        ('file = "natural_earth/gshhg_lakes', 'file = "../gshhg_lakes', "leads out of the source"),
        ('file = "natural_earth/gshhg_lakes', 'file = "/etc/gshhg_lakes', "leads out of the source"),
        ("[layers.lakes]", "[layers.ponds]", "'layers.ponds': the key is not known"),
        ("cell_km = 5", "cell_km = 50", "'area.cell_km': cells of 1 to 10 km are allowed"),
        ('rains = "6-9"', 'rains = "wet"', "'area.calendar.rains': these are no months"),
        ("cell_km = 5", "cell_size = 5", "'area.cell_size': the key is not known"),
        ("[spelling]", "[spellings]", "'spellings': the key is not known"),
        ('"Segou" = "Ségou"', '"Segou" = 1', "'spelling.Segou': it is no text"),
        (
            'title = "GSHHG lakes"',
            'title = "GSHHG\\u001b lakes"',
            "'layers.lakes.title': the text holds a control",
        ),
        ("[area]", "[area", "does not read as TOML"),
    ],
)
@pytest.mark.slow
def test_a_fault_names_the_key_and_what_to_write(tmp_path, right, wrong, fault):
    assert right in MALI
    told = faults(tmp_path, MALI.replace(right, wrong, 1))
    assert any(fault in each and each.startswith("mine.toml") for each in told), told


def test_all_faults_of_a_catalogue_are_told_at_once(tmp_path):
    text = (
        MALI.replace('title = "GSHHG lakes"\n', "")
        .replace("level = 0", "level = 7")
        .replace('"Segou" = "Ségou"', '"Segou" = 1')
    )
    assert len(faults(tmp_path, text)) == 3


def test_a_layer_that_an_area_needs_is_missed(tmp_path):
    text = re.sub(r"\[layers\.roads\].*?(?=\[layers\.rivers\])", "", MALI, flags=re.DOTALL)
    assert faults(tmp_path, text) == [
        "mine.toml, column 'layers.roads': the layer is missing. Say how it is read; an area needs it."
    ]


def laid_out(catalogue, folder):
    """Put an empty file where each of a catalogue's is looked for."""
    for name in catalogue.sources:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    return folder


@pytest.mark.parametrize("name", ["mali", "south_sudan"])
def test_the_bundled_catalogue_whose_files_are_all_there_is_taken(tmp_path, name):
    laid_out(read_catalogue(CATALOGUES / f"{name}.toml"), tmp_path)
    assert find_catalogue(tmp_path, CATALOGUES).name == f"{name}.toml"


def test_if_none_is_whole_the_nearest_one_s_missing_files_are_named(tmp_path):
    catalogue = read_catalogue(CATALOGUES / "mali.toml")
    laid_out(catalogue, tmp_path)
    (tmp_path / catalogue.sources[0]).unlink()
    with pytest.raises(LayerError, match=r"the catalogue mali\.toml reads it") as caught:
        find_catalogue(tmp_path, CATALOGUES)
    assert [fault.file for fault in caught.value.faults] == [catalogue.sources[0]]


def test_a_source_s_own_catalogue_comes_first(tmp_path):
    laid_out(read_catalogue(CATALOGUES / "mali.toml"), tmp_path)
    shutil.copy(CATALOGUES / "mali.toml", tmp_path / "catalogue.toml")
    assert find_catalogue(tmp_path, CATALOGUES).name == "catalogue.toml"


def test_a_catalogue_that_is_not_there_is_told_with_those_that_are(tmp_path):
    with pytest.raises(LayerError, match="one of: mali, south_sudan"):
        find_catalogue(tmp_path, CATALOGUES, "atlantis")


@pytest.fixture
def own(tmp_path):
    return write_own_country(tmp_path / "source")


@pytest.mark.slow
def test_a_country_of_one_s_own_needs_a_file_and_no_code(own, tmp_path):
    assemble(own, tmp_path / "area", catalogues=CATALOGUES)
    area = load_area(tmp_path / "area")
    assert (area.area_id, area.frame_date) == ("own", date(2019, 6, 30))
    assert area.sites["name"].tolist() == ["Post"]
    assert sorted(area.assets["kind"]) == ["infantry_company", "unpol_team"]
    assert area.incidents["provider"].tolist() == ["ACLED"]
    assert area.country.index.tolist() == ["P"]
    assert area.sensitive.count() == 1
    assert {"rivers", "lakes", "flood_zones", "places", "airfields"} <= set(area.absent)
    assert not {"sites", "assets", "incidents", "sensitive"} & set(area.absent)
    assert {path.name for path in (tmp_path / "area").iterdir()} == {
        "area.toml", "assets.csv", "country.geojson", "districts.geojson", "incidents.csv", "population.tif",
        "regions.geojson", "roads.geojson", "sensitive.csv", "sites.csv", "sources.csv",
    }  # fmt: skip


@pytest.mark.slow
def test_a_name_that_steers_is_refused_before_the_folder_is_written(own, tmp_path):
    text = (own / "acled.csv").read_text(encoding="utf-8")
    (own / "acled.csv").write_text(text.replace("Post", "Po\x1b[31mst"), encoding="utf-8")
    with pytest.raises(LayerError, match=r"acled\.csv, column 'place'.*control or direction"):
        assemble(own, tmp_path / "area", catalogues=CATALOGUES)
    assert not (tmp_path / "area").exists()


@pytest.mark.slow
def test_a_frame_date_of_one_s_own_goes_before_the_catalogue_s(own, tmp_path):
    assemble(own, tmp_path / "area", catalogues=CATALOGUES, frame_date=date(2019, 12, 31))
    assert load_area(tmp_path / "area").frame_date == date(2019, 12, 31)


def test_the_second_country_builds_and_speaks_its_own_words(south_sudan_folder):
    area = area_at(south_sudan_folder)
    assert (len(area.regions), len(area.districts)) == (10, 79)
    assert "flood_zones" in area.absent
    assert not {"rivers", "lakes", "incidents", "airfields"} & set(area.absent)
    assert area.unstated == ()
    assert area.unit_words.word("district", "en", 2) == "counties"
    assert [season.season_id for season in area.seasons] == ["DRY", "RAINS"]
    assert dict(area.focus) == {"Jonglei": ("SS03",), "Unity": ("SS06",)}
    assert "8-1" not in (south_sudan_folder / "sources.csv").read_text(encoding="utf-8")
    named = area.rivers[area.rivers["navigable_months"] > 0]["name"]
    assert set(named) == {"Bahr el Jebel", "El Bahr el Abyad", "Sobat"}
