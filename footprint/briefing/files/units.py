"""Units: what each comes to in each month, today and under each plan, as exactly as a release may tell it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import isnan, nan

import numpy as np
from numpy.typing import NDArray

from footprint.briefing.brief import Brief
from footprint.briefing.files.plain import plain
from footprint.briefing.findings import FOOTPRINTS, plan_name
from footprint.caveats import silent
from footprint.compare import SMALL
from footprint.indicators.indicator import Indicator
from footprint.indicators.periods import MONTHS, monthly, over_units, over_year
from footprint.indicators.units import Level
from footprint.language import Language, msgid
from footprint.releases.profiles import figure
from footprint.review import Review
from footprint.views.focus import WHOLE, focus_name, focus_of

WHOLE_AREA, PART = "area", "part"
"""Levels that are no units of a layer: the whole area, and a named part of it that is looked at."""

LEVEL_LABELS = {
    WHOLE_AREA: msgid("Whole area"),
    PART: msgid("What is looked at"),
    str(Level.REGION): msgid("{Region}"),
    str(Level.DISTRICT): msgid("{District}"),
}
NOT_NAMED = msgid("not known: the data name nobody for it")
NO_NEED = msgid("no need there")
NO_PEOPLE = msgid("not known: nobody knows who lives there")


@dataclass(frozen=True, slots=True)
class ToldUnit:
    """A unit whose figures are told."""

    level: str
    unit_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Series:
    """A footprint of one unit over the year [share of its need]; None where it is not known."""

    by_month: tuple[float | None, ...]
    by_season: tuple[float | None, ...]
    mean: float | None
    worst: float | None
    worst_season: str
    """Identifier of the season; "" where nobody can tell."""
    why: str
    """Why any of it is not known; "" where all is."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a plan changes against today; None where that is not known."""

    by_month: tuple[float | None, ...]
    mean: float | None
    worst: float | None
    """Of the worst season of each."""
    why: str
    """"at least" where the rest is not known, or why there is none."""


@dataclass(frozen=True, slots=True, eq=False)
class UnitYear:
    """One unit under one plan."""

    unit: ToldUnit
    plan: str
    need: tuple[float | None, ...]
    """Its share of the area's need, January first."""
    need_why: str
    """Why any of it is not known; "" where all is."""
    footprints: dict[Indicator, Series]
    changes: dict[Indicator, Change] | None
    """None of today's sites."""


@lru_cache(maxsize=2)
def unit_years(brief: Brief) -> tuple[UnitYear, ...]:
    """Return every unit that is looked at under today's sites, then under each plan."""
    units = told_units(brief)
    return tuple(
        _unit_year(brief, unit, review) for review in (brief.today, *brief.plans) for unit in units
    )


def told_units(brief: Brief) -> tuple[ToldUnit, ...]:
    """Return the area, the part looked at, and the units of both levels in it."""
    area, looked_at = brief.prepared.area, focus_of(brief.prepared.area, brief.focus)
    regions, districts = area.regions, area.districts
    if looked_at.level is Level.REGION:
        regions = regions[regions.index.isin(looked_at.unit_ids)]
        districts = districts[districts["parent_id"].isin(looked_at.unit_ids)]
    elif looked_at.level is Level.DISTRICT:
        districts = districts[districts.index.isin(looked_at.unit_ids)]
        regions = regions[regions.index.isin(districts["parent_id"])]
    code = brief.language.code
    units = [ToldUnit(WHOLE_AREA, area.area_id, focus_name(area, WHOLE, code))]
    if looked_at.level is Level.REGION and len(looked_at.unit_ids) > 1:
        units.append(ToldUnit(PART, looked_at.key, focus_name(area, looked_at.key, code)))
    for level, frame in ((Level.REGION, regions), (Level.DISTRICT, districts)):
        units += [
            ToldUnit(str(level), str(unit_id), str(name)) for unit_id, name in frame["name"].sort_index().items()
        ]
    return tuple(ToldUnit(each.level, plain(each.unit_id), plain(each.name)) for each in units)


