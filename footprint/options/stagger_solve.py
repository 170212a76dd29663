"""Solve staggering: the best stays found within a time, and a bound that no choice of stays exceeds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from footprint.options.solve import SearchEffort, SearchStatus
from footprint.options.stagger_blocks import BlockMonths
from footprint.options.stagger_master import StayMaster
from footprint.options.stagger_months import MonthValues
from footprint.options.stagger_question import Staggering
from footprint.options.stagger_search import StaySearch
from footprint.options.stagger_sets import add_sets, n_sets
from footprint.options.stagger_stays import Stays
from footprint.options.whole_model import SolverOutcome

MOST_SETS = 200_000
"""Sets of places that are valued one by one, at most."""

_SEARCH_SECONDS = 2.0
_ROUNDING = 1e-9
"""Figures that differ by less are equal [share of need]."""
_ROUNDS = 60
_ROOT_GAP = 1e-5
"""Cuts are sought no longer where a round lowers the bound by a smaller share."""


@dataclass(frozen=True, slots=True)
class SolvedStays:
    """The best stays found, and what no choice of stays exceeds."""

    status: SearchStatus
    chosen: tuple[int, ...]
    """By number, ascending."""
    score: float
    bound: float
    """Inf where none is known."""
    seconds: float


def solve_stays(
    values: MonthValues,
    stays: Stays,
    asked: Staggering,
    seasons: Sequence[tuple[int, ...]],
    effort: SearchEffort,
    most_sets: int = MOST_SETS,
) -> SolvedStays:
    """
    Seek the stays that raise most.

    Parameters
    ----------
    values, stays
        What sets of places come to, and what can be chosen.
    asked
        Units, and how mean and worst season count.
    seasons
        Months (1-12) of each season.
    effort
        How hard to try; its gap is a share of what the units add.
    most_sets
        Sets of places that are valued one by one, at most; beyond, months are bounded by cuts.

    Returns
    -------
    SolvedStays
        Whenever it is stopped, stays that can be made.

    Notes
    -----
    A stay is a variable; so many units as there are pass through each month of a circle. What months come
    to is given by sets of places, each with its true figure: the model is exact, and its relaxation the
    least concave function above the true one, month by month and neighbourhood by neighbourhood. Where
    there are too many sets, months are bounded by an overestimate, made exact at what is found.
    """
    return _Solver(values, stays, asked, seasons, effort, most_sets).run()


def score_of(
    asked: Staggering, seasons: Sequence[tuple[int, ...]]
) -> Callable[[NDArray[np.float64]], NDArray[np.float64]]:
    """Return what twelve months come to: the mean of the year and the worst season, as they count."""

    def score(months: NDArray[np.float64]) -> NDArray[np.float64]:
        mean = months.mean(axis=-1)
        worst = np.min([months[..., [each - 1 for each in own]].mean(axis=-1) for own in seasons], axis=0)
        return np.asarray(asked.mean_share * mean + (1 - asked.mean_share) * worst)

    return score


class _Solver:
    """One search, from the first stays to the last bound."""

    def __init__(
        self,
        values: MonthValues,
        stays: Stays,
        asked: Staggering,
        seasons: Sequence[tuple[int, ...]],
        effort: SearchEffort,
        most_sets: int,
    ) -> None:
        self._values, self._stays, self._asked, self._effort = values, stays, asked, effort
        self._seasons = seasons
        self._began, self._most_sets = perf_counter(), most_sets
        self._search = StaySearch(values, stays, asked.units, score_of(asked, seasons))
        self._nothing = self._search.value(())
        self._best: tuple[int, ...] = ()
        self._score, self._bound = self._nothing, np.inf

    @property
    def _left(self) -> float:
        return self._effort.seconds - (perf_counter() - self._began)

    def _over(self) -> bool:
        return self._left <= 0 or self._effort.stopped()

    def _tell(self) -> None:
        self._effort.told(perf_counter() - self._began, self._score, self._bound)

    def _near(self, bound: float) -> bool:
        """Tell whether no stays can add more by more than the gap asked for."""
        added = self._score - self._nothing
        return bound - self._score <= self._effort.gap * added + _ROUNDING

    def run(self) -> SolvedStays:
        """Search, bound, solve."""
        seconds = max(min(_SEARCH_SECONDS, self._left / 5), 0.0)
        self._keep(*self._search.run(seconds=seconds, stopped=self._effort.stopped))
        if not len(self._stays):
            self._bound = self._score
        elif not self._over():
            master = StayMaster(self._stays, self._asked, self._values.usable, self._seasons)
            if n_sets(self._values, self._asked.units) <= self._most_sets:
                self._solve_sets(master)
            else:
                self._solve_blocks(master, BlockMonths(master, self._values))
        return self._ended()

    def _keep(self, chosen: tuple[int, ...], score: float) -> None:
        if score > self._score and self._search.fits(chosen):
            self._best, self._score = tuple(sorted(chosen)), score
        self._tell()

    def _ended(self) -> SolvedStays:
        status = SearchStatus.STOPPED if self._effort.stopped() else SearchStatus.OPEN
        if self._near(self._bound):
            status = SearchStatus.PROVED
        bound = max(self._bound, self._score)
        return SolvedStays(status, self._best, self._score, bound, perf_counter() - self._began)

    def _solve_sets(self, master: StayMaster) -> None:
        """Solve the exact model once."""
        if not add_sets(master, self._values, self._asked.units, self._over):
            return
        if master.solve(seconds=self._left) is not SolverOutcome.OPTIMAL:
            return
        self._lower(master.objective)
        if self._near(self._bound) or self._over():
            return
        master.leave_out(self._score)
        master.whole()
        self._whole(master)

    def _solve_blocks(self, master: StayMaster, blocks: BlockMonths) -> None:
        """Solve the overestimate again and again, each time made exact at what it found."""
        for _ in range(_ROUNDS):
            if self._left < self._effort.seconds / 2 or self._effort.stopped():
                break
            if master.solve(seconds=self._left) is not SolverOutcome.OPTIMAL:
                return
            before = self._bound
            self._lower(master.objective)
            if not blocks.cut_off(master.values()) or before - self._bound < _ROOT_GAP * self._bound:
                break
        blocks.cut_at(self._stays.where(self._best))
        master.whole()
        seen: set[tuple[int, ...]] = set()
        while not self._over() and not self._near(self._bound):
            chosen = self._whole(master)
            if chosen is None or chosen in seen:
                break
            seen.add(chosen)
            blocks.cut_at(self._stays.where(chosen))

    def _whole(self, master: StayMaster) -> tuple[int, ...] | None:
        """Solve a model for whole stays, keep what it finds and lower the bound; None if it finds nothing."""
        master.start_from(self._best)

        def interrupt(bound: float) -> bool:
            # Before its first node the solver tells of bounds that are none: below what is found already.
            return self._effort.stopped() or (self._score <= bound and self._near(bound))

        outcome = master.solve(seconds=self._left, gap=0.0, interrupt=interrupt)
        chosen = master.stays() if master.has_plan else None
        if chosen is not None:
            self._keep(chosen, self._search.value(chosen))
        if outcome is SolverOutcome.INFEASIBLE:
            # What was left out holds nothing better, and nothing else is left.
            self._lower(self._score)
        elif np.isfinite(master.bound):
            self._lower(master.bound)
        return chosen

    def _lower(self, bound: float) -> None:
        self._bound = min(self._bound, max(bound, self._score))
        self._tell()
