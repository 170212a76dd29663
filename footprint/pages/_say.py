"""
Say: every word on a page goes through here and arrives as text, never as markup.

Streamlit reads nearly all it is given as Markdown: a name in a file could be a link, a picture fetched
from the network, a colour, an icon or a formula. So nothing is markup but what this module makes so itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from layers.characters import printable

_JOINER = "\u2060"
"""Invisible, and no place to break a line. Streamlit looks for links, icons, emoji and arrows after it has
undone backslashes, so only a character in between keeps their marks apart."""

_MARKS = re.compile(r"[\\`*_$~<]|&(?=[#A-Za-z])|(?<=\])\(")
"""What Markdown reads as markup wherever it stands; a lone bracket is none."""
_OPENING = re.compile(r"^(#+|[-+=>]|\d+(?=[.)]))")
"""What Markdown reads as a heading, list or quotation where a text begins."""
_SHORT_CODE = re.compile(r":(?=\S)")
"""Colours, icons, emoji and addresses of the form `https:…`."""
_ADDRESS = re.compile(r"(?<=@)(?=\S)|(?<=www)(?=\.)", re.IGNORECASE)
_ARROW = re.compile(r"(?<=[-<>~])(?=[-=>])|(?<=<)(?=-)")


def plain(words: str) -> str:
    r"""
    Return words so that Streamlit's Markdown shows them as they are; for labels of widgets and their options.

    Parameters
    ----------
    words
        Anything; ends of lines become spaces.

    Returns
    -------
    str
        Looks like `words` once shown, but for control and direction characters.

    Examples
    --------
    >>> plain("Gare (centre), 10 km: open"), plain("*bold* $x$ [a](b)")
    ('Gare (centre), 10 km: open', '\\*bold\\* \\$x\\$ [a]\\(b)')
    """
    text = printable(words).strip()
    text = _ARROW.sub(_JOINER, _ADDRESS.sub(_JOINER, text))
    text = _SHORT_CODE.sub(rf"\\:{_JOINER}", _MARKS.sub(r"\\\g<0>", text))
    return _OPENING.sub(lambda mark: _escaped(mark[0]), text)


def _escaped(opening: str) -> str:
    """Return the mark that opens a heading, list or quotation as plain text."""
    return f"{opening}{_JOINER}" if opening[0].isdigit() else f"\\{opening}"


def title(words: str) -> None:
    """Show the title of a page."""
    st.title(plain(words))


def subheader(words: str) -> None:
    """Show the heading of a part of a page."""
    st.subheader(plain(words))


def caption(words: str) -> None:
    """Show small print."""
    st.caption(plain(words))


def sentence(words: str) -> None:
    """Show a line of text."""
    st.markdown(plain(words))


def success(words: str, *, icon: str | None = None) -> None:
    """Show what was done."""
    st.success(plain(words), icon=icon)


def items(lines: Iterable[str]) -> None:
    """Show lines as a list with a dot before each; nothing where there are none."""
    written = "\n".join(f"- {plain(line)}" for line in lines)
    if written:
        st.markdown(written)


def named(name: str, words: str) -> None:
    """Show a name in bold, and what is to say of it beside."""
    st.markdown(f"**{plain(name)}** · {plain(words)}")


def prose(own: str) -> None:
    """Show paragraphs of our own catalogues, the one place where Markdown in a text is meant."""
    st.markdown(own)


def info(words: str) -> None:
    """Show a hint."""
    st.info(plain(words))


def warning(words: str, *, icon: str | None = None) -> None:
    """Show what the reader must not overlook, with one of Streamlit's icons."""
    st.warning(plain(words), icon=icon)


def error(words: str) -> None:
    """Show why there is no answer."""
    st.error(plain(words))


def faults(lines: str) -> None:
    """Show why there is no answer, each line a box of its own."""
    for line in lines.splitlines():
        error(line)


def verbatim(text: str, *, height_px: int) -> None:
    """Write text as it stands, letter by letter, in a box of a height."""
    st.code(text, language=None, height=height_px)


def link(page: str, words: str, *, icon: str) -> None:
    """Show a way to another page, by the name of its file."""
    st.page_link(str(Path(__file__).with_name(f"{page}.py")), label=plain(words), icon=icon)


def table(
    rows: Sequence[Mapping[str, object]],
    *,
    height_px: int | None = None,
    wide: str | None = None,
    wide_px: int = 200,
) -> None:
    """
    Show rows as a table over the whole width.

    Parameters
    ----------
    rows
        One mapping from the words of the columns to their values for each row.
    height_px
        Height [px]; by default as Streamlit sees fit.
    wide
        Column that needs room, by its words.
    wide_px
        Its width [px].
    """
    st.dataframe(
        [{column: shown(value) for column, value in row.items()} for row in rows],
        hide_index=True,
        width="stretch",
        height=height_px or "auto",
        column_config={wide: st.column_config.TextColumn(width=wide_px)} if wide else None,
        placeholder="",
    )


def shown(value: object) -> object:
    """Return a value for a cell of a table: texts without what steers a screen, anything else as it is."""
    return printable(value) if isinstance(value, str) else value


def strong(words: str) -> None:
    """Show a line in bold: the name of what follows."""
    st.markdown(f"**{plain(words)}**")


def editor(frame: pd.DataFrame, key: str, columns: Mapping[str, Any], **how: Any) -> pd.DataFrame:  # noqa: ANN401
    """
    Show rows to be edited, and return them as they are now.

    Parameters
    ----------
    frame
        The rows; its texts are shown without what steers a screen.
    key
        Of the widget.
    columns
        How each column is shown, by its name.
    **how
        Anything else that Streamlit's editor takes.
    """
    safe = frame.map(shown)
    # An empty cell is empty: "None" would be a word of no language.
    edited = st.data_editor(
        safe, key=key, column_config=dict(columns), hide_index=True, placeholder="", **how
    )
    return pd.DataFrame(edited)
