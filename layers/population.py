"""Population: a raster of people, brought to the cells of a grid without losing anyone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy import sparse


class RasterUnit(StrEnum):
    """What a population raster's values mean."""

    COUNT = "count"
    """People per raster cell."""
    DENSITY = "density"
    """People per square kilometre."""


@dataclass(frozen=True, slots=True, eq=False)
class Population:
    """People per grid cell and what the source gave."""

    people: NDArray[np.float64] = field(repr=False)
    """People of each grid cell [persons]; NaN where the source has no data, shape (n_cells,)."""
    source_total: float
    """
    People of the source inside the outline (without one: in the grid's rectangle) [persons];
    less the sum of `people`, what found no cell.
    """
    resolution_m: float
    """Side of a source cell at the area's centre [m]."""
    unit: RasterUnit
    year: int
    beyond: float = float("nan")
    """
    People of the source in the squares of cells that the outline cuts, but outside it [persons]: counted in
    no cell; NaN without an outline.
    """
    by_unit: Mapping[str, sparse.csr_array[np.float64]] = field(default_factory=dict, repr=False)
    """
    People of each unit in the cells that borders cut, by level of units [persons]: shape (n_units,
    n_cells), 0 where one unit alone meets the cell.
    """
