"""A map that leaves the tool: the file, its name, and what the log says of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import folium

from footprint.caveats import silence
from footprint.disclosure import Precision, local_secret
from footprint.errors import ReleaseError
from footprint.indicators.periods import MONTHS_OF_YEAR
from footprint.language import Language
from footprint.objectives import Measure
from footprint.prepared import Prepared
from footprint.provenance import Provenance
from footprint.releases.counts import IncidentCount
from footprint.releases.entries import ReleaseRun
from footprint.releases.log import ReleaseLog
from footprint.releases.profiles import COUNTED, PRECISION_LABELS, incident_cells, tells_cells
from footprint.releases.seal import MadeFile, begin, next_revision, refuse_surface, seal, told_before
from footprint.releases.surfaces import surface_marks
from footprint.releases.terms import Release
from footprint.review import Review
from footprint.travel.router import Router
from footprint.views.assets import PACKAGED
from footprint.views.basemap import basemap_json
from footprint.views.by_unit import UNIT_VIEWS, unit_picture
from footprint.views.cells import VIEW_LABELS, Asked, View, picture
from footprint.views.export import Sheet, standalone_html
from footprint.views.focus import focus_name
from footprint.views.maps import base_map, overlays
from footprint.views.raster import MercatorFrame
from footprint.views.scene import INCIDENTS, Stage, boundary_notice, layer, scene
from footprint.views.words import MEASURE_LABELS
from layers.sentences import say

OFFERED = (Precision.PUBLIC, Precision.INTERNAL)
"""Precisions at which a map may leave, the coarsest first."""


_OF_INCIDENTS = frozenset({View.DEMAND, View.HOTSPOTS, View.RECURRENCE})
"""Views whose cells go by the incidents in and round them."""


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
        Under `Precision.PUBLIC` and coarser every hash that depends on places is keyed: whoever knows a
        site to a tenth of a degree would find it exactly by trying all places near it.

    Raises
    ------
    SecretError
        If the key for it is not safe.
    """
    patterns = taken.asked.found
    question = "" if patterns is None else patterns.question.key
    whole = replace(taken.review.provenance, question=question)
    return whole.keyed(local_secret()) if precision in COUNTED else whole


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


def by_unit_words(precision: Precision, language: Language) -> tuple[str, ...]:
    """Say that a map shows units, where cells may not be told; nothing elsewhere."""
    if tells_cells(precision):
        return ()
    return (
        language.text("At this precision the map shows each {district} as a whole: cells are finer than it."),
    )


def may_be_told(view: View, precision: Precision) -> bool:
    """Tell whether a view says anything at a precision: by cell, or by unit where cells are too fine."""
    return tells_cells(precision) or view in UNIT_VIEWS


def _refuse_cells(taken: Taken, release: Release) -> None:
    if not may_be_told(taken.asked.view, release.precision):
        raise ReleaseError(say("This view is told cell by cell, which is finer than this precision permits."))


def may_leave(taken: Taken, release: Release, provenance: Provenance, log: ReleaseLog | None = None) -> None:
    """
    Refuse a map that `hand_over` would not hand over, before anybody asks for it.

    Raises
    ------
    ReleaseError
        If the view is finer than its precision, the log does not hold, or the map would give away what none
        may beside those before it.
    SecretError
        If a key is not safe.
    """
    _refuse_cells(taken, release)
    log = ReleaseLog.of_user() if log is None else log
    before = told_before(log, provenance.area_id)
    refuse_surface(_surface(taken, release), before)


def hand_over(
    taken: Taken, release: Release, provenance: Provenance, language: Language, log: ReleaseLog | None = None
) -> str:
    """
    Return the map as one file, logged and sealed: what this returns may leave, and nothing else.

    Parameters
    ----------
    taken, release
        What is taken away, and on what terms.
    provenance
        As `released_provenance` returns it: nothing else in the file identifies what it rests on.
    language
        Language of the file.
    log
        Log of releases; None is this user's own.

    Raises
    ------
    ReleaseError
        If the view is finer than its precision, it cannot be logged, or it would give away what no release
        may beside those before it.
    SecretError
        If a key is not safe.
    """
    _refuse_cells(taken, release)
    log = ReleaseLog.of_user() if log is None else log
    before = told_before(log, provenance.area_id)
    drawn = INCIDENTS in taken.layers
    cells = incident_cells(taken.prepared.area, release.precision, before.counts) if drawn else None
    number = _screen_number(taken.asked.view, taken.asked.month)
    run = ReleaseRun(
        provenance=provenance,
        number=number,
        # Nobody numbers these maps by hand: each is a revision of its own.
        revision=next_revision(log, provenance.area_id, number),
        language=language.code,
        release=release,
        counts=() if cells is None else cells.counts,
        surface=_surface(taken, release),
        seen=before.entries,
    )
    name = file_name(taken, provenance, language)
    reserved = begin(log, run, [name])
    sheet = _sheet(taken, release, provenance, reserved.codes[name], language)
    html = standalone_html(_map(taken, release, before.counts, language), sheet, language)
    seal(log, reserved, {name: MadeFile(html.encode(), "text/html")})
    return html


def _surface(taken: Taken, release: Release) -> frozenset[str] | None:
    """Return the marks of the incidents under a map made of them, where small differences may not be told."""
    if release.precision not in COUNTED or taken.asked.view not in _OF_INCIDENTS:
        return None
    return surface_marks(taken.prepared.area, local_secret())


def _map(
    taken: Taken, release: Release, earlier: tuple[IncidentCount, ...], language: Language
) -> folium.Map:
    text, prepared, month = language.text, taken.prepared, taken.asked.month
    shown = (
        picture(prepared, taken.router, taken.review, taken.asked, language)
        if tells_cells(release.precision)
        else unit_picture(prepared, taken.review, taken.asked, release.precision, language)
    )
    stage = Stage(
        month=month,
        label=text(VIEW_LABELS[taken.asked.view]),
        focus=taken.focus,
        over=taken.layers,
        release=release,
        earlier=earlier,
        notice="",  # the sheet says it below the map
    )
    content = scene(prepared, taken.review, (layer(taken.frame, shown),), shown, stage, language)
    made = base_map(PACKAGED, taken.frame.bounds, basemap=basemap_json(prepared.area))
    overlays(content, language).add_to(made)
    return made


def _sheet(taken: Taken, release: Release, provenance: Provenance, code: str, language: Language) -> Sheet:
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
        classification=text(release.marking.label),
        data_notice=text("Some data are invented: not to be used for decisions.") if area.invented else "",
        disclaimer=boundary_notice(area, language),
        lines=(
            text(
                "Purpose: {purpose}. Audience: {audience}. Released by: {releaser}.",
                purpose=release.purpose,
                audience=release.audience,
                releaser=release.releaser,
            ),
            text(
                "Says where protection could be delivered, never that anyone is protected. "
                "Empty places are not safe places."
            ),
            text("Precision: {precision}.", precision=text(PRECISION_LABELS[release.precision])),
            *by_unit_words(release.precision, language),
            *(notice.said(language) for notice in silence(taken.prepared)),
            provenance_line(provenance, language),
            text("Code: {code}. To check it: footprint brief verify {code}", code=code),
        ),
    )


def _screen_number(view: View, month: int) -> str:
    return f"{view}-{month:02d}"


def screen_numbers() -> frozenset[str]:
    """Return every number that a map of a screen may have: nobody counts these by hand."""
    return frozenset(_screen_number(view, month) for view in View for month in MONTHS_OF_YEAR)
