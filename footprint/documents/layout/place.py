"""Layout of one place in one month: who could reach it, what is weakest, what would close it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from footprint.documents.layout import FLAT
from footprint.documents.layout.head import Head, Notes, Subject
from footprint.objectives import Measure
from footprint.place.closing import Open
from footprint.place.finding import Named
from footprint.place.hindrance import Why
from footprint.scenario.changes import Change


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacePart:
    """Where it is, who lives there, and what they need."""

    lon: float
    lat: float
    named: Named
    name: str
    own_id: str
    region_id: str | None
    district_id: str | None
    town_id: str | None
    town_km: float | None
    people: int | None
    need_share: float
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeansRow:
    """Who brings a capability, from where, how and with what chance."""

    capability_id: str
    from_site: str
    to_site: str | None
    by: str
    minutes: float | None
    chance: float
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class HindrancePart:
    """Why nobody comes, of the capability that is nearest to it."""

    why: Why
    capability_id: str
    from_site: str | None
    asset: str | None
    straight_km: float | None
    minutes: float | None
    over_min: float | None
    limit_min: float | None
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoserRow:
    """A unit that loses by what a donor gives."""

    unit_id: str
    name: str
    force: float | None
    mission: float | None
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DonorPart:
    """What the area loses by what a donor gives, before what is gained here."""

    from_site: str
    force: float | None
    mission: float | None
    losers: tuple[LoserRow, ...]
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class AdditionPart:
    """The smallest addition that lifts Force or a tier to the threshold."""

    asset: str
    count: int
    at_site: str | None
    lon: float
    lat: float
    level: float
    changes: tuple[Change, ...]
    donor: DonorPart | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedRow:
    """Assets of one kind in a package."""

    asset: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PackagePart:
    """Assets of several kinds that would do together, at a new site there."""

    assets: tuple[PackedRow, ...]
    level: float
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingPart:
    """What would lift it to the threshold; null with what keeps it open where nothing single does."""

    addition: AdditionPart | None
    package: PackagePart | None
    open: Open | None
    lacking: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ForcePart:
    """Force in the cell, all who come, and what would lift it to the threshold."""

    level: float | None
    ground: float | None
    air: float | None
    by_month: tuple[float | None, ...]
    months_reached: int | None
    means: tuple[MeansRow, ...]
    hindrance: HindrancePart | None
    closing: ClosingPart
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRow:
    """One group of capabilities that a tier needs."""

    capabilities: tuple[str, ...]
    weakest: bool
    chance: float | None
    means: MeansRow | None
    hindrance: HindrancePart | None
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TierPart:
    """One tier in the cell."""

    tier: str
    level: float | None
    by_month: tuple[float | None, ...]
    months_reached: int | None
    links: tuple[LinkRow, ...]
    closing: ClosingPart
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceDocument:
    """One place in one month: who could reach it, what is weakest, what would close it."""

    head: Head = field(metadata=FLAT)
    subject: Subject = field(metadata=FLAT)
    notes: Notes = field(metadata=FLAT)
    measure: Measure
    month: int
    threshold: float
    place: PlacePart
    force: ForcePart
    tiers: tuple[TierPart, ...]
