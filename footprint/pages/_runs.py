"""Searches for plans in the background: one for each reader, found again after a reload."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from footprint.options.engine import Question
from footprint.options.runs import Run, Runs
from footprint.options.session import Inquired
from footprint.pages import _desk, _session

_MOST, _AT_ONCE = 12, 1
"""Runs kept, 60 MB each at most; and those that search at the same time: there are few cores."""


@st.cache_resource(show_spinner=False)
def _shelf() -> Runs[Inquired]:
    return Runs(_MOST, _AT_ONCE)


def run() -> Run[Inquired] | None:
    """Return this reader's run, None if there is none."""
    seat = _session.seat()
    return None if seat is None else _shelf().get(seat.token)


def asked() -> Question | None:
    """Return what this reader asked last, None before anything."""
    last = run()
    return last.about if last is not None and isinstance(last.about, Question) else None


def start(question: Question, work: Callable[[Run[Inquired]], Inquired]) -> None:
    """Begin a run for this reader; the address names their desk from now on, so that a reload finds it."""
    _shelf().start(_desk.seated().token, work, question)
