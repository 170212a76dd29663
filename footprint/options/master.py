"""Master: the plans that limits permit, and the cuts that bound what they come to, in HiGHS."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import highspy
import numpy as np
from numpy.typing import NDArray

from footprint.options.problem import Expression, Problem
from footprint.options.relaxation import SCALE, Cuts, Overestimate
from footprint.options.whole_model import INF, WholeModel

_NEAR = 1e-6
"""Cuts are added where they cut off more than this [units of 1e-4]."""

_TINY = 1e-6
"""Smaller gains are no coefficients of their own: the solver takes them for nought or for noise."""


class Master(WholeModel):
    """
    Raise what is asked under cuts, limits and one choice at each place.

    Variables are choices, pairs of evacuation, blocks of the relaxation, then the worst season of each
    figure whose worst counts.
    """

    def __init__(self, problem: Problem, relaxation: Overestimate) -> None:
        """
        Write the model down.

        Parameters
        ----------
        problem, relaxation
            What is asked, and the overestimate that holds `problem.aim` and every gate.
        """
        super().__init__()
        self._problem, self._relaxation = problem, relaxation
        # Plans come from the search beside it, which knows their true figures.
        for name in ("rins", "rens", "root_reduced_cost"):
            self._solver.setOptionValue(f"mip_heuristic_run_{name}", False)
        self.n_x, self.n_z, self.n_blocks = relaxation.n_x, relaxation.n_z, relaxation.n_blocks
        self._n = self.n_x + self.n_z + self.n_blocks
        self.most = relaxation.most()
        upper = np.concatenate([problem.allowed.astype(float), np.ones(self.n_z), self.most])
        self._solver.addVars(self._n, np.zeros(self._n), upper)
        self._structure()
        self._worst: dict[tuple[int, ...], int] = {}
        self.aim = self._terms(problem.aim)
        self.set_objective(self.aim)
        for gate in problem.gates:
            self._gate(gate.expression, gate.least, gate.when)

    def set_objective(self, terms: Iterable[tuple[int, float]]) -> None:
        """Raise a weighted sum of variables, and nothing else."""
        cost = np.zeros(self._solver.getNumCol())
        for column, weight in terms:
            cost[column] += weight
        self._solver.changeColsCost(len(cost), np.arange(len(cost), dtype=np.int32), cost)

    def row(self, lower: float, upper: float, terms: Iterable[tuple[int, float]]) -> int:
        """Add a row over variables, and return its number."""
        merged: dict[int, float] = {}
        for column, weight in terms:
            merged[column] = merged.get(column, 0.0) + weight
        columns = np.array(list(merged), dtype=np.int32)
        self._solver.addRow(lower, upper, len(columns), columns, np.array(list(merged.values()), dtype=float))
        return int(self._solver.getNumRow()) - 1

    def _structure(self) -> None:
        problem, pack = self._problem, self._problem.pack
        for first, last in zip(pack.first[:-1].tolist(), pack.first[1:].tolist(), strict=True):
            self.row(1.0, 1.0, ((choice, 1.0) for choice in range(first, last)))
        self.resource_row: dict[str, int] = {}
        self.resource_scale: dict[str, float] = {}
        for number, name in enumerate(problem.resources):
            used, cap = problem.use[:, number], float(problem.cap[number])
            own = np.flatnonzero(used)
            if len(own) and np.isfinite(cap):
                # In units of the largest, so that dollars and companies are alike to the solver.
                scale = float(max(1.0, abs(cap), np.abs(used).max()))
                terms = ((int(choice), float(used[choice]) / scale) for choice in own)
                self.resource_row[name] = self.row(-INF, cap / scale, terms)
                self.resource_scale[name] = scale
        for group in problem.at_most_one:
            self.row(-INF, 1.0, ((choice, 1.0) for choice in group))
        for number, pair in enumerate(self._relaxation.pairs):
            for bound in pair.bounds:
                self.row(-INF, 0.0, ((self.n_x + number, 1.0), *((choice, -1.0) for choice in bound)))

    def _terms(self, expression: Expression) -> list[tuple[int, float]]:
        """Return an expression's overestimate as weights of variables [units of 1e-4]."""
        terms: list[tuple[int, float]] = []
        if expression.linear.any():
            terms += [(column, 1.0) for column in self._blocks(expression.linear)]
        for weight, columns in expression.worst:
            if columns not in self._worst:
                self._solver.addVar(0.0, INF)
                self._worst[columns] = int(self._solver.getNumCol()) - 1
                for column in columns:
                    vector = np.zeros(len(expression.linear))
                    vector[column] = 1.0
                    blocks = ((block, -1.0) for block in self._blocks(vector))
                    self.row(-INF, 0.0, ((self._worst[columns], 1.0), *blocks))
            terms.append((self._worst[columns], weight))
        return terms

    def aim_at(self, values: NDArray[np.float64]) -> float:
        """Return what the aim comes to if blocks have these values [units of 1e-4]."""
        aim, relaxation = self._problem.aim, self._relaxation

        def total(vector: NDArray[np.float64]) -> float:
            return float(values[list(relaxation.targets[vector.tobytes()])].sum())

        whole = total(aim.linear) if aim.linear.any() else 0.0
        for weight, columns in aim.worst:
            seasons = [total(np.eye(1, len(aim.linear), column)[0]) for column in columns]
            whole += weight * min(seasons)
        return whole / SCALE

    def _blocks(self, vector: NDArray[np.float64]) -> list[int]:
        return [self.n_x + self.n_z + block for block in self._relaxation.targets[vector.tobytes()]]

    def _gate(self, expression: Expression, least: float, when: frozenset[int] | None) -> None:
        if least <= 0:
            return
        terms = self._terms(expression)
        if when is None:
            self.row(least * SCALE, INF, terms)
        for choice in sorted(when or ()):
            # Whoever makes the choice must keep to it; figures are never negative, so nobody else is bound.
            self.row(0.0, INF, (*terms, (choice, -least * SCALE)))

    def add(self, cuts: Cuts, above: NDArray[np.float64] | None = None) -> int:
        """
        Add cuts, and return how many.

        Parameters
        ----------
        cuts
            One for each block.
        above
            By how much each block lies above its cut; only those that do get one. None is all.
        """
        constant, gradient = cuts
        starts, columns, weights, bounds = [0], [], [], []
        for block in range(self.n_blocks):
            if above is not None and above[block] <= _NEAR:
                continue
            own = np.flatnonzero(gradient[block] > _TINY)
            # What is left out is counted as if it were there: the cut only gives way.
            rest = gradient[block][gradient[block] <= _TINY].sum()
            columns.append(np.append(own, self.n_x + self.n_z + block))
            weights.append(np.append(-gradient[block, own], 1.0))
            bounds.append(max(constant[block] + rest, 0.0))
            starts.append(starts[-1] + len(own) + 1)
        if bounds:
            self._solver.addRows(
                len(bounds),
                np.full(len(bounds), -INF),
                np.array(bounds),
                starts[-1],
                np.array(starts[:-1], dtype=np.int32),
                np.concatenate(columns).astype(np.int32),
                np.concatenate(weights),
            )
        return len(bounds)

    def whole(self) -> None:
        """Choices are made or not from now on, not in part."""
        self._make_whole(self.n_x)

    def point(self) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Return choices, pairs and blocks of the last run."""
        values = self.values()
        return (
            values[: self.n_x],
            values[self.n_x : self.n_x + self.n_z],
            values[self.n_x + self.n_z : self._n],
        )

    def plan(self) -> NDArray[np.int64]:
        """Return the last run's plan: the choice at each place."""
        x, first = self.point()[0], self._problem.pack.first
        return np.array([int(start + np.argmax(x[start:stop])) for start, stop in pairwise(first)])

    def far_from(self, choices: Sequence[int], least: int) -> None:
        """Of the choices of one plan, at least so many must be others from now on."""
        self.row(-INF, float(len(choices) - least), ((int(choice), 1.0) for choice in choices))

    def relaxed(
        self, weights: dict[str, float], whole: frozenset[str], names: frozenset[str]
    ) -> dict[str, int]:
        """
        Let limits be exceeded at a price, and seek the cheapest way.

        Parameters
        ----------
        weights
            Price of exceeding each limit by one unit of its resource.
        whole
            Resources that come whole.
        names
            Those that may be exceeded.

        Returns
        -------
        dict
            Variable of each excess [units of `resource_scale`].
        """
        excess = {}
        for name, row in self.resource_row.items():
            if name not in names:
                continue
            self._solver.addVar(0.0, INF)
            column = int(self._solver.getNumCol()) - 1
            unit = 1.0 if name in whole else self.resource_scale[name]
            self._solver.changeCoeff(row, column, -unit / self.resource_scale[name])
            if name in whole:
                self._solver.changeColIntegrality(column, highspy.HighsVarType.kInteger)
            excess[name] = column
        self._solver.changeObjectiveSense(highspy.ObjSense.kMinimize)
        self.set_objective(
            (column, weights[name] * (1.0 if name in whole else self.resource_scale[name]))
            for name, column in excess.items()
        )
        return excess

    def value_of(self, column: int) -> float:
        """Return one variable of the last run."""
        return float(self._solver.getSolution().col_value[column])
