"""
Units of Geo-PKO: how many of a kind a UN map shows at a site, at least.

The table codes each unit drawn with a usual size, so that the troops it states are the units again: in
97 to 99 of 100 rows of two missions `no.troops` is 650 for each battalion, 150 for each company and 35 for
each platoon. Read back, they say what is drawn; they are never the strength: one mission's add to about
19,700 where 13,010 were deployed, for a battalion and its companies are often drawn both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

import numpy as np
import pandas as pd

from layers.formats.delimited import Inspection


class Strength(StrEnum):
    """How units are counted."""

    ONCE = "once"
    """Each kind of unit at a site once."""
    DRAWN = "drawn"
    """As many as the map shows at least."""


BATTALION, COMPANY, PLATOON = 650, 150, 35
"""Troops that the table codes a unit with [persons]."""

_FPU = re.compile(r"(\d+)\s+(?:units?\s+FPU|FPU\s+units?)", re.IGNORECASE)


def counted(look: Inspection, shown: pd.DataFrame) -> pd.DataFrame:
    """
    Return how many of each kind a row shows at least.

    Parameters
    ----------
    look
        Of the table by map, whose columns of sizes may be missing.
    shown
        Whether each kind is drawn, a column of booleans by kind.

    Returns
    -------
    DataFrame
        Whole numbers; of infantry 0 where a platoon alone is drawn, which is no company.
    """
    counts = shown.astype(int)
    sizes = [look.numbers(name, low=0, empty=True) for name in ("inf.no", "battalion", "company", "platoon")]
    companies = [at_least(*row) for row in zip(*sizes, strict=True)]
    police = look.numbers("fpu.no", low=0, empty=True).fillna(0) // COMPANY
    written = [sum(map(int, _FPU.findall(text))) for text in look.text("comment.on.unit")]
    counts["infantry_company"] *= companies
    counts["fpu_platoon"] *= [max(1, int(n), m) for n, m in zip(police, written, strict=True)]
    return counts


def at_least(infantry: float, battalions: float, companies: float, platoons: float) -> int:
    """
    Return how many infantry companies a map shows at least.

    Parameters
    ----------
    infantry
        Infantry as the table states it [persons], units in their usual sizes.
    battalions, companies, platoons
        Symbols of units of every kind at the site; not a number where the table does not say.

    Returns
    -------
    int
        The larger of infantry's battalions and companies, for those may be the same people; the smallest
        where they can be read in several ways, 1 where in none, 0 where there are platoons alone.

    Examples
    --------
    >>> at_least(4200, 6, 9, 0), at_least(1100, 1, 3, 0), at_least(35, 0, 0, 1)
    (6, 3, 0)
    """
    if np.isnan(infantry) or infantry <= 0:
        return 1
    ways = [
        max(n, m)
        for n in _up_to(infantry // BATTALION, battalions)
        for m in _up_to((infantry - n * BATTALION) // COMPANY, companies)
        if _is_platoons(infantry - n * BATTALION - m * COMPANY, platoons)
    ]
    return min(ways, default=1)


def _up_to(most: float, drawn: float) -> Iterable[int]:
    """Return every number of units from 0, no more than are drawn."""
    return range(int(most if np.isnan(drawn) else min(most, drawn)) + 1)


def _is_platoons(left: float, platoons: float) -> bool:
    """Tell whether the rest is made of platoons, no more than are drawn."""
    return left % PLATOON == 0 and (np.isnan(platoons) or left / PLATOON <= platoons)
