"""Tell what the reader just clicked: a site, a point, or nothing new."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from pyproj import CRS

from layers.antimeridian import wrapped
from layers.projection import degrees_from

RETURNED = ("last_clicked", "last_object_clicked_count", "last_object_clicked_tooltip")
"""What `st_folium` must be asked to return for `read_click`."""

_SITE = re.compile(r"#([^#]+)#")


@dataclass(frozen=True, slots=True)
class PointClick:
    """A click on the ground [degrees]."""

    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class SiteClick:
    """A click on a site's marker."""

    site_id: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What the map had said when it was last read; keep it between runs of a page."""

    point: tuple[float, float] | None = None
    objects: int = 0


def read_click(value: Mapping[str, object] | None, seen: Seen) -> tuple[PointClick | SiteClick | None, Seen]:
    """
    Tell what is new in what the map says.

    Parameters
    ----------
    value
        What `st_folium` keeps in session state; it says the last click again and again.
    seen
        What was returned the last time; `Seen()` at first.

    Returns
    -------
    tuple
        The click, or None if there is none that has not been read; and what is seen now.
        A map that was drawn anew counts from zero and is not taken for a click.
    """
    said = value or {}
    count = said.get("last_object_clicked_count") or 0
    where = said.get("last_clicked")
    point = (wrapped(where["lng"]), float(where["lat"])) if isinstance(where, Mapping) else None
    now = Seen(point, count if isinstance(count, int) else 0)
    if now.objects > seen.objects:
        site = _SITE.search(str(said.get("last_object_clicked_tooltip") or ""))
        return (SiteClick(site[1]) if site else None), now
    if point is not None and point != seen.point:
        return PointClick(*point), now
    # A map drawn anew has forgotten its last point; the page has not.
    return None, replace(now, point=point or seen.point)


def lonlat(crs: CRS, x_m: float, y_m: float) -> tuple[float, float]:
    """Return longitude and latitude of a point in an area's system [degrees], as a click on it would be."""
    lon, lat = degrees_from(crs).transform(x_m, y_m)
    return round(wrapped(lon), 5), round(float(lat), 5)
