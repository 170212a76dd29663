"""Layout of what can be worked out from every count of incidents that was released."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditedCountRow:
    """What a number below three can be, as far as anybody can work out; the number itself stands nowhere."""

    unit_id: str
    first_year: int
    last_year: int
    least: int
    most: int | None
    open: bool
    """Whether enough stays possible."""
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditedPlanRow:
    """How exactly the sites of a plan can be known to whoever holds every release of it."""

    plan_id: str
    """Under this user's secret."""
    numbers: tuple[str, ...]
    """Of its releases, each with its revision."""
    releases: int
    finest: str
    """The most exact profile under which it left."""
    narrowing_pairs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseAuditDocument:
    """What can be worked out of small numbers of incidents, and of places, from all that was released."""

    format: int
    kind: str
    area_id: str
    counts_told: int
    holds: bool
    """Whether all of them are open."""
    counts: tuple[AuditedCountRow, ...]
    """Narrowest first."""
    plans: tuple[AuditedPlanRow, ...]
