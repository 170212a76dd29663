"""Gains and losses in the drawer: of the plan against today, and whose change is shown."""

from __future__ import annotations

import streamlit as st

from footprint.compare import differences
from footprint.indicators.indicator import Indicator
from footprint.language import Language
from footprint.pages import _session, _widgets
from footprint.pages._choices import BASELINE
from footprint.pages._say import plain
from footprint.views.desk_data import UNCHANGED, heat_data
from footprint.views.desk_html import note


def of_the_plan(language: Language) -> None:
    """Show gains and losses by unit and month, of the whole plan against today."""
    text, here = language.text, _session.choices()
    measure(language, "gains")
    before, after = _session.reviewed(BASELINE), _session.reviewed(here.scenario)
    data = heat_data(differences(before, after), here.indicator, here.month, language)
    if data is None:
        st.html(note(nobody(text("No {district} gains or loses."), language)))
        return
    st.html(note(str(data["title"])))
    _widgets.heat(data, "heat")
    if data["more"]:
        st.html(
            note(
                language.plural("and {n} more {district}", "and {n} more {districts}", int(str(data["more"])))
            )
        )


def nobody(sentence: str, language: Language) -> str:
    """Return that nobody gains or loses, or, where the data are silent, that nobody can tell."""
    indicator = _session.choices().indicator
    if indicator not in _session.unknown():
        return sentence
    return language.text(UNCHANGED, indicator=language.text(indicator.label))


def measure(language: Language, key: str) -> None:
    """Ask whose change is shown: the mission's or the troops'."""
    name = f"measure_of_{key}_{language.code}"
    _session.preset(name, _session.choices().indicator)
    st.segmented_control(
        language.text("Whose change"),
        [Indicator.MISSION, Indicator.FORCE],
        format_func=lambda each: plain(language.text(each.short)),
        key=name,
        label_visibility="collapsed",
        on_change=lambda: _session.choose(indicator=_session.widget_value(name) or Indicator.MISSION),
    )
