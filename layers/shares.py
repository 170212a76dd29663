"""Which share of each square of a lattice lies inside a polygon, exactly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numba import njit
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

SHARE_FLOOR = 1e-9
"""Shares of a cell below this are rounding, not land [share]."""


@dataclass(frozen=True, slots=True, eq=False)
class CellEdges:
    """Straight sides of several polygons; holes run the other way round than shells."""

    ends: NDArray[np.float64]
    """x and y of both ends of each side, shape (n_sides, 4)."""
    starts: NDArray[np.int64]
    """First side of each polygon, and the number of sides at the end, shape (n_polygons + 1,)."""


def polygon_edges(polygons: NDArray[np.object_]) -> CellEdges:
    """
    Take polygons apart into their sides, for `area_shares`.

    Lines and points among the parts of a collection have no area and are left out; so are
    missing and empty geometries, which then have no side.
    """
    parts, owner = np.asarray(polygons, dtype=object), np.arange(len(polygons))
    while np.isin(shapely.get_type_id(parts), (6, 7)).any():
        parts, inner = shapely.get_parts(parts, return_index=True)
        owner = owner[inner]
    flat = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    parts, owner = shapely.orient_polygons(parts[flat]), owner[flat]
    rings, inner = shapely.get_rings(parts, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    side = np.flatnonzero(ring[1:] == ring[:-1])
    starts = np.searchsorted(owner[inner][ring[side]], np.arange(len(polygons) + 1))
    return CellEdges(np.hstack([points[side], points[side + 1]]), starts.astype(np.int64))


def lattice_shares(
    polygon: BaseGeometry, west_m: float, north_m: float, cell_m: float, shape: tuple[int, int]
) -> NDArray[np.float64]:
    """Return the share of every square of a rectangle of squares in `polygon`, of that shape."""
    edges = on_lattice(polygon_edges(np.array([polygon], dtype=object)), west_m, north_m, cell_m)
    return area_shares(edges.ends, 0, shape[0], 0, shape[1])


def on_lattice(edges: CellEdges, west_m: float, north_m: float, cell_m: float) -> CellEdges:
    """Return the sides in units of squares of side `cell_m` [m], rows counted from the north."""
    origin = np.array([west_m, -north_m] * 2)
    ends = (edges.ends * np.array([1, -1, 1, -1]) - origin) / cell_m
    return CellEdges(ends, edges.starts)


@njit(cache=True, nogil=True)
def area_shares(
    ends: NDArray[np.float64], top: int, bottom: int, left: int, right: int
) -> NDArray[np.float64]:
    """
    Find how much of each unit square lies inside one polygon.

    Parameters
    ----------
    ends
        Sides of the polygon, shape (n_sides, 4), in units of squares: x counts columns
        from the left, y counts rows downwards.
    top, bottom, left, right
        Rows and columns wanted; the last of each is not included.

    Returns
    -------
    NDArray[np.float64]
        Share of each square inside the polygon, shape (bottom - top, right - left).

    Notes
    -----
    Each side adds, to every square right of it, the height it spans there; summed along
    the row this is the exact area, as in scan conversion of letters. Sides above, below or
    right of the window add nothing; sides left of it add to the whole row. A pass costs the
    number of squares crossed by sides plus the number of squares in the window.
    """
    n_rows, n_columns = bottom - top, right - left
    heights = np.zeros((n_rows, n_columns + 1))
    for x0, y0, x1, y1 in ends:
        _add_side(heights, x0 - left, y0 - top, x1 - left, y1 - top)
    for row in range(n_rows):
        running = 0.0
        for column in range(n_columns):
            running += heights[row, column]
            share = abs(running)
            heights[row, column] = 0.0 if share < SHARE_FLOOR else min(share, 1.0)
    return heights[:, :n_columns]


@njit(cache=True, nogil=True)
def _add_side(heights: NDArray[np.float64], x0: float, y0: float, x1: float, y1: float) -> None:
    """Add one side, row by row, to the heights it spans."""
    if y0 == y1:
        return
    sign = 1.0
    if y0 > y1:
        x0, y0, x1, y1, sign = x1, y1, x0, y0, -1.0
    n_rows = heights.shape[0]
    slope = (x1 - x0) / (y1 - y0)
    from_y, to_y = max(y0, 0.0), min(y1, float(n_rows))
    from_x = x0 + slope * (from_y - y0)
    row = int(from_y)
    while from_y < to_y:
        end_y = min(row + 1.0, to_y)
        end_x = x1 if end_y == y1 else x0 + slope * (end_y - y0)
        _add_span(heights[row], from_x, end_x, sign * (end_y - from_y))
        from_y, from_x = end_y, end_x
        row += 1


@njit(cache=True, nogil=True)
def _add_span(heights: NDArray[np.float64], from_x: float, to_x: float, height: float) -> None:
    """Add a side's span within one row: split where it crosses columns."""
    n_columns = heights.shape[0] - 1
    low, high = min(from_x, to_x), max(from_x, to_x)
    if low >= n_columns:
        return
    if high <= 0.0:
        heights[0] += height
        return
    per_column = height / (high - low) if high > low else 0.0
    if low < 0.0:
        heights[0] -= per_column * low
        height += per_column * low
        low = 0.0
    if high > n_columns:
        height -= per_column * (high - n_columns)
        high = float(n_columns)
    column = int(low)
    while high > column + 1.0:
        part = per_column * (column + 1.0 - low)
        right = column + 1.0 - 0.5 * (low + column + 1.0)
        heights[column] += part * right
        heights[column + 1] += part * (1.0 - right)
        height -= part
        column += 1
        low = float(column)
    right = column + 1.0 - 0.5 * (low + high)
    heights[column] += height * right
    heights[column + 1] += height * (1.0 - right)
