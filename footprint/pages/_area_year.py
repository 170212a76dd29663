"""The year of an area that is begun, and what its units are called: stated, or proposed with who says so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd
import streamlit as st

from footprint.language import Language, msgid
from footprint.pages import _say
from footprint.pages._say import plain
from layers.assemble.blank import StatedSeason, two_seasons
from layers.countries import CountryProposal

_MONTHS = range(1, 13)
_RAINS = {
    "": msgid("not stated"),
    "none": msgid("in no month"),
    "one": msgid("in one season"),
    "two": msgid("in two seasons"),
}


class YearSaid(NamedTuple):
    """What is stated of an area's year; None and nothing: not stated."""

    rains: str | None
    seasons: tuple[StatedSeason, ...]
    start_month: int | None


def year(here: str, known: CountryProposal, language: Language) -> YearSaid:
    """
    Ask for months of rain, seasons and the first month of their year.

    Parameters
    ----------
    here
        What the fields are for: those of another country begin anew.
    known
        What stands in them first.
    language
        The reader's.
    """
    text = language.text
    rains = _rains(here, known, language)
    seasons = _seasons(here, rains, is_proposed=known.rains is not None, language=language)
    start = _month(
        text("First month of the year of seasons"), f"begin_start_{here}", language, known.start_month
    )
    if start is None:
        _say.caption(text("Not stated: January stands in on charts and lists of months."))
    return YearSaid(rains, seasons, start)


def _month(label: str, key: str, language: Language, proposed: int | None = None) -> int | None:
    chosen = st.selectbox(
        plain(label),
        list(_MONTHS),
        index=None if proposed is None else proposed - 1,
        placeholder=language.text("not stated"),
        format_func=language.month,
        key=key,
    )
    return int(chosen) if chosen is not None else None


def _rains(here: str, known: CountryProposal, language: Language) -> str | None:
    """Ask for the months of rain; None while they are not stated."""
    text = language.text
    proposed = [(int(first), int(last)) for first, last in re.findall(r"(\d+)-(\d+)", known.rains or "")]
    how = st.radio(
        text("It rains, so that roads are wet"),
        list(_RAINS),
        index=(0, 2, 3)[len(proposed)],
        format_func=lambda each: plain(text(_RAINS[each])),
        horizontal=True,
        key=f"begin_rains_{here}",
    )
    if proposed:
        _say.caption(
            text("Months of rain are a proposal ({source}): change them.", source=text(known.rains_from))
        )
    if how == "none":
        return ""
    if not how:
        _say.caption(text("Roads are slower in the rains. Not stated: results say so; nothing is guessed."))
        return None
    spans = []
    for number in range(1, 3 if how == "two" else 2):
        first_, last_ = proposed[number - 1] if number <= len(proposed) else (None, None)
        left, right = st.columns(2)
        with left:
            first = _month(text("From"), f"begin_rain_from_{number}_{here}", language, first_)
        with right:
            last = _month(text("To, that month too"), f"begin_rain_to_{number}_{here}", language, last_)
        if first is None or last is None:
            _say.caption(text("Not stated as long as a month is missing."))
            return None
        spans.append(f"{first}-{last}")
    return ",".join(spans)


def _seasons(
    here: str, rains: str | None, *, is_proposed: bool, language: Language
) -> tuple[StatedSeason, ...]:
    """Ask for seasons: made of the rains at a tick, or named by hand."""
    text = language.text
    two = two_seasons(rains or "")
    if two and st.checkbox(
        text("Two seasons: the dry season and the rains"),
        value=is_proposed,
        key=f"begin_two_seasons_{here}",
    ):
        return two
    with st.expander(text("Seasons; not stated: quarters of the year stand in"), key="begin_seasons"):
        names = {name: pd.Series([""] * 2, dtype=str) for name in ("en", "fr")}
        spans = {name: pd.Series([None] * 2, dtype="Int64") for name in ("first", "last")}
        months: dict[str, Any] = {
            "options": list(_MONTHS),
            "format_func": lambda month: language.month(int(month)),
        }
        edited = _say.editor(
            pd.DataFrame(names | spans),
            # Headings are in the reader's language: another language has rows of its own.
            f"begin_season_rows_{language.code}",
            {
                "en": st.column_config.TextColumn(text("Name in English")),
                "fr": st.column_config.TextColumn(text("Name in French")),
                "first": st.column_config.SelectboxColumn(text("From"), **months),
                "last": st.column_config.SelectboxColumn(text("To, that month too"), **months),
            },
            num_rows="dynamic",
        )
        return _typed_seasons(edited, language)


