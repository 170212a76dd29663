"""The panels of the Hotspots page: what was counted, one cercle's calendar, and whether anyone gets there."""

from __future__ import annotations

import streamlit as st

from footprint.access.isolation import Coincidence, Return
from footprint.access.isolation import coincidences as find_coincidences
from footprint.language import Language, msgid
from footprint.pages import _say, _session
from footprint.pages._say import plain
from footprint.views.calendar_views import COULD_TELL, facts_strip, year_table
from footprint.views.colours import NOTICE_EDGE, NOTICE_WORDS
from footprint.views.escaping import escape, tag
from footprint.views.hotspot_views import RETURN_COLOURS
from footprint.violence.analysis import hot_cells, hottest_unit, undated
from footprint.violence.hotspots.words import LEFT_OUT_WORDS
from footprint.violence.seasonality import (
    Answer,
    Finding,
    Omission,
    Recurrence,
    Status,
    caveat,
    sentence,
    warning_words,
)
from footprint.violence.seasonality.sentence import Lang
from layers.characters import printable

OMISSION_WORDS = {
    Omission.YEAR_ONLY: msgid("known only by their year"),
    Omission.MONTH_ONLY: msgid("known only by their month"),
    Omission.NEW_YEAR: msgid("dated 1 January, as unknown days are"),
    Omission.INCOMPLETE_MONTH: msgid("in a month of which only a part is known"),
    Omission.OUTSIDE_AREAS: msgid("in none of the areas"),
}


def district() -> str:
    """Return the cercle whose calendar is read: the one chosen, or the first that returns."""
    chosen, found = _session.choices().district, _session.violence()
    if chosen in found.districts.calendar.area_ids:
        return chosen
    first = found.findings[0] if found.findings else None
    return (
        first.area_id if first and first.significant else hottest_unit(found, _session.prepared().districts)
    )


def choose(area_id: str) -> None:
    """Read another cercle's calendar; before the page is drawn again, so that all of it agrees."""
    _session.choose(district=area_id, drawn=_session.choices().drawn + 1)


def counts(language: Language) -> None:
    """Say what was counted, what was left out, and how much was found."""
    text, found = language.text, _session.violence()
    spots, table = found.hotspots, found.districts.table
    tested = int(table["answer"].isin(COULD_TELL).sum())
    years = language.plural("{n} season-year", "{n} season-years", _n_years(found.districts))
    facts = (
        (
            text("Incidents tested for hotspots"),
            language.number(spots.n_used),
            text("{first} to {last}", first=language.date(spots.first), last=language.date(spots.last)),
        ),
        (
            text("Too poorly placed, left out"),
            language.number(found.precise.n_excluded),
            text("{share} of those asked for", share=language.percent(found.precise.excluded_share, 0)),
        ),
        (
            text("Hotspot cells"),
            language.number(spots.significant.sum()),
            text(
                "of {cells} compared; up to {share} of the hotspots may be chance",
                cells=language.number(spots.n_cells_tested),
                share=language.percent(found.numbers.hotspots.q_max, 0),
            ),
        ),
        (
            text("{Districts} with months that return"),
            language.number(table["significant"].sum()) if found.has_months else "–",
            text(
                "of {tested} with incidents enough to tell; {all} {districts}, {years}",
                tested=language.number(tested),
                all=language.number(len(table)),
                years=years,
            ),
        ),
    )
    st.html(facts_strip(facts))
    _statements(language)


def left_out(language: Language) -> None:
    """Show what was left out, by test and reason, and which cells were compared."""
    with st.expander(language.text("What was left out, and why")):
        _say.table(_left_out(language))
        _say.caption(_ground_words(language))


def _n_years(recurrence: Recurrence) -> int:
    return len(recurrence.calendar.years(recurrence.calendar.first_month))


def spoken(language: Language) -> Lang:
    """Return the language in which findings are said."""
    return "fr" if language.code == "fr" else "en"


