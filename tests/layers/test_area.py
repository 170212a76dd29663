"""An area folder is loaded whole or not at all, and every fault of every file is told at once."""

from __future__ import annotations

import copy
import logging
import pickle
import shutil
import traceback
from datetime import date
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import rasterio
from shapely import Point, box

from layers import load_area
from layers.area import Dropped
from layers.errors import LayerError
from layers.manifest import LAYER_FILES, folder_digest, read_manifest
from layers.registry import LAYERS
from layers.sensitive import SensitiveKind
from tests.worlds import bundled_area

HEAD = {
    "sites.csv": "site_id,name,kind,months,open_from,open_to,confidence,source,lon,lat",
    "assets.csv": "asset_id,site_id,kind,count,availability,notice_min,mission_share,confidence,source",
    "incidents.csv": "incident_id,date,year,date_precision,event_type,deaths,deaths_civilians,geo_precision,"
    "reliability,adm1,adm2,place,provider,invented,lon,lat",
    "roads.csv": "road_id,name,road_class,surface,smoothness,crossing,raised,search_rated,closed_months,length_km,stated_min,wkt",
    "rivers.csv": "river_id,name,barrier,navigable_months,wkt",
    "lakes.csv": "lake_id,name,wkt",
    "flood_zones.csv": "zone_id,name,months,wkt",
    "country.csv": "unit_id,name,parent_id,approximate,wkt",
    "regions.csv": "unit_id,name,parent_id,approximate,wkt",
    "districts.csv": "unit_id,name,parent_id,approximate,wkt",
    "places.csv": "place_id,name,kind,people,lon,lat",
    "airfields.csv": "airfield_id,name,kind,runway_m,lon,lat",
    "sensitive.csv": "place_id,kind,lon,lat",
    "sources.csv": "file,layer,title,origin,date,licence,invented,confidence,note,sha256",
}
NEEDED = [name for name, layer in LAYERS.items() if layer.empty is None]
SQUARE, WEST, EAST = box(-5, 13, -3, 15), box(-5, 13, -4, 15), box(-4, 13, -3, 15)
ROWS = {
    "sites.csv": [
        "camp,Camp,camp,all,,,high,invented,-4.5,14",
        "post,Post,tob,10-3,2019-01-01,,low,invented,-3.5,14.5",
    ],
    "assets.csv": [
        "a1,camp,infantry_company,2,,,,high,invented",
        "a2,post,helicopter,1,0.5,30,,low,invented",
    ],
    "incidents.csv": ["i1,2019-03-23,2019,day,attack_on_civilians,4,4,1,1,,,Here,invented,true,-3.6,14.1"],
    "roads.csv": ['r1,RN1,trunk,paved,good,none,false,true,,,,"LINESTRING (-4.5 14, -3.5 14.5)"'],
    "rivers.csv": ['v1,River,true,8-1,"LINESTRING (-4 13, -4 15)"'],
    "lakes.csv": [],
    "flood_zones.csv": [],
    "country.csv": [f'C,Country,,true,"{SQUARE.wkt}"'],
    "regions.csv": [f'W,West,C,true,"{WEST.wkt}"', f'E,East,C,true,"{EAST.wkt}"'],
    "districts.csv": [f'W1,Western,W,true,"{WEST.wkt}"', f'E1,Eastern,E,true,"{EAST.wkt}"'],
    "places.csv": ["p1,Town,town,5000,-4.5,14"],
    "airfields.csv": ["f1,Field,airstrip,1200,-4.5,14"],
    "sensitive.csv": ["s1,school,-4.123456,14.654321", "s2,well,-3.765432,13.246813"],
    "sources.csv": ["sites.csv,sites,Sites,nobody,2019,CC0,yes,low,,0"],
}
TOML = """format = 1
area_id = "square"
crs = "+proj=laea +lat_0=14 +lon_0=-4 +datum=WGS84 +units=m +no_defs"
frame_date = 2019-06-30
cell_km = 10
[name]
en = "Square"
[layers]
{layers}
[population]
file = "population.tif"
unit = "count"
year = 2019
[focus]
West = ["W"]
"""


