"""Jobs: work on files goes on beside the pages, two at once for everybody; who asked waits, others do not."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import TypeVar, cast

import streamlit as st

from footprint.language import Language
from footprint.pages import _kept, _session, _trays
from footprint.pages._say import plain
from layers.sentences import Sentence

Result = TypeVar("Result")
Progress = Callable[[str], None]
Work = Callable[[Progress], Result]
"""What is done, told of by the function that it is given."""
_LOOK_AGAIN_S = 0.15
_OF_FILES = ("look_", "offer_", "build_")
"""Keys of work on files of one tray, or on what is taken of it, which are nobody else's."""


class Job:
    """One piece of work, and how far it is."""

    def __init__(self, work: Callable[[Progress], object]) -> None:
        """Put it in the queue."""
        self.step = ""
        self.future: Future[object] = _kept.workers().submit(work, self._at)

    def _at(self, step: str) -> None:
        self.step = step


def begin(key: str, work: Callable[[Progress], object]) -> None:
    """Put work in the queue under a key, unless it is there already: a page drawn anew finds it again."""
    if not is_begun(key):
        job = Job(work)
        _session.keep(f"job_{key}", job)
        if key.startswith(_OF_FILES):
            _trays.TRAYS.jobs[key] = job


def is_begun(key: str) -> bool:
    """Tell whether work under a key is in the queue, or done and not asked for yet."""
    if isinstance(_session.kept(f"job_{key}"), Job):
        return True
    going_on = _trays.TRAYS.jobs.get(key) if key.startswith(_OF_FILES) else None
    if going_on is None or going_on.future.done():
        return False
    # The page was loaded anew meanwhile: it waits for what its last session began.
    _session.keep(f"job_{key}", going_on)
    return True


def ended(key: str, words: str, work: Work[Result], language: Language) -> Result:
    """
    Return what work comes to, begun now unless it is in the queue already; the reader sees how far it is.

    Raises
    ------
    LayerError
        Or whatever else the work raises.
    """
    begin(key, work)
    job = cast("Job", _session.kept(f"job_{key}"))
    place = st.empty()
    while not job.future.done():
        step = job.step
        done = step.said(language) if isinstance(step, Sentence) else language.text(step)
        line = f"{words}: {done}" if step else words
        with place.container(), st.spinner(plain(line)):
            while job.step == step and not wait([job.future], timeout=_LOOK_AGAIN_S).done:
                # Streamlit hears of us here, and can stop this run when the reader does something else.
                _session.widget_value("language")
    place.empty()
    _session.keep(f"job_{key}", None)
    return cast("Result", job.future.result())
