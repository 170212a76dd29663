"""The review: one scenario on one prepared area, one answer for every cell, unit, objective and month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from footprint.coverage.delivery import delivery
from footprint.coverage.effects import Effects
from footprint.coverage.escorts import Escort, escorted_kinds
from footprint.coverage.footprints import Weakest
from footprint.coverage.holdings import COMPANY
from footprint.coverage.station_effects import station_effects
from footprint.coverage.stations import Station, stations
from footprint.indicators.figures import figures
from footprint.indicators.levels import EQUAL, Delivery
from footprint.indicators.units import Level, Units
from footprint.objectives import Measure
from footprint.prepared import Prepared
from footprint.provenance import Provenance, of_review
from footprint.scenario import Laydown, Scenario, apply
from footprint.travel.router import Router


@dataclass(frozen=True, slots=True, eq=False)
class Review:
    """Everything reckoned for one scenario."""

    scenario: Scenario
    laydown: Laydown
    stations: tuple[Station, ...] = field(repr=False)
    delivery: Delivery = field(repr=False)
    escorts: tuple[Mapping[str, Escort], ...] = field(repr=False)
    """Escort days of each site, January first."""
    escorts_known: bool
    """Whether the area's own data name any team that asks for escorts; if not, who asks is not known."""
    companies_known: bool
    """Whether they name any company, which gives them; if not, what a site can give is not known."""
    provenance: Provenance
    """What all of it rests on."""
    figures: pd.DataFrame = field(repr=False)
    """Rows of `footprint.indicators.figures.figures` for the area, its regions, cercles and objectives."""
    at_least: pd.DataFrame = field(repr=False)
    """The same as if nobody were where the data name nobody: changes are told as what they add to it."""

    def __repr__(self) -> str:
        """Say what was asked and what the area comes to, mean of the year; never its rows or arrays."""
        area = self.figures[self.figures["level"] == Level.AREA]
        means = ", ".join(f"{name} {area[name].mean():.3f}" for name in ("FF", "MF", "B1", "B2", "B3"))
        scenario = f"{self.scenario.name!r} ({len(self.scenario.changes)} changes)"
        return (
            f"Review(of {scenario} on {self.provenance.area_id!r}: {len(self.stations)} stations; "
            f"shares of need {means}; {self.provenance.identifier})"
        )


def review(
    prepared: Prepared,
    scenario: Scenario,
    router: Router | None = None,
    *,
    measure: Measure = Measure.BLEND,
    weakest: Weakest = Weakest.MINIMUM,
) -> Review:
    """
    Answer, from first step to last, what `scenario` means.

    Parameters
    ----------
    prepared
        The area made ready under one method.
    scenario
        Changes on its baseline.
    router
        Searches kept from reviews before; without one all are made anew, with the same result.
    measure
        Whose need counts in the figures of the area, regions and cercles; objectives
        always count by their own measure.
    weakest
        How a tier's groups join: by the weakest, or more softly for sensitivity.

    Returns
    -------
    Review
        For all twelve months; nothing is chosen yet.
    """
    router = router or prepared.router()
    laydown = apply(scenario, prepared.area, prepared.method)
    posts = stations(laydown, prepared.method.capabilities, router)
    effects = station_effects(prepared, router, posts, laydown.roads)
    levels = delivery(prepared, router, effects, weakest=weakest)
    known = figures_of(prepared, levels, measure)
    named = {*prepared.area.assets["kind"]}
    complete = levels.most is levels.tiers and levels.force_known
    return Review(
        scenario=scenario,
        laydown=laydown,
        stations=posts,
        delivery=levels,
        escorts=_escorts(effects),
        escorts_known=not escorted_kinds(prepared.method.capabilities).isdisjoint(named),
        companies_known=COMPANY in named,
        provenance=of_review(prepared, scenario, measure, weakest),
        figures=known,
        at_least=known if complete else figures_of(prepared, levels.at_least(), measure),
    )


def _escorts(effects: Effects) -> tuple[Mapping[str, Escort], ...]:
    """Return the escort days of each open site, January first."""
    by_group = [
        {
            post.site_id: own
            for post, days in zip(effects.stations, effects.escorts, strict=True)
            if (own := days[group]) is not None
        }
        for group in range(len(effects.groups))
    ]
    return tuple(by_group[group] for group in effects.groups.of_month)


def figures_of(
    prepared: Prepared, delivery: Delivery, measure: Measure, units: Units | None = None
) -> pd.DataFrame:
    """
    Return the figures of units by a measure, and of each objective by its own.

    Parameters
    ----------
    prepared
        Area, method and objectives.
    delivery
        What can be delivered.
    measure
        Whose need counts for `units`.
    units
        The area, its regions and cercles if left out.

    Returns
    -------
    DataFrame
        Rows of `footprint.indicators.figures.figures`, unit by unit, then objective by objective.
    """
    scopes = [
        (each.objective_id, prepared.scopes[each.objective_id], each.tier_weights)
        for each in prepared.objectives
    ]
    rows = [
        figures(
            delivery,
            prepared.surfaces[surface],
            prepared.area.population.people,
            asked,
            tier_weights=tier_weights,
            threshold=prepared.method.reporting.class_threshold,
        )
        for surface, asked, tier_weights in [(str(measure), units or prepared.units, EQUAL), *scopes]
    ]
    return pd.concat(rows, ignore_index=True)


def by_objectives(prepared: Prepared, result: Review) -> pd.DataFrame:
    """
    Return Force and Mission footprint over all objectives, by their weights.

    Returns
    -------
    DataFrame
        Columns `month`, `FF`, `MF`, twelve rows. As long as leadership has not decided
        the weights, whoever shows this must say so (`Objective.decided`). NaN as long as
        an objective with weight has no demand: the rest alone is not the whole.
    """
    weights = {objective.objective_id: objective.weight for objective in prepared.objectives}
    own = result.figures[result.figures["level"] == Level.OBJECTIVE]
    own = own[own["unit_id"].map(weights) > 0]
    weighted = own[["FF", "MF"]].mul(own["unit_id"].map(weights), axis=0).assign(month=own["month"])
    return weighted.groupby("month", as_index=False)[["FF", "MF"]].sum(skipna=False)
