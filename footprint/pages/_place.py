"""The drawer's answer to a click: who could reach this place, how, what is missing, what would close it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from math import nan

import streamlit as st

from footprint.errors import UnclearPlaceError
from footprint.indicators.indicator import Indicator
from footprint.indicators.levels import level_of
from footprint.indicators.outlines import Inside, cells_in, held
from footprint.language import Language
from footprint.pages import _finding, _proposal, _say, _session
from footprint.pages._say import plain
from footprint.place.closing import Open, closings
from footprint.place.explain import Place, explain
from footprint.place.finding import at_point
from footprint.views.desk_html import note
from footprint.views.place_html import place_head, place_tiers, place_year
from footprint.views.place_words import PlaceWords
from footprint.views.violence_words import violence_there
from layers.characters import printable


def panel(language: Language) -> None:
    """Answer for the place looked at."""
    here, text = _session.choices(), language.text
    if here.drawing:
        _sketch(language)
        return
    at = here.at
    if at is None:
        hint = text(
            "Click the map or search. The desk says who could reach that place, how, and what is missing."
        )
        st.html(note(hint))
        return
    numbers, answer = _finding.looked_at()
    shared, router = _session.under(numbers), _session.router_under(numbers)
    try:
        spotted = at_point(shared, answer.laydown, *at)
    except UnclearPlaceError:
        st.html(note(text("This point lies outside the area.")))
        return
    place = explain(shared, router, answer, spotted, here.month, measure=here.measure)
    words = PlaceWords(shared, answer, language)
    both = _finding.compared()
    if both is not None:
        st.html(note(text("Answered for B: {plan}", plan=both[1].called(language))))
    donor = here.donor if here.donor in answer.laydown.sites.index else ""
    found = closings(shared, router, answer, place, donor=donor)
    force, *tiers = (None if each.open is Open.REACHED else each for each in found)
    st.html(place_head(place, force, words, shared.method, language))
    st.html(place_tiers(place, tiers, words, language))
    if any(each.open is not Open.REACHED for each in found):
        _donor(words, answer.laydown.sites.index, donor, language)
    st.html(place_year(place, language))
    _violence(place, language)
    if both is None:
        st.button(
            text("Propose a site here"),
            key="proposehere",
            type="primary",
            icon=":material/add_location_alt:",
            width="stretch",
            on_click=lambda: _proposal.propose(*at),
        )


def _donor(words: PlaceWords, site_ids: Iterable[str], donor: str, language: Language) -> None:
    """Ask who gives what would close a gap: it says then what the donor and those around it lose."""
    text, key = language.text, f"donor_{language.code}"
    named = {str(each): words.site(str(each)) for each in site_ids}
    # Of two sites with one name a list would only ever choose the last.
    often = Counter(named.values())
    named = {each: name if often[name] == 1 else f"{name} ({each})" for each, name in named.items()}
    _session.preset(key, donor)
    st.selectbox(
        text("What would close it is taken from"),
        ["", *sorted(named, key=lambda each: (named[each], each))],
        format_func=lambda each: printable(named[each] if each else text("nobody: new posts")),
        key=key,
        on_change=lambda: _session.choose(donor=str(_session.widget_value(key) or "")),
    )


def _sketch(language: Language) -> None:
    """Say what an area drawn on the map holds."""
    text, here = language.text, _session.choices()
    _say.caption(text("Click corner after corner; three make an area. Drawing proposes no site."))
    inside = _within(here.sketch)
    if inside is not None:
        _say.sentence(
            text(
                "About {people} people; Force {force}, Mission {mission} of the need there.",
                people=language.people(inside.people),
                force=language.percent(inside.shares[0]),
                mission=language.percent(inside.shares[1]),
            )
        )
    st.button(
        text("Clear the drawing"),
        disabled=not here.sketch,
        width="stretch",
        on_click=lambda: _session.choose(sketch=()),
    )
    st.button(
        text("Done measuring"),
        width="stretch",
        on_click=lambda: _session.choose(sketch=(), drawing=False),
    )


def _violence(place: Place, language: Language) -> None:
    """Say what was found in the incidents there; the first time it takes a while, so only if asked for."""
    if not _session.choices().violence_told:
        st.button(
            language.text("What the incidents say of this place"),
            icon=":material/crisis_alert:",
            width="stretch",
            key="violence",
            on_click=lambda: _session.choose(violence_told=True),
        )
        return
    for line in violence_there(
        _session.violence_as_shipped(), _session.prepared(), place.stand.spot.cell, language
    ):
        _say.caption(line)
    _say.link(
        "hotspots", plain(language.text("Hotspots and months that return")), icon=":material/crisis_alert:"
    )


def _within(corners: tuple[tuple[float, float], ...]) -> Inside | None:
    """Return what an area drawn on the map holds in the month chosen: people, Force, Mission."""
    shared, here = _session.prepared(), _session.choices()
    cells = cells_in(shared.area, corners)
    if cells is None:
        return None
    delivered = _session.reviewed(here.scenario).delivery
    drawn = (Indicator.FORCE, Indicator.MISSION)
    levels = [level_of(delivered, each, here.month) for each in drawn]
    inside = held(shared.area, cells, shared.surfaces[str(here.measure)][here.month - 1], levels)
    gone = _session.unknown()
    shares = [nan if each in gone else share for each, share in zip(drawn, inside.shares, strict=True)]
    return replace(inside, shares=tuple(shares))
