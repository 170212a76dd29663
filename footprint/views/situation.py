"""What stands on the ground, as marks on a map: sites of a scenario, incidents, the focus."""

from __future__ import annotations

from functools import lru_cache

import geopandas as gpd
from pyproj import Transformer

from footprint.disclosure import Precision, shown_incidents
from footprint.language import Language
from footprint.prepared import Prepared
from footprint.review import Review
from footprint.scenario import OpenSite
from footprint.views.maps import Dot, MapSite, SiteState
from footprint.views.raster import Bounds
from footprint.views.words import KIND_LABELS
from layers import Area
from layers.months import in_month
from layers.sites import SiteKind
from layers.tables import WGS84


def map_sites(prepared: Prepared, result: Review, month: int, language: Language) -> tuple[MapSite, ...]:
    """Return every site of the baseline and the scenario, as it stands in `month`."""
    before, after = prepared.area.sites, result.laydown.sites
    opened = {change.site_id for change in result.scenario.changes if isinstance(change, OpenSite)}
    both = gpd.GeoDataFrame(after.combine_first(before), geometry="geometry", crs=before.crs).sort_index()
    degrees = both.geometry.to_crs(WGS84)
    marks = []
    for site_id, point in degrees.items():
        state = SiteState.EXISTING
        if site_id not in after.index:
            state = SiteState.CLOSING
        elif site_id in opened:
            state = SiteState.PROPOSED
        elif not in_month(int(after.at[site_id, "months"]), month):
            state = SiteState.CLOSED
        elif not after.at[site_id, "geometry"].equals(before.at[site_id, "geometry"]):
            state = SiteState.MOVED
        kind = language.text(KIND_LABELS[SiteKind(both.at[site_id, "kind"])])
        marks.append(MapSite(str(site_id), str(both.at[site_id, "name"]), point.x, point.y, state, kind))
    return tuple(marks)


@lru_cache(maxsize=4)
def dots(area: Area, precision: Precision = Precision.INTERNAL) -> tuple[Dot, ...]:
    """Return the area's incidents as dots, as precisely as they may be shown."""
    shown = shown_incidents(area.incidents, precision)
    return tuple(Dot(lon, lat, count) for lon, lat, count in shown.points)


def focus_bounds(area: Area, focus: str) -> Bounds | None:
    """Return the rectangle to zoom to for a named focus, None for the whole area."""
    units = dict(area.focus).get(focus, ())
    if not units:
        return None
    west, south, east, north = area.regions.loc[list(units)].to_crs(WGS84).total_bounds
    return Bounds(float(west), float(south), float(east), float(north))


def place_name(area: Area, lon: float, lat: float) -> str:
    """Return the name of the nearest settlement, "" where none is known."""
    if area.places.empty:
        return ""
    x_m, y_m = Transformer.from_crs(WGS84, area.crs, always_xy=True).transform(lon, lat)
    distance = (area.places.geometry.x - x_m) ** 2 + (area.places.geometry.y - y_m) ** 2
    return str(area.places.at[distance.idxmin(), "name"])
