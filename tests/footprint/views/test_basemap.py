"""The ground under every map: complete, light, and nothing that must not be drawn."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest
import shapely
import shapely.affinity

from footprint.views import basemap
from footprint.views.basemap import MOST_BYTES, basemap_json


@pytest.fixture
def ground(country):
    return json.loads(basemap_json(country))


def test_the_ground_holds_every_layer(ground):
    assert [unit["id"] for unit in ground["units"]] == ["region0", "region1", "cercle0", "cercle1"]
    assert [len(ground["rivers"][kind]) for kind in ("great", "small")] == [1, 1]
    assert [road["rank"] for road in ground["roads"]] == [1, 5]
    assert ground["floods"][0]["months"] == 0b1110_0000_0001
    assert len(ground["country"]) == len(ground["lakes"]) == 1


def test_seats_are_named_first_and_villages_not_at_all(ground):
    assert [(town["name"], town["rank"]) for town in ground["towns"]] == [
        ("Capital", 1),
        ("Seat", 2),
        ("Town", 4),
    ]


def test_positions_are_longitude_and_latitude_to_four_decimals(country, ground):
    place = country.places.to_crs("EPSG:4326").geometry.iloc[3]
    assert ground["towns"][0]["at"] == pytest.approx([place.x, place.y], abs=1e-4)
    assert not re.search(r"\.\d{5}", basemap_json(country))


def test_a_name_of_a_region_stands_in_it(country, ground):
    shapes = country.regions.to_crs("EPSG:4326").geometry
    assert all(
        shape.contains(shapely.Point(unit["at"]))
        for unit, shape in zip(ground["units"][:2], shapes, strict=True)
    )


def test_units_lakes_and_a_country_of_several_parts_are_drawn_with_all_of_them(country):
    for frame in (country.regions, country.lakes, country.country):
        apart = [
            shapely.MultiPolygon([shape, shapely.affinity.translate(shape, 3e6, 0)])
            for shape in frame.geometry
        ]
        frame["geometry"] = apart
    ground = json.loads(basemap_json(country))
    assert [len(unit["rings"]) for unit in ground["units"][:2]] == [2, 2]
    assert len(ground["lakes"]) == len(ground["country"]) == 2


@pytest.mark.slow
def test_what_is_too_heavy_is_drawn_more_coarsely_then_without_its_least_roads(country, monkeypatch):
    angle = np.linspace(0, 60, 20_000)
    scribble = np.column_stack([angle * 1e4, 4e4 * np.sin(angle * 90)])
    country.roads.loc["road1", "geometry"] = shapely.LineString(scribble)
    full = basemap_json(country)
    assert len(full.encode()) <= MOST_BYTES
    monkeypatch.setattr(basemap, "MOST_BYTES", 15_000)
    ground = json.loads(basemap_json(country))
    assert (ground["tolerance_m"], ground["road_rank"]) == (2000, 4)
    assert [road["rank"] for road in ground["roads"]] == [1]
    monkeypatch.setattr(basemap, "MOST_BYTES", 100)
    with pytest.raises(ValueError, match="heavier"):
        basemap_json(country)


def test_layers_without_rows_are_drawn_as_nothing(country):
    for layer in ("lakes", "rivers", "roads", "flood_zones", "places"):
        setattr(country, layer, getattr(country, layer).iloc[:0])
    ground = json.loads(basemap_json(country))
    assert ground["lakes"] == ground["roads"] == ground["floods"] == ground["towns"] == []


def test_neighbours_still_share_their_border_when_simplified(ground):
    west, east = ({tuple(point) for ring in unit["rings"] for point in ring} for unit in ground["units"][:2])
    assert len(west & east) >= 2
