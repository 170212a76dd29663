"""
Audit: what somebody can work out who holds every count told so far.

Such a reader knows that the pieces of `footprint.releases.counts` are whole numbers of incidents, none
below zero, and what some sums of them are; also how many incidents are known no better than a region. The
least and most that a count can be is then a linear programme each way (Fischetti & Salazar 2001, Management
Science 47, 1008-1027; Hundepool et al. 2012, Statistical Disclosure Control, ch. 4). A solution that is not
whole is solved again in whole numbers, so that the bounds are exact.

Pieces that are in the same counts cannot be told apart by anybody, so they are one column; what a reader
cannot say of their sum, nobody can say of one of them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from footprint.releases.counts import CountOf, IncidentCount, Pieces
from footprint.siting.highs import quiet_solver, run

FEWEST = 3
"""Incidents below which no count may be told, in the profiles that withhold any."""
WIDTH = 3
"""
Least width of what a count below `FEWEST` may be, as far as anybody can work out [incidents]: 0 to 3, or as
many other numbers. A judgement.
"""

_WHOLE = 1e-6
_WORLDS_KEPT = 60
_ANY, _FEW_BRANCHES = 0.3, 20
"""When worlds are only looked for: how far from the best one, and after how many branches to stop."""
_WORTH_IT, _FEWER = 8, 0.9
"""From so many narrow columns on they are looked at together, as long as each look leaves so many of them."""

Flags = NDArray[np.bool_]
Amounts = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CountBounds:
    """What a count can be, as far as somebody can work out who holds all that was told."""

    of: CountOf
    least: int
    most: float
    """Whole, or inf."""

    @property
    def is_open(self) -> bool:
        """Whether enough stays possible that nobody knows it to be below `FEWEST`, or what it is."""
        return self.most - self.least >= WIDTH


@dataclass(frozen=True, slots=True, eq=False)
class Guarded:
    """A number that must stay open, in the columns of an auditor."""

    pieces: Flags = field(repr=False)
    """What it is made of, shape (n_pieces,)."""
    touched: Flags = field(repr=False)
    """Columns of which any piece counts, shape (n_columns,): at most all of their incidents are in it."""
    whole: Flags = field(repr=False)
    """Columns of which every piece counts: at least all of their incidents are in it."""
    free: bool
    """Whether it has a piece that nothing was ever told of."""


class Auditor:
    """
    Somebody who holds some counts, and reckons.

    Parameters
    ----------
    pieces
        What the counts are made of.
    held
        The counts, each as `pieces` has it.
    """

    def __init__(self, pieces: Pieces, held: Sequence[IncidentCount]) -> None:
        self._pieces = pieces
        self._column_of, self.matrix = _merged(pieces.matrix([each.of for each in held]))
        self.sums = np.array([each.number - pieces.vague_in(each.of) for each in held], dtype=float)
        n_columns = self.matrix.shape[1]
        inside = self._column_of >= 0
        self.truth: Amounts = np.zeros(n_columns)
        np.add.at(self.truth, self._column_of[inside], pieces.numbers[inside])
        self._sizes = np.bincount(self._column_of[inside], minlength=n_columns)
        self._worlds: list[Amounts] = [np.asarray(self.truth, dtype=np.float64)]
        """The last worlds found that agree with everything told; each shows what is possible."""
        self._least, self._most = self.truth.copy(), self.truth.copy()
        """What each column is at least and at most in any world found, shape (n_columns,)."""
        self._solver = _solver(self.matrix, self.sums)

    def guard(self, pieces: Flags) -> Guarded:
        """Return a sum of pieces in the columns of this auditor."""
        columns = self._column_of[pieces]
        held = np.bincount(columns[columns >= 0], minlength=len(self.truth))
        return Guarded(pieces, held > 0, (held > 0) & (held == self._sizes), bool((columns < 0).any()))

    def few(self) -> list[Flags]:
        """Return every sum of pieces, alike to whoever holds these counts, that is below `FEWEST`."""
        return [self._column_of == column for column in np.flatnonzero(self.truth < FEWEST)]

    def is_open(self, guarded: Guarded, width: float = WIDTH) -> bool:
        """Tell whether what a number may be is so wide."""
        if guarded.free:
            return True
        # Worlds that are known already may show it; only where they do not is anything solved.
        least, most = self.seen(guarded)
        if most - least >= width:
            return True
        # Parts of incidents allow no less than whole ones: where they are too narrow, that is enough to know.
        if self._bound(guarded.touched, most=True) - self._bound(guarded.whole, most=False) < width:
            return False
        most = self._extreme(guarded.touched, most=True)
        return most - least >= width or most - self._extreme(guarded.whole, most=False) >= width

    def look_round(self) -> None:
        """
        Find worlds in which many small columns are large at once, and others in which they are none.

        What these show needs no programme of its own afterwards.
        """
        small, before = self._narrow(), np.inf
        while _WORTH_IT <= len(small) < before * _FEWER:
            before = len(small)
            cost = np.zeros(len(self.truth))
            cost[small] = 1
            empty = _solved_whole(_model(self.matrix, self.sums, self.sums, cost), gap=_ANY)
            for world in (_crowded(self.matrix, self.sums, small), empty):
                self._keep(self.truth if world is None else world)
            small = self._narrow()

    def _narrow(self) -> NDArray[np.int64]:
        """Return the small columns of which no worlds seen are `WIDTH` apart."""
        least = np.where(self._sizes == 1, self._least, 0)
        return np.flatnonzero((self.truth < FEWEST) & (self._most - least < WIDTH))

    def seen(self, guarded: Guarded) -> tuple[float, float]:
        """Return the least and most that a number is in any world seen."""
        touched, whole = np.flatnonzero(guarded.touched), np.flatnonzero(guarded.whole)
        if len(touched) == 1:
            return (float(self._least[touched[0]]) if len(whole) else 0.0), float(self._most[touched[0]])
        least = min(float(world[whole].sum()) for world in self._worlds)
        return least, max(float(world[touched].sum()) for world in self._worlds)

    def _keep(self, world: Amounts) -> None:
        world = world.round()
        self._worlds = [*self._worlds[-_WORLDS_KEPT:], world]
        self._least, self._most = np.minimum(self._least, world), np.maximum(self._most, world)

    def possible(self, guarded: Guarded) -> tuple[float, float]:
        """Return two numbers that it can be, `WIDTH` apart where there are such; else its least and most."""
        if guarded.free:
            return 0.0, math.inf
        return self.seen(guarded) if self.is_open(guarded) else self.extremes(guarded)

    def extremes(self, guarded: Guarded) -> tuple[float, float]:
        """Return the least and most that a number can be, without what is known no better than a region."""
        most = math.inf if guarded.free else self._extreme(guarded.touched, most=True)
        return self._extreme(guarded.whole, most=False), most

    def bounds(self, counted: CountOf) -> CountBounds:
        """Return the least and most that a count can be."""
        vague = self._pieces.vague_in(counted)
        least, most = self.extremes(self.guard(self._pieces.of(counted)))
        return CountBounds(counted, round(least) + vague, most + vague)

    def _bound(self, columns: Flags, *, most: bool) -> float:
        """Return a number that the incidents of some columns are never below, or never above."""
        world = self._relaxed(columns, most=most)
        if world is None:
            return math.inf
        total = float(world[columns].sum())
        return math.floor(total + _WHOLE) if most else math.ceil(total - _WHOLE)

    def _extreme(self, columns: Flags, *, most: bool) -> float:
        """Return the least or most that the incidents of some columns can be together."""
        world = self._relaxed(columns, most=most)
        if world is None:
            return math.inf
        if not _is_whole(world):
            world = _whole(self.matrix, self.sums, _cost(columns, most=most))
            self._keep(world)
        return float(world.round()[columns].sum())

    def _relaxed(self, columns: Flags, *, most: bool) -> Amounts | None:
        """Return a world of incidents or parts of them where some columns are least or most; None: no end."""
        if not columns.any():
            return self.truth
        cost = _cost(columns, most=most)
        self._solver.changeColsCost(len(cost), np.arange(len(cost), dtype=np.int32), cost)
        run(self._solver)
        if self._solver.getModelStatus() in _UNBOUNDED:
            return None
        world = np.array(self._solver.getSolution().col_value)
        if _is_whole(world):
            self._keep(world)
        return world


def audit(pieces: Pieces, held: Sequence[IncidentCount], asked: Sequence[CountOf]) -> tuple[CountBounds, ...]:
    """
    Return what somebody who holds some counts can work out of others.

    Parameters
    ----------
    pieces
        Of every count held and asked, as `footprint.releases.counts.pieces_of` returns them.
    held
        Counts that were told.
    asked
        Counts that were not, or were.
    """
    auditor = Auditor(pieces, held)
    return tuple(map(auditor.bounds, asked))


_UNBOUNDED = (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible)


def _merged(matrix: sparse.csr_array) -> tuple[NDArray[np.int64], sparse.csr_array]:
    """Return the column of each piece, -1 of one that is in no count, and the counts by column."""
    by_piece = sparse.csc_array(matrix)
    by_piece.sort_indices()
    first: dict[bytes, int] = {}
    column_of = np.full(by_piece.shape[1], -1, np.int64)
    kept = []
    for piece in range(by_piece.shape[1]):
        rows = by_piece.indices[by_piece.indptr[piece] : by_piece.indptr[piece + 1]]
        if len(rows) == 0:
            continue
        key = rows.tobytes()
        if key not in first:
            first[key] = len(first)
            kept.append(piece)
        column_of[piece] = first[key]
    return column_of, sparse.csr_array(by_piece[:, kept])


def _solver(matrix: sparse.csr_array, sums: Amounts) -> highspy.Highs:
    solver = quiet_solver()
    # Only costs change from run to run, so the last basis is the best start, and presolve would lose it.
    solver.setOptionValue("presolve", "off")
    solver.passModel(_model(matrix, sums, sums, np.zeros(matrix.shape[1])))
    return solver


def _cost(columns: Flags, *, most: bool) -> Amounts:
    return columns.astype(np.float64) * np.float64(-1 if most else 1)


def _is_whole(world: Amounts) -> bool:
    return bool(np.abs(world - world.round()).max(initial=0.0) <= _WHOLE)


def _whole(matrix: sparse.csr_array, sums: Amounts, cost: Amounts) -> Amounts:
    """Return the world of least cost in whole numbers."""
    world = _solved_whole(_model(matrix, sums, sums, cost), gap=0.0)
    if world is None:
        raise ArithmeticError("no world agrees with the counts, though the truth does")
    return world


def _solved_whole(model: highspy.HighsLp, *, gap: float) -> Amounts | None:
    """
    Return cheap amounts in whole numbers; without asking for them, where they come out whole.

    Parameters
    ----------
    model
        A programme.
    gap
        How far from the cheapest they may be, as a share; above 0 the search also ends after few branches.

    Returns
    -------
    NDArray or None
        None where that search found none.
    """
    solver = quiet_solver()
    solver.passModel(model)
    run(solver)
    amounts = np.array(solver.getSolution().col_value)
    if _is_whole(amounts):
        return amounts
    model.integrality_ = [highspy.HighsVarType.kInteger] * model.num_col_
    solver = quiet_solver()
    solver.setOptionValue("mip_rel_gap", gap)
    if gap:
        solver.setOptionValue("mip_max_nodes", _FEW_BRANCHES)
    solver.passModel(model)
    run(solver)
    solution = solver.getSolution()
    return np.array(solution.col_value) if solution.value_valid else None


def _crowded(matrix: sparse.csr_array, sums: Amounts, columns: NDArray[np.int64]) -> Amounts | None:
    """Return a world in which as many of some columns as can be hold `WIDTH` incidents, or near it."""
    n_columns, n_small = matrix.shape[1], len(columns)
    picked = sparse.csr_array((np.ones(n_small), (np.arange(n_small), columns)), shape=(n_small, n_columns))
    beside = sparse.csr_array((matrix.shape[0], n_small))
    rows = sparse.vstack(
        [sparse.hstack([matrix, beside]), sparse.hstack([picked, -sparse.eye_array(n_small)])], format="csr"
    )
    model = _model(
        sparse.csr_array(rows),
        np.concatenate([sums, np.zeros(n_small)]),
        np.concatenate([sums, np.full(n_small, math.inf)]),
        np.concatenate([np.zeros(n_columns), -np.ones(n_small)]),
    )
    model.col_upper_ = np.concatenate([np.full(n_columns, math.inf), np.full(n_small, float(WIDTH))])
    world = _solved_whole(model, gap=_ANY)
    return None if world is None else world[:n_columns]


def _model(matrix: sparse.csr_array, least: Amounts, most: Amounts, cost: Amounts) -> highspy.HighsLp:
    """Return a programme over amounts from 0 on."""
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = matrix.shape
    model.col_cost_ = cost
    model.col_lower_ = np.zeros(model.num_col_)
    model.col_upper_ = np.full(model.num_col_, math.inf)
    model.row_lower_, model.row_upper_ = least, most
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = matrix.indptr.astype(np.int32)
    model.a_matrix_.index_ = matrix.indices.astype(np.int32)
    model.a_matrix_.value_ = matrix.data.astype(float)
    return model


def cheapest(matrix: sparse.csr_array, least: Amounts, most: Amounts, cost: Amounts) -> Amounts | None:
    """
    Return amounts from 0 on of least cost, not always whole.

    Parameters
    ----------
    matrix, least, most
        Rows, and what each must be at least and at most.
    cost
        Of one unit of each amount, shape (n_columns,).

    Returns
    -------
    NDArray or None
        Shape (n_columns,); None where no amounts obey every row.
    """
    solver = quiet_solver()
    solver.passModel(_model(matrix, least, most, cost))
    run(solver)
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    return np.array(solver.getSolution().col_value)
