"""Footprint review. Run with `footprint run`, or `streamlit run app.py -- AREA`."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

import footprint.pages
from footprint.errors import FootprintError
from footprint.pages import _chrome, _lost, _say, _session
from layers.errors import LayerError

HERE = Path(footprint.pages.__file__).parent


def main() -> None:
    """Show the page asked for; the one place where errors become messages."""
    _lost.tell()
    text = _session.bare_language().text
    st.set_page_config(page_title=text("Footprint review"), page_icon=_chrome.icon(), layout="wide")
    pages = [
        st.Page(HERE / "map.py", title=text("Map"), icon=":material/map:", url_path="map", default=True),
        st.Page(HERE / "compare.py", title=text("Compare"), icon=":material/compare:", url_path="compare"),
        st.Page(
            HERE / "hotspots.py",
            title=text("Hotspots"),
            icon=":material/crisis_alert:",
            url_path="hotspots",
        ),
        st.Page(HERE / "sites.py", title=text("Sites"), icon=":material/location_on:", url_path="sites"),
        st.Page(
            HERE / "evidence.py", title=text("Evidence"), icon=":material/fact_check:", url_path="evidence"
        ),
        st.Page(HERE / "data.py", title=text("Data"), icon=":material/database:", url_path="data"),
        st.Page(HERE / "method.py", title=text("Method"), icon=":material/tune:", url_path="method"),
    ]
    page = st.navigation(pages, position="top")
    _chrome.sidebar()
    try:
        with st.container():  # always there, so that a message does not move the map and draw it anew
            _chrome.said()
        with st.spinner(text("Reading the layers and joining the roads. The first start takes longest.")):
            _session.begin()
            _session.prepared()
        page.run()
    except LayerError as error:
        _say.error(text("The files of this area cannot be used. Nothing was loaded."))
        _say.table(_chrome.fault_rows(error.faults))
    except FootprintError as error:
        _say.error(str(error))


main()
