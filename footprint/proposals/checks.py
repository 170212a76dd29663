"""Checks: everything that stands against a proposal, needs a signature, or should be known of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from footprint.prepared import Prepared
from footprint.proposals.case import Case, Check, Severity
from footprint.proposals.cautions import cautions
from footprint.proposals.completeness import completeness
from footprint.proposals.conflicts import conflicts
from footprint.proposals.consequences import consequences
from footprint.proposals.form import Proposal
from footprint.proposals.gains import gains
from footprint.proposals.gates import Nearness, gates
from footprint.proposals.scenarios import obstacles, scenario_of
from footprint.review import Review, review
from footprint.scenario import Scenario
from footprint.travel.router import Router
from layers.sensitive import SensitiveKind


@dataclass(frozen=True, slots=True, eq=False)
class Checked:
    """A proposal, what it comes to, and its checks."""

    case: Case
    checks: tuple[Check, ...]
    """The gravest first."""
    near: Mapping[SensitiveKind, Nearness] | None = field(repr=False)
    """Answers about sensitive places; None where nobody asked."""

    @property
    def may_go_on(self) -> bool:
        """Whether nothing keeps it from the workshop."""
        return not any(each.severity is Severity.BLOCK for each in self.checks)


def cases_of(
    prepared: Prepared, router: Router, proposals: Sequence[Proposal], before: Review | None = None
) -> tuple[Case, ...]:
    """
    Review proposals, each by itself on the baseline.

    Parameters
    ----------
    prepared, router
        The area, and its searches.
    proposals
        Those looked at together.
    before
        The review of the baseline; made if left out.
    """
    before = before or review(prepared, Scenario("today"), router)
    return tuple(
        case_of(prepared, router, proposal, before, number)
        for number, proposal in enumerate(proposals, start=1)
    )


def case_of(prepared: Prepared, router: Router, proposal: Proposal, before: Review, number: int) -> Case:
    """Review one proposal by itself on the baseline; see `cases_of`."""
    scenario = scenario_of(proposal, prepared.method, number)
    against = () if scenario is None else obstacles(scenario, prepared.area, prepared.method)
    found = None
    if scenario is not None and not against:
        found = consequences(prepared, router, proposal, scenario, before=before, number=number)
    return Case(number, proposal, prepared, router, found, against)


def check(case: Case, cases: Sequence[Case], near: Mapping[SensitiveKind, Nearness] | None = None) -> Checked:
    """
    Check one proposal.

    Parameters
    ----------
    case
        From `cases_of`.
    cases
        All that are looked at together, for conflicts, assets booked twice and ranks.
    near
        Answers about sensitive places; None where nobody asked.
    """
    found = [
        *completeness(case),
        *gates(case, near),
        *cautions(case),
        *conflicts(case, cases),
        *gains(case, cases),
    ]
    order = list(Severity)
    return Checked(case, tuple(sorted(found, key=lambda each: order.index(each.severity))), near)
