"""Equal-area square cells: where everything is counted and every result stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS
from shapely.geometry.base import BaseGeometry

from layers.shares import lattice_shares

Value = TypeVar("Value", bound=np.generic)

_WITHIN_M = 1.0
"""How far inside a cell a place is put that is brought to it [m]: beyond all rounding."""


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """
    Square cells of one size over an area, numbered row by row from the north-west.

    Every cell that meets the area counts, however small its part inside; `n_cells` of
    them, and every per-cell array in the project has that length and order.
    """

    crs: CRS
    west_m: float
    north_m: float
    cell_m: float
    shape: tuple[int, int]
    """Rows and columns of the whole rectangle."""
    cells: NDArray[np.int32]
    """Flat position (row * columns + column) of each inside cell, ascending, shape (n_cells,)."""
    lookup: NDArray[np.int32] = field(repr=False)
    """Cell number of each flat position, -1 outside, shape (rows * columns,)."""
    inside_share: NDArray[np.float64] | None = field(default=None, repr=False)
    """Share of each cell that lies inside the area, above 0, shape (n_cells,); None if not reckoned."""

    @property
    def n_cells(self) -> int:
        """Cells inside the area."""
        return len(self.cells)

    @property
    def rows(self) -> NDArray[np.int32]:
        """Row of each cell, from the north, shape (n_cells,)."""
        return (self.cells // self.shape[1]).astype(np.int32)

    @property
    def columns(self) -> NDArray[np.int32]:
        """Column of each cell, from the west, shape (n_cells,)."""
        return (self.cells % self.shape[1]).astype(np.int32)

    @property
    def x_m(self) -> NDArray[np.float64]:
        """Easting of each cell's centre [m], shape (n_cells,)."""
        return np.asarray(self.west_m + (self.columns + 0.5) * self.cell_m, dtype=np.float64)

    @property
    def y_m(self) -> NDArray[np.float64]:
        """Northing of each cell's centre [m], shape (n_cells,)."""
        return np.asarray(self.north_m - (self.rows + 0.5) * self.cell_m, dtype=np.float64)

    def cell_at(self, x_m: NDArray[np.float64], y_m: NDArray[np.float64]) -> NDArray[np.int32]:
        """Return the cell number at each point [m], -1 outside the area."""
        column = np.floor((np.asarray(x_m) - self.west_m) / self.cell_m).astype(np.int64)
        row = np.floor((self.north_m - np.asarray(y_m)) / self.cell_m).astype(np.int64)
        rows, columns = self.shape
        inside = (row >= 0) & (row < rows) & (column >= 0) & (column < columns)
        flat = np.where(inside, row * columns + column, 0)
        return np.where(inside, self.lookup[flat], -1).astype(np.int32)

    def nearest_place(self, x_m: float, y_m: float) -> tuple[float, float]:
        """Return the place nearest to a point [m] that lies in a cell, a metre inside it; ties by number."""
        half = self.cell_m / 2 - _WITHIN_M
        x = np.clip(x_m, self.x_m - half, self.x_m + half)
        y = np.clip(y_m, self.y_m - half, self.y_m + half)
        nearest = int(np.hypot(x - x_m, y - y_m).argmin())
        return float(x[nearest]), float(y[nearest])

    def raster(self, values: NDArray[Value], fill: float) -> NDArray[Value]:
        """Lay per-cell `values` out as the rectangle, `fill` outside, shape (rows, columns)."""
        full = np.full(self.shape[0] * self.shape[1], fill, dtype=values.dtype)
        full[self.cells] = values
        return full.reshape(self.shape)

    def boxes(self) -> NDArray[np.object_]:
        """Return each cell's square as a polygon, shape (n_cells,)."""
        half = self.cell_m / 2
        x_m, y_m = self.x_m, self.y_m
        squares: NDArray[np.object_] = shapely.box(x_m - half, y_m - half, x_m + half, y_m + half)
        return squares


def make_grid(outline: BaseGeometry, crs: CRS, *, cell_m: float) -> Grid:
    """
    Cover `outline` with square cells.

    Parameters
    ----------
    outline
        The area, as a polygon in `crs` [m].
    crs
        Equal-area reference system of the area.
    cell_m
        Side of a cell [m]; cell edges fall on whole multiples of it, so that two
        grids of one size over overlapping areas share their cells.

    Returns
    -------
    Grid
        Every cell that meets `outline`, with the share of it inside, so that no place of
        the area is outside the grid.
    """
    west, south, east, north = outline.bounds
    west_m, north_m = np.floor(west / cell_m) * cell_m, np.ceil(north / cell_m) * cell_m
    columns = int(np.ceil((east - west_m) / cell_m))
    rows = int(np.ceil((north_m - south) / cell_m))
    shares = lattice_shares(outline, float(west_m), float(north_m), cell_m, (rows, columns)).ravel()
    inside = shares > 0
    lookup = np.where(inside, np.cumsum(inside) - 1, -1).astype(np.int32)
    return Grid(
        crs=crs,
        west_m=float(west_m),
        north_m=float(north_m),
        cell_m=float(cell_m),
        shape=(rows, columns),
        cells=np.flatnonzero(inside).astype(np.int32),
        lookup=lookup,
        inside_share=shares[inside],
    )
