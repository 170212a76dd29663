"""What the search found: plans beside doing nothing and closing, and what else can be asked of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from footprint.criteria.criterion import Criterion
from footprint.criteria.ranked import ranked
from footprint.language import Language, msgid
from footprint.options.answer import BEST, OptionPlan, OptionsAnswer
from footprint.options.impossible_words import impossible_words
from footprint.options.limit_words import limit_use_words
from footprint.options.runs import BackgroundRun
from footprint.options.session import Inquired, with_budgets, with_order, with_sureness, with_wish
from footprint.options.words import (
    choice_words,
    forced_words,
    frontier_words,
    invented_words,
    losers_words,
    more_words,
    others_words,
    plan_name,
    status_words,
    uncosted_words,
    used_words,
    wish_words,
)
from footprint.pages import _desk, _runs, _say, _session
from footprint.pages._say import plain
from footprint.scenario import Scenario
from footprint.views.criteria_words import ranking_sentences
from footprint.views.option_html import frontier_svg, matrix_of
from footprint.views.sure_words import figures_for, pair_words, sure_html, unit_names
from footprint.workshop import AddPlan, Baseline, Plan
from layers.characters import printable

_FIRST = 2
"""Doing nothing and closing stand before the plans found."""


def show(inquired: Inquired, language: Language) -> None:
    """Show plans, matrix, and what else can be asked."""
    text, answer = language.text, inquired.answer
    _say.subheader(text("What was found"))
    _say.sentence(status_words(answer, language))
    if answer.impossible is not None:
        for words in impossible_words(answer.impossible, _session.prepared(), language):
            _say.sentence(words)
    told = uncosted_words(answer, _session.prepared().method, language)
    if told:
        _say.warning(told)
    for row in range(0, len(answer.plans), 2):
        for column, number in zip(st.columns(2), range(row, row + 2), strict=False):
            if number < len(answer.plans):
                with column:
                    _card(number, answer, language)
    _say.caption(others_words(answer, language))
    _say.subheader(text("Plans by criteria"))
    st.html(matrix_of(answer, _session.prepared(), language))
    _groups(answer, language)
    _how_sure(inquired, language)
    asked, budgets = st.columns(2)
    with asked:
        _why_not(inquired, language)
        _wishes(inquired, language)
    with budgets:
        _budgets(inquired, language)


def _card(number: int, options: OptionsAnswer, language: Language) -> None:
    """Show one plan: what it changes, what it takes, and the way onto the desk."""
    text, plan = language.text, options.plans[number]
    method = _session.prepared().method
    with st.container(border=True, key=f"optionplan_{number}"):
        head, keep = st.columns([3, 2], vertical_alignment="center")
        with head:
            _say.strong(plan_name(plan, language))
        if plan.chosen:
            keep.button(
                text("Keep this plan"),
                key=f"options_keep_{number}",
                icon=":material/add:",
                width="stretch",
                on_click=_keeping(plan, language),
            )
            _say.items(choice_words(choice, method, language) for choice in plan.chosen)
        else:
            _say.sentence(text("Everything stays as it is."))
        left = limit_use_words(plan.limits, method, language) if plan.name == BEST else ()
        lines = (losers_words(plan, options, language), *used_words(plan, method, language), *left)
        for words in (*lines, invented_words(plan.chosen, language)):
            if words:
                _say.caption(words)


def _keeping(plan: OptionPlan, language: Language) -> Callable[[], None]:
    """Return a callback that puts a plan among those of the desk."""

    def keep() -> None:
        area = _session.prepared().area
        scenario = Scenario(plan_name(plan, language), plan.scenario.changes)
        own = Plan(scenario, Baseline(area.area_id, area.digest), numbers=_session.choices().method)
        if _desk.act(AddPlan(own)):
            _session.say(language.text("“{plan}” stands among the plans of the desk.", plan=scenario.name))

    return keep


_GROUPS = (
    (msgid("Force commander"), {Criterion.FORCE_WORST: 3, Criterion.TIER_2_MEAN: 3, Criterion.ESCORTS: 1}),
    (msgid("Civil affairs"), {Criterion.TIER_1_MEAN: 3, Criterion.TIER_3_MEAN: 2, Criterion.WORST_REGION: 2}),
    (msgid("Mission support"), {Criterion.ONE_OFF: 2, Criterion.RECURRENT: 3, Criterion.ESCORTS: 1}),
    (
        msgid("Protection of civilians"),
        {Criterion.MISSION_WORST: 3, Criterion.RESPONSE_BY_LAND: 2, Criterion.RING: 1},
    ),
)
"""Groups and weights that a workshop begins with; each group writes its own."""


def _groups(options: OptionsAnswer, language: Language) -> None:
    """Ask each group for its weights, and say how it would rank the plans; groups are never blended."""
    text = language.text
    with st.expander(plain(text("How each group would rank them"))):
        _say.caption(text("Each group weighs for itself, 0 to 10; the weights below are only a beginning."))
        rows = pd.DataFrame(
            {
                str(criterion): [float(weights.get(criterion, 0)) for _, weights in _GROUPS]
                for criterion in Criterion
            }
        )
        rows.insert(0, "group", [text(name) for name, _ in _GROUPS])
        config: dict[str, Any] = {
            str(each): st.column_config.NumberColumn(plain(text(each.label)), min_value=0, max_value=10)
            for each in Criterion
        }
        config["group"] = st.column_config.TextColumn(plain(text("Group")), pinned=True)
        edited = _say.editor(rows, f"options_groups_{language.code}", config, num_rows="dynamic")
        weights = {
            printable(str(row["group"])): {
                each: float(row[str(each)]) for each in Criterion if row[str(each)] == row[str(each)]
            }
            for row in edited.to_dict("records")
            if row["group"] and any(row[str(each)] > 0 for each in Criterion)
        }
        plans = {plan_name(plan, language): plan.criteria for plan in options.plans}
        ranking = ranked(plans, weights, _session.prepared().method.reporting)
        for words in ranking_sentences(ranking, language):
            _say.sentence(words)


def _further(inquired: Inquired, work: Callable[[BackgroundRun[Inquired]], Inquired]) -> None:
    """Ask on; what was found stays on the page meanwhile."""
    _runs.start(inquired.answer.question, work, inquired)


def _how_sure(inquired: Inquired, language: Language) -> None:
    """Show the band of each plan under common draws, and which cannot be told apart."""
    text, shared, router = language.text, _session.prepared(), _session.router()
    _say.subheader(text("How sure?"))
    titles = {plan.key: plan_name(plan, language) for plan in inquired.answer.plans}
    if inquired.sure is None:
        st.button(
            text("Bands, and whether plans can be told apart"),
            key="options_sure",
            disabled=_runs.is_busy() or bool(shared.calendar_digest),
            on_click=lambda: _further(
                inquired, lambda run: with_sureness(shared, router, inquired, run.at, run.must_go_on)
            ),
        )
        if shared.calendar_digest:
            _say.caption(text("Draws are made where every month’s threat is alike: switch the calendar off."))
        return
    drawn, goal = inquired.sure, inquired.answer.question.aim.priorities[0][0].figure
    figures = figures_for(drawn, goal.level, goal.unit_id, goal.indicator)
    names = unit_names(drawn, shared, language)
    mean = figures[0]
    _say.caption(
        text(
            "{indicator}, {where}: median and band of {n} draws. The rest is of the mean of the year.",
            indicator=text(mean.indicator.label),
            where=names[mean.level, mean.unit_id],
            n=len(drawn.draws),
        )
    )
    st.html(sure_html(drawn, titles, figures, language))
    best = [plan.key for plan in inquired.answer.plans[_FIRST:]]
    for other in [key for key in titles if best and key != best[0]]:
        pair = drawn.pair(best[0], other, mean)
        if pair is not None:
            known = drawn.is_known(best[0], mean) and drawn.is_known(other, mean)
            _say.sentence(pair_words((titles[best[0]], titles[other]), pair, language, known=known))


def _why_not(inquired: Inquired, language: Language) -> None:
    """Ask for one choice, and say what it would cost."""
    text, engine, method = language.text, inquired.engine, _session.prepared().method
    best = set() if inquired.best.plan is None else set(inquired.best.plan.tolist())
    numbers = [
        number
        for number in range(engine.pack.n_choices)
        if engine.pack.choice(number) is not None
        and number not in best
        and engine.pack.choice(number) not in engine.problem.uncosted
    ]
    _say.subheader(text("Why not …?"))
    chosen = st.selectbox(
        text("A choice that the best plan does not make"),
        numbers,
        index=None,
        format_func=lambda number: printable(_label(inquired, number, language)),
        key=f"options_whynot_{language.code}",
        placeholder=text("For instance a proposal of an office"),
    )
    st.button(
        text("What would it cost?"),
        key="options_order",
        disabled=chosen is None or inquired.best.plan is None or _runs.is_busy(),
        on_click=None if chosen is None else lambda: _order(inquired, int(chosen)),
    )
    for forced, takes in reversed(inquired.forced):
        _say.sentence(forced_words(forced, method, language))
        if takes:
            _say.caption(more_words(takes, method, language))


def _label(inquired: Inquired, number: int, language: Language) -> str:
    choice = inquired.engine.pack.choice(number)
    words = "" if choice is None else choice_words(choice, _session.prepared().method, language)
    return f"{choice.office}: {words}" if choice is not None and choice.office else words


def _order(inquired: Inquired, choice: int) -> None:
    numbers = _session.prepared().method.options
    _further(
        inquired,
        lambda run: with_order(inquired, choice, run.effort(numbers.seconds / 2, numbers.gap_share), run.at),
    )


def _wishes(inquired: Inquired, language: Language) -> None:
    """Ask what the aim should come to, and say what that would take."""
    text, method = language.text, _session.prepared().method
    _say.subheader(text("What would it take?"))
    score = inquired.answer.score
    least = st.number_input(
        text("For the aim to come to, %"),
        0.0,
        100.0,
        min(100.0, round(110 * score, 2)) if score == score else 1.0,  # noqa: PLR0124 - NaN without a plan
        0.1,
        key="options_least",
    )
    numbers = method.options
    st.button(
        text("What would it take?"),
        key="options_takes",
        disabled=_runs.is_busy(),
        on_click=lambda: _further(
            inquired,
            lambda run: with_wish(
                inquired, least / 100, run.effort(numbers.seconds, numbers.gap_share), run.at
            ),
        ),
    )
    for wished, takes in reversed(inquired.wishes):
        _say.sentence(wish_words(wished, takes, method, language))


def _budgets(inquired: Inquired, language: Language) -> None:
    """Show the best plan for each of several budgets."""
    text, numbers = language.text, _session.prepared().method.options
    _say.subheader(text("What budgets bring"))
    if inquired.frontier:
        st.html(frontier_svg(inquired.frontier, language))
        _say.caption(frontier_words(inquired.frontier, language))
    st.button(
        text("Search for each budget"),
        key="options_budgets",
        disabled=_runs.is_busy(),
        on_click=lambda: _further(
            inquired,
            lambda run: with_budgets(
                inquired, run.effort(2 * numbers.seconds, numbers.gap_share), numbers.frontier_steps, run.at
            ),
        ),
    )
