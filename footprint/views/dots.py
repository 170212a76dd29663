"""Dots of need: each the same share of the area's need, in its cell, coloured by what could reach it."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from footprint.indicators.levels import EQUAL, Delivery, mission
from footprint.indicators.periods import MONTHS
from footprint.prepared import Prepared
from layers.projection import degrees_from

DOTS = 10_000
"""Dots in each month: one is a ten-thousandth of the area's need."""

_SEED = 7
_DEGREES = 3
"""Decimals of a dot's place [degrees]: 100 m, within a cell of which it says nothing."""


class DotState(IntEnum):
    """What a dot stands for in one month, in two bits."""

    HIDDEN = 0
    """Of another month."""
    OUT_OF_REACH = 1
    TROOPS_ONLY = 2
    MISSION = 3


@dataclass(frozen=True, slots=True, eq=False)
class DotPool:
    """All dots of an area's year; each month shows some."""

    cell: NDArray[np.int64]
    """Cell of each dot, shape (n_dots,)."""
    lat: NDArray[np.float64]
    """Place of each [degrees], at random within its cell: no settlement and no event."""
    lon: NDArray[np.float64]
    shown: tuple[NDArray[np.int64], ...] = field(repr=False)
    """Dots of each month, January first, neighbours in the row neighbours on the ground."""

    def json(self) -> str:
        """Return the places as a browser reads them: latitudes, then longitudes."""
        places = [np.round(axis, _DEGREES).tolist() for axis in (self.lat, self.lon)]
        return json.dumps(places, separators=(",", ":"))


def dot_pool(prepared: Prepared, surface: str) -> DotPool:
    """
    Spread the need of each month over dots.

    Parameters
    ----------
    prepared
        The area and its need.
    surface
        Name of the need among `Prepared.surfaces`.

    Returns
    -------
    DotPool
        Cells take dots by cumulated need along rows that turn at their ends, second-level unit by unit,
        so that any part of the map has its share to within a dot at each end. Where two months
        differ, dots that only one of them has are hidden in the other.
    """
    grid = prepared.area.grid
    # Cells without a unit are a unit of their own.
    unit = np.asarray(prepared.districts.main_unit)
    row, column = (np.round(axis / grid.cell_m).astype(np.int64) for axis in (grid.y_m, grid.x_m))
    order = np.lexsort((np.where(row % 2, column, -column), row, unit))
    counts = np.zeros((MONTHS, grid.n_cells), dtype=np.int64)
    for month, need in enumerate(np.nan_to_num(prepared.surfaces[surface]).astype(np.float64)):
        so_far = np.floor(np.cumsum(need[order]) * DOTS + 0.5)
        counts[month, order] = np.diff(so_far, prepend=0).astype(np.int64)
    most = counts.max(axis=0)[order]
    cell = np.repeat(order, most)
    number_in_cell = np.arange(len(cell)) - np.repeat(np.cumsum(most) - most, most)
    away = np.random.default_rng(_SEED).uniform(-0.5, 0.5, (2, len(cell))) * grid.cell_m
    to_degrees = degrees_from(prepared.area.crs)
    lon, lat = to_degrees.transform(grid.x_m[cell] + away[0], grid.y_m[cell] + away[1])
    shown = tuple(np.flatnonzero(number_in_cell < counts[month, cell]) for month in range(MONTHS))
    return DotPool(cell, np.asarray(lat), np.asarray(lon), shown)


def dot_states(pool: DotPool, delivery: Delivery, month: int, *, mission_known: bool) -> NDArray[np.uint8]:
    """
    Return what each dot stands for in a month.

    Parameters
    ----------
    pool
        From `dot_pool`.
    delivery
        What can be delivered.
    month
        Month (1-12).
    mission_known
        Whether the data name somebody for every group of every tier; if not, no dot is the mission's.

    Returns
    -------
    NDArray
        `DotState`, shape (n_dots,). Of the dots of any part of the map about the share M is the mission's, a
        further max(F - M, 0) the troops' alone, with no threshold.
    """
    dots = pool.shown[month - 1]
    force = delivery.force[month - 1][pool.cell[dots]].astype(np.float64)
    acts = mission(delivery.tiers[:, month - 1], EQUAL)[pool.cell[dots]].astype(np.float64)
    if not mission_known:
        acts = np.zeros_like(acts)
    troops = np.maximum(force - acts, 0.0)
    states = np.full(len(pool.cell), DotState.HIDDEN, dtype=np.uint8)
    states[dots] = _in_turn(np.stack([1.0 - acts - troops, troops, acts]))
    return states


def packed(states: NDArray[np.uint8]) -> str:
    """Return states as text, four to a byte, the first in its lowest bits."""
    whole = np.zeros(-(-len(states) // 4) * 4, dtype=np.uint8)
    whole[: len(states)] = states
    fours = whole.reshape(-1, 4) << np.array([0, 2, 4, 6], dtype=np.uint8)
    return base64.b64encode(np.bitwise_or.reduce(fours, axis=1).astype(np.uint8).tobytes()).decode("ascii")


def _in_turn(shares: NDArray[np.float64]) -> list[int]:
    """
    Return the state of each dot, so that any run of dots has its shares to within a dot or so.

    What each state is owed is carried along the row; a dot takes the state owed most, and never one that has
    no share where it lies. Shares are those of `DotState` 1 to 3, shape (3, n_dots).
    """
    owed, found = [0.0, 0.0, 0.0], []
    for here in shares.T.tolist():
        owed = [before + share for before, share in zip(owed, here, strict=True)]
        taken = max((state for state in (0, 1, 2) if here[state] > 0), key=owed.__getitem__)
        owed[taken] -= 1.0
        found.append(taken + 1)
    return found
