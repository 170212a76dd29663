"""Changes of the plan drawn on that are no proposal: sites closed, moved or thinned, roads, ratings."""

from __future__ import annotations

import streamlit as st

from footprint.language import Language, msgid
from footprint.pages import _desk, _say, _session
from footprint.pages._say import plain
from footprint.proposals.scenarios import changes_of
from footprint.scenario import (
    AddAssets,
    Change,
    CloseRoad,
    CloseSite,
    MoveSite,
    RateRoad,
    RemoveAssets,
    RepairRoad,
    RetaskAssets,
    Scenario,
)
from footprint.views.words import change_words
from footprint.workshop.proposed import proposals_in
from layers.characters import printable
from layers.months import ALL_MONTHS, months_in

_KINDS = {
    "close": msgid("Close a site"),
    "move": msgid("Move a site to the place looked at"),
    "thin": msgid("Take assets away from a site"),
    "add": msgid("Add assets to a site"),
    "share": msgid("Set the mission’s share of surveillance aircraft"),
    "road_close": msgid("Close a road"),
    "road_repair": msgid("Repair a road"),
    "road_rate": msgid("Search a road"),
    "road_unrate": msgid("Stop searching a road"),
    "road_rate_all": msgid("Search every road"),
}
_OF_ROADS = frozenset({"road_close", "road_repair", "road_rate", "road_unrate"})
_OF_MONTHS = frozenset({"close", "road_close"})
_OF_ASSETS = frozenset({"thin", "add", "share"})


def _held_by(scenario: Scenario, site_id: str) -> dict[str, int]:
    """Return how many assets of each kind a site holds in a scenario."""
    assets = _session.reviewed(scenario).laydown.assets
    own = assets[assets["site_id"] == site_id].groupby("kind", sort=False)["count"].sum()
    return {str(kind): int(count) for kind, count in own.items()}


def panel(language: Language) -> None:
    """List what the plan changes besides its proposals, and offer one change more."""
    text, row = language.text, _session.choices().row
    name = text("Other changes of “{plan}”", plan=row.plan.name) if row else text("Change sites and roads")
    with st.expander(plain(name)):
        for number, change in enumerate(_others()):
            _listed(number, change, language)
        _one_more(language)


def _others() -> list[Change]:
    """Return the changes of the plan that none of its proposals stands for."""
    row, method = _session.choices().row, _session.prepared().method
    if row is None:
        return []
    left = list(row.plan.scenario.changes)
    for site_id, proposal in proposals_in(row.plan).items():
        for change in changes_of(proposal, method, site_id):
            if change in left:
                left.remove(change)
    return left


def _listed(number: int, change: Change, language: Language) -> None:
    row, shared = _session.choices().row, _session.prepared()
    if row is None:
        return
    words = change_words(change, shared.area, shared.method, row.plan.scenario, language)
    with st.container(key=f"change_{number}", horizontal=True, vertical_alignment="center"):
        _say.sentence(words)
        st.button(
            plain(language.text("Take out: {change}", change=words)),
            key=f"drop_{number}",
            icon=":material/close:",
            type="tertiary",
            on_click=_desk.dropping(change),
        )


def _one_more(language: Language) -> None:
    """Ask for one change more: what, of which site or road, and when."""
    text = language.text
    kind = st.selectbox(
        text("One change more"),
        list(_KINDS),
        index=None,
        format_func=lambda each: printable(text(_KINDS[each])),
        placeholder=text("Choose what to change"),
        key=f"change_kind_{language.code}",
    )
    if not kind:
        return
    wanted = _road(kind, language) if kind in _OF_ROADS else _site(kind, language)
    if wanted is not None:
        st.button(
            text("Put it on the plan"),
            key="change_add",
            type="primary",
            width="stretch",
            on_click=_desk.adding(wanted),
        )


def _site(kind: str, language: Language) -> Change | None:
    text, here = language.text, _session.choices()
    if kind == "road_rate_all":
        return RateRoad("*")
    sites = _session.reviewed(here.scenario).laydown.sites["name"].sort_values().to_dict()
    site_id = st.selectbox(
        text("Site"),
        list(sites),
        format_func=lambda each: printable(str(sites[each])),
        key="change_site",
    )
    if site_id is None:
        return None
    if kind == "move":
        if here.at is None:
            _say.caption(text("Click the place on the map first."))
            return None
        return MoveSite(str(site_id), *here.at)
    if kind in _OF_ASSETS:
        return _assets(kind, str(site_id), language)
    return CloseSite(str(site_id), _months(language))


def _assets(kind: str, site_id: str, language: Language) -> Change | None:
    text, method = language.text, _session.prepared().method
    held = _held_by(_session.choices().scenario, site_id)
    names = {each: asset.label for each, asset in method.assets.items() if kind == "add" or each in held}
    if kind == "share":
        shared = {
            each
            for capability in method.capabilities.values()
            if capability.shared
            for each in capability.assets
        }
        names = {each: label for each, label in names.items() if each in shared}
    if not names:
        _say.caption(text("The data name nothing of the kind there."))
        return None
    asset = st.selectbox(
        text("Asset"),
        list(names),
        format_func=lambda each: printable(text(names[each])),
        key=f"change_asset_{kind}",
    )
    if asset is None:
        return None
    if kind == "share":
        share = st.slider(text("Share tasked by the mission, %"), 0, 100, 50, 5, key="change_share")
        return RetaskAssets(site_id, asset, share / 100)
    most = held[asset] if kind == "thin" else 20
    count = int(st.number_input(text("How many"), 1, most, 1, key=f"change_count_{kind}_{asset}_{site_id}"))
    return RemoveAssets(site_id, asset, count) if kind == "thin" else AddAssets(site_id, asset, count)


def _road(kind: str, language: Language) -> Change | None:
    names = _session.road_names()
    road_id = st.selectbox(
        language.text("Road"),
        list(names),
        format_func=lambda each: printable(names[each]),
        key="change_road",
    )
    if road_id is None:
        return None
    match kind:
        case "road_close":
            return CloseRoad(road_id, _months(language))
        case "road_repair":
            return RepairRoad(road_id)
        case _:
            return RateRoad(road_id, rated=kind == "road_rate")


def _months(language: Language) -> int:
    months = st.multiselect(
        language.text("Months (none: all year)"),
        months_in(ALL_MONTHS),
        format_func=lambda each: printable(language.month(each)),
        placeholder=language.text("all year"),
        key=f"change_months_{language.code}",
    )
    return sum(1 << (month - 1) for month in months) or ALL_MONTHS
