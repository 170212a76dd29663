"""The panel beside the map: propose, select, change, undo, keep."""

from __future__ import annotations

import streamlit as st

from footprint.errors import ScenarioError
from footprint.language import Language, msgid
from footprint.pages import _export, _say, _session
from footprint.pages._say import plain
from footprint.pages._session import Mode
from footprint.scenario import (
    AddAssets,
    CloseRoad,
    CloseSite,
    MoveSite,
    OpenSite,
    RateRoad,
    RemoveAssets,
    RepairRoad,
    RetaskAssets,
    Scenario,
    dumps,
    loads,
)
from footprint.views.escaping import escape, tag
from footprint.views.words import KIND_LABELS, change_words, place_name
from layers.characters import printable
from layers.months import ALL_MONTHS, months_in
from layers.sites import SiteKind

_MODES = {
    Mode.LOOK: msgid("Look"),
    Mode.PROPOSE: msgid("Propose"),
    Mode.MOVE: msgid("Move"),
    Mode.DRAW: msgid("Draw"),
}
_LARGEST_FILE = 1_000_000


def point(lon: float, lat: float) -> None:
    """Act on a click on the ground, by what clicks mean now."""
    here = _session.choices()
    match here.mode:
        case Mode.PROPOSE:
            propose(lon, lat)
        case Mode.MOVE:
            if here.selected and _session.change(MoveSite(here.selected, round(lon, 5), round(lat, 5))):
                _session.choose(mode=Mode.LOOK)
        case Mode.DRAW:
            _session.choose(sketch=(*here.sketch, (lon, lat)), drawn=here.drawn + 1)
        case Mode.LOOK:
            pass


def propose(lon: float, lat: float) -> None:
    """Open a site with the package chosen, named after the nearest settlement."""
    here, prepared, language = _session.choices(), _session.prepared(), _session.language()
    package = prepared.method.packages[here.package]
    taken = {change.site_id for change in here.scenario.changes if isinstance(change, OpenSite)}
    number = next(n for n in range(1, 1000) if f"p{n}" not in taken)
    site_id, near = f"p{number}", place_name(prepared.area, lon, lat)
    name = (
        language.text("Proposal {number}, near {place}", number=number, place=near) if near else f"P{number}"
    )
    opened = OpenSite(site_id, name, round(lon, 5), round(lat, 5), SiteKind(package.site_kind))
    brought = tuple(AddAssets(site_id, kind, count) for kind, count in package.assets)
    if _session.change(opened, *brought):
        _session.choose(selected=site_id)


def panel(language: Language) -> None:
    """Draw the panel."""
    _modes(language)
    _site(language)
    _scenario(language)
    _roads(language)
    _export.panel(language)


def _modes(language: Language) -> None:
    text, here, prepared = language.text, _session.choices(), _session.prepared()
    mode = st.pills(
        text("A click on the map"),
        list(Mode),
        default=here.mode,
        format_func=lambda code: plain(text(_MODES[code])),
        key="mode",
    )
    if mode is not None and mode is not here.mode:
        _session.choose(mode=mode, sketch=(), drawn=here.drawn + 1)
    match _session.choices().mode:
        case Mode.PROPOSE:
            packages = list(prepared.method.packages)
            package = st.selectbox(
                text("It brings"),
                packages,
                index=packages.index(here.package),
                format_func=lambda code: text(prepared.method.packages[code].label),
                key=f"package_{language.code}",
            )
            _session.choose(package=package)
            _say.caption(text("Click the map where the site would stand, or give its coordinates."))
            _coordinates(language)
        case Mode.MOVE:
            words = (
                text("Click where the selected site should stand.")
                if here.selected
                else text("Select a site first.")
            )
            _say.caption(words)
        case Mode.DRAW:
            _sketch(language)
        case Mode.LOOK:
            _say.caption(text("Click a site to select it, or choose it below. Tab and Enter work too."))


