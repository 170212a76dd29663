"""Common: what every command asks, and how it reads areas, says faults and prints documents."""

# What reads maps or reckons takes seconds to import, so these import it themselves.
# ruff: noqa: PLC0415

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from footprint.cli.arguments import Lang
from footprint.cli.paths import bundled_case
from footprint.errors import FootprintError
from footprint.language import Language

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from footprint.cli.grouped import ReviewAsked
    from footprint.prepared import Prepared
    from footprint.scenario import Scenario
    from layers import Area

FAULT = 1
"""Exit code for faults in files or in the question; 2 is for wrong usage."""

Step = Callable[[str], None]


@contextmanager
def faults_said(lang: str = Lang.EN) -> Iterator[None]:
    """Turn faults of files and of the question into a message in a language and exit code 1; bugs rise."""
    from layers.errors import LayerError

    try:
        yield
    except (LayerError, FootprintError) as error:
        refuse(error.said(Language(lang)))


def refuse(message: str) -> NoReturn:
    """Say on standard error what is wrong, and stop."""
    from layers.characters import printable_lines

    typer.echo(printable_lines(message), err=True)
    raise typer.Exit(FAULT)


def read_area(folder: Path, step: Step) -> Area:
    """Return the area in `folder`, put right first if a build of it was broken off."""
    from layers import load_area

    put_right(folder)
    step("reading the area")
    return load_area(folder)


def put_right(folder: Path) -> None:
    """Put right what a broken-off build left; say so in each language, for few commands know one here."""
    from layers.characters import printable_lines
    from layers.exchange import recover

    word = recover(folder)
    if word is None:
        return
    for each in Lang:
        typer.echo(printable_lines(word.said(Language(each))), err=True)


def load_asked(asked: ReviewAsked, step: Step) -> tuple[Prepared, Scenario, bool]:
    """Return the area asked of, the scenario or none, and whether the area has changed since it was saved."""
    from footprint.scenario import Scenario, load

    prepared = load_prepared(asked.area or bundled_case(), step)
    if asked.scenario is None:
        return prepared, Scenario("today"), False
    loaded = load(asked.scenario, area=prepared.area)
    return prepared, loaded.scenario, loaded.stale


def load_prepared(folder: Path, step: Step) -> Prepared:
    """Return the area in `folder` made ready for scenarios, telling each step."""
    from footprint.method import default_method
    from footprint.objectives import load_objectives
    from footprint.prepared import prepare

    area = read_area(folder, step)
    step("joining roads, waters and people")
    return prepare(area, default_method(), load_objectives(folder))


def speaking(lang: Lang, area: Area) -> Language:
    """Return a language that calls units as the area does."""
    return Language.of_area(lang, area.unit_words)


def print_json(document: DataclassInstance) -> None:
    """Print a document for other programs."""
    from footprint.documents.json import to_json

    typer.echo(to_json(document))
