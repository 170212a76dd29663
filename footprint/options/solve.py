"""Solve: the best plan found within a time, and a bound that no plan within the limits exceeds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from footprint.options.evaluate import PlanEvaluator
from footprint.options.master import Master
from footprint.options.problem import Problem
from footprint.options.relaxation import Cuts, Overestimate
from footprint.options.search import Search
from footprint.options.whole_model import SolverOutcome

_ROOT_GAP = 1e-4
_ROUNDS = 100
_SEARCH_SECONDS = 2.5
_TOPS = 6
_SOME = 0.05
_WIDE = 0.01
_MOMENT = 0.02


class SearchStatus(StrEnum):
    """How a search for plans ended."""

    PROVED = "proved"
    """No plan is better by more than the gap asked for."""
    OPEN = "open"
    """Time was up; the gap is what it is."""
    STOPPED = "stopped"
    """Somebody stopped it."""
    NONE = "none"
    """No plan keeps to the limits: proved."""
    NOT_FOUND = "not_found"
    """None was found in time, which does not prove that there is none."""


@dataclass(frozen=True, slots=True, eq=False)
class SolvedPlan:
    """The best plan found, and what no plan exceeds."""

    status: SearchStatus
    plan: NDArray[np.int64] | None
    """The choice at each place; None if none was found."""
    score: float
    """What it comes to; NaN without one."""
    bound: float
    """What no plan within the limits exceeds; NaN where none keeps to them."""
    seconds: float
    cuts: tuple[Cuts, ...] = field(repr=False, default=())
    """Cuts at plans, which hold for every other question over the same choices."""

    @property
    def gap(self) -> float:
        """By which share of what was found a plan could be better at most; NaN without one."""
        if self.plan is None:
            return float("nan")
        return max(0.0, self.bound / self.score - 1) if self.score > 0 else float(self.bound > 0)


@dataclass(frozen=True, slots=True)
class SearchEffort:
    """How hard to try, and who watches."""

    seconds: float
    gap: float
    """Share by which a plan may be better at most, for the search to end."""
    stopped: Callable[[], bool] = field(repr=False, default=lambda: False)
    """Asked between steps and while the solver runs."""
    told: Callable[[float, float, float], None] = field(repr=False, default=lambda *_: None)
    """Told seconds, best and bound whenever one of them changes."""

    def within(self, seconds: float) -> SearchEffort:
        """Return the same for a part of the time."""
        return SearchEffort(min(seconds, self.seconds), self.gap, self.stopped)


Bend = Callable[[Master], None]


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What helps a search, and what bends it."""

    start: NDArray[np.int64] | None = None
    """A plan to begin with."""
    cuts: Sequence[Cuts] = ()
    """Cuts at plans from another question over the same choices."""
    bent: Bend | None = None
    """Adds rows to the model, for instance far from another plan; then nothing is searched beside it."""


def solve(
    problem: Problem,
    evaluator: PlanEvaluator,
    relaxation: Overestimate,
    effort: SearchEffort,
    known: Known | None = None,
) -> SolvedPlan:
    """
    Return the best plan found within a time, with a bound.

    Parameters
    ----------
    problem
        What is asked.
    evaluator, relaxation
        Value and overestimate plans of its pack.
    effort
        How long, how close, who may stop it.
    known
        What helps it, and what bends it.

    Returns
    -------
    SolvedPlan
        Every plan of the model is valued truly, and cut at; the model's bound holds for every plan
        because each cut does. Where the model is exact and still above the truth, its plan is cut off:
        what is cut off is at most the best found, so that the larger of both still bounds.
    """
    return _Run(problem, evaluator, relaxation, effort, known or Known()).result()


