"""A map that leaves the tool: the file, its name, and what the log says of it."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import folium

from footprint.caveats import silence
from footprint.disclosure import Precision, local_secret
from footprint.language import Language, msgid
from footprint.objectives import Measure
from footprint.prepared import Prepared
from footprint.provenance import Provenance
from footprint.review import Review
from footprint.travel.router import Router
from footprint.views.assets import PACKAGED
from footprint.views.basemap import basemap_json
from footprint.views.cells import VIEW_LABELS, Asked, picture
from footprint.views.export import Sheet, standalone_html
from footprint.views.focus import focus_name
from footprint.views.maps import base_map, overlays
from footprint.views.raster import MercatorFrame
from footprint.views.scene import Stage, boundary_notice, layer, scene
from footprint.views.words import MEASURE_LABELS

PRECISION_LABELS = {
    Precision.PUBLIC: msgid("Tenths of a degree, no fewer than three incidents"),
    Precision.INTERNAL: msgid("About one kilometre"),
}
"""Precisions at which a map may leave, the coarsest first."""

LOG = "exports.jsonl"

_OWNER_ALONE = 0o600


@dataclass(frozen=True, slots=True)
class Release:
    """Who takes a map away, for whom, and why; kept in the log."""

    purpose: str
    audience: str
    releaser: str
    marking: str
    precision: Precision


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """The map on the screen, as it is taken away."""

    prepared: Prepared
    router: Router
    review: Review
    asked: Asked
    frame: MercatorFrame
    layers: tuple[str, ...]
    """What is drawn besides: "incidents", "flood"."""
    focus: str


def released_provenance(taken: Taken, precision: Precision) -> Provenance:
    """
    Return what a map rests on, as it may be said outside at a precision.

    Parameters
    ----------
    taken
        Its question of the incidents comes in where its view is one of theirs.
    precision
        Under `Precision.PUBLIC` every hash that depends on places is keyed: whoever knows a site
        to a tenth of a degree would find it exactly by trying all places near it.

    Raises
    ------
    SecretError
        If the key for it is not safe.
    """
    patterns = taken.asked.found
    question = "" if patterns is None else patterns.question.key
    whole = replace(taken.review.provenance, question=question)
    return whole.keyed(local_secret()) if precision is Precision.PUBLIC else whole


def file_name(taken: Taken, provenance: Provenance, language: Language) -> str:
    """Return the name of the file: equal ones hold equal maps but for precision and what was said."""
    asked = taken.asked
    return f"{provenance.area_id}-{asked.view}-{asked.month:02d}-{provenance.identifier}-{language.code}.html"


def provenance_line(provenance: Provenance, language: Language) -> str:
    """Return the sheet's line on what the map rests on."""
    text = language.text
    changes = [
        f"{each.path} {language.stated(each.old)} → {language.stated(each.new)} {each.unit}"
        for each in provenance.method_changes
    ]
    return " ".join(
        (
            text(
                "Provenance {identifier}: area {area}, method {method}, scenario {scenario}, "
                "version {version}.",
                identifier=provenance.identifier,
                area=provenance.area_digest,
                method=provenance.method_digest,
                scenario=provenance.scenario_id,
                version=provenance.version,
            ),
            text("Numbers changed: {changes}.", changes=language.clauses(changes))
            if changes
            else text("Every number as shipped."),
            text("Need counted by: {measure}.", measure=text(MEASURE_LABELS[Measure(provenance.measure)])),
            text("Threat follows the calendar of return {digest}.", digest=provenance.calendar_digest)
            if provenance.calendar_digest
            else text("Threat is alike in every month."),
            *(
                [text("Incidents asked for: {question}.", question=provenance.question)]
                * bool(provenance.question)
            ),
        )
    )


def released_html(taken: Taken, release: Release, provenance: Provenance, language: Language) -> str:
    """
    Return the map as one file.

    Parameters
    ----------
    taken, release
        What is taken away, and the words of whoever does.
    provenance
        As `released_provenance` returns it: nothing else in the file identifies what it rests on.
    language
        Language of the file.
    """
    map_ = _map(taken, release.precision, language)
    return standalone_html(map_, _sheet(taken, release, provenance, language), language)


def _map(taken: Taken, precision: Precision, language: Language) -> folium.Map:
    text, prepared, month = language.text, taken.prepared, taken.asked.month
    shown = picture(prepared, taken.router, taken.review, taken.asked, language)
    stage = Stage(
        month=month,
        label=text(VIEW_LABELS[taken.asked.view]),
        focus=taken.focus,
        over=taken.layers,
        precision=precision,
        notice="",  # the sheet says it below the map
    )
    content = scene(prepared, taken.review, (layer(taken.frame, shown),), shown, stage, language)
    made = base_map(PACKAGED, taken.frame.bounds, basemap=basemap_json(prepared.area))
    overlays(content, language).add_to(made)
    return made


def _sheet(taken: Taken, release: Release, provenance: Provenance, language: Language) -> Sheet:
    text, area = language.text, taken.prepared.area
    view = text(VIEW_LABELS[taken.asked.view])
    scenario = (
        text("scenario {name}", name=provenance.scenario_id)
        if taken.review.scenario.changes
        else text("baseline")
    )
    return Sheet(
        title=language.labelled(view, focus_name(area, taken.focus, language.code)),
        subtitle=f"{language.month(taken.asked.month)} · {scenario} · "
        + text("as of {date}", date=language.date(area.frame_date)),
        classification=text(release.marking),
        data_notice=text("Some data are invented: not to be used for decisions.") if area.invented else "",
        disclaimer=boundary_notice(language),
        lines=(
            text("Purpose: {purpose}. Audience: {audience}. Released by: {releaser}.", **_words(release)),
            text(
                "Says where protection could be delivered, never that anyone is protected. "
                "Empty places are not safe places."
            ),
            text("Precision: {precision}.", precision=text(PRECISION_LABELS[release.precision])),
            *(notice.said(language) for notice in silence(taken.prepared)),
            provenance_line(provenance, language),
        ),
    )


def _words(release: Release) -> dict[str, str]:
    return {"purpose": release.purpose, "audience": release.audience, "releaser": release.releaser}


def log_line(taken: Taken, release: Release, provenance: Provenance) -> dict[str, Any]:
    """Return what the log says of an export: what was asked, not where things are."""
    return {
        "view": str(taken.asked.view),
        "month": taken.asked.month,
        "marking": release.marking,
        "precision": str(release.precision),
        **_words(release),
        # As in the file itself: a plain hash here would undo the keyed one there.
        "provenance": provenance.document,
    }


def write_log(line: dict[str, Any], folder: Path) -> None:
    """Add a line and its time to the log of exports in `folder`; a new log is for its owner alone."""
    dated = {"at": datetime.now(UTC).isoformat(timespec="seconds"), **line}
    opened = os.open(folder / LOG, os.O_APPEND | os.O_CREAT | os.O_WRONLY, _OWNER_ALONE)
    with os.fdopen(opened, "a", encoding="utf-8") as file:
        file.write(json.dumps(dated, ensure_ascii=False, default=str) + "\n")
        file.flush()
        os.fsync(file.fileno())
