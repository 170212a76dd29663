"""Solving: one question about one benchmark file, from its distances to an answer with a bound."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import assert_never

import numpy as np
from numpy.typing import NDArray

from footprint.siting.answer import Bracket, Clock, SitingAnswer, SitingProblem, settled
from footprint.siting.centres import smallest_radius
from footprint.siting.choosing import Stopping, cheapest_choice
from footprint.siting.covering import CoverRows, merged_points, merged_sets, useful_sites, within
from footprint.siting.faults import SitingQuestionError
from footprint.siting.service import ServiceCosts
from footprint.siting.set_cover import cheapest_cover
from footprint.siting.world import DistanceWorld, SetWorld, SitingWorld
from layers.sentences import say

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """
    How long a search may go on.

    Attributes
    ----------
    seconds
        Time allowed [s].
    gap
        Gap at which it may stop [share]; 0 to go on until nothing better can exist.
    """

    seconds: float = 60.0
    gap: float = 0.0


def solve_cover(
    world: SitingWorld, effort: Effort, *, radius: float | None, p: int | None, every: bool
) -> SitingAnswer:
    """
    Cover as much demand as `p` sites can, or all of it as cheaply as can be.

    Parameters
    ----------
    world
        What a file holds.
    effort
        How long to search.
    radius
        Distance within which a site covers a point, at its very end included; in the file's unit.
    p
        How many sites; where None, as many as the file says.
    every
        Whether all demand must be covered, at least cost, whatever the file says of `p`. So it must
        be, too, where nobody says how many sites there may be.

    Raises
    ------
    SitingQuestionError
        If a radius is wanting, or of no use; if `p` is not between 1 and the number of sites.
    """
    clock = Clock(effort.seconds)
    match world:
        case DistanceWorld():
            if radius is None or not 0 <= radius < math.inf:
                raise SitingQuestionError(
                    say(
                        "{file} holds distances. Say within which a site covers, by --radius.",
                        file=world.file,
                    )
                )
            asked = None if every else p or world.p
            covered = within(world.distances, radius)
            rows, costs = merged_points(covered, world.weights), np.ones(len(world.site_ids))
            without = np.flatnonzero(~covered.any(axis=1))
        case SetWorld():
            if radius is not None:
                raise SitingQuestionError(
                    say(
                        "{file} says itself which columns cover which rows; leave out --radius.",
                        file=world.file,
                    )
                )
            asked = None if every else p
            rows, costs = merged_sets(world.matrix, np.ones(world.matrix.shape[0])), world.costs
            without = np.flatnonzero(np.diff(world.matrix.indptr) == 0)
        case _:
            assert_never(world)
    _check(world, asked)
    if asked is None:
        return _cover_all(rows, costs, clock, effort, without)
    return _cover_most(rows, asked, len(costs), clock, effort)


def _check(world: SitingWorld, p: int | None) -> None:
    if p is not None and not 1 <= p <= len(world.site_ids):
        problem = say(
            "{p} sites are asked for; {file} has {n}. Choose --p between 1 and that.",
            p=p,
            file=world.file,
            n=len(world.site_ids),
        )
        raise SitingQuestionError(problem)


def _cover_all(
    rows: CoverRows, costs: Numbers, clock: Clock, effort: Effort, without: NDArray[np.int64]
) -> SitingAnswer:
    if len(without):
        bracket, left = Bracket(objective=math.nan, bound=math.inf, chosen=()), len(rows.weights)
    else:
        bracket, left = cheapest_cover(rows, costs, clock, wanted_gap=effort.gap)
    return SitingAnswer(
        problem=SitingProblem.SET_COVER,
        status=settled(bracket, effort.gap),
        bracket=bracket,
        allowed=None,
        rows=left,
        seconds=clock.elapsed_s(),
        unserved=tuple(without.tolist()),
    )


def _cover_most(rows: CoverRows, p: int, n_sites: int, clock: Clock, effort: Effort) -> SitingAnswer:
    weighty = rows.weights > 0
    matrix, weights = rows.matrix[weighty], rows.weights[weighty]
    total = float(weights.sum())
    useful = useful_sites(matrix, np.zeros(n_sites))
    # A site that covers no more than another is never needed, as long as there are enough without it.
    if len(useful) <= p:
        chosen, bracket = useful.tolist(), Bracket(objective=total, bound=total, chosen=())
    else:
        reach = matrix[:, useful].toarray() > 0
        costs = ServiceCosts(served=np.where(reach, 0.0, np.inf), left_out=weights).finite()
        whole = bool(np.all(weights == np.round(weights)))
        stopping = Stopping(gap=effort.gap, total=total, whole=whole)
        least = cheapest_choice(costs, p, clock, stopping)
        chosen = useful[list(least.chosen)].tolist()
        bracket = Bracket(objective=total - least.objective, bound=total - least.bound, chosen=())
    filled = _filled(chosen, p, n_sites)
    return SitingAnswer(
        problem=SitingProblem.MAXIMAL_COVER,
        status=settled(replace(bracket, chosen=filled), effort.gap),
        bracket=replace(bracket, chosen=filled),
        allowed=p,
        rows=len(rows.weights),
        seconds=clock.elapsed_s(),
    )


def _filled(chosen: list[int], p: int, n_sites: int) -> tuple[int, ...]:
    """Return a choice with further sites, from the first, until there are `p`."""
    others = [site for site in range(n_sites) if site not in set(chosen)]
    return tuple(sorted([*chosen, *others[: p - len(chosen)]]))


def solve_median(world: SitingWorld, effort: Effort, *, p: int | None, centre: bool) -> SitingAnswer:
    """
    Choose `p` sites: the least sum of weight times distance, or the least farthest distance.

    Parameters
    ----------
    world
        What a file holds: distances.
    effort
        How long to search.
    p
        How many sites; where None, as many as the file says.
    centre
        Whether the farthest distance counts, for every point alike, whatever its weight.

    Raises
    ------
    SitingQuestionError
        If the file has no distances, or nobody says how many sites.
    """
    clock = Clock(effort.seconds)
    if isinstance(world, SetWorld):
        raise SitingQuestionError(
            say("{file} says who covers whom, and no distances. Ask for `bench cover`.", file=world.file)
        )
    asked = p or world.p
    if asked is None:
        raise SitingQuestionError(say("{file} does not say how many sites; add --p.", file=world.file))
    _check(world, asked)
    problem = SitingProblem.P_CENTRE if centre else SitingProblem.P_MEDIAN
    without = np.flatnonzero(~np.isfinite(world.distances).any(axis=1))
    if len(without):
        bracket, rows = Bracket(objective=math.nan, bound=math.inf, chosen=()), len(world.weights)
    elif centre:
        bracket, rows = smallest_radius(world.distances, asked, clock, wanted_gap=effort.gap)
    else:
        bracket, rows = _least_sum(world, asked, clock, effort)
    return SitingAnswer(
        problem=problem,
        status=settled(bracket, effort.gap),
        bracket=bracket,
        allowed=asked,
        rows=rows,
        seconds=clock.elapsed_s(),
        unserved=tuple(without.tolist()),
    )


def _least_sum(world: DistanceWorld, p: int, clock: Clock, effort: Effort) -> tuple[Bracket, int]:
    weighty = world.weights > 0
    distances, weights = world.distances[weighty], world.weights[weighty]
    n_sites = distances.shape[1]
    if not weighty.any():
        return Bracket(objective=0.0, bound=0.0, chosen=_filled([], p, n_sites)), 0
    start: tuple[int, ...] = ()
    if not np.isfinite(distances).all():
        reach = merged_points(np.isfinite(distances), weights)
        cover, _ = cheapest_cover(reach, np.ones(n_sites), clock.part(0.3), enough=float(p))
        if cover.bound > p:
            return Bracket(objective=math.nan, bound=math.inf, chosen=()), len(weights)
        start = _filled(list(cover.chosen), p, n_sites) if cover.objective <= p else ()
    served = distances * weights[:, None]
    costs = ServiceCosts(served=served, left_out=np.full(len(weights), np.inf))
    finite = costs.finite()
    whole = bool(np.all(served[np.isfinite(served)] == np.round(served[np.isfinite(served)])))
    bracket = cheapest_choice(finite, p, clock, Stopping(gap=effort.gap, whole=whole), start=start)
    if not math.isfinite(costs.total(bracket.chosen)):
        return Bracket(objective=math.nan, bound=bracket.bound, chosen=()), len(weights)
    return bracket, len(weights)
