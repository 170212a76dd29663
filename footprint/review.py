"""The review: one scenario on one basis, one answer for every cell, unit, objective and month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from footprint.coverage.capabilities import Escort
from footprint.coverage.delivery import Station, deliver_all, stations, year_effects
from footprint.coverage.footprints import Weakest
from footprint.indicators.figures import figures
from footprint.indicators.levels import Delivery
from footprint.indicators.units import Level, Units
from footprint.objectives import Measure
from footprint.prepared import Prepared
from footprint.scenario import Laydown, Scenario, apply

EQUAL = (1 / 3, 1 / 3, 1 / 3)
"""Tier weights of everything that belongs to no single objective."""


@dataclass(frozen=True, slots=True, eq=False)
class Review:
    """Everything reckoned for one scenario."""

    scenario: Scenario
    laydown: Laydown
    stations: tuple[Station, ...] = field(repr=False)
    delivery: Delivery = field(repr=False)
    escorts: tuple[Mapping[str, Escort], ...] = field(repr=False)
    """Escort days of each site, January first."""
    figures: pd.DataFrame = field(repr=False)
    """Rows of `footprint.indicators.figures.figures` for the area, its regions, cercles and objectives."""


def review(
    prepared: Prepared,
    scenario: Scenario,
    *,
    measure: Measure = Measure.BLEND,
    weakest: Weakest = Weakest.MINIMUM,
) -> Review:
    """
    Answer, from first step to last, what `scenario` means.

    Parameters
    ----------
    basis
        The area made ready under one method.
    scenario
        Changes on its baseline.
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
    laydown = apply(scenario, prepared.area, prepared.method)
    posts = stations(prepared, laydown)
    year = year_effects(prepared, posts, laydown.roads)
    delivery = deliver_all(prepared, year, posts, weakest=weakest)
    return Review(
        scenario=scenario,
        laydown=laydown,
        stations=posts,
        delivery=delivery,
        escorts=tuple(effects.escorts for effects in year),
        figures=_figures(prepared, delivery, measure),
    )


def _figures(prepared: Prepared, delivery: Delivery, measure: Measure) -> pd.DataFrame:
    rows = [_over(prepared, delivery, str(measure), prepared.units, EQUAL)]
    rows += [
        _over(
            prepared,
            delivery,
            objective.objective_id,
            prepared.scopes[objective.objective_id],
            objective.tier_weights,
        )
        for objective in prepared.objectives
    ]
    return pd.concat(rows, ignore_index=True)


def _over(
    prepared: Prepared,
    delivery: Delivery,
    surface: str,
    units: Units,
    tier_weights: tuple[float, float, float],
) -> pd.DataFrame:
    return figures(
        delivery,
        prepared.surfaces[surface],
        prepared.area.population.people,
        units,
        tier_weights=tier_weights,
        threshold=prepared.method.reporting.class_threshold,
    )


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
    weighted = own[["FF", "MF"]].mul(own["unit_id"].map(weights), axis=0).assign(month=own["month"])
    return weighted.groupby("month", as_index=False)[["FF", "MF"]].sum(skipna=False)
