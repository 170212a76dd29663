"""Page: two scenarios side by side, never as one blended score."""

from __future__ import annotations

from typing import Literal

import streamlit as st
from streamlit_folium import st_folium

from footprint.compare import by_season, differences, equity_flags, level_of
from footprint.indicators.units import Level
from footprint.language import Language
from footprint.pages import _chrome, _session
from footprint.pages._assets import map_assets
from footprint.review import Review
from footprint.scenario import Scenario
from footprint.views.cells import LEVEL_VIEWS, VIEW_LABELS, View, level_picture, sides_picture
from footprint.views.charts import ChangeRow, change_table
from footprint.views.maps import CellLayer, MapContent, Swipe, base_map, overlays
from footprint.views.palette import Picture
from footprint.views.raster import paint
from footprint.views.situation import focus_bounds, map_sites

_SWIPE, _SIDES = "swipe", "sides"
_LEAST_CHANGE = 0.0005


def options(language: Language) -> dict[str, Scenario]:
    """Return what can be compared: the baseline, the scenario being drawn, those put aside."""
    here = _session.choices()
    found = {language.text("Baseline"): _session.BASELINE}
    if here.scenario.changes:
        found[language.text("Scenario being drawn")] = here.scenario
    return found | {each.name: each for each in here.kept}


def controls(language: Language) -> tuple[str, str, View, str]:
    """Ask for the two scenarios, the measure, and the way of showing them."""
    text, here = language.text, _session.choices()
    with st.sidebar:
        _chrome.area_notice()
        names = list(options(language))
        first = st.selectbox("A", names, index=0)
        second = st.selectbox("B", names, index=min(1, len(names) - 1))
        view = st.selectbox(
            text("Measure"), list(LEVEL_VIEWS), index=0, format_func=lambda code: text(VIEW_LABELS[code])
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
    return first, second, view, how or _SWIPE


def draw(
    names: tuple[str, str], reviews: tuple[Review, Review], view: View, how: str, language: Language
) -> None:
    """Draw both on one map."""
    here, prepared, frame = _session.choices(), _session.prepared(), _session.frame()
    measure = LEVEL_VIEWS[view]
    levels = tuple(level_of(each.delivery, measure)[here.month - 1] for each in reviews)
    labels = (f"A · {names[0]}", f"B · {names[1]}")

    def layer(shown: Picture, pane: Literal["cells", "left", "right"]) -> CellLayer:
        return CellLayer(paint(frame, shown.classes, shown.colours), frame.bounds, pane=pane)

    cells: tuple[CellLayer, ...] = ()
    swipe: Swipe | None = None

    if how == _SWIPE:
        pictures = [level_picture(values, view, language) for values in levels]
        swipe = Swipe(layer(pictures[0], "left"), layer(pictures[1], "right"), *labels)
        legend = pictures[0].legend
    else:
        threshold = prepared.method.reporting.class_threshold
        both = sides_picture((levels[0], levels[1]), ("A", "B"), language, threshold=threshold)
        cells, legend = (layer(both, "cells"),), both.legend
    content = MapContent(
        cells=cells,
        swipe=swipe,
        sites=map_sites(prepared, reviews[1], here.month, language),
        focus=dict(prepared.area.focus).get(here.focus, ()),
        view=focus_bounds(prepared.area, here.focus),
        legend=legend,
        ribbon=language.text("Some data are invented") if prepared.area.invented else "",
        notice=language.text("Sites as in B. Boundaries and names do not imply official endorsement."),
        label=language.text("Map comparing {a} with {b}", a=labels[0], b=labels[1]),
        stamp=here.drawn,
    )
    st_folium(
        base_map(map_assets(), frame.bounds, basemap_url=_session.basemap()),
        key="compare_map",
        height=560,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=overlays(content, language),
    )


def tables(reviews: tuple[Review, Review], view: View, language: Language) -> None:
    """Show who gains and who loses, season by season, and what the mean hides."""
    text, here, prepared = language.text, _session.choices(), _session.prepared()
    measure, seasons = LEVEL_VIEWS[view], prepared.area.seasons
    for flag in equity_flags(*reviews, seasons, drop=prepared.method.reporting.equity_drop, measure=measure):
        st.warning(
            text(
                "B raises the mean, but the worst season of {region} falls from {before} to {after}.",
                region=flag.name,
                before=language.percent(flag.before),
                after=language.percent(flag.after),
            )
        )
    left, right = st.columns(2, gap="large")
    change = differences(*reviews)
    own = change[(change["level"] == Level.DISTRICT) & (change["month"] == here.month)].set_index("unit_id")[
        measure
    ]
    order = own.abs().sort_values(ascending=False, kind="stable")
    first = reviews[0].figures
    before = first[(first["level"] == Level.DISTRICT) & (first["month"] == here.month)].set_index("unit_id")
    names, was, gained = before["name"].to_dict(), before[measure].to_dict(), own.to_dict()
    rows = [
        ChangeRow(str(names[unit]), was[unit], was[unit] + gained[unit])
        for unit in order[order >= _LEAST_CHANGE].index[:14]
    ]
    heading = text(
        "From A to B in {month}: {measure}", month=language.month(here.month), measure=text(VIEW_LABELS[view])
    )
    with left:
        if rows:
            st.html(change_table(rows, language, title=heading, unit=text("Cercle")))
        else:
            st.info(text("No cercle changes in this month."))
    with right:
        _seasons(reviews, language)


def _seasons(reviews: tuple[Review, Review], language: Language) -> None:
    text, prepared = language.text, _session.prepared()
    whole = by_season(*reviews, prepared.area.seasons)
    units = dict(prepared.area.focus).get(_session.choices().focus, ())
    level = Level.REGION if len(units) == 1 else Level.AREA
    ids = list(units) if len(units) == 1 else [prepared.area.area_id]
    whole = whole[(whole["level"] == level) & whole["unit_id"].isin(ids)]
    labels = {season.season_id: season.label(language.code) for season in prepared.area.seasons}
    labels |= {"mean": text("Year, mean"), "worst": text("Worst season")}
    names = {measure: text(label) for measure, label in _MEASURE_NAMES.items()}
    rows = [
        {
            text("Period"): labels[row["period"]],
            text("Measure"): names[row["measure"]],
            "A": language.percent(row["first"], 2),
            "B": language.percent(row["second"], 2),
            text("Change"): language.points(row["change"], 2),
        }
        for row in whole.to_dict("records")
        if row["measure"] in {"FF", "MF", "B2"}
    ]
    where = _session.choices().focus if len(units) == 1 else text("Whole area")
    st.subheader(text("{where} by season", where=where))
    st.dataframe(rows, hide_index=True, width="stretch", height=38 + 35 * len(rows))


_MEASURE_NAMES = {
    "FF": "Force footprint",
    "MF": "Mission footprint",
    "B1": "Tier I: dialogue and engagement",
    "B2": "Tier II: physical protection",
    "B3": "Tier III: protective environment",
    "FF0": "What a circle map would say",
}


def page() -> None:
    """Lay the page out."""
    language = _session.language()
    text = language.text
    first, second, view, how = controls(language)
    st.title(text("Compare"))
    found = options(language)
    if len(found) == 1:
        st.info(
            text(
                "There is only the baseline so far. Draw a scenario on the Map page; "
                "it then appears here as B."
            )
        )
    reviews = (_session.reviewed(found[first]), _session.reviewed(found[second]))
    draw((first, second), reviews, view, how, language)
    tables(reviews, view, language)


page()
