"""Page: the map, the month, a proposal, and at once what it changes."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from footprint.indicators.seasons import season_of
from footprint.language import Language
from footprint.objectives import Measure
from footprint.pages import _chrome, _headline, _map, _proposal, _say, _session
from footprint.pages._say import plain
from footprint.pages._session import Mode
from footprint.travel.profiles import Profile
from footprint.views.cells import PROFILE_LABELS, VIEW_HELP, VIEW_LABELS, View, picture
from footprint.views.clicks import PointClick, SiteClick, read_click
from footprint.views.scene import FLOOD, INCIDENTS, Stage, layer, scene
from footprint.views.words import MEASURE_LABELS
from layers.months import months_in

MAP_HEIGHT_PX = 620
_PROFILED = (View.MINUTES, View.REASONS)


def controls(language: Language) -> None:
    """Ask for month, view and focus."""
    text, here = language.text, _session.choices()
    prepared = _session.prepared()
    with st.sidebar:
        _chrome.area_notice()
        month = st.select_slider(
            text("Month"),
            list(range(1, 13)),
            value=here.month,
            format_func=language.month,
            # Streamlit knows a choice by its words; in another language they are others.
            key=f"month_{language.code}",
        )
        season = season_of(prepared.area.seasons, month)
        _say.caption(f"{season.label(language.code)} · {language.months(months_in(season.months))}")
        view, profile = _view(language)
        names = ["", *(name for name, _ in prepared.area.focus)]
        focus = st.segmented_control(
            text("Focus"),
            names,
            default=here.focus,
            format_func=lambda name: plain(name or text("Whole area")),
            key="focus",
        )
        measure = st.selectbox(
            text("Whose need counts"),
            list(Measure),
            index=list(Measure).index(here.measure),
            format_func=lambda code: text(MEASURE_LABELS[code]),
            key=f"measure_{language.code}",
            help=text("The percentages are shares of this need. Objectives below keep their own."),
        )
        shown = _overlays(language)
    asked = {
        "month": month,
        "view": view,
        "profile": profile,
        "focus": focus or "",
        "measure": measure,
        "layers": tuple(shown),
    }
    if asked != {name: getattr(here, name) for name in asked}:
        _session.choose(**asked, drawn=here.drawn + 1)


def _view(language: Language) -> tuple[View, Profile]:
    """Ask what the map shows, and of which way of travelling."""
    text, here = language.text, _session.choices()
    views = list(View)
    view = st.selectbox(
        text("The map shows"),
        views,
        index=views.index(here.view),
        format_func=lambda code: text(VIEW_LABELS[code]),
        key=f"view_{language.code}",
    )
    _say.caption(text(VIEW_HELP[view]))
    profile = here.profile
    if view in _PROFILED:
        profiles = [code for code in Profile if view is View.MINUTES or code is not Profile.HELICOPTER]
        known = profiles.index(here.profile) if here.profile in profiles else 0
        profile = st.selectbox(
            text("Way of travelling"),
            profiles,
            index=known,
            format_func=lambda code: text(PROFILE_LABELS[code]),
            key=f"profile_{language.code}",
        )
    return view, profile


def _overlays(language: Language) -> list[str]:
    """Ask what lies over the cells."""
    text, here = language.text, _session.choices()
    chosen: list[str] = st.pills(
        text("Also on the map"),
        [INCIDENTS, FLOOD],
        default=[name for name in here.layers if name in {INCIDENTS, FLOOD}],
        selection_mode="multi",
        format_func=lambda name: plain(text({INCIDENTS: "Incidents", FLOOD: "Flood"}[name])),
        key="layers",
    )
    return chosen


def on_click() -> None:
    """Act on a click on the map, each once; runs before the page is drawn again."""
    here = _session.choices()
    click, seen = read_click(_session.reported("map"), here.seen)
    _session.choose(seen=seen)
    match click:
        case SiteClick(site_id):
            _session.choose(selected=site_id, drawn=here.drawn + 1)
        case PointClick(lon, lat):
            _proposal.point(lon, lat)
        case None:
            pass


def draw(language: Language) -> None:
    """Draw the map of the scenario."""
    here, prepared = _session.choices(), _session.prepared()
    answer = _session.reviewed(here.scenario)
    shown = picture(prepared, _session.router(), answer, _session.asked(), language)
    label = language.text(
        "Map of sites and of what could be delivered in {month}", month=language.month(here.month)
    )
    stage = Stage(month=here.month, label=label, focus=here.focus, over=here.layers)
    content = scene(prepared, answer, (layer(_session.frame(), shown),), shown, stage, language)
    content = replace(
        content,
        selected=here.selected,
        sketch=here.sketch,
        pointing=here.mode is not Mode.LOOK,
        stamp=here.drawn,
    )
    _map.show(content, language, key="map", height_px=MAP_HEIGHT_PX, on_click=on_click)


def page() -> None:
    """Lay the page out."""
    language = _session.language()
    controls(language)
    _headline.title(language)
    _headline.cards(language)
    with st.container():  # always there, so that a warning does not move the map and draw it anew
        _headline.warnings(language)
    left, right = st.columns([2.7, 1], gap="medium")
    with right:
        _proposal.panel(language)
    with left:
        draw(language)
        _headline.below(language)
    _headline.evidence(language)


page()
