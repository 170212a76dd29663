"""What frames every page: language, area, notices, and the style they share."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources

import streamlit as st
from PIL import Image

from footprint.language import LANGUAGES
from footprint.pages import _session
from layers.errors import Fault

_NAMES = {"en": "English", "fr": "Français"}

# Streamlit leaves wide margins above and between; a map wants the room.
_STYLE = """
<style>
.stMainBlockContainer {padding: 3.6rem 2rem 2rem; max-width: 1720px}
@media (max-width: 640px) {.stMainBlockContainer {padding: 3.4rem .8rem 1.5rem}}
[data-testid="stMetric"] {padding: .65rem .9rem .55rem}
[data-testid="stMetricValue"] {font-size: 1.75rem; font-variant-numeric: tabular-nums}
[data-testid="stMetricLabel"] p {font-size: .86rem; color: #42515d}
[data-testid="stSidebar"] h1 {font-size: 1.35rem; padding: 0 0 .1rem}
h1 {font-size: 1.6rem !important; padding: 0 0 .35rem !important; letter-spacing: -.01em}
h2 {font-size: 1.15rem !important; padding: .3rem 0 .2rem !important}
h3 {font-size: 1rem !important; padding: .2rem 0 .1rem !important}
.fp-badge {display: inline-block; background: #fff3d6; color: #6b4a00; border: 1px solid #e6c778;
  border-radius: 999px; padding: .1rem .7rem; font-size: .8rem; font-weight: 600}
.fp-small {font-size: .84rem; color: #4d5b66; line-height: 1.4}
.fp-changes li {margin: .1rem 0; font-size: .88rem}
</style>
"""


def icon() -> Image.Image:
    """Return the page's picture in the browser's tab, from the package: nothing is fetched."""
    with resources.files("footprint").joinpath("views/client/icon.png").open("rb") as file:
        return Image.open(file).copy()


def sidebar() -> None:
    """Draw what stands above every page's own controls."""
    text = _session.language().text
    st.html(_STYLE)
    with st.sidebar:
        codes = list(LANGUAGES)
        picked = st.segmented_control(
            "Language / Langue",
            codes,
            default=_session.choices().language,
            format_func=lambda code: _NAMES[code],
            key="language",
            label_visibility="collapsed",
        )
        if picked and picked != _session.choices().language:
            _session.choose(language=picked, drawn=_session.choices().drawn + 1)
            st.rerun()
        st.caption(text("Results say where protection could be delivered, never that anyone is protected."))


def said() -> None:
    """Show once what the last action could not do, and why."""
    message = _session.message()
    if message:
        st.warning(message, icon=":material/info:")


def area_notice() -> None:
    """Say beside results what area they are about and what of it is invented."""
    language = _session.language()
    area = _session.prepared().area
    name = area.names.get(language.code, area.names["en"])
    st.markdown(f"**{name}** · " + language.text("as of {date}", date=language.date(area.frame_date)))
    if area.invented:
        st.html(f'<span class="fp-badge">{language.text("Some data are invented")}</span>')


def fault_rows(faults: Sequence[Fault]) -> list[dict[str, object]]:
    """Return faults as rows of a table in the reader's language."""
    text = _session.language().text
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
