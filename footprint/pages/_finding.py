"""The finding on the desk: the figures of what is looked at, and the sentence that says them."""

from __future__ import annotations

import streamlit as st

from footprint.indicators.indicator import Indicator
from footprint.language import Language
from footprint.pages import _desk, _session
from footprint.pages._choices import BASELINE
from footprint.pages._kept import Settings
from footprint.review import Review
from footprint.views.desk_html import sentence_html
from footprint.views.finding import MonthFinding, footprint_months
from footprint.views.focus import focus_name, focus_of, looks_outside, within
from footprint.views.scene import boundary_notice
from footprint.views.seats import seat_rows
from footprint.views.words import missing_words
from footprint.workshop import PlanRow

SHOWN = (Indicator.FORCE, Indicator.MISSION)
Months = dict[Indicator, list[float]]
"""Twelve shares of need by indicator, January first; NaN where not known."""


def compared() -> tuple[PlanRow, PlanRow] | None:
    """Return the two plans that are held side by side, None where not just two are ticked."""
    ticked = [row for row in map(_desk.row_of, _session.choices().ticked) if row is not None]
    return (ticked[0], ticked[1]) if len(ticked) == 2 else None  # noqa: PLR2004  A and B


def review_of(row: PlanRow) -> Review:
    """Return the review of a plan under its own numbers."""
    if row.is_nothing:
        return _session.reviewed(BASELINE, _session.choices().numbers)
    return _session.reviewed(row.plan.scenario, row.plan.numbers)


def _numbers(row: PlanRow) -> Settings:
    """Return the numbers that a plan is reviewed under."""
    return _session.choices().numbers if row.is_nothing else row.plan.numbers


def pair() -> tuple[Review, Review]:
    """Return what is compared: A and B where two plans are ticked, else today and the plan drawn on."""
    both = compared()
    if both is not None:
        return review_of(both[0]), review_of(both[1])
    return _session.reviewed(BASELINE), _session.reviewed(_session.scenario())


def looked_at() -> tuple[Settings, Review]:
    """Return the numbers and the review that the map shows: B where two plans are held side by side."""
    both, here = compared(), _session.choices()
    if both is None:
        return here.method, _session.reviewed(here.scenario)
    return _numbers(both[1]), review_of(both[1])


def months(review: Review, unknown: frozenset[Indicator], *, at_least: bool = False) -> Months:
    """Return both footprints of what is looked at, or what is there at least where not all is known."""
    focus = focus_of(_session.prepared().area, _session.choices().focus)
    return footprint_months(review, focus, unknown, at_least=at_least)


def of_month(language: Language) -> MonthFinding:
    """Return what is told of the month shown."""
    here, shared = _session.choices(), _session.prepared()
    before, after = pair()
    unknown, at = _session.unknown(), here.month - 1
    figures = months(after, unknown)
    first, second = (months(each, unknown, at_least=True) for each in (before, after))
    both = compared()
    units = within(shared.area, here.focus)
    return MonthFinding(
        where=focus_name(shared.area, here.focus, language.code),
        month=here.month,
        force=figures[Indicator.FORCE][at],
        mission=figures[Indicator.MISSION][at],
        rows=seat_rows(before, after, units, here.month, unknown),
        missing=missing_words(shared, language),
        force_change=second[Indicator.FORCE][at] - first[Indicator.FORCE][at],
        mission_change=second[Indicator.MISSION][at] - first[Indicator.MISSION][at],
        plan=here.row.plan.name if here.row and here.scenario.changes else "",
        pair=(both[0].called(language), both[1].called(language)) if both else None,
        indicator=here.indicator,
        changed_numbers=len(looked_at()[0]),
        apart=both is not None and _numbers(both[0]) != _numbers(both[1]),
        unknown=unknown,
        outside=looks_outside(shared.area, here.focus),
    )


def show(finding: MonthFinding, language: Language) -> None:
    """Say it."""
    with st.container(key="say"):
        st.html(sentence_html(finding, boundary_notice(_session.prepared().area, language), language))


def under(numbers: Settings, language: Language) -> str:
    """Say what other numbers would make of what is looked at."""
    here = _session.choices()
    unknown, at = _session.unknown(), here.month - 1
    now = months(_session.reviewed(here.scenario), unknown)
    then = months(_session.reviewed(here.scenario, numbers), unknown)
    return language.text(
        "{where}, {month}: troops {force} → {force_then}; the whole mission {mission} → {mission_then}.",
        where=focus_name(_session.prepared().area, here.focus, language.code),
        month=language.month(here.month),
        force=language.percent(now[Indicator.FORCE][at]),
        force_then=language.percent(then[Indicator.FORCE][at]),
        mission=language.percent(now[Indicator.MISSION][at]),
        mission_then=language.percent(then[Indicator.MISSION][at]),
    )
