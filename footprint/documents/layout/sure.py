"""Layout of how sure figures are: bands, paired differences, ranks and what they hang on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from footprint.documents.layout import FLAT
from footprint.documents.layout.head import Head, MethodPart, Notes, ObjectiveRow, ScenarioPart
from footprint.indicators.indicator import Indicator
from footprint.indicators.units import Level
from footprint.method import DrawnName, Law
from footprint.objectives import Measure
from footprint.uncertainty.sureness import OfYear


@dataclass(frozen=True, slots=True, kw_only=True)
class SurePlanRow:
    """One plan; without changes it is today's mission."""

    plan: str
    scenario: ScenarioPart


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnRow:
    """A number that is drawn, and between what."""

    name: DrawnName
    label: str
    law: Law
    lowest: float
    highest: float
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BandRow:
    """One figure of one plan over the draws, and how often the plan is first, second and so on."""

    plan: str
    level: Level
    unit_id: str
    name: str
    measure: Indicator
    period: OfYear
    centre: float | None
    low: float | None
    median: float | None
    high: float | None
    places: tuple[int, ...] | None
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairRow:
    """One figure of two plans, second minus first, draw by draw."""

    first: str
    second: str
    level: Level
    unit_id: str
    name: str
    measure: Indicator
    period: OfYear
    known: bool
    centre: float
    low: float
    median: float
    high: float
    first_better: int
    second_better: int
    told_apart: bool
    within_cells: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SwingRow:
    """What one drawn number does to a figure or a difference."""

    number: DrawnName
    of: str
    lowest: float
    highest: float
    swing: float
    doubt: float
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TornadoRow:
    """What a figure of a plan, or its difference from another, hangs on, the widest swing first."""

    plan: str
    against: str | None
    level: Level
    unit_id: str
    name: str
    measure: Indicator
    period: OfYear
    explained: float | None
    reasons: Mapping[str, str]
    swings: tuple[SwingRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SurePart:
    """Plans under common draws: what is drawn, each figure's band, and each pair of plans."""

    draws: int
    seed: int
    low_share: float
    high_share: float
    told_apart_share: float
    drawn: tuple[DrawnRow, ...]
    bands: tuple[BandRow, ...]
    pairs: tuple[PairRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SureDocument:
    """How sure figures of plans are, and whether plans can be told apart, under common draws."""

    head: Head = field(metadata=FLAT)
    notes: Notes = field(metadata=FLAT)
    measure: Measure
    method: MethodPart
    objectives: tuple[ObjectiveRow, ...]
    plans: tuple[SurePlanRow, ...]
    part: SurePart = field(metadata=FLAT)
    tornados: tuple[TornadoRow, ...]
