"""Common: what every command asks, and how it reads areas, says faults and prints documents."""

# What reads maps or reckons takes seconds to import, so these import it themselves.
# ruff: noqa: PLC0415

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from footprint.cli.arguments import Lang
from footprint.errors import FootprintError
from footprint.language import Language
from footprint.objectives import Measure

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from footprint.prepared import Prepared
    from footprint.scenario import Scenario
    from layers import Area

FAULT = 1
"""Exit code for faults in files or in the question; 2 is for wrong usage."""

AreaFolder = Annotated[
    Path | None, typer.Argument(metavar="[AREA]", help="Area folder; the bundled case if left out.")
]
ScenarioFile = Annotated[
    Path | None, typer.Option("--scenario", exists=True, dir_okay=False, help="Scenario file.")
]
OfMeasure = Annotated[Measure, typer.Option("--measure", help="Whose need counts outside the objectives.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print a document for other programs.")]
InLanguage = Annotated[Lang, typer.Option("--lang", help="Language of tables and sentences.")]
Years = Annotated[str | None, typer.Option("--years", metavar="A-B", help="Years, such as 2015-2018.")]
Step = Callable[[str], None]


@contextmanager
def faults_said() -> Iterator[None]:
    """Turn faults of files and of the question into a message and exit code 1; bugs rise."""
    from layers.errors import LayerError

    try:
        yield
    except (LayerError, FootprintError) as error:
        refuse(str(error))


def refuse(message: str) -> NoReturn:
    """Say on standard error what is wrong, and stop."""
    from layers.characters import printable_lines

    typer.echo(printable_lines(message), err=True)
    raise typer.Exit(FAULT)


def read_area(folder: Path, step: Step) -> Area:
    """Return the area in `folder`."""
    from layers import load_area

    step("reading the area")
    return load_area(folder)


def load_prepared(folder: Path, step: Step) -> Prepared:
    """Return the area in `folder` made ready for scenarios, telling each step."""
    from footprint.method import default_method
    from footprint.objectives import load_objectives
    from footprint.prepared import prepare

    area = read_area(folder, step)
    step("joining roads, waters and people")
    return prepare(area, default_method(), load_objectives(folder))


def read_scenario(path: Path | None, prepared: Prepared) -> tuple[Scenario, bool]:
    """Return the scenario in a file, or none, and whether the area has changed since."""
    from footprint.scenario import Scenario, load

    if path is None:
        return Scenario("today"), False
    loaded = load(path, area=prepared.area)
    return loaded.scenario, loaded.stale


def speaking(lang: Lang, area: Area) -> Language:
    """Return a language that calls units as the area does."""
    return Language.of_area(lang, area.unit_words)


def print_json(document: DataclassInstance) -> None:
    """Print a document for other programs."""
    from footprint.documents.json import to_json

    typer.echo(to_json(document))
