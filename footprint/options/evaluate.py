"""Evaluate: what a plan comes to, from scratch, or as it changes at one place."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from footprint.options.blocks import blocks_of
from footprint.options.crews import Crews
from footprint.options.pack import Pack


class PlanEvaluator:
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
            _scan((*turn, ~flies), *how, (*state, self._evacuated[number]), gains)
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
def level(joined, row, evacuated, group, kind):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201
    """
    Return how far a bundle can be delivered, from what is missed in each slot.

    Arrays one by one: in a tuple they are counted at every call, which takes four times as long.
    """
    n_groups, needs_all, relay_group = kind
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
    group, kind = rule
    start, column, weight = weights
    levels, sums = result
    sums[:] = 0.0
    for row in range(joined.shape[0]):
        own = level(joined, row, evacuated[row], group, kind)
        levels[row] = own
        if own > 0:
            for at in range(start[row], start[row + 1]):
                sums[column[at]] += weight[at] * own


@njit(cache=True, nogil=True)
def _move(turn, layout, rule, weights, state, sums):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Take one choice of a place back and make another, and add to `sums` what that changes."""
    place, before, after = turn
    place_start, rows, miss_start, miss = layout
    group, kind = rule
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
            own = level(joined, row, evacuated[row], group, kind)
            gain = own - levels[row]
            levels[row] = own
            if gain != 0.0:
                for each in range(start[row], start[row + 1]):
                    sums[column[each]] += weight[each] * gain


@njit(cache=True, nogil=True)
def _scan(turn, layout, rule, weights, state, gains):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Add to `gains` what each choice asked about of a place would change."""
    place, now, asked = turn
    place_start, rows, miss_start, miss = layout
    group, kind = rule
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
            gain = level(tried, 0, evacuated[row], group, kind) - levels[row]
            if gain != 0.0:
                for each in range(start[row], start[row + 1]):
                    gains[choice, column[each]] += weight[each] * gain


@njit(cache=True, nogil=True)
def _scan_flying(turn, layout, rule, weights, state, gains):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Add to `gains` what one choice would change that evacuates otherwise than the present one."""
    place, now, choice = turn
    place_start, rows, miss_start, miss = layout
    group, kind = rule
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
        gain = level(tried, 0, after[row], group, kind) - levels[row]
        if gain != 0.0:
            for each in range(start[row], start[row + 1]):
                gains[choice, column[each]] += weight[each] * gain
