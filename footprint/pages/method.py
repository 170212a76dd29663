"""Page: every number with its unit, source and effect; changes hold for this session and are marked."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from footprint.errors import MethodError
from footprint.language import Language, msgid
from footprint.method import Method, Parameter, default_method
from footprint.pages import _desk, _say, _session
from footprint.pages._say import plain
from footprint.views.charts import words_table
from footprint.views.escaping import escape, tag
from footprint.views.method_text import formulas

GROUP = "group_"
"""Begins the keys of the groups of numbers."""
GROUPS = {
    "travel": msgid("Travel"),
    "demand": msgid("Protection need"),
    "reporting": msgid("What is reported"),
    "tasking": msgid("Aircraft, escorts and days"),
    "hotspots": msgid("Hotspots"),
    "seasonality": msgid("Months that return"),
    "evidence": msgid("Evidence"),
    "proposals": msgid("Checks of proposals"),
    "uncertainty": msgid("How sure figures are"),
    "options": msgid("Options"),
    "drawn": msgid("What is drawn"),
}


def page() -> None:
    """Lay the page out."""
    language = _session.language()
    text = language.text
    method = _session.prepared().method
    _say.title(text("Method"))
    _say.prose(formulas(language))
    bundles(method, language)
    _say.subheader(text("Every number"))
    _say.caption(
        text(
            "Numbers marked as a judgement have no public standard behind them. "
            "A change belongs to the plan you draw on, or to your session where there is none."
        )
    )
    changed = [parameter for parameter in method.parameters if parameter.changed]
    if changed:
        _say.warning(
            text(
                "Changed in this session: {names}",
                names=language.listing(text(parameter.label) for parameter in changed),
            )
        )
        if st.button(text("Back to the shipped numbers"), icon=":material/restart_alt:"):
            _desk.set_numbers(())
            st.rerun()
    for group, members in groupby(method.parameters, key=lambda parameter: parameter.group):
        called = plain(text(GROUPS.get(group, group)))
        with st.expander(called, key=f"{GROUP}{group}", on_change="rerun") as part:
            # Fields that nobody sees are not made: with all of them a page takes seconds to answer.
            if part.open:
                numbers(group, list(members), language)


def bundles(method: Method, language: Language) -> None:
    """Say what each tier needs."""
    text = language.text
    rows = [
        {
            text("Bundle"): text(bundle.label),
            text("Needs"): (
                " · " + text("and") + " · " if bundle.rule == "all" else " · " + text("or") + " · "
            ).join(
                "(" + f" {text('or')} ".join(text(method.capabilities[name].label) for name in group) + ")"
                for group in bundle.groups
            ),
        }
        for bundle in method.bundles.values()
    ]
    _say.subheader(text("What each tier needs"))
    st.html(words_table(rows))


def numbers(group: str, members: list[Parameter], language: Language) -> None:
    """Show one group of numbers and let the reader change them, saved all at once."""
    text = language.text
    _say.caption(text(members[0].effect))
    with st.form(f"method-{group}", border=False):
        wanted = {}
        for parameter in members:
            left, right = st.columns([1, 2], vertical_alignment="bottom")
            mark = " ●" if parameter.changed else ""
            wanted[parameter.parameter_id] = left.number_input(
                plain(f"{text(parameter.label)} [{text(parameter.unit)}]{mark}"),
                parameter.minimum,
                parameter.maximum,
                parameter.value,
                key=f"parameter-{parameter.parameter_id}-{parameter.value}",
            )
            origin = text("Judgement") if parameter.judgement else text("Source")
            shipped = text("shipped: {value}", value=language.stated(parameter.default))
            source = f"{language.labelled(origin, text(parameter.source))} ({shipped})"
            right.html(tag("div", escape(source), class_="fp-small"))
        if st.form_submit_button(text("Save"), icon=":material/save:"):
            _save(wanted)


def _save(wanted: dict[str, float]) -> None:
    here = _session.choices()
    try:
        edited = default_method().edited({**dict(here.method), **wanted})
    except MethodError as error:
        _session.say(error.said(_session.language()))
    else:
        changed = tuple((change.path, change.new) for change in edited.changes)
        _desk.set_numbers(changed)
    st.rerun()


page()
