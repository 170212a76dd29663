"""A small invented country of two squares, into which nothing was brought yet."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import rasterio
import shapely
from rasterio.transform import Affine

from layers.assemble.blank import NewArea, begin_area
from layers.assemble.plans import Origin
from layers.countries import FirstLevelUnit
from layers.equal_area import equal_area_system

UNITS = (
    FirstLevelUnit("W", "West", shapely.MultiPolygon([shapely.box(20, 0, 20.5, 1)])),
    FirstLevelUnit("E", "East", shapely.MultiPolygon([shapely.box(20.5, 0, 21, 1)])),
)


def begin_squares(folder: Path) -> None:
    """Begin its area."""
    whole = shapely.union_all([unit.shape for unit in UNITS])
    wanted = NewArea(
        names={"en": "Squares", "fr": "Carrés"},
        outline_id="SQ",
        units=UNITS,
        system=equal_area_system(whole),
        frame_date=date(2019, 6, 30),
        cell_km=5,
        origin=Origin("Two squares", "drawn for a test", "2019", "none", "high", invented="yes"),
    )
    begin_area(folder, wanted, catalogues=folder.parent)


def write_people(folder: Path) -> Path:
    """Write a raster that counts 10 people in each of 100 by 100 cells of the country."""
    path = folder / "squares_ppp_2019.tif"
    about = {"driver": "GTiff", "width": 100, "height": 100, "count": 1, "dtype": "float32"}
    transform = Affine(0.01, 0, 20, 0, -0.01, 1)
    with rasterio.open(path, "w", **about, crs="EPSG:4326", transform=transform) as sink:
        sink.write(np.full((100, 100), 10, np.float32), 1)
    return path
