"""No file that somebody brings makes the reader fetch anything, or read a file elsewhere."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import geopandas as gpd
import pytest
from shapely import LineString

from layers import LayerError
from layers.formats.ocha_cod import read_cod_boundaries
from layers.formats.rivers_lakes import read_lakes
from layers.formats.roadlines import read_optimal_edges
from layers.geojson import refuse_linked_crs
from layers.tables import read_table
from tests.layers.square import Folder

NAMED = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
READERS = [
    ("rivers.geojson", read_table),
    ("rivers.gpkg", read_table),
    ("roads.geojson", read_optimal_edges),
    ("lakes.gpkg", read_lakes),
    ("units.gpkg", lambda path: read_cod_boundaries(path, 1)),
]


@pytest.fixture
def asked():
    """Requests that a server on this machine was asked for; the first is its own address."""
    requests: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            requests.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.005,), daemon=True).start()
    requests.append(f"http://127.0.0.1:{server.server_port}")
    yield requests
    server.shutdown()
    server.server_close()


def collection(crs=None, *, feature=None, geometry=None):
    shape = {"type": "LineString", "coordinates": [[-4, 14], [-3.5, 14]]} | (geometry or {})
    one = {"type": "Feature", "properties": {"name": "River"}, "geometry": shape} | (feature or {})
    return {"type": "FeatureCollection", "features": [one]} | ({"crs": crs} if crs is not None else {})


def linked(address):
    """Every way we know of to have GDAL fetch `address` through a reference system."""
    link = {"type": "link", "properties": {"href": f"{address}/link", "type": "proj4"}}
    name = {"type": "name", "properties": {"name": f"{address}/name"}}
    text = json.dumps(collection(link))
    return {
        "whole": text,
        "feature": json.dumps(collection(feature={"crs": link})),
        "geometry": json.dumps(collection(geometry={"crs": link})),
        "name": json.dumps(collection(name)),
        "escaped": text.replace('"crs"', '"\\u0063rs"'),
        "twice": text[:-1] + f', "crs": {json.dumps(NAMED)}' + "}",
        "twice, the link last": json.dumps(collection(NAMED))[:-1] + f', "crs": {json.dumps(link)}' + "}",
        "marked": "\ufeff" + text,
        "wrapped": f"loadGeoJSON({text})",
        "upper": text.replace('"link"', '"LINK"'),
        "comment": "/* a map */ " + text,
        "quotes": text.replace('"', "'"),
    }


WAYS = tuple(linked(""))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("name", "reader"), READERS, ids=lambda value: str(value)[:20])
@pytest.mark.slow
def test_a_linked_reference_system_is_refused_and_not_fetched(tmp_path, asked, name, reader, way):
    path = tmp_path / name
    path.write_text(linked(asked[0])[way], encoding="utf-8")
    with pytest.raises(LayerError) as caught:
        reader(path)
    assert caught.value.faults[0].file == name
    assert caught.value.faults[0].remedy
    assert asked[1:] == []


def test_the_server_of_these_tests_would_have_been_asked(tmp_path, asked):
    """Without the look beforehand GDAL does fetch; if it no longer does, these tests prove nothing."""
    path = tmp_path / "rivers.geojson"
    path.write_text(linked(asked[0])["whole"], encoding="utf-8")
    gpd.read_file(path)
    assert asked[1:]


@pytest.mark.slow
def test_an_area_folder_with_such_a_layer_is_told_with_its_other_faults(tmp_path, asked):
    folder = Folder(tmp_path)
    (tmp_path / "rivers.geojson").write_text(linked(asked[0])["whole"], encoding="utf-8")
    folder.say('rivers = "rivers.csv"', 'rivers = "rivers.geojson"')
    folder.add("assets.csv", "a3,atlantis,helicopter,1,,,,low,invented")
    faults = folder.faults()
    assert any("rivers.geojson: its member 'crs' is not of type 'name'. Export it again" in f for f in faults)
    assert any("atlantis" in fault for fault in faults)
    assert asked[1:] == []


@pytest.mark.parametrize(
    "crs",
    [NAMED, {"type": "name", "properties": {"name": "EPSG:4326"}},
     {"type": "name", "properties": {"name": "http://www.opengis.net/def/crs/OGC/1.3/CRS84"}}],
)  # fmt: skip
def test_a_named_reference_system_is_read(tmp_path, crs):
    path = tmp_path / "rivers.geojson"
    path.write_text(json.dumps(collection(crs)), encoding="utf-8")
    assert len(read_table(path).frame) == 1


def test_an_attribute_called_crs_is_an_attribute(tmp_path):
    path = tmp_path / "rivers.geojson"
    path.write_text(json.dumps(collection(feature={"properties": {"crs": "old survey"}})), encoding="utf-8")
    assert read_table(path).frame["crs"].tolist() == ["old survey"]


def test_a_geopackage_is_not_taken_for_text(tmp_path):
    gpd.GeoDataFrame({"crs": ["a"]}, geometry=[LineString([(0, 0), (1, 1)])], crs=4326).to_file(
        tmp_path / "a.gpkg"
    )
    refuse_linked_crs(tmp_path / "a.gpkg")


@pytest.mark.parametrize(
    "name", ["area.toml", "sources.csv", "objectives.toml", "sites.csv", "population.tif"]
)
def test_a_link_to_a_file_elsewhere_is_refused(tmp_path, name):
    (tmp_path / "area").mkdir()
    folder = Folder(tmp_path / "area")
    there = tmp_path / "elsewhere"
    if (folder.path / name).exists():
        (folder.path / name).rename(there)
    else:
        there.write_text("secret = 'open sesame'\n", encoding="utf-8")
    (folder.path / name).symlink_to(there)
    faults = folder.faults()
    assert any(name in fault for fault in faults)
    assert not any("sesame" in fault for fault in faults)
