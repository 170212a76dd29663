"""Case: one proposal under check, with what it comes to; and what a check is."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from shapely import Point

from footprint.errors import ScenarioError
from footprint.prepared import Prepared
from footprint.proposals.consequences import Consequences
from footprint.proposals.form import Proposal
from footprint.proposals.phrases import Measured, Phrase
from footprint.scenario import placed
from footprint.travel.router import Router
from layers.months import ALL_MONTHS, months_in


class Severity(StrEnum):
    """What a check asks for, the gravest first."""

    BLOCK = "block"
    """It cannot go to the workshop."""
    GATE = "gate"
    """A named role must sign for it, with text; no weight can buy it off."""
    WARN = "warn"
    INFO = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing to know of a proposal, with the figures it rests on."""

    severity: Severity
    code: str
    phrase: Phrase
    evidence: tuple[Measured, ...] = ()
    signed_by: Phrase | None = None
    """Role that must sign, of a gate alone."""


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """One proposal under check."""

    number: int
    """Among those looked at together, from 1."""
    proposal: Proposal
    prepared: Prepared
    router: Router = field(repr=False)
    outcome: Consequences | None = field(repr=False)
    """None where its changes cannot be made."""
    obstacles: tuple[Phrase, ...] = ()
    """Why they cannot."""

    @property
    def planned(self) -> tuple[int, ...]:
        """Months (1-12) in which the site would be open; every one where none are stated."""
        return months_in(self.proposal.what.months or ALL_MONTHS)

    @property
    def point(self) -> Point | None:
        """Where a new site would stand [m]; None for another kind, without coordinates, or outside."""
        what = self.proposal.what
        if not self.proposal.opens or what.lon is None or what.lat is None:
            return None
        try:
            return placed(self.prepared.area, what.lon, what.lat)
        except ScenarioError:
            return None

    @property
    def label(self) -> str:
        """What it is called."""
        return self.proposal.name or f"#{self.number}"


def block(code: str, phrase: Phrase, *evidence: Measured) -> Check:
    """Return a check that keeps a proposal from the workshop."""
    return Check(severity=Severity.BLOCK, code=code, phrase=phrase, evidence=evidence)


def gate(code: str, phrase: Phrase, signed_by: Phrase, *evidence: Measured) -> Check:
    """Return a check that a role must sign for."""
    return Check(severity=Severity.GATE, code=code, phrase=phrase, evidence=evidence, signed_by=signed_by)


def warn(code: str, phrase: Phrase, *evidence: Measured) -> Check:
    """Return a warning."""
    return Check(severity=Severity.WARN, code=code, phrase=phrase, evidence=evidence)


def info(code: str, phrase: Phrase, *evidence: Measured) -> Check:
    """Return something worth knowing."""
    return Check(severity=Severity.INFO, code=code, phrase=phrase, evidence=evidence)
