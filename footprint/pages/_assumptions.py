"""Assumptions: numbers that were changed, what one more would do, and the way back."""

from __future__ import annotations

import streamlit as st

from footprint.errors import FootprintError
from footprint.language import Language
from footprint.method import Parameter, default_method
from footprint.pages import _desk, _finding, _say, _session
from footprint.pages._say import plain
from footprint.views.words import change_of_number
from layers.characters import printable


def popover(language: Language) -> None:
    """Draw the chip that says whether numbers were changed, and behind it which, and what if."""
    text, changed = language.text, len(_session.choices().method)
    label = (
        language.plural("{n} assumption changed", "{n} assumptions changed", changed)
        if changed
        else text("Assumptions: as shipped")
    )
    with st.popover(plain(label), icon=":material/tune:", type="primary" if changed else "secondary"):
        _changed(language)
        _what_if(language)
        _say.link("method", text("Every number, with its source"), icon=":material/tune:")


def _changed(language: Language) -> None:
    text, method = language.text, _session.prepared().method
    changes = [each for each in method.parameters if each.changed]
    if not changes:
        _say.caption(text("All numbers are as shipped."))
        return
    _say.items(change_of_number(each, language) for each in changes)
    row = _session.choices().row
    if row is not None:
        _say.caption(text("Kept with the plan “{plan}”.", plan=row.plan.name))
    st.button(
        text("Back to the shipped numbers"),
        icon=":material/restart_alt:",
        width="stretch",
        on_click=lambda: _desk.set_numbers(()),
    )


def _what_if(language: Language) -> None:
    """Try one number, and see what it would change before it is taken over."""
    text, parameters = language.text, _session.prepared().method.parameters
    by_id = {each.parameter_id: each for each in parameters if each.minimum < each.maximum}
    key = f"whatif_{language.code}"
    chosen = st.selectbox(
        text("What if this number were another?"),
        list(by_id),
        index=None,
        format_func=lambda each: printable(_label(by_id[each], language)),
        placeholder=text("Choose a number"),
        key=key,
    )
    if not chosen:
        return
    parameter = by_id[chosen]
    wanted = st.number_input(
        plain(
            text(
                "From {least} to {most}",
                least=language.stated(parameter.minimum),
                most=language.stated(parameter.maximum),
            )
        ),
        parameter.minimum,
        parameter.maximum,
        parameter.value,
        key=f"whatif_{chosen}_{parameter.value}",
    )
    if wanted == parameter.value:
        return
    try:
        edited = default_method().edited({**dict(_session.choices().method), chosen: wanted})
    except FootprintError as error:
        _say.faults(error.said(language))
        return
    numbers = tuple((change.path, change.new) for change in edited.changes)
    _say.sentence(_finding.under(numbers, language))
    st.button(
        text("Take it over"),
        type="primary",
        width="stretch",
        key=f"takeover_{chosen}",
        on_click=lambda: _desk.set_numbers(numbers),
    )


def _label(parameter: Parameter, language: Language) -> str:
    return f"{language.text(parameter.label)} [{language.text(parameter.unit)}]"
