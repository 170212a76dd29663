"""Cells of foreign rasters: nobody is lost, whatever the grid, and what cannot be counted is said."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from affine import Affine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rasterio.enums import Resampling
from rasterio.warp import reproject

from layers.errors import LayerError
from layers.foreign import isolation
from layers.foreign.assess import cells_files
from layers.foreign.brought import brought_cells
from layers.foreign.isolation import looked_at
from layers.foreign.normalised import write_cells
from layers.foreign.raster_cells import read_cells
from layers.foreign.seen import CellsSeen
from layers.formats.worldpop import read_worldpop
from layers.population import RasterUnit
from layers.sentences import Sentence
from tests.foreign_files import zipped

FINE = 1 / 480
"""A quarter of the cells that come back [degrees]."""
NORTH_WEST = (-4.0, 16.0)


def raster(path: Path, values: Any, transform: Affine | None = None, **how: Any) -> Path:
    made = np.asarray(values)
    x, y = NORTH_WEST
    about = {
        "driver": "GTiff",
        "width": made.shape[1],
        "height": made.shape[0],
        "count": 1,
        "dtype": made.dtype,
        "crs": "EPSG:4326",
        "transform": transform or Affine(FINE, 0, x, 0, -FINE, y),
    }
    scale, offset = how.pop("scale", None), how.pop("offset", None)
    with rasterio.open(path, "w", **(about | how)) as opened:
        for band in range(1, about["count"] + 1 if "count" not in how else how["count"] + 1):
            opened.write(made, band)
        if scale is not None:
            opened.scales, opened.offsets = [scale], [offset]
    return path


def cells(path: Path, near: Any = None) -> tuple[CellsSeen, np.ndarray, np.ndarray]:
    sums, densities = cells_files(path.with_name("rows"))
    made = read_cells(path, near, sums, densities)
    assert isinstance(made, CellsSeen), made
    shape = made.rows, made.columns
    return made, np.fromfile(sums, "<f4").reshape(shape), np.fromfile(densities, "<f4").reshape(shape)


def refused(path: Path, near: Any = None) -> str:
    made = read_cells(path, near, *cells_files(path.with_name("rows")))
    assert isinstance(made, Sentence)
    return str(made)


def people(density: np.ndarray, made: CellsSeen) -> float:
    """Return the people of densities, worked out by the sphere's own formula."""
    norths = np.radians(made.north - made.step_y * np.arange(made.rows + 1))
    km2 = -np.diff(np.sin(norths)) * math.radians(made.step_x) * 6371.0072**2
    return float(np.nansum(density * km2[:, None]))


def test_four_by_four_small_cells_become_one_and_none_is_lost(tmp_path):
    values = np.arange(64, dtype="f4").reshape(8, 8)
    made, sums, _ = cells(raster(tmp_path / "a.tif", values))
    assert (made.factor, made.step_x, sums.tolist()) == (4, 4 * FINE, [[216, 280], [728, 792]])


def test_a_cell_without_any_value_is_not_nought(tmp_path):
    values = np.ones((8, 8), "f4")
    values[:4, :4] = -99999
    values[4:, 4:7] = -99999
    made, sums, _ = cells(raster(tmp_path / "a.tif", values, nodata=-99999))
    assert np.array_equal(sums, [[np.nan, 16], [16, 4]], equal_nan=True)
    assert made.without_data == 28


def test_a_density_is_a_mean_by_area_of_all_the_cell(tmp_path):
    values = np.full((4, 8), 10.0, "f4")
    values[:, 6:] = np.nan
    _, _, density = cells(raster(tmp_path / "a.tif", values))
    assert density.ravel() == pytest.approx([10, 5], rel=1e-6)


def test_less_than_nobody_and_endless_people_are_left_out_and_counted(tmp_path):
    values = np.ones((4, 4), "f4")
    values[0] = [-5, np.inf, -np.inf, np.nan]
    made, sums, _ = cells(raster(tmp_path / "a.tif", values))
    assert (made.negative, made.infinite, made.without_data, float(sums[0, 0])) == (1, 2, 1, 12)


