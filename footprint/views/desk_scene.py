"""The desk's scene: sites, waters and cells of one review, or of two plans held side by side."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from footprint.language import Language
from footprint.prepared import Prepared
from footprint.review import Review
from footprint.views.focus import focus_bounds
from footprint.views.maps import STATE_LABELS, CellLayer, MapContent, MapSite, SiteState
from footprint.views.palette import Legend, Picture
from footprint.views.scene import Stage, scene, site_marks
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


def beside(
    content: MapContent, prepared: Prepared, plans: tuple[Review, Review], month: int, language: Language
) -> MapContent:
    """
    Return the scene of two plans: the sites that one of them proposes or moves, each under its letter.

    What becomes of a site in one plan alone stands in its line, with both letters.
    """
    marks = [{site.site_id: site for site in site_marks(prepared, plan, month, language)} for plan in plans]
    kept: list[MapSite] = []
    for site_id in dict.fromkeys(each for own in marks for each in own):
        first, second = (own.get(site_id) for own in marks)
        for mark, state in ((first, SiteState.PLAN_A), (second, SiteState.PLAN_B)):
            if mark is not None and (mark.state is SiteState.PROPOSED or _apart(first, second)):
                kept.append(replace(mark, site_id=f"{state}-{site_id}", state=state))
        if first is None or second is None or first.state is SiteState.PROPOSED or _apart(first, second):
            continue
        kept.append(second if first.state is second.state else _told_apart(first, second, language))
    return replace(content, sites=tuple(kept))


def _apart(first: MapSite | None, second: MapSite | None) -> bool:
    """Tell whether a site of the data stands at two places, one in each plan."""
    return (
        first is not None
        and second is not None
        and SiteState.PROPOSED not in {first.state, second.state}
        and (first.lon, first.lat) != (second.lon, second.lat)
    )


def _told_apart(first: MapSite, second: MapSite, language: Language) -> MapSite:
    """Return a site that one plan closes and the other keeps, drawn as the plan that changes it has it."""
    changed = second if first.state is SiteState.EXISTING else first
    words = [language.text(STATE_LABELS[site.state]) for site in (first, second)]
    detail = language.text(
        "{detail}; A: {first}; B: {second}", detail=second.detail, first=words[0], second=words[1]
    )
    return replace(changed, detail=detail)


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
    elif not content.floods_known:
        keys.append(("flood", text("Floods: not known")))
    if compared:
        keys.append(("before", text("bars: B; outline: A")))
    elif changed:
        keys.append(("before", text("outline: today")))
    if worst:
        keys.append(("worst", text("Force’s worst season")))
    return tuple(keys)
