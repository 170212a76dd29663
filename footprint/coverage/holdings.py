"""Holdings: what a site has, and its ways to the cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

HELICOPTER = "helicopter"
COMPANY = "infantry_company"


class Route(Protocol):
    """What a bounded search from one site found, by one travel profile in one month."""

    @property
    def cells(self) -> NDArray[np.int32]:
        """Cells reached, ascending."""

    @property
    def minutes(self) -> NDArray[np.float32]:
        """Travel time to each of them [min]."""


@dataclass(frozen=True, slots=True)
class Holding:
    """Assets of one kind at one site; None where the method's default stands in."""

    kind: str
    count: int
    availability: float | None = None
    notice_min: float | None = None
    mission_share: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Day:
    """How long it is light, and how long a mission stays that must be back before dark."""

    light_min: NDArray[np.float32] = field(repr=False)
    """Daylight at each cell [min], shape (n_cells,)."""
    stay_min: float


@dataclass(frozen=True, slots=True, eq=False)
class Approach:
    """How one site gets to the cells in one month."""

    routes: Mapping[str, Route]
    """By travel profile; a profile that is missing is not used from here."""
    flight_min: NDArray[np.float32] = field(repr=False)
    """Flight time to each cell without notice [min], shape (n_cells,)."""
    straight_km: NDArray[np.float32] = field(repr=False)
    """Straight distance to each cell [km], shape (n_cells,)."""
    unrated: Mapping[str, Route] = field(default_factory=dict)
    """The same, keeping off rated ground; empty where every escort asked for is given."""
    day: Day | None = field(default=None, repr=False)
    """Daylight at each cell; None where no reach is long enough to meet dusk."""

    def day_at(self, cells: NDArray[np.int32]) -> Day | None:
        """Return the daylight at some cells."""
        return None if self.day is None else Day(self.day.light_min[cells], self.day.stay_min)
