"""Rows: the cells and months that anybody in some plans can reach under any draw, alike ones merged."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from footprint.coverage.gaps import as_it_stands, gaps
from footprint.coverage.station_effects import meets_dusk
from footprint.method import Capability
from footprint.prepared import Prepared
from footprint.travel.air import Place, day_limit_min, great_circle_km
from footprint.travel.months import MONTHS
from footprint.uncertainty.acting import Cast, capabilities_of
from layers.months import in_month

_METRE_KM = 1e-3

_SALTS_SEED = 20190630
"""Any number will do: it only tells rows apart that differ."""


@dataclass(frozen=True, slots=True, eq=False)
class ByLand:
    """What one capability of one actor meets by land and water, at the rows it can reach in any draw."""

    rows: NDArray[np.int32] = field(repr=False)
    minutes: NDArray[np.float32] = field(repr=False)
    """By each way, inf where it does not lead, shape (n_ways, n)."""
    ways: tuple[int, ...]
    km: NDArray[np.float32] = field(repr=False)
    """Straight distance [km], shape (n,)."""


@dataclass(frozen=True, slots=True, eq=False)
class ByAir:
    """What one capability of one actor that flies meets: all rows that it reaches by any means."""

    rows: NDArray[np.int32] = field(repr=False)
    km: NDArray[np.float64] = field(repr=False)
    """Great circle [km], shape (n,)."""
    by_land: NDArray[np.int64] = field(repr=False)
    """Places among `rows` of those it reaches by land and water."""


@dataclass(frozen=True, slots=True, eq=False)
class RowTable:
    """Rows, sorted by cell."""

    cells: NDArray[np.int64] = field(repr=False)
    """The cells that count, ascending."""
    cell: NDArray[np.int32] = field(repr=False)
    """Cell of each row, by its place among `cells`, shape (n_rows,)."""
    month: NDArray[np.int8] = field(repr=False)
    """A month (1-12) of each row."""
    rains: NDArray[np.uint8] = field(repr=False)
    """Whether that is one of the rains."""
    light_min: NDArray[np.float32] = field(repr=False)
    """Daylight [min]; inf where no reach is long enough to meet dusk."""
    row_of: NDArray[np.int32] = field(repr=False)
    """Row of each cell and month, January first, shape (n_cells, 12)."""
    ground: dict[tuple[int, str], ByLand] = field(repr=False)
    """By actor and capability; those that go nowhere are left out."""
    air: dict[tuple[int, str], ByAir] = field(repr=False)
    """By actor and capability, of those who fly."""
    km_of: dict[Place, NDArray[np.float64]] = field(repr=False)
    """Great circle from each place with a helicopter or a surgery to `cells` [km]."""


class Laying:
    """Lays out the rows of a cast."""

    def __init__(self, prepared: Prepared, cast: Cast) -> None:
        """
        Find which cells and months can matter, and which are alike.

        Parameters
        ----------
        prepared, cast
            The area, and who acts.
        """
        self._prepared, self._cast = prepared, cast
        self._capabilities = capabilities_of(prepared)
        grid = prepared.area.grid
        places = {(each.post.x_m, each.post.y_m) for each in cast.actors}
        self._places = sorted(places)
        km = great_circle_km(grid, self._places) if places else ()
        self._km: dict[Place, NDArray[np.float64]] = dict(zip(self._places, km, strict=True))
        self._kmh = [draw.changes(prepared.method)["travel.helicopter_kmh"] for draw in cast.draws]
        self._fastest = {
            way.profile: min(
                draw.time_factor(way.profile, rains=rains) for draw in cast.draws for rains in (False, True)
            )
            for way in cast.ways
        }
        self._range_km = {
            (number, name): self._farthest(number, name)
            for number, actor in enumerate(cast.actors)
            for name in actor.lifts
        }
        self._cells = self._counted()
        self._rows()

    def _farthest(self, actor: int, name: str) -> float:
        """Return how far whoever flies gets with any effect in any draw [km]."""
        limits = self._capabilities[name].air_minutes
        lifts = self._cast.actors[actor].lifts[name]
        if limits is None:
            return -1.0
        return max(
            (
                (limits.zero - min(each.ready_min for each in own)) * (self._kmh[at] / 60.0)
                for at, own in enumerate(lifts)
                if own
            ),
            default=-1.0,
        )

    def _counted(self) -> NDArray[np.int64]:
        """Return the cells with people that somebody can reach; all of them where tiers may be unknown."""
        people = np.nan_to_num(self._prepared.area.population.people)
        lived = people > 0
        if gaps(as_it_stands(self._prepared), self._prepared.method):
            return np.flatnonzero(lived)
        near = np.zeros(len(people), dtype=bool)
        for way in self._cast.ways:
            for each in {id(own): own for own in way.by_month}.values():
                near[each.cells] = True
        for (actor, _), farthest in self._range_km.items():
            near |= self._km_of(actor) < farthest
        for actor, own in enumerate(self._cast.actors):
            for capability in self._capabilities.values():
                if capability.radius_km is not None and any(own.post.has(kind) for kind in capability.assets):
                    near |= self._km_of(actor) <= capability.radius_km + _METRE_KM
        return np.flatnonzero(near & lived)

    def _km_of(self, actor: int) -> NDArray[np.float64]:
        post = self._cast.actors[actor].post
        return self._km[post.x_m, post.y_m]

    def _rows(self) -> None:
        """Tell months of a cell apart in which it is reached in other times or by other ways."""
        network, cells = self._prepared.network, self._cells
        place = np.full(self._prepared.area.grid.n_cells, -1, dtype=np.int64)
        place[cells] = np.arange(len(cells))
        draw = np.random.default_rng(_SALTS_SEED)
        rains = [bool(in_month(network.rains_months, month)) for month in range(1, MONTHS + 1)]
        # Two sums of 64 bits: two different months are taken for one with a chance of about 1e-29.
        mixed = np.zeros((len(cells), MONTHS, 2), dtype=np.uint64)
        dusk = meets_dusk(self._prepared)
        for way in self._cast.ways:
            salts = draw.integers(1, 2**63, 2, dtype=np.uint64) | np.uint64(1)
            for month, each in enumerate(way.by_month):
                at = place[each.cells]
                bits = each.minutes[at >= 0].view(np.uint32).astype(np.uint64) * np.uint64(2)
                bits += np.uint64(1 + rains[month])
                for column in (0, 1):
                    mixed[at[at >= 0], month, column] += (bits * salts[column]) ^ (
                        bits * salts[1 - column] >> np.uint64(29)
                    )
        for months in sorted({each.post.months for each in self._cast.actors}):
            salts = draw.integers(1, 2**63, 2, dtype=np.uint64)
            for month in range(MONTHS):
                if in_month(months, month + 1):
                    mixed[:, month] += salts
        if dusk:
            mixed[:, :, 0] += draw.integers(1, 2**63, MONTHS, dtype=np.uint64)
        self._number(mixed, rains, dusk=dusk)

    def _number(self, mixed: NDArray[np.uint64], rains: list[bool], *, dusk: bool) -> None:
        n_cells = len(self._cells)
        row_of = np.zeros((n_cells, MONTHS), dtype=np.int64)
        for month in range(1, MONTHS):
            row_of[:, month] = -1
            for before in range(month):
                alike = (mixed[:, month] == mixed[:, before]).all(axis=1) & (row_of[:, month] < 0)
                row_of[alike, month] = row_of[alike, before]
            new = row_of[:, month] < 0
            row_of[new, month] = row_of[new, :month].max(axis=1) + 1
        first = np.concatenate([[0], np.cumsum(row_of.max(axis=1, initial=0) + 1)])
        row_of += first[:-1, None]
        n_rows = int(first[-1])
        self.cell = np.repeat(np.arange(n_cells), np.diff(first)).astype(np.int32)
        self.month = np.zeros(n_rows, dtype=np.int8)
        for month in range(MONTHS, 0, -1):
            self.month[row_of[:, month - 1]] = month
        self.rains = np.array([False, *rains])[self.month].astype(np.uint8)
        self.row_of = row_of.astype(np.int32)
        self.light_min = np.full(n_rows, np.inf, dtype=np.float32)
        if dusk:
            grid = self._prepared.area.grid
            for month in range(1, MONTHS + 1):
                own = self.month == month
                light = day_limit_min(grid, month, returns=False)
                self.light_min[own] = light[self._cells[self.cell[own]]]

    def table(self) -> RowTable:
        """Return the rows and what each actor meets there."""
        by_way = [self._minutes(number) for number in range(len(self._cast.ways))]
        ground: dict[tuple[int, str], ByLand] = {}
        kept: dict[object, ByLand | None] = {}
        air: dict[tuple[int, str], ByAir] = {}
        for number, actor in enumerate(self._cast.actors):
            is_open = np.array([False, *(actor.post.is_open(month) for month in range(1, MONTHS + 1))])
            stands = is_open[self.month]
            for name, each in self._capabilities.items():
                if each.relay or not any(actor.post.has(kind) for kind in each.assets):
                    continue
                if each.needs and not actor.post.has(each.needs):
                    continue
                ways = self._ways_of(number, each)
                key = (actor.post.connector.key, actor.post.months, ways, name)
                if key not in kept:
                    kept[key] = self._ground(number, each, ways, by_way, stands)
                if (own := kept[key]) is not None:
                    ground[number, name] = own
                farthest = self._range_km.get((number, name), -1.0)
                km = self._km_of(number)[self._cells][self.cell]
                rows = np.flatnonzero((km < farthest) & stands)
                if len(rows):
                    by_land = np.zeros(0, np.int32) if own is None else own.rows
                    rows = np.union1d(rows, by_land)
                    air[number, name] = ByAir(rows.astype(np.int32), km[rows], np.searchsorted(rows, by_land))
        return RowTable(
            cells=self._cells,
            cell=self.cell,
            month=self.month,
            rains=self.rains,
            light_min=self.light_min,
            row_of=self.row_of,
            ground=ground,
            air=air,
            km_of={place: km[self._cells] for place, km in self._km.items()},
        )

    def _ways_of(self, actor: int, capability: Capability) -> tuple[int, ...]:
        profiles = {capability.ground, "boat" if capability.boat else ""} - {""}
        if capability.minutes is None:
            return ()
        return tuple(
            number
            for number in self._cast.actors[actor].ways
            if self._cast.ways[number].profile in profiles
            and (capability.escorted or not self._cast.ways[number].unrated)
        )

    def _minutes(self, number: int) -> NDArray[np.float32]:
        """Return the minutes of a way to every row, inf where it does not lead."""
        way, n_cells = self._cast.ways[number], self._prepared.area.grid.n_cells
        minutes = np.full(len(self.cell), np.inf, dtype=np.float32)
        for each in {id(own): own for own in way.by_month}.values():
            months = [False, *(own is each for own in way.by_month)]
            rows = np.flatnonzero(np.array(months)[self.month])
            minutes[rows] = each.dense(n_cells)[self._cells[self.cell[rows]]]
        return minutes

    def _ground(
        self,
        actor: int,
        capability: Capability,
        ways: tuple[int, ...],
        by_way: list[NDArray[np.float32]],
        stands: NDArray[np.bool_],
    ) -> ByLand | None:
        km = self._km_of(actor)[self._cells][self.cell].astype(np.float32)
        if capability.radius_km is not None:
            near = (km <= np.float32(capability.radius_km)) & stands
        elif not ways or capability.minutes is None:
            return None
        else:
            near = np.zeros(len(self.cell), dtype=bool)
            for way in ways:
                near |= (
                    by_way[way] * np.float32(self._fastest[self._cast.ways[way].profile])
                    < capability.minutes.zero
                )
            near &= stands
            if capability.km is not None:
                near &= km < capability.km.zero
        rows = np.flatnonzero(near)
        if not len(rows):
            return None
        minutes = (
            np.stack([by_way[way][rows] for way in ways]) if ways else np.zeros((0, len(rows)), np.float32)
        )
        return ByLand(rows.astype(np.int32), minutes, ways, km[rows])
