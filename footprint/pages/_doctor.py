"""A bundle for a colleague who helps: shown in full before it can be saved, without any data."""

from __future__ import annotations

import os
from pathlib import Path

import streamlit as st

from footprint.doctor import bundle, examine, readme
from footprint.documents.json import to_json
from footprint.language import Language
from footprint.pages import _say, _session

FILE = "footprint-help.zip"


def show(language: Language) -> None:
    """Offer to look at this machine and area, and to save what was seen."""
    text = language.text
    with st.expander(text("A bundle for a colleague who helps"), key="doctor"):
        _say.caption(readme(language).partition("\n\n")[2])
        if not st.button(text("Look at this machine and area"), key="doctor_look"):
            return
        with st.spinner(text("Looking at this machine and area")):
            named = os.environ.get("FOOTPRINT_STORE")
            document = examine(_session.folder(), Path(named) if named else None)
        _say.verbatim(to_json(document), height_px=320)
        st.download_button(
            text("Save this bundle"),
            bundle(document),
            file_name=FILE,
            mime="application/zip",
            on_click="ignore",
        )
