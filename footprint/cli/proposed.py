"""Proposed: one site put forward on the command line, as changes and as what they come to."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from shapely import Point

from footprint.access.remoteness import remoteness
from footprint.caveats import DONORS, STALE
from footprint.documents.layout.site import SiteDocument
from footprint.documents.review import Findings, findings
from footprint.documents.site import site_document
from footprint.objectives import Measure
from footprint.prepared import Prepared
from footprint.proposals.gates import Nearness
from footprint.proposals.inquiries import local_asker, user_log
from footprint.review import Review, review
from footprint.scenario import AddAssets, Change, OpenSite, RemoveAssets, Scenario
from layers.sensitive import SensitiveKind

SITE_ID = "proposal"
"""Identifier of the site that `footprint site` proposes."""


def proposal(
    name: str, place: tuple[float, float], months: int, kinds: dict[str, int], donor: str | None
) -> tuple[Change, ...]:
    """Return the changes that open a site with its assets, and take them from a donor where one is named."""
    given = tuple(RemoveAssets(donor, kind, count) for kind, count in kinds.items()) if donor else ()
    brought = tuple(AddAssets(SITE_ID, kind, count) for kind, count in kinds.items())
    return (*given, OpenSite(SITE_ID, name, *place, months=months), *brought)


def near(prepared: Prepared, result: Review) -> Mapping[SensitiveKind, Nearness]:
    """Ask whether sensitive places of each kind may lie near the site, within this user's budget."""
    post = next(each for each in result.stations if each.site_id == SITE_ID)
    area = prepared.area
    return user_log().ask(area.sensitive, area.area_id, Point(post.x_m, post.y_m), asker=local_asker())


def consequences(
    prepared: Prepared, base: Scenario, changes: tuple[Change, ...], *, stale: bool, measure: Measure
) -> tuple[Findings, SiteDocument]:
    """Return what a proposal changes on a scenario: the findings, and the document of its site."""
    opened = next(change for change in changes if isinstance(change, OpenSite))
    router, scenario = prepared.router(), dataclasses.replace(base.then(*changes), name=opened.name)
    answer = review(prepared, scenario, router, measure=measure)
    before = review(prepared, base, router, measure=measure)
    named = any(isinstance(change, RemoveAssets) for change in changes)
    further = (*((STALE,) if stale else ()), *(() if named else (DONORS,)))
    found = findings(prepared, router, answer, before, further=further, measure=measure)
    return found, site_document(found, SITE_ID, access=remoteness(prepared, router, before))
