"""Layout of what hangs on each site, and of how the mission stands if sites fail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from footprint.documents.layout import FLAT
from footprint.documents.layout.head import Head, Notes, Subject
from footprint.indicators.indicator import Indicator
from footprint.indicators.units import Level
from footprint.objectives import Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class ContributionRow:
    """What the area would lose, mean of the year, if one site alone were gone; and the site's fair part."""

    site_id: str
    name: str
    MF: float | None
    FF: float | None
    B1: float | None
    B2: float | None
    B3: float | None
    MF_part: float | None
    FF_part: float | None
    B1_part: float | None
    B2_part: float | None
    B3_part: float | None
    sole_people: int
    shapley_people: int
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedRow:
    """One figure of the area with all sites there, and on average if sites fail."""

    indicator: Indicator
    now: float | None
    expected: float | None
    standard_error: float | None
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResiliencePart:
    """How the mission stands if each site fails by itself with some probability."""

    open_share: float
    people_reached: int
    people_expected: int
    figures: tuple[ExpectedRow, ...]
    worst_pair: tuple[str, ...]
    worst_pair_people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupFigureRow:
    """One figure of a unit, and what is left of it without the site on which most of it hangs."""

    indicator: Indicator
    now: float | None
    site_id: str | None
    left: float | None
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DepthRow:
    """How much of a unit's need is reached, by how many sites can be lost."""

    indicator: Indicator
    not_reached: float | None
    one: float | None
    two: float | None
    more: float | None
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupRow:
    """What stands in for what in the area, a region or a cercle."""

    level: Level
    unit_id: str
    name: str
    figures: tuple[BackupFigureRow, ...]
    depths: tuple[DepthRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SitesDocument:
    """What hangs on each site, the largest loss of the Mission footprint first."""

    head: Head = field(metadata=FLAT)
    subject: Subject = field(metadata=FLAT)
    notes: Notes = field(metadata=FLAT)
    measure: Measure
    within_min: float
    threshold: float
    exact: bool
    largest_error: float
    sites: tuple[ContributionRow, ...]
    backup: tuple[BackupRow, ...]
    resilience: ResiliencePart | None
    """Null without any site."""
