"""Engine: one question about a table of choices, and everything that can be asked of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from footprint.objectives import Measure
from footprint.options.choices import Choice, ChoiceSet
from footprint.options.evaluate import PlanEvaluator
from footprint.options.master import Master
from footprint.options.pack import Pack, pack
from footprint.options.problem import (
    ONE_OFF,
    RECURRENT,
    Aim,
    Expression,
    Gate,
    Limits,
    Problem,
    expression_of,
    figures_needed,
    problem_of,
)
from footprint.options.relaxation import Cuts, Overestimate
from footprint.options.solve import Known, SearchEffort, SearchStatus, SolvedPlan, solve
from footprint.options.whole_model import SolverOutcome
from footprint.prepared import Prepared
from footprint.travel.router import Router

_EQUAL = 1e-10
"""Plans that differ by less are equal [share of need]."""

_LOSSLESS = 1e-7
"""What a goal of lower priority may cost one of higher: rounding [share of need]."""

_KEPT_CUTS = 60
"""Cuts kept from one question to the next, the latest: with all of them every question is slow."""

_NOTHING = 1e-6
"""Smaller excesses are rounding."""


@dataclass(frozen=True, slots=True)
class OptionsQuestion:
    """What is asked: which choices, what for, within what."""

    choices: ChoiceSet
    aim: Aim
    limits: Limits
    measure: Measure = Measure.BLEND


@dataclass(frozen=True, slots=True, eq=False)
class Forced:
    """What a choice costs: the best plan with it, and by how much it falls short of the best without."""

    choice: Choice
    solved: SolvedPlan
    loss_least: float
    """Proved: every plan with the choice falls short of the best found by this at least; 0 where no loss is
    proved [share of need]."""
    loss_most: float
    """By how much its best plan may fall short of any plan; inf if none keeps to the limits."""


@dataclass(frozen=True, slots=True)
class BudgetStep:
    """One budget, and the best plan within it."""

    cap: float
    solved: SolvedPlan = field(repr=False)


class Sufficing(StrEnum):
    """Whether more of something would make a wish possible."""

    ENOUGH = "enough"
    """So much is enough, and with less there is no plan: proved."""
    AT_LEAST = "at_least"
    """So much is needed at least; whether it is enough was not found in time."""
    UNKNOWN = "unknown"
    """Not found in time."""
    NEVER = "never"
    """However much of this alone, it would not be enough."""


@dataclass(frozen=True, slots=True)
class More:
    """What more of one thing, or of several, would make a wish possible."""

    excess: tuple[tuple[str, float], ...]
    """Resource and how much beyond its limit."""
    verdict: Sufficing
    plan: NDArray[np.int64] | None = field(repr=False, compare=False, default=None)


@dataclass(frozen=True, slots=True)
class Wish:
    """Something that the limits do not permit, or that may be so: choices, and a figure to be reached."""

    choices: tuple[int, ...] = ()
    """Numbers of choices that must be made."""
    least: float | None = None
    """What the aim must come to [share of need]."""


class Engine:
    """Everything that can be asked of one table of choices, on the same cuts."""

    def __init__(self, prepared: Prepared, router: Router, question: OptionsQuestion) -> None:
        """
        Reckon what every choice does; the longest part of a small question.

        Parameters
        ----------
        prepared, router
            The area, and its searches.
        question
            What is asked.

        Raises
        ------
        OptionError
            If table or limits make no sense for the area.
        """
        self.question = question
        figures = figures_needed(prepared, question.aim, question.limits)
        self.pack: Pack = pack(prepared, router, question.choices, figures, measure=question.measure)
        self.evaluator = PlanEvaluator(self.pack)
        self.problem = problem_of(prepared, self.pack, question.aim, question.limits, self.evaluator)
        self._later = [expression_of(self.pack, goals) for goals in question.aim.priorities[1:]]
        expressions = (self.problem.aim, *self._later, *(gate.expression for gate in self.problem.gates))
        self.relaxation = Overestimate(self.problem, self.evaluator, expressions)
        self._cuts: list[Cuts] = []

    def best(self, effort: SearchEffort) -> SolvedPlan:
        """
        Return the best plan, by the order of priorities.

        Returns
        -------
        SolvedPlan
            Its score and bound are those of the first priority; of the plans that are as good by it the
            one is taken that is best by the next.
        """
        share = effort.within(effort.seconds / (1 + len(self._later)))
        share = replace(share, told=effort.told)
        first = self._solve(self.problem, share)
        problem, found = self.problem, first
        for later in self._later:
            if found.plan is None or effort.stopped():
                break
            gate = Gate(problem.aim, problem.score(self.evaluator.set(found.plan)) - _LOSSLESS)
            problem = replace(problem, aim=later, gates=(*problem.gates, gate))
            found = self._solve(problem, replace(share, told=lambda *_: None), start=found.plan)
            if found.plan is not None:
                first = replace(first, plan=found.plan)
        return first if first.plan is None else replace(first, plan=self._trimmed(first.plan))

    def _trimmed(
        self,
        plan: NDArray[np.int64],
        may: Callable[[NDArray[np.int64]], bool] = lambda _: True,
    ) -> NDArray[np.int64]:
        """Return a plan without the changes that add nothing to any aim: they cost and mislead."""
        aims, today = (self.problem.aim, *self._later), self.pack.today
        reached = [aim.of(self.evaluator.set(plan)) for aim in aims]
        for place in np.flatnonzero(plan != today):
            tried = plan.copy()
            tried[place] = today[place]
            if not self.problem.fits(tried) or not may(tried):
                continue
            values = self.evaluator.set(tried)
            as_good = all(aim.of(values) >= own - _EQUAL for aim, own in zip(aims, reached, strict=True))
            if as_good and self.problem.passes(tried, values):
                plan = tried
        return plan

    def _solve(
        self, problem: Problem, effort: SearchEffort, *, start: NDArray[np.int64] | None = None
    ) -> SolvedPlan:
        solved = solve(problem, self.evaluator, self.relaxation, effort, Known(start, self._cuts))
        self._keep(solved)
        return solved

    def _keep(self, solved: SolvedPlan) -> None:
        # Cuts hold whatever the limits; too many slow every later question down.
        self._cuts = [*solved.cuts][-_KEPT_CUTS:]

    def alternatives(
        self, best: SolvedPlan, effort: SearchEffort, *, most: int, within: float, differ: float
    ) -> tuple[list[SolvedPlan], bool]:
        """
        Return plans nearly as good as the best that do otherwise.

        Parameters
        ----------
        best
            The best plan.
        effort
            How long in all.
        most
            Plans, the best among them, at most.
        within
            Share by which one may fall short of the best.
        differ
            Share of the places that any of them changes in which each differs from every other, at least.

        Returns
        -------
        tuple
            The plans, the best first; and whether it is proved that there is no other.
        """
        plans = [best]
        if best.plan is None:
            return [], best.status is SearchStatus.NONE
        floor = best.score * (1 - within)
        left = effort.seconds
        while len(plans) < most and left > 1 and not effort.stopped():
            taken = [each.plan for each in plans if each.plan is not None]

            def apart(master: Master, taken: Sequence[NDArray[np.int64]] = tuple(taken)) -> None:
                for plan in taken:
                    changed = np.flatnonzero(plan != self.pack.today)
                    # What changes nothing is a plan too: others differ from it by changing something.
                    own = plan[changed] if len(changed) else plan
                    master.far_from(own.tolist(), max(1, int(np.ceil(differ * len(changed)))))

            found = solve(
                self.problem,
                self.evaluator,
                self.relaxation,
                replace(effort, seconds=min(left, effort.seconds / (most - 1)), told=lambda *_: None),
                Known(cuts=self._cuts, bent=apart),
            )
            self._keep(found)
            left -= found.seconds
            if found.status is SearchStatus.NONE or found.bound < floor:
                return plans, True
            if found.plan is None or found.score < floor:
                return plans, False

            def differs(plan: NDArray[np.int64], taken: Sequence[NDArray[np.int64]] = tuple(taken)) -> bool:
                return all(self._apart(plan, other, differ) for other in taken)

            plans.append(replace(found, plan=self._trimmed(found.plan, differs)))
        return plans, False

    def _apart(self, plan: NDArray[np.int64], other: NDArray[np.int64], differ: float) -> bool:
        """Tell whether a plan differs from another in the share of what that one changes."""
        changed = np.flatnonzero(other != self.pack.today)
        if not len(changed):
            return not np.array_equal(plan, other)
        return int((plan[changed] != other[changed]).sum()) >= max(1, int(np.ceil(differ * len(changed))))

    def forced(self, best: SolvedPlan, choice: int, effort: SearchEffort) -> Forced:
        """Return what a choice would cost: the problem is solved again with it."""
        problem = self.problem.forced(choice)
        solved = solve(problem, self.evaluator, self.relaxation, effort, Known(cuts=self._cuts))
        self._keep(solved)
        asked = self.pack.choice(choice)
        if asked is None:
            raise ValueError(f"choice {choice} is nothing at all")
        least = (
            max(0.0, best.score - solved.bound) if solved.status is not SearchStatus.NONE else float("inf")
        )
        most = best.bound - solved.score if solved.plan is not None else float("inf")
        return Forced(asked, solved, least, max(least, most))

    def frontier(
        self, resource: str, caps: Sequence[float], effort: SearchEffort, best: SolvedPlan
    ) -> list[BudgetStep]:
        """
        Return the best plan for each of several limits of one resource, ascending.

        Parameters
        ----------
        resource, caps
            What is limited, and how far.
        effort
            How long in all.
        best
            The best plan under the limits asked: every limit that it keeps to brings as much at least.
        """
        steps: list[BudgetStep] = []
        known = [] if best.plan is None else [best.plan]
        for cap in sorted(caps):
            if effort.stopped():
                break
            seconds = effort.seconds / len(caps)
            problem = self.problem.capped(resource, cap)
            fitting = [plan for plan in known if problem.fits(plan)]
            start = max(fitting, key=lambda plan: self.value(self.problem.aim, plan), default=None)
            solved = self._solve(problem, replace(effort.within(seconds), gap=effort.gap), start=start)
            if solved.plan is not None:
                known.append(solved.plan)
            steps.append(BudgetStep(cap, solved))
            effort.told(solved.seconds, solved.score, solved.bound)
        for at in range(len(steps) - 2, -1, -1):
            # What no plan exceeds with more money none exceeds with less.
            own, above = steps[at].solved, steps[at + 1].solved.bound
            if above < own.bound:
                steps[at] = BudgetStep(steps[at].cap, replace(own, bound=max(above, own.score)))
        return steps

    def what_it_takes(self, wish: Wish, effort: SearchEffort) -> list[More]:
        """
        Return the smallest ways of exceeding limits that make a wish possible.

        Parameters
        ----------
        wish
            What is wished.
        effort
            How long in all.

        Returns
        -------
        list of More
            One for each limit by itself that could do it, then, if none can, all together, each counted as
            a share of its limit. None at all where no limit stands in the way; what was not found in time
            says so.
        """
        names = [
            name
            for name, cap in zip(self.problem.resources, self.problem.cap, strict=True)
            if np.isfinite(cap)
        ]
        end, found = perf_counter() + effort.seconds, list[More]()
        for number, name in enumerate(names):
            # Most are told at once to be of no use, and leave their time to the others.
            seconds = max(1.0, (end - perf_counter()) / (len(names) - number + 1))
            more = self._excess(wish, frozenset({name}), effort.within(seconds))
            if more.verdict is Sufficing.ENOUGH and not more.excess:
                return []
            if more.verdict is not Sufficing.NEVER:
                found.append(more)
        if not any(more.excess for more in found):
            seconds = max(1.0, end - perf_counter())
            found.append(self._excess(wish, frozenset(names), effort.within(seconds)))
        return [more for more in found if more.excess] or found[-1:]

    def _excess(self, wish: Wish, names: frozenset[str], effort: SearchEffort) -> More:
        """Return the least excess of some limits that makes a wish possible."""
        problem = self.problem.forced(*wish.choices)
        if wish.least is not None:
            problem = replace(problem, gates=(*problem.gates, Gate(problem.aim, wish.least)))
        master = Master(problem, self.relaxation)
        for cut in self._cuts:
            master.add(cut)
        caps = zip(problem.resources, problem.cap, strict=True)
        whole = frozenset(problem.resources) - {ONE_OFF, RECURRENT}
        columns = master.relaxed({name: 1.0 / max(1.0, abs(float(cap))) for name, cap in caps}, whole, names)
        units = {name: 1.0 if name in whole else master.resource_scale[name] for name in columns}
        master.whole()
        end = perf_counter() + effort.seconds
        least: tuple[tuple[str, float], ...] = ()
        while perf_counter() < end and not effort.stopped():
            seconds = max(0.1, end - perf_counter())
            outcome = master.solve(seconds=seconds, interrupt=lambda _: effort.stopped())
            if outcome is SolverOutcome.INFEASIBLE:
                return More((), Sufficing.NEVER)
            if not master.has_plan:
                break
            plan = master.plan()
            amounts = ((name, master.value_of(column) * units[name]) for name, column in columns.items())
            tried = tuple((name, round(amount, 6)) for name, amount in amounts if amount > _NOTHING)
            if outcome is SolverOutcome.OPTIMAL:
                # Less has been ruled out: the cuts overestimate every plan.
                least = tried
                if problem.passes(plan, self.evaluator.set(plan)):
                    return More(tried, Sufficing.ENOUGH, plan)
            self._cut_at(master, plan)
        return More(least, Sufficing.AT_LEAST if least else Sufficing.UNKNOWN)

    def _cut_at(self, master: Master, plan: NDArray[np.int64]) -> None:
        x = np.zeros(self.pack.n_choices)
        x[plan] = 1.0
        _, cuts = self.relaxation.at(x, self.relaxation.pairs_at(x))
        alike = self.relaxation.patterns(plan, self.evaluator, master.most)
        for each in (cuts, alike):
            master.add(each)
            self._cuts.append(each)

    def value(self, expression: Expression, plan: NDArray[np.int64]) -> float:
        """Return what an expression comes to under a plan."""
        return expression.of(self.evaluator.set(plan))
