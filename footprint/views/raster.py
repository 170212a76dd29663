"""Turn values on the equal-area cells into a picture that lies right on a web map."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PIL import Image

from footprint.views.colours import INK
from footprint.views.palette import Rgba, rgba
from layers.grid import Grid
from layers.projection import degrees_from, metres_on

WIDEST_PX = 1600
"""Most pixels across; a finer picture weighs more than it shows."""
_PIXELS_PER_CELL = 3
"""Cells stand askew on a web map: three pixels a side keep their edges straight."""
_HATCH_PERIOD_PX, _HATCH_WIDTH_PX = 8, 3
HATCH_LINES = rgba(INK, 150)
"""Lines through cells."""
_ROWS_AT_A_TIME = 256
_MOST_COLOURS = 254
_CLEAR_INDEX, _HATCH_INDEX = 255, 254


@dataclass(frozen=True, slots=True)
class Bounds:
    """A rectangle of longitude and latitude [degrees]."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True, eq=False)
class MercatorFrame:
    """Which cell each pixel of a picture in web mercator shows; made once per grid."""

    bounds: Bounds
    """Outer edges of the picture."""
    index: NDArray[np.int32] = field(repr=False)
    """Cell number at each pixel's centre, -1 outside the area, shape (height, width), north first."""
    n_cells: int


def mercator_frame(grid: Grid) -> MercatorFrame:
    """
    Find the cell behind every pixel of a picture of `grid` in web mercator.

    Parameters
    ----------
    grid
        Cells in any projected reference system.

    Returns
    -------
    MercatorFrame
        The picture covers every cell wholly, three pixels to a cell but at most
        `WIDEST_PX` across.

    Notes
    -----
    Each pixel's centre is taken back to the grid's own system and looked up there, so
    nothing is resampled and a cell's class is shown as it is.
    """
    west, south, east, north = _mercator_edges(grid)
    # Mercator stretches by 1/cos(latitude): a cell's side in mercator metres, at the middle.
    middle = float(_lat((south + north) / 2))
    pixel_m = max(grid.cell_m / np.cos(np.radians(middle)) / _PIXELS_PER_CELL, (east - west) / WIDEST_PX)
    width, height = int(np.ceil((east - west) / pixel_m)), int(np.ceil((north - south) / pixel_m))
    east, south = west + width * pixel_m, north - height * pixel_m
    x = west + (np.arange(width) + 0.5) * pixel_m
    y = north - (np.arange(height) + 0.5) * pixel_m
    index = np.empty((height, width), dtype=np.int32)
    back = metres_on(grid.crs)
    for first in range(0, height, _ROWS_AT_A_TIME):
        rows = slice(first, first + _ROWS_AT_A_TIME)
        index[rows] = grid.cell_at(*back.transform(*np.meshgrid(_lon(x), _lat(y[rows]))))
    (west_deg, east_deg), (south_deg, north_deg) = _lon([west, east]), _lat([south, north])
    bounds = Bounds(float(west_deg), float(south_deg), float(east_deg), float(north_deg))
    return MercatorFrame(bounds, index, grid.n_cells)


def paint(
    frame: MercatorFrame,
    classes: NDArray[np.uint8],
    colours: Sequence[Rgba],
    *,
    hatched: NDArray[np.bool_] | None = None,
    hatch_colour: Rgba = HATCH_LINES,
) -> bytes:
    """
    Paint per-cell classes as a PNG.

    Parameters
    ----------
    frame
        Pixels of the grid the classes stand on.
    classes
        Class of each cell, shape (n_cells,).
    colours
        Colour of each class from 0 on; classes beyond the last are left clear.
    hatched
        Cells to strike through with diagonal lines, shape (n_cells,).
    hatch_colour
        Colour of these lines.

    Returns
    -------
    bytes
        A paletted PNG of the size of `frame.index`; clear outside the area.
    """
    if classes.shape != (frame.n_cells,):
        raise ValueError(f"{classes.shape} classes for {frame.n_cells} cells")
    if len(colours) > _MOST_COLOURS:
        raise ValueError(f"{len(colours)} colours, but a picture holds {_MOST_COLOURS}")
    shown = np.where(classes < len(colours), classes, _CLEAR_INDEX).astype(np.uint8)
    pixels = _spread(frame, shown, _CLEAR_INDEX)
    if hatched is not None:
        pixels[_spread(frame, hatched, outside=False) & _diagonals(frame.index.shape)] = _HATCH_INDEX
    return _png(pixels, colours, hatch_colour)


_EARTH_M = 6_378_137.0


def _mercator_edges(grid: Grid) -> tuple[float, float, float, float]:
    """Return west, south, east, north [m] in web mercator around all corners of all cells."""
    # Through degrees, which run on across the antimeridian; EPSG:3857 would jump there.
    forth = degrees_from(grid.crs)
    half = grid.cell_m / 2
    lon, lat = zip(
        *(forth.transform(grid.x_m + dx * half, grid.y_m + dy * half) for dx in (-1, 1) for dy in (-1, 1)),
        strict=True,
    )
    (west, east), (south, north) = ((float(np.min(each)), float(np.max(each))) for each in (lon, lat))
    return float(_x(west)), float(_y(south)), float(_x(east)), float(_y(north))


def _x(lon: float) -> float:
    """Return the easting of a longitude in web mercator [m], on beyond 180 degrees."""
    return float(_EARTH_M * np.radians(lon))


def _y(lat: float) -> float:
    """Return the northing of a latitude in web mercator [m]."""
    return float(_EARTH_M * np.arctanh(np.sin(np.radians(lat))))


def _lon(x: ArrayLike) -> NDArray[np.float64]:
    """Return the longitude of an easting in web mercator [degrees]."""
    return np.degrees(np.asarray(x, dtype=np.float64) / _EARTH_M)


def _lat(y: ArrayLike) -> NDArray[np.float64]:
    """Return the latitude of a northing in web mercator [degrees]."""
    return np.degrees(2 * np.arctan(np.exp(np.asarray(y, dtype=np.float64) / _EARTH_M)) - np.pi / 2)


def _spread(frame: MercatorFrame, per_cell: NDArray[Any], outside: int) -> NDArray[Any]:
    """Give each pixel the value of its cell; index -1, outside the area, finds the last entry."""
    return np.append(per_cell, per_cell.dtype.type(outside))[frame.index]


def _diagonals(shape: tuple[int, ...]) -> NDArray[np.bool_]:
    rows, columns = np.ogrid[: shape[0], : shape[1]]
    return np.asarray((rows + columns) % _HATCH_PERIOD_PX < _HATCH_WIDTH_PX)


def _png(pixels: NDArray[np.uint8], colours: Sequence[Rgba], hatch_colour: Rgba) -> bytes:
    table = np.zeros((256, 4), dtype=np.uint8)
    table[: len(colours)] = colours
    table[_HATCH_INDEX] = hatch_colour
    image = Image.fromarray(pixels)
    image.putpalette(table[:, :3].tobytes())
    written = io.BytesIO()
    image.save(written, "PNG", compress_level=6, transparency=table[:, 3].tobytes())
    return written.getvalue()
