"""Layout of the survey of an area's roads: how long, of what kind, and where they do not join."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from footprint.documents.layout.head import AreaHead


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadKindRow:
    """Roads of one class, surface, smoothness or crossing."""

    kind: str
    word: str
    roads: int
    length_km: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadPlacePart:
    """Where something is."""

    lon: float
    lat: float
    unit: str | None
    near: str | None
    near_km: float | None
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadPartRow:
    """A part of the network that no road joins to the others, the longest first."""

    part: int
    length_km: float
    roads: int
    sites: tuple[str, ...]
    gap_km: float | None
    gap_to: int | None
    at: RoadPlacePart | None
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class LooseEndRow:
    """An end that meets nothing, and yet comes close to another road, the nearest first."""

    road_id: str
    name: str
    gap_m: float
    to_road_id: str
    at: RoadPlacePart


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteOnRoadsRow:
    """A site that stands off the network, or on another part than the longest."""

    site_id: str
    name: str
    road_km: float | None
    part: int | None
    too_far: bool
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TownOffRoadsRow:
    """A town or seat farther from every road than a site may be, the farthest first."""

    place_id: str
    name: str
    road_km: float | None
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadsDocument:
    """How long roads are, of what kind, and where they do not join."""

    format: int
    kind: str
    area: AreaHead
    roads: int
    length_km: float
    kinds: tuple[RoadKindRow, ...]
    raised_km: float
    one_way_km: float | None
    closed_km: tuple[float, ...]
    parts_in_all: int
    main_share: float | None
    parts: tuple[RoadPartRow, ...]
    other_parts_km: float
    joined_ends: int
    loose_ends: int
    near_ends_in_all: int
    near_ends: tuple[LooseEndRow, ...]
    sites_in_all: int
    sites_off: tuple[SiteOnRoadsRow, ...]
    towns_in_all: int | None
    towns_off: tuple[TownOffRoadsRow, ...]
    reasons: Mapping[str, str]
