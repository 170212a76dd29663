"""
OpenStreetMap's words for roads, and what each is in the words of `layers.roads`.

Lists follow the OpenStreetMap wiki (Key:highway, Key:surface, Key:smoothness, Key:tracktype, Key:access) and
the layer names of Geofabrik's extracts ("OpenStreetMap Data in Layered GIS Format"). A word that stands in no
list is counted and named by whoever looks it up, never guessed.
"""

from __future__ import annotations

from layers.roads import RoadClass, Smoothness, Surface

CLASSES: dict[str, RoadClass] = {
    "motorway": RoadClass.TRUNK,
    "motorway_link": RoadClass.TRUNK,
    "trunk": RoadClass.TRUNK,
    "trunk_link": RoadClass.TRUNK,
    "primary": RoadClass.PRIMARY,
    "primary_link": RoadClass.PRIMARY,
    "secondary": RoadClass.SECONDARY,
    "secondary_link": RoadClass.SECONDARY,
    "tertiary": RoadClass.TERTIARY,
    "tertiary_link": RoadClass.TERTIARY,
    "unclassified": RoadClass.UNCLASSIFIED,
    "road": RoadClass.UNCLASSIFIED,
    "residential": RoadClass.RESIDENTIAL,
    "living_street": RoadClass.RESIDENTIAL,
    "service": RoadClass.RESIDENTIAL,
    "track": RoadClass.TRACK,
    "track_grade1": RoadClass.TRACK,
    "track_grade2": RoadClass.TRACK,
    "track_grade3": RoadClass.TRACK,
    "track_grade4": RoadClass.TRACK,
    "track_grade5": RoadClass.TRACK,
    "path": RoadClass.PATH,
    "bridleway": RoadClass.PATH,
    "footway": RoadClass.PATH,
    "cycleway": RoadClass.PATH,
}
"""`highway` or Geofabrik's `fclass` -> class. What a `_link` leads to and comes from is one class."""

GONE = frozenset(
    {"construction", "proposed", "planned", "razed", "abandoned", "dismantled", "demolished", "removed", "no"}
)
"""Not built yet, or no longer there."""

NO_WAY = frozenset(
    {
        "pedestrian",
        "steps",
        "corridor",
        "elevator",
        "platform",
        "via_ferrata",
        "raceway",
        "escape",
        "busway",
        "bus_guideway",
        "rest_area",
        "services",
        "emergency_bay",
        "bus_stop",
        "crossing",
        "ladder",
        "trailhead",
    }
)
"""No way from place to place for a vehicle or a patrol."""

FERRY_CLASS = RoadClass.UNCLASSIFIED
"""Class of a ferry's line, which has none of its own: its speed is a ferry's."""

PAVED = frozenset(
    {
        "paved", "asphalt", "chipseal", "bitumen", "tarmac", "concrete", "concrete:lanes",
        "concrete:plates", "paving_stones", "paving_stones:lanes", "paving_stones:30", "grass_paver",
        "sett", "unhewn_cobblestone", "cobblestone", "cobblestone:flattened", "bricks", "brick", "metal",
        "metal_grid", "wood", "rubber", "tiles", "cement",
    }
)  # fmt: skip
UNPAVED = frozenset(
    {
        "unpaved", "compacted", "fine_gravel", "gravel", "shells", "rock", "rocks", "stone", "stones",
        "pebblestone", "ground", "dirt", "earth", "soil", "grass", "mud", "sand", "woodchips", "snow",
        "ice", "salt", "clay", "laterite", "murram", "dirt/sand", "stepping_stones",
    }
)  # fmt: skip
"""Of several stated together ("asphalt;gravel"), one that is unpaved makes the road unpaved."""

GRADES: dict[str, tuple[Surface, Smoothness]] = {
    "grade1": (Surface.UNKNOWN, Smoothness.UNKNOWN),
    "grade2": (Surface.UNPAVED, Smoothness.UNKNOWN),
    "grade3": (Surface.UNPAVED, Smoothness.UNKNOWN),
    "grade4": (Surface.UNPAVED, Smoothness.BAD),
    "grade5": (Surface.UNPAVED, Smoothness.VERY_BAD),
}
"""`tracktype` -> what it says where `surface` and `smoothness` say nothing; grade 1 may be paved or not."""

SMOOTH: dict[str, Smoothness] = {
    "excellent": Smoothness.GOOD,
    "good": Smoothness.GOOD,
    "intermediate": Smoothness.GOOD,
    "bad": Smoothness.BAD,
    "very_bad": Smoothness.VERY_BAD,
    "horrible": Smoothness.HORRIBLE,
    "very_horrible": Smoothness.HORRIBLE,
}
IMPASSABLE = "impassable"
"""`smoothness` of a road that no wheeled vehicle passes."""

SHUT_OUT = frozenset({"no", "private", "military", "customers", "permit", "delivery"})
"""`access` and its like: closed to whoever has no business there."""

ACCESS_KEYS = ("motor_vehicle", "vehicle", "access")
"""The most particular first: what it says holds."""

YES = frozenset({"yes", "true", "1", "t", "y"})
NO = frozenset({"", "no", "false", "0", "f", "n", "none"})
ONE_WAY = frozenset({"yes", "true", "1", "-1", "reverse", "f", "t", "reversible", "alternating"})
"""`oneway`, of OpenStreetMap and of Geofabrik (F and T: along the line and against it; B: both)."""
