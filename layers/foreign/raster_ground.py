"""Ground of a raster: which of its cells lie near, how large they are, and where they lie in degrees."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS, Transformer

from layers.foreign.reference import Box

FINEST = 1 / 120
"""Side of the smallest cells that come back: 30 seconds of arc [degrees]."""
MARGIN = 0.5
"""How far beyond the area cells are kept [degrees]."""
EARTH_KM = 6371.0072
"""Radius of the sphere with the Earth's surface [km], as `layers.formats.worldpop` has it."""

_CIRCLE, _QUARTER = 360.0, 90.0
_NEARLY = 1e-3
"""Share of a cell by which sides may miss a round number."""
_WGS84 = CRS.from_epsg(4326)

Floats = NDArray[np.float64]
Columns = tuple[int, int, int]
"""First column, the column after the last, and how far they move to their place among the rest."""


class Affine(Protocol):
    """What leads from columns and rows to coordinates: x = a·column + b·row + c, y = d·column + e·row + f."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float


@dataclass(frozen=True, slots=True)
class Cut:
    """Which cells of a raster are kept."""

    top: int
    bottom: int
    """The row after the last."""
    columns: tuple[Columns, ...]
    """Ranges side by side, from west to east; two where the raster begins in the middle of the area."""

    @property
    def width(self) -> int:
        """Columns kept."""
        return sum(after - first for first, after, _ in self.columns)

    @property
    def height(self) -> int:
        """Rows kept."""
        return self.bottom - self.top

    def west(self, affine: Affine) -> float:
        """Return the meridian at which the first column begins [degrees]."""
        first, _, moved = self.columns[0]
        turns = round(moved * affine.a / _CIRCLE)
        return affine.c + affine.a * first + _CIRCLE * turns


def band_km2(norths: NDArray[np.floating[Any]], step_x: float) -> Floats:
    """
    Return the area of a cell of each row between parallels [km²].

    Parameters
    ----------
    norths
        Latitudes of the edges of rows, from north to south [degrees], shape (n + 1,).
    step_x
        Width of a cell [degrees].
    """
    sines = np.sin(np.radians(np.clip(norths, -_QUARTER, _QUARTER)))
    areas: Floats = np.abs(np.diff(sines)) * math.radians(step_x) * EARTH_KM**2
    return areas


def factor_of(side: float) -> int:
    """
    Return how many cells make the side of one that comes back.

    Examples
    --------
    >>> factor_of(1 / 1200), factor_of(0.0083333333), factor_of(0.1667)
    (10, 1, 1)
    """
    return max(1, math.ceil(FINEST / side - _NEARLY))


def is_plain(crs: CRS, affine: Affine, size: tuple[int, int]) -> bool:
    """Tell whether rows run along parallels of WGS 84, or no tenth of a cell beside them."""
    if not crs.is_geographic or affine.b or affine.d or affine.a <= 0 or not affine.e:
        return False
    width, height = size
    x, y = affine.c + affine.a * width / 2, affine.f + affine.e * height / 2
    there = Transformer.from_crs(crs, _WGS84, always_xy=True).transform(_turned(x, 0.0), y)
    moved = abs(there[0] - _turned(x, 0.0)), abs(there[1] - y)
    return bool(moved[0] < affine.a / 10 and moved[1] < abs(affine.e) / 10)


def on_earth(affine: Affine, size: tuple[int, int]) -> bool:
    """Tell whether a plain raster spans no more than the Earth does."""
    width, height = size
    slack = abs(affine.e)
    north, south = sorted((affine.f, affine.f + affine.e * height), reverse=True)
    east = affine.c + affine.a * width
    return (
        north <= _QUARTER + slack
        and south >= -_QUARTER - slack
        and affine.a * width <= _CIRCLE + affine.a
        and affine.c >= -2 * _CIRCLE
        and east <= 2 * _CIRCLE
    )


def _turned(longitude: float, middle: float) -> float:
    """Return a longitude within half a turn of another."""
    return longitude - _CIRCLE * math.floor((longitude - middle) / _CIRCLE + 0.5)


def plain_cut(affine: Affine, size: tuple[int, int], near: Box | None) -> Cut | None:
    """
    Return which cells of a plain raster lie near, None if none does.

    Notes
    -----
    Longitudes are turned to lie about the middle of the area: a raster from 0° to 360° is parted where the
    area needs it, and an area across 180° is one piece. Without an area a raster from 0° to 360° is parted
    at 180°.
    """
    width, height = size
    step = affine.a
    whole = step * width >= _CIRCLE - step / 2
    west, east = affine.c, affine.c + step * width
    middle = _turned((west + east) / 2, 0.0)
    if near is None:
        if not whole:
            return Cut(0, height, ((0, width, 0),))
        middle, low, high = 0.0, -_CIRCLE / 2, _CIRCLE / 2
        top, bottom = 0, height
    else:
        low, high = near[0] - MARGIN, near[2] + MARGIN + (_CIRCLE if near[2] < near[0] else 0.0)
        middle = (low + high) / 2
        low, high = max(low, middle - _CIRCLE / 2), min(high, middle + _CIRCLE / 2)
        top, bottom = _rows(affine, height, near)
    columns = _turned_columns((west, step, width), (low, high), middle)
    return Cut(top, bottom, columns) if columns and top < bottom else None


def _rows(affine: Affine, height: int, near: Box) -> tuple[int, int]:
    """Return the rows between two parallels, counted from the north whichever way they run."""
    north, step = max(affine.f, affine.f + affine.e * height), abs(affine.e)
    first = math.floor((north - near[3] - MARGIN) / step + _NEARLY)
    after = math.ceil((north - near[1] + MARGIN) / step - _NEARLY)
    return max(0, first), min(height, after)


def _turned_columns(
    along: tuple[float, float, int], between: tuple[float, float], middle: float
) -> tuple[Columns, ...]:
    """Return the columns whose middles lie between two meridians, once each, from west to east."""
    west, step, width = along
    turn = round(_CIRCLE / step)
    parts: list[Columns] = []
    taken = 0
    least = math.floor((middle - west) / _CIRCLE) - 2
    for turns in range(least, least + 5):
        start = west + turns * _CIRCLE
        first = max(0, math.floor((between[0] - start) / step + _NEARLY))
        after = min(width, math.ceil((between[1] - start) / step - _NEARLY))
        after = min(after, first + turn - taken)
        if first < after:
            parts.append((first, after, turns * turn))
            taken += after - first
    parts.sort(key=lambda each: each[0] + each[2])
    kept: list[Columns] = []
    last: int | None = None
    for first, after, moved in parts:
        place = first + moved
        begin = first if last is None or place >= last else first + last - place
        if begin < after:
            kept.append((begin, after, moved))
            last = after + moved
    return tuple(kept)


@dataclass(frozen=True, slots=True)
class Lattice:
    """Where the corners of cells lie."""

    longitudes: Floats
    """Of the corners [degrees], turned to lie about one meridian, shape (rows + 1, columns + 1)."""
    latitudes: Floats

    @property
    def km2(self) -> Floats:
        """Areas of the cells [km²], shape (rows, columns)."""
        x, y = np.radians(self.longitudes), np.sin(np.radians(self.latitudes))
        first = (x[1:, 1:] - x[:-1, :-1]) * (y[1:, :-1] - y[:-1, 1:])
        second = (x[1:, :-1] - x[:-1, 1:]) * (y[1:, 1:] - y[:-1, :-1])
        areas: Floats = np.abs(first - second) / 2 * EARTH_KM**2
        return areas


def lattice(crs: CRS, affine: Affine, columns: Floats, rows: Floats, middle: float | None) -> Lattice | None:
    """
    Return where corners of cells lie, None if the reference system does not lead to some of them.

    Parameters
    ----------
    columns, rows
        Of the corners.
    middle
        Meridian that they are turned to lie about [degrees]; None: their own middle.
    """
    across, down = np.meshgrid(columns, rows)
    x = affine.a * across + affine.b * down + affine.c
    y = affine.d * across + affine.e * down + affine.f
    made_x, made_y = Transformer.from_crs(crs, _WGS84, always_xy=True).transform(x, y)
    if not (np.isfinite(made_x).all() and np.isfinite(made_y).all()):
        return None
    about = float(made_x[made_x.shape[0] // 2, made_x.shape[1] // 2]) if middle is None else middle
    turned = made_x - _CIRCLE * np.floor((made_x - about) / _CIRCLE + 0.5)
    return Lattice(turned, made_y)


def other_cut(crs: CRS, affine: Affine, size: tuple[int, int], near: Box | None) -> Cut | None:
    """Return which cells of a raster in any reference system lie near, None if none does."""
    width, height = size
    if near is None:
        return Cut(0, height, ((0, width, 0),))
    east = near[2] + (_CIRCLE if near[2] < near[0] else 0.0)
    along = np.linspace(near[0] - MARGIN, east + MARGIN, 41)
    up = np.linspace(max(near[1] - MARGIN, -89.9), min(near[3] + MARGIN, 89.9), 41)
    x, y = (each.ravel() for each in np.meshgrid(along, up))
    x, y = Transformer.from_crs(_WGS84, crs, always_xy=True).transform(x, y)
    able = np.isfinite(x) & np.isfinite(y)
    if not able.any():
        return None
    x, y = x[able] - affine.c, y[able] - affine.f
    area = affine.a * affine.e - affine.b * affine.d
    columns, rows = (affine.e * x - affine.b * y) / area, (affine.a * y - affine.d * x) / area
    first, after = max(0, math.floor(columns.min())), min(width, math.ceil(columns.max()))
    top, bottom = max(0, math.floor(rows.min())), min(height, math.ceil(rows.max()))
    return Cut(top, bottom, ((first, after, 0),)) if first < after and top < bottom else None
