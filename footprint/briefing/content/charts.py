"""Charts: both footprints of what is looked at month by month, and of each unit."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan

from footprint.briefing.content.parts import BarChart, ChartSeries, SeriesRole
from footprint.briefing.content.telling import Telling, by_unit
from footprint.indicators.indicator import Indicator
from footprint.indicators.periods import MONTHS_OF_YEAR, by_period

_SHOWN = (Indicator.FORCE, Indicator.MISSION)
_AFTER = {Indicator.FORCE: SeriesRole.FORCE, Indicator.MISSION: SeriesRole.MISSION}
_BEFORE = {Indicator.FORCE: SeriesRole.FORCE_BEFORE, Indicator.MISSION: SeriesRole.MISSION_BEFORE}

Row = Mapping[str, object]


def unit_rows(telling: Telling, indicator: Indicator) -> tuple[Mapping[str, Row], ...]:
    """Return seasons, mean and worst of the option shown, known and at least, and of today at least."""
    brief, level = telling.brief, telling.units[0]
    seasons = brief.prepared.area.seasons
    frames = (telling.known(brief.shown), brief.shown.at_least, brief.today.at_least)
    return tuple(by_unit(by_period(each, [indicator], seasons), level) for each in frames)


def number_of(row: Row, period: str) -> float:
    """Return a number of a row, by the name of its column."""
    return float(str(row[period]))


def _series(telling: Telling, name: str, role: SeriesRole, values: list[tuple[float, float]]) -> ChartSeries:
    """Return a series of values, known and at least: bars of what is known alone."""
    return ChartSeries(
        name,
        role,
        tuple(telling.figure(known) for known, _ in values),
        tuple(telling.share(known, least) for known, least in values),
    )


def month_chart(telling: Telling) -> BarChart:
    """Return both footprints of what is looked at month by month, today and with the plan."""
    brief, language, text = telling.brief, telling.language, telling.language.text
    series = []
    for indicator in _SHOWN:
        pairs = [(brief.today, _BEFORE[indicator], text("{measure}, today", measure=text(indicator.short)))]
        if brief.plans:
            plan = text("{measure}, {plan}", measure=text(indicator.short), plan=telling.option(1))
            pairs.append((brief.shown, _AFTER[indicator], plan))
        else:
            pairs = [(brief.today, _AFTER[indicator], text(indicator.short))]
        for review, role, name in pairs:
            known, least = telling.year(review, indicator)
            values = list(zip(known.by_month, least.by_month, strict=True))
            series.append(_series(telling, name, role, values))
    title = text("{where} month by month [% of need]", where=telling.where_first)
    return BarChart(
        title=title,
        categories=tuple(language.month_short(month) for month in MONTHS_OF_YEAR),
        series=tuple(series),
        upright=True,
        alternative=_alternative(telling, title, series),
        note=telling.signs,
    )


def unit_chart(telling: Telling) -> BarChart:
    """Return the mean of the year of each unit."""
    text = telling.language.text
    tables = {indicator: unit_rows(telling, indicator) for indicator in _SHOWN}
    units = telling.units[1]
    series = [
        _series(
            telling,
            text(indicator.short),
            _AFTER[indicator],
            [(number_of(known[unit], "mean"), number_of(least[unit], "mean")) for unit in units],
        )
        for indicator, (known, least, _) in tables.items()
    ]
    title = text("Mean of the year [% of the unit's need]")
    if telling.brief.plans:
        title = text("Mean of the year with {plan} [% of the unit's need]", plan=telling.option(1))
    names = tables[Indicator.FORCE][0]
    return BarChart(
        title=title,
        categories=tuple(telling.row_name(unit, names[unit]["name"]) for unit in units),
        series=tuple(series),
        upright=False,
        alternative=_alternative(telling, title, series),
        note=telling.signs,
        detail=True,
    )


def _alternative(telling: Telling, title: str, series: list[ChartSeries]) -> str:
    """Return a chart in words: its title, and the least and the most of each series."""
    text, parts = telling.language.text, []
    for each in series:
        values = [share for share in each.shares if not isnan(share)]
        if values:
            low, high = (telling.share(pick(values)) for pick in (min, max))
            said = text("{series} from {low} to {high}", series=each.name, low=low, high=high)
        else:
            said = text("{series} not known", series=each.name)
        parts.append(said)
    return telling.language.labelled(title, telling.language.clauses(parts))
