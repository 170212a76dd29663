"""The table of choices on the page Options: edited in place, saved, opened, filled from plans."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

import pandas as pd
import streamlit as st

from footprint.language import Language, msgid
from footprint.options.choices import Act, Allowed, ChoiceSet, CostSource, OptionError
from footprint.options.from_plans import from_plans
from footprint.options.suggest import suggested
from footprint.options.table import COLUMNS, dumps_table, loads_table, read_rows, row_of
from footprint.options.words import ACT_LABELS, ALLOWED, CONFIDENCE
from footprint.pages import _desk, _runs, _say, _session
from footprint.pages._say import plain
from footprint.serving.options import LARGEST_FILE_MB
from footprint.workshop.proposed import proposals_in
from layers.characters import printable

_PLACES = 20
"""New places in the table a reader begins with."""

_HEADS: Mapping[str, str] = {
    "place": msgid("Place"),
    "name": msgid("Name"),
    "act": msgid("What"),
    "assets": msgid("Assets"),
    "lon": msgid("Longitude"),
    "lat": msgid("Latitude"),
    "months": msgid("Months open"),
    "one_off_usd": msgid("Once, USD"),
    "recurrent_usd": msgid("A year, USD"),
    "confidence": msgid("Confidence in costs"),
    "posts": msgid("Posts"),
    "allowed": msgid("Allowed"),
    "office": msgid("Office"),
    "source": msgid("Source"),
}
_SHOWN = (
    "name",
    "act",
    "assets",
    "allowed",
    "one_off_usd",
    "recurrent_usd",
    "confidence",
    "posts",
    "months",
    "office",
    "source",
    "place",
    "lon",
    "lat",
)


def kept() -> ChoiceSet:
    """Return the table this reader works on."""
    return _session.choice_set(_begin)


def _begin() -> ChoiceSet:
    """Return the table of the question that was searched last, as after a reload; else a suggestion."""
    asked = _runs.asked()
    return suggested(_session.prepared(), _PLACES) if asked is None else asked.choices


def table(language: Language) -> ChoiceSet | None:
    """Show the table to be edited, and return what it says; None, with its faults said, if it cannot be."""
    text = language.text
    own = kept()
    shared = _session.prepared()
    places = len({choice.place for choice in own.choices})
    counted = text(
        "Choices: {rows} rows at {places} places",
        rows=language.number(len(own.choices)),
        places=language.number(places),
    )
    with st.expander(plain(text("The table of choices")), expanded=False, icon=":material/table:"):
        _say.sentence(counted)
        _say.caption(
            text(
                "One row for each thing that may become of a place. Costs marked “invented” are only there "
                "so that there is something to reckon with: write your own over them. An empty cost is not "
                "known, and leaves the choice out where that cost is limited."
            )
        )
        edited = _editor(own, language)
        _sources(own, language)
    sites = dict(zip(shared.area.sites.index, shared.area.sites["name"], strict=True))
    try:
        return ChoiceSet(read_rows(edited, sites, shared.method.assets), own.roads)
    except OptionError as error:
        _say.faults(error.said(language))
        return None


def _editor(own: ChoiceSet, language: Language) -> list[dict[str, str]]:
    """Show the rows, and return them as edited, as text by column."""
    text = language.text
    frame = pd.DataFrame([row_of(choice) for choice in own.choices], columns=list(COLUMNS))
    for name in ("one_off_usd", "recurrent_usd", "posts", "lon", "lat"):
        frame[name] = pd.to_numeric(frame[name])
    words: Mapping[str, Mapping[str, str]] = {
        "act": {str(act): text(label) for act, label in ACT_LABELS.items()},
        "allowed": {str(each): text(label) for each, label in ALLOWED.items()},
        "confidence": {str(each): text(label) for each, label in CONFIDENCE.items()},
    }
    options = {"act": Act, "allowed": Allowed, "confidence": CostSource}
    config: dict[str, Any] = {
        name: st.column_config.SelectboxColumn(
            plain(text(_HEADS[name])),
            options=[str(each) for each in kind],
            format_func=_labelled(words[name]),
        )
        for name, kind in options.items()
    }
    for name in ("one_off_usd", "recurrent_usd"):
        config[name] = st.column_config.NumberColumn(
            plain(text(_HEADS[name])), min_value=0, format="localized"
        )
    for name in _SHOWN:
        config.setdefault(name, plain(text(_HEADS[name])))
    edited = _say.editor(
        frame,
        f"options_table_{_session.choice_version()}_{language.code}",
        config,
        num_rows="dynamic",
        width="stretch",
        height=420,
        column_order=_SHOWN,
    )
    return [
        {name: "" if value is None or value != value else _cell(value) for name, value in row.items()}  # noqa: PLR0124
        for row in cast("list[dict[str, object]]", edited.to_dict("records"))
    ]


def _labelled(words: Mapping[str, str]) -> Callable[[Any], str]:
    return lambda value: words.get(value, str(value))


def _cell(value: object) -> str:
    return f"{value:.12g}" if isinstance(value, float | int) else str(value)


def _sources(own: ChoiceSet, language: Language) -> None:
    """Offer the table as a file, another one from a file, the plans' own choices, and a fresh suggestion."""
    text, shared = language.text, _session.prepared()
    save, take, fresh = st.columns(3)
    save.download_button(
        text("Save the table (CSV)"),
        dumps_table(own).encode("utf-8-sig"),
        "choices.csv",
        "text/csv",
        icon=":material/download:",
        width="stretch",
        on_click="ignore",
    )
    plans = [row for row in _desk.rows() if not row.is_nothing]
    take.button(
        plain(
            language.plural("Take in the changes of {n} plan", "Take in the changes of {n} plans", len(plans))
        ),
        icon=":material/input:",
        width="stretch",
        disabled=not plans,
        key="options_plans",
        on_click=_take_plans,
    )
    with fresh.popover(plain(text("Suggest anew")), width="stretch"):
        count = st.number_input(text("New places"), 0, 200, _PLACES, 10, key="options_places")
        st.button(
            text("Replace the table"),
            key="options_suggest",
            on_click=lambda: _session.keep_choice_set(suggested(shared, int(count))),
        )
    file = st.file_uploader(
        text("Table of choices from a file (CSV)"), ["csv"], key=f"options_file_{_session.choice_version()}"
    )
    if file is not None:
        _open(file, language)


