"""Briefs on the bundled case, made once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

from footprint.briefing.brief import Brief
from footprint.disclosure import Precision
from footprint.language import Language
from footprint.releases.terms import Clearance, Marking, Release
from footprint.review import Review
from footprint.scenario import AddAssets, CloseSite, OpenSite, Scenario
from layers.sites import SiteKind
from tests.worlds import bundled_prepared, router_of
from tests.worlds import review as reviewed_of

RELEASE = Release(
    purpose="Regional briefing",
    audience="Governor of Mopti",
    releaser="Head of office",
    marking=Marking.CONFIDENTIAL,
    precision=Precision.INTERNAL,
    clearance=Clearance.DRAFT,
)
KORO = Scenario(
    "Koro",
    (
        OpenSite("p1", "Koro base", -3.08, 14.06, SiteKind.TOB),
        AddAssets("p1", "infantry_company", 1),
        AddAssets("p1", "civil_affairs_team", 1),
        AddAssets("p1", "community_liaison", 1),
        CloseSite("ber"),
    ),
)


@cache
def reviewed(scenario: Scenario) -> Review:
    return reviewed_of(bundled_prepared(), scenario)


def brief(code: str = "en", focus: str = "Mopti", *, plan: Scenario | None = KORO, **terms: object) -> Brief:
    """Return a brief on the bundled case; `terms` are of the release."""
    prepared = bundled_prepared()
    return Brief(
        prepared=prepared,
        router=router_of(prepared),
        today=reviewed(Scenario("today")),
        plans=() if plan is None else (reviewed(plan),),
        focus=focus,
        month=10,
        language=Language.of_area(code, prepared.area.unit_words),
        release=replace(RELEASE, **terms),
        made=date(2019, 7, 1),
        number="MLI-FP-0042",
    )
