"""
Health facilities: the WHO/KWTRP list (Maina et al. 2019) and healthsites.io.

Both become sensitive places of kind clinic: a point and a kind, nothing else. Names and
owners are not carried over.
"""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd

from layers.formats.delimited import Inspection, RawTable, read_table
from layers.formats.identity import content_ids
from layers.formats.reading import Reading
from layers.sensitive import SensitiveKind
from layers.sentences import say

CARE = frozenset({"clinic", "doctors", "hospital", "health_post", "health_centre", "health_center"})
"""`amenity` of healthsites.io that is a place of care; pharmacies and dentists are left out."""


def read_who_facilities(path: Path) -> Reading:
    """
    Read public health facilities; those without coordinates are dropped and counted.

    Raises
    ------
    LayerError
        With every fault found.
    """
    table = read_table(
        path, required=("Facility name", "Facility type", "Lat", "Long"), degrees=("Long", "Lat")
    )
    return _clinics(table, "Long", "Lat")


def read_healthsites(path: Path) -> Reading:
    """
    Read places of care of healthsites.io, its geometry in columns X and Y.

    Raises
    ------
    LayerError
        With every fault found.
    """
    table = read_table(path, required=("amenity", "X", "Y"), degrees=("X", "Y"))
    reading = _clinics(table, "X", "Y")
    care = table.frame["amenity"].reindex(reading.frame.index).isin(CARE)
    return reading.keeping(care, layer="sensitive", reason=say("no place of care (pharmacy, dentist …)"))


def _clinics(table: RawTable, longitude: str, latitude: str) -> Reading:
    """Return the points of `table` as clinics."""
    look = Inspection(table)
    frame = gpd.GeoDataFrame(
        {"place_id": content_ids(table.frame, "clinic"), "kind": str(SensitiveKind.CLINIC)},
        geometry=look.points(longitude, latitude, empty=True),
    )
    look.finish()
    reading = Reading(frame, table.dropped)
    return reading.keeping(frame.geometry.notna(), layer="sensitive", reason=say("no coordinates"))
