"""Countries across the equator and the antimeridian: people counted once, figures those of anywhere else."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import rasterio
import shapely
from affine import Affine

from footprint.briefing.files.layers import map_layers
from footprint.method import default_method
from footprint.objectives import load_objectives
from footprint.prepared import prepare
from footprint.review import review
from footprint.scenario import Scenario
from footprint.views.focus import focus_bounds
from footprint.views.raster import mercator_frame
from layers import load_area
from layers.errors import LayerError
from layers.people import people_on_grid
from layers.population import RasterUnit
from tests.briefs import brief_of
from tests.edge_worlds import begin, fill, populate, straight

pytestmark = pytest.mark.slow

STEP = 0.5
TEN = np.full((4, 8), 10.0)
"""Ten people in every half degree of two degrees by four."""


def across(folder, middle):
    """
    Two squares of two degrees, side by side, with a camp in each and a road between.

    West: 178 to 180 degrees, east: -180 to -178, where the middle is 180.
    """

    def lon(away):
        turned = middle + away
        return turned - 360 if turned > 180 else turned

    edge = -180 if middle == 180 else middle
    begin(folder, {"west": [(middle - 2, -1, middle, 1)], "east": [(edge, -1, edge + 2, 1)]})
    road = [straight(lon(-0.5), 0, middle, 0), straight(edge, 0, lon(0.5), 0)]
    roads = [road] if middle == 180 else [[straight(lon(-0.5), 0, lon(0.5), 0)]]
    fill(folder, {"alpha": (lon(-0.5), 0), "beta": (lon(0.5), 0)}, roads)
    return folder


@pytest.fixture(scope="module")
def dateline(tmp_path_factory):
    folder = across(tmp_path_factory.mktemp("worlds") / "dateline", 180)
    return populate(folder, TEN, 178, 1, STEP)


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory):
    folder = across(tmp_path_factory.mktemp("worlds") / "elsewhere", 20)
    return populate(folder, TEN, 18, 1, STEP)


def prepared_at(folder):
    area = load_area(folder)
    return prepare(area, default_method(), load_objectives(folder))


def people_by_unit(area):
    zones = prepared_at(area.folder).districts
    return dict(zip(zones.unit_ids, zones.sums(area.population.people), strict=True))


@pytest.mark.parametrize(
    ("columns", "west", "first", "last"),
    [
        (8, 178, 0, 8),  # the country alone, on through 180
        (8, -182, 0, 8),  # the same, on through -180
        (720, 0, 356, 364),  # the globe from Greenwich
    ],
)
def test_people_are_counted_once_however_the_raster_lies(dateline, columns, west, first, last):
    people = np.full((4, columns), np.nan)
    people[:, first:last] = TEN
    area = load_area(populate(dateline, people, west, 1, STEP))
    assert np.nansum(area.population.people) == pytest.approx(320, rel=1e-6)
    assert people_by_unit(area) == pytest.approx({"east": 160, "west": 160}, rel=1e-6)


@pytest.mark.parametrize("columns", [720, 721])
def test_people_are_counted_once_in_a_globe_cut_at_180_even_if_its_first_column_stands_twice(
    dateline, columns
):
    people = np.full((4, columns), np.nan)
    people[:, :4] = people[:, 716:720] = 10
    people[:, 720:] = 10
    area = load_area(populate(dateline, people, -180, 1, STEP))
    assert np.nansum(area.population.people) == pytest.approx(320, rel=1e-6)
    assert people_by_unit(area) == pytest.approx({"east": 160, "west": 160}, rel=1e-6)


def test_the_country_is_whole_and_its_road_as_long_as_a_degree(dateline):
    area = load_area(dateline)
    assert area.country.geometry.iloc[0].geom_type == "Polygon"
    assert area.roads.length.tolist() == pytest.approx([111_320], rel=1e-4)
    # Four degrees by two at the equator.
    assert area.country.area.sum() == pytest.approx(4 * 111_320 * 2 * 110_574, rel=1e-3)
    assert area.grid.inside_share.sum() * 25e6 == pytest.approx(area.country.area.sum(), rel=1e-9)


def test_every_figure_is_that_of_the_same_country_elsewhere(dateline, elsewhere):
    populate(dateline, TEN, 178, 1, STEP)
    here, there = (prepared_at(folder) for folder in (dateline, elsewhere))
    first, second = (review(each, Scenario("today"), each.router()).figures for each in (here, there))
    assert here.area.grid.n_cells == there.area.grid.n_cells
    # Coordinates in files are rounded to a tenth of a metre.
    numbers = [each.select_dtypes("number") for each in (first, second)]
    pd.testing.assert_frame_equal(*numbers, rtol=0, atol=1e-5)


def test_the_map_is_centred_and_its_picture_is_no_wider_than_the_country(dateline):
    prepared = prepared_at(dateline)
    bounds = mercator_frame(prepared.area.grid).bounds
    assert (bounds.west, bounds.east) == pytest.approx((178, 182), abs=0.1)
    shown = focus_bounds(prepared, "")
    assert 178 <= shown.west < 180 < shown.east <= 182


def test_a_reference_system_whose_longitudes_jump_there_is_refused_with_one_that_run_on(tmp_path):
    folder = across(tmp_path / "dateline", 180)
    populate(folder, TEN, 178, 1, STEP)
    toml = folder / "area.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace("+over ", ""), encoding="utf-8")
    with pytest.raises(LayerError, match=r"both sides of the antimeridian.*\+lat_0=0.0 \+lon_0=180.0 \+over"):
        load_area(folder)


def test_a_country_across_the_equator_counts_both_halves(tmp_path):
    folder = begin(tmp_path / "equator", {"south": [(29, -1, 31, 0)], "north": [(29, 0, 31, 1)]})
    fill(folder, {"alpha": (29.5, -0.5), "beta": (30.5, 0.5)}, [[straight(29.5, -0.5, 30.5, 0.5)]])
    people = np.array([[10.0] * 4, [10.0] * 4, [20.0] * 4, [20.0] * 4])
    area = load_area(populate(folder, people, 29, 1, STEP))
    assert people_by_unit(area) == pytest.approx({"north": 80, "south": 160}, rel=1e-6)
    assert shapely.Point(30, 0).distance(area.country.to_crs("EPSG:4326").geometry.iloc[0]) == 0


def test_an_area_of_ten_kilometres_has_cells_of_one(tmp_path):
    side = 10 / 111.32
    folder = begin(tmp_path / "tiny", {"all": [(30, 0, 30 + side, side)]})
    fill(folder, {"alpha": (30.04, 0.04)}, [[straight(30.01, 0.01, 30.08, 0.08)]])
    area = load_area(populate(folder, np.full((10, 10), 7.0), 30, side, side / 10))
    assert area.grid.cell_m == 1000
    assert 100 <= area.grid.n_cells <= 144
    assert np.nansum(area.population.people) == pytest.approx(700, rel=1e-5)


def test_a_raster_whose_own_edge_runs_through_the_country_is_refused(dateline, tmp_path):
    """Web mercator ends at 180 degrees: a cell there would reach round the globe."""
    people = tmp_path / "mercator.tif"
    with rasterio.open(
        people,
        "w",
        driver="GTiff",
        height=10,
        width=40,
        count=1,
        dtype="float32",
        crs="EPSG:3857",
        transform=Affine(1_000_000, 0, -20_037_508, 0, -50_000, 250_000),
    ) as raster:
        raster.write(np.ones((1, 10, 40), np.float32))
    area = load_area(populate(dateline, TEN, 178, 1, STEP))
    with pytest.raises(LayerError, match="cannot be placed in the raster's reference system"):
        people_on_grid(
            people, area.grid, unit=RasterUnit.COUNT, year=2019, outline=area.country.geometry.iloc[0]
        )


def test_what_leaves_is_cut_at_the_antimeridian(dateline):
    """RFC 7946, 3.1.9: no longitude beyond 180, no part that reaches round the globe."""
    prepared = prepared_at(populate(dateline, TEN, 178, 1, STEP))
    for layer in map_layers(brief_of(prepared)):
        if layer.frame.empty:
            continue
        west, _, east, _ = layer.frame.total_bounds
        assert -180 <= west <= east <= 180, layer.name
        parts = shapely.get_parts(layer.frame.geometry.to_numpy())
        assert not shapely.is_empty(parts).any(), layer.name
        wide = shapely.bounds(parts)
        assert (wide[:, 2] - wide[:, 0]).max() <= 2, layer.name
    cells = next(layer for layer in map_layers(brief_of(prepared)) if layer.name == "cells")
    assert len(cells.frame) == prepared.area.grid.n_cells
