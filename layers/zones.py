"""
Zones: which share of each cell counts in which unit, and so what each unit adds up to.

A cell cut by a border belongs to both sides, by the people on each side as the population raster has
them, and by area where it has none. The shares are reckoned once, exactly, and kept as a sparse matrix;
a zonal sum is then one multiplication.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from scipy import sparse

from layers.grid import Grid
from layers.shares import area_shares, on_lattice, polygon_edges

OVERLAP_REPORTED = 0.01
"""Overlap of units within one cell from which the cell is reported [share]."""


@dataclass(frozen=True, slots=True, eq=False)
class Zones:
    """Shares of the grid's cells in each unit of one level."""

    unit_ids: tuple[str, ...]
    shares: sparse.csr_array[np.float64] = field(repr=False)
    """Share of each cell's people in each unit; those of a covered cell add up to 1, (n_units, n_cells)."""
    land: sparse.csr_array[np.float64] = field(repr=False)
    """Share of each cell's land in each unit, in the same shape: the same where nobody counted people."""
    main_unit: NDArray[np.int32] = field(repr=False)
    """Position in `unit_ids` of the unit with most of its land, -1 for none, shape (n_cells,)."""
    uncovered: NDArray[np.int32] = field(repr=False)
    """Cells of the area that no unit touches; they count in no sum."""
    overlapping: NDArray[np.int32] = field(repr=False)
    """Cells in which units overlap by more than `OVERLAP_REPORTED`; each unit's share was scaled down."""
    outside: NDArray[np.bool_] = field(repr=False)
    """
    Units that lie mostly outside the area, of which nothing is known, shape (n_units,). Their cells at the
    border count in larger wholes, never for them.
    """

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
            NaN where no cell of the unit has any, or the unit lies mostly outside.
        """
        values = np.asarray(values, dtype=np.float64)
        empty = np.isnan(values)
        known: NDArray[np.bool_] = np.diff(self.shares.indptr) > 0
        if empty.any():
            known = self.shares @ (~empty).astype(np.float64) > 0
            values = np.where(empty, 0.0, values)
        sums: NDArray[np.float64] = self.shares @ values
        sums[~known] = np.nan
        sums[self.outside] = np.nan
        return sums


@dataclass(frozen=True, slots=True, eq=False)
class BorderPieces:
    """The pieces into which the borders of units cut cells."""

    unit: NDArray[np.int32]
    """Position of each piece's unit."""
    cell: NDArray[np.int32]
    """Cell number of each piece."""
    land: NDArray[np.object_]
    """Each piece as a polygon [m]."""


def border_pieces(units: gpd.GeoDataFrame, grid: Grid) -> BorderPieces:
    """
    Cut the cells that several units meet along their borders.

    Parameters
    ----------
    units
        Valid polygons, in the grid's reference system [m].
    grid
        Cells to cut.
    """
    polygons = units.geometry.to_numpy()
    areas = _cell_shares(polygons, grid).tocsc()
    cut = np.diff(areas.indptr) > 1
    unit, cell = areas.tocoo().coords
    unit, cell = unit[cut[cell]], cell[cut[cell]]
    row, half = grid.rows[cell], grid.cell_m / 2
    # Row by row first: a long border is then cut against each cell in few of its points.
    strips, strip = np.unique(np.stack([unit, row], axis=1), axis=0, return_inverse=True)
    north_m = grid.north_m - strips[:, 1] * grid.cell_m
    east_m = grid.west_m + grid.shape[1] * grid.cell_m
    rows = shapely.box(grid.west_m, north_m - grid.cell_m, east_m, north_m)
    belts = np.asarray(shapely.intersection(polygons[strips[:, 0]], rows), dtype=object)
    x_m, y_m = grid.x_m[cell], grid.y_m[cell]
    boxes = shapely.box(x_m - half, y_m - half, x_m + half, y_m + half)
    land = np.asarray(shapely.intersection(belts[strip.reshape(-1)], boxes), dtype=object)
    return BorderPieces(unit.astype(np.int32), cell.astype(np.int32), land)


def zones(
    units: gpd.GeoDataFrame,
    grid: Grid,
    people: sparse.csr_array[np.float64] | None = None,
    *,
    outside: Collection[str] = (),
) -> Zones:
    """
    Share the cells of `grid` among `units`.

    Parameters
    ----------
    units
        Valid polygons, indexed by `unit_id`, in the grid's reference system [m].
    grid
        Cells to share.
    people
        People of each unit in the cells that borders cut, 0 elsewhere, shape (n_units, n_cells); if
        left out, and where nobody lives, cells are shared by area.
    outside
        Identifiers of units that lie mostly outside the area, from `layers.inside.mostly_outside`.

    Returns
    -------
    Zones
        Without units, no cell is covered. A unit without area has no shares and its sums
        are NaN. Ties for a cell's main unit go to the identifier that sorts first.

    Notes
    -----
    Areas are exact (signed trapezoids, accumulated side by side of the outline). Shares are
    scaled so that each cell touched by a unit gives away its whole weight: at the country's edge
    the part of a cell that lies abroad, or in the gap between two digitised borders, follows the
    units that the cell touches, so that nobody in an inside cell is lost. By area alone a capital at its
    region's border gave the region round it people that grew with the size of the cells: 3.38, 3.55 and
    3.87 million with cells of 2.5, 5 and 10 km, where the raster itself has 3.29.
    """
    unit_ids = tuple(str(unit_id) for unit_id in units.index)
    areas = _cell_shares(units.geometry.to_numpy(), grid)
    totals = np.asarray(areas.sum(axis=0), dtype=np.float64)
    covered = totals > 0
    scale = np.divide(1.0, totals, out=np.zeros_like(totals), where=covered)
    by_area = (areas @ sparse.diags_array(scale)).tocsr()
    return Zones(
        unit_ids=unit_ids,
        shares=by_area if people is None else _by_people(by_area, people),
        land=by_area,
        main_unit=_main_unit(by_area, unit_ids),
        uncovered=np.flatnonzero(~covered).astype(np.int32),
        overlapping=np.flatnonzero(totals > 1 + OVERLAP_REPORTED).astype(np.int32),
        outside=np.isin(np.array(unit_ids, dtype=object), [*outside]),
    )


def _cell_shares(polygons: NDArray[np.object_], grid: Grid) -> sparse.csr_array[np.float64]:
    """Return the share of each inside cell in each polygon, before any scaling."""
    edges = on_lattice(polygon_edges(polygons), grid.west_m, grid.north_m, grid.cell_m)
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


def _by_people(
    by_area: sparse.csr_array[np.float64], people: sparse.csr_array[np.float64]
) -> sparse.csr_array[np.float64]:
    """Return the shares with those of cut cells by people, where anybody lives in them."""
    totals = np.asarray(people.sum(axis=0), dtype=np.float64)
    lived = totals > 0
    kept = by_area @ sparse.diags_array((~lived).astype(np.float64))
    shared = people @ sparse.diags_array(np.divide(1.0, totals, out=np.zeros_like(totals), where=lived))
    shares = sparse.csr_array(kept + shared)
    shares.eliminate_zeros()
    return shares


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
