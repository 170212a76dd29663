"""The calendar of return on the Hotspots page, at three levels, and twelve small maps."""

from __future__ import annotations

import streamlit as st

from footprint.language import Language, msgid
from footprint.pages import _say, _session
from footprint.pages._calendar import spoken
from footprint.pages._say import plain
from footprint.views.calendar_views import COULD_TELL, NOT_ENOUGH_YEARS, TOO_FEW, calendar_rows
from footprint.views.escaping import escape, tag
from footprint.views.heatmap import calendar_heatmap
from footprint.views.hotspot_views import small_maps
from footprint.violence.seasonality import Answer, Finding, Recurrence, caveat, findings, record, sentence
from layers.characters import printable

LEVEL_LABELS = {"region": msgid("{Regions}"), "cercle": msgid("{Districts}"), "cell": msgid("Within 50 km")}
"""Levels at which the calendar is shown."""
ROWS_MAX = 60
"""Rows of the heat map; there may be hundreds of cells."""
_LIST = "margin:0;padding:0 0 0 1.1rem;font-size:.95rem;line-height:1.4"


def calendar(language: Language) -> None:
    """Show the calendar heat map of all cercles."""
    text, found = language.text, _session.violence()
    _say.subheader(text("Calendar of return"))
    if not found.has_months:
        _say.info(text("Without months there is no calendar."))
        return
    level = st.segmented_control(
        text("By"),
        list(LEVEL_LABELS),
        default="cercle",
        format_func=lambda code: plain(text(LEVEL_LABELS[code])),
        key="calendar_level",
    )
    recurrence, _ = found.calendar_of(level or "cercle")
    listed = findings(recurrence)
    _heat_maps(recurrence, listed, language)
    if level != "cercle":
        st.html(
            tag(
                "ul",
                *(
                    tag("li", escape(sentence(each, spoken(language))))
                    for each in listed
                    if each.significant or (each.tested and level == "region")
                ),
                style=_LIST,
            )
        )
        _say.caption(caveat(spoken(language)))
    _record(recurrence, language)


def _heat_maps(recurrence: Recurrence, listed: tuple[Finding, ...], language: Language) -> None:
    """Draw the areas that could tell, and fold away those that could not."""
    text, title = language.text, language.text("Calendar of return")
    years = recurrence.calendar.years(recurrence.calendar.first_month)
    rows = calendar_rows(recurrence, listed, COULD_TELL, language)
    if rows:
        st.html(calendar_heatmap(rows[:ROWS_MAX], years, language, title=title))
        outside = int(
            recurrence.calendar.series.sum()
            - recurrence.calendar.by_year(recurrence.calendar.first_month).sum()
        )
        _say.caption(
            text(
                "Frame: months that return beyond chance; hatched where no season stands out. Years run from "
                "{month}, the quietest month of the country, and a square is named by the year in which its "
                "season-year begins; the test itself cuts years at every month, so that {outside} "
                "incidents before "
                "the first square or after the last count in it too.",
                month=language.month(recurrence.calendar.first_month),
                outside=language.number(outside),
            )
        )
    unknown = [each.name for each in listed if each.answer is Answer.OUTSIDE]
    if unknown:
        names = language.listing(map(printable, unknown))
        _say.caption(text("Not known of {names}: mostly outside the outline of this area.", names=names))
    folded = (
        (TOO_FEW, msgid("Too few incidents to tell ({count})")),
        (NOT_ENOUGH_YEARS, msgid("Not enough years ({count})")),
    )
    for answers, heading in folded:
        others = calendar_rows(recurrence, listed, answers, language)
        if others:
            name = text(heading, count=language.number(len(others)))
            with st.expander(plain(name)):
                st.html(calendar_heatmap(others[:ROWS_MAX], years, language, title=name))


def _record(recurrence: Recurrence, language: Language) -> None:
    """Say what later years made of the calendars known before them."""
    past = record([row for rows in recurrence.foresight.values() for row in rows])
    if not past.years:
        _say.caption(
            language.text("No calendar was known before a year that has passed since: nothing was foreseen.")
        )
        return
    _say.caption(
        language.text(
            "Calendars known before each year: {inside} of {total} incidents of these later years fell in "
            "the months named; were all months alike, {expected} would.",
            inside=language.number(past.inside),
            total=language.number(past.total),
            expected=language.number(past.expected, 1),
        )
    )


def twelve(language: Language) -> None:
    """Show twelve small maps on one scale."""
    text, found = language.text, _session.violence()
    if not found.has_months:
        return
    _say.subheader(text("Twelve months on one scale"))
    months = [_session.month_spots(month) for month in range(1, 13)]
    st.html(small_maps(found, months, _session.frame(), language, chosen=_session.choices().month))
    _say.caption(
        text("All years together. Twelve maps are twelve looks: one small finding among them may be chance.")
    )
