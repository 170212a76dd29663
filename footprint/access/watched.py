"""Watched: what a plan may push away, and what could have been responded to before and after it."""

from __future__ import annotations

from dataclasses import dataclass

from footprint.access.response import ResponseRate, response_rate
from footprint.access.ring import WatchRing, watch_ring
from footprint.objectives import Measure
from footprint.prepared import Prepared
from footprint.review import Review
from footprint.travel.router import Router


@dataclass(frozen=True, slots=True)
class Watched:
    """What stands beside every plan, and is no part of its figures."""

    ring: WatchRing
    before: ResponseRate
    after: ResponseRate


def watched(
    prepared: Prepared, router: Router, before: Review, after: Review, *, measure: Measure = Measure.BLEND
) -> Watched:
    """
    Return what is to be watched between two reviews, and the response to past alerts in each.

    Parameters
    ----------
    prepared, router
        The area, and its searches.
    before, after
        Reviews of two plans on that area, usually of the baseline and of a plan.
    measure
        Whose need weighs the footprints of the ring.
    """
    return Watched(
        ring=watch_ring(prepared, router, before, after, measure=measure),
        before=response_rate(prepared, router, before),
        after=response_rate(prepared, router, after),
    )
