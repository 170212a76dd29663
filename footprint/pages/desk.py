"""Page: the review desk: map, one sentence, twelve months, and a drawer with place, proposal and plans."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace

import streamlit as st
from streamlit_folium import st_folium

from footprint.indicators.indicator import Indicator
from footprint.language import Language, msgid
from footprint.pages import _chrome, _finding, _place, _plans, _proposal, _session, _widgets
from footprint.pages._assets import map_assets
from footprint.pages._choices import Drawer
from footprint.pages._say import plain
from footprint.scenario import MoveSite, OpenSite
from footprint.views.assets import desk_style
from footprint.views.cells import picture
from footprint.views.change_view import change_picture
from footprint.views.clicks import RETURNED, PointClick, SiteClick, lonlat, read_click
from footprint.views.desk_data import strip_data
from footprint.views.desk_html import dots_legend, strip_legend
from footprint.views.desk_scene import beside, desk_keys, desk_scene
from footprint.views.finding import MonthFinding, sentence
from footprint.views.focus import within
from footprint.views.maps import DeskContent, MapContent, base_map, overlays
from footprint.views.palette import Picture
from footprint.views.scene import Stage, layer
from footprint.views.seats import seat_marks

DRAWER_PX = 366
_TABS = {
    Drawer.PLACE: msgid("Place"),
    Drawer.PROPOSAL: msgid("Proposal"),
    Drawer.PLANS: msgid("Plans"),
}


def on_click() -> None:
    """Act on a click on the map, each once; runs before the page is drawn again."""
    here = _session.choices()
    click, seen = read_click(_session.reported("map"), here.seen)
    _session.choose(seen=seen)
    match click:
        case PointClick(lon, lat) if here.drawing:
            _session.choose(sketch=(*here.sketch, (lon, lat)), drawer=Drawer.PLACE)
        case PointClick(lon, lat):
            _session.choose(at=(round(lon, 5), round(lat, 5)), goes=False, drawer=Drawer.PLACE)
        case SiteClick(site_id):
            _on_site(site_id)
        case None:
            pass


def _on_site(site_id: str) -> None:
    """Open the proposal of a proposed site, else look at the place of a site."""
    here = _session.choices()
    if here.row is not None and site_id in dict(here.row.plan.forms):
        _session.choose(proposal=site_id, drawer=Drawer.PROPOSAL)
        return
    point = _place_of(site_id)
    if point is not None:
        _session.choose(at=point, goes=False, drawer=Drawer.PLACE)


def _place_of(site_id: str) -> tuple[float, float] | None:
    """Return where a marker stands: a site of the plan drawn on, or one under the letter of A or B."""
    for letter, row in zip(("plan_a", "plan_b"), _finding.compared() or (), strict=False):
        for change in row.plan.scenario.changes:
            if isinstance(change, OpenSite | MoveSite) and site_id == f"{letter}-{change.site_id}":
                return change.lon, change.lat
    return _place_of_site(site_id.removeprefix("plan_a-").removeprefix("plan_b-"))


def draw(finding: MonthFinding, language: Language) -> tuple[MapContent, Picture | None]:
    """Draw the map; return its scene, and the picture of its cells, None where dots are shown."""
    here, shared = _session.choices(), _session.prepared()
    before, after = _finding.pair()
    both, shown = _finding.compared(), None
    if both is not None:
        shown = change_picture(before, after, here.indicator, here.month, language)
    elif here.view is not None:
        shown = picture(shared, _session.router(), after, _session.asked(), language)
    cells = (layer(_session.frame(), shown),) if shown else ()
    stage = Stage(month=here.month, label=sentence(finding, language), focus=here.focus, over=here.layers)
    content = desk_scene(shared, after, cells, stage, language)
    if both is not None:
        content = beside(content, shared, (before, after), here.month, language)
    units = within(shared.area, here.focus)
    dots_url, states = ("", "") if shown else (_session.dots()[1], _session.dot_states())
    content = replace(
        content,
        selected=here.proposal if here.drawer is Drawer.PROPOSAL else "",
        pointing=True,
        sketch=here.sketch,
        desk=DeskContent(
            dots_url=dots_url,
            dot_states=states,
            seats=tuple(
                seat_marks(shared.area, units[0], finding.rows, language, here.indicator if both else None)
            ),
            mark=here.at if here.drawer is Drawer.PLACE else None,
            covered_px=DRAWER_PX if here.drawer else 0,
            goes=here.goes,
        ),
    )
    _show(content, language)
    return content, shown


def _show(content: MapContent, language: Language) -> None:
    """Show the scene; one equal to the last keeps its number, so that the browser leaves the map alone."""
    here = _session.choices()
    same = hashlib.sha256(repr((replace(content, stamp=0), language.code)).encode()).hexdigest()
    if same != here.picture:
        _session.choose(picture=same, drawn=here.drawn + 1, goes=False)
    with st.container(key="mapbox"):
        st_folium(
            base_map(map_assets(), _session.frame().bounds, basemap_url=_session.basemap(), fills=True),
            key="map",
            height=600,
            use_container_width=True,
            returned_objects=list(RETURNED),
            feature_group_to_add=overlays(replace(content, stamp=_session.choices().drawn), language),
            on_change=on_click,
        )


def foot(content: MapContent, shown: Picture | None, language: Language) -> None:
    """Show what the map's signs mean, and the twelve months."""
    here, shared, unknown = _session.choices(), _session.prepared(), _session.unknown()
    before, after = _finding.pair()
    now, then = (_finding.months(each, unknown) for each in (after, before))
    data = strip_data(now, then, here.month, shared.area.seasons, language)
    both, changed = _finding.compared() is not None, before is not after
    keys = desk_keys(
        content,
        language,
        compared=both,
        changed=changed,
        worst=bool(data["worst"]),
        invented=shared.area.invented,
    )
    known = (Indicator.FORCE not in unknown, Indicator.MISSION not in unknown)
    with st.container(key="foot"):
        st.html(strip_legend(shown.legend, keys) if shown else dots_legend(language, known=known, keys=keys))
        _widgets.strip(data)


