"""What a briefing is asked of: region, plans, month, what is made, and on what terms it leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from footprint.briefing.brief import Brief
from footprint.briefing.recipe import PAGE_NAMES, Product, Recipe
from footprint.briefing.recipe import page_named as named
from footprint.briefing.sheets.paper import Page
from footprint.briefing.sheets.sheet import SheetFormat
from footprint.briefing.words import PAGE_LABELS, PRODUCT_LABELS
from footprint.errors import ReleaseError
from footprint.language import LANGUAGES, Language, msgid
from footprint.pages import _desk, _finding, _say, _session
from footprint.pages._choices import BASELINE
from footprint.pages._say import plain
from footprint.releases.profiles import PRECISION_LABELS
from footprint.releases.terms import LONGEST, Clearance, Marking, Release
from footprint.views.cells import PATTERN_VIEWS, VIEW_LABELS, View
from footprint.views.focus import focus_keys, focus_label
from footprint.workshop import PlanRow

_DOTS = "dots"
_MOST_NUMBER = 40
_ENTRIES = {
    "brief_purpose": msgid("Purpose"),
    "brief_audience": msgid("Audience"),
    "brief_releaser": msgid("Released by (function, not name)"),
}


@dataclass(frozen=True, slots=True, eq=False)
class BriefingAsked:
    """A brief in the page's language, and what is made of it in which languages."""

    brief: Brief
    recipe: Recipe


def ask(language: Language) -> BriefingAsked | None:
    """Ask for everything; None while something that must be said is not."""
    what, pages, terms = st.columns(3, gap="medium")
    with what:
        _say.subheader(language.text("What is told"))
        focus, rows, month = _what(language)
    with pages:
        _say.subheader(language.text("What is made"))
        made = _made(language)
    with terms:
        _say.subheader(language.text("On what terms it leaves"))
        release, number, revision = _terms(rows, language)
    if release is None or not number:
        return None
    codes, products, sizes, formats, view = made
    recipe = Recipe(
        region=focus,
        languages=codes,
        month=month,
        measure=_session.choices().measure,
        view=view,
        products=products,
        pages=sizes,
        formats=formats,
        release=release,
        number=number,
        revision=revision,
    )
    try:
        return BriefingAsked(_brief(focus, rows, recipe, language), recipe)
    except ReleaseError as error:
        _say.faults(error.said(language))
        return None


def _brief(focus: str, rows: Sequence[PlanRow], recipe: Recipe, language: Language) -> Brief:
    return Brief(
        prepared=_session.prepared(),
        router=_session.router(),
        today=_session.reviewed(BASELINE),
        plans=tuple(_finding.review_of(row) for row in rows),
        focus=focus,
        measure=recipe.measure,
        month=recipe.month or 1,
        language=language,
        release=recipe.release,
        made=date.today(),  # noqa: DTZ011  the office's own day
        number=recipe.number,
        revision=recipe.revision,
    )


def _what(language: Language) -> tuple[str, tuple[PlanRow, ...], int]:
    text, here, area = language.text, _session.choices(), _session.prepared().area
    keys = focus_keys(area)
    focus = st.selectbox(
        plain(text("Region or {district}")),
        keys,
        index=keys.index(here.focus) if here.focus in keys else 0,
        format_func=lambda key: plain(focus_label(area, key, language)),
        key="brief_focus",
    )
    rows = {row.plan_id: row for row in _desk.rows() if not row.is_nothing}
    chosen = st.multiselect(
        plain(text("Plans, the one proposed first")),
        list(rows),
        default=[here.active] if here.active in rows else [],
        format_func=lambda plan_id: plain(rows[plan_id].called(language)),
        max_selections=4,
        placeholder=plain(text("none: the sites as they stand today")),
        key="brief_plans",
    )
    month = st.selectbox(
        plain(text("Month of the main sheet")),
        list(range(1, 13)),
        index=here.month - 1,
        format_func=lambda each: plain(language.month(each)),
        key="brief_month",
    )
    return focus, tuple(rows[plan_id] for plan_id in chosen), month


def _made(
    language: Language,
) -> tuple[tuple[str, ...], tuple[Product, ...], tuple[Page, ...], tuple[SheetFormat, ...], View | None]:
    text = language.text
    codes = st.multiselect(
        plain(text("Languages")),
        list(LANGUAGES),
        default=list(LANGUAGES),
        format_func=lambda code: LANGUAGES[code],
        key="brief_languages",
    )
    products = st.multiselect(
        plain(text("Products")),
        list(PRODUCT_LABELS),
        default=[Product.SHEET],
        format_func=lambda each: plain(text(PRODUCT_LABELS[each])),
        key="brief_products",
    )
    pages = st.multiselect(
        plain(text("Paper of the sheets")),
        list(PAGE_NAMES.values()),
        default=["a4-landscape"],
        format_func=lambda each: plain(text(PAGE_LABELS[each])),
        key="brief_pages",
    )
    formats = st.multiselect(
        plain(text("Files of the sheets")),
        list(SheetFormat),
        default=[SheetFormat.PDF, SheetFormat.PNG],
        format_func=lambda each: each.upper(),
        key="brief_formats",
    )
    views = [_DOTS, *(view for view in View if view not in PATTERN_VIEWS)]
    view = st.selectbox(
        plain(text("The map shows")),
        views,
        format_func=lambda each: plain(
            text("Dots of need") if each == _DOTS else text(VIEW_LABELS[View(each)])
        ),
        key="brief_view",
    )
    return (
        tuple(codes),
        tuple(products),
        tuple(named(each) for each in pages),
        tuple(formats),
        None if view == _DOTS else View(view),
    )


def _terms(rows: Sequence[PlanRow], language: Language) -> tuple[Release | None, str, int]:
    text = language.text
    purpose, audience, releaser = (
        st.text_input(plain(text(label)), key=key, max_chars=LONGEST).strip()
        for key, label in _ENTRIES.items()
    )
    with st.container(horizontal=True):
        number = st.text_input(plain(text("Number")), key="brief_number", max_chars=_MOST_NUMBER).strip()
        revision = int(
            st.number_input(plain(text("Revision")), min_value=1, max_value=999, key="brief_revision")
        )
    changed = any(row.plan.scenario.changes for row in rows)
    marking = st.selectbox(
        plain(text("Marking")),
        list(Marking)[1:] if changed else list(Marking),
        format_func=lambda each: plain(text(each.label)),
        key="brief_marking",
    )
    precision = st.selectbox(
        plain(text("Precision")),
        list(PRECISION_LABELS),
        index=1,
        format_func=lambda each: plain(text(PRECISION_LABELS[each])),
        key="brief_precision",
    )
    clearance = st.selectbox(
        plain(text("Clearance")),
        list(Clearance),
        format_func=lambda each: plain(text(each.label)),
        key="brief_clearance",
    )
    if not (purpose and audience and releaser):
        return None, number, int(revision)
    release = Release(purpose, audience, releaser, marking, precision, clearance or Clearance.DRAFT)
    return release, number, int(revision)
