"""Layout of what hangs on each site, and of how the mission stands if sites fail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from footprint.documents.layout import FLAT
from footprint.documents.layout.head import Head, Notes, Subject
from footprint.objectives import Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class ContributionRow:
    """What the area would lose, mean of the year, if one site alone were gone."""

    site_id: str
    name: str
    MF: float | None
    FF: float | None
    B1: float | None
    B2: float | None
    B3: float | None
    sole_people: int
    shapley_people: int
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResiliencePart:
    """How the mission stands if each site fails by itself with some probability."""

    open_share: float
    people_reached: int
    people_expected: int
    force: float | None
    force_expected: float | None
    worst_pair: tuple[str, ...]
    worst_pair_people: int
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SitesDocument:
    """What hangs on each site, the largest loss of the Mission footprint first."""

    head: Head = field(metadata=FLAT)
    subject: Subject = field(metadata=FLAT)
    notes: Notes = field(metadata=FLAT)
    measure: Measure
    within_min: float
    sites: tuple[ContributionRow, ...]
    resilience: ResiliencePart | None
    """Null without any site."""
