"""Roads of OpenStreetMap: columns of every export, words, closures; no row is lost without a reason."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyproj import CRS
from shapely import LineString, MultiLineString, Point

from layers.errors import LayerError
from layers.formats import options
from layers.formats.osm_closures import conditional
from layers.formats.osm_keys import KEYS
from layers.formats.osm_roads import read_osm_roads
from layers.months import months_mask, months_text
from layers.roads import Roads

FRAME, METRES = date(2019, 6, 30), CRS("EPSG:8857")


@pytest.fixture
def read(tmp_path):
    """Return a function that writes rows of tags, each a line of its own unless it has a shape, and reads them."""

    def reading(*rows, **options):
        shapes = [row.pop("shape", LineString([(30, n / 10), (30.05, n / 10)])) for n, row in enumerate(rows)]
        path = tmp_path / "lines.gpkg"
        gpd.GeoDataFrame(list(rows), geometry=shapes, crs="EPSG:4326").to_file(path)
        return read_osm_roads(path, options.pop("frame_date", FRAME), METRES, **options)

    return reading


def only(reading, column):
    """Return the one value of a column."""
    return reading.frame[column].tolist()[0]


def reasons(reading):
    return {drop.reason.split(":")[0].split(" (")[0]: drop.rows for drop in reading.dropped}


@pytest.mark.parametrize(
    ("word", "road_class"),
    [
        ("motorway_link", "trunk"),
        ("living_street", "residential"),
        ("service", "residential"),
        ("footway", "path"),
    ],
)
@pytest.mark.slow
def test_a_word_for_a_road_is_a_class(read, word, road_class):
    assert only(read({"highway": word}), "road_class") == road_class


def test_rows_of_the_file_are_rows_taken_and_rows_dropped_for_one_reason_each(read):
    rows = [
        {"highway": "primary"},
        {"highway": "construction"},
        {"highway": "steps"},
        {"highway": "piste", "access": "no"},
        {"highway": "", "route": ""},
        {"highway": "track", "access": "private"},
        {"highway": "track", "opening_date": "2021"},
        {"highway": "track", "smoothness": "impassable"},
        {"highway": "track", "shape": Point(30, 1)},
    ]
    reading = read(*rows)
    assert (len(reading.frame), sum(drop.rows for drop in reading.dropped)) == (1, 8)


def test_a_class_that_nobody_knows_is_named(read):
    assert "its class is not known ('piste')" in [drop.reason for drop in read({"highway": "piste"}).dropped]


def test_a_reading_is_valid_under_the_layer(read, in_schema):
    in_schema(read({"highway": "primary", "osm_id": "7"}, {"highway": "track", "osm_id": "7"}), Roads)


def test_geofabriks_columns_are_read(read):
    row = {"osm_id": "5", "fclass": "track_grade4", "bridge": "T", "tunnel": "F", "oneway": "B", "name": "A"}
    reading = read(row)
    assert reading.frame.iloc[0][["road_id", "road_class", "surface", "smoothness", "crossing"]].tolist() == [
        "osm-5", "track", "unpaved", "bad", "bridge",
    ]  # fmt: skip


def test_a_road_that_geofabrik_calls_both_ways_is_not_one_way(read):
    rows = [{"fclass": "primary", "oneway": way} for way in ("B", "F", "T")]
    assert any(note.startswith("2 ways") and "one-way" in note for note in read(*rows).notes)


def test_tags_of_gdal_are_read_out_of_one_column(read):
    row = {
        "osm_id": "5",
        "highway": "tertiary",
        "other_tags": '"surface"=>"asphalt","access:conditional"=>"no @ (Jun-Sep)"',
    }
    reading = read(row)
    assert (only(reading, "surface"), only(reading, "closed_months")) == ("paved", "6-9")


def test_columns_that_a_shapefile_cut_off_are_known_again(read):
    assert len(read({"highway": "track", "motor_vehi": "no"}).frame) == 0


@pytest.mark.parametrize(
    ("surface", "meant"),
    [("asphalt", "paved"), ("asphalt;gravel", "unpaved"), ("laterite", "unpaved"), ("lava", "unknown")],
)
@pytest.mark.slow
def test_a_surface_is_paved_unpaved_or_not_known(read, surface, meant):
    assert only(read({"highway": "primary", "surface": surface}), "surface") == meant


def test_a_surface_in_no_list_is_quoted(read):
    assert any("'lava'" in note for note in read({"highway": "primary", "surface": "lava"}).notes)


def test_a_ferry_is_a_crossing_though_it_is_no_highway(read):
    reading = read({"highway": "", "route": "ferry"})
    assert (only(reading, "crossing"), only(reading, "apart")) == ("ferry", True)


def test_a_road_on_a_dyke_is_raised(read):
    assert only(read({"highway": "track", "embankment": "yes"}), "raised")


def test_a_bridge_that_the_water_flows_over_is_a_ford(read):
    reading = read({"highway": "track", "bridge": "low_water_crossing"})
    assert (only(reading, "crossing"), any("fords" in note for note in reading.notes)) == ("none", True)


def test_what_is_most_particular_of_access_holds(read):
    assert len(read({"highway": "track", "access": "no", "motor_vehicle": "yes"}).frame) == 1


def test_a_path_shut_to_vehicles_is_walked(read):
    assert len(read({"highway": "path", "motor_vehicle": "no"}).frame) == 1


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("no @ (Jun-Sep)", "6-9"),
        ("no @ Nov-Feb", "11-2"),
        ("no @ (Jun 15-Sep 30); no @ (Dec)", "6-9,12"),
        ("private @ (Jul, Aug)", "7-8"),
    ],
)
def test_a_condition_that_names_months_shuts_them(text, months):
    assert conditional(text, None) == (months_mask(months), False)


@pytest.mark.parametrize(
    "text", ["no @ (22:00-06:00)", "no @ (wet)", "no @ (flood)", "no @ (Jun-Foo)", "no", "@"]
)
def test_a_condition_that_names_no_months_is_not_guessed(text):
    assert conditional(text, None)[0] is None


def test_a_road_open_in_some_months_alone_is_shut_in_the_others(read):
    reading = read({"highway": "track", "access": "no", "access:conditional": "yes @ (Nov-May)"})
    assert only(reading, "closed_months") == "6-10"
    assert any("access:conditional names" in note for note in reading.notes)


def test_a_condition_that_is_not_understood_is_quoted(read):
    reading = read({"highway": "track", "access:conditional": "no @ (flood)"})
    assert (only(reading, "closed_months"), any("'no @ (flood)'" in n for n in reading.notes)) == ("", True)


def test_a_road_of_the_dry_season_stays_open_until_somebody_says_which_months_are_wet(read):
    row = {"highway": "track", "seasonal": "dry_season"}
    assert [
        only(read(dict(row), **how), "closed_months") for how in ({}, {"wet_months": months_mask("5-10")})
    ] == ["", "5-10"]


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2019-05-01", "", "all"),
        ("2019-05-20", "2019-08-02", "5-8"),
        ("2019-07-01", "", ""),
        ("2019-01-01", "2019-06-29", ""),
        ("", "2019-06-30", "all"),
        ("2018-01-01", "2019-07-01", "all"),
    ],
)
@pytest.mark.slow
def test_a_dated_closure_counts_if_it_holds_on_the_frame_date(read, start, end, months):
    row = {
        "highway": "track",
        "incident:type": "road_closed",
        "incident:date:start": start,
        "incident:date:end": end,
    }
    assert only(read(row), "closed_months") == months


def test_names_in_another_script_stay_and_marks_of_direction_go(read):
    assert only(read({"highway": "track", "name": "\u202eبور\u202c"}), "name") == "بور"


def test_a_road_without_name_goes_by_its_number(read):
    assert only(read({"highway": "primary", "name": "", "ref": "A43"}), "name") == "A43"


def test_classes_that_are_not_wanted_are_left_out_and_counted(read):
    rows = [{"highway": "service"}, {"highway": "residential"}, {"highway": "path"}, {"highway": "track"}]
    assert reasons(read(*rows, leave_out=("service", "path"))) == {"classes left out as asked": 2}


def test_parts_of_one_way_are_roads_of_their_own(read):
    shape = MultiLineString([[(0, 0), (1, 0)], [(3, 0), (4, 0)]])
    assert read({"highway": "track", "osm_id": "9", "shape": shape}).frame["road_id"].tolist() == [
        "osm-9",
        "osm-9-2",
    ]


def test_a_file_without_tags_of_roads_is_refused(read):
    with pytest.raises(LayerError, match="it has no column highway"):
        read({"kind": "road"})


WORDS = st.sampled_from([
    "", "yes", "no", "primary", "track", "steps", "piste", "construction", "ferry", "asphalt", "grade4", "impassable",
    "private", "no @ (Jun-Sep)", "yes @ (Nov-May)", "no @ (wet)", "dry_season", "2019-05-01", "2021-13-45", "road_closed",
    "-1", "@", "É\u202e", "0x1F", "nan", "way/7", "7.0",
])  # fmt: skip


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.dictionaries(st.sampled_from(KEYS), WORDS, max_size=8), min_size=1, max_size=4))
@pytest.mark.slow
def test_whatever_tags_say_rows_are_taken_or_dropped_for_one_reason(read, in_schema, rows):
    reading = read(*({"highway": ""} | row for row in rows))
    assert len(reading.frame) + sum(drop.rows for drop in reading.dropped) == len(rows)
    if len(reading.frame):
        in_schema(reading, Roads)


def test_a_column_that_may_be_one_of_several_tags_is_named(read):
    reading = read({"highway": "track", "incident_d": "2019-01-01"})
    assert any("'incident_d'" in note for note in reading.notes)


@pytest.mark.parametrize("value", ["", "13", "June", 6, None, []])
def test_months_of_a_catalogue_are_months_or_refused(value):
    with pytest.raises(options.UnfitError):
        options.months(value)


def test_every_set_of_months_is_written_as_it_is_read():
    assert all(months_mask(months_text(mask)) == mask for mask in range(4096))
