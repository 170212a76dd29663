"""Searches in the background, one of each kind for each reader, found again after a reload."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar, cast

import streamlit as st

from footprint.options.engine import Question
from footprint.options.runs import Run, Runs
from footprint.options.session import Inquired
from footprint.options.stagger import Staggered
from footprint.pages import _desk, _session

_MOST, _AT_ONCE = 12, 1
"""Runs kept, 60 MB each at most; and those that search at the same time: there are few cores."""

Kind = TypeVar("Kind", Inquired, Staggered)


@dataclass(frozen=True, slots=True)
class _Key:
    token: str
    kind: str


@st.cache_resource(show_spinner=False)
def _shelf() -> Runs[object]:
    return Runs(_MOST, _AT_ONCE)


def _run(kind: type[Kind]) -> Run[Kind] | None:
    seat = _session.seat()
    found = None if seat is None else _shelf().get(_Key(seat.token, kind.__name__))
    return cast("Run[Kind] | None", found)


def run() -> Run[Inquired] | None:
    """Return this reader's search for plans, None if there is none."""
    return _run(Inquired)


def staggering() -> Run[Staggered] | None:
    """Return this reader's search for stays of mobile units, None if there is none."""
    return _run(Staggered)


def is_busy() -> bool:
    """Tell whether this reader waits for any search."""
    return any(each is not None and not each.is_over for each in (run(), staggering()))


def asked() -> Question | None:
    """Return what this reader asked last, None before anything."""
    last = run()
    return last.about if last is not None and isinstance(last.about, Question) else None


def start(
    question: Question, work: Callable[[Run[Inquired]], Inquired], before: Inquired | None = None
) -> None:
    """Begin a search; the address names the reader's desk from now on, so that a reload finds it."""
    _start(Inquired, work, question, before)


def start_staggering(work: Callable[[Run[Staggered]], Staggered]) -> None:
    """Begin a search for stays, as `start` does."""
    _start(Staggered, work, None, None)


def _start(kind: type[Kind], work: Callable[[Run[Kind]], Kind], about: object, before: Kind | None) -> None:
    shelf = cast("Runs[Kind]", _shelf())
    shelf.start(_Key(_desk.seated().token, kind.__name__), work, about, before)
