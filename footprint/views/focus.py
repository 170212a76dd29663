"""Focus: the part of the area that is looked at: all of it, a named part, or any one unit."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import geopandas as gpd
import numpy as np

from footprint.indicators.units import Level
from footprint.language import Language, msgid
from footprint.prepared import Prepared
from footprint.views.raster import Bounds
from layers import Area
from layers.projection import degrees_from
from layers.tables import WGS84

WHOLE = ""
"""Key of the whole area."""

_NEED_SHOWN = 0.95
"""Share of the need that the first view of a whole area holds; the rest may be desert."""

_MOST_SMALL = 14
"""Second-level units up to which figures are told unit by unit, rather than by first-level units."""


@dataclass(frozen=True, slots=True)
class Focus:
    """What is looked at, as units of one level."""

    key: str
    level: Level
    unit_ids: tuple[str, ...]


def focus_keys(area: Area) -> tuple[str, ...]:
    """
    Return everything that can be looked at: the whole, named parts, then units of both levels by name.

    A unit's key begins with its level, for units of both levels may share an identifier.
    """
    units = [
        f"{level}:{unit_id}"
        for level, frame in ((Level.REGION, area.regions), (Level.DISTRICT, area.districts))
        for unit_id in frame.sort_values("name").index
    ]
    named = {unit_ids for _, unit_ids in area.focus if len(unit_ids) == 1}
    kept = [key for key in units if (key.partition(":")[2],) not in named or key.startswith(Level.DISTRICT)]
    return (WHOLE, *(name for name, _ in area.focus), *kept)


def focus_of(area: Area, key: str) -> Focus:
    """Return what a key stands for; one that the area does not have is the whole of it."""
    named = dict(area.focus)
    if key in named:
        return Focus(key, Level.REGION, named[key])
    level, _, unit_id = key.partition(":")
    for each, frame in ((Level.REGION, area.regions), (Level.DISTRICT, area.districts)):
        if level == each and unit_id in frame.index:
            return Focus(key, each, (unit_id,))
    return Focus(WHOLE, Level.AREA, (area.area_id,))


def is_outside(area: Area, level: Level, unit_id: str) -> bool:
    """Tell whether a unit of a level lies mostly outside the area, so that no figure of it is known."""
    outside = {Level.REGION: area.regions_outside, Level.DISTRICT: area.districts_outside}
    return unit_id in outside.get(level, {})


def looks_outside(area: Area, key: str) -> bool:
    """Tell whether all that is looked at lies mostly outside the area."""
    found = focus_of(area, key)
    return all(is_outside(area, found.level, unit_id) for unit_id in found.unit_ids)


_LARGER, _SMALLER = msgid("{name} ({region})"), msgid("{name} ({district})")


def focus_name(area: Area, key: str, code: str) -> str:
    """
    Return what a focus is called in a language; the whole is called as the area is.

    A second-level unit called as a first-level one is, as that of its seat often is, says what it is.
    """
    found = focus_of(area, key)
    if found.level is Level.AREA:
        return area.names.get(code, area.names["en"])
    if key in dict(area.focus):
        return key
    name = str(_frame(area, found.level).at[found.unit_ids[0], "name"])
    if found.level is Level.DISTRICT and name in set(area.regions["name"]):
        return Language.of_area(code, area.unit_words).text(_SMALLER, name=name)
    return name


def focus_label(area: Area, key: str, language: Language) -> str:
    """Return what a focus is called in a list: units with their level, so that no two are alike."""
    found = focus_of(area, key)
    if found.level is Level.AREA:
        return language.text("Whole area")
    if key in dict(area.focus):
        return key
    name = str(_frame(area, found.level).at[found.unit_ids[0], "name"])
    return language.text(_LARGER if found.level is Level.REGION else _SMALLER, name=name)


def outlined(area: Area, key: str) -> tuple[str, ...]:
    """Return the units whose outline is drawn, by identifier; none for the whole area."""
    found = focus_of(area, key)
    return () if found.level is Level.AREA else found.unit_ids


def within(area: Area, key: str) -> tuple[Level, tuple[str, ...]]:
    """
    Return the units whose figures are shown side by side.

    Second-level units of the focus; where they would be too many, first-level ones.
    """
    found, districts = focus_of(area, key), area.districts
    if found.level is Level.DISTRICT:
        return Level.DISTRICT, found.unit_ids
    inside = districts.index if found.level is Level.AREA else _children(districts, found.unit_ids)
    if len(inside) <= _MOST_SMALL or area.regions.empty:
        return Level.DISTRICT, tuple(map(str, inside))
    regions = area.regions.index if found.level is Level.AREA else found.unit_ids
    return Level.REGION, tuple(map(str, regions))


def _children(districts: gpd.GeoDataFrame, unit_ids: tuple[str, ...]) -> list[str]:
    return list(map(str, districts.index[districts["parent_id"].isin(list(unit_ids))]))


def focus_bounds(prepared: Prepared, key: str) -> Bounds | None:
    """Return the rectangle to zoom to; for a whole area, where nearly all of its need and every site is."""
    found = focus_of(prepared.area, key)
    if found.level is Level.AREA:
        return _needed(prepared)
    frame = _frame(prepared.area, found.level)
    west, south, east, north = frame.loc[list(found.unit_ids)].to_crs(WGS84).total_bounds
    return Bounds(float(west), float(south), float(east), float(north))


@lru_cache(maxsize=4)
def _needed(prepared: Prepared) -> Bounds | None:
    """
    Return the smallest upright rectangle, equal shares cut off each side, that holds nearly all need.

    It grows to hold every site: a base beyond the edge of the map would pass for none.
    """
    grid, need = prepared.area.grid, np.nan_to_num(prepared.surfaces["blend"]).mean(axis=0)
    if need.sum() <= 0:
        return None
    cut = (1.0 - _NEED_SHOWN) / 4.0
    ends = []
    for axis in (grid.x_m, grid.y_m):
        order = np.argsort(axis, kind="stable")
        share = np.cumsum(need[order]) / need.sum()
        ends.append(axis[order[[np.searchsorted(share, cut), np.searchsorted(share, 1.0 - cut)]]])
    half = grid.cell_m / 2
    (west, east), (south, north) = ends
    if len(prepared.area.sites):
        left, low, right, high = prepared.area.sites.total_bounds
        west, east = min(west, left), max(east, right)
        south, north = min(south, low), max(north, high)
    x, y = np.array([west - half, east + half]), np.array([south - half, north + half])
    to_degrees = degrees_from(prepared.area.crs)
    lon, lat = to_degrees.transform(x[[0, 1, 0, 1]], y[[0, 0, 1, 1]])
    return Bounds(float(min(lon)), float(min(lat)), float(max(lon)), float(max(lat)))


def _frame(area: Area, level: Level) -> gpd.GeoDataFrame:
    return area.regions if level is Level.REGION else area.districts
