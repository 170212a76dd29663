"""Reckoning: everything a briefing tells that takes seconds, reckoned once for both languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from footprint.access.watched import Watched, watched
from footprint.briefing.brief import Brief
from footprint.criteria.criterion import NOTHING, Costs, CriterionValue
from footprint.criteria.values import criteria
from footprint.evidence.fragility import Fragility, fragility
from footprint.evidence.gathered import Evidence, gather
from footprint.language import msgid
from footprint.releases.profiles import hides_plans
from footprint.violence import Question, find_calendars
from footprint.violence.seasonality import Recurrence

Step = Callable[[str], object]
"""Is told what is reckoned next, a message of the catalogue."""

STEPS = (
    msgid("Options by criteria"),
    msgid("Calendar of return"),
    msgid("Evidence"),
    msgid("What this hangs on"),
)
"""What is reckoned, in its order."""


@dataclass(frozen=True, slots=True, eq=False)
class Reckoning:
    """What a briefing rests on besides its reviews; it belongs to no language."""

    values: tuple[tuple[CriterionValue, ...], ...] = field(repr=False)
    """Doing nothing and every plan by each criterion, in the order of the brief."""
    beside: tuple[Watched, ...] = field(repr=False)
    """What is to be watched, for every plan."""
    calendars: tuple[Recurrence, Recurrence] = field(repr=False)
    """Months that return in first-level and in second-level units."""
    evidence: Evidence = field(repr=False)
    fragility: Fragility = field(repr=False)
    """Of the plan that is shown; of today's sites where its sites may not be named."""


def reckon(brief: Brief, step: Step, costs: Mapping[str, Costs] | None = None) -> Reckoning:
    """
    Reckon what a briefing rests on besides its reviews.

    Parameters
    ----------
    brief
        What it is about; its language and month do not matter.
    step
        Is told what is reckoned next, from `STEPS`.
    costs
        What plans cost, by their names, stated from outside; those of doing nothing under
        `footprint.criteria.criterion.NOTHING`.
    """
    prepared, router, stated = brief.prepared, brief.router, costs or {}
    step(STEPS[0])
    names = [NOTHING, *(plan.scenario.name for plan in brief.plans)]
    values = tuple(
        criteria(prepared, router, brief.today, result, measure=brief.measure, costs=stated.get(name))
        for name, result in zip(names, (brief.today, *brief.plans), strict=True)
    )
    beside = tuple(
        watched(prepared, router, brief.today, plan, measure=brief.measure) for plan in brief.plans
    )
    step(STEPS[1])
    calendars = find_calendars(prepared.area, Question(), prepared.method.violence)
    step(STEPS[2])
    evidence = gather(prepared, router)
    step(STEPS[3])
    held = brief.today if hides_plans(brief.release) else brief.shown
    return Reckoning(values, beside, calendars, evidence, fragility(prepared, held.scenario, router))