NEAR = st.sampled_from([None, (-3.9, 15.7, -3.4, 15.95), (-4.5, 15.0, -3.0, 16.5), (-3.0, 15.5, -2.8, 15.6)])


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    shape=st.tuples(st.integers(1, 30), st.integers(1, 700)),
    step=st.sampled_from([1 / 1200, FINE, 0.0083333333, 0.05]),
    kind=st.sampled_from(["uint8", "int16", "uint32", "float32", "float64"]),
    near=NEAR,
    upward=st.booleans(),
    turns=st.sampled_from([0, 360]),
    seed=st.integers(0, 9),
)
@pytest.mark.slow
def test_people_kept_and_people_outside_are_all_people(
    tmp_path, shape, step, kind, near, upward, turns, seed
):
    values = np.random.default_rng(seed).integers(0, 100, shape).astype(kind)
    x, y = NORTH_WEST
    where = Affine(step, 0, x + turns, 0, step if upward else -step, y - shape[0] * step if upward else y)
    path = raster(tmp_path / "a.tif", values, where)
    answer = read_cells(path, near, *cells_files(tmp_path / "rows"))
    if isinstance(answer, Sentence):
        assert near is not None
        assert "lies in the area" in answer
        return
    made, sums, density = cells(path, near)
    assert made.kept + made.outside == values.sum(dtype=float)
    assert np.nansum(sums, dtype=float) == pytest.approx(made.kept, rel=1e-6)
    assert people(density, made) == pytest.approx(made.kept_by_area, rel=1e-5, abs=1e-9)
    north = np.radians(y - step * np.arange(shape[0] + 1))
    km2 = -np.diff(np.sin(north)) * math.radians(step) * 6371.0072**2
    every = float(((values[::-1] if upward else values) * km2[:, None]).sum())
    assert made.kept_by_area + made.outside_by_area == pytest.approx(every, rel=1e-9)


@pytest.mark.parametrize(
    "how",
    [
        {"compress": "lzw"},
        {"compress": "deflate", "tiled": True, "blockxsize": 16, "blockysize": 16, "predictor": 2},
        {"compress": "zstd"},
        {"BIGTIFF": "YES"},
        {"interleave": "pixel", "ENDIANNESS": "BIG"},
    ],
    ids=str,
)
def test_however_cells_are_packed_they_are_the_same(how, tmp_path):
    values = np.random.default_rng(1).integers(0, 9, (40, 50)).astype("int32")
    _, sums, _ = cells(raster(tmp_path / "a.tif", values, **how))
    _, plain, _ = cells(raster(tmp_path / "b.tif", values))
    assert np.array_equal(sums, plain)


def test_a_raster_that_starts_in_the_south_is_turned(tmp_path):
    values = np.random.default_rng(1).integers(0, 9, (40, 48)).astype("f4")
    x, y = NORTH_WEST
    _, up, _ = cells(raster(tmp_path / "a.tif", values[::-1], Affine(FINE, 0, x, 0, FINE, y - 40 * FINE)))
    _, down, _ = cells(raster(tmp_path / "b.tif", values))
    assert np.array_equal(up, down)


def test_scale_and_offset_are_applied(tmp_path):
    path = raster(tmp_path / "a.tif", np.full((4, 4), 10, "int16"), scale=0.5, offset=2.0)
    assert cells(path)[1].tolist() == [[112]]


def world(path: Path, west: float) -> Path:
    """Return a raster of all longitudes in cells of 1°, each with the longitude of its west as its people."""
    longitudes = west + np.arange(360.0)
    names = np.where(longitudes >= 180, longitudes - 360, longitudes) + 180
    return raster(path, np.tile(names, (4, 1)).astype("f4"), Affine(1, 0, west, 0, -1, 2))


