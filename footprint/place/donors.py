"""Donors: what the site that gives assets, and those who live around it, lose by it."""

from __future__ import annotations

from dataclasses import dataclass

from footprint.indicators.units import Level
from footprint.objectives import Measure
from footprint.prepared import Prepared
from footprint.review import Review, review
from footprint.scenario import RemoveAssets
from footprint.travel.router import Router

_MOST_LOSERS = 3
_SMALL = 0.0005
"""Losses that would print as 0.0 are not listed [share]."""


@dataclass(frozen=True, slots=True)
class Loser:
    """A second-level unit that loses."""

    unit_id: str
    name: str
    force: float
    """Change of its Force footprint, mean of the year [share of its need]."""
    mission: float
    """Change of its Mission footprint."""


@dataclass(frozen=True, slots=True)
class DonorCost:
    """What giving costs, before what is gained elsewhere."""

    site_id: str
    kind: str
    count: int
    force: float
    """Change of the area's Force footprint, mean of the year [share of need]."""
    mission: float
    """Change of the area's Mission footprint; of what is there at least where it is not known."""
    losers: tuple[Loser, ...]
    """Units that lose most, the most first."""


def donor_cost(prepared: Prepared, router: Router, result: Review, given: RemoveAssets) -> DonorCost:
    """Return what a review loses if a site gives assets away."""
    measure = Measure(result.provenance.measure)
    after = review(prepared, result.scenario.then(given), router, measure=measure)
    keys = ["level", "unit_id", "name"]
    before_s, after_s = (
        each.at_least.groupby(keys, sort=False)[["FF", "MF"]].mean().reset_index() for each in (result, after)
    )
    changed = before_s[keys].assign(
        force=after_s["FF"] - before_s["FF"], mission=after_s["MF"] - before_s["MF"]
    )
    area = changed[changed["level"] == Level.AREA].iloc[0]
    units = changed[changed["level"] == Level.DISTRICT].assign(
        worst=lambda rows: rows[["force", "mission"]].min(axis="columns")
    )
    worst = units[units["worst"] < -_SMALL].sort_values(["worst", "unit_id"])[:_MOST_LOSERS]
    rows = zip(*(worst[name].tolist() for name in ("unit_id", "name", "force", "mission")), strict=True)
    return DonorCost(
        site_id=given.site_id,
        kind=given.kind,
        count=given.count,
        force=float(area["force"]),
        mission=float(area["mission"]),
        losers=tuple(Loser(str(own), str(name), force, mission) for own, name, force, mission in rows),
    )
