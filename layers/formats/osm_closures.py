"""
When is a road of OpenStreetMap shut? Closures with dates, times of year and conditions, as months.

What a tag says of months goes into months. What it says of a season without naming months is no guess of
ours: it is counted, unless whoever imports says which months are wet. What cannot be read is counted and
quoted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from layers.formats.osm_tags import OsmTags
from layers.formats.osm_words import ACCESS_KEYS, NO, SHUT_OUT
from layers.months import ALL_MONTHS

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"([a-z]{3})[a-z]*(?:\s+\d{1,2})?"
_SPAN = re.compile(rf"^{_MONTH}(?:\s*-\s*{_MONTH})?$")
_CLAUSE = re.compile(r"([a-z_]+)\s*@\s*(\([^)]*\)|[^;]*)")
_DAY = re.compile(r"^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
_EXAMPLES = 3
_SEASON_WITHOUT_MONTHS = (
    "pass in one season only (seasonal=dry_season or wet_season); no months are stated, so they are taken as"
    " open all year"
)
_SOME_SEASON = (
    "pass in some seasons only (seasonal=yes or a season); which months is not known, so they are taken as"
    " open all year"
)
_DRY, _WET = ("dry_season", "dry season", "dry"), ("wet_season", "wet season", "wet", "rainy_season")


@dataclass(frozen=True, slots=True, eq=False)
class Closures:
    """When each row is shut, and what could not be said in months."""

    shut: NDArray[np.int64]
    """Months shut, bit m-1 for m, shape (n_rows,)."""
    barred: pd.Series
    """Whether the row may not be used at all."""
    unopened: pd.Series
    """Whether it opens only after the frame date."""
    notes: tuple[tuple[str, pd.Series], ...]
    """What there is to say, and of which rows."""


def closures(tags: OsmTags, frame_date: date, wet_months: int | None) -> Closures:
    """
    Return when roads are shut.

    Parameters
    ----------
    tags
        Tags of each row.
    frame_date
        Day the review looks at: a closure counts if it holds on that day.
    wet_months
        Months in which a road of the dry season is shut, bit m-1 for m; None if nobody said.

    Notes
    -----
    `motor_vehicle` holds before `vehicle`, and that before `access`, as in OpenStreetMap; the conditional
    form of a key may open what the plain form shuts. A month that a closure touches counts as shut. A
    closure (`incident:*`) without an end holds in every month.
    """
    notes: list[tuple[str, pd.Series]] = []
    shut, barred = _by_access(tags, wet_months, notes)
    shut |= _by_season(tags, wet_months, notes)
    shut |= _by_incident(tags, frame_date, notes)
    opening = tags.text("opening_date").map(first_day)
    unopened = opening.map(lambda day: day is not None and day > frame_date).astype(bool)
    return Closures(shut, barred, unopened, tuple((text, rows) for text, rows in notes if rows.any()))


def first_day(text: str) -> date | None:
    """
    Return the day a date begins with, None if it is none.

    Examples
    --------
    >>> first_day("2022-12-15T00:00:00.000Z"), first_day("2020"), first_day("soon")
    (datetime.date(2022, 12, 15), datetime.date(2020, 1, 1), None)
    """
    parts = _DAY.match(text.strip())
    if not parts:
        return None
    try:
        return date(int(parts[1]), int(parts[2] or 1), int(parts[3] or 1))
    except ValueError:
        return None


def conditional(text: str, wet_months: int | None) -> tuple[int | None, bool]:
    """
    Return the months that a conditional restriction shuts, None where it cannot be read.

    Parameters
    ----------
    text
        Such as "no @ (Jun-Sep)" or "yes @ (Nov-May)".
    wet_months
        Months that "wet" stands for, None if nobody said.

    Returns
    -------
    tuple
        Months shut, bit m-1 for m; and whether the clauses open (so that the other months are shut only
        where the plain tag shuts the road).

    Examples
    --------
    >>> conditional("no @ (Jun-Sep)", None), conditional("no @ (22:00-06:00)", None)
    ((480, False), (None, False))
    """
    shut, opened = 0, 0
    clauses = _CLAUSE.findall(text.lower())
    if not clauses:
        return None, False
    opens = False
    for value, condition in clauses:
        months = _months(condition.strip(" ()"), wet_months)
        if months is None:
            return None, False
        if value in SHUT_OUT:
            shut |= months
        else:
            opens, opened = True, opened | months
    return (shut | (ALL_MONTHS & ~opened), True) if opens else (shut, False)


def _months(condition: str, wet_months: int | None) -> int | None:
    """Return the months of a condition, None if it names anything else."""
    if condition in _WET:
        return wet_months
    if condition in _DRY:
        return None if wet_months is None else ALL_MONTHS & ~wet_months
    mask = 0
    for part in condition.split(","):
        span = _SPAN.match(part.strip())
        if not span or span[1] not in _MONTHS or (span[2] or span[1]) not in _MONTHS:
            return None
        mask |= _from_to(_MONTHS.index(span[1]) + 1, _MONTHS.index(span[2] or span[1]) + 1)
    return mask


def _from_to(first: int, last: int) -> int:
    """Return the months from one to another, over the new year if need be."""
    return sum(1 << (first - 1 + step) % 12 for step in range((last - first) % 12 + 1))


def _by_access(
    tags: OsmTags, wet_months: int | None, notes: list[tuple[str, pd.Series]]
) -> tuple[NDArray[np.int64], pd.Series]:
    """Return months shut by `access` and its like, and the rows shut for good."""
    shut = np.zeros(len(tags.index), np.int64)
    barred = pd.Series(False, index=tags.index)
    decided = pd.Series(False, index=tags.index)
    for key in ACCESS_KEYS:
        plain, text = tags.word(key), tags.word(f"{key}:conditional")
        here = ((plain != "") | (text != "")) & ~decided
        read = {each: conditional(each, wet_months) if each else (0, False) for each in text.unique()}
        months = text.map({each: -1 if mask is None else mask for each, (mask, _) in read.items()}).astype(
            np.int64
        )
        opens = text.map({each: opened for each, (_, opened) in read.items()}).astype(bool)
        unread = here & (months < 0)
        closed = plain.isin(SHUT_OUT)
        # "yes @ (Nov-May)" tells of a road that the plain tag shuts; else it forbids nothing.
        counts = here & (months > 0) & (~opens | closed)
        shut[counts.to_numpy()] |= months[counts].to_numpy()
        barred |= here & closed & ~(counts & opens)
        notes.append((f"are shut in the months that {key}:conditional names", counts))
        notes.append((_unread(f"{key}:conditional", tags.text(f"{key}:conditional")[unread]), unread))
        decided |= here
    return shut, barred


def _unread(key: str, texts: pd.Series) -> str:
    """Quote what could not be read."""
    quoted = ", ".join(map(repr, sorted(texts.unique())[:_EXAMPLES]))
    return f"have {key} that names no months ({quoted}) and are taken as open all year, which is not known"


def _by_season(
    tags: OsmTags, wet_months: int | None, notes: list[tuple[str, pd.Series]]
) -> NDArray[np.int64]:
    """Return months shut by `seasonal`."""
    season = tags.word("seasonal")
    dry, wet = season.isin(_DRY), season.isin(_WET)
    shut = np.zeros(len(season), np.int64)
    unclear = ~season.isin(NO) & ~dry & ~wet
    if wet_months is None:
        notes.append((_SEASON_WITHOUT_MONTHS, dry | wet))
    else:
        shut[dry.to_numpy()] = wet_months
        shut[wet.to_numpy()] = ALL_MONTHS & ~wet_months
        notes.append(("pass in one season only and are shut in the months stated for it", dry | wet))
    notes.append((_SOME_SEASON, unclear))
    return shut


def _by_incident(tags: OsmTags, frame_date: date, notes: list[tuple[str, pd.Series]]) -> NDArray[np.int64]:
    """Return months shut by a dated closure that holds on the frame date."""
    kind = tags.word("incident:type")
    start = tags.text("incident:date:start").map(first_day)
    end = tags.text("incident:date:end").map(first_day)
    closing = kind.str.contains("clos", regex=False) | ((kind == "") & start.notna())
    later = closing & start.map(lambda day: day is not None and day > frame_date).astype(bool)
    over = closing & end.map(lambda day: day is not None and day < frame_date).astype(bool)
    holds = closing & ~later & ~over & (start.notna() | end.notna())
    shut = np.zeros(len(kind), np.int64)
    for place in np.flatnonzero(holds.to_numpy()):
        shut[place] = _touched(start.iloc[place], end.iloc[place])
    undated = closing & start.isna() & end.isna()
    notes += [
        (
            f"are stated closed on {frame_date} without an end, and are shut in every month",
            holds & end.isna(),
        ),
        ("are stated closed from and to a day, and are shut in those months", holds & end.notna()),
        (f"are stated closed from a day after {frame_date}, which counts for nothing here", later),
        (f"were closed until a day before {frame_date}, which counts for nothing here", over & ~later),
        ("are stated closed without a date, which counts for nothing here", undated),
    ]
    return shut


def _touched(start: date | None, end: date | None) -> int:
    """Return the months between two days, all of them where one is open or a year lies between."""
    if start is None or end is None or (end - start).days >= 365:  # noqa: PLR2004  days of a year
        return ALL_MONTHS
    return _from_to(start.month, end.month)
