"""Fetch on the command line: files of named public sources, after the licence is shown and agreed to."""

# What asks other machines is imported by the command itself.
# ruff: noqa: PLC0415

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from footprint.cli import tables
from footprint.cli.common import faults_said
from footprint.cli.grouped import Output, grouped
from footprint.cli.paths import bundled_case
from footprint.errors import FootprintError
from footprint.language import Language

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from layers.fetching.fetch import SourceOffer
    from layers.fetching.sources import PublicSource, SourceList


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchAsked:
    """What is to be fetched, and where it goes."""

    country: Annotated[
        str | None, typer.Option("--country", metavar="ISO", help="Country by three letters, such as SSD.")
    ] = None
    year: Annotated[int | None, typer.Option("--year", help="Year, where a source has several.")] = None
    to: Annotated[Path, typer.Option("--to", metavar="DIR", help="Folder for the files.")] = Path()
    sources: Annotated[
        Path | None, typer.Option("--sources", metavar="FILE", help="List of sources; else the bundled one.")
    ] = None


@grouped
def fetch(
    *,
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="Source, such as worldpop.")] = None,
    asked: FetchAsked,
    listing: Annotated[bool, typer.Option("--list", help="Only say what there is; nobody is asked.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Agree to the licences shown.")] = False,
    output: Output,
) -> None:
    """Fetch files of a named public source, after its licence is shown and agreed to."""
    from layers.fetching import fetch_source, read_sources_file
    from layers.fetching.fetch import offers
    from layers.sentences import say

    language = Language(output.lang)
    with faults_said(output.lang):
        known = read_sources_file(asked.sources or bundled_case().parent / "sources" / "public.toml")
        if listing or name is None:
            _list(known, language)
            return
        source = known.source(name)
        offered = offers(source, known.country(asked.country) if asked.country else None, asked.year)
        for offer in offered:
            _show(source, offer, language)
        agree = _agreeing(source, language, yes=yes)
        if not _agreed(language, yes=yes):
            raise FootprintError(say("Nothing was asked for and nothing was fetched."))
        with _bar() as bar:
            come = fetch_source(
                source, offered, asked.to, agree=agree, progress=lambda file: _progress(bar, file)
            )
        for each in come:
            typer.echo(
                language.text(
                    "{file} has come: {size} MB, sha256 {sum}",
                    file=each.path.name,
                    size=language.number(each.come.size_bytes / 1e6, 1),
                    sum=each.come.sha256,
                )
            )
        typer.echo(language.text("Look at each with: footprint area look FILE"))


def _list(known: SourceList, language: Language) -> None:
    """Print what can be fetched."""
    text = language.text
    for source in known.sources.values():
        typer.echo(f"{source.name}: {source.title}")
        typer.echo(f"    {source.publisher}; {source.licence}")
        if not source.checked:
            typer.echo(f"    {text('its addresses were never tried from where this list was written')}")


def _show(source: PublicSource, offer: SourceOffer, language: Language) -> None:
    """Print what somebody is to agree to."""
    text = language.text
    size = (
        text("not stated")
        if offer.size_mb is None
        else text("about {n} MB", n=language.number(offer.size_mb))
    )
    rows = (
        (text("File"), offer.file),
        (text("Title"), source.title),
        (text("Publisher"), source.publisher),
        (text("Licence"), offer.licence),
        (text("To be cited"), source.citation),
        (text("Size"), size),
        (text("Asked for at"), offer.url),
        (text("Note"), source.note),
    )
    for label, words in rows:
        if words:
            typer.echo(language.labelled(label, words))
    typer.echo()


def _agreeing(source: PublicSource, language: Language, *, yes: bool) -> Callable[[SourceOffer], bool]:
    """Return what asks again about a file whose server states another licence."""

    def agree(offer: SourceOffer) -> bool:
        _show(source, offer, language)
        return _agreed(language, yes=yes)

    return agree


def _agreed(language: Language, *, yes: bool) -> bool:
    """Ask whether the licence and size shown are agreed to; where nobody can answer, they are not."""
    if yes:
        return True
    if not sys.stdin.isatty():
        typer.echo(language.text("Nobody can be asked here: --yes agrees to what is shown."), err=True)
        return False
    return typer.confirm(language.text("Fetch it under this licence?"))


def _bar() -> AbstractContextManager[Bar]:
    from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    screen = tables.console(error=True)
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        DownloadColumn(),
        TimeRemainingColumn(),
    )
    return Bar(*columns, console=screen, transient=True, disable=not screen.is_terminal)


def _progress(bar: Bar, file: str) -> Callable[[int, int | None], None]:
    task = bar.add_task(file, total=None)

    def update(size: int, total: int | None) -> None:
        bar.update(task, completed=size, total=total)

    return update
