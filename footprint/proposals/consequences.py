"""Consequences: what a proposal changes for whom, in which months, and what each donor's people lose."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from footprint.caveats import silent
from footprint.compare import SMALL, differences
from footprint.coverage.stations import Station
from footprint.indicators.indicator import Indicator
from footprint.indicators.units import Level
from footprint.prepared import Prepared
from footprint.proposals.form import Proposal
from footprint.proposals.scenarios import donations, place_id
from footprint.review import Review, review
from footprint.scenario import RemoveAssets, Scenario
from footprint.travel.router import Router


@dataclass(frozen=True, slots=True, eq=False)
class DonorLoss:
    """One site that gives up assets, and what that alone costs."""

    site_id: str
    name: str
    given: tuple[tuple[str, int], ...]
    """Kind and number of each asset."""
    home: str
    """Identifier of the second-level unit it stands in, "" for none."""
    losses: pd.DataFrame = field(repr=False)
    """
    Change of the figures of second-level units by month if these assets were gone and nothing came in
    return, as `footprint.compare.differences`; the donor's own unit always, others where they lose. NaN, and
    `silent` true, for indicators of which the data say nothing.
    """


@dataclass(frozen=True, slots=True, eq=False)
class Consequences:
    """A proposal's review beside today's."""

    scenario: Scenario
    before: Review
    after: Review
    post: Station | None
    """The site it is about: as it would stand, or as it stands where it closes; None for an axis."""
    changes: pd.DataFrame = field(repr=False)
    """Change of every unit and month, as `footprint.compare.differences`."""
    donors: tuple[DonorLoss, ...] = ()


def consequences(
    prepared: Prepared, router: Router, proposal: Proposal, scenario: Scenario, *, before: Review, number: int
) -> Consequences:
    """
    Review what a proposal comes to.

    Parameters
    ----------
    prepared, router
        The area, and its searches.
    proposal
        The form.
    scenario
        The changes it stands for, which can be made.
    before
        The review of the baseline.
    number
        Of the proposal among those looked at together.
    """
    after = review(prepared, scenario, router)
    site_id = place_id(proposal, number)
    posts = {each.site_id: each for each in (*before.stations, *after.stations)}
    return Consequences(
        scenario=scenario,
        before=before,
        after=after,
        post=posts.get(site_id),
        changes=differences(before, after),
        donors=_donors(prepared, router, proposal, before),
    )


def _donors(prepared: Prepared, router: Router, proposal: Proposal, before: Review) -> tuple[DonorLoss, ...]:
    by_donor: dict[str, list[tuple[str, int]]] = {}
    for (donor, kind), count in donations(proposal).items():
        by_donor.setdefault(donor, []).append((kind, count))
    posts = {each.site_id: each for each in before.stations}
    found = []
    for donor, given in by_donor.items():
        home = unit_of(prepared, posts[donor])
        taken = Scenario(donor, tuple(RemoveAssets(donor, kind, count) for kind, count in given))
        changes = differences(before, review(prepared, taken, router))
        units = changes[changes["level"] == Level.DISTRICT]
        lowest = units[[Indicator.FORCE, Indicator.MISSION, *TIERS]].min(axis=1)
        losing = units.loc[lowest <= -SMALL, "unit_id"].unique()
        kept = hidden(units[units["unit_id"].isin([*losing, home])], prepared)
        found.append(DonorLoss(donor, posts[donor].name, tuple(given), home, kept.reset_index(drop=True)))
    return tuple(found)


def hidden(losses: pd.DataFrame, prepared: Prepared) -> pd.DataFrame:
    """Return losses with NaN, and `silent` true, where the data name no asset: nought lost is not known."""
    unknown = sorted(silent(prepared))
    outside = losses["unit_id"].isin(list(prepared.area.districts_outside))
    return losses.assign(**dict.fromkeys(unknown, float("nan")), silent=bool(unknown), outside=outside)


TIERS = (Indicator.TIER_1, Indicator.TIER_2, Indicator.TIER_3)


def unit_of(prepared: Prepared, post: Station, level: Level = Level.DISTRICT) -> str:
    """Return the unit of a level that most of a site's cell lies in, "" for none."""
    zones = prepared.districts if level is Level.DISTRICT else prepared.regions
    row = int(zones.main_unit[post.connector.cell])
    return zones.unit_ids[row] if row >= 0 else ""
