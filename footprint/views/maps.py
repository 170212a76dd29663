"""Show a map: a ground that stays, and over it all that changes with each answer."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from enum import StrEnum

import folium
from branca.element import MacroElement
from folium.template import Template

from footprint.language import Language, msgid
from footprint.views.assets import MapAssets
from footprint.views.colours import CLIENT
from footprint.views.escaping import Json, script_json, script_safe
from footprint.views.palette import CELL_OPACITY, Legend
from footprint.views.raster import Bounds
from layers.characters import printable

MAP_ID = "footprint_ground"
"""Identifier of every map, fixed so that one map is one text."""
_MAX_ZOOM = 13


class SiteState(StrEnum):
    """How a site stands in the scenario and month shown; each has its own shape."""

    EXISTING = "existing"
    PROPOSED = "proposed"
    CLOSING = "closing"
    MOVED = "moved"
    CLOSED = "closed"
    """A seasonal site out of its months."""
    PLAN_A = "plan_a"
    PLAN_B = "plan_b"
    """Proposed in the first, or in the second, of two plans held side by side."""


STATE_LABELS = {
    SiteState.EXISTING: msgid("Existing site"),
    SiteState.PROPOSED: msgid("Proposed site"),
    SiteState.CLOSING: msgid("Site to close"),
    SiteState.MOVED: msgid("Moved site"),
    SiteState.CLOSED: msgid("Closed this month"),
    SiteState.PLAN_A: msgid("Proposed in A"),
    SiteState.PLAN_B: msgid("Proposed in B"),
}


@dataclass(frozen=True, slots=True)
class MapSite:
    """A site as a marker; `detail` is one line for its tooltip."""

    site_id: str
    name: str
    lon: float
    lat: float
    state: SiteState = SiteState.EXISTING
    detail: str = ""


@dataclass(frozen=True, slots=True)
class CellLayer:
    """A picture of the cells, from `raster.paint`, and where it lies."""

    png: bytes
    bounds: Bounds
    opacity: float = CELL_OPACITY


@dataclass(frozen=True, slots=True)
class Dot:
    """A point with so many incidents; how precisely it may be shown is the caller's affair."""

    lon: float
    lat: float
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskContent:
    """What the desk's map shows besides: it fills the screen, and a drawer may cover its right."""

    dots_url: str = ""
    """Address of the dots' places; "" where no dots are shown."""
    dot_states: str = ""
    """What each stands for, from `dots.packed`."""
    seats: tuple[Json, ...] = ()
    """From `seats.seat_marks`."""
    mark: tuple[float, float] | None = None
    """Longitude and latitude of the place looked at, with a ring."""
    covered_px: int = 0
    """How much of the map's right the drawer covers [px]."""
    goes: bool = False
    """Whether to go to the mark, as after a search; else the map moves only if the mark is covered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapContent:
    """Everything on a map that may differ between two runs of a page."""

    cells: tuple[CellLayer, ...] = ()
    sites: tuple[MapSite, ...] = ()
    selected: str = ""
    """Site with a ring, by its identifier."""
    dots: tuple[Dot, ...] = ()
    flood_month: int | None = None
    """Month (1-12) whose flood zones are drawn."""
    floods_known: bool = True
    """Whether the area has flood zones at all; where not, that stands in their place."""
    focus: tuple[str, ...] = ()
    """Boundary units to outline, by identifier, of either level."""
    view: Bounds | None = None
    """What to zoom to, whenever this differs from the last; None is the whole area."""
    sketch: tuple[tuple[float, float], ...] = ()
    """Corners (longitude, latitude) of a polygon being drawn."""
    pointing: bool = False
    """Whether a click on the ground means something: shows a crosshair."""
    legend: Legend | None = None
    ribbon: str = ""
    """Words over the map that nobody may overlook: "Invented data"."""
    notice: str = ""
    """Line in the corner: sources, and what the boundaries do not mean."""
    label: str = ""
    """What the map is, for those who do not see it."""
    desk: DeskContent | None = None
    """On the desk alone, whose legend stands below the map."""
    stamp: int = 0
    """Number the browser reports once this content is painted."""


class _Ground(MacroElement):
    """Calls the map's script to draw the ground."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "Footprint.base({{ this._parent.get_name() }}, {{ this.settings }});"
        "{% endmacro %}"
    )

    def __init__(self, settings: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca has no types
        self._name = "Ground"
        self._id = "footprint_settings"
        self.settings = settings


class _Content(MacroElement):
    """Calls the map's script to draw what varies into its feature group."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "Footprint.show({{ this._parent.get_name() }}, {{ this.content }});"
        "{% endmacro %}"
    )

    def __init__(self, content: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca has no types
        self._name = "Content"
        self.content = content


def base_map(
    assets: MapAssets, bounds: Bounds, *, basemap_url: str = "", basemap: str = "", fills: bool = False
) -> folium.Map:
    """
    Make a map of the ground alone.

    Parameters
    ----------
    assets
        Where its scripts and styles are.
    bounds
        What it shows at first, and the middle of what it can show.
    basemap_url
        Address of the text from `basemap.basemap_json`, which the browser keeps.
    basemap
        That text itself, for a map that stands alone.
    fills
        Whether it fills the screen, so that the wheel zooms; else the wheel scrolls the page.

    Returns
    -------
    folium.Map
        New each time, for folium objects cannot be used twice; but one text for one
        set of arguments, and without any words, so that the browser keeps its frame
        and zoom when the answer or the language changes.
    """
    if bool(basemap_url) == bool(basemap):
        raise ValueError("give either the address of a basemap or the basemap")
    made = folium.Map(
        location=[(bounds.south + bounds.north) / 2, (bounds.west + bounds.east) / 2],
        zoom_start=6,
        tiles=None,
        prefer_canvas=True,
        zoom_control="bottomleft" if fills else "bottomright",
        zoom_snap=0.25,
        # Where the page scrolls, zooming by accident once put a proposal hundreds of km off.
        scroll_wheel_zoom=fills,
        wheel_px_per_zoom_level=140,
        max_zoom=_MAX_ZOOM,
        max_bounds_viscosity=0.6,
    )
    made._id = MAP_ID  # noqa: SLF001  folium draws it at random
    made.default_js = [
        ("leaflet", assets.leaflet_js),
        ("jquery", assets.jquery_js),
        ("desk", assets.desk_js),
        ("footprint", assets.client_js),
    ]
    made.default_css = [("leaflet_css", assets.leaflet_css), ("footprint_css", assets.client_css)]
    ground = f'"url":{script_json(basemap_url)}' if basemap_url else f'"ground":{script_safe(basemap)}'
    made.add_child(
        _Ground(
            f'{{"bounds":{script_json(_corners(bounds))},"colours":{script_json(CLIENT)},"fills":{script_json(fills)},{ground}}}'
        )
    )
    return made


def overlays(content: MapContent, language: Language) -> folium.FeatureGroup:
    """
    Make the feature group that holds `content`, in `language`.

    Pass it to `st_folium` as `feature_group_to_add`, or add it to a map to be exported.
    Names and texts in it are handed over as data and set as text, never as HTML.
    """
    group = folium.FeatureGroup(name="footprint")
    group.add_child(_Content(script_json(_as_json(content, language))))
    return group


def site_key(language: Language, states: frozenset[SiteState]) -> tuple[tuple[str, str], ...]:
    """Return mark and label of each of `states`, in one order everywhere."""
    return tuple((state.value, language.text(STATE_LABELS[state])) for state in SiteState if state in states)


def _as_json(content: MapContent, language: Language) -> Json:
    return {
        "cells": [_picture(layer) for layer in content.cells],
        "sites": [_site(site, language) for site in content.sites],
        "selected": content.selected,
        "dots": [[round(dot.lon, 4), round(dot.lat, 4), dot.count] for dot in content.dots],
        "month": content.flood_month,
        "focus": list(content.focus),
        "view": _corners(content.view) if content.view else None,
        "sketch": [[round(lon, 5), round(lat, 5)] for lon, lat in content.sketch],
        "pointing": content.pointing,
        "legend": {"title": printable(content.legend.title), "html": content.legend.body()}
        if content.legend
        else None,
        "keys": _keys(content, language),
        "ribbon": content.ribbon,
        "words": _words(content, language),
        "desk": _desk(content.desk) if content.desk else None,
        "stamp": content.stamp,
    }


def _desk(desk: DeskContent) -> Json:
    return {
        "dots": desk.dots_url,
        "states": desk.dot_states,
        "seats": list(desk.seats),
        "mark": [round(desk.mark[0], 5), round(desk.mark[1], 5)] if desk.mark else None,
        "covered": desk.covered_px,
        "goes": desk.goes,
    }


def _picture(layer: CellLayer) -> Json:
    return {
        "url": "data:image/png;base64," + base64.b64encode(layer.png).decode("ascii"),
        "bounds": _corners(layer.bounds),
        "opacity": layer.opacity,
    }


def _site(site: MapSite, language: Language) -> Json:
    return {
        "id": site.site_id,
        "name": printable(site.name),
        "lon": round(site.lon, 5),
        "lat": round(site.lat, 5),
        "state": site.state.value,
        "word": language.text(STATE_LABELS[site.state]),
        "detail": printable(site.detail),
    }


def _keys(content: MapContent, language: Language) -> list[Json]:
    keys = list(site_key(language, frozenset(site.state for site in content.sites)))
    if content.dots:
        keys.append(("dots", language.text("Incidents")))
    if content.flood_month:
        month = language.month(content.flood_month)
        known = language.text("Under flood in {month}", month=month)
        keys.append(("flood", known if content.floods_known else language.text("Floods: not known")))
    return [{"mark": mark, "label": label} for mark, label in keys]


def _words(content: MapContent, language: Language) -> Json:
    return {
        "language": language.code,
        "label": printable(content.label) or language.text("Map"),
        "notice": content.notice,
        "legend": language.text("Legend"),
        "zoom_in": language.text("Zoom in"),
        "zoom_out": language.text("Zoom out"),
        "trouble": language.text("The background of the map could not be loaded. Reload the page."),
    }


def _corners(bounds: Bounds) -> list[list[float]]:
    return [[bounds.south, bounds.west], [bounds.north, bounds.east]]
