"""Part 3, Force and Mission of each unit by season, the worst season beside the mean."""

from __future__ import annotations

from math import isnan

from footprint.briefing.content.charts import number_of, unit_chart, unit_rows
from footprint.briefing.content.parts import Chapter, ChapterBlock, TextTable
from footprint.briefing.content.telling import Telling
from footprint.indicators.indicator import Indicator
from footprint.indicators.units import Level

_SHOWN = (Indicator.FORCE, Indicator.MISSION)


def footprints(telling: Telling) -> Chapter:
    """Return the part."""
    text = telling.language.text
    blocks: tuple[ChapterBlock, ...] = (
        *(_table(telling, indicator) for indicator in _SHOWN),
        unit_chart(telling),
    )
    heading = text("Force and Mission by {district} and season")
    if telling.units[0] is Level.REGION:
        heading = text("Force and Mission by {region} and season")
    return Chapter("footprints", 3, heading, blocks)


def _table(telling: Telling, indicator: Indicator) -> TextTable:
    """Return one footprint of every unit by season, its mean and worst, and what a plan changes in these."""
    brief, text = telling.brief, telling.language.text
    known, least, before = unit_rows(telling, indicator)
    seasons = brief.prepared.area.seasons
    periods = [*(each.season_id for each in seasons), "mean", "worst"]
    planned = bool(brief.plans)
    rows = []
    for unit in telling.units[1]:
        cells = [
            telling.share(number_of(known[unit], each), number_of(least[unit], each)) for each in periods
        ]
        cells.append(telling.worst_season([number_of(known[unit], each.season_id) for each in seasons]))
        if planned:
            sure = not isnan(number_of(known[unit], "mean"))
            cells += [
                telling.change(number_of(least[unit], each) - number_of(before[unit], each), known=sure)
                for each in ("mean", "worst")
            ]
        rows.append((telling.row_name(unit, known[unit]["name"]), *cells))
    title = text("{measure} [% of the unit's need]", measure=text(indicator.label))
    if planned:
        title = text("{measure} with {plan} [% of the unit's need]",
                     measure=text(indicator.label), plan=telling.option(1))  # fmt: skip
    return TextTable(
        title=title,
        header=(
            text("{Region}") if telling.units[0] is Level.REGION else text("{District}"),
            *(each.label(telling.language.code) for each in seasons),
            text("Mean"),
            text("Worst"),
            text("Worst season"),
            *((text("Mean, change"), text("Worst, change")) if planned else ()),
        ),
        rows=tuple(rows),
        numeric=(False, *(True,) * len(periods), False, *((True, True) if planned else ())),
        note=telling.signs,
    )
