"""What the tests of the Hotspots page say and do not say, and the switch to use them in the need."""

from __future__ import annotations

import streamlit as st

from footprint.language import Language
from footprint.pages import _say, _session
from footprint.pages._say import plain
from footprint.views.calendar_views import words_panels


def says(language: Language) -> None:
    """Say in plain words what the tests say and what they do not, and offer the calendar to the need."""
    text = language.text
    _say.subheader(text("What the tests say, and what they do not"))
    panels = (
        (
            text("What they say"),
            text(
                "A hotspot has more incidents around it than the same incidents would gather if they were "
                "strewn at random over the cells compared. Months return if they were busier than their own "
                "year in more years than chance would have it; each year is compared with itself, so that "
                "one terrible month or a growing war does not look like a season."
            ),
        ),
        (
            text("What they do not say"),
            text(
                "Not why, not who, and not what comes next. A quiet or uncoloured place is not a safe place. "
                "Few incidents or few years leave a real season unseen: where a strong one would as "
                "likely have "
                "been missed, the answer is that nobody can tell. A season that returned is a pattern, "
                "and no forecast before later years have borne it out."
            ),
        ),
        (
            text("Reporting and access"),
            text(
                "Incidents are what was seen and reported. Rains, floods, closed roads and cut telephone "
                "lines also silence witnesses: a month may look quiet because nobody could come, and busy "
                "because people could speak again."
            ),
        ),
        (
            text("Many tests at once"),
            text(
                "Thousands of cells and dozens of {districts} are tested, and some would stand out by luck. "
                "The q beside each finding allows for that: of all findings shown as significant, about the "
                "stated share may be chance. Filters chosen after looking make q too good; choose them "
                "beforehand."
            ),
        ),
    )
    st.html(words_panels(panels))
    _use(language)


def _use(language: Language) -> None:
    """Offer to let threat follow the calendar found instead of every month alike."""
    text, here = language.text, _session.choices()
    if not _session.violence().has_months:
        return
    used = st.toggle(
        text("Use this calendar in the protection need"),
        value=here.seasonal,
        key="seasonal",
        help=plain(
            text(
                "Threat then follows each {district}'s months, drawn towards the national pattern where data "
                "are thin, but only where that, forecast from the years before, did better than every month "
                "alike; elsewhere every month counts alike. With all incidents, whatever is filtered here."
            )
        ),
    )
    profile = _session.violence().profile
    _say.caption(
        text(
            "Profiles good for the protection need: {earned} of {units} {districts}; elsewhere every "
            "month counts "
            "alike.",
            earned=language.number(profile.n_earned),
            units=language.number(len(profile.area_ids)),
        )
    )
    if used != here.seasonal:
        _session.choose(seasonal=used, drawn=here.drawn + 1)
        st.rerun()
    if used:
        _say.caption(text("In use: the desk and every percentage now follow the calendar of return."))
