"""
Flood zones of the inner Niger delta, drawn from units, rivers and lakes.

No public polygon of the flood was at hand. The months are those of flood bulletins for
three parts of the delta; the extent is the land near the great rivers and lakes within
the cercles of each part. It is an approximation, of low confidence.
"""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import shapely

BESIDE_M = 8_000
"""Land nearer than this to a named river or a lake of the delta floods [m]; a judgement."""

CURVE_M = 250
"""Curves of the zones are drawn this exactly [m]."""


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of the delta: its cercles (p-codes) and its months under water."""

    zone_id: str
    name: str
    districts: tuple[str, ...]
    months: str


ZONES = (
    Zone(
        "delta_upper", "Inner delta, upper (Macina, Djenné, Ténenkou)", ("ML0407", "ML0505", "ML0508"), "9-11"
    ),
    Zone("delta_middle", "Inner delta, middle (Mopti)", ("ML0501",), "9-12"),
    Zone(
        "delta_lower", "Inner delta, lower (Youwarou, Niafunké, Diré)", ("ML0504", "ML0605", "ML0602"), "10-1"
    ),
)
"""Parts of the delta and their flood months, after gauge bulletins of the delta."""


def flood_zones(
    districts: gpd.GeoDataFrame, rivers: gpd.GeoDataFrame, lakes: gpd.GeoDataFrame
) -> gpd.GeoDataFrame:
    """
    Draw the zones.

    Parameters
    ----------
    cercles, rivers, lakes
        Columns of `Boundaries`, `Rivers` and `Lakes`, in one reference system [m]; only
        rivers with a name are used.

    Returns
    -------
    GeoDataFrame
        Columns of `FloodZones`; no zone whose cercles are not there.
    """
    waters = shapely.union_all([*rivers.geometry[rivers["name"] != ""], *lakes.geometry])
    wet = shapely.buffer(shapely.simplify(waters, CURVE_M), BESIDE_M, quad_segs=4)
    rows = []
    for zone in ZONES:
        land = shapely.union_all(districts.geometry[districts["unit_id"].isin(zone.districts)].to_numpy())
        shape = shapely.make_valid(shapely.simplify(shapely.intersection(land, wet), CURVE_M))
        if not shape.is_empty:
            rows.append(
                {"zone_id": zone.zone_id, "name": zone.name, "months": zone.months, "geometry": shape}
            )
    return gpd.GeoDataFrame(rows, columns=["zone_id", "name", "months", "geometry"], crs=districts.crs)
