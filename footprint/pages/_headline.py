"""The figures around the map: how much could be reached, what a scenario changes, for whom, when."""

from __future__ import annotations

from math import nan

import streamlit as st

from footprint.access.nearest import surgery_share
from footprint.caveats import silence
from footprint.compare import equity_flags, shifts
from footprint.evidence.words import DESCRIPTIVE, NO_KILLINGS, latest_told, reach_words
from footprint.indicators.indicator import Indicator
from footprint.indicators.periods import YearSummary, over_units, over_year
from footprint.indicators.units import Level
from footprint.language import Language
from footprint.pages import _say, _session
from footprint.pages._say import plain
from footprint.review import by_objectives
from footprint.scenario import AddAssets, RemoveAssets, Scenario
from footprint.views.charts import ChangeRow, change_table, month_strip, tier_bars, words_table
from footprint.views.escaping import escape, tag

_MOST_ROWS = 12


def title(language: Language) -> None:
    """Say what is being looked at."""
    here = _session.choices()
    where = here.focus or _session.prepared().area.names.get(language.code, "")
    _say.title(
        language.text(
            "{where} in {month}: what could be delivered", where=where, month=language.month(here.month)
        )
    )


def _unit() -> tuple[Level, tuple[str, ...]]:
    area = _session.prepared().area
    units = dict(area.focus).get(_session.choices().focus, ())
    return (Level.REGION, units) if units else (Level.AREA, (area.area_id,))


def _summaries(scenario: Scenario, *, at_least: bool = False) -> dict[Indicator, YearSummary]:
    """Return every indicator of the page over the year, or what is there at least where not all is known."""
    answer = _session.reviewed(scenario)
    figures = answer.at_least if at_least else answer.figures
    by_month = over_units(figures, *_unit(), list(Indicator))
    year = over_year(by_month, _session.prepared().area.seasons)
    return {indicator: year.summary(place) for place, indicator in enumerate(Indicator)}


def cards(language: Language) -> None:
    """Show the two footprints, the like-for-like gap and the naive circle map."""
    text = language.text
    month = _session.choices().month - 1
    cells = st.columns(4)
    shown = (
        (
            Indicator.MISSION,
            text("Share of the need to which the mission's three tiers could be delivered."),
        ),
        (Indicator.FORCE, text("Share of the need where troops could arrive in time.")),
        (
            Indicator.TIER_2,
            text("Presence, back-up and surgery within two hours. Never above the Force footprint."),
        ),
        (
            Indicator.CIRCLE,
            text(
                "Need within 50 km of troops in a straight line, as many maps draw it: no roads, no seasons, "
                "no helicopters. The Force footprint counts these, so it can be higher or lower."
            ),
        ),
    )
    changed, unknown = bool(_session.scenario().changes), _session.unknown()
    here = _summaries(_session.scenario())
    # A change is told as what it adds, on a base of which not all is known too.
    after, before = (_summaries(each, at_least=True) for each in (_session.scenario(), _session.BASELINE))
    ground = text(
        "By ground alone: {share}", share=language.percent(here[Indicator.FORCE_GROUND].by_month[month])
    )
    answer = _session.reviewed(_session.scenario())
    surgery = surgery_share(_session.prepared(), _session.router(), answer, _unit(), month + 1)
    surgery_words = language.text(
        "Surgery within two hours: {share} of the need",
        share=language.percent(surgery),
    )
    for cell, (indicator, explained) in zip(cells, shown, strict=True):
        now = here[indicator]
        delta = None
        if changed:
            delta = language.points(after[indicator].by_month[month] - before[indicator].by_month[month])
        still = delta is not None and not any(digit in delta for digit in "123456789")
        cell.metric(
            plain(text(indicator.label)),
            language.percent(nan if indicator in unknown else now.by_month[month]),
            delta,
            delta_color="off" if still else "normal",
            delta_arrow="off" if still else "auto",
            border=True,
            help=plain(explained),
        )
        year = text("The data name no assets for it") if indicator in unknown else _year_words(now, language)
        further = {Indicator.FORCE: ground, Indicator.TIER_2: surgery_words}
        lines = [year, *([further[indicator]] if indicator in further else [])]
        cell.html("".join(tag("div", escape(line), class_="fp-small") for line in lines))


def warnings(language: Language) -> None:
    """Say what the figures do not know, and what a better mean hides."""
    text, prepared = language.text, _session.prepared()
    method, here = prepared.method, _session.choices()
    silences(language)
    if not here.scenario.changes:
        return
    pair = (_session.reviewed(_session.BASELINE), _session.reviewed(here.scenario))
    for flag in equity_flags(*pair, prepared.area.seasons, drop=method.reporting.equity_drop):
        _say.warning(
            text(
                "The mean rises, but the worst season of {region} falls from {before} to {after}.",
                region=flag.name,
                before=language.percent(flag.before),
                after=language.percent(flag.after),
            ),
            icon=":material/balance:",
        )


