"""Begin an area on the command line: which country, which day, what its year and its units are called."""

# What reads maps takes seconds to import, so the commands import it themselves.
# ruff: noqa: PLC0415

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from footprint.cli import tables
from footprint.cli.area_questions import (
    CALENDAR,
    CELL,
    DAY,
    NO_RAINS,
    SIDE_KM,
    UNITS,
    UNITS_FR,
    WHICH,
    Proposed,
    Questions,
    as_stated,
    units_beside,
    units_fr_beside,
)
from footprint.cli.arguments import Lang
from footprint.cli.common import faults_said
from footprint.cli.grouped import grouped
from footprint.cli.paths import bundled_case
from footprint.errors import FootprintError
from footprint.language import Language, msgid
from footprint.shipped import outlines

if TYPE_CHECKING:
    from layers.assemble.blank import NewArea
    from layers.countries import Country, CountryProposal, FirstLevelUnit

    Outline = tuple[Country | None, tuple[FirstLevelUnit, ...]]


MADE_FROM_RAINS = msgid("made from the months of rain")

Spoken = Annotated[Lang, typer.Option("--lang", help="Language of questions and answers.")]


def _day_option(text: str) -> datetime:
    from layers.months_typed import TypedError, day_typed

    try:
        return datetime.combine(day_typed(text), datetime.min.time())
    except TypedError as error:
        raise typer.BadParameter(str(error.problem)) from None


