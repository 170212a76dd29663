"""
Portfolios: what any choice among known stations comes to, thousands of times a second.

The page that closes each site in turn, options by the ten thousand and draws ask this one function.
It is exact: the same effects, joined in the same order by the same rule as in a review, but only
for the cells and months that can matter to the figures wanted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numba import njit
from numpy.typing import NDArray

from footprint.coverage.effects import Effects
from footprint.coverage.evacuation import readiness, surgery_of
from footprint.coverage.footprints import Weakest, fill_levels, rule_of
from footprint.coverage.holdings import HELICOPTER
from footprint.coverage.packing import Rows, Wanted, pack
from footprint.method import Method
from footprint.travel.air import Place, great_circle_km
from footprint.travel.kernel import TOLERANCE_MIN
from layers.grid import Grid


@dataclass(frozen=True, slots=True, eq=False)
class Flights:
    """One half of evacuation: flights of helicopters to the casualty, or from there to surgery."""

    station: NDArray[np.int64]
    """Station of each readiness, shape (n_ready,)."""
    ready_min: NDArray[np.float64]
    """After the call [min], shape (n_ready,)."""
    chance: NDArray[np.float32]
    """That one is there, shape (n_ready,)."""
    flight_min: NDArray[np.float64]
    """Between station and cell [min], shape (n_ready, n_used)."""

    def at(self, cells: NDArray[np.int64]) -> Flights:
        """Return the legs of some cells."""
        flight_min = np.ascontiguousarray(self.flight_min[:, cells])
        return Flights(self.station, self.ready_min, self.chance, flight_min)


@dataclass(frozen=True, slots=True, eq=False)
class Flown:
    """Who could evacuate from the cells where that decides."""

    out: Flights
    back: Flights
    is_open: NDArray[np.bool_]
    """Whether each station is open in each group of months, shape (n_stations, n_groups)."""
    pick_up_min: float
    limit_min: np.float32
    availability: np.float32


@dataclass(frozen=True, slots=True, eq=False)
class Portfolios:
    """Known stations, ready to be chosen among."""

    bundles: tuple[str, ...]
    """Bundles asked for, in the order of the first axis of every answer."""
    known: NDArray[np.bool_] = field(repr=False)
    """Whether each figure has any need at all, shape (n_columns,)."""
    whole: NDArray[np.float64] = field(repr=False)
    """Each figure if every cell had level 1, shape (n_bundles, n_columns)."""
    rows: tuple[Rows, ...] = field(repr=False)
    """Rows of each bundle."""
    used: tuple[NDArray[np.int64], ...] = field(repr=False)
    """Column of each row's cell in the tables of evacuation, by bundle."""
    flown: Flown = field(repr=False)

    def __repr__(self) -> str:
        """Say how many stations can be chosen among, and how much has to be reckoned each time."""
        rows = ", ".join(
            f"{name} {len(own.group)}" for name, own in zip(self.bundles, self.rows, strict=True)
        )
        megabytes = sum(own.nbytes for own in self.rows) / 1e6
        return (
            f"Portfolios({len(self.flown.is_open)} stations, {len(self.known)} figures; "
            f"rows: {rows}; {megabytes:.0f} MB)"
        )

    def only(self, rows: Sequence[NDArray[np.int64]]) -> Portfolios:
        """Return the same choices, of which only some rows of each bundle are told, by number ascending."""
        pairs = list(zip(self.rows, rows, strict=True))
        return replace(
            self,
            rows=tuple(own.only(at) for own, at in pairs),
            used=tuple(used[at] for used, at in zip(self.used, rows, strict=True)),
        )

    def figures(self, chosen: Iterable[int]) -> NDArray[np.float64]:
        """
        Return what a choice of stations comes to.

        Parameters
        ----------
        chosen
            Numbers of the stations that stand, in any order.

        Returns
        -------
        ndarray
            Each figure wanted under each bundle, shape (n_bundles, n_columns); NaN where there is no
            need.
        """
        stations = tuple(chosen)  # it may be spent after one reading
        result = np.stack(
            [own.weights @ self.levels(number, stations) for number, own in enumerate(self.rows)]
        )
        result[:, ~self.known] = np.nan
        return result

    def levels(self, bundle: int, chosen: Iterable[int]) -> NDArray[np.float32]:
        """
        Return the level of one bundle in each of its rows [0-1], shape (n_rows,).

        `Rows.row_of` leads from a group of months and a cell to its row; where it is -1 the level is 0.
        """
        stations = np.array(sorted(set(chosen)), dtype=np.int64)
        own, flights = self.rows[bundle], self.flown
        chances = np.zeros((len(own.rule.slots), len(own.group)), dtype=np.float32)
        _join_chances(stations, (own.start, own.entry_row, own.entry_miss, own.own), chances)
        if own.relay >= 0:
            out, back = flights.out, flights.back
            _evacuate(
                (stations, flights.is_open),
                (out.station, out.ready_min, out.chance, out.flight_min),
                (back.station, back.ready_min, back.chance, back.flight_min),
                (flights.pick_up_min, flights.limit_min, flights.availability),
                (own.group, self.used[bundle]),
                chances[own.relay],
            )
        levels = np.empty(len(own.group), dtype=np.float32)
        rule, slots = own.rule, np.arange(len(own.rule.slots))
        fill_levels(slots, rule.how, chances, levels)
        return levels


