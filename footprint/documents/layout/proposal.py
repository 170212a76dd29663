"""Layout of the check of proposals: what stands against each, who gains, who loses, who gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from footprint.disclosure import Precision
from footprint.documents.layout import FLAT
from footprint.documents.layout.head import Head, Notes
from footprint.documents.layout.review import MonthChangeRow
from footprint.documents.layout.site import AssetRow
from footprint.proposals.case import Severity
from footprint.proposals.form import ProposalKind
from footprint.proposals.phrases import Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckFigure:
    """One figure that a check rests on."""

    name: str
    value: float | None
    unit: Quantity
    month: int | None
    of: str
    """Unit, site, asset or season it is about; "" for the proposal itself."""
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRow:
    """One thing that stands against a proposal, needs a signature, or should be known of it."""

    severity: Severity
    code: str
    text: str
    """In English."""
    signed_by: str | None
    """Role that must sign; null for all but gates."""
    evidence: tuple[CheckFigure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvidedRow:
    """Assets of one kind in the package, and who gives them up."""

    kind: str
    count: int | None
    donor: str
    """Identifier of a site, "new" for new posts, "" where it is not said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DonorLossPart:
    """One site that gives up assets, and what that alone costs."""

    site_id: str
    name: str
    assets: tuple[AssetRow, ...]
    losses: tuple[MonthChangeRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalPart:
    """One proposal: what it is, its checks, and what it changes for whom."""

    number: int
    name: str
    office: str
    kind: ProposalKind | None
    lon: float | None
    lat: float | None
    precision: Precision | None
    months: tuple[int, ...]
    may_go_on: bool
    """Whether nothing keeps it from the workshop."""
    reckoned: bool
    """Whether what it changes is reckoned; false where it cannot be made, and no change is then no zero."""
    checks: tuple[CheckRow, ...]
    package: tuple[ProvidedRow, ...]
    donors: tuple[DonorLossPart, ...]
    gains: tuple[MonthChangeRow, ...]
    losses: tuple[MonthChangeRow, ...]
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalCheckDocument:
    """What checking proposals together found; sensitive places are not asked about here."""

    head: Head = field(metadata=FLAT)
    notes: Notes = field(metadata=FLAT)
    proposals: tuple[ProposalPart, ...]
