"""The desk's scene: sites, waters and cells of one review, or of two plans held side by side."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from footprint.language import Language
from footprint.prepared import Prepared
from footprint.review import Review
from footprint.scenario import OpenSite
from footprint.views.focus import focus_bounds
from footprint.views.maps import STATE_LABELS, CellLayer, MapContent, MapSite, SiteState
from footprint.views.palette import Legend, Picture
from footprint.views.scene import Stage, scene
from layers.months import in_month

_NOTHING = Picture(np.zeros(0, dtype=np.uint8), (), Legend(""))

_MARKS = {
    SiteState.EXISTING: "existing",
    SiteState.PROPOSED: "proposed",
    SiteState.PLAN_A: "plan-a",
    SiteState.PLAN_B: "plan-b",
    SiteState.CLOSING: "closing",
    SiteState.MOVED: "moved",
    SiteState.CLOSED: "closed",
}


def desk_scene(
    prepared: Prepared, result: Review, cells: tuple[CellLayer, ...], stage: Stage, language: Language
) -> MapContent:
    """Describe the desk's map of one review; its legend stands below it, not on it."""
    content = scene(prepared, result, cells, _NOTHING, stage, language)
    zones = prepared.area.flood_zones["months"].tolist()
    flooded = any(in_month(int(months), stage.month) for months in zones)
    return replace(
        content,
        legend=None,
        ribbon="",
        view=focus_bounds(prepared, stage.focus),
        flood_month=content.flood_month if flooded else None,
    )


def beside(content: MapContent, before: Review, after: Review) -> MapContent:
    """Return the scene with the proposed sites of both plans, each under its letter."""
    details = {site.site_id: site.detail for site in content.sites}
    kept = [site for site in content.sites if site.state is not SiteState.PROPOSED]
    for state, plan in ((SiteState.PLAN_A, before), (SiteState.PLAN_B, after)):
        kept += [
            MapSite(
                f"{state}-{each.site_id}", each.name, each.lon, each.lat, state, details.get(each.site_id, "")
            )
            for each in plan.scenario.changes
            if isinstance(each, OpenSite)
        ]
    return replace(content, sites=tuple(kept))


def desk_keys(
    content: MapContent, language: Language, *, compared: bool, changed: bool, worst: bool, invented: bool
) -> tuple[tuple[str, str], ...]:
    """
    Return the marks of the desk and what each means.

    Parameters
    ----------
    content
        The scene shown.
    language
        Of the words.
    compared, changed, worst, invented
        Whether two plans are held side by side, a plan changes anything, months differ, and some data are
        invented, which small screens have no other room to say.
    """
    text, states = language.text, {site.state for site in content.sites}
    keys = [("invented", text("Invented data"))] if invented else []
    keys += [(_MARKS[state], text(STATE_LABELS[state])) for state in _MARKS if state in states]
    if content.dots:
        keys.append(("incident", text("Incidents")))
    if content.flood_month:
        keys.append(("flood", text("flooded in {month}", month=language.month(content.flood_month))))
    if compared:
        keys.append(("before", text("bars: B; outline: A")))
    elif changed:
        keys.append(("before", text("outline: today")))
    if worst:
        keys.append(("worst", text("Force’s worst season")))
    return tuple(keys)
