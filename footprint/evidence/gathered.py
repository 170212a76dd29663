"""All evidence beside an area's answers, gathered once."""

from __future__ import annotations

from dataclasses import dataclass, field

from footprint.evidence.foresight import Foresight, foresight
from footprint.evidence.reach import ReachOfEvents, as_told, reach_of_events
from footprint.evidence.verdict import ForesightVerdict, verdict
from footprint.prepared import Prepared
from footprint.travel.router import Router
from footprint.violence.counted import counted_incidents


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """Whether the answers mean anything: what happened, held against them."""

    reach: tuple[ReachOfEvents, ...] = field(repr=False)
    foresight: Foresight = field(repr=False)
    verdict: ForesightVerdict
    n_unstated: int
    """Incidents of which nobody states whether civilians were killed: they are in no reach."""


def gather(prepared: Prepared, router: Router) -> Evidence:
    """
    Gather the evidence beside an area's answers.

    Parameters
    ----------
    prepared, router
        The area, and its searches.
    """
    rules, numbers = foresight(prepared), prepared.method.evidence
    return Evidence(
        reach=tuple(as_told(each, numbers) for each in reach_of_events(prepared, router)),
        foresight=rules,
        verdict=verdict(rules, numbers),
        n_unstated=int(counted_incidents(prepared.area.incidents).incidents["deaths_civilians"].isna().sum()),
    )
