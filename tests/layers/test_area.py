"""An area folder is loaded whole or not at all, and every fault of every file is told at once."""

from __future__ import annotations

import copy
import logging
import pickle
import shutil
import traceback
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import rasterio
from shapely import Point

from layers import load_area
from layers.area import Dropped
from layers.errors import LayerError
from layers.manifest import folder_digest, read_manifest
from layers.registry import LAYERS
from layers.sensitive import BUFFERS_M, SQUARE_M, SensitiveKind
from tests.layers.square import EAST, HEAD, ROWS, WEST, Folder
from tests.worlds import bundled_area

NEEDED = [name for name, layer in LAYERS.items() if layer.empty is None]


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


@pytest.mark.slow
def test_a_folder_loads_in_metres_with_its_people(loaded):
    area = loaded
    assert area.sites.index.tolist() == ["camp", "post"]
    assert area.dropped == ()
    assert float(np.nansum(area.population.people)) == pytest.approx(4000, rel=0.02)
    assert area.roads.length.iloc[0] == pytest.approx(121_000, rel=0.02)


@pytest.mark.slow
def test_an_asset_at_an_unknown_site_is_named_with_its_row(folder):
    folder.add("assets.csv", "a3,atlantis,helicopter,1,,,,low,invented", "a4,mu,helicopter,1,,,,low,invented")
    (fault,) = folder.faults()
    assert "assets.csv, column 'site_id', row 4 and 1 more" in fault
    assert "'atlantis' is no site of sites.csv" in fault


@pytest.mark.slow
def test_a_district_with_an_unknown_parent_is_named(folder):
    folder.put("districts.csv", f'W1,Western,W,true,"{WEST.wkt}"', f'E1,Eastern,X,true,"{EAST.wkt}"')
    (fault,) = folder.faults()
    assert "districts.csv, column 'parent_id', row 3" in fault
    assert "'X' is no unit of regions.csv" in fault


@pytest.mark.slow
def test_a_focus_on_an_unknown_unit_is_named(folder):
    folder.say('West = ["W"]', 'West = ["W", "Q"]')
    (fault,) = folder.faults()
    assert "area.toml: focus 'West' names 'Q'" in fault


@pytest.mark.slow
def test_a_site_outside_is_named_and_swapped_coordinates_are_suspected(folder):
    folder.add("sites.csv", "odd,Odd,camp,all,,,low,invented,14,-4.5")
    (fault,) = folder.faults()
    assert "sites.csv, column 'lon', row 4: 'Odd' lies 2,674" in fault
    assert "swapped" in fault


@pytest.mark.slow
def test_a_site_outside_that_is_not_swapped_is_not_called_so(folder):
    folder.add("sites.csv", "odd,Odd,camp,all,,,low,invented,30,30")
    (fault,) = folder.faults()
    assert "swapped" not in fault


@pytest.mark.slow
def test_every_missing_file_is_named(folder):
    for name in ("roads.csv", "places.csv", "sources.csv"):
        (folder.path / name).unlink()
    assert [fault.split(":")[0] for fault in folder.faults()] == ["roads.csv", "places.csv", "sources.csv"]


@pytest.mark.slow
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
@pytest.mark.slow
def test_a_manifest_that_makes_no_sense_is_refused(folder, right, wrong, said):
    folder.say(right, wrong) if right != 'West = ["W"]' else folder.say(right, wrong.replace('"W"', '"EW"'))
    assert any(said in fault for fault in folder.faults())


def test_a_folder_without_a_manifest_says_so(tmp_path):
    with pytest.raises(LayerError, match=r"area\.toml"):
        load_area(tmp_path)


@pytest.mark.slow
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


@pytest.mark.slow
def test_a_layer_that_will_not_read_does_not_make_the_others_faulty(folder):
    (folder.path / "sites.csv").unlink()
    assert [fault.split(":")[0] for fault in folder.faults()] == ["sites.csv"]


@pytest.mark.slow
def test_a_message_names_files_and_never_their_folder(folder):
    folder.add("assets.csv", "a3,atlantis,helicopter,1,,,,low,invented")
    (folder.path / "roads.csv").unlink()
    assert str(folder.path) not in " ".join(folder.faults())


