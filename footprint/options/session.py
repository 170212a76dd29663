"""Session: one question with all its answers so far, for a page or a terminal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from footprint.language import msgid
from footprint.options.answer import OptionsAnswer, answered
from footprint.options.engine import BudgetStep, Engine, Forced, More, OptionsQuestion, Wish
from footprint.options.impossible import impossible
from footprint.options.inquiry import budgets, forced_or_more
from footprint.options.solve import SearchEffort, SolvedPlan
from footprint.prepared import Prepared
from footprint.travel.router import Router
from footprint.uncertainty import Sureness, sureness

RECKONING = msgid("Reckoning what every choice does")
SEARCHING = msgid("Searching for the best plan")
OTHERS = msgid("Searching for plans that do otherwise")
REVIEWING = msgid("Reviewing the plans")
EXPLAINING = msgid("Looking for what stands in the way")
BUDGETS = msgid("Searching for each budget")
ORDERED = msgid("Searching with the choice made")
DRAWING = msgid("Drawing the numbers that are not known exactly")
WISHING = msgid("Looking for what it would take")


@dataclass(frozen=True, slots=True, eq=False)
class Inquired:
    """Everything found out about one question so far."""

    engine: Engine = field(repr=False)
    best: SolvedPlan
    answer: OptionsAnswer
    frontier: tuple[BudgetStep, ...] = ()
    forced: tuple[tuple[Forced, tuple[More, ...]], ...] = ()
    """Choices made by order, the latest last, each with what it would take where no plan has it."""
    sure: Sureness | None = field(default=None, repr=False)
    """Bands of the plans under common draws, by their names in English; None before it was asked."""
    wishes: tuple[tuple[float, tuple[More, ...]], ...] = ()
    """What the aim was wished to come to, and what that would take."""


Telling = Callable[[str], None]


def inquire(
    prepared: Prepared,
    router: Router,
    question: OptionsQuestion,
    effort: SearchEffort,
    telling: Telling,
    *,
    most: int | None = None,
) -> Inquired:
    """
    Return the best plan and its alternatives, as reviews have them.

    Parameters
    ----------
    prepared, router
        The area, and its searches.
    question
        What is asked.
    effort
        How long for the best plan; alternatives get as much again.
    telling
        Told of each step.
    most
        Plans beside one another; the method's if left out.
    """
    numbers = prepared.method.options
    telling(RECKONING)
    engine = Engine(prepared, router, question)
    telling(SEARCHING)
    best = engine.best(effort)
    telling(OTHERS)
    plans, no_others = engine.alternatives(
        best,
        replace(effort, seconds=2 * effort.seconds),
        most=numbers.alternatives if most is None else most,
        within=numbers.within_share,
        differ=numbers.differ_share,
    )
    telling(REVIEWING)
    answer = answered(prepared, router, engine, plans or [best], no_others=no_others)
    if best.plan is None and not effort.stopped():
        telling(EXPLAINING)
        answer = replace(answer, impossible=impossible(engine, effort))
    return Inquired(engine, best, answer)


def with_budgets(inquired: Inquired, effort: SearchEffort, steps: int, telling: Telling) -> Inquired:
    """Return the same with the best plan for each of several budgets."""
    telling(BUDGETS)
    return replace(inquired, frontier=tuple(budgets(inquired.engine, effort, steps, inquired.best)))


def with_order(inquired: Inquired, choice: int, effort: SearchEffort, telling: Telling) -> Inquired:
    """Return the same with what a choice, by its number, would cost."""
    telling(ORDERED)
    forced, takes = forced_or_more(inquired.engine, inquired.best, choice, effort)
    kept: Sequence[tuple[Forced, tuple[More, ...]]] = [
        each for each in inquired.forced if each[0].choice.key != forced.choice.key
    ]
    return replace(inquired, forced=(*kept, (forced, tuple(takes))))


def with_sureness(
    prepared: Prepared, router: Router, inquired: Inquired, telling: Telling, go_on: Callable[[], None]
) -> Inquired:
    """
    Return the same with the bands of every plan under common draws.

    Parameters
    ----------
    prepared, router
        The area, every month alike, and its searches.
    inquired
        The plans.
    telling
        Told of the step.
    go_on
        Called at each draw; whatever it raises ends the work.
    """
    telling(DRAWING)
    plans = {plan.key: plan.scenario for plan in inquired.answer.plans}
    measure = inquired.answer.question.measure
    drawn = sureness(prepared, router, plans, measure, progress=lambda *_: go_on())
    return replace(inquired, sure=drawn)


def with_wish(inquired: Inquired, least: float, effort: SearchEffort, telling: Telling) -> Inquired:
    """Return the same with what it would take for the aim to come to `least` [share of need]."""
    telling(WISHING)
    takes = tuple(inquired.engine.what_it_takes(Wish(least=least), effort))
    return replace(inquired, wishes=((least, takes),))
