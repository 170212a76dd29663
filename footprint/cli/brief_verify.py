"""Brief verify: whether a file is what was released, from which run, with which redaction, to whom."""

# What reads maps or reckons takes seconds to import, so the command imports it itself.
# ruff: noqa: PLC0415

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from footprint.cli.common import FAULT, faults_said, print_json
from footprint.cli.grouped import Output, grouped
from footprint.language import Language


@grouped
def verify(
    *,
    file_or_code: Annotated[
        str, typer.Argument(metavar="FILE_OR_CODE", help="A file, a receipt, or the code printed on a sheet.")
    ],
    code: Annotated[
        str, typer.Option("--code", help="Code printed on the file, where it cannot be found in it.")
    ] = "",
    output: Output,
) -> None:
    """Hold a file or code against the log of releases; exit code 1 where anything is wrong."""
    from footprint.documents.release_check import release_check_document
    from footprint.releases.codes import looks_like_code
    from footprint.releases.log import ReleaseLog
    from footprint.releases.verify import verify as held_against

    path = Path(file_or_code)
    is_code = looks_like_code(file_or_code) and not path.exists()
    with faults_said(output.lang):
        verdict = held_against(ReleaseLog.of_user(), file_or_code if is_code else path, code)
    if output.as_json:
        print_json(release_check_document(verdict))
    else:
        for line in verdict.said(Language(output.lang)):
            typer.echo(line)
    if not verdict.holds:
        raise typer.Exit(FAULT)
