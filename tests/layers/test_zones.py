"""Zones: drawn worlds, an independent overlay, and laws of sharing."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import CRS

from layers.grid import Grid, make_grid
from layers.shares import area_shares, polygon_edges
from layers.shares import lattice_shares as shares_of
from layers.zones import zones

LAEA = CRS("+proj=laea +lat_0=17.5 +lon_0=-4 +datum=WGS84 +units=m +no_defs")


def _units(**shapes: shapely.Geometry) -> gpd.GeoDataFrame:
    frame = gpd.GeoDataFrame(geometry=list(shapes.values()), crs=LAEA)
    frame.index = list(shapes)
    return frame


def _blob(x_m: float, y_m: float, seed: int) -> shapely.Polygon:
    """Draw a star with bays, so that sides cross cells every way."""
    draw = np.random.default_rng(seed)
    angle = np.linspace(0, 2 * np.pi, 41)[:-1]
    radius = draw.uniform(9_000, 30_000, 40)
    return shapely.Polygon(np.column_stack([x_m + radius * np.cos(angle), y_m + radius * np.sin(angle)]))


def _shares(shape: shapely.Geometry, grid: Grid) -> np.ndarray:
    return shares_of(shape, grid.west_m, grid.north_m, grid.cell_m, grid.shape)


@pytest.fixture
def square() -> Grid:
    """Four by four cells of 10 km."""
    return make_grid(shapely.box(0, 0, 40_000, 40_000), LAEA, cell_m=10_000)


def test_a_cell_cut_by_a_border_is_shared_by_area(square: Grid) -> None:
    units = _units(west=shapely.box(0, 0, 12_500, 40_000), east=shapely.box(12_500, 0, 40_000, 40_000))
    shares = zones(units, square).shares.toarray()
    assert shares[:, 0] == pytest.approx([1, 0])
    assert shares[:, 1] == pytest.approx([0.25, 0.75])


def test_sums_add_each_cell_once(square: Grid) -> None:
    units = _units(west=shapely.box(0, 0, 12_500, 40_000), east=shapely.box(12_500, 0, 40_000, 40_000))
    people = np.arange(16.0)
    assert zones(units, square).sums(people).sum() == pytest.approx(people.sum())
    two = zones(units, square).sums(np.column_stack([people, 2 * people]))
    assert two[:, 1] == pytest.approx(2 * two[:, 0])


def test_cells_without_data_are_left_out_and_a_unit_without_any_is_unknown(square: Grid) -> None:
    units = _units(west=shapely.box(0, 0, 20_000, 40_000), east=shapely.box(20_000, 0, 40_000, 40_000))
    values = np.where(square.x_m < 20_000, 1.0, np.nan)
    values[0] = np.nan
    assert zones(units, square).sums(values) == pytest.approx([7, np.nan], nan_ok=True)


def test_a_cell_partly_outside_every_unit_gives_its_whole_weight_to_those_it_touches(square: Grid) -> None:
    units = _units(west=shapely.box(0, 0, 12_000, 40_000), east=shapely.box(14_000, 0, 40_000, 40_000))
    shares = zones(units, square).shares.toarray()
    assert shares[:, 1] == pytest.approx([0.25, 0.75])
    assert shares.sum(axis=0) == pytest.approx(np.ones(16))


def test_cells_no_unit_touches_are_reported(square: Grid) -> None:
    shared = zones(_units(west=shapely.box(0, 0, 20_000, 40_000)), square)
    assert shared.uncovered.tolist() == [2, 3, 6, 7, 10, 11, 14, 15]
    assert set(shared.main_unit[shared.uncovered]) == {-1}


def test_overlapping_units_are_scaled_down_and_reported(square: Grid) -> None:
    units = _units(one=shapely.box(0, 0, 20_000, 40_000), two=shapely.box(10_000, 0, 40_000, 40_000))
    shared = zones(units, square)
    assert shared.overlapping.tolist() == [1, 5, 9, 13]
    assert shared.shares.toarray()[:, 1] == pytest.approx([0.5, 0.5])


def test_the_main_unit_has_the_largest_share_and_ties_go_by_identifier(square: Grid) -> None:
    units = _units(z=shapely.box(0, 0, 15_000, 40_000), a=shapely.box(15_000, 0, 40_000, 40_000))
    assert zones(units, square).main_unit[:4].tolist() == [0, 1, 1, 1]
    units = _units(a=shapely.box(0, 0, 15_000, 40_000), z=shapely.box(15_000, 0, 40_000, 40_000))
    assert zones(units, square).main_unit[:4].tolist() == [0, 0, 1, 1]


def test_holes_islands_and_far_away_units_count_as_they_should(square: Grid) -> None:
    lake = shapely.box(12_000, 12_000, 28_000, 28_000)
    land = shapely.box(-5e6, -5e6, 5e6, 5e6).difference(lake)
    isle = shapely.MultiPolygon([shapely.box(15_000, 15_000, 20_000, 20_000), shapely.box(9e6, 0, 9.1e6, 10)])
    assert _shares(land, square).sum() == pytest.approx(16 - 2.56)
    assert _shares(isle, square).sum() == pytest.approx(0.25)


def test_no_units_and_empty_units_cover_nothing(square: Grid) -> None:
    none = zones(_units(), square)
    assert none.shares.shape == (0, 16)
    assert len(none.uncovered) == 16
    empty = zones(_units(nowhere=shapely.Polygon(), line=shapely.LineString([(0, 0), (9, 9)])), square)
    assert np.isnan(empty.sums(np.ones(16))).all()


def test_shares_equal_the_areas_of_an_overlay() -> None:
    outline = _blob(0, 0, 1).union(_blob(35_000, 10_000, 2))
    grid = make_grid(outline, LAEA, cell_m=5_000)
    pieces = shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(_blob(0, 0, 3).exterior.coords)))
    units = _units(**{f"u{i:02}": piece.intersection(outline) for i, piece in enumerate(pieces)})
    units = units[~units.is_empty]
    raw = np.array([_shares(shape, grid).ravel()[grid.cells] for shape in units.geometry])
    overlay = gpd.overlay(
        gpd.GeoDataFrame({"cell": np.arange(grid.n_cells)}, geometry=grid.boxes(), crs=LAEA),
        units.rename_axis("unit_id").reset_index(),
        keep_geom_type=True,
    )
    expected = np.zeros_like(raw)
    at = (units.index.get_indexer(overlay["unit_id"]), overlay["cell"])
    np.add.at(expected, at, overlay.area / grid.cell_m**2)
    assert np.abs(raw - expected).max() < 1e-8


@given(seed=st.integers(0, 10_000), x=st.floats(-8, 8), y=st.floats(-8, 8))
@pytest.mark.slow
def test_areas_are_exact_for_any_polygon_and_any_window(seed: int, x: float, y: float) -> None:
    star = shapely.affinity.scale(_blob(0, 0, seed), 2e-4, 2e-4, origin=(0, 0))
    star = shapely.affinity.translate(star, x, y)
    ends = polygon_edges(np.array([star], dtype=object)).ends
    assert area_shares(ends, -15, 15, -15, 15).sum() == pytest.approx(star.area)
    window = area_shares(ends, -2, 3, 0, 4)
    squares = [
        [star.intersection(shapely.box(c, r, c + 1, r + 1)).area for c in range(4)] for r in range(-2, 3)
    ]
    assert window == pytest.approx(np.array(squares), abs=1e-8)


@given(order=st.permutations(range(4)))
@pytest.mark.slow
def test_the_order_of_units_changes_nothing(order: list[int]) -> None:
    grid = make_grid(_blob(0, 0, 5), LAEA, cell_m=5_000)
    quarters = {
        "ne": shapely.box(0, 0, 4e4, 4e4),
        "nw": shapely.box(-4e4, 0, 0, 4e4),
        "se": shapely.box(0, -4e4, 4e4, 0),
        "sw": shapely.box(-4e4, -4e4, 0, 0),
    }
    units = _units(**quarters)
    before, after = zones(units, grid), zones(units.iloc[order], grid)
    people = np.arange(grid.n_cells, dtype=float)
    one, other = dict(zip(before.unit_ids, before.sums(people), strict=True)), after.sums(people)
    assert other == pytest.approx([one[unit_id] for unit_id in after.unit_ids])
    names = [np.array([*shared.unit_ids, ""])[shared.main_unit] for shared in (before, after)]
    assert (names[0] == names[1]).all()
