"""The figures around the map: how much could be reached, what a scenario changes, for whom, when."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from footprint.access.nearest import surgery_share
from footprint.caveats import gap_caveats
from footprint.compare import equity_flags
from footprint.indicators.periods import YearSummary, monthly, span
from footprint.indicators.units import Level
from footprint.language import Language, msgid
from footprint.objectives import Measure
from footprint.pages import _session
from footprint.review import by_objectives
from footprint.scenario import AddAssets, RemoveAssets, Scenario
from footprint.views.charts import ChangeRow, change_table, month_strip, tier_bars
from footprint.views.charts import Measure as Bar
from footprint.views.escaping import escape

MEASURE_LABELS = {
    Measure.BLEND: msgid("People and threat"),
    Measure.PEOPLE: msgid("People only"),
    Measure.THREAT: msgid("Threat only"),
}
_COLUMNS = {
    Bar.CIRCLE: "FF0",
    Bar.FORCE: "FF",
    Bar.TIER_2: "B2",
    Bar.TIER_1: "B1",
    Bar.TIER_3: "B3",
    Bar.MISSION: "MF",
}
_LEAST_CHANGE = 0.0005
"""Changes that would print as 0.0 are not listed."""
_MOST_ROWS = 12


def title(language: Language) -> None:
    """Say what is being looked at."""
    here = _session.choices()
    where = here.focus or _session.prepared().area.names.get(language.code, "")
    st.title(
        language.text(
            "{where} in {month}: what could be delivered", where=where, month=language.month(here.month)
        )
    )


def _unit() -> tuple[Level, tuple[str, ...]]:
    area = _session.prepared().area
    units = dict(area.focus).get(_session.choices().focus, ())
    return (Level.REGION, units) if units else (Level.AREA, (area.area_id,))


def _spans(scenario: Scenario) -> dict[str, YearSummary]:
    """Return every figure of the page over the year, by column."""
    seasons = _session.prepared().area.seasons
    found = monthly(_session.reviewed(scenario).figures, *_unit(), list(_COLUMNS.values()))
    return {column: span(values, seasons) for column, values in found.items()}


def cards(language: Language) -> None:
    """Show the two footprints, the like-for-like gap and the naive circle map."""
    text = language.text
    month = _session.choices().month - 1
    cells = st.columns(4)
    names = (
        (
            "MF",
            text("Mission footprint"),
            text("Share of the need to which the mission's three tiers could be delivered."),
        ),
        ("FF", text("Force footprint"), text("Share of the need where troops could arrive in time.")),
        (
            "B2",
            text("Tier II, physical protection"),
            text("Presence, back-up and surgery within two hours. Never above the Force footprint."),
        ),
        (
            "FF0",
            text("Circle map, to compare"),
            text(
                "Need within 50 km of troops in a straight line, as many maps draw it: no roads, no seasons, "
                "no helicopters. The Force footprint counts these, so it can be higher or lower."
            ),
        ),
    )
    changed = bool(_session.scenario().changes)
    here, before = _spans(_session.scenario()), _spans(_session.BASELINE)
    answer = _session.reviewed(_session.scenario())
    surgery = surgery_share(_session.prepared(), _session.router(), answer, _unit(), month + 1)
    surgery_words = language.text(
        "Surgery within two hours: {share} of the need",
        share=language.percent(surgery),
    )
    for cell, (column, label, explained) in zip(cells, names, strict=True):
        now = here[column]
        delta = None
        if changed:
            delta = language.points(now.by_month[month] - before[column].by_month[month])
        still = delta is not None and not any(digit in delta for digit in "123456789")
        cell.metric(
            label,
            language.percent(now.by_month[month]),
            delta,
            delta_color="off" if still else "normal",
            delta_arrow="off" if still else "auto",
            border=True,
            help=explained,
        )
        lines = [_year_words(now, language), *([surgery_words] if column == "B2" else [])]
        cell.html("".join(f'<div class="fp-small">{escape(line)}</div>' for line in lines))


def warnings(language: Language) -> None:
    """Say what the figures do not know, and what a better mean hides."""
    text, prepared = language.text, _session.prepared()
    method, here = prepared.method, _session.choices()
    for notice in gap_caveats(_session.reviewed(_session.BASELINE).laydown, method):
        st.warning(notice.said(language), icon=":material/help:")
    if not here.scenario.changes:
        return
    pair = (_session.reviewed(_session.BASELINE), _session.reviewed(here.scenario))
    for flag in equity_flags(*pair, prepared.area.seasons, drop=method.reporting.equity_drop):
        st.warning(
            text(
                "The mean rises, but the worst season of {region} falls from {before} to {after}.",
                region=flag.name,
                before=language.percent(flag.before),
                after=language.percent(flag.after),
            ),
            icon=":material/balance:",
        )


def _year_words(summary: YearSummary, language: Language) -> str:
    if max(summary.by_month) == 0:
        return language.text("None in any month")
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
    spans, changed = _spans(here.scenario), bool(here.scenario.changes)
    before = _spans(_session.BASELINE) if changed else spans
    baseline = {bar: before[column].by_month[here.month - 1] for bar, column in _COLUMNS.items()}
    now = (
        {bar: spans[column].by_month[here.month - 1] for bar, column in _COLUMNS.items()} if changed else None
    )
    left, right = st.columns(2, gap="large")
    with left:
        st.html(tier_bars(baseline, now, language))
        st.html(
            month_strip(
                spans["MF"].by_month,
                language,
                chosen=here.month,
                title=text("Mission footprint by month"),
            )
        )
    with right:
        if changed:
            st.html(_gains(language))
        else:
            st.info(
                text(
                    "Propose, close or move a site: what it changes, for whom and in which months, "
                    "appears here."
                )
            )
        _objectives(language)


def _gains(language: Language) -> str:
    """Return who gains and who loses by cercle, the largest change first."""
    here, text = _session.choices(), language.text
    before, after = _districts(_session.BASELINE), _districts(here.scenario)
    column = "FF" if (after["MF"] - before["MF"]).abs().max() < _LEAST_CHANGE else "MF"
    change = (after[column] - before[column]).abs().sort_values(ascending=False, kind="stable")
    names, was, now = after["name"].to_dict(), before[column].to_dict(), after[column].to_dict()
    rows = [
        ChangeRow(str(names[unit_id]), was[unit_id], now[unit_id])
        for unit_id in change[change >= _LEAST_CHANGE].index[:_MOST_ROWS]
    ]
    label = text("Mission footprint") if column == "MF" else text("Force footprint")
    heading = text(
        "Who gains, who loses in {month}: {measure}", month=language.month(here.month), measure=label
    )
    if not rows:
        return f"<p>{text('No cercle changes in this month.')}</p>"
    table = change_table(rows, language, title=heading, unit=text("Cercle"))
    kinds = {type(change) for change in here.scenario.changes}
    if (
        AddAssets in kinds
        and RemoveAssets not in kinds
        and not any(row.after_share < row.before_share for row in rows)
    ):
        words = text("Nobody loses here because no donor is named: what is added comes from nowhere.")
        table += f'<p class="fp-small">⚠ {escape(words)}</p>'
    return table


def _districts(scenario: Scenario) -> pd.DataFrame:
    """Return the cercles' figures in the month chosen, by unit."""
    rows = _session.reviewed(scenario).figures
    chosen = rows[(rows["level"] == Level.DISTRICT) & (rows["month"] == _session.choices().month)]
    return chosen.set_index("unit_id")


