"""What a briefing is asked of: region, plans, month, what is made, and on what terms it leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from footprint.briefing.audiences import FIRST_TERMS, OTHERWISE, Audience
from footprint.briefing.brief import MOST_PLANS, Brief
from footprint.briefing.recipe import PAGE_NAMES, USUAL, Product, Recipe
from footprint.briefing.sheets.paper import Orientation, Paper, PaperPage, SheetFormat
from footprint.briefing.words import PAGE_LABELS, PRODUCT_LABELS
from footprint.caveats import silent
from footprint.disclosure import Precision
from footprint.errors import FootprintError, ReleaseError
from footprint.indicators.periods import MONTHS
from footprint.language import LANGUAGES, Language, msgid
from footprint.pages import _desk, _finding, _say, _session
from footprint.pages._choices import BASELINE
from footprint.pages._kept_fields import KeptField, any_of, one_of, one_or_words, some_of
from footprint.pages._say import plain
from footprint.releases.log import ReleaseLog
from footprint.releases.profiles import PRECISION_LABELS
from footprint.releases.seal import next_number, next_revision
from footprint.releases.terms import LONGEST, Clearance, Marking, Release
from footprint.views.cells import PATTERN_VIEWS, VIEW_LABELS, View
from footprint.views.finding import footprint_months, lowest_month
from footprint.views.focus import focus_keys, focus_label, focus_of
from footprint.views.release import screen_numbers
from footprint.workshop import PlanRow

_DOTS = "dots"
_MOST_NUMBER = 40
_WORDS = {
    "brief_purpose": msgid("Purpose"),
    "brief_releaser": msgid("Released by (function, not name)"),
}


@dataclass(frozen=True, slots=True, eq=False)
class BriefingAsked:
    """A brief in the page's language, and what is made of it in which languages."""

    brief: Brief
    recipe: Recipe


def ask(language: Language) -> tuple[BriefingAsked | None, DeltaGenerator]:
    """Ask for everything; return it, None while something that must be said is not, and where acts stand."""
    text = language.text
    whom, pages, terms = st.columns(3, gap="medium")
    with whom:
        _say.subheader(text("What is told, and to whom"))
        focus, rows, month = _what(language)
        whom_for = _addressee(language)
    with pages:
        _say.subheader(text("What is made"))
        made = _made(language)
    with terms:
        _say.subheader(text("On what terms it leaves"))
        terms_of = _terms(rows, whom_for.audience, language)
        acts = st.container()
    missing = [*whom_for.missing, *terms_of.missing]
    if missing:
        with acts:
            _say.info(text("Still to be said: {entries}.", entries=language.listing(map(text, missing))))
        return None, acts
    audience = text(whom_for.audience.label) if isinstance(whom_for.audience, Audience) else whom_for.audience
    try:
        release = Release(
            whom_for.purpose,
            audience,
            whom_for.releaser,
            terms_of.marking,
            terms_of.precision,
            terms_of.clearance,
            terms_of.cleared_by,
        )
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
            number=whom_for.number,
            revision=whom_for.revision,
        )
        return BriefingAsked(_brief(focus, rows, recipe, language), recipe), acts
    except ReleaseError as error:
        with acts:
            _say.faults(error.said(language))
        return None, acts


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
        revision=recipe.revision or 1,
    )


def _what(language: Language) -> tuple[str, tuple[PlanRow, ...], int]:
    text, here, area = language.text, _session.choices(), _session.prepared().area
    rows = {row.plan_id: row for row in _desk.rows() if not row.is_nothing}
    regions = KeptField(
        "brief_focus",
        text("{Region} or {district}"),
        focus_keys(area),
        lambda key: focus_label(area, key, language),
    )
    plans = KeptField(
        "brief_plans",
        text("Plans, the one proposed first"),
        list(rows),
        lambda plan_id: rows[plan_id].called(language),
    )
    focus = one_of(regions, here.focus, language)
    none = text("none: the sites as they stand today")
    drawn_on = [here.active] if here.active in rows else []
    chosen = tuple(rows[each] for each in some_of(plans, drawn_on, language, none=none, most=MOST_PLANS))
    return focus, chosen, _month(focus, chosen, language)


