"""Options on the command line: what to open, close and move within limits, and how near the best it is."""

# What reads maps or reckons takes seconds to import, so the command imports it itself.
# ruff: noqa: PLC0415

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from footprint.cli import arguments, tables
from footprint.cli.answered import answered
from footprint.cli.common import Step, faults_said, load_prepared, print_json, speaking
from footprint.cli.grouped import Output, grouped
from footprint.cli.options_choices import TableAsked, read_choices, write_table
from footprint.cli.paths import bundled_case
from footprint.language import Language
from footprint.objectives import Measure

if TYPE_CHECKING:
    from footprint.caveats import Caveat
    from footprint.documents.layout.options import OptionsDocument
    from footprint.options.choices import ChoiceSet
    from footprint.options.engine import OptionsQuestion
    from footprint.options.session import Inquired
    from footprint.prepared import Prepared


_MOST_USD = 1e15
"""More than this no table may cost either."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AimAsked:
    """What is to be raised."""

    aim: Annotated[str, typer.Option(metavar="WHAT", help="mission, force, tier-1, tier-2 or tier-3.")] = (
        "mission"
    )
    of: Annotated[
        str,
        typer.Option(metavar="UNIT", help="objectives, area, one objective, or a unit of the first level."),
    ] = "objectives"
    then: Annotated[
        str | None, typer.Option(metavar="WHAT[@UNIT]", help="Raised next, without loss to the first.")
    ] = None
    mean_share: Annotated[
        float, typer.Option(min=0, max=1, help="Weight of the year's mean; the rest is the worst season's.")
    ] = 0.5
    measure: Annotated[
        Measure, typer.Option("--measure", help="Whose need counts outside the objectives.")
    ] = Measure.BLEND


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitsAsked:
    """What there is beyond today."""

    one_off: Annotated[
        float | None,
        typer.Option(metavar="USD", min=0, help="Budget of changes; no limit if left out."),
    ] = None
    more_recurrent: Annotated[
        float, typer.Option(metavar="USD", help="By how much the cost of a year may rise; inf is no limit.")
    ] = 0.0
    more_posts: Annotated[int, typer.Option(metavar="N", help="Posts beyond today's.")] = 0
    more: Annotated[
        str, typer.Option(metavar="KIND=COUNT,…", help="Assets beyond those that stand today.")
    ] = ""
    free_assets: Annotated[
        bool, typer.Option("--free-assets", help="Do not count assets: all come from outside.")
    ] = False
    mobile: Annotated[
        int | None, typer.Option(metavar="N", min=0, help="Units for new seasonal sites, in any month.")
    ] = None
    either: Annotated[
        list[str] | None, typer.Option(metavar="PLACE,PLACE", help="At most one of these may change; repeat.")
    ] = None
    floor: Annotated[
        list[str] | None,
        typer.Option(metavar="UNIT=SHARE", help="Least worst season of a unit's Mission footprint; repeat."),
    ] = None
    donor_drop: Annotated[
        float | None,
        typer.Option(min=0, max=1, help="A region that gives may lose so much in its worst season."),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionsSearchAsked:
    """How long, and what beside the best plan."""

    seconds: Annotated[
        float | None, typer.Option(min=1, max=3600, help="Time to search for the best plan; the method's.")
    ] = None
    gap: Annotated[
        float | None, typer.Option(min=0, max=0.5, help="Share at which the search ends; the method's.")
    ] = None
    alternatives: Annotated[
        int | None, typer.Option(min=1, max=20, help="Plans beside one another, at most; the method's.")
    ] = None
    why_not: Annotated[
        list[str] | None,
        typer.Option(metavar="PLACE", help="What a change of this place would cost; repeat."),
    ] = None
    frontier: Annotated[
        bool, typer.Option("--frontier", help="Also the best plan for each of ten budgets.")
    ] = False
    sure: Annotated[
        bool,
        typer.Option("--sure", help="Also bands of the plans over 200 common draws, and who is told apart."),
    ] = False


def question_of(
    prepared: Prepared, choices: ChoiceSet, aim: AimAsked, limits: LimitsAsked
) -> OptionsQuestion:
    """
    Return what is asked, from words.

    Parameters
    ----------
    prepared
        The area.
    choices
        The table.
    aim, limits
        As typed.
    """
    from footprint.options.asking import AskedFigure, aim_of, floors_of
    from footprint.options.engine import OptionsQuestion
    from footprint.options.problem import Limits

    stages = [[AskedFigure(aim.aim, aim.of)]]
    if aim.then:
        what, _, of = aim.then.partition("@")
        stages.append([AskedFigure(what, of or aim.of)])
    names = sorted({(choice.place, choice.name) for choice in choices.choices})
    floors = [_floor(each) for each in limits.floor or ()]
    own = Limits(
        one_off_usd=_cap(limits.one_off, "--one-off"),
        more_recurrent_usd=_cap(limits.more_recurrent, "--more-recurrent"),
        more_posts=limits.more_posts,
        more_assets=tuple(sorted(arguments.counts(limits.more, "--more").items())) if limits.more else (),
        free_assets=limits.free_assets,
        mobile_units=limits.mobile,
        either_or=tuple(
            tuple(_place_id(part.strip(), names) for part in each.split(",")) for each in limits.either or ()
        ),
        floors=floors_of(prepared, floors),
        donor_drop=limits.donor_drop,
    )
    return OptionsQuestion(choices, aim_of(prepared, stages, aim.mean_share), own, aim.measure)


def _cap(value: float | None, option: str) -> float | None:
    """Return a limit; inf is none."""
    if value is not None and value != float("inf") and not abs(value) <= _MOST_USD:
        raise typer.BadParameter("it must be a number; inf is no limit", param_hint=option)
    return None if value == float("inf") else value


def _place_id(text: str, names: Sequence[tuple[str, str]]) -> str:
    """Return the identifier of a place that is given by its name; anything else as it is."""
    from footprint.options.naming import number_named

    number = number_named(text, names)
    return text if number is None else names[number][0]


def _floor(text: str) -> tuple[str, float]:
    unit, _, least = text.rpartition("=")
    try:
        return unit.strip(), float(least)
    except ValueError:
        raise typer.BadParameter(f"write UNIT=SHARE, such as NORTH=0.05, not {text!r}") from None


@grouped
def options(
    *, table: TableAsked, aim: AimAsked, limits: LimitsAsked, search: OptionsSearchAsked, output: Output
) -> None:
    """Find what to open, close and move within limits, and how near the best it is."""
    if table.columns:
        from footprint.cli.options_columns import show_columns

        show_columns(tables.console(), Language(output.lang))
        return
    with faults_said(output.lang):
        with tables.progress(5) as step:
            prepared = load_prepared(table.area or bundled_case(), step)
            choices, lost = read_choices(table, prepared)
            language = speaking(output.lang, prepared.area)
            if table.write_table is None:
                found = _found(
                    prepared, question_of(prepared, choices, aim, limits), search, step, output.lang
                )
        for note in lost:
            # Beside the document, which is alone on standard output.
            typer.echo(note.said(language), err=True)
        if table.write_table is not None:
            write_table(choices, table.write_table, language)
            return
        inquired, document, beside = found
        if output.as_json:
            print_json(document)
            return
        from footprint.cli.options_table import show_options

        screen = tables.console()
        with answered(screen, document, beside, language):
            show_options(screen, inquired, document, prepared, language)


def _found(
    prepared: Prepared, question: OptionsQuestion, search: OptionsSearchAsked, step: Step, lang: str
) -> tuple[Inquired, OptionsDocument, tuple[Caveat, ...]]:
    """Return everything found, the document and caveats."""
    from footprint.caveats import caveats
    from footprint.documents.options import Beside, options_document
    from footprint.options.choices import OptionError
    from footprint.options.inquiry import place_named, why_not
    from footprint.options.session import inquire, with_budgets, with_sureness
    from footprint.options.solve import SearchEffort

    places = question.choices.places(
        dict(zip(prepared.area.sites.index, prepared.area.sites["name"], strict=True))
    )
    for name in search.why_not or ():
        place_named(places, name)  # refused before the search, not after it
    numbers, router = prepared.method.options, prepared.router()
    gap = numbers.gap_share if search.gap is None else search.gap
    effort = SearchEffort(search.seconds or numbers.seconds, gap)
    found = inquire(prepared, router, question, effort, step, most=search.alternatives)
    if search.frontier:
        found = with_budgets(found, SearchEffort(2 * effort.seconds, gap), numbers.frontier_steps, step)
    forced = []
    for place in search.why_not or ():
        try:
            forced.append(why_not(found.engine, found.best, place, effort))
        except OptionError as error:
            # The plans are found: a question that makes no sense is told beside them.
            typer.echo(error.said(Language(lang)), err=True)
    if search.sure:
        found = with_sureness(prepared, router, found, step, lambda: None)
    beside = tuple(caveats(prepared, found.answer.plans[0].result))
    asked = Beside(found.frontier, forced, found.sure)
    return found, options_document(prepared, found.answer, asked, beside), beside