def _objectives(language: Language) -> None:
    """Show each objective's own figures, and that nobody has decided their weights."""
    text, here, prepared = language.text, _session.choices(), _session.prepared()
    answer = _session.reviewed(here.scenario)
    own = answer.figures[
        (answer.figures["level"] == Level.OBJECTIVE) & (answer.figures["month"] == here.month)
    ]
    own = own.set_index("unit_id")
    whole = by_objectives(prepared, answer).set_index("month")
    force, mission = own["FF"].to_dict(), own["MF"].to_dict()
    rows = [
        {
            text("Objective"): objective.name(language.code),
            text("Weight"): language.percent(objective.weight, 0),
            text("Force"): language.percent(force[objective.objective_id]),
            text("Mission"): language.percent(mission[objective.objective_id]),
        }
        for objective in prepared.objectives
    ]
    rows.append(
        {
            text("Objective"): text("All, by weight"),
            text("Weight"): "",
            text("Force"): language.percent(whole["FF"].to_dict()[here.month]),
            text("Mission"): language.percent(whole["MF"].to_dict()[here.month]),
        }
    )
    st.subheader(text("By objective"))
    st.dataframe(
        rows,
        hide_index=True,
        width="stretch",
        column_config={text("Objective"): st.column_config.TextColumn(width="medium")},
    )
    if not all(objective.decided for objective in prepared.objectives):
        st.caption(text("Weights not decided: mission leadership has not set them."))
