"""Take a map away: one file for a briefing, with its purpose, audience, releaser and marking."""

from __future__ import annotations

import streamlit as st
from platformdirs import user_state_path

from footprint.language import Language, msgid
from footprint.pages import _say, _session
from footprint.views.cells import VIEW_LABELS
from footprint.views.release import (
    PRECISION_LABELS,
    Release,
    Taken,
    file_name,
    log_line,
    released_html,
    released_provenance,
    write_log,
)

_MARKINGS = (msgid("UNCLASSIFIED"), msgid("CONFIDENTIAL"), msgid("STRICTLY CONFIDENTIAL"))


def popover(language: Language) -> None:
    """Offer the map as a file, behind a button of the bar."""
    with st.popover(language.text("Export"), icon=":material/download:"):
        _panel(language)


def _panel(language: Language) -> None:
    """Ask what an export needs, and hand the file over."""
    text = language.text
    view = text(VIEW_LABELS[_session.asked().view])
    here = _session.choices()
    plan = here.row.plan.name if here.row else text("today’s sites")
    _say.sentence(text("A map of the month shown: {view}; {plan}.", view=view, plan=plan))
    if here.view is None or len(here.ticked) > 1:
        _say.caption(text("Dots and comparisons stay on the screen: the file shows the cells of one plan."))
    _say.caption(text("One file that opens without internet. Every export is logged on this machine."))
    release = _release(language)
    if release is None:
        _say.caption(text("Purpose, audience and releaser are needed before a map leaves the tool."))
        return
    taken = _taken()
    provenance = released_provenance(taken, release.precision)
    line = log_line(taken, release, provenance)
    st.download_button(
        text("Download the map"),
        released_html(taken, release, provenance, language),
        file_name(taken, provenance, language),
        "text/html",
        icon=":material/download:",
        width="stretch",
        on_click=lambda: write_log(line, user_state_path("footprint", ensure_exists=True)),
    )


def _release(language: Language) -> Release | None:
    text = language.text
    purpose = st.text_input(
        text("Purpose"), key="export_purpose", placeholder=text("for instance: regional briefing")
    )
    audience = st.text_input(text("Audience"), key="export_audience")
    releaser = st.text_input(text("Released by (function, not name)"), key="export_releaser")
    changed = bool(_session.scenario().changes)
    markings = _MARKINGS[1:] if changed else _MARKINGS
    marking = st.selectbox(text("Marking"), markings, format_func=text)
    if changed:
        _say.caption(text("Proposed and closing sites are at least confidential."))
    precision = st.selectbox(
        text("Precision"), list(PRECISION_LABELS), format_func=lambda code: text(PRECISION_LABELS[code])
    )
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
