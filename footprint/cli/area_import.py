"""Files into an area on the command line: what would be taken is shown, and taken once agreed."""

# What reads maps takes seconds to import, so the commands import it themselves.
# ruff: noqa: PLC0415

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from footprint.cli import tables
from footprint.cli.common import FAULT, faults_said, print_json
from footprint.cli.grouped import Output, grouped
from footprint.errors import FootprintError
from footprint.language import Language

if TYPE_CHECKING:
    from footprint.cli.agreeing import Agreement
    from footprint.documents.layout.brought import TakenSheetRow
    from layers.foreign.isolation import Looked
    from layers.intake.imports import Imports
    from layers.sentences import Sentence

    Brought = tuple[Path, Looked, Agreement]
    """A file, as it was looked at, and what is said of it."""

AreaDir = Annotated[Path, typer.Argument(metavar="DIR", help="Area folder that was begun with: area new.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What is said of the files from the start."""

    answers: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="KEY=VALUE",
            help="An answer, by the key its question names; repeat it. Of one sheet or file alone:"
            " 'SHEET>KEY=VALUE', 'FILE>KEY=VALUE' or 'FILE>SHEET>KEY=VALUE', such as 'Notes>layer=nothing'.",
        ),
    ] = None
    sheet: Annotated[str, typer.Option("--sheet", help="Sheet that the answers are about.")] = ""
    leave_out: Annotated[
        bool, typer.Option("--leave-out", help="Leave out rows that cannot be taken; they are listed.")
    ] = False
    replace: Annotated[
        bool, typer.Option("--replace", help="What stands for the layer so far gives way.")
    ] = False
    yes: Annotated[
        bool, typer.Option("--yes", help="Take what is decided without asking, refuse what is not.")
    ] = False


@grouped
def import_files(
    *,
    area: AreaDir,
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Files, as people have them.")],
    stated: Stated,
    output: Output,
) -> None:
    """Bring files into an area: what would be taken is shown first, and nothing is taken unless you agree."""
    from footprint.cli.agreeing import check_scopes
    from layers.errors import Fault, LayerError
    from layers.foreign.isolation import looked_at
    from layers.intake.area import bounds_of, imports_of
    from layers.intake.known import lacking, providers_of
    from layers.sentences import say

    with faults_said(output.lang), ExitStack() as open_files:
        near, agreements, looks = bounds_of(area), [], []
        for file in files:
            agreements.append(_agreement(area, stated, output))
            looks.append(
                open_files.enter_context(looked_at(file, near, only_near=True, progress=agreements[-1].tell))
            )
        check_scopes(agreements[0].said, [each.seen for each in looks])
        companions = {provider for each in looks for provider in providers_of(each.seen)}
        # Before the first question: nobody answers thirty for nothing.
        remedy = say("Name both files in one command.")
        faults = [Fault(area.name, each, remedy) for each in lacking(companions)]
        if faults:
            raise LayerError(faults)
        for agreement in agreements:
            agreement.brought = [each.seen for each in looks]
        brought = list(zip(files, looks, agreements, strict=True))
        while True:
            with imports_of(area) as imports:
                taken = _taken_of_all(area, brought, imports, companions)
                if not _all_agreed(taken, brought):
                    continue
                _finish(area, imports, taken, brought, output)
                return


@grouped
def update(
    *,
    area: AreaDir,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="New edition of a file brought before.")],
    stated: Stated,
    output: Output,
) -> None:
    """Bring a file's new edition as the last one was taken, and count what is new, changed and gone."""
    from footprint.cli.agreeing import check_scopes
    from layers.foreign.isolation import looked_at
    from layers.intake.area import bounds_of, imports_of
    from layers.intake.edition import earlier_answers

    with faults_said(output.lang), imports_of(area) as imports:
        agreement = _agreement(area, stated, output)
        with looked_at(file, bounds_of(area), only_near=True, progress=agreement.tell) as looked:
            check_scopes(agreement.said, [looked.seen])
            agreement.said[:0] = earlier_answers(imports, looked.seen)
            companions = {each.provider for each in imports.remembered}
            brought = (file, looked, agreement)
            taken = _brought(area, brought, imports, companions)
        _finish(area, imports, taken, [brought], output)


