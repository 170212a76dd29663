"""Sites: what hangs on each, and how the mission stands if sites fail, as a document for other programs."""

from __future__ import annotations

from dataclasses import replace
from math import nan

from footprint.caveats import LIMITS, Caveat, silent
from footprint.coverage.contributions import LOSSES, Resilience, contributions, resilience
from footprint.documents.columns import NO_DEMAND, OWN, SILENT
from footprint.documents.head import about, notes, subject
from footprint.documents.layout.sites import ContributionRow, ResiliencePart, SitesDocument
from footprint.documents.rows import rows_of
from footprint.language import msgid
from footprint.objectives import Measure
from footprint.prepared import Prepared
from footprint.review import Review
from footprint.travel.router import Router

OVERLAP = msgid("A small loss can also mean that neighbours overlap.")
INDEPENDENT = msgid(
    "Sites fail independently here; one flood or one attack that closes several is not independent: "
    "ask a scenario for it."
)


def sites_document(
    prepared: Prepared,
    router: Router,
    result: Review,
    caveats: tuple[Caveat, ...],
    *,
    measure: Measure,
    open_share: float,
) -> SitesDocument:
    """
    Return what hangs on each site of a review, as a document.

    Parameters
    ----------
    prepared, router
        The area, and its searches.
    result
        The review whose sites are asked about.
    caveats
        What must stand beside it.
    measure
        Whose need counts.
    open_share
        Probability that each site is open [0-1].
    """
    posts, roads = result.stations, result.laydown.roads
    frame = contributions(prepared, router, posts, roads, measure=measure).reset_index()
    people = ["sole_people", "shapley_people"]
    frame[people] = frame[people].round().astype(int)
    unknown = [name for name in LOSSES if name in silent(prepared)]
    frame[unknown] = nan
    stands = None
    if posts:
        stands = _resilience(
            resilience(prepared, router, posts, roads, measure=measure, open_share=open_share)
        )
    return SitesDocument(
        head=about("footprint-sites", prepared.area, result.provenance),
        subject=subject(prepared, result.scenario),
        notes=notes((*LIMITS, OVERLAP, INDEPENDENT), caveats, LOSSES),
        measure=measure,
        within_min=prepared.method.reporting.beyond_min,
        sites=tuple(
            replace(row, reasons={**row.reasons, **dict.fromkeys(unknown, SILENT)})
            for row in rows_of(ContributionRow, frame)
        ),
        resilience=stands,
    )


def _resilience(laydown: Resilience) -> ResiliencePart:
    force = OWN["ResiliencePart.force"].rounded(laydown.force)
    expected = OWN["ResiliencePart.force_expected"].rounded(laydown.force_expected)
    shares = {"force": force, "force_expected": expected}
    return ResiliencePart(
        open_share=laydown.open_share,
        people_reached=round(laydown.people_reached),
        people_expected=round(laydown.people_expected),
        force=force,
        force_expected=expected,
        worst_pair=laydown.worst_pair,
        worst_pair_people=round(laydown.worst_pair_people),
        reasons={name: NO_DEMAND for name, share in shares.items() if share is None},
    )
