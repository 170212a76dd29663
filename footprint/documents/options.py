"""Options as a document for other programs: plans, limits, and how near the best they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite

from footprint.caveats import LIMITS, Caveat
from footprint.documents.compared import criterion_row
from footprint.documents.head import about, notes, subject
from footprint.documents.layout.options import (
    AimFigureRow,
    ChoiceRow,
    ExcessRow,
    FloorReachRow,
    FloorRow,
    ForcedRow,
    FrontierRow,
    GoalRow,
    ImpossiblePart,
    LimitUseRow,
    OptionLimits,
    OptionPlanRow,
    OptionsDocument,
    RegionLossRow,
)
from footprint.documents.layout.violence import Sentences
from footprint.documents.option_columns import NO_BOUND, NO_CHOICE, NO_PLAN, NO_TIME, NOT_ALONE, NOT_STATED
from footprint.documents.sure import SURE_LIMITS, sure_part
from footprint.language import Language
from footprint.method import Method
from footprint.options.answer import OptionPlan, OptionsAnswer
from footprint.options.choices import Choice
from footprint.options.engine import BudgetStep, Forced, More
from footprint.options.impossible import FloorReach, Impossible
from footprint.options.limit_use import LimitUse
from footprint.options.solve import SearchStatus
from footprint.options.words import SUGGESTS, forced_words, more_words, plan_name, status_words
from footprint.prepared import Prepared
from footprint.uncertainty import Sureness
from layers.months import months_in

_DIGITS = 6
_LANGUAGES = ("en", "fr")


@dataclass(frozen=True, slots=True, eq=False)
class Beside:
    """What was asked beside the best plans."""

    frontier: Sequence[BudgetStep] = ()
    forced: Sequence[tuple[Forced, Sequence[More]]] = field(default=())
    """Choices made by order, each with what it would take where no plan has it."""
    sure: Sureness | None = None
    """Bands of the plans under common draws."""


def options_document(
    prepared: Prepared, options: OptionsAnswer, beside: Beside, caveats: Sequence[Caveat]
) -> OptionsDocument:
    """
    Return options as a document.

    Parameters
    ----------
    prepared
        The area.
    options
        Plans and bound.
    beside
        Budgets, and choices made by order.
    caveats
        What must stand beside it.
    """
    today = options.plans[0]
    score, bound, gap = (_known(value) for value in (options.score, options.bound, options.gap))
    return OptionsDocument(
        head=about("footprint-options", prepared.area, today.result.provenance),
        subject=subject(prepared, today.scenario),
        notes=notes((SUGGESTS, *(() if beside.sure is None else SURE_LIMITS), *LIMITS), caveats, ()),
        measure=options.question.measure,
        aim=tuple(_goals(options)),
        within=_limits(options),
        status=options.status,
        score=score,
        bound=bound,
        gap=gap,
        seconds=round(options.seconds, 1),
        sentence=_said(lambda language: status_words(options, language)),
        impossible=None if options.impossible is None else _impossible(options.impossible),
        plans=tuple(_plan(each) for each in options.plans),
        no_others=options.no_others,
        uncosted=tuple(choice_row(each) for each in options.uncosted),
        sure=None if beside.sure is None else sure_part(prepared, beside.sure),
        frontier=tuple(_step(each) for each in beside.frontier),
        forced=tuple(_forced(own, takes, prepared.method) for own, takes in beside.forced),
        reasons=_reasons({"score": (score, NO_PLAN), "bound": (bound, NO_BOUND), "gap": (gap, NO_PLAN)}),
    )


def _said(words: Callable[[Language], str]) -> Sentences:
    english, french = (words(Language(code)) for code in _LANGUAGES)
    return Sentences(en=english, fr=french)


def _known(value: float) -> float | None:
    return round(value, _DIGITS) if isfinite(value) else None


def _reasons(stated: Mapping[str, tuple[object, str]]) -> dict[str, str]:
    return {name: why for name, (value, why) in stated.items() if value is None}


def _goals(options: OptionsAnswer) -> list[GoalRow]:
    return [
        GoalRow(
            priority=priority,
            measure=goal.figure.indicator,
            level=goal.figure.level,
            unit_id=goal.figure.unit_id,
            mean_share=goal.mean_share,
            weight=goal.weight,
        )
        for priority, goals in enumerate(options.question.aim.priorities, start=1)
        for goal in goals
    ]


def _limits(options: OptionsAnswer) -> OptionLimits:
    limits = options.question.limits
    return OptionLimits(
        one_off_usd=limits.one_off_usd,
        more_recurrent_usd=limits.more_recurrent_usd,
        more_posts=limits.more_posts,
        more_assets=dict(limits.more_assets),
        free_assets=limits.free_assets,
        mobile_units=limits.mobile_units,
        either_or=limits.either_or,
        floors=tuple(
            FloorRow(
                measure=floor.figure.indicator,
                level=floor.figure.level,
                unit_id=floor.figure.unit_id,
                least=floor.least,
            )
            for floor in limits.floors
        ),
        donor_drop=limits.donor_drop,
    )


def choice_row(choice: Choice) -> ChoiceRow:
    """Return one choice as a row of a document."""
    stated = {name: (getattr(choice, name), NOT_STATED) for name in ("one_off_usd", "recurrent_usd", "posts")}
    return ChoiceRow(
        place=choice.place,
        name=choice.name,
        act=choice.act,
        assets=dict(choice.assets),
        lon=choice.lon,
        lat=choice.lat,
        months=months_in(choice.months),
        one_off_usd=choice.one_off_usd,
        recurrent_usd=choice.recurrent_usd,
        confidence=choice.confidence,
        posts=choice.posts,
        allowed=choice.allowed,
        office=choice.office,
        source=choice.source,
        reasons=_reasons(stated),
    )


def _plan(plan: OptionPlan) -> OptionPlanRow:
    return OptionPlanRow(
        name=_said(lambda language: plan_name(plan, language)),
        chosen=tuple(choice_row(each) for each in plan.chosen),
        changes=plan.scenario.changes,
        used=dict(plan.used),
        keeps=plan.keeps,
        limits=tuple(_limit_use(each) for each in plan.limits),
        losers=tuple(
            RegionLossRow(
                name=each.name,
                before=round(each.before, _DIGITS),
                after=round(each.after, _DIGITS),
                known=each.known,
            )
            for each in plan.losers
        ),
        maybe_losers=plan.maybe_losers,
        figures=tuple(
            AimFigureRow(
                measure=each.figure.indicator,
                level=each.figure.level,
                unit_id=each.figure.unit_id,
                mean=round(each.mean, _DIGITS),
                worst=round(each.worst, _DIGITS),
                known=each.known,
            )
            for each in plan.figures
        ),
        criteria=tuple(criterion_row(each) for each in plan.criteria),
    )


def _limit_use(own: LimitUse) -> LimitUseRow:
    return LimitUseRow(
        resource=own.name,
        limit=own.limit,
        used=round(own.used, _DIGITS),
        left=round(own.left, _DIGITS),
        least_more=own.least_more,
        lacks=None if own.lacks is None else round(own.lacks, _DIGITS),
        reasons=_reasons({"least_more": (own.least_more, NO_CHOICE), "lacks": (own.lacks, NOT_ALONE)}),
    )


def _step(step: BudgetStep) -> FrontierRow:
    solved = step.solved
    score, bound, gap = (_known(value) for value in (solved.score, solved.bound, solved.gap))
    none = NO_BOUND if solved.status is SearchStatus.NONE else NO_TIME
    told = {
        "score": (score, NO_PLAN),
        "bound": (bound, none),
        "gap": (gap, NO_PLAN if solved.plan is None else none),
    }
    return FrontierRow(cap=step.cap, score=score, bound=bound, gap=gap, reasons=_reasons(told))


def _excess(more: More) -> ExcessRow:
    return ExcessRow(excess=dict(more.excess), verdict=more.verdict)


def _impossible(why: Impossible) -> ImpossiblePart:
    return ImpossiblePart(
        contradictions=tuple(_said(each.said) for each in why.contradictions),
        floors=tuple(_floor_reach(each) for each in why.floors),
        takes=tuple(_excess(each) for each in why.takes),
    )


def _floor_reach(reach: FloorReach) -> FloorReachRow:
    highest = reach.highest
    score, bound = (_known(value) for value in (highest.score, highest.bound))
    none = NO_BOUND if highest.status is SearchStatus.NONE else NO_TIME
    return FloorReachRow(
        measure=reach.floor.figure.indicator,
        level=reach.floor.figure.level,
        unit_id=reach.floor.figure.unit_id,
        least=reach.floor.least,
        highest=score,
        bound=bound,
        alone=reach.alone,
        reasons=_reasons({"highest": (score, NO_PLAN), "bound": (bound, none)}),
    )


def _forced(forced: Forced, takes: Sequence[More], method: Method) -> ForcedRow:
    least, most = _known(forced.loss_least), _known(forced.loss_most)
    return ForcedRow(
        choice=choice_row(forced.choice),
        status=forced.solved.status,
        loss_least=least,
        loss_most=most,
        takes=tuple(_excess(each) for each in takes),
        sentence=_said(
            lambda language: " ".join(
                [
                    forced_words(forced, method, language),
                    *([more_words(takes, method, language)] if takes else []),
                ]
            )
        ),
        reasons=_reasons({"loss_least": (least, NO_BOUND), "loss_most": (most, NO_PLAN)}),
    )
