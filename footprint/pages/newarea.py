"""Page: begin an area of one's own, bring files into it, and open it on the desk."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import streamlit as st

from footprint.language import Language
from footprint.pages import _area_begin, _area_files, _area_roads, _area_there, _own, _say, _session
from footprint.pages._say import plain
from layers.characters import printable
from layers.errors import LayerError
from layers.intake.own_areas import own_areas
from layers.manifest import read_manifest


def page() -> None:
    """Lay the page out."""
    language = _session.bare_language()
    text = language.text
    if not _own.is_alone():
        _say.title(text("New area"))
        _say.info(
            text(
                "Others can reach this app. Areas are begun and files brought only where the app runs "
                "for its own machine alone: start it there with “footprint run”, without --address."
            )
        )
        return
    area = _own.making()
    if area is None:
        _say.title(text("New area"))
        _list(language)
        _area_begin.form(language)
        return
    _head(area, language)
    left, right = st.columns([5, 3], gap="large")
    with right:
        _area_there.review(area, language)
        roads = st.container()
        _area_there.panel(area, language)
    with left:
        _area_files.panel(area, language)
    with roads:
        # Last, for it takes seconds: the area is read as the desk will read it.
        _area_roads.told(area, language)


def _head(area: Path, language: Language) -> None:
    """Name the area, and lead to the desk and to the other areas."""
    text = language.text
    with st.container(horizontal=True, vertical_alignment="center", key="area_head"):
        _say.title(_title(area, language))
        if st.button(
            text("Open on the desk"),
            type="primary",
            icon=":material/map:",
            key="open_area",
            disabled=not _area_there.is_whole(area),
        ):
            _own.open_on_desk(area.name)
        if st.button(text("Other areas"), icon=":material/list:", key="other_areas"):
            _own.make("")
            st.rerun()


def _list(language: Language) -> None:
    """List the reader's own areas, to go on with or to open."""
    text, areas = language.text, own_areas()
    opened = str(_session.kept("opened", ""))
    if opened:
        with st.container(horizontal=True, vertical_alignment="center"):
            _say.sentence(text("The desk shows your area {name}.", name=opened))
            if st.button(text("Back to the area that the app was started with"), key="back_to_first"):
                _own.open_on_desk("")
    if not areas:
        return
    _say.subheader(text("Your areas"))
    titles = Counter(_title(area, language) for area in areas)
    for area in areas:
        with st.container(horizontal=True, vertical_alignment="center", key=f"own_{area.name}"):
            title = _title(area, language)
            if st.button(
                # Areas that are called alike are told apart by their folders.
                plain(title if titles[title] == 1 else f"{title} ({area.name})"),
                icon=":material/edit_location_alt:",
                help=text("Bring files, or this month’s edition of one"),
                key=f"go_on_{area.name}",
            ):
                _own.make(area.name)
                st.rerun()
            if st.button(text("Open on the desk"), icon=":material/map:", key=f"open_{area.name}"):
                _own.open_on_desk(area.name)


def _title(area: Path, language: Language) -> str:
    """Return what an area is called; the name of its folder where it does not read."""
    try:
        about = read_manifest(area)
    except LayerError:
        return area.name
    name = about.names.get(language.code, about.names["en"])
    return printable(f"{name} · {language.date(about.frame_date)}")


page()
