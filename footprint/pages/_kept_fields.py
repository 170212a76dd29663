"""Fields whose choice outlives a change of language: Streamlit forgets one whose options read otherwise."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import streamlit as st

from footprint.language import Language
from footprint.pages._say import plain

_KEPT = "kept_fields"
Option = TypeVar("Option")


@dataclass(frozen=True, slots=True)
class Field(Generic[Option]):
    """A choice among options."""

    key: str
    label: str
    """In the reader's language."""
    options: Sequence[Option]
    words: Callable[[Option], str]
    """What an option is called, in the reader's language."""


def one_of(field: Field[Option], first: Option, language: Language) -> Option:
    """
    Ask for one of several.

    Parameters
    ----------
    field
        What is asked; where what was chosen is no longer there, the first of the options is.
    first
        Chosen to begin with.
    language
        The reader's.
    """
    kept = st.session_state.setdefault(_KEPT, {})
    wanted = kept.get(field.key, first)
    chosen = st.selectbox(
        plain(field.label),
        field.options,
        index=field.options.index(wanted) if wanted in field.options else 0,
        format_func=lambda option: plain(field.words(option)),
        key=f"{field.key}_{language.code}",
    )
    kept[field.key] = chosen
    return chosen


def some_of(
    field: Field[Option],
    first: Sequence[Option],
    language: Language,
    *,
    none: str = "",
    most: int | None = None,
) -> tuple[Option, ...]:
    """
    Ask for any number of several, in the order in which they are chosen.

    Parameters
    ----------
    field, first, language
        As for `one_of`.
    none
        What stands there while nothing is chosen.
    most
        How many may be chosen.
    """
    kept = st.session_state.setdefault(_KEPT, {})
    chosen = st.multiselect(
        plain(field.label),
        field.options,
        default=[option for option in kept.get(field.key, first) if option in field.options],
        format_func=lambda option: plain(field.words(option)),
        placeholder=plain(none or language.text("choose")),
        max_selections=most,
        key=f"{field.key}_{language.code}",
    )
    kept[field.key] = tuple(chosen)
    return tuple(chosen)
