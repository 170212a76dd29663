"""Page: where violence gathers beyond chance, which months return, and whether anyone gets there then."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from footprint.access.isolation import rows_of
from footprint.caveats import NO_INCIDENTS
from footprint.indicators.outlines import unit_at, unit_of_site
from footprint.language import Language, msgid
from footprint.pages import _calendar, _map, _meaning, _return, _say, _session, _stand_out
from footprint.pages._say import plain
from footprint.views.circle_views import excess_picture
from footprint.views.clicks import PointClick, SiteClick, read_click
from footprint.views.focus import focus_keys, focus_label
from footprint.views.hotspot_views import (
    HOTSPOT_VIEW_HELP,
    HOTSPOT_VIEW_LABELS,
    HotspotView,
    class_picture,
    hotspot_picture,
    return_picture,
)
from footprint.views.palette import Picture
from footprint.views.scene import FLOOD, INCIDENTS, Stage, layer, scene
from footprint.violence import COUNTED, Question
from layers.characters import printable
from layers.incidents import EventType

MAP_HEIGHT_PX = 660
KEY = "hotspots_map"

TYPE_LABELS = {
    EventType.ATTACK_ON_CIVILIANS: msgid("attacks on civilians"),
    EventType.BATTLE: msgid("battles"),
    EventType.EXPLOSION: msgid("explosions"),
    EventType.OTHER: msgid("other events"),
    EventType.UNKNOWN: msgid("kind not stated"),
}
PRECISION_LABELS = {
    3: msgid("As each test allows"),
    2: msgid("Known to 25 km or better"),
    1: msgid("Known to the place"),
}


_TITLE = msgid("Where violence gathers, and when it returns")


def controls(language: Language) -> None:
    """Ask for month, view, focus and which incidents count."""
    text, here, area = language.text, _session.choices(), _session.prepared().area
    with st.sidebar:
        month = st.select_slider(
            text("Month"),
            list(range(1, 13)),
            value=here.month,
            format_func=language.month,
            key=f"hotspots_month_{language.code}",
        )
        views = list(HotspotView)
        view = st.selectbox(
            text("The map shows"),
            views,
            index=views.index(here.hotspot_view),
            format_func=lambda code: text(HOTSPOT_VIEW_LABELS[code]),
            key=f"hotspot_view_{language.code}",
        )
        _say.caption(text(HOTSPOT_VIEW_HELP[view]))
        keys = focus_keys(area)
        focus = st.selectbox(
            text("Focus"),
            keys,
            index=keys.index(here.focus) if here.focus in keys else 0,
            format_func=lambda each: printable(focus_label(area, each, language)),
            key=f"hotspots_focus_{language.code}",
        )
        question = _question(language)
        floods = "Floods: not known" if "flood_zones" in area.absent else "Flood"
        shown = st.pills(
            text("Also on the map"),
            [INCIDENTS, FLOOD],
            default=list(here.hotspot_layers),
            selection_mode="multi",
            format_func=lambda name: plain(text({INCIDENTS: "Incidents", FLOOD: floods}[name])),
            key="hotspot_layers",
        )
    asked = {
        "month": month,
        "hotspot_view": view,
        "focus": focus or "",
        "question": question,
        "hotspot_layers": tuple(shown),
    }
    if asked != {name: getattr(here, name) for name in asked}:
        _session.choose(**asked, drawn=here.drawn + 1)


def _question(language: Language) -> Question:
    """Ask which incidents count."""
    text, here, incidents = language.text, _session.choices().question, _session.prepared().area.incidents
    held = [kind for kind in EventType if (incidents["event_type"] == kind).any()]
    types = st.pills(
        text("Incidents counted"),
        held,
        default=[kind for kind in held if kind in here.types],
        selection_mode="multi",
        format_func=lambda kind: plain(text(TYPE_LABELS[kind])),
        key="hotspot_types",
    )
    years = (int(incidents["year"].min()), int(incidents["year"].max())) if len(incidents) else (0, 0)
    chosen = years
    if years[0] < years[1]:
        chosen = st.slider(
            text("Years"),
            *years,
            value=(here.first_year or years[0], here.last_year or years[1]),
            key="hotspot_years",
        )
    precision = st.selectbox(
        text("How precisely placed"),
        list(PRECISION_LABELS),
        index=list(PRECISION_LABELS).index(here.precision_max),
        format_func=lambda level: text(PRECISION_LABELS[level]),
        key=f"hotspot_precision_{language.code}",
        help=plain(
            text(
                "Hotspots use places alone, discs of 50 km places known to 25 km, {districts} also those "
                "known by {district}."
            )
        ),
    )
    whole, raw = _hotspot_choices(language)
    kept = frozenset(types)
    return Question(
        # Kinds the source does not hold make no difference: one question, one answer.
        types=COUNTED if kept == COUNTED & frozenset(held) else kept,
        first_year=None if chosen[0] == years[0] else chosen[0],
        last_year=None if chosen[1] == years[1] else chosen[1],
        precision_max=precision,
        whole_record=whole,
        raw_counts=raw,
    )


def _hotspot_choices(language: Language) -> tuple[bool, bool]:
    """Ask for hotspots of the whole record, and of raw counts."""
    text, here = language.text, _session.choices().question
    whole = st.toggle(
        text("Hotspots of the whole record"),
        value=here.whole_record,
        key="hotspots_whole",
        help=plain(
            text(
                "Otherwise of the last {months} months, unless years are chosen above.",
                months=_session.prepared().method.violence.hotspots.window_months,
            )
        ),
    )
    raw = st.toggle(
        text("Raw counts"),
        value=here.raw_counts,
        key="hotspots_raw",
        help=plain(
            text(
                "Otherwise log(1 + count): on raw counts a few towns hold the variance, and nothing else can "
                "stand out."
            )
        ),
    )
    return whole, raw


def on_click() -> None:
    """Read the cercle that was clicked; runs before the page is drawn again."""
    here, area = _session.choices(), _session.prepared().area
    click, seen = read_click(_session.reported(KEY), here.hotspots_seen)
    _session.choose(hotspots_seen=seen)
    match click:
        case SiteClick(site_id) if site_id in area.sites.index:
            unit_id = unit_of_site(area, site_id)
        case PointClick(lon, lat):
            unit_id = unit_at(area, lon, lat)
        case _:
            return
    if unit_id:
        _calendar.choose(unit_id)


def _picture(language: Language) -> Picture:
    """Return what the map shows."""
    here, found = _session.choices(), _session.violence()
    match here.hotspot_view:
        case HotspotView.CLASSES:
            return class_picture(found, language)
        case HotspotView.EXCESS:
            return excess_picture(found, _session.more_than_people(), language)
        case HotspotView.DISTRICTS | HotspotView.DISCS:
            by_district = here.hotspot_view is HotspotView.DISTRICTS
            chosen = found.districts if by_district else found.discs
            units = (
                rows_of(chosen, _session.prepared().districts) if by_district else found.study_area.disc_of
            )
            return return_picture(chosen, units, _session.reach(here.scenario), here.month, language)
        case _:
            whole = here.hotspot_view is HotspotView.ALL_MONTHS
            spots = found.hotspots if whole else _session.month_spots(here.month)
            return hotspot_picture(found, spots, language)


def draw(language: Language) -> None:
    """Draw the map."""
    here, shown = _session.choices(), _picture(language)
    label = language.text(
        "Map: {view}, {month}",
        view=language.text(HOTSPOT_VIEW_LABELS[here.hotspot_view]),
        month=language.month(here.month),
    )
    stage = Stage(
        month=here.month,
        label=label,
        focus=here.focus,
        outlined=(_calendar.district(),),
        over=here.hotspot_layers,
    )
    cells = (layer(_session.frame(), shown),)
    content = scene(_session.prepared(), _session.reviewed(here.scenario), cells, shown, stage, language)
    _map.show(
        replace(content, stamp=here.drawn), language, key=KEY, height_px=MAP_HEIGHT_PX, on_click=on_click
    )


def page() -> None:
    """Lay the page out."""
    language = _session.language()
    text = language.text
    if "incidents" in _session.prepared().area.absent:
        # Maps and tables of noughts would say that there was no violence.
        _say.title(text(_TITLE))
        _say.warning(text(NO_INCIDENTS), icon=":material/help:")
        return
    controls(language)
    _say.title(text(_TITLE))
    with st.spinner(text("Comparing with chance, a hundred thousand times over.")):
        _session.violence()
    _calendar.counts(language)
    _stand_out.verdict(language)
    with st.container(key="map_and_calendar"):
        left, right = st.columns([1.25, 1], gap="medium")
    with right:
        _calendar.panel(language)
    with left:
        draw(language)
        _say.caption(
            text("Click the map to read the calendar of the {district} there, or choose it from the list.")
        )
        if _session.choices().hotspot_view is HotspotView.EXCESS:
            _stand_out.circles(language)
        _calendar.left_out(language)
    _calendar.coincidences(language)
    _return.calendar(language)
    _return.twelve(language)
    _meaning.says(language)


page()
