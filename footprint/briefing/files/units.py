"""Units: what each comes to in each month, today and under each plan, as exactly as a release may tell it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import isnan, nan

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from footprint.briefing.brief import Brief
from footprint.briefing.files.plain import plain
from footprint.briefing.findings import plan_name
from footprint.caveats import silent
from footprint.compare import SMALL
from footprint.indicators.indicator import Indicator
from footprint.indicators.periods import MONTHS, monthly, over_year
from footprint.indicators.units import OUTSIDE, Level
from footprint.language import Language, msgid
from footprint.releases.profiles import figure
from footprint.review import Review
from footprint.views.finding import FOOTPRINTS
from footprint.views.focus import WHOLE, focus_name, focus_of, is_outside

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
    """As the area has it."""
    name: str

    @property
    def shown_id(self) -> str:
        """Its identifier as text for any file."""
        return plain(self.unit_id)


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
    today = _reckoned(brief.today)
    return tuple(
        _unit_year(brief, unit, review, (today, own))
        for review in (brief.today, *brief.plans)
        for own in [today if review is brief.today else _reckoned(review)]
        for unit in units
    )


_UNITS = (str(Level.REGION), str(Level.DISTRICT))
_COLUMNS = ("demand", *FOOTPRINTS)
_ByUnit = dict[tuple[str, str], NDArray[np.float64]]
"""Need and both footprints of each unit month by month, shape (3, 12), by level and identifier."""


@dataclass(frozen=True, slots=True, eq=False)
class _Reckoned:
    """Figures of a review, and those of what is known at least."""

    figures: _ByUnit
    at_least: _ByUnit


def _reckoned(review: Review) -> _Reckoned:
    figures = _by_unit(review.figures)
    same = review.at_least is review.figures
    return _Reckoned(figures, figures if same else _by_unit(review.at_least))


def _by_unit(figures: pd.DataFrame) -> _ByUnit:
    units, values = monthly(figures, _COLUMNS)
    keys = zip(units["level"].tolist(), units["unit_id"].tolist(), strict=True)
    return {(str(level), str(unit_id)): own for (level, unit_id), own in zip(keys, values, strict=True)}


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
            ToldUnit(str(level), str(unit_id), str(name))
            for unit_id, name in frame["name"].sort_index().items()
        ]
    return tuple(ToldUnit(each.level, each.unit_id, plain(each.name)) for each in units)


def _unit_year(brief: Brief, unit: ToldUnit, review: Review, pair: tuple[_Reckoned, _Reckoned]) -> UnitYear:
    before, after = pair
    need, exact = _over(brief, unit, after.figures)
    unknown = silent(brief.prepared)
    outside = (
        is_outside(brief.prepared.area, Level(unit.level), unit.unit_id) if unit.level in _UNITS else False
    )
    lives = OUTSIDE if outside else NO_PEOPLE if np.isnan(need).any() else NO_NEED
    for place, each in enumerate(FOOTPRINTS):
        if each in unknown:
            exact[place] = nan
    footprints = {
        each: _series(brief, own, NOT_NAMED if each in unknown and not outside else lives)
        for each, own in zip(FOOTPRINTS, exact, strict=True)
    }
    changes = None
    if review is not brief.today:
        (_, first), (_, second) = (_over(brief, unit, own.at_least) for own in (before, after))
        changes = {
            each: _change(
                brief, (first[place], second[place]), lives, at_least=each in unknown and not outside
            )
            for place, each in enumerate(FOOTPRINTS)
        }
    return UnitYear(
        unit=unit,
        plan=plain(plan_name(brief, review)),
        need=_told(brief, need),
        need_why=brief.language.text(lives) if np.isnan(need).any() else "",
        footprints=footprints,
        changes=changes,
    )


def _over(brief: Brief, unit: ToldUnit, figures: _ByUnit) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return need, shape (12,), and footprints, shape (2, 12), of a unit, or of a part by its need."""
    keys = [(unit.level, unit.unit_id)]
    if unit.level == PART:
        looked_at = focus_of(brief.prepared.area, brief.focus)
        level, area = looked_at.level, brief.prepared.area
        told = [unit_id for unit_id in looked_at.unit_ids if not is_outside(area, level, unit_id)]
        keys = [(str(level), unit_id) for unit_id in told or looked_at.unit_ids]
    values = np.stack([figures[key] for key in keys])
    demand, shares = values[:, :1], values[:, 1:]
    total = np.nansum(demand, axis=0)
    weighed = np.where(demand > 0, shares * demand, 0.0).sum(axis=0)
    return demand.sum(axis=(0, 1)), weighed / np.where(total > 0, total, nan)


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
