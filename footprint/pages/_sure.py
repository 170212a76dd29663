"""The drawer's "How sure?": bands beside each plan, whether plans can be told apart, and what it hangs on."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import combinations

import streamlit as st

from footprint.indicators.units import Level
from footprint.language import Language
from footprint.pages import _kept, _session
from footprint.pages._choices import BASELINE
from footprint.pages._say import plain
from footprint.scenario import Scenario
from footprint.uncertainty import Figure, Sureness, sureness
from footprint.views.desk_html import heading, note
from footprint.views.focus import focus_of
from footprint.views.sure_words import (
    explained_words,
    figures_for,
    pair_words,
    sure_html,
    tornado_html,
    unit_names,
)
from footprint.workshop import PlanRow

_MOST_PAIRS = 6
"""Pairs told in words; ticking two or three plans asks for theirs."""


def panel(rows: Sequence[PlanRow], language: Language) -> None:
    """
    Show how sure the figures of plans are, or the button that asks for it.

    Parameters
    ----------
    rows
        Plans that can be made, "do nothing" first.
    language
        Of the words.
    """
    text, here = language.text, _session.choices()
    st.html(heading(text("How sure?")))
    own = [row for row in rows if row.is_nothing or row.plan.numbers == here.method]
    scenarios = {row.plan_id: BASELINE if row.is_nothing else row.plan.scenario for row in own}
    asked = (
        *_session.rests_on(),
        str(here.measure),
        *(each.scenario_id for each in scenarios.values()),
        *scenarios,
    )
    key = hashlib.sha256(repr(asked).encode()).hexdigest()
    drawn = _kept.sureness_kept(key)
    if drawn is None and here.sure_told != key:
        label = text("Bands, and whether plans can be told apart")
        st.button(label, width="stretch", key="sure", on_click=lambda: _session.choose(sure_told=key))
        st.html(note(text("The numbers that are not known exactly are drawn; it takes some ten seconds.")))
        return
    if drawn is None:
        # Asked for once: a click elsewhere ends it, and does not begin it anew.
        _session.choose(sure_told="")
        drawn = _reckoned(scenarios, language)
        _kept.keep_sureness(key, drawn)
    _show(drawn, {row.plan_id: row.called(language) for row in own}, language)
    others = [row.called(language) for row in rows if row.plan_id not in scenarios]
    if others:
        words = text("Not among them, under other assumptions: {plans}.", plans=language.listing(others))
        st.html(note(words))


def _reckoned(scenarios: dict[str, Scenario], language: Language) -> Sureness:
    """Value the plans under every draw, telling how far it has come; another click ends it."""
    here, text = _session.choices(), language.text
    bar = st.progress(0.0, text=plain(text("Searching ways")))

    def progress(done: int, whole: int) -> None:
        bar.progress(done / whole, text=plain(text("{n} of {whole} draws", n=done, whole=whole)))

    drawn = sureness(
        _session.prepared(),
        _session.router(),
        scenarios,
        here.measure,
        progress=progress,
        profile=_session.season_profile(),
    )
    bar.empty()
    return drawn


def _show(drawn: Sureness, titles: dict[str, str], language: Language) -> None:
    text, here, shared = language.text, _session.choices(), _session.prepared()
    figures = figures_for(drawn, *_looked_at(), here.indicator)
    mean, names = figures[0], unit_names(drawn, shared, language)
    shown = [plan_id for plan_id in here.ticked if plan_id in titles] or list(titles)
    st.html(
        note(
            text(
                "{indicator}, {where}: median and band of {n} draws. The rest is of the mean of the year.",
                indicator=text(mean.indicator.label),
                where=names[mean.level, mean.unit_id],
                n=len(drawn.draws),
            )
        )
    )
    st.html(sure_html(drawn, {plan_id: titles[plan_id] for plan_id in shown}, figures, language))
    for words in _pairs(drawn, titles, shown, mean, language):
        st.html(note(words))
    _hung_on(drawn, titles, shown, mean, language)


def _looked_at() -> tuple[Level, str]:
    """Return the unit looked at, or the objective that has the same regions; else the whole area."""
    shared = _session.prepared()
    focus = focus_of(shared.area, _session.choices().focus)
    for each in shared.objectives:
        if focus.level is Level.REGION and {*each.regions} == {*focus.unit_ids} and len(focus.unit_ids) > 1:
            return Level.OBJECTIVE, each.objective_id
    return (focus.level, focus.unit_ids[0]) if len(focus.unit_ids) == 1 else (Level.AREA, shared.area.area_id)


def _pairs(
    drawn: Sureness, titles: dict[str, str], shown: Sequence[str], figure: Figure, language: Language
) -> list[str]:
    """Return in words how plans differ: those shown, or each from the first where they are many."""
    pairs = list(combinations(shown, 2))
    if len(pairs) > _MOST_PAIRS:
        pairs = [(shown[0], other) for other in shown[1:]]
    said = []
    for first, second in pairs:
        pair = drawn.pair(first, second, figure)
        if pair is not None:
            known = drawn.is_known(first, figure) and drawn.is_known(second, figure)
            said.append(pair_words((titles[first], titles[second]), pair, language, known=known))
    return said


def _hung_on(
    drawn: Sureness, titles: dict[str, str], shown: Sequence[str], figure: Figure, language: Language
) -> None:
    """Show what the difference of two plans hangs on; of the first plan's figure where none are two."""
    text, method = language.text, _session.prepared().method
    first, *others = shown
    against = first if others else None
    tornado = drawn.tornado(figure, others[0] if others else first, against=against)
    if tornado is None or not tornado.swings:
        return
    words = text("What it hangs on most, points")
    if others:
        words = text(
            "What the difference of {second} from {first} hangs on most, points",
            first=titles[first],
            second=titles[others[0]],
        )
    st.html(note(words))
    st.html(tornado_html(tornado, method, language))
    st.html(note(explained_words(tornado, language)))
