"""What a briefing is asked of: region, plans, month, what is made, and on what terms it leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from footprint.briefing.brief import MOST_PLANS, Brief
from footprint.briefing.recipe import PAGE_NAMES, USUAL, Product, Recipe
from footprint.briefing.sheets.paper import Orientation, Paper, PaperPage
from footprint.briefing.sheets.sheet import SheetFormat
from footprint.briefing.words import PAGE_LABELS, PRODUCT_LABELS
from footprint.disclosure import Precision
from footprint.errors import ReleaseError
from footprint.indicators.periods import MONTHS
from footprint.language import LANGUAGES, Language, msgid
from footprint.pages import _desk, _finding, _say, _session
from footprint.pages._choices import BASELINE
from footprint.pages._kept_fields import KeptField, any_of, one_of, some_of
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
    recipe = Recipe(
        region=focus,
        languages=made.languages,
        month=month,
        measure=_session.choices().measure,
        view=made.view,
        products=made.products,
        pages=made.pages,
        formats=made.formats,
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
    rows = {row.plan_id: row for row in _desk.rows() if not row.is_nothing}
    regions = KeptField(
        "brief_focus",
        text("Region or {district}"),
        focus_keys(area),
        lambda key: focus_label(area, key, language),
    )
    plans = KeptField(
        "brief_plans",
        text("Plans, the one proposed first"),
        list(rows),
        lambda plan_id: rows[plan_id].called(language),
    )
    months = KeptField("brief_month", text("Month of the main sheet"), range(1, MONTHS + 1), language.month)
    focus = one_of(regions, here.focus, language)
    none = text("none: the sites as they stand today")
    drawn_on = [here.active] if here.active in rows else []
    chosen = some_of(plans, drawn_on, language, none=none, most=MOST_PLANS)
    return focus, tuple(rows[plan_id] for plan_id in chosen), one_of(months, here.month, language)


@dataclass(frozen=True, slots=True)
class _SetMade:
    """What is made, in which languages, on which paper."""

    languages: tuple[str, ...]
    products: tuple[Product, ...]
    pages: tuple[PaperPage, ...]
    formats: tuple[SheetFormat, ...]
    view: View | None


def _made(language: Language) -> _SetMade:
    text = language.text
    codes = list(LANGUAGES)
    products = KeptField(
        "brief_products", text("Products"), list(PRODUCT_LABELS), lambda each: text(PRODUCT_LABELS[each])
    )
    pages = KeptField(
        "brief_pages",
        text("Paper of the sheets"),
        list(PAGE_NAMES),
        lambda each: text(PAGE_LABELS[PAGE_NAMES[each]]),
    )
    views = KeptField(
        "brief_view",
        text("The map shows"),
        [_DOTS, *(str(view) for view in View if view not in PATTERN_VIEWS)],
        lambda each: text("Dots of need") if each == _DOTS else text(VIEW_LABELS[View(each)]),
    )
    formats = KeptField("brief_formats", text("Files of the sheets"), list(SheetFormat), str.upper)
    languages = KeptField("brief_languages", text("Languages"), codes, LANGUAGES.__getitem__)
    return _SetMade(
        languages=any_of(languages, codes, language),
        products=any_of(products, USUAL, language),
        pages=any_of(pages, [PaperPage(Paper.A4, Orientation.LANDSCAPE)], language),
        formats=any_of(formats, [SheetFormat.PDF, SheetFormat.PNG], language),
        view=_view_of(one_of(views, _DOTS, language)),
    )


def _view_of(chosen: str) -> View | None:
    return None if chosen == _DOTS else View(chosen)


def _terms(rows: Sequence[PlanRow], language: Language) -> tuple[Release | None, str, int]:
    text = language.text
    purpose, audience, releaser = (
        st.text_input(plain(text(label)), key=key, max_chars=LONGEST).strip()
        for key, label in _ENTRIES.items()
    )
    with st.container(horizontal=True):
        number = st.text_input(
            plain(text("Number of the set")), key="brief_number", max_chars=_MOST_NUMBER
        ).strip()
        revision = st.number_input(
            plain(text("Revision")), min_value=1, max_value=999, step=1, key="brief_revision"
        )
    changed = any(row.plan.scenario.changes for row in rows)
    markings = list(Marking)[1:] if changed else list(Marking)
    marks = KeptField("brief_marking", text("Marking"), markings, lambda each: text(each.label))
    profiles = KeptField(
        "brief_precision",
        text("Precision"),
        list(PRECISION_LABELS),
        lambda each: text(PRECISION_LABELS[each]),
    )
    clearances = KeptField(
        "brief_clearance", text("Clearance"), list(Clearance), lambda each: text(each.label)
    )
    marking = one_of(marks, Marking.CONFIDENTIAL, language)
    precision = one_of(profiles, Precision.INTERNAL, language)
    clearance = one_of(clearances, Clearance.DRAFT, language)
    if not (purpose and audience and releaser):
        return None, number, int(revision)
    return Release(purpose, audience, releaser, marking, precision, clearance), number, int(revision)
