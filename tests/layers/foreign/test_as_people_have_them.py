"""Files as people have them, all invented: each is read rightly, or refused with one message that says what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from affine import Affine

from layers.errors import LayerError
from layers.foreign.isolation import looked_at
from tests.foreign_files import (
    collection,
    contents,
    feature,
    geopackage,
    kml,
    placemark,
    point,
    shapefile,
    workbook,
    zipped,
)

pytestmark = pytest.mark.slow

WEST, SOUTH, EAST, NORTH = -4.2, 14.5, -3.0, 16.75
EXTENT = (WEST, SOUTH, EAST, NORTH)
SITES = "site,lat,lon,troops\nOld Ford,14.5,-4.2,120\nMill,15.25,-3.5,80\nNorth,16.75,-3.0,40\n"
EVENTS = "event,date,lat,lon,deaths\n1,{},14.5,-4.2,3\n2,{},15.25,-3.5,0\n3,{},16.75,-3.0,12\n"


@dataclass(frozen=True)
class Case:
    """A file, and what is right of its first sheet."""

    title: str
    file: str
    content: bytes
    columns: Mapping[str, str] = field(default_factory=dict)
    extent: tuple[float, float, float, float] | None = EXTENT
    rows: int = 3
    reported: int = 0
    layer: str = ""
    remark: str = ""
    more: Callable[[Any], bool] = lambda _: True


def events(*days: str) -> bytes:
    return EVENTS.format(*days).encode()


def semicolons(text: str) -> str:
    return "\n".join(
        line.replace(",", ";").replace(".", ",") if n else line.replace(",", ";")
        for n, line in enumerate(text.split("\n"))
    )


LATLON = {"lat": "latitude", "lon": "longitude"}
DATED = {"date": "date", **LATLON}
FRENCH = "Nom du site;Latitude;Longitude;Effectif\nVieux Gué;14,5;-4,2;1 250\nMoulin d’été;15,25;-3,5;80\nNord;16,75;-3,0;40\n"
FRENCH_COLUMNS = {"Latitude": "latitude", "Longitude": "longitude", "Effectif": "number"}
ROADS = [[(WEST, SOUTH), (-3.5, 15.25)], [(-3.5, 15.25), (EAST, NORTH)]]
OSM = [
    {"osm_id": "1", "code": "5113", "fclass": "primary", "name": "Gué", "oneway": "F"},
    {"osm_id": "2", "code": "5141", "fclass": "track", "name": "Été", "oneway": "B"},
]
SQUARE = [[[WEST, SOUTH], [EAST, SOUTH], [EAST, NORTH], [WEST, SOUTH]]]
HXL = "#loc +name,#geo +lat,#geo +lon,#capacity"
ROWS = [
    ["site", "lat", "lon", "troops"],
    ["Old Ford", 14.5, -4.2, 120],
    ["Mill", 15.25, -3.5, 80],
    ["North", 16.75, -3.0, 40],
]
UCDP = "id,relid,year,type_of_violence,where_prec,where_coordinates,latitude,longitude,date_start,date_end,best,side_a\n"
UCDP_ROWS = (
    "1,A-1,2018,1,1,Old Ford,14.5,-4.2,2018-01-05,2018-01-05,3,x\n2,A-2,2018,3,2,Mill,15.25,-3.5,2018-02-01,2018-02-01,0,x\n"
    "3,A-3,2019,3,1,North,16.75,-3.0,2019-02-01,2019-02-01,1,x\n"
)
ACLED = "event_id_cnty,event_date,event_type,{}actor1,inter1,latitude,longitude,geo_precision,fatalities\n"


def acled(more: str, value: str) -> bytes:
    places = (("14.5", "-4.2"), ("15.25", "-3.5"), ("16.75", "-3.0"))
    rows = "".join(
        f"X{n},{n + 3} May 2019,Battles,{value}Y,1,{y},{x},1,0\n" for n, (y, x) in enumerate(places)
    )
    return (ACLED.format(more) + rows).encode()


GPX = (
    '<?xml version="1.0"?><gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">'
    '<wpt lat="14.5" lon="-4.2"><name>Old Ford</name></wpt><wpt lat="15.25" lon="-3.5"><name>Mill</name></wpt>'
    '<wpt lat="16.75" lon="-3.0"><name>North</name></wpt>'
    '<trk><name>patrol</name><trkseg><trkpt lat="14.5" lon="-4.2"/><trkpt lat="15" lon="-4"/></trkseg></trk></gpx>'
)
TROOPS = '<ExtendedData><Data name="troops"><value>5</value></Data></ExtendedData>'
PLACEMARKS = (
    placemark("Old Ford", -4.2, 14.5) + placemark("Mill", -3.5, 15.25) + placemark("North", -3.0, 16.75)
)

CASES = [
    Case("plain CSV", "sites.csv", SITES.encode(), {**LATLON, "troops": "number"}, layer="sites"),
    Case("with a byte order mark", "sites.csv", SITES.encode("utf-8-sig"), LATLON, remark="UTF-8, by its first bytes"),
    Case("UTF-16 of Excel’s Unicode text", "sites.txt", SITES.replace(",", "\t").encode("utf-16"), LATLON, remark="tabs"),
    Case("UTF-16 without a mark", "sites.csv", SITES.encode("utf-16-le"), LATLON, remark="zero bytes"),
    Case("tabs", "sites.tsv", SITES.replace(",", "\t").encode(), LATLON, remark="tabs"),
    Case("a French Excel: semicolons, commas, cp1252", "sites.csv", FRENCH.encode("cp1252"), FRENCH_COLUMNS, remark="cp1252"),
    Case("a French Excel in UTF-8", "sites.csv", FRENCH.encode(), FRENCH_COLUMNS, remark="semicolons"),
    Case("Excel says its separator", "sites.csv", ("sep=;\n" + FRENCH).encode("utf-8-sig"), FRENCH_COLUMNS),
    Case(
        "HXL row",
        "sites.csv",
        SITES.replace("\n", f"\n{HXL}\n", 1).encode(),
        {**LATLON, "troops": "number"},
        remark="HXL tags",
    ),
    Case(
        "names that say nothing, tags that do",
        "sites.csv",
        ("a,b,c,d\n" + HXL + "\n" + SITES.split("\n", 1)[1]).encode(),
        {"b": "latitude", "c": "longitude"},
    ),
    Case("titles above the header", "sites.csv", ("List of sites,,,\nas of June,,,\n\n" + SITES).encode(), LATLON, remark="titles"),
    Case("blank lines at the end", "sites.csv", (SITES + ",,,\n,,,\n").encode(), LATLON, remark="passed over: 2"),
    Case(
        "a row too long",
        "sites.csv",
        (SITES + "South,14.9,-4.0,9,too,much\n").encode(),
        LATLON,
        rows=4,
        reported=1,
        more=lambda seen: seen.sheets[0].reports[0].rows == (5,),
    ),
    Case("a row too short", "sites.csv", SITES.replace("-3.0,40", "-3.0").encode(), LATLON, remark="header: 1;"),
    Case("a cell of two lines", "sites.csv", SITES.replace("Old Ford", '"Old\nFord"').encode(), LATLON),
    Case(
        "no header",
        "sites.csv",
        SITES.split("\n", 1)[1].encode(),
        {"column 1": "identifier", "column 2": "number", "column 3": "number"},
        extent=None,
        remark="numbered",
    ),
    Case("swapped names", "sites.csv", b"site,lat,lon\na,-104.2,14.5\nb,-103.5,15.25\nc,-103.0,16.75\n",
         {"lat": "longitude", "lon": "latitude"}, extent=(-104.2, 14.5, -103.0, 16.75)),
    Case(
        "two columns of degrees that say nothing",
        "sites.csv",
        b"site,c1,c2\na,14.5123,-4.2111\nb,15.2511,-3.5123\nc,16.7512,-3.0123\n",
        {"c1": "degrees?", "c2": "degrees?"},
        extent=None,
        more=lambda seen: "not decided" in str(seen.sheets[0].without_extent),
    ),
    Case(
        "degrees and minutes",
        "sites.csv",
        "site,north,west\na,14°30'N,4°12'W\nb,15°15'00\"N,3°30'00\"W\nc,N16°45,W3°00\n".encode(),
        {"north": "latitude", "west": "longitude"},
    ),
    Case(
        "codes that begin as degrees do",
        "sites.csv",
        b"name,road,lat,lon\nS1,12E,14.5,-4.2\nS2,13E,15.25,-3.5\nS10,14E,16.75,-3.0\n",
        {"name": "identifier", "road": "identifier"},
    ),
    Case(
        "degrees, minutes, seconds in French",
        "sites.csv",
        "site;coordonnées\na;14° 30' 00\" N, 4° 12' 00\" O\nb;15° 15' 00\" N, 3° 30' 00\" O\nc;16° 45' 00\" N, 3° 0' 0\" O\n".encode("cp1252"),
        {"coordonnées": "position"},
    ),
    Case("both in one cell", "sites.csv", b'site,"lat, lon"\na,"14.5, -4.2"\nb,"15.25, -3.5"\nc,"16.75, -3.0"\n', {"lat, lon": "position"}),
    Case(
        "both in one cell, nothing says the order",
        "sites.csv",
        b'site,where\na,"14.5, -4.2"\nb,"15.25, -3.5"\nc,"16.75, -3.0"\n',
        {"where": "position?"},
    ),
    Case(
        "UTM in one cell",
        "sites.csv",
        b"site,grid\na,30P 370688 1603364\nb,30P 446309 1686039\nc,30Q 500000 1851899\n",
        {"grid": "utm"},
        extent=(-4.2, 14.5, -3.0, 16.75),
    ),
    Case(
        "UTM in three columns",
        "sites.csv",
        b"site,zone,easting,northing\na,30N,370688,1603364\nb,30N,446309,1686039\nc,30N,500000,1851899\n",
        {"zone": "zone", "easting": "easting", "northing": "northing"},
    ),
    Case(
        "UTM without a zone",
        "sites.csv",
        b"site,X,Y\na,370688,1603364\nb,446309,1686039\nc,500000,1851899\n",
        {"X": "easting", "Y": "northing"},
        extent=None,
        more=lambda seen: "no zone" in str(seen.sheets[0].without_extent),
    ),
    Case("days first", "events.csv", events("31/05/2019", "01/06/2019", "12/06/2019"), DATED, layer="incidents",
         more=lambda seen: seen.sheets[0].columns[1].day_first is True),
    Case("months first", "events.csv", events("05/31/2019", "06/01/2019", "06/12/2019"), DATED,
         more=lambda seen: seen.sheets[0].columns[1].day_first is False),
    Case("days or months first", "events.csv", events("05/06/2019", "01/06/2019", "12/06/2019"), {**DATED, "date": "date?"},
         more=lambda seen: seen.sheets[0].columns[1].day_first is None),
    Case("both orders", "events.csv", events("31/05/2019", "05/31/2019", "12/06/2019"), {**DATED, "date": "date?"}),
    Case("ISO with time", "events.csv", events("2019-05-31T14:05:00Z", "2019-06-01 00:00:00", "2019-06-12"), DATED),
    Case("months in French", "events.csv", events("31 mai 2019", "1er juin 2019", "12 août 2019"), DATED),
    Case("months in English", "events.csv", events("31-May-19", "June 1, 2019".replace(",", ""), "12 Aug 2019"), DATED),
    Case("days as numbers", "events.csv", events("43616", "43617", "43628"), DATED),
    Case(
        "numbers that could be days",
        "events.csv",
        events("43616", "43617", "43628").replace(b"date", b"code"),
        {"code": "number?"},
    ),
    Case("one day that is none", "events.csv", events("2019-05-31", "2019-06-01", "2019-06-12") + b"4,2019-06-31,15,-4,0\n5,2019-06-30,15,-4,0\n",
         DATED, rows=5, reported=1, more=lambda seen: seen.sheets[0].reports[0].column == "date"),
    Case("thousands with blanks", "people.csv", b"county,population\na,1 250\nb,12 000\nc,1 020 000\n",
         {"population": "number"}, extent=None, layer="people"),
    Case("thousands or decimals", "people.csv", b'county,population\na,"1,250"\nb,"2,500"\nc,"3,125"\n',
         {"population": "number?"}, extent=None),
    Case("thousands with commas", "people.csv", b'county,population\na,"1,250"\nb,"1,002,500"\nc,"3,125"\n',
         {"population": "number"}, extent=None, more=lambda seen: seen.sheets[0].columns[1].commas_part_thousands is True),
    Case("missing and impossible coordinates", "sites.csv", (SITES + "a,,,1\nb,95.1,-3,1\nc,0,0,1\nd,fourteen,-3,1\n").encode(),
         LATLON, rows=7, reported=4),
    Case("Excel with titles, merged cells and notes", "sites.xlsx",
         workbook({"Sites": [["Sites of the mission"], [], *ROWS], "Notes": [["Read me"], ["All invented"]]}, ["A1:D1"]), LATLON, remark="titles"),
    Case("Excel: regions merged over rows", "sites.xlsx",
         workbook({"Sites": [["region", "site", "lat", "lon"], ["West", "a", 14.5, -4.2], [None, "b", 15.25, -3.5], ["East", "c", 16.75, -3.0]]}, ["A2:A3"]),
         {**LATLON, "region": "text"}, remark="Merged", more=lambda seen: seen.sheets[0].columns[0].empty == 0),
    Case("Excel with real dates", "events.xlsx",
         workbook({"E": [["when", "lat", "lon", "deaths"], [date(2019, 5, 31), 14.5, -4.2, 1], [datetime(2019, 6, 1, 4, 5, tzinfo=UTC).replace(tzinfo=None), 15.25, -3.5, 0], [date(2019, 6, 12), 16.75, -3, 2]]}),
         {"when": "date", **LATLON}, layer="incidents"),
    Case("Excel of several sheets", "all.xlsx", workbook({"Sites": ROWS, "Empty": [], "People": [["county", "people"], ["a", 5]]}), LATLON,
         more=lambda seen: [each.name for each in seen.sheets] == ["Sites", "People"]),
    Case("Excel that starts at C5", "sites.xlsx", workbook({"S": [[], [], [], [], *([None, None, *row] for row in ROWS)]}), LATLON),
    Case("GeoJSON", "sites.geojson", collection([feature("Point", [-4.2, 14.5], name="a"), feature("Point", [-3.5, 15.25, 300], name="b"), feature("Point", [-3.0, 16.75], name="c")]), {"name": "identifier"}),
    Case("GeoJSON with a name for its system", "sites.json",
         collection([feature("Point", [-4.2, 14.5]), feature("Point", [-3.0, 16.75])], crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}), rows=2),
    Case("GeoJSON with a ring that is open", "units.geojson",
         collection([feature("Polygon", SQUARE, adm1_pcode="X1", adm1_en="a"), feature("Polygon", [SQUARE[0][:3]], adm1_pcode="X2", adm1_en="b")]), rows=2, reported=1, layer="units"),
    Case("a zipped shapefile of OSM roads", "roads.zip", zipped(shapefile(ROADS, OSM, cpg="UTF-8")), {"fclass": "identifier"}, rows=2, layer="roads"),
    Case("a shapefile without .prj", "roads.zip", zipped(shapefile(ROADS, OSM, prj=None)), extent=None, rows=2, remark="no .prj",
         more=lambda seen: seen.sheets[0].reference is None),
    Case("a shapefile in cp1252 without .cpg", "roads.zip", zipped(shapefile(ROADS, OSM, encoding="cp1252")), rows=2, remark="cp1252",
         more=lambda seen: "Gué" in seen.sheets[0].columns[3].examples),
    Case("a shapefile in a folder, made by a Mac", "roads.zip",
         zipped({**{f"out/{k}": v for k, v in shapefile(ROADS, OSM).items()}, "__MACOSX/out/._roads.shp": b"x"}), rows=2),
    Case("KML", "places.kml", kml(PLACEMARKS), {"name": "identifier"}),
    Case("KML with data and folders", "places.kml",
         kml("<Folder><name>West</name>" + placemark("a", -4.2, 14.5, TROOPS) + "</Folder>" + placemark("b", -3.0, 16.75)),
         {"troops": "number", "folder": "text"}, rows=2),
    Case("KMZ", "places.kmz", zipped({"doc.kml": kml(PLACEMARKS)}), {"name": "identifier"}),
    Case("GPX", "patrol.gpx", GPX.encode(), {"name": "identifier"}, more=lambda seen: [each.name for each in seen.sheets] == ["waypoints", "tracks"]),
    Case("a table in a zip, as sites for downloads give it", "sites.zip", zipped({"out/sites.csv": SITES.encode()}), LATLON, remark="out of the archive"),
    Case("years that name columns", "people.csv", b"county,2018,2019,2020\na,10,20,30\nb,11,21,31\nTotal,21,41,61\n",
        {"2018": "number", "2020": "number"}, extent=None, remark="look like totals, and would be counted twice: row 4."),
    Case("UCDP", "ged.csv", (UCDP + UCDP_ROWS).encode(), {"side_a": "refused", "latitude": "latitude"}, layer="incidents"),
    Case("UCDP candidate", "GEDEvent_v19_0_3.csv", (UCDP + UCDP_ROWS).encode(), layer="incidents",
         more=lambda seen: "candidate" in seen.sheets[0].likely[0].title and seen.sheets[0].likely[0].decided),
    Case("ACLED up to 2022", "a.csv", acled("", ""), {"actor1": "refused", "event_date": "date"}, layer="incidents",
         more=lambda seen: "2022" in seen.sheets[0].likely[0].title),
    Case("ACLED now", "a.csv", acled("disorder_type,", "Political violence,"), {"inter1": "refused"}, layer="incidents",
         more=lambda seen: "current" in seen.sheets[0].likely[0].title),
    Case("geoBoundaries", "adm1.geojson", collection([feature("Polygon", SQUARE, shapeName="a", shapeISO="", shapeID="1", shapeGroup="X", shapeType="ADM1")]), rows=1, layer="units"),
    Case("a table of people with names and phones", "staff.csv",
         b"site,lat,lon,focal,head of household,religion\na,14.5,-4.2,+223 70 11 22 33,X,y\nb,15.25,-3.5,+223 70 11 22 34,Y,z\nc,16.75,-3.0,+223 70 11 22 35,Z,z\n",
         {"focal": "refused", "head of household": "refused", "religion": "refused"},
         more=lambda seen: all(each.examples == () for each in seen.sheets[0].columns if each.content == "refused")),
    Case("a list of schools", "schools.csv", SITES.replace("site", "school").encode(), LATLON, extent=(-4.2, 14.5, -3.0, 16.8), layer="sensitive",
         remark="sensitive", more=lambda seen: all(each.examples == () for each in seen.sheets[0].columns)),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_a_file_as_people_have_it_is_read_rightly(case, look):
    seen = look(case.file, case.content)
    sheet = seen.sheets[0]
    assert contents(sheet) | dict(case.columns) == contents(sheet)
    assert (sheet.rows, sheet.reported) == (case.rows, case.reported)
    bounds = sheet.extent and (sheet.extent.west, sheet.extent.south, sheet.extent.east, sheet.extent.north)
    assert bounds == (case.extent and pytest.approx(case.extent, abs=2e-5))
    assert not case.layer or sheet.likely[0].layer == case.layer
    assert case.remark in " ".join((*seen.remarks, *sheet.remarks))
    assert case.more(seen)


def test_of_a_raster_only_the_header_is_read(look, tmp_path):
    path = tmp_path / "made.tif"
    profile = {
        "driver": "GTiff",
        "width": 30,
        "height": 20,
        "count": 1,
        "dtype": "float32",
        "crs": "EPSG:4326",
    }
    with rasterio.open(path, "w", transform=Affine(0.1, 0, -4.0, 0, -0.1, 15.0), **profile) as made:
        made.write(np.ones((1, 20, 30), dtype="float32"))
    sheet = look("people.tif", path.read_bytes()).sheets[0]
    assert (sheet.extent.west, sheet.extent.south, sheet.extent.east, sheet.extent.north) == (-4, 13, -1, 15)
    assert (sheet.reference, sheet.rows) == ("WGS 84 (EPSG:4326)", 0)
    assert "30 by 20 cells, bands: 1." in sheet.remarks


def test_a_sum_without_a_name_is_noticed(look):
    rows = "".join(f"county {n},{n}\n" for n in range(20))
    remarks = look("people.csv", f"county,people\n{rows},190\n".encode()).sheets[0].remarks
    assert "Rows that look like totals, and would be counted twice: row 22." in remarks


def test_the_corpus_is_as_long_as_the_one_that_was_misread():
    assert len(CASES) + len(REFUSED) >= 39


def test_several_layers_of_a_geopackage_are_read_and_the_styles_of_qgis_are_left_aside(look, tmp_path):
    extra = (
        "CREATE TABLE layer_styles (id INTEGER, styleQML TEXT); INSERT INTO layer_styles VALUES (1, '<qgis/>');"
        "INSERT INTO gpkg_contents VALUES ('layer_styles', 'attributes', 'layer_styles', 0);"
    )
    tables = {
        "sites": [(point(-4.2, 14.5), "a")],
        "places": [(point(-3.0, 16.75), "b"), (point(-3.5, 15.25), "c")],
    }
    seen = look("mission.gpkg", geopackage(tmp_path / "made", tables, extra))
    assert [(each.name, each.rows, each.reference) for each in seen.sheets] == [
        ("sites", 1, "WGS 84 (EPSG:4326)"),
        ("places", 2, "WGS 84 (EPSG:4326)"),
    ]
    assert [str(each) for each in seen.remarks] == ["'layer_styles' holds styles of QGIS and is left aside."]


def test_a_geopackage_without_a_reference_system_says_so(look, tmp_path):
    extra = "UPDATE gpkg_geometry_columns SET srs_id = -1;"
    sheet = look("a.gpkg", geopackage(tmp_path / "made", {"a": [(point(1, 2), "a")]}, extra)).sheets[0]
    assert sheet.reference is None
    assert "not stated" in str(sheet.without_extent)


REFUSED = [
    ("an empty file", "sites.csv", b"", "it is empty. Bring a file with rows."),
    ("a header alone is a table without rows", "sites.csv", b"\n\n", "it is empty. Bring a file with rows."),
    ("one part of a shapefile", "roads.shp", shapefile(ROADS, OSM)["roads.shp"], "Pack the .shp with its .dbf, .shx and .prj."),
    ("a shapefile without its table", "roads.zip", zipped({k: v for k, v in shapefile(ROADS, OSM).items() if "dbf" not in k}), "its table is missing"),
    ("a web page saved as a table", "sites.csv", b"<html><table></table></html>", "its content is not what its ending '.csv' says"),
    ("a table called a workbook", "sites.xlsx", SITES.encode(), "its content is not what its ending '.xlsx' says"),
    ("a workbook called a table", "sites.csv", workbook({"S": ROWS}), "its content is not what its ending '.csv' says"),
    ("a document", "sites.docx", b"PK\x03\x04", "Bring CSV, XLSX, GeoJSON, a zipped shapefile, KML, KMZ, GPX, GeoPackage, GeoTIFF or .osm.pbf."),
    ("TopoJSON", "units.json", b'{"type": "Topology", "objects": {}}', "it is TopoJSON. Save it as GeoJSON"),
    ("half a GeoJSON", "units.geojson", collection([feature("Point", [1, 2])])[:-9], "it does not read as GeoJSON"),
    ("a quotation mark never closed", "sites.csv", (SITES + '"' + "x" * 200_000).encode(), "Look for a quotation mark that is never closed"),
    ("a zip of several tables", "all.zip", zipped({"a.csv": b"x", "b.csv": b"y"}), "it holds several files (a.csv, b.csv). Bring them one by one."),
    ("half a workbook", "sites.xlsx", workbook({"S": ROWS})[:1500], "it is no whole archive"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("title", "file", "content", "message"), REFUSED, ids=[title for title, *_ in REFUSED]
)
def test_what_cannot_be_read_is_refused_with_one_message(title, file, content, message, refused):
    assert message in refused(file, content), title


def test_degrees_that_fit_only_when_swapped_are_noticed_beside_the_area(look):
    near = (-5.0, 14.0, -2.0, 17.0)
    swapped = SITES.replace("lat,lon", "lon,lat").encode()
    remarks = " ".join(look("sites.csv", swapped, near).sheets[0].remarks)
    assert "latitude and longitude are swapped: 3 of 3." in remarks
    assert "Places in the area: 3 of 3." in " ".join(
        look("sites.csv", SITES.encode(), near).sheets[0].remarks
    )


def test_a_link_is_not_followed(tmp_path: Path):
    (tmp_path / "real.csv").write_text(SITES)
    (tmp_path / "sites.csv").symlink_to(tmp_path / "real.csv")
    with pytest.raises(LayerError, match="it is a link"), looked_at(tmp_path / "sites.csv"):
        pass
