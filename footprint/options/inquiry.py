"""Inquiry: what people ask once the plans lie before them: why not this place, what does more money bring?"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from footprint.options.choices import Act, ChoicePlace, OptionError
from footprint.options.engine import BudgetStep, Engine, Forced, More, Wish
from footprint.options.naming import number_named
from footprint.options.problem import ONE_OFF
from footprint.options.solve import SearchEffort, SearchStatus, SolvedPlan
from layers.sentences import say


def why_not(
    engine: Engine, best: SolvedPlan, place: str, effort: SearchEffort
) -> tuple[Forced, Sequence[More]]:
    """
    Return what the dearest change of a place would cost; where no plan has it, what it would take.

    Parameters
    ----------
    engine, best
        What was asked, and the best plan found.
    place
        Identifier or name of a place. Of its choices the one is made that adds most by itself.
    effort
        How long.

    Raises
    ------
    OptionError
        If the table has no such place, or nothing may become of it.
    """
    number = place_named(engine.pack.places, place)
    first, last = int(engine.pack.first[number]), int(engine.pack.first[number + 1])
    engine.evaluator.set(engine.pack.today)
    gains = engine.evaluator.scan(number)
    base = engine.evaluator.values
    asked = [
        choice
        for choice in range(first, last)
        if (own := engine.pack.choice(choice)) is not None and own.act is not Act.KEEP
    ]
    if asked and all(engine.pack.choice(choice) in engine.problem.uncosted for choice in asked):
        raise OptionError(
            say(
                "{place}: its cost, or that of the site today, is not stated, and costs are limited",
                place=repr(place),
            )
        )
    asked = [choice for choice in asked if engine.pack.choice(choice) not in engine.problem.uncosted]
    if not asked:
        raise OptionError(say("{place}: the table names nothing that may become of it", place=repr(place)))
    choice = max(asked, key=lambda each: engine.problem.score(base + gains[each - first]))
    return forced_or_more(engine, best, choice, effort)


def place_named(places: Sequence[ChoicePlace], name: str) -> int:
    """
    Return the number of a place by its identifier or name.

    Raises
    ------
    OptionError
        If the table has no such place, naming those it has; or several, naming each.
    """
    number = number_named(name, [(each.place_id, each.name) for each in places])
    if number is None:
        known = ", ".join(each.name for each in places)
        raise OptionError(say("there is no place {place}; there are: {known}", place=repr(name), known=known))
    return number


def forced_or_more(
    engine: Engine, best: SolvedPlan, choice: int, effort: SearchEffort
) -> tuple[Forced, Sequence[More]]:
    """Return what a choice would cost; where no plan has it, what it would take."""
    forced = engine.forced(best, choice, effort)
    takes: Sequence[More] = ()
    if forced.solved.status is SearchStatus.NONE:
        takes = engine.what_it_takes(Wish(choices=(choice,)), effort)
    return forced, takes


def budgets(engine: Engine, effort: SearchEffort, steps: int, best: SolvedPlan) -> list[BudgetStep]:
    """
    Return the best plan for each of several budgets of changes.

    Parameters
    ----------
    engine
        What was asked.
    effort
        How long in all.
    steps
        How many, from nought to twice the budget asked; to all that could be spent where none was.
    best
        The best plan under the limits asked.
    """
    number = engine.problem.resources.index(ONE_OFF)
    cap = float(engine.problem.cap[number])
    if not np.isfinite(cap):
        first = engine.pack.first
        dearest = (engine.problem.use[start:stop, number].max() for start, stop in pairwise(first))
        cap = float(sum(dearest)) / 2
    return engine.frontier(ONE_OFF, [2 * cap * step / (steps - 1) for step in range(steps)], effort, best)
