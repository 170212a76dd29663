"""Fields whose choice outlives a change of language: Streamlit forgets one whose options read otherwise."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import streamlit as st

from footprint.language import Language
from footprint.pages import _session
from footprint.pages._say import plain

Option = TypeVar("Option")


@dataclass(frozen=True, slots=True)
class KeptField(Generic[Option]):
    """A choice among options."""

    key: str
    label: str
    """In the reader's language."""
    options: Sequence[Option]
    words: Callable[[Option], str]
    """What an option is called, in the reader's language."""


def one_of(field: KeptField[Option], first: Option, language: Language) -> Option:
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
    wanted = _session.kept(field.key, first)
    chosen = st.selectbox(
        plain(field.label),
        field.options,
        index=field.options.index(wanted) if wanted in field.options else 0,
        format_func=lambda option: plain(field.words(option)),
        key=f"{field.key}_{language.code}",
    )
    _session.keep(field.key, chosen)
    return chosen


def one_or_words(field: KeptField[Option], language: Language, *, most: int) -> Option | str:
    """
    Ask for one of several, or for words of one's own.

    Parameters
    ----------
    field, language
        As for `one_of`; nothing is chosen to begin with.
    most
        Letters that are kept.

    Returns
    -------
    Option or str
        "" while nothing is said.
    """
    spoken = {plain(field.words(option)): option for option in field.options}
    wanted = _session.kept(field.key, "")
    shown = next((words for words, option in spoken.items() if option is wanted), str(wanted))
    chosen = st.selectbox(
        plain(field.label),
        list(spoken) if shown in spoken or not shown else [*spoken, shown],
        index=None if not shown else (list(spoken).index(shown) if shown in spoken else len(spoken)),
        placeholder=plain(language.text("choose, or write your own")),
        accept_new_options=True,
        key=f"{field.key}_{language.code}",
    )
    words = (chosen or "").strip()[:most]
    answer = spoken.get(words, words)
    _session.keep(field.key, answer)
    return answer


def some_of(
    field: KeptField[Option],
    first: Sequence[Option],
    language: Language,
    *,
    none: str = "",
    most: int | None = None,
) -> tuple[Option, ...]:
    """
    Ask for any number of many, in the order in which they are chosen.

    Parameters
    ----------
    field, first, language
        As for `one_of`.
    none
        What stands there while nothing is chosen.
    most
        How many may be chosen.
    """
    wanted = _session.kept(field.key, tuple(first))
    chosen = st.multiselect(
        plain(field.label),
        field.options,
        default=[option for option in wanted if option in field.options] if isinstance(wanted, tuple) else [],
        format_func=lambda option: plain(field.words(option)),
        placeholder=plain(none or language.text("choose")),
        max_selections=most,
        key=f"{field.key}_{language.code}",
    )
    _session.keep(field.key, tuple(chosen))
    return tuple(chosen)


def any_of(field: KeptField[Option], first: Sequence[Option], language: Language) -> tuple[Option, ...]:
    """
    Ask for any number of a few, all of which are seen at once; they come in their own order.

    Parameters
    ----------
    field, first, language
        As for `one_of`.
    """
    wanted = _session.kept(field.key, tuple(first))
    chosen = st.pills(
        plain(field.label),
        field.options,
        selection_mode="multi",
        default=[each for each in field.options if isinstance(wanted, tuple) and each in wanted],
        format_func=lambda option: plain(field.words(option)),
        key=f"{field.key}_{language.code}",
        wrap=True,
    )
    in_order = tuple(each for each in field.options if each in chosen)
    _session.keep(field.key, in_order)
    return in_order
