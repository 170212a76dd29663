"""Layout of hotspots and of the calendar of return."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from footprint.documents.layout import FLAT
from footprint.documents.layout.head import Head, Notes
from footprint.violence.hotspots.classes import HotspotClass
from footprint.violence.hotspots.verdict import Cause, Verdict
from footprint.violence.seasonality.calendar import Omission
from footprint.violence.seasonality.dates import Doubt
from footprint.violence.seasonality.recurrence import Answer, Status, YearState
from footprint.violence.selection import Exclusion

AreaKind = Literal["region", "cercle", "cell"]
"""What a calendar is given for."""

Tested = Literal["log(1 + count)", "count"]
"""Value of a cell that hotspots are sought in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcedPeriod:
    """Days looked at, and whose incidents."""

    first: date
    last: date
    providers: tuple[str, ...]
    told_twice: int
    cannot_be_matched: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentences:
    """A finding in both languages."""

    en: str
    fr: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SpacePart:
    """Numbers that hotspots rest on."""

    tested: Tested
    cell_km: float
    radius_km: float
    permutations: int
    q_max: float
    seed: int
    incidents_min: int
    cells_compared: int
    cells_uninhabited: int
    cells_people_unknown: int
    cells_water: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcludedRow:
    """Incidents left out for one reason."""

    reason: Exclusion
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentsPart:
    """Incidents used, and those left out."""

    used: int
    excluded: tuple[ExcludedRow, ...]
    too_poorly_placed_share: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictPart:
    """What the map of hotspots says as a whole."""

    verdict: Verdict
    sentence: Sentences
    causes: tuple[Cause, ...]
    power: float | None
    largest_share: float | None
    largest_share_counts: float | None
    by_people_cells: int
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class HotspotRow:
    """A cell where incidents gather beyond chance."""

    cell: int
    lon: float
    lat: float
    cercle: str
    cercle_outside: bool
    count: int
    z: float | None
    p: float | None
    q: float | None
    by_people: bool
    by_people_share: float | None
    pattern: HotspotClass


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """One yearly step of the classes."""

    first: date
    last: date
    used: int
    kept: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternsPart:
    """How many cells show each class over the years."""

    classed: bool
    trends: bool
    pooled: bool
    steps: tuple[StepRow, ...]
    incidents: IncidentsPart
    cells: Mapping[HotspotClass, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleRow:
    """A circle that holds more incidents than its people would explain."""

    lon: float
    lat: float
    cercle: str
    radius_km: float
    count: int
    expected: float | None
    ratio: float | None
    people: float | None
    p: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcessPart:
    """Where more happens than people would explain: a question of its own, of the same incidents."""

    verdict: Verdict
    sentence: Sentences
    radii_km: tuple[float, ...]
    permutations: int
    p_max: float
    smallest_p: float | None
    incidents: IncidentsPart
    circles: tuple[CircleRow, ...]
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class HotspotsDocument:
    """Where incidents gather beyond chance, and what was left out."""

    head: Head = field(metadata=FLAT)
    notes: Notes = field(metadata=FLAT)
    period: SourcedPeriod
    settings: SpacePart
    result: VerdictPart
    incidents: IncidentsPart
    hotspots: tuple[HotspotRow, ...]
    patterns: PatternsPart
    excess: ExcessPart


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanPart:
    """Numbers of the scan that a calendar rests on."""

    lengths: tuple[int, ...]
    events_min: int
    years_min: int
    busier: float
    hit_events_min: int
    q_max: float
    n_draws: int
    power_min: float
    foretold_years_min: int
    seed: int
    first_month: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OmittedRow:
    """Incidents that are not in the calendar for one reason."""

    reason: Omission
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarIncidentsPart:
    """Incidents used, those left out, and those that no calendar can hold; together all there are."""

    incidents: IncidentsPart = field(metadata=FLAT)
    left_out: tuple[OmittedRow, ...]
    of_all: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtRow:
    """What makes a calendar of these dates doubtful."""

    doubt: Doubt
    sentence: Sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class StateRow:
    """How one season-year fell in the window."""

    season_year: str
    state: YearState


@dataclass(frozen=True, slots=True, kw_only=True)
class ForetoldRow:
    """What one year made of the calendar known before it began."""

    season_year: int
    months: tuple[int, ...]
    inside: int
    of_year: int
    share_of_months: float | None
    beat: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPart:
    """What later years made of the calendars known before them."""

    later_years: int
    beaten: int
    inside: int
    of_years: int
    expected: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfilePart:
    """Seasonal profiles by unit of the second level, and how many earned a place in the protection need."""

    of_units: int
    earned: int
    strength: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnRow:
    """Whether violence comes back in the same months in one area, and in which."""

    area_id: str
    name: str
    status: Status
    answer: Answer
    n_events: int | None
    eligible_years: int | None
    events_a_year: float | None
    power: float | None
    first_month: int | None
    months: tuple[int, ...]
    hits: int | None
    low: float | None
    high: float | None
    p: float | None
    q: float | None
    significant: bool
    is_forecast: bool
    season_years: tuple[StateRow, ...]
    foresight: tuple[ForetoldRow, ...]
    by_month: tuple[tuple[int, ...], ...]
    sentence: Sentences
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDocument:
    """In which months violence comes back, year after year."""

    head: Head = field(metadata=FLAT)
    notes: Notes = field(metadata=FLAT)
    period: SourcedPeriod
    by: AreaKind
    settings: ScanPart
    statement: Status
    doubts: tuple[DoubtRow, ...]
    incidents: CalendarIncidentsPart
    years: tuple[int, ...]
    areas: tuple[ReturnRow, ...]
    not_tested: int
    record: RecordPart
    profile: ProfilePart
