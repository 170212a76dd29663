"""Answers: which sites a siting problem chose, how good that is, and how much better any choice could be."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field
from enum import StrEnum

TOLERANCE = 1e-6
"""Relative difference below which two values are the same: what the solver itself can tell apart."""


class SitingProblem(StrEnum):
    """The four problems that public benchmarks are made of."""

    MAXIMAL_COVER = "maximal_cover"
    SET_COVER = "set_cover"
    P_MEDIAN = "p_median"
    P_CENTRE = "p_centre"


class SitingStatus(StrEnum):
    """How the search ended."""

    OPTIMAL = "optimal"
    GAP_REACHED = "gap_reached"
    TIME_OUT = "time_out"
    INFEASIBLE = "infeasible"


class Clock:
    """
    How much of the time allowed is left.

    Parameters
    ----------
    seconds
        Time allowed from now on [s].
    """

    def __init__(self, seconds: float) -> None:
        self._began_s = time.perf_counter()
        self._allowed_s = seconds

    def elapsed_s(self) -> float:
        """Return the time since the start [s]."""
        return time.perf_counter() - self._began_s

    def left_s(self) -> float:
        """Return the time left, never below 0 [s]."""
        return max(0.0, self._allowed_s - self.elapsed_s())

    def part(self, share: float) -> Clock:
        """Return a clock for a part (0-1) of the time that is left."""
        return Clock(self.left_s() * share)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bracket:
    """
    The best choice known, and what no choice can be better than.

    Attributes
    ----------
    objective
        Value of the choice; NaN where none is known.
    bound
        No choice is better than this; NaN where nothing is proven, inf where there is none.
    chosen
        Numbers of the chosen sites, in order.
    """

    objective: float
    bound: float
    chosen: tuple[int, ...]

    @property
    def gap(self) -> float:
        """How much better any choice could be, as a share of the objective; NaN where not known."""
        if math.isnan(self.objective) or math.isnan(self.bound):
            return math.nan
        return relative_gap(self.objective, self.bound)


def relative_gap(objective: float, bound: float) -> float:
    """
    Return the distance of an objective from its bound, as a share of the objective.

    Examples
    --------
    >>> relative_gap(100.0, 98.0), relative_gap(0.0, 0.0), relative_gap(0.0, 1.0)
    (0.02, 0.0, inf)
    """
    difference = abs(objective - bound)
    if difference == 0:
        return 0.0
    return difference / abs(objective) if objective else math.inf


@dataclass(frozen=True, slots=True, kw_only=True)
class SitingAnswer:
    """
    What a siting problem's search found, and what it proved.

    Attributes
    ----------
    bracket
        Objective, bound and chosen sites.
    allowed
        Sites that may be chosen; None where it is their number that is made small.
    rows
        Rows of demand left once those that the same sites serve were merged and those that
        follow from others were dropped.
    unserved
        Numbers of demand points that no choice can serve, where there are such.
    """

    problem: SitingProblem
    status: SitingStatus
    bracket: Bracket
    allowed: int | None
    rows: int
    seconds: float
    unserved: tuple[int, ...] = field(default=())


def settled(bracket: Bracket, wanted_gap: float) -> SitingStatus:
    """
    Return how a search for a choice ended.

    Parameters
    ----------
    bracket
        What it found; a bound of inf means that there is no choice at all.
    wanted_gap
        Gap at which it was allowed to stop [share].
    """
    if math.isinf(bracket.bound) and not bracket.chosen:
        return SitingStatus.INFEASIBLE
    if bracket.gap <= TOLERANCE:
        return SitingStatus.OPTIMAL
    return SitingStatus.GAP_REACHED if bracket.gap <= wanted_gap else SitingStatus.TIME_OUT
