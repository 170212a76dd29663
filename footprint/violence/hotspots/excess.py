"""Where does more happen than the people living there would explain? Circles held against population."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numba
import numpy as np

from footprint.method import HotspotNumbers
from footprint.violence.hotspots.clusters import cell_counts
from footprint.violence.hotspots.verdict import Verdict
from footprint.violence.selection import Excluded, Selection, together

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from layers.grid import Grid


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """A circle that holds more incidents than its people would explain."""

    cell: int
    """Cell of the grid in its middle."""
    radius_km: float
    count: int
    expected: float
    """Incidents its share of the people would bring [incidents]."""
    people: float
    """People within [persons]."""
    p: float
    """Chance that the best circle of a world dealt out by people stands out as much."""


@dataclass(frozen=True, slots=True, eq=False)
class Excess:
    """
    Circles with more incidents than their people would explain, none overlapping another.

    Attributes
    ----------
    circles
        Those with p at most the accepted one, the clearest first.
    inside
        Circle of each cell of the grid, -1 for none, shape (n_cells,).
    n_used
        Incidents that took part.
    excluded
        Incidents left out, by reason; with `n_used`, all of them.
    verdict
        `CANNOT_TELL` with too few incidents, or where no people are known.
    best_p
        The smallest p of any circle; NaN where nothing can be told.
    """

    circles: tuple[Circle, ...]
    inside: NDArray[np.int64]
    n_used: int
    excluded: tuple[Excluded, ...]
    verdict: Verdict
    best_p: float
    settings: HotspotNumbers


@dataclass(frozen=True, slots=True, eq=False)
class _Discs:
    """Rings around the cells compared: their places, and what each circle holds of the people."""

    places: NDArray[np.int64]
    """Row and column of each cell compared, shape (n, 2)."""
    lookup: NDArray[np.int64]
    """Number of the cell compared at each place, -1 elsewhere, shape (rows, columns)."""
    offsets: NDArray[np.int64]
    """Row, column and number of the smallest circle of every cell in the largest circle, shape (m, 3)."""
    n_radii: int

    def held(self, amounts: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return what each circle holds of amounts per cell, shape (n_radii, n)."""
        cells = np.flatnonzero(amounts)
        held = np.zeros((self.n_radii, len(self.places)))
        _fill(held, cells, amounts[cells], (self.places, self.lookup, self.offsets))
        return held


def excess(
    selection: Selection,
    grid: Grid,
    mask: NDArray[np.bool_],
    people: NDArray[np.float64],
    *,
    settings: HotspotNumbers,
) -> Excess:
    """
    Find circles that hold more incidents than their people would explain.

    Parameters
    ----------
    selection
        Precisely placed incidents, from `select`.
    grid, mask
        Cells, and those compared, as for `hotspots`.
    people
        People per cell, shape (grid.n_cells,) [persons].
    settings
        Radii, draws, accepted p, seed.

    Returns
    -------
    Excess
        The clearest circle, then the clearest of those that touch none named before, and so on.

    Notes
    -----
    Circular scan after Kulldorff (1997): the ratio of a circle is c ln(c/e) + (N-c) ln((N-c)/(N-e)) where
    it holds c of N incidents and its people would bring e < c. In each draw the *observed counts of
    cells* are dealt anew to cells drawn by people, so that a massacre, or a town with two hundred incidents,
    moves as one piece; to deal incidents one by one cries wolf on counts that come in lumps. p is the
    rank of a circle's ratio among the largest ratio of each draw, so it allows for all circles at once.
    """
    count, left_out = cell_counts(selection, grid, mask)
    counts, here = count[mask].astype(float), np.nan_to_num(people[mask])
    used, excluded = int(counts.sum()), together((*selection.excluded, *left_out))
    nowhere = np.full(grid.n_cells, -1, np.int64)
    if used < settings.events_min or here.sum() <= 0:
        return Excess((), nowhere, used, excluded, Verdict.CANNOT_TELL, float("nan"), settings)
    discs = _discs(grid, mask, settings)
    within = discs.held(here)
    expected = within * (used / here.sum())
    held = discs.held(counts)
    ratio = _ratios(held, expected, float(used))
    p = _ranks(ratio, _largest_of_draws(counts, here, discs, expected, settings))
    chosen = _apart(ratio, p, discs.places, settings, grid.cell_m)
    cells = np.flatnonzero(mask)
    circles, inside = [], nowhere
    for number, (radius, middle) in enumerate(chosen):
        circles.append(
            Circle(
                cell=int(cells[middle]),
                radius_km=settings.scan_radii_km[radius],
                count=int(held[radius, middle]),
                expected=float(expected[radius, middle]),
                people=float(within[radius, middle]),
                p=float(p[radius, middle]),
            )
        )
        apart = np.hypot(*(discs.places - discs.places[middle]).T) * grid.cell_m
        inside[cells[apart <= 1000 * settings.scan_radii_km[radius] + 1e-6]] = number
    verdict = Verdict.FOUND if circles else Verdict.NONE_STANDS_OUT
    return Excess(tuple(circles), inside, used, excluded, verdict, float(p.min()), settings)


