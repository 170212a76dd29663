"""
Rivers and lakes: GSHHG/WDBII (fine, without names) and Natural Earth (coarse, with names).

WDBII gives lines without name or size; Natural Earth names the great rivers at 1:50
million. A fine line takes the name of the great river it follows. Named rivers are the
barriers; the many nameless lines are wadis and side arms that vehicles can ford.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import CRS

from layers.formats.identity import numbered
from layers.formats.reading import Reading
from layers.formats.spelling import AS_GIVEN, Spelling, spelled
from layers.formats.vectors import attributes, read_vectors, single_lines

FOLLOWS_M = 6_000
"""A fine line follows a named river if most of it runs this near [m]; the scale of the coarse lines."""

FOLLOWS_SHARE = 0.6
"""Share of a fine line that must run near the named one."""

ISLAND = 3
"""GSHHG level of an island in a lake; 2 is a lake, 4 a pond on an island."""

_WGS84 = CRS.from_epsg(4326)


@dataclass(frozen=True, slots=True)
class Course:
    """A named river along rough waypoints (longitude, latitude), where no public coarse line names it."""

    name: str
    waypoints: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Navigable:
    """Months in which boats pass a river within a rectangle [degrees]; a judgement."""

    name: str
    months: str
    west: float = -180.0
    east: float = 180.0
    south: float = -90.0
    north: float = 90.0


BARRIERS_NOTE = "named rivers are barriers; nameless lines are not"
BANKS_NOTE = "wide rivers are drawn by both their banks in the rivers and as open water in the lakes"


def read_rivers(
    fine: Path,
    named: Path,
    crs: CRS,
    *,
    courses: Sequence[Course] = (),
    navigable: Sequence[Navigable] = (),
    spelling: Spelling = AS_GIVEN,
) -> Reading:
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
    courses
        Named rivers that the coarse lines lack.
    navigable
        Where and when boats pass; a reach counts by its middle, the last entry that fits.
    spelling
        How rivers are written here.

    Returns
    -------
    Reading
        Columns of `Rivers`, one LineString per row.
    """
    raw, dropped = read_vectors(fine, ("id",))
    guides, more = read_vectors(named, ("name",))
    guides = guides.assign(name=spelled(guides["name"], spelling))
    lines = single_lines(raw)
    name = _names(lines.to_crs(crs), _guides(guides, courses).to_crs(crs))
    frame = gpd.GeoDataFrame(
        {
            "river_id": numbered("wdb-" + lines["id"].astype(str)),
            "name": name,
            "barrier": name != "",
            "navigable_months": _navigable(name, lines.geometry, navigable),
        },
        geometry=lines.geometry,
    )
    judged = ", ".join(dict.fromkeys(f"{reach.name} {reach.months}" for reach in navigable))
    notes = (BARRIERS_NOTE, *([f"months of navigation are judged: {judged}"] if judged else []), BANKS_NOTE)
    return Reading(frame, (*dropped, *more), notes)


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


def _guides(named: gpd.GeoDataFrame, courses: Sequence[Course]) -> gpd.GeoDataFrame:
    """Return the named lines: those of the coarse file, dissolved by name, and `courses`."""
    rivers = named[named["name"].notna() & (named["name"] != "")]
    coarse = rivers[["name", "geometry"]].dissolve("name").reset_index()
    own = gpd.GeoDataFrame(
        {"name": [course.name for course in courses]},
        geometry=[shapely.LineString(course.waypoints) for course in courses],
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


def _navigable(name: pd.Series, lines: gpd.GeoSeries, navigable: Sequence[Navigable]) -> pd.Series:
    """Return the months a boat passes each line, as text."""
    middle = shapely.line_interpolate_point(lines.to_numpy(), 0.5, normalized=True)
    x, y = shapely.get_x(middle), shapely.get_y(middle)
    months = pd.Series("", index=name.index)
    for reach in navigable:
        within = (x >= reach.west) & (x <= reach.east) & (y >= reach.south) & (y <= reach.north)
        months = months.mask((name == reach.name) & within, reach.months)
    return months