def _coordinates(language: Language) -> None:
    text = language.text
    with st.form("coordinates", border=False):
        first, second = st.columns(2)
        lat = first.number_input(text("Latitude, ° N"), -90.0, 90.0, 14.0, format="%.4f")
        lon = second.number_input(text("Longitude, ° E"), -180.0, 180.0, -3.5, format="%.4f")
        if st.form_submit_button(text("Propose here"), width="stretch"):
            propose(lon, lat)
            st.rerun()


def _sketch(language: Language) -> None:
    text, here = language.text, _session.choices()
    _say.caption(text("Click corner after corner; three make an area. Drawing proposes no site."))
    inside = _session.within(here.sketch)
    if inside is not None:
        _say.sentence(
            text(
                "About {people} people; Force {force}, Mission {mission} of the need there.",
                people=language.people(inside.people),
                force=language.percent(inside.shares[0]),
                mission=language.percent(inside.shares[1]),
            )
        )
    if st.button(text("Clear the drawing"), disabled=not here.sketch, width="stretch"):
        _session.choose(sketch=(), drawn=here.drawn + 1)
        st.rerun()


def _site(language: Language) -> None:
    """Let the reader select a site, see what it holds and change it."""
    text, here = language.text, _session.choices()
    answer = _session.reviewed(here.scenario)
    sites = answer.laydown.sites
    ids = sorted(sites.index, key=lambda site_id: str(sites.at[site_id, "name"]))
    selected = st.selectbox(
        text("Selected site"),
        ids,
        index=ids.index(here.selected) if here.selected in ids else None,
        format_func=lambda site_id: printable(str(sites.at[site_id, "name"])),
        placeholder=text("none"),
    )
    if (selected or "") != here.selected:
        _session.choose(selected=selected or "", drawn=here.drawn + 1)
        st.rerun()
    if selected is None:
        return
    kind = text(KIND_LABELS[SiteKind(sites.at[selected, "kind"])])
    words = f"{kind} · {_confidence(selected, language)}"
    st.html(tag("div", escape(words), class_="fp-small"))
    _assets(selected, language)
    if st.button(text("Close this site"), icon=":material/block:", width="stretch"):
        _session.change(CloseSite(selected))
        st.rerun()


def _confidence(site_id: str, language: Language) -> str:
    assets = _session.reviewed(_session.scenario()).laydown.assets
    worst = assets.loc[assets["site_id"] == site_id, "confidence"]
    doubtful = worst.isin(["low", "assumed"]).any()
    return (
        language.text("components of low confidence or assumed")
        if doubtful
        else language.text("components as stated")
    )


def _assets(site_id: str, language: Language) -> None:
    text, method = language.text, _session.prepared().method
    assets = _session.reviewed(_session.scenario()).laydown.assets
    held = assets[assets["site_id"] == site_id].groupby("kind", sort=False)["count"].sum()
    rows = [
        {text("Asset"): text(method.assets[kind].label), text("Number"): int(count)}
        for kind, count in zip(held.index.tolist(), held.tolist(), strict=True)
    ]
    _say.table(rows, height_px=min(38 + 35 * max(len(rows), 1), 250))
    with st.form(f"assets-{site_id}", border=False):
        kind = st.selectbox(
            text("Asset"), list(method.assets), format_func=lambda code: text(method.assets[code].label)
        )
        count = st.number_input(text("How many"), 1, 20, 1)
        first, second = st.columns(2)
        added = first.form_submit_button(text("Add"), icon=":material/add:", width="stretch")
        removed = second.form_submit_button(text("Take away"), icon=":material/remove:", width="stretch")
        if added:
            _session.change(AddAssets(site_id, kind, int(count)))
            st.rerun()
        if removed:
            _session.change(RemoveAssets(site_id, kind, int(count)))
            st.rerun()
    _surveillance(site_id, held.index.tolist(), language)


