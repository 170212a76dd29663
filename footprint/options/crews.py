"""Crews: whose helicopters and surgeries each choice brings, and from where they evacuate in time."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np
from numba import njit
from numpy.typing import NDArray

from footprint.coverage.portfolios import Flown
from footprint.options.blocks import Block
from footprint.options.pack import Pack


class Crews:
    """Whose helicopters and surgeries each choice brings, and what they can evacuate."""

    def __init__(self, pack: Pack) -> None:
        """
        Find them.

        Parameters
        ----------
        pack
            What every choice does.
        """
        flown = pack.portfolios.flown
        self._chances = (flown.out.chance, flown.back.chance, flown.back.ready_min)
        self._limits = (flown.limit_min, flown.availability)
        none = np.zeros(0, dtype=np.int64)
        self.out, self.back = (
            [np.flatnonzero(leg.station == each) if each >= 0 else none for each in pack.station]
            for leg in (flown.out, flown.back)
        )
        self.alike = [self._content(pack, flown, choice) for choice in range(pack.n_choices)]
        """Equal for choices that evacuate alike."""
        self._takes_part = np.array(
            [len(out) + len(back) > 0 for out, back in zip(self.out, self.back, strict=True)]
        )

    def _content(self, pack: Pack, flown: Flown, choice: int) -> Hashable:
        out, back = self.out[choice], self.back[choice]
        if not len(out) and not len(back):
            return ()
        post = pack.stations[pack.station[choice]]
        return (
            (post.x_m, post.y_m),
            flown.is_open[pack.station[choice]].tobytes(),
            (flown.out.ready_min[out].tobytes(), flown.out.chance[out].tobytes()),
            (flown.back.ready_min[back].tobytes(), flown.back.chance[back].tobytes()),
        )

    def of(self, plan: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the helicopters and the surgeries under a plan, by number."""
        own = plan[self._takes_part[plan]].tolist()
        none = np.zeros(0, dtype=np.int64)
        return (
            np.concatenate([none, *(self.out[choice] for choice in own)]),
            np.concatenate([none, *(self.back[choice] for choice in own)]),
        )

    def evacuated(self, block: Block, plan: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the chance of evacuation [0-1] of each of a bundle's flights, shape (n_flights,)."""
        best = np.zeros(block.there_min.shape[1])
        self._raise(block, best, *self.of(plan))
        return best

    def pair_cover(
        self, block: Block, out: NDArray[np.int64], back: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        """Return with what chance some helicopters and surgeries evacuate each flight, shape (n_flights,)."""
        best = np.zeros(block.there_min.shape[1])
        self._raise(block, best, out, back)
        return best

    def joined_by(
        self, block: Block, without: NDArray[np.float64], plan: NDArray[np.int64], choice: int
    ) -> NDArray[np.float64]:
        """Return the same once a choice joins those of a plan, whose own chances are `without`."""
        best = without.copy()
        out, back = self.of(plan)
        new_out, new_back = self.out[choice], self.back[choice]
        self._raise(block, best, new_out, np.concatenate([back, new_back]))
        self._raise(block, best, out, new_back)
        return best

    def _raise(
        self, block: Block, best: NDArray[np.float64], out: NDArray[np.int64], back: NDArray[np.int64]
    ) -> None:
        if len(out) and len(back):
            _evacuate((out, back), (block.there_min, block.back_min), self._chances, self._limits, best)


@njit(cache=True, nogil=True)
def _evacuate(who, minutes, chances, limits, best):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Raise `best` to the chance of the likeliest pair that is in time, as reviews do."""
    (flying, mending), (there_min, back_min) = who, minutes
    fly_chance, mend_chance, mend_ready = chances
    limit_min, availability = limits
    # Of those as likely to be there the soonest decides: legs are joined once for each pair of chances.
    for fly in _chances_among(flying, fly_chance):
        there = np.full(len(best), np.inf)
        for each in flying:
            if fly_chance[each] == fly:
                _sooner(there, there_min[each])
        for mend in _chances_among(mending, mend_chance):
            back = np.full(len(best), np.inf)
            for each in mending:
                if mend_chance[each] == mend and np.float32(mend_ready[each]) <= limit_min:
                    _sooner(back, back_min[each])
            chance = np.float64(fly * mend * availability)
            for row in range(len(best)):
                if np.float32(there[row] + back[row]) <= limit_min and chance > best[row]:
                    best[row] = chance


@njit(cache=True, nogil=True)
def _sooner(minutes, others):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Lower `minutes` to those of one who is sooner; written out, so that it runs several rows at a time."""
    for row in range(len(minutes)):
        minutes[row] = min(minutes[row], others[row])


@njit(cache=True, nogil=True)
def _chances_among(chosen, chances):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Return the different chances of those chosen, each once."""
    own = chances[chosen]
    for each in own:
        if each != own[0]:
            return np.unique(own)
    return own[:1]
