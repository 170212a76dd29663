"""Compared: options held against each other, as a document for other programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isnan

from footprint.caveats import LIMITS, Caveat
from footprint.criteria.criterion import CriterionValue
from footprint.criteria.ranked import Ranking
from footprint.documents.columns import Column
from footprint.documents.head import about, notes
from footprint.documents.layout.compared import (
    CompareDocument,
    CriterionRow,
    DominatedRow,
    GroupRow,
    OptionRow,
    RankedOptionRow,
)
from footprint.language import msgid
from footprint.objectives import Measure
from footprint.prepared import Prepared
from footprint.review import Review

CALENDAR_ELSEWHERE = msgid(
    "Every month’s threat is alike here: `footprint stagger` lets need follow the calendar of return where "
    "that has earned it, so its figures may differ; with --no-calendar they agree."
)
"""What must be said of the calendar beside figures, where it is not followed."""

Option = tuple[str, Review, Sequence[CriterionValue]]
"""What an option is called, its review, and what it comes to by every criterion."""


def compare_document(
    prepared: Prepared,
    options: Sequence[Option],
    ranking: Ranking,
    caveats: Sequence[Caveat],
    *,
    measure: Measure,
) -> CompareDocument:
    """
    Return options by criteria, and their ranking by each group, as a document.

    Parameters
    ----------
    prepared
        What all rest on.
    options
        The baseline first.
    ranking
        How groups rank them.
    caveats
        What must stand beside it.
    measure
        Whose need counts.
    """
    return CompareDocument(
        head=about("footprint-compare", prepared.area, options[0][1].provenance),
        notes=notes((*(() if prepared.calendar_digest else (CALENDAR_ELSEWHERE,)), *LIMITS), caveats, ()),
        measure=measure,
        options=tuple(
            OptionRow(
                name=name,
                scenario_id=result.scenario.scenario_id,
                criteria=tuple(criterion_row(each) for each in values),
            )
            for name, result, values in options
        ),
        groups=tuple(
            GroupRow(
                group=each.group,
                ranking=tuple(
                    RankedOptionRow(
                        name=own.name,
                        rank=own.rank,
                        score=round(own.score, _DIGITS),
                        first_share=round(own.first_share, _DIGITS),
                    )
                    for own in each.options
                ),
                criteria_left_out=each.left_out,
            )
            for each in ranking.groups
        ),
        dominated=tuple(DominatedRow(name=name, beaten_by=other) for name, other in ranking.dominated),
        criteria_compared=ranking.compared,
        draws=prepared.method.reporting.rank_draws,
    )


_DIGITS = 6


def criterion_row(own: CriterionValue) -> CriterionRow:
    """Return what an option comes to by one criterion."""
    unit = own.criterion.unit
    return CriterionRow(
        criterion=own.criterion,
        amount=None if isnan(own.value) else Column(unit, "", decimals=_decimals(unit)).rounded(own.value),
        unit=unit,
        more_is_better=own.criterion.more_is_better,
        reasons={"amount": own.why} if isnan(own.value) else {},
    )


def _decimals(unit: str) -> int:
    return _DECIMALS.get(unit, _DIGITS)


_DECIMALS: Mapping[str, int] = {"days/month": 2, "USD": 0, "USD/year": 0}