def _discs(grid: Grid, mask: NDArray[np.bool_], settings: HotspotNumbers) -> _Discs:
    places = np.argwhere(grid.raster(mask, fill=False).astype(bool))
    lookup = np.full(grid.shape, -1, np.int64)
    lookup[places[:, 0], places[:, 1]] = np.arange(len(places))
    radii = np.array(settings.scan_radii_km) * 1000 / grid.cell_m
    reach = int(radii[-1] + 1e-9)
    rows, columns = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    ring = np.searchsorted(radii**2 + 1e-9, (rows**2 + columns**2).astype(float))
    near = ring < len(radii)
    return _Discs(
        places, lookup, np.column_stack([rows[near], columns[near], ring[near]]).astype(np.int64), len(radii)
    )


def _ratios(held: NDArray[np.float64], expected: NDArray[np.float64], total: float) -> NDArray[np.float64]:
    """Return the log-likelihood ratio of each circle, 0 where it holds no more than expected."""
    ratio = np.zeros(held.shape)
    for radius, row in enumerate(ratio):
        _ratio(row, held[radius], expected[radius], total)
    return ratio


def _largest_of_draws(
    counts: NDArray[np.float64],
    people: NDArray[np.float64],
    discs: _Discs,
    expected: NDArray[np.float64],
    settings: HotspotNumbers,
) -> NDArray[np.float64]:
    """Return the largest ratio of each draw, ascending, shape (scan_draws,)."""
    random = np.random.default_rng(settings.seed)
    lumps = counts[counts > 0]
    upto = np.cumsum(people) / people.sum()
    tables = (discs.places, discs.lookup, discs.offsets)
    held, row = np.zeros(expected.shape), np.zeros(expected.shape[1])
    largest = np.zeros(settings.scan_draws)
    for draw in range(settings.scan_draws):
        cells = np.minimum(np.searchsorted(upto, random.random(len(lumps)), "right"), len(people) - 1)
        held[:] = 0
        _fill(held, cells, lumps, tables)
        largest[draw] = max(
            _ratio(row, inside, wanted, lumps.sum()) for inside, wanted in zip(held, expected, strict=True)
        )
    return np.sort(largest)


def _ranks(ratio: NDArray[np.float64], largest: NDArray[np.float64]) -> NDArray[np.float64]:
    reached = len(largest) - np.searchsorted(largest, ratio - 1e-9, "left")
    return np.asarray((reached + 1) / (len(largest) + 1))


def _apart(
    ratio: NDArray[np.float64],
    p: NDArray[np.float64],
    places: NDArray[np.int64],
    settings: HotspotNumbers,
    cell_m: float,
) -> list[tuple[int, int]]:
    """Return radius and middle of the circles that stand out and touch no clearer one."""
    radii_m = 1000 * np.array(settings.scan_radii_km)
    free = (p <= settings.scan_p_max) & (ratio > 0)
    chosen = []
    while free.any():
        # Ties: the smaller circle, then the first cell.
        radius, middle = np.unravel_index(np.where(free, ratio, -1.0).argmax(), ratio.shape)
        chosen.append((int(radius), int(middle)))
        apart_m = np.hypot(*(places - places[middle]).T) * cell_m
        free &= apart_m[None, :] > radii_m[:, None] + radii_m[radius] + 1e-6
    return chosen


@numba.njit(cache=True)
def _fill(
    held: NDArray[np.float64],
    cells: NDArray[np.int64],
    amounts: NDArray[np.float64],
    tables: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]],
) -> None:
    """Add amounts to every circle that holds their cell; `held` is zero before."""
    places, lookup, offsets = tables
    rows, columns = lookup.shape
    for number in range(len(cells)):
        top, left = places[cells[number]]
        for offset in range(len(offsets)):
            row, column = top + offsets[offset, 0], left + offsets[offset, 1]
            if 0 <= row < rows and 0 <= column < columns and lookup[row, column] >= 0:
                held[offsets[offset, 2], lookup[row, column]] += amounts[number]
    for radius in range(1, len(held)):
        held[radius] += held[radius - 1]


@numba.njit(cache=True)
def _ratio(
    row: NDArray[np.float64], held: NDArray[np.float64], expected: NDArray[np.float64], total: float
) -> float:
    """Fill `row` with each circle's ratio and return the largest."""
    largest = 0.0
    for cell in range(len(row)):
        inside, wanted = held[cell], expected[cell]
        row[cell] = 0.0
        if inside > wanted > 0:
            row[cell] = inside * np.log(inside / wanted)
            if inside < total:
                row[cell] += (total - inside) * np.log((total - inside) / (total - wanted))
            largest = max(largest, row[cell])
    return largest
