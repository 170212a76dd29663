"""Impossible: why no plan keeps to the limits: choices that contradict, and floors out of reach."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from footprint.options.choices import Allowed, Choice, listed_rows
from footprint.options.engine import Engine, More, Wish
from footprint.options.problem import ONE_OFF, POSTS, RECURRENT, Floor, Problem
from footprint.options.solve import SearchEffort, SolvedPlan, solve
from layers.sentences import Sentence, as_typed, say

_ROUNDING = 1e-6
"""Sums that exceed a limit by a smaller share of it are rounding."""


@dataclass(frozen=True, slots=True, eq=False)
class FloorReach:
    """A floor that no plan was found for, and the highest worst season there is within the other limits."""

    floor: Floor
    highest: SolvedPlan = field(repr=False)
    """Its score and bound are the worst season of the floor's figure [share of need]."""
    alone: bool
    """Whether the other floors were left out too, for no plan keeps to them either."""


@dataclass(frozen=True, slots=True, eq=False)
class Impossible:
    """Why no plan was found that keeps to the limits."""

    contradictions: tuple[Sentence, ...]
    """Choices that cannot stand together, each with the limit, the rows and the remedy: proved."""
    floors: tuple[FloorReach, ...]
    takes: tuple[More, ...]
    """The smallest ways of exceeding limits that would make a plan possible."""


def impossible(engine: Engine, effort: SearchEffort) -> Impossible:
    """
    Return why no plan keeps to the limits.

    Parameters
    ----------
    engine
        What was asked; no plan was found for it.
    effort
        How long in all.

    Returns
    -------
    Impossible
        Contradictions are seen without a search; where there are some, nothing else is sought.
    """
    contradictions = tuple(_contradictions(engine))
    if contradictions:
        return Impossible(contradictions, (), ())
    floors = engine.question.limits.floors
    share = effort.within(effort.seconds / (1 + 2 * len(floors)))
    reached = tuple(_reached(engine, number, share) for number in range(len(floors)))
    return Impossible((), reached, tuple(engine.what_it_takes(Wish(), share)))


def _reached(engine: Engine, number: int, effort: SearchEffort) -> FloorReach:
    """Return the highest worst season of a floor's figure within the other limits."""
    problem, floors = engine.problem, engine.question.limits.floors
    own = problem.gates[number]
    others = tuple(gate for at, gate in enumerate(problem.gates) if at != number)
    found = _highest(engine, replace(problem, aim=own.expression, gates=others), effort)
    if found.plan is not None or len(floors) == 1:
        return FloorReach(floors[number], found, alone=False)
    donors = problem.gates[len(floors) :]
    found = _highest(engine, replace(problem, aim=own.expression, gates=donors), effort)
    return FloorReach(floors[number], found, alone=True)


def _highest(engine: Engine, problem: Problem, effort: SearchEffort) -> SolvedPlan:
    return solve(problem, engine.evaluator, engine.relaxation, effort)


def _contradictions(engine: Engine) -> Iterator[Sentence]:
    """Yield what no plan can keep to, whatever else it does."""
    yield from _places_without_choice(engine)
    yield from _exclusive(engine)
    yield from _beyond_limits(engine)


def _own(engine: Engine, place: int) -> list[int]:
    """Return the choices of a place that may be made."""
    first, last = int(engine.pack.first[place]), int(engine.pack.first[place + 1])
    return [number for number in range(first, last) if engine.problem.allowed[number]]


def _places_without_choice(engine: Engine) -> Iterator[Sentence]:
    """Yield the places of which nothing may become, each with the rows to change."""
    for number, place in enumerate(engine.pack.places):
        if _own(engine, number):
            continue
        choices = [choice for choice in place.choices if choice is not None]
        fixed = [choice for choice in choices if choice.allowed is Allowed.FIXED]
        if fixed:
            yield say(
                "{place}: its choice is fixed, but its cost, or that of the site today, is not stated and "
                "costs are limited; state it, set the choice free, or lift the limit: {rows}",
                place=place.name,
                rows=listed_rows(fixed),
            )
        else:
            yield say(
                "{place}: each of its choices is forbidden, or has a cost that is not stated and is limited; "
                "set one free or state its cost: {rows}",
                place=place.name,
                rows=listed_rows(choices),
            )


def _must(engine: Engine) -> dict[int, list[int]]:
    """Return the places that have to change, and the choices that are left to each."""
    found = {}
    for place in range(len(engine.pack.places)):
        own = _own(engine, place)
        if own and int(engine.pack.first[place]) not in own:
            found[place] = own
    return found


def _exclusive(engine: Engine) -> Iterator[Sentence]:
    """Yield the places that all have to change although one of them may."""
    must, asked = _must(engine), len(engine.question.limits.either_or)
    for number, group in enumerate(engine.problem.at_most_one):
        held = [place for place, own in must.items() if set(own) <= set(group)]
        if len(held) < 2:  # noqa: PLR2004
            continue
        rows = listed_rows(_choices(engine, [each for place in held for each in must[place]]))
        if number < asked:
            yield say(
                "either-or: at most one of these places may change, but more than one is fixed to; set one "
                "free or take it out of the either-or: {rows}",
                rows=rows,
            )
        else:
            yield say(
                "these are fixed within a kilometre of one another, where one site can stand; set one free: "
                "{rows}",
                rows=rows,
            )


def _choices(engine: Engine, numbers: Sequence[int]) -> list[Choice]:
    return [choice for number in numbers if (choice := engine.pack.choice(number)) is not None]


def _beyond_limits(engine: Engine) -> Iterator[Sentence]:
    """Yield the limits that even the plan that takes least of each exceeds."""
    problem, must = engine.problem, _must(engine)
    places = [own for place in range(len(engine.pack.places)) if (own := _own(engine, place))]
    for at, name in enumerate(problem.resources):
        cap = float(problem.cap[at])
        if not np.isfinite(cap):
            continue
        least = float(sum(problem.use[own, at].min() for own in places))
        if least <= cap + _ROUNDING * max(1.0, abs(cap)):
            continue
        taking = [own for own in must.values() if problem.use[own, at].min() > 0]
        rows = _choices(engine, [each for own in taking for each in own])
        # Least of all that may be freed elsewhere counts too: so much is lacking whatever else is done.
        if rows:
            yield say(
                "{limit}: what is fixed takes {least} at least beyond today, whatever else is given up, and "
                "there are {cap}; raise the limit by {lack} or set one free: {rows}",
                limit=limit_name(name),
                least=as_typed(least),
                cap=as_typed(cap),
                lack=as_typed(least - cap),
                rows=listed_rows(rows),
            )
        else:
            yield say(
                "{limit}: every plan takes {least} at least beyond today, and there are {cap}; raise the "
                "limit by {lack}",
                limit=limit_name(name),
                least=as_typed(least),
                cap=as_typed(cap),
                lack=as_typed(least - cap),
            )


def limit_name(resource: str) -> Sentence | str:
    """Return what a limit is called in a sentence; a kind of asset by its identifier, as in the table."""
    if resource == ONE_OFF:
        return say("US dollars once")
    if resource == RECURRENT:
        return say("US dollars a year")
    if resource == POSTS:
        return say("posts")
    if resource.startswith("mobile_"):
        return say("mobile units in month {month}", month=resource.removeprefix("mobile_"))
    return resource
