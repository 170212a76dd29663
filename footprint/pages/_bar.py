"""The bar above every page: where we are, what to look at, under which numbers, in which language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from footprint.errors import PlaceError
from footprint.language import LANGUAGES, Language, msgid
from footprint.objectives import Measure
from footprint.pages import _assumptions, _export, _objectives, _session
from footprint.pages._choices import Drawer
from footprint.pages._say import plain
from footprint.pages._spoken import keep_language
from footprint.place.finding import find_place
from footprint.serving.options import LARGEST_BROUGHT_MB, LARGEST_FILE_MB
from footprint.travel.profiles import Profile
from footprint.views.assets import page_style
from footprint.views.cells import PROFILE_LABELS, VIEW_LABELS, View
from footprint.views.clicks import lonlat
from footprint.views.desk_html import invented_badge
from footprint.views.escaping import escape, tag
from footprint.views.focus import focus_keys, focus_label
from footprint.views.scene import FLOOD, INCIDENTS
from footprint.views.words import MEASURE_LABELS
from layers.characters import printable

PAGES = {
    "desk": (msgid("Review desk"), ":material/map:"),
    "options": (msgid("Options"), ":material/balance:"),
    "briefing": (msgid("Briefing"), ":material/print:"),
    "hotspots": (msgid("Hotspots"), ":material/crisis_alert:"),
    "sites": (msgid("Sites"), ":material/location_on:"),
    "evidence": (msgid("Evidence"), ":material/fact_check:"),
    "data": (msgid("Data"), ":material/database:"),
    "method": (msgid("Method"), ":material/tune:"),
    "newarea": (msgid("New area"), ":material/add_location_alt:"),
}
"""Pages by the name of their file: what each is called, and its icon."""

FIRST = "desk"
"""The page that opens first."""

WITHOUT_AREA = frozenset({"newarea"})
"""Pages that need no area, and so stand also where none can be read."""

DOTS = msgid("Who could be reached: dots of need")
_DOTS = "dots"
_PROFILED = (View.MINUTES, View.REASONS)


def frame(page: str) -> None:
    """Draw what stands there also where no area can be read: name, pages, language."""
    keep_language(_session.choices().language)
    text = _session.bare_language().text
    most_mb = LARGEST_BROUGHT_MB if page in WITHOUT_AREA else LARGEST_FILE_MB
    st.html(page_style(_session.bare_language(), most_mb))
    with st.container(key="bar", horizontal=True):
        with st.container(key="brand"):
            st.html(tag("div", escape("Footprint"), class_="fp-brand"))
        # By a key of each page's own: one that stayed the same would stay open over the page that was chosen.
        menu = st.container(key="pages").popover(
            plain(text(PAGES[page][0])), icon=PAGES[page][1], key=f"menu_{page}"
        )
        with menu:
            for name, (label, icon) in PAGES.items():
                st.page_link(str(Path(__file__).with_name(f"{name}.py")), label=plain(text(label)), icon=icon)
        with st.container(key="langbox"):
            _session.preset("language", _session.choices().language)
            st.segmented_control(
                "Language / Langue",
                list(LANGUAGES),
                format_func=lambda code: plain(code.upper()),
                key="language",
                label_visibility="collapsed",
                on_change=_on_language,
            )


def _on_language() -> None:
    picked = _session.widget_value("language")
    if picked:
        _session.choose(language=picked)


def tools(page: str) -> None:
    """Draw what is about the area: its name and date, what to look at, and under which numbers."""
    language, area = _session.language(), _session.prepared().area
    with st.container(key="bararea", horizontal=True):
        words = f"{area.names.get(language.code, area.names['en'])} · {language.date(area.frame_date)}"
        with st.container(key="areaname"):
            st.html(tag("div", escape(words), class_="fp-area", title=words))
        if page == "desk":
            _search(language)
            _focus(language)
            _view(language)
            with st.container(key="export"):
                _export.popover(language)
        with st.container(key="assumptions"):
            _assumptions.popover(language)
        if area.invented:
            with st.container(key="invented"):
                st.html(invented_badge(language))


def _search(language: Language) -> None:
    """Look for a town, a unit, a site or coordinates."""
    key = f"search_{language.code}"
    with st.container(key="search"):
        st.selectbox(
            language.text("Find a place, or 14.07, -3.52"),
            _session.known_places(),
            index=None,
            placeholder=language.text("Find a place, or 14.07, -3.52"),
            format_func=plain,
            accept_new_options=True,
            key=key,
            label_visibility="collapsed",
            on_change=lambda: _on_search(key),
        )


def _on_search(key: str) -> None:
    wanted = _session.widget_value(key)
    if not wanted:
        return
    language = _session.language()
    try:
        found = find_place(_session.prepared(), _session.reviewed(_session.scenario()).laydown, str(wanted))
    except PlaceError as error:
        _session.say(error.said(language))
    else:
        _session.choose(
            at=lonlat(_session.prepared().area.crs, found.x_m, found.y_m), goes=True, drawer=Drawer.PLACE
        )


def _focus(language: Language) -> None:
    area, here, key = _session.prepared().area, _session.choices(), f"focus_{language.code}"
    keys = focus_keys(area)
    _session.preset(key, here.focus if here.focus in keys else "")
    with st.container(key="focus"):
        st.selectbox(
            language.text("Focus"),
            keys,
            placeholder=language.text("Focus"),
            format_func=lambda each: printable(focus_label(area, each, language)),
            key=key,
            label_visibility="collapsed",
            on_change=lambda: _session.choose(focus=str(_session.widget_value(key) or "")),
        )


def _view(language: Language) -> None:
    """Ask what the map shows, whose need counts, and what lies over it."""
    text, here = language.text, _session.choices()
    label = text(VIEW_LABELS[here.view]) if here.view else text(DOTS)
    with (
        st.container(key="view"),
        st.popover(plain(label), icon=":material/layers:", key="viewmenu", on_change="rerun") as menu,
    ):
        chosen = f"view_{language.code}"
        _session.preset(chosen, str(here.view or _DOTS))
        st.selectbox(
            text("The map shows"),
            [_DOTS, *map(str, View)],
            format_func=lambda each: printable(text(DOTS if each == _DOTS else VIEW_LABELS[View(each)])),
            key=chosen,
            on_change=lambda: _choose_view(chosen),
        )
        if here.view in _PROFILED:
            helicopter = here.view is View.MINUTES
            ways = [each for each in Profile if helicopter or each is not Profile.HELICOPTER]
            _pick(
                "profile",
                text("Way of travelling"),
                ways,
                here.profile,
                lambda each: text(PROFILE_LABELS[each]),
            )
        _pick(
            "measure",
            text("Whose need counts"),
            list(Measure),
            here.measure,
            lambda each: text(MEASURE_LABELS[each]),
        )
        absent = _session.prepared().area.absent
        floods = text("Floods: not known") if "flood_zones" in absent else text("Flood")
        events = text("Incidents: not known") if "incidents" in absent else text("Incidents")
        names = {INCIDENTS: events, FLOOD: floods}
        over = f"layers_{language.code}"
        _session.preset(over, [name for name in names if name in here.layers])
        st.pills(
            text("Also on the map"),
            tuple(names),
            selection_mode="multi",
            default=None,
            format_func=lambda name: plain(names[name]),
            key=over,
            on_change=lambda: _session.choose(layers=_session.several(over)),
        )
        _session.preset("drawing", here.drawing)
        st.toggle(
            text("Measure an area: click its corners"),
            key="drawing",
            on_change=lambda: _session.choose(
                drawing=bool(_session.widget_value("drawing")), sketch=(), drawer=Drawer.PLACE
            ),
        )
        if menu.open:
            _objectives.table(language)


def _choose_view(key: str) -> None:
    wanted = str(_session.widget_value(key) or _DOTS)
    _session.choose(view=None if wanted == _DOTS else View(wanted))


def _pick(
    name: str, label: str, options: Sequence[object], chosen: object, words: Callable[[Any], str]
) -> None:
    """Ask for one of the reader's choices, and take it over at once."""
    key = f"{name}_{_session.choices().language}"
    _session.preset(key, chosen if chosen in options else options[0])
    st.selectbox(
        plain(label),
        options,
        format_func=lambda each: printable(words(each)),
        key=key,
        on_change=lambda: _session.choose(**{name: _session.widget_value(key)}),
    )
