"""Raster values: whether the numbers of a raster are as its publisher had them, or went through a picture."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from layers.sentences import Sentence, say

_SHADES = 256
"""Shades of a picture with eight bits."""
_LEAST_SHADES = 16
"""Different values below which little is known of how they are spaced."""
_EACH = 20
"""Cells for each different value, at least: of few cells few values say nothing."""
_SPACED = 0.02
"""How far a value may lie beside its place among equal steps [steps]."""
_ROUND, _ROUND_STEPS = 1e-3, np.array([1.0, 2.0, 2.5, 5.0, 10.0])
"""How near a step is to one of these, times a power of ten, where somebody rounded [share]."""
_TOP = 1_000
"""Largest values that are kept."""
_PILE, _TIMES, _NEAR = 50, 3, 0.9
"""A pile at the top: so many cells alike, so many times those that come within this share of them."""

_OF_SHADES = say(
    "Its cells hold only {n} different numbers, all {step} apart, as a picture of {shades} shades does."
    " What is large may be cut off and what is small is rounded: towns may have far fewer people than they"
    " have. Bring the publisher's own GeoTIFF."
)
_OF_PILE = say(
    "Its largest value, {most}, stands in {n} cells, and hardly any value comes near it: larger ones were cut"
    " off, and towns have fewer people than they have. Bring the publisher's own GeoTIFF."
)


@dataclass(slots=True)
class ValueTally:
    """What the values of a raster have in common, window by window."""

    cells: int = 0
    _distinct: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    _top: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))

    def add(self, values: NDArray[np.float64]) -> None:
        """Take in values, none of them NaN, of any shape."""
        flat = values.ravel()
        self.cells += flat.size
        if self._distinct.size <= _SHADES:
            self._distinct = np.unique(np.concatenate([self._distinct, np.unique(flat)]))[: _SHADES + 1]
        high = flat if self._top.size < _TOP else flat[flat >= self._top[0]]
        self._top = np.sort(np.concatenate([self._top, high]))[-_TOP:]

    def flattened(self) -> Sentence | None:
        """
        Return why large values may be missing, None where nothing says so.

        Notes
        -----
        Estimates of people are continuous: of 657,812 cells of a raster of floats nearly each has a value of
        its own. Whole numbers, and numbers rounded to a decimal, are as somebody wanted them.
        """
        return self._of_shades() or self._of_pile()

    def _of_shades(self) -> Sentence | None:
        n = int(self._distinct.size)
        if not _LEAST_SHADES <= n <= _SHADES or self.cells < _EACH * n:
            return None
        # A nought may stand for cells without people, beside the steps.
        levels = self._distinct[self._distinct > 0]
        step = _step(levels)
        places = (levels - levels[0]) / step
        if np.abs(places - np.rint(places)).max() > _SPACED or _is_round(step):
            return None
        return _OF_SHADES.having(n=n, step=f"{step:.4g}", shades=_SHADES)

    def _of_pile(self) -> Sentence | None:
        if self._distinct.size <= _SHADES or not self._top.size or self._top[-1] <= 0:
            return None
        most = float(self._top[-1])
        alike = int(np.count_nonzero(self._top == most))
        near = int(np.count_nonzero(self._top >= _NEAR * most)) - alike
        below = self._top[self._top < most]
        # Of a raster whose cells were made smaller, each value stands in many.
        next_alike = int(np.count_nonzero(below == below[-1])) if below.size else 0
        if alike < _PILE or alike < _TIMES * max(near, next_alike):
            return None
        return _OF_PILE.having(most=f"{most:.6g}", n=alike)


def _step(levels: NDArray[np.float64]) -> float:
    """Return the step between rising values, some of which may be missing: the smallest one, over all."""
    span = float(levels[-1] - levels[0])
    return span / max(1, round(span / float(np.diff(levels).min())))


def _is_round(step: float) -> bool:
    """Tell whether a step is one to which somebody rounds."""
    leading = step / 10.0 ** math.floor(math.log10(step))
    return bool((np.abs(_ROUND_STEPS - leading) <= _ROUND * leading).any())
