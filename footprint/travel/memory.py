"""Memory: what was worked out before, kept by content while there is room."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Generic, Protocol, TypeVar

from cachetools import LRUCache


class Sized(Protocol):
    """Something that knows its size in memory."""

    @property
    def nbytes(self) -> int:
        """Size [bytes]."""


Made = TypeVar("Made", bound=Sized)


class Memory(Generic[Made]):
    """A cache of things of one kind by content, bounded in bytes, safe for threads."""

    def __init__(self, room_bytes: int) -> None:
        self._kept: LRUCache[Hashable, Made] = LRUCache(room_bytes, getsizeof=lambda made: made.nbytes)
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Return what is kept under `key`, or make it and keep it if there is room for it at all."""
        with self._lock:
            kept = self._kept.get(key)
        if kept is None:
            kept = make()
            self.keep(key, kept)
        return kept

    def kept(self, key: Hashable) -> Made | None:
        """Return what is kept under `key`, None where nothing is."""
        with self._lock:
            return self._kept.get(key)

    def keep(self, key: Hashable, made: Made) -> None:
        """Keep something if there is room for it at all."""
        with self._lock:
            if made.nbytes <= self._kept.maxsize:
                self._kept[key] = made

    def __contains__(self, key: Hashable) -> bool:
        """Tell whether something is kept under `key`."""
        with self._lock:
            return key in self._kept

    @property
    def nbytes(self) -> int:
        """Size of all that is kept [bytes]."""
        with self._lock:
            return int(self._kept.currsize)
