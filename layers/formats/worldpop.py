"""WorldPop rasters: people per cell or per square kilometre, brought to one declared form."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.errors import RasterioError
from rasterio.io import MemoryFile
from rasterio.transform import Affine

from layers.errors import Fault, LayerError
from layers.formats.normal import CELLS, notes_of_cells
from layers.population import RasterUnit
from layers.sentences import say

NO_DATA = -9999.0
"""Value of cells without data in the raster written."""

_EARTH_M = 6_371_007.2
"""Radius of the sphere with the Earth's surface [m]."""


@dataclass(frozen=True, slots=True, eq=False)
class PopulationReading:
    """A population raster in longitude and latitude, NaN where the provider has no data."""

    values: NDArray[np.float32]
    """People, or people per square kilometre, shape (rows, columns), from the north-west."""
    transform: Affine
    unit: RasterUnit
    total: float
    """People in the whole raster [persons]."""
    notes: tuple[str, ...]


def read_worldpop(path: Path, unit: RasterUnit) -> PopulationReading:
    """
    Read a population raster.

    Parameters
    ----------
    path
        GeoTIFF with one band in longitude and latitude (EPSG:4326).
    unit
        What its values mean; the file does not say, so it must be declared.

    Returns
    -------
    PopulationReading
        Values with NaN for the declared no-data value and for anything negative.

    Raises
    ------
    LayerError
        If the file is no such raster, or has no data at all: every fault is named.
    """
    done: tuple[str, ...] = ()
    if path.is_dir():
        path, done = path / CELLS, notes_of_cells(path)
    try:
        with rasterio.open(path) as raster:
            faults = _faults(path.name, raster.count, raster.crs)
            values = raster.read(1, masked=True).astype(np.float32).filled(np.nan)
            transform = raster.transform
    except RasterioError as error:
        raise LayerError(
            [Fault(path.name, say("it is no GeoTIFF"), say("Bring the GeoTIFF as published"))]
        ) from error
    below = int((values < 0).sum())
    values = np.where(np.isfinite(values) & (values >= 0), values, np.nan).astype(np.float32)
    if not np.isfinite(values).any():
        faults.append(Fault(path.name, say("no cell has data"), say("Bring another raster")))
    if faults:
        raise LayerError(faults)
    notes = (*done, *((f"{below} negative cells are taken as without data",) if below else ()))
    return PopulationReading(values, transform, unit, _total(values, transform, unit), notes)


def write_population(reading: PopulationReading, path: Path) -> None:
    """Write the raster as a compressed GeoTIFF with `NO_DATA` where there is none."""
    rows, columns = reading.values.shape
    values = np.where(np.isfinite(reading.values), reading.values, NO_DATA).astype(np.float32)
    # Through memory: GDAL does not always say that a disk was full.
    with MemoryFile() as written:
        with written.open(
            driver="GTiff",
            width=columns,
            height=rows,
            count=1,
            dtype="float32",
            crs="EPSG:4326",
            transform=reading.transform,
            nodata=NO_DATA,
            compress="deflate",
        ) as raster:
            raster.write(values, 1)
        path.write_bytes(written.read())


def _faults(file: str, bands: int, crs: rasterio.crs.CRS | None) -> list[Fault]:
    """Return what is wrong with the raster's form."""
    faults = []
    if bands != 1:
        faults.append(Fault(file, say("it has {n} bands", n=bands), say("Bring a raster with one band")))
    if crs is None or not crs.is_geographic:
        faults.append(Fault(file, say("it is not in longitude and latitude"), say("Bring it in EPSG:4326")))
    return faults


def _total(values: NDArray[np.float32], transform: Affine, unit: RasterUnit) -> float:
    """Return the people in the raster [persons]."""
    if unit == RasterUnit.COUNT:
        return float(np.nansum(values, dtype=np.float64))
    north = np.radians(transform.f + transform.e * np.arange(values.shape[0] + 1))
    band_km2 = np.abs(np.diff(np.sin(north))) * np.radians(abs(transform.a)) * (_EARTH_M / 1000) ** 2
    return float(np.nansum(values * band_km2[:, None], dtype=np.float64))
