"""
Zones: which share of each cell lies in which unit, and so what each unit adds up to.

A cell cut by a border belongs to both sides, by area. The shares are reckoned once, exactly,
and kept as a sparse matrix; a zonal sum is then one multiplication.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import geopandas as gpd
import numpy as np
import shapely
from numba import njit
from numpy.typing import NDArray
from scipy import sparse
from shapely.geometry.base import BaseGeometry

from layers.grid import Grid

SHARE_FLOOR = 1e-9
"""Shares of a cell below this are rounding, not land [share]."""

OVERLAP_REPORTED = 0.01
"""Overlap of units within one cell from which the cell is reported [share]."""


@dataclass(frozen=True, slots=True, eq=False)
class CellEdges:
    """Straight sides of several polygons; holes run the other way round than shells."""

    ends: NDArray[np.float64]
    """x and y of both ends of each side, shape (n_sides, 4)."""
    starts: NDArray[np.int64]
    """First side of each polygon, and the number of sides at the end, shape (n_polygons + 1,)."""


@dataclass(frozen=True, slots=True, eq=False)
class Zones:
    """Shares of the grid's cells in each unit of one level."""

    unit_ids: tuple[str, ...]
    shares: sparse.csr_array[np.float64] = field(repr=False)
    """Share of each cell in each unit; every covered cell's shares add up to 1, shape (n_units, n_cells)."""
    main_unit: NDArray[np.int32] = field(repr=False)
    """Position in `unit_ids` of the unit with the largest share, -1 for none, shape (n_cells,)."""
    uncovered: NDArray[np.int32] = field(repr=False)
    """Cells of the area that no unit touches; they count in no sum."""
    overlapping: NDArray[np.int32] = field(repr=False)
    """Cells in which units overlap by more than `OVERLAP_REPORTED`; each unit's share was scaled down."""

    def sums(self, values: NDArray[np.floating]) -> NDArray[np.float64]:
        """
        Add up per-cell `values` over each unit.

        Parameters
        ----------
        values
            One number, or k numbers, per cell, shape (n_cells,) or (n_cells, k); NaN
            where there are no data.

        Returns
        -------
        NDArray[np.float64]
            Sum of each unit over its cells with data, shape (n_units,) or (n_units, k);
            NaN where no cell of the unit has any.
        """
        values = np.asarray(values, dtype=np.float64)
        empty = np.isnan(values)
        known: NDArray[np.bool_] = np.diff(self.shares.indptr) > 0
        if empty.any():
            known = self.shares @ (~empty).astype(np.float64) > 0
            values = np.where(empty, 0.0, values)
        sums: NDArray[np.float64] = self.shares @ values
        sums[~known] = np.nan
        return sums


def zones(units: gpd.GeoDataFrame, grid: Grid) -> Zones:
    """
    Share the cells of `grid` among `units`.

    Parameters
    ----------
    units
        Valid polygons, indexed by `unit_id`, in the grid's reference system [m].
    grid
        Cells to share.

    Returns
    -------
    Zones
        Without units, no cell is covered. A unit without area has no shares and its sums
        are NaN. Ties for a cell's main unit go to the identifier that sorts first.

    Notes
    -----
    Shares are exact areas (signed trapezoids, accumulated side by side of the outline). They
    are then scaled so that each cell touched by a unit gives away its whole weight: at the
    country's edge the part of a cell that lies abroad, or in the gap between two digitised
    borders, follows the units that the cell touches, so that nobody in an inside cell is lost.
    """
    unit_ids = tuple(str(unit_id) for unit_id in units.index)
    areas = _cell_shares(units.geometry.to_numpy(), grid)
    totals = np.asarray(areas.sum(axis=0), dtype=np.float64)
    covered = totals > 0
    scale = np.divide(1.0, totals, out=np.zeros_like(totals), where=covered)
    shares = (areas @ sparse.diags_array(scale)).tocsr()
    return Zones(
        unit_ids=unit_ids,
        shares=shares,
        main_unit=_main_unit(shares, unit_ids),
        uncovered=np.flatnonzero(~covered).astype(np.int32),
        overlapping=np.flatnonzero(totals > 1 + OVERLAP_REPORTED).astype(np.int32),
    )


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


def lattice_shares(polygon: BaseGeometry, grid: Grid) -> NDArray[np.float64]:
    """Return the share of every square of the grid's rectangle in `polygon`, shape `grid.shape`."""
    edges = _on_lattice(polygon_edges(np.array([polygon], dtype=object)), grid)
    return area_shares(edges.ends, 0, grid.shape[0], 0, grid.shape[1])


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


def _on_lattice(edges: CellEdges, grid: Grid) -> CellEdges:
    """Return the sides in units of the grid's squares, rows counted from the north."""
    origin = np.array([grid.west_m, -grid.north_m] * 2)
    ends = (edges.ends * np.array([1, -1, 1, -1]) - origin) / grid.cell_m
    return CellEdges(ends, edges.starts)


def _cell_shares(polygons: NDArray[np.object_], grid: Grid) -> sparse.csr_array[np.float64]:
    """Return the share of each inside cell in each polygon, before any scaling."""
    edges = _on_lattice(polygon_edges(polygons), grid)
    starts, units, cells, shares = edges.starts, [], [], []
    rows, columns = grid.shape
    for unit in range(len(polygons)):
        ends = edges.ends[starts[unit] : starts[unit + 1]]
        if not len(ends):
            continue
        left, top = np.clip(np.floor(ends[:, :2].min(axis=0)), 0, (columns, rows)).astype(int)
        right, bottom = np.clip(np.ceil(ends[:, :2].max(axis=0)), 0, (columns, rows)).astype(int)
        window = area_shares(ends, int(top), int(bottom), int(left), int(right))
        cell = grid.lookup.reshape(grid.shape)[top:bottom, left:right]
        held = (window > 0) & (cell >= 0)
        units.append(np.full(np.count_nonzero(held), unit))
        cells.append(cell[held])
        shares.append(window[held])
    shape = (len(polygons), grid.n_cells)
    if not units:
        return sparse.csr_array(shape, dtype=np.float64)
    index = (np.concatenate(units), np.concatenate(cells))
    return sparse.coo_array((np.concatenate(shares), index), shape=shape).tocsr()


def _main_unit(shares: sparse.csr_array[np.float64], unit_ids: tuple[str, ...]) -> NDArray[np.int32]:
    """Return the unit with the largest share of each cell; -1 for none."""
    table = shares.tocoo()
    order = np.argsort(np.argsort(np.array(unit_ids, dtype=object), kind="stable"), kind="stable")
    unit, cell = table.coords
    # Shares equal but for rounding are a tie, and ties go by identifier.
    ranked = np.lexsort((order[unit], -np.round(table.data, 9), cell))
    first, at = np.unique(cell[ranked], return_index=True)
    main = np.full(shares.shape[1], -1, dtype=np.int32)
    main[first] = unit[ranked[at]]
    return main
