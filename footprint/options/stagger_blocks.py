"""
Blocks of staggering: what months come to at most, by cuts, where there are too many sets to value each.

Helicopters and surgeries work together from anywhere, so that all places have to be valued together; with
many units there are more sets of places than can be. Then each month is bounded block by block: by the
overestimate of `footprint.options.relaxation`, and by its patterns, which make it exact at stays found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from footprint.options.evaluate import PlanEvaluator
from footprint.options.problem import Expression, Problem
from footprint.options.relaxation import Cuts, Overestimate
from footprint.options.stagger_master import StayMaster
from footprint.options.stagger_months import MonthValues
from footprint.options.stagger_question import MONTHS

_NEAR = 1e-6
"""Cuts are added where they cut off more than this [units of 1e-4]."""

_TINY = 1e-7
"""Smaller gains count as constants: the solver takes them for noise."""


@dataclass(frozen=True, slots=True, eq=False)
class _Month:
    """Variables of one month."""

    kind: int
    blocks: int
    """First of its blocks."""
    pairs: int
    """First of its pairs of evacuation."""
    at: NDArray[np.int64] = field(repr=False)
    """Variable of a unit at each place, -1 where none can be, shape (n_places,)."""


class BlockMonths:
    """The months of a model of stays, bounded block by block."""

    def __init__(self, master: StayMaster, values: MonthValues) -> None:
        """
        Add the blocks of every month, and first cuts.

        Parameters
        ----------
        master
            The model.
        values
            What sets of places come to, and how each kind of months is made up.
        """
        self._master, self._values = master, values
        self._relaxations = [_overestimate_of(values.evaluator(kind)) for kind in range(values.n_kinds)]
        self._most = [each.most() for each in self._relaxations]
        self._months = [self._laid_out(month) for month in range(MONTHS)]
        self._known: list[set[int]] = [set() for _ in self._months]
        for month in range(MONTHS):
            nothing = np.zeros(values.n_places)
            self._add(month, self._overestimate(month, nothing)[1], None)

    def _laid_out(self, month: int) -> _Month:
        master, kind = self._master, self._values.of_month[month]
        relaxation, at = self._relaxations[kind], self._master.at[:, month]
        blocks = master.add_variables(relaxation.n_blocks, self._most[kind])
        terms = ((blocks + each, -1.0) for each in range(relaxation.n_blocks))
        master.row(0.0, 0.0, [(master.month + month, 1.0), *terms])
        pairs = master.add_variables(relaxation.n_z, np.ones(relaxation.n_z))
        place_of = {int(own): place for place, own in enumerate(self._values.choices(kind))}
        for number, pair in enumerate(relaxation.pairs):
            for bound in pair.bounds:
                held = [place_of[choice] for choice in bound if choice in place_of]
                if len(held) == len(bound):
                    # A unit is only there when it is; whoever else is bound stands anyway.
                    columns = [int(at[place]) for place in held if at[place] >= 0]
                    master.row(-np.inf, 0.0, [(pairs + number, 1.0), *((column, -1.0) for column in columns)])
        return _Month(kind, blocks, pairs, at)

    def cut_off(self, point: NDArray[np.float64]) -> int:
        """Add the cuts that a point of the model breaks, and return how many."""
        added = 0
        for month, own in enumerate(self._months):
            held = np.where(own.at >= 0, point[own.at], 0.0)
            values, cuts = self._overestimate(month, np.clip(held, 0.0, 1.0))
            blocks = point[own.blocks : own.blocks + len(values)]
            added += self._add(month, cuts, blocks - values)
        return added

    def cut_at(self, where: Sequence[int]) -> None:
        """Make the model exact at a set of places with a unit in each month, January first."""
        for month, places in enumerate(where):
            if places in self._known[month]:
                continue
            self._known[month].add(places)
            kind = self._months[month].kind
            evaluator = self._values.stand(kind, places)
            held = np.array([places >> place & 1 for place in range(self._values.n_places)], dtype=float)
            self._add(month, self._overestimate(month, held)[1], None)
            patterns = self._relaxations[kind].patterns(evaluator.plan, evaluator, self._most[kind])
            self._add(month, patterns, None)

    def _overestimate(self, month: int, held: NDArray[np.float64]) -> tuple[NDArray[np.float64], Cuts]:
        kind = self._values.of_month[month]
        relaxation = self._relaxations[kind]
        x = np.zeros(relaxation.n_x)
        x[relaxation.pack.today] = 1.0
        choices = self._values.choices(kind)
        x[choices], x[choices - 1] = held, 1.0 - held
        return relaxation.at(x, relaxation.pairs_at(x))

    def _add(self, month: int, cuts: Cuts, above: NDArray[np.float64] | None) -> int:
        own, (constant, gradient) = self._months[month], cuts
        relaxation, choices = self._relaxations[own.kind], self._values.choices(own.kind)
        at_places = gradient[:, choices] - gradient[:, choices - 1]
        # Whatever stands anyway is there in full, and so is nothing where no unit can be.
        today = constant + gradient[:, relaxation.pack.today].sum(axis=1)
        at_pairs, added = gradient[:, relaxation.n_x :], 0
        for block in range(relaxation.n_blocks):
            if above is not None and above[block] <= _NEAR:
                continue
            places = np.flatnonzero((np.abs(at_places[block]) > _TINY) & (own.at >= 0))
            pairs = np.flatnonzero(np.abs(at_pairs[block]) > _TINY)
            usable = np.flatnonzero(own.at >= 0)
            rest = np.maximum(at_places[block, usable], 0.0).sum()
            rest -= np.maximum(at_places[block, places], 0.0).sum()
            rest += np.maximum(at_pairs[block], 0.0).sum() - np.maximum(at_pairs[block, pairs], 0.0).sum()
            terms = [(own.blocks + block, 1.0)]
            terms += [(int(own.at[place]), -float(at_places[block, place])) for place in places]
            terms += [(own.pairs + int(pair), -float(at_pairs[block, pair])) for pair in pairs]
            self._master.row(-np.inf, float(today[block] + rest), terms)
            added += 1
        return added


def _overestimate_of(evaluator: PlanEvaluator) -> Overestimate:
    """Return the overestimate of one kind of months, every choice free."""
    pack, aim = evaluator.pack, Expression(np.ones(1))
    problem = Problem(
        pack=pack,
        aim=aim,
        resources=(),
        use=np.zeros((pack.n_choices, 0)),
        cap=np.zeros(0),
        allowed=np.ones(pack.n_choices, dtype=bool),
        unknown=np.zeros((pack.n_choices, 0), dtype=bool),
        at_most_one=(),
        gates=(),
        uncosted=(),
    )
    return Overestimate(problem, evaluator, [aim])
