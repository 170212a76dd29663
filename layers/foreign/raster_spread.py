"""Spread: cells of a raster in any reference system, laid upon a grid of degrees without losing anyone."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS

from layers.foreign import limits
from layers.foreign.raster_ground import FINEST, Affine, Cut, Floats, Lattice, band_km2, lattice
from layers.foreign.reference import Box

_DEGREE_KM = 111.195
_PIECES, _FEW = 4, 200_000
"""Parts of a cell's side where there are few cells, and how many are few."""
_QUICK = 2
_TOUCHED = 1e-9
"""Part of a piece that has to lie in a cell of the grid for it to have a value."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Cells on a grid of degrees; NaN where no part of a cell with a value fell."""

    sums: Floats
    """Sums of the values, shape (rows, columns), from the north."""
    densities: Floats
    """Values by area [1/km²], shape (rows, columns)."""
    west: float
    north: float
    step: float
    by_area: float
    """Sum of the values times the area of their cells."""


def side_of(crs: CRS, affine: Affine, cut: Cut) -> float | None:
    """Return the side of a cell in the middle of what is kept [degrees], None where it has none."""
    first, after, _ = cut.columns[0]
    area = km2_of(crs, affine, (cut.top, cut.bottom), (first, after))
    return None if not area > 0 else math.sqrt(area) / _DEGREE_KM


def km2_of(crs: CRS, affine: Affine, rows: tuple[int, int], columns: tuple[int, int]) -> float:
    """Return the area of the cell in the middle of a window [km²], NaN where it lies nowhere."""
    row, column = sum(rows) // 2, sum(columns) // 2
    corners = lattice(crs, affine, np.array([column, column + 1.0]), np.array([row, row + 1.0]), None)
    return math.nan if corners is None else float(corners.km2[0, 0])


def spread(
    crs: CRS,
    affine: Affine,
    cut: Cut,
    factor: int,
    gathered: tuple[Floats, NDArray[np.bool_]],
    near: Box | None,
) -> Spread | None:
    """
    Lay cells upon a grid of degrees, None where the reference system does not lead there.

    Parameters
    ----------
    factor
        Cells of the file along the side of one of those gathered.
    gathered
        Sums, and whether there is a value, each of shape (rows, columns).

    Notes
    -----
    Each cell is parted into pieces, each taken for a rectangle of degrees and shared out among the cells of
    the grid that it overlaps, by its overlap: sums are kept to the last digits.
    """
    sums, filled = gathered
    rows, columns = sums.shape
    first = cut.columns[0][0]
    # The last row and column may hold fewer cells of the file than the rest: their corner is where they end.
    across = np.minimum(first + factor * np.arange(columns + 1.0), first + cut.width)
    down = np.minimum(cut.top + factor * np.arange(rows + 1.0), cut.bottom)
    middle = None if near is None else (near[0] + near[2] + (360.0 if near[2] < near[0] else 0.0)) / 2
    corners = lattice(crs, affine, across, down, middle)
    if corners is None:
        return None
    step = _step(corners)
    west = math.floor(float(corners.longitudes.min()) / step) * step
    north = math.ceil(float(corners.latitudes.max()) / step) * step
    shape = (
        math.floor((north - float(corners.latitudes.min())) / step) + 1,
        math.floor((float(corners.longitudes.max()) - west) / step) + 1,
    )
    if shape[0] * shape[1] > limits.RASTER_KEPT:
        return None
    values = np.diff(across)[None, :] * np.diff(down)[:, None]
    people = sums / values * corners.km2
    made, weighed, held = _laid(corners, (sums, people, filled), (west, north, step), shape)
    whole = band_km2(north - step * np.arange(shape[0] + 1), step)[:, None]
    return Spread(
        np.where(held, made, np.nan),
        np.where(held, weighed / whole, np.nan),
        west,
        north,
        step,
        float(people.sum()),
    )


def _step(corners: Lattice) -> float:
    """Return the side of the grid's cells [degrees]: about that of the cells laid upon it, and round."""
    area = float(np.median(corners.km2))
    return FINEST * max(1, round(math.sqrt(area) / _DEGREE_KM / FINEST))


def _laid(
    corners: Lattice,
    given: tuple[Floats, Floats, NDArray[np.bool_]],
    grid: tuple[float, float, float],
    shape: tuple[int, int],
) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """Return two sums of each cell of a grid, and whether any piece with a value fell there."""
    sums, people, filled = given
    west, north, step = grid
    parts = _PIECES if filled.size <= _FEW else _QUICK
    size = shape[0] * shape[1]
    made, weighed, held = np.zeros(size), np.zeros(size), np.zeros(size)
    share = parts**-2
    values, weights = sums[filled] * share, people[filled] * share
    x = _corners_of((corners.longitudes - west) / step, filled)
    y = _corners_of((north - corners.latitudes) / step, filled)
    half_x, half_y = _half_side(x, parts), _half_side(y, parts)
    for v in (np.arange(parts) + 0.5) / parts:
        for u in (np.arange(parts) + 0.5) / parts:
            across, along = _between(x, u, v), _between(y, u, v)
            for column, of_x in _overlapped(across - half_x, across + half_x, shape[1]):
                for row, of_y in _overlapped(along - half_y, along + half_y, shape[0]):
                    at, part = row * shape[1] + column, of_x * of_y
                    made += np.bincount(at, values * part, size)
                    weighed += np.bincount(at, weights * part, size)
                    held += np.bincount(at, part, size)
    return made.reshape(shape), weighed.reshape(shape), held.reshape(shape) > _TOUCHED


def _half_side(corners: tuple[Floats, Floats, Floats, Floats], parts: int) -> Floats:
    """Return half the side of a piece along one axis [cells of the grid]; less than half of one."""
    a, b, c, d = corners
    side = (np.abs(b - a) + np.abs(d - c) + np.abs(c - a) + np.abs(d - b)) / 2 / parts
    return np.minimum(side / 2, 0.5)


def _overlapped(low: Floats, high: Floats, cells: int) -> tuple[tuple[NDArray[np.int64], Floats], ...]:
    """Return the two cells of one axis in which a piece lies, which may be one, with its share in each."""
    first, second = np.floor(low), np.floor(high)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(second > first, (second - low) / (high - low), 1.0)
    return (
        (np.clip(first, 0, cells - 1).astype(np.int64), share),
        (np.clip(second, 0, cells - 1).astype(np.int64), 1.0 - share),
    )


def _corners_of(lattice_values: Floats, filled: NDArray[np.bool_]) -> tuple[Floats, Floats, Floats, Floats]:
    return (
        lattice_values[:-1, :-1][filled],
        lattice_values[:-1, 1:][filled],
        lattice_values[1:, :-1][filled],
        lattice_values[1:, 1:][filled],
    )


def _between(corners: tuple[Floats, Floats, Floats, Floats], u: float, v: float) -> Floats:
    """Return what lies between four corners, by shares from the first."""
    a, b, c, d = corners
    return (1 - v) * ((1 - u) * a + u * b) + v * ((1 - u) * c + u * d)
