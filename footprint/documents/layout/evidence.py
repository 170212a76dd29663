"""Layout of evidence: what happened, held against what could have been reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from footprint.documents.layout import FLAT
from footprint.documents.layout.head import Head, Notes
from footprint.documents.layout.violence import Sentences
from footprint.evidence.costliest import Among
from footprint.evidence.fragility import Piece
from footprint.evidence.rules import RankingRule
from footprint.evidence.verdict import Outcome
from footprint.indicators.indicator import Indicator


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachedRow:
    """One measure over the people, and over the events, of a time."""

    measure: Indicator
    people_mean: float | None
    events_mean: float | None
    events_low: float | None
    events_high: float | None
    p: float | None
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachRow:
    """What could have been reached of the events with civilian deaths of a time, from its own sites."""

    first: date
    last: date
    sites: int
    events: int
    known_by_year: int
    placed_too_poorly: int
    year_partly_inside: int
    measures: tuple[ReachedRow, ...]
    sentence: Sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleYear:
    """What a rule would have caught of one year."""

    year: int
    events: int
    share: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRow:
    """One rule that names places and months from the years before."""

    rule: RankingRule
    simple: bool
    pooled: float | None
    on_cells: float | None
    years: tuple[RuleYear, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOutRow:
    """Incidents that take no part, for one reason."""

    reason: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ForesightPart:
    """What rules would have named of what came next, and whether the threat is worse than a simple one."""

    by_month: bool
    units: int
    named_share: float
    outcome: Outcome
    best_simple: RankingRule
    difference: float | None
    low: float | None
    high: float | None
    reasons: Mapping[str, str]
    rules: tuple[RuleRow, ...]
    cell_km: float
    cell_events: int
    left_out: tuple[LeftOutRow, ...]
    sentence: Sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveChange:
    """What one piece left out changes of one objective."""

    objective_id: str
    force: float | None
    mission: float | None
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionChange:
    """What one piece left out changes of one region."""

    unit_id: str
    force: float | None
    mission: float | None
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CostliestRow:
    """The site, or the way, whose loss costs a region most of a headline."""

    unit_id: str
    region: str
    indicator: Indicator
    among: Among
    of: str | None
    name: Sentences | None
    change: float | None
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceRow:
    """One piece left out, and what changes in the mean of the year."""

    piece: Piece
    of: str
    kind: str | None
    name: Sentences
    force: float | None
    mission: float | None
    reasons: Mapping[str, str]
    objectives: tuple[ObjectiveChange, ...]
    regions: tuple[RegionChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FragilityPart:
    """What the answer hangs on: every piece left out one at a time, the one that changes most first."""

    force: float | None
    mission: float | None
    reasons: Mapping[str, str]
    force_known: bool
    mission_known: bool
    without_effect: int | None
    pieces: tuple[PieceRow, ...]
    costliest: tuple[CostliestRow, ...]
    sentence: Sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceDocument:
    """Whether the answers mean anything: what happened, held against them."""

    head: Head = field(metadata=FLAT)
    notes: Notes = field(metadata=FLAT)
    reach: tuple[ReachRow, ...]
    foresight: ForesightPart
    fragility: FragilityPart
    source_differences: int
    deaths_not_stated: int
