"""Page: what to open, close and move within what there is, what is left behind, and how sure that is."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from footprint.language import Language
from footprint.options.engine import OptionsQuestion
from footprint.options.question_words import limits_words
from footprint.options.runs import BackgroundRun, RunStage
from footprint.options.session import Inquired, inquire
from footprint.options.stagger import Staggered
from footprint.options.words import SUGGESTS, progress_words
from footprint.pages import _options_ask, _options_mobile, _options_show, _runs, _say, _session
from footprint.pages._say import plain

_EVERY = 1.0
"""Seconds between two looks at a search."""


def page() -> None:
    """Lay the page out."""
    language = _session.language()
    text = language.text
    _say.title(text("Options"))
    _say.caption(
        text(
            "Prioritising means leaving something behind: what should be opened, closed, moved or changed "
            "with what there is, and who would lose?"
        )
    )
    question = _options_ask.ask(language)
    run = _runs.run()
    if question is not None:
        _say.sentence(limits_words(question, _session.prepared(), language))
    _buttons(question, language)
    for each in (run, _runs.staggering()):
        if each is not None:
            _watch(each, language)
    if run is not None and run.result is not None:
        if run.is_over and question is not None and run.about != question:
            _say.info(text("The question has changed since: these plans answer the one before."))
        _options_show.show(run.result, language)
    _options_mobile.panel(language)


def _buttons(question: OptionsQuestion | None, language: Language) -> None:
    text, busy = language.text, _runs.is_busy()
    with st.container(horizontal=True, key="optionsrun"):
        st.button(
            text("Search for plans"),
            type="primary",
            icon=":material/search:",
            key="options_go",
            disabled=question is None or busy,
            on_click=None if question is None else lambda: _search(question),
        )
        st.button(
            text("Stop, with what there is"),
            icon=":material/stop:",
            key="options_stop",
            disabled=not busy,
            on_click=_stop,
        )
    _say.caption(text(SUGGESTS))


def _stop() -> None:
    for each in (_runs.run(), _runs.staggering()):
        if each is not None:
            each.stop()


def _search(question: OptionsQuestion) -> None:
    shared, router, measure = _session.prepared(), _session.router(), _session.choices().measure
    numbers, asked = shared.method.options, replace(question, measure=measure)

    def work(run: BackgroundRun[Inquired]) -> Inquired:
        return inquire(shared, router, asked, run.effort(numbers.seconds, numbers.gap_share), run.at)

    _runs.start(asked, work)


def _watch(run: BackgroundRun[Inquired] | BackgroundRun[Staggered], language: Language) -> None:
    """Say how far the search is, anew every second until it is over."""
    if run.stage is RunStage.REFUSED and run.fault is not None:
        _say.faults(run.fault.said(language))
    elif run.stage is RunStage.BROKEN:
        _say.error(language.text("The search broke off: a fault of the tool. The server’s log says which."))
    elif not run.is_over:
        _looking(run, language)


@st.fragment(run_every=_EVERY)
def _looking(run: BackgroundRun[Inquired] | BackgroundRun[Staggered], language: Language) -> None:
    if run.is_over:
        st.rerun()
    with st.container(border=True, key="optionsprogress"):
        _say.sentence(progress_words(run.progress, waiting=run.stage is RunStage.WAITING, language=language))
        share = min(1.0, run.seconds / (3.5 * _session.prepared().method.options.seconds))
        st.progress(share, text=plain(language.text("{n} s", n=language.number(run.seconds))))


page()
