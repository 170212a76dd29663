"""Layout of a review: figures, periods, remoteness, escorts, and what changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from footprint.demand import KappaBasis
from footprint.documents.layout import FLAT
from footprint.documents.layout.head import Head, Notes, Subject
from footprint.documents.layout.watch import EquityUntoldRow, ResponsePart, WatchPart
from footprint.indicators.indicator import Indicator
from footprint.indicators.units import Level
from footprint.objectives import Measure

BeyondReach = Literal[
    "beyond_bundle_demand", "beyond_bundle_people", "beyond_surgery_demand", "beyond_surgery_people"
]
"""Shares of `footprint.access.remoteness.SHARES`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """Figures of one unit in one month."""

    level: Level
    unit_id: str
    name: str
    month: int
    people: int | None
    demand: float | None
    FF: float | None
    MF: float | None
    B1: float | None
    B2: float | None
    B3: float | None
    FF0: float | None
    FG: float | None
    both_demand: float | None
    force_only_demand: float | None
    civilian_and_police_only_demand: float | None
    neither_demand: float | None
    force_rest_unknown_demand: float | None
    not_known_demand: float | None
    both_people: float | None
    force_only_people: float | None
    civilian_and_police_only_people: float | None
    neither_people: float | None
    force_rest_unknown_people: float | None
    not_known_people: float | None
    FF_minus_B2: float | None
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodRow:
    """One indicator of one unit over the seasons and the year."""

    level: Level
    unit_id: str
    name: str
    measure: Indicator
    seasons: Mapping[str, float | None]
    mean: float | None
    worst: float | None
    worst_season: str | None
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightedRow:
    """Force and Mission footprint over all objectives, by their weights, in one month."""

    month: int
    FF: float | None
    MF: float | None
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RemotenessRow:
    """Who is beyond reach in one unit and month."""

    level: Level
    unit_id: str
    name: str
    month: int
    people_beyond_bundle: int | None
    beyond_bundle_demand: float | None
    beyond_bundle_people: float | None
    people_beyond_surgery: int | None
    beyond_surgery_demand: float | None
    beyond_surgery_people: float | None
    troops_min: float | None
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RemotenessPeriodRow:
    """One share beyond reach of one unit over the year; the season with most beyond reach is the worst."""

    level: Level
    unit_id: str
    name: str
    measure: BeyondReach
    mean: float | None
    worst: float | None
    worst_season: str | None
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachableRow:
    """In how many months troops and each tier reach a unit's people."""

    level: Level
    unit_id: str
    name: str
    months_troops: float | None
    months_tier_1: float | None
    months_tier_2: float | None
    months_tier_3: float | None
    people_all_year: int | None
    people_part_year: int | None
    people_never: int | None
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class EscortRow:
    """Escort days of one site in one month."""

    site_id: str
    name: str
    month: int
    asked_days: float | None
    given_days: float | None
    capacity_days: float | None
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodChangeRow:
    """How one indicator of one unit changes in a season, the mean of the year or the worst season."""

    level: Level
    unit_id: str
    name: str
    measure: Indicator
    period: str
    first: float
    second: float
    change: float
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthChangeRow:
    """How the indicators of one unit change in one month: after minus before."""

    level: Level
    unit_id: str
    name: str
    month: int
    FF: float | None
    MF: float | None
    B1: float | None
    B2: float | None
    B3: float | None
    FF0: float | None
    FG: float | None
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class EquityRow:
    """A region whose worst season drops while the area's mean rises."""

    measure: Indicator
    unit_id: str
    name: str
    worst_before: float
    worst_after: float
    area_gain: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EscortChangeRow:
    """How the escort days of one site change in one month."""

    site_id: str
    name: str
    month: int
    first_days: float | None
    second_days: float | None
    unmet_days: float | None
    change_days: float | None
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What changes from one scenario to another; units without any change are left out."""

    first: str
    second: str
    months_changed: tuple[int, ...]
    by_period: tuple[PeriodChangeRow, ...]
    by_month: tuple[MonthChangeRow, ...]
    equity_flags: tuple[EquityRow, ...]
    equity_drop: float
    escorts: tuple[EscortChangeRow, ...]
    equity_cannot_tell: tuple[EquityUntoldRow, ...]
    watch: WatchPart | None
    response: ResponsePart | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundRow:
    """What is left of one tier, or of the Mission footprint, if all it needs comes about independently."""

    level: Level
    unit_id: str
    name: str
    measure: Indicator
    mean: float | None
    worst: float | None
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedRow:
    """A cercle whose share of incidents differs from its share of demand."""

    unit_id: str
    name: str
    incidents_share: float
    demand_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedPart:
    """Where the need for protection comes from."""

    shrinkage_thousand: float
    shrinkage_basis: KappaBasis
    threat_from_place: float | None
    threat_from_cercle: float | None
    threat_from_region: float | None
    incidents_used: int
    largest_differences: tuple[NeedRow, ...]
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDocument:
    """What a review comes to, for units, months and seasons."""

    head: Head = field(metadata=FLAT)
    subject: Subject = field(metadata=FLAT)
    notes: Notes = field(metadata=FLAT)
    measure: Measure
    months: tuple[int, ...]
    figures: tuple[FigureRow, ...]
    periods: tuple[PeriodRow, ...]
    lower_bounds: tuple[BoundRow, ...]
    over_objectives: tuple[WeightedRow, ...]
    remoteness: tuple[RemotenessRow, ...]
    remoteness_periods: tuple[RemotenessPeriodRow, ...]
    months_reachable: tuple[ReachableRow, ...]
    escorts: tuple[EscortRow, ...]
    need: NeedPart
    comparison: Comparison | None
