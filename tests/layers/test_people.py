"""People: nobody lost on the way from a raster to the grid, and every bad raster refused."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import rasterio
import shapely
from exactextract import exact_extract
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from rasterio.transform import Affine

from layers.errors import LayerError
from layers.grid import Grid, make_grid
from layers.people import people_on_grid
from layers.population import RasterUnit
from layers.zones import zones

LAEA = CRS("+proj=laea +lat_0=17.5 +lon_0=-4 +datum=WGS84 +units=m +no_defs")
COUNT, DENSITY = RasterUnit.COUNT, RasterUnit.DENSITY

ISLAND = shapely.Point(20_000, -30_000).buffer(100_000, quad_segs=16)
"""A round country, so that its border cuts cells every way."""


def _north_west(x: float, y: float, width: float, height: float) -> Affine:
    return Affine(width, 0, x, 0, -height, y)


@pytest.fixture
def grid() -> Grid:
    return make_grid(ISLAND, LAEA, cell_m=5_000)


def _write(
    path: Path,
    values: NDArray[np.generic],
    transform: Affine,
    *,
    crs: object = "EPSG:4326",
    nodata: float | None = None,
) -> Path:
    header = {
        "driver": "GTiff",
        "height": values.shape[0],
        "width": values.shape[1],
        "count": 1,
        "dtype": values.dtype,
        "crs": crs,
        "transform": transform,
        "nodata": nodata,
    }
    with rasterio.open(path, "w", **header) as file:
        file.write(values, 1)
    return path


def _degrees(path: Path, side: float, *, seed: int = 1) -> Path:
    """Write people over 3 by 3 degrees round the island, in cells of `side` degrees."""
    shape = (round(3 / side), round(3 / side))
    values = np.random.default_rng(seed).lognormal(3, 1.5, shape)
    return _write(path, values, _north_west(-5.5, 18.7, side, side))


def _outline_degrees() -> dict[str, object]:
    back = Transformer.from_crs(LAEA, "EPSG:4326", always_xy=True)
    shape = shapely.transform(shapely.segmentize(ISLAND, 1_000), back.transform, interleaved=False)
    return {"type": "Feature", "properties": {}, "geometry": shapely.geometry.mapping(shape)}


@pytest.mark.parametrize("side", [1 / 6, 0.05, 1 / 120])
@pytest.mark.slow
def test_the_grid_holds_as_many_people_as_the_outline(tmp_path: Path, grid: Grid, side: float) -> None:
    path = _degrees(tmp_path / "people.tif", side)
    expected = exact_extract(path, _outline_degrees(), ["sum"])[0]["properties"]["sum"]
    cut = people_on_grid(path, grid, unit=COUNT, year=2019, outline=ISLAND)
    assert np.nansum(cut.people) == pytest.approx(expected, rel=1e-4)
    assert cut.source_total == pytest.approx(expected, rel=1e-4)
    whole_squares = people_on_grid(path, grid, unit=COUNT, year=2019)
    # Whole squares at the coast hold the neighbours' people too.
    assert expected < np.nansum(whole_squares.people) < 1.1 * expected


@pytest.mark.slow
def test_each_cell_agrees_with_an_independent_reckoning(tmp_path: Path, grid: Grid) -> None:
    path = _degrees(tmp_path / "people.tif", 0.05)
    back = Transformer.from_crs(LAEA, "EPSG:4326", always_xy=True)
    boxes = shapely.transform(grid.boxes()[:200], back.transform, interleaved=False)
    asked = [
        {"type": "Feature", "properties": {}, "geometry": shapely.geometry.mapping(box)} for box in boxes
    ]
    expected = [found["properties"]["sum"] for found in exact_extract(path, asked, ["sum"])]
    people = people_on_grid(path, grid, unit=COUNT, year=2019).people
    assert people[:200] == pytest.approx(expected, rel=1e-5)


def test_density_is_multiplied_by_the_true_area(tmp_path: Path, grid: Grid) -> None:
    path = _write(
        tmp_path / "d.tif", np.full((18, 18), 2.0, "float32"), _north_west(-5.5, 18.7, 1 / 6, 1 / 6)
    )
    people = people_on_grid(path, grid, unit=DENSITY, year=2019).people
    assert people == pytest.approx(np.full(grid.n_cells, 2.0 * 25), rel=1e-3)


@pytest.mark.slow
def test_a_projected_raster_is_read_alike(tmp_path: Path, grid: Grid) -> None:
    path = _write(
        tmp_path / "u.tif",
        np.full((40, 40), 3.0),
        _north_west(200_000, 2_200_000, 20_000, 20_000),
        crs="EPSG:32630",
    )
    people = people_on_grid(path, grid, unit=DENSITY, year=2019).people
    assert people == pytest.approx(np.full(grid.n_cells, 3.0 * 25), rel=1e-3)


def test_a_raster_on_the_grid_itself_is_copied(tmp_path: Path, grid: Grid) -> None:
    values = np.arange(float(grid.shape[0] * grid.shape[1])).reshape(grid.shape)
    path = _write(
        tmp_path / "same.tif", values, _north_west(grid.west_m, grid.north_m, 5_000, 5_000), crs=LAEA.to_wkt()
    )
    read = people_on_grid(path, grid, unit=COUNT, year=2019)
    assert read.people == pytest.approx(values.ravel()[grid.cells], abs=1e-5)
    assert read.source_total == pytest.approx(values.sum())
    assert read.resolution_m == pytest.approx(5_000)


def test_no_data_is_unknown_and_partial_data_counts_its_part(tmp_path: Path) -> None:
    """Two source cells side by side over three grid cells; the right one has no data."""
    grid = make_grid(shapely.box(0, 0, 30_000, 10_000), LAEA, cell_m=10_000)
    path = _write(
        tmp_path / "n.tif",
        np.array([[300.0, -99.0]]),
        _north_west(0, 10_000, 15_000, 10_000),
        crs=LAEA.to_wkt(),
        nodata=-99,
    )
    people = people_on_grid(path, grid, unit=COUNT, year=2019).people
    assert people == pytest.approx([200, 100, np.nan], nan_ok=True)


def test_zero_people_is_not_no_data(tmp_path: Path, grid: Grid) -> None:
    path = _write(tmp_path / "0.tif", np.zeros((18, 18)), _north_west(-5.5, 18.7, 1 / 6, 1 / 6))
    assert (people_on_grid(path, grid, unit=COUNT, year=2019).people == 0).all()


def test_a_strip_and_an_islet_have_cells_of_their_own_and_nobody_is_lost(tmp_path: Path) -> None:
    """The country ends 4 km into the third cell; an islet of 3 km stands 60 km away."""
    land = shapely.box(0, 0, 24_000, 10_000)
    islet = shapely.box(91_000, 1_000, 94_000, 4_000)
    country = shapely.MultiPolygon([land, islet])
    grid = make_grid(country, LAEA, cell_m=10_000)
    path = _write(
        tmp_path / "s.tif", np.full((10, 100), 1.0), _north_west(0, 10_000, 1_000, 1_000), crs=LAEA.to_wkt()
    )
    read = people_on_grid(path, grid, unit=COUNT, year=2019, outline=country)
    assert read.people == pytest.approx([100, 100, 40, 9])
    assert read.source_total == pytest.approx(read.people.sum())


@pytest.mark.parametrize("missing", [65_535, 9_999, 32_767, 3.4e38])
@pytest.mark.slow
def test_missing_data_that_the_file_does_not_declare_is_told(
    tmp_path: Path, grid: Grid, missing: float
) -> None:
    values = np.full((60, 60), 7.0)
    values[20:22, 25] = missing
    path = _write(tmp_path / "p.tif", values.astype(np.float32), _north_west(-5.5, 18.7, 0.05, 0.05))
    with pytest.raises(
        LayerError, match=r"p\.tif: 2 cells hold .* looks like missing data that is not declared"
    ):
        people_on_grid(path, grid, unit=COUNT, year=2019)


def test_one_town_of_as_many_people_is_a_town(tmp_path: Path, grid: Grid) -> None:
    values = np.full((60, 60), 7.0)
    values[20, 25] = 65_535
    path = _write(tmp_path / "p.tif", values, _north_west(-5.5, 18.7, 0.05, 0.05))
    assert people_on_grid(path, grid, unit=COUNT, year=2019).people.max() > 10_000


def test_cells_beyond_the_raster_are_unknown(tmp_path: Path, grid: Grid) -> None:
    path = _write(tmp_path / "w.tif", np.ones((60, 10)), _north_west(-5.5, 18.7, 0.15, 0.05))
    people = people_on_grid(path, grid, unit=COUNT, year=2019).people
    east = grid.x_m > 30_000
    assert np.isnan(people[east]).all()
    assert not np.isnan(people[~east & (grid.x_m < 0)]).any()


PLACED = _north_west(-5.5, 18.7, 0.05, 0.05)


@pytest.mark.parametrize(
    ("values", "how", "problem"),
    [
        (np.ones((60, 60)), {"crs": None}, "where on Earth"),
        (np.full((60, 60), -9.0), {"nodata": -9}, "no cell inside the area"),
        (np.full((60, 60), -9.0), {}, "1,443 cells are negative, the lowest -9"),
        (np.full((60, 60), 3e38, "float32"), {}, "looks like missing data that is not declared"),
        (np.ones((60, 60)), {"transform": _north_west(40, 10, 0.05, 0.05)}, "no cell inside the area"),
        (np.ones((60, 60)), {"transform": _north_west(-6.2, 18.2, 0.02, 0.02)}, "no cell inside the area"),
        (np.ones((60, 60), "complex64"), {}, "complex"),
    ],
)
@pytest.mark.slow
def test_a_raster_that_cannot_be_one_of_people_is_refused(
    tmp_path: Path, grid: Grid, values: NDArray[np.generic], how: dict[str, object], problem: str
) -> None:
    path = _write(tmp_path / "bad.tif", values, **{"transform": PLACED, **how})
    with pytest.raises(LayerError, match=problem) as caught:
        people_on_grid(path, grid, unit=COUNT, year=2019)
    (fault,) = caught.value.faults
    assert fault.file == "bad.tif"
    assert fault.remedy


def test_a_raster_without_a_place_is_refused(tmp_path: Path, grid: Grid) -> None:
    with pytest.warns(rasterio.errors.NotGeoreferencedWarning):
        path = _write(tmp_path / "bad.tif", np.ones((60, 60)), Affine.identity())
    with pytest.raises(LayerError, match="where on Earth"):
        people_on_grid(path, grid, unit=COUNT, year=2019)


def test_several_bands_are_refused(tmp_path: Path, grid: Grid) -> None:
    path = tmp_path / "rgb.tif"
    header = {"driver": "GTiff", "height": 9, "width": 9, "count": 3, "dtype": "uint8", "crs": "EPSG:4326"}
    with rasterio.open(path, "w", transform=PLACED, **header) as file:
        file.write(np.ones((3, 9, 9), "uint8"))
    with pytest.raises(LayerError, match="3 bands"):
        people_on_grid(path, grid, unit=COUNT, year=2019)


def test_a_huge_declared_size_is_refused_before_reading(tmp_path: Path, grid: Grid) -> None:
    path = tmp_path / "huge.tif"
    header = {
        "driver": "GTiff",
        "height": 90_000,
        "width": 90_000,
        "count": 1,
        "dtype": "float32",
        "crs": "EPSG:4326",
    }
    rasterio.open(path, "w", transform=PLACED, tiled=True, sparse_ok=True, **header).close()
    assert path.stat().st_size < 5e6
    with pytest.raises(LayerError, match="90,000 by 90,000"):
        people_on_grid(path, grid, unit=COUNT, year=2019)


@pytest.mark.parametrize("content", [b"people,here\n1,2\n", b"", b"II*\x00\x08\x00\x00\x00\x00\x00"])
def test_a_file_that_is_no_raster_is_refused(tmp_path: Path, grid: Grid, content: bytes) -> None:
    path = tmp_path / "people.tif"
    path.write_bytes(content)
    with pytest.raises(LayerError, match="cannot be read as a raster"):
        people_on_grid(path, grid, unit=COUNT, year=2019)


def test_a_missing_file_is_named(tmp_path: Path, grid: Grid) -> None:
    with pytest.raises(LayerError, match=r"people\.tif: the file is missing"):
        people_on_grid(tmp_path / "people.tif", grid, unit=COUNT, year=2019)


@pytest.mark.slow
def test_a_damaged_file_is_refused(tmp_path: Path, grid: Grid) -> None:
    path = _degrees(tmp_path / "people.tif", 0.01)
    path.write_bytes(path.read_bytes()[:2_000])
    with pytest.raises(LayerError, match="damaged or cut short"):
        people_on_grid(path, grid, unit=COUNT, year=2019)


@pytest.mark.slow
def test_reading_by_strips_changes_nothing(
    tmp_path: Path, grid: Grid, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _degrees(tmp_path / "people.tif", 0.05)
    at_once = people_on_grid(path, grid, unit=DENSITY, year=2019, outline=ISLAND).people
    monkeypatch.setattr("layers.people.STRIP_CELLS", 150)
    by_strips = people_on_grid(path, grid, unit=DENSITY, year=2019, outline=ISLAND).people
    assert by_strips == pytest.approx(at_once)


# Borders of units


def _halves() -> gpd.GeoDataFrame:
    """The island in two units, parted by a line that bends within cells."""
    line = [(-1e6, -1e6), (21_300, -1e6), (18_700, -42_000), (33_100, -21_000), (12_900, 1e6), (-1e6, 1e6)]
    west = shapely.Polygon(line)
    shapes = [ISLAND & west, ISLAND - west]
    return gpd.GeoDataFrame({"unit_id": ["west", "east"]}, geometry=shapes, crs=LAEA).set_index("unit_id")


@pytest.mark.parametrize("cell_m", [10_000, 5_000, 2_500])
@pytest.mark.slow
def test_a_unit_has_the_people_of_its_land_whatever_the_size_of_cells(tmp_path: Path, cell_m: float) -> None:
    """As another program adds them up; by area of cells they move with the size of these."""
    path, units = _degrees(tmp_path / "people.tif", 0.05), _halves()
    back = Transformer.from_crs(LAEA, "EPSG:4326", always_xy=True)
    drawn = shapely.transform(
        shapely.segmentize(units.geometry.to_numpy(), 1_000), back.transform, interleaved=False
    )
    asked = [
        {"type": "Feature", "properties": {}, "geometry": shapely.geometry.mapping(shape)} for shape in drawn
    ]
    expected = [found["properties"]["sum"] for found in exact_extract(path, asked, ["sum"])]
    grid = make_grid(ISLAND, LAEA, cell_m=cell_m)
    read = people_on_grid(path, grid, unit=COUNT, year=2019, outline=ISLAND, levels={"halves": units})
    shared = zones(units, grid, read.by_unit["halves"])
    assert shared.sums(read.people) == pytest.approx(expected, rel=2e-4)
    assert shared.shares.sum(axis=0) == pytest.approx(1)
    by_area = zones(units, grid).sums(read.people)
    assert abs(by_area - expected).max() > abs(shared.sums(read.people) - expected).max()


def test_people_of_a_cut_cell_belong_to_the_side_they_live_on(tmp_path: Path) -> None:
    """A town of 900 west of the border at 4 km, a hamlet of 100 east of it; nobody in the second row."""
    country = shapely.box(0, 0, 20_000, 20_000)
    grid = make_grid(country, LAEA, cell_m=10_000)
    values = np.array([[900.0, 0.0, 100.0, 0.0], [0.0, 0.0, 0.0, 0.0]])
    edges = np.array([0, 4_000, 8_000, 10_000, 20_000])
    fine = np.zeros((20, 20))
    for column, people in enumerate(values[0]):
        fine[:10, edges[column] // 1000 : edges[column + 1] // 1000] = people / (
            10 * (edges[column + 1] - edges[column]) / 1000
        )
    path = _write(tmp_path / "t.tif", fine, _north_west(0, 20_000, 1_000, 1_000), crs=LAEA.to_wkt())
    units = gpd.GeoDataFrame(
        {"unit_id": ["west", "east"]},
        geometry=[shapely.box(0, 0, 4_000, 20_000), shapely.box(4_000, 0, 20_000, 20_000)],
        crs=LAEA,
    ).set_index("unit_id")
    read = people_on_grid(path, grid, unit=COUNT, year=2019, outline=country, levels={"halves": units})
    shared = zones(units, grid, read.by_unit["halves"])
    assert shared.shares.toarray()[:, 0] == pytest.approx([0.9, 0.1])
    # where nobody lives, by land
    assert shared.shares.toarray()[:, 2] == pytest.approx([0.4, 0.6])
    assert shared.sums(read.people) == pytest.approx([900, 100])
    # the cell is called after the unit with most of its land
    assert shared.main_unit[0] == 1


def test_people_of_cut_cells_beyond_the_outline_are_told_and_counted_in_no_cell(tmp_path, grid):
    raster = _degrees(tmp_path / "p.tif", 1 / 120)
    inside = people_on_grid(raster, grid, unit=COUNT, year=2019, outline=ISLAND)
    whole = people_on_grid(raster, grid, unit=COUNT, year=2019)
    cut = grid.inside_share < 1 - 1e-9
    assert inside.beyond == pytest.approx((whole.people - inside.people)[cut].sum(), rel=1e-6)
    assert np.isnan(whole.beyond)
