"""Search: better plans by changing one place, or two at a time, and by tearing some of a plan down."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from footprint.options.evaluate import PlanEvaluator
from footprint.options.problem import Problem

_BETTER = 1e-10
"""Gains smaller than this are none."""

_WIDEST = 40
"""Of the changes that would help but do not fit, so many are tried with another that makes room."""

_PATIENCE = 40
"""So many times in a row is a plan torn down in vain before the search ends."""

Found = Callable[[NDArray[np.int64], float], None]


class Search:
    """A local search on the true figures: what it finds keeps to every limit and gate."""

    def __init__(self, problem: Problem, evaluator: PlanEvaluator, *, seed: int = 0) -> None:
        """
        Make one ready.

        Parameters
        ----------
        problem, evaluator
            What is asked, and what values plans.
        seed
            Of what is torn down.
        """
        self._problem, self._evaluator = problem, evaluator
        self._draw = np.random.default_rng(seed)
        self.tops: dict[bytes, float] = {}
        """Plans that no single change improves, by their bytes, and what each comes to."""

    def best_tops(self, most: int) -> list[NDArray[np.int64]]:
        """Return the best of the last run's `tops`, the best first."""
        order = sorted(self.tops, key=lambda plan: -self.tops[plan])[:most]
        return [np.frombuffer(plan, dtype=np.int64).copy() for plan in order]

    def run(
        self,
        start: NDArray[np.int64],
        *,
        seconds: float,
        stopped: Callable[[], bool],
    ) -> tuple[NDArray[np.int64], float]:
        """
        Return the best plan found from a start that keeps to the limits, and what it comes to.

        Parameters
        ----------
        start
            A plan.
        seconds
            How long to search.
        stopped
            AskedFigure between steps.
        """
        end = perf_counter() + seconds
        best, best_score = start.copy(), self._set(start)
        self.tops = {}

        def over() -> bool:
            return perf_counter() > end or stopped()

        vain = 0
        while not over() and vain < _PATIENCE:
            score = self._climb(over)
            self.tops[self._evaluator.plan.tobytes()] = score
            vain += 1
            if score > best_score + _BETTER:
                best, best_score, vain = self._evaluator.plan.copy(), score, 0
            self._tear_down(best)
        return best, best_score

    def climb(
        self, start: NDArray[np.int64], *, seconds: float, stopped: Callable[[], bool]
    ) -> tuple[NDArray[np.int64], float]:
        """Return the plan that single changes lead to from one that keeps to the limits; see `run`."""
        end = perf_counter() + seconds
        self._set(start)
        score = self._climb(lambda: perf_counter() > end or stopped())
        return self._evaluator.plan.copy(), score

    def _set(self, plan: NDArray[np.int64]) -> float:
        return self._problem.score(self._evaluator.set(plan))

    def _climb(self, over: Callable[[], bool]) -> float:
        """Change what helps most until nothing does; return what the plan comes to then."""
        evaluator, problem = self._evaluator, self._problem
        score = problem.score(evaluator.values)
        while not over():
            moves = self._moves(score)
            taken = next((choice for _, choice in moves if self._try(choice)), None)
            if taken is None:
                pair = self._pair(moves, score, over)
                if pair is None:
                    break
                for choice in pair:
                    evaluator.move(choice)
            score = problem.score(evaluator.values)
        return score

    def _moves(self, score: float) -> list[tuple[float, int]]:
        """Return the changes of one place that would help, the most helpful first."""
        evaluator, problem = self._evaluator, self._problem
        base, found = evaluator.values, []
        for place in range(len(problem.pack.places)):
            first = int(problem.pack.first[place])
            for number, gain in enumerate(evaluator.scan(place)):
                choice = first + number
                if choice != evaluator.plan[place] and problem.allowed[choice]:
                    better = problem.score(base + gain) - score
                    if better > _BETTER:
                        found.append((better, choice))
        return sorted(found, key=lambda move: (-move[0], move[1]))

    def _with(self, *choices: int) -> NDArray[np.int64]:
        plan = self._evaluator.plan.copy()
        for choice in choices:
            plan[self._problem.pack.place_of(choice)] = choice
        return plan

    def _try(self, choice: int) -> bool:
        """Make a change if it fits; tell whether."""
        evaluator, problem = self._evaluator, self._problem
        plan = self._with(choice)
        if not problem.fits(plan):
            return False
        before = int(evaluator.plan[problem.pack.place_of(choice)])
        values = evaluator.move(choice)
        if problem.passes(plan, values):
            return True
        evaluator.move(before)
        return False

    def _pair(
        self, moves: list[tuple[float, int]], score: float, over: Callable[[], bool]
    ) -> tuple[int, int] | None:
        """Return the best change that makes room for one that helps, with it; None if none does."""
        evaluator, problem = self._evaluator, self._problem
        pack, best = problem.pack, (score + _BETTER, (-1, -1))
        for _, choice in moves[:_WIDEST]:
            if over():
                break
            place, room = pack.place_of(choice), problem.room(self._with(choice))
            before = int(evaluator.plan[place])
            values = evaluator.move(choice)
            for other in range(len(pack.places)):
                if other == place:
                    continue
                now, first = int(evaluator.plan[other]), int(pack.first[other])
                own = np.arange(first, int(pack.first[other + 1]))
                fit = (problem.use[own] - problem.use[now] <= room).all(axis=1) & problem.allowed[own]
                fit[now - first] = False
                if not fit.any():
                    continue
                gains = evaluator.scan(other)
                for number in np.flatnonzero(fit):
                    after = problem.score(values + gains[number])
                    plan = self._with(first + int(number))
                    if (
                        after > best[0]
                        and problem.fits(plan)
                        and problem.passes(plan, values + gains[number])
                    ):
                        best = (after, (choice, first + int(number)))
            evaluator.move(before)
            if best[1] != (-1, -1):
                # The best partner of the first change that has one: trying all takes forty times as long.
                return best[1]
        return None

    def _tear_down(self, best: NDArray[np.int64]) -> None:
        """Take some changes of the best plan back, and make one or two others at random that fit."""
        evaluator, problem = self._evaluator, self._problem
        values = evaluator.set(best)
        today = problem.pack.today
        changed = np.flatnonzero(best != today)
        if len(changed):
            n_gone = max(1, int(len(changed) * self._draw.uniform(0.15, 0.5)))
            plan = best.copy()
            gone = self._draw.permutation(changed)[:n_gone]
            plan[gone] = np.where(problem.allowed[today[gone]], today[gone], plan[gone])
            if problem.fits(plan):
                values = evaluator.set(plan)
                if not problem.passes(plan, values):
                    evaluator.set(best)
        for place in self._draw.permutation(len(problem.pack.places))[:3]:
            first, last = problem.pack.first[place], problem.pack.first[place + 1]
            choice = int(self._draw.integers(first, last))
            if problem.allowed[choice]:
                self._try(choice)
