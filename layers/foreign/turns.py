"""Turns: how many foreign files are read at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from layers.foreign import limits
from layers.foreign.sheets import refusal
from layers.sentences import say

_places = threading.BoundedSemaphore(limits.AT_ONCE)


@contextmanager
def turn(file: str, waits: Callable[[], None] | None) -> Iterator[None]:
    """
    Hold one of the places there are for reading foreign files, so that whoever else is served is served.

    Parameters
    ----------
    waits
        Called once where this one has to wait for its turn, to say so to whoever asked.

    Raises
    ------
    LayerError
        If its turn does not come in time.
    """
    places = _places
    if not places.acquire(blocking=False):
        if waits is not None:
            waits()
        if not places.acquire(timeout=limits.WAIT_S):
            problem = say("other files are being read, and its turn did not come")
            raise refusal(file, problem, say("Try again in a few minutes."))
    try:
        yield
    finally:
        places.release()
