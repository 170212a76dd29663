"""Area folders on the command line: what is in a file, what is wrong with a folder, building one."""

# What reads maps or reckons takes seconds to import, so the commands import it themselves.
# ruff: noqa: PLC0415
# Typer reads options and flags from the signatures.
# ruff: noqa: FBT002

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from footprint.cli import tables
from footprint.cli.area_columns import columns
from footprint.cli.area_import import import_files, update
from footprint.cli.area_new import countries, new
from footprint.cli.arguments import Lang
from footprint.cli.check_table import show_check
from footprint.cli.common import FAULT, faults_said, load_prepared, print_json, put_right, read_area, speaking
from footprint.cli.fetch import fetch
from footprint.cli.grouped import AreaFolder, Output, grouped
from footprint.cli.paths import bundled_case
from footprint.errors import FootprintError
from footprint.language import Language

area_app = typer.Typer(
    help="Look at files, check and build area folders.", no_args_is_help=True, rich_markup_mode=None
)

area_app.command("new")(new)
area_app.command("countries")(countries)
area_app.command("columns")(columns)
area_app.command("fetch")(fetch)


@area_app.command("check")
@grouped
def check(*, area: AreaFolder = None, output: Output) -> None:
    """List what is wrong with an area folder; exit code 1 if it cannot be used."""
    from footprint.caveats import Caveat, caveats, layer_rows
    from footprint.documents.area_check import area_check_document
    from footprint.review import review as reckon
    from footprint.scenario import Scenario
    from layers.errors import NOTHING_TO_DO, Fault, LayerError

    folder, faults = area or bundled_case(), list[Fault]()
    warnings, layers = list[Caveat](), dict[str, int | None]()
    language = Language(output.lang)
    with tables.progress(3) as step:
        try:
            prepared = load_prepared(folder, step)
            step("placing the sites")
            warnings = [*caveats(prepared, reckon(prepared, Scenario("today")))]
            layers = layer_rows(prepared.area)
            language = speaking(output.lang, prepared.area)
        except LayerError as error:
            faults = list(error.faults)
        except FootprintError as error:
            faults = [Fault(file="", problem=each, remedy=NOTHING_TO_DO) for each in error.sentences]
    document = area_check_document(faults, layers, warnings)
    if output.as_json:
        print_json(document)
    else:
        notes = [each.said(language) for each in warnings]
        show_check(tables.console(), document, faults, notes, language)
    if faults:
        raise typer.Exit(FAULT)


@area_app.command("look")
@grouped
def look(
    *,
    file: Annotated[Path, typer.Argument(help="File to look at: a table, a map layer, or a zip of one.")],
    near: Annotated[
        Path | None,
        typer.Option("--near", metavar="AREA", help="Area folder in which its places should lie."),
    ] = None,
    rows: Annotated[int, typer.Option(min=0, max=50, help="First rows of each sheet to print.")] = 0,
    output: Output,
) -> None:
    """Say what is in a file that somebody brings; it is read in a process apart, and nothing is taken."""
    from footprint.documents.look import look_document
    from layers.foreign.isolation import looked_at
    from layers.intake.area import bounds_of

    with faults_said(output.lang):
        bounds = None if near is None else bounds_of(near)
        language, aside = Language(output.lang), tables.console(error=True)
        with looked_at(
            file, bounds, progress=lambda far: aside.print(far.said(language), markup=False)
        ) as looked:
            if output.as_json:
                print_json(look_document(looked.seen))
                return
            from footprint.cli.look_table import show_look

            previews = [
                [] if sheet.is_sensitive or not rows else [row.cells for row in looked.first_rows(n, rows)]
                for n, sheet in enumerate(looked.seen.sheets)
            ]
            show_look(tables.console(), looked.seen, language, previews)


@area_app.command("roads")
@grouped
def roads(*, area: AreaFolder = None, output: Output) -> None:
    """Say how roads join: lengths by kind, parts, gaps, loose ends, sites off them, closures."""
    from footprint.documents.roads import roads_document
    from footprint.method import default_method
    from footprint.travel.road_survey import survey_roads

    with faults_said(output.lang):
        with tables.progress(2) as step:
            read = read_area(area or bundled_case(), step)
            step("looking at the roads")
            survey = survey_roads(read, snap_limit_km=default_method().travel.snap_limit_km)
        document = roads_document(read, survey)
        if output.as_json:
            print_json(document)
            return
        from footprint.cli.road_table import show_roads

        show_roads(tables.console(), document, Language(output.lang))


@area_app.command("build")
def build(
    source: Annotated[Path, typer.Argument(help="Folder of provider files as they were published.")],
    target: Annotated[Path, typer.Argument(help="Area folder to make.")],
    catalogue: Annotated[
        str | None, typer.Option(help="Catalogue of the files: a name such as mali, or a file.")
    ] = None,
    frame_date: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day under review; else the catalogue's.")
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Build anew a folder that was built before.")
    ] = False,
    lang: Annotated[Lang, typer.Option("--lang", help="Language of what is said on the way.")] = Lang.EN,
) -> None:
    """Build an area folder from provider files."""
    from footprint.caveats import layer_words
    from layers.assemble import assemble
    from layers.characters import printable
    from layers.sentences import Sentence, say

    language = Language(lang)
    text = language.text

    def spoken(words: str) -> str:
        return words.said(language) if isinstance(words, Sentence) else text(words)

    with faults_said(lang):
        put_right(target)
        if target.is_dir() and any(target.iterdir()) and not replace:
            refusal = say("{folder} is there already; say --replace to build it anew", folder=target.name)
            raise FootprintError(refusal)
        screen = tables.console(error=True)
        dropped = assemble(
            source,
            target,
            catalogues=bundled_case().parent / "catalogues",
            catalogue=catalogue,
            frame_date=frame_date.date() if frame_date else None,
            progress=lambda step: screen.print(spoken(step), markup=False),
        )
        for drop in dropped:
            layer, rows, why = text(layer_words(drop.layer)), language.number(drop.rows), spoken(drop.reason)
            typer.echo(printable(text("{layer}: {n} left out, {why}", layer=layer, n=rows, why=why)))
        done = text("{folder} is built; look at it with: footprint area check {folder}", folder=str(target))
        typer.echo(printable(done))


area_app.command("import")(import_files)
area_app.command("update")(update)
