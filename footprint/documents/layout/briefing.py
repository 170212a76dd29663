"""Layout of what a briefing tells, as a document: figures, changes, sites and assets, on what terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from footprint.disclosure import Precision
from footprint.documents.layout.head import ToolPart, UnitRow
from footprint.releases.terms import Clearance, Marking


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingTerms:
    """On what terms the document left."""

    code: str
    """Under which it stands in the log of releases."""
    marking: Marking
    clearance: Clearance
    cleared_by: str
    """A function; "" until somebody has."""
    precision: Precision
    purpose: str
    audience: str
    releaser: str
    number: str
    revision: int
    made: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefedArea:
    """The area, and what of it is looked at; nothing here is a hash of places."""

    area_id: str
    name: str
    looked_at: str
    frame_date: date
    invented: bool
    provenance: str
    """Identifier of what the figures rest on, under a key where the precision hides places."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefedMonthRow:
    """Both footprints of a unit in a month, under a plan."""

    plan: str
    level: str
    unit_id: str
    name: str
    month: int
    need: float | None
    force: float | None
    mission: float | None
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefedYearRow:
    """One footprint of a unit over the year, never the mean without the worst season beside it."""

    plan: str
    level: str
    unit_id: str
    name: str
    footprint: str
    seasons: Mapping[str, float | None]
    mean: float | None
    worst: float | None
    worst_season: str | None
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefedChangeRow:
    """What a plan changes in a unit against today's sites."""

    plan: str
    level: str
    unit_id: str
    name: str
    footprint: str
    by_month: tuple[float | None, ...]
    mean: float | None
    worst: float | None
    at_least: bool
    """Whether more than this may change, for the data name nobody for a part of it."""
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefedSite:
    """A site, where and as it may be told."""

    site_id: str
    name: str
    kind: str
    state: str
    months: str
    lon: float
    lat: float
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefedAssets:
    """Assets of one kind at a site, or at all sites in sum; then there is no site."""

    site_id: str | None
    kind: str
    today: int
    with_plan: int
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefedSource:
    """A file that results rest on, without its hash."""

    layer: str
    title: str
    origin: str
    date: str
    licence: str
    invented: str
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingDocument:
    """What a briefing tells, for other programs."""

    format: int
    kind: str
    tool: ToolPart
    language: str
    """Of its words."""
    terms: BriefingTerms
    about: Mapping[str, str]
    """What every file of the set says of itself, in words."""
    area: BriefedArea
    month: int
    plans: tuple[str, ...]
    figures: tuple[BriefedMonthRow, ...]
    years: tuple[BriefedYearRow, ...]
    changes: tuple[BriefedChangeRow, ...]
    sites: tuple[BriefedSite, ...]
    assets: tuple[BriefedAssets, ...] | None
    """Null where the precision does not let it be told."""
    sources: tuple[BriefedSource, ...]
    not_known: tuple[str, ...]
    """What the data leave unsaid."""
    units: Mapping[str, UnitRow]
