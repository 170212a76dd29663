"""Feeds: which layers a sheet could feed, by what it looks like."""

from __future__ import annotations

import re

from layers.foreign.seen import Likely, SheetSeen
from layers.intake.known import KnownFile
from layers.intake.mapping import guessed_mapping

LEVELS = {0: "country", 1: "regions", 2: "districts"}
_OF_LIKELY = {
    Likely.SITES: ("sites",),
    Likely.INCIDENTS: ("incidents",),
    Likely.ROADS: ("roads",),
    Likely.UNITS: ("regions", "districts", "country", "flood_zones", "lakes"),
    Likely.PLACES: ("places", "sites"),
    Likely.AIRFIELDS: ("airfields",),
    Likely.SENSITIVE: ("sensitive",),
    Likely.POINTS: ("sites", "incidents", "places", "airfields", "sensitive"),
    Likely.LINES: ("roads", "rivers"),
    Likely.AREAS: ("flood_zones", "lakes"),
    Likely.POLYGONS: ("regions", "districts", "country", "lakes", "flood_zones", "sensitive"),
    Likely.RASTER: ("population",),
}
"""Layers that a likeness could feed, the likeliest first."""


def layers_for(sheet: SheetSeen, known: KnownFile | None, level: int | None) -> tuple[str, ...]:
    """Return the layers that a sheet could feed, the likeliest first."""
    if known is not None:
        named = () if level is None else ((LEVELS[level],) if level in LEVELS else ())
        return named if level is not None else known.layers
    first = sheet.likely[0].layer
    if (
        first is Likely.TABLE
        and {"site_id", "kind", "count"} <= guessed_mapping(sheet, "assets").columns.keys()
    ):
        return ("assets",)
    return layers_of(sheet, first)


def layers_of(sheet: SheetSeen, likely: Likely) -> tuple[str, ...]:
    """Return the layers that a sheet could feed by one of its likenesses, the likeliest first."""
    if likely is Likely.WATERS:
        lines = any(each.kind.endswith("LineString") for each in sheet.shapes)
        return ("rivers", "lakes") if lines else ("lakes", "flood_zones", "rivers")
    return _OF_LIKELY.get(likely, ())


def level_named(sheet: SheetSeen) -> str:
    """Return the layer of the level of units that cells or columns name, such as ADM2; "" where none is."""
    texts = (text for each in sheet.columns for text in (each.name, *each.examples))
    levels = {int(hit[1]) for text in texts if (hit := _LEVEL.match(text)) is not None}
    return LEVELS.get(max(levels), "") if levels else ""


_LEVEL = re.compile(r"adm(?:in)?[_ ]?(\d)(?!\d)", re.IGNORECASE)
