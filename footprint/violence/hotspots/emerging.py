"""Is a place newly hot, hot throughout, fading, or hot only in one season?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from footprint.method import HotspotNumbers
from footprint.violence.hotspots.classes import classify
from footprint.violence.hotspots.gistar import disc_kernel, window_sums
from footprint.violence.hotspots.permutation import benjamini_hochberg, permutation_tails
from footprint.violence.hotspots.trend import Trend, mann_kendall
from footprint.violence.selection import Excluded, Exclusion, Selection

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from layers.grid import Grid


@dataclass(frozen=True, slots=True, eq=False)
class Emerging:
    """
    Class of every cell over the years.

    Attributes
    ----------
    pattern
        `Pattern` of each cell, shape (n_cells,); NONE outside the mask.
    z
        Gi* score per cell and year, shape (n_cells, n_years); NaN outside the mask.
    hot, cold
        Significant years, shape (n_cells, n_years).
    trend
        Mann-Kendall test of each cell's scores, shape (n_cells,).
    years
        Calendar years.
    excluded
        Incidents left out, by reason.
    """

    pattern: NDArray[np.object_]
    z: NDArray[np.float64]
    hot: NDArray[np.bool_]
    cold: NDArray[np.bool_]
    trend: Trend
    years: tuple[int, ...]
    excluded: tuple[Excluded, ...]
    settings: HotspotNumbers


def emerging(
    selection: Selection,
    grid: Grid,
    mask: NDArray[np.bool_],
    *,
    recurrent: NDArray[np.bool_] | None = None,
    settings: HotspotNumbers,
) -> Emerging:
    """
    Classify cells by their history of hot and cold years.

    Parameters
    ----------
    selection
        Precisely placed incidents, from `select`.
    grid, mask
        Cells and the declared mask, as for `hotspots`.
    recurrent
        Cells in which a recurrent season was found, shape (n_cells,). Tested first: they are
        *seasonal recurrent* whatever their years say.
    settings
        Radius, permutations, accepted rate, trend level.

    Returns
    -------
    Emerging
        One class per cell. Only whole calendar years of the period count, since half
        a year would look cold; incidents of the others are excluded as outside the period.

    Notes
    -----
    A bin is a cell in a year; its neighbours are the disc around it in the same year and
    in the one before. Every bin is compared with all bins of the cube, and the false discovery rate
    is held over all bins, hot and cold apart.
    """
    years = _whole_years(selection)
    cube, left_out = _cube(selection, grid, mask, years)
    inside = grid.raster(mask, fill=False).astype(bool)
    z = np.full((grid.n_cells, len(years)), np.nan)
    hot, cold = np.zeros(z.shape, bool), np.zeros(z.shape, bool)
    if years and mask.any():
        z[mask], hot[mask], cold[mask] = _bins(cube, inside, grid.cell_m, settings)
    trend = mann_kendall(z)
    seasonal = None if recurrent is None else recurrent & mask
    pattern = classify(hot, cold, trend, recurrent=seasonal, trend_p_max=settings.trend_p_max)
    return Emerging(pattern, z, hot, cold, trend, years, (*selection.excluded, *left_out), settings)


def _whole_years(selection: Selection) -> tuple[int, ...]:
    """Return the calendar years that lie wholly in the period asked for."""
    first, last = selection.incident_filter.first, selection.incident_filter.last
    start = first.year + ((first.month, first.day) != (1, 1))
    stop = last.year + ((last.month, last.day) == (12, 31))
    return tuple(range(start, stop))


def _cube(
    selection: Selection, grid: Grid, mask: NDArray[np.bool_], years: tuple[int, ...]
) -> tuple[NDArray[np.float64], tuple[Excluded, ...]]:
    """Count incidents per year and cell of the mask, shape (n_years, rows, columns), and those left out."""
    used = selection.used
    cell = grid.cell_at(used.geometry.x.to_numpy(), used.geometry.y.to_numpy())
    step = used["year"].to_numpy() - (years[0] if years else 0)
    in_year = (step >= 0) & (step < len(years))
    in_mask = (cell >= 0) & mask[cell]
    flat = np.zeros((len(years), grid.shape[0] * grid.shape[1]))
    good = in_year & in_mask
    np.add.at(flat, (step[good], grid.cells[cell[good]]), 1.0)
    left_out = (
        (Exclusion.OUTSIDE_PERIOD, int((~in_year).sum())),
        (Exclusion.OUTSIDE_AREA, int((in_year & (cell < 0)).sum())),
        (Exclusion.OUTSIDE_MASK, int((in_year & (cell >= 0) & ~in_mask).sum())),
    )
    return flat.reshape(len(years), *grid.shape), tuple(Excluded(reason, n) for reason, n in left_out if n)


def _bins(
    cube: NDArray[np.float64], inside: NDArray[np.bool_], cell_m: float, settings: HotspotNumbers
) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.bool_]]:
    """Return score, hot and cold of every bin in the mask, shape (n_mask, n_years)."""
    kernel = disc_kernel(settings.radius_m / cell_m)
    values = cube[:, inside]
    around = _with_steps_back(window_sums(cube, kernel)[:, inside], settings.steps_back)
    disc = window_sums(inside.astype(float), kernel)[inside]
    weight = _with_steps_back(np.broadcast_to(disc, values.shape), settings.steps_back)
    tails = permutation_tails(
        values.ravel(),
        (around - values).ravel(),
        (weight - 1).ravel().astype(np.int64),
        n_draws=settings.draws,
        seed=settings.seed,
    )
    hot = benjamini_hochberg(tails.p_high) <= settings.q_max
    cold = benjamini_hochberg(tails.p_low) <= settings.q_max
    z = _scores(values, around, weight)
    return z.T, hot.reshape(values.shape).T, cold.reshape(values.shape).T


def _with_steps_back(sums: NDArray[np.float64], steps: int) -> NDArray[np.float64]:
    """Add the sums of the `steps` years before to each year's, shape (n_years, n_mask)."""
    total = np.array(sums, dtype=float)
    for step in range(1, min(steps, len(sums) - 1) + 1):
        total[step:] += sums[:-step]
    return total


def _scores(
    values: NDArray[np.float64], around: NDArray[np.float64], weight: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return Gi* of each bin among all bins, weights being 1, shape (n_years, n_mask)."""
    n, deviation = values.size, values.std()
    spread = np.maximum(n * weight - weight**2, 0.0) / max(n - 1, 1)
    scale = deviation * np.sqrt(spread)
    excess = around - values.mean() * weight
    z = np.full(values.shape, np.nan)
    np.divide(excess, scale, out=z, where=scale > 0)
    return z
