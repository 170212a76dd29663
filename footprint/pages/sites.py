"""Page: each site, what it holds, what it contributes, and what would go with it."""

from __future__ import annotations

from collections.abc import Callable
from math import nan
from typing import Any, cast

import pandas as pd
import streamlit as st
from pandas.api.types import is_numeric_dtype

from footprint.compare import busiest_escort_days
from footprint.indicators.indicator import Indicator
from footprint.language import Language, msgid
from footprint.pages import _hanging, _say, _session
from footprint.review import Review
from footprint.scenario import OF_THE_PLAN
from footprint.views.words import CONFIDENCE_LABELS, KIND_LABELS
from layers.characters import printable
from layers.months import months_in
from layers.sites import SiteKind


def page() -> None:
    """Lay the page out."""
    language = _session.language()
    text = language.text
    _say.title(text("Sites"))
    answer = _session.reviewed(_session.scenario())
    if _session.scenario().changes:
        _say.caption(text("As they stand in the plan at hand."))
    contributions(answer, language)
    if answer.stations:
        _hanging.backup(language)
        _hanging.failing(answer, language)
    details(answer, language)


def contributions(result: Review, language: Language) -> None:
    """Show what the mission would lose with each site."""
    text = language.text
    _say.subheader(text("What each site contributes"))
    _say.caption(
        text(
            "How much of the need could no longer be reached if this site alone closed, "
            "as a mean over the year. A small loss can also mean that neighbours overlap."
        )
    )
    with st.spinner(text("Taking each site away in turn")):
        parts, unknown = _session.hanging(_session.scenario()).parts, _session.unknown()
    kinds = result.laydown.sites["kind"].map(lambda kind: text(KIND_LABELS[SiteKind(kind)]))
    # A site without any month that it is open asks for none.
    asked = busiest_escort_days(result).reindex(parts.index, fill_value=0.0)
    table = pd.DataFrame(
        {
            text("Site"): parts["name"].map(printable),
            text("Kind"): kinds.reindex(parts.index),
            **{
                text(words): _known(nan if name in unknown else 100 * parts[name], parts, language)
                for name, words in _LOSSES.items()
            },
            text("People, only from here"): parts["sole_people"],
            text("People, its fair part"): parts["shapley_people"],
            text("Escort days, busiest month"): _known(asked, parts, language),
        }
    )
    points = [text(words) for words in _LOSSES.values()]
    people = [text("People, only from here"), text("People, its fair part")]
    decimals = dict.fromkeys(points, 2) | dict.fromkeys(people, 0) | {text("Escort days, busiest month"): 1}
    decimals = {name: count for name, count in decimals.items() if is_numeric_dtype(table[name])}
    written: dict[Any, str | Callable[[object], str] | None] = {
        name: _written(language, count) for name, count in decimals.items()
    }
    st.dataframe(table.style.format(written), hide_index=True, width="stretch", height=38 + 35 * len(table))
    _say.caption(
        text(
            "People whom troops reach by land within {time}, mean of the year: those whom this site alone "
            "reaches, and its fair part of all (Shapley), which shares out those whom several reach.",
            time=language.hours(_session.prepared().method.reporting.beyond_min),
        )
    )
    _hanging.fair_parts(language)


def _known(values: object, parts: pd.DataFrame, language: Language) -> pd.Series[Any]:
    """Return a column of numbers, or of words if any is not known: Streamlit writes "None" for it."""
    column = pd.Series(values, index=parts.index)
    return column.map(_written(language, 2)) if column.isna().any() else column


def _written(language: Language, decimals: int) -> Callable[[object], str]:
    """Return how a number is written in the reader's language; what is not known says so."""
    return lambda value: language.number(cast("float", value), decimals)


def details(result: Review, language: Language) -> None:
    """Show one site: assets, months, how it joins the roads, and how far each fact can be trusted."""
    text, method = language.text, _session.prepared().method
    sites, assets = result.laydown.sites, result.laydown.assets
    _say.subheader(text("One site"))
    names = sites["name"].sort_values(kind="stable")
    chosen = st.selectbox(
        text("Site"),
        list(names.index),
        format_func=lambda site_id: printable(str(names[site_id])),
    )
    site = sites.loc[chosen]
    post = next(post for post in result.stations if post.site_id == chosen)
    open_in = language.months(months_in(int(site["months"])))
    _say.sentence(
        text(
            "Open: {months}. Confidence: {confidence}.",
            months=open_in,
            confidence=text(CONFIDENCE_LABELS[site["confidence"]]),
        )
    )
    _say.caption(text("Source: {source}", source=_source(site["source"], language)))
    if post.connector.snapped_too_far:
        _say.warning(text("No road within the limit: this site is joined across country only."))
    else:
        _say.caption(text("Nearest road: {km} km.", km=language.number(post.connector.road_m / 1000, 1)))
    own = assets[assets["site_id"] == chosen]
    rows = [
        {
            text("Asset"): text(method.assets[row.kind].label),
            text("Component"): text(COMPONENTS[method.assets[row.kind].component]),
            text("Number"): row.number,
            text("Availability"): language.percent(row.availability, 0)
            if row.availability == row.availability
            else text("method's default"),
            text("Confidence"): text(CONFIDENCE_LABELS[row.confidence]),
            text("Source"): _source(row.source, language),
        }
        for row in own.rename(columns={"count": "number"}).itertuples()
    ]
    _say.table(rows)


def _source(source: object, language: Language) -> str:
    """Return where a fact comes from, as its file says, or in the reader's words that a plan made it."""
    return language.text(OF_THE_PLAN) if source == OF_THE_PLAN else str(source)


_LOSSES = {
    "MF": msgid("Mission, points"),
    "FF": msgid("Force, points"),
    "B1": Indicator.TIER_1.short,
    "B2": Indicator.TIER_2.short,
    "B3": Indicator.TIER_3.short,
}
"""Words of each column of losses."""

COMPONENTS = {
    "military": msgid("Military"),
    "police": msgid("Police"),
    "civilian": msgid("Civilian"),
    "support": msgid("Support"),
}


page()
