"""Evaluate: what a plan comes to, from scratch, or as it changes at one place."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field, replace

import numpy as np
from numba import njit
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
    """From the call until each helicopter has the casualty [min], inf when closed, shape (n_out, n_flights)."""
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
    def rule(self) -> tuple[NDArray[np.int64], int, bool, int]:
        """Return how slots make a level, for the kernels."""
        return self.group, self.n_groups, self.needs_all, self.relay_group

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


class Evaluator:
    """
    One plan at a time, and its figures.

    Searching goes by moves of one place; after thousands of them a figure has drifted by less than
    1e-12. Every figure that is shown comes from a review all the same.
    """

    def __init__(self, pack: Pack) -> None:
        """
        Stand on the plan in which everything is as it is.

        Parameters
        ----------
        pack
            What every choice does.
        """
        self.pack, self.blocks = pack, blocks_of(pack)
        self._joined = [np.ones((block.n_rows, block.n_slots)) for block in self.blocks]
        self._levels = [np.zeros(block.n_rows) for block in self.blocks]
        self._evacuated = [np.zeros(block.n_rows) for block in self.blocks]
        self._flown = [np.zeros(block.there_min.shape[1]) for block in self.blocks]
        self._sums = np.zeros((len(self.blocks), len(pack.figures) * len(pack.season_share)))
        self._crews = Crews(pack)
        self._aboard: tuple[bytes, bytes] | None = None
        self.plan = pack.today
        self.set(self.plan)

    @property
    def values(self) -> NDArray[np.float64]:
        """Every figure in every season, shape (n_figures * n_seasons,)."""
        return np.asarray(self._sums.sum(axis=0))

    def levels(self, bundle: int) -> NDArray[np.float64]:
        """Return how far a bundle can be delivered in each of its rows [0-1], shape (n_rows,)."""
        return self._levels[bundle]

    def set(self, plan: NDArray[np.int64]) -> NDArray[np.float64]:
        """Reckon a plan from scratch, and return `values`."""
        self.plan = np.array(plan, dtype=np.int64)
        self._fly()
        layers = self.plan - self.pack.first[:-1]
        empty = self.pack.station[self.plan] < 0
        for number, block in enumerate(self.blocks):
            _join(layers, empty, block.layout, self._joined[number])
            self._sum(number)
        return self.values

    def move(self, choice: int) -> NDArray[np.float64]:
        """Make a choice at its place, and return `values`."""
        place = self.pack.place_of(choice)
        before = int(self.plan[place])
        if choice == before:
            return self.values
        self.plan[place] = choice
        turned = self._crews.alike[before] != self._crews.alike[choice] and self._fly()
        first = int(self.pack.first[place])
        for number, block in enumerate(self.blocks):
            _move(
                (place, before - first, choice - first),
                block.layout,
                block.rule,
                block.weights,
                (self._joined[number], self._levels[number], self._evacuated[number]),
                self._sums[number],
            )
            if turned and block.relay_group >= 0:
                self._sum(number)
        return self.values

    def scan(self, place: int) -> NDArray[np.float64]:
        """
        Return what each choice of a place would add, nothing changed.

        Returns
        -------
        ndarray
            Shape (n_choices of the place, n_figures * n_seasons).
        """
        first, last = int(self.pack.first[place]), int(self.pack.first[place + 1])
        now, alike = int(self.plan[place]), self._crews.alike
        others = [choice for choice in range(first, last) if alike[choice] != alike[now]]
        gains = np.zeros((last - first, self._sums.shape[1]))
        for number, block in enumerate(self.blocks):
            state = (self._joined[number], self._levels[number])
            turn, how = (place, now - first), (block.layout, block.rule, block.weights)
            flies = np.zeros(last - first, dtype=np.bool_)
            if block.relay_group >= 0:
                flies[[choice - first for choice in others]] = True
            _scan(turn, *how, (*state, self._evacuated[number]), ~flies, gains)
            if flies.any():
                rest = np.delete(self.plan, place)
                without = self._crews.evacuated(block, rest) if alike[now] else self._flown[number]
                for choice in others:
                    evacuated = self._crews.joined_by(block, without, rest, choice)[block.flight]
                    one = (*turn, choice - first)
                    _scan_flying(one, *how, (*state, self._evacuated[number], evacuated), gains)
        return gains

    def _sum(self, number: int) -> None:
        block = self.blocks[number]
        _sum(
            self._joined[number],
            block.rule,
            block.weights,
            self._evacuated[number],
            (self._levels[number], self._sums[number]),
        )

    def _fly(self) -> bool:
        """Reckon evacuation anew if others fly or operate than before; tell whether they do."""
        out, back = self._crews.of(self.plan)
        key = (out.tobytes(), back.tobytes())
        if key == self._aboard:
            return False
        self._aboard = key
        for number, block in enumerate(self.blocks):
            if block.relay_group >= 0:
                self._flown[number] = self._crews.evacuated(block, self.plan)
                self._evacuated[number] = self._flown[number][block.flight]
        return True


class Crews:
    """Whose helicopters and surgeries each choice brings, and what they can evacuate."""

    def __init__(self, pack: Pack) -> None:
        """
        Find them.

        Parameters
        ----------
        pack
            What every choice does.
        """
        flown = pack.portfolios.flown
        self._chances = (flown.out.chance, flown.back.chance, flown.back.ready_min)
        self._limits = (flown.limit_min, flown.availability)
        none = np.zeros(0, dtype=np.int64)
        self.out, self.back = (
            [np.flatnonzero(leg.station == each) if each >= 0 else none for each in pack.station]
            for leg in (flown.out, flown.back)
        )
        self.alike = [self._content(pack, flown, choice) for choice in range(pack.n_choices)]
        """Equal for choices that evacuate alike."""
        self._takes_part = np.array(
            [len(out) + len(back) > 0 for out, back in zip(self.out, self.back, strict=True)]
        )

    def _content(self, pack: Pack, flown: Flown, choice: int) -> Hashable:
        out, back = self.out[choice], self.back[choice]
        if not len(out) and not len(back):
            return ()
        post = pack.stations[pack.station[choice]]
        return (
            (post.x_m, post.y_m),
            flown.is_open[pack.station[choice]].tobytes(),
            (flown.out.ready_min[out].tobytes(), flown.out.chance[out].tobytes()),
            (flown.back.ready_min[back].tobytes(), flown.back.chance[back].tobytes()),
        )

    def of(self, plan: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the helicopters and the surgeries under a plan, by number."""
        own = plan[self._takes_part[plan]].tolist()
        none = np.zeros(0, dtype=np.int64)
        return (
            np.concatenate([none, *(self.out[choice] for choice in own)]),
            np.concatenate([none, *(self.back[choice] for choice in own)]),
        )

    def evacuated(self, block: Block, plan: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the chance of evacuation [0-1] of each of a bundle's flights, shape (n_flights,)."""
        best = np.zeros(block.there_min.shape[1])
        self._raise(block, best, *self.of(plan))
        return best

    def pair_cover(
        self, block: Block, out: NDArray[np.int64], back: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        """Return with what chance some helicopters and surgeries evacuate each flight, shape (n_flights,)."""
        best = np.zeros(block.there_min.shape[1])
        self._raise(block, best, out, back)
        return best

    def joined_by(
        self, block: Block, without: NDArray[np.float64], plan: NDArray[np.int64], choice: int
    ) -> NDArray[np.float64]:
        """Return the same once a choice joins those of a plan, whose own chances are `without`."""
        best = without.copy()
        out, back = self.of(plan)
        new_out, new_back = self.out[choice], self.back[choice]
        self._raise(block, best, new_out, np.concatenate([back, new_back]))
        self._raise(block, best, out, new_back)
        return best

    def _raise(
        self, block: Block, best: NDArray[np.float64], out: NDArray[np.int64], back: NDArray[np.int64]
    ) -> None:
        if len(out) and len(back):
            _evacuate((out, back), (block.there_min, block.back_min), self._chances, self._limits, best)


@njit(cache=True, nogil=True)
def _evacuate(who, minutes, chances, limits, best):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Raise `best` to the chance of the likeliest pair that is in time, as reviews do."""
    (flying, mending), (there_min, back_min) = who, minutes
    fly_chance, mend_chance, mend_ready = chances
    limit_min, availability = limits
    # Of those as likely to be there the soonest decides: legs are joined once for each pair of chances.
    for fly in _chances_among(flying, fly_chance):
        there = np.full(len(best), np.inf)
        for each in flying:
            if fly_chance[each] == fly:
                _sooner(there, there_min[each])
        for mend in _chances_among(mending, mend_chance):
            back = np.full(len(best), np.inf)
            for each in mending:
                if mend_chance[each] == mend and np.float32(mend_ready[each]) <= limit_min:
                    _sooner(back, back_min[each])
            chance = np.float64(fly * mend * availability)
            for row in range(len(best)):
                if np.float32(there[row] + back[row]) <= limit_min and chance > best[row]:
                    best[row] = chance


@njit(cache=True, nogil=True)
def _sooner(minutes, others):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Lower `minutes` to those of one who is sooner; written out, so that it runs several rows at a time."""
    for row in range(len(minutes)):
        minutes[row] = others[row] if others[row] < minutes[row] else minutes[row]


@njit(cache=True, nogil=True)
def _chances_among(chosen, chances):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Return the different chances of those chosen, each once."""
    own = chances[chosen]
    for each in own:
        if each != own[0]:
            return np.unique(own)
    return own[:1]


@njit(cache=True, nogil=True)
def _join(layers, empty, layout, joined):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Multiply what every chosen station misses."""
    place_start, rows, miss_start, miss = layout
    n_slots = joined.shape[1]
    joined[:] = 1.0
    for place in range(len(layers)):
        if empty[place]:
            continue
        n = place_start[place + 1] - place_start[place]
        base = miss_start[place] + layers[place] * n * n_slots
        for at in range(n):
            row = rows[place_start[place] + at]
            for slot in range(n_slots):
                joined[row, slot] *= miss[base + at * n_slots + slot]


@njit(inline="always")
def level(joined, row, evacuated, group, n_groups, needs_all, relay_group):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201, PLR0913
    """
    Return how far a bundle can be delivered, from what is missed in each slot.

    Arrays one by one: in a tuple they are counted at every call, which takes four times as long.
    """
    if not needs_all:
        missed = 1.0 if relay_group < 0 else 1.0 - evacuated
        for slot in range(len(group)):
            missed *= joined[row, slot]
        return 1.0 - missed
    low, slot = 1.0, 0
    for number in range(n_groups):
        best = evacuated if number == relay_group else 0.0
        while slot < len(group) and group[slot] == number:
            best = max(best, 1.0 - joined[row, slot])
            slot += 1
        if best <= 0.0:
            return 0.0  # most rows of most plans lack a group altogether
        low = min(low, best)
    return low


@njit(cache=True, nogil=True)
def _sum(joined, rule, weights, evacuated, result):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Fill the level of every row, and what they add up to in each column."""
    group, n_groups, needs_all, relay_group = rule
    start, column, weight = weights
    levels, sums = result
    sums[:] = 0.0
    for row in range(joined.shape[0]):
        own = level(joined, row, evacuated[row], group, n_groups, needs_all, relay_group)
        levels[row] = own
        if own > 0:
            for at in range(start[row], start[row + 1]):
                sums[column[at]] += weight[at] * own


@njit(cache=True, nogil=True)
def _move(turn, layout, rule, weights, state, sums):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Take one choice of a place back and make another, and add to `sums` what that changes."""
    place, before, after = turn
    place_start, rows, miss_start, miss = layout
    group, n_groups, needs_all, relay_group = rule
    start, column, weight = weights
    joined, levels, evacuated = state
    n_slots, n = joined.shape[1], place_start[place + 1] - place_start[place]
    old, new = miss_start[place] + before * n * n_slots, miss_start[place] + after * n * n_slots
    for at in range(n):
        row, differs = rows[place_start[place] + at], False
        for slot in range(n_slots):
            was, now = miss[old + at * n_slots + slot], miss[new + at * n_slots + slot]
            if was != now:
                joined[row, slot] *= np.float64(now) / np.float64(was)
                differs = True
        if differs:
            own = level(joined, row, evacuated[row], group, n_groups, needs_all, relay_group)
            gain = own - levels[row]
            levels[row] = own
            if gain != 0.0:
                for each in range(start[row], start[row + 1]):
                    sums[column[each]] += weight[each] * gain


@njit(cache=True, nogil=True)
def _scan(turn, layout, rule, weights, state, asked, gains):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Add to `gains` what each choice asked about of a place would change."""
    place, now = turn
    place_start, rows, miss_start, miss = layout
    group, n_groups, needs_all, relay_group = rule
    start, column, weight = weights
    joined, levels, evacuated = state
    n_slots, n = joined.shape[1], place_start[place + 1] - place_start[place]
    rest, tried = np.empty(n_slots), np.empty((1, n_slots))
    for at in range(n):
        row = rows[place_start[place] + at]
        own = miss_start[place] + (now * n + at) * n_slots
        for slot in range(n_slots):
            rest[slot] = joined[row, slot] / miss[own + slot]
        for choice in range(gains.shape[0]):
            if choice == now or not asked[choice]:
                continue
            other = miss_start[place] + (choice * n + at) * n_slots
            for slot in range(n_slots):
                tried[0, slot] = rest[slot] * miss[other + slot]
            gain = level(tried, 0, evacuated[row], group, n_groups, needs_all, relay_group) - levels[row]
            if gain != 0.0:
                for each in range(start[row], start[row + 1]):
                    gains[choice, column[each]] += weight[each] * gain


@njit(cache=True, nogil=True)
def _scan_flying(turn, layout, rule, weights, state, gains):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Add to `gains` what one choice would change that evacuates otherwise than the present one."""
    place, now, choice = turn
    place_start, rows, miss_start, miss = layout
    group, n_groups, needs_all, relay_group = rule
    start, column, weight = weights
    joined, levels, evacuated, after = state
    n_slots, n = joined.shape[1], place_start[place + 1] - place_start[place]
    own, other = miss_start[place] + now * n * n_slots, miss_start[place] + choice * n * n_slots
    tried = np.empty((1, n_slots))
    at = 0
    for row in range(joined.shape[0]):
        touched = at < n and rows[place_start[place] + at] == row
        if not touched and after[row] == evacuated[row]:
            continue
        for slot in range(n_slots):
            tried[0, slot] = joined[row, slot]
        if touched:
            for slot in range(n_slots):
                then, was = miss[other + at * n_slots + slot], miss[own + at * n_slots + slot]
                tried[0, slot] *= np.float64(then) / np.float64(was)
            at += 1
        gain = level(tried, 0, after[row], group, n_groups, needs_all, relay_group) - levels[row]
        if gain != 0.0:
            for each in range(start[row], start[row + 1]):
                gains[choice, column[each]] += weight[each] * gain
