"""Dots of need of a living map: in their cells, or by lot in their units where the profile hides cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray

from footprint.briefing.living.frame import Frame
from footprint.briefing.living.sections import Sections
from footprint.indicators.periods import MONTHS
from footprint.indicators.units import Level
from footprint.prepared import Prepared
from footprint.views.dots import DOTS, dot_pool
from footprint.views.focus import focus_of
from layers.projection import metres_on

_SEED = 7
_TRIES = 4
"""Lots drawn at once for each dot that is still without a place."""


@dataclass(frozen=True, slots=True, eq=False)
class Dots:
    """Where dots stand, and whose state they take."""

    xy: NDArray[np.int64] = field(repr=False)
    """Place of each in units of the drawing, shape (n_dots, 2)."""
    owner: NDArray[np.int64] = field(repr=False)
    """Cell of each by number in the grid, or unit by its place among those told of, shape (n_dots,)."""
    months: NDArray[np.int64] = field(repr=False)
    """Months in which each is shown, bit m-1 for m, shape (n_dots,)."""

    def write(self, owners: Mapping[int, int], sections: Sections) -> None:
        """Write them, each with the number that its owner has in the file."""
        sections.whole("dots.x", self.xy[:, 0] - self.xy[:, 0].min(initial=0))
        sections.whole("dots.y", self.xy[:, 1] - self.xy[:, 1].min(initial=0))
        sections.whole("dots.of", np.array([owners[each] for each in self.owner.tolist()], dtype=np.int64))
        sections.whole("dots.months", self.months)

    @property
    def corner(self) -> list[int]:
        """What is added to the places as they are written."""
        return [int(each) for each in self.xy.min(axis=0, initial=0)]


def dots_in_cells(prepared: Prepared, surface: str, focus: str, frame: Frame) -> Dots:
    """Return the dots of the cells in a focus, each at random within its own: no settlement and no event."""
    pool, found = dot_pool(prepared, surface), focus_of(prepared.area, focus)
    zones = prepared.regions if found.level is Level.REGION else prepared.districts
    inside = np.ones(len(pool.cell), dtype=bool)
    if found.level is not Level.AREA:
        own = np.flatnonzero(np.isin(np.asarray(zones.unit_ids), found.unit_ids))
        inside = np.isin(np.asarray(zones.main_unit)[pool.cell], own)
    months = np.zeros(len(pool.cell), dtype=np.int64)
    for month in range(MONTHS):
        months[pool.shown[month]] |= 1 << month
    kept = np.flatnonzero(inside & (months > 0))
    to_metres = metres_on(prepared.area.crs)
    x_m, y_m = to_metres.transform(pool.lon[kept], pool.lat[kept])
    return Dots(frame.placed(np.column_stack([x_m, y_m]), 1), pool.cell[kept], months[kept])


def dots_in_units(
    unit_need: NDArray[np.float64], shapes: Mapping[int, shapely.Geometry], frame: Frame
) -> Dots:
    """
    Return the dots of units, each at random anywhere within its own.

    Parameters
    ----------
    unit_need
        Need of each unit told of [share of the area's need], shape (n_units, 12).
    shapes
        Outline of each unit that has dots [m], by its place among them.
    frame
        Where they are drawn.
    """
    places, owners, months = [np.zeros((0, 2))], [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for number, shape in shapes.items():
        counts = np.round(unit_need[number] * DOTS).astype(np.int64)
        most = int(counts.max(initial=0))
        places.append(_within(shape, most, np.random.default_rng([_SEED, number])))
        owners.append(np.full(most, number, dtype=np.int64))
        shown = np.arange(most)[:, None] < counts[None, :]
        months.append((shown << np.arange(MONTHS)).sum(axis=1))
    xy = frame.placed(np.concatenate(places), 1)
    return Dots(xy, np.concatenate(owners), np.concatenate(months))


def _within(shape: shapely.Geometry, count: int, draw: np.random.Generator) -> NDArray[np.float64]:
    """Return so many random points of a shape, neighbours in the row neighbours on the ground."""
    west, south, east, north = shapely.bounds(shape)
    shapely.prepare(shape)
    found = np.zeros((0, 2))
    while len(found) < count:
        tried = draw.uniform((west, south), (east, north), (_TRIES * (count - len(found)) + _TRIES, 2))
        found = np.concatenate([found, tried[shapely.contains_xy(shape, *tried.T)]])
    found = found[:count]
    band = np.floor(found[:, 1] / (max(north - south, 1.0) / max(1.0, np.sqrt(count))))
    return found[np.lexsort((np.where(band % 2, found[:, 0], -found[:, 0]), band))]
