"""Audit of releases: what can be worked out of small numbers and of places, as a document."""

from __future__ import annotations

from collections.abc import Iterable
from math import isinf

from footprint.documents.layout import FORMAT
from footprint.documents.layout.release_audit import AuditedCountRow, AuditedPlanRow, ReleaseAuditDocument
from footprint.releases.audit import CountBounds
from footprint.releases.counts import unit
from footprint.releases.plans_left import PlanLeft


def release_audit_document(
    area_id: str, counts_told: int, bounds: Iterable[CountBounds], plans: Iterable[PlanLeft]
) -> ReleaseAuditDocument:
    """
    Return what can be worked out of small numbers, as a document.

    Parameters
    ----------
    area_id
        The area.
    counts_told
        Counts that were released of it.
    bounds
        From `footprint.releases.suppress.small_counts`.
    plans
        From `footprint.releases.plans_left`.
    """
    narrowest = sorted(bounds, key=lambda each: (each.most - each.least, each.of))
    return ReleaseAuditDocument(
        format=FORMAT,
        kind="footprint-release-audit",
        area_id=area_id,
        counts_told=counts_told,
        holds=all(each.is_open for each in narrowest),
        counts=tuple(map(_row, narrowest)),
        plans=tuple(
            AuditedPlanRow(
                plan_id=each.plan_id,
                numbers=each.numbers,
                releases=len(each.profiles),
                finest=str(each.finest),
                narrowing_pairs=each.narrowing_pairs,
            )
            for each in plans
        ),
    )


def _row(bounds: CountBounds) -> AuditedCountRow:
    unbounded = isinf(bounds.most)
    return AuditedCountRow(
        unit_id=bounds.of.place.removeprefix(unit("")),
        first_year=bounds.of.first,
        last_year=bounds.of.last,
        least=bounds.least,
        most=None if unbounded else int(bounds.most),
        open=bounds.is_open,
        reasons={"most": "nothing that was told bounds it"} if unbounded else {},
    )