def _unit_year(brief: Brief, unit: ToldUnit, review: Review) -> UnitYear:
    need = _needs(brief, unit, review)
    exact = _footprints(brief, unit, review, at_least=False)
    unknown = silent(brief.prepared)
    empty = NO_PEOPLE if np.isnan(need).any() else NO_NEED
    footprints = {
        each: _series(brief, own, NOT_NAMED if each in unknown else empty)
        for each, own in zip(FOOTPRINTS, exact, strict=True)
    }
    changes = None
    if review is not brief.today:
        before, after = (_footprints(brief, unit, each, at_least=True) for each in (brief.today, review))
        changes = {
            each: _change(brief, (before[place], after[place]), empty, at_least=each in unknown)
            for place, each in enumerate(FOOTPRINTS)
        }
    return UnitYear(
        unit=unit,
        plan=plain(plan_name(brief, review)),
        need=_told(brief, need),
        need_why=brief.language.text(NO_PEOPLE) if np.isnan(need).any() else "",
        footprints=footprints,
        changes=changes,
    )


def _chosen(brief: Brief, unit: ToldUnit) -> tuple[Level, tuple[str, ...]]:
    """Return level and identifiers of what makes up a unit that is told."""
    if unit.level == PART:
        looked_at = focus_of(brief.prepared.area, brief.focus)
        return looked_at.level, looked_at.unit_ids
    return Level(unit.level), (unit.unit_id,)


def _needs(brief: Brief, unit: ToldUnit, review: Review) -> NDArray[np.float64]:
    level, unit_ids = _chosen(brief, unit)
    own = (review.figures["level"] == level).to_numpy() & review.figures["unit_id"].isin(unit_ids).to_numpy()
    _, values = monthly(review.figures[own], ["demand"])
    return np.asarray(values[:, 0].sum(axis=0))


def _footprints(brief: Brief, unit: ToldUnit, review: Review, *, at_least: bool) -> NDArray[np.float64]:
    values = over_units(
        review.at_least if at_least else review.figures, *_chosen(brief, unit), list(FOOTPRINTS)
    )
    if not at_least:
        for place, each in enumerate(FOOTPRINTS):
            if each in silent(brief.prepared):
                values[place] = nan
    return values


def _series(brief: Brief, by_month: NDArray[np.float64], why: str) -> Series:
    year = over_year(by_month, brief.prepared.area.seasons)
    gap = bool(np.isnan(by_month).any())
    return Series(
        by_month=_told(brief, by_month),
        by_season=_told(brief, year.by_season),
        mean=_one(brief, float(year.mean)),
        worst=_one(brief, float(year.worst)),
        worst_season=year.worst_season() or "",
        why=brief.language.text(why) if gap else "",
    )


def _change(
    brief: Brief, pair: tuple[NDArray[np.float64], NDArray[np.float64]], empty: str, *, at_least: bool
) -> Change:
    seasons, text = brief.prepared.area.seasons, brief.language.text
    before, after = (over_year(each, seasons) for each in pair)
    months = pair[1] - pair[0]
    mean, worst = float(after.mean - before.mean), float(after.worst - before.worst)
    if at_least:
        # Of what nobody names nothing is known: only what a plan adds to it, where it adds anything.
        months, mean, worst = (
            np.where(np.abs(months) < SMALL, nan, months),
            *(nan if abs(each) < SMALL else each for each in (mean, worst)),
        )
        some = not np.isnan([*months, mean, worst]).all()
        why = text("at least; the rest is not known") if some else text(NOT_NAMED)
    else:
        why = text(empty) if np.isnan(months).any() else ""
    return Change(_told(brief, months), _one(brief, mean), _one(brief, worst), why)


def _told(brief: Brief, values: Sequence[float] | NDArray[np.float64]) -> tuple[float | None, ...]:
    return tuple(_one(brief, float(each)) for each in values)


def _one(brief: Brief, value: float) -> float | None:
    if isnan(value):
        return None
    # Six decimals: enough to add up, few enough not to change from machine to machine.
    return round(figure(value, brief.release.precision), 6) + 0.0


def level_name(level: str, language: Language) -> str:
    """Return what a level is called."""
    return language.text(LEVEL_LABELS[level])


def month_keys(name: str) -> tuple[str, ...]:
    """Return the columns of a value month by month."""
    return tuple(f"{name}_{month:02d}" for month in range(1, MONTHS + 1))
