"""Table of choices on the command line: read, suggested, filled from plans, and written to be edited."""

# What reads maps or reckons takes seconds to import, so the command imports it itself.
# ruff: noqa: PLC0415

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from footprint.cli import tables
from footprint.cli.common import refuse
from footprint.cli.grouped import AreaFolder

if TYPE_CHECKING:
    from footprint.language import Language
    from footprint.options.choices import Choice, ChoiceSet
    from footprint.prepared import Prepared
    from layers.sentences import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class TableAsked:
    """Which choices there are."""

    area: AreaFolder = None
    choices: Annotated[
        Path | None,
        typer.Option(
            exists=True,
            dir_okay=False,
            help="Table of choices (CSV, 5,000 rows at most); a suggested one if left out.",
        ),
    ] = None
    places: Annotated[
        int, typer.Option(min=0, max=500, help="New places in a suggested table, seats and towns first.")
    ] = 40
    plan: Annotated[
        list[Path] | None,
        typer.Option(
            exists=True,
            dir_okay=False,
            help="Plan file of the desk or of footprint plan export, or a scenario: its changes become "
            "choices; repeat.",
        ),
    ] = None
    write_table: Annotated[
        Path | None, typer.Option("--write-table", help="Write the table for people to edit, and stop.")
    ] = None
    columns: Annotated[
        bool, typer.Option("--columns", help="Explain columns and words of the table, and stop.")
    ] = False


def read_choices(asked: TableAsked, prepared: Prepared) -> tuple[ChoiceSet, tuple[Sentence, ...]]:
    """Return the table that was asked for, or a suggested one, with what plans change; and what they lose."""
    own = _table(asked, prepared)
    left: list[Sentence] = []
    for number, file in enumerate(asked.plan or (), start=1):
        choices, notes = _of_plan(prepared, file, number)
        own = own.with_choices(*choices)
        left += notes
    return own, tuple(left)


def _of_plan(prepared: Prepared, file: Path, number: int) -> tuple[tuple[Choice, ...], tuple[Sentence, ...]]:
    """Return what a plan's file changes as choices, and what of it no row of the table can say."""
    from dataclasses import replace

    from footprint.options.choices import OptionError, RowOrigin
    from footprint.options.from_plans import from_plans, unsaid
    from footprint.workshop import load
    from footprint.workshop.proposed import proposals_in
    from layers.sentences import say

    plan, here = load(file), prepared.area.area_id
    if plan.baseline.area_id != here:
        raise OptionError(
            say(
                "{file}: the plan is for area {theirs}, this is {ours}",
                file=file.name,
                theirs=repr(plan.baseline.area_id),
                ours=repr(here),
            )
        )
    found = from_plans(prepared, plan.scenario, plan.office, proposals_in(plan), prefix=f"{number}-")
    notes: list[Sentence] = []
    lost = len(unsaid(plan.scenario))
    if lost:
        notes.append(
            say(
                "{file}: {n} of its changes stand in no row of the table, which says one thing of each place "
                "and nothing of roads and tasking.",
                file=file.name,
                n=lost,
            )
        )
    if plan.numbers:
        notes.append(
            say("{file}: the numbers it changes in the method are those of the method here.", file=file.name)
        )
    return tuple(replace(each, origin=RowOrigin(file.name)) for each in found), tuple(notes)


def _table(asked: TableAsked, prepared: Prepared) -> ChoiceSet:
    from footprint.options.choices import OptionError
    from footprint.options.suggest import suggested
    from footprint.options.table import loads_table
    from layers.sentences import say

    if asked.choices is None:
        return suggested(prepared, asked.places)
    sites = dict(zip(prepared.area.sites.index, prepared.area.sites["name"], strict=True))
    try:
        text = asked.choices.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        told = say("{file}: its text is not UTF-8; save it as CSV in UTF-8", file=asked.choices.name)
        raise OptionError(told) from None
    return loads_table(text, sites, prepared.method.assets, asked.choices.name)


def write_table(choices: ChoiceSet, file: Path, language: Language) -> None:
    """Write the table, whole or not at all, over nothing that is there."""
    from footprint.options.table import dumps_table

    if file.exists():
        refuse(language.text("{file} is there already; name another.", file=file.name))
    try:
        file.write_text(dumps_table(choices), encoding="utf-8-sig", newline="")
    except OSError as error:
        refuse(
            language.text("{file} cannot be written: {reason}.", file=file.name, reason=str(error.strerror))
        )
    tables.console().print(
        language.text("Written: {file}. It names places; treat it as confidential.", file=file.name)
    )
