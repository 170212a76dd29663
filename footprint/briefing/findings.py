"""What a brief says of one focus in one month: the figures, and the sentence that stands above a sheet."""

from __future__ import annotations

from dataclasses import replace

from footprint.briefing.brief import Brief
from footprint.caveats import silent
from footprint.indicators.indicator import Indicator
from footprint.releases.profiles import COUNTED, SiteCourse, figure, is_called_by_unit, share_digits
from footprint.review import Review
from footprint.views.finding import FOOTPRINTS, MonthFinding, footprint_months, sentence
from footprint.views.focus import focus_name, focus_of, looks_outside, within
from footprint.views.seats import SeatRow, seat_rows
from footprint.views.words import missing_words


def months_of(brief: Brief, focus: str, review: Review) -> dict[Indicator, list[float]]:
    """Return both footprints of a focus, January first [share of its need]; NaN where not known."""
    known = footprint_months(review, focus_of(brief.prepared.area, focus), silent(brief.prepared))
    return {each: [_told_share(brief, value) for value in own] for each, own in known.items()}


def _told_share(brief: Brief, share: float) -> float:
    """Return a share as exactly as it may be told; elsewhere its decimals say how exact it is."""
    precision = brief.release.precision
    return figure(share, precision) if precision in COUNTED else share


def rows_of_month(brief: Brief, focus: str, month: int) -> tuple[SeatRow, ...]:
    """Return the units inside a focus in a month, against today's sites, the widest gap first."""
    units, unknown = within(brief.prepared.area, focus), silent(brief.prepared)
    rows = seat_rows(brief.today, brief.shown, units, month, unknown)
    return tuple(
        replace(
            row,
            force=_told_share(brief, row.force),
            mission=_told_share(brief, row.mission),
            force_change=_told_share(brief, row.force_change),
            mission_change=_told_share(brief, row.mission_change),
        )
        for row in rows
    )


def finding_of(brief: Brief, focus: str, month: int) -> MonthFinding:
    """Return what is told of a focus in a month."""
    at, unknown = month - 1, silent(brief.prepared)
    shown = months_of(brief, focus, brief.shown)
    looked_at = focus_of(brief.prepared.area, focus)
    before, after = (
        footprint_months(each, looked_at, unknown, at_least=True) for each in (brief.today, brief.shown)
    )
    change = {each: _told_share(brief, after[each][at] - before[each][at]) for each in FOOTPRINTS}
    return MonthFinding(
        where=focus_name(brief.prepared.area, focus, brief.language.code),
        month=month,
        force=shown[Indicator.FORCE][at],
        mission=shown[Indicator.MISSION][at],
        rows=rows_of_month(brief, focus, month),
        missing=missing_words(brief.prepared, brief.language),
        force_change=change[Indicator.FORCE],
        mission_change=change[Indicator.MISSION],
        plan=plan_name(brief, brief.shown) if brief.shown.scenario.changes else "",
        unknown=unknown,
        digits=share_digits(brief.release.precision),
        outside=looks_outside(brief.prepared.area, focus),
    )


def plan_name(brief: Brief, plan: Review) -> str:
    """
    Return what a plan may be called.

    Where a proposed site may not be named, neither may its plan: offices call plans by their places.
    """
    text, release = brief.language.text, brief.release
    if not plan.scenario.changes:
        return text("today’s sites")
    if not is_called_by_unit(SiteCourse.PROPOSED, release.precision, release.marking):
        return plan.scenario.name
    if len(brief.plans) == 1:
        return text("the plan")
    return text("plan {n}", n=brief.language.number(brief.plans.index(plan) + 1))


def told(brief: Brief, focus: str, month: int) -> str:
    """Return the sentence of a focus in a month."""
    return sentence(finding_of(brief, focus, month), brief.language)
