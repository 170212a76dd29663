"""Where pieces of land lie on a raster, in its columns and rows, across the antimeridian too."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from affine import Affine
from numpy.typing import NDArray
from pyproj import Transformer
from rasterio.io import DatasetReader

from layers.shares import CellEdges

_TORN = 1_000
"""Width of a piece, for the usual one, from which it is torn: no cell is so much wider than others."""


def on_raster(edges: CellEdges, to_source: Transformer, source: DatasetReader) -> CellEdges:
    """Return the sides in columns and rows of the raster; longitudes run on across the antimeridian."""
    points = edges.ends.reshape(-1, 2)
    x, y = to_source.transform(points[:, 0], points[:, 1])
    if source.crs.is_geographic and len(x):
        x = x[0] + np.mod(x - x[0] + 180.0, 360.0) - 180.0 if np.ptp(x) > 180.0 else x  # noqa: PLR2004  half round
    columns, rows = on_map(~source.transform, x, y)
    return CellEdges(np.column_stack([columns, rows]).reshape(-1, 4), edges.starts)


def on_map(
    transform: Affine, x: NDArray[np.floating], y: NDArray[np.floating]
) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    """Return the points after an affine transformation."""
    a, b, c, d, e, f = transform[:6]
    return a * x + b * y + c, d * x + e * y + f


def columns_round(source: DatasetReader) -> float:
    """Return how many columns go once round the globe, inf where the raster's columns do not go round."""
    a, b, _, d, _, _ = source.transform[:6]
    return 360.0 / abs(a) if source.crs.is_geographic and b == 0 == d else np.inf


def turns(source: DatasetReader, ends: NDArray[np.float64]) -> Iterator[NDArray[np.float64]]:
    """Yield the sides as they lie, and once round the globe either way, where the raster reaches them."""
    yield ends
    once = columns_round(source)
    if not np.isfinite(once) or not len(ends):
        return
    columns = ends[:, [0, 2]]
    for turn in (-once, once):
        if columns.max() + turn > 0 and columns.min() + turn < source.width:
            yield ends + np.array([turn, 0.0, turn, 0.0])


def is_torn(placed: CellEdges) -> bool:
    """Tell whether the raster's own edge of the world runs through a piece, so that it spans the raster."""
    filled = np.flatnonzero(np.diff(placed.starts))
    if not len(filled):
        return False
    columns = placed.ends[:, [0, 2]]
    # Where empty pieces are left out, each starts where the one before ends.
    least = np.minimum.reduceat(columns.min(axis=1), placed.starts[filled])
    most = np.maximum.reduceat(columns.max(axis=1), placed.starts[filled])
    return bool((most - least).max() > _TORN * float(np.median(most - least)))
