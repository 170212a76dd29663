"""Public location problems on the command line: files as others publish them, solved with a bound."""

# What reads files and reckons takes a second to import, so the commands import it.
# ruff: noqa: PLC0415

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from footprint.cli import tables
from footprint.cli.common import faults_said, print_json
from footprint.cli.grouped import Output, grouped
from footprint.language import Language

if TYPE_CHECKING:
    from footprint.siting.answer import SitingAnswer
    from footprint.siting.solving import Effort
    from footprint.siting.world import SitingWorld

bench_app = typer.Typer(
    help="Solve public location problems, with objective, bound, gap and time.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

BenchFile = Annotated[
    Path,
    typer.Argument(metavar="FILE", help="p-median, set covering, coordinates, edges or distances."),
]
Sites = Annotated[int | None, typer.Option("--p", min=1, help="How many sites; the file's own if left out.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchAsked:
    """How long a search may go on."""

    seconds: Annotated[float, typer.Option(min=0.1, max=86_400, help="Time allowed [s].")] = 60.0
    gap: Annotated[
        float, typer.Option(min=0, max=1, help="Gap at which to stop [share]; 0 goes on to the optimum.")
    ] = 0.0


@bench_app.command("cover")
@grouped
def cover(
    *,
    file: BenchFile,
    radius: Annotated[
        float | None,
        typer.Option(min=0, help="Distance within which a site covers, itself included; the file's unit."),
    ] = None,
    p: Sites = None,
    every: Annotated[
        bool, typer.Option("--set", help="Cover all demand at least cost, whatever the file says of p.")
    ] = False,
    search: SearchAsked,
    output: Output,
) -> None:
    """Cover as much demand as p sites can; without p, all of it with as few or as cheap sites as can be."""
    if every and p is not None:
        raise typer.BadParameter("give one of --p and --set")
    with faults_said(output.lang):
        from footprint.siting.reading import read_siting
        from footprint.siting.solving import solve_cover

        world, effort = read_siting(file), _effort(search)
        answer = solve_cover(world, effort, radius=radius, p=p, every=every)
        _show(world, answer, effort, radius, output)


@bench_app.command("median")
@grouped
def median(
    *,
    file: BenchFile,
    p: Sites = None,
    centre: Annotated[
        bool, typer.Option("--centre", help="Make the farthest distance small, not the sum (p-centre).")
    ] = False,
    search: SearchAsked,
    output: Output,
) -> None:
    """Choose p sites so that the sum of weight times distance is least (p-median)."""
    with faults_said(output.lang):
        from footprint.siting.reading import read_siting
        from footprint.siting.solving import solve_median

        world, effort = read_siting(file), _effort(search)
        answer = solve_median(world, effort, p=p, centre=centre)
        _show(world, answer, effort, None, output)


def _effort(search: SearchAsked) -> Effort:
    from footprint.siting.solving import Effort

    return Effort(seconds=search.seconds, gap=search.gap)


def _show(
    world: SitingWorld, result: SitingAnswer, effort: Effort, radius: float | None, output: Output
) -> None:
    from footprint.documents.siting import siting_document

    document = siting_document(world, result, effort, radius=radius)
    if output.as_json:
        print_json(document)
        return
    from footprint.cli.bench_table import show_siting

    show_siting(tables.console(), document, world.notes, Language(output.lang))
