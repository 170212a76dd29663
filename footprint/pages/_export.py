"""Take a map away: one file for a briefing, with its purpose, audience, releaser and marking."""

from __future__ import annotations

import streamlit as st

from footprint.language import Language
from footprint.pages import _say, _session
from footprint.releases.profiles import PRECISION_LABELS
from footprint.releases.terms import LONGEST, Marking, Release
from footprint.views.cells import VIEW_LABELS
from footprint.views.release import (
    OFFERED,
    Taken,
    by_unit_words,
    file_name,
    hand_over,
    may_be_told,
    may_leave,
    released_provenance,
)


def popover(language: Language) -> None:
    """Offer the map as a file, behind a button of the bar."""
    with st.popover(language.text("Export"), icon=":material/download:"):
        _panel(language)


def _panel(language: Language) -> None:
    """Ask what an export needs, and hand the file over."""
    text = language.text
    _say.link("briefing", text("Sheets, report and slides for a briefing"), icon=":material/print:")
    view = text(VIEW_LABELS[_session.asked().view])
    here = _session.choices()
    plan = here.row.plan.name if here.row else text("today’s sites")
    _say.sentence(text("A map of the month shown: {view}; {plan}.", view=view, plan=plan))
    if here.view is None or len(here.ticked) > 1:
        _say.caption(text("Dots and comparisons stay on the screen: the file shows one plan."))
    _say.caption(text("One file that opens without internet. Every export is logged on this machine."))
    release = _release(language)
    if release is None:
        _say.caption(text("Purpose, audience and releaser are needed before a map leaves the tool."))
        return
    taken = _taken()
    if not may_be_told(taken.asked.view, release.precision):
        _say.caption(text("This view is told cell by cell, which is finer than this precision permits."))
        return
    provenance = released_provenance(taken, release.precision)
    may_leave(taken, release, provenance)
    st.download_button(
        text("Download the map"),
        # Made on the click, so that what nobody takes is not logged, and what is logged left.
        lambda: hand_over(taken, release, provenance, language),
        file_name(taken, provenance, language),
        "text/html",
        icon=":material/download:",
        width="stretch",
    )


def _release(language: Language) -> Release | None:
    text = language.text
    purpose = st.text_input(
        text("Purpose"),
        key="export_purpose",
        placeholder=text("for instance: regional briefing"),
        max_chars=LONGEST,
    )
    audience = st.text_input(text("Audience"), key="export_audience", max_chars=LONGEST)
    releaser = st.text_input(
        text("Released by (function, not name)"), key="export_releaser", max_chars=LONGEST
    )
    changed = bool(_session.scenario().changes)
    markings = list(Marking)[1:] if changed else list(Marking)
    marking = st.selectbox(text("Marking"), markings, format_func=lambda code: text(code.label))
    if changed:
        _say.caption(text("Proposed and closing sites are at least confidential."))
    precision = st.selectbox(
        text("Precision"), OFFERED, format_func=lambda code: text(PRECISION_LABELS[code])
    )
    for words in by_unit_words(precision, language):
        _say.caption(words)
    said = (purpose.strip(), audience.strip(), releaser.strip())
    return Release(*said, marking, precision) if all(said) else None


def _taken() -> Taken:
    here = _session.choices()
    return Taken(
        prepared=_session.prepared(),
        router=_session.router(),
        review=_session.reviewed(here.scenario),
        asked=_session.asked(),
        frame=_session.frame(),
        layers=here.layers,
        focus=here.focus,
    )