def _agreement(area: Path, stated: Stated, output: Output) -> Agreement:
    from footprint.cli.agreeing import Agreement, said_at_once

    said = said_at_once(
        stated.answers or (), sheet=stated.sheet, leaves_out=stated.leave_out, replaces=stated.replace
    )
    # A document alone goes to standard output, and nobody is asked beside it.
    screen = tables.console(error=output.as_json)
    return Agreement(_speaking(area, output.lang), stated.yes or output.as_json, screen, said)


def _speaking(area: Path, lang: str) -> Language:
    """Return a language that calls units as the area does."""
    from layers.manifest import read_manifest

    return Language.of_area(lang, read_manifest(area).unit_words)


def _all_agreed(taken: list[TakenSheetRow], brought: Sequence[Brought]) -> bool:
    """Ask once about all that was agreed on of several files; false after a correction."""
    from footprint.cli.agreeing import corrected_together
    from footprint.views.intake import layer_name

    agreements = [agreement for _, _, agreement in brought]
    first = agreements[0]
    if not taken or not first.can_ask or not first.is_asked_once:
        return True
    text, several = first.language.text, {each.file for each in first.brought if len(each.sheets) > 1}
    names = [
        text(
            "{sheet}, taken for: {layer}",
            sheet=f"{each.file} / {each.sheet}" if each.file in several else each.file,
            layer=text(layer_name(each.layer)),
        )
        for each in taken
    ]
    agreed = corrected_together(agreements, names)
    if agreed is None:
        return False
    if not agreed:
        taken.clear()
    return True


def _taken_of_all(
    area: Path, brought: Sequence[Brought], imports: Imports, companions: Collection[str]
) -> list[TakenSheetRow]:
    """Agree on what is taken of every file; what is open of one is said together with that of the others."""
    taken: list[TakenSheetRow] = []
    refused: list[Sentence] = []
    for each in brought:
        try:
            taken += _brought(area, each, imports, companions)
        except FootprintError as error:
            refused += error.sentences
    if refused:
        raise FootprintError(*refused)
    return taken


def _brought(
    area: Path, brought: Brought, imports: Imports, companions: Collection[str]
) -> list[TakenSheetRow]:
    """Agree on what is taken of one file, and add that; return the sheets that were taken."""
    from footprint.documents.brought import taken_row
    from footprint.shipped import outlines
    from layers.countries import read_countries
    from layers.errors import LayerError
    from layers.intake.area import facts_of
    from layers.intake.fetched import answers_beside
    from layers.intake.imports import digest_of

    file, looked, agreement = brought
    taken: list[TakenSheetRow] = []
    # Said first, so that whoever says otherwise is heard.
    agreement.said[:0] = answers_beside(file)
    facts = facts_of(area, imports, read_countries(outlines()), companions)
    refused: list[Sentence] = []
    ahead = list(range(len(looked.seen.sheets)))
    while ahead:
        place = ahead.pop(0)
        try:
            offer = agreement.of(looked, place, facts)
        except FootprintError as error:
            # What is open of one sheet is said together with what is open of the others.
            refused += error.sentences
            continue
        if offer is None or refused:
            continue
        try:
            imports.add(looked, offer, agreement.said, digest=digest_of(file))
        except LayerError as error:
            if not agreement.can_ask:
                raise
            # Whoever sits there can still say otherwise, and loses no answer given so far.
            agreement.again(error, place)
            ahead.insert(0, place)
            continue
        taken.append(taken_row(looked.seen.file, offer))
    if refused:
        raise FootprintError(*refused)
    return taken


def _finish(
    area: Path, imports: Imports, taken: list[TakenSheetRow], brought: Sequence[Brought], output: Output
) -> None:
    from footprint.cli.offer_table import called, show_change
    from footprint.documents.brought import import_document
    from layers.intake.area import rebuild

    language, screen = _speaking(area, output.lang), tables.console(error=True)
    if not taken:
        tables.console(error=output.as_json).print(language.text("Nothing was taken."))
        raise typer.Exit(FAULT)
    rows = {(each.file, each.sheet) for each in taken}
    left = [
        called(looked.seen, sheet)
        for _, looked, _ in brought
        for sheet in looked.seen.sheets
        if (looked.seen.file, sheet.name) not in rows
    ]
    change = rebuild(area, imports, lambda step: screen.print(step.said(language), markup=False))
    if output.as_json:
        print_json(import_document(taken, change, _speaking(area, "en")))
    else:
        show_change(tables.console(), area, change, language)
    if left:
        words = language.text("Sheets of which nothing was taken: {names}", names=", ".join(left))
        (screen if output.as_json else tables.console()).print(words, markup=False)
