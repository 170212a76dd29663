"""Stagger on the command line: which of alike mobile units stands where in which months."""

# What reads maps or reckons takes seconds to import, so the command imports it itself.
# ruff: noqa: PLC0415

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from footprint.cli import tables
from footprint.cli.answered import answered
from footprint.cli.common import faults_said, load_prepared, print_json, refuse, speaking
from footprint.cli.grouped import AreaFolder, Output, grouped
from footprint.cli.paths import bundled_case
from footprint.cli.stagger_table import show_stagger

if TYPE_CHECKING:
    from footprint.language import Language
    from footprint.options.stagger import Staggered
    from footprint.options.stagger_question import MobilePlace, Staggering
    from footprint.prepared import Prepared
    from footprint.travel.router import Router

_MONTHS = 12
_MOST_PLACES = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class MobileAsked:
    """Mobile units, where they may stand, and the rules of their stays."""

    units: Annotated[int, typer.Option(min=1, max=50, help="How many mobile units, all alike.")]
    package: Annotated[str, typer.Option(help="Package of assets that each unit is.")] = "integrated_base"
    places: Annotated[
        str,
        typer.Option(
            metavar="K|PLACE,…",
            help="How many places are looked for; or names of towns and units, and coordinates, latitude "
            'first, such as "Old Ford, 14.07, -3.52".',
        ),
    ] = "24"
    stay: Annotated[
        str | None,
        typer.Option(metavar="A-B", help="Months of a stay, such as 2-6; the method's if left out."),
    ] = None
    rest: Annotated[
        int | None, typer.Option(min=0, max=11, help="Months of rest after each; the method's if left out.")
    ] = None
    notice: Annotated[int, typer.Option(min=0, max=11, help="Months on the way before each stay.")] = 0
    worst: Annotated[
        float, typer.Option(min=0, max=1, help="Weight of the worst season; the rest is the year's mean.")
    ] = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeking:
    """How long stays are sought, and what need follows."""

    seconds: Annotated[
        float | None, typer.Option(min=1, max=3600, help="Time to search; the method's if left out.")
    ] = None
    calendar: Annotated[
        bool,
        typer.Option(
            "--calendar/--no-calendar", help="Need follows the calendar of return where that has earned it."
        ),
    ] = True
    plan: Annotated[
        Path | None,
        typer.Option(
            "--plan", dir_okay=False, help="Write the plan to this file, for footprint plan import."
        ),
    ] = None
    html: Annotated[
        Path | None, typer.Option("--html", dir_okay=False, help="Write the chart as a page to this file.")
    ] = None


@grouped
def stagger(*, area: AreaFolder = None, asked: MobileAsked, seeking: Seeking, output: Output) -> None:
    """Print which mobile units stand where in which months of every year, and what that adds."""
    span = _span(asked.stay)
    with faults_said(output.lang):
        with tables.progress(5) as step:
            prepared = load_prepared(area or bundled_case(), step)
            if seeking.calendar:
                step("looking for what comes back")
                prepared = _following(prepared)
            router = prepared.router()
            language = speaking(output.lang, prepared.area)
            step("finding places")
            question = _question(prepared, router, asked, span, language)
            step("seeking stays")
            found = _found(prepared, router, question, seeking.seconds)
            from footprint.caveats import caveats
            from footprint.documents.stagger import stagger_document

            beside = tuple(caveats(prepared, found.review))
            document = stagger_document(prepared, found, beside)
        start = prepared.area.start_month
        order = [(start - 1 + step) % _MONTHS + 1 for step in range(_MONTHS)]
        if seeking.plan is not None:
            from footprint.scenario import dumps

            rests_on = found.review.provenance.document
            text = dumps(found.plan, area=prepared.area, provenance=rests_on)
            _written(seeking.plan, text, language)
        if seeking.html is not None:
            from footprint.views.gantt import gantt_page

            names, day = prepared.area.names, language.date(prepared.area.frame_date)
            heading = f"{names.get(language.code, names['en'])}, {language.text('as of {date}', date=day)}"
            notes = [notice.said(language) for notice in beside]
            _written(seeking.html, gantt_page(found, order, language, heading, notes), language)
        if output.as_json:
            print_json(document)
            return
        screen = tables.console()
        with answered(screen, document, beside, language, subject=document.subject):
            show_stagger(screen, document, order, language)


def _span(text: str | None) -> tuple[int, int] | None:
    """Return shortest and longest stay of "2-6"."""
    if text is None:
        return None
    first, _, last = text.partition("-")
    if not all(each.isdecimal() and len(each) <= 2 for each in (first, last or first)):  # noqa: PLR2004
        raise typer.BadParameter(f"{text!r} is no span of months; write 2-6", param_hint="--stay")
    return int(first), int(last or first)


def _following(prepared: Prepared) -> Prepared:
    """Return the area with need that follows its calendar of return, where that has earned it anywhere."""
    from footprint.prepared import with_profile
    from footprint.violence import Question, cell_profile, find_patterns

    profile = find_patterns(prepared.area, Question(), prepared.method.violence).profile
    return (
        with_profile(prepared, cell_profile(profile, prepared.districts))
        if profile.earned.any()
        else prepared
    )


def _question(
    prepared: Prepared,
    router: Router,
    asked: MobileAsked,
    span: tuple[int, int] | None,
    language: Language,
) -> Staggering:
    """Return the question, its places found."""
    from dataclasses import replace

    from footprint.options.stagger import candidate_places, package_assets, suggested_places
    from footprint.options.stagger_question import usual_staggering

    number = int(asked.places) if asked.places.isdecimal() and len(asked.places) <= 2 else None  # noqa: PLR2004
    if number is not None and not 1 <= number <= _MOST_PLACES:
        raise typer.BadParameter(f"1 to {_MOST_PLACES} places can be looked for", param_hint="--places")
    places = _named(prepared, asked.places) if number is None else candidate_places(prepared, number)
    question = usual_staggering(
        prepared.method.options,
        units=asked.units,
        assets=package_assets(prepared.method, asked.package),
        places=places,
    )
    shortest, longest = span or (question.stay_min_months, question.stay_max_months)
    question = replace(
        question,
        stay_min_months=shortest,
        stay_max_months=longest,
        rest_months=question.rest_months if asked.rest is None else asked.rest,
        notice_months=asked.notice,
        mean_share=1 - asked.worst,
        name=language.plural("{n} mobile unit", "{n} mobile units", asked.units),
    )
    if number is None:
        return question
    question.must_make_sense()
    return replace(question, places=suggested_places(prepared, router, question, number))


def _named(prepared: Prepared, text: str) -> tuple[MobilePlace, ...]:
    """Return places by the names of towns, units or coordinates, as people type them."""
    from footprint.options.stagger import named_places
    from footprint.place.listed import listed_places

    return named_places(prepared, listed_places(text))


def _found(prepared: Prepared, router: Router, question: Staggering, seconds: float | None) -> Staggered:
    from footprint.options.solve import SearchEffort
    from footprint.options.stagger import stagger as seek

    numbers = prepared.method.options
    return seek(prepared, router, question, SearchEffort(seconds or numbers.seconds, numbers.gap_share))


def _written(file: Path, content: str, language: Language) -> None:
    """Write a file, and say so on standard error; it names places."""
    try:
        file.write_text(content, encoding="utf-8")
    except OSError as error:
        refuse(
            language.text("{file} cannot be written: {reason}.", file=file.name, reason=str(error.strerror))
        )
    text = language.text("Written: {file}. It names places; treat it as confidential.", file=file.name)
    tables.console(error=True).print(text)
