"""Take a map away: one file for a briefing, with its purpose, audience, releaser and marking."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import streamlit as st
from platformdirs import user_state_path

from footprint.disclosure import Precision
from footprint.language import Language, msgid
from footprint.pages import _say, _session
from footprint.views.assets import PACKAGED
from footprint.views.basemap import basemap_json
from footprint.views.cells import VIEW_LABELS, picture
from footprint.views.export import Sheet, standalone_html
from footprint.views.maps import base_map, overlays
from footprint.views.scene import Stage, boundary_notice, layer, scene

_MARKINGS = (msgid("UNCLASSIFIED"), msgid("CONFIDENTIAL"), msgid("STRICTLY CONFIDENTIAL"))
_PRECISIONS = {
    Precision.PUBLIC: msgid("Tenths of a degree, no fewer than three incidents"),
    Precision.INTERNAL: msgid("About one kilometre"),
}


@dataclass(frozen=True, slots=True)
class Release:
    """Who takes a map away, for whom, and why; kept in the log."""

    purpose: str
    audience: str
    releaser: str
    marking: str
    precision: Precision


def panel(language: Language) -> None:
    """Ask what an export needs, and hand the file over."""
    text = language.text
    with st.expander(text("Export this map")):
        _say.caption(text("One file that opens without internet. Every export is logged on this machine."))
        release = _release(language)
        if release is None:
            _say.caption(text("Purpose, audience and releaser are needed before a map leaves the tool."))
            return
        here = _session.choices()
        made = _html(release, language)
        st.download_button(
            text("Download the map"),
            made,
            f"{_session.prepared().area.area_id}-{here.view}-{here.month:02d}-{here.scenario.scenario_id}-{language.code}.html",
            "text/html",
            icon=":material/download:",
            width="stretch",
            on_click=lambda: _log(release),
        )


def _release(language: Language) -> Release | None:
    text = language.text
    purpose = st.text_input(
        text("Purpose"),
        key="export_purpose",
        placeholder=text("for instance: regional briefing"),
    )
    audience = st.text_input(text("Audience"), key="export_audience")
    releaser = st.text_input(text("Released by (function, not name)"), key="export_releaser")
    changed = bool(_session.scenario().changes)
    markings = _MARKINGS[1:] if changed else _MARKINGS
    marking = st.selectbox(text("Marking"), markings, format_func=text)
    if changed:
        _say.caption(text("Proposed and closing sites are at least confidential."))
    precision = st.selectbox(
        text("Precision"), list(_PRECISIONS), format_func=lambda code: text(_PRECISIONS[code])
    )
    said = (purpose.strip(), audience.strip(), releaser.strip())
    return Release(*said, marking, precision) if all(said) else None


def _html(release: Release, language: Language) -> str:
    text, here, prepared = language.text, _session.choices(), _session.prepared()
    answer = _session.reviewed(here.scenario)
    shown = picture(
        prepared,
        _session.router(),
        answer,
        _session.asked(),
        language,
    )
    frame, area = _session.frame(), prepared.area
    stage = Stage(
        month=here.month,
        label=text(VIEW_LABELS[here.view]),
        focus=here.focus,
        over=here.layers,
        precision=release.precision,
        notice="",  # the sheet says it below the map
    )
    content = scene(prepared, answer, (layer(frame, shown),), shown, stage, language)
    made = base_map(PACKAGED, frame.bounds, basemap=basemap_json(area))
    overlays(content, language).add_to(made)
    return standalone_html(made, _sheet(release, language), language)


def _sheet(release: Release, language: Language) -> Sheet:
    """Return the words around the map."""
    text, here, prepared = language.text, _session.choices(), _session.prepared()
    area_name = prepared.area.names.get(language.code, "")
    scenario = (
        text("baseline")
        if not here.scenario.changes
        else text("scenario {name}", name=here.scenario.scenario_id)
    )
    return Sheet(
        title=f"{text(VIEW_LABELS[here.view])}: {here.focus or area_name}",
        subtitle=f"{language.month(here.month)} · {scenario} · "
        + text("as of {date}", date=language.date(prepared.area.frame_date)),
        classification=text(release.marking),
        data_notice=text("Some data are invented: not to be used for decisions.")
        if prepared.area.invented
        else "",
        disclaimer=boundary_notice(language),
        lines=(
            text("Purpose: {purpose}. Audience: {audience}. Released by: {releaser}.", **_words(release)),
            text(
                "Says where protection could be delivered, never that anyone is protected. "
                "Empty places are not safe places."
            ),
            text("Precision: {precision}.", precision=text(_PRECISIONS[release.precision])),
            f"{prepared.area.digest} · {prepared.method.digest} · {here.scenario.scenario_id}",
        ),
    )


def _words(release: Release) -> dict[str, str]:
    return {"purpose": release.purpose, "audience": release.audience, "releaser": release.releaser}


def _log(release: Release) -> None:
    """Add a line to the log of exports; what it says is what was asked, not where things are."""
    here, prepared = _session.choices(), _session.prepared()
    line = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "area": prepared.area.area_id,
        "area_digest": prepared.area.digest,
        "method_digest": prepared.method.digest,
        "scenario_id": here.scenario.scenario_id,
        "view": str(here.view),
        "month": here.month,
        "marking": release.marking,
        "precision": str(release.precision),
        **_words(release),
    }
    folder: Path = user_state_path("footprint", ensure_exists=True)
    with (folder / "exports.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())