@pytest.mark.slow
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
        *(f"n{number},2019-01-01,2019,{row},-3.6,14.1" for number in range(9)),
    )
    area = load_area(folder.path)
    assert set(area.sites.index) == {"camp", "post", "first", "last"}
    assert set(area.assets.index) == {"a1", "a2", "a4"}
    assert set(area.incidents.index) == {"i1", "i2", *(f"n{number}" for number in range(9))}
    assert set(area.dropped) == {
        Dropped("sites", "not open on the frame date", 2),
        Dropped("assets", "at a site not open on the frame date", 1),
        Dropped("incidents", "after the frame date", 2),
        Dropped("incidents", "more than a cell outside the country's outline", 1),
    }


@pytest.mark.slow
def test_an_incident_outside_after_the_frame_is_counted_once(folder):
    row = "day,attack_on_civilians,1,1,1,1,,,Here,invented,true"
    inside = [f"n{number},2019-01-01,2019,{row},-3.6,14.1" for number in range(9)]
    folder.add("incidents.csv", f"i2,2019-07-01,2019,{row},-6.0,14.1", *inside)
    assert load_area(folder.path).dropped == (Dropped("incidents", "after the frame date", 1),)


def digest(path):
    """Return the digest an area of this folder carries, without loading it."""
    return folder_digest(path, read_manifest(path))


def test_an_area_carries_the_digest_of_its_folder(loaded):
    assert loaded.digest == digest(loaded.folder)


@pytest.mark.parametrize("name", ["sites.csv", "population.tif", "area.toml"])
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


LEDGER_ROW = "sensitive.csv,sensitive,Sensitive places,nobody,2019,CC0,yes,low,,{sha256}"


@pytest.mark.slow
def test_the_digest_knows_nothing_of_sensitive_places(folder):
    """A hash of places is the places to whoever tries them all; the ledger's row holds one."""
    folder.add("sources.csv", LEDGER_ROW.format(sha256="a" * 64))
    before, loaded_before = digest(folder.path), load_area(folder.path).digest
    folder.put("sensitive.csv", "s1,clinic,-4.2,14.6")
    folder.add("sources.csv", LEDGER_ROW.format(sha256="b" * 64))
    assert digest(folder.path) == before
    assert load_area(folder.path).digest == loaded_before == before
    folder.put("sources.csv", *ROWS["sources.csv"])
    assert digest(folder.path) == before


@pytest.mark.parametrize(
    "row",
    [
        "./sensitive.csv,places,,,,,,,,{sha256}",
        "data/sensitive.csv,,,,,,,,,{sha256}",
        "inputs/schools.xlsx,Sensitive,,,,,,,,{sha256}",
    ],
)
def test_a_ledger_that_names_them_another_way_gives_no_more_away(folder, row):
    before = digest(folder.path)
    folder.add("sources.csv", row.format(sha256="a" * 64))
    assert digest(folder.path) == before


def test_sensitive_places_under_another_file_name_stay_out_of_the_digest(folder):
    (folder.path / "sensitive.csv").rename(folder.path / "checks.csv")
    folder.say('"sensitive.csv"', '"checks.csv"')
    before = digest(folder.path)
    folder.add("sources.csv", LEDGER_ROW.format(sha256="a" * 64).replace("sensitive.csv", "checks.csv"))
    (folder.path / "checks.csv").write_text(HEAD["sensitive.csv"] + "\n", encoding="utf-8")
    assert digest(folder.path) == before


@pytest.mark.parametrize(
    "name", sorted({"area.toml", "population.tif", *HEAD} - {"sensitive.csv", "sources.csv"})
)
@pytest.mark.slow
def test_every_other_file_is_part_of_the_digest(folder, name):
    before = digest(folder.path)
    path = folder.path / name
    path.write_bytes(path.read_bytes() + b"\n")
    assert digest(folder.path) != before


def test_the_rest_of_the_ledger_is_part_of_the_digest(folder):
    before = digest(folder.path)
    folder.put("sources.csv", ROWS["sources.csv"][0].replace("CC0", "CC BY"))
    assert digest(folder.path) != before
    folder.add("sources.csv", "roads.csv,roads,Roads,nobody,2019,CC0,yes,low,,0")
    assert digest(folder.path) != before