def drawer(language: Language) -> None:
    """Show the drawer, or the three ways to open it."""
    here = _session.choices()
    if not here.drawer:
        with st.container(key="drawerclosed", horizontal=True):
            for each, label in _TABS.items():
                st.button(plain(language.text(label)), key=f"open_{each}", on_click=_opener(each))
        return
    with st.container(key="drawer"):
        with st.container(key="drawertop", horizontal=True):
            key = f"tab_{language.code}"
            _session.preset(key, here.drawer)
            st.segmented_control(
                language.text("Drawer"),
                list(_TABS),
                format_func=lambda each: plain(language.text(_TABS[each])),
                key=key,
                label_visibility="collapsed",
                on_change=lambda: _session.choose(drawer=_session.widget_value(key) or here.drawer),
            )
            st.button(
                language.text("Close the drawer"),
                key="close",
                icon=":material/close:",
                type="tertiary",
                on_click=_opener(Drawer.CLOSED),
            )
        match here.drawer:
            case Drawer.PLACE:
                _place.panel(language)
            case Drawer.PROPOSAL:
                _proposal.panel(language)
            case _:
                _plans.panel(language)


def _opener(wanted: Drawer) -> Callable[[], None]:
    return lambda: _session.choose(drawer=wanted)


def _place_of_site(site_id: str) -> tuple[float, float] | None:
    """Return longitude and latitude of a site as it stands in the plan drawn on, None if it does not."""
    sites = _session.reviewed(_session.scenario()).laydown.sites
    if site_id not in sites.index:
        return None
    point = sites.at[site_id, "geometry"]
    return lonlat(_session.prepared().area.crs, point.x, point.y)


def page() -> None:
    """Lay the page out."""
    language = _session.language()
    st.html(desk_style())
    with st.container(key="notice"):  # always there, so that a message does not move the map and draw it anew
        _chrome.said()
    with st.spinner(plain(language.text("Reckoning who could come where, in each month"))):
        found = _finding.of_month(language)
    _finding.show(found, language)
    content, shown = draw(found, language)
    foot(content, shown, language)
    drawer(language)


page()
