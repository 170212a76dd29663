"""Effects: what each station does in each group of months, as arrays that every evaluation shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self, TypeVar

import numpy as np
from numba import njit
from numpy.typing import NDArray

from footprint.coverage.escorts import Escort
from footprint.coverage.stations import Station
from footprint.travel.months import MonthGroups

Number = TypeVar("Number", np.int32, np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class SiteEffects:
    """What one station does in one group of months: its capabilities one after the other."""

    start: NDArray[np.int64] = field(repr=False)
    """First entry of each capability, and behind the last, shape (n_capabilities + 1,)."""
    cells: NDArray[np.int32] = field(repr=False)
    """Cells it gets to, by capability, ascending in each."""
    miss: NDArray[np.float32] = field(repr=False)
    """Chance that none of the station's assets is there in time and fit for use [0-1]."""
    arrival_min: NDArray[np.float32] = field(repr=False)
    """Soonest arrival, notice included [min]; inf where effect comes by no dated arrival."""
    escort: Escort
    """What escorts take from it."""

    @property
    def nbytes(self) -> int:
        """Memory [bytes]."""
        return 1000 + int(self.cells.nbytes + self.miss.nbytes + self.arrival_min.nbytes)

    def of(self, capability: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Return the cells of one capability, by number, and the chance that it is missed in each [0-1]."""
        own = slice(self.start[capability], self.start[capability + 1])
        return self.cells[own], self.miss[own]

    def within(self, place: NDArray[np.int32]) -> Self:
        """Return what it does in some cells; `place` is the new number of each, -1 for those left out."""
        at = place[self.cells]
        kept = np.flatnonzero(at >= 0)
        start = np.searchsorted(kept, self.start)
        return type(self)(start, at[kept], self.miss[kept], self.arrival_min[kept], self.escort)


@dataclass(frozen=True, slots=True, eq=False)
class Effects:
    """
    What every station does in every group of months.

    Stations need not belong to one laydown: a portfolio is a choice among them, and several may be
    alternatives for one site.
    """

    stations: tuple[Station, ...] = field(repr=False)
    groups: MonthGroups
    """Months alike: the same roads at the same speeds, the same stations open."""
    capabilities: tuple[str, ...]
    """Names of the capabilities, in the order of every axis of capabilities."""
    start: NDArray[np.int64] = field(repr=False)
    """First entry of each station, group and capability, shape (n_stations, n_groups, n_capabilities + 1)."""
    cells: NDArray[np.int32] = field(repr=False)
    miss: NDArray[np.float32] = field(repr=False)
    arrival_min: NDArray[np.float32] = field(repr=False)
    escorts: tuple[tuple[Escort | None, ...], ...] = field(repr=False)
    """By station and group; None where the station is closed."""
    n_cells: int

    @property
    def nbytes(self) -> int:
        """Memory [bytes]."""
        arrays = (self.start, self.cells, self.miss, self.arrival_min)
        return sum(int(array.nbytes) for array in arrays)

    def is_open(self, station: int, group: int) -> bool:
        """Tell whether a station is open in a group of months."""
        return self.stations[station].is_open(self.groups.first[group])

    def present(self, group: int, chosen: Sequence[int] | None = None) -> NDArray[np.int64]:
        """Return the stations open in a group, of those chosen or of all, ascending."""
        asked = range(len(self.stations)) if chosen is None else sorted(chosen)
        return np.array([station for station in asked if self.is_open(station, group)], dtype=np.int64)

    def chances(self, group: int, chosen: Sequence[int] | None = None) -> NDArray[np.float32]:
        """
        Return the chance that each capability is there in a group of months.

        Parameters
        ----------
        group
            Group of months.
        chosen
            Stations that stand, by number; all of them if left out.

        Returns
        -------
        ndarray
            Chance that at least one of the stations' assets is there [0-1], shape (n_capabilities,
            n_cells); 0 for evacuation, which no station brings alone (see `Evacuation`).
        """
        miss = np.ones((len(self.capabilities), self.n_cells), dtype=np.float32)
        _join(self.start[:, group], self.cells, self.miss, self.present(group, chosen), miss)
        return np.subtract(np.float32(1), miss, out=miss)

    def arrivals_by_station(self, group: int, names: Sequence[str]) -> NDArray[np.float32]:
        """
        Return the soonest arrival of any of some capabilities from each station in a group.

        Parameters
        ----------
        group
            Group of months.
        names
            Capabilities.

        Returns
        -------
        ndarray
            Notice included [min], inf where none comes or the station is closed, shape (n_stations,
            n_cells).
        """
        soonest = np.full((len(self.stations), self.n_cells), np.inf, dtype=np.float32)
        for station in self.present(group):
            for name in names:
                first, last = self.start[station, group, self.capabilities.index(name) :][:2]
                cells, row = self.cells[first:last], soonest[station]
                row[cells] = np.minimum(row[cells], self.arrival_min[first:last])
        return soonest

    def arrivals(self, group: int) -> dict[str, NDArray[np.float32]]:
        """Return the soonest arrival of each capability in a group [min], inf for none, shape (n_cells,)."""
        soonest = np.full((len(self.capabilities), self.n_cells), np.inf, dtype=np.float32)
        _soonest(self.start[:, group], self.cells, self.arrival_min, self.present(group), soonest)
        return dict(zip(self.capabilities, soonest, strict=True))


@njit(cache=True, nogil=True)
def _join(
    start: NDArray[np.int64],
    cells: NDArray[np.int32],
    miss: NDArray[np.float32],
    stations: NDArray[np.int64],
    joined: NDArray[np.float32],
) -> None:
    """Multiply into `joined` what each station misses, station by station in their order."""
    for station in stations:
        for capability in range(joined.shape[0]):
            for at in range(start[station, capability], start[station, capability + 1]):
                joined[capability, cells[at]] *= miss[at]


@njit(cache=True, nogil=True)
def _soonest(
    start: NDArray[np.int64],
    cells: NDArray[np.int32],
    arrival_min: NDArray[np.float32],
    stations: NDArray[np.int64],
    soonest: NDArray[np.float32],
) -> None:
    """Lower `soonest` to the arrival of each station that comes sooner."""
    for station in stations:
        for capability in range(soonest.shape[0]):
            for at in range(start[station, capability], start[station, capability + 1]):
                cell = cells[at]
                soonest[capability, cell] = min(soonest[capability, cell], arrival_min[at])
