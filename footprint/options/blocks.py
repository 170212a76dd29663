"""Blocks: what every choice misses in each row, place by place, as the kernels of a search want it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from footprint.coverage.packing import Rows
from footprint.coverage.portfolios import Flights, Flown
from footprint.options.pack import Pack

LEAST_MISS = 1e-12
"""What is missed at least, so that a choice can be taken back by division; far below single precision."""


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """One bundle's rows, place by place: what each choice misses in each row of its place."""

    n_slots: int
    group: NDArray[np.int64]
    """Group of each slot, ascending, shape (n_slots,)."""
    n_groups: int
    needs_all: bool
    relay_group: int
    """Group in which evacuation counts; -1 without."""
    place_start: NDArray[np.int64] = field(repr=False)
    """First of the rows of each place, shape (n_places + 1,)."""
    rows: NDArray[np.int64] = field(repr=False)
    miss_start: NDArray[np.int64] = field(repr=False)
    """Where the misses of each place begin, laid out by choice, row and slot, shape (n_places,)."""
    miss: NDArray[np.float32] = field(repr=False)
    """Single precision, as stations have it: half as much to fetch."""
    weight_start: NDArray[np.int64] = field(repr=False)
    """First weight of each row, shape (n_rows + 1,)."""
    weight_column: NDArray[np.int64] = field(repr=False)
    weight: NDArray[np.float64] = field(repr=False)
    cell: NDArray[np.int64] = field(repr=False)
    """A cell of each row, shape (n_rows,)."""
    flight: NDArray[np.int64] = field(repr=False)
    """Which of the rows' flights each has: rows over one cell share them, shape (n_rows,)."""
    there_min: NDArray[np.float64] = field(repr=False)
    """Until each helicopter has the casualty [min], inf when closed, shape (n_out, n_flights)."""
    back_min: NDArray[np.float64] = field(repr=False)
    """From there to each surgery [min], inf when closed, shape (n_back, n_flights)."""

    @property
    def n_rows(self) -> int:
        """Rows of the bundle."""
        return len(self.cell)

    @property
    def layout(self):  # type: ignore[no-untyped-def]  # noqa: ANN201
        """Return places, rows and misses, for the kernels."""
        return self.place_start, self.rows, self.miss_start, self.miss

    @property
    def rule(self) -> tuple[NDArray[np.int64], tuple[int, bool, int]]:
        """Return how slots make a level, for the kernels."""
        return self.group, (self.n_groups, self.needs_all, self.relay_group)

    @property
    def weights(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
        """Return the weights of the rows, for the kernels."""
        return self.weight_start, self.weight_column, self.weight


def blocks_of(pack: Pack) -> tuple[Block, ...]:
    """Return the rows of every bundle of a pack, place by place."""
    pairs = zip(pack.portfolios.rows, pack.portfolios.used, strict=True)
    return tuple(_block(pack, rows, used) for rows, used in pairs)


def _block(pack: Pack, rows: Rows, used: NDArray[np.int64]) -> Block:
    n_slots, miss_start, place_start = len(rows.own), [0], [0]
    own_rows, misses = [], []
    for place in range(len(pack.places)):
        numbers = pack.station[pack.first[place] : pack.first[place + 1]]
        spans = [
            slice(rows.start[each], rows.start[each + 1]) if each >= 0 else slice(0, 0) for each in numbers
        ]
        touched = np.unique(np.concatenate([rows.entry_row[span] for span in spans]))
        block = np.ones((len(numbers), len(touched), n_slots))
        for layer, span in zip(block, spans, strict=True):
            layer[np.searchsorted(touched, rows.entry_row[span])] = rows.entry_miss[span]
        own_rows.append(touched)
        misses.append(np.maximum(block, LEAST_MISS).astype(np.float32).ravel())
        place_start.append(place_start[-1] + len(touched))
        miss_start.append(miss_start[-1] + block.size)
    weights = rows.weights.tocsc()
    weights.sort_indices()
    rule = rows.rule
    flown = pack.portfolios.flown
    flight, there_min, back_min = _flights(flown, rows, used)
    return Block(
        n_slots=n_slots,
        group=rule.group[rows.own],
        n_groups=rule.n_groups,
        needs_all=rule.needs_all,
        relay_group=int(rule.group[rows.relay]) if rows.relay >= 0 else -1,
        place_start=np.array(place_start, dtype=np.int64),
        rows=np.concatenate(own_rows),
        miss_start=np.array(miss_start[:-1], dtype=np.int64),
        miss=np.concatenate(misses),
        weight_start=weights.indptr.astype(np.int64),
        weight_column=weights.indices.astype(np.int64),
        weight=weights.data,
        cell=rows.cell,
        flight=flight,
        there_min=there_min,
        back_min=back_min,
    )


def _flights(
    flown: Flown, rows: Rows, used: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """Return which flights each row has, and the minutes there and back of each of these."""
    if rows.relay < 0:
        # Nobody has looked at flights to cells in which evacuation does not count: there are none.
        nobody = [np.full((len(legs.station), 1), np.inf) for legs in (flown.out, flown.back)]
        return np.zeros(len(rows.cell), dtype=np.int64), nobody[0], nobody[1]
    _, alike = np.unique(flown.is_open, axis=1, return_inverse=True)
    pairs = np.column_stack([alike.ravel()[rows.group], used])
    _, one, flight = np.unique(pairs, axis=0, return_index=True, return_inverse=True)
    back = replace(flown.back, ready_min=np.zeros(len(flown.back.ready_min)))
    there_min = _shut(flown.out, flown, used[one], rows.group[one]) + flown.pick_up_min
    return flight.ravel(), there_min, _shut(back, flown, used[one], rows.group[one])


def _shut(
    legs: Flights, flown: Flown, used: NDArray[np.int64], group: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return readiness and flight of each leg [min], inf where its station is closed."""
    minutes = legs.flight_min[:, used] + legs.ready_min[:, None]
    # Row by row in memory, which indexing has turned round: otherwise every minute is a fetch of its own.
    return np.ascontiguousarray(np.where(flown.is_open[legs.station][:, group], minutes, np.inf))


def neighbourhoods(xy_m: NDArray[np.float64], need: NDArray[np.float64], n_blocks: int) -> NDArray[np.int64]:
    """Return which block each cell belongs to: the one with most need is halved until there are enough."""
    label = np.zeros(len(need), dtype=np.int64)
    for new in range(1, n_blocks):
        sizes = np.bincount(label, minlength=new)
        heaviest = int(np.argmax(np.where(sizes > 1, np.bincount(label, need, new), -1.0)))
        own = np.flatnonzero(label == heaviest)
        axis = int(np.argmax(np.ptp(xy_m[own], axis=0)))
        own = own[np.lexsort((xy_m[own, 1 - axis], xy_m[own, axis]))]
        share = np.cumsum(need[own])
        half = int(np.searchsorted(share, share[-1] / 2)) + 1
        label[own[min(half, len(own) - 1) :]] = new
    return label