class _Run:
    def __init__(
        self,
        problem: Problem,
        evaluator: PlanEvaluator,
        relaxation: Overestimate,
        effort: SearchEffort,
        known: Known,
    ) -> None:
        self._problem, self._evaluator, self._relaxation = problem, evaluator, relaxation
        self._effort, self._known, self._cuts = effort, known, list(known.cuts)
        self._began = perf_counter()
        self._best: NDArray[np.int64] | None = None
        self._score, self._bound = -np.inf, np.inf
        self._seen: set[bytes] = set()
        self._cut_off = False
        self._search = Search(problem, evaluator)

    @property
    def _left(self) -> float:
        return self._effort.seconds - (perf_counter() - self._began)

    def _over(self) -> bool:
        return self._left <= _MOMENT or self._effort.stopped()

    def _keep(self, plan: NDArray[np.int64], score: float) -> None:
        if score > self._score:
            self._best, self._score = plan.copy(), score
            self._tell()

    def _tell(self) -> None:
        self._effort.told(perf_counter() - self._began, self._score, self._bound)

    def _try(self, plan: NDArray[np.int64]) -> float:
        values = self._evaluator.set(plan)
        score = self._problem.score(values)
        if self._problem.fits(plan) and self._problem.passes(plan, values):
            self._keep(plan, score)
        return score

    def result(self) -> SolvedPlan:
        """Run to the end."""
        if self._known.bent is None:
            start = self._known.start
            for plan in (self._problem.pack.today, *([] if start is None else [start])):
                self._try(plan)
        master = Master(self._problem, self._relaxation)
        if self._known.bent is not None:
            self._known.bent(master)
        for cut in self._cuts:
            master.add(cut)
        if not self._root(master):
            return self._ended(SearchStatus.NONE)
        if self._known.bent is None:
            self._round_off(master)
            self._look_around(master)
        return self._ended(self._whole(master))

    def _whole(self, master: Master) -> SearchStatus:
        """Seek whole plans until the gap is closed, time is up or somebody stops it."""
        master.whole()
        while not self._over():
            if self._round(master) is SolverOutcome.INFEASIBLE:
                if self._best is None:
                    return SearchStatus.NONE
                if self._cut_off:
                    # Whatever was cut off was valued: the best of it is the best there is.
                    self._bound = self._score
                    return SearchStatus.PROVED
                # The best found keeps to every row, so this is the solver's rounding: no proof of anything.
                break
            if self._best is not None and self._bound <= self._score * (1 + self._effort.gap):
                return SearchStatus.PROVED
        if self._effort.stopped():
            return SearchStatus.STOPPED
        return SearchStatus.NOT_FOUND if self._best is None else SearchStatus.OPEN

    def _ended(self, status: SearchStatus) -> SolvedPlan:
        nothing = self._best is None
        return SolvedPlan(
            status=status,
            plan=self._best,
            score=float("nan") if nothing else self._score,
            bound=float("nan") if status is SearchStatus.NONE else max(self._bound, self._score),
            seconds=perf_counter() - self._began,
            cuts=tuple(self._cuts),
        )

    def _cut(
        self,
        master: Master,
        x: NDArray[np.float64],
        blocks: NDArray[np.float64] | None,
        *,
        keep: bool = False,
    ) -> float:
        """Cut at a point, and return what the aim's overestimate is there."""
        values, cuts = self._relaxation.at(x, self._relaxation.pairs_at(x))
        master.add(cuts, None if blocks is None else blocks - values)
        if keep:
            self._cuts.append(cuts)
        return master.aim_at(values)

    def _root(self, master: Master) -> bool:
        """Cut fractional plans until model and overestimate agree; tell whether any plan is left."""
        pack = self._problem.pack
        today = np.zeros(pack.n_choices)
        today[pack.today] = 1.0
        spread = np.concatenate([np.full(n, 1.0 / n) for n in np.diff(pack.first)])
        for x in (today, spread):
            self._cut(master, x, None)
        for number in range(_ROUNDS):
            # Once at least, however short the time: without it nothing is known of what no plan exceeds.
            if number and (self._effort.stopped() or self._left < self._effort.seconds / 2):
                break
            if master.solve() is SolverOutcome.INFEASIBLE:
                return False
            x, _, blocks = master.point()
            self._bound = min(self._bound, max(master.objective, self._score))
            self._tell()
            if master.objective - self._cut(master, x, blocks) <= _ROOT_GAP * master.objective:
                break
        return True

    def _round_off(self, master: Master) -> None:
        """Make the choices of which the fractional plan has most, as far as they fit."""
        x, pack = master.point()[0], self._problem.pack
        plan = pack.today if self._best is None else self._best.copy()
        for choice in np.argsort(-x, kind="stable"):
            if x[choice] < _SOME:
                break
            tried = plan.copy()
            tried[pack.place_of(int(choice))] = choice
            if self._problem.fits(tried):
                plan = tried
        self._try(plan)

    def _round(self, master: Master) -> SolverOutcome:
        """Solve the model for a whole plan, value it, and cut at it; search around the best once."""

        def interrupt(bound: float) -> bool:
            # Before its first node the solver tells of bounds that are none: none is below a plan.
            near = self._best is not None and self._score <= bound <= self._score * (1 + self._effort.gap)
            return near or self._effort.stopped()

        # As long as the model is far above the truth, what it thinks best need not be known closely.
        wide = (self._bound / self._score - 1) / 8 if self._score > 0 else 0.0
        gap = max(self._effort.gap / 4, min(wide, _WIDE))
        # What a third of the time does not settle may be settled by what its plan teaches.
        seconds = min(self._left, max(self._left / 3, 5.0))
        outcome = master.solve(seconds=seconds, gap=gap, interrupt=interrupt)
        if outcome is SolverOutcome.INFEASIBLE:
            return outcome
        if np.isfinite(master.bound):
            self._bound = min(self._bound, max(master.bound, self._score))
        if master.has_plan:
            self._value(master)
        self._tell()
        return outcome

    def _value(self, master: Master) -> None:
        plan = master.plan()
        if plan.tobytes() in self._seen:
            # Rounding alone brings it back; its true figure is kept.
            master.far_from(plan.tolist(), 1)
            self._cut_off = True
        self._cut_at(master, plan)
        if self._known.bent is None and not self._over():
            self._polish(master, plan)

    def _polish(self, master: Master, plan: NDArray[np.int64]) -> None:
        """Change what helps a plan of the model until nothing single does, and cut there too."""
        values = self._evaluator.set(plan)
        if not (self._problem.fits(plan) and self._problem.passes(plan, values)):
            return
        polished, score = self._search.climb(plan, seconds=self._left / 5, stopped=self._effort.stopped)
        self._keep(polished, score)
        if polished.tobytes() not in self._seen:
            self._cut_at(master, polished)

    def _cut_at(self, master: Master, plan: NDArray[np.int64]) -> None:
        """Value a plan, and make the model exact at it and at all that are alike block by block."""
        self._try(plan)
        self._seen.add(plan.tobytes())
        x = np.zeros(self._problem.pack.n_choices)
        x[plan] = 1.0
        self._cut(master, x, None, keep=True)
        alike = self._relaxation.patterns(plan, self._evaluator, master.most)
        master.add(alike)
        self._cuts.append(alike)

    def _look_around(self, master: Master) -> None:
        """Search from the best plan so far, and cut at the best that no single change improves."""
        if self._best is None or self._over():
            return
        seconds = min(_SEARCH_SECONDS, self._left / 5)
        plan, score = self._search.run(self._best, seconds=seconds, stopped=self._effort.stopped)
        self._keep(plan, score)
        for top in self._search.best_tops(_TOPS):
            self._cut_at(master, top)
