"""Answer: plans beside doing nothing and closing, every figure of them from a review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import isnan, nan

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from footprint.compare import SMALL, worst_seasons
from footprint.criteria.criterion import Costs, CriterionValue
from footprint.criteria.values import criteria
from footprint.indicators.periods import CLOSE, monthly, over_year
from footprint.indicators.units import Level
from footprint.language import msgid
from footprint.options.choices import Act, Choice
from footprint.options.engine import Engine, OptionsQuestion
from footprint.options.impossible import Impossible
from footprint.options.limit_use import LimitUse, limits_used
from footprint.options.pack import AimFigure
from footprint.options.problem import ONE_OFF, RECURRENT
from footprint.options.solve import SearchStatus, SolvedPlan
from footprint.prepared import Prepared
from footprint.review import Review, review
from footprint.scenario import Scenario
from footprint.travel.router import Router

NOTHING = msgid("Do nothing")
CLOSING = msgid("Close what is missed least")
BEST = msgid("Best plan found")
OTHER = msgid("Alternative {n}")

SAME = 1e-5
"""Search and review may differ by so much, the rounding of single precision [share of need]."""


@dataclass(frozen=True, slots=True, eq=False)
class FigureValue:
    """One figure of one plan, from its review."""

    figure: AimFigure
    mean: float
    """Mean of the year [share of need]; at least, where `known` is not so."""
    worst: float
    """Mean of the worst season."""
    known: bool
    """Whether every tier that counts is known; if not, figures are what is there at least."""


@dataclass(frozen=True, slots=True)
class RegionLoss:
    """A region whose worst season falls."""

    name: str
    before: float
    """By what is there at least [share of its demand], as `after`."""
    after: float
    known: bool
    """Whether that is all there is; where it is not, what is known to be there is taken away."""


@dataclass(frozen=True, slots=True, eq=False)
class OptionPlan:
    """A plan, and what it comes to."""

    name: str
    """A message of the catalogue."""
    number: int
    """Of an alternative; 0 else."""
    chosen: tuple[Choice, ...]
    scenario: Scenario
    result: Review = field(repr=False)
    figures: tuple[FigureValue, ...] = field(repr=False)
    used: Mapping[str, float] = field(repr=False)
    """What it takes beyond today, by resource."""
    limits: tuple[LimitUse, ...] = field(repr=False)
    """Each limit, and what is left of it."""
    criteria: tuple[CriterionValue, ...] = field(repr=False)
    missing: tuple[str, ...]
    """Resources of which nobody has stated how much it takes; they are not in `used`."""
    keeps: bool
    """Whether it keeps to the limits: closing stands beside the plans whether it does or not."""
    losers: tuple[RegionLoss, ...]
    """Regions whose worst season falls by what is raised first, the largest loss first."""
    maybe_losers: tuple[str, ...]
    """Names of regions of which nobody knows whether theirs does."""

    @property
    def key(self) -> str:
        """Tells the plans of one answer apart, whatever the language: what each is called in English."""
        return self.name.format(n=self.number)


@dataclass(frozen=True, slots=True, eq=False)
class OptionsAnswer:
    """What was found."""

    question: OptionsQuestion
    status: SearchStatus
    score: float
    """What is to be raised, under the best plan found [share of need]; NaN without one."""
    bound: float
    """What no plan within the limits exceeds; NaN where none keeps to them."""
    gap: float
    """By which share of the best found a plan could be better at most."""
    seconds: float
    plans: tuple[OptionPlan, ...]
    """Doing nothing, closing if anything may be closed, then the plans found, the best first."""
    no_others: bool
    """Whether it is proved that no other plan is near the best and different enough."""
    uncosted: tuple[Choice, ...]
    """Choices left out because nobody has stated a cost that is limited."""
    impossible: Impossible | None = None
    """Why no plan was found; None where one was, or where the search for reasons was stopped."""

    @property
    def telling(self) -> tuple[int, ...]:
        """Numbers of the figures worth showing: those raised, and those that some plan changes."""
        raised = {goal.figure for goals in self.question.aim.priorities for goal in goals}
        columns = zip(*(plan.figures for plan in self.plans), strict=True)
        return tuple(
            number
            for number, own in enumerate(columns)
            if own[0].figure in raised
            or any(
                abs(each.mean - own[0].mean) > CLOSE or abs(each.worst - own[0].worst) > CLOSE for each in own
            )
        )


def answered(
    prepared: Prepared, router: Router, engine: Engine, solved: Sequence[SolvedPlan], *, no_others: bool
) -> OptionsAnswer:
    """
    Return plans as reviews have them, beside doing nothing and closing.

    Parameters
    ----------
    prepared, router
        The area, and its searches.
    engine
        What was asked.
    solved
        The plans found, the best first.
    no_others
        Whether it is proved that there is no other.

    Raises
    ------
    ArithmeticError
        If a review does not confirm what was searched by: a fault of ours, which no reader may meet as
        a figure.
    """
    first = solved[0]
    asked: list[tuple[str, int, NDArray[np.int64]]] = [(NOTHING, 0, engine.pack.today)]
    closing = _closing(engine)
    if closing is not None:
        asked.append((CLOSING, 0, closing))
    found = [each.plan for each in solved if each.plan is not None]
    asked += [(OTHER if number else BEST, number, plan) for number, plan in enumerate(found)]
    today = _reviewed(prepared, router, engine, engine.pack.today)
    plans = tuple(_plan(prepared, router, engine, today, each) for each in asked)
    return OptionsAnswer(
        question=engine.question,
        status=first.status,
        score=first.score,
        bound=first.bound,
        gap=first.gap,
        seconds=sum(each.seconds for each in solved),
        plans=plans,
        no_others=no_others,
        uncosted=engine.problem.uncosted,
    )


def _closing(engine: Engine) -> NDArray[np.int64] | None:
    """Return the plan that closes the one site whose closing costs the aim least; None if none may close."""
    problem, best = engine.problem, None
    for number in np.flatnonzero(problem.allowed):
        choice = engine.pack.choice(int(number))
        if choice is None or choice.act is not Act.CLOSE:
            continue
        plan = engine.pack.today
        plan[engine.pack.place_of(int(number))] = number
        score = problem.score(engine.evaluator.set(plan))
        if best is None or score > best[0]:
            best = (score, plan)
    return None if best is None else best[1]


def _reviewed(prepared: Prepared, router: Router, engine: Engine, plan: NDArray[np.int64]) -> Review:
    choices = engine.question.choices
    scenario = choices.scenario(engine.pack.chosen(plan), "options")
    return review(prepared, scenario, router, measure=engine.question.measure)


def _plan(
    prepared: Prepared,
    router: Router,
    engine: Engine,
    today: Review,
    asked: tuple[str, int, NDArray[np.int64]],
) -> OptionPlan:
    name, number, plan = asked
    result = _reviewed(prepared, router, engine, plan)
    figures = tuple(figure_of(prepared, result, figure) for figure in engine.pack.figures)
    _confirm(engine, plan, figures)
    missing = engine.problem.not_stated(plan)
    used = {
        name: amount
        for name, amount in _as_mapping(engine.problem.resources, engine.problem.used(plan)).items()
        if name not in missing
    }
    losers, maybe_losers = _losers(prepared, engine, today, result)
    chosen = engine.pack.chosen(plan)
    costs = Costs(*(nan if name in missing else used.get(name, 0.0) for name in (ONE_OFF, RECURRENT)))
    return OptionPlan(
        name=name,
        number=number,
        chosen=chosen,
        scenario=result.scenario,
        result=result,
        figures=figures,
        used=used,
        limits=limits_used(engine.problem, plan),
        criteria=criteria(prepared, router, today, result, measure=engine.question.measure, costs=costs),
        missing=tuple(sorted(missing)),
        keeps=engine.problem.fits(plan) and engine.problem.passes(plan, engine.evaluator.set(plan)),
        losers=losers,
        maybe_losers=maybe_losers,
    )


def _losers(
    prepared: Prepared, engine: Engine, today: Review, result: Review
) -> tuple[tuple[RegionLoss, ...], tuple[str, ...]]:
    """Return who loses, the largest loss first, and who may: regions of which the change is not known."""
    indicator = engine.question.aim.priorities[0][0].figure.indicator
    worst = worst_seasons(today, result, prepared.area.seasons, indicator).sort_values("name")
    fallen = worst["change"] < -SMALL
    lost = worst[fallen].sort_values("change", kind="stable")[["name", "first", "second", "known"]]
    # Regions without need have nothing to lose.
    outside = worst["unit_id"].isin(list(prepared.area.regions_outside))
    hidden = worst.loc[~fallen & ~worst["known"] & (worst["change"].notna() | outside), "name"]
    return tuple(RegionLoss(*row) for row in lost.itertuples(index=False, name=None)), tuple(hidden)


def figure_of(prepared: Prepared, result: Review, figure: AimFigure) -> FigureValue:
    """
    Return one figure of a review over the year.

    Parameters
    ----------
    prepared
        Seasons and objectives.
    result
        The review.
    figure
        Which.
    """
    least, known = (_by_month(prepared, rows, figure) for rows in (result.at_least, result.figures))
    year = over_year(least, prepared.area.seasons)
    return FigureValue(figure, float(year.mean), float(year.worst), not bool(np.isnan(known).any()))


def _by_month(prepared: Prepared, rows: pd.DataFrame, figure: AimFigure) -> NDArray[np.float64]:
    """Return a figure of a table of figures month by month, shape (12,)."""
    if figure.level is Level.OBJECTIVE and not figure.unit_id:
        weights = {each.objective_id: each.weight for each in prepared.objectives}
        own = rows[rows["level"] == Level.OBJECTIVE]
        units, values = monthly(own, [figure.indicator])
        weight = units["unit_id"].map(weights).to_numpy(dtype=float)
        counted = np.flatnonzero(weight > 0)
        return np.asarray(weight[counted] @ values[counted, 0])
    own = rows[rows["level"] == figure.level]
    if figure.level is not Level.AREA:
        own = own[own["unit_id"] == figure.unit_id]
    _, values = monthly(own, [figure.indicator])
    return np.asarray(values[0, 0])


def _confirm(engine: Engine, plan: NDArray[np.int64], figures: Sequence[FigureValue]) -> None:
    """Raise unless the reviews of a plan confirm what it was searched by."""
    values = engine.evaluator.set(plan)
    for number, own in enumerate(figures):
        columns = engine.pack.columns(number)
        mean, worst = float(values[columns] @ engine.pack.season_share), float(values[columns].min())
        if abs(mean - own.mean) > SAME or abs(worst - own.worst) > SAME or isnan(own.mean):
            raise ArithmeticError(
                f"search {mean}, {worst} and review {own.mean}, {own.worst} of {own.figure} differ"
            )


def _as_mapping(resources: Sequence[str], values: NDArray[np.float64]) -> Mapping[str, float]:
    """Return numbers by resource, those that are nought left out."""
    return {name: float(value) for name, value in zip(resources, values, strict=True) if value}
