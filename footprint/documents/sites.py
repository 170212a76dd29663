"""Sites: what hangs on each, and how the mission stands if sites fail, as a document for other programs."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from math import nan
from typing import Any

from footprint.caveats import LIMITS, Caveat, silent
from footprint.coverage.backup import UnitBackup, hanging
from footprint.coverage.contributions import LOSSES, Resilience, resilience
from footprint.documents.columns import NO_DEMAND, OUTSIDE_AREA, SILENT
from footprint.documents.hanging_columns import HANGING
from footprint.documents.head import about, notes, subject
from footprint.documents.layout.sites import (
    BackupFigureRow,
    BackupRow,
    ContributionRow,
    DepthRow,
    ExpectedRow,
    ResiliencePart,
    SitesDocument,
)
from footprint.documents.rows import rows_of
from footprint.indicators.indicator import Indicator
from footprint.language import msgid
from footprint.objectives import Measure
from footprint.prepared import Prepared
from footprint.review import Review
from footprint.travel.router import Router

OVERLAP = msgid("A small loss can also mean that neighbours overlap.")
FAIR = msgid(
    "A site's fair part (Shapley) is its mean gain over every order in which the sites could have been "
    "opened: parts add up to the figure, losses do not."
)
DEPTH = msgid(
    "Lost with one site: reached now, and below the threshold without one certain site. Each of Force and "
    "the tiers by itself: the Mission footprint is their mean."
)
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
    found = hanging(prepared, router, posts, roads, measure=measure)
    frame, choices = found.parts.reset_index(), found.choices
    people = ["sole_people", "shapley_people"]
    frame[people] = frame[people].round().astype(int)
    unknown = {Indicator(name) for name in LOSSES if name in silent(prepared)}
    hidden = [name for each in LOSSES if each in unknown for name in (each, f"{each}_part")]
    frame[hidden] = nan
    errors = choices.shapley()
    stands = None
    if posts:
        failing = resilience(prepared, router, posts, roads, choices=choices, open_share=open_share)
        stands = _resilience(failing, unknown)
    return SitesDocument(
        head=about("footprint-sites", prepared.area, result.provenance),
        subject=subject(prepared, result.scenario),
        notes=notes((*LIMITS, OVERLAP, FAIR, DEPTH, INDEPENDENT), caveats, LOSSES),
        measure=measure,
        within_min=prepared.method.reporting.beyond_min,
        threshold=prepared.method.reporting.class_threshold,
        exact=errors.exact,
        largest_error=HANGING["SitesDocument.largest_error"].rounded(errors.largest) or 0.0,
        sites=tuple(
            replace(row, reasons={**row.reasons, **dict.fromkeys(hidden, SILENT)})
            for row in rows_of(ContributionRow, frame)
        ),
        backup=tuple(_backup(unit, unknown) for unit in found.units),
        resilience=stands,
    )


def _backup(unit: UnitBackup, unknown: Collection[Indicator]) -> BackupRow:
    return BackupRow(
        level=unit.level,
        unit_id=unit.unit_id,
        name=unit.name,
        figures=tuple(
            BackupFigureRow(
                indicator=each.indicator,
                site_id=None if each.indicator in unknown else each.site_id or None,
                **_told(
                    {"now": each.now, "left": each.left},
                    each.indicator in unknown,
                    OUTSIDE_AREA if unit.outside else NO_DEMAND,
                ),
            )
            for each in unit.figures
        ),
        depths=tuple(
            DepthRow(
                indicator=each.indicator,
                **_told(
                    {name: getattr(each, name) for name in ("not_reached", "one", "two", "more")},
                    each.indicator in unknown,
                    OUTSIDE_AREA if unit.outside else NO_DEMAND,
                ),
            )
            for each in unit.depths
        ),
    )


def _told(shares: Mapping[str, float], unknown: bool, empty: str = NO_DEMAND) -> dict[str, Any]:  # noqa: FBT001 - of the shares
    """Return shares as a document holds them, with the reason for what is missing: silence, or `empty`."""
    column = HANGING["BackupFigureRow.now"]
    values = {name: None if unknown else column.rounded(share) for name, share in shares.items()}
    why = SILENT if unknown and empty != OUTSIDE_AREA else empty
    return values | {"reasons": {name: why for name, value in values.items() if value is None}}


def _resilience(laydown: Resilience, unknown: Collection[Indicator]) -> ResiliencePart:
    return ResiliencePart(
        open_share=laydown.open_share,
        people_reached=round(laydown.people_reached),
        people_expected=round(laydown.people_expected),
        figures=tuple(
            ExpectedRow(
                indicator=Indicator(name),
                **_told(
                    {
                        "now": laydown.now[name],
                        "expected": laydown.expected[name],
                        "standard_error": laydown.error[name],
                    },
                    Indicator(name) in unknown,
                ),
            )
            for name in LOSSES
        ),
        worst_pair=laydown.worst_pair,
        worst_pair_people=round(laydown.worst_pair_people),
    )
