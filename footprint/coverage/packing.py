"""Packing: the cells and months that can matter to some figures, alike ones merged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from footprint.coverage.effects import Effects
from footprint.coverage.footprints import Rule
from footprint.indicators.units import Units
from footprint.travel.months import MONTHS, MonthGroups

_SALTS_SEED = 20190630
"""Any number will do: it only tells rows apart that differ."""


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """Which sums of levels are wanted: each a column, for instance a unit in a month."""

    weights: sparse.csr_array[np.float64] = field(repr=False)
    """Weight of each cell in each group of months in each column, shape (n_groups * n_cells, n_columns)."""
    known: NDArray[np.bool_] = field(repr=False)
    """Whether a column has any need at all, and is known: the figure of one that has none is not a number."""


def unit_months(need: NDArray[np.float32], units: Units, groups: MonthGroups) -> Wanted:
    """
    Want the share of every unit's need in every month.

    Parameters
    ----------
    need
        Need of each cell, shape (12, n_cells).
    units
        Units to add up over.
    groups
        Months alike.

    Returns
    -------
    Wanted
        Column ``unit * 12 + month - 1`` is the share of the unit's need in that month; not known where
        it has none, and of a unit that lies mostly outside the area.
    """
    n_units, n_cells = units.shares.shape
    known = np.zeros((n_units, MONTHS), dtype=bool)
    blocks = []
    for month in range(MONTHS):
        own = sparse.csr_array(units.shares.multiply(need[month].astype(np.float64)[None, :]))
        total = np.asarray(own.sum(axis=1), dtype=np.float64).ravel()
        known[:, month] = (total > 0) & ~units.outside
        scale = np.divide(1.0, total, out=np.zeros(n_units), where=total > 0)
        unit = np.repeat(np.arange(n_units), np.diff(own.indptr))
        row = groups.of_month[month] * n_cells + own.indices.astype(np.int64)
        blocks.append((row, unit * MONTHS + month, own.data * scale[unit]))
    row, column, data = (np.concatenate(parts) for parts in zip(*blocks, strict=True))
    shape = (len(groups) * n_cells, n_units * MONTHS)
    return Wanted(sparse.csr_array((data, (row, column)), shape=shape), known.ravel())


def unit_years(need: NDArray[np.float32], units: Units, groups: MonthGroups) -> Wanted:
    """
    Want the mean of the year of the share of every unit's need.

    Parameters
    ----------
    need, units, groups
        As for `unit_months`.

    Returns
    -------
    Wanted
        A column for each unit; not known where any month has no need.
    """
    by_month = unit_months(need, units, groups)
    n_units = units.shares.shape[0]
    mean = sparse.kron(sparse.eye_array(n_units), np.full((MONTHS, 1), 1.0 / MONTHS), format="csr")
    known = np.asarray(by_month.known.reshape(n_units, MONTHS).all(axis=1))
    return Wanted(sparse.csr_array(by_month.weights @ sparse.csr_array(mean)), known)


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """
    The rows of one bundle: groups of months and cells in which some choice could deliver it.

    Rows in which every station does the same, and whose evacuation hangs on the same flights, are one.
    """

    rule: Rule
    own: NDArray[np.int64]
    """Slots of the rule whose chances single stations bring, shape (n_own,)."""
    relay: int
    """Slot of evacuation, which takes two of them; -1 without."""
    start: NDArray[np.int64]
    """First entry of each station, shape (n_stations + 1,)."""
    entry_row: NDArray[np.int64]
    entry_miss: NDArray[np.float32]
    """What the station misses in each of `own`, shape (n_entries, n_own)."""
    group: NDArray[np.int64]
    """A group of months of each row, shape (n_rows,)."""
    cell: NDArray[np.int64]
    """A cell of each row, shape (n_rows,)."""
    weights: sparse.csr_array[np.float64]
    """Weight of each column in each row, shape (n_columns, n_rows)."""
    row_of: NDArray[np.int64]
    """Row of each group and cell, -1 where nothing can come of it, shape (n_groups * n_cells,)."""

    @property
    def nbytes(self) -> int:
        """Memory [bytes]."""
        weights = self.weights.data.nbytes + self.weights.indices.nbytes
        return int(self.entry_row.nbytes + self.entry_miss.nbytes + weights + self.row_of.nbytes)

    def only(self, at: NDArray[np.int64]) -> Rows:
        """Return some of the rows, by number ascending."""
        number = np.full(len(self.group), -1, dtype=np.int64)
        number[at] = np.arange(len(at))
        kept = number[self.entry_row] >= 0
        return replace(
            self,
            start=np.concatenate([[0], np.cumsum(kept)])[self.start].astype(np.int64),
            entry_row=number[self.entry_row[kept]],
            entry_miss=self.entry_miss[kept],
            group=self.group[at],
            cell=self.cell[at],
            weights=sparse.csr_array(self.weights[:, at]),
            row_of=np.where(self.row_of >= 0, number[self.row_of], -1),
        )


def pack(
    effects: Effects,
    rule: Rule,
    wanted: Wanted,
    relay: int,
    evacuated: NDArray[np.bool_],
) -> Rows:
    """
    Return the rows of a bundle that matter to the figures wanted.

    Parameters
    ----------
    effects
        What each station does.
    rule
        The bundle.
    wanted
        Figures, as weights of groups and cells.
    relay
        Capability of evacuation, -1 without.
    evacuated
        Whether all stations together evacuate from each cell in time, shape (n_groups * n_cells,).
    """
    relay_slot = int(np.flatnonzero(rule.slots == relay)[0]) if relay in rule.slots else -1
    own = np.flatnonzero(rule.slots != relay)
    entries = [
        [_entries(effects, station, int(rule.slots[slot])) for slot in own]
        for station in range(len(effects.stations))
    ]
    alive = _alive(rule, own, entries, evacuated if relay_slot >= 0 else None, len(evacuated))
    alive &= np.diff(wanted.weights.indptr) > 0
    raw = np.flatnonzero(alive)
    raw_of = np.full(len(alive), -1, dtype=np.int64)
    raw_of[raw] = np.arange(len(raw))
    entries = [[(raw_of[at][raw_of[at] >= 0], miss[raw_of[at] >= 0]) for at, miss in row] for row in entries]
    flights = _flights_key(effects, raw, relay_slot)
    first, merged = _merged(entries, len(raw), flights)
    start, entry_row, entry_miss = _by_station(entries, merged, len(own))
    gather = sparse.csr_array(
        (np.ones(len(raw)), (merged, np.arange(len(raw)))), shape=(len(first), len(raw))
    )
    row_of = raw_of
    row_of[raw] = merged
    return Rows(
        rule=rule,
        own=own,
        relay=relay_slot,
        start=start,
        entry_row=entry_row,
        entry_miss=entry_miss,
        group=raw[first] // effects.n_cells,
        cell=raw[first] % effects.n_cells,
        weights=sparse.csr_array((gather @ wanted.weights[raw]).T.tocsr()),
        row_of=row_of,
    )


Entry = tuple[NDArray[np.int64], NDArray[np.float32]]
"""Rows, and what is missed in each."""


def _entries(effects: Effects, station: int, capability: int) -> Entry:
    """Return where a station brings a capability at all, as group * n_cells + cell, and what it misses."""
    places, misses = [np.zeros(0, np.int64)], [np.zeros(0, np.float32)]
    for group in range(len(effects.groups)):
        first, last = effects.start[station, group, capability : capability + 2]
        helps = effects.miss[first:last] < 1
        places.append(group * effects.n_cells + effects.cells[first:last][helps].astype(np.int64))
        misses.append(effects.miss[first:last][helps])
    return np.concatenate(places), np.concatenate(misses)


def _alive(
    rule: Rule,
    own: NDArray[np.int64],
    entries: Sequence[Sequence[Entry]],
    evacuated: NDArray[np.bool_] | None,
    size: int,
) -> NDArray[np.bool_]:
    """Tell in which rows some choice could deliver the bundle."""
    served = np.zeros((rule.n_groups, size), dtype=bool)
    for row in entries:
        for slot, (at, _) in zip(own, row, strict=True):
            served[rule.group[slot], at] = True
    if evacuated is not None:
        relay = next(slot for slot in range(len(rule.slots)) if slot not in own)
        served[rule.group[relay]] |= evacuated
    return np.asarray(served.all(axis=0) if rule.needs_all else served.any(axis=0))


def _flights_key(effects: Effects, raw: NDArray[np.int64], relay: int) -> NDArray[np.uint64]:
    """Return a key of what decides evacuation in each row: its cell, and who is open then."""
    if relay < 0:
        return np.zeros(len(raw), dtype=np.uint64)
    is_open = np.array(
        [[effects.is_open(s, g) for s in range(len(effects.stations))] for g in range(len(effects.groups))]
    )
    _, alike = np.unique(is_open, axis=0, return_inverse=True)
    group, cell = np.divmod(raw, effects.n_cells)
    return (alike.ravel()[group] * effects.n_cells + cell).astype(np.uint64)


def _merged(
    entries: Sequence[Sequence[Entry]], n_raw: int, flights: NDArray[np.uint64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return one row of each kind, and the kind of every row: equal misses everywhere, equal flights."""
    draw = np.random.default_rng(_SALTS_SEED)
    # Two sums of 64 bits: two different rows are taken for one with a chance of about 1e-29.
    mixed = np.zeros((n_raw, 2), dtype=np.uint64)
    for row in entries:
        for at, miss in row:
            salts = draw.integers(1, 2**63, 2, dtype=np.uint64) | np.uint64(1)
            bits = miss.view(np.uint32).astype(np.uint64) + np.uint64(1)
            for column in (0, 1):
                mixed[at, column] += (bits * salts[column]) ^ (bits * salts[1 - column] >> np.uint64(29))
    key = np.column_stack([mixed, flights])
    _, first, kind = np.unique(key, axis=0, return_index=True, return_inverse=True)
    return first.astype(np.int64), kind.ravel().astype(np.int64)


def _by_station(
    entries: Sequence[Sequence[Entry]], merged: NDArray[np.int64], n_own: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
    """Return the entries of the merged rows, station after station."""
    start = [0]
    rows, misses = [np.zeros(0, np.int64)], [np.zeros((0, n_own), np.float32)]
    for row in entries:
        touched = np.unique(np.concatenate([np.zeros(0, np.int64), *(merged[at] for at, _ in row)]))
        block = np.ones((len(touched), n_own), dtype=np.float32)
        for slot, (at, miss) in enumerate(row):
            block[np.searchsorted(touched, merged[at]), slot] = miss
        rows.append(touched)
        misses.append(block)
        start.append(start[-1] + len(touched))
    return np.array(start, dtype=np.int64), np.concatenate(rows), np.concatenate(misses)
