"""Parts of the method: what its numbers, capabilities and bundles are, typed and frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Component(StrEnum):
    """Which part of the mission something belongs to."""

    MILITARY = "military"
    POLICE = "police"
    CIVILIAN = "civilian"
    SUPPORT = "support"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One number of the method, as a reader meets it on the Method page."""

    parameter_id: str
    """Path in the file, for instance "travel.convoy.cap"."""
    value: float
    default: float
    unit: str
    minimum: float
    maximum: float
    source: str
    """Source in full, or the statement that it is a judgement."""
    judgement: bool
    label: str
    group: str
    """Heading it stands under."""
    effect: str
    """What changing it does."""

    @property
    def changed(self) -> bool:
        """Whether the value differs from the shipped default."""
        return self.value != self.default


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """A named group of months."""

    season_id: str
    label: str
    months: int
    """Bit m-1 set for month m."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Travel:
    """Speeds and waits of every travel profile; speeds in km/h."""

    free_flow: Mapping[str, float]
    """Free-flow speed of each road class [km/h]."""
    unpaved_factor: float
    smoothness_factor: Mapping[str, float]
    rains_factor: Mapping[str, float]
    patrol_factor: float
    patrol_cap: float
    convoy_factor: float
    convoy_cap: float
    searched_cap: float
    vehicle_dry: float
    vehicle_wet: float
    foot_dry: float
    foot_wet: float
    helicopter: float
    helicopter_notice_min: float
    pick_up_min: float
    boat: float
    ferry: float
    ferry_wait_min: float
    snap_limit_km: float
    rains_months: int
    """Months in which the rains factors and wet off-road speeds hold, bit m-1 for m."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """Numbers of the demand surface."""

    half_life_days: float
    severity_cap: float
    spread_km: tuple[float, float, float]
    """Spread of an incident of geographic precision 1, 2 and 3 [km]."""
    reliability: tuple[float, float, float]
    """Weight of source reliability 1, 2 and 3."""
    cycle: float
    shrinkage_thousand: float
    people_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporting:
    """Thresholds of what is reported."""

    class_threshold: float
    circle_km: float
    beyond_min: float
    casevac_limit_min: float
    equity_drop: float
    escort_days: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ViolenceNumbers:
    """Numbers of hotspots and of the calendar of return."""

    radius_km: float
    """Radius within which incidents count as around a place [km]."""
    cell_km: float
    """Side of a hotspot's cell [km]."""
    people_min: float
    """People from which a cell counts as inhabited [persons]."""
    draws: int
    spots_q_max: float
    trend_p_max: float
    spots_seed: int
    disc_cell_km: float
    """Side of the cells in whose middle the calendar's discs lie [km]."""
    events_min: int
    years_min: int
    busier: float
    hit_events_min: int
    longest: int
    """Longest run of months tried [months]."""
    months_missing_max: int
    returns_q_max: float
    rotations: int
    returns_seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Decay:
    """Effect that is full up to one value and falls in a straight line to zero at another."""

    full: float
    zero: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Capability:
    """What a component can do, and how its effect falls with time."""

    capability_id: str
    label: str
    component: Component
    assets: tuple[str, ...]
    """Kinds of asset that carry it."""
    needs: str
    """Kind of asset that must stand at the same site, or ""."""
    relay: str
    """For evacuation: kind of asset that the patient must reach, or ""."""
    ground: str
    """Travel profile by road, or "" when it never goes by road."""
    boat: bool
    air: bool
    escorted: bool
    overnight: bool
    shared: bool
    """Whether only the share tasked by the mission counts (surveillance)."""
    minutes: Decay | None
    km: Decay | None
    air_minutes: Decay | None
    radius_km: float | None
    availability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """Capabilities that make a tier (all groups needed) or a footprint (any of them)."""

    bundle_id: str
    label: str
    rule: str
    """"all": as good as the weakest group; "any": chance that at least one is there."""
    groups: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetKind:
    """A kind of asset a site can have."""

    kind: str
    label: str
    component: Component


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """Assets that a proposal brings in one step."""

    package_id: str
    label: str
    site_kind: str
    """Kind of site it opens, of `layers.sites.SiteKind`."""
    assets: tuple[tuple[str, int], ...]
    """Kind and number of each asset."""
