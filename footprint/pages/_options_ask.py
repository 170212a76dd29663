"""The question of the page Options: what is to be raised, within what, and the table of choices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from footprint.language import Language, msgid
from footprint.options.asking import AREA, OBJECTIVES, RAISED, AskedFigure, aim_of, figure_named
from footprint.options.choices import OptionError
from footprint.options.engine import OptionsQuestion
from footprint.options.problem import Floor, Limits
from footprint.pages import _options_table, _runs, _say, _session
from footprint.pages._say import plain
from layers.characters import printable

_WHAT: Mapping[str, str] = {
    "mission": msgid("Mission footprint"),
    "force": msgid("Force footprint"),
    "tier-1": msgid("Tier I: dialogue and engagement"),
    "tier-2": msgid("Tier II: physical protection"),
    "tier-3": msgid("Tier III: protective environment"),
}


def ask(language: Language) -> OptionsQuestion | None:
    """Ask the question; None, with what is wrong said, where it makes no sense yet."""
    text = language.text
    _go_on()
    with st.container(border=True, key="optionsask"):
        try:
            aim = _aim(language)
            limits = _limits(language)
        except OptionError as error:
            _say.faults(error.said(language))
            return None
    choices = _options_table.table(language)
    if choices is None:
        _say.caption(text("The search waits until the table is mended."))
        return None
    return OptionsQuestion(choices, aim, limits, _session.choices().measure)


def _go_on() -> None:
    """After a reload, ask again what was searched last."""
    asked = _runs.asked()
    if asked is None or _session.widget_value("options_what") is not None:
        return
    limits, first = asked.limits, asked.aim.priorities[0][0]
    words = {indicator: key for key, indicator in RAISED.items()}
    figure = first.figure
    of = figure.unit_id or (OBJECTIVES if figure.level == "objective" else AREA)
    then = words[asked.aim.priorities[1][0].figure.indicator] if len(asked.aim.priorities) > 1 else None
    drop = None if limits.donor_drop is None else 100 * limits.donor_drop
    for key, value in {
        "options_what": words[figure.indicator],
        "options_of": of,
        "options_mean": round(100 * first.mean_share),
        "options_then": then,
        "options_once": None if limits.one_off_usd is None else limits.one_off_usd / 1e6,
        "options_yearly": None if limits.more_recurrent_usd is None else limits.more_recurrent_usd / 1e6,
        "options_posts": limits.more_posts,
        "options_mobile": limits.mobile_units,
        "options_free": limits.free_assets,
        "options_drop": drop,
        "options_either": list(limits.either_or[0]) if limits.either_or else [],
    }.items():
        _session.preset(key, value)


def _aim(language: Language) -> Any:  # noqa: ANN401 - an aim, of a type that only the question needs
    """Ask what is to be raised."""
    text, shared = language.text, _session.prepared()
    names = {OBJECTIVES: text("All objectives, by their weights"), AREA: text("The whole area")}
    names |= {each.objective_id: each.name(language.code) for each in shared.objectives}
    what, of, share, then = st.columns([3, 3, 2, 3])
    raised = what.selectbox(
        text("Raise"), list(RAISED), format_func=lambda key: plain(text(_WHAT[key])), key="options_what"
    )
    unit = of.selectbox(
        text("Of"), list(names), format_func=lambda key: printable(names[key]), key="options_of"
    )
    mean = share.slider(
        text("Mean ↔ worst season, %"),
        0,
        100,
        50,
        10,
        key="options_mean",
        help=plain(text("100 is the mean of the year alone, 0 the worst season alone.")),
    )
    after = then.selectbox(
        text("Then, without loss to it"),
        [None, *(key for key in RAISED if key != raised)],
        format_func=lambda key: "–" if key is None else plain(text(_WHAT[key])),
        key="options_then",
    )
    stages = [[AskedFigure(raised, unit)], *([[AskedFigure(after, unit)]] if after else [])]
    return aim_of(shared, stages, mean / 100)


def _limits(language: Language) -> Limits:
    """Ask what there is beyond today."""
    text, shared = language.text, _session.prepared()
    once, yearly, posts, units = st.columns(4)
    none = text("empty: no limit")
    one_off = once.number_input(
        text("Budget of changes, million USD"), 0.0, None, 20.0, 0.5, key="options_once", placeholder=none
    )
    recurrent = yearly.number_input(
        text("A year may cost more, million USD"),
        None,
        None,
        0.0,
        0.5,
        key="options_yearly",
        placeholder=none,
    )
    more_posts = posts.number_input(
        text("Posts beyond today’s"), None, None, 30, 1, key="options_posts", placeholder=none
    )
    mobile = units.number_input(
        text("Mobile units for seasonal sites"), 0, None, None, 1, key="options_mobile", placeholder=none
    )
    kinds, guards = st.columns([2, 3])
    with kinds.popover(plain(text("Assets beyond today’s")), width="stretch"):
        more = _more_assets(language)
        free = st.toggle(text("All assets come from outside: do not count them"), key="options_free")
    with guards.popover(plain(text("Floors, donors, either-or")), width="stretch"):
        drop = st.number_input(
            plain(text("A {region} that gives may lose in its worst season, points")),
            0.0,
            100.0,
            100 * shared.method.proposals.donor_drop,
            0.5,
            key="options_drop",
            placeholder=none,
        )
        floors = _floors(language)
        either = _either(language)
    return Limits(
        one_off_usd=_millions(one_off),
        more_recurrent_usd=_millions(recurrent),
        more_posts=None if more_posts is None else int(more_posts),
        more_assets=more,
        free_assets=free,
        mobile_units=mobile,
        either_or=either,
        floors=floors,
        donor_drop=None if drop is None else drop / 100,
    )


def _millions(value: float | None) -> float | None:
    return None if value is None else round(1e6 * value, 2)


def _more_assets(language: Language) -> tuple[tuple[str, int], ...]:
    """Ask how many assets of each kind there are beyond those that stand today."""
    text, method = language.text, _session.prepared().method
    rows = pd.DataFrame(
        {"kind": list(method.assets), "more": [_FIRST.get(kind, 0) for kind in method.assets]}
    )
    rows["label"] = [text(method.assets[kind].label) for kind in rows["kind"]]
    edited = _say.editor(
        rows[["label", "more"]],
        f"options_more_{language.code}",
        disabled=["label"],
        columns={
            "label": st.column_config.TextColumn(plain(text("Kind"))),
            "more": st.column_config.NumberColumn(plain(text("More")), min_value=0, max_value=1000, step=1),
        },
    )
    counts = zip(rows["kind"], edited["more"].fillna(0), strict=True)
    return tuple((str(kind), int(count)) for kind, count in counts if count)


_FIRST = {
    "civil_affairs_team": 3,
    "community_liaison": 4,
    "human_rights_team": 3,
    "stabilisation_team": 3,
    "unpol_team": 3,
}
"""What a reader begins with: civilians and police advisers can be recruited, companies cannot."""


def _floors(language: Language) -> tuple[Floor, ...]:
    """Ask for the least worst season of units."""
    text, shared = language.text, _session.prepared()
    frame = shared.units.frame
    regions = frame[(frame["level"] == "region") & ~shared.units.outside]
    rows = pd.DataFrame({"name": regions["name"].map(printable), "least": [None] * len(regions)})
    rows["least"] = rows["least"].astype("float64")
    edited = _say.editor(
        rows,
        f"options_floors_{language.code}",
        disabled=["name"],
        columns={
            "name": st.column_config.TextColumn(plain(text("{Region}"))),
            "least": st.column_config.NumberColumn(
                plain(text("Mission, worst season, at least %")), min_value=0.0, max_value=100.0
            ),
        },
    )
    pairs = zip(regions["unit_id"], edited["least"], strict=True)
    return tuple(
        Floor(figure_named(shared, "mission", str(unit)), float(least) / 100)
        for unit, least in pairs
        if least == least and least is not None  # noqa: PLR0124 - empty is not a number
    )


def _either(language: Language) -> tuple[tuple[str, ...], ...]:
    """Ask of which places one at most may change."""
    names = {choice.place: choice.name for choice in _options_table.kept().choices}
    chosen = st.multiselect(
        language.text("At most one of these may change"),
        list(names),
        format_func=lambda place: printable(str(names.get(place, place))),
        key="options_either",
    )
    return (tuple(chosen),) if len(chosen) > 1 else ()
