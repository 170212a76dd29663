"""Which months are alike? Everything that depends on the month only through rains, closures and waters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from layers.months import in_month

MONTHS = 12

Number = TypeVar("Number", bound=np.generic)


@dataclass(frozen=True, slots=True)
class MonthGroups:
    """
    The months of a year in groups that are alike; equal groups are equal values.

    Examples
    --------
    >>> groups = MonthGroups.alike([0b000111100000, 0b001000000000])
    >>> groups.first
    (1, 6, 10)
    >>> groups.months(1)
    (6, 7, 8, 9)
    """

    of_month: tuple[int, ...]
    """Group of each month, January first; groups are numbered by their first month."""

    @classmethod
    def alike(cls, masks: Iterable[int]) -> Self:
        """
        Return the groups of months that no mask tells apart.

        Parameters
        ----------
        masks
            Sets of months, bit m-1 set for month m: of rains, closures, waters, open sites.
        """
        kinds = sorted(set(masks))
        number: dict[tuple[bool, ...], int] = {}
        return cls(
            tuple(
                number.setdefault(tuple(in_month(mask, month) for mask in kinds), len(number))
                for month in range(1, MONTHS + 1)
            )
        )

    def split(self, masks: Iterable[int]) -> Self:
        """Return these groups, further told apart by `masks`."""
        return self.alike([*(self.mask(group) for group in range(len(self))), *masks])

    def __len__(self) -> int:
        """Count the groups."""
        return max(self.of_month) + 1

    @property
    def first(self) -> tuple[int, ...]:
        """One month (1-12) of each group, its first."""
        return _first(self.of_month)

    def months(self, group: int) -> tuple[int, ...]:
        """Return the months (1-12) of a group, ascending."""
        return tuple(month for month, own in enumerate(self.of_month, start=1) if own == group)

    def mask(self, group: int) -> int:
        """Return the months of a group as a set, bit m-1 for month m."""
        return sum(1 << (month - 1) for month in self.months(group))

    def group(self, month: int) -> int:
        """Return the group of a month (1-12)."""
        return self.of_month[month - 1]

    def spread(self, values: NDArray[Number], axis: int = 0) -> NDArray[Number]:
        """Return values given by group as values by month, January first, along `axis`."""
        return np.take(values, self.of_month, axis=axis)


@lru_cache(maxsize=256)
def _first(of_month: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(of_month.index(group) + 1 for group in range(max(of_month) + 1))
