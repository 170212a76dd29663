"""The question of the page Options: what is to be raised, within what, and the table of choices."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

import pandas as pd
import streamlit as st

from footprint.language import Language, msgid
from footprint.options.asking import AREA, OBJECTIVES, RAISED, Asked, aim_of, figure_named
from footprint.options.choices import Act, Allowed, ChoiceSet, CostSource, OptionError
from footprint.options.engine import Question
from footprint.options.from_plans import from_plans
from footprint.options.problem import Floor, Limits
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

_WHAT: Mapping[str, str] = {
    "mission": msgid("Mission footprint"),
    "force": msgid("Force footprint"),
    "tier-1": msgid("Tier I: dialogue and engagement"),
    "tier-2": msgid("Tier II: physical protection"),
    "tier-3": msgid("Tier III: protective environment"),
}


def ask(language: Language) -> Question | None:
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
    choices = _table(language)
    if choices is None:
        _say.caption(text("The search waits until the table is mended."))
        return None
    return Question(choices, aim, limits, _session.choices().measure)


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
    stages = [[Asked(raised, unit)], *([[Asked(after, unit)]] if after else [])]
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
            text("A region that gives may lose in its worst season, points"),
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
    edited = st.data_editor(
        rows[["label", "more"]],
        hide_index=True,
        disabled=["label"],
        key=f"options_more_{language.code}",
        column_config={
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
    regions = frame[frame["level"] == "region"]
    rows = pd.DataFrame({"name": regions["name"].map(printable), "least": [None] * len(regions)})
    rows["least"] = rows["least"].astype("float64")
    edited = st.data_editor(
        rows,
        hide_index=True,
        disabled=["name"],
        key=f"options_floors_{language.code}",
        column_config={
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
    names = {choice.place: choice.name for choice in _session.choice_set(_begin).choices}
    chosen = st.multiselect(
        language.text("At most one of these may change"),
        list(names),
        format_func=lambda place: printable(str(names.get(place, place))),
        key="options_either",
    )
    return (tuple(chosen),) if len(chosen) > 1 else ()


def _begin() -> ChoiceSet:
    """Return the table of the question that was searched last, as after a reload; else a suggestion."""
    asked = _runs.asked()
    return suggested(_session.prepared(), _PLACES) if asked is None else asked.choices


def _table(language: Language) -> ChoiceSet | None:
    """Show the table to be edited, and return what it says; None, with its faults said, if it cannot be."""
    text = language.text
    kept = _session.choice_set(_begin)
    shared = _session.prepared()
    places = len({choice.place for choice in kept.choices})
    title = text(
        "Choices: {rows} rows at {places} places",
        rows=language.number(len(kept.choices)),
        places=language.number(places),
    )
    with st.expander(plain(title), expanded=False, icon=":material/table:"):
        _say.caption(
            text(
                "One row for each thing that may become of a place. Costs marked “invented” are only there "
                "so that there is something to reckon with: write your own over them. An empty cost is not "
                "known, and leaves the choice out where that cost is limited."
            )
        )
        edited = _editor(kept, language)
        _sources(kept, language)
    sites = dict(zip(shared.area.sites.index, shared.area.sites["name"], strict=True))
    try:
        return ChoiceSet(read_rows(edited, sites, shared.method.assets), kept.roads)
    except OptionError as error:
        _say.faults(error.said(language))
        return None


def _editor(kept: ChoiceSet, language: Language) -> list[dict[str, str]]:
    """Show the rows, and return them as edited, as text by column."""
    text = language.text
    frame = pd.DataFrame([row_of(choice) for choice in kept.choices], columns=list(COLUMNS))
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
    edited = st.data_editor(
        frame,
        hide_index=True,
        num_rows="dynamic",
        width="stretch",
        height=420,
        column_order=_SHOWN,
        column_config=config,
        key=f"options_table_{_session.choice_version()}_{language.code}",
    )
    return [
        {name: "" if value is None or value != value else _cell(value) for name, value in row.items()}  # noqa: PLR0124
        for row in cast("list[dict[str, object]]", edited.to_dict("records"))
    ]


def _labelled(words: Mapping[str, str]) -> Callable[[Any], str]:
    return lambda value: words.get(value, str(value))


def _cell(value: object) -> str:
    return f"{value:.12g}" if isinstance(value, float | int) else str(value)


def _sources(kept: ChoiceSet, language: Language) -> None:
    """Offer the table as a file, another one from a file, the plans' own choices, and a fresh suggestion."""
    text, shared = language.text, _session.prepared()
    save, take, fresh = st.columns(3)
    save.download_button(
        text("Save the table (CSV)"),
        dumps_table(kept).encode("utf-8-sig"),
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
        count = st.slider(text("New places"), 0, 200, _PLACES, 10, key="options_places")
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
        found = loads_table(content, sites, shared.method.assets)
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
    kept = _session.choice_set(_begin)
    plans = [row.plan for row in _desk.rows() if not row.is_nothing]
    choices = [
        choice
        for number, plan in enumerate(plans, start=1)
        for choice in from_plans(shared, plan.scenario, plan.office, proposals_in(plan), prefix=f"{number}-")
    ]
    _session.keep_choice_set(kept.with_choices(*choices))