def _statements(language: Language) -> None:
    """Say plainly what cannot be computed from these data."""
    text, found = language.text, _session.violence()
    for each in found.warnings:
        _say.warning(warning_words(each, spoken(language)), icon=":material/event_note:")
    if not found.has_months:
        _say.warning(
            text(
                "None of these incidents has a date that can be tested. Recurrence cannot be computed "
                "from them; the hotspots below are of all months together."
            ),
            icon=":material/event_busy:",
        )
        return
    if found.districts.statement is Status.NOT_ENOUGH_YEARS:
        _say.warning(
            text(
                "No {district} has {needed} season-years with at least {events} incidents: "
                "nothing can be said about months that return.",
                needed=found.numbers.seasonality.years_min,
                events=found.numbers.seasonality.events_min,
            ),
            icon=":material/event_busy:",
        )
    if found.period.months_missing:
        _say.caption(
            language.plural(
                "The last season-year lacks {n} month after {date}; it counts, with that month empty.",
                "The last season-year lacks {n} months after {date}; it counts, with those months empty.",
                found.period.months_missing,
                date=language.date(found.period.last),
            )
        )


def _ground_words(language: Language) -> str:
    text, found = language.text, _session.violence()
    said = text(
        "Compared are cells of {side} km with at least {people} inhabitant that are not open water: "
        "{cells}. Not compared: {empty} uninhabited, {unknown} where people are not known, {water} open "
        "water. Roads and safety are not asked, "
        "because incidents are reported also from where nobody drives.",
        side=language.number(found.numbers.hotspots.cell_km),
        people=language.number(found.numbers.hotspots.people_min),
        cells=language.number(found.hotspots.n_cells_tested),
        empty=language.number(found.study_area.uninhabited),
        unknown=language.number(found.study_area.unknown.sum()),
        water=language.number(found.study_area.water),
    )
    if len(found.source.providers) > 1:
        said += " " + text(
            "Sources: {names}; an event told by two counts once ({matched} found).",
            names=language.listing(found.source.providers),
            matched=language.number(found.source.n_matched),
        )
    return said


def _left_out(language: Language) -> list[dict[str, str]]:
    """Return every incident that took no part, by test and reason."""
    text, found = language.text, _session.violence()
    tests = (
        (text("Hotspots"), found.hotspots.excluded),
        (text("Classes over the years"), found.emerging.excluded),
        (text("Months that return, within 50 km"), found.near.excluded),
        (text("Months that return, by {district}"), found.placed.excluded),
        (text("Months that return, by {region}"), found.in_region.excluded),
    )
    rows = [
        _row(name, text(LEFT_OUT_WORDS[e.reason]), e.count, language)
        for name, excluded in tests
        for e in excluded
    ]
    levels = (
        (text("Months that return, by {region}"), found.regions),
        (text("Months that return, by {district}"), found.districts),
        (text("Months that return, within 50 km"), found.discs),
    )
    rows += [
        _row(name, text(OMISSION_WORDS[each.omission]), each.count, language)
        for name, recurrence in levels
        for each in recurrence.calendar.left_out
    ]
    if found.has_months and undated(found):
        unknown = text(OMISSION_WORDS[Omission.YEAR_ONLY])
        rows.append(_row(text("Hotspots of this month"), unknown, undated(found), language))
    return rows


def _row(test: str, why: str, count: int, language: Language) -> dict[str, str]:
    text = language.text
    return {text("Test"): test, text("Left out"): why, text("Incidents"): language.number(count)}


def panel(language: Language) -> None:
    """Show one cercle: its sentence, its years, its counts."""
    text, found = language.text, _session.violence()
    names = dict(zip(found.districts.calendar.area_ids, found.districts.calendar.names, strict=True))
    if not names:
        return
    order = [each.area_id for each in found.findings]
    marks = {each.area_id: "● " if each.significant else "" for each in found.findings}
    _session.preset("district", district())
    picked = st.selectbox(
        plain(text("{District}")),
        order,
        format_func=lambda area_id: marks[area_id] + printable(names[area_id]),
        key="district",
        help=text("● months that return"),
        on_change=lambda: choose(str(_session.widget_value("district"))),
    )
    finding = found.finding(picked)
    own = spoken(language)
    st.html(_said(sentence(finding, own), caveat(own)))
    if finding.answer is Answer.OUTSIDE:
        return
    spots = hot_cells(found, _session.prepared().districts, picked)
    _say.caption(
        language.plural(
            "{n} hotspot cell lies at least in part in this {district}",
            "{n} hotspot cells lie at least in part in this {district}",
            spots,
        )
    )
    if found.has_months:
        st.html(year_table(found.districts, finding, language))
        _foresight(finding, language)


