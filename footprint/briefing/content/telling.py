"""Telling: a brief with what was reckoned for it, in its language, and how figures and names are written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import isnan, nan

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from footprint.briefing.brief import Brief
from footprint.briefing.content.parts import DASH
from footprint.briefing.content.reckoning import Reckoning
from footprint.briefing.findings import plan_name
from footprint.caveats import silent
from footprint.criteria.criterion import NOTHING
from footprint.criteria.terms import Terms
from footprint.indicators.indicator import Indicator
from footprint.indicators.periods import YearSummary, over_units, over_year
from footprint.indicators.units import OUTSIDE_NAME, Level
from footprint.language import Language, msgid
from footprint.releases.profiles import figure, hides_plans, share_digits
from footprint.review import Review
from footprint.views.focus import focus_name, focus_of, is_outside

_ALL_ALIKE, _SEVERAL_ALIKE = msgid("all alike"), msgid("several alike")
_MOST_ALIKE = 2
"""Seasons named as the worst, where they read alike."""
_MOST_UNITS = 24
"""Second-level units up to which tables tell of each; beyond, of first-level ones."""


_NAMED = {Level.REGION: msgid("{region} of {name}"), Level.DISTRICT: msgid("{district} of {name}")}
_TO_ELIDE = re.compile(r"\bde (?=[aeiouâàéèêëîïôöûü])", re.IGNORECASE)
"""Where French says d’ in place of de."""


@dataclass(frozen=True, slots=True)
class ReceivedProposal:
    """A proposal that an office has sent in, and what became of it, in the briefing's language."""

    title: str
    office: str
    status: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Telling:
    """What a briefing is told from."""

    brief: Brief
    reckoning: Reckoning = field(repr=False)
    proposals: tuple[ReceivedProposal, ...] = ()
    terms: Terms = field(default_factory=Terms, repr=False)

    @property
    def language(self) -> Language:
        """The reader's."""
        return self.brief.language

    @property
    def unknown(self) -> frozenset[Indicator]:
        """Indicators of which the area's own data say nothing."""
        return silent(self.brief.prepared)

    @property
    def named(self) -> bool:
        """Whether sites of plans may be named."""
        return not hides_plans(self.brief.release)

    @property
    def where(self) -> str:
        """What is looked at, within a sentence."""
        area = self.brief.prepared.area
        name = focus_name(area, self.brief.focus, self.language.code)
        return self.called(focus_of(area, self.brief.focus).level, name)

    @property
    def where_first(self) -> str:
        """What is looked at, where something begins with it."""
        return with_capital(self.where)

    def called(self, level: Level, name: str) -> str:
        """
        Return what a unit is called, within a sentence.

        Its name alone where no unit of the other level has it: a region is often called as the unit of its
        seat.
        """
        area = self.brief.prepared.area
        others = {Level.REGION: area.districts, Level.DISTRICT: area.regions}.get(level)
        if others is None or name not in set(others["name"].astype(str)):
            return name
        words = self.language.text(_NAMED[level], name=name)
        return _TO_ELIDE.sub("d\u2019", words) if self.language.code == "fr" else words

    def option(self, number: int) -> str:
        """Return what an option is called within a sentence: 0 is doing nothing, then the plans."""
        return (
            self.language.text("doing nothing")
            if number == 0
            else plan_name(self.brief, self.brief.plans[number - 1])
        )

    def head(self, number: int) -> str:
        """Return what an option is called where something begins with it."""
        if number == 0:
            return self.language.text(NOTHING)
        name = self.option(number)
        return name if self.named else with_capital(name)

    @property
    def units(self) -> tuple[Level, tuple[str, ...]]:
        """The units that tables tell of, by name: first-level ones where the second-level ones are many."""
        area, focus = self.brief.prepared.area, focus_of(self.brief.prepared.area, self.brief.focus)
        districts = area.districts.sort_values("name")
        if focus.level is Level.DISTRICT:
            return Level.DISTRICT, focus.unit_ids
        if focus.level is Level.REGION:
            districts = districts[districts["parent_id"].isin(list(focus.unit_ids))]
        if len(districts) <= _MOST_UNITS or area.regions.empty:
            return Level.DISTRICT, tuple(map(str, districts.index))
        regions = area.regions.sort_values("name")
        own = (
            regions.index if focus.level is Level.AREA else regions.index[regions.index.isin(focus.unit_ids)]
        )
        return Level.REGION, tuple(map(str, own))

    def row_name(self, unit_id: str, name: object) -> str:
        """Return what one of `units` is called in a table: with the reason, where nothing of it is known."""
        if not is_outside(self.brief.prepared.area, self.units[0], unit_id):
            return str(name)
        return self.language.text(OUTSIDE_NAME, name=name)

    def season(self, season_id: str | None) -> str:
        """Return what a season is called."""
        names = {each.season_id: each.label(self.language.code) for each in self.brief.prepared.area.seasons}
        return names.get(season_id or "", DASH)

    def worst_season(self, by_season: Sequence[float] | NDArray[np.float64]) -> str:
        """
        Return what the worst season is called, from the value of each; a dash where nobody can know.

        Seasons that read alike are alike: of two both are named, and of more none.
        """
        seasons = self.brief.prepared.area.seasons
        values = [float(each) for each in by_season]
        if any(map(isnan, values)):
            return DASH
        lowest = self.share(min(values), min(values))
        alike = [
            each.label(self.language.code)
            for each, value in zip(seasons, values, strict=True)
            if self.share(value, value) == lowest
        ]
        if len(alike) == len(seasons) > 1:
            return self.language.text(_ALL_ALIKE)
        if len(alike) > _MOST_ALIKE:
            return self.language.text(_SEVERAL_ALIKE)
        return self.language.clauses([alike[0], *map(_within, alike[1:])])

    def worst_season_of(self, review: Review, indicator: Indicator) -> str:
        """Return what the worst season of what is looked at is called."""
        area = self.brief.prepared.area
        focus, seasons = focus_of(area, self.brief.focus), area.seasons
        values = over_units(self.known(review), focus.level, focus.unit_ids, [indicator])
        return self.worst_season(over_year(values, seasons).by_season[0])

    def season_within(self, season_id: str | None) -> str:
        """Return what a season is called within a sentence."""
        return _within(self.season(season_id))

    def known(self, review: Review) -> pd.DataFrame:
        """Return the figures of a review, NaN where the area's data are silent."""
        frame = review.figures
        return frame.assign(**dict.fromkeys(map(str, self.unknown), nan)) if self.unknown else frame

    def year(self, review: Review, indicator: Indicator) -> tuple[YearSummary, YearSummary]:
        """Return an indicator of what is looked at over the year, and what is there of it at least."""
        focus = focus_of(self.brief.prepared.area, self.brief.focus)
        found = [
            over_year(
                over_units(frame, focus.level, focus.unit_ids, [indicator]), self.brief.prepared.area.seasons
            ).summary(0)
            for frame in (self.known(review), review.at_least)
        ]
        return found[0], found[1]

    def figure(self, value: float, *, people: bool = False) -> float:
        """Return a share or a number of people as exactly as the release lets it be told."""
        return figure(value, self.brief.release.precision, people=people)

    @property
    def digits(self) -> int:
        """Decimals of a share in per cent: none where shares are told to the per cent."""
        return share_digits(self.brief.release.precision)

    def share(self, known: float, least: float = nan) -> str:
        """Write a share of need: in full, or what it is at least, or a dash where nothing is known."""
        if not isnan(known):
            return self.language.percent(self.figure(known), self.digits)
        if isnan(least) or round(least, 2 + self.digits) <= 0:
            return DASH
        return f"≥\u00a0{self.language.percent(self.figure(least), self.digits)}"

    def change(self, change: float, *, known: bool) -> str:
        """Write a change in points of need: in full, at least, or a dash where nothing is known of it."""
        if isnan(change) or (not known and round(change, 2 + self.digits) == 0):
            return DASH
        written = self.language.points(self.figure(change), self.digits)
        return written if known else self.language.text("{change} at least", change=written)

    def people(self, persons: float) -> str:
        """Write a number of people, a dash where nobody knows it."""
        return DASH if isnan(persons) else self.language.people(self.figure(persons, people=True))

    @property
    def signs(self) -> str:
        """What dashes and signs in tables of shares mean, "" where all is known."""
        if not self.unknown:
            return ""
        return self.language.text("–: not known. ≥: at least, by what the data name.")


def with_capital(words: str) -> str:
    """Return words as they stand where something begins."""
    return words[:1].upper() + words[1:]


def _within(label: str) -> str:
    """Return a label as it stands within a sentence: in small letters, unless it is an abbreviation."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def by_unit(frame: pd.DataFrame, level: Level) -> Mapping[str, Mapping[str, object]]:
    """Return rows of a table of figures of one level, by unit."""
    own = frame[frame["level"] == level]
    return {str(row["unit_id"]): {str(name): row[name] for name in row} for row in own.to_dict("records")}
