"""Parts of the method: what its numbers, capabilities and bundles are, typed and frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from layers.roads import RoadClass, Smoothness

ROUGH = (Smoothness.BAD, Smoothness.VERY_BAD, Smoothness.HORRIBLE)
"""Kinds of smoothness that slow a vehicle down."""


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
    """Path in the file, for instance "travel.convoy_cap_kmh"."""
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
class Changed:
    """A number of the method that differs from the shipped one."""

    path: str
    """Path in the file, for instance "travel.convoy_cap_kmh"."""
    old: float
    new: float
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Travel:
    """Speeds, factors and waits of every travel profile; fields are called as in the file."""

    unpaved_factor: float
    """Share of free flow left on unpaved roads, and where the surface is unknown [-]."""
    patrol_factor: float
    """Share of free flow at which patrols move [-]."""
    patrol_cap_kmh: float
    convoy_factor: float
    """Share of free flow at which convoys move [-]."""
    convoy_cap_kmh: float
    searched_cap_kmh: float
    """On roads searched for explosive devices, and on the ground beside them, at most [km/h]."""
    rated_ground_km: float
    """Distance from a road rated for search up to which open country is rated too [km]."""
    street_leg_km: float
    """Length of a last leg, from a road or a site to a cell, that goes by street [km]; the rest across."""
    vehicle_dry_kmh: float
    vehicle_wet_kmh: float
    patrol_off_road_factor: float
    """Share of a vehicle's speed across country at which patrols move [-]."""
    convoy_off_road_factor: float
    """Share of a vehicle's speed across country at which convoys move [-]."""
    foot_dry_kmh: float
    foot_wet_kmh: float
    helicopter_kmh: float
    helicopter_notice_min: float
    pick_up_min: float
    boat_kmh: float
    ferry_kmh: float
    ferry_wait_min: float
    snap_limit_km: float
    free_flow_kmh: Mapping[str, float] = field(metadata={"keys": tuple(RoadClass)})
    """By road class [km/h]."""
    smoothness_factor: Mapping[str, float] = field(metadata={"keys": ROUGH})
    """Share of speed left, by smoothness [-]."""
    rains_factor: Mapping[str, float] = field(metadata={"keys": ("paved", "unpaved", "track")})
    """Share of speed left in the rains, by kind of surface [-]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """Numbers of the demand surface; fields are called as in the file."""

    half_life_days: float
    severity_cap: float
    spread_near_km: float
    reliability_good: float
    reliability_fair: float
    reliability_poor: float
    neighbourhood_km: float
    neighbourhood_cut_km: float
    shrinkage_low_thousand: float
    shrinkage_high_thousand: float
    shrinkage_unknown_thousand: float
    shrinkage_factor: float
    people_share: float

    @property
    def reliability(self) -> tuple[float, float, float]:
        """Weight of source reliability 1, 2 and 3 [-]."""
        return (self.reliability_good, self.reliability_fair, self.reliability_poor)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporting:
    """Thresholds of what is reported; fields are called as in the file."""

    class_threshold: float
    circle_km: float
    beyond_min: float
    casevac_limit_min: float
    equity_drop: float
    rank_draws: int
    rank_concentration: float
    """Sum of the parameters of the Dirichlet distribution that weights are drawn from [-]."""
    rank_seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tasking:
    """How often what a site has is at hand, and how long a visit takes; fields are called as in the file."""

    helicopter_availability: float
    stay_min: float
    escort_days: float
    """Escort days one civilian team asks for, if all its ways are rated [days/month]."""
    escort_reach_min: float


@dataclass(frozen=True, slots=True, kw_only=True)
class HotspotNumbers:
    """Numbers that a hotspot map and the classes over the years rest on; fields are called as in the file."""

    radius_km: float
    """Radius within which incidents count as around a place, and that of the calendar's discs [km]."""
    cell_km: float
    """Side of a hotspot's cell [km]."""
    people_min: float
    """People from which a cell counts as inhabited [persons]."""
    window_months: int
    """Months before the frame date that hotspots look at, and that each step shows [months]."""
    draws: int
    """Permutations; more let small hotspots pass the many tests."""
    q_max: float
    """False discovery rate accepted over the cells compared."""
    events_min: int
    """Precisely placed incidents below which nothing can be told."""
    power_min: float
    """Chance to find a cluster below which finding none tells nothing."""
    power_share: float
    """Share of the incidents in the cluster that this chance is about."""
    power_radius_km: float
    """Radius of that cluster [km]."""
    power_worlds: int
    """Invented clusters by which the chance is reckoned."""
    dominated_share: float
    """Share of the variance in the five largest cells from which on a warning is given."""
    people_worlds: int
    """Worlds in which the observed counts are dealt out by people."""
    people_share: float
    """Share of these worlds above which a hotspot is as its people would explain."""
    scan_min_km: float
    """Smallest radius of the circles held against their people [km]."""
    scan_max_km: float
    """Largest radius of these circles [km]."""
    scan_step_km: float
    """From one radius to the next [km]."""
    scan_draws: int
    """Worlds that circles are compared with."""
    scan_p_max: float
    """Largest p of a circle taken as more than its people would explain, over all circles at once."""
    trend_p_max: float
    """Largest p of a Mann-Kendall trend taken as one."""
    steps_max: int
    """Most yearly steps of the classes."""
    trend_steps_min: int
    """Steps below which no class is given that needs a trend."""
    seed: int

    @property
    def radius_m(self) -> float:
        """Radius [m]."""
        return 1000 * self.radius_km

    @property
    def scan_radii_km(self) -> tuple[float, ...]:
        """Radii of the circles held against their people, ascending [km]."""
        steps = int((self.scan_max_km - self.scan_min_km) / self.scan_step_km + 1e-9)
        return tuple(self.scan_min_km + step * self.scan_step_km for step in range(max(steps, 0) + 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonalityNumbers:
    """Numbers that the calendar of return rests on; fields are called as in the file."""

    cell_km: float
    """Side of the cells in whose middle the calendar's discs lie [km]."""
    events_min: int
    """Incidents a season-year needs to be eligible."""
    years_min: int
    """Eligible season-years an area needs to be tested."""
    busier: float
    """How many times its even share a window must hold to be a hit."""
    hit_events_min: int
    """Incidents a window needs to be a hit."""
    longest_months: int
    """Longest run of months tried [months]."""
    months_missing_max: int
    """Months that the last season-year may lack and still count."""
    q_max: float
    """False discovery rate accepted over the areas."""
    draws: int
    """Random rotations, at most."""
    exceedances_max: int
    """Rotations that reach the score, from which on no more are drawn."""
    power_min: float
    """Chance of finding a strong season below which nothing found is "too few incidents to tell"."""
    foretold_years_min: int
    """Later years, or years forecast, that a pattern must get right before it is more than a pattern."""
    profile_gain_min: float
    """Log score that a profile's forecasts must win, their best year left out [nats]."""
    pile_max: float
    """Times its even share of the dates that a day may hold before a warning."""
    growth_max: float
    """Growth of incidents from year to year above which there is a warning [times]."""
    seed: int

    @property
    def lengths(self) -> tuple[int, ...]:
        """Window lengths tried [months]."""
        return tuple(range(1, self.longest_months + 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class ViolenceNumbers:
    """Numbers of hotspots and of the calendar of return; equal numbers give equal patterns."""

    hotspots: HotspotNumbers
    seasonality: SeasonalityNumbers


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceNumbers:
    """Numbers that evidence rests on; fields are called as in the file."""

    years_max: int
    """Calendar years whose killings are held against the sites of their time, at most."""
    window_months: int
    """Shorter span before the frame date, where no site is dated [months]."""
    long_window_months: int
    """Longer span before the frame date, where no site is dated [months]."""
    draws: int
    """Sets of places drawn in proportion to people."""
    resamples: int
    """Bootstrap resamples behind each band."""
    events_min: int
    """Killings below which a sentence says that they are too few to tell."""
    p_max: float
    """Largest p at which a sentence says on which side killings lay."""
    named_share: float
    """Share of places and months that a rule names [0-1]."""
    rule_years_max: int
    """Latest whole years that rules are judged by, at most."""
    worse_share: float
    """Share of incidents by which the threat may fall short of the best simple rule [0-1]."""
    wide_share: float
    """Width of the band of that difference above which nothing can be told [0-1]."""
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalNumbers:
    """Numbers that the checks of a proposal rest on; fields are called as in the file."""

    conflict_km: float
    """Distance of two offices' proposals up to which they are in conflict [km]."""
    overlap_share: float
    """Share of what a site brings that another brings too, above which they overlap [0-1]."""
    reachable_months_min: int
    """Months a year in which others must reach a site [months]."""
    evidence_days: float
    """Age from which evidence is old [days]."""
    donor_drop: float
    """Drop of the worst season of a donor's region above which somebody must sign [0-1]."""
    corridor_first_month: int
    """First month (1-12) in which herds pass."""
    corridor_last_month: int
    """Last month (1-12) in which herds pass."""
    ring_near_km: float
    """Near end of the ring to be watched, by the shortest way over land [km]."""
    ring_far_km: float
    """Far end of the ring to be watched, likewise [km]."""

    @property
    def corridor_months(self) -> tuple[int, ...]:
        """Months (1-12) in which herds pass; the span may run over the new year."""
        length = (self.corridor_last_month - self.corridor_first_month) % 12 + 1
        return tuple(sorted((self.corridor_first_month - 1 + step) % 12 + 1 for step in range(length)))


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
    """Whether it need not be back before dark."""
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
