"""
Flood zones drawn from units, rivers and lakes, where no polygon of the flood is at hand.

The months of each part are stated by the catalogue, after flood bulletins for instance; the
extent is the land near the named rivers and the lakes within the districts of the part. It
is an approximation, of low confidence.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import geopandas as gpd
import shapely

BESIDE_M = 8_000
"""Land nearer than this to a named river or a lake floods [m]; a judgement."""

CURVE_M = 250
"""Curves of the zones are drawn this exactly [m]."""


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of the country under water in the same months, as a catalogue states it."""

    zone_id: str
    name: str
    districts: tuple[str, ...]
    """Identifiers of the second-level units it lies in."""
    months: str


def flood_zones(
    zones: Iterable[Zone], districts: gpd.GeoDataFrame, rivers: gpd.GeoDataFrame, lakes: gpd.GeoDataFrame
) -> gpd.GeoDataFrame:
    """
    Draw the zones.

    Parameters
    ----------
    zones
        Parts to draw, in the order of the result.
    districts, rivers, lakes
        Columns of `Boundaries`, `Rivers` and `Lakes`, in one reference system [m]; only
        rivers with a name are used.

    Returns
    -------
    GeoDataFrame
        Columns of `FloodZones`; no zone whose districts are not there.
    """
    waters = shapely.union_all([*rivers.geometry[rivers["name"] != ""], *lakes.geometry])
    wet = shapely.buffer(shapely.simplify(waters, CURVE_M), BESIDE_M, quad_segs=4)
    rows = []
    for zone in zones:
        land = shapely.union_all(districts.geometry[districts["unit_id"].isin(zone.districts)].to_numpy())
        shape = shapely.make_valid(shapely.simplify(shapely.intersection(land, wet), CURVE_M))
        if not shape.is_empty:
            rows.append(
                {"zone_id": zone.zone_id, "name": zone.name, "months": zone.months, "geometry": shape}
            )
    return gpd.GeoDataFrame(rows, columns=["zone_id", "name", "months", "geometry"], crs=districts.crs)