def silences(language: Language) -> None:
    """Say of which tiers the data say nothing."""
    for notice in silence(_session.prepared()):
        _say.warning(notice.said(language), icon=":material/help:")


def _year_words(summary: YearSummary, language: Language) -> str:
    if all(share == 0 for share in summary.by_month):
        return language.text("None in any month")
    if summary.worst_season is None:
        return language.text("not known")
    if max(summary.by_month) == min(summary.by_month):
        return language.text("The same in every month")
    season = next(s for s in _session.prepared().area.seasons if s.season_id == summary.worst_season)
    return language.text(
        "Worst season {worst} ({season}) · year {mean}",
        worst=language.percent(summary.worst),
        season=season.label(language.code).lower(),
        mean=language.percent(summary.mean),
    )


def below(language: Language) -> None:
    """Show tiers, months, gains and losses, and each objective's own row."""
    text, here = language.text, _session.choices()
    after, changed = _summaries(here.scenario), bool(here.scenario.changes)
    before = _summaries(_session.BASELINE) if changed else after
    unknown = _session.unknown()
    baseline, now = (
        {
            indicator: nan if indicator in unknown else summary.by_month[here.month - 1]
            for indicator, summary in year.items()
        }
        for year in (before, after)
    )
    left, right = st.columns(2, gap="large")
    with left:
        st.html(tier_bars(baseline, now if changed else None, language))
        st.html(
            month_strip(
                [nan] * 12 if Indicator.MISSION in unknown else after[Indicator.MISSION].by_month,
                language,
                chosen=here.month,
                title=text("Mission footprint by month"),
            )
        )
    with right:
        if changed:
            st.html(_gains(language))
        else:
            _say.info(
                text(
                    "Propose, close or move a site: what it changes, for whom and in which months, "
                    "appears here."
                )
            )
        _objectives(language)


def evidence(language: Language) -> None:
    """Say what could have been reached of what happened last, and where there is more of it."""
    numbers = _session.prepared().method.evidence
    latest = latest_told(_session.evidence().reach, numbers)
    _say.subheader(language.text("Evidence"))
    _say.sentence(language.text(NO_KILLINGS) if latest is None else reach_words(latest, numbers, language))
    _say.caption(language.text(DESCRIPTIVE))
    _say.link("evidence", language.text("All evidence"), icon=":material/fact_check:")


def _gains(language: Language) -> str:
    """Return who gains and who loses by cercle, the largest change first."""
    here, text = _session.choices(), language.text
    pair = (_session.reviewed(_session.BASELINE), _session.reviewed(here.scenario))
    indicator = Indicator.MISSION if shifts(*pair, Indicator.MISSION, here.month) else Indicator.FORCE
    rows = [
        ChangeRow(shift.name, shift.before, shift.after)
        for shift in shifts(*pair, indicator, here.month)[:_MOST_ROWS]
    ]
    heading = text(
        "Who gains, who loses in {month}: {measure}",
        month=language.month(here.month),
        measure=text(indicator.label),
    )
    if not rows:
        return tag("p", escape(text("No {district} changes in this month.")))
    table = change_table(rows, language, title=heading, unit=text("{District}"))
    kinds = {type(change) for change in here.scenario.changes}
    if (
        AddAssets in kinds
        and RemoveAssets not in kinds
        and not any(row.after_share < row.before_share for row in rows)
    ):
        words = text("Nobody loses here because no donor is named: what is added comes from nowhere.")
        table += tag("p", escape(f"⚠ {words}"), class_="fp-small")
    return table


def _objectives(language: Language) -> None:
    """Show each objective's own figures, and that nobody has decided their weights."""
    text, here, prepared = language.text, _session.choices(), _session.prepared()
    answer = _session.reviewed(here.scenario)
    own = answer.figures[
        (answer.figures["level"] == Level.OBJECTIVE) & (answer.figures["month"] == here.month)
    ]
    own = own.set_index("unit_id")
    whole = by_objectives(prepared, answer).set_index("month")
    for indicator in _session.unknown():
        own[indicator], whole[indicator] = nan, nan
    force, mission = own[Indicator.FORCE].to_dict(), own[Indicator.MISSION].to_dict()
    rows = [
        {
            text("Objective"): objective.name(language.code),
            text("Weight"): language.percent(objective.weight, 0),
            text(Indicator.FORCE.short): language.percent(force[objective.objective_id]),
            text(Indicator.MISSION.short): language.percent(mission[objective.objective_id]),
        }
        for objective in prepared.objectives
    ]
    rows.append(
        {
            text("Objective"): text("All, by weight"),
            text("Weight"): "",
            text(Indicator.FORCE.short): language.percent(whole[Indicator.FORCE].to_dict()[here.month]),
            text(Indicator.MISSION.short): language.percent(whole[Indicator.MISSION].to_dict()[here.month]),
        }
    )
    _say.subheader(text("By objective"))
    st.html(words_table(rows))
    if not all(objective.decided for objective in prepared.objectives):
        _say.caption(text("Weights not decided: mission leadership has not set them."))