class Folder:
    """An area folder that a test writes, spoils and loads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        for name, rows in ROWS.items():
            self.put(name, *rows)
        self.toml = TOML.format(layers="\n".join(f'{layer} = "{layer}.csv"' for layer in LAYER_FILES))
        self.say()
        _write_population(path / "population.tif")

    def put(self, name: str, *rows: str) -> None:
        """Write a file with its head and these rows."""
        (self.path / name).write_text("\n".join([HEAD[name], *rows]) + "\n", encoding="utf-8")

    def add(self, name: str, *rows: str) -> None:
        self.put(name, *ROWS[name], *rows)

    def say(self, old: str = "", new: str = "") -> None:
        """Write area.toml with one thing said otherwise."""
        assert old in self.toml
        (self.path / "area.toml").write_text(
            self.toml.replace(old, new, 1) if old else self.toml, encoding="utf-8"
        )

    def faults(self) -> list[str]:
        with pytest.raises(LayerError) as caught:
            load_area(self.path)
        return [str(fault) for fault in caught.value.faults]


def _write_population(path: Path) -> None:
    """Write ten people in each tenth of a degree."""
    profile = {
        "driver": "GTiff",
        "width": 20,
        "height": 20,
        "count": 1,
        "dtype": "float32",
        "crs": "EPSG:4326",
    }
    with rasterio.open(path, "w", transform=rasterio.Affine(0.1, 0, -5, 0, -0.1, 15), **profile) as raster:
        raster.write(np.full((20, 20), 10, np.float32), 1)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """The same folder, unspoilt and loaded once."""
    return load_area(Folder(tmp_path_factory.mktemp("square")).path)


@pytest.fixture
def folder(tmp_path):
    """Two degrees square, cut in West and East by a river; two sites, one road between them."""
    return Folder(tmp_path)


def test_the_bundled_case_loads_whole():
    area = bundled_area()
    assert (area.area_id, area.frame_date, area.invented) == ("mali", date(2019, 6, 30), True)
    assert len(area.sites) == 13
    assert (len(area.regions), area.grid.cell_m) == (11, 5000)
    assert 45_000 < area.grid.n_cells < 55_000
    assert dict(area.focus) == {"Mopti": ("ML05",), "Ségou": ("ML04",)}
    assert area.assets["site_id"].isin(area.sites.index).all()
    for layer in (
        "sites",
        "incidents",
        "roads",
        "rivers",
        "lakes",
        "flood_zones",
        "regions",
        "districts",
        "places",
    ):
        assert getattr(area, layer).crs == area.crs, layer
        assert getattr(area, layer).index.is_unique, layer


def test_the_bundled_case_stays_within_its_frame():
    area = bundled_area()
    assert (area.incidents["date"].dropna() <= pd.Timestamp(area.frame_date)).all()
    assert area.incidents.within(area.country.union_all()).all()


def test_a_folder_loads_in_metres_with_its_people(loaded):
    area = loaded
    assert area.sites.index.tolist() == ["camp", "post"]
    assert area.dropped == ()
    assert float(np.nansum(area.population.people)) == pytest.approx(4000, rel=0.02)
    assert area.roads.length.iloc[0] == pytest.approx(121_000, rel=0.02)


def test_an_asset_at_an_unknown_site_is_named_with_its_row(folder):
    folder.add("assets.csv", "a3,atlantis,helicopter,1,,,,low,invented", "a4,mu,helicopter,1,,,,low,invented")
    (fault,) = folder.faults()
    assert "assets.csv, column 'site_id', row 4 and 1 more" in fault
    assert "'atlantis' is no site of sites.csv" in fault


def test_a_district_with_an_unknown_parent_is_named(folder):
    folder.put("districts.csv", f'W1,Western,W,true,"{WEST.wkt}"', f'E1,Eastern,X,true,"{EAST.wkt}"')
    (fault,) = folder.faults()
    assert "districts.csv, column 'parent_id', row 3" in fault
    assert "'X' is no unit of regions.csv" in fault


def test_a_focus_on_an_unknown_unit_is_named(folder):
    folder.say('West = ["W"]', 'West = ["W", "Q"]')
    (fault,) = folder.faults()
    assert "area.toml: focus 'West' names 'Q'" in fault


def test_a_site_outside_is_named_and_swapped_coordinates_are_suspected(folder):
    folder.add("sites.csv", "odd,Odd,camp,all,,,low,invented,14,-4.5")
    (fault,) = folder.faults()
    assert "sites.csv, column 'lon', row 4: 'Odd' lies outside" in fault
    assert "swapped" in fault


def test_a_site_outside_that_is_not_swapped_is_not_called_so(folder):
    folder.add("sites.csv", "odd,Odd,camp,all,,,low,invented,30,30")
    (fault,) = folder.faults()
    assert "swapped" not in fault


def test_every_missing_file_is_named(folder):
    for name in ("roads.csv", "places.csv", "sources.csv"):
        (folder.path / name).unlink()
    assert [fault.split(":")[0] for fault in folder.faults()] == ["roads.csv", "places.csv", "sources.csv"]


def test_a_missing_population_file_is_told_with_the_others(folder):
    (folder.path / "population.tif").unlink()
    (folder.path / "roads.csv").unlink()
    assert {fault.split(":")[0] for fault in folder.faults()} == {"roads.csv", "population.tif"}


def test_every_missing_key_is_named(folder):
    folder.toml = folder.toml.replace("cell_km = 10\n", "").replace('area_id = "square"\n', "")
    folder.say()
    assert sorted(fault.split(":")[0] for fault in folder.faults()) == [
        "area.toml, column 'area_id'",
        "area.toml, column 'cell_km'",
    ]


@pytest.mark.parametrize("layer", NEEDED)
def test_a_layer_that_is_not_named_is_missed(folder, layer):
    folder.say(f'{layer} = "{layer}.csv"\n', "")
    (fault,) = folder.faults()
    assert f"layer '{layer}' is not named" in fault


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("format = 1", "format = 2", "only format 1"),
        ("cell_km = 10", "cell_km = 0.5", "1 to 10 km"),
        ("cell_km = 10", "cell_km = 25", "1 to 10 km"),
        ("cell_km = 10", "cell_km = true", "cell_km"),
        ('en = "Square"', 'fr = "Carré"', "no English name"),
        ("+proj=laea +lat_0=14 +lon_0=-4 +datum=WGS84 +units=m +no_defs", "EPSG:4326", "no projected system"),
        ("+proj=laea +lat_0=14 +lon_0=-4 +datum=WGS84 +units=m +no_defs", "EPSG:3857", "equal-area"),
        ("+proj=laea +lat_0=14 +lon_0=-4 +datum=WGS84 +units=m +no_defs", "nonsense", "no projected system"),
        ('unit = "count"', 'unit = "heads"', "count or density"),
        ("year = 2019", 'year = "2019"', "year is missing"),
        ("frame_date = 2019-06-30", 'frame_date = "mid-2019"', "frame_date"),
        ("frame_date = 2019-06-30", "frame_date = 2019-06-30T12:00:00", "frame_date"),
        ('West = ["W"]', 'West = "W"', "focus"),
        ("format = 1", "format = ", "does not read as TOML"),
    ],
)
def test_a_manifest_that_makes_no_sense_is_refused(folder, right, wrong, said):
    folder.say(right, wrong) if right != 'West = ["W"]' else folder.say(right, wrong.replace('"W"', '"EW"'))
    assert any(said in fault for fault in folder.faults())


def test_a_folder_without_a_manifest_says_so(tmp_path):
    with pytest.raises(LayerError, match=r"area\.toml"):
        load_area(tmp_path)


def test_all_faults_of_all_files_are_told_at_once(folder):
    """A row that will not read, a lost asset, a lost district and a lost focus: four files, four faults."""
    folder.add("places.csv", "p2,Town,metropolis,1,-4.5,14")
    folder.add("assets.csv", "a3,atlantis,helicopter,1,,,,low,invented")
    folder.put("districts.csv", f'W1,Western,X,true,"{WEST.wkt}"')
    folder.say('West = ["W"]', 'West = ["Q"]')
    faults = folder.faults()
    assert len(faults) == 4
    for word in ("places.csv", "assets.csv", "districts.csv", "area.toml"):
        assert any(fault.startswith(word) for fault in faults), word


def test_a_layer_that_will_not_read_does_not_make_the_others_faulty(folder):
    (folder.path / "sites.csv").unlink()
    assert [fault.split(":")[0] for fault in folder.faults()] == ["sites.csv"]


def test_a_message_names_files_and_never_their_folder(folder):
    folder.add("assets.csv", "a3,atlantis,helicopter,1,,,,low,invented")
    (folder.path / "roads.csv").unlink()
    assert str(folder.path) not in " ".join(folder.faults())


def test_what_falls_outside_the_frame_is_left_out_and_counted(folder):
    folder.add(
        "sites.csv",
        "later,Later,camp,all,2019-12-01,,low,invented,-4.4,14",
        "gone,Gone,camp,all,,2018-12-31,low,invented,-4.4,14",
        "first,First,camp,all,2019-06-30,,low,invented,-4.4,14",
        "last,Last,camp,all,,2019-06-30,low,invented,-4.4,14",
    )
    folder.add("assets.csv", "a3,later,helicopter,1,,,,low,invented", "a4,first,helicopter,1,,,,low,invented")
    row = "day,attack_on_civilians,1,1,1,1,,,Here,invented,true"
    folder.add(
        "incidents.csv",
        f"i2,2019-06-30,2019,{row},-3.6,14.1",
        f"i3,2019-07-01,2019,{row},-3.6,14.1",
        f"i4,,2020,{row.replace('day', 'year')},-3.6,14.1",
        f"i5,2019-01-01,2019,{row},-6.0,14.1",
    )
    area = load_area(folder.path)
    assert set(area.sites.index) == {"camp", "post", "first", "last"}
    assert set(area.assets.index) == {"a1", "a2", "a4"}
    assert set(area.incidents.index) == {"i1", "i2"}
    assert set(area.dropped) == {
        Dropped("sites", "not open on the frame date", 2),
        Dropped("assets", "at a site not open on the frame date", 1),
        Dropped("incidents", "after the frame date", 2),
        Dropped("incidents", "outside the country's outline", 1),
    }


def test_an_incident_outside_after_the_frame_is_counted_once(folder):
    row = "day,attack_on_civilians,1,1,1,1,,,Here,invented,true"
    folder.add("incidents.csv", f"i2,2019-07-01,2019,{row},-6.0,14.1")
    assert load_area(folder.path).dropped == (Dropped("incidents", "after the frame date", 1),)


def digest(path):
    """Return the digest an area of this folder carries, without loading it."""
    return folder_digest(path, read_manifest(path))


def test_an_area_carries_the_digest_of_its_folder(loaded):
    assert loaded.digest == digest(loaded.folder)


@pytest.mark.parametrize("name", ["sites.csv", "sensitive.csv", "population.tif", "area.toml"])
def test_the_digest_follows_every_file(folder, name):
    before = digest(folder.path)
    assert digest(folder.path) == before
    path = folder.path / name
    if path.suffix == ".tif":
        with rasterio.open(path, "r+") as raster:
            raster.write(np.full((20, 20), 11, np.float32), 1)
    else:
        path.write_text(path.read_text(encoding="utf-8") + "\n#\n" * (name == "area.toml"), encoding="utf-8")
        if name != "area.toml":
            path.write_text(
                path.read_text(encoding="utf-8").replace("-4.5,14", "-4.6,14").replace("-4.123456", "-4.2")
            )
    assert digest(folder.path) != before


def test_the_digest_does_not_depend_on_where_the_folder_lies(folder, tmp_path_factory):
    copied = tmp_path_factory.mktemp("copy") / "elsewhere"
    shutil.copytree(folder.path, copied)
    assert digest(copied) == digest(folder.path)


def test_the_objectives_are_part_of_the_digest(folder):
    before = digest(folder.path)
    (folder.path / "objectives.toml").write_text("# none yet\n")
    assert digest(folder.path) != before


SECRETS = ("-4.123456", "14.654321", "-3.765432", "13.246813", "s1", "s2")


def test_sensitive_places_answer_one_question(loaded):
    area = loaded
    point = area.sites.geometry["camp"]
    assert area.sensitive.kinds() == (SensitiveKind.SCHOOL, SensitiveKind.WELL)
    assert area.sensitive.any_within(point, SensitiveKind.SCHOOL, 1e6)
    assert not area.sensitive.any_within(point, SensitiveKind.SCHOOL, 1e3)


def test_a_kind_of_which_no_place_is_known_is_not_answered_with_no(loaded):
    with pytest.raises(LayerError, match="no place of kind clinic is known here"):
        loaded.sensitive.any_within(loaded.sites.geometry["camp"], SensitiveKind.CLINIC, 1e6)


def test_sensitive_places_are_in_no_text(loaded, caplog):
    """Neither in what a log, an f-string nor a whole area printed would say."""
    area = loaded
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("test").info("%s %r", area.sensitive, area)
    metres = [f"{value:.0f}" for value in _secret_metres(area)]
    said = " ".join([repr(area.sensitive), str(area.sensitive), f"{area.sensitive}", caplog.text])
    assert not any(secret in said for secret in (*SECRETS[:4], *metres))
    assert "2 places, withheld" in repr(area.sensitive)


def _secret_metres(area):
    points = gpd.GeoSeries(
        [Point(-4.123456, 14.654321), Point(-3.765432, 13.246813)], crs="EPSG:4326"
    ).to_crs(area.crs)
    return [*points.x, *points.y]


@pytest.mark.parametrize("leave", [pickle.dumps, copy.copy, copy.deepcopy])
def test_sensitive_places_cannot_be_written_out(loaded, leave):
    with pytest.raises(TypeError, match="never written out"):
        leave(loaded.sensitive)


def test_an_area_cannot_be_pickled_with_its_sensitive_places(loaded):
    with pytest.raises(TypeError, match="never written out"):
        pickle.dumps(loaded)


def test_sensitive_places_have_no_rows_to_walk_over(loaded):
    sensitive = loaded.sensitive
    public = [name for name in dir(sensitive) if not name.startswith("_")]
    assert sorted(public) == ["any_within", "count", "kinds"]
    with pytest.raises(TypeError):
        iter(sensitive)
    with pytest.raises(TypeError):
        sensitive[0]
    assert not hasattr(sensitive, "__dict__")


def test_a_fault_in_the_sensitive_file_does_not_tell_where_they_are(folder):
    """A kind that is misspelt must be told with its row, not with its place."""
    folder.put("sensitive.csv", "s1,schol,-4.123456,14.654321", "s2,well,-3.765432,13.246813")
    with pytest.raises(LayerError) as caught:
        load_area(folder.path)
    said = str(caught.value) + "".join(traceback.format_exception(caught.value))
    assert "sensitive.csv" in said
    assert not any(secret in said for secret in SECRETS[:4])
