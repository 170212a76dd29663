"""Form: what a proposal says, in four steps; what nobody has stated is None or "", never nought."""

from __future__ import annotations

from dataclasses import Field, dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from footprint.disclosure import Precision
from footprint.language import msgid
from footprint.releases.terms import Marking
from footprint.scenario import MOST_ASSETS


class ProposalKind(StrEnum):
    """What is proposed."""

    OPEN = "open"
    CLOSE = "close"
    DOWNSIZE = "downsize"
    SEASONAL = "seasonal"
    LIAISON = "liaison_only"
    AXIS = "axis"


OPENING = frozenset({ProposalKind.OPEN, ProposalKind.SEASONAL, ProposalKind.LIAISON})
"""Kinds that put a new site on the map."""


class ConsentState(StrEnum):
    """What a party answered."""

    GIVEN = "given"
    REFUSED = "refused"
    PENDING = "pending"


class PlacedTo(StrEnum):
    """How precisely a piece of evidence is placed."""

    PLACE = "place"
    NEAR = "near"
    DISTRICT = "district"
    REGION = "region"


class CostConfidence(StrEnum):
    """How far a cost can be trusted."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class TierAsked(StrEnum):
    """Tier of the policy on protecting civilians."""

    DIALOGUE = "I"
    PHYSICAL = "II"
    ENVIRONMENT = "III"


NEW = "new"
"""Donor of assets that no site gives up: new posts."""


@dataclass(frozen=True, slots=True)
class Ask:
    """How a field is asked for, and within what it is read."""

    about: str
    """What belongs there: an English sentence of the catalogue."""
    at_least: float | None = None
    at_most: float | None = None
    long: bool = False
    """Whether it may hold several lines."""
    form: str = ""
    """"months" (a bit mask, written 10-1) or "month" (a day, written 2019-10)."""
    names: str = ""
    """"objective" or "season": whose identifier it holds."""


def _ask(default: Any, about: str, **how: Any) -> Any:  # noqa: ANN401  a field of any type
    return field(default=default, metadata={"ask": Ask(about, **how)})


def ask_of(own: Field[Any]) -> Ask:
    """Return how a field of the form is asked for."""
    ask = own.metadata["ask"]
    if not isinstance(ask, Ask):
        raise TypeError(f"{own.name} is no field of the form")
    return ask


@dataclass(frozen=True, slots=True, kw_only=True)
class Provided:
    """Assets of one kind in the package, and the site that gives them up."""

    kind: str = _ask("", msgid("kind of asset, such as infantry_company"))
    count: int | None = _ask(None, msgid("how many"), at_least=1, at_most=MOST_ASSETS)
    donor: str = _ask("", msgid('site that gives them up, or "new" for posts that no site gives'))
    availability: float | None = _ask(
        None, msgid("share of the time at hand, from 0 to 1, if not the method's"), at_least=0, at_most=1
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidencePiece:
    """Something that shows the problem."""

    stated_on: date | None = _ask(None, msgid("date, such as 2019-05-14"))
    source: str = _ask("", msgid("who reports it: an office or a publication, never a person's name"))
    statement: str = _ask("", msgid("what it says"), long=True)
    placed_to: PlacedTo | None = _ask(None, msgid("how precisely it is placed"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What one party answered when asked."""

    state: ConsentState | None = _ask(None, msgid("what they answered"))
    who: str = _ask("", msgid("who was asked: an office or a body, never a person's name"))
    asked_on: date | None = _ask(None, msgid("date, such as 2019-05-14"))


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatAndWhen:
    """Step 1: what is proposed, where, when, with what and from whom."""

    kind: ProposalKind | None = _ask(None, msgid("what is proposed"))
    lon: float | None = _ask(
        None, msgid("longitude of a new site, degrees east, such as -3.08"), at_least=-180, at_most=180
    )
    lat: float | None = _ask(
        None, msgid("latitude of a new site, degrees north, such as 14.06"), at_least=-90, at_most=90
    )
    site: str = _ask("", msgid("site to close or to downsize, by its identifier"))
    roads: tuple[str, ...] = _ask((), msgid("roads of an axis to repair, by their identifiers"))
    unit: str = _ask("", msgid("{district} it lies in, by name"))
    months: int | None = _ask(None, msgid("months open, such as 10-1 or all"), form="months")
    start: date | None = _ask(None, msgid("first month, such as 2019-10"), form="month")
    duration_months: int | None = _ask(None, msgid("for how many months"), at_least=1, at_most=600)
    exit_condition: str = _ask("", msgid("what must be true for it to close"), long=True)
    isr_hours: float | None = _ask(
        None, msgid("hours of surveillance flights a month"), at_least=0, at_most=10_000
    )
    engineers: int | None = _ask(None, msgid("engineers needed"), at_least=0, at_most=10_000)
    escort_days: float | None = _ask(None, msgid("days of escort a month"), at_least=0, at_most=10_000)
    package: tuple[Provided, ...] = _ask((), msgid("the package, one block for each kind of asset"))


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyAndEvidence:
    """Step 2: what it is for, what shows the problem, what else was considered."""

    objective: str = _ask("", msgid("objective it serves, by its identifier"), names="objective")
    tier: TierAsked | None = _ask(None, msgid("tier it serves"))
    problem: str = _ask("", msgid("the protection problem, in plain words"), long=True)
    cpas_indicator: str = _ask("", msgid("indicator of the planning system that should move"))
    season: str = _ask("", msgid("season it is for, by its identifier, or all"), names="season")
    alternatives: tuple[str, ...] = _ask((), msgid("what else was considered"))
    without_base: str = _ask("", msgid("what would be done with no base at all"), long=True)
    evidence: tuple[EvidencePiece, ...] = _ask((), msgid("evidence, one block for each piece"))


