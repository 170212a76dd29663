"""What frames every page: language, area, notices, and the style they share."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources

import streamlit as st
from PIL import Image

from footprint.language import LANGUAGES
from footprint.pages import _say, _session
from footprint.pages._say import plain
from footprint.views.assets import page_style
from footprint.views.escaping import escape, tag
from layers.errors import Fault

_NAMES = {"en": "English", "fr": "Français"}


def icon() -> Image.Image:
    """Return the page's picture in the browser's tab, from the package: nothing is fetched."""
    with resources.files("footprint").joinpath("views/client/icon.png").open("rb") as file:
        return Image.open(file).copy()


def sidebar() -> None:
    """Draw what stands above every page's own controls."""
    text = _session.bare_language().text
    st.html(page_style())
    with st.sidebar:
        codes = list(LANGUAGES)
        picked = st.segmented_control(
            "Language / Langue",
            codes,
            default=_session.choices().language,
            format_func=lambda code: plain(_NAMES[code]),
            key="language",
            label_visibility="collapsed",
        )
        if picked and picked != _session.choices().language:
            _session.choose(language=picked, drawn=_session.choices().drawn + 1)
            st.rerun()
        _say.caption(text("Results say where protection could be delivered, never that anyone is protected."))


def said() -> None:
    """Show once what the last action could not do, and why."""
    message = _session.message()
    if message:
        _say.warning(message, icon=":material/info:")


def area_notice() -> None:
    """Say beside results what area they are about and what of it is invented."""
    language = _session.bare_language()
    area = _session.prepared().area
    name = area.names.get(language.code, area.names["en"])
    _say.named(name, language.text("as of {date}", date=language.date(area.frame_date)))
    if area.invented:
        st.html(tag("span", escape(language.text("Some data are invented")), class_="fp-badge"))


def fault_rows(faults: Sequence[Fault]) -> list[dict[str, object]]:
    """Return faults as rows of a table in the reader's language."""
    text = _session.bare_language().text
    return [
        {
            text("File"): fault.file,
            text("Column"): fault.column,
            text("Row"): fault.row,
            text("Rows"): fault.rows,
            text("Problem"): fault.problem,
            text("Remedy"): fault.remedy,
        }
        for fault in faults
    ]
