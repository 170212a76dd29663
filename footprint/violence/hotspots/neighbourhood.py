"""Which cells lie around each cell, and what do they hold together?"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from footprint.violence.hotspots.gistar import disc_kernel, gi_star, window_sums

if TYPE_CHECKING:
    from layers.grid import Grid


@dataclass(frozen=True, slots=True, eq=False)
class Neighbourhoods:
    """
    Discs around the cells that are compared, cut at the edge of what is compared.

    Attributes
    ----------
    cell_m
        Side of a cell [m].
    inside
        Cells compared, shape (rows, columns).
    kernel
        The disc, its middle included.
    size
        Cells in each disc, itself included, shape (n_compared,).
    """

    cell_m: float
    inside: NDArray[np.bool_] = field(repr=False)
    kernel: NDArray[np.float64] = field(repr=False)
    size: NDArray[np.int64] = field(repr=False)

    def sums(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Sum values of the cells compared over the disc of each, shape (..., n_compared)."""
        return np.asarray(window_sums(self._raster(values), self.kernel)[..., self.inside])

    def scores(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return Gi* of each cell compared, shape (n_compared,); NaN where nothing can be compared."""
        return np.asarray(gi_star(self._raster(values), self.inside, self.kernel)[self.inside])

    def within(self, middle: int, disc: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return the numbers of the cells compared that lie in a disc around one of them, ascending."""
        row, column = np.argwhere(self.inside)[middle]
        half = disc.shape[0] // 2
        top, left = max(row - half, 0), max(column - half, 0)
        part = self.inside[top : row + half + 1, left : column + half + 1].copy()
        part &= disc[top - row + half :, left - column + half :][: part.shape[0], : part.shape[1]] > 0
        rows, columns = np.nonzero(part)
        numbers = np.cumsum(self.inside.ravel()) - 1
        return np.asarray(numbers[(rows + top) * self.inside.shape[1] + columns + left], np.int64)

    def _raster(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        raster = np.zeros((*values.shape[:-1], *self.inside.shape))
        raster[..., self.inside] = values
        return raster


def neighbourhoods(grid: Grid, mask: NDArray[np.bool_], radius_m: float) -> Neighbourhoods:
    """
    Return the discs around the cells of a mask.

    Parameters
    ----------
    grid
        Equal-area cells.
    mask
        Cells compared, shape (grid.n_cells,).
    radius_m
        Radius, inclusive, from middle to middle [m].
    """
    inside = grid.raster(mask, fill=False).astype(bool)
    kernel = disc_kernel(radius_m / grid.cell_m)
    size = np.rint(window_sums(inside.astype(float), kernel)[inside]).astype(np.int64)
    return Neighbourhoods(grid.cell_m, inside, kernel, size)
