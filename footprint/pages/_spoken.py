"""Which language a reader meets first, and how the address keeps it for a reload."""

from __future__ import annotations

import streamlit as st

from footprint.language import LANGUAGES

_ADDRESS = "lang"
"""What the address calls the reader's language, where it is not their browser's."""
_ELSE = "en"


def first_language() -> str:
    """Return the code of the language that the address asks for, else of the browser's, else English."""
    asked = str(st.query_params.get(_ADDRESS, ""))
    return asked if asked in LANGUAGES else _browsers()


def keep_language(code: str) -> None:
    """Let the address say the reader's language, for a reload, where their browser would say another."""
    if code == _browsers():
        st.query_params.pop(_ADDRESS, None)
    elif st.query_params.get(_ADDRESS) != code:
        st.query_params[_ADDRESS] = code


def _browsers() -> str:
    """Return the language of the reader's browser where it is one of ours, else English."""
    code = (st.context.locale or "").partition("-")[0].lower()
    return code if code in LANGUAGES else _ELSE
