"""
Overestimate: an overestimate of what any plan can come to, as cuts that hold for the true figures.

Notes
-----
For a row (a cell in a group of months) of a bundle and one of its groups let ``a_j`` be the largest over
the group's capabilities of ``-log(miss)`` under choice ``j``, and ``c_j = 1 - exp(-a_j)``. For every plan
``x`` (one choice at each place) the best capability of the group is there with a chance of at most

* ``1 - exp(-sum a_j x_j)``: each capability is replaced by the choice's best;
* ``sum c_j x_j``: the union bound, tight for fractional ``x`` where one choice serves;

and evacuation, the likeliest ``A_h A_s`` of the pairs of helicopter and surgery that are in time, with at
most ``sum (A_k - A_k+1) min(1, sum z_hs over pairs of chance A_k at least)`` over the different chances
``A_1 > A_2 > ... > 0``, ``z_hs <= y_h, y_s``, which is exact for whole ``z``.

Each is concave, the weakest group keeps it so, weights are not negative: so any supergradient, wherever
taken, is a cut that holds for every plan. Force, of which any capability does, has ``a_j`` summed over its
capabilities, and the first bound is exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from footprint.options.blocks import Block, neighbourhoods
from footprint.options.crews import Crews
from footprint.options.evaluate import PlanEvaluator
from footprint.options.overestimates import add_best, add_gradient, add_up, fill_bounds, mark_raising
from footprint.options.problem import Expression, Problem

SCALE = 1e4
"""Figures are counted in units of 1e-4: the solver's tolerances are absolute, small sums drown in them."""

MOST_PAIRS = 3000
"""Pairs of helicopter and surgery with a variable of their own, at most; beyond, helicopters alone bound."""

_MOST_STEPS = 12
"""Different chances of evacuation that are told apart, at most."""

_BLOCKS, _FEW_BLOCKS = 60, 6
"""Neighbourhoods with a variable of their own, for what is raised and for what has a floor."""


Cuts = tuple[NDArray[np.float64], NDArray[np.float64]]
"""Constant and gradient of each block's cut, shapes (n_blocks,) and (n_blocks, n_x + n_z)."""


@dataclass(frozen=True, slots=True, eq=False)
class _Bundle:
    """One bundle: logarithms of what choices miss, and where its rows count."""

    block: Block
    n_groups: int
    logs: NDArray[np.float64] = field(repr=False)
    """``a`` of each choice, row and group, laid out as the misses of the block."""
    chances: NDArray[np.float64] = field(repr=False)
    """``c``, laid out alike."""
    starts: NDArray[np.int64] = field(repr=False)
    """Where those of each place begin, shape (n_places,)."""
    cover: NDArray[np.float64] = field(repr=False)
    """Chance with which each pair evacuates each flight, shape (n_z, n_flights)."""
    steps: tuple[tuple[float, NDArray[np.float64]], ...] = field(repr=False)
    """Each difference of chances, and which pairs are as likely as the larger, shape (n_z, n_flights)."""

    @property
    def relay(self) -> int:
        """Group to which evacuation adds; -1 for none."""
        if self.block.relay_group < 0:
            return -1
        return self.block.relay_group if self.block.needs_all else 0


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """One target in one bundle: weights of its rows, and their neighbourhoods."""

    bundle: int
    weight: NDArray[np.float64] = field(repr=False)
    """In units of `1 / SCALE`, shape (n_rows,)."""
    label: NDArray[np.int64] = field(repr=False)
    """Block of each row, shape (n_rows,)."""
    touched: NDArray[np.bool_] = field(repr=False)
    """Whose helicopters and surgeries could evacuate from a block, shape (n_blocks, n_choices)."""
    first: int
    """First block among all."""
    n_blocks: int


@dataclass(frozen=True, slots=True)
class Pair:
    """A variable of evacuation, and the choices that each bound it from above together."""

    bounds: tuple[tuple[int, ...], ...]