def _month(focus: str, rows: Sequence[PlanRow], language: Language) -> int:
    """Ask for the month of the main sheet, which begins with the one in which the mission could do least."""
    prepared = _session.prepared()
    shown = _finding.review_of(rows[0]) if rows else _session.reviewed(BASELINE)
    by_month = footprint_months(shown, focus_of(prepared.area, focus), silent(prepared))
    lowest = lowest_month(by_month, prepared.area.start_month)

    def called(month: int) -> str:
        words = language.month(month)
        return language.text("{month}, the lowest", month=words) if month == lowest else words

    # Under a key of its own for each lowest month: another focus or plan may have another.
    months = KeptField(
        f"brief_month_{focus}_{lowest}",
        language.text("Month of the main sheet"),
        range(1, MONTHS + 1),
        called,
    )
    return one_of(months, lowest, language)


@dataclass(frozen=True, slots=True)
class _Addressee:
    """For whom and why, in words."""

    audience: Audience | str
    purpose: str
    releaser: str
    number: str
    revision: int
    missing: tuple[str, ...]
    """Labels of what is not said yet."""


def _addressee(language: Language) -> _Addressee:
    text = language.text
    label = msgid("Audience")
    audience = one_or_words(
        KeptField("brief_audience", text(label), list(Audience), lambda each: text(each.label)),
        language,
        most=LONGEST,
    )
    purpose, releaser = (
        st.text_input(plain(text(words)), key=key, max_chars=LONGEST).strip() for key, words in _WORDS.items()
    )
    with st.container(horizontal=True):
        number = st.text_input(
            plain(text(_NUMBER)), _first_number(language), key="brief_number", max_chars=_MOST_NUMBER
        ).strip()
        following = _following(number, language)
        # Under a key of its own for each, so that it moves on once a set has left.
        revision = st.number_input(
            plain(text("Revision")),
            min_value=1,
            value=following,
            step=1,
            key=f"brief_revision_{following}_{number}",
        )
    entries = {
        label: audience,
        **dict(zip(_WORDS.values(), (purpose, releaser), strict=True)),
        _NUMBER: number,
    }
    missing = tuple(each for each, words in entries.items() if not words)
    return _Addressee(audience, purpose, releaser, number, int(revision), missing)


_NUMBER = msgid("Number of the set")
_FIRST_NUMBER = "brief_first_number"


def _first_number(language: Language) -> str:
    """Return the number to begin with, looked up once: what is typed later stands."""
    first = _session.kept(_FIRST_NUMBER)
    if not isinstance(first, str):
        try:
            first = next_number(ReleaseLog.of_user(), _session.prepared().area.area_id, screen_numbers())
        except FootprintError as error:
            _say.faults(error.said(language))
            first = ""
        _session.keep(_FIRST_NUMBER, first)
    return first


def _following(number: str, language: Language) -> int:
    """Return the next revision of a number; a log that does not hold is told, and lets nothing leave."""
    if not number:
        return 1
    try:
        return next_revision(ReleaseLog.of_user(), _session.prepared().area.area_id, number)
    except FootprintError as error:
        _say.faults(error.said(language))
        return 1


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


@dataclass(frozen=True, slots=True)
class _Terms:
    """How it is to be handled, and who has cleared it."""

    marking: Marking
    precision: Precision
    clearance: Clearance
    cleared_by: str
    missing: tuple[str, ...]
    """Labels of what is not said yet."""


def _terms(rows: Sequence[PlanRow], audience: Audience | str, language: Language) -> _Terms:
    text = language.text
    known = audience if isinstance(audience, Audience) else None
    first_marking, first_precision = FIRST_TERMS[known] if known else OTHERWISE
    # Under keys of their own for each audience: another one begins on other terms.
    own = known or "other"
    changed = any(row.plan.scenario.changes for row in rows)
    markings = list(Marking)[1:] if changed else list(Marking)
    marks = KeptField(f"brief_marking_{own}", text("Marking"), markings, lambda each: text(each.label))
    profiles = KeptField(
        f"brief_precision_{own}",
        text("Precision"),
        list(PRECISION_LABELS),
        lambda each: text(PRECISION_LABELS[each]),
    )
    clearances = KeptField(
        "brief_clearance", text("Clearance"), list(Clearance), lambda each: text(each.label)
    )
    marking = one_of(marks, first_marking, language)
    precision = one_of(profiles, first_precision, language)
    clearance = one_of(clearances, Clearance.DRAFT, language)
    if clearance is not Clearance.CLEARED:
        return _Terms(marking, precision, clearance, "", ())
    label = msgid("Cleared by (function, not name)")
    cleared_by = st.text_input(plain(text(label)), key="brief_cleared_by", max_chars=LONGEST).strip()
    return _Terms(marking, precision, clearance, cleared_by, () if cleared_by else (label,))
