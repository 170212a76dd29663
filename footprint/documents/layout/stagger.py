"""Layout of staggering: which mobile units stand where in which months, and what that adds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from footprint.documents.layout import FLAT
from footprint.documents.layout.head import Head, Notes, Subject
from footprint.documents.layout.violence import Sentences
from footprint.options.solve import SearchStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitAssetRow:
    """Assets of one kind that every unit brings."""

    kind: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StayRules:
    """What stays of units keep to."""

    units: int
    assets: tuple[UnitAssetRow, ...]
    stay_min_months: int
    stay_max_months: int
    rest_months: int
    notice_months: int
    mean_share: float
    calendar: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StayRow:
    """One stay, every year."""

    place_id: str
    name: str
    unit: int
    months: tuple[int, ...]
    units: tuple[int, ...]
    adds: float
    sentence: Sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class MobilePlaceRow:
    """A place where a unit may stand."""

    place_id: str
    name: str
    lon: float
    lat: float
    usable_months: tuple[int, ...]
    held_months: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitsMonthRow:
    """What the units do in one month, and what the mission comes to."""

    month: int
    out: int
    on_the_way: int
    resting: int
    free: int
    mission_without: float
    mission_with: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StaggerDocument:
    """Stays of mobile units, by first month; the plan that they make is the subject's scenario."""

    head: Head = field(metadata=FLAT)
    subject: Subject = field(metadata=FLAT)
    notes: Notes = field(metadata=FLAT)
    rules: StayRules
    status: SearchStatus
    seconds: float
    mission_known: bool
    mission_without: float
    mission_with: float
    bound: float | None
    gap: float | None
    reasons: Mapping[str, str]
    rotates: bool
    sentence: Sentences
    stays: tuple[StayRow, ...]
    places: tuple[MobilePlaceRow, ...]
    months: tuple[UnitsMonthRow, ...]