def test_the_objectives_are_part_of_the_digest(folder):
    before = digest(folder.path)
    (folder.path / "objectives.toml").write_text("# none yet\n")
    assert digest(folder.path) != before


SECRETS = ("-4.123456", "14.654321", "-3.765432", "13.246813", "s1", "s2")


def near(area, kind, east_m):
    """Ask at a point so far east of the only place of a kind, on the row of squares above it."""
    place = area.sensitive._SensitivePlaces__by_kind[kind].iloc[0]
    return area.sensitive.any_near(Point(place.x + east_m, place.y), kind)


def test_sensitive_places_answer_one_question(loaded):
    assert loaded.sensitive.kinds() == (SensitiveKind.SCHOOL, SensitiveKind.WELL)
    assert near(loaded, SensitiveKind.SCHOOL, 0) is True
    assert near(loaded, SensitiveKind.SCHOOL, 1000) is True
    assert near(loaded, SensitiveKind.SCHOOL, 2001) is False


def test_answers_are_the_same_all_over_a_square_so_that_steps_do_not_locate_a_place(loaded):
    """Walking by 100 m the answer changes at edges of squares alone, wherever in its own the place lies."""
    place = loaded.sensitive._SensitivePlaces__by_kind[SensitiveKind.WELL].iloc[0]
    west = np.floor(place.x / SQUARE_M) * SQUARE_M - 5 * SQUARE_M
    for step in np.arange(0, 11 * SQUARE_M, 100):
        asked = loaded.sensitive.any_near(Point(west + step, place.y), SensitiveKind.WELL)
        square = west + np.floor(step / SQUARE_M) * SQUARE_M
        assert asked == (
            abs(np.clip(place.x, square, square + SQUARE_M) - place.x) <= BUFFERS_M[SensitiveKind.WELL]
        )


def test_a_kind_of_which_no_place_is_known_is_not_answered_with_no(loaded):
    assert loaded.sensitive.any_near(loaded.sites.geometry["camp"], SensitiveKind.CLINIC) is None


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


def pickled(kept):
    return pickle.loads(pickle.dumps(kept))  # noqa: S301 - our own bytes


@pytest.mark.parametrize("leave", [pickled, copy.copy, copy.deepcopy])
def test_sensitive_places_stay_behind(loaded, leave):
    """A copy knows nothing, and answers nothing rather than "no"."""
    there = leave(loaded.sensitive)
    assert (there.count(), there.kinds(), repr(there)) == (None, (), "SensitivePlaces(not known)")
    assert there.any_near(loaded.sites.geometry["camp"], SensitiveKind.SCHOOL) is None


def test_an_area_is_pickled_without_its_sensitive_places(loaded):
    written = pickle.dumps(loaded)
    assert pickle.loads(written).sensitive.count() is None  # noqa: S301 - our own bytes
    for point in loaded.sensitive._SensitivePlaces__by_kind[SensitiveKind.SCHOOL]:
        assert np.float64(point.x).tobytes() not in written


def test_sensitive_places_have_no_rows_to_walk_over(loaded):
    sensitive = loaded.sensitive
    public = [name for name in dir(sensitive) if not name.startswith("_")]
    assert sorted(public) == ["any_near", "count", "kinds"]
    with pytest.raises(TypeError):
        iter(sensitive)
    with pytest.raises(TypeError):
        sensitive[0]
    assert not hasattr(sensitive, "__dict__")


@pytest.mark.slow
def test_a_fault_in_the_sensitive_file_does_not_tell_where_they_are(folder):
    """A kind that is misspelt must be told with its row, not with its place."""
    folder.put("sensitive.csv", "s1,schol,-4.123456,14.654321", "s2,well,-3.765432,13.246813")
    with pytest.raises(LayerError) as caught:
        load_area(folder.path)
    said = str(caught.value) + "".join(traceback.format_exception(caught.value))
    assert "sensitive.csv" in said
    assert not any(secret in said for secret in SECRETS[:4])
