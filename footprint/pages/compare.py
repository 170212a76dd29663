"""Page: two scenarios side by side, never as one blended score."""

from __future__ import annotations

from dataclasses import replace
from math import nan

import streamlit as st

from footprint.compare import by_season, equity_flags, shifts
from footprint.indicators.indicator import Indicator
from footprint.indicators.levels import level_of
from footprint.indicators.units import Level
from footprint.language import Language
from footprint.pages import _chrome, _headline, _map, _say, _session
from footprint.review import Review
from footprint.scenario import Scenario
from footprint.views.cells import LEVEL_VIEWS, level_picture, sides_picture
from footprint.views.charts import ChangeRow, change_table
from footprint.views.maps import CellLayer, Swipe
from footprint.views.scene import Stage, layer, scene

_SWIPE, _SIDES = "swipe", "sides"
_MOST_ROWS = 14
_BY_SEASON = (Indicator.FORCE, Indicator.MISSION, Indicator.TIER_2)
"""Indicators shown season by season."""


def options(language: Language) -> dict[str, Scenario]:
    """Return what can be compared: the baseline, the scenario being drawn, those put aside."""
    here = _session.choices()
    found = {language.text("Baseline"): _session.BASELINE}
    if here.scenario.changes:
        found[language.text("Scenario being drawn")] = here.scenario
    return found | {each.name: each for each in here.kept}


def controls(language: Language) -> tuple[str, str, Indicator, str]:
    """Ask for the two scenarios, the measure, and the way of showing them."""
    text, here = language.text, _session.choices()
    with st.sidebar:
        _chrome.area_notice()
        names = list(options(language))
        first = st.selectbox("A", names, index=0)
        second = st.selectbox("B", names, index=min(1, len(names) - 1))
        indicator = st.selectbox(
            text("Measure"),
            list(LEVEL_VIEWS.values()),
            index=0,
            format_func=lambda each: text(each.label),
        )
        month = st.select_slider(
            text("Month"),
            list(range(1, 13)),
            value=here.month,
            format_func=language.month,
            key=f"compare_month_{language.code}",
        )
        if month != here.month:
            _session.choose(month=month, drawn=here.drawn + 1)
        how = st.segmented_control(
            text("Show as"),
            [_SWIPE, _SIDES],
            default=_SWIPE,
            format_func=lambda code: (
                text("Two maps, one slider") if code == _SWIPE else text("Only A, only B, both")
            ),
        )
    return first, second, indicator, how or _SWIPE


def draw(
    names: tuple[str, str], reviews: tuple[Review, Review], indicator: Indicator, how: str, language: Language
) -> None:
    """Draw both on one map."""
    here, prepared, frame = _session.choices(), _session.prepared(), _session.frame()
    text = language.text
    first, second = (level_of(each.delivery, indicator, here.month) for each in reviews)
    labels = (f"A · {names[0]}", f"B · {names[1]}")
    cells: tuple[CellLayer, ...] | Swipe
    if how == _SWIPE:
        left, right = (
            level_picture(values, indicator, language, known=indicator not in _session.unknown())
            for values in (first, second)
        )
        cells, shown = Swipe(layer(frame, left, "left"), layer(frame, right, "right"), *labels), left
    else:
        threshold = prepared.method.reporting.class_threshold
        shown = sides_picture((first, second), ("A", "B"), language, threshold=threshold)
        cells = (layer(frame, shown),)
    stage = Stage(
        month=here.month,
        label=text("Map comparing {a} with {b}", a=labels[0], b=labels[1]),
        focus=here.focus,
        notice=text("Sites as in B. Boundaries and names do not imply official endorsement."),
    )
    content = replace(scene(prepared, reviews[1], cells, shown, stage, language), stamp=here.drawn)
    _map.show(content, language, key="compare_map", height_px=560)


def tables(reviews: tuple[Review, Review], indicator: Indicator, language: Language) -> None:
    """Show who gains and who loses, season by season, and what the mean hides."""
    text, here, prepared = language.text, _session.choices(), _session.prepared()
    seasons, drop = prepared.area.seasons, prepared.method.reporting.equity_drop
    for flag in equity_flags(*reviews, seasons, drop=drop, indicator=indicator):
        _say.warning(
            text(
                "B raises the mean, but the worst season of {region} falls from {before} to {after}.",
                region=flag.name,
                before=language.percent(flag.before),
                after=language.percent(flag.after),
            )
        )
    left, right = st.columns(2, gap="large")
    rows = [
        ChangeRow(shift.name, shift.before, shift.after)
        for shift in shifts(*reviews, indicator, here.month)[:_MOST_ROWS]
    ]
    heading = text(
        "From A to B in {month}: {measure}", month=language.month(here.month), measure=text(indicator.label)
    )
    with left:
        if rows:
            st.html(change_table(rows, language, title=heading, unit=text("{District}")))
        else:
            _say.info(text("No {district} changes in this month."))
    with right:
        _seasons(reviews, language)


def _seasons(reviews: tuple[Review, Review], language: Language) -> None:
    text, prepared, unknown = language.text, _session.prepared(), _session.unknown()
    whole = by_season(*reviews, prepared.area.seasons, _BY_SEASON)
    units = dict(prepared.area.focus).get(_session.choices().focus, ())
    level = Level.REGION if len(units) == 1 else Level.AREA
    ids = list(units) if len(units) == 1 else [prepared.area.area_id]
    whole = whole[(whole["level"] == level) & whole["unit_id"].isin(ids)]
    labels = {season.season_id: season.label(language.code) for season in prepared.area.seasons}
    labels |= {"mean": text("Year, mean"), "worst": text("Worst season")}
    rows = [
        {
            text("Period"): labels[row["period"]],
            text("Measure"): text(Indicator(row["measure"]).label),
            "A": language.percent(nan if row["measure"] in unknown else row["first"], 2),
            "B": language.percent(nan if row["measure"] in unknown else row["second"], 2),
            text("Change"): language.points(row["change"], 2),
        }
        for row in whole.to_dict("records")
    ]
    where = _session.choices().focus if len(units) == 1 else text("Whole area")
    _say.subheader(text("{where} by season", where=where))
    _say.table(rows, height_px=38 + 35 * len(rows))
    if unknown:
        _say.caption(text("Where a figure is not known, its change is that of what is known of it."))


def page() -> None:
    """Lay the page out."""
    language = _session.language()
    text = language.text
    first, second, indicator, how = controls(language)
    _say.title(text("Compare"))
    found = options(language)
    if len(found) == 1:
        _say.info(
            text(
                "There is only the baseline so far. Draw a scenario on the Map page; "
                "it then appears here as B."
            )
        )
    _headline.silences(language)
    reviews = (_session.reviewed(found[first]), _session.reviewed(found[second]))
    draw((first, second), reviews, indicator, how, language)
    tables(reviews, indicator, language)


page()