def _open(file: Any, language: Language) -> None:  # noqa: ANN401 - Streamlit's uploaded file
    """Take a table from a file, or say everything that is wrong with it."""
    shared = _session.prepared()
    if file.size > LARGEST_FILE_MB * 1_000_000:
        _say.error(language.text("The file is larger than {n} MB.", n=LARGEST_FILE_MB))
        return
    try:
        content = file.getvalue().decode("utf-8-sig")
        sites = dict(zip(shared.area.sites.index, shared.area.sites["name"], strict=True))
        found = loads_table(content, sites, shared.method.assets, printable(file.name))
    except UnicodeDecodeError:
        _say.error(language.text("Its text is not UTF-8; save it as CSV in UTF-8."))
        return
    except OptionError as error:
        _say.faults(error.said(language))
        return
    st.button(
        plain(language.plural("Use its {n} row", "Use its {n} rows", len(found.choices))),
        key="options_use",
        on_click=lambda: _session.keep_choice_set(found),
    )


def _take_plans() -> None:
    """Put what the desk's plans change into the table, each with what its proposal says of costs."""
    shared = _session.prepared()
    own = kept()
    plans = [row.plan for row in _desk.rows() if not row.is_nothing]
    choices = [
        choice
        for number, plan in enumerate(plans, start=1)
        for choice in from_plans(shared, plan.scenario, plan.office, proposals_in(plan), prefix=f"{number}-")
    ]
    _session.keep_choice_set(own.with_choices(*choices))
