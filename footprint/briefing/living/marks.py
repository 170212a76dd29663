"""Marks of a living map: sites as they stand today and under each switch, and the seats of units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import geopandas as gpd
import shapely

from footprint.briefing.brief import Brief
from footprint.briefing.living.frame import Frame
from footprint.briefing.living.switches import Switch, SwitchKind
from footprint.disclosure import Precision
from footprint.language import Language
from footprint.views.escaping import Json
from footprint.views.focus import focus_of, within
from footprint.views.seats import SeatRow, seat_marks
from footprint.views.words import site_name
from layers.characters import printable
from layers.tables import WGS84

TELLS_PLACES = frozenset({Precision.INTERNAL, Precision.RESTRICTED})
"""Profiles that let single cells, and the names of proposed sites, be told."""
_DRAWS_SITES = TELLS_PLACES | {Precision.PUBLIC}
"""Profiles that let sites be drawn; a coarser one tells of their units alone."""


def sites_json(brief: Brief, turned: Sequence[Switch], frame: Frame) -> list[Json]:
    """Return every site of today that no switch touches, where the frame shows it."""
    if brief.release.precision not in _DRAWS_SITES:
        return []
    changed = {each.site_id for each in turned}
    sites = brief.today.laydown.sites
    kept = [
        site_id
        for site_id in sites.index
        if site_id not in changed and shapely.intersects(sites.at[site_id, "geometry"], frame.drawn)
    ]
    return [
        {"name": printable(str(sites.at[site_id, "name"])), **_at(sites, site_id, frame)} for site_id in kept
    ]


def switches_json(brief: Brief, turned: Sequence[Switch], frame: Frame) -> list[Json]:
    """Return where the site of each switch stands where it is off, and where it is on."""
    found: list[Json] = []
    before, after = brief.today.laydown.sites, brief.shown.laydown.sites
    for each in turned:
        drawn = brief.release.precision in _DRAWS_SITES and each.site_id
        off, on = (
            _at(sites, each.site_id, frame) if drawn and each.site_id in sites.index else None
            for sites in (before, after)
        )
        found.append({"kind": str(each.kind), "off": off, "on": on})
    return found


def switch_names(brief: Brief, turned: Sequence[Switch], language: Language) -> list[str]:
    """Return the name of each switch's site; what a coarse profile may not name has a number and its unit."""
    area, names, proposed = brief.prepared.area, [], 0
    for each in turned:
        if each.kind is SwitchKind.OPEN and brief.release.precision not in TELLS_PLACES:
            proposed += 1
            point = brief.shown.laydown.sites.at[each.site_id, "geometry"]
            inside = area.districts["name"][area.districts.intersects(point)].tolist()
            name = language.text("proposed site {n}", n=proposed)
            names.append(f"{name} ({inside[0]})" if inside else name)
        else:
            names.append(site_name(each.site_id, area, brief.shown.scenario))
    return names


def _at(sites: gpd.GeoDataFrame, site_id: str, frame: Frame) -> dict[str, Json]:
    place = gpd.GeoSeries([sites.at[site_id, "geometry"]], crs=sites.crs).to_crs(WGS84).iloc[0]
    x, y = frame.at(place.x, place.y)
    return {"x": x, "y": y, "months": int(sites.at[site_id, "months"])}


def seats_json(brief: Brief, unit_ids: Sequence[str], frame: Frame) -> list[Json]:
    """
    Return where the figures of the units inside the focus stand.

    Parameters
    ----------
    brief
        Whose focus.
    unit_ids
        Every unit told of, in the order of the file; the area first.
    frame
        Where they are drawn.
    """
    level, inside = within(brief.prepared.area, brief.focus)
    rows = [SeatRow(unit_id, unit_id, 0.0, 0.0, 0.0, 0.0, 0.0) for unit_id in inside]
    marks = seat_marks(brief.prepared.area, level, rows, brief.language, None)
    found: list[Json] = []
    for unit_id, mark in zip(inside, marks, strict=True):
        if isinstance(mark, Mapping):
            x, y = frame.town(float(str(mark["lon"])), float(str(mark["lat"])))
            found.append({"unit": unit_ids.index(f"{level}:{unit_id}"), "x": x, "y": y})
    return found


def neighbours_json(brief: Brief, frame: Frame) -> list[Json]:
    """Return the names of first-level units around the focus, each at a point inside what is drawn of it."""
    area, found = brief.prepared.area, focus_of(brief.prepared.area, brief.focus)
    named: list[Json] = []
    for unit_id, name, shape in zip(
        area.regions.index, area.regions["name"], area.regions.geometry, strict=True
    ):
        seen = shapely.intersection(shapely.make_valid(shape), frame.drawn)
        if seen.is_empty or unit_id in found.unit_ids:
            continue
        point = shapely.get_coordinates(shapely.point_on_surface(seen))
        x, y = frame.placed(point, frame.step)[0].tolist()
        named.append({"name": printable(str(name)), "x": int(x), "y": int(y)})
    return named
