"""The system that shapes lie in: as the file has it where its coordinates bear it out, else as a person says."""

from __future__ import annotations

import pytest
from pyproj import Transformer

from layers.foreign.assess import assess
from layers.foreign.geojson import read_geojson
from layers.formats.ucdp import FULL
from layers.intake.preview import remarks_on
from layers.tables import read_table
from tests.foreign_files import collection, feature

IN_34N = Transformer.from_crs(4326, 32634, always_xy=True).transform
ROAD = [(20.25, 0.5), (20.5, 0.6)]
LEDGER = ("ledger.origin=Office", "ledger.date=2019", "ledger.licence=own", "ledger.confidence=medium")
CRS84 = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}


def lines(path, *roads, **more):
    path.write_bytes(collection([feature("LineString", each, nom="Ouest") for each in roads], **more))
    return path


def metric(line):
    return [list(IN_34N(*place)) for place in line]


def looked_at_by_us(path, near=None):
    (sheet,) = read_geojson(path, path.name).sheets
    return assess(sheet, path.name, path.with_suffix(".rows"), near)


def test_lines_in_metres_that_state_no_system_are_not_taken_for_degrees(tmp_path):
    seen = looked_at_by_us(lines(tmp_path / "a.geojson", metric(ROAD)))
    assert (seen.stated_reference, seen.reference, seen.extent) == (None, None, None)
    assert any("no longitude and latitude" in str(each) for each in seen.remarks)


def test_nor_are_they_where_the_file_says_degrees(tmp_path):
    seen = looked_at_by_us(lines(tmp_path / "a.geojson", metric(ROAD), crs=CRS84))
    assert seen.stated_reference is None
    assert any("It states the reference system WGS 84 (CRS84)" in str(each) for each in seen.remarks)


def test_one_slip_of_typing_changes_nothing_for_the_rest(tmp_path):
    path = lines(tmp_path / "a.geojson", ROAD, ROAD, [(20, 0.5), (20, 950)])
    assert looked_at_by_us(path).stated_reference == "EPSG:4326"


def test_metres_are_not_cut_off_as_far_from_the_area_before_anybody_says_what_they_are(tmp_path):
    path = lines(tmp_path / "a.geojson", metric(ROAD))
    assert looked_at_by_us(path, (20.0, 0.0, 21.0, 1.0)).outside is None


def test_lines_that_nothing_tells_from_rivers_are_asked_about(tmp_path):
    assert not looked_at_by_us(lines(tmp_path / "a.geojson", ROAD)).likely[0].decided


@pytest.mark.parametrize(("name", "layer"), [("cours_eau_projete", "waters"), ("reseau_routier", "roads")])
def test_the_name_of_a_file_says_what_its_lines_could_be(tmp_path, name, layer):
    seen = looked_at_by_us(lines(tmp_path / f"{name}.geojson", ROAD))
    assert (seen.likely[0].layer.value, seen.likely[0].decided) == (layer, False)


@pytest.mark.slow
def test_the_system_is_asked_for_and_lines_lie_where_it_says(bringing, tmp_path):
    path = lines(tmp_path / "a.geojson", metric(ROAD))
    open_keys = {each.key for each in bringing.offer(path, "layer=rivers", *LEDGER).questions}
    stated = (
        "layer=rivers",
        "reference=UTM 34N",
        *LEDGER,
        "value.navigable_months=none",
        "value.barrier=true",
    )
    offer = bringing.offer(path, *stated)
    assert "reference" in open_keys
    assert offer.questions == ()
    (river,) = offer.taken.frame.geometry
    assert list(river.coords) == [pytest.approx(place, abs=1e-6) for place in ROAD]


@pytest.mark.slow
def test_what_is_said_against_the_file_is_not_used_and_said_so(bringing, tmp_path):
    path = lines(tmp_path / "a.geojson", ROAD)
    with bringing.looked(path, "layer=rivers", "reference=UTM 34N", *LEDGER) as (looked, offer, facts):
        said = [str(each) for each in remarks_on(looked, offer, facts.outline)]
    assert any("Its shapes are in WGS 84 (EPSG:4326)" in each for each in said)


@pytest.mark.slow
def test_of_a_known_provider_it_is_asked_for_as_well_and_taken(bringing, tmp_path):
    cells = ["7", "2018", "3", "1", "Alpha", "", "", "1", "2", "1", "2018-05-06", "3", "4"]
    row = {key: cell for key, cell in zip(FULL, cells, strict=True) if cell}
    path = tmp_path / "ged.geojson"
    path.write_bytes(collection([feature("Point", list(IN_34N(20.25, 0.5)), **row)]))
    assert "reference" in {each.key for each in bringing.offer(path).questions}
    bringing.take((path, ("reference=UTM 34N", "ledger.date=2019")))
    (event,) = read_table(bringing.area / "incidents.csv").frame["geometry"]
    assert (event.x, event.y) == pytest.approx((20.25, 0.5), abs=1e-6)
