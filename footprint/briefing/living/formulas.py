"""Formulas: what one bundle comes to in cells and months under every combination of switches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from footprint.coverage.packing import Rows
from footprint.coverage.portfolios import Flown, Portfolios

Literal = tuple[int, bool]
"""A switch, and whether it is on."""


@dataclass(frozen=True, slots=True)
class Player:
    """What a station hangs on: a station of today and of the plan alike hangs on nothing."""

    switch: int = -1
    """Number of the switch, -1 for none."""
    is_on: bool = True
    """Whether it stands where the switch is on, or where it is off."""

    @property
    def literals(self) -> frozenset[Literal]:
        """What must hold for the station to stand."""
        return frozenset() if self.switch < 0 else frozenset({(self.switch, self.is_on)})


@dataclass(frozen=True, slots=True, eq=False)
class Formulas:
    """The formulas of one bundle: each for all cells and months in which every station does the same."""

    group: NDArray[np.int64]
    """Group of each slot, ascending, shape (n_slots,)."""
    n_groups: int
    needs_all: bool
    """Whether every group is needed, the weakest counting; else any slot does."""
    relay_group: int
    """Group that evacuation belongs to, -1 without."""
    fixed: NDArray[np.float64] = field(repr=False)
    """What all stations that hang on no switch miss in each slot, shape (n_rows, n_slots)."""
    off: NDArray[np.float64] = field(repr=False)
    """What each switch's station misses while off, 1 without one, shape (n_switches, n_rows, n_slots)."""
    on: NDArray[np.float64] = field(repr=False)
    evacuations: tuple[tuple[frozenset[Literal], NDArray[np.float64]], ...] = field(repr=False)
    """Chance of evacuation in each row that asks for some switches; the likeliest counts."""
    row_of: NDArray[np.int64] = field(repr=False)
    """Row of each group of months and cell, -1 where none can come, shape (n_month_groups, n_cells)."""

    @property
    def n_rows(self) -> int:
        """Formulas."""
        return len(self.fixed)

    @property
    def moving(self) -> NDArray[np.bool_]:
        """Tell which rows hang on any switch, shape (n_rows,)."""
        found: NDArray[np.bool_] = (self.off != self.on).any(axis=(0, 2))
        steady = self._evacuated(())
        for literals, chance in self.evacuations:
            if literals:
                found = found | (chance > steady)
        return found

    def levels(self, state: Sequence[bool]) -> NDArray[np.float64]:
        """Return how far the bundle can be delivered in each row [0-1], shape (n_rows,)."""
        missed = self.fixed.copy()
        for number, is_on in enumerate(state):
            missed *= self.on[number] if is_on else self.off[number]
        evacuated = self._evacuated(state) if self.relay_group >= 0 else None
        if not self.needs_all:
            left: NDArray[np.float64] = missed.prod(axis=1)
            return 1.0 - left if evacuated is None else 1.0 - left * (1.0 - evacuated)
        low = np.ones(self.n_rows)
        for number in range(self.n_groups):
            slots = np.flatnonzero(self.group == number)
            best = (1.0 - missed[:, slots]).max(axis=1, initial=0.0)
            if number == self.relay_group and evacuated is not None:
                best = np.maximum(best, evacuated)
            low = np.minimum(low, best)
        return low

    def only(self, rows: NDArray[np.int64], row_of: NDArray[np.int64]) -> Formulas:
        """Return some of the rows, by number, under new pointers to them."""
        return replace(
            self,
            fixed=self.fixed[rows],
            off=self.off[:, rows],
            on=self.on[:, rows],
            evacuations=tuple((literals, chance[rows]) for literals, chance in self.evacuations),
            row_of=row_of,
        )

    def _evacuated(self, state: Sequence[bool]) -> NDArray[np.float64]:
        holds = set(enumerate(state))
        chance = np.zeros(self.n_rows)
        for literals, own in self.evacuations:
            if literals <= holds:
                chance = np.maximum(chance, own)
        return chance


