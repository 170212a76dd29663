"""Whole model: something raised over variables that are whole or in part, run within a time, in HiGHS."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from footprint.options.relaxation import SCALE
from footprint.siting.highs import quiet_solver, run

INF = highspy.kHighsInf

Interrupt = Callable[[float], bool]
"""Told the solver's bound from time to time; True stops it."""


class SolverOutcome(StrEnum):
    """How the solver ended."""

    OPTIMAL = "optimal"
    LIMIT = "limit"
    INFEASIBLE = "infeasible"


class WholeModel:
    """
    A model of HiGHS's that raises an objective [units of 1e-4], whose first variables come to be whole.

    Whoever writes a model down derives from this, and adds variables and rows to `_solver`.
    """

    def __init__(self) -> None:
        self._solver: Any = quiet_solver()
        self._solver.setOptionValue("random_seed", 1)
        self._solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
        self._is_whole = False

    def _make_whole(self, number: int) -> None:
        """Make the first variables whole from now on."""
        kinds = np.array([highspy.HighsVarType.kInteger] * number)
        self._solver.changeColsIntegrality(number, np.arange(number, dtype=np.int32), kinds)
        self._is_whole = True

    def solve(
        self, *, seconds: float | None = None, gap: float = 0.0, interrupt: Interrupt | None = None
    ) -> SolverOutcome:
        """
        Solve the model as it stands; see `has_plan`, `objective` and `bound`.

        Notes
        -----
        HiGHS 1.16 counts the time of one run against the limit where variables are whole, and the time of
        all runs so far where none are.
        """
        solver = self._solver
        before = 0.0 if self._is_whole else solver.getRunTime()
        solver.setOptionValue("time_limit", INF if seconds is None else before + max(seconds, 0.01))
        solver.setOptionValue("mip_rel_gap", gap)
        if interrupt is not None:
            asked = interrupt

            def watch(event) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
                if asked(event.data_out.mip_dual_bound / SCALE):
                    event.interrupt()

            solver.cbMipInterrupt += watch
        run(solver)
        if interrupt is not None:
            solver.cbMipInterrupt.clear()
        status = solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return SolverOutcome.INFEASIBLE
        return SolverOutcome.OPTIMAL if status == highspy.HighsModelStatus.kOptimal else SolverOutcome.LIMIT

    @property
    def has_plan(self) -> bool:
        """Whether the last run found what keeps to every row."""
        return int(self._solver.getInfo().primal_solution_status) == int(
            highspy.SolutionStatus.kSolutionStatusFeasible
        )

    @property
    def objective(self) -> float:
        """What the last run's point comes to in the model."""
        return float(self._solver.getInfo().objective_function_value) / SCALE

    @property
    def bound(self) -> float:
        """What nothing that keeps to every row exceeds, by the last run."""
        return float(self._solver.getInfo().mip_dual_bound) / SCALE

    def values(self) -> NDArray[np.float64]:
        """Return every variable of the last run."""
        return np.array(self._solver.getSolution().col_value)
