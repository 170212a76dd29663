"""HiGHS: one linear or integer programme, solved within a time, with a bound that holds."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import highspy
import numpy as np
from highspy.highs import HighsCallbackEvent
from numpy.typing import NDArray
from scipy import sparse

from footprint.siting.answer import TOLERANCE, Clock

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Programme:
    """
    Minimise `cost · x` where `least <= matrix · x` and `lower <= x <= upper`.

    Attributes
    ----------
    cost, lower, upper
        One number a column, shape (n_columns,).
    matrix
        Coefficients, shape (n_rows, n_columns).
    least, most
        Sides of each row, shape (n_rows,).
    integers
        How many columns, from the first on, are whole.
    """

    cost: Numbers
    lower: Numbers
    upper: Numbers
    matrix: sparse.csr_array
    least: Numbers
    most: Numbers
    integers: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Solved:
    """
    What HiGHS found.

    Attributes
    ----------
    values
        Best columns known; None where there are none.
    bound
        No solution costs less; -inf where nothing is proven, inf where there is no solution.
    """

    values: Numbers | None
    bound: float


class _Quiet(highspy.Highs):
    """HiGHS without a word; told here, before its constructor prints a banner."""

    def enableCallbacks(self) -> None:  # noqa: N802 - a name of HiGHS's own
        """Be quiet, then listen as ever."""
        self.setOptionValue("output_flag", False)
        super().enableCallbacks()  # type: ignore[no-untyped-call]


def quiet_solver() -> highspy.Highs:
    """
    Return a solver that prints nothing, in one thread.

    One thread for all: the library keeps one scheduler in a process, and refuses, by an error that stops
    nothing, whoever then asks for another number of threads.
    """
    solver = _Quiet()  # type: ignore[no-untyped-call]
    solver.setOptionValue("threads", 1)
    return solver


def run(solver: highspy.Highs) -> None:
    """
    Run a solver.

    Raises
    ------
    ArithmeticError
        If the library refused: a fault of ours, and no answer to any question.
    """
    if solver.run() == highspy.HighsStatus.kError:
        raise ArithmeticError(f"HiGHS refused the model: {solver.getModelStatus()}")


def solve(
    programme: Programme, clock: Clock, *, wanted_gap: float = 0.0, enough: float | None = None
) -> Solved:
    """
    Solve an integer programme.

    Parameters
    ----------
    programme
        What to minimise.
    clock
        Time allowed.
    wanted_gap
        Relative gap at which to stop [share].
    enough
        Stop as soon as it is known whether any solution costs this or less.
    """
    model = _model(programme)
    return solve_whole(model, programme.integers, clock, wanted_gap=wanted_gap, enough=enough)


def solve_whole(
    model: highspy.HighsLp,
    integers: int,
    clock: Clock,
    *,
    wanted_gap: float = 0.0,
    enough: float | None = None,
) -> Solved:
    """
    Solve a model of HiGHS's own whose first columns are whole, as `solve` does.

    Notes
    -----
    HiGHS keeps rows to 1e-7 here, so its bound is moved outwards by five times that share of itself.
    It is told no solution to begin with: HiGHS 1.16 may take one for cheaper than it is once it has
    simplified the programme, and then finds no other.
    """
    if clock.left_s() <= 0:
        return Solved(values=None, bound=-math.inf)
    solver = quiet_solver()
    solver.setOptionValue("time_limit", clock.left_s())
    solver.setOptionValue("mip_rel_gap", max(wanted_gap, TOLERANCE / 10))
    solver.setOptionValue("mip_abs_gap", TOLERANCE / 1000)
    solver.setOptionValue("mip_feasibility_tolerance", TOLERANCE / 10)
    kinds = [highspy.HighsVarType.kInteger] * integers
    model.integrality_ = kinds + [highspy.HighsVarType.kContinuous] * (model.num_col_ - integers)
    solver.passModel(model)
    if enough is not None:
        solver.setOptionValue("objective_target", enough + TOLERANCE)
        solver.cbMipInterrupt.subscribe(_stop_above(enough + TOLERANCE))
    run(solver)
    return _found(solver)


def _stop_above(enough: float) -> Callable[[HighsCallbackEvent], None]:
    def look(event: HighsCallbackEvent) -> None:
        if event.data_out.mip_dual_bound > enough:
            event.interrupt()

    return look


def _model(programme: Programme) -> highspy.HighsLp:
    model, matrix = highspy.HighsLp(), programme.matrix
    model.num_col_, model.num_row_ = len(programme.cost), len(programme.least)
    model.col_cost_, model.col_lower_, model.col_upper_ = programme.cost, programme.lower, programme.upper
    model.row_lower_, model.row_upper_ = programme.least, programme.most
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = matrix.indptr.astype(np.int32)
    model.a_matrix_.index_ = matrix.indices.astype(np.int32)
    model.a_matrix_.value_ = matrix.data.astype(float)
    return model


def _found(solver: highspy.Highs) -> Solved:
    if solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
        return Solved(values=None, bound=math.inf)
    solution, bound = solver.getSolution(), solver.getInfo().mip_dual_bound
    values = np.array(solution.col_value) if solution.value_valid else None
    return Solved(values=values, bound=bound - TOLERANCE / 2 * abs(bound) if math.isfinite(bound) else bound)
