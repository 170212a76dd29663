"""Searches in the background, one of each kind for each reader, found again after a reload."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar, cast

from footprint.options.engine import OptionsQuestion
from footprint.options.runs import BackgroundRun, Runs
from footprint.options.session import Inquired
from footprint.options.stagger import Staggered
from footprint.pages import _desk, _kept, _session

Kind = TypeVar("Kind", Inquired, Staggered)


@dataclass(frozen=True, slots=True)
class _Key:
    token: str
    kind: str


def _run(kind: type[Kind]) -> BackgroundRun[Kind] | None:
    seat = _session.seat()
    found = None if seat is None else _kept.runs().get(_Key(seat.token, kind.__name__))
    return cast("BackgroundRun[Kind] | None", found)


def run() -> BackgroundRun[Inquired] | None:
    """Return this reader's search for plans, None if there is none."""
    return _run(Inquired)


def staggering() -> BackgroundRun[Staggered] | None:
    """Return this reader's search for stays of mobile units, None if there is none."""
    return _run(Staggered)


def is_busy() -> bool:
    """Tell whether this reader waits for any search."""
    return any(each is not None and not each.is_over for each in (run(), staggering()))


def asked() -> OptionsQuestion | None:
    """Return what this reader asked last, None before anything."""
    last = run()
    return last.about if last is not None and isinstance(last.about, OptionsQuestion) else None


def start(
    question: OptionsQuestion,
    work: Callable[[BackgroundRun[Inquired]], Inquired],
    before: Inquired | None = None,
) -> None:
    """Begin a search; the address names the reader's desk from now on, so that a reload finds it."""
    _start(Inquired, work, question, before)


def start_staggering(work: Callable[[BackgroundRun[Staggered]], Staggered]) -> None:
    """Begin a search for stays, as `start` does."""
    _start(Staggered, work, None, None)


def _start(
    kind: type[Kind], work: Callable[[BackgroundRun[Kind]], Kind], about: object, before: Kind | None
) -> None:
    shelf = cast("Runs[Kind]", _kept.runs())
    shelf.start(_Key(_desk.seated().token, kind.__name__), work, about, before)