def _month_option(text: str) -> int:
    from layers.months_typed import TypedError, month_typed

    try:
        return month_typed(text)
    except TypedError as error:
        raise typer.BadParameter(str(error.problem)) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaWhere:
    """Which outline, and what the area is called."""

    country: Annotated[
        str | None, typer.Option(metavar="SSD", help="Code of three or two letters, or name, of a country.")
    ] = None
    outline: Annotated[
        Path | None, typer.Option(metavar="FILE", help="An outline of your own instead, in any map format.")
    ] = None
    only: Annotated[
        list[str] | None,
        typer.Option(metavar="UNIT", help="First-level unit to take alone; may be repeated."),
    ] = None
    name: Annotated[str | None, typer.Option(help="English name; the country's if left out.")] = None
    name_fr: Annotated[str | None, typer.Option("--name-fr", help="French name.")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class YearStated:
    """The day under review, and the country's year."""

    frame_date: Annotated[
        datetime | None,
        typer.Option(parser=_day_option, metavar="2019-06-30", help="Day under review; 30/06/2019 too."),
    ] = None
    rains: Annotated[
        str | None,
        typer.Option(metavar="4-11", help="Months in which roads are wet, Apr-Nov too; none: write none."),
    ] = None
    season: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=12-3", help='A season, "Dry season|Saison sèche=12-3"; may be repeated.'),
    ] = None
    start_month: Annotated[
        int | None,
        typer.Option(parser=_month_option, metavar="12", help="Month in which its year begins; Dec too."),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What units are called, and the size of the cells."""

    units: Annotated[
        str | None, typer.Option(metavar="state,states;county,counties", help="What units are called.")
    ] = None
    units_fr: Annotated[
        str | None, typer.Option("--units-fr", metavar="État,États;comté,comtés", help="The same in French.")
    ] = None
    cell_km: Annotated[
        float | None,
        typer.Option("--cell-km", min=SIDE_KM[0], max=SIDE_KM[1], help="Side of the cells [km]."),
    ] = None


@grouped
def new(
    *,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Area folder to make.")],
    whereabouts: AreaWhere,
    year: YearStated,
    wording: Wording,
    lang: Spoken = Lang.EN,
) -> None:
    """Begin an area: outline, units and year; every other layer empty, to be filled or brought."""
    from layers.assemble.blank import begin_area, refuse_taken

    language = Language(lang)
    with faults_said(lang):
        # What options state is refused before anything is asked: no answer is lost by it.
        refuse_taken(folder)
        year = _as_typed(year)
        ask = Questions.here(language)
        wording = _words_as_typed(wording, ask)
        outline = _outline(whereabouts, ask, lang)
        wanted = _wanted(outline, whereabouts, year, wording, ask)
        begin_area(folder, wanted, catalogues=bundled_case().parent / "catalogues")
        from footprint.cli.area_begun import show_begun

        show_begun(tables.console(), folder, wanted, language)


@grouped
def countries(*, lang: Spoken = Lang.EN) -> None:
    """List the countries whose outline comes with the program, and what is disputed about each."""
    from footprint.cli.area_begun import show_countries
    from layers.countries import read_countries

    show_countries(tables.console(), read_countries(outlines()), Language(lang))


def _outline(where: AreaWhere, ask: Questions, lang: str) -> Outline:
    """Return the country, none for an outline of one's own, and the first-level units to take."""
    from layers.assemble.blank import chosen_units
    from layers.countries import country_units, find_country, read_countries
    from layers.sentences import say

    if where.outline is not None and (where.country is not None or where.only):
        raise FootprintError(say("Give --country or --outline; --only goes with --country."))
    if where.outline is not None:
        from layers.assemble.own_outline import own_outline

        if where.name is None:
            raise FootprintError(say("Say what the area is called with --name."))
        return None, own_outline(where.outline, where.name)
    known = read_countries(outlines())
    which = replace(WHICH, read=lambda typed: find_country(known, typed).iso3)
    country = find_country(known, where.country or ask.text(which))
    ask.tell(country.note(lang))
    return country, chosen_units(country_units(outlines(), country), tuple(where.only or ()))


def _wanted(
    outline: Outline, where: AreaWhere, year: YearStated, wording: Wording, ask: Questions
) -> NewArea:
    """Return all that is stated, asked for where it is not."""
    from layers.assemble.blank import NewArea, disputed, natural_earth, read_season, refuse_too_wide
    from layers.assemble.own_outline import own_origin
    from layers.countries import CountryProposal, proposal, whole
    from layers.equal_area import equal_area_system, proposed_cell_km

    country, units = outline
    names = _names(country, units if where.only else (), where)
    system = equal_area_system(whole(units))
    refuse_too_wide(system, names["en"])
    proposed = proposed_cell_km(system.area_km2)
    # In the order in which they are asked.
    day = year.frame_date.date() if year.frame_date else date.fromisoformat(ask.day(DAY))
    cell_km = wording.cell_km or ask.number(CELL, default=proposed, km2=system.area_km2)
    known = CountryProposal() if country is None else proposal(outlines(), country)
    ask = ask.at_once(_proposals(year, wording, known))
    calendar = _calendar(year, known, ask)
    return NewArea(
        names=names,
        outline_id=country.iso3 if country is not None else "AREA",
        units=units,
        system=system,
        frame_date=day,
        cell_km=cell_km,
        origin=natural_earth(country) if country is not None else own_origin(_file_of(where)),
        languages=("fr", "en") if ask.language.code == "fr" else ("en", "fr"),
        disclaimer=disputed(country) if country is not None else {},
        rains=calendar.rains,
        start_month=calendar.start_month,
        seasons=tuple(read_season(text) for text in calendar.season or ()),
        unit_words=_unit_words(wording, known, ask),
    )


def _as_typed(year: YearStated) -> YearStated:
    """Return the year as options state it, months as they are kept."""
    rains, season, _ = CALENDAR
    if year.rains is not None:
        year = replace(year, rains=as_stated(rains, year.rains))
    if year.season:
        year = replace(year, season=as_stated(season, ";".join(year.season)).split("; "))
    return year


def _words_as_typed(wording: Wording, ask: Questions) -> Wording:
    """Return what units are called as options state it; French words alone need somebody to ask."""
    units, units_fr = wording.units, wording.units_fr
    if units is not None:
        units = as_stated(UNITS, units)
    if units_fr is not None:
        is_alone = units is None and ask.can_ask
        units_fr = as_stated(UNITS_FR if is_alone else units_fr_beside(units or ""), units_fr)
    return replace(wording, units=units, units_fr=units_fr)


def _file_of(where: AreaWhere) -> str:
    return where.outline.name if where.outline is not None else ""


def _names(country: Country | None, only: tuple[FirstLevelUnit, ...], where: AreaWhere) -> dict[str, str]:
    """Return the area's name by language; of part of a country with the parts."""
    if country is None or where.name is not None:
        given = {"en": where.name or "", "fr": where.name_fr or ""}
        return {language: name for language, name in given.items() if name}
    parts = ": " + ", ".join(unit.name for unit in only) if only else ""
    return {language: name + parts for language, name in country.names} | (
        {"fr": where.name_fr} if where.name_fr else {}
    )


def _calendar(year: YearStated, known: CountryProposal, ask: Questions) -> YearStated:
    """Return the year as stated or asked, what is known of it proposed; what stays empty is not stated."""
    rains, season, start = CALENDAR
    stated = year
    if year.rains is None:
        stated = replace(stated, rains=ask.optional(rains, known.rains or "", known.rains_from))
    if stated.rains == NO_RAINS:
        stated = replace(stated, rains="")
    if year.season is None:
        two = _two_seasons(stated.rains or "") if known.rains else ""
        typed = ask.optional(season, two, MADE_FROM_RAINS)
        stated = replace(stated, season=[each.strip() for each in typed.split(";")] if typed else None)
    if year.start_month is None:
        month = ask.optional(start, str(known.start_month or ""), known.rains_from)
        stated = replace(stated, start_month=int(month) if month else None)
    return stated


def _proposals(year: YearStated, wording: Wording, known: CountryProposal) -> list[Proposed]:
    """Return what is known of a country and nobody has stated, in the order in which it is asked."""
    from layers.assemble.blank import read_unit_forms

    rains, season, start = CALENDAR
    made: list[Proposed] = []
    if year.rains is None and known.rains:
        made.append(Proposed(rains, known.rains, known.rains_from))
    wet = year.rains if year.rains is not None else known.rains
    two = _two_seasons(wet) if known.rains and wet and wet != NO_RAINS else ""
    if year.season is None and two:
        made.append(Proposed(season, two, MADE_FROM_RAINS))
    if year.start_month is None and known.start_month:
        made.append(Proposed(start, str(known.start_month), known.rains_from))
    english = wording.units or _forms(known, "en")
    if not wording.units and not wording.units_fr and english:
        made.append(Proposed(UNITS, english, known.units_from))
    french = _forms(known, "fr", beside=read_unit_forms(english)) if english else ""
    if not wording.units_fr and french:
        made.append(Proposed(UNITS_FR, french, known.units_from))
    return made


def _two_seasons(rains: str) -> str:
    """Return the dry season and the rains as they are typed, "" where rains are no single span of months."""
    from layers.assemble.blank import two_seasons

    return "; ".join(f"{each.labels['en']}|{each.labels['fr']}={each.months}" for each in two_seasons(rains))


def _unit_words(
    wording: Wording, known: CountryProposal, ask: Questions
) -> dict[str, dict[str, tuple[str, str]]]:
    """Return the words for units by level and language; those that nobody states are left out."""
    from layers.assemble.blank import read_unit_forms

    asked = units_beside(wording.units_fr) if wording.units_fr else UNITS
    english = wording.units or ask.optional(asked, _forms(known, "en"), known.units_from)
    french = wording.units_fr
    if english and not french:
        proposed = _forms(known, "fr", beside=read_unit_forms(english))
        french = ask.optional(units_fr_beside(english), proposed, known.units_from)
    words: dict[str, dict[str, tuple[str, str]]] = {}
    for spoken, text in {"en": english, "fr": french}.items():
        for level, forms in (read_unit_forms(text) if text else {}).items():
            words.setdefault(level, {})[spoken] = forms
    return words


def _forms(known: CountryProposal, language: str, beside: Mapping[str, tuple[str, str]] | None = None) -> str:
    """Return words proposed for units as they are typed, as far as English ones `beside` are proposed."""
    levels = takewhile(
        lambda level: beside is None or beside.get(level) == known.unit_words[level]["en"], known.unit_words
    )
    return ";".join(",".join(known.unit_words[level][language]) for level in levels)
