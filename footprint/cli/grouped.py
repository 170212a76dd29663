"""Grouped: options that belong together, typed as one value, asked one by one on the command line."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass, replace
from pathlib import Path
from typing import Annotated, get_type_hints

import typer

from footprint.cli.arguments import Lang
from footprint.objectives import Measure

AreaFolder = Annotated[
    Path | None, typer.Argument(metavar="[AREA]", help="Area folder; the bundled case if left out.")
]
Years = Annotated[str | None, typer.Option("--years", metavar="A-B", help="Years, such as 2015-2018.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewAsked:
    """What a review is asked of, and whose need counts."""

    area: AreaFolder = None
    scenario: Annotated[
        Path | None, typer.Option("--scenario", exists=True, dir_okay=False, help="Scenario file.")
    ] = None
    measure: Annotated[
        Measure, typer.Option("--measure", help="Whose need counts outside the objectives.")
    ] = Measure.BLEND


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Which part of the year is printed: all of it together if nothing is named."""

    month: Annotated[int | None, typer.Option(min=1, max=12, help="One month.")] = None
    season: Annotated[str | None, typer.Option(metavar="NAME", help="One season, such as RAINS.")] = None
    each: Annotated[bool, typer.Option("--all", help="Every month by itself.")] = False

    def __post_init__(self) -> None:
        """Refuse two parts of the year at once."""
        if (self.month is not None) + (self.season is not None) + self.each > 1:
            raise typer.BadParameter("give one of --month, --season and --all")


@dataclass(frozen=True, slots=True, kw_only=True)
class HotspotsAsked:
    """What hotspots are asked of, beyond the months before the frame date."""

    years: Years = None
    whole_record: Annotated[
        bool, typer.Option("--whole-record", help="All years, not the last 36 months.")
    ] = False
    raw_counts: Annotated[
        bool, typer.Option("--raw-counts", help="Counts as they are, not log(1 + count).")
    ] = False
    pooled_steps: Annotated[
        bool, typer.Option("--pooled-steps", help="Classes in which each step is compared with all steps.")
    ] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedSite:
    """One site as it is typed."""

    at: Annotated[str, typer.Option("--at", metavar="LON,LAT", help="Where, in degrees.")]
    assets: Annotated[
        str, typer.Option(metavar="KIND=COUNT,…", help="What it holds, such as infantry_company=1.")
    ]
    name: Annotated[str, typer.Option(help="What it is called.")] = "Proposal"
    months: Annotated[str, typer.Option(help='Months open, such as "10-1".')] = "all"
    donor: Annotated[
        str | None, typer.Option("--from", metavar="SITE", help="Site that gives all the assets.")
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceAsked:
    """One place and month to be explained."""

    place: Annotated[
        str | None,
        typer.Argument(metavar="PLACE", help='A town, unit or site; or latitude first, "14.07, -3.52".'),
    ] = None
    month: Annotated[
        int | None, typer.Option(min=1, max=12, help="One month; the area's first if left out.")
    ] = None
    donor: Annotated[
        str | None, typer.Option("--from", metavar="SITE", help="Site that gives what would close it.")
    ] = None

    def place_of(self, asked: ReviewAsked) -> tuple[ReviewAsked, str]:
        """Return what a review is asked, and the place; a word alone is a place of the bundled case."""
        if self.place is not None:
            return asked, self.place
        if asked.area is None:
            raise typer.BadParameter("name a town, unit or site, or write '14.07, -3.52'", param_hint="PLACE")
        return replace(asked, area=None), str(asked.area)


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """How an answer is printed."""

    as_json: Annotated[bool, typer.Option("--json", help="Print a document for other programs.")] = False
    lang: Annotated[Lang, typer.Option("--lang", help="Language of tables and sentences.")] = Lang.EN


def grouped(command: Callable[..., None]) -> Callable[..., None]:
    """
    Return a command that asks for each field of its groups, and hands them on as values.

    Parameters
    ----------
    command
        Its parameters are plain options or dataclasses such as those above, by keyword.

    Notes
    -----
    Typer reads options from a signature, so the signature is what this spells out.
    """
    asked = inspect.signature(command, eval_str=True).parameters
    groups: dict[str, type] = {
        name: own.annotation
        for name, own in asked.items()
        if isinstance(own.annotation, type) and is_dataclass(own.annotation)
    }

    def ask(**typed: object) -> None:
        values = {
            name: group(**{each.name: typed.pop(each.name) for each in fields(group)})
            for name, group in groups.items()
        }
        command(**values, **typed)

    spelled = [
        single
        for name, own in asked.items()
        for single in (_parameters(groups[name]) if name in groups else [own])
    ]
    ask.__name__, ask.__doc__ = command.__name__, command.__doc__
    ask.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [single.replace(kind=inspect.Parameter.KEYWORD_ONLY) for single in spelled]
    )
    ask.__annotations__ = {single.name: single.annotation for single in spelled}
    return ask


def _parameters(group: type) -> list[inspect.Parameter]:
    hints = get_type_hints(group, include_extras=True)
    return [
        inspect.Parameter(
            each.name, inspect.Parameter.KEYWORD_ONLY, default=_default(each), annotation=hints[each.name]
        )
        for each in fields(group)
    ]


def _default(field: Field[object]) -> object:
    return inspect.Parameter.empty if field.default is MISSING else field.default
