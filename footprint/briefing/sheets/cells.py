"""What a sheet shows over the ground: dots of need, or the cells of any other view."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from footprint.briefing.sheets.board import Board
from footprint.briefing.sheets.typeset import Look
from footprint.caveats import silent
from footprint.disclosure import Precision
from footprint.indicators.indicator import Indicator
from footprint.prepared import Prepared
from footprint.releases.profiles import tells_cells
from footprint.views.cells import Asked, picture
from footprint.views.colours import CLIENT
from footprint.views.dots import DotPool, DotState, dot_pool, dot_states
from footprint.views.palette import CELL_OPACITY, Picture
from layers.projection import metres_on

DOT_COLOURS = {
    DotState.OUT_OF_REACH: CLIENT["out-of-reach"],
    DotState.TROOPS_ONLY: CLIENT["force"],
    DotState.MISSION: CLIENT["mission"],
}
DOT_SIZES = {DotState.OUT_OF_REACH: 3.2, DotState.TROOPS_ONLY: 4.0, DotState.MISSION: 5.2}
"""Areas [square points]; with the hollow ones they are told apart in grey too."""
_SEED = 11
_PIXELS = 10
"""Pixels along a cell, so that hatching shows in it."""


@lru_cache(maxsize=2)
def _pool(prepared: Prepared, surface: str) -> DotPool:
    return dot_pool(prepared, surface)


def dot_places(prepared: Prepared, pool: DotPool, precision: Precision) -> tuple[NDArray[np.float64], ...]:
    """
    Return where dots are drawn [m].

    Within their cell; where no cell may be told from its neighbours, anywhere in their unit, each part of it
    as likely as any other: then they tell how much of a unit's need there is, and nothing of where.
    """
    if tells_cells(precision):
        turn = metres_on(prepared.area.crs)
        x, y = turn.transform(pool.lon, pool.lat)
        return np.asarray(x), np.asarray(y)
    grid, unit = prepared.area.grid, np.asarray(prepared.districts.main_unit)
    lots = np.random.default_rng(_SEED)
    by_unit = np.argsort(unit, kind="stable")
    first, last = (np.searchsorted(unit[by_unit], unit[pool.cell], side) for side in ("left", "right"))
    cell = by_unit[lots.integers(first, last)]
    away = lots.uniform(-0.5, 0.5, (2, len(cell))) * grid.cell_m
    return grid.x_m[cell] + away[0], grid.y_m[cell] + away[1]


def draw_dots(board: Board) -> tuple[DotState, ...]:
    """Draw the dots of need of the month; return the states among them, the worst first."""
    brief, extent = board.brief, board.extent
    prepared = brief.prepared
    pool = _pool(prepared, str(brief.measure))
    known = Indicator.MISSION not in silent(prepared)
    states = dot_states(pool, brief.shown.delivery, board.month, mission_known=known)
    x, y = dot_places(prepared, pool, brief.release.precision)
    inside = (x >= extent.west) & (x <= extent.east) & (y >= extent.south) & (y <= extent.north)
    drawn = []
    for state, colour in DOT_COLOURS.items():
        own = inside & (states == state)
        if own.any():
            drawn.append(state)
            area = DOT_SIZES[state] * board.letters**2
            look: Look = {"c": colour, "linewidths": 0}
            if state is DotState.OUT_OF_REACH:
                look = {"facecolors": "none", "edgecolors": colour, "linewidths": 0.4 * board.letters}
            board.axes.scatter(x[own], y[own], s=area, zorder=5 + 0.1 * state, **look)
    return tuple(drawn)


def draw_cells(board: Board, asked: Asked) -> Picture:
    """Draw the cells of a view over the ground; return the picture, for its legend."""
    brief, prepared = board.brief, board.brief.prepared
    grid = prepared.area.grid
    shown = picture(prepared, brief.router, brief.shown, asked, brief.language)
    rows, columns = grid.shape
    colours = np.zeros((rows * columns, 4))
    table = np.zeros((256, 4))
    table[: len(shown.colours)] = np.array(shown.colours) / 255.0
    table[: len(shown.colours), 3] *= CELL_OPACITY
    colours[grid.cells] = table[shown.classes]
    image = colours.reshape(rows, columns, 4)
    if shown.hatched is not None and shown.hatched.any():
        image = image.repeat(_PIXELS, axis=0).repeat(_PIXELS, axis=1)
        flat = np.zeros(rows * columns, dtype=bool)
        flat[grid.cells] = shown.hatched
        struck = flat.reshape(rows, columns).repeat(_PIXELS, axis=0).repeat(_PIXELS, axis=1)
        down, across = np.indices(struck.shape)
        image[struck & ((down + across) % _PIXELS == 0)] = (0.1, 0.15, 0.2, 0.7)
    sides = (
        grid.west_m,
        grid.west_m + columns * grid.cell_m,
        grid.north_m - rows * grid.cell_m,
        grid.north_m,
    )
    board.axes.imshow(image, extent=sides, interpolation="nearest", zorder=1.5, aspect="auto")
    return shown
