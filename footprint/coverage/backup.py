"""Backup: what would remain of each unit's figures without its most important site."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from footprint.coverage.contributions import LOSSES, all_choices, contributions, with_mission
from footprint.coverage.footprints import FORCE, TIERS
from footprint.coverage.robustness import CLOSE
from footprint.coverage.stations import Station
from footprint.coverage.subsets import Subsets
from footprint.indicators.indicator import Indicator
from footprint.indicators.units import Level
from footprint.objectives import Measure
from footprint.prepared import Prepared
from footprint.travel.road_state import RoadState
from footprint.travel.router import Router

_INDICATORS = dict(
    zip(
        (FORCE, *TIERS),
        (Indicator.FORCE, Indicator.TIER_1, Indicator.TIER_2, Indicator.TIER_3),
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class MostImportant:
    """One figure of one unit, and what is left of it without the site on which most of it hangs."""

    indicator: Indicator
    now: float
    """Mean of the year [share of the unit's need]; NaN without need."""
    site_id: str
    """The site without which it is lowest, "" where it hangs on none; of equal ones the first."""
    left: float
    """What is left without it [share of need]."""


@dataclass(frozen=True, slots=True)
class Depth:
    """How many sites a unit's need can lose and still be reached under one bundle."""

    indicator: Indicator
    not_reached: float
    """Below the threshold with all sites there [share of need, mean of the year]."""
    one: float
    """Reached as long as one certain site stands: the loss of it is enough."""
    two: float
    """Lost with some two sites, and with no single one."""
    more: float
    """Reached whichever two sites are lost."""


@dataclass(frozen=True, slots=True)
class UnitBackup:
    """What stands in for what in one unit."""

    level: Level
    unit_id: str
    name: str
    figures: tuple[MostImportant, ...]
    """In the order of `LOSSES`."""
    depths: tuple[Depth, ...]
    """Of Force and each tier: the Mission footprint is a mean, which is reached or not by parts."""
    outside: bool = False
    """Whether it lies mostly outside the area, so that no figure of it is known."""

    def of(self, indicator: Indicator) -> MostImportant:
        """Return one of its figures."""
        return next(each for each in self.figures if each.indicator is indicator)


@dataclass(frozen=True, slots=True, eq=False)
class Hanging:
    """What hangs on the sites of a laydown."""

    parts: pd.DataFrame = field(repr=False)
    """What hangs on each site, by `contributions.contributions`."""
    units: tuple[UnitBackup, ...] = field(repr=False)
    """What would remain of each unit's figures with one site gone."""
    choices: Subsets
    """Every choice among the sites."""


def hanging(
    prepared: Prepared,
    router: Router,
    posts: Sequence[Station],
    roads: RoadState,
    *,
    measure: Measure = Measure.BLEND,
) -> Hanging:
    """
    Return what hangs on the sites of a laydown.

    Parameters
    ----------
    prepared, router
        The area, and its searches.
    posts
        Stations of one laydown.
    roads
        State of the roads.
    measure
        Whose need counts.
    """
    choices = all_choices(prepared, router, posts, roads, measure=measure)
    parts = contributions(prepared, router, posts, roads, choices=choices)
    return Hanging(parts, backup(prepared, posts, choices), choices)


def backup(prepared: Prepared, posts: Sequence[Station], choices: Subsets) -> tuple[UnitBackup, ...]:
    """
    Return what would remain of the figures of the area and of each of its units with one site gone.

    Parameters
    ----------
    prepared
        The area.
    posts
        Stations of one laydown.
    choices
        Every choice among them, by `contributions.all_choices`.

    Returns
    -------
    tuple of UnitBackup
        The area, its regions, its cercles. A cell counts as reached where its level is at least the
        threshold of the classes.
    """
    now = with_mission(choices.figures(range(len(posts))))
    without = with_mission(choices.without_each())
    found = []
    told = prepared.units.frame[["level", "unit_id", "name"]].astype(str).to_numpy().tolist()
    for unit, (level, unit_id, name) in enumerate(told):
        figures = tuple(
            _most_important(
                Indicator(figure),
                float(now[number, unit]),
                {post.site_id: float(without[at, number, unit]) for at, post in enumerate(posts)},
            )
            for number, figure in enumerate(LOSSES)
        )
        depths = tuple(
            Depth(_INDICATORS[bundle], *choices.depths[number, unit].tolist())
            for number, bundle in enumerate(choices.bundles)
        )
        outside = bool(prepared.units.outside[unit])
        found.append(UnitBackup(Level(level), unit_id, name, figures, depths, outside))
    return tuple(found)


def _most_important(indicator: Indicator, now: float, left: Mapping[str, float]) -> MostImportant:
    site_id = min(left, key=lambda each: (left[each], each), default="")
    if np.isnan(now) or not site_id or now - left[site_id] < CLOSE:
        return MostImportant(indicator, now, "", now)
    return MostImportant(indicator, now, site_id, left[site_id])
