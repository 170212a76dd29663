"""Part 7, calendar of return: months that come back, with the dates of flood, boats and crossings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial, reduce
from operator import and_, or_

import geopandas as gpd

from footprint.briefing.content.parts import Chapter, ChapterBlock, Prose, ProseKind, TextTable
from footprint.briefing.content.permitted import counts_told
from footprint.briefing.content.telling import Telling, with_capital
from footprint.caveats import NO_INCIDENTS, layer_words
from footprint.indicators.periods import MONTHS_OF_YEAR
from footprint.indicators.units import OUTSIDE, Level
from footprint.language import msgid
from footprint.views.focus import focus_of
from footprint.violence.seasonality import Answer, Finding, caveat, findings, sentence
from footprint.violence.seasonality.sentence import Lang
from layers.months import ALL_MONTHS, in_month
from layers.roads import Crossing

_MARK, _IN_PART = "●", "○"
_MOST_WATERS = 20

_ANSWERS = {
    Answer.RETURNS: msgid("months return"),
    Answer.NONE: msgid("no season stands out"),
    Answer.WITHDRAWN: msgid("no finding"),
    Answer.TOO_FEW: msgid("too few incidents to tell"),
    Answer.NOT_ENOUGH_YEARS: msgid("not enough years"),
    Answer.NO_MONTHS: msgid("no dates to test"),
    Answer.OUTSIDE: OUTSIDE,
}
"""What the calendar says of a unit, in a few words and without a count."""


def returns(telling: Telling) -> Chapter:
    """Return the part."""
    text, language = telling.language.text, telling.language
    lang: Lang = "fr" if language.code == "fr" else "en"
    blocks = _calendar_blocks(telling, lang)
    blocks += [_waters(telling), Prose(caveat(lang), ProseKind.NOTE)]
    heading = text("Calendar of return, floods and crossings")
    return Chapter("returns", 7, heading, tuple(blocks))


def _calendar_blocks(telling: Telling, lang: Lang) -> list[ChapterBlock]:
    """Return which months come back, or why nobody can tell."""
    text = telling.language.text
    if "incidents" in telling.brief.prepared.area.absent:
        return [Prose(text(NO_INCIDENTS))]
    listed, blocks = _listed(telling), list[ChapterBlock]()
    if telling.reckoning.calendars[1].calendar.has_months:
        blocks.append(_calendar(telling, listed))
        told = listed if counts_told(telling.brief.release) else ()
        blocks += [
            Prose(sentence(each, lang), ProseKind.ITEM) for each in told if each.answer is Answer.RETURNS
        ]
        if not any(each.answer is Answer.RETURNS for each in listed):
            blocks.append(Prose(text("In no unit shown do months return beyond chance.")))
    else:
        blocks.append(Prose(text("Without months there is no calendar.")))
    return blocks


def _listed(telling: Telling) -> tuple[Finding, ...]:
    """Return what was found in the regions and second-level units looked at, by level and name."""
    by_region, by_district = map(findings, telling.reckoning.calendars)
    level, unit_ids = telling.units
    area, focus = telling.brief.prepared.area, focus_of(telling.brief.prepared.area, telling.brief.focus)
    of_regions = level is Level.REGION
    districts = () if of_regions else unit_ids
    regions = unit_ids if of_regions else focus.unit_ids if focus.level is Level.REGION else ()
    order = {unit: at for at, unit in enumerate((*regions, *districts))}
    named = partial(_named, telling)
    found = [named(Level.REGION, each) for each in by_region if each.area_id in set(regions)]
    names = set(map(str, area.districts.index)) & set(districts)
    found += [named(Level.DISTRICT, each) for each in by_district if each.area_id in names]
    return tuple(sorted(found, key=lambda each: order[each.area_id]))


def _named(telling: Telling, level: Level, own: Finding) -> Finding:
    """Return what was found in a unit, under a name that tells it from a unit of the other level."""
    return replace(own, name=with_capital(telling.called(level, own.name)))


def _calendar(telling: Telling, listed: tuple[Finding, ...]) -> TextTable:
    text, language = telling.language.text, telling.language
    rows = [
        (
            each.name,
            *(
                _MARK if each.answer is Answer.RETURNS and month in each.months else ""
                for month in MONTHS_OF_YEAR
            ),
            text(_ANSWERS[each.answer]),
        )
        for each in listed
    ]
    return TextTable(
        title=text("Months in which violence has returned beyond chance"),
        header=(
            text("Unit"),
            *(language.month_short(month) for month in MONTHS_OF_YEAR),
            text("What the calendar says"),
        ),
        rows=tuple(rows),
        numeric=(False, *(True,) * 12, False),
        note=text(
            "● more violent than its own year in more years than chance would have it. A pattern, and no "
            "forecast."
        ),
    )


def _waters(telling: Telling) -> TextTable:
    """Return in which months it rains, zones are under water, boats pass, and ways are shut."""
    brief, text = telling.brief, telling.language.text
    area, language = brief.prepared.area, telling.language
    level, unit_ids = telling.units
    units = (area.regions if level is Level.REGION else area.districts).loc[list(unit_ids)].union_all()

    def here(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        return frame[frame.intersects(units)] if len(frame) else frame

    rows = [(text("Rains"), [area.rains_months])] if area.rains_months else []
    boats = here(area.rivers[area.rivers["navigable_months"] > 0])
    shut = here(area.roads[area.roads["closed_months"] > 0])
    ferries = here(area.roads[area.roads["crossing"] == Crossing.FERRY])
    for label, frame, column in (
        (msgid("Under water: {name}"), here(area.flood_zones), "months"),
        (msgid("Boats pass: {name}"), boats, "navigable_months"),
        (msgid("Road shut: {name}"), shut[shut["crossing"] != Crossing.FERRY], "closed_months"),
    ):
        rows += [(text(label, name=name), months) for name, months in _by_name(frame, column)]
    rows += [
        (text("Ferry runs: {name}", name=name), [ALL_MONTHS & ~each for each in months])
        for name, months in _by_name(ferries, "closed_months")
    ]
    notes = [text("● all of it. ○ a part of it.")]
    absent = [text(layer_words(each)) for each in ("flood_zones", "rivers") if each in area.absent]
    if absent:
        notes.append(text("Not known here: {layers}.", layers=language.listing(absent)))
    rest = len(rows) - _MOST_WATERS
    if rest > 0:
        notes.append(language.plural("{n} more is not shown.", "{n} more are not shown.", rest))
    return TextTable(
        title=text("Rains, floods and crossings by month"),
        header=("", *(language.month_short(month) for month in MONTHS_OF_YEAR)),
        rows=tuple((name, *_marks(months)) for name, months in rows[:_MOST_WATERS]),
        numeric=(False, *(True,) * 12),
        note=" ".join(notes),
    )


def _marks(masks: Sequence[int]) -> tuple[str, ...]:
    """Return a mark for each month that all of several have, and another where some have it."""
    every, some = reduce(and_, masks), reduce(or_, masks)
    return tuple(
        _MARK if in_month(every, month) else _IN_PART if in_month(some, month) else ""
        for month in MONTHS_OF_YEAR
    )


def _by_name(frame: gpd.GeoDataFrame, column: str) -> list[tuple[str, list[int]]]:
    """Return the months of every row by name, for a river has several reaches of one name."""
    named: dict[str, list[int]] = {}
    for row_id, name, months in zip(frame.index, frame["name"], frame[column], strict=True):
        named.setdefault(str(name) or str(row_id), []).append(int(months))
    return sorted(named.items())
