"""Layout of options held against each other: criteria by option, and how each group ranks them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from footprint.criteria.criterion import Criterion
from footprint.documents.layout import FLAT
from footprint.documents.layout.head import Head, Notes
from footprint.objectives import Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionRow:
    """What one option comes to by one criterion, in the criterion's unit."""

    criterion: Criterion
    amount: float | None
    unit: str
    more_is_better: bool
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionRow:
    """One option by every criterion."""

    name: str
    scenario_id: str
    criteria: tuple[CriterionRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedOptionRow:
    """Where one group puts one option."""

    name: str
    rank: int
    score: float
    first_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRow:
    """How one group ranks the options, best first; none where nothing it weighs is known of all."""

    group: str
    ranking: tuple[RankedOptionRow, ...]
    criteria_left_out: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DominatedRow:
    """An option that another one beats or equals by every criterion known of all, and beats by one."""

    name: str
    beaten_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareDocument:
    """Options by criteria, and how each group of stakeholders ranks them; never one score for all."""

    head: Head = field(metadata=FLAT)
    notes: Notes = field(metadata=FLAT)
    measure: Measure
    options: tuple[OptionRow, ...]
    groups: tuple[GroupRow, ...]
    dominated: tuple[DominatedRow, ...]
    criteria_compared: tuple[Criterion, ...]
    draws: int
