"""Asking: what people say of aim and limits, in words, as values; every fault named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from footprint.indicators.indicator import Indicator
from footprint.indicators.units import Level
from footprint.options.choices import OptionError
from footprint.options.naming import number_named
from footprint.options.pack import UNIT_OUTSIDE, AimFigure, objectives_named
from footprint.options.problem import Aim, Floor, Goal
from footprint.prepared import Prepared
from layers.sentences import Sentence, say

OBJECTIVES = "objectives"
"""What stands for all objectives by their weights."""

AREA = "area"
"""What stands for the whole area."""

RAISED = {
    "mission": Indicator.MISSION,
    "force": Indicator.FORCE,
    "tier-1": Indicator.TIER_1,
    "tier-2": Indicator.TIER_2,
    "tier-3": Indicator.TIER_3,
}
"""Words for what can be raised."""


@dataclass(frozen=True, slots=True)
class AskedFigure:
    """One thing to be raised, in words."""

    what: str
    """Key of `RAISED`."""
    of: str = OBJECTIVES
    """`OBJECTIVES`, `AREA`, the identifier of an objective, or that of a unit of the first level."""
    weight: float = 1.0


def aim_of(prepared: Prepared, stages: Sequence[Sequence[AskedFigure]], mean_share: float) -> Aim:
    """
    Return an aim.

    Parameters
    ----------
    prepared
        The area.
    stages
        What is to be raised, by priority, the first first; within one, by weights.
    mean_share
        Weight of the mean of the year; the rest is that of the worst season [0-1].

    Raises
    ------
    OptionError
        Naming everything that is not there.
    """
    faults: list[Sentence] = []
    priorities = []
    for stage in stages:
        goals = []
        for asked in stage:
            try:
                goals.append(Goal(figure_named(prepared, asked.what, asked.of), mean_share, asked.weight))
            except OptionError as error:
                faults += error.sentences
        priorities.append(tuple(goals))
    if not 0 <= mean_share <= 1:
        faults.append(say("the weight of the mean is a number from 0 to 1"))
    if faults:
        raise OptionError(*faults)
    return Aim(tuple(priorities))


def figure_named(prepared: Prepared, what: str, of: str) -> AimFigure:
    """
    Return a figure by what it is and what it is of.

    Raises
    ------
    OptionError
        Naming what there is, everything that carries a name of several, or what lies mostly outside.
    """
    indicator = RAISED.get(what)
    if indicator is None:
        raise OptionError(
            say("{what} cannot be raised; what can: {known}", what=repr(what), known=", ".join(RAISED))
        )
    if of == OBJECTIVES:
        objectives_named(prepared, "")
        return AimFigure(indicator, Level.OBJECTIVE)
    if of == AREA:
        return AimFigure(indicator, Level.AREA)
    objectives = [each.objective_id for each in prepared.objectives]
    if of in objectives:
        objectives_named(prepared, of)
        return AimFigure(indicator, Level.OBJECTIVE, of)
    frame = prepared.units.frame
    units = frame[(frame["level"] == Level.REGION) & ~prepared.units.outside]
    outside = frame[(frame["level"] == Level.REGION) & prepared.units.outside]
    if of in {*outside["unit_id"], *outside["name"]}:
        raise OptionError(UNIT_OUTSIDE.having(unit=repr(of)))
    pairs = [*zip(units["unit_id"].astype(str), units["name"].astype(str), strict=True)]
    number = number_named(of, pairs)
    if number is not None:
        return AimFigure(indicator, Level.REGION, pairs[number][0])
    known = ", ".join([OBJECTIVES, AREA, *objectives, *units["name"].astype(str)])
    raise OptionError(say("there is no {unit}; there are: {known}", unit=repr(of), known=known))


def floors_of(prepared: Prepared, floors: Iterable[tuple[str, float]]) -> tuple[Floor, ...]:
    """
    Return floors under the Mission footprint of units, in their worst season.

    Parameters
    ----------
    prepared
        The area.
    floors
        Unit, objective or word, and the least share of need [0-1].

    Raises
    ------
    OptionError
        Naming every unit that is not there, and every floor that is no share.
    """
    faults, found = list[Sentence](), []
    for unit, least in floors:
        if not 0 <= least <= 1:
            faults.append(say("{unit}: a floor is a number from 0 to 1", unit=unit))
        try:
            found.append(Floor(figure_named(prepared, "mission", unit), least))
        except OptionError as error:
            faults += error.sentences
    if faults:
        raise OptionError(*faults)
    return tuple(found)
