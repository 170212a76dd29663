"""Options in words: what would be done, how sure the best is, and what it would take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isinf, isnan

from footprint.language import Language, msgid
from footprint.method import Method
from footprint.options.answer import FigureValue, OptionPlan, OptionsAnswer
from footprint.options.choices import Act, Allowed, Choice, CostSource
from footprint.options.engine import BudgetStep, Forced, More, Sufficing
from footprint.options.problem import ONE_OFF, POSTS, RECURRENT
from footprint.options.runs import Progress
from footprint.options.solve import SearchStatus
from layers.months import ALL_MONTHS, months_in

ACTS: Mapping[Act, str] = {
    Act.KEEP: msgid("Keep {name}"),
    Act.CLOSE: msgid("Close {name}"),
    Act.OPEN: msgid("Open {name}: {assets}"),
    Act.STRENGTHEN: msgid("Strengthen {name}: {assets}"),
    Act.THIN: msgid("Thin {name}: {assets}"),
    Act.RESHAPE: msgid("Reshape {name}: {assets}"),
    Act.MOVE: msgid("Move {name} to {place}"),
    Act.SEASONAL: msgid("{name} from now on only in {months}"),
}
"""What each act is called."""

ACT_LABELS: Mapping[Act, str] = {
    Act.KEEP: msgid("keep"),
    Act.CLOSE: msgid("close"),
    Act.OPEN: msgid("open"),
    Act.STRENGTHEN: msgid("strengthen"),
    Act.THIN: msgid("thin"),
    Act.RESHAPE: msgid("reshape"),
    Act.MOVE: msgid("move"),
    Act.SEASONAL: msgid("only in some months"),
}
"""What each act is called in the table."""

ALLOWED: Mapping[Allowed, str] = {
    Allowed.FREE: msgid("free"),
    Allowed.FIXED: msgid("fixed"),
    Allowed.FORBIDDEN: msgid("forbidden"),
}
"""Whether a choice is free."""

CONFIDENCE: Mapping[CostSource, str] = {
    CostSource.INVENTED: msgid("invented"),
    CostSource.LOW: msgid("low"),
    CostSource.MEDIUM: msgid("medium"),
    CostSource.HIGH: msgid("high"),
}
"""How far costs can be trusted."""

SUGGESTS = msgid("It suggests; people decide. Gates of harm and consent are not among its limits.")
"""What must be said beside every plan."""

STATUS: Mapping[SearchStatus, str] = {
    SearchStatus.PROVED: msgid(
        "No plan within these limits exceeds {bound} (best found {score}, gap {gap})."
    ),
    SearchStatus.OPEN: msgid(
        "Time is up: no plan within these limits exceeds {bound} (best found {score}, gap {gap}). "
        "More time may close the gap."
    ),
    SearchStatus.STOPPED: msgid(
        "Stopped: no plan within these limits exceeds {bound} (best found {score}, gap {gap})."
    ),
    SearchStatus.NONE: msgid("No plan keeps to these limits."),
    SearchStatus.NOT_FOUND: msgid("No plan that keeps to these limits was found in time; there may be one."),
}
"""How a search ended."""


def choice_words(choice: Choice, method: Method, language: Language) -> str:
    """
    Return what would be done at one place.

    Parameters
    ----------
    choice
        The row of the table.
    method
        What kinds of asset are called.
    language
        Of the words.
    """
    assets = _assets_words(choice, method, language)
    at = "" if choice.lat is None or choice.lon is None else f"{choice.lat:.2f}, {choice.lon:.2f}"
    months = language.months(months_in(choice.months))
    words = language.text(ACTS[choice.act], name=choice.name, assets=assets, place=at, months=months)
    if choice.act is Act.OPEN and choice.months != ALL_MONTHS:
        words = language.text("{what} ({months})", what=words, months=months)
    return words


def _assets_words(choice: Choice, method: Method, language: Language) -> str:
    """Return assets by number, or by the package's name where they are one."""
    package = next(
        (each for each in method.packages.values() if tuple(sorted(each.assets)) == choice.assets), None
    )
    if package is not None and choice.act is Act.OPEN:
        return language.text(package.label)
    return language.listing(
        f"{_counted(choice.act, count, language)}\u00a0× {language.text(method.assets[kind].label)}"
        for kind, count in choice.assets
    )


def _counted(act: Act, count: int, language: Language) -> str:
    return language.signed(count) if act is Act.RESHAPE else language.number(abs(count))


def plan_name(plan: OptionPlan, language: Language) -> str:
    """Return what a plan is called."""
    return language.text(plan.name, n=plan.number)