@pytest.mark.parametrize("west", [0.0, -180.0, 20.0])
def test_wherever_a_raster_of_the_world_begins_an_area_about_greenwich_is_one_piece(west, tmp_path):
    made, sums, _ = cells(world(tmp_path / "a.tif", west), (-2.4, -1, 2.4, 1))
    assert (made.west, sums[0].tolist()) == (-3, [177, 178, 179, 180, 181, 182])


@pytest.mark.parametrize("west", [0.0, -180.0, 20.0])
def test_an_area_across_the_antimeridian_is_one_piece_and_nobody_is_there_twice(west, tmp_path):
    made, sums, _ = cells(world(tmp_path / "a.tif", west), (178, -1, -178, 1))
    assert (made.west, sums[0].tolist()) == (177, [357, 358, 359, 0, 1, 2])


def test_a_world_from_0_to_360_is_parted_where_the_map_ends(tmp_path):
    made, sums, _ = cells(world(tmp_path / "a.tif", 0.0))
    assert (made.west, sums[0].tolist()) == (-180, list(range(360)))


@pytest.mark.parametrize("side", [100.0, 1000.0, 5000.0])
def test_a_raster_in_metres_comes_back_in_degrees_with_all_its_people(side, tmp_path):
    values = np.random.default_rng(1).integers(0, 50, (40, 60)).astype("f4")
    values[:3] = -1
    where = Affine(side, 0, 400_000, 0, -side, 1_700_000)
    made, sums, density = cells(raster(tmp_path / "a.tif", values, where, crs="EPSG:32630", nodata=-1))
    total = values[values > 0].sum(dtype=float)
    assert made.moved
    assert made.kept == total == pytest.approx(np.nansum(sums, dtype=float), rel=1e-6)
    # The sphere on which areas are reckoned has 0.4 % more ground here than the ellipsoid.
    assert people(density, made) == pytest.approx(total * (side / 1000) ** 2, rel=6e-3)
    rows, columns = np.nonzero(np.nan_to_num(sums))
    weights = sums[rows, columns]
    x = made.west + made.step_x * (np.average(columns, weights=weights) + 0.5)
    y = made.north - made.step_y * (np.average(rows, weights=weights) + 0.5)
    to = rasterio.warp.transform("EPSG:4326", "EPSG:32630", [x], [y])
    at = np.argwhere(values > 0)
    centre = np.average(at + 0.5, axis=0, weights=values[values > 0])
    assert to[0][0] == pytest.approx(400_000 + side * centre[1], abs=0.1 * max(side, 1000))
    assert to[1][0] == pytest.approx(1_700_000 - side * centre[0], abs=0.1 * max(side, 1000))


def test_turned_rows_lose_nobody(tmp_path):
    values = np.random.default_rng(1).integers(0, 50, (40, 60)).astype("f4")
    where = Affine.translation(*NORTH_WEST) @ Affine.rotation(30) @ Affine.scale(FINE, -FINE)
    made, sums, _ = cells(raster(tmp_path / "a.tif", values, where))
    assert made.kept == values.sum() == pytest.approx(np.nansum(sums, dtype=float), rel=1e-6)


def test_gdal_sums_the_same_people_into_the_same_cells(tmp_path):
    values = np.random.default_rng(1).integers(0, 50, (40, 80)).astype("f4")
    made, sums, _ = cells(raster(tmp_path / "a.tif", values))
    x, y = NORTH_WEST
    theirs = np.zeros_like(sums)
    reproject(
        values, theirs, src_crs="EPSG:4326", dst_crs="EPSG:4326", resampling=Resampling.sum,
        src_transform=Affine(FINE, 0, x, 0, -FINE, y),
        dst_transform=Affine(made.step_x, 0, made.west, 0, -made.step_y, made.north),
    )  # fmt: skip
    assert np.allclose(sums, theirs)


