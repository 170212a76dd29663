"""Months of the year as facts carry them: "9-11", "10-1", "1,3,5-7" or "all"."""

from __future__ import annotations

import re

from layers.sentences import say

ALL_MONTHS = 0b1111_1111_1111
"""Bit m-1 set for month m; every month."""

_LAST = 12
"""December."""

_PART = re.compile(r"^\s*(\d{1,2})\s*(?:-\s*(\d{1,2})\s*)?$")


def months_mask(text: str) -> int:
    """
    Read a list of months and ranges as a bit mask.

    Parameters
    ----------
    text
        Months 1-12 and ranges, comma-separated; a range may run over the new year;
        "all" is every month, "" is none.

    Returns
    -------
    int
        Bit m-1 is set for month m.

    Raises
    ------
    ValueError
        If a part is no month or range of months.

    Examples
    --------
    >>> [m for m in range(1, 13) if in_month(months_mask("10-1"), m)]
    [1, 10, 11, 12]
    """
    if text.strip().lower() == "all":
        return ALL_MONTHS
    mask = 0
    for part in filter(str.strip, text.split(",")):
        found = _PART.match(part)
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
        if not (1 <= first <= _LAST and 1 <= last <= _LAST):
            raise ValueError(say("{part} is no month or range of months", part=repr(part.strip())))
        for step in range((last - first) % 12 + 1):
            mask |= 1 << (first - 1 + step) % 12
    return mask


def in_month(mask: int, month: int) -> bool:
    """Tell whether `month` (1-12) is in the bit `mask`."""
    return bool(mask >> (month - 1) & 1)


def months_in(mask: int) -> tuple[int, ...]:
    """Return the months (1-12) in the bit `mask`, in order."""
    return tuple(month for month in range(1, 13) if in_month(mask, month))


def months_text(mask: int) -> str:
    """
    Write a bit mask as `months_mask` reads it.

    Examples
    --------
    >>> months_text(months_mask("10-1,5")), months_text(0), months_text(ALL_MONTHS)
    ('5,10-1', '', 'all')
    """
    if mask == ALL_MONTHS:
        return "all"
    starts = [m for m in months_in(mask) if not in_month(mask, (m - 2) % 12 + 1)]
    spans = []
    for first in starts:
        last = first
        while in_month(mask, last % 12 + 1):
            last = last % 12 + 1
        spans.append(str(first) if first == last else f"{first}-{last}")
    return ",".join(spans)
