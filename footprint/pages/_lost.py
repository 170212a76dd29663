"""A session lost: the browser has come back, and what was chosen in it is no longer here."""

from __future__ import annotations

import streamlit as st

from footprint.language import LANGUAGES, Language
from footprint.pages import _session
from footprint.serving.sessions import had_session

_BEGUN = "session_begun"


def tell() -> None:
    """
    Say so once, where a new session begins for a browser that had one before and no desk to go back to.

    In every language: which one the reader had chosen is lost too.
    """
    if _session.widget_value(_BEGUN) is not None:
        return
    _session.preset(_BEGUN, "yes")
    # The address of a desk leads back to all of it.
    if not _session.asked_seat() and had_session(st.context.headers.get("Sec-WebSocket-Protocol") or ""):
        _session.say(
            " / ".join(
                language.text(
                    "The connection to the app was lost and a new session has begun: what was chosen and "
                    "drawn in the earlier one is gone, unless it was kept in a plan or a file."
                )
                for language in map(Language, LANGUAGES)
            )
        )
