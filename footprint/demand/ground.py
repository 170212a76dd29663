"""Ground: people, cells and units, as demand is spread over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy import signal

from layers.grid import Grid
from layers.zones import Zones

_THOUSAND = 1000.0


@dataclass(frozen=True, eq=False)
class Ground:
    """People of each cell and the units they live in."""

    grid: Grid
    people: NDArray[np.float64] = field(repr=False)
    """People of each cell [persons], NaN where unknown, shape (n_cells,)."""
    districts: Zones = field(repr=False)
    regions: Zones = field(repr=False)
    district_shapes: NDArray[np.object_] = field(repr=False)
    """Polygon of each district, in the order of `districts.unit_ids`."""
    region_shapes: NDArray[np.object_] = field(repr=False)

    @cached_property
    def known(self) -> NDArray[np.bool_]:
        """Whether a cell's people are known, shape (n_cells,)."""
        return np.isfinite(self.people)

    @cached_property
    def thousands(self) -> NDArray[np.float64]:
        """Thousands of people of each cell, 0 where unknown, shape (n_cells,)."""
        return np.nan_to_num(self.people) / _THOUSAND

    @cached_property
    def district_thousands(self) -> NDArray[np.float64]:
        """Thousands of people of each district, shape (n_districts,)."""
        return np.asarray(self.districts.shares @ self.thousands)

    @cached_property
    def region_thousands(self) -> NDArray[np.float64]:
        """Thousands of people of each region, shape (n_regions,)."""
        return np.asarray(self.regions.shares @ self.thousands)

    @cached_property
    def region_of(self) -> NDArray[np.int64]:
        """Region that holds most of each district, -1 for none, shape (n_districts,)."""
        if not self.regions.unit_ids:
            return np.full(len(self.districts.unit_ids), -1)
        # In the order of identifiers, so that ties do not go by the order of rows.
        order = np.argsort(np.array(self.regions.unit_ids, dtype=object), kind="stable")
        common = np.round((self.regions.land @ self.districts.land.T).toarray()[order], 9)
        return np.where(common.any(axis=0), order[common.argmax(axis=0)], -1)

    def district_at(self, x_m: NDArray[np.float64], y_m: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return the district of each point [m], the nearest where none holds it, shape (n_points,)."""
        return _unit_at(self.districts.unit_ids, self.district_shapes, x_m, y_m)

    def region_at(self, x_m: NDArray[np.float64], y_m: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return the region of each point [m], the nearest where none holds it, shape (n_points,)."""
        return _unit_at(self.regions.unit_ids, self.region_shapes, x_m, y_m)

    def around(self, cell: int, cut_m: float) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """Return the cells whose centres lie within `cut_m` of a cell's, and their distances [m]."""
        grid, reach = self.grid, int(cut_m // self.grid.cell_m)
        row, column = divmod(int(grid.cells[cell]), grid.shape[1])
        rows = np.arange(max(row - reach, 0), min(row + reach + 1, grid.shape[0]))
        columns = np.arange(max(column - reach, 0), min(column + reach + 1, grid.shape[1]))
        away = grid.cell_m * np.hypot(rows[:, None] - row, columns[None, :] - column)
        cells = grid.lookup.reshape(grid.shape)[np.ix_(rows, columns)]
        near = (cells >= 0) & (away <= cut_m)
        return cells[near], away[near]

    def neighbourhood(
        self, values: NDArray[np.float64], *, sigma_km: float, cut_km: float
    ) -> NDArray[np.float64]:
        """
        Add up values over each cell's neighbourhood.

        Parameters
        ----------
        values
            One number per cell, shape (n_cells,).
        sigma_km
            Spread of the Gaussian, which weighs a cell's own value by 1 [km].
        cut_km
            Distance between centres up to which cells count, inclusive [km].

        Returns
        -------
        ndarray
            A sum, not a mean: four cells of half the side give what one gave, shape (n_cells,).
        """
        if not values.any():
            return np.zeros(len(values))
        reach = int(1000 * cut_km // self.grid.cell_m)
        steps = np.arange(-reach, reach + 1)
        away_km = np.hypot(steps[:, None], steps[None, :]) * self.grid.cell_m / 1000
        kernel = np.where(away_km <= cut_km, np.exp(-0.5 * (away_km / sigma_km) ** 2), 0.0)
        summed = signal.oaconvolve(self.grid.raster(values, 0.0), kernel, mode="same")
        return np.maximum(summed.ravel()[self.grid.cells], 0.0)

    def over_people(self, unit: Zones, weight: NDArray[np.float64]) -> NDArray[np.float64]:
        """
        Spread weights of units over their people, by land where nobody in a unit lives.

        Parameters
        ----------
        unit
            `districts` or `regions`.
        weight
            Weight of each unit, shape (n_units,); none for a unit whose people nobody knows.
        """
        by_people, by_land = np.nan_to_num(self.people), self.known.astype(np.float64)
        lived, land = np.asarray(unit.shares @ by_people), np.asarray(unit.land @ by_land)
        per_head = np.divide(weight, lived, out=np.zeros(len(lived)), where=lived > 0)
        per_cell = np.divide(weight, land, out=np.zeros(len(land)), where=(lived <= 0) & (land > 0))
        return np.asarray(by_people * (unit.shares.T @ per_head) + by_land * (unit.land.T @ per_cell))

    def mixed(self, unit: Zones, values: NDArray[np.float64], fallback: float) -> NDArray[np.float64]:
        """Return the mean of its units' values in each cell, by share; `fallback` in a cell of none."""
        covered = np.asarray(unit.shares.sum(axis=0)) > 0
        return np.where(covered, np.asarray(unit.shares.T @ values), fallback)


def _unit_at(
    unit_ids: Sequence[str], shapes: NDArray[np.object_], x_m: NDArray[np.float64], y_m: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Return the unit that holds each point, the nearest where none does; ties go by identifier."""
    unit_of = np.full(len(x_m), -1, dtype=np.int64)
    there = np.array([shape is not None and not shape.is_empty for shape in shapes], dtype=bool)
    if not len(x_m) or not there.any():
        return unit_of
    numbers = np.flatnonzero(there)
    rank = np.argsort(np.argsort(np.array(unit_ids, dtype=object)[numbers], kind="stable"), kind="stable")
    point, unit = _touched_or_nearest(shapes[there], shapely.points(x_m, y_m))
    order = np.lexsort((-rank[unit], point))
    # The last written wins: the identifier that sorts first.
    unit_of[point[order]] = numbers[unit[order]]
    return unit_of


def _touched_or_nearest(
    shapes: NDArray[np.object_], points: NDArray[np.object_]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return pairs of points and the shapes at the least distance: none where a shape holds the point."""
    shapely.prepare(shapes)
    tree = shapely.STRtree(shapes)
    point, shape = tree.query(points)
    # Whether a prepared shape holds a point is known at once; distances to long outlines are not.
    held = shapely.intersects(shapes[shape], points[point])
    point, shape = point[held], shape[held]
    rest = np.setdiff1d(np.arange(len(points)), point)
    lost, nearest = tree.query_nearest(points[rest], all_matches=True)
    return np.concatenate([point, rest[lost]]), np.concatenate([shape, nearest])
