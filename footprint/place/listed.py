"""Listed: several places in one line of text, some of them coordinates with a comma of their own."""

from __future__ import annotations

import re

from footprint.errors import UnclearPlaceError
from footprint.place.coordinates import coordinates

_BETWEEN = re.compile(r"([,;])")
_MOST_PARTS = 4
"""Parts between commas that one point can have: 14,07 ; -3,52."""


def listed_places(text: str) -> list[str]:
    """
    Return the places of a list, each as somebody typed it.

    Parameters
    ----------
    text
        Names and coordinates, with commas or semicolons between them. Parts that together write one point
        are one place, the most parts that do so first.

    Examples
    --------
    >>> listed_places("Old Ford, 14.07, -3.52; New Ford")
    ['Old Ford', '14.07, -3.52', 'New Ford']
    >>> listed_places("14,07 ; -3,52")
    ['14,07 ; -3,52']
    """
    # Parts at even numbers, what stands between them at odd ones.
    parts, found, at = _BETWEEN.split(text), list[str](), 0
    while at < len(parts):
        length = next((n for n in range(_MOST_PARTS, 1, -1) if _is_point(_joined(parts, at, n))), 1)
        found.append(_joined(parts, at, length) or "")
        at += 2 * length
    return [place for place in found if place]


def _joined(parts: list[str], at: int, length: int) -> str | None:
    """Return so many parts with what stands between them; None where there are not so many."""
    end = at + 2 * length - 1
    return "".join(parts[at:end]).strip() if end <= len(parts) else None


def _is_point(text: str | None) -> bool:
    try:
        return text is not None and coordinates(text) is not None
    except UnclearPlaceError:
        return False
