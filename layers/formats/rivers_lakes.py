"""
Rivers and lakes: GSHHG/WDBII (fine, without names) and Natural Earth (coarse, with names).

WDBII gives lines without name or size; Natural Earth names the great rivers at 1:50
million. A fine line takes the name of the great river it follows. Named rivers are the
barriers; the many nameless lines are wadis and side arms that vehicles can ford.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import CRS

from layers.formats.identity import numbered
from layers.formats.reading import Reading
from layers.formats.vectors import attributes, read_vectors, single_lines

FOLLOWS_M = 6_000
"""A fine line follows a named river if most of it runs this near [m]; the scale of the coarse lines."""

FOLLOWS_SHARE = 0.6
"""Share of a fine line that must run near the named one."""

ISLAND = 3
"""GSHHG level of an island in a lake; 2 is a lake, 4 a pond on an island."""

_WGS84 = CRS.from_epsg(4326)


@dataclass(frozen=True, slots=True)
class Reach:
    """A named river along rough waypoints (longitude, latitude), where no public coarse line names it."""

    name: str
    waypoints: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Navigable:
    """Months in which boats pass a river between two longitudes; a judgement."""

    name: str
    west: float
    east: float
    months: str


REACHES = (
    Reach(
        "Bani",
        (
            (-6.42, 12.73),
            (-6.3, 12.8),
            (-6.32, 13.0),
            (-6.0, 13.16),
            (-5.54, 13.2),
            (-5.0, 13.36),
            (-4.75, 13.45),
            (-4.5, 13.75),
            (-4.25, 14.0),
            (-4.23, 14.25),
            (-4.21, 14.51),
        ),
    ),
    Reach(
        "Diaka",
        ((-5.02, 14.14), (-4.97, 14.24), (-4.9, 14.45), (-4.72, 14.69), (-4.61, 14.92), (-4.42, 15.0)),
    ),
)
"""Rivers of the inner Niger delta that the coarse lines lack; waypoints read off the fine lines."""

NAVIGABLE = (
    Navigable("Niger", -7.55, 0.05, "8-1"),
    Navigable("Bani", -4.9, -4.1, "8-12"),
    Navigable("Diaka", -5.1, -4.4, "9-12"),
)
"""Koulikoro to Gao in the high water; the lower Bani and the Diaka in the flood."""

NOTES = (
    "rivers named by Natural Earth, and the Bani and Diaka, are barriers; nameless lines are not",
    "months of navigation are judged: Niger between Koulikoro and Gao 8-1, lower Bani 8-12, Diaka 9-12",
    "wide rivers are drawn by both their banks in the rivers and as open water in the lakes",
)


def read_rivers(fine: Path, named: Path, crs: CRS) -> Reading:
    """
    Read fine river lines and name those that follow a named river.

    Parameters
    ----------
    fine
        GSHHG/WDBII lines, column `id`.
    named
        Natural Earth rivers and lake centrelines, column `name`.
    crs
        Reference system in metres, to measure in.

    Returns
    -------
    Reading
        Columns of `Rivers`, one LineString per row.
    """
    raw, dropped = read_vectors(fine, ("id",))
    guides, more = read_vectors(named, ("name",))
    lines = single_lines(raw)
    name = _names(lines.to_crs(crs), _guides(guides).to_crs(crs))
    frame = gpd.GeoDataFrame(
        {
            "river_id": numbered("wdb-" + lines["id"].astype(str)),
            "name": name,
            "barrier": name != "",
            "navigable_months": _navigable(name, lines.geometry),
        },
        geometry=lines.geometry,
    )
    return Reading(frame, (*dropped, *more), NOTES)


def read_lakes(path: Path) -> Reading:
    """
    Read GSHHG lakes, islands taken out of the lakes they lie in.

    Parameters
    ----------
    path
        GSHHG polygons with `level`, `id` and `area_km2`. A negative area is the source's
        flag for a wide river drawn as a polygon, not an area.

    Returns
    -------
    Reading
        Columns of `Lakes`.
    """
    raw, dropped = read_vectors(path, ("level", "id", "area_km2"))
    look = attributes(raw, path.name)
    level = look.numbers("level", low=1, high=4)
    area_km2 = look.numbers("area_km2")
    look.finish()
    islands = raw[level == ISLAND]
    waters = raw[level != ISLAND]
    dry = shapely.union_all(islands.geometry.to_numpy())
    river = area_km2[waters.index] < 0
    frame = gpd.GeoDataFrame(
        {"lake_id": numbered("gshhg-" + waters["id"].astype(str)), "name": ""},
        geometry=shapely.make_valid(shapely.difference(waters.geometry.to_numpy(), dry)),
        crs=raw.crs,
        index=waters.index,
    )
    notes = (
        f"{int(river.sum())} polygons are wide rivers (negative area_km2 is the source's flag)",
        f"{len(islands)} islands are taken out of the lakes they lie in",
    )
    frame = frame.reset_index(drop=True)
    return Reading(frame, dropped, notes)


def _guides(named: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the named lines: those of the coarse file, dissolved by name, and `REACHES`."""
    rivers = named[named["name"].notna() & (named["name"] != "")]
    coarse = rivers[["name", "geometry"]].dissolve("name").reset_index()
    own = gpd.GeoDataFrame(
        {"name": [reach.name for reach in REACHES]},
        geometry=[shapely.LineString(reach.waypoints) for reach in REACHES],
        crs=_WGS84,
    )
    return gpd.GeoDataFrame(pd.concat([coarse, own], ignore_index=True), crs=_WGS84)


def _names(lines: gpd.GeoDataFrame, guides: gpd.GeoDataFrame) -> pd.Series:
    """Return the name each line takes, "" if it follows none; both in metres."""
    length_m = lines.length.to_numpy()
    share = np.array(
        [lines.intersection(zone).length.to_numpy() / length_m for zone in guides.buffer(FOLLOWS_M)]
    )
    best = share.argmax(axis=0)
    named = share.max(axis=0) >= FOLLOWS_SHARE
    return pd.Series(np.where(named, guides["name"].to_numpy()[best], ""), index=lines.index)


def _navigable(name: pd.Series, lines: gpd.GeoSeries) -> pd.Series:
    """Return the months a boat passes each line, as text."""
    middle = shapely.get_x(shapely.line_interpolate_point(lines.to_numpy(), 0.5, normalized=True))
    months = pd.Series("", index=name.index)
    for reach in NAVIGABLE:
        months = months.mask(
            (name == reach.name) & (middle >= reach.west) & (middle <= reach.east), reach.months
        )
    return months
