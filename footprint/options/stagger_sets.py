"""Sets of staggering: every set of places that units can hold at once in a month, with its true figure."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from math import comb

import numpy as np

from footprint.options.relaxation import SCALE
from footprint.options.stagger_master import StayMaster
from footprint.options.stagger_months import MonthValues
from footprint.options.stagger_question import MONTHS

_CHUNK = 256
"""Sets valued between two looks at whether to stop."""

Sets = list[tuple[tuple[int, ...], float]]
"""Sets of places, and what units there bring."""


def n_sets(values: MonthValues, units: int) -> int:
    """Return how many sets have to be valued, over all kinds of months."""
    return sum(
        comb(len(own), size)
        for kind in range(values.n_kinds)
        for own in _usable(values, kind)
        for size in range(min(units, len(own)) + 1)
    )


def add_sets(master: StayMaster, values: MonthValues, units: int, stopped: Callable[[], bool]) -> bool:
    """
    Let each month be made of sets of places, or of mixtures as long as stays are made in part.

    Parameters
    ----------
    master
        The model, which is exact for whole stays from now on; in part it is the least concave function
        above the true one of each month and each group of places that have to be valued together.
    values
        What sets come to.
    units
        Places held at once, at most.
    stopped
        AskedFigure between sets; if it is true the model is unfinished.

    Returns
    -------
    bool
        Whether it is finished.
    """
    tables: dict[int, list[Sets]] = {}
    for kind in range(values.n_kinds):
        tables[kind] = []
        for own in _usable(values, kind):
            sets = _valued(values, kind, own, units, stopped)
            if sets is None:
                return False
            tables[kind].append(sets)
    for month in range(1, MONTHS + 1):
        kind = values.of_month[month - 1]
        worth = [(master.month + month - 1, 1.0)]
        for sets in tables[kind]:
            worth += _mixture(master, month, sets)
        empty = SCALE * values.of_kind(kind, 0)
        master.row(empty, empty, worth)
    return True


def _usable(values: MonthValues, kind: int) -> list[tuple[int, ...]]:
    """Return the places that can be used in a kind of months, by what has to be valued together."""
    usable = values.usable_at(values.of_month.index(kind) + 1)
    groups = (tuple(place for place in usable if own >> place & 1) for own in values.together[kind])
    return [group for group in groups if group]


def _valued(
    values: MonthValues, kind: int, places: tuple[int, ...], units: int, stopped: Callable[[], bool]
) -> Sets | None:
    sets: Sets = []
    empty = values.of_kind(kind, 0)
    for size in range(min(units, len(places)) + 1):
        for own in combinations(places, size):
            sets.append((own, values.of_kind(kind, sum(1 << place for place in own)) - empty))
            if len(sets) % _CHUNK == 0 and stopped():
                return None
    return sets


def _mixture(master: StayMaster, month: int, sets: Sets) -> list[tuple[int, float]]:
    """Add the sets of one group of places to a month, and return what they bring as terms."""
    first = master.add_variables(len(sets), np.ones(len(sets)))
    columns = range(first, first + len(sets))
    master.row(1.0, 1.0, ((column, 1.0) for column in columns))
    holding: dict[int, list[tuple[int, float]]] = {}
    for column, (own, _) in zip(columns, sets, strict=True):
        for place in own:
            holding.setdefault(place, []).append((column, -1.0))
    for place, terms in holding.items():
        master.row(0.0, 0.0, [(int(master.at[place, month - 1]), 1.0), *terms])
    return [(column, -SCALE * value) for column, (_, value) in zip(columns, sets, strict=True)]
