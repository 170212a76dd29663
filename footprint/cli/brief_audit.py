"""Brief audit: what can be worked out of small numbers of incidents from everything that was released."""

# What reads maps or reckons takes seconds to import, so the command imports it itself.
# ruff: noqa: PLC0415

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from footprint.cli import tables
from footprint.cli.common import FAULT, faults_said, print_json, read_area
from footprint.cli.grouped import AreaFolder, Output, grouped
from footprint.cli.paths import bundled_case
from footprint.language import Language

if TYPE_CHECKING:
    from footprint.documents.layout.release_audit import ReleaseAuditDocument

_MOST_LISTED = 20
"""Rows that are printed; the document of --json holds all."""


@grouped
def audit(*, area: AreaFolder = None, output: Output) -> None:
    """Print what somebody who holds every release could work out; exit code 1 where it is too much."""
    from footprint.documents.release_audit import release_audit_document
    from footprint.releases.log import ReleaseLog
    from footprint.releases.seal import told_before
    from footprint.releases.suppress import small_counts

    with faults_said(output.lang), tables.progress(2) as step:
        place = read_area(area or bundled_case(), step)
        before = told_before(ReleaseLog.of_user(), place.area_id)
        step("working out what can be worked out")
        bounds = small_counts(place, before.counts)
        document = release_audit_document(place.area_id, len(before.counts), bounds)
    if output.as_json:
        print_json(document)
    else:
        _show(document, Language(output.lang))
    if not document.holds:
        raise typer.Exit(FAULT)


def _show(document: ReleaseAuditDocument, language: Language) -> None:
    text, number = language.text, language.number
    screen = tables.console()
    screen.print(
        text(
            "Counts of incidents released: {told}. Numbers below three that they rest on: {small}.",
            told=number(document.counts_told),
            small=number(len(document.counts)),
        )
    )
    for each in document.counts[:_MOST_LISTED]:
        years = f"{each.first_year}–{each.last_year}"
        most = text("any number") if each.most is None else number(each.most)
        line = text(
            "{unit}, {years}: {least} to {most}",
            unit=each.unit_id,
            years=years,
            least=number(each.least),
            most=most,
        )
        screen.print(line if each.open else text("{count}: too narrow", count=line))
