"""Own areas: which one this reader makes or has opened, as the address says, and who may bring files."""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from footprint.pages import _session, _trays
from footprint.serving.endpoint import Endpoint
from footprint.serving.options import BY_OTHERS
from footprint.shipped import outlines
from layers.countries import read_countries
from layers.intake.own_areas import own_area
from layers.intake.tray import Tray

ADDRESS = "area"
"""What the address calls the name of one's own area."""
MAKER = "newarea"
"""Page on which areas are made: its address names the one being made, that of all others the one opened."""


def is_alone() -> bool:
    """Tell whether this machine alone can reach the app: files are brought nowhere else."""
    listens = st.get_option("server.address")
    return BY_OTHERS not in sys.argv and bool(listens) and Endpoint(str(listens)).is_local


def follow(page: str) -> None:
    """Go where the address leads, and let it lead back to where we are."""
    if not is_alone():
        return
    key = "making" if page == MAKER else "opened"
    wanted, here = str(st.query_params.get(ADDRESS, "")), str(_session.kept(key, ""))
    if wanted and wanted != here:
        if own_area(wanted) is None:
            text = _session.bare_language().text
            _session.say(text("The address names an area of yours that is not there: {name}", name=wanted))
        elif page == MAKER:
            make(wanted)
        else:
            _session.go_over(wanted)
    _lead_back(str(_session.kept(key, "")))


def _lead_back(name: str) -> None:
    if name and st.query_params.get(ADDRESS) != name:
        st.query_params[ADDRESS] = name
    elif not name:
        st.query_params.pop(ADDRESS, None)


def open_on_desk(name: str) -> None:
    """Let the app work on one of the reader's own areas, "" for the one that it was started with."""
    _session.go_over(name)
    _session.leave_seat()
    st.switch_page(str(Path(__file__).with_name("desk.py")))


def making() -> Path | None:
    """Return the folder of the area that this reader makes, None before one is begun or chosen."""
    return own_area(str(_session.kept("making", "")))


def make(name: str) -> None:
    """Go on with one of the reader's own areas, "" to begin another."""
    if name != _session.kept("making", ""):
        tray = _session.kept("tray")
        if isinstance(tray, Tray):
            tray.close()
        _session.keep("tray", None)
        _session.keep("built", None)
    _session.keep("making", name)
    _lead_back(name)


def tray(area: Path) -> Tray:
    """Return the files that this reader has brought for an area and neither taken nor left."""
    lying = _session.kept("tray")
    if not isinstance(lying, Tray) or lying.area != area:
        lying = _left_lying(area) or Tray(area, read_countries(outlines()))
        _session.keep("tray", lying)
        trays = _trays.TRAYS
        trays.by_area[str(area)] = lying
        trays.reader[lying] = _reader()
    return lying


def _left_lying(area: Path) -> Tray | None:
    """
    Return the tray of a reader of this area whose page is gone: a page loaded anew is another session.

    Streamlit remembers a session without a page for about two minutes; what is kept of it goes then.
    """
    trays = _trays.TRAYS
    lying = trays.by_area.get(str(area))
    if lying is None or not lying.files:
        return None
    return None if _is_open(trays.reader.get(lying, "")) else lying


def _is_open(session: str) -> bool:
    """Tell whether a page of a session is open."""
    return runtime.exists() and runtime.get_instance().is_active_session(session)


def _reader() -> str:
    context = get_script_run_ctx()
    return context.session_id if context is not None else ""
