"""Tables that a provider, or a program on the way, gives as points instead of columns of degrees."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import pytest
import shapely

from layers.errors import LayerError
from layers.foreign.assess import assess
from layers.foreign.geojson import read_geojson
from layers.foreign.isolation import looked_at
from layers.foreign.normalised import write_listed, write_normalised
from layers.formats.acled import IDENTIFIERS, NEEDED, read_acled
from layers.formats.forbidden import forbidden_kind
from layers.formats.geonames import read_geonames
from layers.formats.geopko import UNITS, columns_of, read_geopko
from layers.formats.ocha_cod import read_cod_places
from layers.formats.ourairports import read_ourairports
from layers.formats.roadlines import read_urban_network
from layers.formats.ucdp import FULL, read_ucdp
from layers.formats.who_facilities import read_healthsites, read_who_facilities
from tests.foreign_files import collection, feature

WHERE = (-4.1234567890123, 14.5)
UCDP = dict(
    zip(FULL, ["7", "2018", "3", "1", "Alpha", "", "", "1", "2", "1", "2018-05-06", "3", "4"], strict=True)
)
CUT_CELLS = {"year": "2018", "where_coordinates": "Alpha town", "best": "1", "deaths_civilians": "0"}
ACLED = {
    **dict.fromkeys(NEEDED, "1"),
    IDENTIFIERS[0]: "X1",
    "event_date": "2019-05-06",
    "year": "2019",
    "event_type": "Riots",
}
GEOPKO = {
    **dict.fromkeys(("hq", *columns_of(UNITS)), "0"),
    "mission": "M",
    "location": "Alpha",
    "year": "2018",
    "month": "6",
}
WHO = {"Facility name": "a", "Facility type": "b", "ownership": "c", "ll_source": "d"}
HEALTH = {"osm_id": "1", "completeness": "1", "amenity": "clinic", "uuid": "u"}
TOWN = {"geonameid": "1", "name": "Alpha", "countrycode": "XX", "population": "9000"}
COD = {"featureNam": "Alpha", "pcode": "X1", "popPlaceCl": "1", "admin1Name": "West"}
AIRPORT = {"ident": "XA", "type": "small_airport", "name": "Alpha"}
DEGREES = {"latitude", "longitude", "Lat", "Long", "X", "Y"}


@pytest.fixture
def points(tmp_path):
    """Return a function that writes rows of points in the normalised form."""

    def write(*rows, name="points", at=None):
        frame = gpd.GeoDataFrame(
            [{key: cell for key, cell in row.items() if key not in DEGREES} for row in rows],
            geometry=at or [shapely.Point(WHERE)] * len(rows),
            crs="EPSG:4326",
        )
        write_listed(frame, tmp_path / name)
        return tmp_path / name

    return write


def only_place(reading):
    (point,) = reading.frame.geometry
    return point.x, point.y


@pytest.mark.parametrize(
    ("row", "read"),
    [
        (UCDP, read_ucdp),
        (CUT_CELLS, read_ucdp),
        (ACLED, read_acled),
        (WHO, read_who_facilities),
        (HEALTH, read_healthsites),
        (TOWN, lambda path: read_geonames(path, "XX")),
        (COD, read_cod_places),
    ],
    ids=["ucdp", "ucdp cut", "acled", "who", "healthsites", "geonames", "cod places"],
)
def test_points_take_the_place_of_columns_of_degrees_to_the_last_digit(points, row, read):
    assert only_place(read(points(row))) == WHERE


def test_so_do_those_of_bases_on_un_maps(points):
    sites, _ = read_geopko(points(GEOPKO), date(2019, 6, 30))
    assert only_place(sites) == WHERE


def test_so_do_those_of_airfields(points, typed):
    runways = typed("airport_ident,length_ft,closed", "XA,3000,0")
    assert only_place(read_ourairports(points(AIRPORT), runways)) == WHERE


def test_so_do_those_of_towns_that_edges_join(points, typed):
    ends = [shapely.Point(0.5, 1), shapely.Point(2, 3)]
    nodes = points({"Agglomeration_ID": "1"}, {"Agglomeration_ID": "2"}, at=ends)
    reading = read_urban_network(typed("from,to,l,h,time", "1,2,10,trunk,5"), nodes)
    assert list(reading.frame.geometry.iloc[0].coords) == [(0.5, 1), (2, 3)]


def test_columns_of_degrees_are_read_where_the_file_has_them(tmp_path):
    frame = gpd.GeoDataFrame(
        [{**UCDP, "longitude": "20.5", "latitude": "0.5"}], geometry=[shapely.Point(WHERE)], crs="EPSG:4326"
    )
    write_listed(frame, tmp_path / "both")
    assert only_place(read_ucdp(tmp_path / "both")) == (20.5, 0.5)


def test_a_shape_that_is_no_point_is_a_fault_of_its_row(points):
    path = points(UCDP, {**UCDP, "id": "8"}, at=[shapely.Point(WHERE), shapely.LineString([(0, 0), (1, 1)])])
    with pytest.raises(LayerError, match="row 2: its shape is no single point"):
        read_ucdp(path)


def test_places_of_care_without_a_point_are_dropped_as_before(points):
    reading = read_healthsites(points(HEALTH, HEALTH, at=[shapely.Point(WHERE), shapely.Point()]))
    assert (len(reading.frame), str(reading.dropped[-1].reason)) == (1, "no coordinates")


@pytest.mark.parametrize(("row", "read"), [(UCDP, read_ucdp), (ACLED, read_acled)], ids=["ucdp", "acled"])
def test_names_that_a_shapefile_cut_off_are_whole_again(points, row, read):
    assert only_place(read(points({key[:10]: cell for key, cell in row.items()}))) == WHERE


@pytest.mark.parametrize("name", ["source_art", "source_off", "source_hea", "source_ori", "conflict_n"])
def test_what_may_never_come_in_may_not_under_a_name_cut_off_either(name):
    assert forbidden_kind(name) is not None


@pytest.mark.parametrize(
    ("row", "provider"),
    [
        ({**UCDP, "high": "1"}, "ucdp"),
        ({key[:10]: cell for key, cell in UCDP.items()}, "ucdp"),
        (CUT_CELLS, "ucdp"),
        ({**ACLED, "disorder_type": "x"}, "acled"),
        ({**GEOPKO, "zone.de.confidence": "0", "battalion": "0", "company": "0"}, "geopko_maps"),
        ({**HEALTH}, "healthsites"),
        ({**WHO}, "who_facilities"),
        ({**TOWN}, "geonames"),
        ({**COD}, "cod_places"),
        ({**AIRPORT, "iso_country": "XX", "gps_code": "", "local_code": ""}, "ourairports.airports"),
        ({**AIRPORT}, ""),
        ({"pcode": "X1", "admin1Name": "West", "clinic": "a"}, ""),
        ({"Agglomeration_ID": "1", "ISO3": "XXX"}, "urban_network.nodes"),
    ],
)
def test_points_are_known_for_their_provider_without_columns_of_degrees(tmp_path, row, provider):
    path = tmp_path / "p.geojson"
    cells = {key: cell for key, cell in row.items() if key not in DEGREES}
    path.write_bytes(collection([feature("Point", list(WHERE), **cells)]))
    (sheet,) = read_geojson(path, path.name).sheets
    seen = assess(sheet, path.name, tmp_path / "rows", None)
    assert seen.likely[0].provider == provider


def test_a_file_of_points_in_metres_is_brought_to_degrees(tmp_path):
    x, y = gpd.GeoSeries([shapely.Point(WHERE)], crs=4326).to_crs(32630).iloc[0].coords[0]
    path = tmp_path / "ged.geojson"
    cells = {key: cell for key, cell in UCDP.items() if key not in DEGREES}
    crs = {"type": "name", "properties": {"name": "EPSG:32630"}}
    path.write_bytes(collection([feature("Point", [x, y], **cells)], crs=crs))
    with looked_at(path) as looked:
        write_normalised(looked, tmp_path / "form", reader="ucdp")
    assert only_place(read_ucdp(tmp_path / "form")) == pytest.approx(WHERE, abs=1e-7)
