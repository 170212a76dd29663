"""Bad files are told apart from good ones, with every fault, and nothing is mended on the quiet."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyproj import CRS

from layers.errors import LayerError
from layers.months import months_in
from layers.roads import load_roads
from layers.sites import load_assets, load_sites
from layers.waters import load_flood_zones

MALI = CRS("+proj=laea +lat_0=17.5 +lon_0=-4 +datum=WGS84 +units=m +no_defs")
HEADER = "site_id,name,kind,months,open_from,open_to,confidence,source,lon,lat\n"
GAO = "gao,Gao,sector_hq,all,2013-07-01,,high,invented,-0.045,16.272\n"


def sites_csv(folder: Path, *rows: str, header: str = HEADER) -> Path:
    path = folder / "sites.csv"
    path.write_text(header + "".join(rows), encoding="utf-8")
    return path


def test_a_good_file_is_read_into_metres(tmp_path):
    sites = load_sites(sites_csv(tmp_path, GAO, "ber,Ber,tob,6-9,,,low,invented,-2.532,16.835\n"), MALI)
    assert list(sites.index) == ["gao", "ber"]
    assert months_in(sites.at["ber", "months"]) == (6, 7, 8, 9)
    assert sites.at["gao", "geometry"].x == pytest.approx(422_300, abs=500)
    assert sites["open_to"].isna().all()


def test_further_columns_are_left_out(tmp_path):
    path = sites_csv(tmp_path, GAO.replace("\n", ",x\n"), header=HEADER.replace("\n", ",remark\n"))
    assert "remark" not in load_sites(path, MALI)


def test_every_fault_is_named_at_once_with_column_and_row(tmp_path):
    path = sites_csv(
        tmp_path,
        GAO,
        "gao,Gao again,sector_hq,all,,,high,invented,-0.045,16.272\n",
        "x,X,castle,all,,,high,invented,-0.045,16.272\n",
        "y,Y,tob,13-2,,,high,invented,-0.045,16.272\n",
        "z,Z,tob,all,30/06/2018,,high,invented,-0.045,\n",
        'w,W,tob,all,,,high,invented,"-0,045",16.272\n',
    )
    with pytest.raises(LayerError) as caught:
        load_sites(path, MALI)
    found = {(fault.column, fault.row, fault.rows) for fault in caught.value.faults}
    assert found == {
        ("site_id", 3, 1),
        ("kind", 4, 1),
        ("months", 5, 1),
        ("open_from", 6, 1),
        ("geometry", 6, 1),
        ("geometry", 7, 1),
    }
    assert all(fault.file == "sites.csv" and fault.remedy for fault in caught.value.faults)


def test_missing_columns_are_named_first_and_alone(tmp_path):
    path = sites_csv(tmp_path, "gao,Gao\n", header="site_id,name\n")
    with pytest.raises(LayerError) as caught:
        load_sites(path, MALI)
    assert {fault.column for fault in caught.value.faults if fault.column} == {
        "kind",
        "months",
        "open_from",
        "open_to",
        "confidence",
        "source",
    }


def test_an_unknown_stays_unknown_and_is_not_zero(tmp_path):
    path = tmp_path / "assets.csv"
    path.write_text(
        "asset_id,site_id,kind,count,availability,notice_min,mission_share,confidence,source\n"
        "a,gao,surgery,1,,,,low,invented\nb,gao,helicopter,,0.5,30,1,low,invented\n",
        encoding="utf-8",
    )
    with pytest.raises(LayerError, match=r"column 'count', row 3: it is empty"):
        load_assets(path, MALI)
    path.write_text(path.read_text().replace("helicopter,,", "helicopter,2,"))
    assets = load_assets(path, MALI)
    assert assets["availability"].isna().tolist() == [True, False]


def assets_csv(folder: Path, *rows: str) -> Path:
    path = folder / "assets.csv"
    header = "asset_id,site_id,kind,count,availability,notice_min,mission_share,confidence,source\n"
    path.write_text(header + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("column", "cell", "source", "least"),
    [
        ("", "", "own list", False),
        ("is_least", "", "own list", False),
        ("is_least", "true", "own list", True),
        ("", "", "a map; at least so many", True),
        ("is_least", "false", "a map; at least so many", False),
    ],
)
@pytest.mark.slow
def test_a_count_is_a_lower_bound_where_its_row_says_so_and_without_the_column_it_is_none(
    tmp_path, column, cell, source, least
):
    """Folders built before there was the column end the source by words that say it."""
    head = "asset_id,site_id,kind,count,availability,notice_min,mission_share,confidence,source"
    path = tmp_path / "assets.csv"
    more = (f",{column}", f",{cell}") if column else ("", "")
    path.write_text(f"{head}{more[0]}\na,gao,surgery,1,,,,low,{source}{more[1]}\n", encoding="utf-8")
    assert load_assets(path, MALI)["is_least"].tolist() == [least]


def faults_of(load, path: Path) -> dict[str, tuple[str, str]]:
    with pytest.raises(LayerError) as caught:
        load(path, MALI)
    return {fault.column: (fault.problem, fault.remedy) for fault in caught.value.faults}


def test_a_word_that_is_not_on_the_list_is_answered_with_the_list(tmp_path):
    path = sites_csv(tmp_path, "x,X,castle,all,,,sure,invented,-0.045,16.272\n")
    assert faults_of(load_sites, path) == {
        "kind": (
            "'castle' is not allowed",
            "Use one of: sector_hq, camp, field_office, tob, seasonal_tob, cla_post, airstrip.",
        ),
        "confidence": ("'sure' is not allowed", "Use one of: high, medium, low, assumed."),
    }


def test_a_number_out_of_range_is_answered_with_the_range(tmp_path):
    path = assets_csv(tmp_path, "a,gao,surgery,1001,1.5,-1,,low,invented")
    assert faults_of(load_assets, path) == {
        "count": ("1001 is out of range", "It must be from 1 to 1000."),
        "availability": ("1.5 is out of range", "It must be from 0 to 1."),
        "notice_min": ("-1 is out of range", "It must be 0 or more."),
    }


def test_a_site_that_is_open_in_no_month_is_told_how_months_are_written(tmp_path):
    path = sites_csv(tmp_path, GAO.replace(",all,", ",,"))
    assert faults_of(load_sites, path) == {
        "months": ("no month is named", 'Write months as "9-12", "10-1", "1,3" or "all".')
    }


def test_a_kind_of_asset_that_is_no_plain_word_is_told_how_it_is_written(tmp_path):
    path = assets_csv(tmp_path, "a,gao,Field Surgery,1,,,,low,invented")
    assert faults_of(load_assets, path) == {
        "kind": (
            "'Field Surgery' is not allowed",
            "Write small letters, digits and underscores, a letter first.",
        )
    }


def test_a_fraction_is_no_count_even_where_another_column_is_at_fault(tmp_path):
    path = assets_csv(tmp_path, "a,gao,surgery,1.5,often,,,low,invented")
    assert faults_of(load_assets, path) == {
        "count": ("'1.5' is no whole number", "Round it."),
        "availability": ("'often' is no number", "Write a plain number."),
    }


@pytest.mark.parametrize("count", ["1.5", "-1", "many", "1e9", "1e300", "inf"])
@pytest.mark.slow
def test_counts_that_are_no_counts_are_refused(tmp_path, count):
    path = tmp_path / "assets.csv"
    path.write_text(
        "asset_id,site_id,kind,count,availability,notice_min,mission_share,confidence,source\n"
        f"a,gao,surgery,{count},,,,low,invented\n",
        encoding="utf-8",
    )
    with pytest.raises(LayerError, match="column 'count', row 2"):
        load_assets(path, MALI)


def test_a_polygon_is_no_road(tmp_path):
    path = tmp_path / "roads.geojson"
    path.write_text(
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"road_id":"r","name":"RN",'
        '"road_class":"trunk","surface":"paved","smoothness":"good","crossing":"none","raised":true,'
        '"search_rated":"false","closed_months":"","length_km":null,"stated_min":null},'
        '"geometry":{"type":"Polygon","coordinates":[[[0,17],[1,17],[1,18],[0,17]]]}}]}',
        encoding="utf-8",
    )
    with pytest.raises(LayerError, match="the shape is no LineString"):
        load_roads(path, MALI)


def test_an_outline_that_crosses_itself_is_refused_not_repaired(tmp_path):
    path = tmp_path / "flood.geojson"
    path.write_text(
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"zone_id":"z","name":"Z",'
        '"months":"9-11"},"geometry":{"type":"Polygon","coordinates":[[[0,17],[1,18],[1,17],[0,18],[0,17]]]}}]}',
        encoding="utf-8",
    )
    with pytest.raises(LayerError, match="crosses itself"):
        load_flood_zones(path, MALI)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("sites.csv", b"", "does not read as a table"),
        ("sites.csv", "site_id,name\nm,M\xe9naka".encode("latin-1"), "not UTF-8"),
        ("sites.geojson", b"{", "does not read as a map layer"),
        ("sites.shp", b"", "files of kind '.shp' are not read"),
    ],
)
def test_files_that_are_no_tables_are_refused_in_plain_words(tmp_path, name, content, words):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(LayerError, match=words):
        load_sites(tmp_path / name, MALI)


def test_a_missing_file_says_so(tmp_path):
    with pytest.raises(LayerError, match="the file is not there"):
        load_sites(tmp_path / "sites.csv", MALI)


def test_coordinates_out_of_range_are_refused(tmp_path):
    with pytest.raises(LayerError, match="not in degrees"):
        load_sites(sites_csv(tmp_path, GAO.replace("16.272", "1627.2")), MALI)
