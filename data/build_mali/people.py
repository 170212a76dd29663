"""How many people live where: published regional totals, spread by an invented pattern."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import rasterio
import shapely
from numpy.typing import NDArray
from rasterio.io import MemoryFile
from shapely.geometry.base import BaseGeometry

from data.build_mali.outlines import Outlines
from data.build_mali.tables import points, read_table

SEED = 20190701
GROWTH = 1.375
"""People in 2019 per person in the census of 2009 [-], 3.24 % a year, one factor for the whole country."""
CELL_DEG = 0.05
WEST, NORTH, COLUMNS, ROWS = -12.3, 25.1, 332, 301
NODATA = -1.0
TOWN_DEG = 0.06
"""Spread of a town's people [degrees], about 6 km."""
UNSTATED_TOWN = 4000
"""Weight of a place whose people are not stated [persons]."""

Image = NDArray[np.float64]


def population_bytes(
    inputs: Path, shapes: Outlines, settled: list[dict[str, Any]], lines: list[BaseGeometry]
) -> bytes:
    """
    Return a GeoTIFF of people per cell [persons].

    Cells that the border cuts hold nobody, so that nobody is lost when a reader spreads
    cells evenly and keeps the part inside; cells wholly outside the country are nodata.
    """
    lon, lat = centres()
    totals = {row["unit_id"]: float(row["people_2009"]) for row in read_table(inputs / "people_2009.csv")}
    country = shapes.country[0][1]
    cells = shapely.box(lon - CELL_DEG / 2, lat - CELL_DEG / 2, lon + CELL_DEG / 2, lat + CELL_DEG / 2)
    shapely.prepare(country)
    pattern = np.where(shapely.covers(country, cells), _pattern(inputs, settled, lines), 0.0)
    people = np.where(shapely.intersects(country, cells), 0.0, NODATA)
    for region, shape in shapes.regions:
        key = region["unit_id"]
        inside = shapely.contains_xy(shape, lon, lat)
        if not inside.any():
            raise ValueError(f"no raster cell has its centre in {key}")
        weight = np.where(inside, pattern, 0.0)
        for unit, cercle in shapes.cercles:
            if unit["parent_id"] == key and unit["unit_id"] in totals:
                part = inside & shapely.contains_xy(cercle, lon, lat)
                weight[part] *= totals[unit["unit_id"]] / weight[part].sum()
        people[inside] = (weight * totals[key] * GROWTH / weight.sum())[inside]
    return _tiff(people)


def centres() -> tuple[Image, Image]:
    """Return longitudes and latitudes of cell centres [degrees], shape (ROWS, COLUMNS)."""
    lon = WEST + CELL_DEG * (np.arange(COLUMNS) + 0.5)
    lat = NORTH - CELL_DEG * (np.arange(ROWS) + 0.5)
    x, y = np.meshgrid(lon, lat)
    return x, y


def _pattern(inputs: Path, settled: list[dict[str, Any]], lines: list[BaseGeometry]) -> Image:
    """Return relative people per cell: countryside by rain, water and roads, and towns on top."""
    lon, lat = centres()
    rain = 1 / (1 + np.exp((lat - 14.6) / 0.45)) + 0.02 / (1 + np.exp((lat - 17.2) / 0.5)) + 2e-5
    rivers = [points(row["path"]) for row in read_table(inputs / "rivers.csv")]
    near_river = _near(np.array([xy for path in rivers for xy in _dense(path)]), lon, lat, 0.12)
    near_road = _near(np.array([xy for line in lines for xy in _dense(list(line.coords))]), lon, lat, 0.12)
    noise = np.random.default_rng(SEED).gamma(2.0, 0.5, lon.shape)
    rural = 600 * rain * noise * (1 + 1.0 * near_road + 1.0 * near_river) + 250 * near_river * noise
    towns = np.zeros(lon.shape)
    for row in settled:
        kernel = np.exp(-((lon - row["lon"]) ** 2 + (lat - row["lat"]) ** 2) / (2 * TOWN_DEG**2))
        towns += (row["people"] or UNSTATED_TOWN) * kernel / kernel.sum()
    return rural + towns


def _dense(path: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return points at most 0.05 degrees apart along `path`."""
    line = shapely.segmentize(shapely.LineString(path), CELL_DEG)
    return [(x, y) for x, y in line.coords]


def _near(at: Image, lon: Image, lat: Image, scale_deg: float) -> Image:
    """Return exp(-distance/scale) to the nearest of `at`, shape of `lon`."""
    tree = shapely.STRtree(shapely.points(at))
    cells = shapely.points(lon.ravel(), lat.ravel())
    _, apart = tree.query_nearest(cells, return_distance=True, all_matches=False)
    near: Image = np.exp(-apart.reshape(lon.shape) / scale_deg)
    return near


def _tiff(people: Image) -> bytes:
    # Coarser steps compress; regional sums stay within 0.1 %.
    step = np.where(people > 16, 0.5, 1 / 64)  # noqa: PLR2004
    values = np.where(people == NODATA, NODATA, np.round(people / step) * step).astype(np.float32)
    profile = {
        "driver": "GTiff", "dtype": "float32", "count": 1, "width": COLUMNS, "height": ROWS,
        "crs": "EPSG:4326",
        "nodata": NODATA, "compress": "deflate", "predictor": 3, "zlevel": 9, "tiled": False,
        "transform": rasterio.transform.from_origin(WEST, NORTH, CELL_DEG, CELL_DEG),
    }  # fmt: skip
    with MemoryFile() as memory:
        with memory.open(**profile) as dataset:
            dataset.write(values, 1)
        return bytes(memory.read())
