"""
Surfaces: which incidents a map of need rests on, so that two maps do not place what happened between them.

The difference of two maps of need, one before and one after an event, places that event to about a
kilometre. So the log knows of each map that left, under secret, which incidents it rested on and in which
square each lay; and another one leaves only if it differs from every earlier one by no incident, or by at
least three in each square of a tenth of a degree in which it differs at all.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from collections.abc import Iterable

from footprint.releases.audit import FEWEST
from footprint.releases.counts import square
from layers import Area
from layers.tables import WGS84

_LETTERS = 12
"""Of each incident's name under secret, and of its square's."""


def surface_marks(area: Area, secret: bytes) -> frozenset[str]:
    """
    Return a mark of every incident that a map of need rests on, which says nothing to others.

    Parameters
    ----------
    area
        The area as it is now.
    secret
        This user's, `footprint.disclosure.local_secret`.

    Returns
    -------
    frozenset
        Texts of two parts: the incident with all that weighs in it, and its square.
    """
    incidents = area.incidents
    degrees = incidents.geometry.to_crs(WGS84)
    weighs = incidents[["year", "date", "event_type", "deaths", "geo_precision", "reliability"]]
    rows = ("|".join(map(str, row)) for row in weighs.itertuples(index=False))
    places = zip(incidents.index, rows, degrees.x, degrees.y, strict=True)
    return frozenset(
        f"{_under(secret, f'{own}|{row}|{lon:.5f}|{lat:.5f}')}:{_under(secret, square(lon, lat))}"
        for own, row, lon, lat in places
    )


def squares_given_away(now: frozenset[str], earlier: Iterable[frozenset[str]]) -> int:
    """
    Return in how many squares a map of need would place one or two incidents.

    Parameters
    ----------
    now
        Marks of the incidents that it rests on.
    earlier
        The same of every map of need that left.

    Examples
    --------
    >>> squares_given_away(frozenset({"a:1", "b:1"}), [frozenset({"a:1"})])
    1
    >>> squares_given_away(frozenset({"a:1", "b:2", "c:2", "d:2"}), [frozenset({"a:1"})])
    0
    """
    given_away: set[str] = set()
    for before in earlier:
        differ = Counter(mark.rpartition(":")[2] for mark in now ^ before)
        given_away |= {place for place, number in differ.items() if number < FEWEST}
    return len(given_away)


def _under(secret: bytes, value: str) -> str:
    return hmac.new(secret, value.encode(), hashlib.sha256).hexdigest()[:_LETTERS]
