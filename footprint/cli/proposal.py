"""Proposals on the command line: an empty form to fill in, and the checks of those that are filled in."""

# What reads maps or reckons takes seconds to import, so the commands import it themselves.
# ruff: noqa: PLC0415

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from footprint.cli import tables
from footprint.cli.answered import answered
from footprint.cli.arguments import Lang
from footprint.cli.common import FAULT, faults_said, load_prepared, print_json, read_area, refuse, speaking
from footprint.cli.grouped import Output, grouped
from footprint.language import Language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from footprint.proposals.case import Case
    from footprint.proposals.form import Proposal
    from footprint.proposals.gates import Nearness
    from layers.sensitive import SensitiveKind

proposal_app = typer.Typer(help="Write and check proposals.", no_args_is_help=True, rich_markup_mode=None)


@proposal_app.command("check")
@grouped
def check(
    *,
    area: Annotated[Path, typer.Argument(metavar="AREA", help="Area folder.")],
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Files of proposals.")],
    output: Output,
) -> None:
    """Check proposals together: what stands against each, who gains, loses, gives; 1 if one is blocked."""
    proposals = _load(files, Language(output.lang))
    with faults_said(output.lang):
        with tables.progress(4) as step:
            prepared = load_prepared(area, step)
            step("reviewing")
            from footprint.caveats import caveats
            from footprint.proposals.checks import cases_of
            from footprint.proposals.checks import check as hold
            from footprint.review import review as reckon
            from footprint.scenario import Scenario

            router = prepared.router()
            before = reckon(prepared, Scenario("today"), router)
            cases = cases_of(prepared, router, proposals, before)
            step("checking")
            # Answers about sensitive places stand on the screen alone: documents travel.
            near = {} if output.as_json else {each.number: _near(each) for each in cases}
            checked = [hold(each, cases, near.get(each.number)) for each in cases]
            beside = caveats(prepared, before)
        from footprint.documents.proposal import proposal_check_document

        document = proposal_check_document(prepared, before, checked, beside)
        if output.as_json:
            print_json(document)
        else:
            from footprint.cli.proposal_table import show_proposals

            language, screen = speaking(output.lang, prepared.area), tables.console()
            with answered(screen, document, beside, language):
                show_proposals(screen, checked, language)
    if not all(each.may_go_on for each in checked):
        raise typer.Exit(FAULT)


def _load(files: Sequence[Path], language: Language) -> list[Proposal]:
    """Return the proposals of files, or say every fault of all of them in the reader's language."""
    from footprint.proposals.faults import FormFault, ProposalError
    from footprint.proposals.form import Proposal
    from footprint.proposals.reading import load_proposal

    proposals, faults = list[Proposal](), list[FormFault]()
    for file in files:
        try:
            proposals.append(load_proposal(file))
        except ProposalError as error:
            faults += error.faults
    if faults:
        refuse(ProposalError(faults).said(language))
    return proposals


def _near(case: Case) -> Mapping[SensitiveKind, Nearness] | None:
    """Ask about sensitive places near a new site, within this user's budget and in the log."""
    from footprint.proposals.inquiries import local_asker, user_log

    area, point = case.prepared.area, case.point
    if point is None:
        return None
    return user_log().ask(area.sensitive, area.area_id, point, asker=local_asker())


@proposal_app.command("new")
def new(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="File to write, such as proposal.toml.")],
    area: Annotated[
        Path | None,
        typer.Option("--area", metavar="AREA", help="Area folder it is for; names it in the form."),
    ] = None,
    lang: Annotated[
        Lang, typer.Option("--lang", help="Language of what stands beside the fields.")
    ] = Lang.EN,
) -> None:
    """Write an empty form with what belongs in each field."""
    from footprint.proposals.form import DrawnOn, Proposal
    from footprint.proposals.writing import dumps_proposal
    from footprint.provenance import version

    language = Language(lang)
    drawn_on = DrawnOn(tool_version=version(), written_on=datetime.now(UTC).date())
    if area is not None:
        with faults_said(lang), tables.progress(1) as step:
            found = read_area(area, step)
        drawn_on = DrawnOn(
            area_id=found.area_id,
            area_digest=found.digest,
            tool_version=drawn_on.tool_version,
            written_on=drawn_on.written_on,
        )
        language = speaking(lang, found)
    text = dumps_proposal(Proposal(provenance=drawn_on), language)
    try:
        with file.open("x", encoding="utf-8", newline="\n") as out:
            out.write(text)
    except FileExistsError:
        refuse(language.text("{file} is there already; name another file", file=file.name))
    except OSError:
        refuse(language.text("{file} cannot be written; look at its folder", file=file.name))
    typer.echo(
        language.text(
            "Written: {file}. Fill it in, then: footprint proposal check AREA {file}", file=file.name
        )
    )
