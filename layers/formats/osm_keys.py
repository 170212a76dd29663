"""Keys of OpenStreetMap that roads are known by; the process that parses foreign files knows them too."""

from __future__ import annotations

KEYS = (
    "osm_id", "full_id", "id", "highway", "fclass", "route", "surface", "smoothness", "tracktype", "bridge",
    "tunnel", "ford", "embankment", "man_made", "causeway", "oneway", "junction", "access", "vehicle",
    "motor_vehicle", "access:conditional", "vehicle:conditional", "motor_vehicle:conditional", "seasonal",
    "opening_date", "incident:type", "incident:date:start", "incident:date:end", "name", "name:en", "name:fr",
    "ref", "footway",
)  # fmt: skip
"""Every key that is looked at; the first three identify a way, by whoever wrote the file."""

TAGS = tuple(key for key in KEYS if key not in {"osm_id", "full_id", "id", "fclass"})
"""Those that mappers set."""