def _surveillance(site_id: str, kinds: list[str], language: Language) -> None:
    """Let the reader say which share of surveillance aircraft the mission tasks."""
    text, method = language.text, _session.prepared().method
    shared = {kind for c in method.capabilities.values() if c.shared for kind in c.assets} & set(kinds)
    for kind in sorted(shared):
        with st.form(f"share-{site_id}-{kind}", border=False):
            label = text(method.assets[kind].label)
            share = st.slider(
                plain(text("{asset}: share tasked by the mission, %", asset=label)), 0, 100, 50, 5
            )
            if st.form_submit_button(text("Set the share"), width="stretch"):
                _session.change(RetaskAssets(site_id, kind, share / 100))
                st.rerun()


def _scenario(language: Language) -> None:
    """Show the scenario's changes; undo, put aside, save and load them."""
    text, here, prepared = language.text, _session.choices(), _session.prepared()
    _say.subheader(text("Scenario"))
    if not here.scenario.changes:
        _say.caption(text("The baseline, unchanged. It is locked: every change stands on top of it."))
    _say.items(
        change_words(change, prepared.area, prepared.method, here.scenario, language)
        for change in here.scenario.changes
    )
    first, second = st.columns(2)
    if first.button(
        text("Undo"), icon=":material/undo:", disabled=not here.scenario.changes, width="stretch"
    ):
        _session.undo()
        st.rerun()
    if second.button(text("Put aside"), disabled=not here.scenario.changes, width="stretch"):
        _session.keep()
        st.rerun()
    if here.kept:
        _say.caption(
            language.plural(
                "{n} scenario put aside for Compare", "{n} scenarios put aside for Compare", len(here.kept)
            )
        )
    with st.expander(text("Save or load a scenario")):
        st.download_button(
            text("Save to a file"),
            dumps(
                here.scenario,
                area=prepared.area,
                provenance=_session.reviewed(here.scenario).provenance.document,
            ),
            f"{here.scenario.name}-{here.scenario.scenario_id}.json",
            "application/json",
            disabled=not here.scenario.changes,
            width="stretch",
            on_click="ignore",
        )
        _load(language)


def _load(language: Language) -> None:
    text, prepared = language.text, _session.prepared()
    file = st.file_uploader(text("Load from a file"), ["json"], key="scenario_file")
    if file is None or not st.button(text("Use this scenario"), width="stretch"):
        return
    if file.size > _LARGEST_FILE:
        _session.say(text("This file is too large to be a scenario."))
    else:
        try:
            read = loads(file.getvalue().decode("utf-8"), area=prepared.area)
        except (ScenarioError, UnicodeDecodeError) as error:
            _session.say(str(error))
        else:
            if read.stale:
                _session.say(
                    text("The data have changed since this scenario was saved: its results may differ.")
                )
            _session.replace_scenario(Scenario(read.scenario.name, read.scenario.changes))
    st.rerun()


def _roads(language: Language) -> None:
    """Let the reader close, repair and rate roads."""
    text = language.text
    with st.expander(text("Roads and routes")), st.form("roads", border=False):
        names = _session.road_names()
        road = st.selectbox(text("Road"), list(names), format_func=lambda road_id: printable(names[road_id]))
        months = st.multiselect(
            text("Months (none: all year)"), months_in(ALL_MONTHS), format_func=language.month
        )
        mask = sum(1 << (month - 1) for month in months) or ALL_MONTHS
        rows = (st.columns(2), st.columns(2))
        actions = (
            (rows[0][0], text("Close it"), CloseRoad(road, mask)),
            (rows[0][1], text("Repair it"), RepairRoad(road)),
            (rows[1][0], text("Search it"), RateRoad(road)),
            (rows[1][1], text("Search all"), RateRoad("*")),
        )
        for column, label, wanted in actions:
            if column.form_submit_button(plain(label), width="stretch"):
                _session.change(wanted)
                st.rerun()
