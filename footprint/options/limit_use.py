"""Limit use: how much of each limit a plan uses, and whether what is left is enough for anything."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from footprint.options.problem import Problem


@dataclass(frozen=True, slots=True)
class LimitUse:
    """One limit under one plan. It says what is left, not what more would bring."""

    name: str
    """Resource."""
    limit: float
    """What there is beyond today."""
    used: float
    """What the plan takes beyond today."""
    left: float
    """Negative where the plan does not keep to it."""
    least_more: float | None
    """What the choice takes beyond the plan that takes least; None where no choice takes any."""
    lacks: float | None
    """So much more of this alone would leave room for one further change, better or not, floors aside; None
    where every further change that lacks this lacks something else too."""

    @property
    def is_used_up(self) -> bool:
        """Whether nothing is left."""
        return self.left <= 0

    @property
    def is_too_little(self) -> bool:
        """Whether something is left, but no single change of the plan that takes any takes so little."""
        return self.left > 0 and self.least_more is not None and self.left < self.least_more


def limits_used(problem: Problem, plan: NDArray[np.int64]) -> tuple[LimitUse, ...]:
    """
    Return each limit that any choice draws on.

    Parameters
    ----------
    problem
        The limits.
    plan
        The choice at each place.
    """
    used, room, found = problem.used(plan), problem.room(plan), []
    lacks = _lacking_alone(problem, plan, room)
    for number, name in enumerate(problem.resources):
        cap = float(problem.cap[number])
        if not np.isfinite(cap) or not problem.use[:, number].any():
            continue
        # What is left within rounding of a limit is nought.
        left = cap - float(used[number])
        slack = float(room[number]) - left
        found.append(
            LimitUse(
                name=name,
                limit=cap,
                used=float(used[number]) + 0.0,
                left=0.0 if abs(left) <= slack else left,
                least_more=_least_more(problem, plan, number),
                lacks=lacks.get(number),
            )
        )
    return tuple(found)


def _least_more(problem: Problem, plan: NDArray[np.int64], resource: int) -> float | None:
    """Return what the single change of a plan that takes least of a resource takes of it, beyond nothing."""
    more = list[float]()
    for place, (start, stop) in enumerate(pairwise(problem.pack.first.tolist())):
        own = problem.use[start:stop, resource][problem.allowed[start:stop]]
        extra = own - problem.use[plan[place], resource]
        more += extra[extra > 0].tolist()
    return min(more, default=None)


def _lacking_alone(problem: Problem, plan: NDArray[np.int64], room: NDArray[np.float64]) -> dict[int, float]:
    """Return the least by which any single change exceeds each resource, where it exceeds no other."""
    found: dict[int, float] = {}
    for choice in np.flatnonzero(problem.allowed).tolist():
        place = problem.pack.place_of(choice)
        extra = problem.use[choice] - problem.use[plan[place]]
        # Whatever is not drawn on further is not in the way, even where the plan exceeds it.
        (beyond,) = np.nonzero((extra > 0) & (extra > room))
        if choice == plan[place] or len(beyond) != 1 or _excluded(problem, plan, place, choice):
            continue
        number = int(beyond[0])
        lack = float(extra[number] - (problem.cap[number] - problem.used(plan)[number]))
        found[number] = min(lack, found.get(number, lack))
    return found


def _excluded(problem: Problem, plan: NDArray[np.int64], place: int, choice: int) -> bool:
    """Tell whether something else that the plan makes excludes a choice."""
    made = {int(other) for at, other in enumerate(plan) if at != place}
    return any(choice in group and made.intersection(group) for group in problem.at_most_one)
