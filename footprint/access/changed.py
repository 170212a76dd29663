"""Changed: where does a site stand in one plan, in some months, and not in another?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from math import hypot
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # The words stand in documents, whose schemas are printed without the weight of this.
    from footprint.coverage.stations import Station

_SAME_M = 1.0
"""A site that is moved by less stands where it stood [m]."""


class SiteChange(StrEnum):
    """What a plan does at a place."""

    OPENS = "opens"
    CLOSES = "closes"
    LEAVES = "leaves"
    """A site is moved away from there."""
    ARRIVES = "arrives"
    """A site is moved there."""


@dataclass(frozen=True, slots=True, eq=False)
class ChangedPlace:
    """A place where a site stands in some months in one of two laydowns, and not in the other."""

    post: Station = field(repr=False)
    change: SiteChange
    months: int
    """Months of the difference, bit m-1 for m."""


def changed_places(before: Sequence[Station], after: Sequence[Station]) -> tuple[ChangedPlace, ...]:
    """
    Return every place where the sites of two laydowns differ, by identifier of the site.

    Parameters
    ----------
    before, after
        Stations of two reviews.

    Returns
    -------
    tuple of ChangedPlace
        Two for a site that is moved. Assets that come or go alone change no place.
    """
    old, new = ({post.site_id: post for post in posts} for posts in (before, after))
    found: list[ChangedPlace] = []
    for site_id in sorted(old.keys() | new.keys()):
        one, two = old.get(site_id), new.get(site_id)
        if one is not None and two is not None and _apart(one, two):
            found.append(ChangedPlace(one, SiteChange.LEAVES, one.months))
            found.append(ChangedPlace(two, SiteChange.ARRIVES, two.months))
            continue
        was, will = (0 if post is None else post.months for post in (one, two))
        if one is not None and was & ~will:
            found.append(ChangedPlace(one, SiteChange.CLOSES, was & ~will))
        if two is not None and will & ~was:
            found.append(ChangedPlace(two, SiteChange.OPENS, will & ~was))
    return tuple(found)


def _apart(one: Station, two: Station) -> bool:
    return hypot(one.x_m - two.x_m, one.y_m - two.y_m) > _SAME_M
