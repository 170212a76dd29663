"""Doctor on the command line: a bundle for a colleague who helps, without data."""

# What reads maps or reckons takes seconds to import, so the command imports it itself.
# ruff: noqa: PLC0415

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from footprint.cli.common import faults_said, print_json, put_right
from footprint.cli.grouped import AreaFolder, Output, grouped
from footprint.cli.paths import bundled_case
from footprint.errors import FootprintError
from footprint.language import Language


@grouped
def doctor(
    *,
    area: AreaFolder = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE.zip", help="File to write; shown first.")
    ] = None,
    output: Output,
) -> None:
    """Say how the tool fares on this machine, and pack that for a colleague who helps: no data in it."""
    from footprint.doctor import bundle, examine, readme
    from footprint.documents.json import to_json

    language = Language(output.lang)
    with faults_said(output.lang):
        _refuse_to_overwrite(out)
        folder = area or bundled_case()
        named = os.environ.get("FOOTPRINT_STORE")
        document = examine(folder, Path(named) if named else None)
        if output.as_json:
            print_json(document)
        else:
            typer.echo(readme(language))
            typer.echo()
            typer.echo(to_json(document))
        if out is not None:
            _write(out, bundle(document))
            typer.echo(language.text("{file} is written.", file=out.name), err=True)
        elif not output.as_json:
            typer.echo(language.text("Nothing is written: --out FILE.zip packs what you see."), err=True)
        # Last, so that what was left beside the folder is told of as it was met.
        put_right(folder)


def _refuse_to_overwrite(out: Path | None) -> None:
    """Raise if a file is there already."""
    from layers.sentences import say

    if out is not None and (out.exists() or out.is_symlink()):
        raise FootprintError(say("{file} is there already; name another", file=out.name))


def _write(out: Path, content: bytes) -> None:
    """Write the bundle for its owner alone."""
    from layers.sentences import say

    try:
        opened = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        with os.fdopen(opened, "wb") as file:
            file.write(content)
    except OSError as error:
        problem = say("{file} cannot be written: {why}", file=out.name, why=error.strerror or "")
        raise FootprintError(problem) from error