def test_what_is_not_one_band_of_counts_is_said(tmp_path):
    ones = np.ones((4, 4), "uint8")
    assert "it has 3 bands" in refused(raster(tmp_path / "a.tif", ones, count=3))
    assert "complex numbers" in refused(raster(tmp_path / "b.tif", ones.astype("complex64")))
    assert "reference system is not stated" in refused(raster(tmp_path / "c.tif", ones, crs=None))
    assert "none of its cells lies in the area" in refused(raster(tmp_path / "d.tif", ones), (30, 0, 31, 1))
    assert "do not fit on the Earth" in refused(
        raster(tmp_path / "e.tif", ones, Affine(30, 0, 500_000, 0, -30, 1e6))
    )
    assert "larger than any count" in refused(raster(tmp_path / "f.tif", np.full((2, 2), 1e300)))
    assert "colours, not counts" in refused(raster(tmp_path / "g.tif", ones, photometric="palette"))


def test_broken_cells_are_said_without_a_path_of_ours(tmp_path):
    values = np.random.default_rng(1).integers(0, 50, (80, 80)).astype("f4")
    path = raster(tmp_path / "a.tif", values, compress="deflate")
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 400] = b"\xff" * 400
    path.write_bytes(content)
    assert refused(path) == "its cells are broken"


def sparse(path: Path, width: int, height: int, kind: str = "float64") -> Path:
    """Return a raster whose cells nobody wrote: it declares them all."""
    with rasterio.open(
        path, "w", driver="GTiff", width=width, height=height, count=1, dtype=kind, crs="EPSG:4326",
        transform=Affine(350 / width, 0, -175, 0, -170 / height, 85), tiled=True, SPARSE_OK="YES", BIGTIFF="YES",
    ):  # fmt: skip
        return path


@pytest.mark.slow
def test_nine_gigabytes_in_a_small_file_are_not_read(tmp_path):
    path = sparse(tmp_path / "bomb.tif", 40_000, 30_000)
    assert path.stat().st_size < 2_000_000
    with looked_at(path) as looked:
        assert "1,200 million cells would have to be read" in str(looked.seen.sheets[0].without_cells)
        with pytest.raises(LayerError, match="cut it to your area"):
            looked.raster(0, RasterUnit.COUNT)


def test_a_block_too_large_to_open_is_not_opened(tmp_path):
    with rasterio.open(
        tmp_path / "b.tif", "w", driver="GTiff", width=20_000, height=20_000, count=1, dtype="float32",
        crs="EPSG:4326", transform=Affine(FINE, 0, -20, 0, -FINE, 40), blockysize=20_000, SPARSE_OK="YES",
        compress="deflate",
    ):  # fmt: skip
        pass
    assert "blocks too large" in refused(tmp_path / "b.tif")


@pytest.mark.parametrize("unit", RasterUnit)
@pytest.mark.slow
def test_cells_written_as_geotiff_are_the_same_people_to_the_reader_of_worldpop(unit, tmp_path):
    values = np.random.default_rng(1).gamma(0.5, 3.0, (40, 80)).astype("f4")
    values[:8, :8] = -99999
    path = raster(tmp_path / "a.tif", values, nodata=-99999)
    with looked_at(path, (-4.2, 14.9, -3.0, 15.9)) as looked:
        brought = looked.raster(0, unit)
    write_cells(brought, tmp_path / "made")
    read = read_worldpop(tmp_path / "made", unit)
    assert read.total == pytest.approx(brought.kept, rel=1e-6)
    assert np.array_equal(read.values, brought.values, equal_nan=True)
    assert brought.kept + brought.outside == pytest.approx(read_worldpop(path, unit).total, rel=1e-6)


