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
_SPANS = range(_SHADES - 3, _SHADES)
"""Steps from the lowest to the highest shade, where a picture spreads all of a raster over its shades."""
_OFFSET = 2e-3
"""How far the lowest shade may lie beside a multiple of the step, where counts times a number lie [steps]."""
_BYTE = 255.0
"""Largest value of a cell of eight bits."""
_TOP = 5_000
"""Largest different values that are kept, with their cells."""
_PILE, _TIMES, _NEAR = 50, 3, 0.9
"""A pile at the top: so many cells alike, so many times those that come within this share of them."""
_OTHERS = 100
"""Values below the largest of which none may stand in nearly as many cells."""

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
    _alike: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    """Cells of each of the largest values."""

    def add(self, values: NDArray[np.float64]) -> None:
        """Take in values, none of them NaN, of any shape."""
        flat = values.ravel()
        self.cells += flat.size
        if self._distinct.size <= _SHADES:
            self._distinct = np.unique(np.concatenate([self._distinct, np.unique(flat)]))[: _SHADES + 1]
        high, alike = np.unique(
            flat if self._top.size < _TOP else flat[flat >= self._top[0]], return_counts=True
        )
        top, place = np.unique(np.concatenate([self._top, high]), return_inverse=True)
        cells = np.zeros(top.size, np.int64)
        np.add.at(cells, place, np.concatenate([self._alike, alike]))
        self._top, self._alike = top[-_TOP:], cells[-_TOP:]

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
        # Whole counts times a number, such as persons of a household, lie at multiples of it, up to any.
        offset = levels[0] / step
        if abs(offset - round(offset)) <= _OFFSET and round(places[-1]) not in _SPANS:
            return None
        return _OF_SHADES.having(n=n, step=f"{step:.4g}", shades=_SHADES)

    def _of_pile(self) -> Sentence | None:
        most = float(self._top[-1]) if self._top.size else 0.0
        # Few values are rounded ones, which may well end alike, but for those that eight bits hold no larger.
        if most <= 0 or (self._distinct.size <= _SHADES and most != _BYTE):
            return None
        alike, others = int(self._alike[-1]), self._alike[:-1]
        # In a raster whose cells were made smaller, or where a unit's people are spread evenly, each value
        # stands in many cells.
        next_alike = int(others[-_OTHERS:].max(initial=0))
        if alike < _PILE or alike < _TIMES * max(self._near(most), next_alike):
            return None
        return _OF_PILE.having(most=f"{most:.6g}", n=alike)

    def _near(self, most: float) -> float:
        """Return how many cells come near the largest value, beside those that have it."""
        below, cells = self._top[:-1], self._alike[:-1]
        near = float(cells[below >= _NEAR * most].sum())
        if below.size + 1 < _TOP or below[0] < _NEAR * most:
            return near
        # More values come near than are kept: as many further down as among these.
        return near * (1 - _NEAR) * most / (most - float(below[0]))


def _step(levels: NDArray[np.float64]) -> float:
    """Return the step between rising values, some of which may be missing: the smallest one, over all."""
    span = float(levels[-1] - levels[0])
    return span / max(1, round(span / float(np.diff(levels).min())))


def _is_round(step: float) -> bool:
    """Tell whether a step is one to which somebody rounds."""
    leading = step / 10.0 ** math.floor(math.log10(step))
    return bool((np.abs(_ROUND_STEPS - leading) <= _ROUND * leading).any())
