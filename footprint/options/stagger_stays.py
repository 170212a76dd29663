"""Stays of staggering: which there can be, what they take of the units, and which unit makes which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self

import numpy as np
from numpy.typing import NDArray

from footprint.options.stagger_question import MONTHS, Staggering

_MOST_STEPS = 20_000
"""Steps after which nobody seeks any longer who could make the same stays every year."""


@dataclass(frozen=True, slots=True, order=True)
class Stay:
    """One unit at one place for some months in a row, every year."""

    start: int
    """First month (1-12)."""
    months: int
    """How many."""
    place: int
    """Number of the place in the question."""

    def when(self) -> tuple[int, ...]:
        """Return its months (1-12) in their order."""
        return tuple((self.start - 1 + step) % MONTHS + 1 for step in range(self.months))


@dataclass(frozen=True, slots=True, eq=False)
class Stays:
    """Every stay that could be made."""

    all: tuple[Stay, ...] = field(repr=False)
    place: NDArray[np.int64] = field(repr=False)
    """Shape (n_stays,)."""
    at: NDArray[np.bool_] = field(repr=False)
    """Whether each stay is at its place in each month, shape (n_stays, 12)."""
    load: NDArray[np.int64] = field(repr=False)
    """Units that each stay takes in each month, on the way and at rest too, shape (n_stays, 12)."""

    @classmethod
    def of(cls, asked: Staggering, usable: NDArray[np.bool_]) -> Self:
        """
        Return the stays that a question permits.

        Parameters
        ----------
        asked
            Lengths of stays, notice and rest.
        usable
            Whether each place can be used in each month, shape (n_places, 12).
        """
        found = []
        for place in range(len(asked.places)):
            for months in range(asked.stay_min_months, asked.stay_max_months + 1):
                # A stay that never ends has no beginning: one stands for all twelve.
                starts = 1 if months == MONTHS and not asked.months_bound else MONTHS
                for start in range(1, starts + 1):
                    stay = Stay(start, months, place)
                    if all(usable[place, month - 1] for month in stay.when()):
                        found.append(stay)
        at = np.zeros((len(found), MONTHS), dtype=bool)
        load = np.zeros((len(found), MONTHS), dtype=np.int64)
        for number, stay in enumerate(found):
            at[number, [month - 1 for month in stay.when()]] = True
            for month in _taken(stay, asked):
                load[number, month - 1] += 1
        places = np.array([stay.place for stay in found], dtype=np.int64)
        return cls(tuple(found), places, at, load)

    def __len__(self) -> int:
        """Count the stays."""
        return len(self.all)

    def where(self, chosen: Sequence[int]) -> tuple[int, ...]:
        """Return the set of places with a unit in each month, January first: bit p for place p."""
        masks = [0] * MONTHS
        for number in chosen:
            for month in np.flatnonzero(self.at[number]):
                masks[month] |= 1 << int(self.place[number])
        return tuple(masks)


def _taken(stay: Stay, asked: Staggering) -> list[int]:
    """Return the months (1-12) in which a stay takes its unit, one as often as it does."""
    first = stay.start - asked.notice_months
    return [(first - 1 + step) % MONTHS + 1 for step in range(stay.months + asked.months_bound)]


@dataclass(frozen=True, slots=True)
class MonthOfUnits:
    """What the units do in one month."""

    month: int
    out: int
    on_the_way: int
    resting: int
    free: int


def month_of_units(stays: Sequence[Stay], asked: Staggering, month: int) -> MonthOfUnits:
    """Return how many units are at places, on the way, at rest and free in a month (1-12)."""
    counts = [0, 0, 0]
    for stay in stays:
        lengths = (asked.notice_months, stay.months, asked.rest_months)
        kinds = [kind for kind, length in zip((1, 0, 2), lengths, strict=True) for _ in range(length)]
        for own, kind in zip(_taken(stay, asked), kinds, strict=True):
            counts[kind] += own == month
    out, on_the_way, resting = counts
    return MonthOfUnits(month, out, on_the_way, resting, asked.units - sum(counts))


def units_of(
    stays: Sequence[Stay], asked: Staggering, start_month: int
) -> tuple[tuple[tuple[int, ...], ...], bool]:
    """
    Return which unit makes each stay.

    Parameters
    ----------
    stays
        Of which no month takes more units than there are.
    asked
        The units.
    start_month
        First month of the year (1-12).

    Returns
    -------
    tuple of tuple and bool
        Unit (1 and up) of each stay in each of its months, within a year from the start month on; and
        whether units change roles from year to year: the year is a circle, and now and then no unit can
        make the same stays every year, though together they can.

    Notes
    -----
    With months in a row, as many units do as are taken at most at once: whoever is free first goes next.
    On a circle it may take more (a circular-arc graph is not perfect), so that is tried first; else units
    take turns over the years, and who ends a stay begun last year is not who begins it this year.
    """
    fixed = _every_year(stays, asked)
    if fixed is not None:
        return tuple((unit,) * stay.months for unit, stay in zip(fixed, stays, strict=True)), False
    begins = [(stay.start - asked.notice_months - start_month) % MONTHS for stay in stays]
    ends = [begin + _length(stay, asked) for begin, stay in zip(begins, stays, strict=True)]
    free_from = [0] * asked.units
    ending: dict[int, int] = {}
    over = [(number, years) for number, end in enumerate(ends) for years in range(1, -(-end // MONTHS))]
    for unit, (number, years) in enumerate(over):
        # Begun in a year before: whoever that was is called by the first numbers.
        free_from[unit] = ends[number] - years * MONTHS
        if years == 1:
            ending[number] = unit + 1
    found: list[tuple[int, ...]] = [()] * len(stays)
    for number in sorted(range(len(stays)), key=lambda each: begins[each]):
        unit = next(each for each in range(asked.units) if free_from[each] <= begins[number])
        free_from[unit] = ends[number]
        found[number] = tuple(
            ending[number] if (month - start_month) % MONTHS < begins[number] else unit + 1
            for month in stays[number].when()
        )
    return tuple(found), True


def _length(stay: Stay, asked: Staggering) -> int:
    return stay.months + asked.months_bound


def _every_year(stays: Sequence[Stay], asked: Staggering) -> tuple[int, ...] | None:
    """Return a unit for each stay such that each makes the same every year; None if none is found."""
    taken = [frozenset(_taken(stay, asked)) for stay in stays]
    if any(_length(stay, asked) > MONTHS for stay in stays):
        return None
    order = sorted(range(len(stays)), key=lambda number: (stays[number].start, -stays[number].months))
    units: list[set[int]] = [set() for _ in range(asked.units)]
    found = [0] * len(stays)
    steps = 0

    def give(position: int) -> bool:
        nonlocal steps
        if position == len(order):
            return True
        number = order[position]
        for unit, busy in enumerate(units):
            steps += 1
            if steps > _MOST_STEPS:
                return False
            if busy.isdisjoint(taken[number]):
                busy.update(taken[number])
                found[number] = unit + 1
                if give(position + 1):
                    return True
                busy.difference_update(taken[number])
            if not busy:
                # Units are alike: another that does nothing yet would fare no better.
                break
        return False

    return tuple(found) if give(0) else None