@njit(cache=True, nogil=True)
def _evacuate(who, out, back, limits, where, evacuated):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Fill `evacuated` with the chance of evacuation in each row: the likeliest pair that is in time."""
    stations, is_open = who
    fly_station, fly_ready, fly_chance, out_min = out
    mend_station, mend_ready, mend_chance, back_min = back
    pick_up_min, limit_min, availability = limits
    group, used = where
    stands = np.zeros(is_open.shape[0], dtype=np.bool_)
    for station in stations:
        stands[station] = True
    for row in range(len(evacuated)):
        best = np.float32(0)
        for fly in range(len(fly_station)):
            if not (stands[fly_station[fly]] and is_open[fly_station[fly], group[row]]):
                continue
            there = out_min[fly, used[row]] + fly_ready[fly] + pick_up_min
            for mend in range(len(mend_station)):
                if not (stands[mend_station[mend]] and is_open[mend_station[mend], group[row]]):
                    continue
                chance = fly_chance[fly] * mend_chance[mend]
                total = max(there + back_min[mend, used[row]], mend_ready[mend])
                if chance > best and np.float32(total) <= limit_min:
                    best = chance
        evacuated[row] = best * availability


@njit(cache=True, nogil=True)
def _join_chances(stations, entries, chances):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Fill the rows `own` of `chances`: what is missed is joined station by station in their order."""
    start, entry_row, entry_miss, own = entries
    one = np.float32(1)
    for slot in own:
        chances[slot] = one
    for station in stations:
        for at in range(start[station], start[station + 1]):
            for number in range(len(own)):
                chances[own[number], entry_row[at]] *= entry_miss[at, number]
    for slot in own:
        for row in range(chances.shape[1]):
            chances[slot, row] = one - chances[slot, row]


def portfolios(
    effects: Effects,
    method: Method,
    grid: Grid,
    wanted: Mapping[str, Wanted],
    *,
    weakest: Weakest = Weakest.MINIMUM,
) -> Portfolios:
    """
    Make known stations ready to be chosen among.

    Parameters
    ----------
    effects
        What each of them does.
    method
        Bundles, and the limits of evacuation.
    grid
        Cells of the area.
    wanted
        Figures wanted of each bundle, by its name; as many columns for each.
    weakest
        How groups join where all are needed.
    """
    relay = next((name for name, each in method.capabilities.items() if each.relay), None)
    row = -1 if relay is None else effects.capabilities.index(relay)
    out, back = _legs(effects, method, grid)
    limit_min = np.float32(method.reporting.casevac_limit_min + TOLERANCE_MIN)
    pick_up_min = method.travel.pick_up_min
    out_min = (out.flight_min + out.ready_min[:, None]).min(axis=0, initial=np.inf)
    soonest_min = out_min + pick_up_min + back.flight_min.min(axis=0, initial=np.inf)
    evacuated = np.tile(soonest_min.astype(np.float32) <= limit_min, len(effects.groups))
    rows = tuple(
        pack(
            effects, rule_of(method.bundles[name], effects.capabilities, weakest=weakest), own, row, evacuated
        )
        for name, own in wanted.items()
    )
    cells = np.unique(np.concatenate([np.zeros(0, np.int64), *(own.cell for own in rows)]))
    months = effects.groups.first
    is_open = np.array([[post.is_open(month) for month in months] for post in effects.stations], dtype=bool)
    return Portfolios(
        bundles=tuple(wanted),
        known=next(iter(wanted.values())).known,
        whole=np.array([own.weights.sum(axis=0) for own in wanted.values()], dtype=np.float64),
        rows=rows,
        used=tuple(np.searchsorted(cells, own.cell) for own in rows),
        flown=Flown(
            out=out.at(cells),
            back=back.at(cells),
            is_open=is_open.reshape(len(effects.stations), len(months)),
            pick_up_min=pick_up_min,
            limit_min=limit_min,
            availability=np.float32(0 if relay is None else method.capabilities[relay].availability),
        ),
    )


def _legs(effects: Effects, method: Method, grid: Grid) -> tuple[Flights, Flights]:
    """Return the flights out and back of every station's helicopters and surgeries."""
    kinds = ((HELICOPTER, method.travel.helicopter_notice_min), (surgery_of(method), 0.0))
    minutes: dict[Place, NDArray[np.float64]] = {}
    legs = []
    for kind, default_min in kinds:
        ready = readiness(effects.stations, kind, default_min=default_min)
        flight_min = np.empty((len(ready), effects.n_cells))
        for number, each in enumerate(ready):
            post = effects.stations[each.station]
            place = (post.x_m, post.y_m)
            if place not in minutes:
                minutes[place] = great_circle_km(grid, [place])[0] * (60.0 / method.travel.helicopter_kmh)
            flight_min[number] = minutes[place]
        legs.append(
            Flights(
                station=np.array([each.station for each in ready], dtype=np.int64),
                ready_min=np.array([each.ready_min for each in ready], dtype=np.float64),
                chance=np.array([each.chance for each in ready], dtype=np.float32),
                flight_min=flight_min,
            )
        )
    return legs[0], legs[1]