@pytest.mark.slow
def test_what_came_back_is_trusted_in_nothing(tmp_path):
    path = raster(tmp_path / "a.tif", np.ones((4, 8), "f4"))
    with looked_at(path) as looked:
        sheet = looked.seen.sheets[0]
    assert sheet.cells is not None

    def brought(content: bytes, **changed: Any) -> None:
        (tmp_path / "x").write_bytes(content)
        about = replace(sheet, cells=replace(sheet.cells, **changed))
        brought_cells("a.tif", about, tmp_path / "x", RasterUnit.COUNT)

    good = np.array([16, 16], "<f4").tobytes()
    brought(good)
    for content, changed in (
        (good[:-1], {}),
        (np.array([16, np.inf], "<f4").tobytes(), {}),
        (np.array([33, -1], "<f4").tobytes(), {}),
        (np.array([16, 17], "<f4").tobytes(), {}),
        (good, {"rows": 2**31, "columns": 2**31}),
        (good, {"west": 1e9}),
    ):
        with pytest.raises(LayerError, match="what came back of it is not whole"):
            brought(content, **changed)
    (tmp_path / "x").unlink()
    (tmp_path / "x").symlink_to(path)
    with pytest.raises(LayerError, match="what came back of it is not whole"):
        brought_cells("a.tif", sheet, tmp_path / "x", RasterUnit.COUNT)


@pytest.mark.parametrize("name", ["density.png", "density.JPG"])
@pytest.mark.slow
def test_a_picture_of_a_raster_is_refused_with_what_to_bring(name, tmp_path):
    (tmp_path / name).write_bytes(b"\x89PNG\r\n")
    with pytest.raises(LayerError, match="Bring the GeoTIFF that it was made of"), looked_at(tmp_path / name):
        pass


DRIVERS = """
import json, rasterio
from rasterio.env import Env
with Env() as env:
    print(json.dumps(sorted(env.drivers())))
"""


@pytest.mark.slow
def test_the_process_that_reads_rasters_knows_no_driver_but_geotiff(tmp_path):
    about = isolation._environment(tmp_path, ".tif")
    ran = subprocess.run(
        [sys.executable, "-c", DRIVERS], env=about, capture_output=True, text=True, check=True
    )
    assert set(json.loads(ran.stdout)) <= {"GTiff", "MEM", "Memory"}


@pytest.mark.slow
def test_what_was_read_of_a_raster_is_said(tmp_path):
    values = np.full((8, 16), 2, "int16")
    values[0, :3] = -1
    with looked_at(raster(tmp_path / "a.tif", values)) as looked:
        remarks = list(map(str, looked.seen.sheets[0].remarks))
    assert "Read of it: 2 by 4 cells, each of 4 by 4 cells of the file." in remarks
    assert (
        "If its values count people, 250 people are in them; if people of a square kilometre, 13." in remarks
    )


@pytest.mark.slow
def test_a_raster_in_an_archive_is_to_be_brought_by_itself(tmp_path):
    (tmp_path / "a.zip").write_bytes(zipped({"out/people.tif": b"II*\0"}))
    with pytest.raises(LayerError, match=r"Bring the \.tif by itself"), looked_at(tmp_path / "a.zip"):
        pass


@pytest.mark.slow
def test_a_raster_of_the_world_in_mollweide_is_cut_to_the_area_and_loses_nobody_there(tmp_path):
    path = tmp_path / "a.tif"
    about = {"width": 360, "height": 180, "count": 1, "dtype": "float32", "crs": "ESRI:54009"}
    where = Affine(100_000, 0, -18_000_000, 0, -100_000, 9_000_000)
    with rasterio.open(path, "w", driver="GTiff", transform=where, nodata=-200.0, **about) as opened:
        opened.write(np.ones((1, 180, 360), "float32"))
    made, sums, density = cells(path, (-4, 12, 4, 20))
    assert made.kept == pytest.approx(np.nansum(sums, dtype=float), rel=1e-6)
    assert made.kept + made.outside == 180 * 360
    # Cells of 10,000 km² with one person of a km² each: so has every cell of the grid in their midst.
    assert density[3:-3, 3:-3] == pytest.approx(1.0, rel=6e-3)
