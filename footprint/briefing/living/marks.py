"""Marks of a living map: sites as they stand today and under each switch, and the seats of units."""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd
import shapely

from footprint.briefing.brief import Brief
from footprint.briefing.changes import standing_places
from footprint.briefing.living.frame import Frame
from footprint.briefing.living.switches import Switch, SwitchKind
from footprint.disclosure import Precision
from footprint.language import Language, msgid
from footprint.releases.profiles import KnownSite, SiteCourse, hides_plans, site_position, unit_of_point
from footprint.scenario import OpenSite
from footprint.views.escaping import Json
from footprint.views.focus import focus_of, within
from footprint.views.seats import seat_places
from footprint.views.words import site_name
from layers import Area
from layers.characters import printable
from layers.tables import WGS84


def sites_json(brief: Brief, turned: Sequence[Switch], frame: Frame) -> list[Json]:
    """
    Return every site of today that no switch touches, where the frame shows it.

    Where plans are hidden it is every one, as it stands today: what is missing would be what is touched.
    """
    if brief.release.precision is Precision.STRICT:
        return []
    changed = set() if hides_plans(brief.release) else {each.site_id for each in turned}
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
    """
    Return where the site of each switch stands where it is off, and where it is on.

    Where plans are hidden, what is opened stands where its unit's name would be written, and what stands
    today is no part of it.
    """
    found: list[Json] = []
    before, after = brief.today.laydown.sites, brief.shown.laydown.sites
    hidden = hides_plans(brief.release)
    for each in turned:
        drawn = brief.release.precision is not Precision.STRICT and each.site_id
        if drawn and hidden:
            on = _at_label(brief, each.site_id, frame) if each.kind is SwitchKind.OPEN else None
            found.append({"kind": str(each.kind), "off": None, "on": on})
            continue
        off, on = (
            _at(sites, each.site_id, frame) if drawn and each.site_id in sites.index else None
            for sites in (before, after)
        )
        found.append({"kind": str(each.kind), "off": off, "on": on})
    return found


_BY_UNIT = {
    SwitchKind.OPEN: msgid("Proposed site in {unit}"),
    SwitchKind.CLOSE: msgid("Closing site in {unit}"),
    SwitchKind.MOVE: msgid("Moved site in {unit}"),
    SwitchKind.ASSETS: msgid("Site in {unit}"),
}


_IN_AREA = {
    SwitchKind.CLOSE: msgid("A closing site"),
    SwitchKind.MOVE: msgid("A moved site"),
    SwitchKind.ASSETS: msgid("A site with other assets"),
}


def called_by_unit(brief: Brief, switch: Switch) -> bool:
    """Tell whether a switch's site may be called by its unit alone."""
    return switch.kind is not SwitchKind.ROADS and hides_plans(brief.release)


def switch_names(brief: Brief, turned: Sequence[Switch], language: Language) -> list[str]:
    """Return what the site of each switch is called; several of one kind in one unit are numbered."""
    area, names = brief.prepared.area, []
    at = standing_places(brief, brief.shown.scenario, language) if hides_plans(brief.release) else {}
    for each in turned:
        if not called_by_unit(brief, each):
            names.append(site_name(each.site_id, area, brief.shown.scenario))
            continue
        unit = _opened_in(area, each) if each.kind is SwitchKind.OPEN else at.get(each.site_id, "")
        own = language.text(_BY_UNIT[each.kind], unit=unit) if unit else language.text(_IN_AREA[each.kind])
        before = sum(name == own or name.startswith(f"{own} (") for name in names)
        names.append(f"{own} ({before + 1})" if before else own)
    return names


def _opened_in(area: Area, switch: Switch) -> str:
    """Return the name of the second-level unit of what is opened."""
    opened = next(each for each in switch.changes if isinstance(each, OpenSite))
    return str(area.districts.at[unit_of_point(area, opened.lon, opened.lat), "name"])


def _at(sites: gpd.GeoDataFrame, site_id: str, frame: Frame) -> dict[str, Json]:
    place = gpd.GeoSeries([sites.at[site_id, "geometry"]], crs=sites.crs).to_crs(WGS84).iloc[0]
    x, y = frame.at(place.x, place.y)
    return {"x": x, "y": y, "months": int(sites.at[site_id, "months"])}


def _at_label(brief: Brief, site_id: str, frame: Frame) -> dict[str, Json]:
    """Return where a site that is called by its unit stands, and when it is open."""
    sites, release = brief.shown.laydown.sites, brief.release
    place = gpd.GeoSeries([sites.at[site_id, "geometry"]], crs=sites.crs).to_crs(WGS84).iloc[0]
    known = KnownSite("", place.x, place.y, SiteCourse.PROPOSED)
    x, y = frame.town(*site_position(brief.prepared.area, known, release.precision, release.marking))
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
    places = seat_places(brief.prepared.area, level)
    found: list[Json] = []
    for unit_id in inside:
        x, y = frame.town(*places[unit_id])
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