def _foresight(finding: Finding, language: Language) -> None:
    """Say, year by year, what the calendar known before it had named of it."""
    rows = [
        language.text(
            "{year}: {months} named; {inside} of {total} incidents fell there, against {share} of the "
            "months.",
            year=each.year,
            months=language.months(each.months),
            inside=language.number(each.inside),
            total=language.number(each.total),
            share=language.percent(each.share_of_months, 0),
        )
        for each in finding.foretold
    ]
    if rows:
        _say.caption(
            language.text("What the calendar known before each year had named:") + " " + " ".join(rows)
        )


def _said(own: str, beside: str) -> str:
    large = "font-size:1.02rem;line-height:1.45;padding:.1rem 0 .4rem"
    edge = f"border-left:3px solid {NOTICE_EDGE};padding:0 0 0 .6rem"
    note = f"font-size:.84rem;color:{NOTICE_WORDS};line-height:1.4;{edge}"
    return tag(
        "div",
        tag("div", escape(own), style=large, class_="fp-sentence"),
        tag("div", escape(beside), style=note),
    )


def coincidences(language: Language) -> None:
    """Say where violence returns in months in which nobody gets there."""
    text, found, prepared = language.text, _session.violence(), _session.prepared()
    if not found.districts.table["significant"].any():
        return
    reach = _session.reach(_session.scenario())
    rows = find_coincidences(found.districts, prepared.districts, prepared.area.population.people, reach)
    _say.subheader(text("When violence returns, could a patrol get there by land?"))
    st.html(tag("ul", *(_coincidence_item(row, language) for row in rows), style=_LIST))
    _say.caption(
        text(
            "A patrol gets there if it arrives within {hours} and is back by daylight, from the sites of the "
            "plan; what comes by air is not counted. Cut off: it does in other months, or there is a way "
            "only in other months.",
            hours=language.hours(prepared.method.reporting.beyond_min),
        )
    )


_LIST = "list-style:none;margin:0;padding:0;font-size:.95rem;line-height:1.4"


def _coincidence_item(row: Coincidence, language: Language) -> str:
    """Return a coincidence as an item of a list, marked in the colour it has on the map."""
    kind = (
        Return.CUT_OFF if row.months_cut_off else Return.NEVER_REACHED if row.never >= 1 else Return.REACHED
    )
    style = f"border-left:5px solid {RETURN_COLOURS[kind]};padding:.1rem 0 .1rem .7rem;margin:0 0 .35rem"
    return tag("li", escape(_coincidence(row, language)), style=style)


def _coincidence(row: Coincidence, language: Language) -> str:
    """Say in one sentence when a cercle's violence returns and who is out of reach then."""
    text, finding = language.text, row.finding
    every = language.labelled(finding.name, language.months(finding.months))
    parts = []
    if row.months_cut_off:
        month = row.worst_month
        people = {
            "months": language.months(row.months_cut_off),
            "people": language.people(row.cut_off[month]),
            "month": language.month(month),
        }
        wet = row.under_flood[month]
        parts.append(
            text(
                "cut off in {months} ({people} people in {month}, {wet} of them under flood)",
                wet=language.people(wet),
                **people,
            )
            if wet >= 1
            else text("cut off in {months} ({people} people in {month})", **people)
        )
    if row.never >= 1:
        parts.append(
            text(
                "{share} of its people beyond patrols in every month",
                share=language.percent(row.never / row.people, 0),
            )
        )
    if not parts:
        parts.append(text("within reach of patrols"))
    return language.clauses((every, f"{language.listing(parts)}."))