def formulas(
    choices: Portfolios, bundle: int, players: Sequence[Player], n_switches: int, cells: NDArray[np.int64]
) -> Formulas:
    """
    Return the formulas of a bundle.

    Parameters
    ----------
    choices
        All stations that may stand, of today and of the plan.
    bundle
        Number of the bundle among them.
    players
        What each station hangs on.
    n_switches
        Switches of the plan.
    cells
        Cells that are told of, by number in the grid.
    """
    rows, n_rows = choices.rows[bundle], len(choices.rows[bundle].group)
    n_slots = len(rows.own)
    fixed, alone = np.ones((n_rows, n_slots)), np.ones((2, n_switches, n_rows, n_slots))
    for station, player in enumerate(players):
        first, last = rows.start[station], rows.start[station + 1]
        at, miss = rows.entry_row[first:last], rows.entry_miss[first:last]
        if player.switch < 0:
            fixed[at] *= miss
        else:
            alone[int(player.is_on), player.switch, at] *= miss
    made = Formulas(
        group=rows.rule.group[rows.own],
        n_groups=rows.rule.n_groups,
        needs_all=rows.rule.needs_all,
        relay_group=-1 if rows.relay < 0 else int(rows.rule.group[rows.relay]),
        fixed=fixed,
        off=alone[0],
        on=alone[1],
        evacuations=_evacuations(choices.flown, rows, choices.used[bundle], players),
        row_of=rows.row_of.reshape(choices.flown.is_open.shape[1], -1)[:, cells],
    )
    return _folded(made)


def _evacuations(
    flown: Flown, rows: Rows, used: NDArray[np.int64], players: Sequence[Player]
) -> tuple[tuple[frozenset[Literal], NDArray[np.float64]], ...]:
    """Return the chance of evacuation of every pair of helicopter and surgery, by what it hangs on."""
    if rows.relay < 0:
        return ()
    never = np.zeros(len(rows.group))
    found: dict[frozenset[Literal], NDArray[np.float64]] = {frozenset(): never}
    out, back = flown.out, flown.back
    for fly, flies in enumerate(out.station):
        there = out.flight_min[fly, used] + out.ready_min[fly] + flown.pick_up_min
        for mend, mends in enumerate(back.station):
            literals = players[flies].literals | players[mends].literals
            if len({switch for switch, _ in literals}) < len(literals):
                continue  # one stands where the other does not
            total = np.maximum(there + back.flight_min[mend, used], back.ready_min[mend]).astype(np.float32)
            is_open = flown.is_open[flies, rows.group] & flown.is_open[mends, rows.group]
            chance = np.float64(out.chance[fly] * back.chance[mend] * flown.availability)
            own = np.where(is_open & (total <= flown.limit_min), chance, 0.0)
            found[literals] = np.maximum(found.get(literals, never), own)
    for switch in {number for literals in found for number, _ in literals}:
        # A helicopter or surgery that only moves on paper, or is merely joined by others, hangs on nothing.
        off, on = (found.get(frozenset({(switch, is_on)}), never) for is_on in (False, True))
        found[frozenset()] = np.maximum(found[frozenset()], np.minimum(off, on))
    return tuple((literals, found[literals]) for literals in sorted(found, key=sorted))


def _folded(made: Formulas) -> Formulas:
    """Return equal formulas in fewer numbers: what no switch moves, and slots that only multiply, joined."""
    alike = made.off == made.on
    fixed = made.fixed * np.where(alike, made.off, 1.0).prod(axis=0)
    off, on = np.where(alike, 1.0, made.off), np.where(alike, 1.0, made.on)
    group = made.group
    if not made.needs_all:
        fixed, off, on = (each.prod(axis=-1, keepdims=True) for each in (fixed, off, on))
        group = np.zeros(1, dtype=np.int64)
    return replace(made, group=group, fixed=fixed, off=off, on=on)
