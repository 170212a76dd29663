"""How much more happens around a cell than around cells in general? Getis-Ord Gi* on a grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.fft import irfft2, next_fast_len, rfft2

if TYPE_CHECKING:
    from numpy.typing import NDArray

NO_SPREAD = 1e-9
"""Below this the weights of a cell leave nothing to compare: its window holds the whole mask."""

EXACT_SUM_LIMIT = 2.0**40
"""Above this sum the transform's own error could reach half a count, so it is not rounded."""


def disc_kernel(radius_cells: float) -> NDArray[np.float64]:
    """
    Return the cells whose centre lies within a distance of the middle one, as 1.

    Parameters
    ----------
    radius_cells
        Radius [cells], inclusive.

    Examples
    --------
    >>> disc_kernel(1.0).astype(int).tolist()
    [[0, 1, 0], [1, 1, 1], [0, 1, 0]]
    """
    reach = int(np.floor(radius_cells + 1e-9))
    steps = np.arange(-reach, reach + 1)
    return (steps[:, None] ** 2 + steps[None, :] ** 2 <= radius_cells**2 + 1e-9).astype(float)


def window_sums(values: NDArray[np.float64], kernel: NDArray[np.float64]) -> NDArray[np.float64]:
    """
    Sum `values` around every cell, weighted by `kernel`.

    Parameters
    ----------
    values
        Shape (..., rows, columns); 0 where nothing counts.
    kernel
        Odd in both sides, centred; beyond the edge of the raster there is nothing.

    Returns
    -------
    NDArray
        Shape of `values`. Exact where both hold whole numbers.
    """
    rows, columns = values.shape[-2:]
    # Flipped, so that an uneven kernel is laid on the map as drawn, not mirrored.
    flipped = kernel[::-1, ::-1]
    padded = (
        next_fast_len(rows + kernel.shape[0] - 1, real=True),
        next_fast_len(columns + kernel.shape[1] - 1, real=True),
    )
    sums = irfft2(rfft2(values, padded) * rfft2(flipped, padded), padded)
    top, left = kernel.shape[0] // 2, kernel.shape[1] // 2
    around: NDArray[np.float64] = sums[..., top : top + rows, left : left + columns]
    if _whole(values) and _whole(kernel) and np.abs(values).sum() * np.abs(kernel).max() < EXACT_SUM_LIMIT:
        return np.rint(around)
    return around


def _whole(values: NDArray[np.float64]) -> bool:
    """Tell whether all values are whole numbers."""
    return bool(np.all(values == np.rint(values)))


def gi_star(
    counts: NDArray[np.float64], mask: NDArray[np.bool_], kernel: NDArray[np.float64]
) -> NDArray[np.float64]:
    """
    Getis-Ord Gi* of every cell in the mask, as a standard score.

    Parameters
    ----------
    counts
        Incidents per cell, shape (rows, columns).
    mask
        Cells compared, declared before looking at the counts, shape (rows, columns).
    kernel
        Weights around a cell, itself included; odd in both sides.

    Returns
    -------
    NDArray
        z, shape (rows, columns). NaN outside the mask and where nothing can be compared:
        all counts equal, or a window that holds the whole mask.

    Notes
    -----
    z = (Σwx - x̄W) / (S √((nS1 - W²)/(n - 1))), W = Σw, S1 = Σw² (Ord and Getis 1995). Sums run
    over cells of the mask only, so a cell at the border is judged by the neighbours it has.
    """
    inside = mask.astype(float)
    values = np.where(mask, counts, 0.0)
    n = int(mask.sum())
    z = np.full(counts.shape, np.nan)
    if n < 2:  # noqa: PLR2004 - one cell has nothing to be compared with
        return z
    mean = values[mask].mean()
    deviation = values[mask].std()
    weight = window_sums(inside, kernel)
    weight_squared = window_sums(inside, kernel**2)
    spread = np.maximum(n * weight_squared - weight**2, 0.0) / (n - 1)
    known = mask & (spread > NO_SPREAD) & (deviation > 0)
    excess = window_sums(values, kernel) - mean * weight
    z[known] = excess[known] / (deviation * np.sqrt(spread[known]))
    return z
