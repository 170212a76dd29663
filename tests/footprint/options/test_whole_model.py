"""Whole models keep to the time of each run, whatever ran before."""

from __future__ import annotations

from time import monotonic

import numpy as np
import pytest

from footprint.options.whole_model import SolverOutcome, WholeModel

pytestmark = pytest.mark.slow

SECONDS = 0.2
RUNS = 5


class Knapsacks(WholeModel):
    """Sixty knapsacks over the same two hundred things: more than a second finds the best of."""

    def __init__(self, things: int = 200) -> None:
        super().__init__()
        draw = np.random.default_rng(1)
        self.things = things
        self._solver.addVars(things, np.zeros(things), np.ones(things))
        self.prefer(draw)
        for _ in range(60):
            weight = draw.integers(1, 100, things).astype(float)
            self._solver.addRow(0.0, weight.sum() / 3, things, np.arange(things, dtype=np.int32), weight)

    def prefer(self, draw: np.random.Generator) -> None:
        cost = draw.integers(10, 100, self.things).astype(float)
        self._solver.changeColsCost(self.things, np.arange(self.things, dtype=np.int32), cost)

    def whole(self) -> None:
        self._make_whole(self.things)

    @property
    def run_s(self) -> float:
        return float(self._solver.getRunTime())


def test_each_run_of_whole_variables_has_its_own_time_and_no_more():
    model = Knapsacks()
    model.whole()
    began = monotonic()
    ended = [model.solve(seconds=SECONDS) for _ in range(RUNS)]
    # Were the limit that of all runs so far, the five would take 1 + 2 + 4 + 8 + 16 times as long as one.
    assert monotonic() - began < 3 * RUNS * SECONDS
    assert ended == [SolverOutcome.LIMIT] * RUNS


def test_a_run_without_whole_variables_is_not_charged_for_those_before():
    model, draw = Knapsacks(), np.random.default_rng(2)
    while model.run_s < SECONDS:
        model.prefer(draw)
        assert model.solve() is SolverOutcome.OPTIMAL
    model.prefer(draw)
    assert model.solve(seconds=SECONDS / 2) is SolverOutcome.OPTIMAL
