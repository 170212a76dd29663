"""A tidy world and a proposal nothing stands against, from which each test takes one thing away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from footprint.disclosure import Precision
from footprint.proposals.checks import cases_of, check
from footprint.proposals.form import (
    Consent,
    ConsentState,
    DrawnOn,
    EvidencePiece,
    FeasibilityAndConsent,
    HarmAndHandling,
    PlacedTo,
    Proposal,
    ProposalKind,
    Provided,
    TierAsked,
    WhatAndWhen,
    WhyAndEvidence,
)
from footprint.releases.terms import Marking
from layers.months import ALL_MONTHS
from tests.worlds import lonlat, make_area, make_assets, make_basis, make_roads, make_sites, router_of

RING = {
    "south": [(10, 10), (50, 10), (90, 10)],
    "north": [(10, 10), (10, 40), (90, 40), (90, 10)],
}
"""Two roads that share no piece between west and east."""

WEST = {
    "infantry_company": 2,
    "helicopter": 1,
    "surgery": 1,
    "civil_affairs_team": 2,
    "community_liaison": 2,
    "unpol_team": 2,
    "human_rights_team": 1,
    "stabilisation_team": 1,
}


def world(**differs):
    """
    Return a world of 100 by 50 km, people everywhere.

    west ==two roads, a ring== east, where nobody stands.
    """
    usual = {
        "sites": make_sites({"west": (10, 10)}),
        "assets": make_assets({"west": WEST}),
        "roads": make_roads(RING),
    }
    return make_basis(make_area(**(usual | differs)))


@pytest.fixture(scope="session")
def tidy():
    return world()


PACKAGE = (
    Provided(kind="infantry_company", count=1, donor="west"),
    Provided(kind="civil_affairs_team", count=1, donor="west"),
    Provided(kind="community_liaison", count=1, donor="new"),
)


def at(x_km, y_km):
    """Return a good proposal for a place [km]."""
    given = {"state": ConsentState.GIVEN, "who": "an office", "asked_on": date(2019, 6, 1)}
    return Proposal(
        name="East",
        office="First office",
        provenance=DrawnOn(area_id="world", area_digest="0" * 16),
        what=WhatAndWhen(
            kind=ProposalKind.OPEN,
            **lonlat(x_km, y_km),
            unit="cercle",
            months=ALL_MONTHS,
            start=date(2019, 10, 1),
            duration_months=12,
            exit_condition="quiet for a year",
            isr_hours=0.0,
            engineers=5,
            escort_days=0.0,
            package=PACKAGE,
        ),
        why=WhyAndEvidence(
            objective="whole",
            tier=TierAsked.PHYSICAL,
            problem="nobody comes",
            cpas_indicator="one",
            season="RAINS",
            alternatives=("patrols",),
            without_base="visits",
            evidence=(
                EvidencePiece(
                    stated_on=date(2019, 6, 1), source="A", statement="x", placed_to=PlacedTo.PLACE
                ),
                EvidencePiece(
                    stated_on=date(2019, 5, 1), source="B", statement="y", placed_to=PlacedTo.REGION
                ),
            ),
        ),
        feasibility=FeasibilityAndConsent(
            supply_axis="road",
            closures="none",
            landing_site=True,
            surgery="west",
            water_source="borehole",
            land_status="public",
            convoy_days=2.0,
            one_off_usd=1e6,
            recurrent_usd=2e6,
            cost_confidence="low",
            posts=10,
            women_consulted=True,
            refusals="none",
            host_government=Consent(**given),
            community=Consent(**given),
        ),
        harm=HarmAndHandling(
            reprisals="low",
            explosives="none known",
            humanitarian_activity="none",
            humanitarians_asked_on=date(2019, 6, 2),
            national_forces=False,
            hrddp_reference="",
            seen_as_favouring=False,
            grazing_corridor=False,
            mitigation="visits",
            mitigation_owner="head of office",
            classification=Marking.CONFIDENTIAL,
            precision=Precision.INTERNAL,
            readers="heads of office",
        ),
    )


def but(proposal, part, **differs):
    """Return a proposal with other answers in one of its steps."""
    return replace(proposal, **{part: replace(getattr(proposal, part), **differs)})


def held(prepared, *proposals, near=None):
    """Return the checks of the first of several proposals."""
    cases = cases_of(prepared, router_of(prepared), proposals)
    return check(cases[0], cases, near)


def codes(checked, *severities):
    """Return the codes of the checks of some severities, of all but information if none is named."""
    wanted = severities or ("block", "gate", "warn")
    return {each.code for each in checked.checks if each.severity in wanted}