def status_words(options: OptionsAnswer, language: Language) -> str:
    """Return how a search ended: the best found, and what no plan exceeds."""
    known = all(each.known for plan in options.plans for each in plan.figures)
    told = language.text(
        STATUS[options.status],
        score=language.percent(options.score, 2),
        bound=language.percent(options.bound, 2),
        gap=language.percent(options.gap, 2),
    )
    if not known:
        told = " ".join(
            [told, language.text("Not all is known: these are figures of what is there at least.")]
        )
    return told


def others_words(options: OptionsAnswer, language: Language) -> str:
    """Return whether there are further plans near the best that differ enough."""
    if options.status in {SearchStatus.NONE, SearchStatus.NOT_FOUND}:
        return ""
    if options.no_others:
        return language.text("There is no further plan as near to the best that differs as much: proved.")
    return language.text("There may be further plans as near to the best that differ as much.")


def uncosted_words(options: OptionsAnswer, method: Method, language: Language) -> str:
    """Return which choices were left out for want of a cost; "" if none."""
    if not options.uncosted:
        return ""
    names = language.clauses(choice_words(each, method, language) for each in options.uncosted[:_MOST])
    return language.plural(
        "{n} choice was left out, whose cost, or that of its site today, nobody has stated: {names}.",
        "{n} choices were left out, whose costs, or those of their sites today, nobody has stated: {names}.",
        len(options.uncosted),
        names=names,
    )


_MOST = 5
"""So many choices are named; the document holds all."""


def invented_words(chosen: Sequence[Choice], language: Language) -> str:
    """Return that costs are invented, where any is; "" if none."""
    if any(each.confidence is CostSource.INVENTED for each in chosen):
        return language.text("Some costs are invented: put your own in the table before anybody decides.")
    return ""


def forced_words(forced: Forced, method: Method, language: Language) -> str:
    """
    Return what a choice would cost.

    Parameters
    ----------
    forced
        The answer with the choice made.
    method
        What kinds of asset are called.
    language
        Of the words.
    """
    what = choice_words(forced.choice, method, language)
    if forced.solved.status is SearchStatus.NONE:
        return language.text("{what}: no plan within these limits has it; see what it would take.", what=what)
    if forced.loss_least > _NO_LOSS:
        return language.text(
            "{what}: the best plan with it falls short of the best found by {least} at least (proved), "
            "and by {most} at most.",
            what=what,
            least=_points(forced.loss_least, language),
            most=_or_unknown(forced.loss_most, language),
        )
    return language.text(
        "{what}: no loss is proved; a plan with it falls short by {most} at most.",
        what=what,
        most=_or_unknown(forced.loss_most, language),
    )


def _or_unknown(loss: float, language: Language) -> str:
    return language.text("not known") if isnan(loss) or isinf(loss) else _points(loss, language)


def _points(loss: float, language: Language) -> str:
    """Return a loss in points, without a sign."""
    return language.text("{n} points", n=language.number(100 * loss, 2))


_NO_LOSS = 5e-5


def resource_words(name: str, amount: float, method: Method, language: Language) -> str:
    """Return so much of one resource."""
    if name == ONE_OFF:
        return language.text("{n} US dollars once", n=language.number(amount))
    if name == RECURRENT:
        return language.text("{n} US dollars a year", n=language.number(amount))
    if name == POSTS:
        return language.plural("{n} post", "{n} posts", amount)
    if name.startswith("mobile_"):
        month = language.month(int(name.removeprefix("mobile_")))
        return language.text("{n} mobile units in {month}", n=language.number(amount), month=month)
    return f"{language.number(amount)} × {language.text(method.assets[name].label)}"


def more_words(takes: Sequence[More], method: Method, language: Language) -> str:
    """
    Return what it would take, each way that would do by itself.

    Parameters
    ----------
    takes
        Ways of exceeding limits; none where no limit stands in the way.
    method
        What kinds of asset are called.
    language
        Of the words.
    """
    if not takes:
        return language.text("Nothing more: a plan within the limits does it.")
    if all(each.verdict is Sufficing.NEVER for each in takes):
        return language.text("More of anything that is limited would not be enough.")
    if not any(each.excess for each in takes):
        return language.text("Not found in time: more time may tell.")
    ways = [
        " + ".join(resource_words(name, amount, method, language) for name, amount in each.excess)
        + (f" ({language.text('at least')})" if each.verdict is Sufficing.AT_LEAST else "")
        for each in takes
        if each.excess
    ]
    ways = [way if number == 0 else language.text("or {way}", way=way) for number, way in enumerate(ways)]
    return language.text("It would take {ways} more than the limits.", ways=", ".join(ways))


