"""Page: each site, what it holds, what it contributes, and what would go with it."""

from __future__ import annotations

from typing import cast

import pandas as pd
import streamlit as st

from footprint.indicators.indicator import Indicator
from footprint.indicators.periods import MONTHS_OF_YEAR, mean_over, monthly
from footprint.indicators.units import Level
from footprint.language import Language
from footprint.pages import _chrome, _session
from footprint.review import Review
from footprint.scenario import CloseSite
from footprint.views.words import KIND_LABELS
from layers.months import months_in
from layers.sites import SiteKind


def page() -> None:
    """Lay the page out."""
    language = _session.language()
    text = language.text
    with st.sidebar:
        _chrome.area_notice()
    st.title(text("Sites"))
    answer = _session.reviewed(_session.scenario())
    if _session.scenario().changes:
        st.caption(text("As they stand in the scenario being drawn."))
    contributions(answer, language)
    details(answer, language)


def contributions(result: Review, language: Language) -> None:
    """Show what the mission would lose with each site."""
    text = language.text
    st.subheader(text("What each site contributes"))
    st.caption(
        text(
            "How much of the need could no longer be reached if this site alone closed, "
            "as a mean over the year. A small loss can also mean that neighbours overlap."
        )
    )
    sites = result.laydown.sites
    now = _means(result)
    bar = st.progress(0.0, text("Closing each site in turn"))
    rows = []
    for number, site_id in enumerate(sites.index, start=1):
        without = _means(_session.reviewed(_session.scenario().then(CloseSite(site_id))))
        rows.append(
            {
                text("Site"): str(sites.at[site_id, "name"]),
                text("Kind"): text(KIND_LABELS[SiteKind(sites.at[site_id, "kind"])]),
                text("Mission, points"): 100 * (now[Indicator.MISSION] - without[Indicator.MISSION]),
                text("Force, points"): 100 * (now[Indicator.FORCE] - without[Indicator.FORCE]),
                text(Indicator.TIER_1.short): 100 * (now[Indicator.TIER_1] - without[Indicator.TIER_1]),
                text(Indicator.TIER_2.short): 100 * (now[Indicator.TIER_2] - without[Indicator.TIER_2]),
                text(Indicator.TIER_3.short): 100 * (now[Indicator.TIER_3] - without[Indicator.TIER_3]),
                text("Escort days, busiest month"): _escort(result, str(site_id)),
            }
        )
        bar.progress(number / len(sites), text("Closing each site in turn"))
    bar.empty()
    table = pd.DataFrame(rows).sort_values(text("Mission, points"), ascending=False, kind="stable")
    numbers = [name for name in table.columns if table[name].dtype == float]

    def written(value: object) -> str:
        return language.number(cast("float", value), 2)

    style = table.style.format(dict.fromkeys(numbers, written))
    st.dataframe(style, hide_index=True, width="stretch", height=38 + 35 * len(table))


def _means(result: Review) -> dict[Indicator, float]:
    """Return the area's mean of the year by indicator."""
    _, values = monthly(result.figures[result.figures["level"] == Level.AREA], list(Indicator))
    return dict(zip(Indicator, mean_over(values[0], MONTHS_OF_YEAR).tolist(), strict=True))


def _escort(result: Review, site_id: str) -> float:
    return max((month[site_id].asked_days for month in result.escorts if site_id in month), default=0.0)


def details(result: Review, language: Language) -> None:
    """Show one site: assets, months, how it joins the roads, and how far each fact can be trusted."""
    text, method = language.text, _session.prepared().method
    sites, assets = result.laydown.sites, result.laydown.assets
    st.subheader(text("One site"))
    names = sites["name"].sort_values(kind="stable")
    chosen = st.selectbox(
        text("Site"),
        list(names.index),
        index=list(names.index).index(_session.choices().selected)
        if _session.choices().selected in names.index
        else 0,
        format_func=lambda site_id: str(names[site_id]),
    )
    site = sites.loc[chosen]
    post = next(post for post in result.stations if post.site_id == chosen)
    open_in = language.months(months_in(int(site["months"])))
    st.markdown(
        text(
            "Open: {months}. Confidence: {confidence}.",
            months=open_in,
            confidence=text(CONFIDENCE[site["confidence"]]),
        )
    )
    st.caption(text("Source: {source}", source=_session.plain(str(site["source"]))))
    if post.connector.snapped_too_far:
        st.warning(text("No road within the limit: this site is joined across country only."))
    else:
        st.caption(text("Nearest road: {km} km.", km=language.number(post.connector.road_m / 1000, 1)))
    own = assets[assets["site_id"] == chosen]
    rows = [
        {
            text("Asset"): text(method.assets[row.kind].label),
            text("Component"): text(COMPONENTS[method.assets[row.kind].component]),
            text("Number"): row.number,
            text("Availability"): language.percent(row.availability, 0)
            if row.availability == row.availability
            else text("method's default"),
            text("Confidence"): text(CONFIDENCE[row.confidence]),
            text("Source"): row.source,
        }
        for row in own.rename(columns={"count": "number"}).itertuples()
    ]
    st.dataframe(rows, hide_index=True, width="stretch")


COMPONENTS = {"military": "Military", "police": "Police", "civilian": "Civilian", "support": "Support"}
CONFIDENCE = {"high": "high", "medium": "medium", "low": "low", "assumed": "assumed"}


page()
