"""Kinds of file that keep to no one layout are known by what their columns say; all rows are invented."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from pyproj import Transformer

from layers.foreign.assess import assess
from layers.foreign.delimited import read_delimited
from layers.foreign.geojson import read_geojson
from layers.foreign.positions import mgrs
from layers.foreign.seen import SheetSeen
from tests.foreign_files import collection, feature

SQUARE = [[[-4.2, 14.5], [-3.0, 14.5], [-3.0, 16.75], [-4.2, 14.5]]]
SAGE = (
    "Incident ID,Date of Incident,Time,Incident Category,Incident Sub-Type,Location,Admin 1,Admin 2,Latitude,Longitude,Civilian Fatalities,Description\n"
    "I-1,03-May-2019,10:00,Armed,Attack,Old Ford,West,A,14.5,-4.2,2,x\nI-2,04-May-2019,11:00,Crime,Theft,Mill,East,B,15.25,-3.5,0,y\n"
)
SAGE_MGRS = (
    "Ref No Incident;Date of Incident;Type;Coordinates (MGRS);Fatalities\n"
    "1;13/05/2019;IED;30PUB7068803364;1\n2;04/05/2019;IED;30PVB4630986039;0\n3;04/06/2019;IED;30QWD0000051899;0\n"
)
SAGE_FRENCH = (
    "N° incident;Date de l’incident;Type d’incident;Sous-catégorie;Région;Cercle;Localité;Latitude;Longitude;Civils tués;Résumé\n"
    "1;13/05/2019;Attaque;Pillage;Ouest;A;Vieux Gué;14,5;-4,2;2;x\n2;04/06/2019;Attaque;Tir;Est;B;Moulin;15,25;-3,5;0;y\n"
)
SAGE_BY_NAME = (
    "Event Number,Event Date,Event Type,County,Payam,Village,Killed,Injured\n"
    "7,2019-05-31,Raid,North,A,Ford,1,2\n8,2019-06-01,Raid,South,B,Mill,0,0\n"
)
GEOPKO = (
    "Source,Mission,year,month,Country,location,latitude,longitude,No.troops,HQ,UNPOL\n"
    "Map 1,X,2018,3,Y,Old Ford,14.5,-4.2,120,0,0\nMap 1,X,2019,3,Y,Mill,15.25,-3.5,80,0,0\n"
)
DTM_SITES = (
    "Round,Site ID (SSID),Site Name,Latitude,Longitude,# of IDP households,# of IDP individuals\n"
    "3,S1,Old Ford,14.5123,-4.2123,10,50\n3,S2,Mill,15.2512,-3.5123,20,110\n"
)
DTM_UNITS = "admin1Pcode,admin1Name,roundNumber,numPresentIdpInd\nX01,West,3,50\nX02,East,3,110\n"
MINISTRY = (
    "Région;District sanitaire;Nom de la formation;Type de structure;Statut;Latitude;Longitude\n"
    "Ouest;A;a;CSCom;Public;14,5;-4,2\nEst;B;b;CSRef;Public;15,25;-3,5\n"
)
SCHOOLS = "Académie,CAP,Etablissement,Statut,Nombre d'élèves,lat,lon\nOuest,A,a,Public,120,14.5,-4.2\nEst,B,b,Public,80,15.25,-3.5\n"


@dataclass(frozen=True)
class Known:
    """A file, the layer it would feed, and words of its title."""

    name: str
    content: str | bytes
    layer: str
    title: str
    placed: bool = True


def pois(*classes: str, **more: str) -> bytes:
    return collection(
        [feature("Point", [-4.2 + n / 10, 14.5], osm_id=str(n), code="2999" if each == "bench" else "2110", fclass=each, name="x", **more) for n, each in enumerate(classes)]
    )  # fmt: skip


def tags(**more: str) -> bytes:
    return collection([feature("Point", [-4.2, 14.5], osm_id="1", name="x", **more)])


def units(**names: str) -> bytes:
    return collection([feature("Polygon", SQUARE, **names)])


KNOWN = [
    Known("sage.csv", SAGE, "incidents", "situational awareness"),
    Known("mgrs.csv", SAGE_MGRS, "incidents", "situational awareness"),
    Known("francais.csv", SAGE_FRENCH, "incidents", "situational awareness"),
    Known("by name.csv", SAGE_BY_NAME, "incidents", "situational awareness", placed=False),
    Known("geopko.csv", GEOPKO, "sites", "older layout"),
    Known("dtm sites.csv", DTM_SITES, "sensitive", "IOM DTM"),
    Known("dtm units.csv", DTM_UNITS, "people", "IOM DTM", placed=False),
    Known("formations.csv", MINISTRY, "sensitive", "places of care"),
    Known("schools.csv", SCHOOLS, "sensitive", "schools"),
    Known("gis_osm_pois_free_1.geojson", pois("bench", "bench", "bench", "bench", "hospital"), "sensitive", "OpenStreetMap"),
    Known("hot health.geojson", tags(amenity="clinic", healthcare="yes"), "sensitive", "OpenStreetMap"),
    Known("hot water.geojson", tags(man_made="water_well"), "sensitive", "OpenStreetMap"),
    Known("hot shops.geojson", tags(shop="tailor"), "points", "OpenStreetMap"),
    Known("cod.geojson", units(ADM1_PCODE="X01", ADM1_FR="Ouest", ADM0_PCODE="X"), "units", "OCHA COD-AB, units of level 1"),
    Known("old cod.geojson", units(admin2Pcod="X0101", admin2Name="a", admin1Pcod="X01"), "units", "units of level 2"),
    Known("new cod.geojson", units(adm2_pcode="X0101", adm2_name="a", adm2_name1="b", valid_on="2019-01-01"), "units", "level 2"),
    Known("gb.geojson", units(shapeName="a", Level="ADM1", shapeISO="X-1"), "units", "geoBoundaries"),
    Known("gadm.geojson", units(GID_0="X", GID_1="X.1_1", NAME_1="a"), "units", "GADM, units of level 1"),
    Known("gaul.geojson", units(ADM1_CODE="1", ADM1_NAME="a", DISP_AREA="NO"), "units", "FAO GAUL, units of level 1"),
]  # fmt: skip


def seen(path, name: str, content: str | bytes) -> SheetSeen:
    (path / "brought").write_bytes(content if isinstance(content, bytes) else content.encode())
    read = read_geojson if name.endswith("json") else read_delimited
    (sheet,) = read(path / "brought", name).sheets
    return assess(sheet, name, path / "rows", None)


@pytest.mark.parametrize("known", KNOWN, ids=lambda known: known.name)
@pytest.mark.slow
def test_a_file_is_known_by_what_its_columns_say(known, tmp_path):
    sheet = seen(tmp_path, known.name, known.content)
    assert sheet.likely[0].layer == known.layer
    assert known.title in str(sheet.likely[0].title)
    assert (sheet.extent is not None) is known.placed
    assert sheet.reported == 0
    assert not sheet.is_sensitive or all(each.examples == () for each in sheet.columns)


def test_squares_of_a_military_grid_say_where_rows_are(tmp_path):
    sheet = seen(tmp_path, "a.csv", SAGE_MGRS)
    assert sheet.extent is not None
    assert (sheet.extent.west, sheet.extent.south) == pytest.approx((-4.2, 14.5), abs=2e-3)
    assert (sheet.extent.east, sheet.extent.north) == pytest.approx((-3.0, 16.75), abs=2e-3)


@pytest.mark.parametrize(
    ("square", "latitude", "longitude"),
    [
        ("18SUJ2348306479", 38.889469, -77.035241),
        ("15TWG0000049776", 42.0, -93.0),
        ("56HLH3490052280", -33.8568, 151.2153),
        ("31N AA 66021 00000", 0.0, 0.0),
    ],
)
def test_squares_of_places_that_everybody_knows_lie_there(square, latitude, longitude):
    place = mgrs(square)
    assert place is not None
    to = Transformer.from_crs((32700 if place.south else 32600) + place.zone, 4326, always_xy=True)
    assert to.transform(place.easting_m, place.northing_m) == pytest.approx((longitude, latitude), abs=1e-2)


@pytest.mark.parametrize(
    "text", ["18SUJ234", "18SUJ", "61SUJ1234", "18SIJ1234", "18SUJ123456789012", "18SUJ 123 4567"]
)
def test_what_is_no_square_is_none(text):
    assert mgrs(text) is None


def test_roads_that_say_they_are_closed_are_not_taken_for_open_ones(tmp_path):
    line = [[-4.2, 14.5], [-3.0, 16.75]]
    told = {"highway": "primary", "surface": "dirt", "id": "way/1", "incident:type": "road_closed"}
    sheet = seen(tmp_path, "ways.geojson", collection([feature("LineString", line, **told)] * 3))
    assert not sheet.likely[0].decided
    assert sheet.likely[0].provider == ""
    assert "would be open" in str(sheet.likely[0].title)


@pytest.mark.parametrize(
    ("types", "kind"),
    [
        (("CSCOM", "CSRéf"), "clinic"),
        (("CSCOM", "Point d’eau"), ""),
        (("CSCOM", "Cimetière"), ""),
        (("CSCOM", "Centre d'alphabétisation"), ""),
        (("Poste de santé animale", "CSCOM"), ""),
    ],
)
def test_a_ministrys_rows_are_places_of_care_only_where_every_type_says_so(tmp_path, types, kind):
    rows = "".join(f"C{n};x{n};{each};public;14,{n + 5};-4,{n + 2};oui\n" for n, each in enumerate(types))
    path = tmp_path / "list.csv"
    path.write_text(f"code;nom_formation_sanitaire;type;statut;latitude;longitude;fonctionnel\n{rows}")
    sheet = assess(next(read_delimited(path, path.name).sheets), path.name, tmp_path / "rows", None)
    assert sheet.likely[0].kind == kind


def test_a_row_with_a_cell_too_many_is_no_example_where_a_column_is_refused(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(
        "Chef de poste;Nom;Latitude;Longitude\n;X. Exemple;Gué;14,5;-4,2\nY. Exemple;Moulin;15,5;-3,2\n"
    )
    sheet = assess(next(read_delimited(path, path.name).sheets), path.name, tmp_path / "rows", None)
    assert {each.name: each.examples for each in sheet.columns}["Nom"] == ("Moulin",)