_NOT_STATED = {
    ONE_OFF: msgid("what it costs once"),
    RECURRENT: msgid("what it costs a year"),
    POSTS: msgid("how many posts it takes"),
}


def losers_words(plan: OptionPlan, options: OptionsAnswer, language: Language) -> str:
    """Return who loses by a plan, the regions whose worst season falls, and of whom it is not known."""
    if not plan.chosen:
        return ""
    raised = language.text(options.question.aim.priorities[0][0].figure.indicator.label)
    told = [_loss_words(plan, raised, language)] if plan.losers or not plan.maybe_losers else []
    if plan.maybe_losers:
        names = language.listing(plan.maybe_losers)
        sentence = language.text(
            "{figure}: whether the worst season falls is not known of {names}.", figure=raised, names=names
        )
        told.append(sentence)
    return " ".join(told)


def value_of_figure_words(own: FigureValue, language: Language) -> str:
    """Return mean and worst season of a figure; what is there at least says so."""
    return " / ".join(_share_words(value, 2, language, known=own.known) for value in (own.mean, own.worst))


def _share_words(share: float, decimals: int, language: Language, *, known: bool) -> str:
    written = language.percent(share, decimals)
    # A sign at the end of a line, and its number on the next, would be read as that number.
    return written if known else f"≥\u00a0{written}"


def _loss_words(plan: OptionPlan, raised: str, language: Language) -> str:
    if not plan.losers:
        return language.text("{figure}: no {region}’s worst season falls.", figure=raised)
    names = language.listing(
        language.text(
            "{name} {before} to {after}",
            name=lost.name,
            before=_share_words(lost.before, 1, language, known=lost.known),
            after=_share_words(lost.after, 1, language, known=lost.known),
        )
        for lost in plan.losers
    )
    return language.text("{figure}, worst season, falls in: {names}.", figure=raised, names=names)


def used_words(plan: OptionPlan, method: Method, language: Language) -> tuple[str, ...]:
    """Return what a plan takes beyond today, and what it frees."""
    told = []
    for sign, words in ((1, msgid("It takes, beyond today: {used}.")), (-1, msgid("It frees: {used}."))):
        own = [
            resource_words(name, abs(amount), method, language)
            for name, amount in plan.used.items()
            if amount * sign > 0 and not name.startswith("mobile_")
        ]
        if own:
            told.append(language.text(words, used=language.listing(own)))
    names = [language.text(_NOT_STATED[name]) for name in plan.missing if name in _NOT_STATED]
    if names:
        told.append(
            language.text("Not known, for nobody has stated it: {what}.", what=language.listing(names))
        )
    if not plan.keeps:
        told.append(language.text("It does not keep to the limits, and stands here to compare."))
    units = max((amount for name, amount in plan.used.items() if name.startswith("mobile_")), default=0.0)
    if units:
        told.append(
            language.plural(
                "At most {n} mobile unit at a time.", "At most {n} mobile units at a time.", units
            )
        )
    return tuple(told)


def progress_words(progress: Progress, *, waiting: bool, language: Language) -> str:
    """Return how far a search is."""
    if waiting:
        return language.text("Another search runs; this one waits for its turn.")
    step = language.text(progress.step) if progress.step else language.text("Beginning")
    if isnan(progress.score) or isinf(progress.score) or progress.score <= 0:
        return f"{step} …"
    score = language.percent(progress.score, 2)
    if isnan(progress.bound) or isinf(progress.bound):
        return language.text("{step} … best so far {score}", step=step, score=score)
    return language.text(
        "{step} … best so far {score}, no plan exceeds {bound}",
        step=step,
        score=score,
        bound=language.percent(progress.bound, 2),
    )


def frontier_words(steps: Sequence[BudgetStep], language: Language) -> str:
    """Return what budgets bring, in one line, with the widest gap."""
    gaps = [step.solved.gap for step in steps if not isnan(step.solved.gap)]
    if not gaps:
        return language.text("No plan was found within any of these budgets.")
    return language.text(
        "Dots are the best plans found, the line above them what no plan exceeds; the widest gap is {gap}.",
        gap=language.percent(max(gaps), 1),
    )


def wish_words(least: float, takes: Sequence[More], method: Method, language: Language) -> str:
    """Return what it would take for the aim to come to something."""
    return language.text(
        "For {least}: {takes}", least=language.percent(least, 2), takes=more_words(takes, method, language)
    )
