"""Footprint review. Run with `footprint run`, or `streamlit run app.py -- AREA`."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

import footprint.pages
from footprint.errors import FootprintError
from footprint.pages import _bar, _chrome, _desk, _lost, _own, _say, _session
from footprint.pages._say import plain
from layers.errors import LayerError

HERE = Path(footprint.pages.__file__).parent


def main() -> None:
    """Show the page asked for; the one place where errors become messages."""
    _lost.tell()
    text = _session.bare_language().text
    st.set_page_config(page_title=text("Footprint review"), page_icon=_chrome.icon(), layout="wide")
    pages = [
        st.Page(HERE / f"{name}.py", title=text(label), icon=icon, url_path=name, default=name == _bar.FIRST)
        for name, (label, icon) in _bar.PAGES.items()
    ]
    page = st.navigation(pages, position="hidden")
    name = page.url_path or _bar.FIRST
    _bar.frame(name)
    _own.follow(name)
    try:
        if name in _bar.WITHOUT_AREA:
            _chrome.said()
            page.run()
            return
        for words, made_ready in _session.first_steps():
            with st.spinner(plain(text(words))):
                made_ready()
        if _session.begin():
            _desk.begin()
            _session.has_begun()
        _desk.refresh()
        _bar.tools(name)
        if name != _bar.FIRST:
            with st.container():  # always there, so that a message does not move what stands below
                _chrome.said()
        page.run()
        _desk.keep()
    except LayerError as error:
        _say.error(text("The files of this area cannot be used. Nothing was loaded."))
        _say.table(_chrome.fault_rows(error.faults))
    except FootprintError as error:
        _say.faults(error.said(_session.bare_language()))


main()
