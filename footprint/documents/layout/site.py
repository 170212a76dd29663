"""Layout of one proposed site: what it is, what it changes, how it is reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from footprint.documents.layout import FLAT
from footprint.documents.layout.head import Head, Notes, Subject
from footprint.documents.layout.review import Comparison, EscortRow


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedIn:
    """The unit a site lies in, null where it lies in none."""

    unit_id: str | None
    name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetRow:
    """Assets of one kind at the site."""

    kind: str
    label: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DonorRow:
    """Assets of one kind that another site gives up."""

    site_id: str
    kind: str
    label: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePart:
    """The site: where it lies, when it is open, what it holds and who gives it."""

    site_id: str
    name: str
    lon: float
    lat: float
    region: PlacedIn
    cercle: PlacedIn
    months: tuple[int, ...]
    assets: tuple[AssetRow, ...]
    donors: tuple[DonorRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvacuationRow:
    """Time from the site's call to surgery in one month."""

    month: int
    surgery_min: float | None
    within: bool
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteDocument:
    """What one proposed site changes, for whom and in which months."""

    head: Head = field(metadata=FLAT)
    subject: Subject = field(metadata=FLAT)
    notes: Notes = field(metadata=FLAT)
    site: SitePart
    changes: Comparison
    reachable_months: tuple[int, ...]
    evacuation: tuple[EvacuationRow, ...]
    evacuation_limit_min: float
    escorts: tuple[EscortRow, ...]
