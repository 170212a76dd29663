"""Where do precisely placed incidents cluster beyond chance?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from footprint.method import HotspotNumbers
from footprint.violence.hotspots.gistar import disc_kernel, gi_star, window_sums
from footprint.violence.hotspots.permutation import benjamini_hochberg, permutation_tails
from footprint.violence.selection import Excluded, Exclusion, Selection

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from layers.grid import Grid


@dataclass(frozen=True, slots=True, eq=False)
class Hotspots:
    """
    Hotspots of one selection of incidents.

    Attributes
    ----------
    count
        Incidents per cell of the grid, shape (n_cells,); those outside the mask too.
    z, p, q
        Gi* score, one-sided permutation p and its adjusted value; NaN outside the mask.
    significant
        Whether q is at most the accepted rate.
    mask
        Cells compared.
    n_used
        Incidents that took part: selected, inside the area and in the mask.
    excluded
        Incidents left out, by reason.
    """

    count: NDArray[np.int64]
    z: NDArray[np.float64]
    p: NDArray[np.float64]
    q: NDArray[np.float64]
    significant: NDArray[np.bool_]
    mask: NDArray[np.bool_]
    n_used: int
    excluded: tuple[Excluded, ...]
    settings: HotspotNumbers

    @property
    def n_cells_tested(self) -> int:
        """Cells in the mask."""
        return int(self.mask.sum())


def hotspots(
    selection: Selection, grid: Grid, mask: NDArray[np.bool_], *, settings: HotspotNumbers
) -> Hotspots:
    """
    Find the cells around which more happens than chance would gather.

    Parameters
    ----------
    selection
        Precisely placed incidents, from `select`.
    grid
        Equal-area cells, 10 km by default.
    mask
        Inhabited, accessible cells, declared beforehand, shape (grid.n_cells,). An empty
        cell outside it is not evidence of calm.
    settings
        Radius, permutations, accepted rate, seed.

    Returns
    -------
    Hotspots
        Per-cell result. Without incidents, or with the same number in every cell,
        nothing is significant.

    Notes
    -----
    A cell keeps its own count and only its neighbours are tested, so one busy place among
    quiet ones is not a hotspot: a cluster takes several.
    """
    count, left_out = cell_counts(selection, grid, mask)
    kernel = disc_kernel(settings.radius_m / grid.cell_m)
    inside = grid.raster(mask, fill=False).astype(bool)
    counts = np.where(inside, grid.raster(count.astype(float), fill=0.0), 0.0)
    around = window_sums(counts, kernel)
    neighbours = window_sums(inside.astype(float), kernel)
    values = counts[inside]
    tails = permutation_tails(
        values,
        around[inside] - values,
        (neighbours[inside] - 1).astype(np.int64),
        n_draws=settings.draws,
        seed=settings.seed,
    )
    z = gi_star(counts, inside, kernel).ravel()[grid.cells]
    p = np.full(grid.n_cells, np.nan)
    p[mask] = tails.p_high
    q = benjamini_hochberg(p)
    significant = np.nan_to_num(q, nan=1.0) <= settings.q_max
    used = int(count[mask].sum())
    return Hotspots(
        count, z, p, q, significant, mask.copy(), used, (*selection.excluded, *left_out), settings
    )


def cell_counts(
    selection: Selection, grid: Grid, mask: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], tuple[Excluded, ...]]:
    """Count selected incidents per cell, shape (n_cells,), and those outside the area or the mask."""
    points = selection.used.geometry
    cell = grid.cell_at(points.x.to_numpy(), points.y.to_numpy())
    inside = cell >= 0
    count = np.bincount(cell[inside], minlength=grid.n_cells).astype(np.int64)
    outside = (
        (Exclusion.OUTSIDE_AREA, int((~inside).sum())),
        (Exclusion.OUTSIDE_MASK, int(count[~mask].sum())),
    )
    return count, tuple(Excluded(reason, n) for reason, n in outside if n)