class Overestimate:
    """The overestimate of a problem's figures over all plans, fractional ones too."""

    def __init__(self, problem: Problem, evaluator: PlanEvaluator, expressions: Sequence[Expression]) -> None:
        """
        Lay it out.

        Parameters
        ----------
        problem
            Gives the pack.
        evaluator
            Its rows are shared.
        expressions
            What is to be raised first, then what has floors: the first gets finer blocks.
        """
        self.pack = problem.pack
        self.n_x = self.pack.n_choices
        crews = self._crews = Crews(self.pack)
        self._flying = [choice for choice in range(self.n_x) if crews.alike[choice]]
        self.pairs, covers = _pairs(problem, evaluator, crews)
        self._bundles = [
            _bundle(evaluator, block, cover) for block, cover in zip(evaluator.blocks, covers, strict=True)
        ]
        self.targets: dict[bytes, tuple[int, ...]] = {}
        self._parts: list[_Part] = []
        self.n_blocks = 0
        for number, expression in enumerate(expressions):
            for vector in vectors_of(expression):
                if vector.tobytes() not in self.targets:
                    self._add_target(evaluator, vector, _FEW_BLOCKS if number else _BLOCKS)

    @property
    def n_z(self) -> int:
        """Variables of evacuation."""
        return len(self.pairs)

    def _add_target(self, evaluator: PlanEvaluator, vector: NDArray[np.float64], most: int) -> None:
        """Lay out the blocks of one weighted sum of columns."""
        own: list[int] = []
        for number, block in enumerate(evaluator.blocks):
            weight = SCALE * _row_weights(block, vector)
            rows = np.flatnonzero(weight)
            if not len(rows):
                continue
            cells, at = np.unique(block.cell[rows], return_inverse=True)
            n_blocks = min(most, len(cells))
            label = np.zeros(block.n_rows, dtype=np.int64)
            need = np.bincount(at.ravel(), weight[rows]).astype(np.float64)
            label[rows] = neighbourhoods(evaluator.pack.cells_xy_m[cells], need, n_blocks)[at.ravel()]
            touched = self._touched(number, weight, label, n_blocks)
            self._parts.append(_Part(number, weight, label, touched, self.n_blocks, n_blocks))
            own += range(self.n_blocks, self.n_blocks + n_blocks)
            self.n_blocks += n_blocks
        self.targets[vector.tobytes()] = tuple(own)

    def _touched(
        self, number: int, weight: NDArray[np.float64], label: NDArray[np.int64], n_blocks: int
    ) -> NDArray[np.bool_]:
        """Return whose crews could evacuate from the rows of each block."""
        touched = np.zeros((n_blocks, self.n_x), dtype=np.bool_)
        bundle = self._bundles[number]
        if bundle.relay < 0:
            return touched
        rows = np.flatnonzero(weight)
        for pair, cover in zip(self.pairs, bundle.cover, strict=True):
            blocks = np.unique(label[rows[cover[bundle.block.flight[rows]] > 0]])
            for choice in {choice for bound in pair.bounds for choice in bound}:
                touched[blocks, choice] = True
        if any(len(pair.bounds) == 1 for pair in self.pairs):
            # Surgeries may have no variable of their own.
            touched[:, [choice for choice in self._flying if len(self._crews.back[choice])]] = True
        return touched

    def most(self) -> NDArray[np.float64]:
        """Return what each block comes to at most, with the best choice for each row at every place."""
        most = np.zeros(self.n_blocks)
        ceilings = [_ceiling(self.pack.first, bundle) for bundle in self._bundles]
        for part in self._parts:
            most[part.first : part.first + part.n_blocks] = np.bincount(
                part.label, part.weight * ceilings[part.bundle], part.n_blocks
            )
        return most

    def patterns(self, plan: NDArray[np.int64], evaluator: PlanEvaluator, most: NDArray[np.float64]) -> Cuts:
        """
        Return cuts that hold each block to its true figure wherever nothing around is better than in a plan.

        Parameters
        ----------
        plan
            A plan, which the evaluator stands on.
        evaluator
            Its levels.
        most
            What each block comes to at most.

        Notes
        -----
        After the integer L-shaped method (Laporte and Louveaux 1993), block by block: the true figure, and
        as much as the block can rise for each choice that could raise it. All plans that are alike around
        a block, or worse there, share one cut; the overestimate remains for the others.
        """
        constant = np.zeros(self.n_blocks)
        gradient = np.zeros((self.n_blocks, self.n_x + self.n_z))
        layers = plan - self.pack.first[:-1]
        crews = [self._crews.alike[own] for own in plan.tolist()]
        for part in self._parts:
            block, span = self._bundles[part.bundle].block, slice(part.first, part.first + part.n_blocks)
            own = np.bincount(part.label, part.weight * evaluator.levels(part.bundle), part.n_blocks)
            raises = np.zeros((part.n_blocks, self.n_x), dtype=np.bool_)
            mark_raising(
                (block.place_start, block.rows, block.miss_start, self.pack.first),
                (layers, block.miss, block.n_slots),
                (part.weight, part.label),
                raises,
            )
            for choice in self._flying:
                if self._crews.alike[choice] != crews[self.pack.place_of(choice)]:
                    raises[:, choice] |= part.touched[:, choice]
            constant[span] = own
            gradient[span, : self.n_x] = raises * np.maximum(most[span] - own, 0.0)[:, None]
        return constant, gradient

    def pairs_at(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the largest variables of evacuation that choices permit, shape (n_z,)."""
        return np.array([min(x[list(bound)].sum() for bound in pair.bounds) for pair in self.pairs])

    def at(self, x: NDArray[np.float64], z: NDArray[np.float64]) -> tuple[NDArray[np.float64], Cuts]:
        """
        Return the overestimate of each block at a point, and the cut that touches it there.

        Parameters
        ----------
        x
            Share of each choice, one at each place in all, shape (n_x,).
        z
            Variables of evacuation, shape (n_z,).

        Returns
        -------
        tuple
            Values, shape (n_blocks,), in units of ``1 / SCALE``; and constants and gradients.
        """
        values = np.zeros(self.n_blocks)
        gradient = np.zeros((self.n_blocks, self.n_x + self.n_z))
        filled = [self._fill(bundle, x, z) for bundle in self._bundles]
        for part in self._parts:
            bundle, (sums, levels, pick) = self._bundles[part.bundle], filled[part.bundle]
            span = slice(part.first, part.first + part.n_blocks)
            values[span] += np.bincount(part.label, part.weight * levels, part.n_blocks)
            block = bundle.block
            add_gradient(
                (block.place_start, block.rows, bundle.starts, self.pack.first),
                (bundle.logs, bundle.chances, sums, pick),
                (part.weight, part.label),
                gradient[span, : self.n_x],
            )
            if self.n_z and bundle.relay >= 0:
                rows = np.flatnonzero((pick >= 0) & (pick // 2 == bundle.relay) & (part.weight > 0))
                flights = np.zeros((part.n_blocks, bundle.cover.shape[1]))
                np.add.at(flights, (part.label[rows], block.flight[rows]), part.weight[rows])
                for step, pairs in bundle.steps:
                    gradient[span, self.n_x :] += (step * flights * (z @ pairs < 1)) @ pairs.T
        constant = values - gradient @ np.concatenate([x, z])
        return values, (constant, gradient)

    def _fill(
        self, bundle: _Bundle, x: NDArray[np.float64], z: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]:
        """Return sums of logarithms, levels, and which group and bound decides each row of a bundle."""
        block = bundle.block
        sums, chances = np.zeros((2, block.n_rows, bundle.n_groups))
        add_up(
            x,
            (block.place_start, block.rows, bundle.starts, self.pack.first),
            (bundle.logs, bundle.chances),
            (sums, chances),
        )
        evacuated = _evacuated(bundle, z)
        levels, pick = np.zeros(block.n_rows), np.zeros(block.n_rows, dtype=np.int64)
        fill_bounds(sums, chances, evacuated, bundle.relay, (levels, pick))
        return sums, levels, pick


def _evacuated(bundle: _Bundle, z: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the overestimate of evacuation in each row [0-1], shape (n_rows,)."""
    chance = np.zeros(bundle.cover.shape[1])
    for step, pairs in bundle.steps if bundle.relay >= 0 else ():
        chance += step * np.minimum(1.0, z @ pairs)
    return np.asarray(chance[bundle.block.flight])


def _steps(cover: NDArray[np.float64]) -> tuple[tuple[float, NDArray[np.float64]], ...]:
    """Return the differences of chances, from the smallest up, and the pairs as likely as each."""
    chances = np.unique(cover[cover > 0])
    if len(chances) > _MOST_STEPS:
        # Too many to tell apart: each counts as the largest of those near it, which only gives way.
        chances = chances[np.linspace(0, len(chances) - 1, _MOST_STEPS + 1).astype(int)[1:]]
        cover = np.where(cover > 0, chances[np.searchsorted(chances, cover).clip(max=len(chances) - 1)], 0.0)
    return tuple(
        (float(own - below), (cover >= own).astype(np.float64))
        for below, own in zip([0.0, *chances][:-1], chances, strict=True)
    )


def _ceiling(first: NDArray[np.int64], bundle: _Bundle) -> NDArray[np.float64]:
    """Return the level that no plan exceeds in each row of a bundle, shape (n_rows,)."""
    block = bundle.block
    sums = np.zeros((block.n_rows, bundle.n_groups))
    add_best((block.place_start, block.rows, bundle.starts, first), bundle.logs, sums)
    chances = -np.expm1(-sums)
    if bundle.relay >= 0:
        chances[:, bundle.relay] += _evacuated(bundle, np.ones(len(bundle.cover)))
    return np.asarray(np.minimum(chances.min(axis=1), 1.0))


def vectors_of(expression: Expression) -> list[NDArray[np.float64]]:
    """Return the sums of columns that an expression is made of: its weighted sum, and each season."""
    vectors = [expression.linear] if expression.linear.any() else []
    for _, columns in expression.worst:
        for column in columns:
            vector = np.zeros(len(expression.linear))
            vector[column] = 1.0
            vectors.append(vector)
    return vectors


def _row_weights(block: Block, vector: NDArray[np.float64]) -> NDArray[np.float64]:
    counts = np.diff(block.weight_start)
    rows = np.repeat(np.arange(block.n_rows), counts)
    weight = np.bincount(rows, block.weight * vector[block.weight_column], block.n_rows)
    return np.asarray(weight, dtype=np.float64)


def _bundle(evaluator: PlanEvaluator, block: Block, cover: NDArray[np.float64]) -> _Bundle:
    """Return logarithms and chances of every choice by group; one group where any capability does."""
    n_groups = block.n_groups if block.needs_all else 1
    logs, starts = [], [0]
    for place in range(len(evaluator.pack.places)):
        n_choices = int(evaluator.pack.first[place + 1] - evaluator.pack.first[place])
        n_rows = int(block.place_start[place + 1] - block.place_start[place])
        first = int(block.miss_start[place])
        miss = block.miss[first : first + n_choices * n_rows * block.n_slots]
        own = -np.log(miss.astype(np.float64).reshape(n_choices, n_rows, block.n_slots))
        if block.needs_all:
            parts = [own[:, :, block.group == group] for group in range(n_groups)]
            by_group = [part.max(axis=2) if part.shape[2] else np.zeros(own.shape[:2]) for part in parts]
        else:
            by_group = [own.sum(axis=2)]
        laid = np.stack(by_group, axis=-1).ravel()
        logs.append(laid)
        starts.append(starts[-1] + len(laid))
    joined = np.concatenate(logs)
    begins = np.array(starts[:-1], dtype=np.int64)
    return _Bundle(block, n_groups, joined, -np.expm1(-joined), begins, cover, _steps(cover))


def _pairs(
    problem: Problem, evaluator: PlanEvaluator, crews: Crews
) -> tuple[tuple[Pair, ...], list[NDArray[np.float64]]]:
    """Return the variables of evacuation, and how each covers the flights of every bundle."""
    pack = problem.pack
    variants: dict[object, list[int]] = {}
    for choice in range(pack.n_choices):
        if crews.alike[choice]:  # forbidden ones too: somebody may ask what they would have brought
            variants.setdefault((pack.place_of(choice), crews.alike[choice]), []).append(choice)
    groups = list(variants.values())
    flying = [own for own in groups if len(crews.out[own[0]])]
    mending = [own for own in groups if len(crews.back[own[0]])]
    asked = [
        (out, back)
        for out in flying
        for back in mending
        if out is back or pack.place_of(out[0]) != pack.place_of(back[0])
    ]
    alone = len(asked) > MOST_PAIRS
    if alone:
        # Too many: whoever flies is bounded by himself, as if every surgery he can reach were there.
        everyone = np.concatenate([crews.back[own[0]] for own in mending])
        covers = [
            [crews.pair_cover(block, crews.out[own[0]], everyone) for own in flying]
            for block in evaluator.blocks
        ]
        pairs = [Pair((tuple(own),)) for own in flying]
    else:
        covers = [
            [crews.pair_cover(block, crews.out[out[0]], crews.back[back[0]]) for out, back in asked]
            for block in evaluator.blocks
        ]
        pairs = [Pair(tuple({tuple(out), tuple(back)})) for out, back in asked]
    kept = [number for number in range(len(pairs)) if any(rows[number].any() for rows in covers)]
    stacked = [
        np.array([rows[number] for number in kept]).reshape(len(kept), block.there_min.shape[1])
        for rows, block in zip(covers, evaluator.blocks, strict=True)
    ]
    return tuple(pairs[number] for number in kept), stacked
