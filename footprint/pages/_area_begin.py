"""Begin an area: which country, which day, what its year and its units are called; nothing is guessed."""

from __future__ import annotations

from datetime import date
from typing import BinaryIO, NamedTuple

import streamlit as st

from footprint.cli.paths import bundled_case
from footprint.language import Language
from footprint.pages import _area_year, _jobs, _own, _say, _session
from footprint.pages._say import plain
from footprint.serving.options import LARGEST_BROUGHT_MB
from footprint.shipped import outlines
from footprint.views.intake_map import area_picture
from layers.assemble.blank import (
    NewArea,
    begin_area,
    chosen_units,
    disputed,
    natural_earth,
    refuse_too_wide,
)
from layers.assemble.own_outline import brought_outline, own_origin
from layers.characters import printable
from layers.countries import (
    Country,
    CountryProposal,
    FirstLevelUnit,
    country_units,
    proposal,
    read_countries,
    whole,
)
from layers.equal_area import EqualArea, equal_area_system, proposed_cell_km
from layers.intake.own_areas import free_folder
from layers.manifest import EARLIEST, LARGEST_CELL_KM, LATEST, SMALLEST_CELL_KM
from layers.months_typed import TypedError, day_typed


class ChosenGround(NamedTuple):
    """Outline and units of an area to be made."""

    country: Country | None
    units: tuple[FirstLevelUnit, ...]
    file: str
    """Name of the file that they were brought by, "" for Natural Earth."""
    system: EqualArea


def form(language: Language) -> None:
    """Ask what an area is made of, show its outline, and begin it."""
    text = language.text
    _say.subheader(text("Begin an area"))
    left, right = st.columns([3, 2], gap="large")
    with left:
        ground = _ground(language)
    if ground is None:
        return
    with right:
        _outline(ground, language)
    with left:
        wanted = _asked(ground, language)
        if wanted is not None and st.button(
            text("Begin this area"), type="primary", icon=":material/flag:", key="begin_area"
        ):
            _begin(wanted, language)


def _ground(language: Language) -> ChosenGround | None:
    """Ask for a country, or an outline of one's own."""
    text = language.text
    countries = {each.iso3: each for each in read_countries(outlines())}
    names = sorted(countries, key=lambda code: _plain_order(countries[code].name(language.code)))
    code = st.selectbox(
        text("Country"),
        names,
        index=None,
        placeholder=text("Type its name"),
        format_func=lambda each: f"{printable(countries[each].name(language.code))} ({each})",
        key="begin_country",
    )
    if code is None:
        return _own_outline(language)
    country = countries[code]
    every = country_units(outlines(), country)
    chosen = st.multiselect(
        text("Only some of its first-level units"),
        [each.unit_id for each in every],
        placeholder=text("all of them"),
        format_func=lambda unit_id: printable(next(each.name for each in every if each.unit_id == unit_id)),
        key=f"begin_units_{code}",
    )
    units = chosen_units(every, tuple(chosen))
    return ChosenGround(country, units, "", equal_area_system(whole(units)))


def _plain_order(name: str) -> str:
    """Return a name as lists sort it: accents do not matter."""
    return name.casefold().translate(str.maketrans("àâäéèêëîïôöûüç", "aaaeeeeiioouuc"))


def _own_outline(language: Language) -> ChosenGround | None:
    """Ask for an outline of one's own instead of a country."""
    text = language.text
    with st.expander(text("Or an outline of your own, in any map format"), key="begin_own"):
        file = st.file_uploader(
            text("Outline"),
            max_upload_size=LARGEST_BROUGHT_MB,
            key="begin_outline",
            label_visibility="collapsed",
        )
        name = st.text_input(text("What the area is called"), key="begin_own_name")
    if file is None or not name.strip():
        if file is not None:
            _say.caption(text("Say what the area is called."))
        return None
    kept = _session.kept("outline_brought")
    if not isinstance(kept, tuple) or kept[0] != (file.file_id, name):
        units = _jobs.ended(
            f"outline_{file.file_id}",
            text("Looking at the file"),
            _outline_work(file.name, file, name),
            language,
        )
        kept = ((file.file_id, name), units)
        _session.keep("outline_brought", kept)
    return ChosenGround(None, kept[1], file.name, equal_area_system(whole(kept[1])))


def _outline_work(called: str, content: BinaryIO, name: str) -> _jobs.Work[tuple[FirstLevelUnit, ...]]:
    return lambda _: brought_outline(called, content, name)


