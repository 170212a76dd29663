"""Where rivers, lakes and flooded ground are: simplified lines and rings drawn by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import shapely
from shapely import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from data.build_mali.tables import points, read_table

Feature = tuple[dict[str, Any], BaseGeometry]


def rivers(inputs: Path) -> list[Feature]:
    """Return one line per reach."""
    return [
        (
            {
                "river_id": row["river_id"],
                "name": row["name"],
                "barrier": row["barrier"] == "true",
                "navigable_months": row["navigable_months"],
            },
            LineString(points(row["path"])),
        )
        for row in read_table(inputs / "rivers.csv")
    ]


def lakes(inputs: Path) -> list[Feature]:
    """Return one polygon per lake."""
    rows = [row for row in read_table(inputs / "water_areas.csv") if row["layer"] == "lake"]
    return [({"lake_id": row["area_id"], "name": row["name"]}, _ring(row["ring"], "")) for row in rows]


def flood_zones(inputs: Path) -> list[Feature]:
    """Return one polygon per flood zone, towns on dykes cut out."""
    rows = [row for row in read_table(inputs / "water_areas.csv") if row["layer"] == "flood"]
    return [
        (
            {"zone_id": row["area_id"], "name": row["name"], "months": row["months"]},
            _ring(row["ring"], row["holes"]),
        )
        for row in rows
    ]


def _ring(ring: str, holes: str) -> BaseGeometry:
    """Return the polygon of `ring` without its `holes`, which are separated by "|"."""
    return shapely.normalize(Polygon(points(ring), [points(hole) for hole in filter(None, holes.split("|"))]))
