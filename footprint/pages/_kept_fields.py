"""Fields whose choice outlives a change of language: Streamlit forgets one whose options read otherwise."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

from footprint.language import Language
from footprint.pages._say import plain

_KEPT = "kept_fields"
Option = TypeVar("Option")


def one_of(
    key: str,
    label: str,
    options: Sequence[Option],
    first: Option,
    words: Callable[[Option], str],
    language: Language,
) -> Option:
    """
    Ask for one of several.

    Parameters
    ----------
    key
        Of the field.
    label
        Its label, in the reader's language.
    options
        What there is; the first if what was chosen is no longer there.
    first
        Chosen to begin with.
    words
        What an option is called.
    language
        The reader's.
    """
    kept = st.session_state.setdefault(_KEPT, {})
    wanted = kept.get(key, first)
    index = options.index(wanted) if wanted in options else 0
    chosen = st.selectbox(
        plain(label),
        options,
        index=index,
        format_func=lambda option: plain(words(option)),
        key=f"{key}_{language.code}",
    )
    kept[key] = chosen
    return chosen


def some_of(
    key: str,
    label: str,
    options: Sequence[Option],
    first: Sequence[Option],
    words: Callable[[Option], str],
    language: Language,
    *,
    none: str = "",
    most: int | None = None,
) -> tuple[Option, ...]:
    """
    Ask for any number of several, in the order in which they are chosen.

    Parameters
    ----------
    key, label, options, first, words, language
        As for `one_of`.
    none
        What stands there while nothing is chosen.
    most
        How many may be chosen.
    """
    kept = st.session_state.setdefault(_KEPT, {})
    chosen = st.multiselect(
        plain(label),
        options,
        default=[option for option in kept.get(key, first) if option in options],
        format_func=lambda option: plain(words(option)),
        placeholder=plain(none or language.text("choose")),
        max_selections=most,
        key=f"{key}_{language.code}",
    )
    kept[key] = tuple(chosen)
    return tuple(chosen)
