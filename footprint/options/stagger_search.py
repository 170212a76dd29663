"""Search of staggering: stays added by what they bring a unit-month, then a few given up and filled anew."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from footprint.options.stagger_months import MonthValues
from footprint.options.stagger_stays import Stays

_SEED = 20190630
_LEAST = 1e-12
_MOST_GIVEN_UP = 4
_PATIENCE = 300
"""Tries in a row without any gain after which the search ends."""

Score = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""What twelve months come to, shape (..., 12) to (...)."""


class StaySearch:
    """A good choice of stays, quickly; no bound."""

    def __init__(self, values: MonthValues, stays: Stays, units: int, score: Score) -> None:
        """
        Lay out the question.

        Parameters
        ----------
        values, stays
            What sets of places come to, and what can be chosen.
        units
            How many there are.
        score
            What is raised.
        """
        self._values, self._stays, self._units, self._score = values, stays, units, score

    def months(self, chosen: tuple[int, ...]) -> NDArray[np.float64]:
        """Return what the months come to under some stays, shape (12,)."""
        where = self._stays.where(chosen)
        return np.array([self._values.value(month, own) for month, own in enumerate(where, start=1)])

    def value(self, chosen: tuple[int, ...]) -> float:
        """Return what is raised under some stays."""
        return float(self._score(self.months(chosen)))

    def fits(self, chosen: tuple[int, ...]) -> bool:
        """Tell whether there are units enough, and one at most at each place in each month."""
        stays, own = self._stays, list(chosen)
        if not own:
            return True
        twice = np.zeros((self._values.n_places, 12), dtype=np.int64)
        np.add.at(twice, stays.place[own], stays.at[own].astype(np.int64))
        return bool((stays.load[own].sum(axis=0) <= self._units).all() and (twice <= 1).all())

    def fill(self, chosen: tuple[int, ...], *, per_month: bool) -> tuple[int, ...]:
        """
        Add stays until none brings anything.

        Parameters
        ----------
        chosen
            Those that stand.
        per_month
            Whether the next is the one that brings most for each month it takes a unit, or most at all.
        """
        stays = self._stays
        cost = stays.load.sum(axis=1) if per_month else np.ones(len(stays))
        while len(stays):
            now = self.months(chosen)
            load = stays.load[list(chosen)].sum(axis=0) if chosen else np.zeros(12, dtype=np.int64)
            gain, free = self._gains(chosen, now)
            fits = (stays.load + load <= self._units).all(axis=1)
            fits &= (free[stays.place] | ~stays.at).all(axis=1)
            after = self._score(now + np.where(stays.at, gain[stays.place], 0.0))
            rise = np.where(fits, (after - self._score(now)) / cost, -np.inf)
            best = int(np.argmax(rise))
            if rise[best] <= _LEAST:
                break
            chosen = (*chosen, best)
        return chosen

    def _gains(
        self, chosen: tuple[int, ...], now: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """Return what one more unit brings at each place in each month, and where none is, (n_places, 12)."""
        values = self._values
        gain = np.zeros((values.n_places, 12))
        free = values.usable.copy()
        for month, own in enumerate(self._stays.where(chosen)):
            for place in values.usable_at(month + 1):
                if own >> place & 1:
                    free[place, month] = False
                else:
                    gain[place, month] = values.value(month + 1, own | 1 << place) - now[month]
        return gain, free

    def run(self, *, seconds: float, stopped: Callable[[], bool]) -> tuple[tuple[int, ...], float]:
        """
        Return the best stays found, and what they come to.

        Parameters
        ----------
        seconds
            How long to search [s].
        stopped
            AskedFigure between tries.
        """
        began, draw = perf_counter(), np.random.default_rng(_SEED)
        best = max((self.fill((), per_month=each) for each in (True, False)), key=self.value)
        score, idle = self.value(best), 0
        while best and idle < _PATIENCE and perf_counter() - began < seconds and not stopped():
            n_out = int(draw.integers(1, min(len(best), _MOST_GIVEN_UP) + 1))
            out = set(draw.choice(len(best), n_out, replace=False).tolist())
            kept = tuple(stay for number, stay in enumerate(best) if number not in out)
            tried = self.fill(kept, per_month=bool(draw.integers(2)))
            value = self.value(tried)
            idle = 0 if value > score + _LEAST else idle + 1
            if value > score:
                best, score = tried, value
        return best, score
