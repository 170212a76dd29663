"""Evaluate: what plans come to under one draw, everybody's effect reckoned once for all of them."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from footprint.coverage.capabilities import Aircraft
from footprint.coverage.evacuation import Readiness, readiness, surgery_of
from footprint.coverage.footprints import FORCE, TIERS, Rule, fill_levels, rule_of
from footprint.coverage.gaps import as_it_stands, gaps, without_gaps
from footprint.coverage.holdings import COMPANY, HELICOPTER, Holding
from footprint.coverage.stations import Station
from footprint.indicators.levels import EQUAL
from footprint.indicators.periods import over_year
from footprint.indicators.units import Level
from footprint.method import Capability
from footprint.objectives import Measure
from footprint.prepared import Prepared
from footprint.travel.kernel import TOLERANCE_MIN
from footprint.travel.months import MONTHS
from footprint.uncertainty import kernels
from footprint.uncertainty.acting import Cast, capabilities_of
from footprint.uncertainty.draws import Draw, drawn_capabilities
from footprint.uncertainty.need import DrawnNeed
from footprint.uncertainty.rows import RowTable
from layers.months import in_month

Misses = list[tuple[int, NDArray[np.int32], NDArray[np.float32]]]
"""Of one actor: number of a capability, rows, and the chance that nobody comes."""


Months = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]
"""First row of each cell, first entry of each row, slice of each entry, and how many of its months."""


@dataclass(frozen=True, slots=True, eq=False)
class SureUnits:
    """Units and objectives that figures are given for, and by whose need."""

    level: tuple[Level, ...]
    unit_ids: tuple[str, ...]
    names: tuple[str, ...]
    shares: sparse.csr_array[np.float64] = field(repr=False)
    """Share of each cell in each of them, shape (n_units, n_cells)."""
    measures: tuple[Measure, ...]
    kind: NDArray[np.int64]
    """Measure of each, by number."""
    tier_weights: tuple[tuple[float, float, float], ...]
    outside: NDArray[np.bool_]
    """Which lie mostly outside the area: none of their figures is a number, shape (n_units,)."""


def asked_of(prepared: Prepared, measure: Measure) -> SureUnits:
    """Return the area, its regions and its objectives: units by `measure`, objectives each by their own."""
    frame = prepared.units.frame
    kept = np.flatnonzero(frame["level"].isin([Level.AREA, Level.REGION]).to_numpy())
    scopes = [prepared.scopes[each.objective_id] for each in prepared.objectives]
    measures = tuple(dict.fromkeys([measure, *(each.measure for each in prepared.objectives)]))
    own = [measures.index(each.measure) for each in prepared.objectives]
    rows = frame.iloc[kept]
    frames = [each.frame for each in scopes]
    return SureUnits(
        level=(*(Level(each) for each in rows["level"]), *(Level.OBJECTIVE for _ in scopes)),
        unit_ids=(*rows["unit_id"], *(each["unit_id"].iloc[0] for each in frames)),
        names=(*rows["name"], *(each["name"].iloc[0] for each in frames)),
        shares=sparse.csr_array(
            sparse.vstack([prepared.units.shares[kept], *(each.shares for each in scopes)]).tocsr()
        ),
        measures=measures,
        kind=np.array([0] * len(kept) + own, dtype=np.int64),
        tier_weights=(*(EQUAL for _ in kept), *(each.tier_weights for each in prepared.objectives)),
        outside=np.concatenate([prepared.units.outside[kept], *(each.outside for each in scopes)]),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Values:
    """What every plan comes to under one draw, at least, as if nobody were where the data name nobody."""

    figures: NDArray[np.float64] = field(repr=False)
    """FF, MF, B1, B2, B3 by plan and unit, mean of the year and worst season: (n_plans, n_units, 5, 2)."""
    unknown: NDArray[np.bool_] = field(repr=False)
    """Whether part of it is not known, shape (n_plans, n_units, 5)."""


class Evaluator:
    """Values plans under any draw of a cast."""

    def __init__(
        self, prepared: Prepared, cast: Cast, table: RowTable, need: DrawnNeed, asked: SureUnits
    ) -> None:
        """
        Make everything ready that no draw changes.

        Parameters
        ----------
        prepared
            The area under its method.
        cast, table
            Who acts, and at which rows.
        need
            Need under any draw.
        asked
            Units and objectives.
        """
        self._prepared, self._cast, self._table = prepared, cast, table
        self._need, self._asked = need, asked
        method = prepared.method
        self._capabilities = capabilities_of(prepared)
        self._rules = [rule_of(method.bundles[name], cast.names) for name in (FORCE, *TIERS)]
        missing = gaps(as_it_stands(prepared), method)
        self._force_known = FORCE not in {each.bundle_id for each in missing}
        self._most: list[Rule | None] | None = None
        if {each.bundle_id for each in missing} & set(TIERS):
            rest = [without_gaps(method.bundles[name], missing) for name in TIERS]
            self._most = [None if each is None else rule_of(each, cast.names) for each in rest]
        counted = asked.shares[:, table.cells].tocsr()
        self._shares = (counted.indptr, counted.indices, counted.data)
        by_cell = counted.tocsc()
        self._by_cell = (by_cell.indptr, by_cell.indices, by_cell.data, asked.kind)
        self._surgery = surgery_of(method)
        self._in_slices: dict[bytes, Months] = {}
        self._own = threading.local()

    def _room(self) -> NDArray[np.float32]:
        """Return room for chances that belongs to this thread alone: to ask for it anew takes longer."""
        if not hasattr(self._own, "chances"):
            self._own.chances = np.empty((len(self._cast.names), len(self._table.cell)), dtype=np.float32)
        room: NDArray[np.float32] = self._own.chances
        room.fill(1)
        return room

    def _slices(self, *, monthly: bool) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the slice of each month, and one month of each: months of one season and one need."""
        seasons = self._prepared.area.seasons
        key = [
            (tuple(in_month(each.months, month) for each in seasons), month if monthly else 0)
            for month in range(1, MONTHS + 1)
        ]
        number = {own: at for at, own in enumerate(dict.fromkeys(key))}
        return (
            np.array([number[own] for own in key], dtype=np.int64),
            np.array([key.index(own) for own in number], dtype=np.int64),
        )

    def _months_of(self, slice_of: NDArray[np.int64]) -> Months:
        """Return the rows of each cell, which slices the months of each lie in, and how many in each."""
        key = slice_of.tobytes()
        if key not in self._in_slices:
            n_slices = int(slice_of.max()) + 1
            row_of = self._table.row_of.astype(np.int64)
            pairs = (row_of * n_slices + slice_of[None, :]).ravel()
            own, counts = np.unique(pairs, return_counts=True)
            first = np.searchsorted(own // n_slices, np.arange(len(self._table.cell) + 1))
            first_row = np.searchsorted(self._table.cell, np.arange(len(self._table.cells) + 1))
            self._in_slices[key] = (first_row, first, own % n_slices, counts.astype(np.float64))
        return self._in_slices[key]

    def under(self, at: int) -> Values:
        """Return what every plan comes to under draw `at`; -1 is the method itself."""
        draw = self._cast.draws[at]
        capabilities, aircraft = drawn_capabilities(self._prepared.method, draw)
        surfaces = self._need.surfaces(draw, self._asked.measures)
        misses = [self._misses(actor, at, draw, capabilities) for actor in range(len(self._cast.actors))]
        slice_of, first = self._slices(monthly=surfaces.shape[1] > 1)
        by_slice = surfaces[:, first] if surfaces.shape[1] > 1 else surfaces
        counted = np.ascontiguousarray(by_slice[:, :, self._table.cells])
        totals = self._totals(by_slice)
        evacuated: dict[object, NDArray[np.float32]] = {}
        found = [
            self._plan(plan, misses, (draw, aircraft), (counted, totals, slice_of), evacuated)
            for plan in self._cast.plans
        ]
        return Values(np.stack([each for each, _ in found]), np.stack([each for _, each in found]))

    def _totals(self, by_slice: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the whole need of each unit by slice, in cells that nobody reaches too."""
        sums = np.stack([np.asarray(self._asked.shares @ each.T) for each in by_slice])
        totals = np.asarray(sums[self._asked.kind, np.arange(len(self._asked.kind))])
        totals[self._asked.outside] = 0.0
        return totals

    def _misses(self, actor: int, at: int, draw: Draw, capabilities: dict[str, Capability]) -> Misses:
        """Return what one actor misses under a draw, by capability."""
        own, found = self._cast.actors[actor], Misses()
        for slot, name in enumerate(self._cast.names):
            capability = capabilities[name]
            carriers = [each for each in own.post.holdings if each.kind in capability.assets]
            ground = self._table.ground.get((actor, name))
            land = None if ground is None else self._by_ground(actor, at, draw, capability, carriers)
            if (actor, name) in self._table.air:
                found.append((slot, *self._by_air(actor, at, draw, capability, land)))
            elif ground is not None and land is not None:
                found.append((slot, ground.rows, land))
        return found

    def _by_ground(
        self, actor: int, at: int, draw: Draw, capability: Capability, carriers: Sequence[Holding]
    ) -> NDArray[np.float32]:
        own = self._table.ground[actor, capability.capability_id]
        escort = self._cast.actors[actor].escorts[at]
        ways = [self._cast.ways[way] for way in own.ways]
        times = np.array(
            [[draw.time_factor(way.profile, rains=rains) for rains in (False, True)] for way in ways],
            dtype=np.float32,
        ).reshape(len(ways), 2)
        shares = np.array(
            [escort.escorted if capability.escorted and not way.unrated else 1.0 for way in ways],
            dtype=np.float32,
        )
        where = (self._table.rains[own.rows], own.km, self._table.light_min[own.rows])
        miss = np.ones(len(own.rows), dtype=np.float32)
        for each in carriers:
            share = capability.availability if each.availability is None else each.availability
            if capability.shared and each.mission_share is not None:
                share *= each.mission_share
            if each.kind == COMPANY:
                share *= escort.patrol_left
            if share <= 0:
                continue
            if capability.radius_km is not None:
                miss *= np.float32(1.0 - share) ** each.count
                continue
            asset = (np.float32(each.notice_min or 0.0), np.float32(share), each.count)
            limits = _limits(capability, self._prepared.method.tasking.stay_min)
            kernels.ground_misses(where, (own.minutes, times, shares), limits, asset, miss)
        return miss

    def _by_air(
        self,
        actor: int,
        at: int,
        draw: Draw,
        capability: Capability,
        land: NDArray[np.float32] | None,
    ) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        own, limits = self._table.air[actor, capability.capability_id], capability.air_minutes
        if limits is None:
            raise ValueError(f"{capability.capability_id} does not fly")
        miss = np.ones(len(own.rows), dtype=np.float32)
        if land is not None:
            miss[own.by_land] = land
        stay_min = np.float32(self._prepared.method.tasking.stay_min)
        how = (
            60.0 / draw.changes(self._prepared.method)["travel.helicopter_kmh"],
            np.float32(limits.full),
            np.float32(limits.zero),
            capability.overnight,
            stay_min,
        )
        for each in self._cast.actors[actor].lifts[capability.capability_id][at]:
            lift = (np.float32(each.ready_min), np.float32(each.chance))
            kernels.air_misses(own.km, self._table.light_min[own.rows], lift, how, miss)
        return own.rows, miss

    def _plan(
        self,
        plan: tuple[int, ...],
        misses: Sequence[Misses],
        drawn: tuple[Draw, Aircraft],
        need: tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]],
        evacuated: dict[object, NDArray[np.float32]],
    ) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """Return a plan's figures, and which are not known."""
        (draw, aircraft), (counted, totals, slice_of) = drawn, need
        chances = self._room()
        for actor in plan:
            for slot, rows, miss in misses[actor]:
                kernels.join(chances[slot], rows, miss)
        np.subtract(np.float32(1), chances, out=chances)
        for slot, name in enumerate(self._cast.names):
            if self._capabilities[name].relay:
                away = self._evacuated(plan, draw, aircraft, evacuated)
                chances[slot] = away * np.float32(self._capabilities[name].availability)
        levels = np.empty((len(self._rules), chances.shape[1]), dtype=np.float32)
        for own, rule in zip(levels, self._rules, strict=True):
            fill_levels(rule.slots, rule.how, chances, own)
        months, size = self._months_of(slice_of), (len(self._asked.kind), int(slice_of.max()) + 1)
        sums = kernels.over_units(levels, months, self._by_cell, counted, size)
        sums /= np.bincount(slice_of)[None, :, None]
        shares = np.divide(
            sums, totals[..., None], out=np.full(sums.shape, np.nan), where=totals[..., None] > 0
        )
        return self._figures(shares, draw, slice_of), self._unknown(levels, chances, counted, totals)

    def _figures(
        self, shares: NDArray[np.float64], draw: Draw, slice_of: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        """Return FF, MF, B1, B2 and B3 of each unit, mean of the year and worst season."""
        weights = np.array([draw.tier_weights(own) for own in self._asked.tier_weights])
        mission = np.einsum("usl,ul->us", shares[..., 1:], weights)
        levels = np.concatenate([shares[..., :1], mission[..., None], shares[..., 1:]], axis=-1)
        by_month = np.moveaxis(levels[:, slice_of], 1, -1)
        year = over_year(by_month, self._prepared.area.seasons)
        return np.stack([year.mean, year.worst], axis=-1)

    def _unknown(
        self,
        levels: NDArray[np.float32],
        chances: NDArray[np.float32],
        counted: NDArray[np.float64],
        totals: NDArray[np.float64],
    ) -> NDArray[np.bool_]:
        """Return which of FF, MF, B1, B2 and B3 of each unit are not known, shape (n_units, 5)."""
        unknown = np.zeros((len(self._asked.kind), 5), dtype=bool)
        unknown[:, 0] = (totals > 0).any(axis=1) & (not self._force_known)
        if self._most is None:
            return unknown
        most = np.ones((len(TIERS), levels.shape[1]), dtype=np.float32)
        for own, rule in zip(most, self._most, strict=True):
            if rule is not None:
                fill_levels(rule.slots, rule.how, chances, own)
        rows = (levels[1:], self._table.row_of)
        tiers = kernels.unknown_tiers(self._shares, counted, self._asked.kind, rows, most)
        unknown[:, 2:] = tiers
        unknown[:, 1] = (tiers & (np.array(self._asked.tier_weights) > 0)).any(axis=1)
        return unknown

    def _evacuated(
        self,
        plan: tuple[int, ...],
        draw: Draw,
        aircraft: Aircraft,
        kept: dict[object, NDArray[np.float32]],
    ) -> NDArray[np.float32]:
        """Return the chance of evacuation in each row; plans with equal aircraft and surgeries share it."""
        posts = [self._cast.actors[actor].post for actor in plan]
        kmh = draw.changes(self._prepared.method)["travel.helicopter_kmh"]
        flying = readiness(posts, HELICOPTER, default_min=aircraft.notice_min)
        mending = readiness(posts, self._surgery, default_min=0.0)

        def side(ready: Sequence[Readiness]) -> tuple[object, ...]:
            return tuple(
                (
                    posts[each.station].x_m,
                    posts[each.station].y_m,
                    posts[each.station].months,
                    each.ready_min,
                    each.chance,
                )
                for each in ready
            )

        key = (side(flying), side(mending))
        if key not in kept:
            out, back = (self._flights(posts, own, 60.0 / kmh) for own in (flying, mending))
            method = self._prepared.method
            limit = np.float32(method.reporting.casevac_limit_min + TOLERANCE_MIN)
            away = np.zeros(len(self._table.cell), dtype=np.float32)
            where = (self._table.cell, self._table.month)
            kernels.evacuate(where, out, back, (method.travel.pick_up_min, limit), away)
            kept[key] = away
        return kept[key]

    def _flights(
        self, posts: Sequence[Station], ready: Sequence[Readiness], km_min: float
    ) -> tuple[NDArray[np.bool_], NDArray[np.float64], NDArray[np.float32], NDArray[np.float64]]:
        own = [posts[each.station] for each in ready]
        is_open = np.zeros((len(own), MONTHS + 1), dtype=np.bool_)
        for number, post in enumerate(own):
            is_open[number, 1:] = [post.is_open(month) for month in range(1, MONTHS + 1)]
        km = [self._table.km_of[post.x_m, post.y_m] for post in own]
        flight_min = np.array(km, dtype=np.float64) * km_min
        return (
            is_open,
            np.array([each.ready_min for each in ready], dtype=np.float64),
            np.array([each.chance for each in ready], dtype=np.float32),
            flight_min.reshape(len(own), len(self._table.cells)),
        )


def _limits(
    capability: Capability, stay_min: float
) -> tuple[np.float32, np.float32, np.float32, np.float32, bool, bool, np.float32]:
    """Return a capability's limits as its kernel takes them."""
    if capability.minutes is None:
        raise ValueError(f"{capability.capability_id} has no limit by land")
    km = capability.km
    return (
        np.float32(capability.minutes.full),
        np.float32(capability.minutes.zero),
        np.float32(0 if km is None else km.full),
        np.float32(1 if km is None else km.zero),
        km is not None,
        capability.overnight,
        np.float32(stay_min),
    )