@dataclass(frozen=True, slots=True, kw_only=True)
class FeasibilityAndConsent:
    """Step 3: whether it can be held and supplied, and who agrees."""

    supply_axis: str = _ask("", msgid("how it is supplied"))
    closures: str = _ask("", msgid("when and why the way is closed"))
    landing_site: bool | None = _ask(None, msgid("is there a helicopter landing site"))
    surgery: str = _ask("", msgid("where casualties are operated on"))
    water_source: str = _ask("", msgid("where its water comes from"))
    land_status: str = _ask("", msgid("whose land it is"))
    convoy_days: float | None = _ask(None, msgid("days of supply convoy a month"), at_least=0, at_most=10_000)
    one_off_usd: float | None = _ask(None, msgid("cost once, US dollars"), at_least=0, at_most=1e12)
    recurrent_usd: float | None = _ask(None, msgid("cost a year, US dollars"), at_least=0, at_most=1e12)
    cost_confidence: CostConfidence | None = _ask(None, msgid("how far the costs can be trusted"))
    posts: int | None = _ask(None, msgid("posts needed"), at_least=0, at_most=100_000)
    women_consulted: bool | None = _ask(None, msgid("were women consulted"))
    refusals: str = _ask("", msgid('who refused, and why; "none" if nobody did'), long=True)
    host_government: Consent = _ask(Consent(), msgid("consent of the host government"))
    community: Consent = _ask(Consent(), msgid("consent of the community"))


@dataclass(frozen=True, slots=True, kw_only=True)
class HarmAndHandling:
    """Step 4: what harm it may do, who sees to it, and how the proposal is handled."""

    reprisals: str = _ask("", msgid("danger of reprisals"), long=True)
    explosives: str = _ask("", msgid("explosive devices on the approaches"), long=True)
    humanitarian_activity: str = _ask("", msgid("humanitarian activity nearby, without places"), long=True)
    humanitarians_asked_on: date | None = _ask(None, msgid("when OCHA was asked, such as 2019-05-14"))
    national_forces: bool | None = _ask(None, msgid("would national forces be at the same place"))
    hrddp_reference: str = _ask("", msgid("reference of the human rights due diligence"))
    seen_as_favouring: bool | None = _ask(
        None, msgid("could it be seen as favouring some over others; never say whom")
    )
    grazing_corridor: bool | None = _ask(None, msgid("is there a grazing corridor within 2 km"))
    mitigation: str = _ask("", msgid("what is done about it"), long=True)
    mitigation_owner: str = _ask("", msgid("role that sees to it, never a person's name"))
    classification: Marking | None = _ask(None, msgid("classification"))
    precision: Precision | None = _ask(None, msgid("how precisely its place may be told when it leaves"))
    readers: str = _ask("", msgid("roles that may read it"))


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnOn:
    """What a proposal was drawn on: which area, under which files, by which version of the tool."""

    area_id: str = _ask("", msgid("area it is for, by its identifier"))
    area_digest: str = _ask("", msgid("hash of the area's files, filled by the tool"))
    review: str = _ask("", msgid("identifier of the review it was drawn on, filled by the tool"))
    tool_version: str = _ask("", msgid("version of the tool, filled by the tool"))
    written_on: date | None = _ask(None, msgid("day it was written, such as 2019-06-30"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A site change with its purpose, package, donors, feasibility and harm."""

    name: str = _ask("", msgid("what it is called"))
    office: str = _ask("", msgid("office that proposes it"))
    provenance: DrawnOn = _ask(DrawnOn(), msgid("Where it comes from"))
    what: WhatAndWhen = _ask(WhatAndWhen(), msgid("Step 1: what and when"))
    why: WhyAndEvidence = _ask(WhyAndEvidence(), msgid("Step 2: why and evidence"))
    feasibility: FeasibilityAndConsent = _ask(
        FeasibilityAndConsent(), msgid("Step 3: feasibility and consent")
    )
    harm: HarmAndHandling = _ask(HarmAndHandling(), msgid("Step 4: harm and handling"))

    @property
    def opens(self) -> bool:
        """Whether it puts a new site on the map."""
        return self.what.kind in OPENING
