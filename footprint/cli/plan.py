"""Plans on the command line: what a store holds, and taking one out of it or into it as a file."""

# The store needs the database's own packages, which take a while to import, so the commands import it.
# ruff: noqa: PLC0415

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from footprint.cli import tables
from footprint.cli.arguments import Lang
from footprint.cli.common import faults_said, refuse
from footprint.cli.plan_tables import show_desks, show_plan
from footprint.language import Language

if TYPE_CHECKING:
    from footprint.workshop import Desk, Entry, PlanRow, Store

plan_app = typer.Typer(
    help="List, show, export and import the plans of a store.", no_args_is_help=True, rich_markup_mode=None
)

StoreFile = Annotated[
    Path | None, typer.Option("--store", metavar="FILE", help="Store; this user's own if left out.")
]
PlanAsked = Annotated[
    str, typer.Argument(metavar="PLAN", help="First letters of the plan's identifier, as listed.")
]
Spoken = Annotated[Lang, typer.Option("--lang", help="Language of tables and sentences.")]


@plan_app.command("list")
def list_plans(*, store: StoreFile = None, lang: Spoken = Lang.EN) -> None:
    """List the desks of a store and their plans."""
    language = Language(lang)
    with _opened(store, language) as opened:
        show_desks(tables.console(), [opened.desk(entry) for entry in opened.entries()], language)


@plan_app.command("show")
def show(plan: PlanAsked, *, store: StoreFile = None, lang: Spoken = Lang.EN) -> None:
    """Print one plan: whose it is, its changes and its own numbers."""
    language = Language(lang)
    with _opened(store, language) as opened:
        show_plan(tables.console(), _plan(opened, plan, language), language)


@plan_app.command("export")
def export(
    plan: PlanAsked,
    file: Annotated[Path, typer.Argument(help="File to write.")],
    *,
    store: StoreFile = None,
    replace: Annotated[bool, typer.Option("--replace", help="Write over a file that is there.")] = False,
    lang: Spoken = Lang.EN,
) -> None:
    """Write one plan to a file, for a colleague or another day."""
    from footprint.workshop import dumps

    language = Language(lang)
    with _opened(store, language) as opened:
        row = _plan(opened, plan, language)
        if file.exists() and not replace:
            refuse(language.text("{file} is there already; say --replace to write over it.", file=file.name))
        try:
            _write(file, dumps(row.plan))
        except OSError as error:
            refuse(
                language.text(
                    "{file} cannot be written: {reason}.", file=file.name, reason=str(error.strerror)
                )
            )
        text = language.text("Written: {file}. It names places; treat it as confidential.", file=file.name)
        tables.console().print(text)


@plan_app.command("import")
def import_plan(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="File of a plan or a scenario.")],
    *,
    store: StoreFile = None,
    desk: Annotated[
        int | None, typer.Option(min=1, help="Number of the desk, as listed; a new desk if left out.")
    ] = None,
    lang: Spoken = Lang.EN,
) -> None:
    """Put the plan of a file on a desk of a store."""
    from footprint.workshop import AddPlan, load

    language, screen = Language(lang), tables.console()
    with faults_said(language.code):
        plan = load(file)
    with _opened(store, language, may_be_new=desk is None) as opened:
        if desk is None:
            token, entry = opened.new_desk(plan.baseline.area_id)
            sentence = language.text(
                "A new desk. Its token is shown this once and kept nowhere: {token}", token=token
            )
            screen.print(sentence)
        else:
            entry = _entry(opened, desk, language)
        after = opened.act(entry, AddPlan(plan), on=opened.desk(entry).version)
        row = after.plans[-1]
        screen.print(language.text("On the desk: {name} ({plan}).", name=row.plan.name, plan=row.plan_id[:8]))


@contextmanager
def _opened(file: Path | None, language: Language, *, may_be_new: bool = False) -> Iterator[Store]:
    """Open a store, and say in the reader's language what it refuses."""
    from footprint.workshop import Store, usual_store

    path = file or usual_store()
    if not may_be_new and not path.exists():
        refuse(language.text("{file}: there is no store here.", file=str(path)))
    with faults_said(language.code), Store(path) as store:
        yield store


def _entry(store: Store, number: int, language: Language) -> Entry:
    entries = store.entries()
    if number > len(entries):
        text = language.plural(
            "There is {n} desk here, not {number}.",
            "There are {n} desks here, not {number}.",
            len(entries),
            number=number,
        )
        refuse(text)
    return entries[number - 1]


def _plan(store: Store, asked: str, language: Language) -> PlanRow:
    """Return the one plan whose identifier begins so, archived ones too."""
    desks: list[Desk] = [store.desk(entry) for entry in store.entries()]
    rows = [row for desk in desks for row in desk.plans if asked and row.plan_id.startswith(asked)]
    if not rows:
        refuse(language.text("There is no plan {plan}; `footprint plan list` names them.", plan=repr(asked)))
    if len(rows) > 1:
        refuse(language.text("Several plans begin with {plan}; give more letters.", plan=repr(asked)))
    return rows[0]


def _write(file: Path, content: bytes) -> None:
    """Write a file whole or not at all, for its owner alone."""
    handle, unfinished = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "wb") as part:
            part.write(content)
            part.flush()
            os.fsync(part.fileno())
        Path(unfinished).replace(file)
    except OSError:
        with suppress(OSError):
            Path(unfinished).unlink()
        raise
