"""
Units of Geo-PKO: which and how many of a kind a UN map shows at a site, at least.

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

UNKNOWN = "unknown"
"""What the table says, in small letters, where the size of a unit is not drawn."""
SIZES = ("battalion", "company", "platoon", "other.size", "no.troops", "rpf.no")
SIZES_OF_KINDS = ("inf.no", "fpu.no", "res.no", "fp.no")
"""Columns of sizes, of all kinds of troops together and of each that has its own; any may be missing."""

BESIDE = ("small_infantry", "small_engineers", "vague_engineers", "vague_force")
"""What `counted` says beside the kinds."""

_FPU = re.compile(r"(\d+)\s+(?:units?\s+FPU|FPU\s+units?)", re.IGNORECASE)
_FORCE = re.compile(r"\bRPF\b[^:]*located here:(.*)", re.IGNORECASE | re.DOTALL)
_UNIT = re.compile(r"(\d+)\s+([a-z ]+?)\s+(battalion|company|platoon)", re.IGNORECASE)
_SIZE = {"battalion": BATTALION, "company": COMPANY, "platoon": PLATOON}
_FIGHTS = ("infantry", "high readiness")


def counted(look: Inspection, shown: pd.DataFrame, strength: Strength) -> pd.DataFrame:
    """
    Return how many of each kind a row shows at least, and what of it is no asset.

    Parameters
    ----------
    look
        Of the table by map, whose columns of sizes may be missing.
    shown
        Whether each kind is drawn, a column of booleans by kind.
    strength
        Whether each kind counts once, or as often as it is drawn at least.

    Returns
    -------
    DataFrame
        Whole numbers by kind; of infantry and engineers 0 where units smaller than a company alone are
        drawn. Beside them booleans: `small_infantry` and `small_engineers`, so drawn; `vague_engineers`,
        taken as a company though their size is not told; `vague_force`, a regional protection force whose
        units are not told.
    """
    sizes = {name: look.numbers(name, low=0, empty=True) for name in (*SIZES, *SIZES_OF_KINDS)}
    force = [
        regional_force(text, number)
        for text, number in zip(look.text("comments"), sizes["rpf.no"], strict=True)
    ]
    own = [
        at_least(*row)
        for row in zip(*(sizes[name] for name in ("inf.no", "battalion", "company", "platoon")), strict=True)
    ]
    counts = shown.astype(int)
    counts["infantry_company"] *= own
    counts["infantry_company"] += [companies for companies, _ in force]
    left = sizes["no.troops"] - sum(sizes[name].fillna(0) for name in SIZES_OF_KINDS)
    # What is left of the troops once those of other kinds are counted is less than one company.
    small = shown["engineer_company"] & (left < COMPANY) & sizes["inf.no"].notna()
    is_told = sizes["other.size"] == 0
    others = np.array([n > 0 for _, n in force], dtype=bool)
    counts["engineer_company"] = ((shown["engineer_company"] & ~(small & is_told)) | others).astype(int)
    if strength is Strength.DRAWN:
        police = sizes["fpu.no"].fillna(0) // COMPANY
        written = [sum(map(int, _FPU.findall(text))) for text in look.text("comment.on.unit")]
        counts["fpu_platoon"] *= [max(1, int(n), m) for n, m in zip(police, written, strict=True)]
    else:
        counts = counts.clip(upper=1)
    return counts.assign(
        small_infantry=shown["infantry_company"] & (np.array(own) == 0),
        small_engineers=small & is_told,
        vague_engineers=small & ~is_told,
        vague_force=(look.numbers("rpf", low=0, empty=True) > 0)
        & np.array([not any(units) for units in force], dtype=bool),
    )


def regional_force(comment: str, persons: float) -> tuple[int, int]:
    """
    Return how many infantry and engineer companies of a regional protection force a comment names at least.

    The table counts that force apart, in no other number, and names its units in words alone.

    Parameters
    ----------
    comment
        As the table has it.
    persons
        The force as the table states it [persons]; not a number where it does not.

    Returns
    -------
    tuple
        The larger of infantry's battalions and companies, and the engineer companies; both 0 where the
        units named do not add to the force that is stated.

    Examples
    --------
    >>> said = "RPF is also located here: 1 engineering company (TCC A), 1 infantry battalion (TCC B)"
    >>> regional_force(said, 800), regional_force(said, 2250), regional_force("", 150)
    ((1, 1), (0, 0), (0, 0))
    """
    named = [
        (int(n), kind.lower(), size.lower())
        for text in _FORCE.findall(comment)
        for n, kind, size in _UNIT.findall(text)
    ]
    if sum(n * _SIZE[size] for n, _, size in named) != persons:
        return 0, 0
    fights = [(n, size) for n, kind, size in named if kind.endswith(_FIGHTS)]
    infantry = max(sum(n for n, each in fights if each == size) for size in ("battalion", "company"))
    return infantry, sum(n for n, kind, size in named if size != "platoon" and kind.endswith("engineering"))


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
        where they can be read in several ways, 1 where in none.

    Notes
    -----
    Infantry of fewer persons than a company's usual 150 is none, for 100 persons are no company that the
    table knows of, and a battalion drawn beside them is of another kind. It is one where a company is drawn
    that they can only be: odd numbers such as 77 are strengths that somebody stated. Where no number is
    stated, platoons alone are none; if the symbols do not tell either, the size is not known, and infantry
    that is drawn counts as one company, as every kind of unit counts once.

    Examples
    --------
    >>> at_least(4200, 6, 9, 0), at_least(1100, 1, 3, 0), at_least(35, 0, 0, 1), at_least(15, 0, 0, 0)
    (6, 3, 0, 0)
    >>> unknown = float("nan")
    >>> at_least(100, unknown, unknown, unknown), at_least(100, 1, 0, 0), at_least(77, 0, 1, 0)
    (0, 0, 1)
    >>> at_least(0, 0, 0, 3), at_least(unknown, unknown, unknown, unknown)
    (0, 1)
    """
    if np.isnan(infantry) or infantry <= 0:
        return int(not (battalions == companies == 0 and platoons > 0))
    if infantry < COMPANY:
        return int(companies > 0 and not _is_platoons(infantry, platoons))
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