def _outline(ground: ChosenGround, language: Language) -> None:
    """Show the outline and its units, and say what is disputed about them."""
    text = language.text
    km2 = language.number(ground.system.area_km2)
    words = language.plural("{n} unit, {km2} km²", "{n} units, {km2} km²", len(ground.units), km2=km2)
    st.html(area_picture([each.shape for each in ground.units], (), words, language))
    if ground.country is not None:
        _say.caption(
            text("Natural Earth, public domain; lines are approximate and no opinion on any boundary.")
        )
        if note := ground.country.note(language.code):
            _say.warning(note, icon=":material/border_style:")


def _asked(ground: ChosenGround, language: Language) -> NewArea | None:
    """Return all that is stated, None while something that must be is not."""
    text = language.text
    here = ground.country.iso3 if ground.country is not None else "own"
    names = _names(ground, here, language)
    day = _day(language)
    known = proposal(outlines(), ground.country) if ground.country is not None else CountryProposal()
    year = _area_year.year(here, known, language)
    words = _area_year.unit_words(here, known, language)
    cell_km = _cells(ground, here, language)
    if day is None or not names["en"]:
        _say.info(text("A day under review and a name must be there before the area can be begun."))
        return None
    country = ground.country
    return NewArea(
        names=names,
        outline_id=country.iso3 if country is not None else "AREA",
        units=ground.units,
        system=ground.system,
        frame_date=day,
        cell_km=cell_km,
        origin=natural_earth(country) if country is not None else own_origin(ground.file),
        languages=("fr", "en") if language.code == "fr" else ("en", "fr"),
        disclaimer=disputed(country) if country is not None else {},
        rains=year.rains,
        start_month=year.start_month,
        seasons=year.seasons,
        unit_words=words,
    )


def _day(language: Language) -> date | None:
    """Ask for the day under review; a calendar to click would be in English alone."""
    text = language.text
    typed = st.text_input(
        text("Day under review, as 2019-06-30"),
        help=text("Sites, people and events are taken as of this day."),
        key="begin_day",
    ).strip()
    if not typed:
        return None
    try:
        day = day_typed(typed)
    except TypedError as error:
        _say.error(f"{error.problem.said(language)}.")
        return None
    if not EARLIEST <= day <= LATEST:
        _say.error(text("{value} is no day; write 2019-06-30.", value=repr(typed)))
        return None
    if typed != str(day):
        _say.caption(text("Taken as {answer}.", answer=language.date(day)))
    return day


def _names(ground: ChosenGround, here: str, language: Language) -> dict[str, str]:
    """Ask for the area's name in both languages; the country's stands there first."""
    country = ground.country
    given = {code: country.name(code) for code in ("en", "fr")} if country is not None else {}
    if country is not None and len(ground.units) < country.units:
        parts = ": " + ", ".join(each.name for each in ground.units)
        given = {code: name + parts for code, name in given.items()}
        here = f"{here}_{hash(parts)}"
    own = str(_session.widget_value("begin_own_name") or "")
    columns = st.columns(2)
    labels = {"en": language.text("Name in English"), "fr": language.text("Name in French")}
    typed = {
        code: column.text_input(
            plain(labels[code]),
            value=given.get(code, own if code == "en" else ""),
            key=f"begin_name_{code}_{here}",
        ).strip()
        for code, column in zip(labels, columns, strict=True)
    }
    return {code: name for code, name in typed.items() if name or code == "en"}


def _cells(ground: ChosenGround, here: str, language: Language) -> float:
    """Ask for the side of the cells, and say how many there are."""
    text = language.text
    side = st.number_input(
        text("Side of the cells [km]"),
        min_value=float(SMALLEST_CELL_KM),
        max_value=float(LARGEST_CELL_KM),
        value=float(proposed_cell_km(ground.system.area_km2)),
        step=1.0,
        help=text("Everything is counted in square cells; smaller ones are slower."),
        key=f"begin_cell_{here}",
    )
    _say.caption(text("About {n} cells", n=language.number(ground.system.area_km2 / side**2)))
    return float(side)


def _begin(wanted: NewArea, language: Language) -> None:
    refuse_too_wide(wanted.system, wanted.names["en"])
    folder = free_folder(wanted.names["en"])
    folder.parent.mkdir(parents=True, exist_ok=True)

    def work(progress: _jobs.Progress) -> None:
        begin_area(folder, wanted, catalogues=bundled_case().parent / "catalogues", progress=progress)

    _jobs.ended("begin", language.text("Beginning the area"), work, language)
    _own.make(folder.name)
    st.rerun()
