"""Airfields, health facilities and population rasters."""

import numpy as np
import pytest
import rasterio
from rasterio.transform import Affine

from layers.airfields import Airfields
from layers.errors import LayerError
from layers.formats.ourairports import read_ourairports
from layers.formats.who_facilities import read_healthsites, read_who_facilities
from layers.formats.worldpop import read_worldpop, write_population
from layers.population import RasterUnit
from layers.sensitive import Sensitive

AIRPORTS = "ident,type,name,latitude_deg,longitude_deg"
EMPTY = float(np.float32(-3.4e38))
RUNWAYS = "airport_ident,length_ft,closed"
WHO = "Country,Facility name,Facility type,Lat,Long"


def test_an_airfield_has_its_longest_open_runway_in_metres(typed, in_schema):
    airports = typed(AIRPORTS, "A,large_airport,Alpha,14,-4", "B,small_airport,Beta,14,-4",
    "C,closed,C,14,-4",
                     "D,heliport,D,14,-4", "E,seaplane_base,E,14,-4", name="airports.csv")  # fmt: skip
    runways = typed(RUNWAYS, "A,1000,0", "A,2000,0", "A,3000,1", "B,,0", "C,0,0", name="runways.csv")
    reading = read_ourairports(airports, runways)
    frame = in_schema(reading, Airfields)
    assert frame["kind"].to_dict() == {"A": "airport", "B": "airstrip", "C": "closed", "D": "heliport"}
    assert frame.loc["A", "runway_m"] == pytest.approx(609.6)
    assert frame["runway_m"].isna().sum() == 3
    assert [drop.rows for drop in reading.dropped] == [1]


def test_faults_of_both_airport_files_are_told_together(typed):
    airports = typed(AIRPORTS, "A,spaceport,Alpha,14,-400", name="airports.csv")
    runways = typed(RUNWAYS, "A,long,0", name="runways.csv")
    with pytest.raises(LayerError) as caught:
        read_ourairports(airports, runways)
    assert {(fault.file, fault.column) for fault in caught.value.faults} == {
        ("airports.csv", "type"), ("airports.csv", "longitude_deg"), ("runways.csv", "length_ft"),
    }  # fmt: skip


def test_facilities_become_clinics_without_a_name_and_those_nowhere_are_counted(typed, in_schema):
    path = typed(WHO, "Mali,Alpha,Clinic,14,-4", "Mali,Beta,Clinic,,", "Mali,Gamma,Hospital,15,-4")
    reading = read_who_facilities(path)
    frame = in_schema(reading, Sensitive)
    assert set(frame["kind"]) == {"clinic"}
    assert list(reading.frame.columns) == ["place_id", "kind", "geometry"]
    assert "Alpha" not in reading.frame.to_csv()
    assert [(drop.reason, drop.rows) for drop in reading.dropped] == [("no coordinates", 1)]


def test_the_same_facilities_in_another_order_have_the_same_identifiers(typed):
    rows = ["Mali,Alpha,Clinic,14,-4", "Mali,Gamma,Hospital,15,-4"]
    one, other = (read_who_facilities(typed(WHO, *order)).frame for order in (rows, rows[::-1]))
    assert set(one["place_id"]) == set(other["place_id"])


def test_the_real_facilities_lose_thirty_without_coordinates(real_source, in_schema):
    reading = read_who_facilities(real_source / "facilities/who_kwtrp_health_facilities_mali.csv")
    assert len(in_schema(reading, Sensitive)) == 1448
    assert [(drop.reason, drop.rows) for drop in reading.dropped] == [("no coordinates", 30)]


def test_the_real_healthsites_leave_out_pharmacies_and_mappers(real_source, in_schema):
    reading = read_healthsites(real_source / "facilities/healthsites_io_mali.csv")
    frame = in_schema(reading, Sensitive)
    assert len(frame) + sum(drop.rows for drop in reading.dropped) == 1229
    assert any("'changeset_user'" in drop.reason for drop in reading.dropped)


def test_the_real_airfields_read(real_source, in_schema):
    folder = real_source / "facilities"
    reading = read_ourairports(
        folder / "ourairports_airports_mali_bbox.csv", folder / "ourairports_runways_mali_bbox.csv"
    )
    frame = in_schema(reading, Airfields)
    assert len(frame) == 133
    assert frame.loc["ML-0004", "kind"] == "heliport"
    assert frame["runway_m"].max() == pytest.approx(10_826 * 0.3048)


@pytest.fixture
def raster(tmp_path):
    """Return a function that writes values as a GeoTIFF, one degree to a cell, from 10° N 0° E."""

    def write(values, *, crs="EPSG:4326", nodata=EMPTY, bands=1):
        path = tmp_path / "people.tif"
        array = np.asarray(values, dtype=np.float32)
        with rasterio.open(
            path, "w", driver="GTiff", height=array.shape[0], width=array.shape[1], count=bands,
            dtype="float32",
            crs=crs, transform=Affine(1, 0, 0, 0, -1, 10), nodata=nodata,
        ) as out:  # fmt: skip
            for band in range(1, bands + 1):
                out.write(array, band)
        return path

    return write


def test_no_data_and_negative_cells_are_without_data_never_nought(raster):
    reading = read_worldpop(raster([[5, EMPTY, 0], [-1, 7, np.nan]]), RasterUnit.COUNT)
    assert np.isnan(reading.values).tolist() == [[False, True, False], [True, False, True]]
    assert reading.total == pytest.approx(12)
    assert reading.notes == ("1 negative cells are taken as without data",)


def test_density_is_summed_over_true_areas(raster):
    reading = read_worldpop(raster([[2.0]]), RasterUnit.DENSITY)
    assert reading.total == pytest.approx(2 * 12_199, rel=0.01)


def test_a_raster_written_reads_the_same(raster, tmp_path):
    reading = read_worldpop(raster([[5, EMPTY], [0, 7]]), RasterUnit.COUNT)
    write_population(reading, tmp_path / "again.tif")
    again = read_worldpop(tmp_path / "again.tif", RasterUnit.COUNT)
    np.testing.assert_array_equal(again.values, reading.values)
    assert again.transform == reading.transform
    assert again.notes == ()


def test_every_fault_of_a_raster_is_told(raster):
    with pytest.raises(LayerError) as caught:
        read_worldpop(raster([[-1.0]], crs="EPSG:32630", bands=2), RasterUnit.COUNT)
    assert len(caught.value.faults) == 3


def test_what_is_no_raster_is_refused_plainly(typed):
    with pytest.raises(LayerError, match="no GeoTIFF"):
        read_worldpop(typed("people", name="people.tif"), RasterUnit.COUNT)


def test_the_real_raster_reads(real_source):
    reading = read_worldpop(
        real_source / "population/afripop2020_worldpop_20km_mali_bbox.tif", RasterUnit.DENSITY
    )
    assert reading.values.shape == (94, 103)
    assert 5e7 < reading.total < 7e7
