"""Layout of options: the plans found, beside doing nothing and closing, and how near the best they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from footprint.documents.layout import FLAT
from footprint.documents.layout.compared import CriterionRow
from footprint.documents.layout.head import Head, Notes, Subject
from footprint.documents.layout.sure import SurePart
from footprint.documents.layout.violence import Sentences
from footprint.indicators.indicator import Indicator
from footprint.indicators.units import Level
from footprint.objectives import Measure
from footprint.options.choices import Act, Allowed, CostSource
from footprint.options.engine import Sufficing
from footprint.options.solve import SearchStatus
from footprint.scenario.changes import Change


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalRow:
    """One figure that was to be raised."""

    priority: int
    measure: Indicator
    level: Level
    unit_id: str
    mean_share: float
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorRow:
    """A figure whose worst season must not fall below something."""

    measure: Indicator
    level: Level
    unit_id: str
    least: float


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionLimits:
    """What there was beyond today; null is no limit."""

    one_off_usd: float | None
    more_recurrent_usd: float | None
    more_posts: int | None
    more_assets: Mapping[str, int]
    free_assets: bool
    mobile_units: int | None
    either_or: tuple[tuple[str, ...], ...]
    floors: tuple[FloorRow, ...]
    donor_drop: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceRow:
    """One choice: a row of the table."""

    place: str
    name: str
    act: Act
    assets: Mapping[str, int]
    lon: float | None
    lat: float | None
    months: tuple[int, ...]
    one_off_usd: float | None
    recurrent_usd: float | None
    confidence: CostSource | None
    posts: int | None
    allowed: Allowed
    office: str
    source: str
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class AimFigureRow:
    """One figure of one plan, from its review."""

    measure: Indicator
    level: Level
    unit_id: str
    mean: float
    worst: float
    known: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitUseRow:
    """One limit under one plan: what is left of it, not what more of it would bring."""

    resource: str
    limit: float
    used: float
    left: float
    least_more: float | None
    lacks: float | None
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionLossRow:
    """A region whose worst season falls, by the figure raised first."""

    name: str
    before: float
    after: float
    known: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionPlanRow:
    """One plan: what it does, what it takes, what it comes to."""

    name: Sentences
    chosen: tuple[ChoiceRow, ...]
    changes: tuple[Change, ...]
    used: Mapping[str, float]
    keeps: bool
    limits: tuple[LimitUseRow, ...]
    losers: tuple[RegionLossRow, ...]
    maybe_losers: tuple[str, ...]
    figures: tuple[AimFigureRow, ...]
    criteria: tuple[CriterionRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontierRow:
    """One budget, and what the best plan found within it comes to."""

    cap: float
    score: float | None
    bound: float | None
    gap: float | None
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcessRow:
    """One way of exceeding limits."""

    excess: Mapping[str, float]
    verdict: Sufficing


@dataclass(frozen=True, slots=True, kw_only=True)
class ForcedRow:
    """One choice made by order: what it costs, and, where no plan has it, what it would take."""

    choice: ChoiceRow
    status: SearchStatus
    loss_least: float | None
    loss_most: float | None
    takes: tuple[ExcessRow, ...]
    sentence: Sentences
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorReachRow:
    """A floor, and the highest worst season that was found within the other limits."""

    measure: Indicator
    level: Level
    unit_id: str
    least: float
    highest: float | None
    bound: float | None
    alone: bool
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpossiblePart:
    """Why no plan was found that keeps to the limits."""

    contradictions: tuple[Sentences, ...]
    floors: tuple[FloorReachRow, ...]
    takes: tuple[ExcessRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionsDocument:
    """What plans there are within limits, and what no plan within them exceeds."""

    head: Head = field(metadata=FLAT)
    subject: Subject = field(metadata=FLAT)
    notes: Notes = field(metadata=FLAT)
    measure: Measure
    aim: tuple[GoalRow, ...]
    within: OptionLimits
    status: SearchStatus
    score: float | None
    bound: float | None
    gap: float | None
    seconds: float
    sentence: Sentences
    impossible: ImpossiblePart | None
    plans: tuple[OptionPlanRow, ...]
    no_others: bool
    uncosted: tuple[ChoiceRow, ...]
    sure: SurePart | None
    frontier: tuple[FrontierRow, ...]
    forced: tuple[ForcedRow, ...]
    reasons: Mapping[str, str]