def _typed_seasons(edited: pd.DataFrame, language: Language) -> tuple[StatedSeason, ...]:
    """Return the seasons of the rows that have a name and both months, and say how many others there are."""
    typed, made = 0, []
    for row in edited.astype(object).where(edited.notna(), "").to_dict("records"):
        named = {code: name for code in ("en", "fr") if (name := str(row[code]).strip())}
        typed += bool(named or row["first"] or row["last"])
        if named and row["first"] and row["last"]:
            # One name alone stands in both languages.
            labels = {"en": named.get("en") or named["fr"], **named}
            made.append(StatedSeason(labels=labels, months=f"{int(row['first'])}-{int(row['last'])}"))
    if len(made) < typed:
        _say.warning(
            language.text(
                "A season needs a name and both months; rows that lack one are not taken: {n}.",
                n=language.number(typed - len(made)),
            )
        )
    return tuple(made)


def unit_words(
    here: str, known: CountryProposal, language: Language
) -> Mapping[str, Mapping[str, tuple[str, str]]]:
    """Ask what units are called; a level of which a word is missing is not stated."""
    text = language.text
    title = text("What units are called; not stated: region and district stand in")
    if known.unit_words:
        shown = ", ".join(forms[language.code][1] for forms in known.unit_words.values())
        title = text("What units are called; proposed: {words}", words=shown)
    with st.expander(plain(title), key="begin_unit_words"):
        if known.units_from:
            _say.caption(text("A proposal ({source}): change it here.", source=text(known.units_from)))
        labels = (
            text("First level, one"),
            text("First level, several"),
            text("Second level, one"),
            text("Second level, several"),
        )
        typed: dict[str, list[str]] = {}
        spoken = {"en": text("In English"), "fr": text("In French")}
        for (code, name), column in zip(spoken.items(), st.columns(2), strict=True):
            given = _forms(known, code)
            # Words that are proposed in French are those of the units that English ones call as proposed.
            where = [
                here if code == "en" or same else f"{here}_own"
                for same in _as_proposed(known, typed.get("en", []))
            ]
            with column:
                _say.strong(name)
                typed[code] = [
                    st.text_input(
                        plain(label),
                        value=given[number] if where[number] == here else "",
                        key=f"begin_unit_{code}_{number}_{where[number]}",
                    ).strip()
                    for number, label in enumerate(labels)
                ]
    words: dict[str, dict[str, tuple[str, str]]] = {}
    for code, forms in typed.items():
        for level, pair in (("region", forms[:2]), ("district", forms[2:])):
            if all(pair):
                words.setdefault(level, {})[code] = (pair[0], pair[1])
    complete = {level: forms for level, forms in words.items() if "en" in forms}
    if words.keys() - complete.keys():
        _say.warning(text("A level without English words is not stated, whatever it is called in French."))
    return complete


def _forms(known: CountryProposal, code: str) -> list[str]:
    """Return the four words that are proposed in a language, "" where there is none."""
    return [
        form
        for level in ("region", "district")
        for form in known.unit_words.get(level, {}).get(code, ("", ""))
    ]


def _as_proposed(known: CountryProposal, english: list[str]) -> list[bool]:
    """Tell for each of the four words whether its level is called in English as is proposed."""
    given = _forms(known, "en")
    return [english[at : at + 2] == given[at : at + 2] for at in (0, 0, 2, 2)]
